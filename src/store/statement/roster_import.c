/* imports */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct roster_import_row, member)
static const struct sql_field ROSTER_IMPORT_INSERT_IN[] = {
  F(UUID, id),   F(TEXT, kind), F(TEXT, file_name), F(SHA256, file_sha256), F(TEXT, encoding),
  F(INT, lines), F(INT, added), F(INT, changed),    F(INT, ended),
};
#undef F
static const struct statement ROSTER_IMPORT_INSERT = STATEMENT_WRITES(
    "roster_import_insert", ROSTER_IMPORT_INSERT_IN, -1,
    "INSERT INTO shienkin.roster_import (id, kind, file_name, file_sha256, encoding, lines, added, changed, ended) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");

void store_roster_import_insert(struct tx *tx, const struct roster_import_row *row) {
  tx_send(tx, &ROSTER_IMPORT_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct roster_import_row, member)
static const struct sql_field ROSTER_IMPORT_ROW_OUT[] = {
  F(UUID, id),   F(TEXT, kind),   F(TEXT, file_name), F(SHA256, file_sha256), F(TEXT, encoding),  F(INT, lines),
  F(INT, added), F(INT, changed), F(INT, ended),      F(UUID, by.account),    F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct roster_import_list_in {
  int64_t limit;
};
#define F(kind, member) SQL_FIELD(kind, struct roster_import_list_in, member)
static const struct sql_field ROSTER_IMPORT_LIST_IN[] = {
  F(INT, limit),
};
#undef F
static const struct statement ROSTER_IMPORT_LIST = STATEMENT_READS(
    "roster_import_list", ROSTER_IMPORT_LIST_IN, ROSTER_IMPORT_ROW_OUT, struct roster_import_row,
    "SELECT id, kind, file_name, file_sha256, encoding, lines, added, changed, ended, by_account, by_person, at FROM "
    "shienkin.roster_import ORDER BY at DESC, id DESC LIMIT $1");

result store_roster_import_list(struct tx *tx, int64_t limit, struct roster_import_row **rows, size_t *count) {
  struct roster_import_list_in in = { limit };
  return tx_many(tx, &ROSTER_IMPORT_LIST, &in, rows, count);
}
