/* contexts: table 81. Keys are strings as they are, not normalised as names in texts are. */
#include "builtin/functions.h"

#include "value/compare.h"

/* ---- reading */
static const dmn_value *find(struct dmn_eval *e, const struct dmn_context *c, str key) {
  dmn_symbol name = dmn_symbols_find_exact(dmn_names(e), key);
  return name != DMN_SYM_NONE ? dmn_context_find(c, name) : NULL;
}

dmn_value builtin__get_value(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  const dmn_value *v = find(e, a[0].as.context, dmn_text(a[1]));
  return v != NULL ? *v : dmn_raise(e, DMN_DIAG_UNKNOWN_PATH, dmn_text(a[1]));
}

dmn_value builtin__get_entries(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  static const dmn_symbol names[] = { DMN_SYM_KEY, DMN_SYM_VALUE };
  const struct dmn_context *c = a[0].as.context;
  struct dmn_list_builder list = { .e = e };
  dmn_steps(e, c->count);
  for (uint32_t i = 0; i < c->count; i++) {
    dmn_value pair[] = { dmn_string(dmn_symbols_text(c->symbols, c->names[i])), c->values[i] };
    dmn_list_push(&list, dmn_context_new(e, names, pair, 2));
  }
  return dmn_list_done(&list);
}

/* ---- building: entries in the order in which they first came; a small table finds one by its name */
struct entries {
  struct dmn_eval *e;
  dmn_symbol *names;
  dmn_value *values;
  uint32_t count, capacity;
  uint32_t *slots, slot_count;
};

static uint32_t slot_of(const struct entries *n, dmn_symbol name) {
  uint32_t at = (name * 2654435761u) & (n->slot_count - 1);
  while (n->slots[at] != 0 && n->names[n->slots[at] - 1] != name) at = (at + 1) & (n->slot_count - 1);
  return at;
}

static void widen(struct entries *n) {
  uint32_t capacity = n->capacity == 0 ? 8 : n->capacity * 2;
  struct arena *a = n->e->arena;
  if (capacity > n->e->budget->list_items * 2ull) dmn_budget_exceeded(n->e, "list items");
  n->names = arena_grow(a, n->names, n->capacity * sizeof *n->names, capacity * sizeof *n->names);
  n->values = arena_grow(a, n->values, n->capacity * sizeof *n->values, capacity * sizeof *n->values);
  n->capacity = capacity;
  n->slot_count = capacity * 2;
  n->slots = arena_zalloc(a, n->slot_count * sizeof *n->slots);
  for (uint32_t i = 0; i < n->count; i++) n->slots[slot_of(n, n->names[i])] = i + 1;
}

/* False: the name was there, and its value has been replaced. */
static bool put(struct entries *n, dmn_symbol name, dmn_value v) {
  if (n->count == n->capacity) widen(n);
  dmn_step(n->e);
  uint32_t at = slot_of(n, name);
  if (n->slots[at] != 0) {
    n->values[n->slots[at] - 1] = v;
    return false;
  }
  n->names[n->count] = name;
  n->values[n->count] = v;
  n->slots[at] = ++n->count;
  return true;
}

static void put_all(struct entries *n, const struct dmn_context *c) {
  for (uint32_t i = 0; i < c->count; i++) put(n, c->names[i], c->values[i]);
}

static dmn_value done(const struct entries *n) { return dmn_context_new(n->e, n->names, n->values, n->count); }

dmn_value builtin__context(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  struct entries n = { .e = e };
  for (uint32_t i = 0; i < a[0].length; i++) {
    dmn_value item = a[0].as.items[i];
    if (item.kind != DMN_CONTEXT) return builtin__bad_item(e, item);
    const dmn_value *key = dmn_context_find(item.as.context, DMN_SYM_KEY);
    const dmn_value *value = dmn_context_find(item.as.context, DMN_SYM_VALUE);
    if (key == NULL || value == NULL) return builtin__domain(e, "entries");
    if (key->kind != DMN_STRING) return builtin__bad_item(e, *key);
    if (!put(&n, dmn_intern_exact(e, dmn_text(*key)), *value)) return dmn_raise(e, DMN_DIAG_DOMAIN, dmn_text(*key));
  }
  return done(&n);
}

dmn_value builtin__context_merge(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  struct entries n = { .e = e };
  for (uint32_t i = 0; i < a[0].length; i++) {
    if (a[0].as.items[i].kind != DMN_CONTEXT) return builtin__bad_item(e, a[0].as.items[i]);
    put_all(&n, a[0].as.items[i].as.context);
  }
  return done(&n);
}

static dmn_value put_one(struct dmn_eval *e, const struct dmn_context *c, str key, dmn_value v) {
  struct entries n = { .e = e };
  put_all(&n, c);
  put(&n, dmn_intern_exact(e, key), v);
  return done(&n);
}

dmn_value builtin__context_put(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return put_one(e, a[0].as.context, dmn_text(a[1]), a[2]);
}

/* The path down: every step but the last must lead to a context. */
static dmn_value put_nested(struct dmn_eval *e, dmn_value context, const dmn_value *keys, uint32_t count, dmn_value v,
                            uint32_t level) {
  if (level == NESTING_MOST) dmn_budget_exceeded(e, "depth");
  if (context.kind != DMN_CONTEXT) return dmn_raise_operand(e, context);
  if (keys[0].kind != DMN_STRING) return builtin__bad_item(e, keys[0]);
  if (count > 1) {
    const dmn_value *inner = find(e, context.as.context, dmn_text(keys[0]));
    uint32_t faults = e->fault_count, unknowns = e->unknown_count;
    v = put_nested(e, inner != NULL ? *inner : dmn_null(), keys + 1, count - 1, v, level + 1);
    if (e->fault_count != faults || e->unknown_count != unknowns) return dmn_null();
  }
  return put_one(e, context.as.context, dmn_text(keys[0]), v);
}

dmn_value builtin__context_put_keys(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  if (a[1].kind == DMN_STRING) return builtin__context_put(e, a, 3);
  if (a[1].length == 0) return builtin__domain(e, "keys");
  return put_nested(e, a[0], a[1].as.items, a[1].length, a[2], 0);
}
