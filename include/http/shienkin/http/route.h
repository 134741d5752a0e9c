/* route: one row per method and address: who may call it, what it takes, what it gives. The server obeys the row, and
 * /openapi.json is printed from it, so that neither can say what the other does not.
 *
 *   { .name = "submitClaim", .method = HTTP_POST, .path = "/v1/claims/{claim}/submit", .path_parameters = claim_id,
 *     .realms = HTTP_CLINIC, .body = HTTP_BODY_JSON, .body_spec = &submit_spec, .idempotent = true,
 *     .etag = HTTP_ETAG_REQUIRED, .handler = submit_claim, … }
 *
 * Rows are const and live as long as the program. http_server_start() checks them all (asserts with the row's name): names
 * and (method, path) unique, parameters declared for each {…}, a handler or a stream, a body only where methods have one. */
#ifndef SHIENKIN_HTTP_ROUTE_H
#define SHIENKIN_HTTP_ROUTE_H

#include "answer.h"

typedef struct http_answer (*http_handler)(struct http_request *r);

/* A body that is taken in pieces, each as a call of its own on a worker, so that no worker waits for the network and
 * nobody holds more than one piece. */
enum { HTTP_CHUNK_BYTES = 256 << 10 };
struct http_stream_in {
  /* Before the body: false: *answer is the answer and the body is not wanted. r->state is set up here, in r->keep. */
  bool (*begin)(struct http_request *r, struct http_answer *answer);
  /* HTTP_CHUNK_BYTES each but the last. r->arena is fresh each time. false: as above. */
  bool (*chunk)(struct http_request *r, str bytes, struct http_answer *answer);
  http_handler finish;          /* the body came whole */
  /* The client went away, broke a rule or was too slow after begin() said true: on a worker; may be NULL. */
  void (*abandon)(struct http_request *r);
};

enum http_body {
  HTTP_BODY_NONE,               /* Content-Length 0 or none */
  HTTP_BODY_JSON,               /* application/json */
  HTTP_BODY_MERGE_PATCH,        /* application/merge-patch+json (RFC 7396) */
  HTTP_BODY_FORM,               /* application/x-www-form-urlencoded by `form_parameters` */
  HTTP_BODY_BYTES,              /* body_types, whole in memory */
  HTTP_BODY_STREAM,             /* body_types, by `stream` */
  HTTP_BODY_MULTIPART,          /* multipart/form-data (RFC 7578): fields by `form_parameters`, then at most one file, whose
                                 * bytes go to `stream`; fields stand before the file, as they do in our forms */
};

/* SLOW: argon2, PDF, CSV, scans. PAPER: what strangers sent is decoded, in a child that may take its seconds: of its own, so that
 * nobody waits behind it who signs in. LIGHT: waits for nothing outside the process, and so is answered while everything else waits
 * for a database that hangs; a request that brings a session to be looked up is QUICK, unless its row is anonymous. */
enum http_lane { HTTP_LANE_QUICK, HTTP_LANE_SLOW, HTTP_LANE_PAPER, HTTP_LANE_LIGHT, HTTP_LANES };
const char *http_lane_name(enum http_lane lane);        /* "quick", "slow", … */

enum http_etag_policy {
  HTTP_ETAG_NONE,
  HTTP_ETAG_GIVEN,              /* answers carry one */
  HTTP_ETAG_REQUIRED,           /* If-Match is required: 428 without it */
};

/* Unsafe methods with a session cookie need the session's token (X-CSRF-Token or the field csrf_token) and an Origin or
 * Sec-Fetch-Site of ours; without a session the origin alone is looked at. Bearer tokens need neither. */
enum http_csrf { HTTP_CSRF_CHECKED, HTTP_CSRF_EXEMPT };

enum http_face { HTTP_API, HTTP_PAGE };          /* problems as application/problem+json, or by the page renderer */

/* For the documentation: what a status carries. */
struct http_route_answer { int status; const char *content_type; const struct spec *spec; const char *description; };

struct http_route {
  const char *name;                             /* operationId, and the label in logs and metrics with `path` */
  enum http_method method;                      /* one; HEAD comes with GET by itself, OPTIONS for all */
  const char *path;                             /* "/v1/claims/{claim}/facts"; a last "{name*}" takes the rest, slashes too */
  const struct http_parameter *path_parameters; /* NULL: none in the pattern */
  const struct http_parameter *query;           /* NULL: none allowed */
  uint32_t realms;                              /* bits of http_realm; with PUBLIC or LOG a session is optional */
  uint32_t roles;                               /* bits of http_role, one of which is needed; 0: any of these realms */
  bool anonymous;                               /* of PUBLIC alone: nobody is asked who he is, whatever credentials he brings */
  bool persons_only;                            /* no machine's token */
  bool step_up;                                 /* the second factor within the last 5 minutes */
  enum http_csrf csrf;
  enum http_face face;
  enum http_body body;
  size_t body_limit_bytes;                      /* 0: 64 KiB; for FORM 64 KiB; STREAM and MULTIPART: required, asserted */
  const struct spec *body_spec;                 /* JSON; MERGE_PATCH is merged by the handler and checked there */
  const struct http_parameter *form_parameters; /* FORM, MULTIPART; csrf_token and idempotency_key are the server's own */
  const char *const *body_types;                /* BYTES, STREAM: accepted types without parameters; NULL: any */
  const char *produces;                         /* for Accept and 406; NULL: by face; "*": whatever the handler says */
  enum http_lane lane;
  bool idempotent;                              /* Idempotency-Key (or the field idempotency_key) is required */
  enum http_etag_policy etag;
  http_handler handler;                         /* for all bodies but STREAM and MULTIPART */
  const struct http_stream_in *stream;

  const char *tag;                              /* chapter of the documentation */
  const char *summary_ja, *summary_en;          /* one line */
  const char *description_en;                   /* NULL: the summary says it */
  const struct http_route_answer *answers;      /* ended by status 0 */
  const char *const *problems;                  /* codes of the field's own refusals beside the common ones; ended by NULL */
};

struct http_route_table { const struct http_route *rows; size_t count; };

/* What a MULTIPART request's file said of itself; both are claims of the client. n = 0: no file came. */
str http_request_file_name(const struct http_request *r);
str http_request_file_type(const struct http_request *r);
/* Its bytes, before they came: reckoned from Content-Length, right where the file is the last part and nothing follows the
 * closing delimiter but a line end, as browsers send it. -1: not to be known. */
int64_t http_request_file_length(const struct http_request *r);

/* The address of a route with its parameters filled in, percent-encoded, in the order of the pattern; asserts that as
 * many values are given as the pattern has parameters. */
str http_route_target(struct arena *a, const struct http_route *route, const str *values, size_t count);

/* The matcher by itself, for the server and for tests. Precomputed from the tables; immutable. */
struct http_routes;
struct http_routes *http_routes_new(const struct http_route_table *tables, size_t table_count);   /* NULL: no memory */
void http_routes_free(struct http_routes *routes);
struct http_match {
  const struct http_route *route;               /* NULL: nothing here answers this method */
  uint32_t allowed;                             /* methods that have a row at this address; 0: nothing is here */
  struct http_values path;
};
/* `path` as it came, without query: percent-decoded segment by segment; dot segments, empty segments, encoded slashes in a
 * segment, NUL and broken UTF-8 match nothing. Literal segments win over parameters. HEAD finds GET's row. */
void http_routes_match(struct arena *a, const struct http_routes *routes, enum http_method method, str path,
                       struct http_match *out);

#endif
