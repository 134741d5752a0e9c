/* event: what happened, what waits for the log, remembered answers, erasure. */
#ifndef SHIENKIN_STORE_EVENT_H
#define SHIENKIN_STORE_EVENT_H

#include "people.h"

/* ---- events */

/* body: canonical JSON; its id and type are compared with the columns. transaction and seq are the database's. */
struct event_row {
  struct uuid id;
  str type;                             /* "claim.submitted" */
  str role;                             /* null for the service's jobs */
  str via;                              /* "web", "api", "job", "command" */
  str request_id;                       /* may be null */
  struct uuid claim_id;                 /* may be null */
  int64_t claim_version;                /* what the claim's row gets in this transaction; SQL_NONE: it does not move */
  str subject_type;                     /* a table's name */
  struct uuid subject_id;
  str body;
  struct acting by;
};
/* Queues the row. store_event_write() below adds the salt too: use that. */
void store_event_insert(struct tx *tx, const struct event_row *row);
void store_event_salt(struct tx *tx, struct uuid event_id, struct sha256 salt);
/* The event and its salt, from the transaction's randomness. */
void store_event_write(struct tx *tx, const struct event_row *row);

/* An event as read back. Clinics read neither body nor who acted (column rights): staff and auditor only. */
struct event_read_row {
  int64_t seq;
  struct uuid id;
  str type;
  str role;                             /* may be null */
  str via;
  str request_id;                       /* may be null */
  struct uuid claim_id;                 /* may be null */
  int64_t claim_version;                /* may be null */
  str subject_type;
  struct uuid subject_id;
  str body;
  struct acting by;
};
MUST_USE result store_event_of_claim(struct tx *tx, struct uuid claim_id, struct event_read_row **rows, size_t *count);
/* For the auditor's replay of what has settled; not for the sequencer, which takes event_pending. */
MUST_USE result store_event_after(struct tx *tx, int64_t seq, int64_t limit, struct event_read_row **rows,
                                  size_t *count);
/* What a clinic may see of its claim's history. */
struct event_step_row {
  int64_t seq;
  struct uuid id;
  str type;
  moment at;
  int64_t claim_version;                /* may be null */
};
MUST_USE result store_event_steps(struct tx *tx, struct uuid claim_id, struct event_step_row **rows, size_t *count);
MUST_USE result store_event_pending_count(struct tx *tx, int64_t *out);

/* ---- idempotency */

/* Body sealed under the account's key as idempotency|sealed_body|account id. */
struct idempotency_row {
  struct uuid account_id;
  str key;
  struct sha256 fingerprint;
  int64_t status;
  str headers;                          /* JSON */
  str sealed_body;                      /* null: empty */
  moment expires_at;
  struct acting by;
};
/* First of all: takes the key for this transaction, and then looks for its answer. */
struct idempotency_taking {
  bool taken;                           /* false: the same request is running elsewhere (409 with Retry-After) */
  result asked;
  struct idempotency_row row;           /* where `found` is RESULT_OK, and only worth a look where the key was taken */
  result found;
};
void store_ask_idempotency(struct tx *tx, struct uuid account_id, str key, struct idempotency_taking *out);
/* The remembered answer; an expired one counts until store_forget_expired() took it. */
MUST_USE result store_idempotency_of(struct tx *tx, struct uuid account_id, str key, struct idempotency_row *out);
void store_idempotency_insert(struct tx *tx, const struct idempotency_row *row);
MUST_USE result store_forget_expired(struct tx *tx, int64_t *out);

/* ---- erasure */

/* Drafts that were thrown away and still have their key. */
struct erasable_row {
  struct uuid claim_id;
};
MUST_USE result store_claim_erasable(struct tx *tx, int64_t limit, struct erasable_row **rows, size_t *count);

/* Deletes the subject's sealing key, unfinished chunks and event salts and writes the event `subject.erased`. False:
 * there is no key. An owner or the service; drafts in state erased, unfinished evidence, accounts. Rules: erasure_of_claim,
 * erasure_of_evidence. */
MUST_USE result store_erase(struct tx *tx, struct uuid subject, struct uuid event_id, str event_body,
                            struct sha256 salt, str via, bool *out);

#endif
