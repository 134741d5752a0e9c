/* Are one-time codes those of RFC 6238, each good once. */
#include "vectors.h"

#define SECRET STR("12345678901234567890")

/* RFC 6238 appendix B, SHA-1; the last six of the eight digits printed there. */
static void the_vectors_of_the_rfc(void **state) {
  (void)state;
  static const struct {
    uint64_t seconds;
    uint32_t code;
  } known[] = {
    { 59, 287082 },       { 1111111109, 81804 },  { 1111111111, 50471 },
    { 1234567890, 5924 }, { 2000000000, 279037 }, { UINT64_C(20000000000), 353130 },
  };
  for (size_t i = 0; i < COUNT_OF(known); i++)
    assert_int_equal(totp_code(SECRET, known[i].seconds / TOTP_STEP_SECONDS), known[i].code);
}

static void a_code_is_good_within_its_window(void **state) {
  (void)state;
  uint64_t step = 0, own = 1111111109 / 30;
  assert_int_equal(totp_verify(SECRET, 1111111109, 0, 0, STR("081804"), &step), RESULT_OK);
  assert_int_equal(step, own);
  assert_int_equal(totp_verify(SECRET, 1111111109 + 30, 1, 0, STR("081804"), &step), RESULT_OK);
  assert_int_equal(totp_verify(SECRET, 1111111109 - 30, 1, 0, STR("081804"), &step), RESULT_OK);
  assert_int_equal(step, own);
  assert_int_equal(totp_verify(SECRET, 1111111109 + 60, 1, 0, STR("081804"), &step), RESULT_REFUSED);
  assert_int_equal(totp_verify(SECRET, 1111111109 - 60, 1, 0, STR("081804"), &step), RESULT_REFUSED);
  assert_int_equal(totp_verify(SECRET, 5, 1, 0, STR("287082"), &step), RESULT_OK); /* step 1, seen from step 0 */
  assert_int_equal(step, 1);
}

static void no_code_is_good_twice(void **state) {
  (void)state;
  uint64_t step = 0, own = 1111111109 / 30;
  assert_int_equal(totp_verify(SECRET, 1111111109, 1, own - 1, STR("081804"), &step), RESULT_OK);
  assert_int_equal(totp_verify(SECRET, 1111111109, 1, own, STR("081804"), &step), RESULT_REFUSED);
  assert_int_equal(totp_verify(SECRET, 1111111109, 1, own + 1, STR("081804"), &step), RESULT_REFUSED);
}

static void other_texts_are_no_codes(void **state) {
  (void)state;
  static const char *const refused[] = { "", "81804", "0081804", "081805", " 81804", "+81804", "08180a", "０81804" };
  uint64_t step = 77;
  for (size_t i = 0; i < COUNT_OF(refused); i++)
    assert_int_equal(totp_verify(SECRET, 1111111109, 0, 0, str_of(refused[i]), &step), RESULT_REFUSED);
  assert_int_equal(step, 77);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_vectors_of_the_rfc),
    cmocka_unit_test(a_code_is_good_within_its_window),
    cmocka_unit_test(no_code_is_good_twice),
    cmocka_unit_test(other_texts_are_no_codes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
