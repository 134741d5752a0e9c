/* payees */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct payee_version_row, member)
static const struct sql_field PAYEE_VERSION_INSERT_IN[] = {
  F(UUID, id),           F(UUID, claim_id),        F(INT, version),
  F(BYTES, sealed_body), F(SHA256, account_blind), F(TEXT, roster_match),
};
#undef F
static const struct statement PAYEE_VERSION_INSERT = STATEMENT_WRITES(
    "payee_version_insert", PAYEE_VERSION_INSERT_IN, -1,
    "INSERT INTO shienkin.payee_version (id, claim_id, version, sealed_body, account_blind, roster_match) VALUES ($1, "
    "$2, $3, $4, $5, $6)");

void store_payee_version_insert(struct tx *tx, const struct payee_version_row *row) {
  tx_send(tx, &PAYEE_VERSION_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct payee_version_row, member)
static const struct sql_field PAYEE_VERSION_ROW_OUT[] = {
  F(UUID, id),           F(UUID, claim_id),   F(INT, version),    F(BYTES, sealed_body), F(SHA256, account_blind),
  F(TEXT, roster_match), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct payee_version_latest_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct payee_version_latest_in, member)
static const struct sql_field PAYEE_VERSION_LATEST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement PAYEE_VERSION_LATEST = STATEMENT_READS(
    "payee_version_latest", PAYEE_VERSION_LATEST_IN, PAYEE_VERSION_ROW_OUT, struct payee_version_row,
    "SELECT id, claim_id, version, sealed_body, account_blind, roster_match, by_account, by_person, at FROM "
    "shienkin.payee_version WHERE claim_id = $1 ORDER BY version DESC LIMIT 1");

void store_ask_payee_version_latest(struct tx *tx, struct uuid claim_id, struct payee_version_row *out, result *found) {
  struct payee_version_latest_in in = { claim_id };
  tx_ask_one(tx, &PAYEE_VERSION_LATEST, &in, out, found);
}

result store_payee_version_latest(struct tx *tx, struct uuid claim_id, struct payee_version_row *out) {
  result found;
  store_ask_payee_version_latest(tx, claim_id, out, &found);
  TRY(tx_flush(tx));
  return found;
}

struct payee_version_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct payee_version_list_in, member)
static const struct sql_field PAYEE_VERSION_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement PAYEE_VERSION_LIST = STATEMENT_READS(
    "payee_version_list", PAYEE_VERSION_LIST_IN, PAYEE_VERSION_ROW_OUT, struct payee_version_row,
    "SELECT id, claim_id, version, sealed_body, account_blind, roster_match, by_account, by_person, at FROM "
    "shienkin.payee_version WHERE claim_id = $1 ORDER BY version");

result store_payee_version_list(struct tx *tx, struct uuid claim_id, struct payee_version_row **rows, size_t *count) {
  struct payee_version_list_in in = { claim_id };
  return tx_many(tx, &PAYEE_VERSION_LIST, &in, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct payee_confirmation_row, member)
static const struct sql_field PAYEE_CONFIRMATION_INSERT_IN[] = {
  F(UUID, id), F(UUID, claim_id), F(UUID, payee_version_id), F(TEXT, how), F(BYTES, sealed_note),
};
#undef F
static const struct statement PAYEE_CONFIRMATION_INSERT = STATEMENT_WRITES(
    "payee_confirmation_insert", PAYEE_CONFIRMATION_INSERT_IN, -1,
    "INSERT INTO shienkin.payee_confirmation (id, claim_id, payee_version_id, how, sealed_note) VALUES ($1, $2, $3, "
    "$4, $5)");

void store_payee_confirmation_insert(struct tx *tx, const struct payee_confirmation_row *row) {
  tx_send(tx, &PAYEE_CONFIRMATION_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct payee_confirmation_row, member)
static const struct sql_field PAYEE_CONFIRMATION_ROW_OUT[] = {
  F(UUID, id),           F(UUID, claim_id),   F(UUID, payee_version_id), F(TEXT, how),
  F(BYTES, sealed_note), F(UUID, by.account), F(UUID, by.person),        F(MOMENT, by.at),
};
#undef F
struct payee_confirmation_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct payee_confirmation_list_in, member)
static const struct sql_field PAYEE_CONFIRMATION_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement PAYEE_CONFIRMATION_LIST = STATEMENT_READS(
    "payee_confirmation_list", PAYEE_CONFIRMATION_LIST_IN, PAYEE_CONFIRMATION_ROW_OUT, struct payee_confirmation_row,
    "SELECT id, claim_id, payee_version_id, how, sealed_note, by_account, by_person, at FROM "
    "shienkin.payee_confirmation WHERE claim_id = $1 ORDER BY id");

result store_payee_confirmation_list(struct tx *tx, struct uuid claim_id, struct payee_confirmation_row **rows,
                                     size_t *count) {
  struct payee_confirmation_list_in in = { claim_id };
  return tx_many(tx, &PAYEE_CONFIRMATION_LIST, &in, rows, count);
}
