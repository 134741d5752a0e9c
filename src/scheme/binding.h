/* binding: which node and entry of a rule file takes which fact, and where its answer stands. The two tables are
 * rules/README.md's interface in code; a rule file is held against them when it is loaded. */
#ifndef SCHEME_BINDING_H
#define SCHEME_BINDING_H

#include "shienkin/scheme.h"

MUST_USE result scheme__binding_make(struct arena *a, const struct rule_set *set, struct findings *f,
                                     struct scheme_binding **out);
/* The shapes of the inputs' contexts, made once for a session. */
struct scheme__shapes;
struct scheme__shapes *scheme__shapes_make(struct arena *a, struct dmn_session *s);
/* Binds all inputs of the session (made for set->model and just reset) from the facts. */
void scheme__binding_bind(const struct scheme_binding *b, const struct scheme__shapes *shapes, struct dmn_session *s,
                          const struct facts *facts, const struct calendar *national);

enum scheme__answer { ANSWER_DECISION, ANSWER_MUST_PROVE, ANSWER_DESKS, ANSWER_HIGHEST, ANSWER_DAYS, ANSWER_COUNT };
/* The node of an answer; DMN_NO_NODE where the file does not give it (only the decision is demanded). */
uint32_t scheme__binding_answer(const struct scheme_binding *b, enum scheme__answer which);

#endif
