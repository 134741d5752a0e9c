/* core: what every use case shares. Each has the form
 *
 *   result <area>_<verb>(struct service *, const struct caller *, struct arena *, const struct <x>_request *,
 *                        struct findings *, struct service_answer *out);
 *
 * The arena holds the answer; it must not be reset before the answer is sent. The findings may live in the same arena. */
#ifndef SHIENKIN_SERVICE_CORE_H
#define SHIENKIN_SERVICE_CORE_H

#include "shienkin/scheme.h"
#include "shienkin/store.h"

/* Everything a use case rests on. A plain struct: whoever starts the program fills it in; all threads share it. */
struct rules_cache;             /* compiled rule sets by hash (area rules); NULL until it is made */
struct service {
  struct store *store;
  const struct master_keys *keys;
  struct clock clock;
  struct randomness randomness;
  struct log log;
  const struct calendar *national;      /* whose horizon judges dates of claims; NULL: calendar_national() */
  struct rules_cache *rules;
  bool demo;                            /* demo_sign_in() works; nothing else differs */
  bool scans;                           /* a scanner for malware is configured: finished files wait for its verdict */
};

/* ---- who asks */

/* The same bits as http_role. JOB: the program's own work, as STORE_SERVICE_ACCOUNT. */
enum service_role {
  SERVICE_CLINIC = 1, SERVICE_PROXY = 2, SERVICE_ADJUSTER = 4, SERVICE_APPROVER = 8, SERVICE_CASHIER = 16,
  SERVICE_OWNER = 32, SERVICE_AUDITOR = 64, SERVICE_JOB = 128,
  SERVICE_ANY_STAFF = SERVICE_PROXY | SERVICE_ADJUSTER | SERVICE_APPROVER | SERVICE_CASHIER | SERVICE_OWNER,
  SERVICE_ANYBODY = 255,
};
const char *service_role_name(enum service_role one);                   /* "clinic", …; "service" for JOB */

enum service_via { SERVICE_WEB, SERVICE_API, SERVICE_BY_JOB, SERVICE_COMMAND };

struct caller {
  struct uuid account, person;
  uint32_t roles;               /* those in force now; the database looks again where it matters */
  enum store_realm realm;       /* CLINIC, STAFF or AUDITOR */
  enum service_via via;
  str request_id;               /* at most 100 bytes; n = 0: none */
  str idempotency_key;          /* n = 0: none, and the answer is not remembered */
  struct sha256 fingerprint;    /* of method, path and canonical body, beside the key */
  struct tx *within;            /* for the body of service_together() alone; else NULL */
};
/* The program's own caller, for jobs. */
struct caller service_job_caller(void);

/* ---- what comes back
 *
 * RESULT_OK: status 200 or 201, `body` is the document.
 * RESULT_REFUSED: 422, or 403 (role_needed, not_permitted). RESULT_CONFLICT: 409, or 412 where a version that the
 * request named is not the one that stands. RESULT_NOT_FOUND: 404, also for what the caller may not see.
 * RESULT_LIMIT: 503, ask again in a moment. RESULT_OUTSIDE, RESULT_NO_MEMORY: 503; 500 for a fault of our own, logged.
 * Whenever it is not RESULT_OK, the findings say why, in both languages, and what to do next.
 *
 * Answers to a key are remembered for 72 hours: 2xx, 409, 412 and 422. The same request again gets the same bytes, or the
 * same findings, with `replayed` set; another request under the key is refused (422 idempotency_key_reused). */
struct service_answer {
  int status;
  str body;                     /* one JSON document, UTF-8, no line end */
  struct uuid event;            /* the last event that was written; zero: none */
  int64_t version;              /* of what was asked for, for the ETag; 0: it has none */
  bool replayed;
};

/* Several reads for one page: one transaction, one moment, one commit of the events that say who read what. `body` calls use
 * cases that only read (asserted) with the caller it is given, and may run again from its start: it keeps nothing from an
 * earlier run. What a use case refuses is the body's to tell; it returns RESULT_OK all the same, so that the events of what was
 * read stay. Anything but RESULT_OK comes with findings and *out, as of a use case, and nothing that was read may be shown. */
typedef result service_reads(const struct caller *within, void *context);
MUST_USE result service_together(struct service *s, const struct caller *c, struct arena *a, service_reads *body,
                                 void *context, struct findings *f, struct service_answer *out);

#define SERVICE_ANY_VERSION INT64_C(-1)         /* in requests: the caller has not looked, any version will do */

/* ---- problems: codes, statuses and texts, from one table (src/service/messages.c); names of constraints are codes */
struct service_problem {
  int status;
  struct message message;
};
const struct service_problem *service_problems(size_t *count);
const struct service_problem *service_problem(str code);                /* NULL: there is none */

/* What is odd and not wrong: `warnings` of an answer, [{code, pointer, message_ja, message_en}]. NULL: there is none. */
const struct message *service_warning(str code);

/* ---- names outside: "clm_" + 26 characters; the prefix of a table's ids */
const char *service_prefix(const char *table);
str service_moment_text(struct arena *a, moment m);                     /* "2026-11-22T09:00:00.000+09:00" */

#endif
