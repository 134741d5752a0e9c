/* Does the loader read what DMN models hold, and refuse what they must not, with line and reason? */
#include "model_fixture.h"

static void reads_every_namespace(void **state) {
  (void)state;
  static const char *const namespaces[] = {
    DMN15, "https://www.omg.org/spec/DMN/20211108/MODEL/", "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "http://www.omg.org/spec/DMN/20180521/MODEL/", "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
  };
  for (size_t i = 0; i < COUNT_OF(namespaces); i++) {
    str text = str_format(at.arena, "<d:definitions xmlns:d=\"%s\" name=\"m\" namespace=\"urn:m\"><d:decision id=\"a\" name=\"a\">"
                          "<d:variable name=\"a\"/><d:literalExpression><d:text>1 + 1</d:text></d:literalExpression></d:decision></d:definitions>",
                          namespaces[i]);
    load(str_z(at.arena, text));
    ANSWERS("a", "2");
    dmn_session_free(at.session);
    dmn_model_free(at.model);
    at.session = NULL;
    at.model = NULL;
  }
}

static void tells_about_the_model(void **state) {
  (void)state;
  load("<definitions xmlns=\"" DMN15 "\" xmlns:x=\"urn:x\" id=\"m1\" name=\"規則\" namespace=\"urn:m\" x:version=\"3\">"
       "<inputData id=\"i\" name=\"age\" label=\"年齢\"><description>years</description><variable name=\"age\" typeRef=\"number\"/></inputData>"
       "<decision id=\"d\" name=\"adult\"><question>Is it an adult?</question><allowedAnswers>yes, no</allowedAnswers>"
       "<variable name=\"adult\" typeRef=\"boolean\"/>" NEEDS_INPUT("i") FEEL("age >= 18") "</decision></definitions>");
  assert_true(str_eq(dmn_model_name(at.model), STR("規則")));
  assert_true(str_eq(dmn_model_id(at.model), STR("m1")));
  assert_true(str_eq(dmn_model_namespace(at.model), STR("urn:m")));
  assert_true(str_eq(dmn_model_attribute(at.model, "urn:x", "version"), STR("3")));
  assert_null(dmn_model_attribute(at.model, "urn:x", "nothing").p);
  assert_int_equal(dmn_model_count(at.model), 2);
  const struct dmn_node_info *age = dmn_model_node(at.model, 0), *adult = dmn_model_node(at.model, 1);
  assert_int_equal(age->kind, DMN_NODE_INPUT);
  assert_true(str_eq(age->label, STR("年齢")) && str_eq(age->description, STR("years")) && str_eq(age->type_name, STR("number")));
  assert_int_equal(adult->kind, DMN_NODE_DECISION);
  assert_true(str_eq(adult->question, STR("Is it an adult?")) && str_eq(adult->allowed_answers, STR("yes, no")));
  assert_int_equal(adult->requires_count, 1);
  assert_int_equal(adult->requires[0], 0);
  assert_int_equal(dmn_model_find(at.model, STR("d")), 1);
  assert_int_equal(dmn_model_find(at.model, STR("nobody")), DMN_NO_NODE);
}

static void refuses_what_is_no_model(void **state) {
  (void)state;
  refused("<definitions", "xml", 0);
  refused("<!DOCTYPE d [<!ENTITY a \"b\">]>\n<definitions xmlns=\"" DMN15 "\" name=\"m\" namespace=\"urn:m\"/>", "xml", 0);
  refused("<definitions xmlns=\"urn:other\" namespace=\"urn:m\"/>", "model_namespace", 1);
  refused("<decision xmlns=\"" DMN15 "\" namespace=\"urn:m\"/>", "model_root", 1);
  refused("<definitions xmlns=\"" DMN15 "\" name=\"m\"/>", "model_no_namespace", 1);
}

static void refuses_bad_names_and_references(void **state) {
  (void)state;
  refused(DEFINITIONS("\n<decision id=\"a\"/>"), "model_name", 2);
  refused(DEFINITIONS("\n<decision id=\"a\" name=\"a\"/>\n<decision id=\"a\" name=\"b\"/>"), "model_twin_id", 3);
  refused(DEFINITIONS("\n<decision id=\"a\" name=\"a b\"/>\n<decision id=\"b\" name=\"a  b\"/>"), "model_twin_name", 3);
  refused(DEFINITIONS(DECISION("a", "\n<informationRequirement><requiredInput/></informationRequirement>" FEEL("1"))), "model_no_href", 2);
  refused(DEFINITIONS(DECISION("a", "\n<informationRequirement/>" FEEL("1"))), "model_no_href", 2);
  refused(DEFINITIONS(DECISION("a", "\n" NEEDS_INPUT("nobody") FEEL("1"))), "model_reference", 2);
  refused(DEFINITIONS(DECISION("b", FEEL("1")) DECISION("a", "\n" NEEDS_KNOWLEDGE("d_b") FEEL("1"))), "model_wrong_kind", 2);
}

static void refuses_cycles(void **state) {
  (void)state;
  refused(DEFINITIONS(DECISION("a", NEEDS_DECISION("d_b") FEEL("b")) "\n" DECISION("b", NEEDS_DECISION("d_a") FEEL("a"))), "model_cycle", 0);
  refused(DEFINITIONS(DECISION("a", NEEDS_DECISION("d_a") FEEL("a"))), "model_cycle", 1);
  refused(DEFINITIONS("<decisionService id=\"s\" name=\"s\"><outputDecision href=\"#d_a\"/></decisionService>"
                      DECISION("a", NEEDS_KNOWLEDGE("s") FEEL("s()"))), "model_cycle", 0);
}

static void refuses_chains_beyond_the_limit(void **state) {
  (void)state;
  struct buf text = buf_in(at.arena);
  buf_add(&text, STR("<definitions xmlns=\"" DMN15 "\" name=\"m\" namespace=\"urn:m\">" DECISION("0", FEEL("0"))));
  for (int i = 1; i < 6000; i++)
    buf_format(&text, "<decision id=\"d_%d\" name=\"n%d\"><informationRequirement><requiredDecision href=\"#d_%d\"/></informationRequirement></decision>", i, i, i - 1);
  buf_add(&text, STR("</definitions>"));
  refused(str_z(at.arena, buf_str(&text)), "model_chain", 0);
}

static void refuses_too_much(void **state) {
  (void)state;
  const struct dmn_source source = { STR("m"), STR(DEFINITIONS(DECISION("a",
    "<decisionTable>" COLUMN("1") "<output/><rule>" CELL("1") OUT("1") "</rule><rule>" CELL("2") OUT("2") "</rule></decisionTable>"))) };
  const struct dmn_load_limits few_rules = { .rules = 1 }, few_bytes = { .bytes = 100 }, few_texts = { .expressions = 4 },
    small = { .memory_bytes = 12000 };
  const struct { const struct dmn_load_limits *limits; const char *code; } cases[] = {
    { &few_rules, "model_rules" }, { &few_bytes, "model_bytes" }, { &few_texts, "model_expressions" }, { &small, "model_memory" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct findings f = findings_in(at.arena);
    struct dmn_model *m;
    assert_int_equal(dmn_model_load(&source, 1, cases[i].limits, &f, &m), RESULT_REFUSED);
    assert_null(m);
    assert_true(f.count > 0);
    assert_string_equal(f.items[0].code, cases[i].code);
  }
}

static void refuses_crooked_tables(void **state) {
  (void)state;
#define TABLE(attributes, body) DEFINITIONS(DECISION("a", "<decisionTable " attributes ">" body "</decisionTable>"))
  refused(TABLE("", COLUMN("1") "<output/>\n<rule>" OUT("1") "</rule>"), "model_row", 2);
  refused(TABLE("", COLUMN("1") "<output/><rule>" CELL("1") "\n" CELL("2") OUT("1") "</rule>"), "model_row", 2);
  refused(TABLE("", COLUMN("1") "<output/>\n<rule>" CELL("1") "</rule>"), "model_row_outputs", 2);
  refused(TABLE("", COLUMN("1")), "model_no_output", 1);
  refused(TABLE("hitPolicy=\"SOMETIMES\"", COLUMN("1") "<output/>"), "model_policy", 1);
  refused(TABLE("hitPolicy=\"COLLECT\" aggregation=\"AVERAGE\"", COLUMN("1") "<output/>"), "model_policy", 1);
  refused(TABLE("", COLUMN("1") "<output name=\"x\"/>\n<output name=\"x\"/>"), "model_twin_component", 2);
}

/* A fault in a text does not refuse the model: the text is null at run time. */
static void keeps_faults_of_texts(void **state) {
  (void)state;
  load(DEFINITIONS(DECISION("bad", "\n" FEEL("1 +")) DECISION("good", FEEL("1"))
    "<decision id=\"p\" name=\"p\"><literalExpression expressionLanguage=\"urn:python\"><text>1</text></literalExpression></decision>"
    "<decision id=\"t\" name=\"t\"><variable name=\"t\" typeRef=\"tNothing\"/>" FEEL("\"any\"") "</decision>"));
  const struct findings *faults = dmn_model_faults(at.model);
  bool syntax = false, language = false, type = false;
  for (size_t i = 0; i < faults->count; i++) {
    syntax |= faults->items[i].line == 2;
    language |= strcmp(faults->items[i].code, "model_language") == 0;
    type |= strcmp(faults->items[i].code, "model_type") == 0;
  }
  assert_true(syntax && language && type);
  ANSWERS("bad", "null");
  assert_true(dmn_fault_count(at.session) > 0);
  ANSWERS("good", "1");
  ANSWERS("p", "null");
  ANSWERS("t", "\"any\"");
}

static void reads_item_definitions(void **state) {
  (void)state;
  load(DEFINITIONS(
    "<itemDefinition name=\"tSmall\"><typeRef>number</typeRef><allowedValues><text>[0..9]</text></allowedValues></itemDefinition>"
    "<itemDefinition name=\"tEven\"><typeRef>tSmall</typeRef><allowedValues><text>0, 2, 4, 12</text></allowedValues></itemDefinition>"
    "<itemDefinition name=\"tList\" isCollection=\"true\"><typeRef>tSmall</typeRef><typeConstraint><text>count(?) &lt;= 2</text></typeConstraint></itemDefinition>"
    "<itemDefinition name=\"tPoint\"><itemComponent name=\"x\"><typeRef>tSmall</typeRef></itemComponent>"
    "<itemComponent name=\"tags\" isCollection=\"true\"><typeRef>string</typeRef></itemComponent></itemDefinition>"
    "<itemDefinition name=\"tTree\"><itemComponent name=\"children\" isCollection=\"true\"><typeRef>tTree</typeRef></itemComponent></itemDefinition>"
    INPUT("small", "tSmall") INPUT("even", "tEven") INPUT("list", "tList") INPUT("point", "tPoint") INPUT("tree", "tTree")));
  static const struct { const char *input, *given, *expected, *code; } cases[] = {
    { "small", "9", "9", NULL }, { "small", "10", "null", "allowed_value" }, { "small", "\"a\"", "null", "coercion" },
    { "small", "[3]", "3", NULL }, { "small", "null", "null", NULL },
    { "even", "4", "4", NULL }, { "even", "3", "null", "allowed_value" }, { "even", "12", "null", "allowed_value" },
    { "list", "[1, 2]", "[1, 2]", NULL }, { "list", "[1, 2, 3]", "null", "allowed_value" }, { "list", "[1, 20]", "null", "allowed_value" },
    { "list", "7", "[7]", NULL },
    { "point", "{x: 1, tags: [\"a\"]}", "{x: 1, tags: [\"a\"]}", NULL }, { "point", "{x: 1}", "null", "coercion" },
    { "point", "{x: 11, tags: []}", "null", "allowed_value" },
    { "tree", "{children: [{children: []}]}", "{children: [{children: []}]}", NULL },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    dmn_session_reset(at.session);
    bind(cases[i].input, cases[i].given);
    ANSWERS(cases[i].input, cases[i].expected);
    assert_int_equal(dmn_fault_count(at.session), cases[i].code != NULL);
    if (cases[i].code != NULL) assert_true(faulted(cases[i].code));
  }
}

/* A tree of trees, two definitions that hold each other, and one whose constraint looks into itself; by another name and by
 * the name of a list of it, whichever is asked for first. */
static void definitions_may_hold_themselves(void **state) {
  (void)state;
#define ITEM(name, parts) "<itemDefinition name=\"" name "\">" parts "</itemDefinition>"
#define PART(name, type) "<itemComponent name=\"" name "\"><typeRef>" type "</typeRef></itemComponent>"
#define PARTS(name, type) "<itemComponent name=\"" name "\" isCollection=\"true\"><typeRef>" type "</typeRef></itemComponent>"
  load(DEFINITIONS(
    ITEM("tTree", PART("n", "number") PARTS("children", "tTree"))
    ITEM("tOther", PART("n", "number") PARTS("children", "tOther"))
    ITEM("tWife", PART("husband", "tHusband") PART("age", "number")) ITEM("tHusband", PART("wife", "tWife"))
    ITEM("tChain", PART("n", "number") PART("next", "tChain")
         "<typeConstraint><text>?.next = null or ?.n &lt; ?.next.n</text></typeConstraint>")
    "<itemDefinition name=\"tForest\" isCollection=\"true\">" PARTS("trees", "tForest") PART("n", "number") "</itemDefinition>"
    ITEM("tThis", "<itemComponent name=\"next\">" PART("next", "tThis") "</itemComponent>")
    ITEM("tThat", "<itemComponent name=\"next\">" PART("next", "tThat") "</itemComponent>")
    ITEM("tNode", PART("n", "number") PART("children", "tNodes")) "<itemDefinition name=\"tNodes\" isCollection=\"true\"><typeRef>tNode</typeRef></itemDefinition>"
    ITEM("tPerson", PART("n", "number") PART("kin", "tKin")) ITEM("tKin", "<typeRef>tPerson</typeRef>")
    INPUT("nodes", "tNodes") INPUT("person", "tPerson") INPUT("kin", "tKin")
    INPUT("tree", "tTree") INPUT("other", "tOther") INPUT("that", "tThat") INPUT("wife", "tWife") INPUT("chain", "tChain") INPUT("forest", "tForest")
    DECISION("sum", NEEDS_INPUT("i_tree") FEEL("sum(tree.children.children[1].n)"))
    TYPED_DECISION("graft", "tTree", NEEDS_INPUT("i_other") FEEL("other"))
    TYPED_DECISION("shifted", "tThis", NEEDS_INPUT("i_that") FEEL("that.next"))));
  assert_int_equal(dmn_model_faults(at.model)->count, 0);
  static const struct { const char *input, *given, *node, *expected; } cases[] = {
    { "tree", "{n: 1, children: [{n: 2, children: []}]}", "tree", "{n: 1, children: [{n: 2, children: []}]}" },
    { "tree", "{n: 1, children: [{n: \"2\", children: []}]}", "tree", "null" },
    { "tree", "{n: 1, children: [{n: 2, children: [{n: 3, children: [{n: 4}]}]}]}", "tree", "null" },
    { "tree", "{n: 1, children: [{n: 2, children: [{n: 3, children: []}]}]}", "sum", "3" },
    { "other", "{n: 1, children: [{n: 2, children: []}]}", "graft", "{n: 1, children: [{n: 2, children: []}]}" },
    { "that", "{next: {next: {next: null}}}", "shifted", "{next: {next: null}}" },
    { "wife", "{age: 1, husband: {wife: {age: 2, husband: null}}}", "wife", "{age: 1, husband: {wife: {age: 2, husband: null}}}" },
    { "wife", "{age: 1, husband: {wife: {age: true, husband: null}}}", "wife", "null" },
    { "chain", "{n: 1, next: {n: 2, next: {n: 3, next: null}}}", "chain", "{n: 1, next: {n: 2, next: {n: 3, next: null}}}" },
    { "chain", "{n: 1, next: {n: 3, next: {n: 2, next: null}}}", "chain", "null" },
    { "nodes", "[{n: 1, children: [{n: 2, children: []}]}]", "nodes", "[{n: 1, children: [{n: 2, children: []}]}]" },
    { "nodes", "[{n: 1, children: [{n: \"2\", children: []}]}]", "nodes", "null" },
    { "person", "{n: 1, kin: {n: 2, kin: null}}", "person", "{n: 1, kin: {n: 2, kin: null}}" },
    { "person", "{n: 1, kin: {n: \"2\", kin: null}}", "person", "null" },
    { "kin", "{n: 1, kin: {n: 2, kin: {n: \"3\", kin: null}}}", "kin", "null" },
    { "forest", "[{n: 1, trees: [[{n: 2, trees: []}]]}]", "forest", "[{n: 1, trees: [[{n: 2, trees: []}]]}]" },
    { "forest", "[{n: 1, trees: [[{n: 2, trees: [[{n: \"3\", trees: []}]]}]]}]", "forest", "null" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    dmn_session_reset(at.session);
    bind(cases[i].input, cases[i].given);
    ANSWERS(cases[i].node, cases[i].expected);
  }
}

/* ---- imports */

static const char library[] =
  "<definitions xmlns=\"" DMN15 "\" name=\"library\" namespace=\"urn:library\">"
  "<itemDefinition name=\"tAge\"><typeRef>number</typeRef><allowedValues><text>&gt;= 0</text></allowedValues></itemDefinition>"
  INPUT("age", "tAge") DECISION("adult", NEEDS_INPUT("i_age") FEEL("age >= 18"))
  "<businessKnowledgeModel id=\"k\" name=\"twice of\"><variable name=\"twice of\"/><encapsulatedLogic><formalParameter name=\"n\" typeRef=\"number\"/>"
  FEEL("n * 2") "</encapsulatedLogic></businessKnowledgeModel></definitions>";

#define IMPORT(name, uri) "<import name=\"" name "\" namespace=\"" uri "\" importType=\"" DMN15 "\"/>"

static void follows_imports(void **state) {
  (void)state;
  const struct dmn_source sources[] = {
    { STR("m"), STR(DEFINITIONS(IMPORT("lib", "urn:library") INPUT("years", "lib.tAge")
      DECISION("both", "<informationRequirement><requiredDecision href=\"urn:library#d_adult\"/></informationRequirement>"
               NEEDS_INPUT("i_years") "<knowledgeRequirement><requiredKnowledge href=\"urn:library#k\"/></knowledgeRequirement>"
               FEEL("[lib.adult, lib.twice of(years)]")))) },
    { STR("unread"), STR("<no xml") },
    { STR("library"), str_of(library) },
  };
  load_sources(sources, COUNT_OF(sources));
  assert_int_equal(dmn_model_node(at.model, node("lib.age"))->kind, DMN_NODE_INPUT);
  assert_true(str_eq(dmn_model_node(at.model, node("lib.age"))->namespace_uri, STR("urn:library")));
  bind("lib.age", "20");
  bind("years", "4");
  ANSWERS("both", "[true, 8]");
  dmn_session_reset(at.session);
  bind("years", "-4");
  ANSWERS("both", "[null, null]");
  assert_true(faulted("allowed_value"));
}

/* Two importers of one library: each binds its own input, and where one is left open the other's serves. */
static void opens_imports_by_path(void **state) {
  (void)state;
#define MIDDLE(ns) "<definitions xmlns=\"" DMN15 "\" name=\"x\" namespace=\"" ns "\">" IMPORT("lib", "urn:library") \
  DECISION("is", "<informationRequirement><requiredDecision href=\"urn:library#d_adult\"/></informationRequirement>" FEEL("lib.adult")) "</definitions>"
  const struct dmn_source sources[] = {
    { STR("m"), STR(DEFINITIONS(IMPORT("a", "urn:a") IMPORT("b", "urn:b")
      DECISION("both", "<informationRequirement><requiredDecision href=\"urn:a#d_is\"/></informationRequirement>"
               "<informationRequirement><requiredDecision href=\"urn:b#d_is\"/></informationRequirement>" FEEL("[a.is, b.is]")))) },
    { STR("a"), STR(MIDDLE("urn:a")) }, { STR("b"), STR(MIDDLE("urn:b")) }, { STR("l"), str_of(library) },
  };
  load_sources(sources, COUNT_OF(sources));
  bind("a.lib.age", "20");
  bind("b.lib.age", "10");
  ANSWERS("both", "[true, false]");
  dmn_session_reset(at.session);
  bind("b.lib.age", "30");
  ANSWERS("both", "[true, true]");
}

static void refuses_bad_imports(void **state) {
  (void)state;
  refused(DEFINITIONS("\n" IMPORT("lib", "urn:nobody")), "model_import", 2);
  /* each of the thirty opens the next twice: two to the thirtieth documents, were there no limit */
  struct dmn_source sources[31];
  for (int i = 0; i < 31; i++) {
    str text = str_format(at.arena, "<definitions xmlns=\"" DMN15 "\" name=\"n\" namespace=\"urn:%d\">"
      "<import name=\"a\" namespace=\"urn:%d\" importType=\"" DMN15 "\"/><import name=\"b\" namespace=\"urn:%d\" importType=\"" DMN15 "\"/></definitions>",
      i, i + 1, i + 1);
    if (i == 30) text = STR("<definitions xmlns=\"" DMN15 "\" name=\"n\" namespace=\"urn:30\"/>");
    sources[i] = (struct dmn_source){ STR("n"), text };
  }
  struct findings f = findings_in(at.arena);
  struct dmn_model *m;
  assert_int_equal(dmn_model_load(sources, 31, NULL, &f, &m), RESULT_REFUSED);
  assert_true(findings_has(&f, f.items[0].pointer, "model_imports"));
  /* two that import each other know each other */
  const struct dmn_source round[] = {
    { STR("m"), STR(DEFINITIONS(IMPORT("o", "urn:o") DECISION("a", "<informationRequirement><requiredDecision href=\"urn:o#d_b\"/></informationRequirement>" FEEL("o.b")))) },
    { STR("o"), STR("<definitions xmlns=\"" DMN15 "\" name=\"o\" namespace=\"urn:o\">" IMPORT("m", "urn:m") DECISION("b", FEEL("5")) "</definitions>") },
  };
  load_sources(round, 2);
  ANSWERS("a", "5");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    MODEL_TEST(reads_every_namespace), MODEL_TEST(tells_about_the_model), MODEL_TEST(refuses_what_is_no_model),
    MODEL_TEST(refuses_bad_names_and_references), MODEL_TEST(refuses_cycles), MODEL_TEST(refuses_chains_beyond_the_limit),
    MODEL_TEST(refuses_too_much), MODEL_TEST(refuses_crooked_tables), MODEL_TEST(keeps_faults_of_texts),
    MODEL_TEST(reads_item_definitions), MODEL_TEST(definitions_may_hold_themselves), MODEL_TEST(follows_imports), MODEL_TEST(opens_imports_by_path), MODEL_TEST(refuses_bad_imports),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
