/* rules: publication by two owners, what is refused before it, and P21's choice in the database. The whole grid is run once
 * here, since it takes seconds. */
#include "casework.h"

static struct house house;

static int up(void **state) {
  house_up(&house);
  house.service.rules = rules_cache_new();
  *state = &house;
  return 0;
}

static int down(void **state) {
  casework_down(*state);
  return 0;
}

static int next(void **state) {
  house_next(*state);
  return 0;
}

static void test_nothing_is_decided_without_rules(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "clinic-1");
  struct kase k = filed(h, WORKED_FACTS);
  assert_int_equal(HOUSE(h, claim_assess, &c, (&(struct assess_request){ k.claim })), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "rules_missing");
}

static void test_files_that_are_refused(void **state) {
  struct house *h = *state;
  struct caller owner = house_caller(h, "owner-1"), adjuster = house_caller(h, "adjuster-1");
  str rules = casework_file(h, CASEWORK_RULES);
  assert_refused(h, HOUSE(h, rules_publish, &adjuster, (&(struct rules_publish_request){ rules })), 403, "role_needed");
  assert_int_equal(HOUSE(h, rules_publish, &owner, (&(struct rules_publish_request){ STR("<definitions/>") })), RESULT_REFUSED);
  assert_true(h->findings.count > 0);
  str undated = casework_replace(h, rules, " shienkin:publishedOn=\"2026-11-22\"", "");
  assert_refused(h, HOUSE(h, rules_publish, &owner, (&(struct rules_publish_request){ undated })), 422, "rules_undated");
  str foreign = casework_replace(h, rules, "shienkin:scheme=\"cyber-support\"", "shienkin:scheme=\"other\"");
  assert_refused(h, HOUSE(h, rules_publish, &owner, (&(struct rules_publish_request){ foreign })), 422, "rules_scheme");
  /* A table that loses a row answers some claim with a fault: it must never look like a pending claim. */
  str faulty = casework_replace(h, rules, "<text>事案.サイバー攻撃</text>", "<text>事案.存在しない名前</text>");
  assert_int_equal(HOUSE(h, rules_publish, &owner, (&(struct rules_publish_request){ faulty })), RESULT_REFUSED);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.rule_set"), 0);
}

static void test_two_owners_publish(void **state) {
  struct house *h = *state;
  struct caller first = house_keyed(h, "owner-1", "publish"), second = house_keyed(h, "owner-2", "confirm");
  struct rules_publish_request r = { casework_file(h, CASEWORK_RULES) };
  assert_ok(h, HOUSE(h, rules_publish, &first, &r));
  assert_int_equal(house_int(h, "/revision"), 1);
  assert_string_equal(str_z(h->arena, house_text(h, "/first_day")), "2022-06-01");
  struct rules_confirm_request yes = { house_id(h, "/rule_set", "rule_set") };
  struct caller same = house_keyed(h, "owner-1", "confirm");
  assert_int_equal(HOUSE(h, rules_confirm, &same, &yes), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "second_owner");
  assert_ok(h, HOUSE(h, rules_confirm, &second, &yes));
  assert_ok(h, HOUSE(h, rules_publish, &first, &r));   /* the same request again, after it was confirmed */
  assert_true(h->answer.replayed);
  struct caller again = house_keyed(h, "owner-2", "again");
  assert_int_equal(HOUSE(h, rules_confirm, &again, &yes), RESULT_CONFLICT);

  struct calendar_publish_request days = { casework_file(h, CASEWORK_CALENDAR) };
  first = house_keyed(h, "owner-1", "calendar");
  assert_ok(h, HOUSE(h, calendar_publish, &first, &days));
  struct calendar_confirm_request fine = { house_id(h, "/calendar", "calendar") };
  same = house_keyed(h, "owner-1", "calendar yes");
  assert_int_equal(HOUSE(h, calendar_confirm, &same, &fine), RESULT_CONFLICT);
  second = house_keyed(h, "owner-2", "calendar yes");
  assert_ok(h, HOUSE(h, calendar_confirm, &second, &fine));
  assert_ok(h, HOUSE(h, rules_list, &second, NULL));
  assert_int_equal(json_at(&h->body, STR("/rule_sets"))->count, 1);
  assert_int_equal(json_at(&h->body, STR("/waiting"))->count, 0);
}

/* A claim that P8 pays alone, and what its authors say of it: once rightly, once wrongly, once not at all. */
static const char cases[] =
    "{\"about\":\"P8\",\"base\":{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,\"insider_crime\":false},"
    "\"member\":{\"class\":\"A1\",\"relation\":\"opens\"},\"facility\":{\"kind\":\"clinic\"},\"leak\":{\"occurred\":false},"
    "\"filings\":{\"jma_on\":\"2026-05-12\"}},\"cases\":["
    "{\"name\":\"攻撃\",\"en\":\"attack\",\"clauses\":[\"P8\"],\"expect\":{\"total_yen\":100000}},"
    "{\"name\":\"誤り\",\"clauses\":[\"P8\"],\"expect\":{\"total_yen\":1}},"
    "{\"name\":\"無言\",\"clauses\":[\"P8\"]}]}";

static str cases_of(struct house *h, int count) {
  struct buf b = buf_in(h->arena);
  buf_add(&b, STR("{\"about\":\"P8\",\"base\":{},\"cases\":["));
  for (int i = 0; i < count; i++) buf_add(&b, i ? STR(",{}") : STR("{}"));
  buf_add(&b, STR("]}"));
  return buf_str(&b);
}

static void test_cases_stand_beside_a_rule_set(void **state) {
  struct house *h = *state;
  struct caller owner = house_keyed(h, "owner-1", "cases"), adjuster = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, rules_list, &adjuster, NULL));
  struct uuid set = house_id(h, "/rule_sets/0/rule_set", "rule_set");
  struct rules_scenario_add_request r = { set, str_of(cases) };
  assert_refused(h, HOUSE(h, rules_scenario_add, &adjuster, &r), 403, "role_needed");
  struct caller other = house_caller(h, "owner-1");
  assert_refused(h, HOUSE(h, rules_scenario_add, &other, (&(struct rules_scenario_add_request){ set, STR("{\"cases\":[]}") })), 422, "case_file");
  assert_ok(h, HOUSE(h, rules_scenario_add, &owner, &r));
  assert_int_equal(house_int(h, "/cases"), 3);
  assert_int_equal(house_int(h, "/failed"), 2);
  assert_int_equal(HOUSE(h, rules_scenario_add, &other, &r), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "rule_scenario_once");
  struct rules_scenario_add_request many = { set, cases_of(h, RULES_SCENARIO_CASES_MOST - 2) };
  assert_refused(h, HOUSE(h, rules_scenario_add, &other, &many), 422, "rule_scenario_cases");
  assert_ok(h, HOUSE(h, rules_scenarios, &adjuster, (&(struct rules_scenarios_request){ set })));
  assert_int_equal(house_int(h, "/cases"), 3);
  assert_int_equal(json_at(&h->body, STR("/tables/0/cases/0/held"))->kind, JSON_KIND_TRUE);
  assert_int_equal(json_at(&h->body, STR("/tables/0/cases/1/held"))->kind, JSON_KIND_FALSE);
  assert_true(str_eq(house_text(h, "/tables/0/cases/1/differences/0/where"), STR("/total_yen")));
  assert_true(str_eq(house_text(h, "/tables/0/cases/1/differences/0/got"), STR("100000")));
  assert_true(str_eq(house_text(h, "/tables/0/cases/2/fault_en"), STR("expect, answers")));
}

/* Tables and texts, whose rows have the ids that a trace names. */
static void test_a_rule_set_is_shown(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, rules_list, &c, NULL));
  struct uuid set = house_id(h, "/rule_sets/0/rule_set", "rule_set");
  assert_ok(h, HOUSE(h, rules_show, &c, (&(struct rules_show_request){ set })));
  const struct json *nodes = json_at(&h->body, STR("/nodes"));
  size_t decided = 0;
  for (uint32_t i = 0; i < nodes->count; i++) {
    const struct json *blocks = json_get(&nodes->as.items[i], STR("blocks"));
    for (uint32_t k = 0; k < blocks->count; k++) {
      const struct json *block = &blocks->as.items[k], *rows = json_get(block, STR("rows"));
      if (json_get(block, STR("hit_policy"))->kind != JSON_KIND_STRING) continue;
      decided++;
      for (uint32_t n = 0; n < rows->count; n++) {
        assert_int_equal(json_get(&rows->as.items[n], STR("id"))->kind, JSON_KIND_STRING);
        assert_int_equal(json_get(&rows->as.items[n], STR("inputs"))->count, json_get(block, STR("inputs"))->count);
        assert_int_equal(json_get(&rows->as.items[n], STR("outputs"))->count, json_get(block, STR("outputs"))->count);
      }
    }
  }
  assert_true(decided > 10);
  assert_ok(h, HOUSE(h, rules_file, &c, (&(struct rules_file_request){ set })));
  str bytes;
  assert_int_equal(base64_decode(h->arena, house_text(h, "/base64"), &bytes), RESULT_OK);
  assert_true(str_eq(bytes, casework_file(h, CASEWORK_RULES)));
}

/* P21: the latest first day that is not after the incident; of one first day the later published; before all, the earliest. */
static struct rule_set_row with_first_day(struct house *h, const char *first_day, const char *version) {
  str text = casework_replace(h, casework_file(h, CASEWORK_RULES), "firstDay=\"2022-06-01\"",
                              str_z(h->arena, str_format(h->arena, "firstDay=\"%s\"", first_day)));
  text = casework_replace(h, text, "shienkin:version=\"2022-06-01.1\"",
                          str_z(h->arena, str_format(h->arena, "shienkin:version=\"%s\"", version)));
  struct rule_set_row row = casework_rule_set(h, text, 1);
  assert_true(day_parse(str_of(first_day), &row.first_day));
  return row;
}

static str deciding(struct house *h, size_t place_of, const struct casework_places *places, const char *occurred_on) {
  struct kase k = filed_with(h, "clinic-1", places->ids[place_of], str_z(h->arena, str_format(h->arena,
    "{\"incident\":{\"occurred_on\":\"%s\",\"cyber_attack\":true,\"insider_crime\":false}}", occurred_on)), NULL);
  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, claim_assess, &c, (&(struct assess_request){ k.claim })));
  return house_text(h, "/decision/rules/version");
}

static void test_the_incidents_day_chooses(void **state) {
  struct house *h = *state;
  struct casework_places places = casework_places(h, 4);
  struct casework_rows later = { .rules = with_first_day(h, "2025-04-01", "2025-04-01.1") };
  house_does(h, "owner-1", casework_put_more, &later);
  assert_true(str_eq(deciding(h, 0, &places, "2026-01-10"), STR("2022-06-01.1")));      /* not confirmed: decides nothing */
  house_does(h, "owner-2", casework_confirm_more, &later);
  assert_true(str_eq(deciding(h, 1, &places, "2025-04-01"), STR("2025-04-01.1")));
  assert_true(str_eq(deciding(h, 2, &places, "2025-03-31"), STR("2022-06-01.1")));
  assert_true(str_eq(deciding(h, 3, &places, "2021-01-10"), STR("2022-06-01.1")));
}

static void test_a_mend_is_published_later(void **state) {
  struct house *h = *state;
  struct caller owner = house_caller(h, "owner-1");
  str text = casework_replace(h, casework_file(h, CASEWORK_RULES), "2022-06-01.1", "2022-06-01.2");
  struct rules_publish_request r = { text };
  assert_int_equal(HOUSE(h, rules_publish, &owner, &r), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "rules_not_later");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_nothing_is_decided_without_rules, next),
    cmocka_unit_test_setup(test_files_that_are_refused, next),
    cmocka_unit_test_setup(test_two_owners_publish, next),
    cmocka_unit_test_setup(test_cases_stand_beside_a_rule_set, next),
    cmocka_unit_test_setup(test_a_rule_set_is_shown, next),
    cmocka_unit_test_setup(test_the_incidents_day_chooses, next),
    cmocka_unit_test_setup(test_a_mend_is_published_later, next),
  };
  return cmocka_run_group_tests(tests, up, down);
}
