/* Do passwords verify, and are strings refused that would cost too much to look at. */
#include "vectors.h"

static void a_hash_verifies_its_password_alone(void **state) {
  struct arena *a = *state;
  uint64_t seed = 5;
  struct randomness r = randomness_seeded(&seed);
  str one, two;
  assert_int_equal(password_hash(a, &r, STR("合言葉 correct horse"), &one), RESULT_OK);
  assert_int_equal(password_hash(a, &r, STR("合言葉 correct horse"), &two), RESULT_OK);
  assert_true(str_starts(one, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
  assert_false(str_eq(one, two));
  assert_int_equal(password_verify(one, STR("合言葉 correct horse")), RESULT_OK);
  assert_int_equal(password_verify(one, STR("合言葉 correct horsf")), RESULT_REFUSED);
  assert_int_equal(password_verify(one, STR("合言葉 correct horse\0")), RESULT_REFUSED);
}

/* From the tests of the reference implementation: password "password", salt "somesalt". */
static void hashes_of_the_reference_verify(void **state) {
  (void)state;
  static const char small[] = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  static const char large[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  assert_int_equal(password_verify(STR(small), STR("password")), RESULT_OK);
  assert_int_equal(password_verify(STR(large), STR("password")), RESULT_OK);
  assert_int_equal(password_verify(STR(small), STR("Password")), RESULT_REFUSED);
}

static void other_strings_are_refused_unpaid(void **state) {
  (void)state;
  static const char *const refused[] = {
    "",
    "password",
    "$argon2id$",
    "$argon2id$v=19$",
    "$argon2id$v=19$m=65537,t=2,p=1$c29tZXNhbHQ$x",
    "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
    "$argon2id$v=19$m=256,t=9,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
    "$argon2id$v=19$m=256,t=2,p=5$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
    "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
    "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/5",
    "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ",
    "$argon2id$v=19$t=2,m=256,p=1$c29tZXNhbHQ$x",
    "$argon2id$v=19$m=-1,t=2,p=1$c29tZXNhbHQ$x",
    "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$x",
  };
  for (size_t i = 0; i < COUNT_OF(refused); i++)
    if (password_verify(str_of(refused[i]), STR("password")) != RESULT_REFUSED) fail_msg("%s", refused[i]);
}

static void passwords_have_bounds(void **state) {
  struct arena *a = *state;
  uint64_t seed = 6;
  struct randomness r = randomness_seeded(&seed);
  char *long_one = arena_alloc(a, 1025);
  memset(long_one, 'x', 1025);
  str out;
  assert_int_equal(password_hash(a, &r, STR(""), &out), RESULT_REFUSED);
  assert_int_equal(password_hash(a, &r, (str){ long_one, 1025 }, &out), RESULT_REFUSED);
  assert_int_equal(password_hash(a, &r, (str){ long_one, 1024 }, &out), RESULT_OK);
  assert_int_equal(password_verify(out, (str){ long_one, 1024 }), RESULT_OK);
  assert_int_equal(password_verify(out, (str){ long_one, 1025 }), RESULT_REFUSED);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_ARENA(a_hash_verifies_its_password_alone),
    cmocka_unit_test(hashes_of_the_reference_verify),
    cmocka_unit_test(other_strings_are_refused_unpaid),
    IN_ARENA(passwords_have_bounds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
