/* asking and answering */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct information_request_row, member)
static const struct sql_field INFORMATION_REQUEST_INSERT_IN[] = {
  F(UUID, id), F(UUID, claim_id), F(TEXTS, keys), F(DAY, due_on), F(BYTES, sealed_text),
};
#undef F
static const struct statement INFORMATION_REQUEST_INSERT = STATEMENT_WRITES(
    "information_request_insert", INFORMATION_REQUEST_INSERT_IN, -1,
    "INSERT INTO shienkin.information_request (id, claim_id, keys, due_on, sealed_text) VALUES ($1, $2, $3, $4, $5)");

void store_information_request_insert(struct tx *tx, const struct information_request_row *row) {
  tx_send(tx, &INFORMATION_REQUEST_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct information_request_row, member)
static const struct sql_field INFORMATION_REQUEST_ROW_OUT[] = {
  F(UUID, id),           F(UUID, claim_id),   F(TEXTS, keys),     F(DAY, due_on),
  F(BYTES, sealed_text), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct information_request_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct information_request_list_in, member)
static const struct sql_field INFORMATION_REQUEST_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement INFORMATION_REQUEST_LIST = STATEMENT_READS(
    "information_request_list", INFORMATION_REQUEST_LIST_IN, INFORMATION_REQUEST_ROW_OUT,
    struct information_request_row,
    "SELECT id, claim_id, keys, due_on, sealed_text, by_account, by_person, at FROM shienkin.information_request "
    "WHERE claim_id = $1 ORDER BY id");

result store_information_request_list(struct tx *tx, struct uuid claim_id, struct information_request_row **rows,
                                      size_t *count) {
  struct information_request_list_in in = { claim_id };
  return tx_many(tx, &INFORMATION_REQUEST_LIST, &in, rows, count);
}

struct information_request_open_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct information_request_open_in, member)
static const struct sql_field INFORMATION_REQUEST_OPEN_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement INFORMATION_REQUEST_OPEN = STATEMENT_READS(
    "information_request_open", INFORMATION_REQUEST_OPEN_IN, INFORMATION_REQUEST_ROW_OUT,
    struct information_request_row,
    "SELECT q.id, q.claim_id, q.keys, q.due_on, q.sealed_text, q.by_account, q.by_person, q.at FROM "
    "shienkin.information_request q WHERE q.claim_id = $1 AND NOT EXISTS (SELECT FROM shienkin.information_reply r "
    "WHERE r.request_id = q.id) ORDER BY q.id");

result store_information_request_open(struct tx *tx, struct uuid claim_id, struct information_request_row **rows,
                                      size_t *count) {
  struct information_request_open_in in = { claim_id };
  return tx_many(tx, &INFORMATION_REQUEST_OPEN, &in, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct information_reply_row, member)
static const struct sql_field INFORMATION_REPLY_INSERT_IN[] = {
  F(UUID, id), F(UUID, request_id), F(UUID, claim_id), F(TEXT, kind), F(BYTES, sealed_text),
};
#undef F
static const struct statement INFORMATION_REPLY_INSERT = STATEMENT_WRITES(
    "information_reply_insert", INFORMATION_REPLY_INSERT_IN, -1,
    "INSERT INTO shienkin.information_reply (id, request_id, claim_id, kind, sealed_text) VALUES ($1, $2, $3, $4, $5)");

void store_information_reply_insert(struct tx *tx, const struct information_reply_row *row) {
  tx_send(tx, &INFORMATION_REPLY_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct information_reply_row, member)
static const struct sql_field INFORMATION_REPLY_ROW_OUT[] = {
  F(UUID, id),           F(UUID, request_id), F(UUID, claim_id),  F(TEXT, kind),
  F(BYTES, sealed_text), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct information_reply_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct information_reply_list_in, member)
static const struct sql_field INFORMATION_REPLY_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement INFORMATION_REPLY_LIST = STATEMENT_READS(
    "information_reply_list", INFORMATION_REPLY_LIST_IN, INFORMATION_REPLY_ROW_OUT, struct information_reply_row,
    "SELECT id, request_id, claim_id, kind, sealed_text, by_account, by_person, at FROM shienkin.information_reply "
    "WHERE claim_id = $1 ORDER BY id");

result store_information_reply_list(struct tx *tx, struct uuid claim_id, struct information_reply_row **rows,
                                    size_t *count) {
  struct information_reply_list_in in = { claim_id };
  return tx_many(tx, &INFORMATION_REPLY_LIST, &in, rows, count);
}
