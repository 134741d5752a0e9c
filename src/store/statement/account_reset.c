/* accounts of the staff that are to begin anew */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct account_reset_row, member)
static const struct sql_field RESET_IN[] = { F(UUID, id), F(UUID, account_id), F(TEXT, reason) };
static const struct sql_field RESET_ID_IN[] = { F(UUID, id) };
static const struct sql_field RESET_OUT[] = {
  F(UUID, id),      F(UUID, account_id), F(TEXT, login),      F(TEXT, name),      F(TEXT, reason),
  F(TEXT, by_name), F(UUID, by.account), F(UUID, by.person),  F(MOMENT, by.at),
};
#undef F

static const struct statement RESET_INSERT =
    STATEMENT_WRITES("account_reset_insert", RESET_IN, -1,
                     "INSERT INTO shienkin.account_reset (id, account_id, reason) VALUES ($1, $2, $3)");

void store_account_reset_insert(struct tx *tx, const struct account_reset_row *row) { tx_send(tx, &RESET_INSERT, row); }

static const struct statement RESET_CONFIRM =
    STATEMENT_WRITES("account_reset_confirm", RESET_ID_IN, -1,
                     "INSERT INTO shienkin.account_reset_confirmation (reset_id) VALUES ($1)");

void store_account_reset_confirm(struct tx *tx, struct uuid reset) {
  struct account_reset_row in = { .id = reset };
  tx_send(tx, &RESET_CONFIRM, &in);
}

#define COLUMNS                                                                                            \
  "SELECT s.id, s.account_id, a.login, p.name, s.reason, b.name, s.by_account, s.by_person, s.at "          \
  "FROM shienkin.account_reset s JOIN shienkin.account a ON a.id = s.account_id "                           \
  "JOIN shienkin.person p ON p.id = a.person_id JOIN shienkin.person b ON b.id = s.by_person "
static const struct statement RESET_WAITING = STATEMENT_READS_ALL(
    "account_reset_waiting", RESET_OUT, struct account_reset_row,
    COLUMNS "WHERE a.closed_at IS NULL AND NOT EXISTS (SELECT FROM shienkin.account_reset_confirmation c "
            "WHERE c.reset_id = s.id) ORDER BY s.id LIMIT 1000");
static const struct statement RESET_BY_ID =
    STATEMENT_READS("account_reset_by_id", RESET_ID_IN, RESET_OUT, struct account_reset_row, COLUMNS "WHERE s.id = $1");

result store_account_reset_waiting(struct tx *tx, struct account_reset_row **rows, size_t *count) {
  return tx_many(tx, &RESET_WAITING, NULL, rows, count);
}

result store_account_reset_by_id(struct tx *tx, struct uuid id, struct account_reset_row *out) {
  struct account_reset_row in = { .id = id };
  return tx_one(tx, &RESET_BY_ID, &in, out);
}
