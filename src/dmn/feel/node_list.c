/* Lists, contexts and filters (rules 50, 53, 54, 57; 10.3.2.5, 10.3.2.6). */
#include "feel/node.h"

/* ---- lists */
struct list_node {
  struct feel_node_head head;
  uint32_t count;
  const struct feel_node *items[];
};

static dmn_value run_list(struct dmn_eval *e, const struct feel_node *self) {
  const struct list_node *n = FEEL_NODE_AS(list_node, self);
  dmn_value *items = ARENA_ARRAY(e->arena, dmn_value, n->count);
  for (uint32_t i = 0; i < n->count; i++) items[i] = feel_run(e, n->items[i]);
  return dmn_list(items, n->count);
}

/* The one type of all parts, or NULL where they differ or are unknown. */
static const struct dmn_type *common_type(const struct feel_node *const *parts, uint32_t count) {
  const struct dmn_type *t = count == 0 ? dmn_type_of_kind(DMN_NULL) : parts[0]->head.type;
  for (uint32_t i = 1; t != NULL && i < count; i++) {
    const struct dmn_type *other = parts[i]->head.type;
    if (other == NULL || !dmn_type_within(other, t) || !dmn_type_within(t, other)) return NULL;
  }
  return t;
}

const struct feel_node *feel_make_list(struct feel_compiler *c, const struct feel_node *const *items, uint32_t count,
                                       struct feel_place at) {
  const struct dmn_type *type = dmn_type_list_of(c->arena, common_type(items, count));
  struct list_node *n = feel_node_new(c, sizeof *n + count * sizeof(struct feel_node *), run_list, type, at);
  bool known = true;
  dmn_value v;
  n->count = count;
  for (uint32_t i = 0; i < count; i++) {
    n->items[i] = items[i];
    feel_node_part(n, items[i]);
    known = known && feel_constant(items[i], &v);
  }
  const struct feel_node *made = (const struct feel_node *)(const void *)n;
  return known ? feel_fold(c, made) : made;
}

/* ---- contexts: entries see earlier ones through their slots; all of one node share their names */
struct context_node {
  struct feel_node_head head;
  uint32_t count;
  const dmn_symbol *names;
  const struct feel_node *const *values;
  const uint32_t *slots; /* FEEL_NO_SLOT: nobody looks */
  const struct dmn_symbols *symbols;
};

static dmn_value run_context(struct dmn_eval *e, const struct feel_node *self) {
  const struct context_node *n = FEEL_NODE_AS(context_node, self);
  dmn_value *values = ARENA_ARRAY(e->arena, dmn_value, n->count);
  for (uint32_t i = 0; i < n->count; i++) {
    values[i] = feel_run(e, n->values[i]);
    if (n->slots[i] != FEEL_NO_SLOT) e->slots[n->slots[i]] = values[i];
  }
  struct dmn_context *made = arena_alloc(e->arena, sizeof *made);
  *made = (struct dmn_context){ .count = n->count, .names = n->names, .values = values, .symbols = n->symbols };
  return dmn__context_value(made);
}

static const struct dmn_type *context_type(struct feel_compiler *c, const dmn_symbol *names,
                                           const struct feel_node *const *values, uint32_t count) {
  struct dmn_type_entry *entries = ARENA_ARRAY(c->arena, struct dmn_type_entry, count);
  for (uint32_t i = 0; i < count; i++) entries[i] = (struct dmn_type_entry){ names[i], values[i]->head.type };
  return dmn_type_context_of(c->arena, entries, count);
}

const struct feel_node *feel_make_context(struct feel_compiler *c, const dmn_symbol *names,
                                          const struct feel_node *const *values, const uint32_t *slots, uint32_t count,
                                          struct feel_place at) {
  struct context_node *n = FEEL_NEW(c, context_node, run_context, context_type(c, names, values, count), at);
  bool known = true;
  dmn_value v;
  n->count = count;
  n->names = names;
  n->values = values;
  n->slots = slots;
  n->symbols = c->symbols;
  for (uint32_t i = 0; i < count; i++) {
    feel_node_part(n, values[i]);
    known = known && slots[i] == FEEL_NO_SLOT && feel_constant(values[i], &v);
  }
  const struct feel_node *made = (const struct feel_node *)(const void *)n;
  return known ? feel_fold(c, made) : made;
}

/* ---- filters */

static dmn_value item_at(struct dmn_eval *e, dmn_value list, dmn_value index) {
  int64_t i;
  if (dmn_to_int64(index, &i)) {
    if (i > 0 && i <= (int64_t)list.length) return list.as.items[i - 1];
    if (i < 0 && i >= -(int64_t)list.length) return list.as.items[(int64_t)list.length + i];
  }
  return dmn_raise(e, DMN_DIAG_OUT_OF_LIST, e->keep_unknowns ? dmn_number_print(e->arena, index) : STR_NONE);
}

/* A filter works on a list; any other value but null is a list of one (10.3.2.9.4). */
static dmn_value as_list(struct dmn_eval *e, dmn_value v) { return v.kind == DMN_LIST ? v : dmn_list_of(e, &v, 1); }

/* The condition for one element. A number means that the filter is an index: it is answered in *out at once. */
enum filtering { KEEP, DROP, INDEX, WRONG };
static enum filtering try_element(struct dmn_eval *e, dmn_value element, uint32_t slot,
                                  const struct feel_node *condition, dmn_value *seen) {
  dmn_step(e);
  e->slots[slot] = element;
  dmn_value v = feel_run(e, condition);
  if (v.kind == DMN_BOOLEAN) return v.as.truth ? KEEP : DROP;
  *seen = v;
  if (v.kind == DMN_NUMBER) return INDEX;
  return v.kind == DMN_NULL ? DROP : WRONG;
}

/* An empty list: null where the filter turns out to be an index, else empty. Trying that on no element says nothing. */
static dmn_value of_nothing(struct dmn_eval *e, dmn_value list, uint32_t slot, const struct feel_node *condition) {
  if (condition->head.type != NULL && condition->head.type->kind == DMN_TYPE_BOOLEAN) return list;
  uint32_t faults = e->fault_count, unknowns = e->unknown_count, kept = e->diagnostic_count;
  dmn_value seen = dmn_null();
  bool index = try_element(e, dmn_null(), slot, condition, &seen) == INDEX;
  e->fault_count = faults;
  e->unknown_count = unknowns;
  e->diagnostic_count = kept;
  return index ? item_at(e, list, seen) : list;
}

#define FEW_KEPT 16u /* room for these is made at once; most filters of long lists keep few */

static dmn_value filter(struct dmn_eval *e, const struct feel_node *self, dmn_value v, uint32_t slot,
                        const struct feel_node *condition, bool boxed) {
  if (v.kind == DMN_NULL) return dmn_raise(e, DMN_DIAG_UNKNOWN_OPERAND, STR_NONE);
  dmn_value list = as_list(e, v), seen = dmn_null();
  if (list.length == 0) return boxed ? list : of_nothing(e, list, slot, condition);
  struct dmn_list_builder b = { .e = e };
  for (uint32_t i = 0; i < list.length; i++) {
    enum filtering f = try_element(e, list.as.items[i], slot, condition, &seen);
    if (f == KEEP) {
      if (b.items == NULL) dmn_list_room(&b, list.length - i < FEW_KEPT ? list.length - i : FEW_KEPT);
      dmn_list_push(&b, list.as.items[i]);
    }
    if (f < INDEX) continue;
    e->at = self;
    if (f == INDEX && !boxed && i == 0) return item_at(e, list, seen);
    dmn_value fault = dmn_raise(e, DMN_DIAG_TYPE, str_of(dmn_kind_name(seen.kind)));
    if (boxed) return fault;
  }
  return dmn_list_done(&b);
}

dmn_value feel_filter(struct dmn_eval *e, dmn_value list, uint32_t slot, const struct feel_node *condition) {
  return filter(e, e->at, list, slot, condition, true);
}

static dmn_value run_filter(struct dmn_eval *e, const struct feel_node *self) {
  const struct feel_filter_node *n = FEEL_NODE_AS(feel_filter_node, self);
  dmn_value v = feel_run(e, n->list);
  e->at = self;
  return filter(e, self, v, n->slot, n->condition, false);
}

/* list[1], list[-1]: no loop at all. */
static dmn_value run_index(struct dmn_eval *e, const struct feel_node *self) {
  const struct feel_filter_node *n = FEEL_NODE_AS(feel_filter_node, self);
  dmn_value v = feel_run(e, n->list);
  dmn_value index = feel_run(e, n->condition);
  e->at = self;
  if (v.kind == DMN_NULL || index.kind == DMN_NULL) return dmn_raise(e, DMN_DIAG_UNKNOWN_OPERAND, STR_NONE);
  return item_at(e, as_list(e, v), index);
}

const struct dmn_type *feel_item_type(const struct dmn_type *t) {
  const struct dmn_type *of = t != NULL && t->kind == DMN_TYPE_LIST ? t->of : t;
  return of != NULL && of->kind <= DMN_TYPE_NULL ? NULL : of;
}

/* What is left of a list has its items' type, but need not be what the list as a whole must be. */
static const struct dmn_type *kept_type(struct feel_compiler *c, const struct dmn_type *list) {
  bool same = list != NULL && list->kind == DMN_TYPE_LIST && list->constraint == NULL;
  return same ? list : dmn_type_list_of(c->arena, feel_item_type(list));
}

const struct feel_node *feel_make_filter(struct feel_compiler *c, const struct feel_node *list, uint32_t slot,
                                         const struct feel_node *condition, struct feel_place at) {
  dmn_value v;
  bool index = feel_constant(condition, &v) && v.kind == DMN_NUMBER;
  const struct dmn_type *of = list->head.type;
  bool boolean = condition->head.type != NULL && condition->head.type->kind == DMN_TYPE_BOOLEAN;
  const struct dmn_type *type = index ? feel_item_type(of) : boolean ? kept_type(c, of) : NULL;
  struct feel_filter_node *n = FEEL_NEW(c, feel_filter_node, index ? run_index : run_filter, type, at);
  n->list = list;
  n->slot = slot;
  n->condition = condition;
  feel_node_part(n, list);
  feel_node_part(n, condition);
  const struct feel_node *made = (const struct feel_node *)(const void *)n;
  return index && feel_constant(list, &v) ? feel_fold(c, made) : made;
}

const struct feel_filter_node *feel_as_filter_node(const struct feel_node *n) {
  return n->head.run == run_filter ? FEEL_NODE_AS(feel_filter_node, n) : NULL;
}

bool feel_count_kept(struct dmn_eval *e, const struct feel_filter_node *f, dmn_value *out) {
  dmn_value v = feel_run(e, f->list), seen = dmn_null();
  if (v.kind != DMN_LIST) {
    *out = v;
    return false;
  }
  int64_t kept = 0;
  for (uint32_t i = 0; i < v.length; i++) {
    enum filtering one = try_element(e, v.as.items[i], f->slot, f->condition, &seen);
    if (one >= INDEX) {
      *out = v;
      return false;
    }
    kept += one == KEEP;
  }
  *out = dmn_integer(kept);
  return true;
}
