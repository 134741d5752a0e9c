/* scenario tables beside rule sets */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct rule_scenario_row, member)
static const struct sql_field RULE_SCENARIO_INSERT_IN[] = { F(UUID, id), F(UUID, rule_set_id), F(SHA256, sha256), F(BYTES, bytes) };
static const struct sql_field RULE_SCENARIO_ROW_OUT[] = { F(UUID, id),         F(UUID, rule_set_id), F(SHA256, sha256), F(BYTES, bytes),
                                                          F(UUID, by.account), F(UUID, by.person),   F(MOMENT, by.at) };
#undef F
static const struct statement RULE_SCENARIO_INSERT = STATEMENT_WRITES(
    "rule_scenario_insert", RULE_SCENARIO_INSERT_IN, -1,
    "INSERT INTO shienkin.rule_scenario (id, rule_set_id, sha256, bytes) VALUES ($1, $2, $3, $4)");

void store_rule_scenario_insert(struct tx *tx, const struct rule_scenario_row *row) { tx_send(tx, &RULE_SCENARIO_INSERT, row); }

struct rule_scenario_in {
  struct uuid rule_set_id;
};
static const struct sql_field RULE_SCENARIO_IN[] = { SQL_FIELD(UUID, struct rule_scenario_in, rule_set_id) };
static const struct statement RULE_SCENARIO_LIST = STATEMENT_READS(
    "rule_scenario_list", RULE_SCENARIO_IN, RULE_SCENARIO_ROW_OUT, struct rule_scenario_row,
    "SELECT id, rule_set_id, sha256, bytes, by_account, by_person, at FROM shienkin.rule_scenario WHERE rule_set_id = $1 ORDER BY id");

result store_rule_scenario_list(struct tx *tx, struct uuid rule_set_id, struct rule_scenario_row **rows, size_t *count) {
  struct rule_scenario_in in = { rule_set_id };
  return tx_many(tx, &RULE_SCENARIO_LIST, &in, rows, count);
}
