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

#define F(kind, member) SQL_FIELD(kind, struct roster_import_told_row, member)
static const struct sql_field ROSTER_IMPORT_TOLD_OUT[] = {
  F(UUID, import.id),       F(TEXT, import.kind),       F(TEXT, import.file_name), F(SHA256, import.file_sha256), F(TEXT, import.encoding),
  F(INT, import.lines),     F(INT, import.added),       F(INT, import.changed),    F(INT, import.ended),          F(UUID, import.by.account),
  F(UUID, import.by.person), F(MOMENT, import.by.at),   F(TEXT, by_name),          F(INT, findings),              F(INT, open),
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
/* Findings are few, and no index leads from an import to its own: they are counted once for all of them. */
static const struct statement ROSTER_IMPORT_LIST = STATEMENT_READS(
    "roster_import_list", ROSTER_IMPORT_LIST_IN, ROSTER_IMPORT_TOLD_OUT, struct roster_import_told_row,
    "WITH found AS (SELECT f.import_id, count(*) AS findings, count(*) FILTER (WHERE o.finding_id IS NULL) AS open FROM "
    "shienkin.roster_finding f LEFT JOIN shienkin.roster_finding_outcome o ON o.finding_id = f.id GROUP BY f.import_id) "
    "SELECT i.id, i.kind, i.file_name, i.file_sha256, i.encoding, i.lines, i.added, i.changed, i.ended, i.by_account, i.by_person, "
    "i.at, (SELECT p.name FROM shienkin.person p WHERE p.id = i.by_person), coalesce(n.findings, 0), coalesce(n.open, 0) FROM "
    "shienkin.roster_import i LEFT JOIN found n ON n.import_id = i.id ORDER BY i.at DESC, i.id DESC LIMIT $1");

result store_roster_import_list(struct tx *tx, int64_t limit, struct roster_import_told_row **rows, size_t *count) {
  struct roster_import_list_in in = { limit };
  return tx_many(tx, &ROSTER_IMPORT_LIST, &in, rows, count);
}
