/* rule sets */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct rule_set_row, member)
static const struct sql_field RULE_SET_INSERT_IN[] = {
  F(UUID, id),       F(TEXT, scheme),        F(DAY, first_day), F(INT, revision),
  F(TEXT, model_id), F(TEXT, model_version), F(SHA256, sha256), F(BYTES, bytes),
};
#undef F
static const struct statement RULE_SET_INSERT = STATEMENT_WRITES(
    "rule_set_insert", RULE_SET_INSERT_IN, -1,
    "INSERT INTO shienkin.rule_set (id, scheme, first_day, revision, model_id, model_version, sha256, bytes) VALUES "
    "($1, $2, $3, $4, $5, $6, $7, $8)");

void store_rule_set_insert(struct tx *tx, const struct rule_set_row *row) { tx_send(tx, &RULE_SET_INSERT, row); }

struct rule_set_confirm_in {
  struct uuid rule_set_id;
};
#define F(kind, member) SQL_FIELD(kind, struct rule_set_confirm_in, member)
static const struct sql_field RULE_SET_CONFIRM_IN[] = {
  F(UUID, rule_set_id),
};
#undef F
static const struct statement RULE_SET_CONFIRM =
    STATEMENT_WRITES("rule_set_confirm", RULE_SET_CONFIRM_IN, -1,
                     "INSERT INTO shienkin.rule_set_confirmation (rule_set_id) VALUES ($1)");

void store_rule_set_confirm(struct tx *tx, struct uuid rule_set_id) {
  struct rule_set_confirm_in in = { rule_set_id };
  tx_send(tx, &RULE_SET_CONFIRM, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct rule_set_row, member)
static const struct sql_field RULE_SET_ROW_OUT[] = {
  F(UUID, id),         F(TEXT, scheme),        F(DAY, first_day), F(INT, revision),
  F(TEXT, model_id),   F(TEXT, model_version), F(SHA256, sha256), F(BYTES, bytes),
  F(UUID, by.account), F(UUID, by.person),     F(MOMENT, by.at),
};
#undef F
struct rule_set_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct rule_set_by_id_in, member)
static const struct sql_field RULE_SET_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement RULE_SET_BY_ID = STATEMENT_READS(
    "rule_set_by_id", RULE_SET_BY_ID_IN, RULE_SET_ROW_OUT, struct rule_set_row,
    "SELECT id, scheme, first_day, revision, model_id, model_version, sha256, bytes, by_account, by_person, at FROM "
    "shienkin.rule_set WHERE id = $1");

result store_rule_set_by_id(struct tx *tx, struct uuid id, struct rule_set_row *out) {
  struct rule_set_by_id_in in = { id };
  return tx_one(tx, &RULE_SET_BY_ID, &in, out);
}

#define F(kind, member) SQL_FIELD(kind, struct rule_set_head_row, member)
static const struct sql_field RULE_SET_HEAD_ROW_OUT[] = {
  F(UUID, id),       F(DAY, first_day),       F(INT, revision), F(TEXT, model_id), F(TEXT, model_version),
  F(SHA256, sha256), F(MOMENT, published_at),
};
#undef F
struct rule_set_published_in {
  str scheme;
};
#define F(kind, member) SQL_FIELD(kind, struct rule_set_published_in, member)
static const struct sql_field RULE_SET_PUBLISHED_IN[] = {
  F(TEXT, scheme),
};
#undef F
static const struct statement RULE_SET_PUBLISHED = STATEMENT_READS(
    "rule_set_published", RULE_SET_PUBLISHED_IN, RULE_SET_HEAD_ROW_OUT, struct rule_set_head_row,
    "SELECT r.id, r.first_day, r.revision, r.model_id, r.model_version, r.sha256, c.at FROM shienkin.rule_set r JOIN "
    "shienkin.rule_set_confirmation c ON c.rule_set_id = r.id WHERE r.scheme = $1 ORDER BY r.first_day, c.at, r.id");

result store_rule_set_published(struct tx *tx, str scheme, struct rule_set_head_row **rows, size_t *count) {
  struct rule_set_published_in in = { scheme };
  return tx_many(tx, &RULE_SET_PUBLISHED, &in, rows, count);
}

static const struct statement RULE_SET_WAITING = STATEMENT_READS_ALL(
    "rule_set_waiting", RULE_SET_ROW_OUT, struct rule_set_row,
    "SELECT r.id, r.scheme, r.first_day, r.revision, r.model_id, r.model_version, r.sha256, r.bytes, r.by_account, "
    "r.by_person, r.at FROM shienkin.rule_set r WHERE NOT EXISTS (SELECT FROM shienkin.rule_set_confirmation c WHERE "
    "c.rule_set_id = r.id) ORDER BY r.id");

result store_rule_set_waiting(struct tx *tx, struct rule_set_row **rows, size_t *count) {
  return tx_many(tx, &RULE_SET_WAITING, NULL, rows, count);
}

struct rule_set_share_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct rule_set_share_in, member)
static const struct sql_field RULE_SET_SHARE_IN[] = {
  F(UUID, id),
};
#undef F
struct rule_set_share_out {
  bool value;
};
#define F(kind, member) SQL_FIELD(kind, struct rule_set_share_out, member)
static const struct sql_field RULE_SET_SHARE_OUT[] = { F(BOOL, value) };
#undef F
static const struct statement RULE_SET_SHARE =
    STATEMENT_READS("rule_set_share", RULE_SET_SHARE_IN, RULE_SET_SHARE_OUT, struct rule_set_share_out,
                    "SELECT shienkin.share_rule_set($1)");

result store_rule_set_share(struct tx *tx, struct uuid id, bool *out) {
  struct rule_set_share_in in = { id };
  struct rule_set_share_out row;
  TRY(tx_one(tx, &RULE_SET_SHARE, &in, &row));
  *out = row.value;
  return RESULT_OK;
}
