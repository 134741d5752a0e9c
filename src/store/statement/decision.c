/* decisions */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct decision_row, member)
static const struct sql_field DECISION_INSERT_IN[] = {
  F(UUID, id),          F(UUID, claim_id),    F(UUID, incident_id),    F(INT, number),
  F(UUID, proposal_id), F(UUID, snapshot_id), F(UUID, rule_set_id),    F(BYTES, body),
  F(SHA256, sha256),    F(BYTES, trace),      F(SHA256, trace_sha256), F(TEXT, outcome),
  F(YEN, total_yen),
};
#undef F
static const struct statement DECISION_INSERT = STATEMENT_WRITES(
    "decision_insert", DECISION_INSERT_IN, -1,
    "INSERT INTO shienkin.decision (id, claim_id, incident_id, number, proposal_id, snapshot_id, rule_set_id, body, "
    "sha256, trace, trace_sha256, outcome, total_yen) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)");

void store_decision_insert(struct tx *tx, const struct decision_row *row) { tx_send(tx, &DECISION_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct decision_row, member)
static const struct sql_field DECISION_ROW_OUT[] = {
  F(UUID, id),          F(UUID, claim_id),    F(UUID, incident_id),    F(INT, number),
  F(UUID, proposal_id), F(UUID, snapshot_id), F(UUID, rule_set_id),    F(BYTES, body),
  F(SHA256, sha256),    F(BYTES, trace),      F(SHA256, trace_sha256), F(TEXT, outcome),
  F(YEN, total_yen),    F(UUID, by.account),  F(UUID, by.person),      F(MOMENT, by.at),
};
#undef F
struct decision_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct decision_by_id_in, member)
static const struct sql_field DECISION_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement DECISION_BY_ID = STATEMENT_READS(
    "decision_by_id", DECISION_BY_ID_IN, DECISION_ROW_OUT, struct decision_row,
    "SELECT id, claim_id, incident_id, number, proposal_id, snapshot_id, rule_set_id, body, sha256, trace, "
    "trace_sha256, outcome, total_yen, by_account, by_person, at FROM shienkin.decision WHERE id = $1");

result store_decision_by_id(struct tx *tx, struct uuid id, struct decision_row *out) {
  struct decision_by_id_in in = { id };
  return tx_one(tx, &DECISION_BY_ID, &in, out);
}

struct decision_latest_in {
  struct uuid incident_id;
};
#define F(kind, member) SQL_FIELD(kind, struct decision_latest_in, member)
static const struct sql_field DECISION_LATEST_IN[] = {
  F(UUID, incident_id),
};
#undef F
static const struct statement DECISION_LATEST = STATEMENT_READS(
    "decision_latest", DECISION_LATEST_IN, DECISION_ROW_OUT, struct decision_row,
    "SELECT id, claim_id, incident_id, number, proposal_id, snapshot_id, rule_set_id, body, sha256, trace, "
    "trace_sha256, outcome, total_yen, by_account, by_person, at FROM shienkin.decision WHERE incident_id = $1 ORDER "
    "BY number DESC LIMIT 1");

void store_ask_decision_latest(struct tx *tx, struct uuid incident_id, struct decision_row *out, result *found) {
  struct decision_latest_in in = { incident_id };
  tx_ask_one(tx, &DECISION_LATEST, &in, out, found);
}

result store_decision_latest(struct tx *tx, struct uuid incident_id, struct decision_row *out) {
  result found;
  store_ask_decision_latest(tx, incident_id, out, &found);
  TRY(tx_flush(tx));
  return found;
}

struct decision_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct decision_list_in, member)
static const struct sql_field DECISION_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement DECISION_LIST = STATEMENT_READS(
    "decision_list", DECISION_LIST_IN, DECISION_ROW_OUT, struct decision_row,
    "SELECT id, claim_id, incident_id, number, proposal_id, snapshot_id, rule_set_id, body, sha256, trace, "
    "trace_sha256, outcome, total_yen, by_account, by_person, at FROM shienkin.decision WHERE claim_id = $1 ORDER BY "
    "number");

result store_decision_list(struct tx *tx, struct uuid claim_id, struct decision_row **rows, size_t *count) {
  struct decision_list_in in = { claim_id };
  return tx_many(tx, &DECISION_LIST, &in, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct decided_row, member)
static const struct sql_field DECIDED_ROW_OUT[] = {
  F(UUID, decision_id), F(UUID, claim_id),    F(UUID, incident_id),
  F(UUID, snapshot_id), F(UUID, rule_set_id), F(SHA256, sha256),
  F(TEXT, number),
};
#undef F
struct decision_standing_in {
  day occurred_from;
  struct uuid after;
  int64_t limit;
};
#define F(kind, member) SQL_FIELD(kind, struct decision_standing_in, member)
static const struct sql_field DECISION_STANDING_IN[] = {
  F(DAY, occurred_from),
  F(UUID, after),
  F(INT, limit),
};
#undef F
#define STANDING                                                                                                       \
  " FROM shienkin.decision d JOIN shienkin.incident i ON i.id = d.incident_id JOIN shienkin.claim c ON c.id = d.claim_id WHERE " \
  "i.occurred_on >= $1 AND NOT EXISTS (SELECT FROM shienkin.decision l WHERE l.incident_id = d.incident_id AND l.number > d.number)"
static const struct statement DECISION_STANDING = STATEMENT_READS(
    "decision_standing", DECISION_STANDING_IN, DECIDED_ROW_OUT, struct decided_row,
    "SELECT d.id, d.claim_id, d.incident_id, d.snapshot_id, d.rule_set_id, d.sha256, c.number" STANDING
    " AND ($2 IS NULL OR d.id > $2) ORDER BY d.id LIMIT $3");

result store_decision_standing(struct tx *tx, day occurred_from, struct uuid after, int64_t limit,
                               struct decided_row **rows, size_t *count) {
  struct decision_standing_in in = { occurred_from, after, limit };
  return tx_many(tx, &DECISION_STANDING, &in, rows, count);
}

struct standing_progress_in {
  day occurred_from;
  struct uuid until;
};
static const struct sql_field STANDING_PROGRESS_IN[] = { SQL_FIELD(DAY, struct standing_progress_in, occurred_from),
                                                         SQL_FIELD(UUID, struct standing_progress_in, until) };
static const struct sql_field STANDING_PROGRESS_OUT[] = { SQL_FIELD(INT, struct standing_progress_row, done),
                                                          SQL_FIELD(INT, struct standing_progress_row, all) };
static const struct statement STANDING_PROGRESS =
    STATEMENT_READS("decision_standing_progress", STANDING_PROGRESS_IN, STANDING_PROGRESS_OUT, struct standing_progress_row,
                    "SELECT count(*) FILTER (WHERE d.id <= $2), count(*)" STANDING);
#undef STANDING

result store_decision_standing_progress(struct tx *tx, day occurred_from, struct uuid until, struct standing_progress_row *out) {
  struct standing_progress_in in = { occurred_from, until };
  return tx_one(tx, &STANDING_PROGRESS, &in, out);
}

#define F(kind, member) SQL_FIELD(kind, struct decision_item_row, member)
static const struct sql_field DECISION_ITEM_ROW_OUT[] = {
  F(UUID, decision_id), F(TEXT, item), F(TEXT, outcome), F(YEN, amount_yen), F(YEN, potential_yen),
};
#undef F
struct decision_items_in {
  struct uuid decision_id;
};
#define F(kind, member) SQL_FIELD(kind, struct decision_items_in, member)
static const struct sql_field DECISION_ITEMS_IN[] = {
  F(UUID, decision_id),
};
#undef F
static const struct statement DECISION_ITEMS = STATEMENT_READS(
    "decision_items", DECISION_ITEMS_IN, DECISION_ITEM_ROW_OUT, struct decision_item_row,
    "SELECT x.decision_id, x.item, x.outcome, x.amount_yen, x.potential_yen FROM shienkin.decision_item x JOIN "
    "shienkin.item i ON i.code = x.item WHERE x.decision_id = $1 ORDER BY i.ordinal");

result store_decision_items(struct tx *tx, struct uuid decision_id, struct decision_item_row **rows, size_t *count) {
  struct decision_items_in in = { decision_id };
  return tx_many(tx, &DECISION_ITEMS, &in, rows, count);
}
