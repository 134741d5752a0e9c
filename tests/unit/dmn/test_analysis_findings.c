/* What the analysis says: each kind of finding on a table planted for it, nothing on clean ones, the texts and regions
 * word for word, what is only advice, what happens at a limit. */
#include "analysis_model.h"

struct look {
  struct arena *arena;
  struct dmn_model *model;
  struct dmn_analysis found;
};

static struct look look_at_model(struct arena *a, struct dmn_model *m, const struct dmn_analysis_limits *limits) {
  return (struct look){ a, m, dmn_analyse(a, m, limits) };
}

static void look_away(struct look *l) {
  dmn_model_free(l->model);
  arena_free(l->arena);
}

static struct look look_at(const struct table_text *t) {
  struct arena *a = arena_new(0);
  assert_non_null(a);
  return look_at_model(a, load_table(a, t), NULL);
}

static const struct dmn_analysis_finding *find(const struct look *l, const char *code) {
  for (uint32_t i = 0; i < l->found.count; i++)
    if (strcmp(l->found.findings[i].code, code) == 0) return &l->found.findings[i];
  return NULL;
}

static uint32_t wrongs(const struct look *l) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < l->found.count; i++) {
    if (!l->found.findings[i].advice) print_message("  %.*s\n", STR_ARG(l->found.findings[i].en));
    n += !l->found.findings[i].advice;
  }
  return n;
}

static const char *z(const struct look *l, str s) { return str_z(l->arena, s); }

#define TABLE(policy_, columns_, values_, otherwise_, ...)                                                \
  {                                                                                                       \
    { policy_, columns_, COUNT_OF(columns_), values_, otherwise_ }, (const char *const[]){ __VA_ARGS__ }, \
        sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *)                                     \
  }

static const struct column number_n[] = { { "n", "number", "[0..100]", NULL } };
static const struct column free_n[] = { { "n", "number", NULL, NULL } };
static const struct column truth[] = { { "b", "boolean", NULL, NULL } };
static const struct column words[] = { { "w", "string", "\"x\", \"y\", \"z\"", NULL } };
static const struct column both[] = { { "w", "string", "\"x\", \"y\"", NULL },
                                      { "b", "boolean", "true, false", NULL } };
static const struct column computed[] = { { "n", "number", "[0..100]", NULL },
                                          { "big", "boolean", NULL, "n + 1 > 5" } };
static const struct column twice[] = { { "n", "number", "[0..9]", NULL }, { "n2", "number", "[0..9]", "n" } };

/* ---- one planted table for each kind; rows and input as they should be told (0: none) */
static const struct planted {
  const char *code;
  struct table_text table;
  uint32_t first, second, input;
  const char *region;
} planted[] = {
  { "table_gap", TABLE("UNIQUE", number_n, NULL, NULL, "< 10 | 1", "> 20 | 2"), 0, 0, 0, "n: [10..20]" },
  { "table_gap", TABLE("FIRST", truth, NULL, NULL, "true | 1", "false | 2"), 0, 0, 0, "b: null" },
  { "table_gap", TABLE("ANY", words, NULL, NULL, "\"x\" | 1"), 0, 0, 0, "w: \"y\", \"z\"" },
  { "table_gap", TABLE("PRIORITY", both, "1, 2", NULL, "\"x\", \"y\" | true | 1"), 0, 0, 0, "b: false" },
  { "table_overlap", TABLE("UNIQUE", number_n, NULL, NULL, "<= 10 | 1", ">= 10 | 2"), 1, 2, 0, "n: 10" },
  { "table_conflict", TABLE("ANY", number_n, NULL, NULL, "<= 10 | 1", ">= 5 | 2"), 1, 2, 0, "n: [5..10]" },
  { "rule_masked", TABLE("FIRST", number_n, NULL, NULL, "< 50 | 1", ">= 50 | 2", "[40..60] | 3"), 3, 0, 0, "" },
  { "rule_misleading",
    TABLE("PRIORITY", words, "\"a\", \"b\"", NULL, "\"x\" | \"b\"", "\"x\", \"y\" | \"a\"", "- | \"b\""), 1, 0, 0, "" },
  { "rule_never", TABLE("UNIQUE", twice, NULL, "0", "< 3 | > 5 | 1", "1 | 1 | 2"), 1, 0, 0, "" },
  { "rule_duplicate", TABLE("COLLECT", words, NULL, NULL, "\"x\" | 1", "\"y\" | 2", "\"x\" | 1"), 1, 3, 0, "w: \"x\"" },
  { "rule_subsumed", TABLE("ANY", number_n, NULL, NULL, "[5..7] | 1", "- | 1"), 1, 2, 0, "n: [5..7]" },
  { "input_irrelevant", TABLE("UNIQUE", both, NULL, NULL, "\"x\" | - | 1", "\"y\" | - | 2"), 0, 0, 2, "" },
  { "input_irrelevant", TABLE("UNIQUE", both, NULL, NULL, "\"x\" | true | 1", "\"x\" | false | 1", "\"y\" | - | 2"), 0,
    0, 2, "" },
  { "cell_outside_domain", TABLE("UNIQUE", words, NULL, "0", "\"x\", \"v\" | 1", "\"y\" | 2"), 1, 0, 1, "" },
  { "cell_outside_domain", TABLE("UNIQUE", number_n, NULL, "0", "50 | 1", "> 100 | 2"), 2, 0, 1, "" },
  { "cell_type", TABLE("UNIQUE", number_n, NULL, "0", "\"5\" | 1", "5 | 2"), 1, 0, 1, "" },
  { "output_outside_values", TABLE("UNIQUE", truth, "\"a\", \"b\"", NULL, "true | \"a\"", "not(true) | \"c\""), 2, 0, 0,
    "" },
  { "table_no_priorities", TABLE("PRIORITY", truth, NULL, NULL, "true | \"a\"", "- | \"b\""), 0, 0, 0, "" },
};

static void test_each_kind_is_found_where_it_is_planted(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(planted); i++) {
    struct look l = look_at(&planted[i].table);
    const struct dmn_analysis_finding *f = find(&l, planted[i].code);
    if (!f) fail_msg("row %zu: no %s", i, planted[i].code);
    assert_false(f->advice);
    assert_int_equal(f->row_count > 0 ? f->rows[0] : 0, planted[i].first);
    assert_int_equal(f->row_count > 1 ? f->rows[1] : 0, planted[i].second);
    assert_int_equal(f->input, planted[i].input);
    assert_string_equal(z(&l, f->region), planted[i].region);
    assert_true(f->line > 0 && f->ja.n > 0 && f->en.n > 0 && f->table);
    look_away(&l);
  }
}

static const struct {
  const char *code;
  struct table_text table;
} advised[] = {
  { "rule_mergeable", TABLE("UNIQUE", words, NULL, NULL, "\"x\" | 1", "\"y\" | 1", "\"z\" | 2") },
  { "policy_unique", TABLE("FIRST", words, NULL, NULL, "\"x\" | 1", "\"y\" | 2", "\"z\" | 3") },
  { "policy_any", TABLE("FIRST", number_n, NULL, NULL, "<= 60 | 1", "[40..80] | 1", "> 80 | 2") },
  { "table_gap", TABLE("COLLECT", number_n, NULL, NULL, "< 10 | 1", "< 5 | 2") },
  { "table_gap_possible", TABLE("UNIQUE", number_n, NULL, NULL, "> 2 * 5 | 1", "<= 2 + n | 2") },
  { "table_overlap_possible", TABLE("UNIQUE", number_n, NULL, NULL, "> n | 1", "<= n | 2") },
  { "table_gap_null", TABLE("UNIQUE", computed, NULL, NULL, "< 5 | true | 1", "< 5 | false | 2", ">= 5 | - | 3") },
  { "rule_subsumed", TABLE("COLLECT", number_n, NULL, NULL, "[5..7] | 1", "- | 1") },
};

static void test_what_may_be_meant_is_advice(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(advised); i++) {
    struct look l = look_at(&advised[i].table);
    const struct dmn_analysis_finding *f = find(&l, advised[i].code);
    if (!f) fail_msg("row %zu: no %s", i, advised[i].code);
    assert_true(f->advice);
    assert_int_equal(wrongs(&l), 0);
    look_away(&l);
  }
}

static const struct table_text clean[] = {
  TABLE("UNIQUE", number_n, NULL, NULL, "< 10 | 1", "[10..20) | 2", ">= 20 | 3"),
  TABLE("UNIQUE", truth, NULL, NULL, "true | 1", "false | 2", "null | 3"),
  TABLE("UNIQUE", free_n, NULL, "0", "< 10 | 1", "> 20 | 2"),
  TABLE("ANY", number_n, NULL, NULL, "<= 50 | 1", "[40..60] | 1", "> 60 | 2"),
  TABLE("FIRST", both, NULL, NULL, "\"x\" | - | 1", "- | true | 2", "- | - | 3"),
  TABLE("PRIORITY", both, "1, 2, 3", NULL, "\"x\" | - | 2", "- | true | 1", "\"y\" | - | 3"),
  TABLE("COLLECT", both, NULL, NULL, "\"x\" | - | 1", "- | true | 2"),
  TABLE("UNIQUE", twice, NULL, NULL, "< 5 | < 3 | 1", "< 5 | >= 3 | 2", ">= 5 | - | 3"),
  TABLE("RULE ORDER", words, NULL, "[]", "\"x\" | \"p\"", "\"x\", \"y\" | \"q\""),
};

static void test_clean_tables_are_clean(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(clean); i++) {
    struct look l = look_at(&clean[i]);
    if (wrongs(&l) > 0) fail_msg("row %zu is not clean", i);
    assert_int_equal(l.found.tables, 1);
    look_away(&l);
  }
}

/* ---- texts */
static void test_texts_word_for_word(void **state) {
  (void)state;
  struct look l = look_at(&planted[0].table);
  const struct dmn_analysis_finding *f = find(&l, "table_gap");
  assert_string_equal(z(&l, f->en),
                      "Table of \"t\": no row matches n: [10..20]. Example: n = 10. Add a row or a default output.");
  assert_string_equal(
      z(&l, f->ja),
      "「t」の表: 当たる行がありません（n: [10..20]）。例: n = 10。行を足すか、既定の出力を決めてください。");
  look_away(&l);
  const struct table_text overlap =
      TABLE("UNIQUE", both, NULL, NULL, "\"x\" | - | 1", "- | true | 2", "\"y\" | false | 3");
  l = look_at(&overlap);
  f = find(&l, "table_overlap");
  assert_string_equal(z(&l, f->en),
                      "Table of \"t\": rows 1, 2 match together where w: \"x\"; b: true. Example: w = \"x\", b = true. "
                      "UNIQUE wants one row at most: keep their conditions apart.");
  assert_string_equal(z(&l, f->ja),
                      "「t」の表: 1, 2 行目が同時に当たります（w: \"x\"; b: true）。例: w = \"x\", b = true。"
                      "UNIQUE では一行だけが当たるよう、条件を分けてください。");
  assert_int_equal(f->line, 4); /* of row 1: the inputs stand in lines 1 and 2, the table begins in 3 */
  look_away(&l);
}

/* Values of each kind that FEEL orders, above, between and below the literals. */
static void test_regions_of_each_kind(void **state) {
  (void)state;
  static const struct {
    const char *type, *row1, *row2, *region;
  } kinds[] = {
    { "number", "< 1.5 | 1", "> 2.5 | 2", "v: [1.5..2.5], null" },
    { "number", "not(1.5) | 1", "null | 2", "v: 1.5" },
    { "date", "<= date(\"2024-02-28\") | 1", ">= date(\"2024-03-01\") | 2",
      "v: (date(\"2024-02-28\")..date(\"2024-03-01\")), null" },
    { "date", "<= date(\"2024-02-28\") | 1", ">= date(\"2024-02-29\") | 2", "v: null" },
    { "time", "< time(\"08:00:00\") | 1", ">= time(\"17:00:00\") | 2",
      "v: [time(\"08:00:00\")..time(\"17:00:00\")), null" },
    { "dateTime", "<= date and time(\"2024-02-28T00:00:00\") | 1", "> date and time(\"2024-02-28T00:00:01\") | 2",
      "v: (date and time(\"2024-02-28T00:00:00\")..date and time(\"2024-02-28T00:00:01\")], null" },
    { "dayTimeDuration", "< duration(\"P1D\") | 1", "> duration(\"P1D\") | 2", "v: duration(\"P1D\"), null" },
    { "yearMonthDuration", "<= duration(\"P1M\") | 1", ">= duration(\"P2M\") | 2", "v: null" },
    { "string", "\"a\" | 1", "\"b\" | 2", "v: not(\"a\", \"b\")" },
    { "string", "< \"b\" | 1", "> \"b\" | 2", "v: \"b\", null" },
  };
  for (size_t i = 0; i < COUNT_OF(kinds); i++) {
    const struct column column = { "v", kinds[i].type, NULL, NULL };
    const struct table_text t = { { "UNIQUE", &column, 1, NULL, NULL },
                                  (const char *const[]){ kinds[i].row1, kinds[i].row2 },
                                  2 };
    struct look l = look_at(&t);
    const struct dmn_analysis_finding *f = find(&l, "table_gap");
    if (!f) fail_msg("row %zu: no gap", i);
    assert_string_equal(z(&l, f->region), kinds[i].region);
    look_away(&l);
  }
}

/* ---- limits */
static void test_a_limit_is_told(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  assert_non_null(a);
  struct look l = look_at_model(a, load_table(a, &clean[4]), &(struct dmn_analysis_limits){ .steps = 10 });
  const struct dmn_analysis_finding *f = find(&l, "analysis_incomplete");
  assert_non_null(f);
  assert_false(f->advice);
  look_away(&l);
  const struct table_text many = TABLE("UNIQUE", words, NULL, NULL, "- | 1", "- | 2", "- | 3", "- | 4");
  a = arena_new(0);
  l = look_at_model(a, load_table(a, &many), &(struct dmn_analysis_limits){ .findings = 2 });
  assert_non_null(find(&l, "analysis_incomplete")); /* six pairs, two told */
  look_away(&l);
}

/* ---- requirements and names */
static const char drawn[] = DEFINITIONS
    "<inputData name=\"used\" id=\"used\"><variable name=\"used\" typeRef=\"number\"/></inputData>"
    "<inputData name=\"idle one\" id=\"idle\"><variable name=\"idle one\" typeRef=\"number\"/></inputData>"
    "<businessKnowledgeModel name=\"twice\" id=\"twice\"><variable name=\"twice\"/><encapsulatedLogic>"
    "<formalParameter name=\"x\" typeRef=\"number\"/><literalExpression><text>2 * x</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
    "<decision name=\"d\" id=\"d\"><variable name=\"d\"/>"
    "<informationRequirement><requiredInput href=\"#used\"/></informationRequirement>\n"
    "<informationRequirement><requiredInput href=\"#idle\"/></informationRequirement>"
    "<knowledgeRequirement><requiredKnowledge href=\"#twice\"/></knowledgeRequirement>"
    "<literalExpression><text>used + 1</text></literalExpression></decision>"
    "<decision name=\"e\" id=\"e\"><variable name=\"e\"/>"
    "<literalExpression><text>used + twice(3)</text></literalExpression></decision></definitions>";

static void test_requirements(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  assert_non_null(a);
  struct look l = look_at_model(a, load_text(a, STR(drawn)), NULL);
  assert_int_equal(wrongs(&l), 2);
  assert_string_equal(l.found.findings[0].code, "requirement_unused");
  assert_string_equal(z(&l, l.found.findings[0].en),
                      "\"d\" is drawn as requiring \"idle one\" but does not use it. Remove the requirement.");
  assert_string_equal(z(&l, l.found.findings[1].en),
                      "\"d\" is drawn as requiring \"twice\" but does not use it. Remove the requirement.");
  const struct findings *faults = dmn_model_faults(l.model);
  assert_int_equal(faults->count, 2);
  for (size_t i = 0; i < faults->count; i++) assert_string_equal(faults->items[i].code, "feel_name_undrawn");
  assert_string_equal(z(&l, faults->items[1].en),
                      "\"twice\" is in the model but not required here. Draw the requirement.");
  assert_int_equal(faults->items[1].column - faults->items[0].column, 7);
  look_away(&l);
}

/* A table inside a context is a table too. */
static void test_nested_tables(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  assert_non_null(a);
  struct buf out = begin_model(a, &planted[0].table.head);
  buf_add(&out,
          STR("<decision name=\"d\" id=\"d\"><variable name=\"d\"/><informationRequirement><requiredInput href=\"#n\"/>"
              "</informationRequirement><context><contextEntry><variable name=\"inner\"/>"));
  add_table(&out, &planted[0].table);
  buf_add(&out, STR("</contextEntry></context></decision></definitions>"));
  struct look l = look_at_model(a, load_text(a, buf_str(&out)), NULL);
  assert_non_null(find(&l, "table_gap"));
  assert_int_equal(l.found.tables, 1);
  look_away(&l);
}

/* ---- MC/DC: the table of two conditions, worked out by hand: FIRST, w = "x" and b = true; both conditions of row 1
 * need the case that meets both and one that breaks each. */
static void test_mcdc_cases(void **state) {
  (void)state;
  const struct table_text t = TABLE("FIRST", both, NULL, NULL, "\"x\" | true | 1", "- | - | 2");
  struct arena *a = arena_new(0);
  assert_non_null(a);
  struct dmn_model *m = load_table(a, &t);
  uint32_t count;
  const struct dmn_mcdc *made = dmn_mcdc_cases(a, m, dmn_model_find(m, STR("t")), NULL, &count);
  assert_int_equal(count, 1);
  assert_true(made->complete);
  assert_int_equal(made->condition_count, 2);
  assert_int_equal(made->case_count, 3);
  static const char *const expected[3][2] = { { "\"x\"", "true" }, { "\"y\"", "true" }, { "\"x\"", "false" } };
  static const uint32_t rows[3] = { 2, 1, 1 }; /* how many match: the last row always does */
  for (uint32_t i = 0; i < 3; i++) {
    for (uint32_t k = 0; k < 2; k++)
      assert_string_equal(str_z(a, dmn_print(a, made->cases[i].inputs[k])), expected[i][k]);
    assert_int_equal(made->cases[i].row_count, rows[i]);
  }
  assert_int_equal(made->conditions[0].met, 0);
  assert_int_equal(made->conditions[0].unmet, 1);
  assert_int_equal(made->conditions[1].met, 0);
  assert_int_equal(made->conditions[1].unmet, 2);
  dmn_model_free(m);
  arena_free(a);
}

/* A condition that nothing depends on has no pair. */
static void test_mcdc_tells_what_cannot_be_shown(void **state) {
  (void)state;
  const struct table_text t = TABLE("ANY", both, NULL, NULL, "\"x\" | true | 1", "\"x\" | false | 1", "\"y\" | - | 2");
  struct arena *a = arena_new(0);
  assert_non_null(a);
  struct dmn_model *m = load_table(a, &t);
  uint32_t count;
  const struct dmn_mcdc *made = dmn_mcdc_cases(a, m, dmn_model_find(m, STR("t")), NULL, &count);
  assert_true(made->complete);
  for (uint32_t i = 0; i < made->condition_count; i++)
    assert_int_equal(made->conditions[i].met == DMN_MCDC_NONE, made->conditions[i].input == 2);
  dmn_model_free(m);
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_each_kind_is_found_where_it_is_planted),
    cmocka_unit_test(test_what_may_be_meant_is_advice),
    cmocka_unit_test(test_clean_tables_are_clean),
    cmocka_unit_test(test_texts_word_for_word),
    cmocka_unit_test(test_regions_of_each_kind),
    cmocka_unit_test(test_a_limit_is_told),
    cmocka_unit_test(test_requirements),
    cmocka_unit_test(test_nested_tables),
    cmocka_unit_test(test_mcdc_cases),
    cmocka_unit_test(test_mcdc_tells_what_cannot_be_shown),
  };
  return cmocka_run_group_tests_name("analysis_findings", tests, NULL, NULL);
}
