/* digest: SHA-256, HMAC and HKDF.
 *
 * SHA-256 uses OpenSSL's plain functions rather than EVP: they need no allocation, so a digest cannot fail, and the
 * state is a value that may be copied. They are marked deprecated since 3.0 without a replacement of that kind. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <stdalign.h>
#include <stdlib.h>

#include "shienkin/crypto.h"

static_assert(sizeof(SHA256_CTX) <= sizeof(struct sha256_state), "the opaque state holds OpenSSL's");
static_assert(alignof(SHA256_CTX) <= alignof(struct sha256_state), "and is aligned for it");

static void must(int good) {
  if (!good) abort();
}

struct sha256_state sha256_begin(void) {
  struct sha256_state s = { { 0 } };
  must(SHA256_Init((SHA256_CTX *)&s));
  return s;
}

void sha256_add(struct sha256_state *s, str bytes) {
  if (bytes.n) must(SHA256_Update((SHA256_CTX *)s, bytes.p, bytes.n));
}

struct sha256 sha256_end(struct sha256_state *s) {
  struct sha256 d;
  must(SHA256_Final(d.bytes, (SHA256_CTX *)s));
  return d;
}

struct sha256 sha256_of(str bytes) {
  struct sha256_state s = sha256_begin();
  sha256_add(&s, bytes);
  return sha256_end(&s);
}

struct sha256 sha256_pair(uint8_t prefix, const struct sha256 *left, const struct sha256 *right) {
  uint8_t all[65];
  all[0] = prefix;
  memcpy(all + 1, left->bytes, 32);
  memcpy(all + 33, right->bytes, 32);
  return sha256_of((str){ (const char *)all, sizeof all });
}

void sha256_write(struct sha256 d, char out[65]) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < sizeof d.bytes; i++) {
    out[2 * i] = digits[d.bytes[i] >> 4];
    out[2 * i + 1] = digits[d.bytes[i] & 15];
  }
  out[64] = '\0';
}

/* An empty key is given as an empty string, because HMAC() reads NULL as "the key of last time". */
struct sha256 hmac_sha256(str key, str bytes) {
  assert(key.n <= INT32_MAX);
  struct sha256 d;
  unsigned n = 0;
  const unsigned char *data = (const unsigned char *)(bytes.n ? bytes.p : "");
  must(HMAC(EVP_sha256(), key.n ? key.p : "", (int)key.n, data, bytes.n, d.bytes, &n) && n == sizeof d.bytes);
  return d;
}

/* RFC 5869 §2.3: T(i) = HMAC(PRK, T(i-1) ‖ info ‖ i). */
void hkdf_sha256(str secret, str salt, str info, uint8_t *out, size_t out_size) {
  enum { MOST_INFO_BYTES = 1024 };
  assert(out_size <= 255 * sizeof(struct sha256) && info.n <= MOST_INFO_BYTES);
  struct sha256 key = hmac_sha256(salt, secret), last = { { 0 } };
  uint8_t message[sizeof last + MOST_INFO_BYTES + 1];
  size_t done = 0;
  for (uint8_t i = 1; done < out_size; i++) {
    size_t n = i == 1 ? 0 : sizeof last;
    memcpy(message, last.bytes, n);
    if (info.n) memcpy(message + n, info.p, info.n);
    message[n + info.n] = i;
    last = hmac_sha256((str){ (const char *)key.bytes, sizeof key }, (str){ (const char *)message, n + info.n + 1 });
    size_t take = out_size - done < sizeof last ? out_size - done : sizeof last;
    memcpy(out + done, last.bytes, take);
    done += take;
  }
  bytes_wipe(&key, sizeof key);
  bytes_wipe(&last, sizeof last);
  bytes_wipe(message, sizeof message);
}

/* ---- bytes */

bool bytes_equal(str a, str b) { return a.n == b.n && (a.n == 0 || CRYPTO_memcmp(a.p, b.p, a.n) == 0); }

void bytes_wipe(void *p, size_t n) { OPENSSL_cleanse(p, n); }
