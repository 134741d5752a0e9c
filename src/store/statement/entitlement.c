/* entitlement lines and recoveries */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct entitlement_line_row, member)
static const struct sql_field ENTITLEMENT_LINE_INSERT_IN[] = {
  F(UUID, id), F(UUID, claim_id), F(UUID, incident_id), F(TEXT, item), F(UUID, decision_id), F(YEN, amount_yen),
};
#undef F
static const struct statement ENTITLEMENT_LINE_INSERT = STATEMENT_WRITES(
    "entitlement_line_insert", ENTITLEMENT_LINE_INSERT_IN, -1,
    "INSERT INTO shienkin.entitlement_line (id, claim_id, incident_id, item, decision_id, amount_yen) VALUES ($1, $2, "
    "$3, $4, $5, $6)");

void store_entitlement_line_insert(struct tx *tx, const struct entitlement_line_row *row) {
  tx_send(tx, &ENTITLEMENT_LINE_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct entitlement_line_row, member)
static const struct sql_field ENTITLEMENT_LINE_ROW_OUT[] = {
  F(UUID, id),        F(UUID, claim_id), F(UUID, incident_id), F(TEXT, item),      F(UUID, decision_id),
  F(YEN, amount_yen), F(TEXT, state),    F(UUID, by.account),  F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct entitlement_lines_in {
  struct uuid incident_id;
};
#define F(kind, member) SQL_FIELD(kind, struct entitlement_lines_in, member)
static const struct sql_field ENTITLEMENT_LINES_IN[] = {
  F(UUID, incident_id),
};
#undef F
static const struct statement ENTITLEMENT_LINES = STATEMENT_READS(
    "entitlement_lines", ENTITLEMENT_LINES_IN, ENTITLEMENT_LINE_ROW_OUT, struct entitlement_line_row,
    "SELECT l.id, l.claim_id, l.incident_id, l.item, l.decision_id, l.amount_yen, shienkin.line_state(l.id), "
    "l.by_account, l.by_person, l.at FROM shienkin.entitlement_line l WHERE l.incident_id = $1 ORDER BY l.at, l.id");

result store_entitlement_lines(struct tx *tx, struct uuid incident_id, struct entitlement_line_row **rows,
                               size_t *count) {
  struct entitlement_lines_in in = { incident_id };
  return tx_many(tx, &ENTITLEMENT_LINES, &in, rows, count);
}

struct entitlement_cancel_in {
  struct uuid line_id;
  struct uuid incident_id;
  str item;
  struct uuid decision_id;
};
#define F(kind, member) SQL_FIELD(kind, struct entitlement_cancel_in, member)
static const struct sql_field ENTITLEMENT_CANCEL_IN[] = {
  F(UUID, line_id),
  F(UUID, incident_id),
  F(TEXT, item),
  F(UUID, decision_id),
};
#undef F
static const struct statement ENTITLEMENT_CANCEL = STATEMENT_WRITES(
    "entitlement_cancel", ENTITLEMENT_CANCEL_IN, -1,
    "INSERT INTO shienkin.entitlement_cancellation (line_id, incident_id, item, decision_id) VALUES ($1, $2, $3, $4)");

void store_entitlement_cancel(struct tx *tx, struct uuid line_id, struct uuid incident_id, str item,
                              struct uuid decision_id) {
  struct entitlement_cancel_in in = { line_id, incident_id, item, decision_id };
  tx_send(tx, &ENTITLEMENT_CANCEL, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct recovery_row, member)
static const struct sql_field RECOVERY_INSERT_IN[] = {
  F(UUID, id), F(UUID, claim_id), F(UUID, incident_id), F(TEXT, item), F(UUID, decision_id), F(YEN, amount_yen),
};
#undef F
static const struct statement RECOVERY_INSERT = STATEMENT_WRITES(
    "recovery_insert", RECOVERY_INSERT_IN, -1,
    "INSERT INTO shienkin.recovery (id, claim_id, incident_id, item, decision_id, amount_yen) VALUES ($1, $2, $3, $4, "
    "$5, $6)");

void store_recovery_insert(struct tx *tx, const struct recovery_row *row) { tx_send(tx, &RECOVERY_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct recovery_row, member)
static const struct sql_field RECOVERY_ROW_OUT[] = {
  F(UUID, id),        F(UUID, claim_id),  F(UUID, incident_id), F(TEXT, item),      F(UUID, decision_id),
  F(YEN, amount_yen), F(BOOL, cancelled), F(UUID, by.account),  F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct recoveries_in {
  struct uuid incident_id;
};
#define F(kind, member) SQL_FIELD(kind, struct recoveries_in, member)
static const struct sql_field RECOVERIES_IN[] = {
  F(UUID, incident_id),
};
#undef F
static const struct statement RECOVERIES = STATEMENT_READS(
    "recoveries", RECOVERIES_IN, RECOVERY_ROW_OUT, struct recovery_row,
    "SELECT r.id, r.claim_id, r.incident_id, r.item, r.decision_id, r.amount_yen, EXISTS (SELECT FROM "
    "shienkin.recovery_cancellation x WHERE x.recovery_id = r.id), r.by_account, r.by_person, r.at FROM "
    "shienkin.recovery r WHERE r.incident_id = $1 ORDER BY r.at, r.id");

result store_recoveries(struct tx *tx, struct uuid incident_id, struct recovery_row **rows, size_t *count) {
  struct recoveries_in in = { incident_id };
  return tx_many(tx, &RECOVERIES, &in, rows, count);
}

struct recovery_cancel_in {
  struct uuid recovery_id;
  struct uuid incident_id;
  str item;
  struct uuid decision_id;
};
#define F(kind, member) SQL_FIELD(kind, struct recovery_cancel_in, member)
static const struct sql_field RECOVERY_CANCEL_IN[] = {
  F(UUID, recovery_id),
  F(UUID, incident_id),
  F(TEXT, item),
  F(UUID, decision_id),
};
#undef F
static const struct statement RECOVERY_CANCEL = STATEMENT_WRITES(
    "recovery_cancel", RECOVERY_CANCEL_IN, -1,
    "INSERT INTO shienkin.recovery_cancellation (recovery_id, incident_id, item, decision_id) VALUES ($1, $2, $3, $4)");

void store_recovery_cancel(struct tx *tx, struct uuid recovery_id, struct uuid incident_id, str item,
                           struct uuid decision_id) {
  struct recovery_cancel_in in = { recovery_id, incident_id, item, decision_id };
  tx_send(tx, &RECOVERY_CANCEL, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct entitlement_sum_row, member)
static const struct sql_field ENTITLEMENT_SUM_ROW_OUT[] = {
  F(TEXT, item),
  F(INT, lines_yen),
  F(INT, recoveries_yen),
};
#undef F
struct entitlement_sums_in {
  struct uuid incident_id;
};
#define F(kind, member) SQL_FIELD(kind, struct entitlement_sums_in, member)
static const struct sql_field ENTITLEMENT_SUMS_IN[] = {
  F(UUID, incident_id),
};
#undef F
static const struct statement ENTITLEMENT_SUMS = STATEMENT_READS(
    "entitlement_sums", ENTITLEMENT_SUMS_IN, ENTITLEMENT_SUM_ROW_OUT, struct entitlement_sum_row,
    "SELECT i.code, coalesce((SELECT sum(l.amount_yen) FROM shienkin.entitlement_line l WHERE l.incident_id = $1 AND "
    "l.item = i.code AND NOT EXISTS (SELECT FROM shienkin.entitlement_cancellation x WHERE x.line_id = l.id)), "
    "0)::bigint, coalesce((SELECT sum(r.amount_yen) FROM shienkin.recovery r WHERE r.incident_id = $1 AND r.item = "
    "i.code AND NOT EXISTS (SELECT FROM shienkin.recovery_cancellation x WHERE x.recovery_id = r.id)), 0)::bigint "
    "FROM shienkin.item i ORDER BY i.ordinal");

result store_entitlement_sums(struct tx *tx, struct uuid incident_id, struct entitlement_sum_row **rows,
                              size_t *count) {
  struct entitlement_sums_in in = { incident_id };
  return tx_many(tx, &ENTITLEMENT_SUMS, &in, rows, count);
}
