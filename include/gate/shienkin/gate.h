/* gate: where http and service meet: credentials become identities, requests become callers, answers of use cases become
 * answers of http. What `api` and `web` share, and nothing that only one of them needs. It opens no transaction itself. */
#ifndef SHIENKIN_GATE_H
#define SHIENKIN_GATE_H

#include "shienkin/http.h"
#include "shienkin/service.h"

/* What http_config.app points to. Filled by whoever starts the program; const from then on. */
struct gate {
  struct service *service;
  bool demo;                            /* one-click sign-in links work, a banner says so */
  str site_name_ja, site_name_en;
  const char *version;
};
struct gate *gate_of(const struct http_request *r);

/* Sessions and tokens as http's identity source; context: the struct gate. */
struct http_identity_source gate_identity(struct gate *g);
/* The service's problems as http's, code by code, with status and texts; for http_config.problems. */
extern const struct http_problem_table gate_problems;
const struct http_problem *gate_problem(str code);              /* NULL: there is none */

/* The caller of a use case: account, person, roles, realm, request id, idempotency key and fingerprint. Routes of the public
 * realm have none: account zero, realm CLINIC. `via`: SERVICE_WEB for pages, else SERVICE_API. */
struct caller gate_caller(const struct http_request *r);
/* The version that If-Match names: SERVICE_ANY_VERSION for `*` or none. RESULT_REFUSED: answer gate_stale(). */
MUST_USE result gate_version(const struct http_request *r, int64_t *version);
struct http_answer gate_stale(struct http_request *r);

/* What a use case gave as http says it: body, ETag by out->version, `Shienkin-Event: evt_…` (the event that the change left),
 * `Idempotency-Replayed: true`; refusals as problems with their findings, 409 and 503 with Retry-After where asking again helps,
 * 403 step_up and so on by the table. `location`: n = 0, or where a 201 lives. */
struct http_answer gate_answer(struct http_request *r, result why, const struct findings *f, const struct service_answer *out,
                               str location);
/* GATE_CALL(r, claim_view, &request): findings, caller, use case, answer in one. */
#define GATE_CALL(r, use_case, request, location)                                                              \
  __extension__({                                                                                              \
    struct findings gate_f_ = findings_in((r)->arena);                                                         \
    struct service_answer gate_out_ = { 0 };                                                                   \
    struct caller gate_caller_ = gate_caller(r);                                                               \
    result gate_why_ = use_case(gate_of(r)->service, &gate_caller_, (r)->arena, (request), &gate_f_, &gate_out_);      \
    gate_answer((r), gate_why_, &gate_f_, &gate_out_, (location));                                             \
  })

/* Signing in and its kin: how often an address and an account may fail, and at most two argon2 at once with a queue of 32:
 * begin false: *answer is 429 or 503 with Retry-After. end() always follows a begin that was true. */
bool gate_sign_in_begin(struct http_request *r, str login, struct http_answer *answer);
void gate_sign_in_end(struct http_request *r, str login, bool passed);
/* The session's cookie, from the document of a step that ended with "done"; and its end. */
void gate_session_cookie(struct http_request *r, struct http_answer *answer, str token);
void gate_session_forget(struct http_request *r, struct http_answer *answer);

#endif
