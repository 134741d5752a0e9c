/* print: beside dmn_print() and dmn_tagged_json() of the contract, the text that string() gives. */
#ifndef DMN_PRINT_H
#define DMN_PRINT_H

#include "value/value.h"

/* A string as it is, temporal values in their lexical form, everything else as a literal. */
str dmn__string_of(struct arena *a, dmn_value v);

#endif
