/* the end of an upload */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct evidence_finish_row, member)
static const struct sql_field EVIDENCE_FINISH_INSERT_IN[] = {
  F(UUID, evidence_id), F(UUID, claim_id), F(INT, length), F(SHA256, sha256), F(TEXT, media_type),
};
#undef F
static const struct statement EVIDENCE_FINISH_INSERT = STATEMENT_WRITES(
    "evidence_finish_insert", EVIDENCE_FINISH_INSERT_IN, -1,
    "INSERT INTO shienkin.evidence_finish (evidence_id, claim_id, length, sha256, media_type) VALUES ($1, $2, $3, $4, "
    "$5)");

void store_evidence_finish_insert(struct tx *tx, const struct evidence_finish_row *row) {
  tx_send(tx, &EVIDENCE_FINISH_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct evidence_finish_row, member)
static const struct sql_field EVIDENCE_FINISH_ROW_OUT[] = {
  F(UUID, evidence_id), F(UUID, claim_id),   F(INT, length),     F(SHA256, sha256),
  F(TEXT, media_type),  F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct evidence_finish_of_in {
  struct uuid evidence_id;
};
#define F(kind, member) SQL_FIELD(kind, struct evidence_finish_of_in, member)
static const struct sql_field EVIDENCE_FINISH_OF_IN[] = {
  F(UUID, evidence_id),
};
#undef F
static const struct statement EVIDENCE_FINISH_OF =
    STATEMENT_READS("evidence_finish_of", EVIDENCE_FINISH_OF_IN, EVIDENCE_FINISH_ROW_OUT, struct evidence_finish_row,
                    "SELECT evidence_id, claim_id, length, sha256, media_type, by_account, by_person, at FROM "
                    "shienkin.evidence_finish WHERE evidence_id = $1");

result store_evidence_finish_of(struct tx *tx, struct uuid evidence_id, struct evidence_finish_row *out) {
  struct evidence_finish_of_in in = { evidence_id };
  return tx_one(tx, &EVIDENCE_FINISH_OF, &in, out);
}

struct evidence_finish_of_claim_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct evidence_finish_of_claim_in, member)
static const struct sql_field EVIDENCE_FINISH_OF_CLAIM_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement EVIDENCE_FINISH_OF_CLAIM = STATEMENT_READS(
    "evidence_finish_of_claim", EVIDENCE_FINISH_OF_CLAIM_IN, EVIDENCE_FINISH_ROW_OUT, struct evidence_finish_row,
    "SELECT evidence_id, claim_id, length, sha256, media_type, by_account, by_person, at FROM "
    "shienkin.evidence_finish WHERE claim_id = $1 ORDER BY evidence_id");

result store_evidence_finish_of_claim(struct tx *tx, struct uuid claim_id, struct evidence_finish_row **rows,
                                      size_t *count) {
  struct evidence_finish_of_claim_in in = { claim_id };
  return tx_many(tx, &EVIDENCE_FINISH_OF_CLAIM, &in, rows, count);
}
