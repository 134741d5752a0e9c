/* withdrawal */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct claim_withdrawal_row, member)
static const struct sql_field CLAIM_WITHDRAWAL_INSERT_IN[] = {
  F(UUID, claim_id),
  F(TEXT, cause),
  F(UUID, merged_into),
  F(BYTES, sealed_reason),
};
#undef F
static const struct statement CLAIM_WITHDRAWAL_INSERT = STATEMENT_WRITES(
    "claim_withdrawal_insert", CLAIM_WITHDRAWAL_INSERT_IN, -1,
    "INSERT INTO shienkin.claim_withdrawal (claim_id, cause, merged_into, sealed_reason) VALUES ($1, $2, $3, $4)");

void store_claim_withdrawal_insert(struct tx *tx, const struct claim_withdrawal_row *row) {
  tx_send(tx, &CLAIM_WITHDRAWAL_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct claim_withdrawal_row, member)
static const struct sql_field CLAIM_WITHDRAWAL_ROW_OUT[] = {
  F(UUID, claim_id),   F(TEXT, cause),     F(UUID, merged_into), F(BYTES, sealed_reason),
  F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct claim_withdrawal_of_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_withdrawal_of_in, member)
static const struct sql_field CLAIM_WITHDRAWAL_OF_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement CLAIM_WITHDRAWAL_OF = STATEMENT_READS(
    "claim_withdrawal_of", CLAIM_WITHDRAWAL_OF_IN, CLAIM_WITHDRAWAL_ROW_OUT, struct claim_withdrawal_row,
    "SELECT claim_id, cause, merged_into, sealed_reason, by_account, by_person, at FROM shienkin.claim_withdrawal "
    "WHERE claim_id = $1");

result store_claim_withdrawal_of(struct tx *tx, struct uuid claim_id, struct claim_withdrawal_row *out) {
  struct claim_withdrawal_of_in in = { claim_id };
  return tx_one(tx, &CLAIM_WITHDRAWAL_OF, &in, out);
}

static const struct statement CLAIM_WITHDRAWAL_MERGED = STATEMENT_READS("claim_withdrawal_merged", CLAIM_WITHDRAWAL_OF_IN, CLAIM_WITHDRAWAL_ROW_OUT, struct claim_withdrawal_row,
  "SELECT claim_id, cause, merged_into, sealed_reason, by_account, by_person, at FROM shienkin.claim_withdrawal "
  "WHERE merged_into = $1 ORDER BY claim_id");

result store_claim_withdrawal_merged(struct tx *tx, struct uuid claim_id, struct claim_withdrawal_row **rows, size_t *count) {
  struct claim_withdrawal_of_in in = { claim_id };
  return tx_many(tx, &CLAIM_WITHDRAWAL_MERGED, &in, rows, count);
}
