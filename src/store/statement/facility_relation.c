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
struct related_member_on_in {
  struct uuid facility_id;
  day on;
  moment known_at;
};
#define F(kind, member) SQL_FIELD(kind, struct related_member_on_in, member)
static const struct sql_field RELATED_MEMBER_ON_IN[] = {
  F(UUID, facility_id),
  F(DAY, on),
  F(MOMENT, known_at),
};
#undef F
#define F(kind, member) SQL_FIELD(kind, struct related_member_row, member)
static const struct sql_field RELATED_MEMBER_OUT[] = {
  F(UUID, relation.id),
  F(UUID, relation.facility_id),
  F(UUID, relation.member_id),
  F(TEXT, relation.relation),
  F(DAY, relation.from),
  F(DAY, relation.to),
  F(MOMENT, relation.known_from),
  F(MOMENT, relation.known_to),
  F(UUID, relation.import_id),
  F(UUID, version.id),
  F(UUID, version.member_id),
  F(DAY, version.from),
  F(DAY, version.to),
  F(MOMENT, version.known_from),
  F(MOMENT, version.known_to),
  F(UUID, version.import_id),
  F(TEXT, version.class),
  F(TEXT, version.name),
  F(TEXT, version.name_kana),
  F(TEXT, version.postal_code),
  F(TEXT, version.address),
  F(TEXT, version.telephone),
  F(UUID, member.id),
  F(TEXT, member.number),
  F(UUID, member.by.account),
  F(UUID, member.by.person),
  F(MOMENT, member.by.at),
};
#undef F
static const struct statement RELATED_MEMBER_ON = STATEMENT_READS(
    "related_member_on", RELATED_MEMBER_ON_IN, RELATED_MEMBER_OUT, struct related_member_row,
    "SELECT r.id, r.facility_id, r.member_id, r.relation, lower(r.during), upper(r.during), r.known_from, r.known_to, "
    "r.import_id, v.id, v.member_id, lower(v.during), upper(v.during), v.known_from, v.known_to, v.import_id, v.class, v.name, "
    "v.name_kana, v.postal_code, v.address, v.telephone, m.id, m.number, m.by_account, m.by_person, m.at FROM "
    "shienkin.facility_relation r JOIN shienkin.member_version v ON v.member_id = r.member_id AND v.during @> $2 AND "
    "tstzrange(v.known_from, v.known_to) @> $3 JOIN shienkin.member m ON m.id = r.member_id WHERE r.facility_id = $1 AND "
    "r.during @> $2 AND tstzrange(r.known_from, r.known_to) @> $3 ORDER BY v.class = 'A1' DESC, r.relation DESC, r.member_id "
    "LIMIT 1");

void store_ask_related_member_on(struct tx *tx, struct uuid facility_id, day on, moment known_at,
                                 struct related_member_row *out, result *found) {
  struct related_member_on_in in = { facility_id, on, known_at };
  tx_ask_one(tx, &RELATED_MEMBER_ON, &in, out, found);
}

static const struct statement FACILITY_RELATION_KNOWN = STATEMENT_READS_ALL(
    "facility_relation_known", FACILITY_RELATION_ROW_OUT, struct facility_relation_row,
    "SELECT id, facility_id, member_id, relation, lower(during), upper(during), known_from, known_to, import_id FROM "
    "shienkin.facility_relation WHERE known_to IS NULL ORDER BY facility_id, member_id, lower(during)");

result store_facility_relation_known(struct tx *tx, struct facility_relation_row **rows, size_t *count) {
  return tx_many(tx, &FACILITY_RELATION_KNOWN, NULL, rows, count);
}
