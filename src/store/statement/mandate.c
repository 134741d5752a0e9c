/* mandates: who may act for which facility */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct mandate_row, member)
static const struct sql_field MANDATE_INSERT_IN[] = {
  F(UUID, id), F(UUID, account_id), F(UUID, facility_id), F(TEXT, kind), F(MOMENT, began_at),
};
#undef F
static const struct statement MANDATE_INSERT = STATEMENT_WRITES(
    "mandate_insert", MANDATE_INSERT_IN, -1,
    "INSERT INTO shienkin.mandate (id, account_id, facility_id, kind, began_at) VALUES ($1, $2, $3, $4, $5)");

void store_mandate_insert(struct tx *tx, const struct mandate_row *row) { tx_send(tx, &MANDATE_INSERT, row); }

struct mandate_end_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct mandate_end_in, member)
static const struct sql_field MANDATE_END_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement MANDATE_END = STATEMENT_WRITES(
    "mandate_end", MANDATE_END_IN, 1,
    "UPDATE shienkin.mandate SET ended_at = greatest(shienkin.at(), began_at), ended_by = shienkin.acting_account() "
    "WHERE id = $1 AND ended_at IS NULL");

void store_mandate_end(struct tx *tx, struct uuid id) {
  struct mandate_end_in in = { id };
  tx_send(tx, &MANDATE_END, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct mandate_row, member)
static const struct sql_field MANDATE_ROW_OUT[] = {
  F(UUID, id),         F(UUID, account_id), F(UUID, facility_id), F(TEXT, kind),    F(MOMENT, began_at),
  F(MOMENT, ended_at), F(UUID, by.account), F(UUID, by.person),   F(MOMENT, by.at),
};
#undef F
struct mandate_of_account_in {
  struct uuid account_id;
};
#define F(kind, member) SQL_FIELD(kind, struct mandate_of_account_in, member)
static const struct sql_field MANDATE_OF_ACCOUNT_IN[] = {
  F(UUID, account_id),
};
#undef F
static const struct statement MANDATE_OF_ACCOUNT = STATEMENT_READS(
    "mandate_of_account", MANDATE_OF_ACCOUNT_IN, MANDATE_ROW_OUT, struct mandate_row,
    "SELECT id, account_id, facility_id, kind, began_at, ended_at, by_account, by_person, at FROM shienkin.mandate "
    "WHERE account_id = $1 AND during @> shienkin.at() ORDER BY facility_id");

result store_mandate_of_account(struct tx *tx, struct uuid account_id, struct mandate_row **rows, size_t *count) {
  struct mandate_of_account_in in = { account_id };
  return tx_many(tx, &MANDATE_OF_ACCOUNT, &in, rows, count);
}

/* ---- with names */

struct mandate_named_in {
  struct uuid account, facility;
};
#define F(kind, member) SQL_FIELD(kind, struct mandate_named_in, member)
static const struct sql_field MANDATE_NAMED_IN[] = { F(UUID, account), F(UUID, facility) };
#undef F
#define F(kind, member) SQL_FIELD(kind, struct mandate_named_row, member)
static const struct sql_field MANDATE_NAMED_OUT[] = {
  F(UUID, id),    F(UUID, account_id), F(UUID, facility_id),   F(TEXT, kind),       F(TEXT, login),
  F(TEXT, name),  F(TEXT, by_name),    F(TEXT, facility_name), F(MOMENT, began_at),
};
#undef F
static const struct statement MANDATE_NAMED = STATEMENT_READS(
    "mandate_named", MANDATE_NAMED_IN, MANDATE_NAMED_OUT, struct mandate_named_row,
    "SELECT m.id, m.account_id, m.facility_id, m.kind, a.login, p.name, b.name, (SELECT v.name FROM shienkin.facility_version v "
    "WHERE v.facility_id = m.facility_id AND v.known_to IS NULL ORDER BY lower(v.during) DESC NULLS LAST LIMIT 1), m.began_at "
    "FROM shienkin.mandate m JOIN shienkin.account a ON a.id = m.account_id JOIN shienkin.person p ON p.id = a.person_id "
    "JOIN shienkin.person b ON b.id = m.by_person WHERE ($1 IS NULL OR m.account_id = $1) "
    "AND ($2 IS NULL OR m.facility_id = $2) AND m.during @> shienkin.at() ORDER BY m.began_at, m.id LIMIT 1000");

result store_mandate_named(struct tx *tx, struct uuid account, struct uuid facility, struct mandate_named_row **rows,
                           size_t *count) {
  struct mandate_named_in in = { account, facility };
  return tx_many(tx, &MANDATE_NAMED, &in, rows, count);
}
