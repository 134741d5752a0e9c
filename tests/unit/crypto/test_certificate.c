/* A self-signed certificate, as OpenSSL's own command sees it, and when it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shienkin/crypto.h"

static void makes_a_pair(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  static const char *const names[] = { "shienkin.example", "localhost", "127.0.0.1", "::1" };
  str certificate, key, other, other_key;
  assert_int_equal(certificate_self_signed(a, names, 4, 1795305600, 30, &certificate, &key), RESULT_OK);
  assert_true(str_starts(certificate, STR("-----BEGIN CERTIFICATE-----\n")));
  assert_true(str_ends(certificate, STR("-----END CERTIFICATE-----\n")));
  assert_true(str_starts(key, STR("-----BEGIN PRIVATE KEY-----\n")));
  int64_t ends;
  assert_int_equal(certificate_not_after(certificate, &ends), RESULT_OK);
  assert_int_equal(ends, 1795305600 + 30 * 86400);
  assert_int_equal(certificate_self_signed(a, names, 4, 1795305600, 30, &other, &other_key), RESULT_OK);
  assert_false(str_eq(certificate, other));
  assert_false(str_eq(key, other_key));
  arena_free(a);
}

static void what_is_no_certificate_has_no_end(void **state) {
  (void)state;
  int64_t ends;
  assert_int_equal(certificate_not_after(STR(""), &ends), RESULT_REFUSED);
  assert_int_equal(certificate_not_after(STR("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), &ends),
                   RESULT_REFUSED);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(makes_a_pair),
                                      cmocka_unit_test(what_is_no_certificate_has_no_end) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
