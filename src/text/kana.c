/* kana: the four shapes of the Japanese syllabaries. Hiragana and katakana lie 0x60 apart in Unicode; half-width
 * katakana keep the order of JIS X 0201, in which a voiced kana is its base with a mark of its own behind it. */
#include "unicode.h"

enum { HIRAGANA_TO_KATAKANA = 0x60, HALF_FIRST = 0xFF61, HALF_LAST = 0xFF9F, HALF_VOICED = 0xFF9E, HALF_SEMI = 0xFF9F };

static size_t one(uint32_t c, uint32_t out[2]) {
  out[0] = c;
  return 1;
}

/* ---- hiragana and katakana */

static size_t to_katakana(uint32_t c, uint32_t out[2]) {
  bool hiragana = (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E;
  return one(hiragana ? c + HIRAGANA_TO_KATAKANA : c, out);
}

static size_t to_hiragana(uint32_t c, uint32_t out[2]) {
  bool katakana = (c >= 0x30A1 && c <= 0x30F6) || c == 0x30FD || c == 0x30FE;
  return one(katakana ? c - HIRAGANA_TO_KATAKANA : c, out);
}

str text_katakana(struct arena *a, str s) { return text__map(a, s, to_katakana); }

str text_hiragana(struct arena *a, str s) { return text__map(a, s, to_hiragana); }

/* ---- small and large */

/* Small kana that are not simply one before their large form. */
static const struct {
  uint16_t small, large;
} odd_small[] = {
  { 0x3095, 0x304B }, { 0x3096, 0x3051 }, { 0x30F5, 0x30AB }, { 0x30F6, 0x30B1 }, { 0xFF67, 0xFF71 },
  { 0xFF68, 0xFF72 }, { 0xFF69, 0xFF73 }, { 0xFF6A, 0xFF74 }, { 0xFF6B, 0xFF75 }, { 0xFF6C, 0xFF94 },
  { 0xFF6D, 0xFF95 }, { 0xFF6E, 0xFF96 }, { 0xFF6F, 0xFF82 },
};

/* The phonetic extensions U+31F0–31FF (ㇰ … ㇿ) and the kana that they are small forms of. */
static const uint16_t extension_large[16] = {
  0x30AF, 0x30B7, 0x30B9, 0x30C8, 0x30CC, 0x30CF, 0x30D2, 0x30D5,
  0x30D8, 0x30DB, 0x30E0, 0x30E9, 0x30EA, 0x30EB, 0x30EC, 0x30ED,
};

/* ぁぃぅぇぉ っ ゃゅょ ゎ stand right before their large forms, and so do the katakana. */
static bool small_before_large(uint32_t c) {
  if (c >= 0x30A1 && c <= 0x30EE) c -= HIRAGANA_TO_KATAKANA;
  return c == 0x3041 || c == 0x3043 || c == 0x3045 || c == 0x3047 || c == 0x3049 || c == 0x3063 || c == 0x3083 ||
         c == 0x3085 || c == 0x3087 || c == 0x308E;
}

static size_t to_large(uint32_t c, uint32_t out[2]) {
  if (small_before_large(c)) return one(c + 1, out);
  if (c >= 0x31F0 && c <= 0x31FF) return one(extension_large[c - 0x31F0], out);
  for (size_t i = 0; i < COUNT_OF(odd_small); i++)
    if (odd_small[i].small == c) return one(odd_small[i].large, out);
  return one(c, out);
}

str text_large_kana(struct arena *a, str s) { return text__map(a, s, to_large); }

/* ---- half and full width */

/* U+FF61 … U+FF9F in full width. */
static const uint16_t full_of_half[HALF_LAST - HALF_FIRST + 1] = {
  0x3002, 0x300C, 0x300D, 0x3001, 0x30FB, 0x30F2, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30E3, 0x30E5,
  0x30E7, 0x30C3, 0x30FC, 0x30A2, 0x30A4, 0x30A6, 0x30A8, 0x30AA, 0x30AB, 0x30AD, 0x30AF, 0x30B1, 0x30B3,
  0x30B5, 0x30B7, 0x30B9, 0x30BB, 0x30BD, 0x30BF, 0x30C1, 0x30C4, 0x30C6, 0x30C8, 0x30CA, 0x30CB, 0x30CC,
  0x30CD, 0x30CE, 0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB, 0x30DE, 0x30DF, 0x30E0, 0x30E1, 0x30E2, 0x30E4,
  0x30E6, 0x30E8, 0x30E9, 0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF, 0x30F3, 0x309B, 0x309C,
};

static uint32_t half_of(uint32_t full) {
  for (size_t i = 0; i < COUNT_OF(full_of_half); i++)
    if (full_of_half[i] == full) return (uint32_t)(HALF_FIRST + i);
  return 0;
}

/* The base of a voiced katakana, 0 for any other. カ–ド come as base, voiced, base, voiced (with ッ between), ハ–ポ in
 * threes: base, voiced, half-voiced. */
static uint32_t voiced_base(uint32_t c, uint32_t *mark) {
  *mark = HALF_VOICED;
  if (c == 0x30F4) return 0x30A6;                                      /* ヴ */
  if (c >= 0x30AB && c <= 0x30C2) return (c - 0x30AB) % 2 ? c - 1 : 0; /* ガ … ヂ */
  if (c >= 0x30C4 && c <= 0x30C9) return (c - 0x30C4) % 2 ? c - 1 : 0; /* ヅ デ ド */
  if (c < 0x30CF || c > 0x30DD) return 0;
  uint32_t step = (c - 0x30CF) % 3; /* バ パ … ボ ポ */
  if (step == 2) *mark = HALF_SEMI;
  return step ? c - step : 0;
}

static size_t to_half(uint32_t c, uint32_t out[2]) {
  if (c >= 0xFF01 && c <= 0xFF5E) return one(c - 0xFF01 + 0x21, out);
  if (c == 0x3000) return one(' ', out);
  if (c == 0x3099 || c == 0x309A) return one(c - 0x3099 + HALF_VOICED, out);
  uint32_t mark, base = voiced_base(c, &mark);
  if (base) {
    out[0] = half_of(base);
    out[1] = mark;
    return 2;
  }
  uint32_t half = half_of(c);
  return one(half ? half : c, out);
}

str text_half_width(struct arena *a, str s) { return text__map(a, s, to_half); }

/* The voiced form of a full-width katakana with this half-width mark, 0 when there is none. */
static uint32_t voiced_of(uint32_t base, uint32_t mark) {
  uint32_t candidates[3] = { base + 1, base + 2, base == 0x30A6 ? 0x30F4 : 0 };
  for (size_t i = 0; i < COUNT_OF(candidates); i++) {
    uint32_t its_mark;
    if (candidates[i] && voiced_base(candidates[i], &its_mark) == base && its_mark == mark) return candidates[i];
  }
  return 0;
}

static size_t to_full(uint32_t c, uint32_t out[2]) {
  if (c >= 0x21 && c <= 0x7E) return one(c - 0x21 + 0xFF01, out);
  if (c == ' ') return one(0x3000, out);
  if (c >= HALF_FIRST && c <= HALF_LAST) return one(full_of_half[c - HALF_FIRST], out);
  return one(c, out);
}

/* A half-width kana and its mark become one character, so this looks one code point ahead. */
str text_full_width(struct arena *a, str s) {
  struct buf b = buf_in(a);
  buf_reserve(&b, s.n * 3 + 1);
  for (size_t at = 0; at < s.n;) {
    uint32_t c = utf8_next(s, &at), out[2];
    to_full(c, out);
    size_t behind = at;
    uint32_t mark = c >= HALF_FIRST && c <= HALF_LAST && at < s.n ? utf8_next(s, &behind) : 0;
    uint32_t voiced = mark == HALF_VOICED || mark == HALF_SEMI ? voiced_of(out[0], mark) : 0;
    text__put(&b, voiced ? voiced : out[0]);
    if (voiced) at = behind;
  }
  return buf_str(&b);
}

/* ---- for looking up */

static size_t without_spaces(uint32_t c, uint32_t out[2]) {
  return c == ' ' || c == 0x3000 || c == '\t' ? 0 : one(c, out);
}

str text_search_key(struct arena *a, str s) {
  str key = text_large_kana(a, text_katakana(a, text_nfkc(a, s)));
  return text__map(a, text_upper(a, key), without_spaces);
}
