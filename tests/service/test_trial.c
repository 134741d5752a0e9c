/* trial: what the rules say before anything is filed: a draft, however unfinished, and facts that anybody tries out. The
 * worked example's sums are policy.md's. */
#include "casework.h"

static struct uuid drafted(struct house *h, const char *document) {
  struct caller c = house_keyed(h, "clinic-1", "begin");
  assert_ok(h, HOUSE(h, draft_begin, &c, (&(struct draft_begin_request){ h->clinic_1, STR("online"), casework_json(h, document) })));
  return house_id(h, "/claim", "claim");
}

static result assessing(struct house *h, const char *who, struct uuid claim) {
  struct caller c = house_caller(h, who);
  return HOUSE(h, draft_assess, &c, (&(struct assess_request){ claim }));
}

static size_t open_count(struct house *h) { return json_at(&h->body, STR("/open"))->count; }

static bool is_open(struct house *h, const char *pointer, const char *code) {
  const struct json *open = json_at(&h->body, STR("/open"));
  for (uint32_t i = 0; i < open->count; i++) {
    const struct json *one = &open->as.items[i];
    assert_true(json_text(json_get(one, STR("message_ja"))).n > 0 && json_text(json_get(one, STR("message_en"))).n > 0);
    if (str_eq(json_text(json_get(one, STR("pointer"))), str_of(pointer)) && str_eq(json_text(json_get(one, STR("code"))), str_of(code)))
      return true;
  }
  return false;
}

static bool is_null(struct house *h, const char *pointer) {
  return json_at(&h->body, str_of(pointer))->kind == JSON_KIND_NULL;
}

/* ---- a draft */

static void test_a_whole_draft_is_what_the_claim_will_be(void **state) {
  struct house *h = *state;
  struct uuid claim = drafted(h, "{\"facts\":" WORKED_FACTS "}");
  assert_ok(h, assessing(h, "clinic-1", claim));
  assert_int_equal(house_int(h, "/decision/total_yen"), 500000);        /* P13 */
  assert_int_equal(house_int(h, "/version"), 1);
  assert_int_equal(open_count(h), 0);
  assert_true(json_at(&h->body, STR("/unresolved"))->kind == JSON_KIND_FALSE);
  str before = json_dump(h->arena, json_at(&h->body, STR("/decision")));
  struct caller c = house_keyed(h, "clinic-1", "submit");
  assert_ok(h, HOUSE(h, claim_submit, &c,
                     (&(struct submit_request){ .claim = claim, .version = 1, .declaration = *casework_declared() })));
  c = house_caller(h, "clinic-1");
  assert_ok(h, HOUSE(h, claim_assess, &c, (&(struct assess_request){ claim })));
  str after = json_dump(h->arena, json_at(&h->body, STR("/decision")));
  assert_true(str_eq(before, after));                                   /* byte for byte */
  assert_conflict(h, assessing(h, "clinic-1", claim), 409, "draft_submitted");
}

static void test_an_empty_draft_lists_what_is_open(void **state) {
  struct house *h = *state;
  struct uuid claim = drafted(h, "{}");
  assert_ok(h, assessing(h, "clinic-1b", claim));
  assert_true(is_null(h, "/decision"));
  assert_int_equal(open_count(h), 1);
  assert_true(is_open(h, "/facts", "facts_required"));
}

/* One slip in the form, and a payee that is not finished, do not hide what the rest comes to. */
static void test_what_is_wrong_counts_as_unknown(void **state) {
  struct house *h = *state;
  struct uuid claim = drafted(h, "{\"facts\":{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,"
    "\"insider_crime\":false},\"member\":{\"class\":\"A2B\"},\"leak\":{\"occurred\":\"maybe\"},"
    "\"filings\":{\"jma_on\":\"2026-05-12\"}},\"payee\":{\"bank_code\":\"12\"}}");
  assert_ok(h, assessing(h, "clinic-1", claim));
  assert_int_equal(house_int(h, "/decision/total_yen"), 100000);        /* P8 alone */
  assert_true(str_eq(house_text(h, "/decision/items/leak_by_attack/outcome"), STR("undetermined")));     /* P3 */
  assert_true(is_open(h, "/facts/member/class", "read_only_fact"));
  assert_true(is_open(h, "/facts/leak/occurred", "type"));
  assert_true(is_open(h, "/payee/holder_name", "required"));
}

static void test_without_the_day_nothing_can_be_asked(void **state) {
  struct house *h = *state;
  struct uuid claim = drafted(h, "{\"facts\":{\"incident\":{\"occurred_on\":\"2026-13-40\",\"cyber_attack\":true}}}");
  assert_ok(h, assessing(h, "clinic-1", claim));
  assert_true(is_null(h, "/decision"));
  assert_true(is_open(h, "/facts/incident/occurred_on", "date"));
  assert_int_equal(json_at(&h->body, STR("/unresolved"))->kind, JSON_KIND_FALSE);
}

/* The roster begins in 2020: who was a member before is not known, and that is no refusal. */
static void test_what_the_roster_does_not_know_is_said(void **state) {
  struct house *h = *state;
  struct uuid claim = drafted(h, "{\"facts\":{\"incident\":{\"occurred_on\":\"2019-05-11\",\"cyber_attack\":true}}}");
  assert_ok(h, assessing(h, "clinic-1", claim));
  assert_true(is_null(h, "/decision"));
  assert_int_equal(open_count(h), 0);
  assert_int_equal(json_at(&h->body, STR("/unresolved"))->kind, JSON_KIND_TRUE);
}

/* P17: the notification that could still come is an arrival; nothing that was asserted is asked to be otherwise. */
static void test_arrivals_are_told(void **state) {
  struct house *h = *state;
  struct uuid claim = drafted(h, "{\"facts\":{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,"
                                 "\"insider_crime\":false}}}");
  assert_ok(h, assessing(h, "clinic-1", claim));
  assert_true(str_eq(house_text(h, "/decision/items/attack/outcome"), STR("awaiting_filing")));
  assert_true(str_eq(house_text(h, "/arrivals/0/item"), STR("attack")));
  assert_true(str_eq(house_text(h, "/arrivals/0/sets/0/0/pointer"), STR("/filings/jma_on")));
}

static void test_each_look_leaves_one_event_and_nothing_else(void **state) {
  struct house *h = *state;
  struct uuid claim = drafted(h, "{\"facts\":" WORKED_FACTS "}");
  int64_t events = house_count(h, "SELECT count(*) FROM shienkin.event");
  int64_t snapshots = house_count(h, "SELECT count(*) FROM shienkin.fact_snapshot");
  assert_ok(h, assessing(h, "clinic-1", claim));
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.event"), events + 1);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.fact_snapshot"), snapshots);
  assert_true(house_count(h, "SELECT count(*) FROM shienkin.event WHERE type = 'draft.assessed'") > 0);
  assert_int_equal(assessing(h, "clinic-2", claim), RESULT_NOT_FOUND);
  assert_refused(h, assessing(h, "cashier-1", claim), 403, "role_needed");
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.event"), events + 1);
}

/* ---- anybody's facts */

static result estimating(struct house *h, const char *facts) {
  struct caller nobody = { .via = SERVICE_WEB, .request_id = STR("req-nobody") };
  return HOUSE(h, estimate, &nobody, (&(struct estimate_request){ casework_json(h, facts) }));
}

#define SOMEBODY "\"member\":{\"class\":\"A1\",\"relation\":\"opens\"},\"facility\":{\"kind\":\"clinic\",\"closed_weekdays\":[\"sun\"]}"

static void test_anybody_may_try(void **state) {
  struct house *h = *state;
  int64_t events = house_count(h, "SELECT count(*) FROM shienkin.event");
  int64_t claims = house_count(h, "SELECT count(*) FROM shienkin.claim");
  assert_ok(h, estimating(h, "{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,\"insider_crime\":false},"
    SOMEBODY ",\"closures\":[{\"from\":\"2026-05-12\",\"to\":\"2026-05-18\",\"scope\":\"all\"}],"
    "\"leak\":{\"occurred\":true,\"caused_by_attack\":true},\"filings\":{\"jma_on\":\"2026-05-12\"}}"));
  assert_int_equal(house_int(h, "/decision/total_yen"), 500000);
  assert_int_equal(open_count(h), 0);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.event"), events);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.claim"), claims);
}

static void test_a_trial_lists_what_is_wrong(void **state) {
  struct house *h = *state;
  assert_ok(h, estimating(h, "{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,\"insider_crime\":false},"
    SOMEBODY ",\"closures\":[{\"from\":\"2026-05-18\",\"to\":\"2026-05-12\",\"scope\":\"all\"}],\"colour\":1,"
    "\"filings\":{\"jma_on\":\"2026-05-12\"}}"));
  assert_int_equal(house_int(h, "/decision/total_yen"), 100000);
  assert_true(is_open(h, "/closures/0/to", "range_reversed"));
  assert_true(is_open(h, "/colour", "unknown_property"));
  assert_ok(h, estimating(h, "[]"));
  assert_true(is_null(h, "/decision"));
  assert_true(is_open(h, "", "type"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_a_whole_draft_is_what_the_claim_will_be, house_between),
    cmocka_unit_test_setup(test_an_empty_draft_lists_what_is_open, house_between),
    cmocka_unit_test_setup(test_what_is_wrong_counts_as_unknown, house_between),
    cmocka_unit_test_setup(test_without_the_day_nothing_can_be_asked, house_between),
    cmocka_unit_test_setup(test_what_the_roster_does_not_know_is_said, house_between),
    cmocka_unit_test_setup(test_arrivals_are_told, house_between),
    cmocka_unit_test_setup(test_each_look_leaves_one_event_and_nothing_else, house_between),
    cmocka_unit_test_setup(test_anybody_may_try, house_between),
    cmocka_unit_test_setup(test_a_trial_lists_what_is_wrong, house_between),
  };
  return cmocka_run_group_tests(tests, casework_open, casework_close);
}
