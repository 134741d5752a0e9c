/* analysis: all of a model, node by node, table by table. Each table has a grid of its own in memory that is emptied
 * behind it; what was found stays. */
#include "analysis/mcdc.h"

#include <stdlib.h>

enum { SCRATCH_BYTES = 256 << 20 };

struct run {
  struct report report;
  const struct dmn_analysis_limits *limits;
  struct arena *scratch;
  struct dmn_eval eval;
  struct grid grid;
  uint32_t tables;
  struct mcdc_cases mcdc;
  struct dmn_mcdc *made;
  uint32_t made_count;
};

static void free_scratch(void *handle) { arena_free(handle); }

static const struct dmn_budget unbounded = { .steps = UINT64_MAX };

static void start(struct run *run, struct arena *a, const struct dmn_model *m,
                  const struct dmn_analysis_limits *limits) {
  *run = (struct run){ .report = { .arena = a, .model = m }, .limits = limits, .scratch = arena_new(SCRATCH_BYTES) };
  if (run->scratch == NULL) arena_leave(a, RESULT_NO_MEMORY);
  arena_defer(a, free_scratch, run->scratch);
  struct dmn_budget *budget = ARENA_NEW(a, struct dmn_budget);
  *budget = dmn_budget_filled(&unbounded);
  run->eval = dmn_eval_start(a, m->symbols, NULL, budget);
}

/* Each check has all the steps for itself, so that one that runs out hides nothing of the others. */
static void look_at_table(void *context) {
  static void (*const checks[])(struct grid * g, struct report * r) = {
    analysis__cells, analysis__pairs, analysis__gaps, analysis__reach, analysis__inputs, analysis__merges,
  };
  struct run *run = context;
  struct grid *g = &run->grid;
  analysis__grid(g, run->limits);
  for (size_t i = 0; i < COUNT_OF(checks) && !g->exhausted; i++) {
    checks[i](g, &run->report);
    g->cut = g->cut || g->exhausted;
    g->steps = 0;
    g->exhausted = false;
  }
}

static void begin_grid(struct run *run, uint32_t node, const struct dmn_boxed *b) {
  arena_reset(run->scratch);
  run->grid = (struct grid){ .arena = run->scratch,
                             .keep = run->report.arena,
                             .model = run->report.model,
                             .table = table__of(b->table),
                             .view = b->table,
                             .eval = &run->eval,
                             .node = node,
                             .line = b->line };
}

static void table_findings(struct run *run, uint32_t node, const struct dmn_boxed *b) {
  begin_grid(run, node, b);
  run->tables++;
  result r = arena_run(run->scratch, look_at_table, run);
  if (r == RESULT_NO_MEMORY) arena_leave(run->report.arena, r);
  struct grid *g = &run->grid;
  bool incomplete = r == RESULT_LIMIT || g->exhausted || g->cut;
  if (!incomplete && !g->advice_cut) return;
  struct dmn_analysis_finding f = analysis__about(g, "analysis_incomplete", UINT32_MAX, UINT32_MAX);
  f.advice = !incomplete;
  analysis__add(&run->report, g, f, STR_NONE);
}

/* Tables anywhere inside a boxed expression. */
static void each_table(struct run *run, uint32_t node, const struct dmn_boxed *b,
                       void (*body)(struct run *run, uint32_t node, const struct dmn_boxed *b)) {
  if (b->kind == DMN_LOGIC_TABLE) body(run, node, b);
  for (uint32_t i = 0; i < b->count && b->parts != NULL; i++)
    if (b->parts[i] != NULL) each_table(run, node, b->parts[i], body);
}

/* By line; what is said of one line keeps its order. */
static int compare(const void *a, const void *b) {
  const struct dmn_analysis_finding *const *x = a, *const *y = b;
  if ((*x)->line != (*y)->line) return (*x)->line < (*y)->line ? -1 : 1;
  return (*x > *y) - (*x < *y);
}

static struct dmn_analysis sorted(const struct run *run) {
  const struct report *r = &run->report;
  const struct dmn_analysis_finding **order = ARENA_ARRAY(r->arena, const struct dmn_analysis_finding *, r->count);
  struct dmn_analysis_finding *items = ARENA_ARRAY(r->arena, struct dmn_analysis_finding, r->count);
  for (uint32_t i = 0; i < r->count; i++) order[i] = &r->items[i];
  if (r->count > 0) qsort(order, r->count, sizeof *order, compare);
  for (uint32_t i = 0; i < r->count; i++) items[i] = *order[i];
  return (struct dmn_analysis){ items, r->count, run->tables };
}

struct dmn_analysis dmn_analyse(struct arena *a, const struct dmn_model *m, const struct dmn_analysis_limits *limits) {
  struct run run;
  start(&run, a, m, limits);
  for (uint32_t node = 0; node < m->own_count; node++) {
    if (m->nodes[node].logic != NULL) each_table(&run, node, m->nodes[node].logic, table_findings);
    analysis__requirements(&run.report, node);
  }
  return sorted(&run);
}

/* ---- test cases */

static void cases_of_grid(void *context) {
  struct run *run = context;
  analysis__grid(&run->grid, run->limits);
  analysis__mcdc(&run->grid, &run->mcdc);
}

static void table_cases(struct run *run, uint32_t node, const struct dmn_boxed *b) {
  begin_grid(run, node, b);
  run->mcdc = (struct mcdc_cases){ .complete = false };
  result r = arena_run(run->scratch, cases_of_grid, run);
  if (r == RESULT_NO_MEMORY) arena_leave(run->report.arena, r);
  run->made = arena_grow(run->report.arena, run->made, run->made_count * sizeof *run->made,
                         (run->made_count + 1) * sizeof *run->made);
  run->made[run->made_count++] = (struct dmn_mcdc){
    .table = b->table,
    .cases = run->mcdc.cases,
    .case_count = run->mcdc.case_count,
    .conditions = run->mcdc.conditions,
    .condition_count = run->mcdc.condition_count,
    .complete = run->mcdc.complete && r == RESULT_OK,
  };
}

const struct dmn_mcdc *dmn_mcdc_cases(struct arena *a, const struct dmn_model *m, uint32_t node,
                                      const struct dmn_analysis_limits *limits, uint32_t *count) {
  struct run run;
  assert(node < m->node_count);
  start(&run, a, m, limits);
  if (m->nodes[node].logic != NULL) each_table(&run, node, m->nodes[node].logic, table_cases);
  *count = run.made_count;
  return run.made;
}
