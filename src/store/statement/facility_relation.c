/* which member opens or manages which facility */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct facility_relation_row, member)
static const struct sql_field FACILITY_RELATION_INSERT_IN[] = {
  F(UUID, id),  F(UUID, facility_id), F(UUID, member_id),    F(TEXT, relation),
  F(DAY, from), F(DAY, to),           F(MOMENT, known_from), F(UUID, import_id),
};
#undef F
static const struct statement FACILITY_RELATION_INSERT = STATEMENT_WRITES(
    "facility_relation_insert", FACILITY_RELATION_INSERT_IN, -1,
    "INSERT INTO shienkin.facility_relation (id, facility_id, member_id, relation, during, known_from, import_id) "
    "VALUES ($1, $2, $3, $4, daterange($5, $6), $7, $8)");

void store_facility_relation_insert(struct tx *tx, const struct facility_relation_row *row) {
  tx_send(tx, &FACILITY_RELATION_INSERT, row);
}

struct facility_relation_end_in {
  struct uuid id;
  struct uuid ended_by;
};
#define F(kind, member) SQL_FIELD(kind, struct facility_relation_end_in, member)
static const struct sql_field FACILITY_RELATION_END_IN[] = {
  F(UUID, id),
  F(UUID, ended_by),
};
#undef F
static const struct statement FACILITY_RELATION_END = STATEMENT_WRITES(
    "facility_relation_end", FACILITY_RELATION_END_IN, 1,
    "UPDATE shienkin.facility_relation SET known_to = shienkin.at(), ended_by = $2 WHERE id = $1 AND known_to IS NULL");

void store_facility_relation_end(struct tx *tx, struct uuid id, struct uuid ended_by) {
  struct facility_relation_end_in in = { id, ended_by };
  tx_send(tx, &FACILITY_RELATION_END, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct facility_relation_row, member)
static const struct sql_field FACILITY_RELATION_ROW_OUT[] = {
  F(UUID, id), F(UUID, facility_id),  F(UUID, member_id),  F(TEXT, relation),  F(DAY, from),
  F(DAY, to),  F(MOMENT, known_from), F(MOMENT, known_to), F(UUID, import_id),
};
#undef F
struct facility_relation_on_in {
  struct uuid facility_id;
  day on;
  moment known_at;
};
#define F(kind, member) SQL_FIELD(kind, struct facility_relation_on_in, member)
static const struct sql_field FACILITY_RELATION_ON_IN[] = {
  F(UUID, facility_id),
  F(DAY, on),
  F(MOMENT, known_at),
};
#undef F
static const struct statement FACILITY_RELATION_ON = STATEMENT_READS(
    "facility_relation_on", FACILITY_RELATION_ON_IN, FACILITY_RELATION_ROW_OUT, struct facility_relation_row,
    "SELECT id, facility_id, member_id, relation, lower(during), upper(during), known_from, known_to, import_id FROM "
    "shienkin.facility_relation WHERE facility_id = $1 AND during @> $2 AND tstzrange(known_from, known_to) @> $3 "
    "ORDER BY relation DESC, member_id");

result store_facility_relation_on(struct tx *tx, struct uuid facility_id, day on, moment known_at,
                                  struct facility_relation_row **rows, size_t *count) {
  struct facility_relation_on_in in = { facility_id, on, known_at };
  return tx_many(tx, &FACILITY_RELATION_ON, &in, rows, count);
}

static const struct statement FACILITY_RELATION_KNOWN = STATEMENT_READS_ALL(
    "facility_relation_known", FACILITY_RELATION_ROW_OUT, struct facility_relation_row,
    "SELECT id, facility_id, member_id, relation, lower(during), upper(during), known_from, known_to, import_id FROM "
    "shienkin.facility_relation WHERE known_to IS NULL ORDER BY facility_id, member_id, lower(during)");

result store_facility_relation_known(struct tx *tx, struct facility_relation_row **rows, size_t *count) {
  return tx_many(tx, &FACILITY_RELATION_KNOWN, NULL, rows, count);
}
