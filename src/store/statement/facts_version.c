/* facts as asserted */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct facts_version_row, member)
static const struct sql_field FACTS_VERSION_INSERT_IN[] = {
  F(UUID, id),         F(UUID, claim_id),    F(INT, version),   F(TEXT, source),          F(UUID, declaration_id),
  F(DAY, occurred_on), F(BYTES, rule_facts), F(SHA256, sha256), F(BYTES, sealed_private),
};
#undef F
static const struct statement FACTS_VERSION_INSERT = STATEMENT_WRITES(
    "facts_version_insert", FACTS_VERSION_INSERT_IN, -1,
    "INSERT INTO shienkin.facts_version (id, claim_id, version, source, declaration_id, occurred_on, rule_facts, "
    "sha256, sealed_private) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");

void store_facts_version_insert(struct tx *tx, const struct facts_version_row *row) {
  tx_send(tx, &FACTS_VERSION_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct facts_version_row, member)
static const struct sql_field FACTS_VERSION_ROW_OUT[] = {
  F(UUID, id),         F(UUID, claim_id),    F(INT, version),   F(TEXT, source),          F(UUID, declaration_id),
  F(DAY, occurred_on), F(BYTES, rule_facts), F(SHA256, sha256), F(BYTES, sealed_private), F(UUID, by.account),
  F(UUID, by.person),  F(MOMENT, by.at),
};
#undef F
struct facts_version_latest_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct facts_version_latest_in, member)
static const struct sql_field FACTS_VERSION_LATEST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement FACTS_VERSION_LATEST = STATEMENT_READS(
    "facts_version_latest", FACTS_VERSION_LATEST_IN, FACTS_VERSION_ROW_OUT, struct facts_version_row,
    "SELECT id, claim_id, version, source, declaration_id, occurred_on, rule_facts, sha256, sealed_private, "
    "by_account, by_person, at FROM shienkin.facts_version WHERE claim_id = $1 ORDER BY version DESC LIMIT 1");

void store_ask_facts_version_latest(struct tx *tx, struct uuid claim_id, struct facts_version_row *out, result *found) {
  struct facts_version_latest_in in = { claim_id };
  tx_ask_one(tx, &FACTS_VERSION_LATEST, &in, out, found);
}

result store_facts_version_latest(struct tx *tx, struct uuid claim_id, struct facts_version_row *out) {
  result found;
  store_ask_facts_version_latest(tx, claim_id, out, &found);
  TRY(tx_flush(tx));
  return found;
}

struct facts_version_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct facts_version_by_id_in, member)
static const struct sql_field FACTS_VERSION_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement FACTS_VERSION_BY_ID = STATEMENT_READS(
    "facts_version_by_id", FACTS_VERSION_BY_ID_IN, FACTS_VERSION_ROW_OUT, struct facts_version_row,
    "SELECT id, claim_id, version, source, declaration_id, occurred_on, rule_facts, sha256, sealed_private, "
    "by_account, by_person, at FROM shienkin.facts_version WHERE id = $1");

result store_facts_version_by_id(struct tx *tx, struct uuid id, struct facts_version_row *out) {
  struct facts_version_by_id_in in = { id };
  return tx_one(tx, &FACTS_VERSION_BY_ID, &in, out);
}

struct facts_version_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct facts_version_list_in, member)
static const struct sql_field FACTS_VERSION_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement FACTS_VERSION_LIST = STATEMENT_READS(
    "facts_version_list", FACTS_VERSION_LIST_IN, FACTS_VERSION_ROW_OUT, struct facts_version_row,
    "SELECT id, claim_id, version, source, declaration_id, occurred_on, rule_facts, sha256, sealed_private, "
    "by_account, by_person, at FROM shienkin.facts_version WHERE claim_id = $1 ORDER BY version");

result store_facts_version_list(struct tx *tx, struct uuid claim_id, struct facts_version_row **rows, size_t *count) {
  struct facts_version_list_in in = { claim_id };
  return tx_many(tx, &FACTS_VERSION_LIST, &in, rows, count);
}
