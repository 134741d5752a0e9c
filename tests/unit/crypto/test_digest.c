/* Are the digests those of FIPS 180-4, RFC 4231 and RFC 5869. */
#include "vectors.h"

static const struct {
  const char *text, *hex;
} sha_known[] = {
  { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
  { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

static void sha256_of_known_texts(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(sha_known); i++) {
    char hex[65];
    sha256_write(sha256_of(str_of(sha_known[i].text)), hex);
    assert_string_equal(hex, sha_known[i].hex);
  }
}

static void a_million_letters_in_pieces_of_any_size(void **state) {
  struct arena *a = *state;
  char *letters = arena_alloc(a, 1000000);
  memset(letters, 'a', 1000000);
  struct sha256_state s = sha256_begin();
  for (size_t at = 0, n = 0; at < 1000000; at += n) {
    n = (at * 7 + 1) % 131;
    if (at + n > 1000000) n = 1000000 - at;
    sha256_add(&s, (str){ letters + at, n ? n : (n = 1) });
  }
  struct sha256_state copy = s;
  assert_true(bytes_are(BYTES(sha256_end(&s)), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
  sha256_add(&copy, STR(""));
  assert_true(bytes_are(BYTES(sha256_end(&copy)), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
}

static void a_pair_is_prefix_left_and_right(void **state) {
  struct arena *a = *state;
  struct sha256 left = sha256_of(STR("left")), right = sha256_of(STR("right"));
  struct buf b = buf_in(a);
  buf_byte(&b, 1);
  buf_add(&b, BYTES(left));
  buf_add(&b, BYTES(right));
  struct sha256 pair = sha256_pair(1, &left, &right), whole = sha256_of(buf_str(&b));
  assert_memory_equal(&pair, &whole, sizeof pair);
}

/* RFC 4231 §4, cases 1, 2, 3, 6 and 7. */
static void hmac_of_the_rfc(void **state) {
  struct arena *a = *state;
  char repeated[131];
  memset(repeated, 0xAA, sizeof repeated);
  str large_key = { repeated, sizeof repeated }, twenty = { repeated, 20 };
  char dd[50];
  memset(dd, 0xDD, sizeof dd);
  assert_true(bytes_are(BYTES(hmac_sha256(bytes_of(a, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), STR("Hi There"))),
                        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
  assert_true(bytes_are(BYTES(hmac_sha256(STR("Jefe"), STR("what do ya want for nothing?"))),
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  assert_true(bytes_are(BYTES(hmac_sha256(twenty, (str){ dd, sizeof dd })),
                        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"));
  assert_true(bytes_are(BYTES(hmac_sha256(large_key, STR("Test Using Larger Than Block-Size Key - Hash Key First"))),
                        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
  assert_true(
      bytes_are(BYTES(hmac_sha256(large_key, STR("This is a test using a larger than block-size key and a larger "
                                                 "than block-size data. The key needs to be hashed before being "
                                                 "used by the HMAC algorithm."))),
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"));
}

/* The value of Python's hmac module. An empty key must not mean the key of last time. */
static void an_empty_key_is_a_key(void **state) {
  (void)state;
  struct sha256 other = hmac_sha256(STR("other"), STR("x"));
  struct sha256 d = hmac_sha256(STR_NONE, STR_NONE);
  assert_memory_not_equal(&d, &other, sizeof d);
  assert_true(bytes_are(BYTES(d), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
}

/* RFC 5869 appendix A, cases 1 and 3. */
static void hkdf_of_the_rfc(void **state) {
  struct arena *a = *state;
  uint8_t out[42];
  str secret = bytes_of(a, "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");
  hkdf_sha256(secret, bytes_of(a, "000102030405060708090a0b0c"), bytes_of(a, "f0f1f2f3f4f5f6f7f8f9"), out, sizeof out);
  assert_true(bytes_are((str){ (char *)out, sizeof out },
                        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
  hkdf_sha256(secret, STR_NONE, STR_NONE, out, sizeof out);
  assert_true(bytes_are((str){ (char *)out, sizeof out },
                        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
}

static void bytes_are_equal_or_not(void **state) {
  (void)state;
  assert_true(bytes_equal(STR("same"), STR("same")) && bytes_equal(STR_NONE, STR("")));
  assert_false(bytes_equal(STR("same"), STR("sama")) || bytes_equal(STR("same"), STR("sam")));
  char secret[] = "secret";
  bytes_wipe(secret, 6);
  assert_memory_equal(secret, "\0\0\0\0\0\0", 6);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(sha256_of_known_texts),   IN_ARENA(a_million_letters_in_pieces_of_any_size),
    IN_ARENA(a_pair_is_prefix_left_and_right), IN_ARENA(hmac_of_the_rfc),
    cmocka_unit_test(an_empty_key_is_a_key),   IN_ARENA(hkdf_of_the_rfc),
    cmocka_unit_test(bytes_are_equal_or_not),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
