/* Ranges as values (10.3.2.7): `[a..b)`, `> a`, and all that lies between. As the right side of a test they are never
 * made: node_test.c compares with their ends. */
#include "feel/node.h"

static dmn_value range_value(struct dmn_eval *e, struct dmn_range r) {
  struct dmn_range *made = arena_alloc(e->arena, sizeof *made);
  *made = r;
  return (dmn_value){ .kind = DMN_RANGE, .as.range = made };
}

static bool may_bound(dmn_value v) {
  switch ((enum dmn_kind)v.kind) {
    case DMN_NUMBER:
    case DMN_STRING:
    case DMN_DATE:
    case DMN_TIME:
    case DMN_DATE_TIME:
    case DMN_DAYS_DURATION:
    case DMN_MONTHS_DURATION: return true;
    default: return false;
  }
}

static dmn_value wrong_end(struct dmn_eval *e, dmn_value v) {
  return dmn_raise(e, DMN_DIAG_TYPE, str_of(dmn_kind_name(v.kind)));
}

/* Ends are of one type and in order; an end that is null is open (10.3.2.7). */
static dmn_value run_range(struct dmn_eval *e, const struct feel_node *self) {
  const struct feel_range_node *n = FEEL_NODE_AS(feel_range_node, self);
  dmn_value start = n->start == NULL ? dmn_null() : feel_run(e, n->start);
  dmn_value end = n->end == NULL ? dmn_null() : feel_run(e, n->end);
  e->at = self;
  bool has_start = start.kind != DMN_NULL, has_end = end.kind != DMN_NULL;
  if (has_start && !may_bound(start)) return wrong_end(e, start);
  if (has_end && !may_bound(end)) return wrong_end(e, end);
  if (has_start && has_end) {
    dmn_value ordered = dmn_compare(e, DMN_LESS_EQUAL, start, end);
    if (dmn_is_null(ordered)) return ordered;
    if (!ordered.as.truth) return dmn_raise(e, DMN_DIAG_DOMAIN, STR_NONE);
  }
  return range_value(e, (struct dmn_range){ .start = start,
                                            .end = end,
                                            .open_start = n->open_start,
                                            .open_end = n->open_end,
                                            .has_start = has_start,
                                            .has_end = has_end });
}

static bool known(const struct feel_node *n) {
  dmn_value v;
  return n == NULL || feel_constant(n, &v);
}

const struct feel_node *feel_make_range(struct feel_compiler *c, bool open_start, const struct feel_node *start,
                                        const struct feel_node *end, bool open_end, struct feel_place at) {
  const struct dmn_type *of = dmn_type_plain(start != NULL ? start->head.type : end != NULL ? end->head.type : NULL);
  struct feel_range_node *n = FEEL_NEW(c, feel_range_node, run_range, dmn_type_range_of(c->arena, of), at);
  n->start = start;
  n->end = end;
  n->open_start = open_start;
  n->open_end = open_end;
  feel_node_part(n, start);
  feel_node_part(n, end);
  const struct feel_node *made = (const struct feel_node *)(const void *)n;
  return known(start) && known(end) ? feel_fold(c, made) : made;
}

static dmn_value run_half(struct dmn_eval *e, const struct feel_node *self) {
  const struct feel_half_node *n = FEEL_NODE_AS(feel_half_node, self);
  dmn_value end = feel_run(e, n->end);
  e->at = self;
  if (end.kind == DMN_NULL) return dmn_raise(e, DMN_DIAG_UNKNOWN_OPERAND, STR_NONE);
  if (!may_bound(end) || n->op == OP_NOT_EQUAL) return wrong_end(e, end);
  struct dmn_range r = { .open_start = true, .open_end = true };
  if (n->op == OP_GREATER || n->op == OP_GREATER_EQUAL || n->op == OP_EQUAL) {
    r.start = end;
    r.has_start = true;
    r.open_start = n->op == OP_GREATER;
  }
  if (n->op == OP_LESS || n->op == OP_LESS_EQUAL || n->op == OP_EQUAL) {
    r.end = end;
    r.has_end = true;
    r.open_end = n->op == OP_LESS;
  }
  return range_value(e, r);
}

/* Never folded: as a test it is looked at for what it is; `= 5` there is equality with anything. */
const struct feel_node *feel_make_half(struct feel_compiler *c, enum feel_operator op, const struct feel_node *end,
                                       struct feel_place at) {
  struct feel_half_node *n =
      FEEL_NEW(c, feel_half_node, run_half, dmn_type_range_of(c->arena, dmn_type_plain(end->head.type)), at);
  n->op = op;
  n->end = end;
  feel_node_part(n, end);
  return (const struct feel_node *)(const void *)n;
}

const struct feel_range_node *feel_as_range_node(const struct feel_node *n) {
  return n->head.run == run_range ? FEEL_NODE_AS(feel_range_node, n) : NULL;
}

const struct feel_half_node *feel_as_half_node(const struct feel_node *n) {
  return n->head.run == run_half ? FEEL_NODE_AS(feel_half_node, n) : NULL;
}
