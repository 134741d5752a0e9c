/* what people prove themselves with: passwords, authenticators, recovery codes; and the language they are answered in */
#include "shienkin/store.h"

struct secret_in { struct uuid account, id; str text; int64_t step; bool confirmed; struct sha256 hmac; };
#define F(kind, member) SQL_FIELD(kind, struct secret_in, member)
static const struct sql_field ACCOUNT_IN[] = { F(UUID, account) };
static const struct sql_field ID_IN[] = { F(UUID, id) };
static const struct sql_field TEXT_IN[] = { F(TEXT, text) };
static const struct sql_field PASSWORD_WRITE_IN[] = { F(UUID, account), F(TEXT, text), F(UUID, id) };
static const struct sql_field AUTHENTICATOR_OF_IN[] = { F(UUID, account), F(BOOL, confirmed) };
static const struct sql_field AUTHENTICATOR_WRITE_IN[] = { F(UUID, id), F(UUID, account), F(BYTES, text) };
static const struct sql_field AUTHENTICATOR_USE_IN[] = { F(UUID, id), F(INT, step) };
static const struct sql_field CODE_IN[] = { F(UUID, account), F(SHA256, hmac) };
#undef F
struct flag_out { bool value; };
static const struct sql_field FLAG_OUT[] = { SQL_FIELD(BOOL, struct flag_out, value) };
struct text_out { str value; };
static const struct sql_field TEXT_OUT[] = { SQL_FIELD(TEXT, struct text_out, value) };

static result flag(struct tx *tx, const struct statement *s, const void *in, bool *out) {
  struct flag_out row;
  TRY(tx_one(tx, s, in, &row));
  *out = row.value;
  return RESULT_OK;
}

/* ---- passwords */

static const struct statement PASSWORD_OF =
    STATEMENT_READS("password_of", ACCOUNT_IN, TEXT_OUT, struct text_out, "SELECT shienkin.password_of($1)");
static const struct statement PASSWORD_WRITE =
    STATEMENT_WRITES("password_write", PASSWORD_WRITE_IN, -1, "SELECT shienkin.password_write($1, $2, $3)");

result store_password_of(struct tx *tx, struct uuid account, str *out) {
  struct secret_in in = { .account = account };
  struct text_out row;
  TRY(tx_one(tx, &PASSWORD_OF, &in, &row));
  *out = row.value;
  return RESULT_OK;
}

void store_password_write(struct tx *tx, struct uuid account, str phc, struct uuid keep) {
  struct secret_in in = { .account = account, .text = phc, .id = keep };
  tx_send(tx, &PASSWORD_WRITE, &in);
}

/* ---- authenticators */

#define F(kind, member) SQL_FIELD(kind, struct authenticator_row, member)
static const struct sql_field AUTHENTICATOR_OUT[] = { F(UUID, id), F(BYTES, sealed_secret), F(INT, last_step) };
#undef F
static const struct statement AUTHENTICATOR_OF =
    STATEMENT_READS("authenticator_of", AUTHENTICATOR_OF_IN, AUTHENTICATOR_OUT, struct authenticator_row,
                    "SELECT id, sealed_secret, last_step FROM shienkin.authenticator_of($1, $2)");
static const struct statement AUTHENTICATOR_WRITE =
    STATEMENT_WRITES("authenticator_write", AUTHENTICATOR_WRITE_IN, -1, "SELECT shienkin.authenticator_write($1, $2, $3)");
static const struct statement AUTHENTICATOR_CONFIRM =
    STATEMENT_WRITES("authenticator_confirm", ID_IN, -1, "SELECT shienkin.authenticator_confirm($1)");
static const struct statement AUTHENTICATOR_USE = STATEMENT_READS("authenticator_use", AUTHENTICATOR_USE_IN, FLAG_OUT,
                                                                  struct flag_out, "SELECT shienkin.authenticator_use($1, $2)");

result store_authenticator_of(struct tx *tx, struct uuid account, bool confirmed, struct authenticator_row *out) {
  struct secret_in in = { .account = account, .confirmed = confirmed };
  return tx_one(tx, &AUTHENTICATOR_OF, &in, out);
}

void store_authenticator_write(struct tx *tx, struct uuid id, struct uuid account, str sealed_secret) {
  struct secret_in in = { .id = id, .account = account, .text = sealed_secret };
  tx_send(tx, &AUTHENTICATOR_WRITE, &in);
}

void store_authenticator_confirm(struct tx *tx, struct uuid id) {
  struct secret_in in = { .id = id };
  tx_send(tx, &AUTHENTICATOR_CONFIRM, &in);
}

result store_authenticator_use(struct tx *tx, struct uuid id, int64_t step, bool *out) {
  struct secret_in in = { .id = id, .step = step };
  return flag(tx, &AUTHENTICATOR_USE, &in, out);
}

/* ---- recovery codes */

static const struct statement CODES_END =
    STATEMENT_WRITES("recovery_codes_end", ACCOUNT_IN, -1, "SELECT shienkin.recovery_codes_end($1)");
static const struct statement CODE_WRITE =
    STATEMENT_WRITES("recovery_code_write", CODE_IN, -1, "SELECT shienkin.recovery_code_write($1, $2)");
static const struct statement CODE_USE =
    STATEMENT_READS("recovery_code_use", CODE_IN, FLAG_OUT, struct flag_out, "SELECT shienkin.recovery_code_use($1, $2)");

void store_recovery_codes_end(struct tx *tx, struct uuid account) {
  struct secret_in in = { .account = account };
  tx_send(tx, &CODES_END, &in);
}

void store_recovery_code_write(struct tx *tx, struct uuid account, struct sha256 hmac) {
  struct secret_in in = { .account = account, .hmac = hmac };
  tx_send(tx, &CODE_WRITE, &in);
}

result store_recovery_code_use(struct tx *tx, struct uuid account, struct sha256 hmac, bool *out) {
  struct secret_in in = { .account = account, .hmac = hmac };
  return flag(tx, &CODE_USE, &in, out);
}

/* ---- forgetting, and language */

static const struct statement FORGET_SECRETS =
    STATEMENT_WRITES("account_forget_secrets", ACCOUNT_IN, -1, "SELECT shienkin.account_forget_secrets($1)");

void store_account_forget_secrets(struct tx *tx, struct uuid account) {
  struct secret_in in = { .account = account };
  tx_send(tx, &FORGET_SECRETS, &in);
}

static const struct statement LANGUAGE_WRITE =
    STATEMENT_WRITES("language_write", TEXT_IN, -1, "SELECT shienkin.language_write($1)");

void store_language_write(struct tx *tx, str language) {
  struct secret_in in = { .text = language };
  tx_send(tx, &LANGUAGE_WRITE, &in);
}
