/* trace: W3C Trace Context. `00-<32 hex>-<16 hex>-<2 hex>`, lower case alone; zero ids and version ff are no trace; a
 * version above 00 is read by its first 55 bytes when they end there or go on with "-". */
#include "shienkin/http/request.h"

enum { TRACE_LENGTH = 55, TRACE_AT = 3, PARENT_AT = 36, FLAGS_AT = 53 };

static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_bytes(const char *text, uint8_t *out, size_t n) {
  for (size_t i = 0; i < n; i++) {
    int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    out[i] = (uint8_t)(high * 16 + low);
  }
  return true;
}

static bool all_zero(const uint8_t *bytes, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (bytes[i]) return false;
  }
  return true;
}

result http_trace_read(str header, struct http_trace *out) {
  *out = (struct http_trace){ 0 };
  uint8_t version;
  if (header.n < TRACE_LENGTH) return RESULT_REFUSED;
  const char *p = header.p;
  bool dashes = p[2] == '-' && p[PARENT_AT - 1] == '-' && p[FLAGS_AT - 1] == '-';
  bool hex = read_bytes(p, &version, 1) && read_bytes(p + TRACE_AT, out->trace_id, 16) &&
             read_bytes(p + PARENT_AT, out->parent, 8) && read_bytes(p + FLAGS_AT, &out->flags, 1);
  if (!dashes || !hex || version == 0xff) return RESULT_REFUSED;
  if (version == 0 && header.n != TRACE_LENGTH) return RESULT_REFUSED;
  if (header.n > TRACE_LENGTH && p[TRACE_LENGTH] != '-') return RESULT_REFUSED;
  return all_zero(out->trace_id, 16) || all_zero(out->parent, 8) ? RESULT_REFUSED : RESULT_OK;
}

static char *write_bytes(char *at, const uint8_t *bytes, size_t n) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < n; i++) {
    *at++ = digits[bytes[i] >> 4];
    *at++ = digits[bytes[i] & 15];
  }
  return at;
}

void http_trace_write(const struct http_trace *t, char out[56]) {
  char *at = out;
  at = write_bytes(at, (const uint8_t[]){ 0 }, 1);
  *at++ = '-';
  at = write_bytes(at, t->trace_id, 16);
  *at++ = '-';
  at = write_bytes(at, t->parent, 8);
  *at++ = '-';
  at = write_bytes(at, &t->flags, 1);
  *at = '\0';
}
