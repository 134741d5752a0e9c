/* The scan visits each byte outside strings once by a table of classes, and goes through strings eight bytes at a
 * time: most of a claim's bytes stand inside strings. */
#include "json_scan.h"

enum byte_class { BYTE_PLAIN, BYTE_QUOTE, BYTE_NUMBER, BYTE_LETTER, BYTE_OPEN, BYTE_CLOSE, BYTE_COLON, BYTE_COMMA };

static const uint8_t byte_classes[256] = {
  ['"'] = BYTE_QUOTE,          ['-'] = BYTE_NUMBER, ['0' ... '9'] = BYTE_NUMBER, ['a' ... 'z'] = BYTE_LETTER,
  ['A' ... 'Z'] = BYTE_LETTER, ['['] = BYTE_OPEN,   ['{'] = BYTE_OPEN,           [']'] = BYTE_CLOSE,
  ['}'] = BYTE_CLOSE,          [':'] = BYTE_COLON,  [','] = BYTE_COMMA,
};

/* High bit set in each byte of `word` that equals `byte`, exact up to and including the first such byte. */
static inline uint64_t bytes_equal(uint64_t word, unsigned char byte) {
  const uint64_t ones = UINT64_C(0x0101010101010101), highs = UINT64_C(0x8080808080808080);
  uint64_t zeroed = word ^ (ones * byte);
  return (zeroed - ones) & ~zeroed & highs;
}

size_t json__skip_string(str document, size_t at, bool *marks) {
  const char *p = document.p;
  for (;;) {
    while (at + 8 <= document.n) {
      uint64_t word;
      memcpy(&word, p + at, 8);
      if (bytes_equal(word, '"') | bytes_equal(word, '\\')) break;
      at += 8;
    }
    while (at < document.n && p[at] != '"' && p[at] != '\\') at++;
    if (at >= document.n) return document.n;
    if (p[at] == '"') return at + 1;
    /* A NUL or the mark itself, which json_mark must write in another way. */
    if (document.n - at >= 6 && memcmp(p + at, "\\u000", 5) == 0 && (p[at + 5] == '0' || p[at + 5] == '1'))
      *marks = true;
    at += 2;
    if (at > document.n) return document.n;
  }
}

static size_t skip_number(str document, size_t at, bool *marks) {
  const char *p = document.p;
  size_t digits_from = at + (p[at] == '-');
  if (p[at] == '-' && digits_from < document.n && p[digits_from] == '0') *marks = true;
  size_t end = digits_from;
  while (end < document.n && p[end] >= '0' && p[end] <= '9') end++;
  if (end - digits_from > 18) *marks = true;
  if (end < document.n && (p[end] == '.' || p[end] == 'e' || p[end] == 'E')) *marks = true;
  return end;
}

bool json__scan(str document, unsigned depth, struct json_scan *out) {
  struct json_scan scan = { 0 };
  size_t level = 0;
  size_t at = 0;
  while (at < document.n) {
    switch ((enum byte_class)byte_classes[(unsigned char)document.p[at]]) {
      case BYTE_QUOTE: at = json__skip_string(document, at + 1, &scan.marks); continue;
      case BYTE_NUMBER: at = skip_number(document, at, &scan.marks); continue;
      case BYTE_OPEN:
        scan.opens++;
        if (++level > depth) {
          scan.deep_at = at;
          *out = scan;
          return false;
        }
        break;
      case BYTE_CLOSE: level -= level > 0; break;
      case BYTE_COLON: scan.colons++; break;
      case BYTE_COMMA: scan.commas++; break;
      case BYTE_LETTER:
      case BYTE_PLAIN: break;
    }
    at++;
  }
  *out = scan;
  return true;
}
