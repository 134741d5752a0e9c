/* domain: the values that an input may have, cut into atoms. Which values: the static type of the input's expression, the
 * type that the column declares, and its list of values, each as far as it is literal. Where to cut: at every literal of
 * every cell and of those lists. */
#include "analysis/analysis.h"

#include <stdlib.h>

/* ---- which values */

static int kind_of_type(const struct dmn_type *t) {
  static const int kinds[] = {
    [DMN_TYPE_ANY] = -1,
    [DMN_TYPE_NULL] = -1,
    [DMN_TYPE_BOOLEAN] = DMN_BOOLEAN,
    [DMN_TYPE_NUMBER] = DMN_NUMBER,
    [DMN_TYPE_STRING] = DMN_STRING,
    [DMN_TYPE_DATE] = DMN_DATE,
    [DMN_TYPE_TIME] = DMN_TIME,
    [DMN_TYPE_DATE_TIME] = DMN_DATE_TIME,
    [DMN_TYPE_DAYS_DURATION] = DMN_DAYS_DURATION,
    [DMN_TYPE_MONTHS_DURATION] = DMN_MONTHS_DURATION,
    [DMN_TYPE_LIST] = DMN_LIST,
    [DMN_TYPE_CONTEXT] = DMN_CONTEXT,
    [DMN_TYPE_RANGE] = DMN_RANGE,
    [DMN_TYPE_FUNCTION] = DMN_FUNCTION,
  };
  return t == NULL ? -1 : kinds[t->kind];
}

/* Facts from outside may be unknown; what the model computes, or a function is given, need not be. */
static bool is_fact(const struct grid *g, const struct feel_node *code) {
  const struct dmn_model *m = g->model;
  uint32_t slot;
  if (m->nodes[g->node].info.kind != DMN_NODE_DECISION || !feel_root_slot(code, &slot)) return false;
  return slot < m->node_count && m->nodes[slot].info.kind == DMN_NODE_INPUT; /* slot i of a decision is node i */
}

struct domain analysis__domain(const struct grid *g, uint32_t column) {
  const struct table_column *c = &g->table->columns[column];
  const struct feel_node *inner = model__untyped(c->expression);
  return (struct domain){
    .types = { feel_type(c->expression), inner == c->expression ? NULL : feel_type(inner) },
    .values = c->cells[g->rows],
    .never_null = feel_never_null(inner),
    .is_fact = is_fact(g, inner),
  };
}

int analysis__domain_kind(const struct domain *d) {
  int kind = kind_of_type(d->types[0]);
  return kind >= 0 ? kind : kind_of_type(d->types[1]);
}

/* Does a list of allowed values let the value pass; one that is not literal, or absent, says nothing. */
static bool passes(struct grid *g, const struct feel_tests *t, dmn_value v) {
  struct feel_literals ignored;
  if (t == NULL || !feel_tests_literals(t, &ignored)) return true;
  return dmn_is_true(feel_tests_against(g->eval, t, v));
}

/* Of a list type the allowed values are those of its items. */
bool analysis__in_domain(struct grid *g, const struct domain *d, dmn_value v) {
  if (v.kind == DMN_NULL && d->never_null) return false;
  for (size_t i = 0; i < COUNT_OF(d->types); i++) {
    const struct dmn_type *t = d->types[i];
    if (t == NULL || t->kind == DMN_TYPE_LIST) continue;
    if (!passes(g, t->allowed_values, v) || !passes(g, t->constraint, v)) return false;
  }
  return passes(g, d->values, v);
}

/* ---- where to cut */

struct points {
  struct grid *grid;
  dmn_value *items;
  uint32_t count, capacity;
  bool unordered, foreign, ranges;
};

static bool scalar(dmn_value v) { return v.kind >= DMN_NUMBER && v.kind <= DMN_MONTHS_DURATION; }

static void add_point(struct points *p, dmn_value v) {
  if (v.kind == DMN_BOOLEAN || v.kind == DMN_NULL) return;
  if (!scalar(v)) {
    p->foreign = true;
    return;
  }
  if (p->count == p->capacity) {
    uint32_t more = p->capacity == 0 ? 16 : p->capacity * 2;
    p->items = arena_grow(p->grid->arena, p->items, p->capacity * sizeof *p->items, more * sizeof *p->items);
    p->capacity = more;
  }
  p->items[p->count++] = v;
}

static void add_tests(struct points *p, const struct feel_tests *t) {
  struct feel_literals l;
  if (t == NULL || !feel_tests_literals(t, &l)) return;
  for (uint32_t i = 0; i < l.count; i++) {
    const struct feel_interval *one = &l.items[i];
    if (one->has_start) add_point(p, one->start);
    if (one->has_end) add_point(p, one->end);
    bool point = one->has_start && one->has_end && dmn_same(one->start, one->end);
    p->ranges = p->ranges || !point;
  }
}

static void add_column(struct points *p, uint32_t column) {
  const struct table_column *c = &p->grid->table->columns[column];
  for (uint32_t row = 0; row <= p->grid->rows; row++) add_tests(p, c->cells[row]);
  struct domain d = analysis__domain(p->grid, column);
  for (size_t i = 0; i < COUNT_OF(d.types); i++) {
    if (d.types[i] == NULL || d.types[i]->kind == DMN_TYPE_LIST) continue;
    add_tests(p, d.types[i]->allowed_values);
    add_tests(p, d.types[i]->constraint);
  }
}

/* By kind, then by value. */
static int compare(const void *a, const void *b, void *context) {
  struct points *p = context;
  const dmn_value *x = a, *y = b;
  int order = 0;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  if (!dmn_order(p->grid->eval, *x, *y, &order)) p->unordered = true;
  return order;
}

static void sort(struct points *p) {
  if (p->count == 0) return;
  qsort_r(p->items, p->count, sizeof *p->items, compare, p);
  uint32_t kept = 1;
  for (uint32_t i = 1; i < p->count; i++)
    if (compare(&p->items[i], &p->items[kept - 1], p) != 0) p->items[kept++] = p->items[i];
  p->count = kept;
}

/* ---- atoms */

struct atoms {
  struct grid *grid;
  const struct dimension *dim;
  struct atom *items;
  uint32_t count;
};

/* Only values that every column of the dimension may have. */
static void add_atom(struct atoms *a, struct atom atom) {
  for (uint32_t i = 0; i < a->dim->column_count; i++) {
    struct domain d = analysis__domain(a->grid, a->dim->columns[i]);
    if (!analysis__in_domain(a->grid, &d, atom.value)) return;
  }
  a->items[a->count++] = atom;
}

static void add_between(struct atoms *a, int kind, dmn_value low, dmn_value high) {
  dmn_value v;
  if (!analysis__between(a->grid, kind, low, high, &v)) return;
  add_atom(a, (struct atom){ .kind = ATOM_BETWEEN, .value = v, .low = low, .high = high });
}

static bool is_point(const struct points *p, uint32_t from, uint32_t to, str text) {
  for (uint32_t i = from; i < to; i++)
    if (str_eq(dmn_text(p->items[i]), text)) return true;
  return false;
}

static void add_other_string(struct atoms *a, const struct points *p, uint32_t from, uint32_t to) {
  str text = STR("other");
  while (is_point(p, from, to, text)) text = str_format(a->grid->keep, "%.*s_", STR_ARG(text));
  add_atom(a, (struct atom){ .kind = ATOM_OTHER, .value = dmn_string(text) });
}

/* The points of one kind, and what lies around them. */
static void add_kind(struct atoms *a, const struct points *p, uint32_t from, uint32_t to) {
  int kind = p->items[from].kind;
  bool words = kind == DMN_STRING && !p->ranges;
  for (uint32_t i = from; i < to; i++) {
    if (!words) add_between(a, kind, i == from ? dmn_null() : p->items[i - 1], p->items[i]);
    add_atom(a, (struct atom){ .kind = ATOM_POINT, .value = p->items[i] });
  }
  if (words)
    add_other_string(a, p, from, to);
  else
    add_between(a, kind, p->items[to - 1], dmn_null());
}

static bool tests_booleans(const struct grid *g, const struct dimension *d) {
  for (uint32_t i = 0; i < d->column_count; i++) {
    for (uint32_t row = 0; row <= g->rows; row++) {
      struct feel_literals l;
      const struct feel_tests *t = g->table->columns[d->columns[i]].cells[row];
      if (t != NULL && feel_tests_literals(t, &l) && l.count > 0 && l.items[0].start.kind == DMN_BOOLEAN) return true;
    }
  }
  return false;
}

static void add_values(struct atoms *a, const struct points *p, int kind) {
  bool any = kind < 0, found = false;
  if (kind == DMN_BOOLEAN || (any && tests_booleans(a->grid, a->dim))) {
    add_atom(a, (struct atom){ .kind = ATOM_POINT, .value = dmn_boolean(true) });
    add_atom(a, (struct atom){ .kind = ATOM_POINT, .value = dmn_boolean(false) });
    found = true;
  }
  for (uint32_t from = 0, to; from < p->count; from = to) {
    for (to = from; to < p->count && p->items[to].kind == p->items[from].kind; to++) {}
    if (!any && p->items[from].kind != kind) continue; /* of another type: no value of the input */
    add_kind(a, p, from, to);
    found = true;
  }
  if (!found) add_atom(a, (struct atom){ .kind = ATOM_ANY, .value = analysis__sample(kind) });
}

static bool names_null(const struct feel_tests *t) {
  struct feel_literals l;
  return t != NULL && feel_tests_literals(t, &l) && l.matches_null;
}

static bool speaks_of_null(const struct grid *g, uint32_t column, const struct domain *d) {
  for (uint32_t row = 0; row <= g->rows; row++)
    if (names_null(g->table->columns[column].cells[row])) return true;
  for (size_t i = 0; i < COUNT_OF(d->types); i++)
    if (d->types[i] != NULL && (names_null(d->types[i]->allowed_values) || names_null(d->types[i]->constraint)))
      return true;
  return d->is_fact;
}

void analysis__atoms(struct grid *g, struct dimension *d) {
  struct points p = { .grid = g };
  int kind = -1;
  d->null_doubtful = true;
  for (uint32_t i = 0; i < d->column_count; i++) {
    add_column(&p, d->columns[i]);
    struct domain domain = analysis__domain(g, d->columns[i]);
    if (kind < 0) kind = analysis__domain_kind(&domain);
    if (speaks_of_null(g, d->columns[i], &domain)) d->null_doubtful = false;
  }
  sort(&p);
  d->opaque = p.unordered || p.foreign || kind >= DMN_LIST;
  struct atoms a = { g, d, ARENA_ARRAY(g->arena, struct atom, 2 * (size_t)p.count + 8 + 2 * DMN_FUNCTION), 0 };
  if (d->opaque)
    add_atom(&a, (struct atom){ .kind = ATOM_ANY, .value = analysis__sample(kind) });
  else
    add_values(&a, &p, kind);
  add_atom(&a, (struct atom){ .kind = ATOM_NULL, .value = dmn_null() });
  if (a.count == 0) { /* types that contradict one another: nothing is known */
    d->opaque = true;
    a.items[a.count++] = (struct atom){ .kind = ATOM_ANY, .value = analysis__sample(kind) };
  }
  d->atoms = a.items;
  d->atom_count = a.count;
}
