/* sign: Ed25519 (RFC 8032) by way of OpenSSL's EVP, from and to the raw bytes that the RFC defines. */
#include <openssl/evp.h>

#include "shienkin/crypto.h"

static void key_free(EVP_PKEY **key) { EVP_PKEY_free(*key); }

static void context_free(EVP_MD_CTX **context) { EVP_MD_CTX_free(*context); }

static const unsigned char *message_bytes(str message) { return (const unsigned char *)(message.n ? message.p : ""); }

static EVP_PKEY *private_key(const struct ed25519_seed *seed) {
  return EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed->bytes, sizeof seed->bytes);
}

result ed25519_public_of(const struct ed25519_seed *seed, struct ed25519_public *out) {
  CLEANUP(key_free)
  EVP_PKEY *key = private_key(seed);
  size_t n = sizeof out->bytes;
  bool good = key && EVP_PKEY_get_raw_public_key(key, out->bytes, &n) == 1 && n == sizeof out->bytes;
  return good ? RESULT_OK : RESULT_OUTSIDE;
}

result ed25519_sign(const struct ed25519_seed *seed, str message, struct ed25519_signature *out) {
  CLEANUP(key_free)
  EVP_PKEY *key = private_key(seed);
  CLEANUP(context_free)
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  size_t n = sizeof out->bytes;
  bool good = key && context && EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1 &&
              EVP_DigestSign(context, out->bytes, &n, message_bytes(message), message.n) == 1 && n == sizeof out->bytes;
  return good ? RESULT_OK : RESULT_OUTSIDE;
}

bool ed25519_verify(const struct ed25519_public *public, str message, const struct ed25519_signature *signature) {
  CLEANUP(key_free)
  EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public->bytes, sizeof public->bytes);
  CLEANUP(context_free)
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  return key && context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
         EVP_DigestVerify(context, signature->bytes, sizeof signature->bytes, message_bytes(message), message.n) == 1;
}
