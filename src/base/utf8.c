/* utf8: strict UTF-8 (RFC 3629 §4): no overlong forms, no surrogates, nothing above U+10FFFF. */
#include "shienkin/base/str.h"

/* The length of the well-formed sequence at p, of which `n` bytes are there; 0 when it is not well formed.
 * The second byte alone carries the bounds that keep overlong forms, surrogates and too large values out. */
static size_t sequence(const unsigned char *p, size_t n) {
  unsigned char lead = p[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (n < length) return 0;
  unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (p[1] < least || p[1] > most) return 0;
  for (size_t i = 2; i < length; i++)
    if ((p[i] & 0xC0) != 0x80) return 0;
  return length;
}

/* Skips eight ASCII bytes at a time: most of what we read is. */
static size_t ascii_run(const char *p, size_t n) {
  size_t at = 0;
  for (; at + 8 <= n; at += 8) {
    uint64_t word;
    memcpy(&word, p + at, 8);
    if (word & UINT64_C(0x8080808080808080)) break;
  }
  return at;
}

bool utf8_valid(str s, size_t *bad_at) {
  size_t at = 0;
  while (at < s.n) {
    at += ascii_run(s.p + at, s.n - at);
    if (at == s.n) break;
    size_t length = sequence((const unsigned char *)s.p + at, s.n - at);
    if (!length) {
      if (bad_at) *bad_at = at;
      return false;
    }
    at += length;
  }
  return true;
}

size_t utf8_count(str s) {
  size_t count = 0;
  for (size_t i = 0; i < s.n; i++) count += ((unsigned char)s.p[i] & 0xC0) != 0x80;
  return count;
}

uint32_t utf8_next(str s, size_t *at) {
  assert(*at < s.n);
  const unsigned char *p = (const unsigned char *)s.p + *at;
  size_t length = sequence(p, s.n - *at);
  assert(length);
  *at += length;
  uint32_t code_point = length == 1 ? p[0] : p[0] & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; i++) code_point = code_point << 6 | (p[i] & 0x3F);
  return code_point;
}

size_t utf8_put(char out[4], uint32_t c) {
  assert(c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF));
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = length - 1; i > 0; i--, c >>= 6) out[i] = (char)(0x80 | (c & 0x3F));
  out[0] = (char)((0xF00u >> length & 0xF0) | c);
  return length;
}
