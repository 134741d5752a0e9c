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
    "SELECT d.id, d.version, d.ja, d.en, d.by_account, d.by_person, d.at FROM shienkin.declaration_text d JOIN "
    "shienkin.declaration_text_confirmation c ON c.declaration_text_id = d.id ORDER BY c.at DESC, d.id DESC LIMIT 1");

void store_ask_declaration_text_latest(struct tx *tx, struct declaration_text_row *out, result *found) {
  tx_ask_one(tx, &DECLARATION_TEXT_LATEST, NULL, out, found);
}

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

static const struct statement DECLARATION_TEXT_CONFIRM =
    STATEMENT_WRITES("declaration_text_confirm", DECLARATION_TEXT_BY_ID_IN, -1,
                     "INSERT INTO shienkin.declaration_text_confirmation (declaration_text_id) VALUES ($1)");

void store_declaration_text_confirm(struct tx *tx, struct uuid declaration_text_id) {
  struct declaration_text_by_id_in in = { declaration_text_id };
  tx_send(tx, &DECLARATION_TEXT_CONFIRM, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct declaration_text_published_row, member)
static const struct sql_field DECLARATION_TEXT_PUBLISHED_OUT[] = {
  F(UUID, id), F(TEXT, version), F(TEXT, ja), F(TEXT, en), F(MOMENT, published_at),
};
#undef F
static const struct statement DECLARATION_TEXT_PUBLISHED = STATEMENT_READS_ALL(
    "declaration_text_published", DECLARATION_TEXT_PUBLISHED_OUT, struct declaration_text_published_row,
    "SELECT d.id, d.version, d.ja, d.en, c.at FROM shienkin.declaration_text d JOIN "
    "shienkin.declaration_text_confirmation c ON c.declaration_text_id = d.id ORDER BY c.at DESC, d.id DESC LIMIT 100");

result store_declaration_text_published(struct tx *tx, struct declaration_text_published_row **rows, size_t *count) {
  return tx_many(tx, &DECLARATION_TEXT_PUBLISHED, NULL, rows, count);
}

static const struct statement DECLARATION_TEXT_WAITING = STATEMENT_READS_ALL(
    "declaration_text_waiting", DECLARATION_TEXT_ROW_OUT, struct declaration_text_row,
    "SELECT d.id, d.version, d.ja, d.en, d.by_account, d.by_person, d.at FROM shienkin.declaration_text d WHERE NOT EXISTS "
    "(SELECT FROM shienkin.declaration_text_confirmation c WHERE c.declaration_text_id = d.id) ORDER BY d.id LIMIT 100");

result store_declaration_text_waiting(struct tx *tx, struct declaration_text_row **rows, size_t *count) {
  return tx_many(tx, &DECLARATION_TEXT_WAITING, NULL, rows, count);
}
