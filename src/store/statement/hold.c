/* holds and recusals */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct hold_row, member)
static const struct sql_field HOLD_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(TEXT, kind),
  F(BYTES, sealed_reason),
};
#undef F
static const struct statement HOLD_INSERT =
    STATEMENT_WRITES("hold_insert", HOLD_INSERT_IN, -1,
                     "INSERT INTO shienkin.hold (id, claim_id, kind, sealed_reason) VALUES ($1, $2, $3, $4)");

void store_hold_insert(struct tx *tx, const struct hold_row *row) { tx_send(tx, &HOLD_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct hold_row, member)
static const struct sql_field HOLD_ROW_OUT[] = {
  F(UUID, id),         F(UUID, claim_id),  F(TEXT, kind),    F(BYTES, sealed_reason),
  F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct hold_lasting_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct hold_lasting_in, member)
static const struct sql_field HOLD_LASTING_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement HOLD_LASTING = STATEMENT_READS(
    "hold_lasting", HOLD_LASTING_IN, HOLD_ROW_OUT, struct hold_row,
    "SELECT id, claim_id, kind, sealed_reason, by_account, by_person, at FROM shienkin.hold WHERE claim_id = $1 AND "
    "shienkin.hold_lasts(id) ORDER BY id");

result store_hold_lasting(struct tx *tx, struct uuid claim_id, struct hold_row **rows, size_t *count) {
  struct hold_lasting_in in = { claim_id };
  return tx_many(tx, &HOLD_LASTING, &in, rows, count);
}

struct hold_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct hold_by_id_in, member)
static const struct sql_field HOLD_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement HOLD_BY_ID = STATEMENT_READS(
    "hold_by_id", HOLD_BY_ID_IN, HOLD_ROW_OUT, struct hold_row,
    "SELECT id, claim_id, kind, sealed_reason, by_account, by_person, at FROM shienkin.hold WHERE id = $1");

result store_hold_by_id(struct tx *tx, struct uuid id, struct hold_row *out) {
  struct hold_by_id_in in = { id };
  return tx_one(tx, &HOLD_BY_ID, &in, out);
}

struct hold_release_in {
  struct uuid hold_id;
  struct uuid claim_id;
  str sealed_reason;
};
#define F(kind, member) SQL_FIELD(kind, struct hold_release_in, member)
static const struct sql_field HOLD_RELEASE_IN[] = {
  F(UUID, hold_id),
  F(UUID, claim_id),
  F(BYTES, sealed_reason),
};
#undef F
static const struct statement HOLD_RELEASE =
    STATEMENT_WRITES("hold_release", HOLD_RELEASE_IN, -1,
                     "INSERT INTO shienkin.hold_release (hold_id, claim_id, sealed_reason) VALUES ($1, $2, $3)");

void store_hold_release(struct tx *tx, struct uuid hold_id, struct uuid claim_id, str sealed_reason) {
  struct hold_release_in in = { hold_id, claim_id, sealed_reason };
  tx_send(tx, &HOLD_RELEASE, &in);
}

struct recusal_insert_in {
  struct uuid claim_id;
  str sealed_reason;
};
#define F(kind, member) SQL_FIELD(kind, struct recusal_insert_in, member)
static const struct sql_field RECUSAL_INSERT_IN[] = {
  F(UUID, claim_id),
  F(BYTES, sealed_reason),
};
#undef F
static const struct statement RECUSAL_INSERT = STATEMENT_WRITES(
    "recusal_insert", RECUSAL_INSERT_IN, -1, "INSERT INTO shienkin.recusal (claim_id, sealed_reason) VALUES ($1, $2)");

void store_recusal_insert(struct tx *tx, struct uuid claim_id, str sealed_reason) {
  struct recusal_insert_in in = { claim_id, sealed_reason };
  tx_send(tx, &RECUSAL_INSERT, &in);
}

struct recusal_holds_in {
  struct uuid claim_id;
  struct uuid person_id;
};
#define F(kind, member) SQL_FIELD(kind, struct recusal_holds_in, member)
static const struct sql_field RECUSAL_HOLDS_IN[] = {
  F(UUID, claim_id),
  F(UUID, person_id),
};
#undef F
struct recusal_holds_out {
  bool value;
};
#define F(kind, member) SQL_FIELD(kind, struct recusal_holds_out, member)
static const struct sql_field RECUSAL_HOLDS_OUT[] = { F(BOOL, value) };
#undef F
static const struct statement RECUSAL_HOLDS =
    STATEMENT_READS("recusal_holds", RECUSAL_HOLDS_IN, RECUSAL_HOLDS_OUT, struct recusal_holds_out,
                    "SELECT EXISTS (SELECT FROM shienkin.recusal WHERE claim_id = $1 AND by_person = $2)");

result store_recusal_holds(struct tx *tx, struct uuid claim_id, struct uuid person_id, bool *out) {
  struct recusal_holds_in in = { claim_id, person_id };
  struct recusal_holds_out row;
  TRY(tx_one(tx, &RECUSAL_HOLDS, &in, &row));
  *out = row.value;
  return RESULT_OK;
}
