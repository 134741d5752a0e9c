/* Can a test own time and chance, and does the system give both. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "shienkin/base.h"

static void a_fixed_clock_stands_where_it_is_put(void **state) {
  (void)state;
  int64_t now = 5;
  struct clock c = clock_fixed(&now);
  assert_int_equal(clock_now_us(&c), 5);
  now = -7;
  assert_int_equal(clock_now_us(&c), -7);
  assert_int_equal(clock_monotonic_us(&c), -7);
}

static void the_system_clock_is_the_systems(void **state) {
  (void)state;
  struct clock c = clock_system();
  struct timespec before, after;
  assert_int_equal(timespec_get(&before, TIME_UTC), TIME_UTC);
  int64_t now = clock_now_us(&c);
  assert_int_equal(timespec_get(&after, TIME_UTC), TIME_UTC);
  assert_in_range(now / 1000000, before.tv_sec, after.tv_sec);
  int64_t first = clock_monotonic_us(&c), second = clock_monotonic_us(&c);
  assert_true(second >= first);
}

static void the_same_seed_gives_the_same_bytes_and_moves_on(void **state) {
  (void)state;
  uint64_t one = 42, two = 42;
  struct randomness a = randomness_seeded(&one), b = randomness_seeded(&two);
  uint8_t first[37], second[37], third[37];
  randomness_fill(&a, first, sizeof first);
  randomness_fill(&b, second, sizeof second);
  assert_memory_equal(first, second, sizeof first);
  assert_int_equal(one, two);
  assert_int_not_equal(one, 42);
  randomness_fill(&a, third, sizeof third);
  assert_memory_not_equal(first, third, sizeof first);
}

/* With 6000 draws below 6 each value is due 1000 times; 5 standard deviations are 144. */
static void draws_below_a_bound_are_even(void **state) {
  (void)state;
  uint64_t seed = 7;
  struct randomness r = randomness_seeded(&seed);
  int seen[6] = { 0 };
  for (int i = 0; i < 6000; i++) {
    uint64_t draw = randomness_below(&r, 6);
    assert_true(draw < 6);
    seen[draw]++;
  }
  for (int i = 0; i < 6; i++) assert_in_range(seen[i], 856, 1144);
  assert_int_equal(randomness_below(&r, 1), 0);
  for (int i = 0; i < 100; i++) assert_true(randomness_below(&r, UINT64_C(1) << 63 | 1) <= UINT64_C(1) << 63);
}

static void the_systems_randomness_differs(void **state) {
  (void)state;
  struct randomness r = randomness_system();
  uint8_t one[32] = { 0 }, two[32] = { 0 }, zero[32] = { 0 };
  randomness_fill(&r, one, sizeof one);
  randomness_fill(&r, two, sizeof two);
  assert_memory_not_equal(one, two, sizeof one);
  assert_memory_not_equal(one, zero, sizeof one);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_fixed_clock_stands_where_it_is_put),
    cmocka_unit_test(the_system_clock_is_the_systems),
    cmocka_unit_test(the_same_seed_gives_the_same_bytes_and_moves_on),
    cmocka_unit_test(draws_below_a_bound_are_even),
    cmocka_unit_test(the_systems_randomness_differs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
