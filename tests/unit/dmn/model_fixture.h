/* What the tests of models share: a model from the elements inside its definitions, a session over it, inputs and
 * answers as FEEL texts. */
#ifndef DMN_MODEL_FIXTURE_H
#define DMN_MODEL_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shienkin/dmn.h"

#define DMN15 "https://www.omg.org/spec/DMN/20230324/MODEL/"
#define DEFINITIONS(body) "<definitions xmlns=\"" DMN15 "\" name=\"m\" id=\"m1\" namespace=\"urn:m\">" body "</definitions>"
#define INPUT(name, type) "<inputData id=\"i_" name "\" name=\"" name "\"><variable name=\"" name "\" typeRef=\"" type "\"/></inputData>"
#define NEEDS_INPUT(id) "<informationRequirement><requiredInput href=\"#" id "\"/></informationRequirement>"
#define NEEDS_DECISION(id) "<informationRequirement><requiredDecision href=\"#" id "\"/></informationRequirement>"
#define NEEDS_KNOWLEDGE(id) "<knowledgeRequirement><requiredKnowledge href=\"#" id "\"/></knowledgeRequirement>"
#define FEEL(text) "<literalExpression><text>" text "</text></literalExpression>"
#define DECISION(name, body) "<decision id=\"d_" name "\" name=\"" name "\"><variable name=\"" name "\"/>" body "</decision>"
#define TYPED_DECISION(name, type, body) "<decision id=\"d_" name "\" name=\"" name "\"><variable name=\"" name "\" typeRef=\"" type "\"/>" body "</decision>"
#define CELL(text) "<inputEntry><text>" text "</text></inputEntry>"
#define OUT(text) "<outputEntry><text>" text "</text></outputEntry>"
#define COLUMN(text) "<input><inputExpression><text>" text "</text></inputExpression></input>"

struct model_fixture { struct arena *arena; struct findings findings; struct dmn_model *model; struct dmn_session *session; };
static struct model_fixture at;

static inline int model_set_up(void **state) {
  (void)state;
  at.arena = arena_new(0);
  at.findings = findings_in(at.arena);
  at.model = NULL;
  at.session = NULL;
  return at.arena == NULL;
}

static inline int model_tear_down(void **state) {
  (void)state;
  dmn_session_free(at.session);
  dmn_model_free(at.model);
  arena_free(at.arena);
  return 0;
}

#define MODEL_TEST(name) cmocka_unit_test_setup_teardown(name, model_set_up, model_tear_down)

static inline void load_sources(const struct dmn_source *sources, size_t count) {
  result r = dmn_model_load(sources, count, NULL, &at.findings, &at.model);
  if (r != RESULT_OK) {
    str why = at.findings.count > 0 ? at.findings.items[0].en : STR("no finding");
    fail_msg("refused: %.*s", STR_ARG(why));
  }
  at.session = dmn_session_new(at.model, NULL, NULL);
  assert_non_null(at.session);
}

static inline void load(const char *text) {
  const struct dmn_source source = { STR("m.dmn"), str_of(text) };
  load_sources(&source, 1);
}

/* The model is refused with a finding of this code at this line. */
static inline void refused(const char *text, const char *code, uint32_t line) {
  const struct dmn_source source = { STR("m.dmn"), str_of(text) };
  struct findings f = findings_in(at.arena);
  struct dmn_model *m;
  assert_int_equal(dmn_model_load(&source, 1, NULL, &f, &m), RESULT_REFUSED);
  assert_null(m);
  for (size_t i = 0; i < f.count; i++) {
    assert_true(f.items[i].ja.n > 0 && f.items[i].en.n > 0);
    if (strcmp(f.items[i].code, code) == 0 && (line == 0 || f.items[i].line == line)) return;
  }
  fail_msg("no finding %s at line %u, but %s at %u", code, line, f.count > 0 ? f.items[0].code : "none", f.count > 0 ? f.items[0].line : 0);
}

static inline dmn_value feel(const char *text) {
  dmn_value v;
  assert_int_equal(dmn_feel(at.session, str_of(text), dmn_context_of(at.session, NULL, NULL, 0), &at.findings, &v), RESULT_OK);
  return v;
}

static inline uint32_t node(const char *name) {
  uint32_t n = dmn_model_find(at.model, str_of(name));
  if (n == DMN_NO_NODE) fail_msg("no node %s", name);
  return n;
}

static inline void bind(const char *name, const char *text) {
  dmn_bind(at.session, node(name), feel(text));
}

static inline const char *answer(const char *name) {
  dmn_value v;
  result r = dmn_evaluate(at.session, node(name), &v);
  if (r != RESULT_OK) return result_name(r);
  return str_z(at.arena, dmn_print(at.arena, v));
}
#define ANSWERS(name, expected) assert_string_equal(answer(name), expected)

/* The last evaluation left this fault. */
static inline bool faulted(const char *code) {
  uint32_t count;
  const struct dmn_diagnostic *d = dmn_diagnostics(at.session, &count);
  for (uint32_t i = 0; i < count; i++)
    if (d[i].class == DMN_FAULT && strcmp(d[i].code, code) == 0) return true;
  return false;
}

#endif
