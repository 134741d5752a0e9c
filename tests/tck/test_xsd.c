/* Are our models, and models of every version that we read, documents of OMG's schemas? The schemas are part of the
 * compatibility kit and are read in place: the folder named by DMN_TCK, else ../shared/dmn-tck. Without them the test is
 * skipped, which it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <glob.h>
#include <unistd.h>

#include "shienkin/codec.h"
#include "shienkin/dmn.h"

#define SKIPPED 77

static struct {
  struct arena *arena;
  const char *kit;
} at;

static const struct version {
  const char *name, *schema, *model, *di, *literal;
} versions[] = {
  { "1.2", "DMN12.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/", "http://www.omg.org/spec/DMN/20180521/DMNDI/",
    "http://www.omg.org/spec/DMN/20180521/FEEL/" },
  { "1.3", "DMN13.xsd", "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "https://www.omg.org/spec/DMN/20191111/FEEL/" },
  { "1.4", "DMN14.xsd", "https://www.omg.org/spec/DMN/20211108/MODEL/", "https://www.omg.org/spec/DMN/20191111/DMNDI/",
    "https://www.omg.org/spec/DMN/20211108/FEEL/" },
  { "1.5", "DMN15.xsd", "https://www.omg.org/spec/DMN/20230324/MODEL/", "https://www.omg.org/spec/DMN/20230324/DMNDI/",
    "https://www.omg.org/spec/DMN/20230324/FEEL/" },
};

static const char *in_kit(const char *file) { return str_z(at.arena, str_format(at.arena, "%s/%s", at.kit, file)); }

static result validated(str bytes, const char *schema, struct findings *f) {
  *f = findings_in(at.arena);
  return xml_validate(at.arena, bytes, in_kit(schema), f);
}

static void print_findings(const char *what, const struct findings *f) {
  for (size_t i = 0; i < f->count; i++) print_error("%s:%u: %.*s\n", what, f->items[i].line, STR_ARG(f->items[i].en));
}

/* A model with each element that the loader reads, in the version's own namespaces. `hit_policy` and `extra` are where
 * the tests below put what the schema forbids. */
static str model_of(const struct version *v, const char *hit_policy, const char *extra) {
  return str_format(
      at.arena,
      "<definitions xmlns=\"%s\" xmlns:dmndi=\"%s\" xmlns:dc=\"http://www.omg.org/spec/DMN/20180521/DC/\""
      " xmlns:di=\"http://www.omg.org/spec/DMN/20180521/DI/\" id=\"m\" name=\"m\" namespace=\"urn:m\" expressionLanguage=\"%s\">\n"
      "<itemDefinition id=\"t_1\" name=\"tAge\"><typeRef>number</typeRef><allowedValues id=\"u_1\"><text>&gt;= 0</text></allowedValues></itemDefinition>\n"
      "<itemDefinition id=\"t_2\" name=\"tPerson\"><itemComponent id=\"t_3\" name=\"age\"><typeRef>tAge</typeRef></itemComponent></itemDefinition>\n"
      "<decision id=\"d_1\" name=\"fare\"><question>What does it cost?</question><allowedAnswers>yen</allowedAnswers>"
      "<variable id=\"v_1\" name=\"fare\" typeRef=\"number\"/>"
      "<informationRequirement id=\"r_1\"><requiredInput href=\"#i_1\"/></informationRequirement>"
      "<knowledgeRequirement id=\"r_2\"><requiredKnowledge href=\"#k_1\"/></knowledgeRequirement>"
      "<invocation id=\"e_1\"><literalExpression id=\"e_2\"><text>price</text></literalExpression><binding>"
      "<parameter id=\"p_1\" name=\"age\"/><literalExpression id=\"e_3\"><text>person.age</text></literalExpression></binding></invocation></decision>\n"
      "%s"
      "<businessKnowledgeModel id=\"k_1\" name=\"price\"><variable id=\"v_2\" name=\"price\"/><encapsulatedLogic id=\"f_1\">"
      "<formalParameter id=\"p_2\" name=\"age\" typeRef=\"tAge\"/><decisionTable id=\"dt_1\" hitPolicy=\"%s\">"
      "<input id=\"c_1\" label=\"age\"><inputExpression id=\"e_4\" typeRef=\"number\"><text>age</text></inputExpression></input>"
      "<output id=\"c_2\" name=\"price\"/><annotation name=\"clause\"/>"
      "<rule id=\"w_1\"><inputEntry id=\"e_5\"><text>&lt; 18</text></inputEntry><outputEntry id=\"e_6\"><text>100</text></outputEntry>"
      "<annotationEntry><text>P1</text></annotationEntry></rule>"
      "<rule id=\"w_2\"><inputEntry id=\"e_7\"><text>&gt;= 18</text></inputEntry><outputEntry id=\"e_8\"><text>200</text></outputEntry>"
      "<annotationEntry><text>P2</text></annotationEntry></rule></decisionTable></encapsulatedLogic></businessKnowledgeModel>\n"
      "<inputData id=\"i_1\" name=\"person\"><variable id=\"v_3\" name=\"person\" typeRef=\"tPerson\"/></inputData>\n"
      "<dmndi:DMNDI><dmndi:DMNDiagram id=\"g_1\"><dmndi:DMNShape id=\"g_2\" dmnElementRef=\"d_1\">"
      "<dc:Bounds height=\"60\" width=\"150\" x=\"0\" y=\"0\"/></dmndi:DMNShape>"
      "<dmndi:DMNEdge id=\"g_3\" dmnElementRef=\"r_1\"><di:waypoint x=\"10\" y=\"90\"/><di:waypoint x=\"10\" y=\"60\"/></dmndi:DMNEdge>"
      "</dmndi:DMNDiagram></dmndi:DMNDI></definitions>",
      v->model, v->di, v->literal, extra, hit_policy);
}

static void evaluates(str bytes) {
  const struct dmn_source source = { STR("m"), bytes };
  struct findings f = findings_in(at.arena);
  struct dmn_model *m;
  result r = dmn_model_load(&source, 1, NULL, &f, &m);
  if (r != RESULT_OK) print_findings("m", &f);
  assert_int_equal(r, RESULT_OK);
  assert_int_equal(dmn_model_faults(m)->count, 0);
  struct dmn_session *s = dmn_session_new(m, NULL, NULL);
  assert_non_null(s);
  const str names[] = { STR_INIT("age") };
  const dmn_value ages[] = { dmn_integer(20) };
  dmn_bind(s, dmn_model_find(m, STR("person")), dmn_context_of(s, names, ages, 1));
  dmn_value fare;
  int64_t price;
  assert_int_equal(dmn_evaluate(s, dmn_model_find(m, STR("fare")), &fare), RESULT_OK);
  assert_true(dmn_to_int64(fare, &price) && price == 200);
  dmn_session_free(s);
  dmn_model_free(m);
}

static void each_version_validates_and_loads(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(versions); i++) {
    struct findings f;
    str bytes = model_of(&versions[i], "UNIQUE", "");
    result r = validated(bytes, versions[i].schema, &f);
    print_findings(versions[i].name, &f);
    assert_int_equal(r, RESULT_OK);
    evaluates(bytes);
  }
}

/* What the schema forbids is found: so that the tests above mean something. */
static void violations_are_found(void **state) {
  (void)state;
  static const struct {
    const char *hit_policy, *extra;
  } bad[] = {
    { "SOMETIMES", "" },                    /* not one of tHitPolicy */
    { "UNIQUE", "<decision id=\"x\"/>\n" }, /* a named element without its name */
    { "UNIQUE", "<inputData id=\"x\" name=\"x\" colour=\"red\"/>\n" },
    { "UNIQUE", "<inputData id=\"i_1\" name=\"x\"/>\n" }, /* an id given twice */
    { "UNIQUE", "<decision id=\"x\" name=\"x\"><variable name=\"x\"/><question>too late</question></decision>\n" },
    { "UNIQUE", "<decision id=\"x\" name=\"x\"><informationRequirement/><variable name=\"x\"/></decision>\n" },
  };
  for (size_t i = 0; i < COUNT_OF(versions); i++) {
    for (size_t k = 0; k < COUNT_OF(bad); k++) {
      struct findings f;
      result r = validated(model_of(&versions[i], bad[k].hit_policy, bad[k].extra), versions[i].schema, &f);
      if (r == RESULT_OK) print_error("%s takes violation %zu\n", versions[i].name, k);
      assert_int_equal(r, RESULT_REFUSED);
      assert_true(f.count > 0 && f.items[0].line > 1);
    }
  }
  struct findings f; /* one version's model is none of another's */
  assert_int_equal(validated(model_of(&versions[0], "UNIQUE", ""), "DMN15.xsd", &f), RESULT_REFUSED);
}

/* Every model under rules/ is DMN 1.5, and carries the diagram that a modeller shows. */
static void our_models_validate(void **state) {
  (void)state;
  glob_t found;
  assert_int_equal(glob(SOURCE_DIR "/rules/*/*/*.dmn", 0, NULL, &found), 0);
  assert_true(found.gl_pathc >= 2);
  for (size_t i = 0; i < found.gl_pathc; i++) {
    struct findings f;
    str bytes;
    assert_int_equal(file_read(at.arena, found.gl_pathv[i], 16 << 20, &bytes), RESULT_OK);
    result r = validated(bytes, "DMN15.xsd", &f);
    print_findings(found.gl_pathv[i], &f);
    assert_int_equal(r, RESULT_OK);
    assert_true(str_find(bytes, STR("<dmndi:DMNShape")) > 0 && str_find(bytes, STR("<dmndi:DMNEdge")) > 0);
    const struct dmn_source source = { str_of(found.gl_pathv[i]), bytes };
    struct dmn_model *m;
    assert_int_equal(dmn_model_load(&source, 1, NULL, &f, &m), RESULT_OK);
    assert_int_equal(dmn_model_faults(m)->count, 0);
    dmn_model_free(m);
  }
  globfree(&found);
}

static int set_up(void **state) {
  (void)state;
  at.arena = arena_new(0);
  return at.arena == NULL;
}

static int tear_down(void **state) {
  (void)state;
  arena_free(at.arena);
  return 0;
}

int main(void) {
  const char *named = getenv("DMN_TCK");
  at.kit = named != NULL && named[0] != '\0' ? named : SOURCE_DIR "/../shared/dmn-tck";
  char first[4096];
  int n = snprintf(first, sizeof first, "%s/DMN15.xsd", at.kit);
  if (n < 0 || (size_t)n >= sizeof first || access(first, R_OK) != 0) {
    printf("skipped: the schemas of the DMN compatibility kit are not here; name its folder in DMN_TCK\n");
    return SKIPPED;
  }
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(each_version_validates_and_loads, set_up, tear_down),
    cmocka_unit_test_setup_teardown(violations_are_found, set_up, tear_down),
    cmocka_unit_test_setup_teardown(our_models_validate, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
