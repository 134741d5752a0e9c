/* encode: hex, base64, base64url and base32 (RFC 4648). Decoding is strict, so that each sequence of bytes has exactly
 * one spelling (hex aside, whose capitals are accepted) and no two texts can stand for one signature. */
#include "shienkin/crypto.h"

static const char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char base64url_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char base32_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

str hex_encode(struct arena *a, str bytes) {
  static const char digits[] = "0123456789abcdef";
  char *out = arena_array(a, bytes.n, 2);
  for (size_t i = 0; i < bytes.n; i++) {
    unsigned char c = (unsigned char)bytes.p[i];
    out[2 * i] = digits[c >> 4];
    out[2 * i + 1] = digits[c & 15];
  }
  return (str){ out, bytes.n * 2 };
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

result hex_decode(struct arena *a, str text, str *bytes) {
  if (text.n % 2) return RESULT_REFUSED;
  char *out = arena_alloc(a, text.n / 2);
  for (size_t i = 0; i < text.n; i += 2) {
    int high = hex_value(text.p[i]), low = hex_value(text.p[i + 1]);
    if (high < 0 || low < 0) return RESULT_REFUSED;
    out[i / 2] = (char)(high << 4 | low);
  }
  *bytes = (str){ out, text.n / 2 };
  return RESULT_OK;
}

/* ---- base 2^k: groups of k bits, from the left, the last one filled up with zeros */

/* The digits of the bytes, without padding. */
static size_t digits_write(const char *alphabet, unsigned bits, str bytes, char *out) {
  size_t n = 0;
  uint32_t waiting = 0;
  unsigned held = 0;
  for (size_t i = 0; i < bytes.n; i++) {
    waiting = (waiting << 8 | (unsigned char)bytes.p[i]) & 0xFFFF;
    for (held += 8; held >= bits; held -= bits) out[n++] = alphabet[waiting >> (held - bits) & ((1u << bits) - 1)];
  }
  if (held) out[n++] = alphabet[waiting << (bits - held) & ((1u << bits) - 1)];
  return n;
}

static str encode64(struct arena *a, const char *alphabet, bool padded, str bytes) {
  char *out = arena_array(a, bytes.n / 3 + 1, 4);
  size_t n = digits_write(alphabet, 6, bytes, out);
  while (padded && n % 4) out[n++] = '=';
  return (str){ out, n };
}

/* Refuses a digit outside the alphabet, a lone last digit, and last bits that are not zero. */
static result decode64(struct arena *a, const char *alphabet, str text, str *bytes) {
  if (text.n % 4 == 1) return RESULT_REFUSED;
  char *out = arena_array(a, text.n / 4 + 1, 3);
  size_t n = 0;
  uint32_t waiting = 0;
  unsigned held = 0;
  for (size_t i = 0; i < text.n; i++) {
    const char *found = memchr(alphabet, text.p[i], 64);
    if (!found) return RESULT_REFUSED;
    waiting = (waiting << 6 | (uint32_t)(found - alphabet)) & 0xFFFF;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out[n++] = (char)(waiting >> held);
  }
  if (waiting & ((1u << held) - 1)) return RESULT_REFUSED;
  *bytes = (str){ out, n };
  return RESULT_OK;
}

str base64_encode(struct arena *a, str bytes) { return encode64(a, base64_alphabet, true, bytes); }

result base64_decode(struct arena *a, str text, str *bytes) {
  if (text.n % 4) return RESULT_REFUSED;
  if (str_ends(text, STR("==")))
    text.n -= 2;
  else if (str_ends(text, STR("=")))
    text.n -= 1;
  return decode64(a, base64_alphabet, text, bytes);
}

str base64url_encode(struct arena *a, str bytes) { return encode64(a, base64url_alphabet, false, bytes); }

result base64url_decode(struct arena *a, str text, str *bytes) { return decode64(a, base64url_alphabet, text, bytes); }

str base32_encode(struct arena *a, str bytes) {
  char *out = arena_array(a, bytes.n / 5 + 1, 8);
  return (str){ out, digits_write(base32_alphabet, 5, bytes, out) };
}
