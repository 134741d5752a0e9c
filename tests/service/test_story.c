/* story: the ways a claim goes, from the clinic's worst day to money owed. Amounts are policy.md's worked example; the highest
 * sum of one incident (¥500,000) is P13's. */
#include "casework.h"

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

/* ---- money that goes down: what is still ours is cancelled, what has left is a recovery */

static void test_amendment_lowers_what_is_still_payable(void **state) {
  struct house *h = *state;
  struct kase k = filed(h, worked(h, 10, LEAKED, true));
  decided(h, &k);
  amended(h, &k, worked(h, 10, NOT_LEAKED, true));
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  approved(h, &k, "approver-1");
  assert_int_equal(json_at(&h->body, STR("/cancelled_lines"))->count, 1);
  assert_int_equal(json_at(&h->body, STR("/recoveries"))->count, 0);
  assert_int_equal(casework_owed(h, &k), 400000);
}

static void test_amendment_opens_a_recovery_and_a_rise_ends_it(void **state) {
  struct house *h = *state;
  struct kase k = filed(h, worked(h, 12, LEAKED, true));
  decided(h, &k);
  settle_lines(h, &k);
  amended(h, &k, worked(h, 12, NOT_LEAKED, true));
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  approved(h, &k, "approver-1");
  assert_int_equal(json_at(&h->body, STR("/cancelled_lines"))->count, 0);
  assert_int_equal(json_at(&h->body, STR("/recoveries"))->count, 1);
  assert_int_equal(house_int(h, "/recoveries/0/amount_yen"), 100000);
  assert_int_equal(casework_owed(h, &k), 400000);
  /* Nothing was recovered yet, and the leak is found to have happened after all: the recovery is needless, no yen goes twice. */
  amended(h, &k, worked(h, 12, LEAKED, true));
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  approved(h, &k, "approver-1");
  assert_int_equal(json_at(&h->body, STR("/lines"))->count, 0);
  assert_int_equal(json_at(&h->body, STR("/cancelled_recoveries"))->count, 1);
  assert_int_equal(casework_owed(h, &k), 500000);
}

static const char *closed_until(struct house *h, const char *to) {
  return str_z(h->arena, str_format(h->arena,
    "{\"incident\":{\"occurred_on\":\"2025-04-14\",\"cyber_attack\":true,\"insider_crime\":false},"
    "\"closures\":[{\"from\":\"2025-04-15\",\"to\":\"%s\",\"scope\":\"all\"}],\"leak\":{\"occurred\":false},"
    "\"filings\":{\"mhlw_on\":\"2025-04-15\"}}", to));
}

/* P9 with two closed days for three: the line of 300,000 goes whole, and 200,000 are owed anew. */
static void test_part_of_a_line(void **state) {
  struct house *h = *state;
  struct kase k = filed(h, closed_until(h, "2025-04-17"));
  decided(h, &k);
  assert_int_equal(casework_owed(h, &k), 400000);
  amended(h, &k, closed_until(h, "2025-04-16"));
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  approved(h, &k, "approver-1");
  assert_int_equal(json_at(&h->body, STR("/cancelled_lines"))->count, 1);
  assert_int_equal(house_int(h, "/lines/0/amount_yen"), 200000);
  assert_int_equal(casework_owed(h, &k), 300000);
}

/* ---- ends */

static void test_withdrawal_ends_a_waiting_proposal(void **state) {
  struct house *h = *state;
  struct kase k = filed(h, worked(h, 16, LEAKED, true));
  taken(h, &k, "adjuster-1");
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  struct caller c = house_keyed(h, "clinic-1", "withdraw");
  assert_ok(h, HOUSE(h, claim_withdraw, &c, (&(struct withdraw_request){ k.claim, k.version, STR("誤って申請しました。") })));
  assert_int_equal(approving(h, &k, "approver-1"), RESULT_CONFLICT);
  assert_int_equal(casework_count(h, &k, "decision"), 0);
  assert_int_equal(casework_owed(h, &k), 0);
}

static void test_returned_and_taken_back(void **state) {
  struct house *h = *state;
  struct kase k = filed(h, worked(h, 18, LEAKED, true));
  taken(h, &k, "adjuster-1");
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  struct caller approver = house_caller(h, "approver-1"), other = house_caller(h, "adjuster-2");
  struct return_request back = { k.claim, k.version, k.proposal, STR("") };
  assert_refused(h, HOUSE(h, proposal_return, &approver, &back), 422, "text_needed");
  back.reason = STR("休診日の証拠を添えてください。");
  assert_ok(h, HOUSE(h, proposal_return, &approver, &back));
  k.version = house_int(h, "/version");
  proposed(h, &k, "adjuster-1");
  struct take_back_request mine = { k.claim, k.version, k.proposal };
  assert_int_equal(HOUSE(h, proposal_withdraw, &other, &mine), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "proposal_not_yours");
  struct caller proposer = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, proposal_withdraw, &proposer, &mine));
  k.version = house_int(h, "/version");
  proposed(h, &k, "adjuster-2");
  approved(h, &k, "approver-1");
  assert_int_equal(casework_count(h, &k, "proposal"), 3);
  assert_int_equal(casework_owed(h, &k), 500000);
}

/* ---- reconsideration: by people other than before; taken back, the old decision stands */

static struct kase reconsidered(struct house *h, int moons) {
  struct kase k = filed(h, worked(h, moons, NOT_LEAKED, true));
  decided(h, &k);
  struct caller c = house_keyed(h, "clinic-1", "reconsider");
  assert_ok(h, HOUSE(h, reconsideration_ask, &c,
                     (&(struct reconsider_request){ k.claim, k.version, STR("患者情報の漏えいが後日判明しました。") })));
  k.version = house_int(h, "/version");
  return k;
}

static void test_reconsideration_by_others(void **state) {
  struct house *h = *state;
  struct kase k = reconsidered(h, 20);
  struct caller before = house_caller(h, "adjuster-1");
  assert_int_equal(HOUSE(h, claim_propose, &before, (&(struct propose_request){ k.claim, k.version })), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "reconsideration_by_others");
  struct uuid evidence = evidence_sent(h, &k, "clinic-1");
  struct caller c = house_caller(h, "adjuster-2");
  struct fact_check_item items[] = {
    { .key = STR("/leak/occurred"), .verdict = CHECK_CORRECTED, .value = casework_json(h, "true"), .reason = STR("調査報告書のとおり。"),
      .evidence = &evidence, .evidence_count = 1 },
    { .key = STR("/leak/caused_by_attack"), .verdict = CHECK_CORRECTED, .value = casework_json(h, "true"),
      .reason = STR("調査報告書のとおり。"), .evidence = &evidence, .evidence_count = 1 },
  };
  assert_ok(h, HOUSE(h, facts_check, &c, (&(struct fact_check_request){ k.claim, k.version, items, 2 })));
  proposed(h, &k, "adjuster-2");
  assert_int_equal(approving(h, &k, "approver-1"), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "reconsideration_by_others");
  approved(h, &k, "approver-2");
  assert_int_equal(casework_owed(h, &k), 500000);
  /* Each decision is looked at again at most once, but the new one may be. */
  struct caller clinic = house_keyed(h, "clinic-1", "again");
  assert_ok(h, HOUSE(h, reconsideration_ask, &clinic, (&(struct reconsider_request){ k.claim, k.version, STR("もう一度。") })));
}

static void test_reconsideration_taken_back(void **state) {
  struct house *h = *state;
  struct kase k = reconsidered(h, 22);
  struct caller c = house_keyed(h, "clinic-1", "withdraw");
  assert_ok(h, HOUSE(h, reconsideration_withdraw, &c, (&(struct reconsider_withdraw_request){ k.claim, k.version })));
  assert_string_equal(str_z(h->arena, house_text(h, "/state")), "decided");
  k.version = house_int(h, "/version");
  assert_int_equal(casework_owed(h, &k), 400000);
  struct caller again = house_keyed(h, "clinic-1", "again");
  assert_int_equal(HOUSE(h, reconsideration_ask, &again, (&(struct reconsider_request){ k.claim, k.version, STR("もう一度。") })),
                   RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "reconsideration_once");
}

/* ---- duplicates */

static void test_the_same_incident_twice(void **state) {
  struct house *h = *state;
  struct kase first = filed(h, worked(h, 24, NOT_LEAKED, true)), second = filed(h, worked(h, 24, LEAKED, true));
  assert_int_equal(house_int(h, "/found"), 1);
  struct uuid suspicion = house_id(h, "/suspicions/0", "duplicate_suspicion");
  taken(h, &second, "adjuster-1");
  proved(h, &second, "adjuster-1");
  proposed(h, &second, "adjuster-1");
  assert_int_equal(approving(h, &second, "approver-1"), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "duplicate_open");

  struct duplicate_resolve_request r = { second.claim, suspicion, true, STR("同じ日の同じ攻撃である。") };
  struct caller approver = house_caller(h, "approver-1"), adjuster = house_caller(h, "adjuster-1"), both = house_caller(h, "both-1");
  assert_int_equal(HOUSE(h, duplicate_resolve, &approver, &r), RESULT_CONFLICT);      /* the adjuster speaks first */
  assert_ok(h, HOUSE(h, duplicate_resolve, &both, &r));
  assert_int_equal(HOUSE(h, duplicate_resolve, &both, &r), RESULT_CONFLICT);          /* two parts, two persons */
  assert_string_equal(h->findings.items[0].code, "resolution_by_other_person");
  r.same = false;
  assert_ok(h, HOUSE(h, duplicate_resolve, &approver, &r));                            /* they differ: a new round */
  r.same = true;
  assert_ok(h, HOUSE(h, duplicate_resolve, &adjuster, &r));
  assert_int_equal(house_int(h, "/round"), 2);
  assert_ok(h, HOUSE(h, duplicate_resolve, &approver, &r));
  assert_string_equal(str_z(h->arena, house_text(h, "/state")), "withdrawn");
  assert_true(json_at(&h->body, STR("/settled"))->kind == JSON_KIND_TRUE);

  /* Its facts are offered to the first claim, which takes them over word for word. */
  assert_ok(h, HOUSE(h, duplicates_view, &adjuster, (&(struct duplicates_view_request){ first.claim })));
  assert_true(json_at(&h->body, STR("/offered/0/facts/leak/caused_by_attack"))->kind == JSON_KIND_TRUE);
  struct offer_take_request take = { first.claim, first.version, second.claim };
  assert_ok(h, HOUSE(h, offer_take, &adjuster, &take));
  first.version = take.version = house_int(h, "/version");
  searched(h, &first);
  assert_int_equal(HOUSE(h, offer_take, &adjuster, &take), RESULT_REFUSED);
  decided(h, &first);
  assert_int_equal(casework_owed(h, &first), 500000);
  assert_int_equal(casework_owed(h, &second), 0);
}

static void test_two_incidents_in_one_month(void **state) {
  struct house *h = *state;
  struct kase first = filed(h, worked(h, 28, LEAKED, true));
  struct kase second = filed(h, "{\"incident\":{\"occurred_on\":\"2024-04-03\",\"cyber_attack\":true,\"insider_crime\":false},"
                                "\"leak\":{\"occurred\":false},\"filings\":{\"mhlw_on\":\"2024-04-04\"}}");
  assert_int_equal(house_int(h, "/found"), 1);
  struct duplicate_resolve_request r = { second.claim, house_id(h, "/suspicions/0", "duplicate_suspicion"), false,
                                         STR("別の日の別の攻撃である。") };
  struct caller approver = house_caller(h, "approver-1"), adjuster = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, duplicate_resolve, &adjuster, &r));
  assert_ok(h, HOUSE(h, duplicate_resolve, &approver, &r));
  assert_int_equal(HOUSE(h, duplicate_resolve, &adjuster, &r), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "duplicate_resolved");
  decided(h, &second);
  decided(h, &first);
  assert_int_equal(casework_owed(h, &first) + casework_owed(h, &second), 600000);
}

/* ---- a rule set corrected: decided claims keep theirs, the next one goes by the new (P21) */

/* The clinic's view names the file that its decision was made by. */
static void assert_rules_of_decision(struct house *h, const struct kase *k, struct sha256 wanted) {
  struct caller c = house_caller(h, "clinic-1");
  char hex[65];
  for (size_t i = 0; i < sizeof wanted.bytes; i++) snprintf(hex + 2 * i, 3, "%02x", wanted.bytes[i]);
  assert_ok(h, HOUSE(h, claim_view, &c, (&(struct claim_request){ k->claim })));
  assert_true(str_eq(house_text(h, "/decision/body/rules/sha256"), str_of(hex)));
}

/* One by one comes to the same, and says how far it is. */
static void assert_differences_by_batches(struct house *h, struct uuid rules, uint32_t wanted) {
  struct caller owner = house_caller(h, "owner-1");
  struct rules_differences_request one = { .rule_set = rules, .limit = 1 };
  uint32_t found = 0;
  int64_t before = 0;
  bool more;
  do {
    assert_ok(h, HOUSE(h, rules_differences, &owner, &one));
    found += json_at(&h->body, STR("/differ"))->count;
    assert_int_equal(house_int(h, "/done"), before + 1);
    before = house_int(h, "/done");
    more = json_at(&h->body, STR("/next"))->kind != JSON_KIND_NULL;
    assert_true(more == (before < house_int(h, "/all")));
    if (more) one.after = house_id(h, "/next", "decision");
  } while (more);
  assert_int_equal(found, wanted);
}

static void test_rules_corrected(void **state) {
  struct house *h = *state;
  struct kase old = filed(h, worked(h, 32, NOT_LEAKED, true)), waiting = filed(h, worked(h, 34, NOT_LEAKED, true));
  decided(h, &old);
  taken(h, &waiting, "adjuster-1");
  proved(h, &waiting, "adjuster-1");
  proposed(h, &waiting, "adjuster-1");
  str text = casework_replace(h, casework_file(h, CASEWORK_RULES), "publishedOn=\"2026-11-22\"", "publishedOn=\"2026-11-23\"");
  text = casework_replace(h, text, ">100000<", ">120000<");
  struct uuid rules = casework_put_rules(h, text, 2);
  /* What would differ is listed; nothing changes by itself. */
  struct caller owner = house_caller(h, "owner-1");
  struct rules_differences_request all = { .rule_set = rules };
  assert_ok(h, HOUSE(h, rules_differences, &owner, &all));
  const struct json *differ = json_at(&h->body, STR("/differ"));
  bool named = false;
  for (uint32_t i = 0; i < differ->count; i++)
    named = named || str_eq(json_text(json_get(&differ->as.items[i], STR("claim"))), uuid_outside(h->arena, "clm_", old.claim));
  assert_true(named);
  assert_differences_by_batches(h, rules, differ->count);
  assert_int_equal(casework_owed(h, &old), 400000);
  /* The proposal that waited is not what the rules say now: 412, with what differs. */
  assert_int_equal(approving(h, &waiting, "approver-1"), RESULT_CONFLICT);
  assert_int_equal(h->answer.status, 412);
  assert_true(findings_has(&h->findings, STR("/total_yen"), "decision_difference"));
  assert_true(findings_has(&h->findings, STR("/rules/sha256"), "decision_difference"));
  assert_int_equal(casework_count(h, &waiting, "decision"), 0);
  /* Taken back, proposed anew and approved, it goes by the new file; what was decided before keeps its own. */
  struct caller adjuster = house_keyed(h, "adjuster-1", "take back");
  assert_ok(h, HOUSE(h, proposal_withdraw, &adjuster,
                     (&(struct take_back_request){ waiting.claim, waiting.version, waiting.proposal })));
  waiting.version = house_int(h, "/version");
  proposed(h, &waiting, "adjuster-1");
  assert_int_equal(house_int(h, "/total_yen"), 420000);
  approved(h, &waiting, "approver-1");
  assert_int_equal(house_int(h, "/total_yen"), 420000);
  assert_int_equal(casework_owed(h, &waiting), 420000);
  assert_int_equal(casework_count(h, &waiting, "proposal"), 2);
  assert_rules_of_decision(h, &waiting, sha256_of(text));
  assert_rules_of_decision(h, &old, sha256_of(casework_file(h, CASEWORK_RULES)));
  assert_int_equal(casework_owed(h, &old), 400000);
  /* Only where somebody has reason to look again does the old claim meet the new file: the rise alone is owed. */
  amended(h, &old, worked(h, 32, LEAKED, true));
  decided(h, &old);
  assert_int_equal(casework_owed(h, &old), 540000);
  assert_int_equal(casework_count(h, &old, "decision"), 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_from_draft_to_half_a_million, house_between, after),
    cmocka_unit_test_setup_teardown(test_one_person_in_both_roles_is_one_person, house_between, after),
    cmocka_unit_test_setup_teardown(test_insider, house_between, after),
    cmocka_unit_test_setup_teardown(test_awaiting_filing_later_paid, house_between, after),
    cmocka_unit_test_setup_teardown(test_amendment_pays_the_difference, house_between, after),
    cmocka_unit_test_setup_teardown(test_amendment_lowers_what_is_still_payable, house_between, after),
    cmocka_unit_test_setup_teardown(test_amendment_opens_a_recovery_and_a_rise_ends_it, house_between, after),
    cmocka_unit_test_setup_teardown(test_part_of_a_line, house_between, after),
    cmocka_unit_test_setup_teardown(test_withdrawal_ends_a_waiting_proposal, house_between, after),
    cmocka_unit_test_setup_teardown(test_returned_and_taken_back, house_between, after),
    cmocka_unit_test_setup_teardown(test_reconsideration_by_others, house_between, after),
    cmocka_unit_test_setup_teardown(test_reconsideration_taken_back, house_between, after),
    cmocka_unit_test_setup_teardown(test_the_same_incident_twice, house_between, after),
    cmocka_unit_test_setup_teardown(test_two_incidents_in_one_month, house_between, after),
    cmocka_unit_test_setup_teardown(test_rules_corrected, house_between, after),
  };
  return cmocka_run_group_tests(tests, casework_open, casework_close);
}
