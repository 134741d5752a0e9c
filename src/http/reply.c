/* reply: from a handler's answer to what is sent. Whatever the answer borrows is copied, because the arena that it lives in
 * goes with the call; the headers that every answer carries are added here, once. */
#include "reply_fixed.h"

#include <microhttpd.h>

#include "fields.h"
#include "server_inside.h"

#define HSTS "max-age=31536000"
#define CSP_API "default-src 'none'; frame-ancestors 'none'"
#define CSP_PAGE                                                                                                         \
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " \
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

static void add(struct job *j, const char *name, str value) {
  struct reply_header *h = ARENA_NEW(j->keep, struct reply_header);
  *h = (struct reply_header){ name, str_z(j->keep, value), j->reply.headers };
  j->reply.headers = h;
}

static bool has(const struct job *j, const char *name) {
  for (const struct reply_header *h = j->reply.headers; h; h = h->next) {
    if (http__name_same(str_of(h->name), str_of(name))) return true;
  }
  return false;
}

static void add_unless(struct job *j, const char *name, str value) {
  if (!has(j, name)) add(j, name, value);
}

/* A response header that browsers obey must not be forgotten, so no handler is asked to remember one. */
static void add_common(struct job *j, const struct http_answer *answer, bool page) {
  char trace[56];
  http_trace_write(&j->r.trace, trace);
  const char *configured = j->s->config.pages.content_security_policy;
  const char *policy = answer->content_security_policy ? answer->content_security_policy
                       : !page                         ? CSP_API
                       : configured                    ? configured
                                                       : CSP_PAGE;
  add_unless(j, "Cache-Control", STR("no-store"));
  add_unless(j, "Strict-Transport-Security", STR(HSTS));
  add_unless(j, "X-Content-Type-Options", STR("nosniff"));
  add_unless(j, "Referrer-Policy", STR("same-origin"));
  add_unless(j, "Cross-Origin-Opener-Policy", STR("same-origin"));
  add_unless(j, "Cross-Origin-Resource-Policy", STR("same-origin"));
  add_unless(j, "Content-Security-Policy", str_of(policy));
  if (j->r.request_id[0]) add(j, "X-Request-Id", str_of(j->r.request_id));
  if (j->r.request_id[0]) add(j, "traceparent", str_of(trace));
}

static str language_tag(const struct job *j) { return j->r.language == HTTP_ENGLISH ? STR("en") : STR("ja"); }

/* A page's reader gets a page, a program's reader the document of RFC 9457. */
static struct http_answer render_problem(struct job *j, const struct http_answer *answer) {
  const struct http_pages *pages = &j->s->config.pages;
  j->problem = answer->problem->code;
  bool page = j->r.route ? j->r.route->face == HTTP_PAGE
                         : http__accepts(http_request_header(&j->r, "Accept"), STR("text/html")) &&
                               http_request_header(&j->r, "Accept").n && !str_starts(j->r.target, STR("/v1/")) &&
                               !str_eq(http_request_header(&j->r, "Accept"), STR("*/*"));
  if (page && pages->problem) {
    struct http_answer rendered = pages->problem(&j->r, answer);
    assert(!rendered.problem && rendered.status && "a page's problem is rendered whole");
    for (const struct http_answer_header *h = answer->headers; h; h = h->next) {
      http_answer_header(&j->r, &rendered, h->name, h->value);
    }
    return rendered;
  }
  struct http_answer rendered =
      http_bytes(answer->status, "application/problem+json", http_problem_json(&j->r, answer));
  rendered.headers = answer->headers;
  return rendered;
}

static bool copy_body(struct job *j, str body) {
  if (body.n == 0) return true;
  j->reply.body = mem_alloc(body.n);
  if (!j->reply.body) return false;
  memcpy(j->reply.body, body.p, body.n);
  j->reply.body_n = body.n;
  return true;
}

void reply__of(struct job *j, const struct http_answer *given) {
  assert(given->status >= 200 && given->status <= 599 && "a handler answers with a status");
  struct http_answer answer = given->problem ? render_problem(j, given) : *given;
  struct reply *reply = &j->reply;
  bool close = reply->close;
  *reply = (struct reply){ .source = answer.source, .length = answer.source ? answer.length : -1, .close = close };
  for (const struct http_answer_header *h = answer.headers; h; h = h->next) add(j, h->name, h->value);
  if (given->problem || (j->r.route && j->r.route->face == HTTP_PAGE))
    add_unless(j, "Content-Language", language_tag(j));
  str type = str_of(answer.content_type);
  add_common(j, &answer, str_starts(type, STR("text/html")));
  reply->content_type = type.p ? str_z(j->keep, type) : NULL;
  if (!copy_body(j, answer.body)) {
    reply__fallback(j, RESULT_NO_MEMORY);
    return;
  }
  reply->status = answer.status;
}

void reply__problem(struct job *j, const struct http_problem *p, int64_t retry_after_s) {
  struct http_answer answer = HTTP_PROBLEM(&j->r, p);
  if (retry_after_s) http_answer_retry_after(&j->r, &answer, retry_after_s);
  reply__of(j, &answer);
}

static const struct fixed {
  const char *code, *text;
  int status;
} fixed_too_large = { "body_too_large", FIXED_TOO_LARGE, 413 }, fixed_internal = { "internal", FIXED_INTERNAL, 500 },
  fixed_unavailable = { "unavailable", FIXED_UNAVAILABLE, 503 };

/* Called when an arena is exhausted: everything is constant. A body that takes too much is its sender's to shorten; a call
 * that takes too much without one is our fault; a machine without memory may have some later. */
void reply__fallback(struct job *j, result why) {
  mem_free(j->reply.body);
  const struct http_source *source = j->reply.source;
  j->reply = (struct reply){ .length = -1, .close = true };
  if (source && source->close) source->close(source->state);
  const struct fixed *fixed = why != RESULT_LIMIT ? &fixed_unavailable
                              : j->has_body       ? &fixed_too_large
                                                  : &fixed_internal;
  j->problem = fixed->code;
  j->reply.content_type = "application/problem+json";
  j->reply.fixed = fixed->text;
  j->reply.body_n = strlen(fixed->text);
  j->reply.status = fixed->status;
}

/* ---- towards libmicrohttpd */

/* The body of a source, piece by piece: what is there is copied out; when nothing is, the connection waits, suspended, for
 * a worker to make the next piece. */
static ssize_t read_source(void *context, uint64_t at, char *out, size_t most) {
  (void)at;
  struct job *j = context;
  struct piece *p = &j->piece;
  if (atomic_load(&j->busy)) return 0;
  bool back_from_worker = atomic_load(&j->connection->state) == CONNECTION_WORKING;
  if (back_from_worker) connections__set(j->connection, CONNECTION_SENDING, 0);
  if (p->at < p->n) {
    size_t n = p->n - p->at < most ? p->n - p->at : most;
    memcpy(out, p->bytes + p->at, n);
    p->at += n;
    j->sent += n;
    return (ssize_t)n;
  }
  if (p->broken) return MHD_CONTENT_READER_END_WITH_ERROR;
  if (p->end) return MHD_CONTENT_READER_END_OF_STREAM;
  MHD_suspend_connection(j->mhd);
  if (handoff__offer(j, STEP_SOURCE, false)) return 0;
  MHD_resume_connection(j->mhd);
  p->broken = true;
  return 0;
}

static struct MHD_Response *empty_response(struct job *j) {
  struct reply *reply = &j->reply;
  enum { BLOCK_BYTES = 32 << 10 };
  if (reply->source) {
    uint64_t length = reply->length >= 0 ? (uint64_t)reply->length : MHD_SIZE_UNKNOWN;
    return MHD_create_response_from_callback(length, BLOCK_BYTES, read_source, j, NULL);
  }
  const char *bytes = reply->fixed ? reply->fixed : reply->body;
  j->sent = reply->body_n;
  return MHD_create_response_from_buffer(reply->body_n, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
}

struct MHD_Response *reply__response(struct job *j) {
  const struct reply *reply = &j->reply;
  struct MHD_Response *response = empty_response(j);
  if (!response) return NULL;
  bool good = true;
  if (reply->content_type) good = MHD_add_response_header(response, "Content-Type", reply->content_type) == MHD_YES;
  for (const struct reply_header *h = reply->headers; h && good; h = h->next) {
    good = MHD_add_response_header(response, h->name, h->value) == MHD_YES;
  }
  bool close = reply->close || atomic_load(&j->s->draining);
  if (good && close) good = MHD_add_response_header(response, "Connection", "close") == MHD_YES;
  if (good) return response;
  MHD_destroy_response(response);
  return NULL;
}
