/* work: one use case under way. A use case is a row (name, who may, body); service__run() opens the transaction, keeps
 * the promise of the idempotency key, runs the body, and makes answers of what the database refused.
 *
 * A body reads as its story: lock, check, write, note rows, write the event, answer. It gets a fresh `struct work` each
 * time it runs (store_run() may call it again), allocates in w->arena, and leaves by TRY(). */
#ifndef SHIENKIN_SERVICE_CORE_WORK_H
#define SHIENKIN_SERVICE_CORE_WORK_H

#include "shienkin/service.h"

struct work;
typedef result use_case_body(struct work *w, const void *request);

/* Beside roles: whoever has an account, also one without any role; the event then names none. */
#define USE_CASE_ACCOUNT UINT32_C(256)
#define USE_CASE_OWN (USE_CASE_ACCOUNT | (SERVICE_ANYBODY & ~(uint32_t)SERVICE_JOB))

struct use_case {
  const char *name; /* "intake_submit", for the log */
  uint32_t roles;   /* the caller holds one of these; the first that is held is the event's role */
  use_case_body *body;
  bool reads; /* changes nothing: never remembered under a key */
};

struct row_note {
  const char *table;
  struct uuid id;
  struct sha256 sha256;
};

struct work {
  struct service *service;
  const struct caller *caller;
  struct tx *tx;
  struct arena *arena;
  struct findings *findings;
  struct service_answer *answer;
  enum service_role role; /* in which the caller acts here; 0: in none, by their account alone */
  int status;             /* of a refusal that the body made; 0: none */
  struct sealing keys[2]; /* of the account, and of the subject opened last; wiped by service__run() */
  bool key_is_open[2];
  struct row_note *rows; /* written since the last event */
  size_t row_count, row_capacity;
};

MUST_USE result service__run(struct service *s, const struct caller *c, struct arena *a, const struct use_case *u,
                             const void *request, struct findings *f, struct service_answer *out);

/* ---- refusing: adds the finding, remembers the status, gives the result of its class. `code` stands in messages.c. */
result service__refuse(struct work *w, str pointer, const char *code, size_t argument_count, const str *arguments);
#define REFUSE(w, pointer, code, ...)                                                                  \
  service__refuse((w), (pointer), (code), sizeof((str[]){ STR(""), ##__VA_ARGS__ }) / sizeof(str) - 1, \
                  (str[]){ STR(""), ##__VA_ARGS__ } + 1)
/* TRY for a call that looks something up: where it finds nothing, that is the refusal. */
#define FOUND(w, call, pointer, ...)                                                   \
  do {                                                                                 \
    result found_result_ = (call);                                                     \
    if (found_result_ == RESULT_NOT_FOUND) return REFUSE((w), (pointer), __VA_ARGS__); \
    TRY(found_result_);                                                                \
  } while (0)
/* The body found something and added findings itself: 422. */
result service__refused(struct work *w);
/* Add one finding without leaving, to be followed by service__refused(). */
void service__find(struct work *w, str pointer, const char *code, size_t argument_count, const str *arguments);
#define FIND(w, pointer, code, ...)                                                                  \
  service__find((w), (pointer), (code), sizeof((str[]){ STR(""), ##__VA_ARGS__ }) / sizeof(str) - 1, \
                (str[]){ STR(""), ##__VA_ARGS__ } + 1)
/* A fault of the database under tx_attempt(), as service__run() would answer it: adds the finding, gives the result. */
result service__fault(struct work *w, const struct tx_fault *fault, result r);

/* ---- claims: incident first, then claim, as everybody locks. 404 for what the caller does not see. */
result service__claim_lock(struct work *w, struct uuid id, struct claim_row *claim, struct incident_row *incident);
result service__claim_read(struct work *w, struct uuid id, struct claim_row *claim);
/* 412 where the request named another version. */
result service__expect_version(struct work *w, int64_t stands, int64_t named);
/* 409 claim_state unless the claim stands in one of the states, "draft submitted". */
result service__expect_state(struct work *w, const struct claim_row *claim, const char *states);

/* ---- sealing under a claim's or file's key; the key stays open until another is needed */
result service__key_new(struct work *w, enum sealing_subject type, struct uuid subject, struct uuid claim);
result service__key_open(struct work *w, struct uuid subject); /* RESULT_NOT_FOUND: erased, or never made */
result service__key_open_asked(struct work *w, const struct sealing_asked *asked); /* the same, of sealing_ask() */
result service__key_of(struct work *w, struct uuid subject);   /* opens it, or refuses: 409 erased */
const struct sealing *service__key(const struct work *w, struct uuid subject); /* the one just opened */
/* An empty or absent text stays null. */
result service__seal(struct work *w, struct uuid subject, const char *table, const char *column, struct uuid row,
                     str plain, str *sealed);
result service__unseal(struct work *w, struct uuid subject, const char *table, const char *column, struct uuid row,
                       str sealed, str *plain);
/* A sealed document that we wrote; null where nothing was sealed. */
result service__unseal_json(struct work *w, struct uuid subject, const char *table, const char *column, struct uuid row,
                            str sealed, struct json *out);

/* ---- events */
/* Notes a row that was written, for the next event. `hashed`: its bytes as stored; p NULL: it has none. */
void service__wrote(struct work *w, const char *table, struct uuid id, str hashed);
void service__wrote_sha256(struct work *w, const char *table, struct uuid id, struct sha256 hash);
struct event {
  const char *type;
  struct uuid subject;
  struct uuid claim;        /* zero: about none */
  const char *subject_type; /* for types whose subject is of several tables; else NULL */
  int64_t claim_version;    /* what the claim's row gets; 0: it does not move */
  struct json data;         /* an object by the type's spec */
};
/* Takes the rows noted so far. The event's id goes into the answer. A body that its spec refuses is our own fault. */
result service__event(struct work *w, const struct event *e);
/* The canonical body alone, for store_erase(), which writes its event itself. */
str service__event_body(struct work *w, const struct event *e, struct uuid id);

/* ---- building documents */
struct members {
  struct arena *arena;
  struct json_member *items;
  size_t count, capacity;
};
struct members members_in(struct arena *a);
void members_add(struct members *m, const char *name, struct json value);
void members_add_str(struct members *m, const char *name, str value); /* p NULL: null */
void members_add_int(struct members *m, const char *name, int64_t value);
void members_add_bool(struct members *m, const char *name, bool value);
void members_add_id(struct members *m, const char *name, const char *table,
                    struct uuid id);                                           /* outside form; zero: null */
void members_add_uuid(struct members *m, const char *name, struct uuid id);    /* plain form, for events; zero: null */
void members_add_words(struct members *m, const char *name, struct strs words); /* a list of texts */
void members_add_moment(struct members *m, const char *name, moment at);       /* SQL_NONE: null */
void members_add_day(struct members *m, const char *name, day d);              /* DAY_NONE: null */
void members_add_sha256(struct members *m, const char *name, struct sha256 d); /* zero: null */
struct json members_object(const struct members *m);
/* The answer: this document, that status, that version. */
result service__answer(struct work *w, int status, const struct members *m, int64_t version);
str service__uuid_text(struct arena *a, struct uuid id);
str service__moment_utc(struct arena *a, moment m); /* "2026-11-22T00:00:00.000Z", for events */

/* Canonical bytes of a value that we built ourselves; what they cannot hold is our own fault. */
str service__canonical(struct arena *a, const struct json *j);

const struct calendar *service__national(const struct service *s);
day service__today(struct work *w); /* Japan's day at the transaction's moment */

#endif
