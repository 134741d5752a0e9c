/* lists: table 75 without the functions over numbers, and sort. What is "the same" element is dmn__alike. */
#include "builtin/functions.h"
#include "value/compare.h"

dmn_value builtin__bad_item(struct dmn_eval *e, dmn_value item) {
  if (dmn_is_null(item)) return dmn_raise(e, DMN_DIAG_UNKNOWN_ARGUMENT, STR("list item"));
  return dmn_raise(e, DMN_DIAG_TYPE, str_of(dmn_kind_name(item.kind)));
}

/* An array for a list of that many items, the budget checked. */
static dmn_value *room(struct dmn_eval *e, uint64_t count) {
  if (count > e->budget->list_items) dmn_budget_exceeded(e, "list items");
  dmn_steps(e, count / 4);
  return ARENA_ARRAY(e->arena, dmn_value, (size_t)count);
}

static void copy(dmn_value *to, const dmn_value *from, size_t count) {
  if (count > 0) memcpy(to, from, count * sizeof *to);
}

/* ---- asking */
dmn_value builtin__list_contains(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  dmn_steps(e, a[0].length);
  for (uint32_t i = 0; i < a[0].length; i++)
    if (dmn__alike(e, a[0].as.items[i], a[1])) return dmn_boolean(true);
  return dmn_boolean(false);
}

dmn_value builtin__count(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)e;
  (void)count;
  return dmn_integer(a[0].length);
}

dmn_value builtin__index_of(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  struct dmn_list_builder found = { .e = e };
  dmn_steps(e, a[0].length);
  for (uint32_t i = 0; i < a[0].length; i++)
    if (dmn__alike(e, a[0].as.items[i], a[1])) dmn_list_push(&found, dmn_integer((int64_t)i + 1));
  return dmn_list_done(&found);
}

/* ---- parts and insertions */
dmn_value builtin__sublist(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  uint32_t from, length = a[0].length;
  if (!builtin__position(a[1], length, &from)) return builtin__domain(e, "start position");
  int64_t wanted = dmn_is_null(a[2]) ? length - from : builtin__whole(a[2]);
  if (wanted < 1 || wanted > length - from) return builtin__domain(e, "length");
  return dmn_list(a[0].as.items + from, (uint32_t)wanted);
}

dmn_value builtin__append(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  uint64_t n = (uint64_t)a[0].length + count - 1;
  dmn_value *items = room(e, n);
  copy(items, a[0].as.items, a[0].length);
  copy(items + a[0].length, a + 1, count - 1);
  return dmn_list(items, (uint32_t)n);
}

dmn_value builtin__concatenate(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  uint64_t n = 0;
  for (uint32_t i = 0; i < count; i++) n += a[i].length;
  dmn_value *items = room(e, n), *at = items;
  for (uint32_t i = 0; i < count; at += a[i++].length) copy(at, a[i].as.items, a[i].length);
  return dmn_list(items, (uint32_t)n);
}

dmn_value builtin__insert_before(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  uint32_t at, length = a[0].length;
  if (!builtin__position(a[1], length, &at)) return builtin__domain(e, "position");
  dmn_value *items = room(e, (uint64_t)length + 1);
  copy(items, a[0].as.items, at);
  items[at] = a[2];
  copy(items + at + 1, a[0].as.items + at, length - at);
  return dmn_list(items, length + 1);
}

dmn_value builtin__remove(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  uint32_t at, length = a[0].length;
  if (!builtin__position(a[1], length, &at)) return builtin__domain(e, "position");
  dmn_value *items = room(e, length - 1);
  copy(items, a[0].as.items, at);
  copy(items + at, a[0].as.items + at + 1, length - at - 1);
  return dmn_list(items, length - 1);
}

dmn_value builtin__reverse(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  dmn_value *items = room(e, a[0].length);
  for (uint32_t i = 0; i < a[0].length; i++) items[i] = a[0].as.items[a[0].length - 1 - i];
  return dmn_list(items, a[0].length);
}

/* ---- replacing: at a position, or wherever match(item, newItem) is true */
static dmn_value replace_matches(struct dmn_eval *e, const dmn_value *a) {
  const struct dmn_function *match = a[1].as.function;
  if (dmn_function_arity(match) != 2) return dmn_raise(e, DMN_DIAG_ARITY, STR("match"));
  dmn_value *items = room(e, a[0].length);
  for (uint32_t i = 0; i < a[0].length; i++) {
    dmn_value pair[] = { a[0].as.items[i], a[2] };
    dmn_value answer = dmn_call_function(e, match, pair, 2);
    if (answer.kind != DMN_BOOLEAN) return dmn_raise_operand(e, answer);
    items[i] = answer.as.truth ? a[2] : pair[0];
  }
  return dmn_list(items, a[0].length);
}

dmn_value builtin__list_replace(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  if (a[1].kind == DMN_FUNCTION) return replace_matches(e, a);
  uint32_t at;
  if (!builtin__position(a[1], a[0].length, &at)) return builtin__domain(e, "position");
  dmn_value *items = room(e, a[0].length);
  copy(items, a[0].as.items, a[0].length);
  items[at] = a[2];
  return dmn_list(items, a[0].length);
}

/* ---- duplicates */
enum { FEW = 16 };

/* What rises from one to the next has no twins, as the days of a period have none. */
static bool rises(dmn_value list) {
  const dmn_value *items = list.as.items;
  for (uint32_t i = 1; i < list.length; i++)
    if (!dmn_both_plain(items[i - 1], items[i]) || items[i - 1].as.i >= items[i].as.i) return false;
  return true;
}

/* A few are compared with each other, which is quicker than any set. */
static dmn_value few_distinct(struct dmn_eval *e, dmn_value list) {
  dmn_value *items = room(e, list.length);
  uint32_t n = 0;
  dmn_steps(e, (uint64_t)list.length * list.length / 2);
  for (uint32_t i = 0; i < list.length; i++) {
    dmn_value v = list.as.items[i];
    uint32_t k = 0;
    while (k < n && !(dmn_both_plain(items[k], v) ? items[k].as.i == v.as.i : dmn__alike(e, items[k], v))) k++;
    if (k == n) items[n++] = v;
  }
  return dmn_list(items, n);
}

dmn_value builtin__distinct_values(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  dmn_steps(e, a[0].length / 4);
  if (rises(a[0])) return a[0];
  if (a[0].length <= FEW) return few_distinct(e, a[0]);
  struct value_set seen = value_set_new(e, a[0].length);
  dmn_value *items = room(e, a[0].length);
  uint32_t n = 0;
  for (uint32_t i = 0; i < a[0].length; i++)
    if (value_set_add(&seen, a[0].as.items[i])) items[n++] = a[0].as.items[i];
  return dmn_list(items, n);
}

dmn_value builtin__union(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  dmn_value all = builtin__concatenate(e, a, count);
  return builtin__distinct_values(e, &all, 1);
}

/* ---- flattening */
static bool is_flat(dmn_value list) {
  for (uint32_t i = 0; i < list.length; i++)
    if (list.as.items[i].kind == DMN_LIST) return false;
  return true;
}

static void flatten_into(struct dmn_list_builder *b, dmn_value v, uint32_t level) {
  if (level == NESTING_MOST) dmn_budget_exceeded(b->e, "depth");
  dmn_steps(b->e, v.length);
  for (uint32_t i = 0; i < v.length; i++) {
    dmn_value item = v.as.items[i];
    if (item.kind == DMN_LIST)
      flatten_into(b, item, level + 1);
    else
      dmn_list_push(b, item);
  }
}

dmn_value builtin__flatten(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  dmn_value v = a[0];
  if (v.length == 1 && v.as.items[0].kind == DMN_LIST) v = v.as.items[0];          /* a list of one list is flat as that */
  dmn_steps(e, v.length / 4);
  if (is_flat(v)) return v;
  struct dmn_list_builder flat = { .e = e };
  flatten_into(&flat, a[0], 0);
  return dmn_list_done(&flat);
}

/* ---- sorting by a function. A pair for which it gives no truth value has no place in the order: the result is
 * null. */
static bool function_precedes(struct dmn_eval *e, void *context, dmn_value later, dmn_value earlier, bool *go_on) {
  const struct dmn_function *precedes = context;
  dmn_value pair[] = { later, earlier };
  dmn_value answer = dmn_call_function(e, precedes, pair, 2);
  *go_on = answer.kind == DMN_BOOLEAN;
  if (!*go_on) dmn_raise_operand(e, answer);
  return dmn_is_true(answer);
}

dmn_value builtin__sort(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  if (dmn_function_arity(a[1].as.function) != 2) return dmn_raise(e, DMN_DIAG_ARITY, STR("precedes"));
  dmn_value *items = room(e, a[0].length);
  copy(items, a[0].as.items, a[0].length);
  void *precedes = (void *)(uintptr_t)a[1].as.function;
  if (!builtin__sort_items(e, items, a[0].length, function_precedes, precedes)) return dmn_null();
  return dmn_list(items, a[0].length);
}
