/* cells: literals that cannot be meant: conditions on values that the input never has, answers that are not allowed. */
#include "analysis/analysis.h"

/* ---- conditions */

static const char *wrong(struct grid *g, const struct dimension *d, const struct domain *domain,
                         const struct feel_interval *one) {
  int kind = analysis__domain_kind(domain);
  dmn_value bound = one->has_start ? one->start : one->end;
  if (kind >= 0 && kind < DMN_LIST && bound.kind != kind) return "cell_type";
  if (d->opaque) return NULL;
  for (uint32_t i = 0; i < d->atom_count; i++) {
    const struct dmn_range range = {
      one->start, one->end, one->open_start, one->open_end, one->has_start, one->has_end
    };
    dmn_value v = d->atoms[i].value;
    bool point = one->has_start && one->has_end && dmn_same(one->start, v);
    if (v.kind == bound.kind && (point || dmn_is_true(dmn_in_range(g->eval, v, &range)))) return NULL;
  }
  return "cell_outside_domain";
}

static str interval_text(struct arena *a, const struct feel_interval *one) {
  str start = one->has_start ? dmn_print(a, one->start) : STR(""),
      end = one->has_end ? dmn_print(a, one->end) : STR("");
  if (!one->has_end) return str_format(a, "%s %.*s", one->open_start ? ">" : ">=", STR_ARG(start));
  if (!one->has_start) return str_format(a, "%s %.*s", one->open_end ? "<" : "<=", STR_ARG(end));
  if (dmn_same(one->start, one->end)) return start;
  return str_format(a, "%c%.*s..%.*s%c", one->open_start ? '(' : '[', STR_ARG(start), STR_ARG(end),
                    one->open_end ? ')' : ']');
}

static void look_at_cell(struct grid *g, struct report *r, uint32_t column, uint32_t row, const struct domain *domain) {
  struct feel_literals l;
  if (!feel_tests_literals(g->table->columns[column].cells[row], &l)) return;
  for (uint32_t i = 0; i < l.count; i++) {
    const char *code = wrong(g, &g->dims[g->dim_of[column]], domain, &l.items[i]);
    if (code == NULL) continue;
    struct dmn_analysis_finding f = analysis__about(g, code, row, UINT32_MAX);
    f.input = column + 1;
    analysis__add(r, g, f, interval_text(g->keep, &l.items[i]));
  }
}

/* ---- answers */

static bool allowed(struct grid *g, const struct table_output *o, const struct feel_node *code, dmn_value v) {
  uint32_t faults = g->eval->fault_count;
  if (o->allowed != NULL && v.kind != DMN_NULL && !dmn_is_true(feel_tests_against(g->eval, o->allowed, v)))
    return false;
  (void)dmn_coerce(g->eval, feel_type(code), v);
  return g->eval->fault_count == faults;
}

static void look_at_answer(struct grid *g, struct report *r, uint32_t output, uint32_t row,
                           const struct feel_node *code) {
  dmn_value v;
  if (code == NULL || !feel_constant(model__untyped(code), &v) || v.kind == DMN_LIST) return;
  if (allowed(g, &g->table->outputs[output], code, v)) return;
  analysis__add(r, g, analysis__about(g, "output_outside_values", row, UINT32_MAX), dmn_print(g->keep, v));
}

static void look_at_priorities(struct grid *g, struct report *r) {
  if (g->table->policy != TABLE_PRIORITY && g->table->policy != TABLE_OUTPUT_ORDER) return;
  for (uint32_t o = 0; o < g->table->output_count; o++)
    if (g->table->outputs[o].priorities.count > 0) return;
  analysis__add(r, g, analysis__about(g, "table_no_priorities", UINT32_MAX, UINT32_MAX), g->view->hit_policy);
}

void analysis__cells(struct grid *g, struct report *r) {
  const struct table *t = g->table;
  for (uint32_t c = 0; c < t->column_count; c++) {
    struct domain domain = analysis__domain(g, c);
    for (uint32_t row = 0; row < g->rows; row++) look_at_cell(g, r, c, row, &domain);
  }
  for (uint32_t o = 0; o < t->output_count; o++) {
    for (uint32_t row = 0; row < g->rows; row++)
      look_at_answer(g, r, o, row, t->codes[(size_t)row * t->output_count + o]);
    look_at_answer(g, r, o, UINT32_MAX, t->outputs[o].otherwise);
  }
  look_at_priorities(g, r);
}
