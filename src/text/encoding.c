/* encoding: what a file is written in, and the way from there to UTF-8. Clinics send Shift_JIS as their software calls
 * it, which is Microsoft's code page 932; ICU knows it by that name. */
#include <unicode/ucnv.h>

#include "unicode.h"

struct encoding {
  const char *name, *converter;
  size_t mark_bytes;
};

static const struct encoding encodings[] = {
  [TEXT_UNKNOWN] = { "unknown", NULL, 0 },
  [TEXT_UTF8] = { "UTF-8", NULL, 0 },
  [TEXT_UTF8_BOM] = { "UTF-8 with byte-order mark", NULL, 3 },
  [TEXT_UTF16LE] = { "UTF-16LE", "UTF-16LE", 2 },
  [TEXT_UTF16BE] = { "UTF-16BE", "UTF-16BE", 2 },
  [TEXT_CP932] = { "CP932", "windows-932", 0 },
  [TEXT_EUC_JP] = { "EUC-JP", "EUC-JP", 0 },
};

const char *text_encoding_name(enum text_encoding e) {
  return (unsigned)e < COUNT_OF(encodings) ? encodings[e].name : encodings[TEXT_UNKNOWN].name;
}

/* ---- guessing */

/* What a reading of the bytes found. `odd` counts what usual Japanese in that reading does not show. */
struct reading {
  bool valid;
  size_t kana, odd;
};

static bool within(uint8_t byte, uint8_t least, uint8_t most) { return byte >= least && byte <= most; }

/* A half-width voicing mark belongs behind ｳ, ｶ–ﾄ or ﾊ–ﾎ. */
static bool loose_mark(uint8_t before, uint8_t byte) {
  return within(byte, 0xDE, 0xDF) && !(before == 0xB3 || within(before, 0xB6, 0xC4) || within(before, 0xCA, 0xCE));
}

static struct reading read_cp932(str s) {
  struct reading r = { true, 0, 0 };
  const uint8_t *p = (const uint8_t *)s.p;
  uint8_t before = 0;
  for (size_t i = 0; i < s.n; before = p[i++]) {
    if (p[i] < 0x80) continue;
    if (within(p[i], 0xA1, 0xDF)) {
      r.odd += loose_mark(before, p[i]);
      continue;
    }
    bool lead = within(p[i], 0x81, 0x9F) || within(p[i], 0xE0, 0xFC);
    if (!lead || i + 1 == s.n || !(within(p[i + 1], 0x40, 0x7E) || within(p[i + 1], 0x80, 0xFC)))
      return (struct reading){ false, 0, 0 };
    r.kana += within(p[i], 0x82, 0x83);
    i++;
  }
  return r;
}

static struct reading read_euc(str s) {
  struct reading r = { true, 0, 0 };
  const uint8_t *p = (const uint8_t *)s.p;
  for (size_t i = 0; i < s.n; i++) {
    if (p[i] < 0x80) continue;
    size_t more = p[i] == 0x8F ? 2 : 1;
    bool lead = within(p[i], 0xA1, 0xFE) || within(p[i], 0x8E, 0x8F);
    if (!lead || i + more >= s.n) return (struct reading){ false, 0, 0 };
    for (size_t k = 1; k <= more; k++)
      if (!within(p[i + k], 0xA1, p[i] == 0x8E ? 0xDF : 0xFE)) return (struct reading){ false, 0, 0 };
    r.kana += within(p[i], 0xA4, 0xA5);
    i += more;
  }
  return r;
}

/* Bytes that both readings allow are half-width kana to CP932 and pairs to EUC-JP. They are EUC-JP where it reads
 * hiragana or katakana there, or where CP932 would read voicing marks that voice nothing; else CP932, the usual one. */
enum text_encoding text_guess(str bytes) {
  if (str_starts(bytes, STR("\xEF\xBB\xBF"))) return utf8_valid(bytes, NULL) ? TEXT_UTF8_BOM : TEXT_UNKNOWN;
  if (str_starts(bytes, STR("\xFF\xFE"))) return TEXT_UTF16LE;
  if (str_starts(bytes, STR("\xFE\xFF"))) return TEXT_UTF16BE;
  if (utf8_valid(bytes, NULL)) return TEXT_UTF8;
  struct reading cp932 = read_cp932(bytes), euc = read_euc(bytes);
  if (euc.valid && (!cp932.valid || euc.kana > cp932.kana || cp932.odd > 0)) return TEXT_EUC_JP;
  return cp932.valid ? TEXT_CP932 : TEXT_UNKNOWN;
}

/* ---- converting */

static void converter_close(UConverter **c) {
  if (*c) ucnv_close(*c);
}

/* The bytes to UTF-16 in `out`, which has a unit per byte. On refusal *at is the offset of the first bad byte. */
static result convert(const char *name, str bytes, struct utf16 *out, size_t *at) {
  UErrorCode e = U_ZERO_ERROR;
  CLEANUP(converter_close)
  UConverter *c = ucnv_open(name, &e);
  if (!c || U_FAILURE(e)) return RESULT_OUTSIDE;
  ucnv_setToUCallBack(c, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &e);
  const char *from = bytes.p, *end = bytes.p + bytes.n;
  UChar *to = out->p;
  ucnv_toUnicode(c, &to, out->p + bytes.n, &from, end, NULL, true, &e);
  out->n = (int32_t)(to - out->p);
  if (U_SUCCESS(e)) return RESULT_OK;
  char bad[32];
  int8_t bad_n = sizeof bad;
  UErrorCode asked = U_ZERO_ERROR;
  ucnv_getInvalidChars(c, bad, &bad_n, &asked);
  *at = (size_t)(from - bytes.p) - (U_SUCCESS(asked) ? (size_t)bad_n : 0);
  return e == U_MEMORY_ALLOCATION_ERROR ? RESULT_NO_MEMORY : RESULT_REFUSED;
}

result text_to_utf8(struct arena *a, enum text_encoding e, str bytes, str *out, size_t *at) {
  *at = 0;
  if ((unsigned)e >= COUNT_OF(encodings) || e == TEXT_UNKNOWN) return RESULT_REFUSED;
  if (bytes.n > TEXT_MOST_BYTES) return RESULT_LIMIT;
  size_t mark = encodings[e].mark_bytes;
  if (bytes.n < mark) return RESULT_REFUSED;
  str rest = str_slice(bytes, mark, bytes.n);
  if (!encodings[e].converter) {
    *out = rest;
    if (utf8_valid(rest, at)) return RESULT_OK;
    *at += mark;
    return RESULT_REFUSED;
  }
  struct utf16 wide = { ARENA_ARRAY(a, UChar, rest.n + 1), 0 };
  if (rest.n) {
    result r = convert(encodings[e].converter, rest, &wide, at);
    if (r != RESULT_OK) {
      *at += mark;
      return r;
    }
  }
  *out = text__from_utf16(a, wide);
  return RESULT_OK;
}
