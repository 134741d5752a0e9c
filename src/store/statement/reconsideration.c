/* reconsideration */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct reconsideration_row, member)
static const struct sql_field RECONSIDERATION_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(UUID, decision_id),
  F(BYTES, sealed_grounds),
};
#undef F
static const struct statement RECONSIDERATION_INSERT = STATEMENT_WRITES(
    "reconsideration_insert", RECONSIDERATION_INSERT_IN, -1,
    "INSERT INTO shienkin.reconsideration (id, claim_id, decision_id, sealed_grounds) VALUES ($1, $2, $3, $4)");

void store_reconsideration_insert(struct tx *tx, const struct reconsideration_row *row) {
  tx_send(tx, &RECONSIDERATION_INSERT, row);
}

struct reconsideration_withdraw_in {
  struct uuid reconsideration_id;
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct reconsideration_withdraw_in, member)
static const struct sql_field RECONSIDERATION_WITHDRAW_IN[] = {
  F(UUID, reconsideration_id),
  F(UUID, claim_id),
};
#undef F
static const struct statement RECONSIDERATION_WITHDRAW =
    STATEMENT_WRITES("reconsideration_withdraw", RECONSIDERATION_WITHDRAW_IN, -1,
                     "INSERT INTO shienkin.reconsideration_withdrawal (reconsideration_id, claim_id) VALUES ($1, $2)");

void store_reconsideration_withdraw(struct tx *tx, struct uuid reconsideration_id, struct uuid claim_id) {
  struct reconsideration_withdraw_in in = { reconsideration_id, claim_id };
  tx_send(tx, &RECONSIDERATION_WITHDRAW, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct reconsideration_row, member)
static const struct sql_field RECONSIDERATION_ROW_OUT[] = {
  F(UUID, id),         F(UUID, claim_id),  F(UUID, decision_id), F(BYTES, sealed_grounds),
  F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct reconsideration_open_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct reconsideration_open_in, member)
static const struct sql_field RECONSIDERATION_OPEN_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement RECONSIDERATION_OPEN = STATEMENT_READS(
    "reconsideration_open", RECONSIDERATION_OPEN_IN, RECONSIDERATION_ROW_OUT, struct reconsideration_row,
    "SELECT r.id, r.claim_id, r.decision_id, r.sealed_grounds, r.by_account, r.by_person, r.at FROM "
    "shienkin.reconsideration r WHERE r.claim_id = $1 AND r.id = shienkin.open_reconsideration($1)");

result store_reconsideration_open(struct tx *tx, struct uuid claim_id, struct reconsideration_row *out) {
  struct reconsideration_open_in in = { claim_id };
  return tx_one(tx, &RECONSIDERATION_OPEN, &in, out);
}

static const struct statement RECONSIDERATION_LATEST = STATEMENT_READS(
    "reconsideration_latest", RECONSIDERATION_OPEN_IN, RECONSIDERATION_ROW_OUT, struct reconsideration_row,
    "SELECT id, claim_id, decision_id, sealed_grounds, by_account, by_person, at FROM shienkin.reconsideration "
    "WHERE claim_id = $1 ORDER BY id DESC LIMIT 1");

result store_reconsideration_latest(struct tx *tx, struct uuid claim_id, struct reconsideration_row *out) {
  struct reconsideration_open_in in = { claim_id };
  return tx_one(tx, &RECONSIDERATION_LATEST, &in, out);
}
