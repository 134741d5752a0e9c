/* Three-valued logic (tables 50, 51), if, between, instance of (table 61). Anything that is neither true nor false
 * counts as "otherwise"; a null that comes of it tells whether something was unknown or of a wrong type. */
#include "feel/node.h"

struct parts_node {
  struct feel_node_head head;
  uint32_t count;
  const struct feel_node *parts[];
};
struct three_node {
  struct feel_node_head head;
  const struct feel_node *a, *b, *c;
};
struct instance_node {
  struct feel_node_head head;
  const struct feel_node *v;
  const struct dmn_type *type;
};

static dmn_value otherwise(struct dmn_eval *e, const struct feel_node *self, bool wrong, dmn_value seen) {
  e->at = self;
  return wrong ? dmn_raise(e, DMN_DIAG_TYPE, str_of(dmn_kind_name(seen.kind)))
               : dmn_raise(e, DMN_DIAG_UNKNOWN_CONDITION, STR_NONE);
}

/* `decisive` ends it: false for `and`, true for `or`. */
static inline dmn_value run_logic(struct dmn_eval *e, const struct feel_node *self, bool decisive) {
  const struct parts_node *n = FEEL_NODE_AS(parts_node, self);
  bool unknown = false, wrong = false;
  dmn_value seen = dmn_null();
  for (uint32_t i = 0; i < n->count; i++) {
    dmn_value v = feel_run(e, n->parts[i]);
    if (v.kind == DMN_BOOLEAN) {
      if (v.as.truth == decisive) return v;
      continue;
    }
    unknown = true;
    if (v.kind != DMN_NULL) {
      wrong = true;
      seen = v;
    }
  }
  return unknown ? otherwise(e, self, wrong, seen) : dmn_boolean(!decisive);
}

static dmn_value run_and(struct dmn_eval *e, const struct feel_node *self) { return run_logic(e, self, false); }

static dmn_value run_or(struct dmn_eval *e, const struct feel_node *self) { return run_logic(e, self, true); }

const struct feel_node *feel_make_logic(struct feel_compiler *c, bool conjunction, const struct feel_node *const *parts,
                                        uint32_t count, struct feel_place at) {
  size_t size = sizeof(struct parts_node) + count * sizeof(struct feel_node *);
  struct parts_node *n = feel_node_new(c, size, conjunction ? run_and : run_or, dmn_type_of_kind(DMN_BOOLEAN), at);
  bool known = true;
  dmn_value v;
  n->count = count;
  for (uint32_t i = 0; i < count; i++) {
    n->parts[i] = parts[i];
    feel_node_part(n, parts[i]);
    known = known && feel_constant(parts[i], &v);
  }
  const struct feel_node *made = (const struct feel_node *)(const void *)n;
  return known ? feel_fold(c, made) : made;
}

/* ---- not */
static dmn_value run_not(struct dmn_eval *e, const struct feel_node *self) {
  dmn_value v = feel_run(e, FEEL_NODE_AS(three_node, self)->a);
  if (v.kind == DMN_LIST && v.length == 1) v = v.as.items[0]; /* from singleton list (10.3.2.9.4) */
  if (v.kind == DMN_BOOLEAN) return dmn_boolean(!v.as.truth);
  return otherwise(e, self, v.kind != DMN_NULL, v);
}

const struct feel_node *feel_make_not(struct feel_compiler *c, const struct feel_node *operand, struct feel_place at) {
  struct three_node *n = FEEL_NEW(c, three_node, run_not, dmn_type_of_kind(DMN_BOOLEAN), at);
  n->a = operand;
  feel_node_part(n, operand);
  dmn_value v;
  const struct feel_node *made = (const struct feel_node *)(const void *)n;
  return feel_constant(operand, &v) ? feel_fold(c, made) : made;
}

/* ---- if: whatever is not true takes the other branch; a condition of a wrong type is a fault all the same */
static dmn_value run_if(struct dmn_eval *e, const struct feel_node *self) {
  const struct three_node *n = FEEL_NODE_AS(three_node, self);
  dmn_value condition = feel_run(e, n->a);
  if (dmn_is_true(condition)) return feel_run(e, n->b);
  if (__builtin_expect(condition.kind > DMN_BOOLEAN, 0)) (void)otherwise(e, self, true, condition);
  return feel_run(e, n->c);
}

const struct feel_node *feel_make_if(struct feel_compiler *c, const struct feel_node *condition,
                                     const struct feel_node *then, const struct feel_node *other,
                                     struct feel_place at) {
  const struct dmn_type *type = then->head.type != NULL && then->head.type == other->head.type ? then->head.type : NULL;
  struct three_node *n = FEEL_NEW(c, three_node, run_if, type, at);
  n->a = condition;
  n->b = then;
  n->c = other;
  feel_node_part(n, condition);
  feel_node_part(n, then);
  feel_node_part(n, other);
  return (const struct feel_node *)(const void *)n;
}

/* ---- between: e1 >= e2 and e1 <= e3 */
static dmn_value run_between(struct dmn_eval *e, const struct feel_node *self) {
  const struct three_node *n = FEEL_NODE_AS(three_node, self);
  dmn_value v = feel_run(e, n->a), low = feel_run(e, n->b), high = feel_run(e, n->c);
  e->at = self;
  dmn_value above = dmn_compare(e, DMN_GREATER_EQUAL, v, low);
  if (dmn_is_false(above)) return above;
  dmn_value below = dmn_compare(e, DMN_LESS_EQUAL, v, high);
  return dmn_is_true(above) || dmn_is_false(below) ? below : above;
}

const struct feel_node *feel_make_between(struct feel_compiler *c, const struct feel_node *v,
                                          const struct feel_node *low, const struct feel_node *high,
                                          struct feel_place at) {
  struct three_node *n = FEEL_NEW(c, three_node, run_between, dmn_type_of_kind(DMN_BOOLEAN), at);
  n->a = v;
  n->b = low;
  n->c = high;
  feel_node_part(n, v);
  feel_node_part(n, low);
  feel_node_part(n, high);
  return (const struct feel_node *)(const void *)n;
}

/* ---- instance of */
static dmn_value run_instance(struct dmn_eval *e, const struct feel_node *self) {
  const struct instance_node *n = FEEL_NODE_AS(instance_node, self);
  dmn_value v = feel_run(e, n->v);
  e->at = self;
  return dmn_boolean(dmn_type_instance(e, n->type, v));
}

const struct feel_node *feel_make_instance(struct feel_compiler *c, const struct feel_node *v,
                                           const struct dmn_type *type, struct feel_place at) {
  struct instance_node *n = FEEL_NEW(c, instance_node, run_instance, dmn_type_of_kind(DMN_BOOLEAN), at);
  n->v = v;
  n->type = type;
  feel_node_part(n, v);
  return (const struct feel_node *)(const void *)n;
}
