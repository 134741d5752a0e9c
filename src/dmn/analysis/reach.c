/* reach: rows that never decide, and inputs that never matter. */
#include "analysis/analysis.h"

/* ---- rows */

/* The rows that win over this one wherever both match. */
static const uint64_t *winners(struct grid *g, uint32_t row) {
  uint64_t *s = bits_new(g->arena, g->row_words);
  for (uint32_t other = 0; other < g->rows; other++) {
    bool above = other < row;
    if (g->table->policy == TABLE_PRIORITY)
      above = g->ranks[other] < g->ranks[row] || (g->ranks[other] == g->ranks[row] && above);
    if (above) bits_set(s, other); /* never the row itself */
  }
  return s;
}

static void report_row(struct grid *g, struct report *r, const char *code, uint32_t row) {
  struct dmn_analysis_finding f = analysis__about(g, code, row, UINT32_MAX);
  if (analysis__reachable(g, row)) { /* a point that the row matches, and others take */
    uint32_t *classes = ARENA_ARRAY(g->arena, uint32_t, g->dim_count);
    struct box box = analysis__row_box(g, row, false);
    for (uint32_t i = 0; i < g->dim_count; i++) classes[i] = bits_first(box.sets[i], g->dims[i].class_count);
    analysis__example(g, &f, classes);
  }
  analysis__add(r, g, f, STR_NONE);
}

static void look_at_row(struct grid *g, struct report *r, uint32_t row, uint32_t *classes) {
  if (!analysis__reachable(g, row)) {
    report_row(g, r, "rule_never", row);
    return;
  }
  bool first = g->table->policy == TABLE_FIRST, priority = g->table->policy == TABLE_PRIORITY && g->priorities_known;
  if (!first && !priority) return;
  if (analysis__uncovered(g, analysis__row_box(g, row, false), winners(g, row), classes) || g->exhausted) return;
  report_row(g, r, first ? "rule_masked" : "rule_misleading", row);
}

void analysis__reach(struct grid *g, struct report *r) {
  uint32_t *classes = ARENA_ARRAY(g->arena, uint32_t, g->dim_count);
  for (uint32_t row = 0; row < g->rows && !g->exhausted; row++) {
    struct arena_mark mark = arena_mark(g->arena);
    look_at_row(g, r, row, classes);
    arena_release(g->arena, mark);
  }
}

/* ---- what a set of rows that match together answers */

static uint32_t next_row(const struct grid *g, const uint64_t *s, uint32_t from) {
  while (from < g->rows && !bits_has(s, from)) from++;
  return from;
}

uint32_t analysis__decides(const struct grid *g, const uint64_t *s) {
  uint32_t first = bits_first(s, g->rows), best = first;
  for (uint32_t row = next_row(g, s, first + 1); first < g->rows && row < g->rows; row = next_row(g, s, row + 1)) {
    if (g->table->policy == TABLE_UNIQUE) return g->rows + 1;
    if (g->table->policy == TABLE_ANY && g->answers[row] != g->answers[first]) return g->rows + 1;
    if (g->table->policy == TABLE_PRIORITY && g->ranks[row] < g->ranks[best]) best = row;
  }
  return best;
}

static bool same_list(const struct grid *g, const uint64_t *a, const uint64_t *b) {
  uint32_t x = bits_first(a, g->rows), y = bits_first(b, g->rows);
  while (x < g->rows && y < g->rows && g->answers[x] == g->answers[y]) {
    x = next_row(g, a, x + 1);
    y = next_row(g, b, y + 1);
  }
  return x >= g->rows && y >= g->rows;
}

bool analysis__same_answer(const struct grid *g, const uint64_t *a, const uint64_t *b) {
  if (bits_same(a, b, g->row_words)) return true;
  if (g->table->policy > TABLE_PRIORITY || (g->table->policy == TABLE_PRIORITY && !g->priorities_known))
    return same_list(g, a, b);
  uint32_t x = analysis__decides(g, a), y = analysis__decides(g, b);
  return x == y || (x < g->rows && y < g->rows && g->answers[x] == g->answers[y]);
}

/* ---- inputs */

/* Looks for a point at which changing `dim` alone changes the answer. */
static bool matters(struct grid *g, uint32_t dim, uint32_t at, const uint64_t *left) {
  if (bits_empty(left, g->row_words)) return false;
  if (at == dim) at++;
  struct arena_mark mark = arena_mark(g->arena);
  bool last = at >= g->dim_count, found = false;
  const struct dimension *d = &g->dims[last ? dim : at];
  uint64_t *tried = arena_array(g->arena, (size_t)d->class_count * g->row_words, sizeof *tried);
  uint32_t count = 0;
  for (uint32_t c = 0; c < d->class_count && !found && grid_step(g, g->row_words + count); c++) {
    uint64_t *next = tried + (size_t)count * g->row_words;
    for (uint32_t w = 0; w < g->row_words; w++) next[w] = left[w] & d->classes[c].yes[w];
    bool known = false;
    for (uint32_t i = 0; i < count && !known; i++)
      known = bits_same(tried + (size_t)i * g->row_words, next, g->row_words);
    if (known) continue;
    if (!last)
      found = matters(g, dim, at + 1, next);
    else
      found = count > 0 && !analysis__same_answer(g, tried, next);
    count++;
  }
  arena_release(g->arena, mark);
  return found;
}

static bool all_dashes(const struct grid *g, uint32_t column) {
  for (uint32_t row = 0; row < g->rows; row++)
    if (!feel_tests_is_dash(g->table->columns[column].cells[row])) return false;
  return true;
}

static void report_input(struct grid *g, struct report *r, uint32_t column) {
  struct dmn_analysis_finding f = analysis__about(g, "input_irrelevant", UINT32_MAX, UINT32_MAX);
  f.input = column + 1;
  analysis__add(r, g, f, STR_NONE);
}

void analysis__inputs(struct grid *g, struct report *r) {
  const uint64_t *all = bits_all(g->arena, g->rows);
  for (uint32_t c = 0; c < g->table->column_count && g->rows > 0; c++) {
    uint32_t dim = g->dim_of[c];
    bool first = g->dims[dim].columns[0] == c;
    if (all_dashes(g, c))
      report_input(g, r, c);
    else if (first && !g->uncertain && !matters(g, dim, 0, all) && !g->exhausted)
      report_input(g, r, c);
  }
}
