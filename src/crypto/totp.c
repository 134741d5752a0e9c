/* totp: time-based one-time codes (RFC 6238 on RFC 4226), with SHA-1 because that is what every authenticator speaks.
 * HMAC does not lean on the collision resistance that SHA-1 has lost. */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>

#include "shienkin/crypto.h"

enum { DIGITS = 6, MODULUS = 1000000, MOST_WINDOW = 10 };

/* RFC 4226 §5.3: the low four bits of the last byte say where the 31 bits of the code begin. */
uint32_t totp_code(str secret, uint64_t step) {
  assert(secret.n > 0 && secret.n <= INT32_MAX);
  uint8_t counter[8], mac[20];
  for (int i = 7; i >= 0; i--, step >>= 8) counter[i] = (uint8_t)step;
  unsigned n = 0;
  if (!HMAC(EVP_sha1(), secret.p, (int)secret.n, counter, sizeof counter, mac, &n) || n != sizeof mac) abort();
  const uint8_t *p = mac + (mac[19] & 15);
  uint32_t word = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
  return (word & 0x7FFFFFFF) % MODULUS;
}

static bool code_read(str code, uint32_t *out) {
  if (code.n != DIGITS) return false;
  *out = 0;
  for (size_t i = 0; i < DIGITS; i++) {
    if (code.p[i] < '0' || code.p[i] > '9') return false;
    *out = *out * 10 + (uint32_t)(code.p[i] - '0');
  }
  return true;
}

/* Every step of the window is computed whether or not one fitted before, so that time tells nothing. */
result totp_verify(str secret, int64_t unix_seconds, unsigned window, uint64_t used_step, str code, uint64_t *step) {
  assert(window <= MOST_WINDOW && unix_seconds >= 0);
  uint32_t given;
  if (!code_read(code, &given)) return RESULT_REFUSED;
  uint64_t now = (uint64_t)unix_seconds / TOTP_STEP_SECONDS;
  bool found = false;
  for (uint64_t at = now > window ? now - window : 0; at <= now + window; at++) {
    bool fits = totp_code(secret, at) == given && (at > used_step || used_step == 0);
    if (fits && !found) *step = at;
    found |= fits;
  }
  return found ? RESULT_OK : RESULT_REFUSED;
}
