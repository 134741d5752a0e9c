/* seal: AES-256-GCM (SP 800-38D) around secrets that we store.
 *
 *   offset  bytes  what
 *   0       12     nonce, random
 *   12      n      ciphertext, as long as the plain bytes
 *   12+n    16     tag over nonce, bound bytes and ciphertext
 */
#include "seal.h"

#include <openssl/evp.h>

enum { NONCE_BYTES = 12, TAG_BYTES = 16 };
static_assert(SEAL_OVERHEAD_BYTES == NONCE_BYTES + TAG_BYTES, "the overhead is nonce and tag");

static void cipher_free(EVP_CIPHER_CTX **context) { EVP_CIPHER_CTX_free(*context); }

static bool begin(EVP_CIPHER_CTX *context, const struct seal_key *key, const uint8_t *nonce, bool encrypt, str bound) {
  int n = 0;
  return context && EVP_CipherInit_ex(context, EVP_aes_256_gcm(), NULL, key->bytes, nonce, encrypt) == 1 &&
         (bound.n == 0 || EVP_CipherUpdate(context, NULL, &n, (const unsigned char *)bound.p, (int)bound.n) == 1);
}

/* All of `in` to `out`, which may take the same number of bytes. */
static bool through(EVP_CIPHER_CTX *context, const uint8_t *in, size_t in_size, uint8_t *out) {
  int n = 0;
  return in_size == 0 || (EVP_CipherUpdate(context, out, &n, in, (int)in_size) == 1 && (size_t)n == in_size);
}

result seal__with_nonce(struct arena *a, const struct seal_key *key, const uint8_t nonce[12], str plain, str bound,
                        str *sealed) {
  if (plain.n > INT32_MAX - SEAL_OVERHEAD_BYTES || bound.n > INT32_MAX) return RESULT_LIMIT;
  uint8_t *out = arena_alloc(a, plain.n + SEAL_OVERHEAD_BYTES), *tag = out + NONCE_BYTES + plain.n;
  memcpy(out, nonce, NONCE_BYTES);
  CLEANUP(cipher_free)
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
  int n = 0;
  bool good = begin(context, key, out, true, bound) &&
              through(context, (const uint8_t *)plain.p, plain.n, out + NONCE_BYTES) &&
              EVP_CipherFinal_ex(context, tag, &n) == 1 && n == 0 &&
              EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, tag) == 1;
  *sealed = (str){ (const char *)out, plain.n + SEAL_OVERHEAD_BYTES };
  return good ? RESULT_OK : RESULT_OUTSIDE;
}

result seal(struct arena *a, const struct seal_key *key, const struct randomness *r, str plain, str bound,
            str *sealed) {
  uint8_t nonce[NONCE_BYTES];
  randomness_fill(r, nonce, sizeof nonce);
  return seal__with_nonce(a, key, nonce, plain, bound, sealed);
}

/* What came out is wiped when the tag does not fit: nobody may read bytes that were not authenticated. */
result unseal(struct arena *a, const struct seal_key *key, str sealed, str bound, str *plain) {
  if (sealed.n < SEAL_OVERHEAD_BYTES) return RESULT_REFUSED;
  if (sealed.n > INT32_MAX || bound.n > INT32_MAX) return RESULT_LIMIT;
  const uint8_t *in = (const uint8_t *)sealed.p;
  size_t size = sealed.n - SEAL_OVERHEAD_BYTES;
  uint8_t *out = arena_alloc(a, size + 1), tag[TAG_BYTES], rest[TAG_BYTES];
  memcpy(tag, in + NONCE_BYTES + size, sizeof tag);
  CLEANUP(cipher_free)
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
  int n = 0;
  if (!begin(context, key, in, false, bound) || !through(context, in + NONCE_BYTES, size, out) ||
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, tag) != 1) {
    bytes_wipe(out, size);
    return RESULT_OUTSIDE;
  }
  if (EVP_CipherFinal_ex(context, rest, &n) != 1) {
    bytes_wipe(out, size);
    return RESULT_REFUSED;
  }
  out[size] = '\0';
  *plain = (str){ (const char *)out, size };
  return RESULT_OK;
}
