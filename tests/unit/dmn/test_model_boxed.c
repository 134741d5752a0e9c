/* Do boxed expressions, knowledge models and decision services mean what DMN 1.5 (7.3, 10.2, 10.4) says? */
#include "model_fixture.h"

#define ENTRY(name, body) "<contextEntry><variable name=\"" name "\"/>" body "</contextEntry>"
#define RESULT_ENTRY(body) "<contextEntry>" body "</contextEntry>"
#define BKM(name, parameters, body) "<businessKnowledgeModel id=\"k_" name "\" name=\"" name "\"><variable name=\"" name "\"/>" \
  "<encapsulatedLogic>" parameters body "</encapsulatedLogic></businessKnowledgeModel>"
#define PARAMETER(name, type) "<formalParameter name=\"" name "\" typeRef=\"" type "\"/>"

static void contexts_see_earlier_entries(void **state) {
  (void)state;
  load(DEFINITIONS(
    DECISION("c", "<context>" ENTRY("a b", FEEL("1")) ENTRY("c", FEEL("a b + 1")) "</context>")
    DECISION("r", "<context>" ENTRY("a", FEEL("1")) ENTRY("f", "<functionDefinition><formalParameter name=\"x\"/>" FEEL("x + a") "</functionDefinition>")
             RESULT_ENTRY(FEEL("f(10)")) "</context>")
    DECISION("t", "<context typeRef=\"number\">" ENTRY("a", FEEL("1")) "</context>")));
  ANSWERS("c", "{a b: 1, c: 2}");
  ANSWERS("r", "11");
  assert_int_equal(dmn_fault_count(at.session), 0);
  ANSWERS("t", "null");
  assert_true(faulted("coercion"));
}

static void lists_and_relations(void **state) {
  (void)state;
  load(DEFINITIONS(
    DECISION("l", "<list>" FEEL("1") "<list>" FEEL("2") "</list>" FEEL("\"x\"") "</list>")
    DECISION("r", "<relation><column name=\"a\"/><column name=\"b c\" typeRef=\"number\"/>"
             "<row>" FEEL("1") FEEL("2") "</row><row>" FEEL("3") "</row></relation>")
    DECISION("s", NEEDS_DECISION("d_r") FEEL("r[b c = 2].a"))));
  ANSWERS("l", "[1, [2], \"x\"]");
  ANSWERS("r", "[{a: 1, b c: 2}, {a: 3, b c: null}]");
  ANSWERS("s", "[1]");
}

static void calls_of_knowledge(void **state) {
  (void)state;
  load(DEFINITIONS(
    BKM("add", PARAMETER("x", "number") PARAMETER("y", "number"), FEEL("x + y"))
    BKM("fac", PARAMETER("n", "number"), FEEL("if n &lt;= 1 then 1 else n * fac(n - 1)"))
    "<businessKnowledgeModel id=\"k_java\" name=\"java\"><encapsulatedLogic kind=\"Java\"><formalParameter name=\"x\"/></encapsulatedLogic></businessKnowledgeModel>"
    DECISION("i", NEEDS_KNOWLEDGE("k_add") "<invocation>" FEEL("add") "<binding><parameter name=\"y\"/>" FEEL("1") "</binding>"
             "<binding><parameter name=\"x\"/>" FEEL("41") "</binding></invocation>")
    DECISION("wrong", NEEDS_KNOWLEDGE("k_add") "<invocation>" FEEL("add") "<binding><parameter name=\"z\"/>" FEEL("1") "</binding></invocation>")
    DECISION("f", NEEDS_KNOWLEDGE("k_fac") FEEL("fac(20)"))
    DECISION("j", NEEDS_KNOWLEDGE("k_java") FEEL("java(1)"))
    DECISION("deep", NEEDS_KNOWLEDGE("k_fac") FEEL("fac(1000000)"))));
  ANSWERS("i", "42");
  ANSWERS("f", "2432902008176640000");
  assert_int_equal(dmn_fault_count(at.session), 0);
  ANSWERS("wrong", "null");
  assert_true(faulted("parameter_name"));
  ANSWERS("j", "null");
  assert_true(faulted("external_function"));
  assert_string_equal(answer("deep"), "limit");
  assert_true(faulted("budget"));
}

static void invoked_from_outside(void **state) {
  (void)state;
  load(DEFINITIONS(BKM("add", PARAMETER("x", "number") PARAMETER("y", "number"), FEEL("x + y"))));
  const str names[] = { STR_INIT("y"), STR_INIT("x") };
  const dmn_value values[] = { dmn_integer(2), dmn_integer(40) };
  dmn_value v;
  assert_int_equal(dmn_invoke(at.session, node("add"), names, values, 2, &v), RESULT_OK);
  assert_int_equal(v.as.i, 42);
}

static void conditional_and_loops(void **state) {
  (void)state;
#define IN(text) "<in>" FEEL(text) "</in>"
  load(DEFINITIONS(
    DECISION("c", "<conditional><if>" FEEL("false") "</if><then>" FEEL("1") "</then><else>" FEEL("2") "</else></conditional>")
    DECISION("cn", "<conditional><if>" FEEL("null") "</if><then>" FEEL("1") "</then><else>" FEEL("2") "</else></conditional>")
    DECISION("cs", "<conditional><if>" FEEL("\"a\"") "</if><then>" FEEL("1") "</then><else>" FEEL("2") "</else></conditional>")
    DECISION("f", "<filter>" IN("[{a: 1}, {a: 5}]") "<match>" FEEL("a > 2") "</match></filter>")
    DECISION("o", "<for iteratorVariable=\"x\">" IN("[1, 2, 3]") "<return>" FEEL("x + count(partial)") "</return></for>")
    DECISION("s", "<some iteratorVariable=\"x\">" IN("[1, 2]") "<satisfies>" FEEL("x > 1") "</satisfies></some>")
    DECISION("e", "<every iteratorVariable=\"x\">" IN("[1, 2]") "<satisfies>" FEEL("x > 1") "</satisfies></every>")));
  ANSWERS("c", "2");
  ANSWERS("cn", "2");
  ANSWERS("f", "[{a: 5}]");
  ANSWERS("o", "[1, 3, 5]");
  ANSWERS("s", "true");
  ANSWERS("e", "false");
  assert_int_equal(dmn_fault_count(at.session), 0);
  ANSWERS("cs", "null");
  assert_true(faulted("type"));
}

static void decision_services(void **state) {
  (void)state;
  load(DEFINITIONS(INPUT("x", "number") DECISION("y", NEEDS_INPUT("i_x") FEEL("x * 2")) DECISION("given", FEEL("\"own\""))
    DECISION("z", NEEDS_DECISION("d_y") NEEDS_DECISION("d_given") FEEL("string(y) + given"))
    "<decisionService id=\"one\" name=\"one\"><outputDecision href=\"#d_z\"/><encapsulatedDecision href=\"#d_y\"/>"
    "<inputDecision href=\"#d_given\"/><inputData href=\"#i_x\"/></decisionService>"
    "<decisionService id=\"two\" name=\"two\"><outputDecision href=\"#d_y\"/><outputDecision href=\"#d_given\"/><inputData href=\"#i_x\"/></decisionService>"
    DECISION("calls", NEEDS_KNOWLEDGE("one") NEEDS_KNOWLEDGE("two") NEEDS_INPUT("i_x") NEEDS_DECISION("d_z")
             FEEL("[one(10, \"b\"), one(given: \"c\", x: 20), two(3), z, x]"))
    DECISION("bad", NEEDS_KNOWLEDGE("two") FEEL("two(\"a\")"))));
  bind("x", "1");
  /* a service sees its parameters (input data first), not the graph around it; and leaves that as it was */
  ANSWERS("calls", "[\"20b\", \"40c\", {y: 6, given: \"own\"}, \"2own\", 1]");
  const str names[] = { STR_INIT("x") };
  const dmn_value values[] = { dmn_integer(7) };
  dmn_value v;
  assert_int_equal(dmn_invoke(at.session, node("two"), names, values, 1, &v), RESULT_OK);
  assert_int_equal(dmn_get(v, STR("y")).as.i, 14);
  assert_int_equal(dmn_evaluate(at.session, node("two"), &v), RESULT_OK);      /* by what is bound */
  assert_int_equal(dmn_get(v, STR("y")).as.i, 2);
  assert_int_equal(dmn_fault_count(at.session), 0);
  ANSWERS("bad", "null");                        /* as of any function whose arguments do not conform (10.3.2.13.2) */
  assert_true(faulted("coercion"));
}

static void shown_as_drawn(void **state) {
  (void)state;
  load(DEFINITIONS(DECISION("c", "<context label=\"C\">" ENTRY("a", FEEL("1 + 1"))
    ENTRY("t", "<decisionTable hitPolicy=\"COLLECT\" aggregation=\"SUM\">" "<input label=\"in\"><inputExpression typeRef=\"number\"><text>a</text></inputExpression>"
          "<inputValues><text>&gt; 0</text></inputValues></input><output name=\"o\" typeRef=\"number\"><defaultOutputEntry><text>0</text></defaultOutputEntry></output>"
          "<annotation name=\"条項\"/>\n<rule id=\"r1\"><description>why</description>" CELL("2") OUT("10") "<annotationEntry><text>P8</text></annotationEntry></rule>"
          "</decisionTable>") "</context>")));
  const struct dmn_boxed *c = dmn_model_logic(at.model, node("c"));
  assert_int_equal(c->kind, DMN_LOGIC_CONTEXT);
  assert_int_equal(c->count, 2);
  assert_true(str_eq(c->label, STR("C")) && str_eq(c->labels[0], STR("a")));
  assert_int_equal(c->parts[0]->kind, DMN_LOGIC_LITERAL);
  assert_true(str_eq(c->parts[0]->text, STR("1 + 1")));
  const struct dmn_table_view *t = c->parts[1]->table;
  assert_true(str_eq(t->hit_policy, STR("COLLECT+")));
  assert_true(str_eq(t->inputs[0].label, STR("in")) && str_eq(t->inputs[0].text, STR("a")) && str_eq(t->inputs[0].allowed, STR("> 0")));
  assert_true(str_eq(t->outputs[0].default_output, STR("0")) && str_eq(t->annotations[0], STR("条項")));
  assert_int_equal(t->row_count, 1);
  assert_true(str_eq(t->rows[0].id, STR("r1")) && str_eq(t->rows[0].description, STR("why")) && t->rows[0].line == 2);
  assert_true(str_eq(t->rows[0].inputs[0], STR("2")) && str_eq(t->rows[0].outputs[0], STR("10")) && str_eq(t->rows[0].annotations[0], STR("P8")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    MODEL_TEST(contexts_see_earlier_entries), MODEL_TEST(lists_and_relations), MODEL_TEST(calls_of_knowledge),
    MODEL_TEST(invoked_from_outside), MODEL_TEST(conditional_and_loops), MODEL_TEST(decision_services), MODEL_TEST(shown_as_drawn),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
