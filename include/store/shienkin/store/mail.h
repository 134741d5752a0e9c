/* mail: addresses of accounts and the outbox. Messages are queued by a trigger on events (migrations/0013); here they are
 * taken, one at a time, by whoever sends. */
#ifndef SHIENKIN_STORE_MAIL_H
#define SHIENKIN_STORE_MAIL_H

#include "people.h"

/* sealed_address: contact|sealed_address|id under the account's key. */
struct contact_row {
  struct uuid id, account_id;
  str sealed_address;
  moment ended_at;                      /* [read] null: it stands */
  struct acting by;
};
void store_contact_insert(struct tx *tx, const struct contact_row *row);
void store_contact_end(struct tx *tx, struct uuid id);
/* The one that stands. */
MUST_USE result store_contact_of_account(struct tx *tx, struct uuid account_id, struct contact_row *out);

/* A message with what is needed to send it. */
struct mail_row {
  struct uuid id;
  str kind;                             /* mail_kind: "receipt", … */
  moment queued_at;
  int64_t tries;                        /* begun so far, this one included once it is leased */
  str number;                           /* of the claim; may be null */
  struct uuid contact_id, account_id;
  str sealed_address;
};
/* The message that is due for longest, locked against other instances; RESULT_NOT_FOUND: none is due. */
MUST_USE result store_mail_take(struct tx *tx, struct mail_row *out);
/* Its try begins: nobody else takes it before `until`. */
void store_mail_lease(struct tx *tx, struct uuid id, moment until);
/* How the try ended: state "sent", "refused", "given_up", or "queued" until due_at. */
struct mail_end_row {
  struct uuid id;
  str state;
  moment due_at;                        /* null unless queued */
  int64_t tries;                        /* guards: the try that ends is the last that began */
};
void store_mail_end(struct tx *tx, const struct mail_end_row *row);
struct mail_attempt_row {
  struct uuid mail_id;
  int64_t ordinal;
  str outcome;                          /* "sent", "refused", "later" */
  str code;                             /* may be null */
};
void store_mail_attempt_insert(struct tx *tx, const struct mail_attempt_row *row);
MUST_USE result store_mail_waiting(struct tx *tx, int64_t *out);        /* for the figures of operators */

#endif
