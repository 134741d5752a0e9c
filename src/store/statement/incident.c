/* incidents */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct incident_row, member)
static const struct sql_field INCIDENT_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, facility_id),
  F(UUID, member_id),
  F(DAY, occurred_on),
};
#undef F
static const struct statement INCIDENT_INSERT =
    STATEMENT_WRITES("incident_insert", INCIDENT_INSERT_IN, -1,
                     "INSERT INTO shienkin.incident (id, facility_id, member_id, occurred_on) VALUES ($1, $2, $3, $4)");

void store_incident_insert(struct tx *tx, const struct incident_row *row) { tx_send(tx, &INCIDENT_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct incident_row, member)
static const struct sql_field INCIDENT_ROW_OUT[] = {
  F(UUID, id),     F(UUID, facility_id), F(UUID, member_id), F(DAY, occurred_on),
  F(INT, version), F(UUID, by.account),  F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct incident_lock_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct incident_lock_in, member)
static const struct sql_field INCIDENT_LOCK_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement INCIDENT_LOCK = STATEMENT_READS(
    "incident_lock", INCIDENT_LOCK_IN, INCIDENT_ROW_OUT, struct incident_row,
    "SELECT id, facility_id, member_id, occurred_on, version, by_account, by_person, at FROM shienkin.incident WHERE "
    "id = $1 FOR UPDATE");

result store_incident_lock(struct tx *tx, struct uuid id, struct incident_row *out) {
  struct incident_lock_in in = { id };
  return tx_one(tx, &INCIDENT_LOCK, &in, out);
}

struct incident_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct incident_by_id_in, member)
static const struct sql_field INCIDENT_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement INCIDENT_BY_ID = STATEMENT_READS(
    "incident_by_id", INCIDENT_BY_ID_IN, INCIDENT_ROW_OUT, struct incident_row,
    "SELECT id, facility_id, member_id, occurred_on, version, by_account, by_person, at FROM shienkin.incident WHERE "
    "id = $1");

void store_ask_incident_by_id(struct tx *tx, struct uuid id, struct incident_row *out, result *found) {
  struct incident_by_id_in in = { id };
  tx_ask_one(tx, &INCIDENT_BY_ID, &in, out, found);
}

result store_incident_by_id(struct tx *tx, struct uuid id, struct incident_row *out) {
  result found;
  store_ask_incident_by_id(tx, id, out, &found);
  TRY(tx_flush(tx));
  return found;
}

struct incident_of_facility_in {
  struct uuid facility_id;
};
#define F(kind, member) SQL_FIELD(kind, struct incident_of_facility_in, member)
static const struct sql_field INCIDENT_OF_FACILITY_IN[] = {
  F(UUID, facility_id),
};
#undef F
static const struct statement INCIDENT_OF_FACILITY = STATEMENT_READS(
    "incident_of_facility", INCIDENT_OF_FACILITY_IN, INCIDENT_ROW_OUT, struct incident_row,
    "SELECT id, facility_id, member_id, occurred_on, version, by_account, by_person, at FROM shienkin.incident WHERE "
    "facility_id = $1 ORDER BY occurred_on, id");

result store_incident_of_facility(struct tx *tx, struct uuid facility_id, struct incident_row **rows, size_t *count) {
  struct incident_of_facility_in in = { facility_id };
  return tx_many(tx, &INCIDENT_OF_FACILITY, &in, rows, count);
}

struct incident_move_in {
  struct uuid id;
  int64_t version;
  struct uuid member_id;
  day occurred_on;
};
#define F(kind, member) SQL_FIELD(kind, struct incident_move_in, member)
static const struct sql_field INCIDENT_MOVE_IN[] = {
  F(UUID, id),
  F(INT, version),
  F(UUID, member_id),
  F(DAY, occurred_on),
};
#undef F
static const struct statement INCIDENT_MOVE = STATEMENT_WRITES(
    "incident_move", INCIDENT_MOVE_IN, 1,
    "UPDATE shienkin.incident SET version = $2 + 1, member_id = $3, occurred_on = $4 WHERE id = $1 AND version = $2");

void store_incident_move(struct tx *tx, struct uuid id, int64_t version, struct uuid member_id, day occurred_on) {
  struct incident_move_in in = { id, version, member_id, occurred_on };
  tx_send(tx, &INCIDENT_MOVE, &in);
}
