/* report: findings in words. Regions are written as unary tests, examples as FEEL values, so that both can be pasted into
 * a cell or a test. */
#include "analysis/analysis.h"

#include <stdlib.h>

/* ---- regions */

static bool chosen(const struct atom *a, const uint64_t *set) { return bits_has(set, a->class); }

static void add_part(struct buf *out, str part) {
  if (out->n > 0) buf_add(out, STR(", "));
  buf_add(out, part);
}

static bool joins(const struct atom *a) {
  return a->value.kind != DMN_BOOLEAN && (a->kind == ATOM_POINT || a->kind == ATOM_BETWEEN);
}

/* Atoms from `first` to `last` without a hole between them, as one test. */
static str run_text(struct arena *a, const struct atom *first, const struct atom *last) {
  dmn_value low = first->kind == ATOM_POINT ? first->value : first->low,
            high = last->kind == ATOM_POINT ? last->value : last->high;
  bool open_low = first->kind != ATOM_POINT, open_high = last->kind != ATOM_POINT;
  if (low.kind == DMN_NULL && high.kind == DMN_NULL) return STR("not(null)");
  if (low.kind == DMN_NULL) return str_format(a, "%s %.*s", open_high ? "<" : "<=", STR_ARG(dmn_print(a, high)));
  if (high.kind == DMN_NULL) return str_format(a, "%s %.*s", open_low ? ">" : ">=", STR_ARG(dmn_print(a, low)));
  if (first == last && !open_low) return dmn_print(a, low);
  return str_format(a, "%c%.*s..%.*s%c", open_low ? '(' : '[', STR_ARG(dmn_print(a, low)), STR_ARG(dmn_print(a, high)),
                    open_high ? ')' : ']');
}

/* What is not in the set, for a set that holds "any other string". */
static str all_but(struct arena *a, const struct dimension *d, const uint64_t *set) {
  struct buf out = buf_in(a);
  bool null_in = false;
  for (uint32_t i = 0; i < d->atom_count; i++) {
    if (chosen(&d->atoms[i], set))
      null_in = null_in || d->atoms[i].kind == ATOM_NULL;
    else if (d->atoms[i].kind != ATOM_NULL)
      add_part(&out, dmn_print(a, d->atoms[i].value));
  }
  if (!null_in) add_part(&out, STR("null"));
  return out.n > 0 ? str_format(a, "not(%.*s)", STR_ARG(buf_str(&out))) : STR("-");
}

static str set_text(struct arena *a, const struct dimension *d, const uint64_t *set) {
  struct buf out = buf_in(a);
  for (uint32_t i = 0; i < d->atom_count; i++) {
    const struct atom *first = &d->atoms[i];
    if (!chosen(first, set)) continue;
    if (first->kind == ATOM_OTHER) return all_but(a, d, set);
    if (first->kind == ATOM_ANY) {
      add_part(&out, STR("not(null)"));
      continue;
    }
    if (!joins(first) || (first->value.kind == DMN_STRING && first->kind == ATOM_POINT)) {
      add_part(&out, dmn_print(a, first->value));
      continue;
    }
    while (i + 1 < d->atom_count && chosen(first + (i + 1 - (uint32_t)(first - d->atoms)), set) &&
           joins(&d->atoms[i + 1]) && d->atoms[i + 1].value.kind == first->value.kind)
      i++;
    add_part(&out, run_text(a, first, &d->atoms[i]));
  }
  return buf_str(&out);
}

static str label_of(const struct grid *g, uint32_t column) {
  const struct dmn_table_column *c = &g->view->inputs[column];
  return c->label.n > 0 ? c->label : c->text;
}

str analysis__region(struct grid *g, struct box box) {
  struct buf out = buf_in(g->keep);
  for (uint32_t i = 0; i < g->dim_count; i++) {
    const struct dimension *d = &g->dims[i];
    if (bits_same(box.sets[i], d->all, d->words)) continue;
    str label = label_of(g, d->columns[0]), tests = set_text(g->keep, d, box.sets[i]);
    buf_format(&out, "%s%.*s: %.*s", out.n > 0 ? "; " : "", STR_ARG(label), STR_ARG(tests));
  }
  return buf_str(&out);
}

/* ---- examples */

void analysis__example(struct grid *g, struct dmn_analysis_finding *f, const uint32_t *classes) {
  dmn_value *values = ARENA_ARRAY(g->keep, dmn_value, g->table->column_count);
  for (uint32_t c = 0; c < g->table->column_count; c++) {
    uint32_t dim = g->dim_of[c];
    values[c] = g->dims[dim].classes[classes[dim]].example;
  }
  f->example = values;
  f->example_count = g->table->column_count;
}

static str example_text(const struct grid *g, const struct dmn_analysis_finding *f) {
  struct buf out = buf_in(g->keep);
  for (uint32_t c = 0; c < f->example_count; c++)
    buf_format(&out, "%s%.*s = %.*s", c > 0 ? ", " : "", STR_ARG(label_of(g, c)),
               STR_ARG(dmn_print(g->keep, f->example[c])));
  return out.n > 0 ? buf_str(&out) : STR("-");
}

/* ---- findings */

struct dmn_analysis_finding analysis__about(struct grid *g, const char *code, uint32_t a, uint32_t b) {
  struct dmn_analysis_finding f = {
    .code = code, .node = g->node, .table = g->view, .line = g->line, .region = STR("")
  };
  uint32_t *rows = ARENA_ARRAY(g->keep, uint32_t, 2);
  if (a != UINT32_MAX) {
    rows[f.row_count++] = a + 1;
    f.line = g->view->rows[a].line;
  }
  if (b != UINT32_MAX) rows[f.row_count++] = b + 1;
  f.rows = rows;
  return f;
}

static str rows_text(struct arena *a, const struct dmn_analysis_finding *f) {
  struct buf out = buf_in(a);
  for (uint32_t i = 0; i < f->row_count; i++) buf_format(&out, "%s%u", i > 0 ? ", " : "", f->rows[i]);
  return out.n > 0 ? buf_str(&out) : STR("-");
}

void analysis__add(struct report *r, const struct grid *g, struct dmn_analysis_finding f, str detail) {
  if (r->count == r->capacity) {
    uint32_t more = r->capacity == 0 ? 16 : r->capacity * 2;
    r->items = arena_grow(r->arena, r->items, r->capacity * sizeof *r->items, more * sizeof *r->items);
    r->capacity = more;
  }
  const str arguments[] = {
    dmn_model_node(r->model, f.node)->name,
    rows_text(r->arena, &f),
    g != NULL && f.input > 0 ? label_of(g, f.input - 1) : STR(""),
    f.region.n > 0 ? f.region : STR("-"),
    g != NULL ? example_text(g, &f) : STR(""),
    detail,
  };
  struct findings texts = findings_in(r->arena);
  findings_add(&texts, STR(""), analysis__message(f.code), COUNT_OF(arguments), arguments);
  f.ja = texts.items[0].ja;
  f.en = texts.items[0].en;
  r->items[r->count++] = f;
}
