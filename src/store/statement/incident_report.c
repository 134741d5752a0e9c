/* incident reports */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct incident_report_row, member)
static const struct sql_field INCIDENT_REPORT_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(INT, version),
  F(BYTES, sealed_body),
};
#undef F
static const struct statement INCIDENT_REPORT_INSERT = STATEMENT_WRITES(
    "incident_report_insert", INCIDENT_REPORT_INSERT_IN, -1,
    "INSERT INTO shienkin.incident_report (id, claim_id, version, sealed_body) VALUES ($1, $2, $3, $4)");

void store_incident_report_insert(struct tx *tx, const struct incident_report_row *row) {
  tx_send(tx, &INCIDENT_REPORT_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct incident_report_row, member)
static const struct sql_field INCIDENT_REPORT_ROW_OUT[] = {
  F(UUID, id),         F(UUID, claim_id),  F(INT, version),  F(BYTES, sealed_body),
  F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct incident_report_latest_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct incident_report_latest_in, member)
static const struct sql_field INCIDENT_REPORT_LATEST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement INCIDENT_REPORT_LATEST = STATEMENT_READS(
    "incident_report_latest", INCIDENT_REPORT_LATEST_IN, INCIDENT_REPORT_ROW_OUT, struct incident_report_row,
    "SELECT id, claim_id, version, sealed_body, by_account, by_person, at FROM shienkin.incident_report WHERE "
    "claim_id = $1 ORDER BY version DESC LIMIT 1");

void store_ask_incident_report_latest(struct tx *tx, struct uuid claim_id, struct incident_report_row *out, result *found) {
  struct incident_report_latest_in in = { claim_id };
  tx_ask_one(tx, &INCIDENT_REPORT_LATEST, &in, out, found);
}

result store_incident_report_latest(struct tx *tx, struct uuid claim_id, struct incident_report_row *out) {
  result found;
  store_ask_incident_report_latest(tx, claim_id, out, &found);
  TRY(tx_flush(tx));
  return found;
}
