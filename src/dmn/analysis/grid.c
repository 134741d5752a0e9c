/* grid: a table as boxes of classes. Columns of one text are one dimension; a value must then match the cells of all of
 * them. Atoms that no row tells apart are one class. Cells are asked by running them on the value of an atom, so that the
 * analysis cannot disagree with the engine about what a cell means. */
#include "analysis/analysis.h"

enum { STEPS = 50000000, FINDINGS = 50 };

uint64_t *bits_all(struct arena *a, uint32_t count) {
  uint64_t *s = bits_new(a, bits_words(count));
  for (uint32_t i = 0; i < count; i++) bits_set(s, i);
  return s;
}

uint32_t bits_first(const uint64_t *s, uint32_t count) {
  for (uint32_t w = 0; w < bits_words(count); w++)
    if (s[w] != 0) return w * 64 + (uint32_t)__builtin_ctzll(s[w]);
  return count;
}

/* ---- dimensions */

static void find_dimensions(struct grid *g) {
  uint32_t columns = g->table->column_count;
  uint32_t *dim_of = ARENA_ARRAY(g->arena, uint32_t, columns);
  g->dims = arena_zalloc(g->arena, (columns + !columns) * sizeof *g->dims);
  for (uint32_t c = 0; c < columns; c++) {
    uint32_t same = 0;
    while (same < c && !(g->view->inputs[c].text.n > 0 && str_eq(g->view->inputs[same].text, g->view->inputs[c].text)))
      same++;
    dim_of[c] = same < c ? dim_of[same] : g->dim_count++;
    struct dimension *d = &g->dims[dim_of[c]];
    uint32_t *list = d->columns == NULL ? ARENA_ARRAY(g->arena, uint32_t, columns) : (uint32_t *)(uintptr_t)d->columns;
    list[d->column_count++] = c;
    d->columns = list;
  }
  g->dim_of = dim_of;
}

/* ---- what cells say of values */

enum verdict { NO, MAYBE, YES };

static bool speaks_of_null_alone(const struct feel_literals *l) { return l->count == 0 && l->matches_null; }

static enum verdict cell_verdict(struct grid *g, const struct dimension *d, const struct feel_tests *t,
                                 const struct atom *atom) {
  struct feel_literals l;
  if (feel_tests_is_dash(t)) return YES;
  if (!feel_tests_literals(t, &l)) return MAYBE;
  if (d->opaque && atom->kind == ATOM_ANY && !speaks_of_null_alone(&l)) return MAYBE;
  return dmn_is_true(feel_tests_against(g->eval, t, atom->value)) ? YES : NO;
}

static enum verdict row_verdict(struct grid *g, const struct dimension *d, uint32_t row, const struct atom *atom) {
  enum verdict least = YES;
  for (uint32_t i = 0; i < d->column_count; i++) {
    enum verdict v = cell_verdict(g, d, g->table->columns[d->columns[i]].cells[row], atom);
    if (v < least) least = v;
  }
  return least;
}

static void atom_rows(struct grid *g, const struct dimension *d, const struct atom *atom, uint64_t *yes,
                      uint64_t *may) {
  for (uint32_t row = 0; row < g->rows; row++) {
    enum verdict v = row_verdict(g, d, row, atom);
    if (v == YES) bits_set(yes, row);
    if (v != NO) bits_set(may, row);
    g->uncertain = g->uncertain || v == MAYBE;
  }
}

/* ---- classes */

static uint32_t class_of(const struct grid *g, const struct dimension *d, const uint64_t *yes, const uint64_t *may) {
  uint32_t c = 0;
  while (c < d->class_count &&
         !(bits_same(d->classes[c].yes, yes, g->row_words) && bits_same(d->classes[c].may, may, g->row_words)))
    c++;
  return c;
}

static void make_classes(struct grid *g, struct dimension *d) {
  d->classes = ARENA_ARRAY(g->arena, struct value_class, d->atom_count);
  for (uint32_t i = 0; i < d->atom_count; i++) {
    if (!grid_step(g, (uint64_t)g->rows * d->column_count + d->class_count)) return;
    uint64_t *yes = bits_new(g->arena, g->row_words), *may = bits_new(g->arena, g->row_words);
    atom_rows(g, d, &d->atoms[i], yes, may);
    uint32_t c = class_of(g, d, yes, may);
    if (c == d->class_count) d->classes[d->class_count++] = (struct value_class){ d->atoms[i].value, yes, may };
    d->atoms[i].class = c;
  }
}

/* The same turned round: for each row its classes. */
static const uint64_t *const *row_sets(struct grid *g, const struct dimension *d, bool certain) {
  const uint64_t **sets = ARENA_ARRAY(g->arena, const uint64_t *, g->rows);
  for (uint32_t row = 0; row < g->rows; row++) {
    uint64_t *s = bits_new(g->arena, d->words);
    for (uint32_t c = 0; c < d->class_count; c++)
      if (bits_has(certain ? d->classes[c].yes : d->classes[c].may, row)) bits_set(s, c);
    sets[row] = s;
  }
  return sets;
}

static const uint64_t *sure_classes(struct grid *g, const struct dimension *d) {
  uint64_t *s = bits_new(g->arena, d->words);
  for (uint32_t i = 0; i < d->atom_count; i++)
    if (d->atoms[i].kind != ATOM_NULL || !d->null_doubtful) bits_set(s, d->atoms[i].class);
  return s;
}

static void make_dimension(struct grid *g, struct dimension *d) {
  analysis__atoms(g, d);
  make_classes(g, d);
  if (g->exhausted) return;
  d->words = bits_words(d->class_count);
  d->all = bits_all(g->arena, d->class_count);
  d->sure = sure_classes(g, d);
  d->yes = row_sets(g, d, true);
  d->may = row_sets(g, d, false);
}

bool analysis__full(const struct grid *g, uint32_t dim, uint32_t row) {
  const struct dimension *d = &g->dims[dim];
  return bits_same(d->yes[row], d->all, d->words);
}

bool analysis__reachable(const struct grid *g, uint32_t row) {
  for (uint32_t i = 0; i < g->dim_count; i++)
    if (bits_empty(g->dims[i].may[row], g->dims[i].words)) return false;
  return true;
}

/* Cells that are not literal say the same of every value where they are written the same. */
bool analysis__same_cell(const struct grid *g, uint32_t dim, uint32_t a, uint32_t b) {
  const struct dimension *d = &g->dims[dim];
  if (!bits_same(d->yes[a], d->yes[b], d->words) || !bits_same(d->may[a], d->may[b], d->words)) return false;
  if (bits_same(d->yes[a], d->may[a], d->words)) return true;
  for (uint32_t i = 0; i < d->column_count; i++)
    if (!str_eq(g->view->rows[a].inputs[d->columns[i]], g->view->rows[b].inputs[d->columns[i]])) return false;
  return true;
}

/* ---- answers */

static bool same_output(const struct grid *g, uint32_t a, uint32_t b) {
  const struct table *t = g->table;
  if (table__is_known(t, a) && table__is_known(t, b)) return dmn_same(t->results[a].whole, t->results[b].whole);
  for (uint32_t o = 0; o < t->output_count; o++)
    if (!str_eq(g->view->rows[a].outputs[o], g->view->rows[b].outputs[o])) return false;
  return true;
}

static void number_answers(struct grid *g) {
  uint32_t *answers = ARENA_ARRAY(g->arena, uint32_t, g->rows), *first = ARENA_ARRAY(g->arena, uint32_t, g->rows),
           count = 0;
  for (uint32_t row = 0; row < g->rows; row++) {
    uint32_t id = 0;
    while (id < count && !same_output(g, first[id], row)) id++;
    if (!grid_step(g, id)) return;
    if (id == count) first[count++] = row;
    answers[row] = id;
  }
  g->answers = answers;
}

/* ---- priorities: by the first output, then the second (DMN 1.5, 8.2.10) */

static int compare_priority(struct grid *g, uint32_t a, uint32_t b) {
  const struct table *t = g->table;
  for (uint32_t o = 0; o < t->output_count; o++) {
    bool whole = t->output_count == 1;
    uint32_t x = table__rank(g->eval, &t->outputs[o], whole ? t->results[a].whole : t->results[a].whole.as.context->values[o]);
    uint32_t y = table__rank(g->eval, &t->outputs[o], whole ? t->results[b].whole : t->results[b].whole.as.context->values[o]);
    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}

/* How many rows stand before it by their outputs. */
static void rank_rows(struct grid *g) {
  if (g->table->policy != TABLE_PRIORITY) return;
  uint32_t *ranks = ARENA_ARRAY(g->arena, uint32_t, g->rows);
  for (uint32_t row = 0; row < g->rows; row++)
    if (!table__is_known(g->table, row)) return;
  for (uint32_t row = 0; row < g->rows; row++) {
    ranks[row] = 0;
    if (!grid_step(g, g->rows)) return;
    for (uint32_t other = 0; other < g->rows; other++) ranks[row] += compare_priority(g, other, row) < 0;
  }
  g->ranks = ranks;
  g->priorities_known = true;
}

/* ---- the whole */

void analysis__grid(struct grid *g, const struct dmn_analysis_limits *limits) {
  g->view = g->table->view;
  g->rows = g->table->rows;
  g->row_words = bits_words(g->rows);
  g->step_limit = limits == NULL || limits->steps == 0 ? STEPS : limits->steps;
  g->finding_limit = limits == NULL || limits->findings == 0 ? FINDINGS : limits->findings;
  find_dimensions(g);
  for (uint32_t i = 0; i < g->dim_count && !g->exhausted; i++) make_dimension(g, &g->dims[i]);
  if (!g->exhausted) number_answers(g);
  if (!g->exhausted) rank_rows(g);
}
