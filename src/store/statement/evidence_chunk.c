/* chunks */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct evidence_chunk_row, member)
static const struct sql_field EVIDENCE_CHUNK_INSERT_IN[] = {
  F(UUID, evidence_id), F(UUID, claim_id), F(INT, ordinal), F(INT, length), F(BYTES, sealed_bytes),
};
#undef F
static const struct statement EVIDENCE_CHUNK_INSERT = STATEMENT_WRITES(
    "evidence_chunk_insert", EVIDENCE_CHUNK_INSERT_IN, -1,
    "INSERT INTO shienkin.evidence_chunk (evidence_id, claim_id, ordinal, length, sealed_bytes) VALUES ($1, $2, $3, "
    "$4, $5)");

void store_evidence_chunk_insert(struct tx *tx, const struct evidence_chunk_row *row) {
  tx_send(tx, &EVIDENCE_CHUNK_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct evidence_chunk_row, member)
static const struct sql_field EVIDENCE_CHUNK_ROW_OUT[] = {
  F(UUID, evidence_id),   F(UUID, claim_id),   F(INT, ordinal),    F(INT, length),
  F(BYTES, sealed_bytes), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct evidence_chunk_at_in {
  struct uuid evidence_id;
  int64_t ordinal;
};
#define F(kind, member) SQL_FIELD(kind, struct evidence_chunk_at_in, member)
static const struct sql_field EVIDENCE_CHUNK_AT_IN[] = {
  F(UUID, evidence_id),
  F(INT, ordinal),
};
#undef F
static const struct statement EVIDENCE_CHUNK_AT =
    STATEMENT_READS("evidence_chunk_at", EVIDENCE_CHUNK_AT_IN, EVIDENCE_CHUNK_ROW_OUT, struct evidence_chunk_row,
                    "SELECT evidence_id, claim_id, ordinal, length, sealed_bytes, by_account, by_person, at FROM "
                    "shienkin.evidence_chunk WHERE evidence_id = $1 AND ordinal = $2");

result store_evidence_chunk_at(struct tx *tx, struct uuid evidence_id, int64_t ordinal,
                               struct evidence_chunk_row *out) {
  struct evidence_chunk_at_in in = { evidence_id, ordinal };
  return tx_one(tx, &EVIDENCE_CHUNK_AT, &in, out);
}

struct evidence_offset_in {
  struct uuid evidence_id;
};
#define F(kind, member) SQL_FIELD(kind, struct evidence_offset_in, member)
static const struct sql_field EVIDENCE_OFFSET_IN[] = {
  F(UUID, evidence_id),
};
#undef F
struct evidence_offset_out {
  int64_t value;
};
#define F(kind, member) SQL_FIELD(kind, struct evidence_offset_out, member)
static const struct sql_field EVIDENCE_OFFSET_OUT[] = { F(INT, value) };
#undef F
static const struct statement EVIDENCE_OFFSET =
    STATEMENT_READS("evidence_offset", EVIDENCE_OFFSET_IN, EVIDENCE_OFFSET_OUT, struct evidence_offset_out,
                    "SELECT coalesce(sum(length), 0)::bigint FROM shienkin.evidence_chunk WHERE evidence_id = $1");

result store_evidence_offset(struct tx *tx, struct uuid evidence_id, int64_t *out) {
  struct evidence_offset_in in = { evidence_id };
  struct evidence_offset_out row;
  TRY(tx_one(tx, &EVIDENCE_OFFSET, &in, &row));
  *out = row.value;
  return RESULT_OK;
}
