/* uuid: UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds since 1970, version 7, 12 random bits, variant 10, 62 random
 * bits. Outside an id is a prefix and 26 characters of Crockford's base 32: 130 bits, of which the first two are zero,
 * so ids of one kind sort by their time of birth. */
#include "shienkin/value.h"

static const char hex_digits[] = "0123456789abcdef";
static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum { OUTSIDE_CHARACTERS = 26, OUTSIDE_BITS = OUTSIDE_CHARACTERS * 5 };

struct uuid uuid_v7(const struct clock *c, const struct randomness *r) {
  struct uuid u;
  randomness_fill(r, u.bytes, sizeof u.bytes);
  int64_t now_us = clock_now_us(c);
  assert(now_us >= 0);
  uint64_t ms = (uint64_t)now_us / 1000;
  for (int i = 5; i >= 0; i--, ms >>= 8) u.bytes[i] = (uint8_t)ms;
  u.bytes[6] = 0x70 | (u.bytes[6] & 0x0F);
  u.bytes[8] = 0x80 | (u.bytes[8] & 0x3F);
  return u;
}

bool uuid_eq(struct uuid a, struct uuid b) { return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0; }

/* A hyphen stands before these bytes. */
static bool hyphen_before(size_t byte) { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

void uuid_write(struct uuid u, char out[37]) {
  for (size_t i = 0; i < sizeof u.bytes; i++) {
    if (hyphen_before(i)) *out++ = '-';
    *out++ = hex_digits[u.bytes[i] >> 4];
    *out++ = hex_digits[u.bytes[i] & 15];
  }
  *out = '\0';
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool uuid_parse(str s, struct uuid *out) {
  if (s.n != 36) return false;
  struct uuid u;
  const char *p = s.p;
  for (size_t i = 0; i < sizeof u.bytes; i++, p += 2) {
    if (hyphen_before(i) && *p++ != '-') return false;
    int high = hex_value(p[0]), low = hex_value(p[1]);
    if (high < 0 || low < 0) return false;
    u.bytes[i] = (uint8_t)(high << 4 | low);
  }
  *out = u;
  return true;
}

/* Bit `at` of the 130, the first two being zero. */
static unsigned bit_of(const struct uuid *u, unsigned at) {
  if (at < OUTSIDE_BITS - 128) return 0;
  at -= OUTSIDE_BITS - 128;
  return u->bytes[at / 8] >> (7 - at % 8) & 1u;
}

str uuid_outside(struct arena *a, const char *prefix, struct uuid u) {
  char text[OUTSIDE_CHARACTERS];
  for (unsigned i = 0; i < OUTSIDE_CHARACTERS; i++) {
    unsigned value = 0;
    for (unsigned k = 0; k < 5; k++) value = value << 1 | bit_of(&u, i * 5 + k);
    text[i] = crockford[value];
  }
  return str_format(a, "%s%.*s", prefix, OUTSIDE_CHARACTERS, text);
}

/* Capital letters of the alphabet alone: an id has one spelling, so it can be compared as text. */
bool uuid_from_outside(str s, const char *prefix, struct uuid *out) {
  str head = str_of(prefix);
  if (s.n != head.n + OUTSIDE_CHARACTERS || !str_starts(s, head)) return false;
  struct uuid u = { { 0 } };
  for (unsigned i = 0; i < OUTSIDE_CHARACTERS; i++) {
    char c = s.p[head.n + i];
    const char *found = c ? memchr(crockford, c, sizeof crockford - 1) : NULL;
    if (!found || (i == 0 && found - crockford > 7)) return false;
    unsigned value = (unsigned)(found - crockford);
    for (unsigned k = 0; k < 5; k++) {
      unsigned at = i * 5 + k;
      if (at < OUTSIDE_BITS - 128 || !(value >> (4 - k) & 1u)) continue;
      at -= OUTSIDE_BITS - 128;
      u.bytes[at / 8] = (uint8_t)(u.bytes[at / 8] | 1u << (7 - at % 8));
    }
  }
  static const struct uuid none;
  if (uuid_eq(u, none)) return false;
  *out = u;
  return true;
}
