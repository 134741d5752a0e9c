/* aggregates: what becomes of a list of numbers, of comparable values or of truth values (table 75). An empty list
 * has no minimum, sum, mean, product, median or deviation: null, as the specification says, and a fault, because the
 * rule that asked did not reckon with it. */
#include "builtin/functions.h"
#include "value/decimal.h"
#include "value/number.h"

/* ---- least and greatest */
static dmn_value extreme(struct dmn_eval *e, dmn_value list, int wanted) {
  if (list.length == 0) return builtin__domain(e, "[]");
  dmn_steps(e, list.length);
  dmn_value best = list.as.items[0];
  int order;
  if (!dmn_order(e, best, best, &order)) return builtin__bad_item(e, best);
  for (uint32_t i = 1; i < list.length; i++) {
    dmn_value item = list.as.items[i];
    if (!dmn_order(e, item, best, &order)) return builtin__bad_item(e, item);
    if (order * wanted > 0) best = item;
  }
  return best;
}

dmn_value builtin__min(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return extreme(e, a[0], -1);
}

dmn_value builtin__max(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return extreme(e, a[0], 1);
}

/* ---- sums and products */
static bool all_numbers(struct dmn_eval *e, dmn_value list, dmn_value *why_not) {
  if (list.length == 0) *why_not = builtin__domain(e, "[]");
  dmn_steps(e, list.length);
  for (uint32_t i = 0; i < list.length; i++) {
    if (list.as.items[i].kind == DMN_NUMBER) continue;
    *why_not = builtin__bad_item(e, list.as.items[i]);
    return false;
  }
  return list.length > 0;
}

/* From left to right; the first null ends it. */
static dmn_value fold(struct dmn_eval *e, dmn_value list, dmn_value (*step)(struct dmn_eval *, dmn_value, dmn_value)) {
  dmn_value so_far;
  if (!all_numbers(e, list, &so_far)) return so_far;
  so_far = list.as.items[0];
  for (uint32_t i = 1; i < list.length && !dmn_is_null(so_far); i++) so_far = step(e, so_far, list.as.items[i]);
  return so_far;
}

static dmn_value add(struct dmn_eval *e, dmn_value a, dmn_value b) { return dmn_add(e, a, b); }
static dmn_value multiply(struct dmn_eval *e, dmn_value a, dmn_value b) { return dmn_multiply(e, a, b); }

dmn_value builtin__sum(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return fold(e, a[0], add);
}

dmn_value builtin__product(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return fold(e, a[0], multiply);
}

dmn_value builtin__mean(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  dmn_value sum = fold(e, a[0], add);
  return dmn_is_null(sum) ? sum : dmn_number_divide(e, sum, dmn_integer(a[0].length));
}

/* ---- median, mode, deviation */
static bool number_precedes(struct dmn_eval *e, void *context, dmn_value later, dmn_value earlier, bool *go_on) {
  (void)e;
  (void)context;
  *go_on = true;
  return dmn_number_compare(later, earlier) < 0;
}

static dmn_value *sorted_numbers(struct dmn_eval *e, dmn_value list) {
  dmn_value *items = ARENA_ARRAY(e->arena, dmn_value, list.length);
  if (list.length > 0) memcpy(items, list.as.items, list.length * sizeof *items);
  builtin__sort_items(e, items, list.length, number_precedes, NULL);
  return items;
}

dmn_value builtin__median(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  dmn_value why_not;
  if (!all_numbers(e, a[0], &why_not)) return why_not;
  uint32_t n = a[0].length;
  dmn_value *items = sorted_numbers(e, a[0]);
  if (n % 2 == 1) return items[n / 2];
  dmn_value sum = dmn_add(e, items[n / 2 - 1], items[n / 2]);
  return dmn_is_null(sum) ? sum : dmn_number_divide(e, sum, dmn_integer(2));
}

/* The values that stand most often, ascending: equal ones are neighbours once sorted. */
dmn_value builtin__mode(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  dmn_value why_not;
  if (a[0].length == 0) return a[0];
  if (!all_numbers(e, a[0], &why_not)) return why_not;
  dmn_value *items = sorted_numbers(e, a[0]);
  struct dmn_list_builder modes = { .e = e };
  uint32_t most = 0;
  for (uint32_t i = 0, run; i < a[0].length; i += run) {
    for (run = 1; i + run < a[0].length && dmn_number_compare(items[i], items[i + run]) == 0;) run++;
    if (run > most) modes.count = 0;
    if (run >= most) dmn_list_push(&modes, items[i]);
    if (run > most) most = run;
  }
  return dmn_list_done(&modes);
}

/* Of a sample: the squares of the distances from the mean, divided by one less than their number. */
dmn_value builtin__stddev(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  dmn_value list = a[0], mean = builtin__mean(e, a, 1);
  if (dmn_is_null(mean)) return mean;
  if (list.length == 1) return builtin__domain(e, "stddev");
  dmn_value sum = dmn_integer(0);
  for (uint32_t i = 0; i < list.length && !dmn_is_null(sum); i++) {
    dmn_value distance = dmn_subtract(e, list.as.items[i], mean);
    dmn_value square = dmn_is_null(distance) ? distance : dmn_multiply(e, distance, distance);
    sum = dmn_is_null(square) ? square : dmn_add(e, sum, square);
  }
  if (dmn_is_null(sum)) return sum;
  dmn_value variance = dmn_number_divide(e, sum, dmn_integer((int64_t)list.length - 1));
  return dmn_is_null(variance) ? variance
                               : dmn__number_of_decimal(e, decimal_square_root(dmn__number_decimal(variance)));
}

/* ---- truth: one item of the deciding kind decides; else all must be known */
static dmn_value quantify(struct dmn_eval *e, dmn_value list, bool deciding) {
  const dmn_value *odd_one = NULL;
  dmn_steps(e, list.length);
  for (uint32_t i = 0; i < list.length; i++) {
    const dmn_value *item = &list.as.items[i];
    if (item->kind == DMN_BOOLEAN && item->as.truth == deciding) return dmn_boolean(deciding);
    bool graver = odd_one == NULL || dmn_is_null(*odd_one);
    if (item->kind != DMN_BOOLEAN && graver) odd_one = item;
  }
  return odd_one != NULL ? builtin__bad_item(e, *odd_one) : dmn_boolean(!deciding);
}

dmn_value builtin__all(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return quantify(e, a[0], false);
}

dmn_value builtin__any(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return quantify(e, a[0], true);
}
