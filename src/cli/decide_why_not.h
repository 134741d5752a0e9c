/* decide_why_not: what would make an item payable, as a member of the decision's line and as text. */
#ifndef CLI_DECIDE_WHY_NOT_H
#define CLI_DECIDE_WHY_NOT_H

#include "shienkin/scheme.h"

/* `,"why_not":{"closure":{"complete":true,"sets":[[{"kind":"change","pointer":"/closures","with":…}]]}}` for every item that
 * is not payable. */
str cli_why_not_member(struct scheme_decider *d, struct arena *a, const struct facts *facts, const struct decision *decision);
str cli_why_not_text(struct scheme_decider *d, struct arena *a, const struct facts *facts, const struct decision *decision,
                     bool japanese);

#endif
