/* rules_draw: a rule file for people who never saw DMN: its requirements graph as SVG, and the whole of it as one HTML page
 * without scripts or anything from elsewhere. */
#ifndef CLI_RULES_DRAW_H
#define CLI_RULES_DRAW_H

#include "shienkin/scheme.h"

/* The diagram as its modeller drew it (DMNDI); RESULT_NOT_FOUND: the file carries none. */
MUST_USE result rules_svg(struct arena *a, const struct rule_set *set, struct buf *out);
/* The page: contents, the diagram where there is one, every decision with its tables. */
void rules_html(struct arena *a, const struct rule_set *set, bool japanese, struct buf *out);
/* White space folded to single spaces, trimmed: a cell or a description on one line. */
str rules_folded(struct arena *a, str text);

#endif
