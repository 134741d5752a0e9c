/* The analysis against brute force: random tables of all hit policies; every point of the grid of their bounds (on them,
 * between them, outside, null, each word, a word that is none) is put to the engine, and what follows from its answers by
 * counting must be what the analysis proved. The engine tells which rows match through a twin of the table that collects
 * row numbers. */
#include "analysis_model.h"

enum {
  TABLES = 600,
  INPUTS_MOST = 4,
  ROWS_MOST = 12,
  VALUES_MOST = 12,
  POINTS_MOST = 6000,
  WORDS = (POINTS_MOST + 63) / 64
};

/* ---- chance, told by a seed */
static uint64_t chance_state;
static uint32_t chance(uint32_t n) {
  chance_state = chance_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)(chance_state >> 33) % n;
}

/* ---- kinds of inputs: what cells may say, and the points to try, as FEEL */
struct kind {
  const char *type, *allowed;
  const char *cells[16];
  const char *points[VALUES_MOST];
};
static const struct kind kinds[] = {
  { "boolean",
    NULL,
    { "true", "false", "null", "true, null", "not(null)", "not(true)", "true, false" },
    { "true", "false", "null" } },
  { "number",
    NULL,
    { "< 3", "<= 3", "> 3", "[3..7]", "(3..7]", "7", ">= 7", "not(3)", "not([3..7])", "null", "3, 7", "< 3, null" },
    { "2", "3", "3.5", "7", "8", "null" } },
  { "number",
    "[0..10]",
    { "< 5", ">= 5", "[0..10]", "5", "not(5)", "[0..4.5)", "> 9", "> 10" },
    { "0", "1", "4.5", "4.75", "5", "6", "9", "9.5", "10" } },
  { "string",
    "\"x\", \"y\", \"z\"",
    { "\"x\"", "\"y\"", "\"z\"", "\"x\", \"y\"", "not(\"x\")", "not(\"y\", \"z\")", "\"v\"" },
    { "\"x\"", "\"y\"", "\"z\"" } },
  { "string",
    "\"x\", \"y\", null",
    { "\"x\"", "\"y\"", "null", "\"x\", null", "not(\"x\")" },
    { "\"x\"", "\"y\"", "null" } },
  { "string",
    NULL,
    { "\"p\"", "\"q\"", "not(\"p\")", "not(\"p\", \"q\")", "null", "\"p\", \"q\"" },
    { "\"p\"", "\"q\"", "\"w\"", "null" } },
  { "date",
    NULL,
    { "< date(\"2024-02-29\")", ">= date(\"2024-02-29\")", "[date(\"2024-02-29\")..date(\"2024-03-02\")]",
      "(date(\"2024-02-29\")..date(\"2024-03-02\"))", "> date(\"2024-03-02\")", "date(\"2024-03-02\")", "null" },
    { "date(\"2024-02-28\")", "date(\"2024-02-29\")", "date(\"2024-03-01\")", "date(\"2024-03-02\")",
      "date(\"2024-03-03\")", "null" } },
};

static uint32_t entries(const char *const *list, uint32_t most) {
  uint32_t n = 0;
  while (n < most && list[n]) n++;
  return n;
}

/* ---- one random table, and what the engine says of all points */
struct trial {
  struct arena *arena;
  const char *policy;
  uint32_t inputs, rows, values[INPUTS_MOST], points;
  const struct kind *kinds[INPUTS_MOST];
  struct column columns[INPUTS_MOST];
  const char *cells[ROWS_MOST][INPUTS_MOST];
  uint32_t outputs[ROWS_MOST]; /* an output is "o0" … "o2", in order of priority */
  bool otherwise;
  struct dmn_model *model;
  struct dmn_session *session;
  dmn_value value[INPUTS_MOST][VALUES_MOST];
  uint16_t hits[POINTS_MOST];         /* rows by point, as bits */
  uint64_t matched[ROWS_MOST][WORDS]; /* points by row */
  struct dmn_analysis found;
};

static const char *const policies[] = { "UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT", "RULE ORDER" };
static const char *const names[] = { "a", "b", "c", "d" };

static void choose(struct trial *t) {
  t->policy = policies[chance(COUNT_OF(policies))];
  t->inputs = 1 + chance(INPUTS_MOST);
  t->rows = 1 + chance(ROWS_MOST);
  t->otherwise = chance(6) == 0;
  t->points = 1;
  for (uint32_t i = 0; i < t->inputs; i++) {
    const struct kind *k = t->kinds[i] = &kinds[chance(COUNT_OF(kinds))];
    t->values[i] = entries(k->points, VALUES_MOST);
    t->points *= t->values[i];
    t->columns[i] = (struct column){ names[i], k->type, k->allowed, NULL };
  }
  uint32_t dashes = 1 + chance(6);
  for (uint32_t row = 0; row < t->rows; row++) {
    t->outputs[row] = chance(1 + chance(3));
    for (uint32_t i = 0; i < t->inputs; i++)
      t->cells[row][i] = chance(10) < dashes ? "-" : t->kinds[i]->cells[chance(entries(t->kinds[i]->cells, 16))];
    if (row > 0 && chance(8) == 0) memcpy(t->cells[row], t->cells[row - 1], sizeof t->cells[row]);
  }
}

static void load(struct trial *t) {
  const char *rows[ROWS_MOST], *numbered[ROWS_MOST];
  for (uint32_t row = 0; row < t->rows; row++) {
    struct buf cells = buf_in(t->arena);
    for (uint32_t i = 0; i < t->inputs; i++) buf_format(&cells, "%s|", t->cells[row][i]);
    rows[row] = str_z(t->arena, str_format(t->arena, "%.*s\"o%u\"", STR_ARG(buf_str(&cells)), t->outputs[row]));
    numbered[row] = str_z(t->arena, str_format(t->arena, "%.*s%u", STR_ARG(buf_str(&cells)), row));
  }
  const struct drawn head = { t->policy, t->columns, t->inputs, "\"o0\", \"o1\", \"o2\"",
                              t->otherwise ? "\"o2\"" : NULL };
  const struct table_text table = { head, rows, t->rows };
  struct table_text twin = { head, numbered, t->rows };
  twin.head.policy = "RULE ORDER";
  twin.head.output_values = NULL;
  twin.head.otherwise = "[]";
  struct buf out = begin_model(t->arena, &head);
  add_decision(&out, "t", &table);
  add_decision(&out, "hits", &twin);
  buf_add(&out, STR("</definitions>"));
  t->model = load_text(t->arena, buf_str(&out));
}

static dmn_value feel(struct trial *t, str text, dmn_value context) {
  struct findings f = findings_in(t->arena);
  dmn_value v;
  assert_int_equal(dmn_feel(t->session, text, context, &f, &v), RESULT_OK);
  assert_int_equal(f.count, 0);
  return v;
}

static void place_of(const struct trial *t, uint32_t point, uint32_t *at) {
  for (uint32_t i = 0; i < t->inputs; i++) {
    at[i] = point % t->values[i];
    point /= t->values[i];
  }
}

/* Rows that the engine finds to match, as bits. */
static uint16_t ask(struct trial *t, const dmn_value *values) {
  struct dmn_session *s = dmn_session_new(t->model, NULL, NULL);
  assert_non_null(s);
  uint16_t rows = 0;
  dmn_value list;
  for (uint32_t i = 0; i < t->inputs; i++) dmn_bind(s, dmn_model_find(t->model, str_of(names[i])), values[i]);
  assert_int_equal(dmn_evaluate(s, dmn_model_find(t->model, STR("hits")), &list), RESULT_OK);
  assert_int_equal(list.kind, DMN_LIST);
  for (uint32_t i = 0; i < list.length; i++) rows = (uint16_t)(rows | 1u << list.as.items[i].as.i);
  dmn_session_free(s);
  return rows;
}

static void ask_all(struct trial *t) {
  memset(t->matched, 0, sizeof t->matched);
  for (uint32_t i = 0; i < t->inputs; i++)
    for (uint32_t k = 0; k < t->values[i]; k++) t->value[i][k] = feel(t, str_of(t->kinds[i]->points[k]), dmn_null());
  for (uint32_t p = 0; p < t->points; p++) {
    uint32_t at[INPUTS_MOST];
    dmn_value values[INPUTS_MOST];
    place_of(t, p, at);
    for (uint32_t i = 0; i < t->inputs; i++) values[i] = t->value[i][at[i]];
    t->hits[p] = ask(t, values);
    for (uint32_t row = 0; row < t->rows; row++)
      if (t->hits[p] >> row & 1) t->matched[row][p / 64] |= UINT64_C(1) << (p % 64);
  }
}

/* ---- sets of points */
static bool is_within(const struct trial *t, uint32_t narrow, uint32_t wide) {
  for (uint32_t w = 0; w < WORDS; w++)
    if (t->matched[narrow][w] & ~t->matched[wide][w]) return false;
  return true;
}
static bool meet(const struct trial *t, uint32_t a, uint32_t b) {
  for (uint32_t w = 0; w < WORDS; w++)
    if (t->matched[a][w] & t->matched[b][w]) return true;
  return false;
}
static bool reached(const struct trial *t, uint32_t row) { return meet(t, row, row); }
static bool is(const struct trial *t, const char *policy) { return strcmp(t->policy, policy) == 0; }

static bool found(const struct trial *t, const char *code, uint32_t a, uint32_t b) {
  for (uint32_t i = 0; i < t->found.count; i++) {
    const struct dmn_analysis_finding *f = &t->found.findings[i];
    if (strcmp(f->code, code) != 0 || f->node != dmn_model_find(t->model, STR("t"))) continue;
    bool first = a == UINT32_MAX ? f->row_count == 0 : f->row_count > 0 && f->rows[0] == a + 1;
    bool second = b == UINT32_MAX ? f->row_count <= 1 : f->row_count > 1 && f->rows[1] == b + 1;
    if (first && second) return true;
  }
  return false;
}

static unsigned wrong;
static uint64_t seed;
static uint32_t fired[16];
enum { GAP, OVERLAP, CONFLICT, MASKED, MISLEADING, NEVER, DUPLICATE, SUBSUMED, MERGEABLE, IRRELEVANT };

static void expect(const struct trial *t, const char *code, int kind, uint32_t a, uint32_t b, bool expected) {
  fired[kind] += expected;
  bool got = found(t, code, a, b);
  if (got == expected) return;
  wrong++;
  print_error("seed %llu, %s: %s of rows %d, %d is %d, by counting %d\n", (unsigned long long)seed, t->policy, code,
              (int)a + 1, (int)b + 1, got, expected);
  for (uint32_t row = 0; row < t->rows; row++) {
    for (uint32_t i = 0; i < t->inputs; i++) print_error("  %s", t->cells[row][i]);
    print_error("  -> o%u\n", t->outputs[row]);
  }
}

/* ---- gaps */
static bool in_region(struct trial *t, str region, uint32_t point) {
  uint32_t at[INPUTS_MOST];
  place_of(t, point, at);
  while (region.n > 0) {
    ptrdiff_t end = str_find(region, STR("; "));
    str one = end < 0 ? region : str_slice(region, 0, (size_t)end), tests;
    region = end < 0 ? STR("") : str_slice(region, (size_t)end + 2, region.n);
    str label = str_cut(one, ':', &tests);
    uint32_t i = 0;
    while (!str_eq(str_of(names[i]), label)) i++;
    str name = STR("v");
    dmn_value context = dmn_context_of(t->session, &name, &t->value[i][at[i]], 1);
    tests = str_trim(tests);
    bool negated = str_starts(tests, STR("not("));
    str text = str_format(t->arena, "v in (%.*s)", STR_ARG(negated ? str_slice(tests, 4, tests.n - 1) : tests));
    dmn_value v = feel(t, text, context);
    if (negated ? !dmn_is_false(v) : !dmn_is_true(v)) return false;
  }
  return true;
}

static void check_gaps(struct trial *t) {
  bool several = is(t, "COLLECT") || is(t, "RULE ORDER");
  uint32_t gaps = 0;
  for (uint32_t i = 0; i < t->found.count; i++) {
    const struct dmn_analysis_finding *f = &t->found.findings[i];
    if (strcmp(f->code, "table_gap") != 0) continue;
    gaps++;
    assert_int_equal(f->advice, several);
    assert_int_equal(f->example_count, t->inputs);
    assert_int_equal(ask(t, f->example), 0); /* the engine agrees with the example */
  }
  fired[GAP] += gaps;
  if (t->otherwise) {
    assert_int_equal(gaps, 0);
    return;
  }
  for (uint32_t p = 0; p < t->points; p++) {
    bool told = false;
    for (uint32_t i = 0; i < t->found.count && !told; i++)
      told = strcmp(t->found.findings[i].code, "table_gap") == 0 && in_region(t, t->found.findings[i].region, p);
    if (told == (t->hits[p] == 0)) continue;
    wrong++;
    print_error("seed %llu: point %u in a gap: told %d\n", (unsigned long long)seed, p, told);
  }
}

/* ---- rows */
static bool wins(const struct trial *t, uint32_t row, uint32_t over) {
  if (is(t, "PRIORITY") && t->outputs[row] != t->outputs[over]) return t->outputs[row] < t->outputs[over];
  return row < over;
}

static bool ever_decides(const struct trial *t, uint32_t row) {
  for (uint32_t p = 0; p < t->points; p++) {
    bool decides = t->hits[p] >> row & 1;
    for (uint32_t other = 0; other < t->rows; other++)
      if (other != row && (t->hits[p] >> other & 1) && wins(t, other, row)) decides = false;
    if (decides) return true;
  }
  return false;
}

static void check_rows(struct trial *t) {
  for (uint32_t row = 0; row < t->rows; row++) {
    bool idle = reached(t, row) && !ever_decides(t, row);
    expect(t, "rule_never", NEVER, row, UINT32_MAX, !reached(t, row));
    expect(t, "rule_masked", MASKED, row, UINT32_MAX, is(t, "FIRST") && idle);
    expect(t, "rule_misleading", MISLEADING, row, UINT32_MAX, is(t, "PRIORITY") && idle);
  }
}

/* ---- pairs */
static bool is_parted(const struct trial *t, uint32_t row, uint32_t a, uint32_t b) {
  for (uint32_t i = a + 1; i < b; i++)
    if (t->outputs[i] != t->outputs[row] && meet(t, row, i)) return true;
  return false;
}

/* The values of one input with which a row matches anywhere, as bits. */
static uint32_t shadow(const struct trial *t, uint32_t row, uint32_t input) {
  uint32_t values = 0;
  for (uint32_t p = 0; p < t->points; p++) {
    uint32_t at[INPUTS_MOST];
    place_of(t, p, at);
    if (t->hits[p] >> row & 1) values |= 1u << at[input];
  }
  return values;
}

static bool can_merge(const struct trial *t, uint32_t a, uint32_t b) {
  uint32_t differ = 0;
  bool nested = false, disjoint = false;
  for (uint32_t i = 0; i < t->inputs; i++) {
    uint32_t x = shadow(t, a, i), y = shadow(t, b, i);
    if (x == y) continue;
    differ++;
    nested = (x & ~y) == 0 || (y & ~x) == 0;
    disjoint = (x & y) == 0;
  }
  if (differ != 1 || nested || t->outputs[a] != t->outputs[b]) return false;
  if (is(t, "COLLECT")) return disjoint;
  if (is(t, "RULE ORDER")) return disjoint && b == a + 1;
  return !is(t, "FIRST") || !is_parted(t, b, a, b) || !is_parted(t, a, a, b);
}

static void check_pair(struct trial *t, uint32_t a, uint32_t b) {
  bool together = meet(t, a, b), same = t->outputs[a] == t->outputs[b];
  bool a_in_b = is_within(t, a, b), b_in_a = is_within(t, b, a), twins = together && same && a_in_b && b_in_a;
  expect(t, "table_overlap", OVERLAP, a, b, is(t, "UNIQUE") && together);
  expect(t, "table_conflict", CONFLICT, a, b, is(t, "ANY") && together && !same);
  expect(t, "rule_duplicate", DUPLICATE, a, b, twins);
  bool upper = together && same && !twins && a_in_b, lower = together && same && !twins && b_in_a;
  if (is(t, "FIRST")) {
    upper = upper && !is_parted(t, a, a, b);
    lower = false;
  }
  expect(t, "rule_subsumed", SUBSUMED, a, b, upper);
  expect(t, "rule_subsumed", SUBSUMED, b, a, lower);
  if (reached(t, a) && reached(t, b)) expect(t, "rule_mergeable", MERGEABLE, a, b, can_merge(t, a, b));
}

/* ---- inputs */
static void answer(const struct trial *t, uint32_t point, uint8_t out[ROWS_MOST + 1]) {
  memset(out, 0, ROWS_MOST + 1); /* 0: none; 9: a fault; else 1 + output */
  uint32_t count = 0, best = t->rows;
  for (uint32_t row = 0; row < t->rows; row++) {
    if (!(t->hits[point] >> row & 1)) continue;
    if (is(t, "COLLECT") || is(t, "RULE ORDER"))
      out[count] = (uint8_t)(1 + t->outputs[row]);
    else if (is(t, "UNIQUE") && count > 0)
      out[0] = 9;
    else if (is(t, "ANY") && count > 0)
      out[0] = out[0] == 1 + t->outputs[row] ? out[0] : 9;
    else if (best == t->rows || wins(t, row, best))
      out[0] = (uint8_t)(1 + t->outputs[best = row]);
    count++;
  }
}

static bool matters(const struct trial *t, uint32_t input) {
  uint32_t step = 1;
  for (uint32_t i = 0; i < input; i++) step *= t->values[i];
  for (uint32_t p = 0; p < t->points; p++) {
    uint32_t at[INPUTS_MOST];
    uint8_t here[ROWS_MOST + 1], first[ROWS_MOST + 1];
    place_of(t, p, at);
    answer(t, p, here);
    answer(t, p - at[input] * step, first);
    if (memcmp(here, first, sizeof here) != 0) return true;
  }
  return false;
}

static void check_inputs(struct trial *t) {
  for (uint32_t i = 0; i < t->inputs; i++) {
    bool told = false;
    for (uint32_t k = 0; k < t->found.count; k++) {
      const struct dmn_analysis_finding *f = &t->found.findings[k];
      if (strcmp(f->code, "input_irrelevant") == 0 && f->input == i + 1 &&
          f->node == dmn_model_find(t->model, STR("t")))
        told = true;
    }
    fired[IRRELEVANT] += told;
    if (told != matters(t, i)) continue;
    wrong++;
    print_error("seed %llu, %s: input %s irrelevant: told %d\n", (unsigned long long)seed, t->policy, names[i], told);
  }
}

/* ---- MC/DC: each pair differs in its input alone; the engine matches the rows told; the answers differ */
static void check_cases(struct trial *t) {
  uint32_t count;
  const struct dmn_mcdc *made = dmn_mcdc_cases(t->arena, t->model, dmn_model_find(t->model, STR("t")), NULL, &count);
  assert_int_equal(count, 1);
  for (uint32_t i = 0; i < made->case_count; i++) {
    uint16_t rows = 0;
    for (uint32_t k = 0; k < made->cases[i].row_count; k++)
      rows = (uint16_t)(rows | 1u << (made->cases[i].rows[k] - 1));
    assert_int_equal(ask(t, made->cases[i].inputs), rows);
  }
  for (uint32_t i = 0; i < made->condition_count; i++) {
    const struct dmn_mcdc_condition *c = &made->conditions[i];
    if (c->met == DMN_MCDC_NONE) continue;
    const struct dmn_mcdc_case *met = &made->cases[c->met], *unmet = &made->cases[c->unmet];
    for (uint32_t k = 0; k < t->inputs; k++)
      assert_int_equal(dmn_same(met->inputs[k], unmet->inputs[k]), k + 1 != c->input);
    assert_true(ask(t, met->inputs) >> (c->row - 1) & 1);
    assert_false(ask(t, unmet->inputs) >> (c->row - 1) & 1);
  }
}

static struct trial trial;

static void try_table(void *context) {
  struct trial *t = context;
  choose(t);
  if (t->points > POINTS_MOST) return;
  load(t);
  t->session = dmn_session_new(t->model, NULL, NULL);
  assert_non_null(t->session);
  ask_all(t);
  t->found = dmn_analyse(t->arena, t->model, &(struct dmn_analysis_limits){ .findings = 2000 });
  assert_false(found(t, "analysis_incomplete", UINT32_MAX, UINT32_MAX));
  check_gaps(t);
  check_rows(t);
  for (uint32_t a = 0; a < t->rows; a++)
    for (uint32_t b = a + 1; b < t->rows; b++) check_pair(t, a, b);
  check_inputs(t);
  check_cases(t);
  dmn_session_free(t->session);
  dmn_model_free(t->model);
}

static void test_random_tables(void **state) {
  (void)state;
  for (seed = 1; seed <= TABLES; seed++) {
    chance_state = seed * UINT64_C(0x9E3779B97F4A7C15);
    trial = (struct trial){ .arena = arena_new(0) };
    assert_non_null(trial.arena);
    assert_int_equal(arena_run(trial.arena, try_table, &trial), RESULT_OK);
    arena_free(trial.arena);
  }
  assert_int_equal(wrong, 0);
  for (int i = 0; i <= IRRELEVANT; i++) assert_true(fired[i] >= 10); /* chance brought every kind */
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_random_tables) };
  return cmocka_run_group_tests_name("analysis_brute", tests, NULL, NULL);
}
