/* story: the ways a claim goes, from the clinic's worst day to money owed. Amounts are policy.md's worked example; the highest
 * sum of one incident (¥500,000) is P13's. */
#include "casework.h"

static struct house house;

static int up(void **state) {
  casework_up(&house);
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

/* Claims of one facility within 31 days are suspected to be one: stories keep a distance of forty days. */
static int after(void **state) {
  struct house *h = *state;
  casework_invariants(h);
  return 0;
}

/* The worked facts, so many times 28 days earlier: weekdays stay. */
static const char *worked(struct house *h, int moons_back, const char *leak, bool told_jma) {
  char incident[11], from[11], to[11];
  day start = day_from_civil(2026, 5, 11) - 28 * moons_back;
  day_write(start, incident);
  day_write(start + 1, from);
  day_write(start + 7, to);
  return str_z(h->arena, str_format(h->arena,
    "{\"incident\":{\"occurred_on\":\"%s\",\"cyber_attack\":true,\"insider_crime\":false},"
    "\"closures\":[{\"from\":\"%s\",\"to\":\"%s\",\"scope\":\"all\"}],\"leak\":%s,\"filings\":{\"jma_on\":%s%s%s}}",
    incident, from, to, leak, told_jma ? "\"" : "", told_jma ? from : "null", told_jma ? "\"" : ""));
}

#define LEAKED "{\"occurred\":true,\"caused_by_attack\":true}"
#define NOT_LEAKED "{\"occurred\":false}"

/* ---- the long way */

static void test_from_draft_to_half_a_million(void **state) {
  struct house *h = *state;
  struct caller clinic = house_keyed(h, "clinic-1", "begin"), adjuster = house_caller(h, "adjuster-1");
  /* A draft first; the leak is not asked about yet, so it is unknown at submission. */
  const struct json *draft = casework_json(h, "{\"facts\":{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,"
    "\"insider_crime\":false},\"closures\":[{\"from\":\"2026-05-12\",\"to\":\"2026-05-18\",\"scope\":\"all\"}],"
    "\"filings\":{\"jma_on\":\"2026-05-12\"}},\"unknown\":[\"/leak/occurred\"]}");
  assert_ok(h, HOUSE(h, draft_begin, &clinic, (&(struct draft_begin_request){ h->clinic_1, STR("online"), draft })));
  struct kase k = { .claim = house_id(h, "/claim", "claim"), .version = house_int(h, "/version") };
  clinic = house_keyed(h, "clinic-1", "submit");
  assert_ok(h, HOUSE(h, claim_submit, &clinic,
                     (&(struct submit_request){ .claim = k.claim, .version = 1, .declaration = *casework_declared() })));
  k.version = house_int(h, "/version");
  searched(h, &k);

  /* What the clinic is told: ③ could still arrive, and nothing about how the staff sees it. */
  clinic = house_caller(h, "clinic-1");
  assert_ok(h, HOUSE(h, claim_assess, &clinic, (&(struct assess_request){ k.claim })));
  assert_string_equal(str_z(h->arena, house_text(h, "/decision/outcome")), "partly_payable");
  assert_int_equal(house_int(h, "/decision/total_yen"), 400000);
  assert_null(json_at(&h->body, STR("/trace")));
  assert_null(json_at(&h->body, STR("/facts")));
  assert_true(json_at(&h->body, STR("/arrivals"))->count > 0);

  /* Asked, and answered with evidence and an amendment. */
  taken(h, &k, "adjuster-1");
  str keys[] = { STR("/leak/occurred"), STR("/leak/caused_by_attack") };
  assert_ok(h, HOUSE(h, information_ask, &adjuster,
                     (&(struct information_request_request){ k.claim, k.version, keys, 2, day_from_civil(2026, 6, 10),
                                                             STR("漏えいの有無をお知らせください。") })));
  k.version = house_int(h, "/version");
  struct uuid asked = house_id(h, "/request", "information_request");
  struct caller c = house_caller(h, "adjuster-1");
  assert_int_equal(HOUSE(h, claim_propose, &c, (&(struct propose_request){ k.claim, k.version })), RESULT_CONFLICT);
  struct uuid evidence = evidence_sent(h, &k, "clinic-1");
  amended(h, &k, WORKED_FACTS);
  clinic = house_keyed(h, "clinic-1", "reply");
  assert_ok(h, HOUSE(h, information_reply, &clinic, (&(struct reply_request){ k.claim, asked, STR("調査報告を添付しました。") })));
  k.version = house_int(h, "/version");
  assert_string_equal(str_z(h->arena, house_text(h, "/state")), "in_review");

  /* Facts that money rests on are open until somebody has proved them; all are named at once. */
  assert_int_equal(HOUSE(h, claim_propose, &adjuster, (&(struct propose_request){ k.claim, k.version })), RESULT_REFUSED);
  assert_int_equal(h->answer.status, 422);
  assert_true(findings_has(&h->findings, STR("/incident/insider_crime"), "facts_open"));
  assert_true(findings_has(&h->findings, STR("/closures"), "facts_open"));
  assert_true(findings_has(&h->findings, STR("/leak/occurred"), "facts_open"));
  assert_false(findings_has(&h->findings, STR("/member/class"), "facts_open"));         /* the roster says so */
  struct fact_check_item leak = { .key = STR("/leak/occurred"), .verdict = CHECK_PROVED, .evidence = &evidence, .evidence_count = 1 };
  assert_ok(h, HOUSE(h, facts_check, &adjuster, (&(struct fact_check_request){ k.claim, k.version, &leak, 1 })));
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  assert_int_equal(house_int(h, "/total_yen"), 500000);

  /* Four eyes: not who proposed, even with both roles; then another. */
  assert_int_equal(approving(h, &k, "adjuster-1"), RESULT_REFUSED);
  assert_int_equal(h->answer.status, 403);
  approved(h, &k, "approver-1");
  assert_int_equal(json_at(&h->body, STR("/lines"))->count, 3);
  assert_int_equal(house_int(h, "/lines/0/amount_yen"), 100000);
  assert_int_equal(house_int(h, "/lines/1/amount_yen"), 300000);
  assert_int_equal(house_int(h, "/lines/2/amount_yen"), 100000);
  assert_int_equal(casework_owed(h, &k), 500000);
  assert_int_equal(approving(h, &k, "approver-2"), RESULT_CONFLICT);
}

static void test_one_person_in_both_roles_is_one_person(void **state) {
  struct house *h = *state;
  struct kase k = filed(h, worked(h, 2, LEAKED, true));
  taken(h, &k, "both-1");
  proved(h, &k, "both-1");
  proposed(h, &k, "both-1");
  assert_int_equal(approving(h, &k, "both-1"), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "approval_by_other_person");
  assert_int_equal(casework_count(h, &k, "decision"), 0);
  approved(h, &k, "approver-1");
  assert_int_equal(casework_owed(h, &k), 500000);
}

/* P7: an insider's crime bars every item; the fact that bars must be proved like any other. */
static void test_insider(void **state) {
  struct house *h = *state;
  struct kase k = filed(h, "{\"incident\":{\"occurred_on\":\"2026-01-19\",\"cyber_attack\":true,\"insider_crime\":true},"
                           "\"leak\":{\"occurred\":false},\"filings\":{\"jma_on\":\"2026-01-20\"}}");
  decided(h, &k);
  assert_string_equal(str_z(h->arena, house_text(h, "/outcome")), "not_payable");
  assert_int_equal(json_at(&h->body, STR("/lines"))->count, 0);
  assert_int_equal(casework_owed(h, &k), 0);
}

/* P19: a missing filing is no refusal; when it arrives, everything is paid. */
static void test_awaiting_filing_later_paid(void **state) {
  struct house *h = *state;
  struct kase k = filed(h, worked(h, 6, LEAKED, false));
  decided(h, &k);
  assert_string_equal(str_z(h->arena, house_text(h, "/outcome")), "awaiting_filing");
  assert_int_equal(casework_owed(h, &k), 0);
  amended(h, &k, worked(h, 6, LEAKED, true));
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  approved(h, &k, "approver-1");
  assert_int_equal(casework_owed(h, &k), 500000);
  assert_int_equal(casework_count(h, &k, "decision"), 2);
}

/* P20: a rise pays the difference, and the lines that were there stay as they are. */
static void test_amendment_pays_the_difference(void **state) {
  struct house *h = *state;
  struct kase k = filed(h, worked(h, 8, NOT_LEAKED, true));
  decided(h, &k);
  assert_int_equal(casework_owed(h, &k), 400000);
  amended(h, &k, worked(h, 8, LEAKED, true));
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  approved(h, &k, "approver-1");
  assert_int_equal(json_at(&h->body, STR("/lines"))->count, 1);
  assert_string_equal(str_z(h->arena, house_text(h, "/lines/0/item")), "leak_by_attack");
  assert_int_equal(house_int(h, "/lines/0/amount_yen"), 100000);
  assert_int_equal(casework_owed(h, &k), 500000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_from_draft_to_half_a_million, next, after),
    cmocka_unit_test_setup_teardown(test_one_person_in_both_roles_is_one_person, next, after),
    cmocka_unit_test_setup_teardown(test_insider, next, after),
    cmocka_unit_test_setup_teardown(test_awaiting_filing_later_paid, next, after),
    cmocka_unit_test_setup_teardown(test_amendment_pays_the_difference, next, after),
  };
  return cmocka_run_group_tests(tests, up, down);
}
