/* for, some, every (rules 44, 46, 63; 10.3.2.14). Ranges are counted through, never made into lists; `partial` is a
 * view of the results so far. One loop over several iterators is nested loops, the last one innermost. */
#include "feel/node.h"

struct loop_node {
  struct feel_node_head head;
  const struct feel_iterator *iterators;
  uint32_t count, partial_slot;
  const struct feel_node *body;
};

/* What one iterator goes through: the items of a list, or numbers or days from `next` on. */
struct course {
  enum dmn_kind kind;
  const dmn_value *items;
  int64_t next, step;
  uint64_t left;
};

static struct course no_course(void) { return (struct course){ .kind = DMN_NULL }; }

static struct course course_between(enum dmn_kind kind, int64_t from, int64_t to) {
  bool up = from <= to;
  uint64_t apart = up ? (uint64_t)to - (uint64_t)from : (uint64_t)from - (uint64_t)to;
  return (struct course){
    .kind = kind, .next = from, .step = up ? 1 : -1, .left = apart == UINT64_MAX ? apart : apart + 1
  };
}

/* Whole numbers or dates, or false with a fault. */
static bool countable(struct dmn_eval *e, dmn_value v, int64_t *out) {
  *out = v.as.i;
  if (v.kind == DMN_DATE || (v.kind == DMN_NUMBER && dmn_to_int64(v, out))) return true;
  (void)dmn_raise(e, v.kind == DMN_NULL ? DMN_DIAG_UNKNOWN_OPERAND : DMN_DIAG_TYPE,
                  v.kind == DMN_NULL ? STR_NONE : str_of(dmn_kind_name(v.kind)));
  return false;
}

static struct course course_of_ends(struct dmn_eval *e, dmn_value from, dmn_value to) {
  int64_t first, last;
  if (!countable(e, from, &first) || !countable(e, to, &last)) return no_course();
  if (from.kind == to.kind) return course_between(from.kind, first, last);
  (void)dmn_raise(e, DMN_DIAG_TYPE, str_of(dmn_kind_name(to.kind)));
  return no_course();
}

/* A range as a value: its members in rising order. */
static struct course course_of_range(struct dmn_eval *e, const struct dmn_range *r) {
  if (!r->has_start || !r->has_end) {
    (void)dmn_raise(e, DMN_DIAG_DOMAIN, STR_NONE);
    return no_course();
  }
  struct course c = course_of_ends(e, r->start, r->end);
  if (c.kind == DMN_NULL) return c;
  if (r->open_start) {
    c.next++;
    c.left--;
  }
  if (r->open_end && c.left > 0) c.left--;
  return c;
}

static struct course course_of(struct dmn_eval *e, dmn_value v) {
  switch ((enum dmn_kind)v.kind) {
    case DMN_LIST: return (struct course){ .kind = DMN_LIST, .items = v.as.items, .left = v.length };
    case DMN_RANGE: return course_of_range(e, v.as.range);
    case DMN_NULL: (void)dmn_raise(e, DMN_DIAG_UNKNOWN_OPERAND, STR_NONE); return no_course();
    default: (void)dmn_raise(e, DMN_DIAG_TYPE, str_of(dmn_kind_name(v.kind))); return no_course();
  }
}

static struct course start(struct dmn_eval *e, const struct feel_iterator *it) {
  dmn_value from = feel_run(e, it->from);
  if (it->to == NULL) return course_of(e, from);
  dmn_value to = feel_run(e, it->to);
  return course_of_ends(e, from, to);
}

static bool advance(struct dmn_eval *e, struct course *c, uint32_t slot) {
  if (c->left == 0) return false;
  c->left--;
  dmn_step(e);
  if (c->kind == DMN_LIST) {
    e->slots[slot] = *c->items++;
    return true;
  }
  e->slots[slot] = c->kind == DMN_DATE ? dmn_date(c->next) : dmn_integer(c->next);
  if (c->left > 0) c->next += c->step;
  return true;
}

/* ---- for */
struct for_run {
  const struct feel_iterator *iterators;
  uint32_t count, partial_slot;
  const struct feel_node *body;
  struct dmn_list_builder results;
};

/* `for day in from..to return day`: the members of a range as they are, for which there is room already. */
static bool is_the_slot(const struct feel_node *body, uint32_t slot) {
  return body->head.run == feel_run_slot && FEEL_NODE_AS(feel_slot_node, body)->slot == slot;
}

static bool may_list(const struct for_run *f, uint32_t i, const struct course *c) {
  bool the_members = i + 1 == f->count && f->partial_slot == FEEL_NO_SLOT && is_the_slot(f->body, f->iterators[i].slot);
  return the_members && c->kind != DMN_LIST && c->left > 0 && f->results.count + c->left <= f->results.capacity;
}

static void list_course(struct dmn_eval *e, struct for_run *f, struct course *c) {
  dmn_value *items = f->results.items + f->results.count;
  dmn_steps(e, c->left);
  for (uint64_t k = 0; k < c->left; k++) {
    int64_t next = c->next + c->step * (int64_t)k;
    items[k] = c->kind == DMN_DATE ? dmn_date(next) : dmn_integer(next);
  }
  f->results.count += (uint32_t)c->left;
}

/* False: one of the iterators has nothing to go through, and the whole is null. */
static bool for_from(struct dmn_eval *e, struct for_run *f, uint32_t i) {
  struct course c = start(e, &f->iterators[i]);
  if (c.kind == DMN_NULL) return false;
  if (f->count == 1) dmn_list_room(&f->results, c.left);       /* one iterator alone gives as many as it has steps */
  if (may_list(f, i, &c)) {
    list_course(e, f, &c);
    return true;
  }
  while (advance(e, &c, f->iterators[i].slot)) {
    if (i + 1 < f->count) {
      if (!for_from(e, f, i + 1)) return false;
      continue;
    }
    if (f->partial_slot != FEEL_NO_SLOT) e->slots[f->partial_slot] = dmn_list_done(&f->results);
    dmn_list_push(&f->results, feel_run(e, f->body));
  }
  return true;
}

dmn_value feel_for(struct dmn_eval *e, const struct feel_iterator *iterators, uint32_t count, uint32_t partial_slot,
                   const struct feel_node *body) {
  struct for_run f = {
    .iterators = iterators, .count = count, .partial_slot = partial_slot, .body = body, .results = { .e = e }
  };
  return for_from(e, &f, 0) ? dmn_list_done(&f.results) : dmn_null();
}

static dmn_value run_for(struct dmn_eval *e, const struct feel_node *self) {
  const struct loop_node *n = FEEL_NODE_AS(loop_node, self);
  e->at = self;
  return feel_for(e, n->iterators, n->count, n->partial_slot, n->body);
}

/* ---- some, every */
struct quantified {
  const struct feel_iterator *iterators;
  uint32_t count;
  const struct feel_node *condition;
  bool decisive; /* true for some, false for every */
  bool boxed, unknown, wrong, decided;
};

/* False: go no further. */
static bool quantify(struct dmn_eval *e, struct quantified *q, uint32_t i) {
  struct course c = start(e, &q->iterators[i]);
  if (c.kind == DMN_NULL) {
    q->wrong = true;
    return false;
  }
  while (advance(e, &c, q->iterators[i].slot)) {
    if (i + 1 < q->count) {
      if (!quantify(e, q, i + 1)) return false;
      continue;
    }
    dmn_value v = feel_run(e, q->condition);
    if (v.kind == DMN_BOOLEAN) {
      q->decided |= v.as.truth == q->decisive;
      if (q->decided && !q->boxed) return false;
      continue;
    }
    q->unknown = true;
    if (v.kind == DMN_NULL) continue;
    (void)dmn_raise(e, DMN_DIAG_TYPE, str_of(dmn_kind_name(v.kind)));
    if (q->boxed) {
      q->wrong = true;
      return false;
    }
  }
  return true;
}

static dmn_value quantified(struct dmn_eval *e, struct quantified q) {
  (void)quantify(e, &q, 0);
  if (q.wrong) return dmn_null();
  if (q.decided) return dmn_boolean(q.decisive);
  return q.unknown ? dmn_raise(e, DMN_DIAG_UNKNOWN_CONDITION, STR_NONE) : dmn_boolean(!q.decisive);
}

dmn_value feel_some(struct dmn_eval *e, const struct feel_iterator *iterators, uint32_t count,
                    const struct feel_node *condition) {
  return quantified(
      e, (struct quantified){
             .iterators = iterators, .count = count, .condition = condition, .decisive = true, .boxed = true });
}

dmn_value feel_every(struct dmn_eval *e, const struct feel_iterator *iterators, uint32_t count,
                     const struct feel_node *condition) {
  return quantified(
      e, (struct quantified){ .iterators = iterators, .count = count, .condition = condition, .boxed = true });
}

static dmn_value run_some(struct dmn_eval *e, const struct feel_node *self) {
  const struct loop_node *n = FEEL_NODE_AS(loop_node, self);
  e->at = self;
  return quantified(
      e, (struct quantified){ .iterators = n->iterators, .count = n->count, .condition = n->body, .decisive = true });
}

static dmn_value run_every(struct dmn_eval *e, const struct feel_node *self) {
  const struct loop_node *n = FEEL_NODE_AS(loop_node, self);
  e->at = self;
  return quantified(e, (struct quantified){ .iterators = n->iterators, .count = n->count, .condition = n->body });
}

/* ---- making */
/* Numbers between the ends of a range need not be what its ends are. */
const struct dmn_type *feel_element_type(const struct dmn_type *t) {
  if (t == NULL || (t->kind != DMN_TYPE_LIST && t->kind != DMN_TYPE_RANGE)) return NULL;
  const struct dmn_type *of = t->kind == DMN_TYPE_RANGE ? dmn_type_plain(t->of) : t->of;
  return of != NULL && of->kind <= DMN_TYPE_NULL ? NULL : of;
}

const struct feel_node *feel_make_loop(struct feel_compiler *c, enum feel_loop kind,
                                       const struct feel_iterator *iterators, uint32_t count, uint32_t partial_slot,
                                       const struct feel_node *body, struct feel_place at) {
  static const feel_run_function run[] = { [LOOP_FOR] = run_for, [LOOP_SOME] = run_some, [LOOP_EVERY] = run_every };
  const struct dmn_type *type =
      kind == LOOP_FOR ? dmn_type_list_of(c->arena, body->head.type) : dmn_type_of_kind(DMN_BOOLEAN);
  struct loop_node *n = FEEL_NEW(c, loop_node, run[kind], type, at);
  n->iterators = iterators;
  n->count = count;
  n->partial_slot = partial_slot;
  n->body = body;
  feel_node_part(n, body);
  for (uint32_t i = 0; i < count; i++) {
    feel_node_part(n, iterators[i].from);
    feel_node_part(n, iterators[i].to);
  }
  n->head.height += count;
  return (const struct feel_node *)(const void *)n;
}
