/* gate: where http and service meet: credentials become identities, requests become callers, answers of use cases become
 * answers of http. What `api` and `web` share, and nothing that only one of them needs. It opens no transaction itself. */
#ifndef SHIENKIN_GATE_H
#define SHIENKIN_GATE_H

#include "shienkin/http.h"
#include "shienkin/service.h"

/* How many may try a password at one time: argon2 takes 64 MiB and a core for a while, so that whoever asks for many is
 * made to wait, and beyond the queue is sent away. Thread-safe. */
struct gate_turns;
enum { GATE_TURNS_AT_ONCE = 2, GATE_TURNS_QUEUE = 32 };
struct gate_turns *gate_turns_new(unsigned at_once, unsigned queue);     /* NULL: no memory */
void gate_turns_free(struct gate_turns *t);                              /* when nobody waits any more; NULL is fine */

struct document_previews;
/* Where a duty of reporting is done, as the operator names it, with the day on which somebody looked that it is still so: offices
 * move, so nothing is named by default. `duty`: the 符号 of rules/reporting-duties. */
struct gate_duty_link { const char *duty; str address; day checked_on; };
enum { GATE_DUTY_LINKS = 4 };
/* "https://… YYYY-MM-DD"; RESULT_REFUSED for anything else. n = 0: no link, RESULT_OK. */
MUST_USE result gate_duty_link_read(str text, struct gate_duty_link *out);

/* What http_config.app points to. Filled by whoever starts the program; const from then on. */
struct gate {
  struct service *service;
  struct gate_turns *turns;             /* NULL: nobody has to wait (tests) */
  struct document_previews *previews;   /* pictures of papers made before (shienkin/document.h); NULL: made anew each time */
  bool demo;                            /* one-click sign-in links work, a banner says so */
  str site_name_ja, site_name_en;
  struct gate_duty_link duty_links[GATE_DUTY_LINKS];   /* address n = 0: none */
  const char *version;
};
struct gate *gate_of(const struct http_request *r);

/* Sessions and tokens as http's identity source; context: the struct gate. */
struct http_identity_source gate_identity(struct gate *g);

/* The service's problems as http's, code by code, with status and texts, made once and const from then on; for
 * http_config.problems. Codes that http has of its own (not_found, busy, …) are not among them: they are http's. */
struct http_problem_table gate_problems(void);
const struct http_problem *gate_problem(str code);              /* of either; NULL: there is none */

/* The caller of a use case: account, person, roles, realm, request id, idempotency key and fingerprint. Routes of the public
 * realm have none: account zero, realm CLINIC. `via`: SERVICE_WEB for pages, else SERVICE_API. */
struct caller gate_caller(const struct http_request *r);
/* The version that If-Match names: SERVICE_ANY_VERSION for `*` or none. RESULT_REFUSED: answer gate_stale(). */
MUST_USE result gate_version(const struct http_request *r, int64_t *version);
struct http_answer gate_stale(struct http_request *r);

/* What a use case gave as http says it: body, ETag by out->version, `Shienkin-Event: evt_…` (the event that the change left),
 * `Idempotency-Replayed: true`; refusals as problems: the one finding that is about the whole request is the problem, its
 * text the detail; findings about places stand in `errors`. 409 request_in_progress and 503 carry Retry-After.
 * `location`: n = 0, or where a 201 lives. The findings are copied. */
struct http_answer gate_answer(struct http_request *r, result why, const struct findings *f, const struct service_answer *out,
                               str location);
/* A refusal alone; why is not RESULT_OK (asserted). */
struct http_answer gate_refusal(struct http_request *r, result why, const struct findings *f, int status);
/* GATE_CALL(r, claim_view, &request, STR_NONE): findings, caller, use case, answer in one. */
#define GATE_CALL(r, use_case, request, location)                                                              \
  __extension__({                                                                                              \
    struct findings gate_f_ = findings_in((r)->arena);                                                         \
    struct service_answer gate_out_ = { 0 };                                                                   \
    struct caller gate_caller_ = gate_caller(r);                                                               \
    result gate_why_ = use_case(gate_of(r)->service, &gate_caller_, (r)->arena, (request), &gate_f_, &gate_out_);      \
    gate_answer((r), gate_why_, &gate_f_, &gate_out_, (location));                                             \
  })

/* The estimate is anybody's and the dearest answer to a stranger, by the API and by its page together: GATE_ESTIMATES_A_MINUTE
 * per address. 0: go on; else seconds to wait: answer 429. */
enum { GATE_ESTIMATES_A_MINUTE = 60 };
int64_t gate_estimate_wait_s(struct http_request *r);

/* Signing in and its kin (their routes are of the SLOW lane, asserted): how often an address and a login may fail, and
 * gate.turns. begin false: *answer is 429 or 503 with Retry-After. After a begin that was true: end() with whether the
 * secret was right, or leave() where that was not found out (a database that does not answer, one step of several) and
 * nothing is to be counted; a call that breaks off in between gives its turn back with the request's arena. */
bool gate_sign_in_begin(struct http_request *r, str login, struct http_answer *answer);
void gate_sign_in_end(struct http_request *r, str login, bool passed);
void gate_sign_in_leave(struct http_request *r);
/* Which of the two what the use case said means: a refusal counts as a failure, and as passed what came to its end: 201, 204,
 * or a step whose `next` is "done" or that names none. A right password alone forgives no wrong second factor. */
void gate_sign_in_said(struct http_request *r, str login, result why, const struct service_answer *out);
/* Letters cost money and worry people: whoever asks for one is counted under this, as a failure whatever comes of it. */
str gate_letter_key(struct http_request *r, str login);
/* GATE_SIGN_IN(r, login, sign_in, &request): as GATE_CALL() between the two. */
#define GATE_SIGN_IN(r, login, use_case, request)                                                              \
  __extension__({                                                                                              \
    struct http_answer gate_said_ = { 0 };                                                                     \
    if (gate_sign_in_begin((r), (login), &gate_said_)) {                                                       \
      struct findings gate_f_ = findings_in((r)->arena);                                                       \
      struct service_answer gate_out_ = { 0 };                                                                 \
      struct caller gate_caller_ = gate_caller(r);                                                             \
      result gate_why_ = use_case(gate_of(r)->service, &gate_caller_, (r)->arena, (request), &gate_f_, &gate_out_);    \
      gate_sign_in_said((r), (login), gate_why_, &gate_out_);                                                  \
      gate_said_ = gate_answer((r), gate_why_, &gate_f_, &gate_out_, STR_NONE);                                \
    }                                                                                                          \
    gate_said_;                                                                                                \
  })

/* ---- files that come whole: one file of a form or a body, in memory while it is taken, in the bounds of its route. For
 * http_stream_in begin, chunk and abandon; the bytes go with the request. */
bool gate_upload_begin(struct http_request *r, struct http_answer *answer);
bool gate_upload_chunk(struct http_request *r, str bytes, struct http_answer *answer);
void gate_upload_abandon(struct http_request *r);
/* In finish(): what came; n = 0: no file. Freed with the request's arena. */
str gate_upload_bytes(struct http_request *r);
/* A request's fingerprint says nothing of its file: the file's own hash goes into it, so that another file under the same key
 * is another request. */
struct caller gate_upload_caller(struct http_request *r, str bytes);
/* roster_import() for the caller of this request, in an arena of its own; answer and findings are kept in the request's. */
MUST_USE result gate_roster_import(struct http_request *r, const struct roster_import_request *request, struct findings *f,
                                   struct service_answer *out);

/* Letters of the mail room as sheets for window envelopes, one after the other, as letter_print() gave them (objects with
 * login, code, name, postal_code, address, expires_on). RESULT_OUTSIDE: no font. RESULT_REFUSED: an address that fits no
 * window; the finding's pointer names a part, of which each letter has GATE_LETTER_PARTS. */
enum { GATE_LETTER_PARTS = 11 };
MUST_USE result gate_letters_pdf(struct http_request *r, const struct json *letters, size_t count, struct findings *f, str *pdf);

/* The session's cookie, from the document of a step that ended with "done"; and its end. */
#define GATE_SESSION_COOKIE "__Host-shienkin"
void gate_session_cookie(struct http_request *r, struct http_answer *answer, str token);
void gate_session_forget(struct http_request *r, struct http_answer *answer);

#endif
