/* words: the contract's closed vocabularies, in the order of the enums in scheme.h. Written once; the spec, the reader,
 * the binding to rule files and the writer all read them here. */
#ifndef SCHEME_WORDS_H
#define SCHEME_WORDS_H

#include "shienkin/scheme.h"

extern const char *const scheme__attack_types[];       /* each ended by NULL */
extern const char *const scheme__member_classes[];
extern const char *const scheme__member_relations[];
extern const char *const scheme__facility_kinds[];
extern const char *const scheme__closure_scopes[];
extern const char *const scheme__weekdays[];
extern const char *const scheme__items[];
extern const char *const scheme__outcomes[];

/* The position of a word in a list, or -1. */
int scheme__word_index(const char *const *words, str word);

#endif
