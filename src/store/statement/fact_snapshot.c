/* snapshots: all that the rules see */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct fact_snapshot_row, member)
static const struct sql_field FACT_SNAPSHOT_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(UUID, facts_version_id),
  F(BYTES, body),
  F(SHA256, sha256),
  F(UUID, calendar_id),
  F(SHA256, calendar_sha256),
  F(DAYS, holidays),
  F(MOMENT, roster_known_at),
  F(UUID, member_version_id),
  F(UUID, facility_version_id),
  F(UUID, facility_relation_id),
};
#undef F
static const struct statement FACT_SNAPSHOT_INSERT = STATEMENT_WRITES(
    "fact_snapshot_insert", FACT_SNAPSHOT_INSERT_IN, -1,
    "INSERT INTO shienkin.fact_snapshot (id, claim_id, facts_version_id, body, sha256, calendar_id, calendar_sha256, "
    "holidays, roster_known_at, member_version_id, facility_version_id, facility_relation_id) VALUES ($1, $2, $3, $4, "
    "$5, $6, $7, $8, $9, $10, $11, $12)");

void store_fact_snapshot_insert(struct tx *tx, const struct fact_snapshot_row *row) {
  tx_send(tx, &FACT_SNAPSHOT_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct fact_snapshot_row, member)
static const struct sql_field FACT_SNAPSHOT_ROW_OUT[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(UUID, facts_version_id),
  F(BYTES, body),
  F(SHA256, sha256),
  F(UUID, calendar_id),
  F(SHA256, calendar_sha256),
  F(DAYS, holidays),
  F(MOMENT, roster_known_at),
  F(UUID, member_version_id),
  F(UUID, facility_version_id),
  F(UUID, facility_relation_id),
  F(UUID, by.account),
  F(UUID, by.person),
  F(MOMENT, by.at),
};
#undef F
struct fact_snapshot_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct fact_snapshot_by_id_in, member)
static const struct sql_field FACT_SNAPSHOT_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement FACT_SNAPSHOT_BY_ID = STATEMENT_READS(
    "fact_snapshot_by_id", FACT_SNAPSHOT_BY_ID_IN, FACT_SNAPSHOT_ROW_OUT, struct fact_snapshot_row,
    "SELECT id, claim_id, facts_version_id, body, sha256, calendar_id, calendar_sha256, holidays, roster_known_at, "
    "member_version_id, facility_version_id, facility_relation_id, by_account, by_person, at FROM "
    "shienkin.fact_snapshot WHERE id = $1");

result store_fact_snapshot_by_id(struct tx *tx, struct uuid id, struct fact_snapshot_row *out) {
  struct fact_snapshot_by_id_in in = { id };
  return tx_one(tx, &FACT_SNAPSHOT_BY_ID, &in, out);
}

struct fact_snapshot_check_in {
  struct uuid snapshot_id;
  struct uuid check_id;
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct fact_snapshot_check_in, member)
static const struct sql_field FACT_SNAPSHOT_CHECK_IN[] = {
  F(UUID, snapshot_id),
  F(UUID, check_id),
  F(UUID, claim_id),
};
#undef F
static const struct statement FACT_SNAPSHOT_CHECK =
    STATEMENT_WRITES("fact_snapshot_check", FACT_SNAPSHOT_CHECK_IN, -1,
                     "INSERT INTO shienkin.fact_snapshot_check (snapshot_id, check_id, claim_id) VALUES ($1, $2, $3)");

void store_fact_snapshot_check(struct tx *tx, struct uuid snapshot_id, struct uuid check_id, struct uuid claim_id) {
  struct fact_snapshot_check_in in = { snapshot_id, check_id, claim_id };
  tx_send(tx, &FACT_SNAPSHOT_CHECK, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct snapshot_check_row, member)
static const struct sql_field SNAPSHOT_CHECK_ROW_OUT[] = {
  F(UUID, check_id),
};
#undef F
struct fact_snapshot_checks_in {
  struct uuid snapshot_id;
};
#define F(kind, member) SQL_FIELD(kind, struct fact_snapshot_checks_in, member)
static const struct sql_field FACT_SNAPSHOT_CHECKS_IN[] = {
  F(UUID, snapshot_id),
};
#undef F
static const struct statement FACT_SNAPSHOT_CHECKS =
    STATEMENT_READS("fact_snapshot_checks", FACT_SNAPSHOT_CHECKS_IN, SNAPSHOT_CHECK_ROW_OUT, struct snapshot_check_row,
                    "SELECT check_id FROM shienkin.fact_snapshot_check WHERE snapshot_id = $1 ORDER BY check_id");

result store_fact_snapshot_checks(struct tx *tx, struct uuid snapshot_id, struct snapshot_check_row **rows,
                                  size_t *count) {
  struct fact_snapshot_checks_in in = { snapshot_id };
  return tx_many(tx, &FACT_SNAPSHOT_CHECKS, &in, rows, count);
}
