/* verdict: what the rules say of facts, as people read it: item by item, with what is missing, the days, and the desks. */
#ifndef WEB_VERDICT_H
#define WEB_VERDICT_H

#include "page.h"

/* `answer`: of estimate() or draft_assess(). Sets document["verdict"] for {{> verdict}}: false without a decision. */
void verdict__show(struct page *p, const struct json *answer);
/* The findings of its `open` list, each pointer behind `prefix`. */
struct findings verdict__open(const struct page *p, const struct json *answer, const char *prefix);
/* Codes of an answer (reasons, facts) as the scheme names them; none for what is no list. */
struct json verdict__words(const struct page *p, const struct json *codes, str (*name)(str code, bool japanese));

#endif
