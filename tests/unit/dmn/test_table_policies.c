/* Do decision tables answer as chapter 8 of DMN 1.5 says, under every hit policy? */
#include "model_fixture.h"

/* Rows over x: which are hit is told by the cells; outputs as given. */
#define TABLE(attributes, outputs, rows) DEFINITIONS(INPUT("x", "number") DECISION("t", NEEDS_INPUT("i_x") \
  "<decisionTable " attributes ">" COLUMN("x") outputs rows "</decisionTable>"))
#define ROW(cell, out) "<rule>" CELL(cell) OUT(out) "</rule>"
#define ROW2(cell, a, b) "<rule>" CELL(cell) OUT(a) OUT(b) "</rule>"
#define ORDERED "<output name=\"o\"><outputValues><text>\"high\", \"middle\", \"low\"</text></outputValues></output>"

static void check(const char *x, const char *expected, const char *code) {
  dmn_session_reset(at.session);
  bind("x", x);
  ANSWERS("t", expected);
  assert_int_equal(dmn_fault_count(at.session), code != NULL);
  if (code != NULL && !faulted(code)) fail_msg("no fault %s", code);
}

static void unique(void **state) {
  (void)state;
  load(TABLE("", "<output/>", ROW("&lt; 5", "\"a\"") ROW("[4..9]", "\"b\"") ROW("null", "\"none\"")));
  check("1", "\"a\"", NULL);
  check("9", "\"b\"", NULL);
  check("4", "null", "several_rows");
  check("10", "null", "no_row");
  check("null", "\"none\"", NULL);
}

static void any(void **state) {
  (void)state;
  load(TABLE("hitPolicy=\"ANY\"", "<output/>", ROW("&lt; 5", "\"a\"") ROW("&lt; 3", "\"a\"") ROW("&lt; 1", "\"b\"")));
  check("2", "\"a\"", NULL);
  check("0", "null", "several_rows");
  check("7", "null", "no_row");
}

static void first(void **state) {
  (void)state;
  load(TABLE("hitPolicy=\"FIRST\"", "<output/>", ROW("&lt; 5", "\"a\"") ROW("&lt; 9", "x + 1")));
  check("2", "\"a\"", NULL);
  check("7", "8", NULL);
  check("9", "null", NULL);
}

static void priority(void **state) {
  (void)state;
  load(TABLE("hitPolicy=\"PRIORITY\"", ORDERED, ROW("&lt; 5", "\"low\"") ROW("&lt; 9", "\"middle\"") ROW("&lt; 2", "\"high\"")));
  check("1", "\"high\"", NULL);
  check("3", "\"middle\"", NULL);
  check("9", "null", NULL);
}

/* Compound outputs are compared output by output. */
static void priority_of_two(void **state) {
  (void)state;
  load(TABLE("hitPolicy=\"PRIORITY\"", ORDERED "<output name=\"b\"><outputValues><text>true, false</text></outputValues></output>",
             ROW2("&lt; 5", "\"low\"", "true") ROW2("&lt; 9", "\"middle\"", "false") ROW2("&lt; 2", "\"middle\"", "true")));
  check("1", "{o: \"middle\", b: true}", NULL);
  check("3", "{o: \"middle\", b: false}", NULL);
}

static void rule_order_and_output_order(void **state) {
  (void)state;
  load(DEFINITIONS(INPUT("x", "number")
    DECISION("t", NEEDS_INPUT("i_x") "<decisionTable hitPolicy=\"RULE ORDER\">" COLUMN("x") ORDERED
             ROW("&lt; 5", "\"low\"") ROW("&lt; 9", "\"high\"") ROW("&lt; 2", "\"middle\"") "</decisionTable>")
    DECISION("u", NEEDS_INPUT("i_x") "<decisionTable hitPolicy=\"OUTPUT ORDER\">" COLUMN("x") ORDERED
             ROW("&lt; 5", "\"low\"") ROW("&lt; 9", "\"high\"") ROW("&lt; 2", "\"middle\"") ROW("&lt; 2", "\"low\"") "</decisionTable>")));
  check("1", "[\"low\", \"high\", \"middle\"]", NULL);
  ANSWERS("u", "[\"high\", \"middle\", \"low\", \"low\"]");
  check("9", "null", NULL);
  ANSWERS("u", "null");
}

/* No row hit and no default: null, whatever the hit policy (10.3.2.10, step 2). */
static void collect(void **state) {
  (void)state;
  static const struct { const char *aggregation, *of_two, *of_none; } cases[] = {
    { "", "[10, 2.5]", "null" }, { " aggregation=\"SUM\"", "12.5", "null" }, { " aggregation=\"MIN\"", "2.5", "null" },
    { " aggregation=\"MAX\"", "10", "null" }, { " aggregation=\"COUNT\"", "2", "null" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    str text = str_format(at.arena, TABLE("hitPolicy=\"COLLECT\"%s", "<output/>", ROW("&lt; 5", "10") ROW("&lt; 3", "x + 0.5") ROW("&lt; 0", "7")),
                          cases[i].aggregation);
    load(str_z(at.arena, text));
    bind("x", "2");
    ANSWERS("t", cases[i].of_two);
    dmn_session_reset(at.session);
    bind("x", "9");
    ANSWERS("t", cases[i].of_none);
    dmn_session_free(at.session);
    dmn_model_free(at.model);
    at.session = NULL;
    at.model = NULL;
  }
}

static void defaults(void **state) {
  (void)state;
  load(TABLE("", "<output name=\"a\"><defaultOutputEntry><text>x + 1</text></defaultOutputEntry></output><output name=\"b\"/>", ROW2("&lt; 5", "1", "2")));
  check("1", "{a: 1, b: 2}", NULL);
  check("9", "{a: 10, b: null}", NULL);
}

/* A table that answers a list may have a whole list as its default; any other is that of one hit. */
static void defaults_of_lists(void **state) {
  (void)state;
#define WITH_DEFAULT(name, policy, text) \
  DECISION(name, NEEDS_INPUT("i_x") "<decisionTable hitPolicy=\"" policy "\">" COLUMN("x") \
           "<output><defaultOutputEntry><text>" text "</text></defaultOutputEntry></output>" ROW("&lt; 5", "1") "</decisionTable>")
  load(DEFINITIONS(INPUT("x", "number") WITH_DEFAULT("none", "RULE ORDER", "[]") WITH_DEFAULT("one", "COLLECT", "7")
                   WITH_DEFAULT("two", "OUTPUT ORDER", "[x, 8]")));
  bind("x", "9");
  ANSWERS("none", "[]");
  ANSWERS("one", "[7]");
  ANSWERS("two", "[9, 8]");
}

static void allowed_values(void **state) {
  (void)state;
  load(DEFINITIONS(INPUT("x", "number") DECISION("t", NEEDS_INPUT("i_x")
    "<decisionTable hitPolicy=\"FIRST\"><input><inputExpression><text>x</text></inputExpression><inputValues><text>[0..10], 20</text></inputValues></input>"
    "<output name=\"o\" typeRef=\"string\"><outputValues><text>\"a\", \"b\"</text></outputValues></output>"
    ROW("&lt; 3", "\"a\"") ROW("&lt; 5", "\"c\"") ROW("-", "if x = 20 then \"b\" else \"z\"") "</decisionTable>")));
  check("1", "\"a\"", NULL);
  check("4", "null", "allowed_value");
  check("20", "\"b\"", NULL);
  check("9", "null", "allowed_value");
  check("11", "null", "allowed_value");
}

/* Cells of every kind beside literals: other inputs, functions over `?`, negations. */
static void cells_with_other_inputs(void **state) {
  (void)state;
  load(DEFINITIONS(INPUT("x", "number") INPUT("limit", "number") DECISION("t", NEEDS_INPUT("i_x") NEEDS_INPUT("i_limit")
    "<decisionTable hitPolicy=\"COLLECT\">" COLUMN("x") "<output/>"
    ROW("&gt; limit", "1") ROW("odd(?)", "2") ROW("not(3, [5..7])", "3") ROW("1, 3, limit", "4") ROW("-", "5") "</decisionTable>")));
  static const struct { const char *x, *limit, *expected; } cases[] = {
    { "3", "2", "[1, 2, 4, 5]" }, { "4", "4", "[3, 4, 5]" }, { "5", "4", "[1, 2, 5]" }, { "8", "9", "[3, 5]" }, { "8.5", "9", "[3, 5]" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    dmn_session_reset(at.session);
    bind("x", cases[i].x);
    bind("limit", cases[i].limit);
    ANSWERS("t", cases[i].expected);
  }
}

static void tables_without_conditions(void **state) {
  (void)state;
  load(DEFINITIONS(DECISION("one", "<decisionTable><output/><rule>" OUT("1 + 1") "</rule></decisionTable>")
                   DECISION("none", "<decisionTable hitPolicy=\"COLLECT\"><output/></decisionTable>")
                   DECISION("all", "<decisionTable hitPolicy=\"COLLECT\"><output/><rule>" OUT("1") "</rule><rule>" OUT("2") "</rule></decisionTable>")));
  ANSWERS("one", "2");
  ANSWERS("none", "null");
  ANSWERS("all", "[1, 2]");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    MODEL_TEST(unique), MODEL_TEST(any), MODEL_TEST(first), MODEL_TEST(priority), MODEL_TEST(priority_of_two),
    MODEL_TEST(rule_order_and_output_order), MODEL_TEST(collect), MODEL_TEST(defaults), MODEL_TEST(defaults_of_lists), MODEL_TEST(allowed_values),
    MODEL_TEST(cells_with_other_inputs), MODEL_TEST(tables_without_conditions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
