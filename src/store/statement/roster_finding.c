/* what an import did to decisions */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct roster_use_row, member)
static const struct sql_field ROSTER_USE_ROW_OUT[] = {
  F(UUID, decision_id), F(UUID, claim_id),  F(UUID, snapshot_id),
  F(UUID, facility_id), F(UUID, member_id), F(MOMENT, roster_known_at),
};
#undef F
static const struct statement ROSTER_USES = STATEMENT_READS_ALL(
    "roster_uses", ROSTER_USE_ROW_OUT, struct roster_use_row,
    "SELECT d.id, d.claim_id, d.snapshot_id, c.facility_id, i.member_id, s.roster_known_at FROM shienkin.decision d JOIN "
    "shienkin.fact_snapshot s ON s.id = d.snapshot_id JOIN shienkin.claim c ON c.id = d.claim_id AND c.state <> 'withdrawn' "
    "JOIN shienkin.incident i ON i.id = d.incident_id WHERE NOT EXISTS (SELECT FROM shienkin.decision l WHERE l.incident_id "
    "= d.incident_id AND l.number > d.number) ORDER BY d.id");

result store_roster_uses(struct tx *tx, struct roster_use_row **rows, size_t *count) {
  return tx_many(tx, &ROSTER_USES, NULL, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct roster_finding_row, member)
static const struct sql_field ROSTER_FINDING_INSERT_IN[] = {
  F(UUID, id),  F(UUID, claim_id),   F(UUID, decision_id), F(UUID, import_id),
  F(TEXT, key), F(BYTES, old_value), F(BYTES, new_value),
};
#undef F
static const struct statement ROSTER_FINDING_INSERT = STATEMENT_WRITES(
    "roster_finding_insert", ROSTER_FINDING_INSERT_IN, -1,
    "INSERT INTO shienkin.roster_finding (id, claim_id, decision_id, import_id, key, old_value, new_value) VALUES "
    "($1, $2, $3, $4, $5, $6, $7)");

void store_roster_finding_insert(struct tx *tx, const struct roster_finding_row *row) {
  tx_send(tx, &ROSTER_FINDING_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct roster_finding_row, member)
static const struct sql_field ROSTER_FINDING_ROW_OUT[] = {
  F(UUID, id),         F(UUID, claim_id),   F(UUID, decision_id), F(UUID, import_id), F(TEXT, key),
  F(BYTES, old_value), F(BYTES, new_value), F(UUID, by.account),  F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct roster_finding_open_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct roster_finding_open_in, member)
static const struct sql_field ROSTER_FINDING_OPEN_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement ROSTER_FINDING_OPEN = STATEMENT_READS(
    "roster_finding_open", ROSTER_FINDING_OPEN_IN, ROSTER_FINDING_ROW_OUT, struct roster_finding_row,
    "SELECT f.id, f.claim_id, f.decision_id, f.import_id, f.key, f.old_value, f.new_value, f.by_account, f.by_person, "
    "f.at FROM shienkin.roster_finding f WHERE f.claim_id = $1 AND NOT EXISTS (SELECT FROM "
    "shienkin.roster_finding_outcome o WHERE o.finding_id = f.id) ORDER BY f.id");

result store_roster_finding_open(struct tx *tx, struct uuid claim_id, struct roster_finding_row **rows, size_t *count) {
  struct roster_finding_open_in in = { claim_id };
  return tx_many(tx, &ROSTER_FINDING_OPEN, &in, rows, count);
}

struct roster_finding_of_decision_in {
  struct uuid decision_id;
};
#define F(kind, member) SQL_FIELD(kind, struct roster_finding_of_decision_in, member)
static const struct sql_field ROSTER_FINDING_OF_DECISION_IN[] = { F(UUID, decision_id) };
#undef F
static const struct statement ROSTER_FINDING_OF_DECISION = STATEMENT_READS(
    "roster_finding_of_decision", ROSTER_FINDING_OF_DECISION_IN, ROSTER_FINDING_ROW_OUT, struct roster_finding_row,
    "SELECT id, claim_id, decision_id, import_id, key, old_value, new_value, by_account, by_person, at FROM "
    "shienkin.roster_finding WHERE decision_id = $1 ORDER BY at, id");

result store_roster_finding_of_decision(struct tx *tx, struct uuid decision_id, struct roster_finding_row **rows,
                                        size_t *count) {
  struct roster_finding_of_decision_in in = { decision_id };
  return tx_many(tx, &ROSTER_FINDING_OF_DECISION, &in, rows, count);
}

struct roster_finding_settle_in {
  struct uuid finding_id;
  struct uuid claim_id;
  str verdict;
  str sealed_reason;
};
#define F(kind, member) SQL_FIELD(kind, struct roster_finding_settle_in, member)
static const struct sql_field ROSTER_FINDING_SETTLE_IN[] = {
  F(UUID, finding_id),
  F(UUID, claim_id),
  F(TEXT, verdict),
  F(BYTES, sealed_reason),
};
#undef F
static const struct statement ROSTER_FINDING_SETTLE = STATEMENT_WRITES(
    "roster_finding_settle", ROSTER_FINDING_SETTLE_IN, -1,
    "INSERT INTO shienkin.roster_finding_outcome (finding_id, claim_id, verdict, sealed_reason) VALUES ($1, $2, $3, "
    "$4)");

void store_roster_finding_settle(struct tx *tx, struct uuid finding_id, struct uuid claim_id, str verdict,
                                 str sealed_reason) {
  struct roster_finding_settle_in in = { finding_id, claim_id, verdict, sealed_reason };
  tx_send(tx, &ROSTER_FINDING_SETTLE, &in);
}
