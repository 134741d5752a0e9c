/* Does a model or a text that means harm end soon, with a reason and a place (loading) or as a fault of the budget
 * (evaluating)? Small budgets, and a clock that would notice an exponential. */
#include <time.h>

#include "model_fixture.h"

/* Processor time that one row may take, with sanitizers on a slow machine. What is exponential takes for ever. */
#define SECONDS_MOST 30

static double seconds_used(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- loading */

static str repeat(const char *head, const char *unit, size_t times, const char *tail) {
  struct buf text = buf_in(at.arena);
  buf_add(&text, str_of(head));
  for (size_t i = 0; i < times; i++) buf_add(&text, str_of(unit));
  buf_add(&text, str_of(tail));
  return buf_str(&text);
}

/* Refused in time, the first finding having this code, a line and a reason in both languages. */
static void ends_in(str bytes, const char *code) {
  const struct dmn_source source = { STR("m.dmn"), bytes };
  struct findings f = findings_in(at.arena);
  struct dmn_model *m;
  double began = seconds_used();
  assert_int_equal(dmn_model_load(&source, 1, NULL, &f, &m), RESULT_REFUSED);
  assert_null(m);
  assert_true(seconds_used() - began < SECONDS_MOST);
  assert_string_equal(f.items[0].code, code);
  assert_true(f.items[0].ja.n > 0 && f.items[0].en.n > 0);
  if (strcmp(code, "model_memory") != 0 && strcmp(code, "model_bytes") != 0) assert_true(f.items[0].line > 0);
}

#define HEAD "<definitions xmlns=\"" DMN15 "\" name=\"m\" namespace=\"urn:m\">\n"
#define TAIL "</definitions>"

static void entities_are_refused(void **state) {
  (void)state;
  ends_in(STR("<?xml version=\"1.0\"?>\n<!DOCTYPE d [\n<!ENTITY a \"ha\">\n<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">\n"
              "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">\n<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>\n" HEAD "&d;" TAIL),
          "xml");
  ends_in(STR("<!DOCTYPE d SYSTEM \"file:///etc/hostname\">\n" HEAD TAIL), "xml");
  ends_in(
      STR("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n" HEAD "<description>&x;</description>" TAIL),
      "xml");
  ends_in(STR("<!DOCTYPE d [<!ENTITY % p SYSTEM \"http://127.0.0.1/\"> %p;]>\n" HEAD TAIL), "xml");
  ends_in(STR(HEAD "<description>&undeclared;</description>" TAIL), "xml");
}

static void nesting_of_elements_is_refused(void **state) {
  (void)state;
  ends_in(repeat(HEAD DECISION("a", ""), "<x>", 100000, ""), "xml");
  ends_in(repeat(HEAD "<decision id=\"d\" name=\"d\">", "<list>", 100000, ""), "xml");
  ends_in(repeat(HEAD "<decision id=\"d\" name=\"d\">", "<context><contextEntry>", 200, ""), "xml");
  ends_in(repeat(HEAD, "<itemDefinition name=\"t\"><itemComponent name=\"c\">", 50000, ""), "xml");
}

static void tables_beyond_the_limit_are_refused(void **state) {
  (void)state;
  static const char head[] =
      HEAD "<decision id=\"d\" name=\"d\"><decisionTable hitPolicy=\"FIRST\">" COLUMN("1") "<output/>\n";
  static const char row[] = "<rule>" CELL("&lt; 7") OUT("1") "</rule>", tail[] = "</decisionTable></decision>" TAIL;
  ends_in(repeat(head, row, 140000, tail), "model_rules");
  const struct dmn_load_limits limits = { .rules = 1000 };
  const struct dmn_source source = { STR("m"), repeat(head, row, 1001, tail) };
  struct findings f = findings_in(at.arena);
  assert_int_equal(dmn_model_load(&source, 1, &limits, &f, &at.model), RESULT_REFUSED);
  assert_string_equal(f.items[0].code, "model_rules");
  assert_true(f.items[0].line > 0);
}

/* Types that are made of one another: a component may hold its own type, a type may not be itself. */
static void types_in_circles_end(void **state) {
  (void)state;
  load(DEFINITIONS(
      "<itemDefinition name=\"a\"><typeRef>b</typeRef></itemDefinition><itemDefinition name=\"b\"><typeRef>a</typeRef></itemDefinition>"
      "<itemDefinition name=\"c\"><typeRef>c</typeRef></itemDefinition>"
      "<itemDefinition name=\"l\" isCollection=\"true\"><typeRef>l</typeRef></itemDefinition>"
      "<itemDefinition name=\"m\" isCollection=\"true\"><typeRef>n</typeRef></itemDefinition><itemDefinition name=\"n\" isCollection=\"true\"><typeRef>o</typeRef></itemDefinition>"
      "<itemDefinition name=\"o\"><typeRef>list&lt;m></typeRef></itemDefinition>" INPUT("x", "a")
          INPUT("y", "c") INPUT("z", "l") INPUT("w", "n") DECISION("e", NEEDS_INPUT("i_w") FEEL("w.name[1]"))
              DECISION("d", NEEDS_INPUT("i_x") NEEDS_INPUT("i_y") NEEDS_INPUT("i_z") FEEL("[x, y, z]"))));
  bind("x", "1");
  bind("y", "2");
  bind("z", "[[[]]]");
  bind("w", "[[[]]]");
  double began = seconds_used();
  (void)answer("d");
  (void)answer("e");
  assert_true(seconds_used() - began < SECONDS_MOST);
}

/* A great many of everything, and names as long as files: looked up in time. */
static void much_is_loaded_in_time(void **state) {
  (void)state;
  struct buf text = buf_in(at.arena);
  buf_add(&text, STR(HEAD));
  for (int i = 0; i < 20000; i++)
    buf_format(
        &text,
        "<decision id=\"d%d\" name=\"name %d\"><informationRequirement><requiredDecision href=\"#d%d\"/></informationRequirement>" FEEL(
            "name %d + 1") "</decision>",
        i, i, i / 2 - (i == 0), i / 2 - (i == 0));
  for (int i = 0; i < 5000; i++)
    buf_format(&text, "<itemDefinition name=\"t %d\"><typeRef>t %d</typeRef></itemDefinition>", i, i + 1);
  buf_add(&text, STR(TAIL));
  const struct dmn_source source = { STR("m"), buf_str(&text) };
  struct findings f = findings_in(at.arena);
  double began = seconds_used();
  result r = dmn_model_load(&source, 1, NULL, &f, &at.model);
  assert_true(r == RESULT_REFUSED || r == RESULT_OK);
  assert_true(r == RESULT_OK || f.count > 0);
  assert_true(seconds_used() - began < SECONDS_MOST);
  dmn_model_free(at.model);
  str name = repeat("", "very ", 200000, "long");
  str named = str_format(at.arena,
                         HEAD "<inputData id=\"i\" name=\"%.*s\"/><decision id=\"d\" name=\"d\">" NEEDS_INPUT("i")
                             FEEL("%.*s + 1") "</decision>" TAIL,
                         STR_ARG(name), STR_ARG(name));
  const struct dmn_source giant = { STR("m"), named };
  began = seconds_used();
  at.model = NULL;
  r = dmn_model_load(&giant, 1, NULL, &f, &at.model);
  assert_true(r == RESULT_REFUSED || dmn_model_faults(at.model)->count > 0);
  assert_true(seconds_used() - began < SECONDS_MOST);
}

/* ---- evaluating */

#define ENDED "limit"
/* A value of sixty levels in which each level holds the one below twice: small in memory, endless to walk. */
#define SHARED "(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1]"
#define SHARED_PAIR "(for i in 1..60 return if i = 1 then {l: null, r: null} else {l: partial[-1], r: partial[-1]})[-1]"
#define LONG_CHAIN "(for i in 1..100000 return if i = 1 then {l: null, r: null} else {l: partial[-1], r: null})[-1]"
#define SHARED_TREE "(for i in 1..60 return if i = 1 then {c: []} else {c: [partial[-1], partial[-1]]})[-1]"
#define TYPE_OF_TWO(t) "list&lt;list&lt;" t ">>"
#define TYPE_OF_TEN(t) TYPE_OF_TWO(TYPE_OF_TWO(TYPE_OF_TWO(TYPE_OF_TWO(TYPE_OF_TWO(t)))))

static const struct {
  const char *text, *expected;
} evaluations[] = {
  /* lists and loops */
  { "for i in 1..1000000000 return i", ENDED },
  { "for i in 1000000000..1 return i", ENDED },
  { "for a in 1..1000, b in 1..1000, c in 1..1000 return a", ENDED },
  { "some a in 1..100000 satisfies some b in 1..100000 satisfies a + b &lt; 0", ENDED },
  { "count(for d in @\"-999999999-01-01\"..@\"999999999-12-31\" return d)", ENDED },
  { "for i in 1..64 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])", ENDED },
  { "for i in 1..64 return if i = 1 then \"x\" else partial[-1] + partial[-1]", ENDED },
  { "for i in 1..64 return if i = 1 then \"x\" else string join([partial[-1], partial[-1]])", ENDED },
  { "for i in 1..64 return if i = 1 then \"x\" else replace(partial[-1], \".\", \"$0$0\")", ENDED },
  { "sort(for i in 1..20000 return 0 - i, function(a, b) count(for k in 1..1000 return k) &lt; 0)", ENDED },
  { "count([1, 2, 3][every x in 1..900000000 satisfies true])", ENDED },
  /* values that are small and take for ever to walk */
  { "string(" SHARED ")", ENDED },
  { "count(flatten(" SHARED "))", ENDED },
  { "{a: " SHARED ", b: " SHARED ", same: a = b}.same", ENDED },
  { "count(distinct values([" SHARED ", " SHARED "]))", ENDED },
  { "list contains([" SHARED "], " SHARED ")", ENDED },
  { SHARED " instance of " TYPE_OF_TEN(TYPE_OF_TEN(TYPE_OF_TEN(TYPE_OF_TEN(TYPE_OF_TEN(TYPE_OF_TEN("number")))))),
    ENDED },
  /* functions */
  { "{f: function(self) self(self), r: f(f)}.r", ENDED },
  { "{f: function(n, self) if n = 0 then 1 else self(n - 1, self) + self(n - 1, self), r: f(60, f)}.r", ENDED },
  /* numbers: faults, in time */
  { "10 ** 999999999", "null" },
  { "9.99e6144 * 9.99e6144", "null" },
  { "1e999999999999999999999999", "null" },
  { "(1 / 3) ** 99999999", "null" },
  { "decimal(1, 999999999)", "null" },
  { "round up(1.5, -999999999)", "null" },
  { "exp(1e6144)", "null" },
  { "modulo(1e6144, 7)", NULL },
  { "product(for i in 1..5000 return i)", "null" },
  /* days at the end of the calendar */
  { "@\"999999999-12-31\" + @\"P1D\"", "null" },
  { "@\"-999999999-01-01\" - @\"P1D\"", "null" },
  { "@\"P9223372036854775807D\" + @\"P1D\"", "null" },
  { "@\"P1Y\" * 1e30", "null" },
  { "date(1e30, 1, 1)", "null" },
  /* regular expressions */
  { "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+$\")", "null" },
  { "matches(\"a\", \"(((((((((((a{1,999}){1,999}){1,999}){1,999}){1,999}){1,999})))))))\")", "null" },
  { "count(split(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a|aa)+$\"))", NULL },
};

static void budget_of(const char *text, const char *expected, const char *got) {
  if (expected == NULL || strcmp(expected, got) == 0) return;
  fail_msg("%.100s: %.100s, not %s", text, got, expected);
}

/* Each row ends in time: within its budget, with a fault that says so, or with an answer. What follows is not disturbed. */
static void evaluations_end(void **state) {
  (void)state;
  const struct dmn_budget budget = { .steps = 3000000, .memory_bytes = 64 << 20, .list_items = 200000 };
  for (size_t i = 0; i < COUNT_OF(evaluations); i++) {
    str model =
        str_format(at.arena, DEFINITIONS(DECISION("a", FEEL("%s")) DECISION("b", FEEL("1"))), evaluations[i].text);
    load(str_z(at.arena, model));
    if (dmn_model_faults(at.model)->count > 0 && evaluations[i].expected != NULL &&
        strcmp(evaluations[i].expected, ENDED) == 0)
      fail_msg("%s: %.*s", evaluations[i].text, STR_ARG(dmn_model_faults(at.model)->items[0].en));
    dmn_session_free(at.session);
    at.session = dmn_session_new(at.model, NULL, &budget);
    double began = seconds_used();
    const char *got = answer("a");
    if (seconds_used() - began >= SECONDS_MOST) fail_msg("%s took %.1f s", evaluations[i].text, seconds_used() - began);
    budget_of(evaluations[i].text, evaluations[i].expected, got);
    if (strcmp(got, ENDED) == 0) assert_true(dmn_fault_count(at.session) > 0);
    if (strcmp(got, "null") == 0) assert_true(dmn_fault_count(at.session) > 0);
    ANSWERS("b", "1");
    dmn_session_free(at.session);
    dmn_model_free(at.model);
    at.session = NULL;
    at.model = NULL;
  }
}

/* Recursion of knowledge models, and a type whose values are walked twice at every level. */
static void models_end(void **state) {
  (void)state;
#define KNOWLEDGE(name, body)                                                                                    \
  "<businessKnowledgeModel id=\"k_" name "\" name=\"" name "\"><variable name=\"" name "\"/><encapsulatedLogic>" \
  "<formalParameter name=\"n\" typeRef=\"number\"/>" FEEL(body) "</encapsulatedLogic></businessKnowledgeModel>"
  const struct dmn_budget budget = { .steps = 3000000, .memory_bytes = 64 << 20, .list_items = 200000 };
  load(DEFINITIONS(
      "<itemDefinition name=\"tTree\"><itemComponent name=\"c\" isCollection=\"true\"><typeRef>tTree</typeRef></itemComponent></itemDefinition>"
      "<itemDefinition name=\"tPair\"><itemComponent name=\"l\"><typeRef>tPair</typeRef></itemComponent>"
      "<itemComponent name=\"r\"><typeRef>tPair</typeRef></itemComponent></itemDefinition>" KNOWLEDGE(
          "endless", "1 + endless(n + 1)") KNOWLEDGE("twice", "if n = 0 then 0 else twice(n - 1) + twice(n - 1)")
          DECISION("a", NEEDS_KNOWLEDGE("k_endless") FEEL("endless(0)")) DECISION(
              "b", NEEDS_KNOWLEDGE("k_twice") FEEL("twice(60)")) TYPED_DECISION("tree", "tTree", FEEL(SHARED_TREE))
          TYPED_DECISION("pair", "tPair", FEEL(SHARED_PAIR)) TYPED_DECISION("chain", "tPair", FEEL(LONG_CHAIN))));
  static const char *const names[] = { "a", "b" };
  for (int traced = 0; traced < 2; traced++) {
    dmn_session_free(at.session);
    at.session = dmn_session_new(at.model, NULL, &budget);
    dmn_session_trace(at.session, traced ? DMN_TRACE_DECISIONS : DMN_TRACE_OFF);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
      double began = seconds_used();
      dmn_value v;
      result r = dmn_evaluate(at.session, node(names[i]), &v);
      assert_true(r == RESULT_LIMIT && faulted("budget"));
      assert_true(seconds_used() - began < SECONDS_MOST);
    }
    static const char *const grown[] = { "tree", "pair", "chain" };
    for (size_t i = 0; i < COUNT_OF(grown); i++) {
      dmn_value v;
      double began = seconds_used();
      assert_true(dmn_evaluate(at.session, node(grown[i]), &v) != RESULT_LIMIT || faulted("budget"));
      assert_true(seconds_used() - began < SECONDS_MOST);
    }
  }
}

/* Two families of sixty types, each of which holds the one below twice: comparing them, or a value with one, ends. */
static void types_that_share_parts_end(void **state) {
  (void)state;
  struct buf text = buf_in(at.arena);
  buf_add(&text, STR(HEAD));
  for (int i = 0; i <= 60; i++)
    for (char family = 'A'; family <= 'B'; family++) {
      str below = i == 0 ? STR("number") : str_format(at.arena, "%c%d", family, i - 1);
      buf_format(&text, "<itemDefinition name=\"%c%d\">", family, i);
      for (const char *part = "lr"; *part != 0; part++)
        buf_format(&text, "<itemComponent name=\"%c\"><typeRef>%.*s</typeRef></itemComponent>", *part, STR_ARG(below));
      buf_add(&text, STR("</itemDefinition>"));
    }
  buf_add(&text, STR(INPUT("a", "A60") TYPED_DECISION("same", "B60", NEEDS_INPUT("i_a") FEEL("a"))
                     TYPED_DECISION("pair", "A60", FEEL(SHARED_PAIR)) TAIL));
  double began = seconds_used();
  load(str_z(at.arena, buf_str(&text)));
  assert_true(seconds_used() - began < SECONDS_MOST);
  const struct dmn_budget budget = { .steps = 3000000 };
  dmn_session_free(at.session);
  at.session = dmn_session_new(at.model, NULL, &budget);
  began = seconds_used();
  dmn_value v;
  assert_true(dmn_evaluate(at.session, node("pair"), &v) == RESULT_LIMIT && faulted("budget"));
  assert_true(seconds_used() - began < SECONDS_MOST);
  dmn_session_reset(at.session);
  bind("a", "{l: null, r: {l: null, r: null}}");
  ANSWERS("same", "{l: null, r: {l: null, r: null}}");
}

/* A value whose text would never end is a value; writing it ends with the session's memory. */
static void endless_texts_end_with_the_memory(void **state) {
  (void)state;
  const struct dmn_budget budget = { .memory_bytes = 8 << 20 };
  load(DEFINITIONS(DECISION("a", FEEL(SHARED))));
  dmn_session_free(at.session);
  at.session = dmn_session_new(at.model, NULL, &budget);
  dmn_session_trace(at.session, DMN_TRACE_DECISIONS);
  dmn_value v;
  assert_int_equal(dmn_evaluate(at.session, node("a"), &v), RESULT_OK);
  double began = seconds_used();
  assert_null(dmn_trace_json(at.session).p);
  assert_null(dmn_trace_text(at.session, true).p);
  assert_true(seconds_used() - began < SECONDS_MOST);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    MODEL_TEST(entities_are_refused),
    MODEL_TEST(nesting_of_elements_is_refused),
    MODEL_TEST(tables_beyond_the_limit_are_refused),
    MODEL_TEST(types_in_circles_end),
    MODEL_TEST(much_is_loaded_in_time),
    MODEL_TEST(evaluations_end),
    MODEL_TEST(models_end),
    MODEL_TEST(types_that_share_parts_end),
    MODEL_TEST(endless_texts_end_with_the_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
