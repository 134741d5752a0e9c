/* declarations */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct declaration_text_row, member)
static const struct sql_field DECLARATION_TEXT_INSERT_IN[] = {
  F(UUID, id),
  F(TEXT, version),
  F(TEXT, ja),
  F(TEXT, en),
};
#undef F
static const struct statement DECLARATION_TEXT_INSERT =
    STATEMENT_WRITES("declaration_text_insert", DECLARATION_TEXT_INSERT_IN, -1,
                     "INSERT INTO shienkin.declaration_text (id, version, ja, en) VALUES ($1, $2, $3, $4)");

void store_declaration_text_insert(struct tx *tx, const struct declaration_text_row *row) {
  tx_send(tx, &DECLARATION_TEXT_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct declaration_text_row, member)
static const struct sql_field DECLARATION_TEXT_ROW_OUT[] = {
  F(UUID, id), F(TEXT, version), F(TEXT, ja), F(TEXT, en), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
static const struct statement DECLARATION_TEXT_LATEST = STATEMENT_READS_ALL(
    "declaration_text_latest", DECLARATION_TEXT_ROW_OUT, struct declaration_text_row,
    "SELECT id, version, ja, en, by_account, by_person, at FROM shienkin.declaration_text ORDER BY at DESC, id DESC "
    "LIMIT 1");

result store_declaration_text_latest(struct tx *tx, struct declaration_text_row *out) {
  return tx_one(tx, &DECLARATION_TEXT_LATEST, NULL, out);
}

struct declaration_text_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct declaration_text_by_id_in, member)
static const struct sql_field DECLARATION_TEXT_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement DECLARATION_TEXT_BY_ID = STATEMENT_READS(
    "declaration_text_by_id", DECLARATION_TEXT_BY_ID_IN, DECLARATION_TEXT_ROW_OUT, struct declaration_text_row,
    "SELECT id, version, ja, en, by_account, by_person, at FROM shienkin.declaration_text WHERE id = $1");

result store_declaration_text_by_id(struct tx *tx, struct uuid id, struct declaration_text_row *out) {
  struct declaration_text_by_id_in in = { id };
  return tx_one(tx, &DECLARATION_TEXT_BY_ID, &in, out);
}
