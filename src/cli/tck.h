/* tck (inside): the runner of the DMN compatibility kit. A test file names a model; each case gives inputs and says what
 * nodes should answer. Compared as the kit's own runners do: numbers within 1e-8, lists in order, contexts by key, an
 * absent entry as null; `errorResult` is a hint. A model that does not load fails all its nodes. */
#ifndef CLI_TCK_H
#define CLI_TCK_H

#include "shienkin/codec/xml.h"
#include "shienkin/dmn.h"

/* tck_value.c: a value as a test file writes it (value, component, list), in the session's arena. */
dmn_value tck_value(struct dmn_session *s, const struct xml_node *x);
/* An expression without names; null where it is none. */
dmn_value tck_feel(struct dmn_session *s, str expression);
bool tck_same(struct dmn_session *s, dmn_value expected, dmn_value actual);

struct tck_node { str file, test, node; dmn_value expected, actual; bool passed; };
/* Called for each result node; values live until it returns. */
typedef void (*tck_report)(void *context, struct dmn_session *s, const struct tck_node *n);
struct tck_file {
  const char *path;
  bool is_test;                                  /* false: some other XML */
  uint32_t cases, cases_passed, telling, telling_passed;         /* telling: those that expect something not null */
  bool refused;                                  /* the model did not load */
};
/* tck_run.c: one test file. RESULT_REFUSED: it is no well-formed XML, as was said on standard error. */
MUST_USE result tck_run(const char *path, tck_report report, void *context, struct tck_file *out);

#endif
