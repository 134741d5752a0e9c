/* pattern: regular expressions in the flavour of XPath (XQuery 1.0 and XPath 2.0 Functions and Operators, 7.6; XML
 * Schema Part 2, appendix F), rewritten for PCRE2. What differs: class subtraction, \p{IsBlock}, \i \c, the meanings
 * of \w \s . $, strictness about what may stand unescaped; a hostile pattern must neither crash nor run on. */
#ifndef DMN_PATTERN_H
#define DMN_PATTERN_H

#include "value/value.h"

struct pattern_flags { bool dot_all, multiline, ignore_case, skip_space, literal; };

/* "smixq" in any order; false for any other letter. */
bool pattern__flags(str flags, struct pattern_flags *out);
/* The pattern as PCRE2 reads it, ASCII alone. False: malformed. *groups: how many capture. */
bool pattern__translate(struct arena *a, str pattern, struct pattern_flags flags, str *out, uint32_t *groups);
/* The block of \p{IsName}, its name without "Is". */
bool pattern__block(str name, uint32_t *first, uint32_t *last);

#define PATTERN_GROUPS_MOST 99u

#endif
