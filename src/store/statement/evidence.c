/* files */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct evidence_row, member)
static const struct sql_field EVIDENCE_INSERT_IN[] = {
  F(UUID, id),      F(UUID, claim_id), F(BYTES, sealed_name), F(INT, declared_length), F(SHA256, declared_sha256),
  F(TEXT, purpose),
};
#undef F
static const struct statement EVIDENCE_INSERT = STATEMENT_WRITES(
    "evidence_insert", EVIDENCE_INSERT_IN, -1,
    "INSERT INTO shienkin.evidence (id, claim_id, sealed_name, declared_length, declared_sha256, purpose) VALUES ($1, "
    "$2, $3, $4, $5, $6)");

void store_evidence_insert(struct tx *tx, const struct evidence_row *row) { tx_send(tx, &EVIDENCE_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct evidence_row, member)
static const struct sql_field EVIDENCE_ROW_OUT[] = {
  F(UUID, id),      F(UUID, claim_id),   F(BYTES, sealed_name), F(INT, declared_length), F(SHA256, declared_sha256),
  F(TEXT, purpose), F(UUID, by.account), F(UUID, by.person),    F(MOMENT, by.at),
};
#undef F
struct evidence_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct evidence_by_id_in, member)
static const struct sql_field EVIDENCE_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement EVIDENCE_BY_ID = STATEMENT_READS(
    "evidence_by_id", EVIDENCE_BY_ID_IN, EVIDENCE_ROW_OUT, struct evidence_row,
    "SELECT id, claim_id, sealed_name, declared_length, declared_sha256, purpose, by_account, by_person, at FROM "
    "shienkin.evidence WHERE id = $1");

result store_evidence_by_id(struct tx *tx, struct uuid id, struct evidence_row *out) {
  struct evidence_by_id_in in = { id };
  return tx_one(tx, &EVIDENCE_BY_ID, &in, out);
}

struct evidence_of_claim_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct evidence_of_claim_in, member)
static const struct sql_field EVIDENCE_OF_CLAIM_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement EVIDENCE_OF_CLAIM = STATEMENT_READS(
    "evidence_of_claim", EVIDENCE_OF_CLAIM_IN, EVIDENCE_ROW_OUT, struct evidence_row,
    "SELECT id, claim_id, sealed_name, declared_length, declared_sha256, purpose, by_account, by_person, at FROM "
    "shienkin.evidence WHERE claim_id = $1 ORDER BY id");

result store_evidence_of_claim(struct tx *tx, struct uuid claim_id, struct evidence_row **rows, size_t *count) {
  struct evidence_of_claim_in in = { claim_id };
  return tx_many(tx, &EVIDENCE_OF_CLAIM, &in, rows, count);
}

struct evidence_unfinished_in {
  moment begun_before;
  int64_t limit;
};
#define F(kind, member) SQL_FIELD(kind, struct evidence_unfinished_in, member)
static const struct sql_field EVIDENCE_UNFINISHED_IN[] = {
  F(MOMENT, begun_before),
  F(INT, limit),
};
#undef F
static const struct statement EVIDENCE_UNFINISHED = STATEMENT_READS(
    "evidence_unfinished", EVIDENCE_UNFINISHED_IN, EVIDENCE_ROW_OUT, struct evidence_row,
    "SELECT e.id, e.claim_id, e.sealed_name, e.declared_length, e.declared_sha256, e.purpose, e.by_account, "
    "e.by_person, e.at FROM shienkin.evidence e JOIN shienkin.sealing_key k ON k.subject_id = e.id WHERE e.at < $1 "
    "AND NOT EXISTS (SELECT FROM shienkin.evidence_finish f WHERE f.evidence_id = e.id) ORDER BY e.at, e.id LIMIT $2");

result store_evidence_unfinished(struct tx *tx, moment begun_before, int64_t limit, struct evidence_row **rows,
                                 size_t *count) {
  struct evidence_unfinished_in in = { begun_before, limit };
  return tx_many(tx, &EVIDENCE_UNFINISHED, &in, rows, count);
}
