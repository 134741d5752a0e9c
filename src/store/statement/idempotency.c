/* idempotency */
#include "shienkin/store.h"

struct idempotency_of_in {
  struct uuid account_id;
  str key;
};
#define F(kind, member) SQL_FIELD(kind, struct idempotency_of_in, member)
static const struct sql_field IDEMPOTENCY_OF_IN[] = {
  F(UUID, account_id),
  F(TEXT, key),
};
#undef F
#define F(kind, member) SQL_FIELD(kind, struct idempotency_taking, member)
static const struct sql_field IDEMPOTENCY_TAKE_OUT[] = { F(BOOL, taken) };
#undef F
static const struct statement IDEMPOTENCY_TAKE =
    STATEMENT_READS("idempotency_take", IDEMPOTENCY_OF_IN, IDEMPOTENCY_TAKE_OUT, struct idempotency_taking,
                    "SELECT pg_try_advisory_xact_lock(hashtextextended($1::text || '|' || $2, 0))");

#define F(kind, member) SQL_FIELD(kind, struct idempotency_row, member)
static const struct sql_field IDEMPOTENCY_ROW_OUT[] = {
  F(UUID, account_id),   F(TEXT, key),          F(SHA256, fingerprint), F(INT, status),     F(TEXT, headers),
  F(BYTES, sealed_body), F(MOMENT, expires_at), F(UUID, by.account),    F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
static const struct statement IDEMPOTENCY_OF = STATEMENT_READS(
    "idempotency_of", IDEMPOTENCY_OF_IN, IDEMPOTENCY_ROW_OUT, struct idempotency_row,
    "SELECT account_id, key, fingerprint, status, headers, sealed_body, expires_at, by_account, by_person, at FROM "
    "shienkin.idempotency WHERE account_id = $1 AND key = $2");

void store_ask_idempotency(struct tx *tx, struct uuid account_id, str key, struct idempotency_taking *out) {
  struct idempotency_of_in in = { account_id, key };
  tx_ask_one(tx, &IDEMPOTENCY_TAKE, &in, out, &out->asked);
  tx_ask_one(tx, &IDEMPOTENCY_OF, &in, &out->row, &out->found);
}

result store_idempotency_of(struct tx *tx, struct uuid account_id, str key, struct idempotency_row *out) {
  struct idempotency_of_in in = { account_id, key };
  return tx_one(tx, &IDEMPOTENCY_OF, &in, out);
}

#define F(kind, member) SQL_FIELD(kind, struct idempotency_row, member)
static const struct sql_field IDEMPOTENCY_INSERT_IN[] = {
  F(UUID, account_id), F(TEXT, key),          F(SHA256, fingerprint), F(INT, status),
  F(TEXT, headers),    F(BYTES, sealed_body), F(MOMENT, expires_at),
};
#undef F
static const struct statement IDEMPOTENCY_INSERT = STATEMENT_WRITES(
    "idempotency_insert", IDEMPOTENCY_INSERT_IN, -1,
    "INSERT INTO shienkin.idempotency (account_id, key, fingerprint, status, headers, sealed_body, expires_at) VALUES "
    "($1, $2, $3, $4, $5, $6, $7)");

void store_idempotency_insert(struct tx *tx, const struct idempotency_row *row) {
  tx_send(tx, &IDEMPOTENCY_INSERT, row);
}

struct forget_expired_out {
  int64_t value;
};
#define F(kind, member) SQL_FIELD(kind, struct forget_expired_out, member)
static const struct sql_field FORGET_EXPIRED_OUT[] = { F(INT, value) };
#undef F
static const struct statement FORGET_EXPIRED = STATEMENT_READS_ALL(
    "forget_expired", FORGET_EXPIRED_OUT, struct forget_expired_out, "SELECT shienkin.forget_expired()");

result store_forget_expired(struct tx *tx, int64_t *out) {
  struct forget_expired_out row;
  TRY(tx_one(tx, &FORGET_EXPIRED, NULL, &row));
  *out = row.value;
  return RESULT_OK;
}
