/* answer: what a use case gave, as http says it. */
#include "problems.h"

enum { RETRY_IN_PROGRESS_S = 1, RETRY_UNAVAILABLE_S = 5 };

/* ---- refusals */

/* The finding that speaks for the whole refusal: the first whose problem has this status, and of a 422 one about the whole
 * request: a 422 whose findings are about places is `invalid_body` with all of them. */
static const struct finding *speaker(const struct findings *f, int status) {
  for (size_t i = 0; f && i < f->count; i++) {
    const struct http_problem *p = gate_problem(str_of(f->items[i].code));
    bool whole = f->items[i].pointer.n == 0 || status != 422;
    if (whole && p && p->status == status) return &f->items[i];
  }
  return NULL;
}

static const struct findings *kept(struct http_request *r, const struct findings *f) {
  struct findings *copy = ARENA_NEW(r->arena, struct findings);
  *copy = *f;
  return copy;
}

static void add_retry_after(struct http_request *r, struct http_answer *answer) {
  if (answer->problem == &http_problem_request_in_progress) http_answer_retry_after(r, answer, RETRY_IN_PROGRESS_S);
  if (answer->status == 503) http_answer_retry_after(r, answer, RETRY_UNAVAILABLE_S);
}

static int status_of(result why) {
  switch (why) {
    case RESULT_NOT_FOUND: return 404;
    case RESULT_CONFLICT: return 409;
    case RESULT_REFUSED: return 422;
    default: return 503;
  }
}

struct http_answer gate_refusal(struct http_request *r, result why, const struct findings *f, int status) {
  assert(why != RESULT_OK && "nothing was refused");
  if (status < 400) status = status_of(why);
  const struct finding *one = speaker(f, status);
  const struct http_problem *p = one ? gate_problem(str_of(one->code)) : gate__problem_of_status(status);
  struct http_answer answer = { .status = p->status, .problem = p, .length = -1 };
  answer.detail_ja = one ? one->ja : str_of(p->detail_ja);
  answer.detail_en = one ? one->en : str_of(p->detail_en);
  bool says_more = f && (f->count > 1 || (f->count == 1 && (!one || one->pointer.n > 0)));
  if (says_more) answer.findings = kept(r, f);
  add_retry_after(r, &answer);
  return answer;
}

/* ---- all of it */

static void add_headers(struct http_request *r, struct http_answer *answer, const struct service_answer *out) {
  if (!uuid_none(out->event))
    http_answer_header(r, answer, "Shienkin-Event", uuid_outside(r->arena, service_prefix("event"), out->event));
  if (out->replayed) http_answer_header(r, answer, "Idempotency-Replayed", STR("true"));
}

struct http_answer gate_answer(struct http_request *r, result why, const struct findings *f,
                               const struct service_answer *out, str location) {
  if (why != RESULT_OK) {
    struct http_answer refusal = gate_refusal(r, why, f, out->status);
    if (out->replayed) http_answer_header(r, &refusal, "Idempotency-Replayed", STR("true"));
    return refusal;
  }
  struct http_answer answer = http_json(out->status, out->body);
  if (location.n > 0) http_answer_header(r, &answer, "Location", location);
  if (out->version > 0) http_answer_etag(r, &answer, out->version);
  add_headers(r, &answer, out);
  return answer;
}
