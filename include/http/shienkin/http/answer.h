/* answer: what a handler gives back: a plain value, made by one of the functions below and adorned by the others.
 *
 *   struct http_answer answer = http_json(HTTP_OK, body);
 *   http_answer_etag(r, &answer, version);
 *   return answer;
 *
 * The server adds the rest: Date, Content-Length, Content-Language, X-Request-Id, traceparent, `Cache-Control: no-store`
 * unless said otherwise, HSTS, nosniff, Referrer-Policy, the content security policy. What an answer borrows lives in the
 * request's arena; the server takes its own copy before that arena goes. */
#ifndef SHIENKIN_HTTP_ANSWER_H
#define SHIENKIN_HTTP_ANSWER_H

#include "problem.h"
#include "request.h"

enum { HTTP_OK = 200, HTTP_CREATED = 201, HTTP_ACCEPTED = 202, HTTP_NO_CONTENT = 204, HTTP_PARTIAL = 206,
       HTTP_SEE_OTHER = 303, HTTP_NOT_MODIFIED = 304 };

/* A body that is made piece by piece on worker threads while it is sent: nobody holds more than one piece, and no worker
 * waits for the network. */
struct http_source {
  /* Up to `most` bytes (256 KiB) into `out`; *n = 0: the end. r->arena is fresh each time, r->keep and `state` stay.
   * Any result but RESULT_OK breaks the connection off, so that the client sees that the body is not whole. */
  result (*next)(struct http_request *r, void *state, char *out, size_t most, size_t *n);
  void (*close)(void *state);   /* once, whatever happened; may be NULL; runs on any thread and must not wait */
  void *state;                  /* in r->keep */
};

struct http_answer_header { const char *name; str value; const struct http_answer_header *next; };

struct http_answer {
  int status;                           /* 0: no answer yet */
  const char *content_type;             /* NULL: no body */
  str body;
  const struct http_source *source;     /* instead of body; in r->keep */
  int64_t length;                       /* of source; -1: unknown, sent chunked */
  const struct http_problem *problem;   /* body is made from it by the server, for API and pages alike */
  str detail_ja, detail_en;
  const struct findings *findings;
  const struct http_answer_header *headers;     /* in the request's arena, or in r->keep for streams */
  const char *content_security_policy;  /* NULL: the server's for this kind of content */
};

struct http_answer http_json(int status, str body);                      /* application/json */
struct http_answer http_html(int status, str body);                      /* text/html; charset=utf-8 */
struct http_answer http_bytes(int status, const char *content_type, str body);
struct http_answer http_no_content(void);
struct http_answer http_created(struct http_request *r, str location, str json);
struct http_answer http_see_other(struct http_request *r, str location);         /* after a form; a path of ours, asserted */
struct http_answer http_not_modified(struct http_request *r, int64_t version);
struct http_answer http_stream_out(int status, const char *content_type, const struct http_source *source, int64_t length);

/* A refusal with the arguments of its detail: HTTP_PROBLEM(r, &http_problem_not_found) or (…, str, str). */
struct http_answer http_problem_answer(struct http_request *r, const struct http_problem *p, size_t argument_count,
                                       const str *arguments);
#define HTTP_PROBLEM(r, p, ...)                                                                       \
  http_problem_answer((r), (p), sizeof((str[]){ STR(""), ##__VA_ARGS__ }) / sizeof(str) - 1,          \
                      (str[]){ STR(""), ##__VA_ARGS__ } + 1)
/* With findings as `errors`. */
struct http_answer http_refused(struct http_request *r, const struct http_problem *p, const struct findings *f);
/* How a use case ended, when it is none of the field's own refusals: LIMIT 413, NO_MEMORY and OUTSIDE 503,
 * CONFLICT 409, NOT_FOUND 404, REFUSED 422 with f (may be NULL). Not for RESULT_OK, asserted. */
struct http_answer http_result(struct http_request *r, result why, const struct findings *f);
struct http_answer http_throttled(struct http_request *r, int64_t wait_s);       /* 429 with Retry-After */
/* The problem as its document, for what is stored under an idempotency key. */
str http_problem_json(struct http_request *r, const struct http_answer *answer);

/* Adornments. A header's name is a literal; its value holds no control characters (asserted; encode what people wrote). */
void http_answer_header(struct http_request *r, struct http_answer *answer, const char *name, str value);
void http_answer_etag(struct http_request *r, struct http_answer *answer, int64_t version);     /* "<version>-<realm>" */
void http_answer_retry_after(struct http_request *r, struct http_answer *answer, int64_t seconds);
/* RFC 8288: Link: <target>; rel="next". Target: path and query of ours. */
void http_answer_link(struct http_request *r, struct http_answer *answer, const char *rel, str target);
/* RFC 9530: Content-Digest: sha-256=:…: of answer->body. */
void http_answer_digest(struct http_request *r, struct http_answer *answer);
void http_answer_digest_of(struct http_request *r, struct http_answer *answer, const struct sha256 *digest);
/* Content-Disposition (RFC 6266) with filename* for names beyond ASCII; control characters and slashes become "_". */
void http_answer_attachment(struct http_request *r, struct http_answer *answer, str file_name);
/* Public and unchanging for so long: the log's tiles, assets by hash. */
void http_answer_cacheable(struct http_request *r, struct http_answer *answer, int64_t max_age_s, bool immutable);

/* Name must begin with "__Host-" (asserted): Secure, Path=/, no Domain, always HttpOnly and SameSite=Lax.
 * max_age_s: -1 a session cookie, 0 forget it. Value: RFC 6265 cookie octets, asserted. */
void http_answer_cookie(struct http_request *r, struct http_answer *answer, const char *name, str value, int64_t max_age_s);

/* One range of RFC 9110 §14 for a resource of `length` bytes whose ETag is tag (without quotes; If-Range must match):
 * RESULT_OK with *from <= *to (inclusive); RESULT_NOT_FOUND: no or unusable Range, send all; RESULT_REFUSED: 416. */
MUST_USE result http_request_range(const struct http_request *r, int64_t length, str tag, int64_t *from, int64_t *to);
void http_answer_content_range(struct http_request *r, struct http_answer *answer, int64_t from, int64_t to,
                               int64_t length);
struct http_answer http_range_refused(struct http_request *r, int64_t length);   /* 416 with Content-Range */

#endif
