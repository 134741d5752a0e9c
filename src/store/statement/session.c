/* sessions and machines' tokens */
#include "shienkin/store.h"

struct flag_out { bool value; };
static const struct sql_field FLAG_OUT[] = { SQL_FIELD(BOOL, struct flag_out, value) };
struct number_out { int64_t value; };
static const struct sql_field NUMBER_OUT[] = { SQL_FIELD(INT, struct number_out, value) };

static result flag(struct tx *tx, const struct statement *s, const void *in, bool *out) {
  struct flag_out row;
  TRY(tx_one(tx, s, in, &row));
  *out = row.value;
  return RESULT_OK;
}

/* ---- beginning, and who a token stands for */

#define F(kind, member) SQL_FIELD(kind, struct session_begin_row, member)
static const struct sql_field SESSION_BEGIN_IN[] = { F(UUID, id),  F(SHA256, hash),     F(UUID, account),
                                                     F(TEXT, via), F(BOOL, stepped_up), F(MOMENT, expires_at) };
#undef F
static const struct statement SESSION_BEGIN =
    STATEMENT_WRITES("session_begin", SESSION_BEGIN_IN, -1, "SELECT shienkin.session_begin($1, $2, $3, $4, $5, $6)");

void store_session_begin(struct tx *tx, const struct session_begin_row *row) { tx_send(tx, &SESSION_BEGIN, row); }

struct session_of_in { struct sha256 hash; int64_t idle_s; };
#define F(kind, member) SQL_FIELD(kind, struct session_of_in, member)
static const struct sql_field SESSION_OF_IN[] = { F(SHA256, hash), F(INT, idle_s) };
static const struct sql_field TOKEN_OF_IN[] = { F(SHA256, hash) };
#undef F
#define F(kind, member) SQL_FIELD(kind, struct session_row, member)
static const struct sql_field SESSION_OUT[] = {
  F(UUID, id),        F(UUID, account),      F(UUID, person),    F(TEXT, realm),       F(TEXT, name),   F(TEXT, language),
  F(TEXTS, roles),    F(MOMENT, step_up_at), F(BOOL, read_only), F(UUIDS, facilities), F(TEXTS, kinds),
};
#undef F
#define SESSION_COLUMNS \
  "SELECT session_id, account_id, person_id, realm, name, language, roles, step_up_at, read_only, facilities, kinds FROM "
static const struct statement SESSION_OF = STATEMENT_READS("session_of", SESSION_OF_IN, SESSION_OUT, struct session_row,
                                                           SESSION_COLUMNS "shienkin.session_of($1, $2::bigint::integer)");
static const struct statement TOKEN_OF = STATEMENT_READS("machine_session_of", TOKEN_OF_IN, SESSION_OUT, struct session_row,
                                                         SESSION_COLUMNS "shienkin.machine_session_of($1)");

void store_ask_session_of(struct tx *tx, struct sha256 hash, int64_t idle_s, struct session_row *out, result *found) {
  struct session_of_in in = { hash, idle_s };
  tx_ask_one(tx, &SESSION_OF, &in, out, found);
}

void store_ask_machine_session_of(struct tx *tx, struct sha256 hash, struct session_row *out, result *found) {
  struct session_of_in in = { hash, 0 };
  tx_ask_one(tx, &TOKEN_OF, &in, out, found);
}

struct roles_of_in { struct uuid person; str realm; };
#define F(kind, member) SQL_FIELD(kind, struct roles_of_in, member)
static const struct sql_field ROLES_OF_IN[] = { F(UUID, person), F(TEXT, realm) };
#undef F
struct roles_out { struct strs roles; };
static const struct sql_field ROLES_OUT[] = { SQL_FIELD(TEXTS, struct roles_out, roles) };
static const struct statement ROLES_OF =
    STATEMENT_READS("roles_of", ROLES_OF_IN, ROLES_OUT, struct roles_out, "SELECT shienkin.roles_of($1, $2)");

result store_roles_of(struct tx *tx, struct uuid person, str realm, struct strs *out) {
  struct roles_of_in in = { person, realm };
  struct roles_out row;
  TRY(tx_one(tx, &ROLES_OF, &in, &row));
  *out = row.roles;
  return RESULT_OK;
}

/* ---- one's own */

struct session_in { struct uuid session; int64_t seconds; };
#define F(kind, member) SQL_FIELD(kind, struct session_in, member)
static const struct sql_field SESSION_IN[] = { F(UUID, session) };
static const struct sql_field SESSION_SINCE_IN[] = { F(UUID, session), F(INT, seconds) };
#undef F
static const struct statement STEP_UP =
    STATEMENT_READS("session_step_up", SESSION_IN, FLAG_OUT, struct flag_out, "SELECT shienkin.session_step_up($1)");
static const struct statement STEPPED_UP =
    STATEMENT_READS("session_stepped_up", SESSION_SINCE_IN, FLAG_OUT, struct flag_out,
                    "SELECT shienkin.session_stepped_up($1, $2::bigint::integer)");
static const struct statement SESSION_END =
    STATEMENT_READS("session_end", SESSION_IN, NUMBER_OUT, struct number_out, "SELECT shienkin.session_end($1)");

result store_session_step_up(struct tx *tx, struct uuid session, bool *out) {
  struct session_in in = { session, 0 };
  return flag(tx, &STEP_UP, &in, out);
}

result store_session_stepped_up(struct tx *tx, struct uuid session, int64_t seconds, bool *out) {
  struct session_in in = { session, seconds };
  return flag(tx, &STEPPED_UP, &in, out);
}

result store_session_end(struct tx *tx, struct uuid session, int64_t *ended) {
  struct session_in in = { session, 0 };
  struct number_out row;
  TRY(tx_one(tx, &SESSION_END, &in, &row));
  *ended = row.value;
  return RESULT_OK;
}

struct session_list_in { struct uuid account; int64_t idle_s; };
#define F(kind, member) SQL_FIELD(kind, struct session_list_in, member)
static const struct sql_field SESSION_LIST_IN[] = { F(UUID, account), F(INT, idle_s) };
#undef F
#define F(kind, member) SQL_FIELD(kind, struct session_list_row, member)
static const struct sql_field SESSION_LIST_OUT[] = { F(UUID, id), F(TEXT, via), F(MOMENT, began_at), F(MOMENT, seen_at) };
#undef F
static const struct statement SESSION_LIST =
    STATEMENT_READS("session_list", SESSION_LIST_IN, SESSION_LIST_OUT, struct session_list_row,
                    "SELECT id, via, began_at, seen_at FROM shienkin.session_list($1, $2::bigint::integer)");

result store_session_list(struct tx *tx, struct uuid account, int64_t idle_s, struct session_list_row **rows, size_t *count) {
  struct session_list_in in = { account, idle_s };
  return tx_many(tx, &SESSION_LIST, &in, rows, count);
}

/* ---- tokens of machines */

#define F(kind, member) SQL_FIELD(kind, struct machine_token_row, member)
static const struct sql_field TOKEN_WRITE_IN[] = { F(UUID, id), F(SHA256, hash), F(TEXT, name), F(TEXT, scope),
                                                   F(MOMENT, expires_at) };
static const struct sql_field TOKEN_ID_IN[] = { F(UUID, id) };
static const struct sql_field TOKEN_OUT[] = { F(UUID, id), F(TEXT, name), F(TEXT, scope), F(MOMENT, expires_at),
                                              F(MOMENT, ended_at) };
#undef F
static const struct statement TOKEN_WRITE = STATEMENT_WRITES("machine_token_write", TOKEN_WRITE_IN, -1,
                                                             "SELECT shienkin.machine_token_write($1, $2, $3, $4, $5)");
static const struct statement TOKEN_END = STATEMENT_READS("machine_token_end", TOKEN_ID_IN, FLAG_OUT, struct flag_out,
                                                          "SELECT shienkin.machine_token_end($1)");
static const struct statement TOKEN_LIST =
    STATEMENT_READS("machine_token_list", TOKEN_ID_IN, TOKEN_OUT, struct machine_token_row,
                    "SELECT id, name, scope, expires_at, ended_at FROM shienkin.machine_token_list($1)");

void store_machine_token_write(struct tx *tx, const struct machine_token_row *row) { tx_send(tx, &TOKEN_WRITE, row); }

result store_machine_token_end(struct tx *tx, struct uuid id, bool *out) {
  struct machine_token_row in = { .id = id };
  return flag(tx, &TOKEN_END, &in, out);
}

result store_machine_token_list(struct tx *tx, struct uuid account, struct machine_token_row **rows, size_t *count) {
  struct machine_token_row in = { .id = account };
  return tx_many(tx, &TOKEN_LIST, &in, rows, count);
}
