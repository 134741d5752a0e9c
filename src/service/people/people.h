/* people: what the files of this room share. */
#ifndef SHIENKIN_SERVICE_PEOPLE_INSIDE_H
#define SHIENKIN_SERVICE_PEOPLE_INSIDE_H

#include "core/work.h"
#include "shienkin/service/people.h"

/* How often something may be tried within a window that ends whatever is tried meanwhile. */
enum { TRIAL_WINDOW_S = 15 * 60, TRIALS_OF_PASSWORD = 10, TRIALS_OF_FACTOR = 5 };
enum { REASON_MOST_CHARACTERS = 1000, TYPED_CODE_MOST_BYTES = 128 };

/* ---- running
 * Nobody is known yet: the service acts, under the login of the log, by the caller's way and request. */
struct caller people__service(const struct caller *c);
/* service__run() without a key (answers here carry secrets, which are remembered nowhere); a body that committed a refusal
 * by people__refuse() ends as that refusal. */
MUST_USE result people__run(struct service *s, const struct caller *c, struct arena *a, const struct use_case *u,
                            const void *request, struct findings *f, struct service_answer *out);
/* What was counted and noted stays; the answer is a refusal all the same. */
result people__refuse(struct work *w, const char *code);
/* A step between two transactions could not be done: 503. */
result people__away(struct arena *a, result r, struct findings *f, struct service_answer *out);
/* Nothing to say, and nothing wrong. */
result people__went(struct work *w);

/* Counts a trial before it is judged. *open: the window takes it. */
MUST_USE result people__try(struct work *w, const char *kind, str value, int64_t most, struct sha256 *trial, bool *open);
str people__account_text(struct arena *a, struct uuid account);
/* The event of a trial that was judged and refused. */
MUST_USE result people__refused_event(struct work *w, struct uuid account, const char *step);

/* ---- codes and tokens (code.c) */
str people__code_new(struct arena *a, const struct randomness *r);                      /* "7KQ2-M0XA-9D3F" */
bool people__code_read(struct arena *a, str typed, str *code);                          /* 12 characters, as made */
struct sha256 people__code_hmac(const struct master_keys *keys, const char *index, struct uuid account, str code);
#define ACCESS_CODE "access_code"
#define RECOVERY_CODE "recovery_code"
str people__token_new(struct arena *a, const struct randomness *r, const char *prefix);
const char *people__token_prefix(str realm);                                            /* "skc_", "sks_", "ska_" */
str people__csrf(struct arena *a, str token);
/* What was typed where a login belongs, as logins are kept; n = 0: it can be none. */
str people__login(struct arena *a, str typed);

/* ---- passwords (password.c) */
/* Adds a finding at `pointer` for each rule that it breaks. *normal: NFC. */
MUST_USE bool people__password_fits(struct arena *a, str pointer, str password, str login, struct findings *f, str *normal);
/* argon2 whatever is asked, so that all answers cost the same: `phc` may be null. */
MUST_USE result people__password_is(struct arena *a, str phc, str password, bool *right);

/* ---- second factors (factor.c) */
/* Six digits of the authenticator, or a recovery code; either is used up by passing. *how: "totp", "recovery_code". */
MUST_USE result people__factor_passes(struct work *w, struct uuid account, str code, bool *passes, const char **how);
/* Ten new recovery codes, the old ones end. */
MUST_USE result people__recovery_codes(struct work *w, struct uuid account, struct members *m);
MUST_USE result people__account_key(struct work *w, struct uuid account);

/* ---- sign-in */
/* {next, ticket}. */
MUST_USE result people__answer_ticket(struct work *w, const struct sign_in_row *who, const char *next, const char *how);
/* {…, next: "done", token, …}: a session begins; members may be added before. */
MUST_USE result people__answer_session(struct work *w, const struct sign_in_row *who, const char *how, struct members *m);
/* The first step is passed: the second factor, its enrolment, or a session. */
MUST_USE result people__go_on(struct work *w, const struct sign_in_row *who, const char *how);

/* ---- accounts of others (account.c) */
/* An open account that the caller may manage. */
MUST_USE result people__account(struct work *w, struct uuid id, struct account_row *account);
/* A way in: for clinics a letter waits, for the others the code is told once. *code: null for a letter. */
MUST_USE result people__way_in(struct work *w, struct uuid account, bool clinic, struct uuid facility, const char *kind, str *code);

/* As mandate_list() and letter_list() tell them. */
MUST_USE result people__mandates(struct work *w, struct uuid account, struct uuid facility, struct json *out);
struct json people__letter_json(struct arena *a, const struct letter_row *row);

uint32_t people__role_bits(struct strs roles);
struct json people__role_names(struct arena *a, struct strs roles);
/* A reason is given and not too long. */
MUST_USE result people__reason(struct work *w, str reason);
moment people__day_begins(day d);                                                        /* in Japan */

#endif
