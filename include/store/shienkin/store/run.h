/* run: the store and its transaction runner.
 *
 * Contract of store_run(), which every use case lives by:
 *   1. The body may run again. On a serialisation failure, a deadlock, a lock timeout or a connection lost before the
 *      commit was sent, everything is rolled back and the body is called anew, at most 5 times in all, with jitter.
 *      So a body keeps nothing from an earlier run: what it allocated in tx_arena() since is gone, what it wrote into
 *      its context it writes again from the start. It sends no mail and answers nobody.
 *   2. One transaction, READ COMMITTED. The body first locks its root rows in the order incident, claim, line,
 *      transfer, batch, account (store_…_lock), and rests no invariant on reading before writing: those are constraints.
 *   3. Writes are queued and travel together; a read, tx_flush() or the commit tells how they went. The first failure
 *      stays: later sends do nothing, later reads return it. A body may simply TRY() its way out.
 *   4. RESULT_OK from the body commits; anything else rolls back and is what store_run() returns. When RESULT_OK is
 *      returned by store_run(), it is committed and durable.
 *   5. What the database refused is in tx_fault() and, after the end, in *fault: constraint names are the codes of
 *      rules ("approval_by_other_person"); see migrations/. Rules proven at commit surface from store_run() itself.
 *   6. An arena that runs out inside the body rolls back and returns RESULT_LIMIT or RESULT_NO_MEMORY.
 *   7. A connection that is lost after the commit was sent leaves the outcome unknown: RESULT_OUTSIDE with kind
 *      TX_FAULT_UNKNOWN. An Idempotency-Key makes asking again safe.
 *   8. Waiting has an end. A server that gives no answer within `answer_ms` (its processes stopped, its disk or the network
 *      stuck) is as good as lost: the connection is closed and nothing is tried again. Where nobody else was answered either,
 *      store_run() turns everybody away at once (RESULT_OUTSIDE, TX_FAULT_CONNECTION) for a second; then one is let through
 *      to see, until one is answered. So store_run() takes at most 5 s for a connection and `answer_ms` for each answer.
 *
 * A domain's refusal that must be remembered (idempotency: 409, 412, 422) is a commit: the body writes the answer and
 * returns RESULT_OK. Where only the database can tell (a unique key), it tries under tx_attempt(). */
#ifndef SHIENKIN_STORE_RUN_H
#define SHIENKIN_STORE_RUN_H

#include "sql.h"

struct store;

/* Which database role a transaction runs under. */
enum store_realm { STORE_CLINIC, STORE_STAFF, STORE_LOG, STORE_AUDITOR, STORE_REALMS };
const char *store_realm_name(enum store_realm realm);           /* "clinic", … */

/* For tests: asked before each query of each transaction. `nth` counts from 1 within the transaction, BEGIN and COMMIT
 * included; `statement` is its name. It may kill what it likes; what it returns is done instead of the query. */
enum store_injury {
  STORE_UNHURT,
  STORE_FAIL,             /* the query fails as a fault of the database (SQLSTATE 58000) */
  STORE_RETRY,            /* the query fails with a serialisation failure (40001) */
  STORE_CUT_BEFORE,       /* the connection is lost before the query is sent */
  STORE_CUT_AFTER,        /* … after it was sent, before its answer */
};
struct store_hook {
  enum store_injury (*before)(void *context, uint64_t nth, const char *statement);      /* NULL: none */
  void *context;
};

struct store_login {
  const char *user;                     /* NULL: this realm is not served */
  const char *password_file;            /* first line; NULL: none is needed */
  int connections;                      /* bound of the pool; 0: 10 */
};

struct store_options {
  const char *where;                    /* libpq keywords but user and password: "host=/run/… dbname=shienkin" */
  struct store_login logins[STORE_REALMS];
  int64_t wait_ms;                      /* how long store_run() waits for a connection; 0: 2,000 */
  int64_t answer_ms;                    /* and for each answer; must be above statement_timeout (5 s) to mean silence; 0: 8,000 */
  struct clock clock;
  struct randomness randomness;
  struct log log;
  struct store_hook hook;
};

/* Connects once per realm to look: refuses (findings: schema_range, login_superuser, login_owner, login_rights) a
 * schema outside the range of this build and logins that could do what they should not. RESULT_OUTSIDE when the
 * database is not there. Owned by the caller: store_close(). Any number of threads share one store. */
MUST_USE result store_open(struct arena *a, const struct store_options *options, struct findings *f,
                           struct store **out);
void store_close(struct store *s);                              /* waits for nobody: all transactions have ended */
/* The same look at schema and logins again, under a store that is open: for somebody who migrates beside it. */
MUST_USE result store_look(struct store *s, struct arena *a, struct findings *f);
/* Is the database there (readyz): one trivial query under the realm. */
MUST_USE result store_ping(struct store *s, enum store_realm realm);
/* What time the database's machine has, for comparing with ours; nothing that is stored ever asks it. */
MUST_USE result store_clock_read(struct store *s, enum store_realm realm, int64_t *now_us);
struct store_figures { int open, busy; uint64_t transactions, retries, failures; };
struct store_figures store_figures(struct store *s, enum store_realm realm);

/* ---- who acts */
struct actor {
  struct uuid account;                  /* zero: nobody (reads without personal data, or log and auditor's reads) */
  str request_id;                       /* for events; n = 0: none */
};
/* The service's own person and account, for jobs (migrations/0002-people.sql). */
#define STORE_SERVICE_PERSON ((struct uuid){ { 0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1 } })
#define STORE_SERVICE_ACCOUNT ((struct uuid){ { 0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 2 } })

/* ---- what went wrong */
enum tx_fault_kind {
  TX_FAULT_NONE,
  TX_FAULT_RULE,          /* a constraint or rule (SQLSTATE 23xxx): RESULT_CONFLICT; `constraint` names it */
  TX_FAULT_STALE,         /* a guarded update met another version: RESULT_CONFLICT */
  TX_FAULT_RIGHT,         /* the role may not (42501), row security included: RESULT_REFUSED */
  TX_FAULT_BUSY,          /* retries or connections exhausted: RESULT_LIMIT */
  TX_FAULT_TIMEOUT,       /* statement_timeout: RESULT_LIMIT */
  TX_FAULT_CONNECTION,    /* gone, silent, or it has no room (SQLSTATE 53xxx, logged): RESULT_OUTSIDE */
  TX_FAULT_UNKNOWN,       /* lost after the commit was sent: RESULT_OUTSIDE; ask again under the same key */
  TX_FAULT_OTHER,         /* anything else the database said: RESULT_OUTSIDE; logged with SQLSTATE and message */
};
struct tx_fault {
  enum tx_fault_kind kind;
  char sqlstate[6];
  char constraint[64], table[64];
  char statement[64];     /* which of ours */
};
static inline bool tx_fault_is(const struct tx_fault *f, const char *constraint) {
  return f->kind == TX_FAULT_RULE && strcmp(f->constraint, constraint) == 0;
}

/* ---- running */
typedef result tx_body(struct tx *tx, void *context);
/* `a` holds what the body allocates; `fault` may be NULL. */
MUST_USE result store_run(struct store *s, enum store_realm realm, struct actor who, struct arena *a, tx_body *body,
                          void *context, struct tx_fault *fault);
/* The same for a body that may be done twice without harm, as a look at a session may. What it asked (tx_ask_one) is answered
 * with the commit, in one journey; and a connection that is lost at the commit is one more reason to try again. RESULT_LIMIT
 * where the arena has no room for the answers. */
MUST_USE result store_read(struct store *s, enum store_realm realm, struct actor who, struct arena *a, tx_body *body,
                           void *context, struct tx_fault *fault);

/* Within a body: */
struct arena *tx_arena(struct tx *tx);
moment tx_at(struct tx *tx);            /* the moment of the transaction, whole milliseconds: what `at` columns get */
struct uuid tx_account(struct tx *tx);
enum store_realm tx_realm(struct tx *tx);
str tx_request_id(struct tx *tx);
struct uuid tx_new_id(struct tx *tx);   /* UUIDv7 from the store's clock and randomness */
const struct randomness *tx_randomness(struct tx *tx);
const struct tx_fault *tx_fault(const struct tx *tx);
/* Run `body` behind a savepoint, which travels with what the body says first. When a rule, a stale version or a right
 * refuses something in it (or it returns anything but RESULT_OK), only its writes are undone, *fault says why, and the
 * transaction goes on. Failures that end the transaction (retry, connection) stay failures, and so does what failed before
 * the savepoint. What was asked before (tx_ask_one) is answered first. Nests. */
MUST_USE result tx_attempt(struct tx *tx, tx_body *body, void *context, struct tx_fault *fault);
/* Queues the proof of every rule that would be proved at commit: what it refuses surfaces at the next read, so that it
 * can be undone behind a savepoint. From here to the end of the transaction such rules are proved at once. */
void tx_prove(struct tx *tx);

#endif
