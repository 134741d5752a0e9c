/* persons and accounts */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct person_row, member)
static const struct sql_field PERSON_INSERT_IN[] = {
  F(UUID, id),
  F(TEXT, kind),
  F(TEXT, name),
  F(TEXT, name_kana),
};
#undef F
static const struct statement PERSON_INSERT =
    STATEMENT_WRITES("person_insert", PERSON_INSERT_IN, -1,
                     "INSERT INTO shienkin.person (id, kind, name, name_kana) VALUES ($1, $2, $3, $4)");

void store_person_insert(struct tx *tx, const struct person_row *row) { tx_send(tx, &PERSON_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct person_row, member)
static const struct sql_field PERSON_ROW_OUT[] = {
  F(UUID, id),         F(TEXT, kind),      F(TEXT, name),    F(TEXT, name_kana),
  F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct person_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct person_by_id_in, member)
static const struct sql_field PERSON_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement PERSON_BY_ID =
    STATEMENT_READS("person_by_id", PERSON_BY_ID_IN, PERSON_ROW_OUT, struct person_row,
                    "SELECT id, kind, name, name_kana, by_account, by_person, at FROM shienkin.person WHERE id = $1");

result store_person_by_id(struct tx *tx, struct uuid id, struct person_row *out) {
  struct person_by_id_in in = { id };
  return tx_one(tx, &PERSON_BY_ID, &in, out);
}

#define F(kind, member) SQL_FIELD(kind, struct account_row, member)
static const struct sql_field ACCOUNT_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, person_id),
  F(TEXT, realm),
  F(TEXT, login),
};
#undef F
static const struct statement ACCOUNT_INSERT =
    STATEMENT_WRITES("account_insert", ACCOUNT_INSERT_IN, -1,
                     "INSERT INTO shienkin.account (id, person_id, realm, login) VALUES ($1, $2, $3, $4)");

void store_account_insert(struct tx *tx, const struct account_row *row) { tx_send(tx, &ACCOUNT_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct account_row, member)
static const struct sql_field ACCOUNT_ROW_OUT[] = {
  F(UUID, id),          F(UUID, person_id),  F(TEXT, realm),     F(TEXT, login),
  F(MOMENT, closed_at), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct account_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct account_by_id_in, member)
static const struct sql_field ACCOUNT_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement ACCOUNT_BY_ID = STATEMENT_READS(
    "account_by_id", ACCOUNT_BY_ID_IN, ACCOUNT_ROW_OUT, struct account_row,
    "SELECT id, person_id, realm, login, closed_at, by_account, by_person, at FROM shienkin.account WHERE id = $1");

result store_account_by_id(struct tx *tx, struct uuid id, struct account_row *out) {
  struct account_by_id_in in = { id };
  return tx_one(tx, &ACCOUNT_BY_ID, &in, out);
}

struct account_by_login_in {
  str login;
};
#define F(kind, member) SQL_FIELD(kind, struct account_by_login_in, member)
static const struct sql_field ACCOUNT_BY_LOGIN_IN[] = {
  F(TEXT, login),
};
#undef F
static const struct statement ACCOUNT_BY_LOGIN = STATEMENT_READS(
    "account_by_login", ACCOUNT_BY_LOGIN_IN, ACCOUNT_ROW_OUT, struct account_row,
    "SELECT id, person_id, realm, login, closed_at, by_account, by_person, at FROM shienkin.account WHERE login = $1");

result store_account_by_login(struct tx *tx, str login, struct account_row *out) {
  struct account_by_login_in in = { login };
  return tx_one(tx, &ACCOUNT_BY_LOGIN, &in, out);
}

struct account_close_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct account_close_in, member)
static const struct sql_field ACCOUNT_CLOSE_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement ACCOUNT_CLOSE = STATEMENT_WRITES(
    "account_close", ACCOUNT_CLOSE_IN, 1,
    "UPDATE shienkin.account SET closed_at = shienkin.at(), closed_by = shienkin.acting_account() WHERE id = $1 AND "
    "closed_at IS NULL");

void store_account_close(struct tx *tx, struct uuid id) {
  struct account_close_in in = { id };
  tx_send(tx, &ACCOUNT_CLOSE, &in);
}
