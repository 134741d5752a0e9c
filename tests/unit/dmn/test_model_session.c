/* Does a session evaluate each decision once, keep within its budgets, and tell why? */
#include <pthread.h>

#include "model_fixture.h"

#define RULES(policy, rows) "<decisionTable hitPolicy=\"" policy "\"><input label=\"年齢\"><inputExpression><text>age</text></inputExpression></input>" \
  "<output/><annotation name=\"条項\"/>" rows "</decisionTable>"
#define ROW(cell, out, clause) "<rule>" CELL(cell) OUT(out) "<annotationEntry><text>" clause "</text></annotationEntry></rule>"

#define PARAMETER(name) "<formalParameter name=\"" name "\" typeRef=\"number\"/>"
#define KNOWLEDGE(name, parameters, body, needs) "<businessKnowledgeModel id=\"k_" name "\" name=\"" name "\"><variable name=\"" name "\"/>" \
  "<encapsulatedLogic>" parameters body "</encapsulatedLogic>" needs "</businessKnowledgeModel>"

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
  assert_true(str_eq(d[0].expression, STR("1 + \"b\"")));
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
  assert_int_equal(steps[0].node, node("fare"));
  assert_int_equal(steps[0].parent, DMN_NO_STEP);
  assert_int_equal(steps[1].node, node("group"));
  assert_int_equal(steps[1].parent, 0);
  assert_int_equal(steps[2].node, node("age"));
  assert_int_equal(steps[2].parent, 1);
  assert_int_equal(steps[1].table_count, 1);
  const struct dmn_trace_table *table = &steps[1].tables[0];
  assert_int_equal(table->inputs[0].as.i, 20);
  assert_int_equal(table->row_count, 1);
  assert_int_equal(table->rows[0], 1);
  assert_true(str_eq(table->view->rows[1].annotations[0], STR("P2")));
  assert_string_equal(str_z(at.arena, dmn_trace_json(at.session)),
    "{\"model\":\"m\",\"steps\":["
    "{\"node\":\"fare\",\"result\":{\"number\":\"220\"}},"
    "{\"node\":\"group\",\"parent\":0,\"result\":{\"string\":\"adult\"},"
    "\"tables\":[{\"inputs\":[{\"label\":\"年齢\",\"value\":{\"number\":\"20\"}}],"
    "\"rows\":[{\"annotations\":[\"P2\"],\"conditions\":[\"[18..65)\"],\"row\":2}]}]},"
    "{\"node\":\"age\",\"parent\":1,\"result\":{\"number\":\"20\"}}]}");
  assert_string_equal(str_z(at.arena, dmn_trace_text(at.session, true)),
    "fare = 220\n"
    "  ← 年齢層 = \"adult\"\n"
    "    行 2: 年齢: [18..65)\n"
    "      条項: P2\n"
    "    ← 年齢 = 20\n");
  dmn_session_reset(at.session);
  (void)dmn_trace(at.session, &count);
  assert_int_equal(count, 0);
}

/* A knowledge model called twice, by two decisions, and by a knowledge model: each call stands under its caller with what
 * it was given, what it hit and what it gave; the tables of a context keep apart. */
static void a_call_belongs_to_its_caller(void **state) {
  (void)state;
  load(DEFINITIONS(
    KNOWLEDGE("sign", PARAMETER("n"), "<decisionTable hitPolicy=\"FIRST\">" COLUMN("n") "<output/>"
              ROW("&lt; 0", "\"-\"", "") ROW("&gt; 0", "\"+\"", "") "</decisionTable>", "")
    KNOWLEDGE("both", PARAMETER("n") PARAMETER("m"), FEEL("sign(n) + sign(m)"), NEEDS_KNOWLEDGE("k_sign"))
    DECISION("a", NEEDS_KNOWLEDGE("k_sign") "<context><contextEntry><variable name=\"x\"/>" FEEL("sign(-1)") "</contextEntry>"
      "<contextEntry><variable name=\"y\"/><decisionTable>" COLUMN("x") "<output/>" ROW("\"-\"", "1", "") "</decisionTable></contextEntry>"
      "<contextEntry><variable name=\"z\"/><decisionTable>" COLUMN("y") "<output/>" ROW("2", "7", "") ROW("1", "8", "") "</decisionTable></contextEntry></context>")
    DECISION("b", NEEDS_DECISION("d_a") NEEDS_KNOWLEDGE("k_both") FEEL("both(3, a.y - 1)"))));
  dmn_session_trace(at.session, DMN_TRACE_DECISIONS);
  ANSWERS("b", "null");
  static const char told[] =
    "b = null\n"
    "  ← a = {x: \"-\", y: 1, z: 8}\n"
    "    y:\n"
    "      row 1: x: \"-\"\n"
    "    z:\n"
    "      row 2: y: 1\n"
    "    ← sign = \"-\"\n"
    "      with: n = -1\n"
    "      row 1: n: < 0\n"
    "  ← both = null\n"
    "    with: n = 3｜m = 0\n"
    "    ← sign = \"+\"\n"
    "      with: n = 3\n"
    "      row 2: n: > 0\n"
    "    ← sign = null\n"
    "      with: n = 0\n"
    "      no row is hit\n";
  assert_string_equal(str_z(at.arena, dmn_trace_text(at.session, false)), told);
  uint32_t count;
  const struct dmn_trace_step *steps = dmn_trace(at.session, &count);
  static const struct { const char *node; uint32_t parent; } expected[] = {
    { "b", DMN_NO_STEP }, { "a", 0 }, { "sign", 1 }, { "both", 0 }, { "sign", 3 }, { "sign", 3 },
  };
  assert_int_equal(count, COUNT_OF(expected));
  for (uint32_t i = 0; i < count; i++) {
    assert_int_equal(steps[i].node, node(expected[i].node));
    assert_int_equal(steps[i].parent, expected[i].parent);
  }
  /* the same bytes again, after a reset and from a session of its own */
  str once = str_copy(at.arena, dmn_trace_json(at.session));
  for (int i = 0; i < 2; i++) {
    if (i == 0) dmn_session_reset(at.session);
    struct dmn_session *s = i == 0 ? at.session : dmn_session_new(at.model, NULL, NULL);
    dmn_session_trace(s, DMN_TRACE_DECISIONS);
    dmn_value v;
    assert_int_equal(dmn_evaluate(s, node("b"), &v), RESULT_OK);
    assert_true(str_eq(dmn_trace_json(s), once));
    if (i == 1) dmn_session_free(s);
  }
}

/* What was asked for before stands under what uses it; a service's decisions stand under its call. */
static void a_trace_follows_the_graph_and_services(void **state) {
  (void)state;
  load(DEFINITIONS(INPUT("n", "number") DECISION("inner", NEEDS_INPUT("i_n") FEEL("n + 1"))
    "<decisionService id=\"s\" name=\"s\"><outputDecision href=\"#d_inner\"/><inputData href=\"#i_n\"/></decisionService>"
    DECISION("outer", NEEDS_DECISION("d_inner") NEEDS_KNOWLEDGE("s") FEEL("s(inner) + s(0)"))));
  dmn_session_trace(at.session, DMN_TRACE_DECISIONS);
  bind("n", "1");
  ANSWERS("inner", "2");
  ANSWERS("outer", "4");
  assert_string_equal(str_z(at.arena, dmn_trace_text(at.session, true)),
    "outer = 4\n"
    "  ← inner = 2\n"
    "    ← n = 1\n"
    "  ← s = 3\n"
    "    引数: n = 2\n"
    "    ← inner = 3\n"
    "      ← n = 2\n"
    "  ← s = 1\n"
    "    引数: n = 0\n"
    "    ← inner = 1\n"
    "      ← n = 0\n");
}

/* A list gone through is told up to a bound, and the rest is counted; so are calls of calls, and tables. */
static void a_trace_is_bounded(void **state) {
  (void)state;
  load(DEFINITIONS(
    KNOWLEDGE("one", PARAMETER("n"), FEEL("n"), "")
    KNOWLEDGE("two", PARAMETER("n"), FEEL("one(n) + one(n)"), NEEDS_KNOWLEDGE("k_one"))
    DECISION("many", NEEDS_KNOWLEDGE("k_two") NEEDS_KNOWLEDGE("k_one") FEEL("sum(for i in 1..1000 return two(1)) + one(5)"))
    KNOWLEDGE("fib", PARAMETER("n"), FEEL("if n &lt; 2 then n else fib(n - 1) + fib(n - 2)"), "")
    DECISION("deep", NEEDS_KNOWLEDGE("k_fib") FEEL("fib(21)"))
    DECISION("tables", "<for iteratorVariable=\"i\"><in>" FEEL("for k in 1..130 return k") "</in><return><decisionTable>" COLUMN("i") "<output/>"
             ROW("-", "1", "") "</decisionTable></return></for>")));
  dmn_session_trace(at.session, DMN_TRACE_DECISIONS);
  ANSWERS("many", "2005");
  uint32_t count;
  const struct dmn_trace_step *steps = dmn_trace(at.session, &count);
  assert_int_equal(count, 1 + DMN_TRACE_CALLS * 3 + 1);
  assert_int_equal(steps[0].calls->told, DMN_TRACE_CALLS);
  assert_int_equal(steps[0].calls->left_out, 1000 - DMN_TRACE_CALLS);
  assert_int_equal(steps[0].calls->next->told, 1);
  assert_true(str_find(dmn_trace_json(at.session), STR("\"left_out\":[{\"calls\":900,\"node\":\"two\"}]")) > 0);
  assert_true(str_find(dmn_trace_text(at.session, false), STR("two: 900 more calls are not shown here\n")) > 0);
  dmn_session_reset(at.session);
  ANSWERS("deep", "10946");
  steps = dmn_trace(at.session, &count);
  assert_int_equal(count, DMN_TRACE_STEPS);
  uint64_t told = 1, left_out = 0;
  for (uint32_t i = 0; i < count; i++)
    for (const struct dmn_trace_calls *c = steps[i].calls; c != NULL; c = c->next) told += c->told, left_out += c->left_out;
  assert_int_equal(told, count);
  assert_true(left_out > 0);
  dmn_session_reset(at.session);
  assert_int_equal(strlen(answer("tables")), strlen("[1") + 129 * strlen(", 1") + 1);
  steps = dmn_trace(at.session, &count);
  assert_int_equal(steps[0].table_count, DMN_TRACE_TABLES);
  assert_int_equal(steps[0].tables_left_out, 30);
}

/* An evaluation that a budget ends leaves a trace that can be read, and the next one is traced like any other. */
static void a_trace_survives_a_budget(void **state) {
  (void)state;
  load(DEFINITIONS(
    KNOWLEDGE("loop", PARAMETER("n"), FEEL("loop(n + 1)"), "")
    DECISION("endless", NEEDS_KNOWLEDGE("k_loop") FEEL("loop(0)")) DECISION("next", FEEL("1"))));
  dmn_session_trace(at.session, DMN_TRACE_DECISIONS);
  dmn_value v;
  assert_int_equal(dmn_evaluate(at.session, node("endless"), &v), RESULT_LIMIT);
  assert_true(faulted("budget"));
  assert_true(dmn_trace_json(at.session).n > 0 && dmn_trace_text(at.session, true).n > 0);
  ANSWERS("next", "1");
  uint32_t count;
  const struct dmn_trace_step *steps = dmn_trace(at.session, &count);
  assert_int_equal(steps[count - 1].node, node("next"));
  assert_int_equal(steps[count - 1].parent, DMN_NO_STEP);
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
    MODEL_TEST(shapes_take_the_order_of_the_definition), MODEL_TEST(traces_from_inputs_to_result),
    MODEL_TEST(a_call_belongs_to_its_caller), MODEL_TEST(a_trace_follows_the_graph_and_services), MODEL_TEST(a_trace_is_bounded),
    MODEL_TEST(a_trace_survives_a_budget), MODEL_TEST(a_trace_changes_nothing),
    MODEL_TEST(threads_share_a_model),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
