/* Does arithmetic give the digits that another implementation gives, and do days follow one another to the ends of the
 * calendar? (DMN 1.5, 10.3.2.3.1: decimal128 of IEEE 754-2008, half-even; 10.3.2.3.4: the proleptic Gregorian calendar.) */
#include "fixture.h"

#include "exact_rows.h"

static dmn_value computed(const char *operation, dmn_value a, dmn_value b) {
  if (strcmp(operation, "add") == 0) return dmn_add(E, a, b);
  if (strcmp(operation, "subtract") == 0) return dmn_subtract(E, a, b);
  if (strcmp(operation, "multiply") == 0) return dmn_multiply(E, a, b);
  if (strcmp(operation, "divide") == 0) return dmn_divide(E, a, b);
  if (strcmp(operation, "power") == 0) return dmn_power(E, a, b);
  return CALL("sqrt", a);
}

static void decimals_have_the_same_digits(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(decimal_rows); i++) {
    dmn_value v = computed(decimal_rows[i].operation, num(decimal_rows[i].a), num(decimal_rows[i].b));
    if (v.kind != DMN_NUMBER || dmn_number_compare(v, num(decimal_rows[i].answer)) != 0)
      fail_msg("%s %s %s: %s, not %s", decimal_rows[i].operation, decimal_rows[i].a, decimal_rows[i].b, printed(v),
               decimal_rows[i].answer);
  }
}

static void days_are_counted_to_the_ends(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(day_rows); i++) {
    dmn_value day = at(day_rows[i].day), later = at(day_rows[i].later);
    dmn_value step = dmn_subtract(E, later, day), back = dmn_subtract(E, later, step);
    dmn_value expected = dmn_multiply(E, at("P1D"), dmn_integer(day_rows[i].step));
    if (!dmn_is(step, expected)) fail_msg("%s to %s: %s", day_rows[i].day, day_rows[i].later, printed(step));
    if (!dmn_is(dmn_add(E, day, step), later) || !dmn_is(back, day)) fail_msg("%s and back", day_rows[i].day);
    IS(CALL("day of week", day), str_z(fixture.arena, str_format(fixture.arena, "\"%s\"", day_rows[i].weekday)));
    IS(CALL("day of year", day), str_z(fixture.arena, str_format(fixture.arena, "%d", day_rows[i].day_of_year)));
    IS(CALL("week of year", day), str_z(fixture.arena, str_format(fixture.arena, "%d", day_rows[i].week)));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = { TEST(decimals_have_the_same_digits), TEST(days_are_counted_to_the_ends) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
