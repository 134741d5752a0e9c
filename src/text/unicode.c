/* unicode: normal forms (UAX #15) and case by ICU; the bridge to its UTF-16. Plain ASCII, most of what we see, takes
 * no detour: it is its own normal form. */
#include "unicode.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

bool text__is_ascii(str s) {
  unsigned char all = 0;
  for (size_t i = 0; i < s.n; i++) all |= (unsigned char)s.p[i];
  return all < 0x80;
}

struct utf16 text__to_utf16(struct arena *a, str s) {
  if (s.n > TEXT_MOST_BYTES) arena_leave(a, RESULT_LIMIT);
  struct utf16 out = { ARENA_ARRAY(a, UChar, s.n + 1), 0 };
  UErrorCode e = U_ZERO_ERROR;
  u_strFromUTF8(out.p, (int32_t)s.n + 1, &out.n, s.n ? s.p : "", (int32_t)s.n, &e);
  assert(U_SUCCESS(e));
  return out;
}

str text__from_utf16(struct arena *a, struct utf16 s) {
  UErrorCode e = U_ZERO_ERROR;
  int32_t n = 0;
  u_strToUTF8(NULL, 0, &n, s.p, s.n, &e);
  assert(e == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(e));
  char *p = arena_alloc(a, (size_t)n + 1);
  e = U_ZERO_ERROR;
  u_strToUTF8(p, n + 1, &n, s.p, s.n, &e);
  assert(U_SUCCESS(e));
  return (str){ p, (size_t)n };
}

/* ---- normal forms */

static const UNormalizer2 *nfc(void) {
  UErrorCode e = U_ZERO_ERROR;
  const UNormalizer2 *n = unorm2_getNFCInstance(&e);
  assert(U_SUCCESS(e));
  return n;
}

static const UNormalizer2 *nfkc(void) {
  UErrorCode e = U_ZERO_ERROR;
  const UNormalizer2 *n = unorm2_getNFKCInstance(&e);
  assert(U_SUCCESS(e));
  return n;
}

/* The room that a first try needs is the input's; where that is too small ICU tells how much. */
static str normalize(struct arena *a, const UNormalizer2 *form, str s) {
  if (text__is_ascii(s)) return s;
  struct utf16 in = text__to_utf16(a, s);
  UErrorCode e = U_ZERO_ERROR;
  if (unorm2_quickCheck(form, in.p, in.n, &e) == UNORM_YES) return s;
  for (int32_t room = in.n + 16;;) {
    struct utf16 out = { ARENA_ARRAY(a, UChar, (size_t)room), 0 };
    e = U_ZERO_ERROR;
    out.n = unorm2_normalize(form, in.p, in.n, out.p, room, &e);
    if (e == U_MEMORY_ALLOCATION_ERROR) arena_leave(a, RESULT_NO_MEMORY);
    if (U_SUCCESS(e)) return text__from_utf16(a, out);
    assert(e == U_BUFFER_OVERFLOW_ERROR);
    room = out.n;
  }
}

str text_nfc(struct arena *a, str s) { return normalize(a, nfc(), s); }

str text_nfkc(struct arena *a, str s) { return normalize(a, nfkc(), s); }

bool text_is_nfc(struct arena *a, str s) {
  if (text__is_ascii(s)) return true;
  struct arena_mark mark = arena_mark(a);
  struct utf16 in = text__to_utf16(a, s);
  UErrorCode e = U_ZERO_ERROR;
  bool yes = unorm2_isNormalized(nfc(), in.p, in.n, &e);
  assert(U_SUCCESS(e));
  arena_release(a, mark);
  return yes;
}

/* ---- case */

typedef int32_t case_function(UChar *out, int32_t room, const UChar *in, int32_t n, const char *locale, UErrorCode *e);

static str change_case(struct arena *a, case_function *change, str s) {
  struct utf16 in = text__to_utf16(a, s);
  for (int32_t room = in.n + 16;;) {
    struct utf16 out = { ARENA_ARRAY(a, UChar, (size_t)room), 0 };
    UErrorCode e = U_ZERO_ERROR;
    out.n = change(out.p, room, in.p, in.n, "", &e);
    if (e == U_MEMORY_ALLOCATION_ERROR) arena_leave(a, RESULT_NO_MEMORY);
    if (U_SUCCESS(e)) return text__from_utf16(a, out);
    assert(e == U_BUFFER_OVERFLOW_ERROR);
    room = out.n;
  }
}

/* ASCII letters from `first` on get the other case by one bit. */
static str change_ascii(struct arena *a, str s, char first) {
  char *p = arena_alloc(a, s.n);
  for (size_t i = 0; i < s.n; i++) p[i] = (char)(s.p[i] ^ ((unsigned char)(s.p[i] - first) < 26 ? 0x20 : 0));
  return (str){ p, s.n };
}

str text_upper(struct arena *a, str s) {
  return text__is_ascii(s) ? change_ascii(a, s, 'a') : change_case(a, u_strToUpper, s);
}

str text_lower(struct arena *a, str s) {
  return text__is_ascii(s) ? change_ascii(a, s, 'A') : change_case(a, u_strToLower, s);
}

/* ---- one code point at a time */

void text__put(struct buf *b, uint32_t code_point) {
  char bytes[4];
  size_t n = utf8_put(bytes, code_point);
  buf_add(b, (str){ bytes, n });
}

str text__map(struct arena *a, str s, text__rule *rule) {
  struct buf b = buf_in(a);
  buf_reserve(&b, s.n + 1);
  for (size_t at = 0; at < s.n;) {
    uint32_t out[2];
    size_t n = rule(utf8_next(s, &at), out);
    for (size_t i = 0; i < n; i++) text__put(&b, out[i]);
  }
  return buf_str(&b);
}
