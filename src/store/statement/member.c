/* members */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct member_row, member)
static const struct sql_field MEMBER_INSERT_IN[] = {
  F(UUID, id),
  F(TEXT, number),
};
#undef F
static const struct statement MEMBER_INSERT =
    STATEMENT_WRITES("member_insert", MEMBER_INSERT_IN, -1, "INSERT INTO shienkin.member (id, number) VALUES ($1, $2)");

void store_member_insert(struct tx *tx, const struct member_row *row) { tx_send(tx, &MEMBER_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct member_row, member)
static const struct sql_field MEMBER_ROW_OUT[] = {
  F(UUID, id), F(TEXT, number), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct member_by_number_in {
  str number;
};
#define F(kind, member) SQL_FIELD(kind, struct member_by_number_in, member)
static const struct sql_field MEMBER_BY_NUMBER_IN[] = {
  F(TEXT, number),
};
#undef F
static const struct statement MEMBER_BY_NUMBER =
    STATEMENT_READS("member_by_number", MEMBER_BY_NUMBER_IN, MEMBER_ROW_OUT, struct member_row,
                    "SELECT id, number, by_account, by_person, at FROM shienkin.member WHERE number = $1");

result store_member_by_number(struct tx *tx, str number, struct member_row *out) {
  struct member_by_number_in in = { number };
  return tx_one(tx, &MEMBER_BY_NUMBER, &in, out);
}

#define F(kind, member) SQL_FIELD(kind, struct member_version_row, member)
static const struct sql_field MEMBER_VERSION_INSERT_IN[] = {
  F(UUID, id),           F(UUID, member_id),   F(DAY, from),     F(DAY, to),
  F(MOMENT, known_from), F(UUID, import_id),   F(TEXT, class),   F(TEXT, name),
  F(TEXT, name_kana),    F(TEXT, postal_code), F(TEXT, address), F(TEXT, telephone),
};
#undef F
static const struct statement MEMBER_VERSION_INSERT = STATEMENT_WRITES(
    "member_version_insert", MEMBER_VERSION_INSERT_IN, -1,
    "INSERT INTO shienkin.member_version (id, member_id, during, known_from, import_id, class, name, name_kana, "
    "postal_code, address, telephone) VALUES ($1, $2, daterange($3, $4), $5, $6, $7, $8, $9, $10, $11, $12)");

void store_member_version_insert(struct tx *tx, const struct member_version_row *row) {
  tx_send(tx, &MEMBER_VERSION_INSERT, row);
}

struct member_version_end_in {
  struct uuid id;
  struct uuid ended_by;
};
#define F(kind, member) SQL_FIELD(kind, struct member_version_end_in, member)
static const struct sql_field MEMBER_VERSION_END_IN[] = {
  F(UUID, id),
  F(UUID, ended_by),
};
#undef F
static const struct statement MEMBER_VERSION_END = STATEMENT_WRITES(
    "member_version_end", MEMBER_VERSION_END_IN, 1,
    "UPDATE shienkin.member_version SET known_to = shienkin.at(), ended_by = $2 WHERE id = $1 AND known_to IS NULL");

void store_member_version_end(struct tx *tx, struct uuid id, struct uuid ended_by) {
  struct member_version_end_in in = { id, ended_by };
  tx_send(tx, &MEMBER_VERSION_END, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct member_version_row, member)
static const struct sql_field MEMBER_VERSION_ROW_OUT[] = {
  F(UUID, id),          F(UUID, member_id), F(DAY, from),       F(DAY, to),    F(MOMENT, known_from),
  F(MOMENT, known_to),  F(UUID, import_id), F(TEXT, class),     F(TEXT, name), F(TEXT, name_kana),
  F(TEXT, postal_code), F(TEXT, address),   F(TEXT, telephone),
};
#undef F
static const struct statement MEMBER_VERSION_KNOWN = STATEMENT_READS_ALL(
    "member_version_known", MEMBER_VERSION_ROW_OUT, struct member_version_row,
    "SELECT id, member_id, lower(during), upper(during), known_from, known_to, import_id, class, name, name_kana, "
    "postal_code, address, telephone FROM shienkin.member_version WHERE known_to IS NULL ORDER BY member_id, "
    "lower(during)");

result store_member_version_known(struct tx *tx, struct member_version_row **rows, size_t *count) {
  return tx_many(tx, &MEMBER_VERSION_KNOWN, NULL, rows, count);
}
