/* Unary tests and `in` (rules 7, 13 to 15, 49c, 49d; table 55). A test is looked at once, when it is compiled: a
 * comparison, an interval, a value to be equal to, a condition over `?`. Tests of one list are joined by a three-valued
 * or; `not(…)` around them turns the answer. */
#include "feel/node.h"
#include "value/compare.h"

/* ---- one test */
static dmn_value kleene_and(dmn_value a, dmn_value b) {
  if (dmn_is_false(a) || dmn_is_true(b)) return a;
  return dmn_is_false(b) || dmn_is_true(a) ? b : a;
}

static dmn_value in_interval(struct dmn_eval *e, const struct feel_range_node *r, dmn_value v) {
  const struct feel_node *self = (const struct feel_node *)(const void *)r;
  dmn_value answer = dmn_boolean(true);
  if (r->start != NULL) {
    dmn_value start = feel_run(e, r->start);
    e->at = self;
    answer = dmn_compare(e, r->open_start ? DMN_GREATER : DMN_GREATER_EQUAL, v, start);
    if (dmn_is_false(answer)) return answer;
  }
  if (r->end == NULL) return answer;
  dmn_value end = feel_run(e, r->end);
  e->at = self;
  return kleene_and(answer, dmn_compare(e, r->open_end ? DMN_LESS : DMN_LESS_EQUAL, v, end));
}

/* Any item that is the value, or a range that holds it. */
static bool among(struct dmn_eval *e, dmn_value v, dmn_value list) {
  dmn_steps(e, list.length);
  for (uint32_t i = 0; i < list.length; i++) {
    dmn_value item = list.as.items[i];
    if (dmn__alike(e, v, item)) return true;
    if (item.kind == DMN_RANGE && v.kind != DMN_NULL && v.kind != DMN_RANGE &&
        dmn_is_true(dmn_in_range(e, v, item.as.range)))
      return true;
  }
  return false;
}

dmn_value feel_satisfies(struct dmn_eval *e, dmn_value v, dmn_value test, bool test_is_condition) {
  if (test_is_condition && (test.kind == DMN_BOOLEAN || test.kind == DMN_NULL)) return test;
  switch ((enum dmn_kind)test.kind) {
    case DMN_RANGE: return v.kind == DMN_RANGE ? dmn_equal(e, v, test) : dmn_in_range(e, v, test.as.range);
    case DMN_LIST: return dmn_boolean((v.kind == DMN_LIST && dmn_is(v, test)) || among(e, v, test));
    default: return dmn_equal(e, v, test);
  }
}

static dmn_value satisfied(struct dmn_eval *e, const struct feel_tests *all, const struct feel_test *t, dmn_value v) {
  dmn_value value = t->constant || t->kind == TEST_INTERVAL ? t->value : feel_run(e, t->code);
  e->at = (const struct feel_node *)(const void *)all;
  switch (t->kind) {
    case TEST_EQUAL: return dmn_equal(e, v, value);
    case TEST_NOT_EQUAL: {
      dmn_value same = dmn_equal(e, v, value);
      return same.kind == DMN_BOOLEAN ? dmn_boolean(!same.as.truth) : same;
    }
    case TEST_COMPARE: return dmn_compare(e, t->relation, v, value);
    case TEST_INTERVAL:
      return t->constant ? dmn_in_range(e, v, t->range) : in_interval(e, FEEL_NODE_AS(feel_range_node, t->code), v);
    case TEST_VALUE: return feel_satisfies(e, v, value, false);
    default: return feel_satisfies(e, v, value, true);
  }
}

/* ---- a list of them */
dmn_value feel_tests_against(struct dmn_eval *e, const struct feel_tests *t, dmn_value v) {
  bool satisfied_at_once;
  if (t->dash) return dmn_boolean(true);
  if (feel_tests_at_a_glance(t, v, &satisfied_at_once)) return dmn_boolean(satisfied_at_once);
  dmn_value answer = dmn_boolean(false);
  for (uint32_t i = 0; i < t->count; i++) {
    dmn_value one = satisfied(e, t, &t->items[i], v);
    if (dmn_is_true(one)) {
      answer = one;
      break;
    }
    if (one.kind == DMN_BOOLEAN) continue;
    if (one.kind != DMN_NULL) {
      e->at = (const struct feel_node *)(const void *)t;
      one = dmn_raise(e, DMN_DIAG_TYPE, str_of(dmn_kind_name(one.kind)));
    }
    answer = one;
  }
  return t->negated && answer.kind == DMN_BOOLEAN ? dmn_boolean(!answer.as.truth) : answer;
}

dmn_value feel_tests_run(struct dmn_eval *e, const struct feel_tests *t) {
  return feel_tests_against(e, t, e->slots[t->subject]);
}

bool feel_tests_is_dash(const struct feel_tests *t) { return t->dash; }

/* ---- looking at one test */
static bool constant_range(const struct feel_range_node *r, struct feel_compiler *c, struct feel_test *t) {
  dmn_value start = dmn_null(), end = dmn_null();
  if (r->start != NULL && !feel_constant(r->start, &start)) return false;
  if (r->end != NULL && !feel_constant(r->end, &end)) return false;
  if ((r->start != NULL && dmn_is_null(start)) || (r->end != NULL && dmn_is_null(end))) return false;
  struct dmn_range *made = ARENA_NEW(c->arena, struct dmn_range);
  *made = (struct dmn_range){ .start = start,
                              .end = end,
                              .open_start = r->open_start,
                              .open_end = r->open_end,
                              .has_start = r->start != NULL,
                              .has_end = r->end != NULL };
  t->constant = true;
  t->range = made;
  return true;
}

static struct feel_test half_test(const struct feel_half_node *h) {
  struct feel_test t = { .kind = TEST_COMPARE, .code = h->end };
  if (h->op == OP_EQUAL)
    t.kind = TEST_EQUAL;
  else if (h->op == OP_NOT_EQUAL)
    t.kind = TEST_NOT_EQUAL;
  else
    t.relation = (enum dmn_relation)(h->op - OP_LESS);
  t.constant = feel_constant(h->end, &t.value);
  return t;
}

struct feel_test feel_test_of(struct feel_compiler *c, const struct feel_node *code, bool condition) {
  const struct feel_half_node *half = feel_as_half_node(code);
  if (half != NULL) return half_test(half);
  condition = condition || feel_is_fault(code); /* equal to nothing, not to null */
  const struct feel_range_node *range = feel_as_range_node(code);
  struct feel_test t = { .kind = condition ? TEST_CONDITION : TEST_VALUE, .code = code };
  if (range != NULL) {
    t.kind = TEST_INTERVAL;
    (void)constant_range(range, c, &t);
    return t;
  }
  t.constant = feel_constant(code, &t.value);
  if (!t.constant || condition) return t;
  if (t.value.kind == DMN_RANGE) {
    t.kind = TEST_INTERVAL;
    t.range = t.value.as.range;
  } else if (t.value.kind != DMN_LIST) {
    t.kind = TEST_EQUAL;
  }
  return t;
}

/* ---- at a glance: strings equal to literals, whole numbers and dates within them */
static bool glance_interval(const struct feel_interval *i, dmn_value v) {
  if (i->has_start && (i->open_start ? v.as.i <= i->start.as.i : v.as.i < i->start.as.i)) return false;
  return !i->has_end || (i->open_end ? v.as.i < i->end.as.i : v.as.i <= i->end.as.i);
}

/* By their places first: one of them is most often the very string. */
static bool glance_strings(const struct feel_literals *l, dmn_value v) {
  for (uint32_t i = 0; i < l->count; i++)
    if (l->items[i].start.as.text == v.as.text && l->items[i].start.length == v.length) return true;
  for (uint32_t i = 0; i < l->count; i++)
    if (dmn_same_text(l->items[i].start, v)) return true;
  return false;
}

bool feel_tests_at_a_glance(const struct feel_tests *t, dmn_value v, bool *satisfied) {
  if (t->glance == DMN_NULL || t->glance != v.kind || (v.kind == DMN_NUMBER && v.scale != 0)) return false;
  const struct feel_literals *l = &t->known;
  bool found = v.kind == DMN_STRING && glance_strings(l, v);
  for (uint32_t i = 0; v.kind != DMN_STRING && !found && i < l->count; i++) found = glance_interval(&l->items[i], v);
  *satisfied = found != l->negated;
  return true;
}

static bool bound_at_a_glance(bool has, dmn_value bound, enum dmn_kind kind) {
  return !has || (bound.kind == kind && (kind != DMN_NUMBER || bound.scale == 0));
}

/* The one kind of all literals for which looking is enough; DMN_NULL: there is none. */
static enum dmn_kind glance_kind(const struct feel_literals *l) {
  if (l->count == 0) return DMN_NULL;
  enum dmn_kind kind = (enum dmn_kind)(l->items[0].has_start ? l->items[0].start : l->items[0].end).kind;
  if (kind != DMN_STRING && kind != DMN_NUMBER && kind != DMN_DATE) return DMN_NULL;
  for (uint32_t i = 0; i < l->count; i++) {
    const struct feel_interval *one = &l->items[i];
    if (!bound_at_a_glance(one->has_start, one->start, kind) || !bound_at_a_glance(one->has_end, one->end, kind))
      return DMN_NULL;
    bool point = one->has_start && one->has_end && !one->open_start && !one->open_end && dmn_is(one->start, one->end);
    if (kind == DMN_STRING && !point) return DMN_NULL;
  }
  return kind;
}

/* ---- literals, for indexes and analysis */
static bool literal_of(const struct feel_test *t, struct feel_interval *out, bool *is_null) {
  *is_null = false;
  if (!t->constant) return false;
  dmn_value v = t->value;
  *out = (struct feel_interval){ .open_start = true, .open_end = true };
  switch (t->kind) {
    case TEST_EQUAL:
      *is_null = v.kind == DMN_NULL;
      *out = (struct feel_interval){ .start = v, .end = v, .has_start = true, .has_end = true };
      return v.kind != DMN_CONTEXT && v.kind != DMN_FUNCTION;
    case TEST_COMPARE: {
      if (v.kind == DMN_NULL) return false;
      bool up = t->relation == DMN_GREATER || t->relation == DMN_GREATER_EQUAL;
      if (up)
        *out = (struct feel_interval){
          .start = v, .has_start = true, .open_start = t->relation == DMN_GREATER, .open_end = true
        };
      else
        *out = (struct feel_interval){
          .end = v, .has_end = true, .open_end = t->relation == DMN_LESS, .open_start = true
        };
      return true;
    }
    case TEST_INTERVAL:
      *out = (struct feel_interval){ .start = t->range->start,
                                     .end = t->range->end,
                                     .open_start = t->range->open_start,
                                     .open_end = t->range->open_end,
                                     .has_start = t->range->has_start,
                                     .has_end = t->range->has_end };
      return true;
    default: return false;
  }
}

/* A list of literals in a cell stands for each of them. */
static bool spread(struct feel_compiler *c, const struct feel_test *t, struct feel_literals *l, uint32_t *capacity);

static void add_interval(struct feel_compiler *c, struct feel_literals *l, uint32_t *capacity, struct feel_interval i) {
  struct feel_interval *items = (struct feel_interval *)(uintptr_t)l->items;
  if (l->count == *capacity) {
    uint32_t more = *capacity == 0 ? 4 : *capacity * 2;
    items = arena_grow(c->arena, items, *capacity * sizeof *items, more * sizeof *items);
    *capacity = more;
    l->items = items;
  }
  items[l->count++] = i;
}

static bool add_literal(struct feel_compiler *c, const struct feel_test *t, struct feel_literals *l,
                        uint32_t *capacity) {
  struct feel_interval one;
  bool is_null;
  if (t->kind == TEST_VALUE && t->constant && t->value.kind == DMN_LIST) return spread(c, t, l, capacity);
  if (!literal_of(t, &one, &is_null)) return false;
  if (is_null)
    l->matches_null = true;
  else
    add_interval(c, l, capacity, one);
  return true;
}

static bool spread(struct feel_compiler *c, const struct feel_test *t, struct feel_literals *l, uint32_t *capacity) {
  for (uint32_t i = 0; i < t->value.length; i++) {
    dmn_value v = t->value.as.items[i];
    if (v.kind == DMN_LIST) return false;
    struct feel_test one = { .kind = TEST_EQUAL, .constant = true, .value = v };
    if (v.kind == DMN_RANGE) {
      one.kind = TEST_INTERVAL;
      one.range = v.as.range;
    }
    if (!add_literal(c, &one, l, capacity)) return false;
  }
  return true;
}

void feel_tests_gather(struct feel_compiler *c, struct feel_tests *t) {
  uint32_t capacity = 0;
  t->known = (struct feel_literals){ .negated = t->negated };
  t->literals = !t->dash;
  for (uint32_t i = 0; t->literals && i < t->count; i++)
    t->literals = add_literal(c, &t->items[i], &t->known, &capacity);
  t->glance = (uint8_t)(t->literals ? glance_kind(&t->known) : DMN_NULL);
}

bool feel_tests_literals(const struct feel_tests *t, struct feel_literals *out) {
  *out = t->known;
  return t->literals;
}

/* ---- in */
struct in_node {
  struct feel_node_head head;
  const struct feel_node *v;
  const struct feel_tests *tests;
  uint32_t count; /* where every test is equality with a string, by far the most frequent: these */
  const dmn_value *texts;
};

static dmn_value run_in(struct dmn_eval *e, const struct feel_node *self) {
  const struct in_node *n = FEEL_NODE_AS(in_node, self);
  dmn_value v = feel_run(e, n->v);
  e->slots[n->tests->subject] = v;
  return feel_tests_against(e, n->tests, v);
}

static dmn_value run_in_strings(struct dmn_eval *e, const struct feel_node *self) {
  const struct in_node *n = FEEL_NODE_AS(in_node, self);
  dmn_value v = feel_run(e, n->v);
  if (__builtin_expect(v.kind != DMN_STRING, 0)) return feel_tests_against(e, n->tests, v);
  for (uint32_t i = 0; i < n->count; i++)
    if (dmn_same_text(n->texts[i], v)) return dmn_boolean(true);
  return dmn_boolean(false);
}

/* The strings that the tests are, one test each or one list; count 0: they are something else. */
static uint32_t all_strings(struct feel_compiler *c, const struct feel_tests *t, const dmn_value **out) {
  const struct feel_literals *l = &t->known;
  if (!t->literals || l->negated || l->matches_null || l->count == 0) return 0;
  dmn_value *texts = ARENA_ARRAY(c->arena, dmn_value, l->count);
  for (uint32_t i = 0; i < l->count; i++) {
    const struct feel_interval *one = &l->items[i];
    bool point = one->has_start && one->has_end && !one->open_start && !one->open_end &&
                 one->start.kind == DMN_STRING && one->end.kind == DMN_STRING && dmn_is(one->start, one->end);
    if (!point) return 0;
    texts[i] = one->start;
  }
  *out = texts;
  return l->count;
}

const struct feel_node *feel_make_in(struct feel_compiler *c, const struct feel_node *v, const struct feel_tests *tests,
                                     struct feel_place at) {
  const dmn_value *texts = NULL;
  uint32_t count = all_strings(c, tests, &texts);
  struct in_node *n = FEEL_NEW(c, in_node, count > 0 ? run_in_strings : run_in, dmn_type_of_kind(DMN_BOOLEAN), at);
  n->v = v;
  n->tests = tests;
  n->count = count;
  n->texts = texts;
  feel_node_part(n, v);
  if (tests->head.height + 1 > n->head.height) n->head.height = tests->head.height + 1;
  return (const struct feel_node *)(const void *)n;
}
