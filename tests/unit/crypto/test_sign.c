/* Are signatures those of RFC 8032 §7.1, and refused when anything was touched. */
#include "vectors.h"

static const struct {
  const char *seed, *public, *message, *signature;
} known[] = {
  { "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141"
    "438e7a100b" },
  { "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d29"
    "1612bb0c00" },
  { "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027be"
    "ceea1ec40a" },
};

static struct ed25519_seed seed_of(struct arena *a, const char *hex) {
  struct ed25519_seed seed;
  memcpy(seed.bytes, bytes_of(a, hex).p, sizeof seed.bytes);
  return seed;
}

static void the_vectors_of_the_rfc(void **state) {
  struct arena *a = *state;
  for (size_t i = 0; i < COUNT_OF(known); i++) {
    struct ed25519_seed seed = seed_of(a, known[i].seed);
    struct ed25519_public public;
    struct ed25519_signature signature;
    str message = bytes_of(a, known[i].message);
    assert_int_equal(ed25519_public_of(&seed, &public), RESULT_OK);
    assert_true(bytes_are(BYTES(public), known[i].public));
    assert_int_equal(ed25519_sign(&seed, message, &signature), RESULT_OK);
    assert_true(bytes_are(BYTES(signature), known[i].signature));
    assert_true(ed25519_verify(&public, message, &signature));
  }
}

/* The seed 00 … 1f and its key, as OpenSSL's command line derives it. */
static void the_key_of_counting_bytes(void **state) {
  struct arena *a = *state;
  struct ed25519_seed seed = seed_of(a, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  struct ed25519_public public;
  assert_int_equal(ed25519_public_of(&seed, &public), RESULT_OK);
  assert_true(bytes_are(BYTES(public), "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"));
}

static void whatever_was_touched_is_refused(void **state) {
  struct arena *a = *state;
  struct ed25519_seed seed = seed_of(a, known[2].seed);
  struct ed25519_public public;
  struct ed25519_signature signature;
  assert_int_equal(ed25519_public_of(&seed, &public), RESULT_OK);
  assert_int_equal(ed25519_sign(&seed, STR("message"), &signature), RESULT_OK);
  assert_true(ed25519_verify(&public, STR("message"), &signature));
  assert_false(ed25519_verify(&public, STR("massage"), &signature));
  assert_false(ed25519_verify(&public, STR(""), &signature));
  for (size_t i = 0; i < sizeof signature.bytes; i += 9) {
    struct ed25519_signature touched = signature;
    touched.bytes[i] ^= 1;
    assert_false(ed25519_verify(&public, STR("message"), &touched));
  }
  public.bytes[3] ^= 1;
  assert_false(ed25519_verify(&public, STR("message"), &signature));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_ARENA(the_vectors_of_the_rfc),
    IN_ARENA(the_key_of_counting_bytes),
    IN_ARENA(whatever_was_touched_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
