/* letters with a code for the mail room */
#include "shienkin/store.h"

struct letter_ask_in { struct uuid id, account, facility; str kind; };
#define F(kind, member) SQL_FIELD(kind, struct letter_ask_in, member)
static const struct sql_field LETTER_ASK_IN[] = { F(UUID, id), F(UUID, account), F(UUID, facility), F(TEXT, kind) };
#undef F
struct flag_out { bool value; };
static const struct sql_field FLAG_OUT[] = { SQL_FIELD(BOOL, struct flag_out, value) };
static const struct statement LETTER_ASK = STATEMENT_READS("letter_ask", LETTER_ASK_IN, FLAG_OUT, struct flag_out,
                                                           "SELECT shienkin.letter_ask($1, $2, $3, $4)");

result store_letter_ask(struct tx *tx, struct uuid id, struct uuid account, struct uuid facility, str kind, bool *out) {
  struct letter_ask_in in = { id, account, facility, kind };
  struct flag_out row;
  TRY(tx_one(tx, &LETTER_ASK, &in, &row));
  *out = row.value;
  return RESULT_OK;
}

struct letter_in { struct uuid id; day on; };
#define F(kind, member) SQL_FIELD(kind, struct letter_in, member)
static const struct sql_field LETTER_ON_IN[] = { F(DAY, on) };
static const struct sql_field LETTER_ID_ON_IN[] = { F(DAY, on), F(UUID, id) };
static const struct sql_field LETTER_ID_IN[] = { F(UUID, id) };
#undef F
#define F(kind, member) SQL_FIELD(kind, struct letter_row, member)
static const struct sql_field LETTER_OUT[] = {
  F(UUID, id),            F(UUID, account_id),  F(UUID, facility_id), F(TEXT, kind),       F(TEXT, login),
  F(TEXT, facility_name), F(BOOL, has_address), F(MOMENT, printed_at), F(MOMENT, posted_at), F(UUID, by.account),
  F(UUID, by.person),     F(MOMENT, by.at),
};
#undef F
#define LETTER_COLUMNS                                                                                                  \
  "SELECT l.id, l.account_id, l.facility_id, l.kind, a.login, (SELECT v.name FROM shienkin.facility_version v WHERE "   \
  "v.facility_id = l.facility_id AND v.known_to IS NULL ORDER BY lower(v.during) DESC NULLS LAST LIMIT 1), "            \
  "EXISTS (SELECT FROM shienkin.facility_version v WHERE v.facility_id = l.facility_id AND v.known_to IS NULL "         \
  "AND v.during @> $1 AND v.address IS NOT NULL), "                                                                     \
  "l.printed_at, l.posted_at, l.by_account, l.by_person, l.at FROM shienkin.letter l "                                  \
  "JOIN shienkin.account a ON a.id = l.account_id WHERE l.ended_at IS NULL "
static const struct statement LETTER_OPEN = STATEMENT_READS("letter_open", LETTER_ON_IN, LETTER_OUT, struct letter_row,
                                                            LETTER_COLUMNS "ORDER BY l.at, l.id LIMIT 1000");
static const struct statement LETTER_BY_ID =
    STATEMENT_READS("letter_by_id", LETTER_ID_ON_IN, LETTER_OUT, struct letter_row, LETTER_COLUMNS "AND l.id = $2");
static const struct statement LETTER_OF_ACCOUNT =
    STATEMENT_READS("letter_of_account", LETTER_ID_ON_IN, LETTER_OUT, struct letter_row, LETTER_COLUMNS "AND l.account_id = $2");
static const struct statement LETTER_HOLD =
    STATEMENT_WRITES("letter_hold", LETTER_ID_IN, -1, "SELECT shienkin.letter_hold($1)");
static const struct statement LETTER_POST =
    STATEMENT_WRITES("letter_post", LETTER_ID_IN, -1, "SELECT shienkin.letter_post($1)");

result store_letter_open(struct tx *tx, day on, struct letter_row **rows, size_t *count) {
  struct letter_in in = { .on = on };
  return tx_many(tx, &LETTER_OPEN, &in, rows, count);
}

result store_letter_by_id(struct tx *tx, struct uuid id, day on, struct letter_row *out) {
  struct letter_in in = { id, on };
  return tx_one(tx, &LETTER_BY_ID, &in, out);
}

result store_letter_of_account(struct tx *tx, struct uuid account, day on, struct letter_row *out) {
  struct letter_in in = { account, on };
  return tx_one(tx, &LETTER_OF_ACCOUNT, &in, out);
}

void store_letter_hold(struct tx *tx, struct uuid id) {
  struct letter_in in = { .id = id };
  tx_send(tx, &LETTER_HOLD, &in);
}

void store_letter_post(struct tx *tx, struct uuid id) {
  struct letter_in in = { .id = id };
  tx_send(tx, &LETTER_POST, &in);
}
