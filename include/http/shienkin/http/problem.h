/* problem: what is said when a request is refused: RFC 9457, `application/problem+json`, type
 * `urn:shienkin:problem:<code>`. A code is stable for ever; its texts stand in both languages in a catalogue.
 *
 * The document: {"type","title","status","detail","instance":"urn:uuid:…","request_id","trace_id",
 * "title_ja","title_en","detail_ja","detail_en","errors":[{"pointer","code","message_ja","message_en"}]}. `title` and
 * `detail` are those of the reader's language (Accept-Language; Japanese when nothing was asked for). */
#ifndef SHIENKIN_HTTP_PROBLEM_H
#define SHIENKIN_HTTP_PROBLEM_H

#include "shienkin/base.h"

/* {0} … {9} in a detail stand for the arguments that an answer gives. A detail says what to do next. */
struct http_problem {
  const char *code;             /* [a-z][a-z0-9_]* */
  int status;
  const char *title_ja, *title_en;
  const char *detail_ja, *detail_en;
};

/* Tables of problems are joined at the start (asserted: no code twice), for the documentation at /openapi.json. */
struct http_problem_table { const struct http_problem *const *rows; size_t count; };
extern const struct http_problem_table http_problems;            /* those below */

/* What the server itself answers, and what handlers of every room share. */
extern const struct http_problem
    http_problem_bad_request,           /* 400 framing or syntax of the request; {0} says which */
    http_problem_malformed_body,        /* 400 errors: JSON that cannot be read */
    http_problem_invalid_parameter,     /* 400 errors: query or form field, pointer "/query/<name>" */
    http_problem_idempotency_key_required,      /* 400 */
    http_problem_sign_in_required,      /* 401 */
    http_problem_token_invalid,         /* 401 with WWW-Authenticate */
    http_problem_forbidden,             /* 403 role or mandate */
    http_problem_csrf,                  /* 403 */
    http_problem_step_up_required,      /* 403 the second factor is asked for again */
    http_problem_read_only_token,       /* 403 */
    http_problem_not_found,             /* 404 */
    http_problem_method_not_allowed,    /* 405 with Allow */
    http_problem_not_acceptable,        /* 406 */
    http_problem_request_timeout,       /* 408 */
    http_problem_conflict,              /* 409 somebody else was first */
    http_problem_request_in_progress,   /* 409 with Retry-After: same idempotency key, still running */
    http_problem_precondition_failed,   /* 412 If-Match does not hold */
    http_problem_body_too_large,        /* 413 {0} bytes at most */
    http_problem_url_too_long,          /* 414 */
    http_problem_unsupported_media_type,        /* 415 with Accept-Post or Accept-Patch; {0} the types that are */
    http_problem_range_not_satisfiable, /* 416 with Content-Range */
    http_problem_invalid_body,          /* 422 errors: against the route's spec, or the field's rules */
    http_problem_idempotency_key_reused,        /* 422 same key, other payload */
    http_problem_precondition_required, /* 428 */
    http_problem_too_many_attempts,     /* 429 with Retry-After */
    http_problem_headers_too_large,     /* 431 */
    http_problem_internal,              /* 500 */
    http_problem_not_implemented,       /* 501 a method or coding that nobody here knows */
    http_problem_busy,                  /* 503 with Retry-After: the queue is full */
    http_problem_unavailable,           /* 503 with Retry-After: the database or another part does not answer */
    http_problem_shutting_down;         /* 503 with Retry-After */

#endif
