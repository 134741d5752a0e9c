/* request: what a handler sees. Every member is already checked against the route row; strings are borrowed and live as
 * long as the request unless said otherwise. */
#ifndef SHIENKIN_HTTP_REQUEST_H
#define SHIENKIN_HTTP_REQUEST_H

#include "identity.h"
#include "parameter.h"
#include "shienkin/crypto.h"

enum http_method { HTTP_GET = 1, HTTP_HEAD = 2, HTTP_POST = 4, HTTP_PUT = 8, HTTP_PATCH = 16, HTTP_DELETE = 32,
                   HTTP_OPTIONS = 64 };
const char *http_method_name(enum http_method method);
static inline bool http_method_safe(enum http_method m) {
  return m == HTTP_GET || m == HTTP_HEAD || m == HTTP_OPTIONS;
}

/* W3C Trace Context. `parent` is our own hop: a new id per request. */
struct http_trace { uint8_t trace_id[16], parent[8]; uint8_t flags; str state; };
/* RESULT_REFUSED for what is to be ignored (§3.2.2, §4.3); the caller then starts anew. */
MUST_USE result http_trace_read(str header, struct http_trace *out);
void http_trace_write(const struct http_trace *t, char out[56]);         /* 00-…-…-.., terminated */

/* ETags: strong, "<version>-<realm>" in quotes. */
struct http_etags { bool present, any; const str *tags; const bool *weak; size_t count; };    /* tags without quotes */
MUST_USE result http_etags_read(struct arena *a, str header, struct http_etags *out);     /* at most 64 */
bool http_etags_strong(const struct http_etags *list, str tag);          /* If-Match (RFC 9110 §8.8.3.2); `any` matches */
bool http_etags_weak(const struct http_etags *list, str tag);            /* If-None-Match */

struct http_header { str name, value; };
struct http_cookie_pair { str name, value; };
/* RFC 6265 §5.4 as user agents send it; RESULT_REFUSED when a name comes twice or a character may not stand there. */
MUST_USE result http_cookies_read(struct arena *a, str header, struct http_cookie_pair **out, size_t *count);

struct http_route;
struct http_server;

struct http_request {
  struct arena *arena;                  /* what this call computes; gone when it returns and the answer was taken over */
  struct arena *keep;                   /* until the answer's last byte is sent: state of streams. At most 1 MiB */
  void *app;                            /* http_config.app */
  void *worker;                         /* what the worker factory made for this thread: its connections */
  struct http_server *server;
  const struct http_route *route;
  enum http_method method;              /* HEAD where a GET route is asked by HEAD: the body is dropped by the server */
  enum http_realm realm;                /* the one of the route's realms that applies: whose database login works */
  str origin;                           /* http_config.origin; http_request_origin() tells where none is configured */
  str target;                           /* as it came, for links back; holds no secret; never logged */
  struct http_values path, query, form; /* in the order of the route's tables */
  str body;                             /* JSON, MERGE_PATCH, FORM, BYTES: the bytes, for refusals too once they came whole */
  struct json json;                     /* JSON, MERGE_PATCH: checked against route->body_spec where there is one */
  const struct http_identity *identity; /* NULL: nobody signed in */
  const struct http_header *headers; size_t header_count;       /* as they came, without cookies and Authorization */
  const struct http_cookie_pair *cookies; size_t cookie_count;  /* the session's own without its value */
  str idempotency_key;                  /* n = 0: none came (routes that require one refused already) */
  struct sha256 fingerprint;            /* of method, target and the body's meaning (canonical JSON, fields, bytes; of a
                                         * stream nothing): for the stored answer of that key */
  struct http_etags if_match, if_none_match;
  str client;                           /* the address as text; personal data: for audit rows, not for logs */
  str network;                          /* the same as limits count it: all of an IPv6 site's /64 are one; not for logs */
  char request_id[37];                  /* UUIDv7; echoed as X-Request-Id */
  struct http_trace trace;
  enum http_language language;
  int64_t at_us;                        /* when the request had come whole: the one time of the use case */
  int64_t content_length;               /* as announced; -1: chunked */
  void *state;                          /* STREAM: the handlers' own, between begin, chunk and finish */
};

/* "https://shienkin.example": where this house is found, for links that leave it and for what is compared with Origin: as
 * configured, else by Host, which a proxy may write anew. */
str http_request_origin(const struct http_request *r);
/* By name without regard to case; n = 0 and p = NULL when absent; several lines are joined by ", ". */
str http_request_header(const struct http_request *r, const char *name);
str http_request_cookie(const struct http_request *r, const char *name);
static inline bool http_request_may(const struct http_request *r, uint32_t roles) {
  return r->identity && (r->identity->roles & roles) != 0;
}
/* The version of an If-Match header for `"<version>-<realm>"`: RESULT_OK and *version when exactly one strong tag of this
 * realm stands there; RESULT_NOT_FOUND for `*` (any version will do); RESULT_REFUSED otherwise: answer 412. */
MUST_USE result http_request_version(const struct http_request *r, int64_t *version);
bool http_if_none_match(const struct http_request *r, int64_t version);          /* true: answer http_not_modified() */

/* Opaque cursors: base64url(canonical JSON) "." base64url(HMAC-SHA-256, 16 bytes), bound to route and account, so that
 * nobody makes one up or carries one elsewhere. What it holds is readable by its bearer: positions, no secrets. */
str http_cursor_write(struct http_request *r, const struct json *position);
MUST_USE result http_cursor_read(struct http_request *r, str cursor, struct json *position);     /* RESULT_REFUSED */

/* Growing delay per key ("account:…", "address:…"): after the third failure in a row 1 s, then doubling up to 15 min;
 * forgotten an hour after the last failure. In this process's memory, bounded; the least recently used goes first. */
int64_t http_throttle_wait_s(struct http_request *r, str key);           /* 0: go on; else answer http_throttled() */
void http_throttle_failed(struct http_request *r, str key);
void http_throttle_passed(struct http_request *r, str key);
/* An even rate per key, for what anybody may ask and costs something: up to `per_minute` (1 to 6000) at once, then as time
 * passes. Counts this one and gives 0, or does not and gives the seconds to wait: answer http_throttled(). Bounded as above,
 * in a table of its own. */
int64_t http_rate_wait_s(struct http_request *r, str key, uint32_t per_minute);

#endif
