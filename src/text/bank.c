/* bank: single bytes of a Zengin payment file: JIS X 0201, eight bits, a kana's voicing mark in a byte of its own. */
#include "unicode.h"

enum {
  BYTE_WO = 0xA6,
  BYTE_LONG = 0xB0,
  BYTE_U = 0xB3,
  BYTE_KA = 0xB6,
  BYTE_TO = 0xC4,
  BYTE_HA = 0xCA,
  BYTE_HO = 0xCE,
  BYTE_VOICED = 0xDE,
  BYTE_SEMI = 0xDF,
  BYTE_FIRST = 0xA1,
  HALF_FIRST = 0xFF61,
};

/* What a class allows beyond space, digits, capitals and kana (appendix 1 of the record formats). */
static const char *const extras[] = {
  [BANK_CLASS_BANK] = "-",
  [BANK_CLASS_NAME] = "()-.",
  [BANK_CLASS_EDI] = "\\\xA2\xA3()-/.\xA6",
};

bool bank_byte_allowed(enum bank_class c, uint8_t byte) {
  if (byte == ' ' || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z')) return true;
  if (byte > BYTE_LONG && byte <= BYTE_SEMI) return true;
  return byte && strchr(extras[c], (char)byte);
}

/* ﾞ stands behind ｳ, ｶ–ﾄ and ﾊ–ﾎ; ﾟ behind ﾊ–ﾎ alone. */
static bool mark_fits(uint8_t before, uint8_t mark) {
  if (before >= BYTE_HA && before <= BYTE_HO) return true;
  return mark == BYTE_VOICED && (before == BYTE_U || (before >= BYTE_KA && before <= BYTE_TO));
}

enum bank_fault bank_field_check(enum bank_class c, str jis, size_t *at) {
  uint8_t before = 0;
  for (size_t i = 0; i < jis.n; i++) {
    uint8_t byte = (uint8_t)jis.p[i];
    *at = i;
    if (!bank_byte_allowed(c, byte)) return BANK_NOT_ALLOWED;
    if (byte >= BYTE_VOICED && !mark_fits(before, byte)) return BANK_LOOSE_MARK;
    before = byte;
  }
  *at = 0;
  return BANK_OK;
}

str bank_to_utf8(struct arena *a, str jis) {
  struct buf b = buf_in(a);
  for (size_t i = 0; i < jis.n; i++) {
    uint8_t byte = (uint8_t)jis.p[i];
    bool kana = byte >= BYTE_FIRST && byte <= BYTE_SEMI;
    text__put(&b, byte < 0x80 ? byte : kana ? (uint32_t)(HALF_FIRST + byte - BYTE_FIRST) : 0xFFFD);
  }
  return buf_str(&b);
}

result bank_from_utf8(struct arena *a, str s, str *jis, size_t *at) {
  char *out = arena_alloc(a, s.n + 1);
  size_t n = 0;
  for (size_t next = 0; next < s.n;) {
    *at = next;
    uint32_t c = utf8_next(s, &next);
    bool kana = c >= HALF_FIRST && c <= HALF_FIRST + BYTE_SEMI - BYTE_FIRST;
    if (c >= 0x80 && !kana) return RESULT_REFUSED;
    out[n++] = (char)(kana ? c - HALF_FIRST + BYTE_FIRST : c);
  }
  *at = 0;
  *jis = (str){ out, n };
  return RESULT_OK;
}

/* Small kana A7 … AF and the large ones that they are equal to. */
static const uint8_t large_of_small[] = { 0xB1, 0xB2, 0xB3, 0xB4, 0xB5, 0xD4, 0xD5, 0xD6, 0xC2 };

str bank_match_key(struct arena *a, str jis) {
  char *out = arena_alloc(a, jis.n + 1);
  size_t n = 0;
  for (size_t i = 0; i < jis.n; i++) {
    uint8_t byte = (uint8_t)jis.p[i];
    if (byte == ' ') continue;
    if (byte > BYTE_WO && byte < BYTE_LONG) byte = large_of_small[byte - BYTE_WO - 1];
    if (byte == BYTE_LONG) byte = '-';
    if (byte >= 'a' && byte <= 'z') byte = (uint8_t)(byte - 'a' + 'A');
    out[n++] = (char)byte;
  }
  return (str){ out, n };
}
