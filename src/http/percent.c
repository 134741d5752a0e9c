/* percent: percent-encoding (RFC 3986 §2.1), read strictly: what is half an escape, holds NUL, or is not UTF-8 once
 * decoded is refused rather than guessed at. */
#include "shienkin/http/parameter.h"

static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

result http_percent_decode(struct arena *a, str text, bool plus_is_space, str *out) {
  char *bytes = arena_alloc(a, text.n + 1);
  size_t n = 0;
  for (size_t i = 0; i < text.n; i++) {
    char c = text.p[i];
    if (c == '%') {
      if (text.n - i < 3) return RESULT_REFUSED;
      int high = hex_value(text.p[i + 1]), low = hex_value(text.p[i + 2]);
      if (high < 0 || low < 0) return RESULT_REFUSED;
      c = (char)(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') return RESULT_REFUSED;
    bytes[n++] = c;
  }
  bytes[n] = '\0';
  *out = (str){ bytes, n };
  return utf8_valid(*out, NULL) ? RESULT_OK : RESULT_REFUSED;
}

static bool unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

str http_percent_encode(struct arena *a, str text) {
  static const char digits[] = "0123456789ABCDEF";
  struct buf out = buf_in(a);
  buf_reserve(&out, text.n + 1);
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.p[i];
    if (unreserved(text.p[i])) {
      buf_byte(&out, text.p[i]);
    } else {
      buf_byte(&out, '%');
      buf_byte(&out, digits[c >> 4]);
      buf_byte(&out, digits[c & 15]);
    }
  }
  return buf_str(&out);
}

str http_values_write(struct arena *a, const struct http_pair *pairs, size_t count) {
  struct buf out = buf_in(a);
  for (size_t i = 0; i < count; i++) {
    if (i) buf_byte(&out, '&');
    buf_add(&out, http_percent_encode(a, pairs[i].name));
    buf_byte(&out, '=');
    buf_add(&out, http_percent_encode(a, pairs[i].value));
  }
  return buf_str(&out);
}
