/* mcdc: the fewest questions that show each condition to matter. For each row a point is sought at which it decides; for
 * each of its conditions another point, which differs in that input alone and is answered differently. Points are tried
 * in order, those that serve several conditions first by the way of it: one point is kept as long as it shows anything. */
#include "analysis/mcdc.h"

enum { POINTS_MOST = 4096 }; /* tried for each row */

struct making {
  struct grid *grid;
  struct mcdc_cases *out;
  uint32_t row, first, tried; /* first: this row's conditions in out */
  uint32_t *at, *flipped;     /* classes by dimension */
  uint64_t *yes, *may, *yes_flipped, *may_flipped;
};

/* ---- what is to be shown */

static bool met(struct grid *g, uint32_t column, uint32_t row, uint32_t class) {
  return dmn_is_true(feel_tests_against(g->eval, g->table->columns[column].cells[row],
                                        g->dims[g->dim_of[column]].classes[class].example));
}

static bool always_met(struct grid *g, uint32_t column, uint32_t row) {
  const struct feel_tests *t = g->table->columns[column].cells[row];
  struct feel_literals ignored;
  if (feel_tests_is_dash(t)) return true;
  if (!feel_tests_literals(t, &ignored)) return false;
  for (uint32_t c = 0; c < g->dims[g->dim_of[column]].class_count; c++)
    if (!met(g, column, row, c)) return false;
  return true;
}

static void list_conditions(struct grid *g, struct mcdc_cases *out) {
  out->conditions = ARENA_ARRAY(g->keep, struct dmn_mcdc_condition, (size_t)g->rows * g->table->column_count);
  for (uint32_t row = 0; row < g->rows; row++)
    for (uint32_t c = 0; c < g->table->column_count; c++)
      if (!always_met(g, c, row))
        out->conditions[out->condition_count++] =
            (struct dmn_mcdc_condition){ row + 1, c + 1, DMN_MCDC_NONE, DMN_MCDC_NONE };
}

/* ---- cases */

static bool is_known(const struct grid *g, const struct mcdc_cases *out, const uint32_t *classes, uint32_t *index) {
  for (uint32_t i = 0; i < out->case_count; i++) {
    if (memcmp(out->classes[i], classes, g->dim_count * sizeof *classes) != 0) continue;
    *index = i;
    return true;
  }
  return false;
}

static void grow(struct grid *g, struct mcdc_cases *out) {
  if (out->case_count < out->capacity) return;
  uint32_t more = out->capacity == 0 ? 32 : out->capacity * 2;
  out->cases = arena_grow(g->keep, out->cases, out->capacity * sizeof *out->cases, more * sizeof *out->cases);
  out->classes = arena_grow(g->keep, out->classes, out->capacity * sizeof *out->classes, more * sizeof *out->classes);
  out->capacity = more;
}

/* The case at a point, made when it is new. */
static uint32_t case_at(struct grid *g, struct mcdc_cases *out, const uint32_t *classes, const uint64_t *matching) {
  uint32_t index;
  if (is_known(g, out, classes, &index)) return index;
  grow(g, out);
  struct dmn_analysis_finding values = { .example = NULL };
  analysis__example(g, &values, classes);
  uint32_t *rows = ARENA_ARRAY(g->keep, uint32_t, g->rows), count = 0;
  for (uint32_t row = 0; row < g->rows; row++)
    if (bits_has(matching, row)) rows[count++] = row + 1;
  uint32_t *copy = ARENA_ARRAY(g->keep, uint32_t, g->dim_count);
  if (g->dim_count > 0) memcpy(copy, classes, g->dim_count * sizeof *copy);
  out->classes[out->case_count] = copy;
  out->cases[out->case_count] = (struct dmn_mcdc_case){ values.example, rows, count };
  return out->case_count++;
}

/* ---- one point */

/* The flip must break this column's cell alone, where several columns read one input. */
static bool breaks(struct making *m, uint32_t column, uint32_t class) {
  struct grid *g = m->grid;
  const struct dimension *d = &g->dims[g->dim_of[column]];
  if (met(g, column, m->row, class)) return false;
  for (uint32_t i = 0; i < d->column_count; i++)
    if (d->columns[i] != column && !met(g, d->columns[i], m->row, class)) return false;
  return true;
}

static void show(struct making *m, struct dmn_mcdc_condition *wanted) {
  struct grid *g = m->grid;
  uint32_t dim = g->dim_of[wanted->input - 1];
  memcpy(m->flipped, m->at, g->dim_count * sizeof *m->at);
  for (uint32_t class = 0; class < g->dims[dim].class_count; class ++) {
    if (bits_has(g->dims[dim].may[m->row], class) || !breaks(m, wanted->input - 1, class)) continue;
    if (!grid_step(g, (uint64_t)g->row_words * g->dim_count)) return;
    m->flipped[dim] = class;
    analysis__rows_at(g, m->flipped, m->yes_flipped, m->may_flipped);
    if (!bits_same(m->yes_flipped, m->may_flipped, g->row_words)) continue;
    if (analysis__same_answer(g, m->yes, m->yes_flipped)) continue;
    wanted->met = case_at(g, m->out, m->at, m->yes);
    wanted->unmet = case_at(g, m->out, m->flipped, m->yes_flipped);
    return;
  }
}

static uint32_t unshown(const struct making *m) {
  uint32_t count = 0;
  for (uint32_t i = m->first; i < m->out->condition_count && m->out->conditions[i].row == m->row + 1; i++)
    count += m->out->conditions[i].met == DMN_MCDC_NONE;
  return count;
}

/* Does the row decide at this point, where it matches? Where every hit counts, it always does. */
static bool decides_here(const struct making *m) {
  const struct grid *g = m->grid;
  if (!bits_same(m->yes, m->may, g->row_words)) return false;
  return g->table->policy > TABLE_PRIORITY || analysis__decides(g, m->yes) == m->row ||
         (g->table->policy == TABLE_ANY && analysis__decides(g, m->yes) < g->rows);
}

static void try_point(struct making *m) {
  m->tried++;
  analysis__rows_at(m->grid, m->at, m->yes, m->may);
  if (!decides_here(m)) return;
  for (uint32_t i = m->first; i < m->out->condition_count && m->out->conditions[i].row == m->row + 1; i++)
    if (m->out->conditions[i].met == DMN_MCDC_NONE) show(m, &m->out->conditions[i]);
}

static void try_points(struct making *m, uint32_t dim) {
  struct grid *g = m->grid;
  if (dim == g->dim_count) {
    try_point(m);
    return;
  }
  for (uint32_t c = 0; c < g->dims[dim].class_count; c++) {
    if (!bits_has(g->dims[dim].yes[m->row], c)) continue;
    if (m->tried >= POINTS_MOST || g->exhausted || unshown(m) == 0) return;
    m->at[dim] = c;
    try_points(m, dim + 1);
  }
}

/* ---- the whole */

void analysis__mcdc(struct grid *g, struct mcdc_cases *out) {
  out->complete = !g->exhausted && !g->uncertain;
  if (g->exhausted || (g->table->policy == TABLE_PRIORITY && !g->priorities_known)) return;
  list_conditions(g, out);
  struct making m = { .grid = g,
                      .out = out,
                      .at = ARENA_ARRAY(g->arena, uint32_t, g->dim_count),
                      .flipped = ARENA_ARRAY(g->arena, uint32_t, g->dim_count),
                      .yes = bits_new(g->arena, g->row_words),
                      .may = bits_new(g->arena, g->row_words),
                      .yes_flipped = bits_new(g->arena, g->row_words),
                      .may_flipped = bits_new(g->arena, g->row_words) };
  for (m.row = 0; m.row < g->rows; m.row++) {
    while (m.first < out->condition_count && out->conditions[m.first].row <= m.row) m.first++;
    m.tried = 0;
    try_points(&m, 0);
    out->complete = out->complete && (m.tried < POINTS_MOST || unshown(&m) == 0);
  }
  out->complete = out->complete && !g->exhausted;
}
