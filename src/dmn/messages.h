/* The catalogue of the dmn module: what findings about models and FEEL texts say, in Japanese and English. A row is
 * added in messages.c; code asks for it by its code. (Diagnostics of evaluations: diagnostics.h.) */
#ifndef DMN_MESSAGES_H
#define DMN_MESSAGES_H

#include "shienkin/base.h"

/* Asserts that the code is in the catalogue. */
const struct message *dmn__message(const char *code);
/* All rows, for tests that look them through. */
const struct message *dmn__messages(size_t *count);

#endif
