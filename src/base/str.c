/* str: slices of bytes, compared, cut, parsed and copied. Nothing here knows what the bytes mean; utf8.c does. */
#include "shienkin/base/str.h"

#include <stdio.h>

int str_cmp(str a, str b) {
  size_t n = a.n < b.n ? a.n : b.n;
  int order = n ? memcmp(a.p, b.p, n) : 0;
  return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str prefix) { return s.n >= prefix.n && str_eq((str){ s.p, prefix.n }, prefix); }

bool str_ends(str s, str suffix) { return s.n >= suffix.n && str_eq(str_slice(s, s.n - suffix.n, s.n), suffix); }

str str_slice(str s, size_t from, size_t to) {
  assert(from <= to && to <= s.n);
  return (str){ from ? s.p + from : s.p, to - from };
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

str str_trim(str s) {
  while (s.n && is_space(s.p[0])) s = str_slice(s, 1, s.n);
  while (s.n && is_space(s.p[s.n - 1])) s.n--;
  return s;
}

ptrdiff_t str_find(str s, str needle) {
  if (needle.n == 0) return 0;
  if (needle.n > s.n) return -1;
  const char *found = memmem(s.p, s.n, needle.p, needle.n);
  return found ? found - s.p : -1;
}

str str_cut(str s, char separator, str *rest) {
  const char *at = s.n ? memchr(s.p, separator, s.n) : NULL;
  if (!at) {
    *rest = STR_NONE;
    return s;
  }
  size_t n = (size_t)(at - s.p);
  *rest = str_slice(s, n + 1, s.n);
  return str_slice(s, 0, n);
}

bool str_to_int64(str s, int64_t *out) {
  bool negative = s.n && s.p[0] == '-';
  size_t at = negative;
  if (at == s.n) return false;
  int64_t value = 0;
  for (; at < s.n; at++) {
    if (s.p[at] < '0' || s.p[at] > '9') return false;
    int64_t digit = s.p[at] - '0';
    if (__builtin_mul_overflow(value, 10, &value)) return false;
    if (__builtin_add_overflow(value, negative ? -digit : digit, &value)) return false;
  }
  *out = value;
  return true;
}

/* Eight bytes a step, each folded in by a 64×64→128 multiplication. For tables in memory; never stored, never a
 * defence against an opponent who chooses the keys. */
static uint64_t fold(uint64_t a, uint64_t b) {
  __extension__ typedef unsigned __int128 wide;
  wide product = (wide)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t str_hash(str s) {
  const uint64_t odd_one = UINT64_C(0x9e3779b97f4a7c15), odd_two = UINT64_C(0xd6e8feb86659fd93);
  uint64_t hash = s.n * odd_one + 1;
  size_t at = 0;
  for (; at + 8 <= s.n; at += 8) {
    uint64_t word;
    memcpy(&word, s.p + at, 8);
    hash = fold(hash ^ word, odd_one);
  }
  uint64_t last = 0;
  if (at < s.n) memcpy(&last, s.p + at, s.n - at);
  return fold(hash ^ last, odd_two);
}

str str_copy(struct arena *a, str s) {
  char *p = arena_alloc(a, s.n + 1);
  if (s.n) memcpy(p, s.p, s.n);
  p[s.n] = '\0';
  return (str){ p, s.n };
}

const char *str_z(struct arena *a, str s) { return str_copy(a, s).p; }

str str_vformat(struct arena *a, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  /* The analyser of clang 14 does not follow va_copy. NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized) */
  int length = vsnprintf(NULL, 0, format, again);
  va_end(again);
  assert(length >= 0);
  size_t n = (size_t)length;
  char *p = arena_alloc(a, n + 1);
  vsnprintf(p, n + 1, format, arguments);
  return (str){ p, n };
}

str str_format(struct arena *a, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  str s = str_vformat(a, format, arguments);
  va_end(arguments);
  return s;
}

str str_join(struct arena *a, const str *parts, size_t count, str separator) {
  struct buf b = buf_in(a);
  for (size_t i = 0; i < count; i++) {
    if (i) buf_add(&b, separator);
    buf_add(&b, parts[i]);
  }
  return buf_str(&b);
}

/* ---- buf */

void buf_reserve(struct buf *b, size_t more) {
  size_t need;
  if (__builtin_add_overflow(b->n, more, &need)) arena_leave(b->arena, RESULT_LIMIT);
  if (need <= b->capacity) return;
  size_t capacity = b->capacity ? b->capacity : 64;
  while (capacity < need) {
    if (__builtin_mul_overflow(capacity, 2, &capacity)) arena_leave(b->arena, RESULT_LIMIT);
  }
  b->p = arena_grow(b->arena, b->p, b->capacity, capacity);
  b->capacity = capacity;
}

void buf_add(struct buf *b, str s) {
  if (!s.n) return;
  buf_reserve(b, s.n);
  memcpy(b->p + b->n, s.p, s.n);
  b->n += s.n;
}

void buf_byte(struct buf *b, char c) {
  buf_reserve(b, 1);
  b->p[b->n++] = c;
}

void buf_format(struct buf *b, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  /* The analyser of clang 14 does not follow va_copy. NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized) */
  int length = vsnprintf(NULL, 0, format, again);
  va_end(again);
  assert(length >= 0);
  size_t n = (size_t)length;
  buf_reserve(b, n + 1);
  vsnprintf(b->p + b->n, n + 1, format, arguments);
  va_end(arguments);
  b->n += n;
}
