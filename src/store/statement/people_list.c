/* what the staff sees of people: accounts, roles, who has which claim in hand */
#include "shienkin/store.h"

struct id_in { struct uuid id; int64_t limit; };
#define F(kind, member) SQL_FIELD(kind, struct id_in, member)
static const struct sql_field ID_IN[] = { F(UUID, id) };
static const struct sql_field ID_LIMIT_IN[] = { F(UUID, id), F(INT, limit) };
#undef F

/* ---- accounts */

#define F(kind, member) SQL_FIELD(kind, struct account_access_row, member)
static const struct sql_field ACCESS_OUT[] = { F(BOOL, second_factor), F(INT, recovery_codes_left), F(MOMENT, seen_at),
                                               F(TEXT, language) };
#undef F
static const struct statement ACCOUNT_ACCESS =
    STATEMENT_READS("account_access", ID_IN, ACCESS_OUT, struct account_access_row,
                    "SELECT second_factor, recovery_codes_left, seen_at, language FROM shienkin.account_access($1)");

result store_account_access(struct tx *tx, struct uuid account, struct account_access_row *out) {
  struct id_in in = { account, 0 };
  return tx_one(tx, &ACCOUNT_ACCESS, &in, out);
}

#define F(kind, member) SQL_FIELD(kind, struct account_search, member)
static const struct sql_field ACCOUNT_SEARCH_IN[] = {
  F(UUID, account), F(TEXT, login), F(TEXT, name),  F(TEXT, kana), F(TEXT, realm),
  F(TEXT, role),    F(TEXT, state), F(UUID, after), F(INT, limit),
};
#undef F
#define F(kind, member) SQL_FIELD(kind, struct account_list_row, member)
static const struct sql_field ACCOUNT_LIST_OUT[] = {
  F(UUID, id),     F(UUID, person_id), F(TEXT, login),       F(TEXT, name),        F(TEXT, name_kana),
  F(TEXT, realm),  F(TEXTS, roles),    F(MOMENT, opened_at), F(MOMENT, closed_at), F(MOMENT, seen_at),
  F(BOOL, second_factor),
};
#undef F
static const struct statement ACCOUNT_SEARCH = STATEMENT_READS(
    "account_search", ACCOUNT_SEARCH_IN, ACCOUNT_LIST_OUT, struct account_list_row,
    "SELECT a.id, a.person_id, a.login, p.name, p.name_kana, a.realm, shienkin.roles_of(a.person_id, a.realm), a.at, a.closed_at, "
    "x.seen_at, x.second_factor FROM shienkin.account a JOIN shienkin.person p ON p.id = a.person_id, "
    "LATERAL shienkin.account_access(a.id) x WHERE a.realm <> 'service' AND ($1 IS NULL OR a.id = $1) "
    "AND ($2 IS NULL OR a.login LIKE $2 OR p.name LIKE $3 OR p.name_kana LIKE $4) AND ($5 IS NULL OR a.realm = $5) "
    "AND ($6 IS NULL OR EXISTS (SELECT FROM shienkin.role_held h JOIN shienkin.role r ON r.code = h.role WHERE h.person_id = "
    "a.person_id AND h.role = $6 AND r.realm = a.realm AND h.during @> shienkin.at())) "
    "AND ($7 IS NULL OR CASE $7 WHEN 'open' THEN a.closed_at IS NULL WHEN 'closed' THEN a.closed_at IS NOT NULL "
    "ELSE EXISTS (SELECT FROM shienkin.letter l WHERE l.account_id = a.id AND l.ended_at IS NULL) END) "
    "AND ($8 IS NULL OR a.id > $8) ORDER BY a.id LIMIT $9");

result store_account_search(struct tx *tx, const struct account_search *search, struct account_list_row **rows,
                            size_t *count) {
  return tx_many(tx, &ACCOUNT_SEARCH, search, rows, count);
}

/* ---- claims in hand */

struct uuid_out { struct uuid id; };
static const struct sql_field UUID_OUT[] = { SQL_FIELD(UUID, struct uuid_out, id) };
static const struct statement IN_HAND = STATEMENT_READS(
    "claims_in_hand", ID_LIMIT_IN, UUID_OUT, struct uuid_out,
    "SELECT c.id FROM shienkin.claim c WHERE c.assigned_to = $1 AND c.state IN ('submitted', 'in_review', "
    "'info_requested', 'dormant', 'proposed', 'decided', 'reconsideration') ORDER BY c.incident_id, c.id LIMIT $2");

result store_claims_in_hand(struct tx *tx, struct uuid person, int64_t limit, struct uuids *out) {
  struct id_in in = { person, limit };
  struct uuid_out *rows;
  TRY(tx_many(tx, &IN_HAND, &in, &rows, &out->count));
  struct uuid *ids = ARENA_ARRAY(tx_arena(tx), struct uuid, out->count);
  for (size_t i = 0; i < out->count; i++) ids[i] = rows[i].id;
  out->items = ids;
  return RESULT_OK;
}

/* ---- roles with names */

#define F(kind, member) SQL_FIELD(kind, struct role_grant_named_row, member)
static const struct sql_field GRANT_OUT[] = { F(UUID, id),          F(UUID, person_id),  F(TEXT, role),
                                              F(TEXT, name),        F(TEXT, reason),     F(TEXT, by_name),
                                              F(MOMENT, began_at),  F(MOMENT, ended_at) };
#undef F
#define GRANT_COLUMNS                                                                                              \
  "SELECT g.id, g.person_id, g.role, p.name, g.reason, b.name, g.began_at, g.ended_at FROM shienkin.role_grant g " \
  "JOIN shienkin.person p ON p.id = g.person_id JOIN shienkin.person b ON b.id = g.by_person "
static const struct statement GRANT_WAITING = STATEMENT_READS_ALL(
    "role_grant_waiting", GRANT_OUT, struct role_grant_named_row,
    GRANT_COLUMNS "WHERE NOT EXISTS (SELECT FROM shienkin.role_grant_confirmation c WHERE c.grant_id = g.id) "
                  "AND (g.ended_at IS NULL OR g.ended_at > shienkin.at()) ORDER BY g.id LIMIT 1000");
static const struct statement GRANT_BY_ID = STATEMENT_READS("role_grant_by_id", ID_IN, GRANT_OUT, struct role_grant_named_row,
                                                            GRANT_COLUMNS "WHERE g.id = $1");
static const struct statement HELD_NAMED = STATEMENT_READS_ALL(
    "role_held_named", GRANT_OUT, struct role_grant_named_row,
    "SELECT h.id, h.person_id, h.role, p.name, NULL::text, NULL::text, h.began_at, h.ended_at FROM shienkin.role_held h "
    "JOIN shienkin.person p ON p.id = h.person_id JOIN shienkin.role r ON r.code = h.role WHERE h.role <> 'clinic' "
    "AND (h.ended_at IS NULL OR h.ended_at > shienkin.at()) AND EXISTS (SELECT FROM shienkin.account a WHERE a.person_id "
    "= h.person_id AND a.realm = r.realm AND a.closed_at IS NULL) ORDER BY h.role, p.name, h.id LIMIT 10000");

result store_role_grant_waiting(struct tx *tx, struct role_grant_named_row **rows, size_t *count) {
  return tx_many(tx, &GRANT_WAITING, NULL, rows, count);
}

result store_role_grant_by_id(struct tx *tx, struct uuid id, struct role_grant_named_row *out) {
  struct id_in in = { id, 0 };
  return tx_one(tx, &GRANT_BY_ID, &in, out);
}

result store_role_held_named(struct tx *tx, struct role_grant_named_row **rows, size_t *count) {
  return tx_many(tx, &HELD_NAMED, NULL, rows, count);
}

/* ---- one mandate */

#define F(kind, member) SQL_FIELD(kind, struct mandate_row, member)
static const struct sql_field MANDATE_OUT[] = {
  F(UUID, id),         F(UUID, account_id), F(UUID, facility_id), F(TEXT, kind),    F(MOMENT, began_at),
  F(MOMENT, ended_at), F(UUID, by.account), F(UUID, by.person),   F(MOMENT, by.at),
};
#undef F
static const struct statement MANDATE_BY_ID = STATEMENT_READS(
    "mandate_by_id", ID_IN, MANDATE_OUT, struct mandate_row,
    "SELECT id, account_id, facility_id, kind, began_at, ended_at, by_account, by_person, at FROM shienkin.mandate "
    "WHERE id = $1 FOR UPDATE");

result store_mandate_by_id(struct tx *tx, struct uuid id, struct mandate_row *out) {
  struct id_in in = { id, 0 };
  return tx_one(tx, &MANDATE_BY_ID, &in, out);
}
