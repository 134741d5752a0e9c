/* messages and notes */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct message_row, member)
static const struct sql_field MESSAGE_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(TEXT, direction),
  F(BYTES, sealed_text),
};
#undef F
static const struct statement MESSAGE_INSERT =
    STATEMENT_WRITES("message_insert", MESSAGE_INSERT_IN, -1,
                     "INSERT INTO shienkin.message (id, claim_id, direction, sealed_text) VALUES ($1, $2, $3, $4)");

void store_message_insert(struct tx *tx, const struct message_row *row) { tx_send(tx, &MESSAGE_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct message_row, member)
static const struct sql_field MESSAGE_ROW_OUT[] = {
  F(UUID, id),         F(UUID, claim_id),  F(TEXT, direction), F(BYTES, sealed_text),
  F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct message_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct message_list_in, member)
static const struct sql_field MESSAGE_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement MESSAGE_LIST = STATEMENT_READS(
    "message_list", MESSAGE_LIST_IN, MESSAGE_ROW_OUT, struct message_row,
    "SELECT id, claim_id, direction, sealed_text, by_account, by_person, at FROM shienkin.message WHERE claim_id = $1 "
    "ORDER BY at, id");

result store_message_list(struct tx *tx, struct uuid claim_id, struct message_row **rows, size_t *count) {
  struct message_list_in in = { claim_id };
  return tx_many(tx, &MESSAGE_LIST, &in, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct note_row, member)
static const struct sql_field NOTE_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(BYTES, sealed_text),
};
#undef F
static const struct statement NOTE_INSERT = STATEMENT_WRITES(
    "note_insert", NOTE_INSERT_IN, -1, "INSERT INTO shienkin.note (id, claim_id, sealed_text) VALUES ($1, $2, $3)");

void store_note_insert(struct tx *tx, const struct note_row *row) { tx_send(tx, &NOTE_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct note_row, member)
static const struct sql_field NOTE_ROW_OUT[] = {
  F(UUID, id), F(UUID, claim_id), F(BYTES, sealed_text), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct note_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct note_list_in, member)
static const struct sql_field NOTE_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement NOTE_LIST = STATEMENT_READS(
    "note_list", NOTE_LIST_IN, NOTE_ROW_OUT, struct note_row,
    "SELECT id, claim_id, sealed_text, by_account, by_person, at FROM shienkin.note WHERE claim_id = $1 ORDER BY at, "
    "id");

result store_note_list(struct tx *tx, struct uuid claim_id, struct note_row **rows, size_t *count) {
  struct note_list_in in = { claim_id };
  return tx_many(tx, &NOTE_LIST, &in, rows, count);
}
