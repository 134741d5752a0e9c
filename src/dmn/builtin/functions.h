/* functions: the functions behind the table of builtins, by the tables of DMN 1.5, 10.3.4, and what they share. */
#ifndef DMN_FUNCTIONS_H
#define DMN_FUNCTIONS_H

#include "builtin/builtin.h"

#define DMN_FUNCTIONS(X) \
  /* conversion.c (72), boolean (73) */ \
  X(date_from) X(date_of) X(date_and_time_from) X(date_and_time_of) X(time_from) X(time_of) X(number_from) \
  X(string_from) X(duration_from) X(years_and_months) X(range_from) X(not) \
  /* strings.c (74) */ \
  X(substring) X(string_length) X(upper_case) X(lower_case) X(substring_before) X(substring_after) X(contains) \
  X(starts_with) X(ends_with) X(string_join) \
  /* pattern.c (74) */ \
  X(replace) X(matches) X(split) \
  /* lists.c (75) */ \
  X(list_contains) X(count) X(sublist) X(append) X(concatenate) X(insert_before) X(remove) X(list_replace) X(reverse) \
  X(index_of) X(union) X(distinct_values) X(flatten) X(sort) \
  /* aggregates.c (75) */ \
  X(min) X(max) X(sum) X(mean) X(all) X(any) X(product) X(median) X(stddev) X(mode) \
  /* numbers.c (76) */ \
  X(decimal) X(floor) X(ceiling) X(round_up) X(round_down) X(round_half_up) X(round_half_down) X(abs) X(modulo) \
  X(sqrt) X(log) X(exp) X(odd) X(even) \
  /* moments.c (77, 79, 82) */ \
  X(is) X(day_of_year) X(day_of_week) X(month_of_year) X(week_of_year) X(now) X(today) \
  /* intervals.c (78) */ \
  X(before) X(after) X(meets) X(met_by) X(overlaps) X(overlaps_before) X(overlaps_after) X(finishes) X(finished_by) \
  X(includes) X(during) X(starts) X(started_by) X(coincides) \
  /* contexts.c (81) */ \
  X(get_value) X(get_entries) X(context) X(context_put) X(context_put_keys) X(context_merge)

#define X(name) dmn_value builtin__##name(struct dmn_eval *e, const dmn_value *arguments, uint32_t count);
DMN_FUNCTIONS(X)
#undef X

/* ---- shared */
dmn_value builtin__domain(struct dmn_eval *e, const char *detail);       /* null with DOMAIN */
/* A number cut to a whole one, as positions, lengths and scales are; beyond int64 the nearest. */
int64_t builtin__whole(dmn_value number);
/* A position in a list or string of `length`: 1 … length, or from the end -1 … -length, to an index from 0. */
bool builtin__position(dmn_value number, uint32_t length, uint32_t *index);
/* null for a list item that a function cannot work with. */
dmn_value builtin__bad_item(struct dmn_eval *e, dmn_value item);

/* Stable merge sort. `precedes` says whether `later` must come before `earlier`; false in *go_on ends the sort. */
typedef bool (*builtin_precedes)(struct dmn_eval *e, void *context, dmn_value later, dmn_value earlier, bool *go_on);
bool builtin__sort_items(struct dmn_eval *e, dmn_value *items, uint32_t count, builtin_precedes precedes,
                         void *context);

/* A set of values by dmn__alike. */
struct value_set { struct dmn_eval *e; dmn_value *slots; bool *used; uint32_t slot_count, count; };
struct value_set value_set_new(struct dmn_eval *e, uint32_t expected);
bool value_set_add(struct value_set *s, dmn_value v);            /* false: it was there */

#endif
