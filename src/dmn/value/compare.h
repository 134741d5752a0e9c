/* compare: what equality and order need beside value.h. */
#ifndef DMN_COMPARE_H
#define DMN_COMPARE_H

#include "value/value.h"

/* Levels of lists in lists that recursion follows. */
#define NESTING_MOST 1000u

/* null with TYPE, naming both kinds. */
dmn_value dmn__raise_kinds(struct dmn_eval *e, dmn_value a, dmn_value b);
/* What `list contains`, `distinct values` and the like mean by the same: two-valued, null alike null, kinds apart,
 * moments with a zone by instant. An equivalence; alike values hash alike. */
bool dmn__alike(struct dmn_eval *e, dmn_value a, dmn_value b);
/* dmn_is, paying with steps of the evaluation. */
bool dmn__is_within(struct dmn_eval *e, dmn_value a, dmn_value b);
bool dmn__zones_same(const struct dmn_named_zone *a, const struct dmn_named_zone *b);

#endif
