/* Does a session evaluate each decision once, keep within its budgets, and tell why? */
#include <pthread.h>

#include "model_fixture.h"

#define RULES(policy, rows) "<decisionTable hitPolicy=\"" policy "\"><input label=\"年齢\"><inputExpression><text>age</text></inputExpression></input>" \
  "<output/><annotation name=\"条項\"/>" rows "</decisionTable>"
#define ROW(cell, out, clause) "<rule>" CELL(cell) OUT(out) "<annotationEntry><text>" clause "</text></annotationEntry></rule>"

static const char ages[] = DEFINITIONS(
  "<inputData id=\"i_age\" name=\"age\" label=\"年齢\"><variable name=\"age\" typeRef=\"number\"/></inputData>"
  "<decision id=\"d_group\" name=\"group\" label=\"年齢層\"><variable name=\"group\" typeRef=\"string\"/>" NEEDS_INPUT("i_age")
  RULES("UNIQUE", ROW("&lt; 18", "\"minor\"", "P1") ROW("[18..65)", "\"adult\"", "P2") ROW("&gt;= 65", "\"senior\"", "P3")) "</decision>"
  DECISION("fare", NEEDS_DECISION("d_group") NEEDS_INPUT("i_age") FEEL("if group = \"minor\" then 100 else 200 + age")));

static void binds_and_resets(void **state) {
  (void)state;
  load(ages);
  for (int i = 0; i < 3; i++) {
    dmn_session_reset(at.session);
    bind("age", "10");
    ANSWERS("fare", "100");
    ANSWERS("group", "\"minor\"");
    dmn_session_reset(at.session);
    bind("age", "70");
    ANSWERS("fare", "270");
    dmn_session_reset(at.session);
    ANSWERS("age", "null");
    assert_int_equal(dmn_fault_count(at.session), 0);
    ANSWERS("group", "null");
    assert_true(faulted("no_row"));
  }
}

/* A decision that was bound is taken as given: a host may know better. */
static void takes_decisions_as_given(void **state) {
  (void)state;
  load(ages);
  bind("group", "\"minor\"");
  ANSWERS("fare", "100");
}

static void names_the_place_of_a_fault(void **state) {
  (void)state;
  load(DEFINITIONS(DECISION("a", "\n" FEEL("1 + \"b\"")) DECISION("b", NEEDS_DECISION("d_a") FEEL("a = null"))));
  ANSWERS("b", "true");
  uint32_t count;
  const struct dmn_diagnostic *d = dmn_diagnostics(at.session, &count);
  assert_int_equal(count, 1);
  assert_int_equal(d[0].node, node("a"));
  assert_string_equal(d[0].code, "type");
  assert_int_equal(d[0].line, 2);
  assert_true(d[0].ja.n > 0 && d[0].en.n > 0);
}

static void a_decision_without_logic_is_a_fault(void **state) {
  (void)state;
  load(DEFINITIONS("<decision id=\"d\" name=\"d\"/>" DECISION("e", "<literalExpression/>")));
  ANSWERS("d", "null");
  assert_true(faulted("no_logic"));
  ANSWERS("e", "null");
}

static void keeps_within_budgets(void **state) {
  (void)state;
  load(DEFINITIONS(
    DECISION("long", FEEL("count(for x in 1..100000 return count(for y in 1..100000 return x * y))"))
    DECISION("wide", FEEL("for x in 1..900000 return string join(for y in 1..1000 return \"0123456789\")"))
    DECISION("fine", FEEL("1"))));
  const struct dmn_budget small = { .steps = 100000, .memory_bytes = 1 << 20, .list_items = 5000 };
  dmn_session_free(at.session);
  at.session = dmn_session_new(at.model, NULL, &small);
  assert_string_equal(answer("long"), "limit");
  assert_true(dmn_fault_count(at.session) > 0);
  assert_string_equal(answer("wide"), "limit");
  dmn_session_reset(at.session);
  ANSWERS("fine", "1");
  assert_int_equal(dmn_fault_count(at.session), 0);
}

/* ---- shapes */

static void shapes_take_the_order_of_the_definition(void **state) {
  (void)state;
  load(DEFINITIONS("<itemDefinition name=\"tPerson\"><itemComponent name=\"name\"><typeRef>string</typeRef></itemComponent>"
    "<itemComponent name=\"age\"><typeRef>number</typeRef></itemComponent></itemDefinition>"
    INPUT("p", "tPerson") DECISION("d", NEEDS_INPUT("i_p") FEEL("p.name + string(p.age)"))));
  const str names[] = { STR_INIT("age"), STR_INIT("name") };
  const dmn_value values[] = { dmn_integer(30), dmn_string(STR("花子")) };
  const struct dmn_shape *shape = dmn_shape_of(at.session, names, 2);
  assert_ptr_equal(shape, dmn_shape_of(at.session, names, 2));
  for (int i = 0; i < 2; i++) {
    dmn_session_reset(at.session);
    dmn_value v = i == 0 ? dmn_shaped(at.session, shape, values) : dmn_context_of(at.session, names, values, 2);
    assert_string_equal(str_z(at.arena, dmn_print(at.arena, v)), "{name: \"花子\", age: 30}");
    dmn_bind(at.session, node("p"), v);
    ANSWERS("d", "\"花子30\"");
  }
  /* names that the model never heard of */
  const str strange[] = { STR_INIT("こんにちは"), STR_INIT("x") };
  dmn_session_reset(at.session);
  shape = dmn_shape_of(at.session, strange, 2);
  dmn_session_reset(at.session);
  dmn_value v = dmn_shaped(at.session, shape, values);
  assert_int_equal(dmn_get(v, STR("こんにちは")).as.i, 30);
  dmn_value other = dmn_context_of(at.session, (const str[]){ STR_INIT("never seen") }, values, 1);
  assert_int_equal(dmn_get(other, STR("never seen")).as.i, 30);
}

/* ---- traces */

static void traces_from_inputs_to_result(void **state) {
  (void)state;
  load(ages);
  dmn_session_trace(at.session, DMN_TRACE_DECISIONS);
  bind("age", "20");
  ANSWERS("fare", "220");
  uint32_t count;
  const struct dmn_trace_step *steps = dmn_trace(at.session, &count);
  assert_int_equal(count, 3);
  assert_int_equal(steps[0].node, node("age"));
  assert_int_equal(steps[1].node, node("group"));
  assert_int_equal(steps[2].node, node("fare"));
  assert_int_equal(steps[1].input_count, 1);
  assert_int_equal(steps[1].inputs[0].as.i, 20);
  assert_int_equal(steps[1].rule_count, 1);
  assert_int_equal(steps[1].rules[0].row, 2);
  assert_true(str_eq(steps[1].rules[0].conditions[0], STR("[18..65)")) && str_eq(steps[1].rules[0].annotations[0], STR("P2")));
  assert_string_equal(str_z(at.arena, dmn_trace_json(at.session)),
    "{\"model\":\"m\",\"steps\":["
    "{\"node\":\"age\",\"result\":{\"number\":\"20\"}},"
    "{\"inputs\":[{\"label\":\"年齢\",\"value\":{\"number\":\"20\"}}],\"node\":\"group\",\"result\":{\"string\":\"adult\"},"
    "\"rules\":[{\"annotations\":[\"P2\"],\"conditions\":[\"[18..65)\"],\"row\":2}]},"
    "{\"node\":\"fare\",\"result\":{\"number\":\"220\"}}]}");
  assert_string_equal(str_z(at.arena, dmn_trace_text(at.session)),
    "fare = 220\n"
    "  ← 年齢層 = \"adult\"\n"
    "    行 2: 年齢: [18..65)\n"
    "      条項: P2\n"
    "    ← 年齢 = 20\n");
  dmn_session_reset(at.session);
  (void)dmn_trace(at.session, &count);
  assert_int_equal(count, 0);
}

/* The same faults with the trace and without. */
static void a_trace_changes_nothing(void **state) {
  (void)state;
  load(ages);
  for (int i = 0; i < 2; i++) {
    dmn_session_reset(at.session);
    dmn_session_trace(at.session, i == 0 ? DMN_TRACE_OFF : DMN_TRACE_DECISIONS);
    bind("age", "null");
    ANSWERS("fare", "null");
    assert_int_equal(dmn_fault_count(at.session), 1);
    uint32_t count;
    (void)dmn_diagnostics(at.session, &count);
    assert_true(i == 0 ? count == 1 : count > 1);          /* unknowns are kept for the trace alone */
  }
}

/* ---- threads */

static void *ask_many(void *model) {
  struct dmn_session *s = dmn_session_new(model, NULL, NULL);
  uintptr_t wrong = 0;
  for (int64_t i = 0; i < 3000; i++) {
    dmn_session_reset(s);
    dmn_bind(s, dmn_model_find(model, STR("age")), dmn_integer(18 + i));
    dmn_value v;
    wrong += dmn_evaluate(s, dmn_model_find(model, STR("fare")), &v) != RESULT_OK || v.as.i != 218 + i;
  }
  dmn_session_free(s);
  return (void *)wrong;
}

static void threads_share_a_model(void **state) {
  (void)state;
  load(ages);
  pthread_t threads[4];
  for (size_t i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, ask_many, at.model), 0);
  for (size_t i = 0; i < 4; i++) {
    void *wrong;
    assert_int_equal(pthread_join(threads[i], &wrong), 0);
    assert_null(wrong);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    MODEL_TEST(binds_and_resets), MODEL_TEST(takes_decisions_as_given), MODEL_TEST(names_the_place_of_a_fault),
    MODEL_TEST(a_decision_without_logic_is_a_fault), MODEL_TEST(keeps_within_budgets),
    MODEL_TEST(shapes_take_the_order_of_the_definition), MODEL_TEST(traces_from_inputs_to_result), MODEL_TEST(a_trace_changes_nothing),
    MODEL_TEST(threads_share_a_model),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
