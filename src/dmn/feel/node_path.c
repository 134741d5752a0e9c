/* Paths (rule 43, table 64): an entry of a context, the entries of a list of contexts, a property of a temporal value
 * or a range. A path whose base has a known type guesses where the entry stands; a guess costs one comparison. */
#include "feel/node.h"

struct path_node {
  struct feel_node_head head;
  const struct feel_node *base;
  dmn_symbol name;
  uint32_t index;
};
struct slot_path_node {
  struct feel_node_head head;
  uint32_t slot, index;
  dmn_symbol name;
};
/* slot.outer.name: facts are grouped by one level. */
struct slot_path2_node {
  struct feel_node_head head;
  uint32_t slot, outer_index, index;
  dmn_symbol outer, name;
};

static dmn_value path_of_list(struct dmn_eval *e, dmn_value list, dmn_symbol name) {
  struct dmn_list_builder b = { .e = e };
  dmn_steps(e, list.length);
  if (++e->depth > e->budget->depth) dmn_budget_exceeded(e, "depth"); /* lists in lists in lists */
  for (uint32_t i = 0; i < list.length; i++) dmn_list_push(&b, feel_path(e, list.as.items[i], name));
  e->depth--;
  return dmn_list_done(&b);
}

static dmn_value no_such_entry(struct dmn_eval *e, dmn_symbol name) {
  return dmn_raise(e, DMN_DIAG_UNKNOWN_PATH, e->keep_unknowns ? dmn_symbol_text(e, name) : STR_NONE);
}

dmn_value feel_path(struct dmn_eval *e, dmn_value v, dmn_symbol name) {
  switch ((enum dmn_kind)v.kind) {
    case DMN_CONTEXT: {
      const dmn_value *entry = dmn_context_find(v.as.context, name);
      return entry != NULL ? *entry : no_such_entry(e, name);
    }
    case DMN_NULL: return no_such_entry(e, name);
    case DMN_LIST: return path_of_list(e, v, name);
    default: return dmn_property(e, v, name);
  }
}

static inline const dmn_value *guess(dmn_value v, dmn_symbol name, uint32_t index) {
  if (__builtin_expect(v.kind != DMN_CONTEXT, 0)) return NULL;
  const struct dmn_context *c = v.as.context;
  if (__builtin_expect(index < c->count && c->names[index] == name, 1)) return &c->values[index];
  return dmn_context_find(c, name);
}

/* Apart from the quick ways, which need not save registers for it. */
__attribute__((noinline)) static dmn_value path_slowly(struct dmn_eval *e, const struct feel_node *self, dmn_value v,
                                                       dmn_symbol name) {
  e->at = self;
  return feel_path(e, v, name);
}

static dmn_value run_path(struct dmn_eval *e, const struct feel_node *self) {
  const struct path_node *n = FEEL_NODE_AS(path_node, self);
  dmn_value v = feel_run(e, n->base);
  const dmn_value *entry = guess(v, n->name, n->index);
  if (entry != NULL) return *entry;
  e->at = self;
  return feel_path(e, v, n->name);
}

static dmn_value run_slot_path(struct dmn_eval *e, const struct feel_node *self) {
  const struct slot_path_node *n = FEEL_NODE_AS(slot_path_node, self);
  dmn_value v = e->slots[n->slot];
  if (__builtin_expect(v.kind == DMN_CONTEXT, 1)) {
    const struct dmn_context *c = v.as.context;
    if (__builtin_expect(n->index < c->count && c->names[n->index] == n->name, 1)) return c->values[n->index];
  }
  return path_slowly(e, self, v, n->name);
}

static dmn_value run_slot_path2(struct dmn_eval *e, const struct feel_node *self) {
  const struct slot_path2_node *n = FEEL_NODE_AS(slot_path2_node, self);
  const dmn_value *v = guess(e->slots[n->slot], n->outer, n->outer_index);
  const dmn_value *entry = v == NULL ? NULL : guess(*v, n->name, n->index);
  if (entry != NULL) return *entry;
  e->at = self;
  return feel_path(e, v != NULL ? *v : feel_path(e, e->slots[n->slot], n->outer), n->name);
}

static const struct feel_node *slot_path(struct feel_compiler *c, const struct feel_node *base, dmn_symbol name,
                                         uint32_t index, const struct dmn_type *type, struct feel_place at) {
  struct slot_path_node *n = FEEL_NEW(c, slot_path_node, run_slot_path, type, at);
  n->slot = FEEL_NODE_AS(feel_slot_node, base)->slot;
  n->name = name;
  n->index = index;
  return (const struct feel_node *)(const void *)n;
}

static const struct feel_node *slot_path2(struct feel_compiler *c, const struct feel_node *base, dmn_symbol name,
                                          uint32_t index, const struct dmn_type *type, struct feel_place at) {
  const struct slot_path_node *outer = FEEL_NODE_AS(slot_path_node, base);
  struct slot_path2_node *n = FEEL_NEW(c, slot_path2_node, run_slot_path2, type, at);
  n->slot = outer->slot;
  n->outer = outer->name;
  n->outer_index = outer->index;
  n->name = name;
  n->index = index;
  return (const struct feel_node *)(const void *)n;
}

const struct feel_node *feel_make_path(struct feel_compiler *c, const struct feel_node *base, dmn_symbol name,
                                       uint32_t index, const struct dmn_type *type, struct feel_place at) {
  if (base->head.run == feel_run_slot) return slot_path(c, base, name, index, type, at);
  if (base->head.run == run_slot_path) return slot_path2(c, base, name, index, type, at);
  struct path_node *n = FEEL_NEW(c, path_node, run_path, type, at);
  n->base = base;
  n->name = name;
  n->index = index;
  feel_node_part(n, base);
  dmn_value v;
  return feel_constant(base, &v) ? feel_fold(c, (const struct feel_node *)(const void *)n)
                                 : (const struct feel_node *)(const void *)n;
}

bool feel_root_slot(const struct feel_node *code, uint32_t *slot) {
  while (code->head.run == run_path) code = FEEL_NODE_AS(path_node, code)->base;
  if (code->head.run == feel_run_slot) *slot = FEEL_NODE_AS(feel_slot_node, code)->slot;
  else if (code->head.run == run_slot_path) *slot = FEEL_NODE_AS(slot_path_node, code)->slot;
  else if (code->head.run == run_slot_path2) *slot = FEEL_NODE_AS(slot_path2_node, code)->slot;
  else return false;
  return true;
}
