/* facilities */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct facility_row, member)
static const struct sql_field FACILITY_INSERT_IN[] = {
  F(UUID, id),
  F(TEXT, key),
};
#undef F
static const struct statement FACILITY_INSERT = STATEMENT_WRITES(
    "facility_insert", FACILITY_INSERT_IN, -1, "INSERT INTO shienkin.facility (id, key) VALUES ($1, $2)");

void store_facility_insert(struct tx *tx, const struct facility_row *row) { tx_send(tx, &FACILITY_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct facility_row, member)
static const struct sql_field FACILITY_ROW_OUT[] = {
  F(UUID, id), F(TEXT, key), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct facility_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct facility_by_id_in, member)
static const struct sql_field FACILITY_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement FACILITY_BY_ID =
    STATEMENT_READS("facility_by_id", FACILITY_BY_ID_IN, FACILITY_ROW_OUT, struct facility_row,
                    "SELECT id, key, by_account, by_person, at FROM shienkin.facility WHERE id = $1");

void store_ask_facility_by_id(struct tx *tx, struct uuid id, struct facility_row *out, result *found) {
  struct facility_by_id_in in = { id };
  tx_ask_one(tx, &FACILITY_BY_ID, &in, out, found);
}

result store_facility_by_id(struct tx *tx, struct uuid id, struct facility_row *out) {
  result found;
  store_ask_facility_by_id(tx, id, out, &found);
  TRY(tx_flush(tx));
  return found;
}

struct facility_by_key_in {
  str key;
};
#define F(kind, member) SQL_FIELD(kind, struct facility_by_key_in, member)
static const struct sql_field FACILITY_BY_KEY_IN[] = {
  F(TEXT, key),
};
#undef F
static const struct statement FACILITY_BY_KEY =
    STATEMENT_READS("facility_by_key", FACILITY_BY_KEY_IN, FACILITY_ROW_OUT, struct facility_row,
                    "SELECT id, key, by_account, by_person, at FROM shienkin.facility WHERE key = $1");

result store_facility_by_key(struct tx *tx, str key, struct facility_row *out) {
  struct facility_by_key_in in = { key };
  return tx_one(tx, &FACILITY_BY_KEY, &in, out);
}

#define F(kind, member) SQL_FIELD(kind, struct facility_version_row, member)
static const struct sql_field FACILITY_VERSION_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, facility_id),
  F(DAY, from),
  F(DAY, to),
  F(MOMENT, known_from),
  F(UUID, import_id),
  F(TEXT, kind),
  F(TEXT, code),
  F(TEXT, name),
  F(TEXT, name_kana),
  F(TEXTS, closed_weekdays),
  F(BOOL, closed_on_holidays),
  F(TEXT, postal_code),
  F(TEXT, address),
  F(TEXT, telephone),
};
#undef F
static const struct statement FACILITY_VERSION_INSERT = STATEMENT_WRITES(
    "facility_version_insert", FACILITY_VERSION_INSERT_IN, -1,
    "INSERT INTO shienkin.facility_version (id, facility_id, during, known_from, import_id, kind, code, name, "
    "name_kana, closed_weekdays, closed_on_holidays, postal_code, address, telephone) VALUES ($1, $2, daterange($3, "
    "$4), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)");

void store_facility_version_insert(struct tx *tx, const struct facility_version_row *row) {
  tx_send(tx, &FACILITY_VERSION_INSERT, row);
}

struct facility_version_end_in {
  struct uuid id;
  struct uuid ended_by;
};
#define F(kind, member) SQL_FIELD(kind, struct facility_version_end_in, member)
static const struct sql_field FACILITY_VERSION_END_IN[] = {
  F(UUID, id),
  F(UUID, ended_by),
};
#undef F
static const struct statement FACILITY_VERSION_END = STATEMENT_WRITES(
    "facility_version_end", FACILITY_VERSION_END_IN, 1,
    "UPDATE shienkin.facility_version SET known_to = shienkin.at(), ended_by = $2 WHERE id = $1 AND known_to IS NULL");

void store_facility_version_end(struct tx *tx, struct uuid id, struct uuid ended_by) {
  struct facility_version_end_in in = { id, ended_by };
  tx_send(tx, &FACILITY_VERSION_END, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct facility_version_row, member)
static const struct sql_field FACILITY_VERSION_ROW_OUT[] = {
  F(UUID, id),
  F(UUID, facility_id),
  F(DAY, from),
  F(DAY, to),
  F(MOMENT, known_from),
  F(MOMENT, known_to),
  F(UUID, import_id),
  F(TEXT, kind),
  F(TEXT, code),
  F(TEXT, name),
  F(TEXT, name_kana),
  F(TEXTS, closed_weekdays),
  F(BOOL, closed_on_holidays),
  F(TEXT, postal_code),
  F(TEXT, address),
  F(TEXT, telephone),
};
#undef F
struct facility_version_on_in {
  struct uuid facility_id;
  day on;
  moment known_at;
};
#define F(kind, member) SQL_FIELD(kind, struct facility_version_on_in, member)
static const struct sql_field FACILITY_VERSION_ON_IN[] = {
  F(UUID, facility_id),
  F(DAY, on),
  F(MOMENT, known_at),
};
#undef F
static const struct statement FACILITY_VERSION_ON = STATEMENT_READS(
    "facility_version_on", FACILITY_VERSION_ON_IN, FACILITY_VERSION_ROW_OUT, struct facility_version_row,
    "SELECT id, facility_id, lower(during), upper(during), known_from, known_to, import_id, kind, code, name, "
    "name_kana, closed_weekdays, closed_on_holidays, postal_code, address, telephone FROM shienkin.facility_version "
    "WHERE facility_id = $1 AND during @> $2 AND tstzrange(known_from, known_to) @> $3");

void store_ask_facility_version_on(struct tx *tx, struct uuid facility_id, day on, moment known_at,
                                   struct facility_version_row *out, result *found) {
  struct facility_version_on_in in = { facility_id, on, known_at };
  tx_ask_one(tx, &FACILITY_VERSION_ON, &in, out, found);
}

result store_facility_version_on(struct tx *tx, struct uuid facility_id, day on, moment known_at,
                                 struct facility_version_row *out) {
  result found;
  store_ask_facility_version_on(tx, facility_id, on, known_at, out, &found);
  TRY(tx_flush(tx));
  return found;
}

static const struct statement FACILITY_VERSION_KNOWN = STATEMENT_READS_ALL(
    "facility_version_known", FACILITY_VERSION_ROW_OUT, struct facility_version_row,
    "SELECT id, facility_id, lower(during), upper(during), known_from, known_to, import_id, kind, code, name, "
    "name_kana, closed_weekdays, closed_on_holidays, postal_code, address, telephone FROM shienkin.facility_version "
    "WHERE known_to IS NULL ORDER BY facility_id, lower(during)");

result store_facility_version_known(struct tx *tx, struct facility_version_row **rows, size_t *count) {
  return tx_many(tx, &FACILITY_VERSION_KNOWN, NULL, rows, count);
}

struct facility_search_in {
  str like;
  int64_t limit;
};
#define F(kind, member) SQL_FIELD(kind, struct facility_search_in, member)
static const struct sql_field FACILITY_SEARCH_IN[] = {
  F(TEXT, like),
  F(INT, limit),
};
#undef F
static const struct statement FACILITY_SEARCH = STATEMENT_READS(
    "facility_search", FACILITY_SEARCH_IN, FACILITY_VERSION_ROW_OUT, struct facility_version_row,
    "SELECT id, facility_id, lower(during), upper(during), known_from, known_to, import_id, kind, code, name, "
    "name_kana, closed_weekdays, closed_on_holidays, postal_code, address, telephone FROM shienkin.facility_version "
    "WHERE known_to IS NULL AND (name LIKE $1 OR code LIKE $1) ORDER BY name, id LIMIT $2");

result store_facility_search(struct tx *tx, str like, int64_t limit, struct facility_version_row **rows,
                             size_t *count) {
  struct facility_search_in in = { like, limit };
  return tx_many(tx, &FACILITY_SEARCH, &in, rows, count);
}
