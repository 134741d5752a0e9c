/* keys of the roster: all of them at once, for an import */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct roster_key_row, member)
static const struct sql_field ROSTER_KEY_ROW_OUT[] = { F(UUID, id), F(TEXT, key) };
#undef F
static const struct statement MEMBER_KEYS =
    STATEMENT_READS_ALL("member_keys", ROSTER_KEY_ROW_OUT, struct roster_key_row,
                        "SELECT id, number FROM shienkin.member ORDER BY number COLLATE \"C\"");
static const struct statement FACILITY_KEYS =
    STATEMENT_READS_ALL("facility_keys", ROSTER_KEY_ROW_OUT, struct roster_key_row,
                        "SELECT id, key FROM shienkin.facility ORDER BY key COLLATE \"C\"");

result store_member_keys(struct tx *tx, struct roster_key_row **rows, size_t *count) {
  return tx_many(tx, &MEMBER_KEYS, NULL, rows, count);
}

result store_facility_keys(struct tx *tx, struct roster_key_row **rows, size_t *count) {
  return tx_many(tx, &FACILITY_KEYS, NULL, rows, count);
}
