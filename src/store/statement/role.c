/* roles: granted by one owner, confirmed by a second, ended by any */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct role_held_row, member)
static const struct sql_field ROLE_HELD_ROW_OUT[] = {
  F(UUID, id), F(UUID, person_id), F(TEXT, role), F(MOMENT, began_at), F(MOMENT, ended_at),
};
#undef F
struct role_held_now_in {
  struct uuid person_id;
};
#define F(kind, member) SQL_FIELD(kind, struct role_held_now_in, member)
static const struct sql_field ROLE_HELD_NOW_IN[] = {
  F(UUID, person_id),
};
#undef F
static const struct statement ROLE_HELD_NOW = STATEMENT_READS(
    "role_held_now", ROLE_HELD_NOW_IN, ROLE_HELD_ROW_OUT, struct role_held_row,
    "SELECT id, person_id, role, began_at, ended_at FROM shienkin.role_held WHERE person_id = $1 AND during @> "
    "shienkin.at() ORDER BY role");

result store_role_held_now(struct tx *tx, struct uuid person_id, struct role_held_row **rows, size_t *count) {
  struct role_held_now_in in = { person_id };
  return tx_many(tx, &ROLE_HELD_NOW, &in, rows, count);
}

struct role_holders_in {
  str role;
};
#define F(kind, member) SQL_FIELD(kind, struct role_holders_in, member)
static const struct sql_field ROLE_HOLDERS_IN[] = {
  F(TEXT, role),
};
#undef F
static const struct statement ROLE_HOLDERS = STATEMENT_READS(
    "role_holders", ROLE_HOLDERS_IN, ROLE_HELD_ROW_OUT, struct role_held_row,
    "SELECT id, person_id, role, began_at, ended_at FROM shienkin.role_held WHERE role = $1 AND during @> "
    "shienkin.at() ORDER BY person_id");

result store_role_holders(struct tx *tx, str role, struct role_held_row **rows, size_t *count) {
  struct role_holders_in in = { role };
  return tx_many(tx, &ROLE_HOLDERS, &in, rows, count);
}

struct role_holds_in {
  struct uuid person_id;
  struct strs roles;
};
#define F(kind, member) SQL_FIELD(kind, struct role_holds_in, member)
static const struct sql_field ROLE_HOLDS_IN[] = {
  F(UUID, person_id),
  F(TEXTS, roles),
};
#undef F
struct role_holds_out {
  bool value;
};
#define F(kind, member) SQL_FIELD(kind, struct role_holds_out, member)
static const struct sql_field ROLE_HOLDS_OUT[] = { F(BOOL, value) };
#undef F
static const struct statement ROLE_HOLDS = STATEMENT_READS("role_holds", ROLE_HOLDS_IN, ROLE_HOLDS_OUT,
                                                           struct role_holds_out, "SELECT shienkin.holds($1, $2)");

result store_role_holds(struct tx *tx, struct uuid person_id, struct strs roles, bool *out) {
  struct role_holds_in in = { person_id, roles };
  struct role_holds_out row;
  TRY(tx_one(tx, &ROLE_HOLDS, &in, &row));
  *out = row.value;
  return RESULT_OK;
}

#define F(kind, member) SQL_FIELD(kind, struct role_grant_row, member)
static const struct sql_field ROLE_GRANT_INSERT_IN[] = {
  F(UUID, id), F(UUID, person_id), F(TEXT, role), F(MOMENT, began_at), F(MOMENT, ended_at), F(TEXT, reason),
};
#undef F
static const struct statement ROLE_GRANT_INSERT = STATEMENT_WRITES(
    "role_grant_insert", ROLE_GRANT_INSERT_IN, -1,
    "INSERT INTO shienkin.role_grant (id, person_id, role, began_at, ended_at, reason) VALUES ($1, $2, $3, $4, $5, "
    "$6)");

void store_role_grant_insert(struct tx *tx, const struct role_grant_row *row) { tx_send(tx, &ROLE_GRANT_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct role_grant_row, member)
static const struct sql_field ROLE_GRANT_ROW_OUT[] = {
  F(UUID, id),     F(UUID, person_id),  F(TEXT, role),      F(MOMENT, began_at), F(MOMENT, ended_at),
  F(TEXT, reason), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
static const struct statement ROLE_GRANT_OPEN = STATEMENT_READS_ALL(
    "role_grant_open", ROLE_GRANT_ROW_OUT, struct role_grant_row,
    "SELECT g.id, g.person_id, g.role, g.began_at, g.ended_at, g.reason, g.by_account, g.by_person, g.at FROM "
    "shienkin.role_grant g WHERE NOT EXISTS (SELECT FROM shienkin.role_grant_confirmation c WHERE c.grant_id = g.id) "
    "ORDER BY g.id");

result store_role_grant_open(struct tx *tx, struct role_grant_row **rows, size_t *count) {
  return tx_many(tx, &ROLE_GRANT_OPEN, NULL, rows, count);
}

struct role_grant_confirm_in {
  struct uuid grant_id;
};
#define F(kind, member) SQL_FIELD(kind, struct role_grant_confirm_in, member)
static const struct sql_field ROLE_GRANT_CONFIRM_IN[] = {
  F(UUID, grant_id),
};
#undef F
static const struct statement ROLE_GRANT_CONFIRM =
    STATEMENT_WRITES("role_grant_confirm", ROLE_GRANT_CONFIRM_IN, -1,
                     "INSERT INTO shienkin.role_grant_confirmation (grant_id) VALUES ($1)");

void store_role_grant_confirm(struct tx *tx, struct uuid grant_id) {
  struct role_grant_confirm_in in = { grant_id };
  tx_send(tx, &ROLE_GRANT_CONFIRM, &in);
}

struct role_revoke_in {
  struct uuid grant_id;
  moment ended_at;
  str reason;
};
#define F(kind, member) SQL_FIELD(kind, struct role_revoke_in, member)
static const struct sql_field ROLE_REVOKE_IN[] = {
  F(UUID, grant_id),
  F(MOMENT, ended_at),
  F(TEXT, reason),
};
#undef F
static const struct statement ROLE_REVOKE =
    STATEMENT_WRITES("role_revoke", ROLE_REVOKE_IN, -1,
                     "INSERT INTO shienkin.role_revocation (grant_id, ended_at, reason) VALUES ($1, $2, $3)");

void store_role_revoke(struct tx *tx, struct uuid grant_id, moment ended_at, str reason) {
  struct role_revoke_in in = { grant_id, ended_at, reason };
  tx_send(tx, &ROLE_REVOKE, &in);
}
