/* Is sealing AES-256-GCM, and does nothing open that was touched or moved. */
#include "seal.h"
#include "vectors.h"

/* Test cases 13, 14 and 16 of McGrew and Viega's specification of GCM. */
static const struct {
  const char *key, *nonce, *plain, *bound, *cipher, *tag;
} known[] = {
  { "0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000", "", "", "",
    "530f8afbc74536b9a963b4f1c4cb738b" },
  { "0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000",
    "00000000000000000000000000000000", "", "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919" },
  { "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
    "76fc6ece0f4e1768cddf8853bb2d551b" },
};

static struct seal_key key_of(struct arena *a, const char *hex) {
  struct seal_key key;
  memcpy(key.bytes, bytes_of(a, hex).p, sizeof key.bytes);
  return key;
}

static void the_vectors_of_the_specification(void **state) {
  struct arena *a = *state;
  for (size_t i = 0; i < COUNT_OF(known); i++) {
    struct seal_key key = key_of(a, known[i].key);
    str bound = bytes_of(a, known[i].bound), sealed, plain;
    const uint8_t *nonce = (const uint8_t *)bytes_of(a, known[i].nonce).p;
    assert_int_equal(seal__with_nonce(a, &key, nonce, bytes_of(a, known[i].plain), bound, &sealed), RESULT_OK);
    str expected = str_format(a, "%s%s%s", known[i].nonce, known[i].cipher, known[i].tag);
    assert_true(bytes_are(sealed, str_z(a, expected)));
    assert_int_equal(unseal(a, &key, sealed, bound, &plain), RESULT_OK);
    assert_true(bytes_are(plain, known[i].plain));
  }
}

static void each_sealing_has_a_nonce_of_its_own(void **state) {
  struct arena *a = *state;
  uint64_t seed = 3;
  struct randomness r = randomness_seeded(&seed);
  struct seal_key key = key_of(a, known[2].key);
  str one, two, plain;
  assert_int_equal(seal(a, &key, &r, STR("口座番号"), STR("payee/1"), &one), RESULT_OK);
  assert_int_equal(seal(a, &key, &r, STR("口座番号"), STR("payee/1"), &two), RESULT_OK);
  assert_int_equal(one.n, sizeof "口座番号" - 1 + SEAL_OVERHEAD_BYTES);
  assert_false(str_eq(one, two));
  assert_memory_not_equal(one.p, two.p, 12);
  assert_int_equal(unseal(a, &key, two, STR("payee/1"), &plain), RESULT_OK);
  assert_true(str_eq(plain, STR("口座番号")));
}

static void nothing_opens_that_was_touched_moved_or_cut(void **state) {
  struct arena *a = *state;
  uint64_t seed = 4;
  struct randomness r = randomness_seeded(&seed);
  struct seal_key key = key_of(a, known[2].key), other = key_of(a, known[0].key);
  str sealed, plain;
  assert_int_equal(seal(a, &key, &r, STR("secret"), STR("payee/1"), &sealed), RESULT_OK);
  assert_int_equal(unseal(a, &key, sealed, STR("payee/2"), &plain), RESULT_REFUSED);
  assert_int_equal(unseal(a, &key, sealed, STR(""), &plain), RESULT_REFUSED);
  assert_int_equal(unseal(a, &other, sealed, STR("payee/1"), &plain), RESULT_REFUSED);
  for (size_t n = 0; n < sealed.n; n++) {
    assert_int_equal(unseal(a, &key, str_slice(sealed, 0, n), STR("payee/1"), &plain), RESULT_REFUSED);
    char *touched = (char *)(uintptr_t)str_copy(a, sealed).p;
    touched[n] = (char)(touched[n] ^ 0x10);
    assert_int_equal(unseal(a, &key, (str){ touched, sealed.n }, STR("payee/1"), &plain), RESULT_REFUSED);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_ARENA(the_vectors_of_the_specification),
    IN_ARENA(each_sealing_has_a_nonce_of_its_own),
    IN_ARENA(nothing_opens_that_was_touched_moved_or_cut),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
