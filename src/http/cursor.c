/* cursor: base64url(canonical JSON) "." base64url(first 16 bytes of HMAC-SHA-256). What is signed is the route's name, the
 * account and the JSON, each ended by a newline that none of the first two can hold, so that a cursor works only where
 * and for whom it was made. */
#include "cursor.h"

#include "server_inside.h"

enum { MAC_BYTES = 16 };

static struct sha256 mac_of(struct arena *a, str key, str route, str account, str canonical) {
  struct buf signed_bytes = buf_in(a);
  buf_add(&signed_bytes, route);
  buf_byte(&signed_bytes, '\n');
  buf_add(&signed_bytes, account);
  buf_byte(&signed_bytes, '\n');
  buf_add(&signed_bytes, canonical);
  return hmac_sha256(key, buf_str(&signed_bytes));
}

str http__cursor_write(struct arena *a, str key, str route, str account, const struct json *position) {
  struct findings none = findings_in(a);
  str canonical;
  result written = json_canonical(a, position, &none, &canonical);
  assert(written == RESULT_OK && "a cursor holds what canonical JSON can");
  struct sha256 mac = mac_of(a, key, route, account, canonical);
  return str_format(a, "%.*s.%.*s", STR_ARG(base64url_encode(a, canonical)),
                    STR_ARG(base64url_encode(a, (str){ (const char *)mac.bytes, MAC_BYTES })));
}

result http__cursor_read(struct arena *a, str key, str route, str account, str cursor, struct json *position) {
  str text, given, canonical;
  str body = str_cut(cursor, '.', &text);
  if (base64url_decode(a, body, &canonical) != RESULT_OK || base64url_decode(a, text, &given) != RESULT_OK)
    return RESULT_REFUSED;
  struct sha256 mac = mac_of(a, key, route, account, canonical);
  if (!bytes_equal(given, (str){ (const char *)mac.bytes, MAC_BYTES })) return RESULT_REFUSED;
  struct findings none = findings_in(a);
  return json_read(a, canonical, (struct json_limits){ 0 }, &none, position);
}

static str account_of(struct http_request *r) {
  if (!r->identity) return STR("-");
  char text[37];
  uuid_write(r->identity->account, text);
  return str_copy(r->arena, str_of(text));
}

str http_cursor_write(struct http_request *r, const struct json *position) {
  return http__cursor_write(r->arena, http__cursor_key(r->server), str_of(r->route->name), account_of(r), position);
}

result http_cursor_read(struct http_request *r, str cursor, struct json *position) {
  return http__cursor_read(r->arena, http__cursor_key(r->server), str_of(r->route->name), account_of(r), cursor,
                           position);
}
