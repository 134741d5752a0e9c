/* Are hex and the bases those of RFC 4648, and decoded from one spelling only. */
#include "vectors.h"

typedef str encode(struct arena *a, str bytes);
typedef result decode(struct arena *a, str text, str *bytes);

static bool both_ways(struct arena *a, encode *to, decode *from, str bytes, str text) {
  str back;
  return str_eq(to(a, bytes), text) && from(a, text, &back) == RESULT_OK && str_eq(back, bytes);
}

/* RFC 4648 §10. */
static void the_vectors_of_the_rfc(void **state) {
  static const struct {
    const char *plain, *base64, *base64url, *base32, *hex;
  } cases[] = {
    { "", "", "", "", "" },
    { "f", "Zg==", "Zg", "MY", "66" },
    { "fo", "Zm8=", "Zm8", "MZXQ", "666f" },
    { "foo", "Zm9v", "Zm9v", "MZXW6", "666f6f" },
    { "foob", "Zm9vYg==", "Zm9vYg", "MZXW6YQ", "666f6f62" },
    { "fooba", "Zm9vYmE=", "Zm9vYmE", "MZXW6YTB", "666f6f6261" },
    { "foobar", "Zm9vYmFy", "Zm9vYmFy", "MZXW6YTBOI", "666f6f626172" },
  };
  struct arena *a = *state;
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    str plain = str_of(cases[i].plain);
    assert_true(both_ways(a, base64_encode, base64_decode, plain, str_of(cases[i].base64)));
    assert_true(both_ways(a, base64url_encode, base64url_decode, plain, str_of(cases[i].base64url)));
    assert_true(both_ways(a, hex_encode, hex_decode, plain, str_of(cases[i].hex)));
    assert_true(str_eq(base32_encode(a, plain), str_of(cases[i].base32)));
  }
}

static void the_two_alphabets_differ_in_two_digits(void **state) {
  struct arena *a = *state;
  str bytes = STR("\xFB\xEF\xFF");
  assert_true(both_ways(a, base64_encode, base64_decode, bytes, STR("++//")));
  assert_true(both_ways(a, base64url_encode, base64url_decode, bytes, STR("--__")));
}

static void every_byte_comes_back(void **state) {
  struct arena *a = *state;
  char all[256];
  for (int i = 0; i < 256; i++) all[i] = (char)i;
  for (size_t n = 250; n <= 256; n++) {
    str bytes = { all, n }, back;
    assert_int_equal(base64_decode(a, base64_encode(a, bytes), &back), RESULT_OK);
    assert_true(str_eq(back, bytes));
    assert_int_equal(base64url_decode(a, base64url_encode(a, bytes), &back), RESULT_OK);
    assert_true(str_eq(back, bytes));
    assert_int_equal(hex_decode(a, hex_encode(a, bytes), &back), RESULT_OK);
    assert_true(str_eq(back, bytes));
  }
}

static void one_spelling_alone_is_read(void **state) {
  struct arena *a = *state;
  str out;
  static const char *const base64[] = {
    "Zg",   "Zg=",  "Zg===", "Z",    "Zh==",     "Zm9=", "Zm9v\n", " Zm9v",
    "Zm9-", "Zm_v", "=Zm9",  "Zm=v", "Zg==Zg==", "====", "==",
  };
  static const char *const base64url[] = { "Zg==", "Zh", "Z", "Zm8=", "Zm9", "++//", "Zm9v ", "Zm9vY" };
  static const char *const hex[] = { "6", "6g", "0x66", "66 6f", "666" };
  for (size_t i = 0; i < COUNT_OF(base64); i++)
    assert_int_equal(base64_decode(a, str_of(base64[i]), &out), RESULT_REFUSED);
  for (size_t i = 0; i < COUNT_OF(base64url); i++)
    assert_int_equal(base64url_decode(a, str_of(base64url[i]), &out), RESULT_REFUSED);
  for (size_t i = 0; i < COUNT_OF(hex); i++) assert_int_equal(hex_decode(a, str_of(hex[i]), &out), RESULT_REFUSED);
  assert_int_equal(hex_decode(a, STR("6F6f"), &out), RESULT_OK);
  assert_true(str_eq(out, STR("oo")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_ARENA(the_vectors_of_the_rfc),
    IN_ARENA(the_two_alphabets_differ_in_two_digits),
    IN_ARENA(every_byte_comes_back),
    IN_ARENA(one_spelling_alone_is_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
