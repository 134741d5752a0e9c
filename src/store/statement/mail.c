/* mail: addresses, the outbox, how sendings ended */
#include "shienkin/store.h"

struct by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct by_id_in, member)
static const struct sql_field BY_ID_IN[] = { F(UUID, id) };
#undef F

/* ---- addresses */

#define F(kind, member) SQL_FIELD(kind, struct contact_row, member)
static const struct sql_field CONTACT_INSERT_IN[] = { F(UUID, id), F(UUID, account_id), F(BYTES, sealed_address) };
static const struct sql_field CONTACT_OUT[] = {
  F(UUID, id),         F(UUID, account_id), F(BYTES, sealed_address), F(MOMENT, ended_at),
  F(UUID, by.account), F(UUID, by.person),  F(MOMENT, by.at),
};
#undef F
static const struct statement CONTACT_INSERT = STATEMENT_WRITES(
    "contact_insert", CONTACT_INSERT_IN, 1,
    "INSERT INTO shienkin.contact (id, account_id, sealed_address) VALUES ($1, $2, $3)");

void store_contact_insert(struct tx *tx, const struct contact_row *row) { tx_send(tx, &CONTACT_INSERT, row); }

static const struct statement CONTACT_END = STATEMENT_WRITES(
    "contact_end", BY_ID_IN, 1,
    "UPDATE shienkin.contact SET ended_at = shienkin.at(), ended_by = shienkin.acting_account() WHERE id = $1 AND "
    "ended_at IS NULL");

void store_contact_end(struct tx *tx, struct uuid id) { tx_send(tx, &CONTACT_END, &(struct by_id_in){ id }); }

static const struct statement CONTACT_OF_ACCOUNT = STATEMENT_READS(
    "contact_of_account", BY_ID_IN, CONTACT_OUT, struct contact_row,
    "SELECT id, account_id, sealed_address, ended_at, by_account, by_person, at FROM shienkin.contact WHERE "
    "account_id = $1 AND ended_at IS NULL");

result store_contact_of_account(struct tx *tx, struct uuid account_id, struct contact_row *out) {
  return tx_one(tx, &CONTACT_OF_ACCOUNT, &(struct by_id_in){ account_id }, out);
}

/* ---- the outbox */

#define F(kind, member) SQL_FIELD(kind, struct mail_row, member)
static const struct sql_field MAIL_OUT[] = {
  F(UUID, id),         F(TEXT, kind),       F(MOMENT, queued_at),     F(INT, tries), F(TEXT, number),
  F(UUID, contact_id), F(UUID, account_id), F(BYTES, sealed_address),
};
#undef F
static const struct statement MAIL_TAKE = STATEMENT_READS_ALL(
    "mail_take", MAIL_OUT, struct mail_row,
    "SELECT m.id, m.kind, m.queued_at, m.tries, k.number, c.id, c.account_id, c.sealed_address "
    "FROM shienkin.mail m JOIN shienkin.contact c ON c.id = m.contact_id JOIN shienkin.event e ON e.id = m.event_id "
    "LEFT JOIN shienkin.claim k ON k.id = e.claim_id WHERE m.state = 'queued' AND m.due_at <= shienkin.at() "
    "ORDER BY m.due_at, m.id LIMIT 1 FOR UPDATE OF m SKIP LOCKED");

result store_mail_take(struct tx *tx, struct mail_row *out) { return tx_one(tx, &MAIL_TAKE, NULL, out); }

struct mail_lease_in {
  struct uuid id;
  moment until;
};
#define F(kind, member) SQL_FIELD(kind, struct mail_lease_in, member)
static const struct sql_field MAIL_LEASE_IN[] = { F(UUID, id), F(MOMENT, until) };
#undef F
static const struct statement MAIL_LEASE =
    STATEMENT_WRITES("mail_lease", MAIL_LEASE_IN, 1,
                     "UPDATE shienkin.mail SET tries = tries + 1, due_at = $2 WHERE id = $1 AND state = 'queued'");

void store_mail_lease(struct tx *tx, struct uuid id, moment until) {
  tx_send(tx, &MAIL_LEASE, &(struct mail_lease_in){ id, until });
}

#define F(kind, member) SQL_FIELD(kind, struct mail_end_row, member)
static const struct sql_field MAIL_END_IN[] = { F(UUID, id), F(TEXT, state), F(MOMENT, due_at), F(INT, tries) };
#undef F
static const struct statement MAIL_END = STATEMENT_WRITES(
    "mail_end", MAIL_END_IN, 1,
    "UPDATE shienkin.mail SET state = $2, due_at = $3 WHERE id = $1 AND state = 'queued' AND tries = $4");

void store_mail_end(struct tx *tx, const struct mail_end_row *row) { tx_send(tx, &MAIL_END, row); }

#define F(kind, member) SQL_FIELD(kind, struct mail_attempt_row, member)
static const struct sql_field MAIL_ATTEMPT_IN[] = { F(UUID, mail_id), F(INT, ordinal), F(TEXT, outcome), F(TEXT, code) };
#undef F
static const struct statement MAIL_ATTEMPT = STATEMENT_WRITES(
    "mail_attempt_insert", MAIL_ATTEMPT_IN, 1,
    "INSERT INTO shienkin.mail_attempt (mail_id, ordinal, outcome, code) VALUES ($1, $2, $3, $4)");

void store_mail_attempt_insert(struct tx *tx, const struct mail_attempt_row *row) { tx_send(tx, &MAIL_ATTEMPT, row); }

struct mail_waiting_out {
  int64_t value;
};
#define F(kind, member) SQL_FIELD(kind, struct mail_waiting_out, member)
static const struct sql_field MAIL_WAITING_OUT[] = { F(INT, value) };
#undef F
static const struct statement MAIL_WAITING =
    STATEMENT_READS_ALL("mail_waiting", MAIL_WAITING_OUT, struct mail_waiting_out,
                        "SELECT count(*) FROM shienkin.mail WHERE state = 'queued'");

result store_mail_waiting(struct tx *tx, int64_t *out) {
  struct mail_waiting_out row;
  TRY(tx_one(tx, &MAIL_WAITING, NULL, &row));
  *out = row.value;
  return RESULT_OK;
}
