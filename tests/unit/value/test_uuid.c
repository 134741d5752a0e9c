/* Are ids those of RFC 9562 §5.7, with one spelling outside that sorts by birth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shienkin/value.h"

/* RFC 9562 appendix A.6: the moment 2022-02-22T19:22:22Z is 0x017F22E279B0 ms. */
static int64_t moment = INT64_C(1645557742000000);
static const char example[] = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

static void given_fill(void *context, void *out, size_t n) { memcpy(out, context, n); }

static void the_example_of_the_rfc(void **state) {
  (void)state;
  /* rand_a = 0xCC3 and rand_b = 0x18C4DC0C0C07398F; what stands at the time and at version and variant is overwritten. */
  uint8_t random[16] = {
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x0C, 0xC3, 0xD8, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F
  };
  struct clock c = clock_fixed(&moment);
  struct randomness r = { given_fill, random };
  char text[37];
  struct uuid u = uuid_v7(&c, &r), back;
  uuid_write(u, text);
  assert_string_equal(text, example);
  assert_true(uuid_parse(str_of(text), &back));
  assert_true(uuid_eq(u, back));
}

static void only_the_written_form_is_read(void **state) {
  (void)state;
  static const char *const refused[] = {
    "",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
    "017f22e279b07cc398c4dc0c0c07398f",
    "017f22e2_79b0-7cc3-98c4-dc0c0c07398f",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
    "017f22e-279b0-7cc3-98c4-dc0c0c07398f",
  };
  struct uuid u;
  for (size_t i = 0; i < COUNT_OF(refused); i++) assert_false(uuid_parse(str_of(refused[i]), &u));
  assert_true(uuid_parse(STR("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"), &u));
}

/* The 128 bits as a number, in base 32 by another implementation (Python's integers). */
static void the_outside_form_is_base_32(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  struct uuid u, back;
  assert_true(uuid_parse(str_of(example), &u));
  str outside = uuid_outside(a, "clm_", u);
  assert_true(str_eq(outside, STR("clm_01FWHE4YDGFK1SHH6W1G60EECF")));
  assert_true(uuid_from_outside(outside, "clm_", &back));
  assert_true(uuid_eq(u, back));
  assert_true(uuid_parse(STR("ffffffff-ffff-ffff-ffff-ffffffffffff"), &u));
  assert_true(str_eq(uuid_outside(a, "", u), STR("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")));
  assert_true(uuid_from_outside(STR("7ZZZZZZZZZZZZZZZZZZZZZZZZZ"), "", &back));
  assert_true(uuid_eq(u, back));
  arena_free(a);
}

static void other_spellings_are_refused(void **state) {
  (void)state;
  static const char *const refused[] = {
    "clm_8ZZZZZZZZZZZZZZZZZZZZZZZZZ", /* beyond 128 bits */
    "clm_00000000000000000000000000", /* "none" within */
    "evt_01000000000000000000000000",
    "01000000000000000000000000",
    "clm_0100000000000000000000000",
    "clm_010000000000000000000000000",
    "clm_0100000000000000000000000I",
    "clm_0100000000000000000000000u",
    "clm_0100000000000000000000000a",
    "clm_",
    "",
  };
  struct uuid u;
  for (size_t i = 0; i < COUNT_OF(refused); i++) assert_false(uuid_from_outside(str_of(refused[i]), "clm_", &u));
  assert_true(uuid_from_outside(STR("clm_01000000000000000000000000"), "clm_", &u));
}

static void ids_sort_by_birth_and_differ(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  uint64_t seed = 1;
  int64_t now = moment;
  struct clock c = clock_fixed(&now);
  struct randomness r = randomness_seeded(&seed);
  str before = uuid_outside(a, "clm_", uuid_v7(&c, &r));
  for (int i = 0; i < 200; i++, now += 1000) {
    now += 1000;
    str after = uuid_outside(a, "clm_", uuid_v7(&c, &r));
    assert_true(str_cmp(before, after) < 0);
    before = after;
  }
  assert_false(uuid_eq(uuid_v7(&c, &r), uuid_v7(&c, &r)));
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_example_of_the_rfc),       cmocka_unit_test(only_the_written_form_is_read),
    cmocka_unit_test(the_outside_form_is_base_32),  cmocka_unit_test(other_spellings_are_refused),
    cmocka_unit_test(ids_sort_by_birth_and_differ),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
