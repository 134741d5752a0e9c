/* signing in, before anybody is known: trials, tickets, who a token stands for */
#include "shienkin/store.h"

struct subject_in { struct sha256 subject; int64_t window_s; };
#define F(kind, member) SQL_FIELD(kind, struct subject_in, member)
static const struct sql_field SUBJECT_IN[] = { F(SHA256, subject), F(INT, window_s) };
static const struct sql_field SUBJECT_ALONE_IN[] = { F(SHA256, subject) };
#undef F
struct number_out { int64_t value; };
static const struct sql_field NUMBER_OUT[] = { SQL_FIELD(INT, struct number_out, value) };
struct flag_out { bool value; };
static const struct sql_field FLAG_OUT[] = { SQL_FIELD(BOOL, struct flag_out, value) };

/* ---- trials */

static const struct statement TRIAL_COUNT = STATEMENT_READS("trial_count", SUBJECT_IN, NUMBER_OUT, struct number_out,
                                                            "SELECT shienkin.count_trial($1, $2::bigint::integer)");

result store_trial_count(struct tx *tx, struct sha256 subject, int64_t window_s, int64_t *out) {
  struct subject_in in = { subject, window_s };
  struct number_out row;
  TRY(tx_one(tx, &TRIAL_COUNT, &in, &row));
  *out = row.value;
  return RESULT_OK;
}

static const struct statement TRIAL_FORGET =
    STATEMENT_WRITES("trial_forget", SUBJECT_ALONE_IN, -1, "SELECT shienkin.forget_trials($1)");

void store_trial_forget(struct tx *tx, struct sha256 subject) {
  struct subject_in in = { subject, 0 };
  tx_send(tx, &TRIAL_FORGET, &in);
}

/* ---- by login */

struct login_in { str login; };
static const struct sql_field LOGIN_IN[] = { SQL_FIELD(TEXT, struct login_in, login) };
#define F(kind, member) SQL_FIELD(kind, struct sign_in_row, member)
static const struct sql_field BY_LOGIN_OUT[] = { F(UUID, account), F(UUID, person), F(TEXT, realm), F(TEXT, name),
                                                 F(TEXT, phc),     F(UUID, authenticator) };
static const struct sql_field BY_TICKET_OUT[] = { F(UUID, account), F(UUID, person), F(TEXT, realm),
                                                  F(TEXT, name),    F(TEXT, login),  F(TEXT, how) };
#undef F
static const struct statement SIGN_IN_ACCOUNT =
    STATEMENT_READS("sign_in_account", LOGIN_IN, BY_LOGIN_OUT, struct sign_in_row,
                    "SELECT account_id, person_id, realm, name, phc, authenticator_id FROM shienkin.sign_in_account($1)");

result store_sign_in_account(struct tx *tx, str login, struct sign_in_row *out) {
  struct login_in in = { login };
  *out = (struct sign_in_row){ .login = login };
  return tx_one(tx, &SIGN_IN_ACCOUNT, &in, out);
}

/* ---- tickets */

struct ticket_in { struct sha256 hash; struct uuid account; str step, how; moment expires_at; };
#define F(kind, member) SQL_FIELD(kind, struct ticket_in, member)
static const struct sql_field TICKET_WRITE_IN[] = { F(SHA256, hash), F(UUID, account), F(TEXT, step), F(TEXT, how),
                                                    F(MOMENT, expires_at) };
static const struct sql_field TICKET_OF_IN[] = { F(SHA256, hash), F(TEXT, step) };
static const struct sql_field TICKET_IN[] = { F(SHA256, hash) };
#undef F
static const struct statement TICKET_WRITE =
    STATEMENT_WRITES("ticket_write", TICKET_WRITE_IN, -1, "SELECT shienkin.ticket_write($1, $2, $3, $4, $5)");

void store_ticket_write(struct tx *tx, struct sha256 hash, struct uuid account, str step, str how, moment expires_at) {
  struct ticket_in in = { hash, account, step, how, expires_at };
  tx_send(tx, &TICKET_WRITE, &in);
}

static const struct statement TICKET_ACCOUNT =
    STATEMENT_READS("ticket_account", TICKET_OF_IN, BY_TICKET_OUT, struct sign_in_row,
                    "SELECT account_id, person_id, realm, name, login, how FROM shienkin.ticket_account($1, $2)");

result store_ticket_account(struct tx *tx, struct sha256 hash, str step, struct sign_in_row *out) {
  struct ticket_in in = { .hash = hash, .step = step };
  *out = (struct sign_in_row){ .phc = STR_NONE };
  return tx_one(tx, &TICKET_ACCOUNT, &in, out);
}

static const struct statement TICKET_USE =
    STATEMENT_WRITES("ticket_use", TICKET_IN, -1, "SELECT shienkin.ticket_use($1)");

void store_ticket_use(struct tx *tx, struct sha256 hash) {
  struct ticket_in in = { .hash = hash };
  tx_send(tx, &TICKET_USE, &in);
}

/* ---- codes that were posted or handed over */

struct access_code_in { struct uuid id, account, letter; struct sha256 hmac; moment expires_at; };
#define F(kind, member) SQL_FIELD(kind, struct access_code_in, member)
static const struct sql_field ACCESS_CODE_IN[] = { F(UUID, account), F(SHA256, hmac) };
static const struct sql_field ACCESS_CODE_WRITE_IN[] = { F(UUID, id), F(UUID, account), F(UUID, letter), F(SHA256, hmac),
                                                         F(MOMENT, expires_at) };
#undef F
static const struct statement ACCESS_CODE_FITS = STATEMENT_READS("access_code_fits", ACCESS_CODE_IN, FLAG_OUT, struct flag_out,
                                                                 "SELECT shienkin.access_code_fits($1, $2)");
static const struct statement ACCESS_CODE_USE = STATEMENT_READS("access_code_use", ACCESS_CODE_IN, FLAG_OUT, struct flag_out,
                                                                "SELECT shienkin.access_code_use($1, $2)");
static const struct statement ACCESS_CODE_WRITE = STATEMENT_WRITES("access_code_write", ACCESS_CODE_WRITE_IN, -1,
                                                                   "SELECT shienkin.access_code_write($1, $2, $3, $4, $5)");

static result flag(struct tx *tx, const struct statement *s, const void *in, bool *out) {
  struct flag_out row;
  TRY(tx_one(tx, s, in, &row));
  *out = row.value;
  return RESULT_OK;
}

result store_access_code_fits(struct tx *tx, struct uuid account, struct sha256 hmac, bool *out) {
  struct access_code_in in = { .account = account, .hmac = hmac };
  return flag(tx, &ACCESS_CODE_FITS, &in, out);
}

result store_access_code_use(struct tx *tx, struct uuid account, struct sha256 hmac, bool *out) {
  struct access_code_in in = { .account = account, .hmac = hmac };
  return flag(tx, &ACCESS_CODE_USE, &in, out);
}

void store_access_code_write(struct tx *tx, struct uuid id, struct uuid account, struct uuid letter, struct sha256 hmac,
                             moment expires_at) {
  struct access_code_in in = { id, account, letter, hmac, expires_at };
  tx_send(tx, &ACCESS_CODE_WRITE, &in);
}
