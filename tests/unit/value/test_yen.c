/* Are amounts exact or refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shienkin/value.h"

static void bounds_are_met_on_both_sides(void **state) {
  (void)state;
  yen y = { 3 };
  assert_true(yen_of(YEN_MOST, &y) && y.amount == INT64_C(1000000000000000));
  assert_true(yen_of(-YEN_MOST, &y));
  assert_false(yen_of(YEN_MOST + 1, &y) || yen_of(-YEN_MOST - 1, &y) || yen_of(INT64_MIN, &y) || yen_of(INT64_MAX, &y));
  assert_int_equal(y.amount, -YEN_MOST);
}

static void sums_are_exact_or_refused(void **state) {
  (void)state;
  yen out = { 0 };
  yen most = { YEN_MOST }, one = { 1 };
  assert_true(yen_add((yen){ 300000 }, (yen){ 200000 }, &out) && out.amount == 500000);
  assert_true(yen_subtract((yen){ 1 }, (yen){ 5 }, &out) && out.amount == -4);
  assert_true(yen_add((yen){ YEN_MOST - 1 }, one, &out) && out.amount == YEN_MOST);
  assert_false(yen_add(most, one, &out));
  assert_false(yen_subtract((yen){ -YEN_MOST }, one, &out));
  assert_true(yen_times((yen){ 50000 }, 6, &out) && out.amount == 300000);
  assert_true(yen_times((yen){ -7 }, 0, &out) && out.amount == 0);
  assert_false(yen_times(most, 2, &out));
  assert_false(yen_times(most, INT64_MAX, &out));
  assert_false(yen_times((yen){ -1 }, INT64_MIN, &out));
}

static void amounts_are_written_in_groups_of_three(void **state) {
  (void)state;
  static const struct {
    int64_t amount;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { 7, "7" },
    { 999, "999" },
    { 1000, "1,000" },
    { 500000, "500,000" },
    { -100000, "-100,000" },
    { -999, "-999" },
    { 1234567, "1,234,567" },
    { YEN_MOST, "1,000,000,000,000,000" },
    { -YEN_MOST, "-1,000,000,000,000,000" },
  };
  struct arena *a = arena_new(0);
  for (size_t i = 0; i < COUNT_OF(cases); i++)
    assert_true(str_eq(yen_text(a, (yen){ cases[i].amount }), str_of(cases[i].text)));
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(bounds_are_met_on_both_sides),
    cmocka_unit_test(sums_are_exact_or_refused),
    cmocka_unit_test(amounts_are_written_in_groups_of_three),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
