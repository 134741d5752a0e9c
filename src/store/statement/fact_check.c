/* fact checks */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct fact_check_row, member)
static const struct sql_field FACT_CHECK_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(TEXT, key),
  F(SHA256, value_sha256),
  F(TEXT, verdict),
  F(BYTES, new_value),
  F(SHA256, new_value_sha256),
  F(BYTES, sealed_reason),
  F(UUID, supersedes),
};
#undef F
static const struct statement FACT_CHECK_INSERT = STATEMENT_WRITES(
    "fact_check_insert", FACT_CHECK_INSERT_IN, -1,
    "INSERT INTO shienkin.fact_check (id, claim_id, key, value_sha256, verdict, new_value, new_value_sha256, "
    "sealed_reason, supersedes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");

void store_fact_check_insert(struct tx *tx, const struct fact_check_row *row) { tx_send(tx, &FACT_CHECK_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct fact_check_row, member)
static const struct sql_field FACT_CHECK_ROW_OUT[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(TEXT, key),
  F(SHA256, value_sha256),
  F(TEXT, verdict),
  F(BYTES, new_value),
  F(SHA256, new_value_sha256),
  F(BYTES, sealed_reason),
  F(UUID, supersedes),
  F(UUID, by.account),
  F(UUID, by.person),
  F(MOMENT, by.at),
};
#undef F
struct fact_check_standing_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct fact_check_standing_in, member)
static const struct sql_field FACT_CHECK_STANDING_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement FACT_CHECK_STANDING = STATEMENT_READS(
    "fact_check_standing", FACT_CHECK_STANDING_IN, FACT_CHECK_ROW_OUT, struct fact_check_row,
    "SELECT c.id, c.claim_id, c.key, c.value_sha256, c.verdict, c.new_value, c.new_value_sha256, c.sealed_reason, "
    "c.supersedes, c.by_account, c.by_person, c.at FROM shienkin.fact_check c WHERE c.claim_id = $1 AND NOT EXISTS "
    "(SELECT FROM shienkin.fact_check l WHERE l.supersedes = c.id) ORDER BY c.key, c.id");

result store_fact_check_standing(struct tx *tx, struct uuid claim_id, struct fact_check_row **rows, size_t *count) {
  struct fact_check_standing_in in = { claim_id };
  return tx_many(tx, &FACT_CHECK_STANDING, &in, rows, count);
}

struct fact_check_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct fact_check_list_in, member)
static const struct sql_field FACT_CHECK_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement FACT_CHECK_LIST = STATEMENT_READS(
    "fact_check_list", FACT_CHECK_LIST_IN, FACT_CHECK_ROW_OUT, struct fact_check_row,
    "SELECT id, claim_id, key, value_sha256, verdict, new_value, new_value_sha256, sealed_reason, supersedes, "
    "by_account, by_person, at FROM shienkin.fact_check WHERE claim_id = $1 ORDER BY id");

result store_fact_check_list(struct tx *tx, struct uuid claim_id, struct fact_check_row **rows, size_t *count) {
  struct fact_check_list_in in = { claim_id };
  return tx_many(tx, &FACT_CHECK_LIST, &in, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct fact_check_evidence_row, member)
static const struct sql_field FACT_CHECK_EVIDENCE_INSERT_IN[] = {
  F(UUID, check_id),
  F(UUID, evidence_id),
  F(UUID, claim_id),
};
#undef F
static const struct statement FACT_CHECK_EVIDENCE_INSERT =
    STATEMENT_WRITES("fact_check_evidence_insert", FACT_CHECK_EVIDENCE_INSERT_IN, -1,
                     "INSERT INTO shienkin.fact_check_evidence (check_id, evidence_id, claim_id) VALUES ($1, $2, $3)");

void store_fact_check_evidence_insert(struct tx *tx, const struct fact_check_evidence_row *row) {
  tx_send(tx, &FACT_CHECK_EVIDENCE_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct fact_check_evidence_row, member)
static const struct sql_field FACT_CHECK_EVIDENCE_ROW_OUT[] = {
  F(UUID, check_id), F(UUID, evidence_id), F(UUID, claim_id), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct fact_check_evidence_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct fact_check_evidence_list_in, member)
static const struct sql_field FACT_CHECK_EVIDENCE_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement FACT_CHECK_EVIDENCE_LIST = STATEMENT_READS(
    "fact_check_evidence_list", FACT_CHECK_EVIDENCE_LIST_IN, FACT_CHECK_EVIDENCE_ROW_OUT,
    struct fact_check_evidence_row,
    "SELECT check_id, evidence_id, claim_id, by_account, by_person, at FROM shienkin.fact_check_evidence WHERE "
    "claim_id = $1 ORDER BY check_id, evidence_id");

result store_fact_check_evidence_list(struct tx *tx, struct uuid claim_id, struct fact_check_evidence_row **rows,
                                      size_t *count) {
  struct fact_check_evidence_list_in in = { claim_id };
  return tx_many(tx, &FACT_CHECK_EVIDENCE_LIST, &in, rows, count);
}
