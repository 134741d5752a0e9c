/* Does the index of a table find the rows that looking at every cell finds? Random tables against a reader of cells that
 * knows nothing of the engine: cells are kept as small structs here, and turned into text for the model alone. */
#include "model_fixture.h"

enum { COLUMNS = 3, KINDS = 3, WORDS = 12 };

/* What a cell says. Numbers are tenths, so that decimals are met; strings are words by number. */
enum { DASH, POINTS, RANGE, ABOVE, BELOW, NULL_CELL, COMPUTED };
struct cell { int form; bool negated; int count; int64_t at[3]; bool open_start, open_end; };
struct table { uint32_t rows; int kinds[COLUMNS]; struct cell *cells; };
enum { NUMBERS, STRINGS, DATES };

static uint64_t below(const struct randomness *r, uint64_t n) { return randomness_below(r, n); }

/* Strings in the order of their numbers: "aa", "ab", … with a tail that makes some of them long. */
static str value_text(int kind, int64_t v) {
  if (kind == STRINGS)
    return str_format(at.arena, "\"%c%c%s\"", (char)('a' + v / 26 % 26), (char)('a' + v % 26), v % 3 == 0 ? " which is rather long" : "");
  if (kind == DATES) return str_format(at.arena, "@\"2026-%02d-%02d\"", (int)(1 + v / 28 % 12), (int)(1 + v % 28));
  const char *sign = v < 0 ? "-" : "";
  int64_t size = v < 0 ? -v : v;
  if (size % 10 == 0) return str_format(at.arena, "%s%lld", sign, (long long)(size / 10));
  return str_format(at.arena, "%s%lld.%lld", sign, (long long)(size / 10), (long long)(size % 10));
}

static int64_t random_value(const struct randomness *r, int kind, bool wide) {
  if (kind == STRINGS) return (int64_t)below(r, WORDS);
  if (kind == DATES) return (int64_t)below(r, 300);
  return wide ? (int64_t)below(r, 2000000) - 1000000 : (int64_t)below(r, 60) - 20;
}

static struct cell random_cell(const struct randomness *r, int kind, bool wide) {
  struct cell c = { .form = DASH };
  static const int forms[] = { POINTS, RANGE, ABOVE, BELOW };
  if (below(r, 100) >= 30) c.form = forms[below(r, COUNT_OF(forms))];
  if (below(r, 100) < 6) c.form = COMPUTED;
  if (below(r, 100) < 4) c.form = NULL_CELL;
  c.count = 1 + (int)below(r, 3);
  for (int i = 0; i < 3; i++) c.at[i] = random_value(r, kind, wide);
  if (c.at[1] < c.at[0]) {
    int64_t swap = c.at[0];
    c.at[0] = c.at[1];
    c.at[1] = swap;
  }
  c.open_start = below(r, 2);
  c.open_end = below(r, 2);
  c.negated = (c.form == POINTS || c.form == RANGE) && below(r, 5) == 0;
  return c;
}

static void write_cell(struct buf *out, const struct cell *c, int kind) {
  str a = value_text(kind, c->at[0]), b = value_text(kind, c->at[1]), d = value_text(kind, c->at[2]);
  if (c->negated) buf_add(out, STR("not("));
  switch (c->form) {
    case DASH: buf_add(out, STR("-")); break;
    case NULL_CELL: buf_add(out, STR("null")); break;
    case POINTS:
      buf_add(out, a);
      if (c->count > 1) buf_format(out, ", %.*s", STR_ARG(b));
      if (c->count > 2) buf_format(out, ", %.*s", STR_ARG(d));
      break;
    case RANGE: buf_format(out, "%c%.*s..%.*s%c", c->open_start ? '(' : '[', STR_ARG(a), STR_ARG(b), c->open_end ? ')' : ']'); break;
    case ABOVE: buf_format(out, "%s %.*s", c->open_start ? "&gt;" : "&gt;=", STR_ARG(a)); break;
    case BELOW: buf_format(out, "%s %.*s", c->open_end ? "&lt;" : "&lt;=", STR_ARG(a)); break;
    case COMPUTED: buf_format(out, "? = %.*s", STR_ARG(a)); break;
  }
  if (c->negated) buf_add(out, STR(")"));
}

static bool cell_holds(const struct cell *c, int64_t v) {
  bool holds = false;
  switch (c->form) {
    case DASH: return true;
    case NULL_CELL: return false;
    case POINTS:
      for (int i = 0; i < c->count; i++) holds |= c->at[i] == v;
      break;
    case RANGE: holds = (c->open_start ? v > c->at[0] : v >= c->at[0]) && (c->open_end ? v < c->at[1] : v <= c->at[1]); break;
    case ABOVE: holds = c->open_start ? v > c->at[0] : v >= c->at[0]; break;
    case BELOW: holds = c->open_end ? v < c->at[0] : v <= c->at[0]; break;
    case COMPUTED: holds = c->at[0] == v; break;
  }
  return holds != c->negated;
}

/* COLLECT gives the rows that are hit, so every bit of every set is looked at; FIRST the first of them. */
static str model_text(const struct table *t) {
  static const char *const types[] = { "number", "string", "date" };
  struct buf out = buf_in(at.arena);
  buf_add(&out, STR("<definitions xmlns=\"" DMN15 "\" name=\"m\" namespace=\"urn:m\">"));
  for (int c = 0; c < COLUMNS; c++)
    buf_format(&out, "<inputData id=\"x%d\" name=\"x%d\"><variable name=\"x%d\" typeRef=\"%s\"/></inputData>", c, c, c, types[t->kinds[c]]);
  static const char *const policies[] = { "COLLECT", "FIRST" };
  for (int p = 0; p < 2; p++) {
    buf_format(&out, "<decision id=\"d%d\" name=\"%s\">", p, policies[p]);
    for (int c = 0; c < COLUMNS; c++) buf_format(&out, NEEDS_INPUT("x%d"), c);
    buf_format(&out, "<decisionTable hitPolicy=\"%s\">", policies[p]);
    for (int c = 0; c < COLUMNS; c++) buf_format(&out, COLUMN("x%d"), c);
    buf_add(&out, STR("<output/>"));
    for (uint32_t row = 0; row < t->rows; row++) {
      buf_add(&out, STR("<rule>"));
      for (int c = 0; c < COLUMNS; c++) {
        buf_add(&out, STR("<inputEntry><text>"));
        write_cell(&out, &t->cells[row * COLUMNS + (uint32_t)c], t->kinds[c]);
        buf_add(&out, STR("</text></inputEntry>"));
      }
      buf_format(&out, OUT("%u") "</rule>", row + 1);
    }
    buf_add(&out, STR("</decisionTable></decision>"));
  }
  buf_add(&out, STR("</definitions>"));
  return buf_str(&out);
}

static void expect(const struct table *t, const int64_t *values) {
  struct buf all = buf_in(at.arena);
  uint32_t first = 0;
  buf_byte(&all, '[');
  for (uint32_t row = 0; row < t->rows; row++) {
    bool holds = true;
    for (int c = 0; c < COLUMNS; c++) holds = holds && cell_holds(&t->cells[row * COLUMNS + (uint32_t)c], values[c]);
    if (!holds) continue;
    buf_format(&all, first == 0 ? "%u" : ", %u", row + 1);
    if (first == 0) first = row + 1;
  }
  buf_byte(&all, ']');
  assert_string_equal(answer("COLLECT"), first == 0 ? "null" : str_z(at.arena, buf_str(&all)));
  assert_string_equal(answer("FIRST"), first == 0 ? "null" : str_z(at.arena, str_format(at.arena, "%u", first)));
  assert_int_equal(dmn_fault_count(at.session), 0);
}

static void one_table(const struct randomness *r, uint32_t rows, uint32_t questions, bool wide) {
  struct table t = { .rows = rows, .cells = ARENA_ARRAY(at.arena, struct cell, (size_t)rows * COLUMNS) };
  for (int c = 0; c < COLUMNS; c++) t.kinds[c] = wide ? NUMBERS : (int)below(r, KINDS);
  for (uint32_t i = 0; i < rows * COLUMNS; i++) t.cells[i] = random_cell(r, t.kinds[i % COLUMNS], wide);
  str text = model_text(&t);
  load(str_z(at.arena, text));
  assert_int_equal(dmn_model_faults(at.model)->count, 0);
  for (uint32_t q = 0; q < questions; q++) {
    int64_t values[COLUMNS];
    dmn_session_reset(at.session);
    for (int c = 0; c < COLUMNS; c++) {
      /* half of the time a bound of the table itself: that is where mistakes live */
      const struct cell *near = &t.cells[below(r, rows) * COLUMNS + (uint32_t)c];
      values[c] = below(r, 2) ? near->at[below(r, 3)] : random_value(r, t.kinds[c], wide);
      str name = str_format(at.arena, "x%d", c);
      bind(str_z(at.arena, name), str_z(at.arena, value_text(t.kinds[c], values[c])));
    }
    expect(&t, values);
  }
  dmn_session_free(at.session);
  dmn_model_free(at.model);
  at.session = NULL;
  at.model = NULL;
}

static void agrees_with_reading_every_cell(void **state) {
  (void)state;
  uint64_t seed = 20261122;
  const struct randomness r = randomness_seeded(&seed);
  for (uint32_t i = 0; i < 60; i++) one_table(&r, 1 + (uint32_t)below(&r, 20), 40, false);
  /* 63, 64 and 65 rows end before, at and behind the first word (one bit more is the allowed values') */
  for (uint32_t rows = 62; rows <= 66; rows++) one_table(&r, rows, 60, false);
  for (uint32_t i = 0; i < 3; i++) one_table(&r, 300, 60, i % 2 == 0);
}

/* So many bounds that sets are kept for every so-many-th region alone. */
static void agrees_where_sets_are_sparse(void **state) {
  (void)state;
  uint64_t seed = 7;
  const struct randomness r = randomness_seeded(&seed);
  one_table(&r, 2500, 40, true);
}

/* Values of another kind than the cells are asked cell by cell, with the faults that this gives; null hits what null hits. */
static void other_kinds_and_null(void **state) {
  (void)state;
  load(DEFINITIONS(INPUT("x", "Any") DECISION("t", NEEDS_INPUT("i_x") "<decisionTable hitPolicy=\"COLLECT\">" COLUMN("x") "<output/>"
    "<rule>" CELL("1") OUT("1") "</rule>" "<rule>" CELL("not(1)") OUT("2") "</rule>" "<rule>" CELL("&lt; 5") OUT("3") "</rule>"
    "<rule>" CELL("\"a\"") OUT("4") "</rule>" "<rule>" CELL("-") OUT("5") "</rule>" "<rule>" CELL("null") OUT("6") "</rule>"
    "<rule>" CELL("1, \"a\"") OUT("7") "</rule>" "<rule>" CELL("true") OUT("8") "</rule>" "<rule>" CELL("@\"2026-05-01\"") OUT("9") "</rule>"
    "</decisionTable>")));
  bind("x", "1");
  ANSWERS("t", "[1, 3, 5, 7]");
  dmn_session_reset(at.session);
  bind("x", "\"a\"");
  assert_non_null(strstr(answer("t"), "4, 5, 7"));
  dmn_session_reset(at.session);
  ANSWERS("t", "[2, 5, 6]");                     /* null = 1 is false, so not(1) holds; null < 5 is unknown */
  dmn_session_reset(at.session);
  bind("x", "@\"2026-05-01\"");
  assert_non_null(strstr(answer("t"), "9]"));
}

/* Numbers beyond int64 and with 34 digits are found where they belong. */
static void extreme_numbers(void **state) {
  (void)state;
  load(DEFINITIONS(INPUT("x", "number") DECISION("t", NEEDS_INPUT("i_x") "<decisionTable hitPolicy=\"COLLECT\">" COLUMN("x") "<output/>"
    "<rule>" CELL("&lt; 9223372036854775807") OUT("1") "</rule>" "<rule>" CELL("&gt;= 9223372036854775807") OUT("2") "</rule>"
    "<rule>" CELL("&gt; 0.1234567890123456789012345678901234") OUT("3") "</rule>" "<rule>" CELL("0.3") OUT("4") "</rule>"
    "<rule>" CELL("-9223372036854775808") OUT("5") "</rule>" "</decisionTable>")));
  static const struct { const char *x, *expected; } cases[] = {
    { "9223372036854775807", "[2, 3]" }, { "9223372036854775808", "[2, 3]" }, { "9223372036854775806.5", "[1, 3]" }, { "0.3", "[1, 3, 4]" },
    { "0.1 + 0.2", "[1, 3, 4]" }, { "0.30", "[1, 3, 4]" }, { "0.1234567890123456789012345678901234", "[1]" },
    { "0.1234567890123456789012345678901235", "[1, 3]" }, { "-9223372036854775808", "[1, 5]" }, { "-9223372036854775809", "[1]" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    dmn_session_reset(at.session);
    bind("x", cases[i].x);
    ANSWERS("t", cases[i].expected);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    MODEL_TEST(agrees_with_reading_every_cell), MODEL_TEST(agrees_where_sets_are_sparse), MODEL_TEST(other_kinds_and_null),
    MODEL_TEST(extreme_numbers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
