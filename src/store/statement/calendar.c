/* calendars */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct calendar_row, member)
static const struct sql_field CALENDAR_INSERT_IN[] = {
  F(UUID, id), F(TEXT, kind), F(TEXT, version), F(DAY, first_day), F(DAY, last_day), F(SHA256, sha256), F(BYTES, bytes),
};
#undef F
static const struct statement CALENDAR_INSERT = STATEMENT_WRITES(
    "calendar_insert", CALENDAR_INSERT_IN, -1,
    "INSERT INTO shienkin.calendar (id, kind, version, first_day, last_day, sha256, bytes) VALUES ($1, $2, $3, $4, "
    "$5, $6, $7)");

void store_calendar_insert(struct tx *tx, const struct calendar_row *row) { tx_send(tx, &CALENDAR_INSERT, row); }

struct calendar_confirm_in {
  struct uuid calendar_id;
};
#define F(kind, member) SQL_FIELD(kind, struct calendar_confirm_in, member)
static const struct sql_field CALENDAR_CONFIRM_IN[] = {
  F(UUID, calendar_id),
};
#undef F
static const struct statement CALENDAR_CONFIRM =
    STATEMENT_WRITES("calendar_confirm", CALENDAR_CONFIRM_IN, -1,
                     "INSERT INTO shienkin.calendar_confirmation (calendar_id) VALUES ($1)");

void store_calendar_confirm(struct tx *tx, struct uuid calendar_id) {
  struct calendar_confirm_in in = { calendar_id };
  tx_send(tx, &CALENDAR_CONFIRM, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct calendar_row, member)
static const struct sql_field CALENDAR_ROW_OUT[] = {
  F(UUID, id),       F(TEXT, kind),   F(TEXT, version),    F(DAY, first_day),  F(DAY, last_day),
  F(SHA256, sha256), F(BYTES, bytes), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct calendar_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct calendar_by_id_in, member)
static const struct sql_field CALENDAR_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement CALENDAR_BY_ID = STATEMENT_READS(
    "calendar_by_id", CALENDAR_BY_ID_IN, CALENDAR_ROW_OUT, struct calendar_row,
    "SELECT id, kind, version, first_day, last_day, sha256, bytes, by_account, by_person, at FROM shienkin.calendar "
    "WHERE id = $1");

result store_calendar_by_id(struct tx *tx, struct uuid id, struct calendar_row *out) {
  struct calendar_by_id_in in = { id };
  return tx_one(tx, &CALENDAR_BY_ID, &in, out);
}

struct calendar_latest_in {
  str kind;
};
#define F(kind, member) SQL_FIELD(kind, struct calendar_latest_in, member)
static const struct sql_field CALENDAR_LATEST_IN[] = {
  F(TEXT, kind),
};
#undef F
static const struct statement CALENDAR_LATEST = STATEMENT_READS(
    "calendar_latest", CALENDAR_LATEST_IN, CALENDAR_ROW_OUT, struct calendar_row,
    "SELECT k.id, k.kind, k.version, k.first_day, k.last_day, k.sha256, k.bytes, k.by_account, k.by_person, k.at FROM "
    "shienkin.calendar k JOIN shienkin.calendar_confirmation c ON c.calendar_id = k.id WHERE k.kind = $1 ORDER BY "
    "c.at DESC, k.id DESC LIMIT 1");

result store_calendar_latest(struct tx *tx, str kind, struct calendar_row *out) {
  struct calendar_latest_in in = { kind };
  return tx_one(tx, &CALENDAR_LATEST, &in, out);
}

static const struct statement CALENDAR_WAITING = STATEMENT_READS_ALL(
    "calendar_waiting", CALENDAR_ROW_OUT, struct calendar_row,
    "SELECT k.id, k.kind, k.version, k.first_day, k.last_day, k.sha256, k.bytes, k.by_account, k.by_person, k.at FROM "
    "shienkin.calendar k WHERE NOT EXISTS (SELECT FROM shienkin.calendar_confirmation c WHERE c.calendar_id = k.id) "
    "ORDER BY k.id");

result store_calendar_waiting(struct tx *tx, struct calendar_row **rows, size_t *count) {
  return tx_many(tx, &CALENDAR_WAITING, NULL, rows, count);
}
