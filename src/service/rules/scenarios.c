/* scenarios: the stories beside a rule set. An owner puts a table of them there, and whoever reads the rules sees what the engine
 * makes of each case now: nothing is believed because it once held. No personal data, so that reading leaves no event. */
#include "rules/codex.h"

/* ---- running */

static result run(struct work *w, const struct codex *codex, str bytes, struct findings *f, struct case_table *out) {
  return scheme_cases_run(codex->decider, codex->set, codex->national, w->arena, bytes, f, out);
}

static struct json texts_json(struct arena *a, struct words words) {
  struct json *items = ARENA_ARRAY(a, struct json, words.count);
  for (uint32_t i = 0; i < words.count; i++) items[i] = json_of_str(words.items[i]);
  return json_of_array(items, words.count);
}

/* What was not as expected; where the rules, or the claim, failed altogether, that alone. */
static struct json differences_json(struct arena *a, const struct case_result *one) {
  struct json *items = ARENA_ARRAY(a, struct json, one->difference_count);
  for (uint32_t i = 0; i < one->difference_count; i++) {
    struct members m = members_in(a);
    members_add_str(&m, "where", one->differences[i].where);
    members_add_str(&m, "expected", one->differences[i].expected);
    members_add_str(&m, "got", one->differences[i].got);
    items[i] = members_object(&m);
  }
  return json_of_array(items, one->difference_count);
}

static str fault_of(const struct case_result *one, bool japanese) {
  if (one->shape) return str_of(one->shape);
  if (one->refused.count == 0) return STR_NONE;
  return japanese ? one->refused.items[0].ja : one->refused.items[0].en;
}

static struct json case_json(struct arena *a, const struct case_result *one) {
  struct members m = members_in(a);
  members_add_str(&m, "name", one->name);
  members_add_str(&m, "name_en", one->name_en.n ? one->name_en : one->name);
  members_add(&m, "clauses", texts_json(a, one->clauses));
  members_add_bool(&m, "held", one->held);
  members_add(&m, "differences", differences_json(a, one));
  members_add_str(&m, "fault_ja", fault_of(one, true));
  members_add_str(&m, "fault_en", fault_of(one, false));
  return members_object(&m);
}

static struct json table_json(struct work *w, const struct rule_scenario_row *row, const struct case_table *table) {
  struct members m = members_in(w->arena);
  struct json *items = ARENA_ARRAY(w->arena, struct json, table->count);
  for (uint32_t i = 0; i < table->count; i++) items[i] = case_json(w->arena, &table->items[i]);
  members_add_id(&m, "scenario", "rule_scenario", row->id);
  members_add_str(&m, "about", table->about);
  members_add_sha256(&m, "sha256", row->sha256);
  members_add_moment(&m, "at", row->by.at);
  members_add_int(&m, "failed", table->failed);
  members_add(&m, "cases", json_of_array(items, table->count));
  return members_object(&m);
}

static result scenarios(struct work *w, const void *request) {
  const struct rules_scenarios_request *r = request;
  struct codex *codex;
  struct rule_scenario_row *rows;
  size_t count;
  int64_t cases = 0, failed = 0;
  TRY(rules__codex_of(w, r->rule_set, (struct uuid){ { 0 } }, &codex));
  TRY(store_rule_scenario_list(w->tx, r->rule_set, &rows, &count));
  struct json *tables = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct case_table table;
    TRY(run(w, codex, rows[i].bytes, w->findings, &table));
    tables[i] = table_json(w, &rows[i], &table);
    cases += table.count;
    failed += table.failed;
  }
  struct members m = members_in(w->arena);
  members_add_id(&m, "rule_set", "rule_set", r->rule_set);
  members_add_int(&m, "cases", cases);
  members_add_int(&m, "failed", failed);
  members_add(&m, "tables", json_of_array(tables, count));
  result done = service__answer(w, 200, &m, 0);
  rules__codex_close(codex);
  return done;
}

result rules_scenarios(struct service *s, const struct caller *c, struct arena *a, const struct rules_scenarios_request *r,
                       struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "rules_scenarios", .roles = SERVICE_ANY_STAFF | SERVICE_AUDITOR,
                                            .body = scenarios, .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- putting a table beside a rule set. Cases that fail are no reason to refuse it: they are what is to be seen. Too many are,
 * since all of them run whenever somebody looks. */

static result cases_beside(struct work *w, const struct codex *codex, struct uuid rule_set, int64_t *cases) {
  struct rule_scenario_row *rows;
  size_t count;
  TRY(store_rule_scenario_list(w->tx, rule_set, &rows, &count));
  *cases = 0;
  for (size_t i = 0; i < count; i++) {
    struct case_table table;
    TRY(run(w, codex, rows[i].bytes, w->findings, &table));
    *cases += table.count;
  }
  return RESULT_OK;
}

static result add(struct work *w, const void *request) {
  const struct rules_scenario_add_request *r = request;
  struct codex *codex;
  struct case_table table;
  int64_t beside;
  TRY(rules__codex_of(w, r->rule_set, (struct uuid){ { 0 } }, &codex));
  TRY(cases_beside(w, codex, r->rule_set, &beside));
  result ran = run(w, codex, r->bytes, w->findings, &table);
  rules__codex_close(codex);
  if (ran == RESULT_REFUSED) return service__refused(w);
  TRY(ran);
  if (beside + table.count > RULES_SCENARIO_CASES_MOST)
    return REFUSE(w, STR("/cases"), "rule_scenario_cases", str_format(w->arena, "%lld", (long long)beside),
                  str_format(w->arena, "%u", table.count), str_format(w->arena, "%d", RULES_SCENARIO_CASES_MOST));
  struct rule_scenario_row row = { .id = tx_new_id(w->tx), .rule_set_id = r->rule_set, .sha256 = sha256_of(r->bytes), .bytes = r->bytes };
  store_rule_scenario_insert(w->tx, &row);
  service__wrote_sha256(w, "rule_scenario", row.id, row.sha256);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_sha256(&data, "sha256", row.sha256);
  TRY(service__event(w, &(struct event){ .type = "rules.scenarios_added", .subject = r->rule_set, .data = members_object(&data) }));
  members_add_id(&m, "scenario", "rule_scenario", row.id);
  members_add_id(&m, "rule_set", "rule_set", r->rule_set);
  members_add_sha256(&m, "sha256", row.sha256);
  members_add_int(&m, "cases", table.count);
  members_add_int(&m, "failed", table.failed);
  return service__answer(w, 201, &m, 0);
}

result rules_scenario_add(struct service *s, const struct caller *c, struct arena *a, const struct rules_scenario_add_request *r,
                          struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "rules_scenario_add", .roles = SERVICE_OWNER, .body = add };
  return service__run(s, c, a, &use_case, r, f, out);
}
