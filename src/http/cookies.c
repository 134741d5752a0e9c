/* cookies: the Cookie header as user agents send it (RFC 6265 §5.4: name=value pairs joined by "; "), and the one kind of
 * Set-Cookie that we write: host-bound, for TLS alone, out of reach of scripts. */
#include "fields.h"
#include "shienkin/http/answer.h"

enum { COOKIES_MOST = 64 };

/* §4.1.1 cookie-octet. User agents also send what others set for this host, so spaces and commas within a value are
 * passed over rather than refused; quotes are kept as they stand. */
static bool value_character(char c) {
  unsigned char u = (unsigned char)c;
  return u >= 0x20 && u != 0x7f && u != ';';
}

static bool octet(char c) {
  unsigned char u = (unsigned char)c;
  return u > 0x20 && u < 0x7f && u != '"' && u != ',' && u != ';' && u != '\\';
}

static bool all(str s, bool (*holds)(char c)) {
  for (size_t i = 0; i < s.n; i++) {
    if (!holds(s.p[i])) return false;
  }
  return true;
}

result http_cookies_read(struct arena *a, str header, struct http_cookie_pair **out, size_t *count) {
  struct http_cookie_pair *pairs = ARENA_ARRAY(a, struct http_cookie_pair, COOKIES_MOST);
  *out = pairs;
  *count = 0;
  for (str rest = header; rest.n;) {
    str value, one = http__field_trim(str_cut(rest, ';', &rest));
    if (one.n == 0) continue;
    if (str_find(one, STR("=")) < 0) return RESULT_REFUSED;
    str name = http__field_trim(str_cut(one, '=', &value));
    value = http__field_trim(value);
    if (!http__token(name) || !all(value, value_character) || *count == COOKIES_MOST) return RESULT_REFUSED;
    for (size_t i = 0; i < *count; i++) {
      if (str_eq(pairs[i].name, name)) return RESULT_REFUSED;
    }
    pairs[(*count)++] = (struct http_cookie_pair){ name, value };
  }
  return RESULT_OK;
}

void http_answer_cookie(struct http_request *r, struct http_answer *answer, const char *name, str value,
                        int64_t max_age_s) {
  assert(str_starts(str_of(name), STR("__Host-")) && http__token(str_of(name)) && "a cookie bound to this host");
  assert(all(value, octet) && "a cookie's value is made of cookie octets");
  struct buf out = buf_in(r->arena);
  buf_format(&out, "%s=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax", name, STR_ARG(value));
  if (max_age_s >= 0) buf_format(&out, "; Max-Age=%lld", (long long)max_age_s);
  http_answer_header(r, answer, "Set-Cookie", buf_str(&out));
}
