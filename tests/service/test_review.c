/* review: facts proved, corrected, refuted and reopened; asking, resting and waking; holds, payees, stepping away; what a
 * change of the roster does to a decided claim. */
#include "casework.h"

static struct house house;
static struct casework_places places;
static size_t place;

static int up(void **state) {
  casework_up(&house);
  places = casework_places(&house, 20);
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

static int after(void **state) {
  casework_invariants(*state);
  return 0;
}

static struct kase reviewed(struct house *h, const char *facts) {
  struct kase k = filed_with(h, "clinic-1", places.ids[place++], facts, NULL);
  taken(h, &k, "adjuster-1");
  return k;
}

static result checking(struct house *h, const struct kase *k, const struct fact_check_item *items, size_t count) {
  struct caller c = house_caller(h, "adjuster-1");
  return HOUSE(h, facts_check, &c, (&(struct fact_check_request){ k->claim, SERVICE_ANY_VERSION, items, count }));
}

static bool is_open(struct house *h, const struct kase *k, const char *key) {
  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, claim_assess, &c, (&(struct assess_request){ k->claim })));
  const struct json *open = json_at(&h->body, STR("/open"));
  for (uint32_t i = 0; i < open->count; i++)
    if (str_eq(json_text(&open->as.items[i]), str_of(key))) return true;
  return false;
}

/* ---- facts */

static void test_a_check_is_refused_for_every_reason_at_once(void **state) {
  struct house *h = *state;
  struct kase k = reviewed(h, SCENE_FACTS);
  struct uuid nowhere = { { 1 } };
  const struct fact_check_item items[] = {
    { .key = STR("/incident/weather"), .verdict = CHECK_PROVED, .reason = STR("x") },
    { .key = STR("/incident/insider_crime"), .verdict = CHECK_REFUTED, .reason = STR("x") },                /* false: not refutable */
    { .key = STR("/leak/caused_by_attack"), .verdict = CHECK_PROVED, .reason = STR("x") },                  /* unknown */
    { .key = STR("/incident/cyber_attack"), .verdict = CHECK_PROVED },                                     /* no ground */
    { .key = STR("/incident/cyber_attack"), .verdict = CHECK_REFUTED, .reason = STR("x") },                 /* twice */
    { .key = STR("/closures"), .verdict = CHECK_CORRECTED, .reason = STR("x"), .evidence = &nowhere, .evidence_count = 1 },
    { .key = STR("/filings/jma_on"), .verdict = CHECK_REOPENED, .reason = STR("x") },
  };
  assert_int_equal(checking(h, &k, items, COUNT_OF(items)), RESULT_REFUSED);
  assert_true(findings_has(&h->findings, STR("/checks/0/key"), "unknown_fact"));
  assert_true(findings_has(&h->findings, STR("/checks/1/verdict"), "must_be_corrected"));
  assert_true(findings_has(&h->findings, STR("/checks/2/verdict"), "fact_unknown"));
  assert_true(findings_has(&h->findings, STR("/checks/3/reason"), "check_reason"));
  assert_true(findings_has(&h->findings, STR("/checks/4/key"), "check_twice"));
  assert_true(findings_has(&h->findings, STR("/checks/5/value"), "check_value"));
  assert_true(findings_has(&h->findings, STR("/checks/5/evidence"), "evidence_unknown"));
  assert_true(findings_has(&h->findings, STR("/checks/6/verdict"), "reopen_nothing"));
  assert_int_equal(casework_count(h, &k, "fact_check"), 0);
}

static result found_harmful(struct tx *tx, void *context) {
  const struct uuid *file = context;
  store_evidence_scan_insert(tx, &(struct evidence_scan_row){ .id = tx_new_id(tx), .evidence_id = *file, .verdict = STR("infected"),
                                                              .engine = STR("ClamAV 1.4.3"), .signature = STR("Eicar-Test-Signature") });
  return RESULT_OK;
}

/* What nobody can open is no ground. */
static void test_harmful_file_is_no_ground(void **state) {
  struct house *h = *state;
  struct kase k = reviewed(h, SCENE_FACTS);
  struct uuid file = evidence_sent(h, &k, "clinic-1");
  house_does(h, "service", found_harmful, &file);
  assert_int_equal(corrected_to(h, &k, "adjuster-1", "/incident/occurred_on", "\"2026-04-07\"", file), RESULT_REFUSED);
  assert_true(findings_has(&h->findings, STR("/checks/0/evidence"), "evidence_infected"));
  assert_int_equal(casework_count(h, &k, "fact_check"), 0);
}

/* Two corrections that are right only together are one set (P29 contradiction). */
static void test_corrections_are_one_set(void **state) {
  struct house *h = *state;
  struct kase k = reviewed(h, SCENE_FACTS);
  struct uuid file = evidence_sent(h, &k, "clinic-1");
  struct json yes = json_of_bool(true);
  struct fact_check_item items[] = {
    { .key = STR("/leak/caused_by_attack"), .verdict = CHECK_CORRECTED, .value = &yes, .reason = STR("調査報告書"), .evidence = &file,
      .evidence_count = 1 },
    { .key = STR("/leak/occurred"), .verdict = CHECK_CORRECTED, .value = &yes, .reason = STR("調査報告書"), .evidence = &file,
      .evidence_count = 1 },
  };
  assert_int_equal(checking(h, &k, items, 1), RESULT_REFUSED);
  assert_true(findings_has(&h->findings, STR("/leak/caused_by_attack"), "contradiction"));
  assert_ok(h, checking(h, &k, items, 2));
  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, claim_assess, &c, (&(struct assess_request){ k.claim })));
  assert_int_equal(house_int(h, "/decision/items/leak_by_attack/amount_yen"), 100000);
  /* The clinic sees what the rules make of its own words, and nothing of the correction. */
  struct caller clinic = house_caller(h, "clinic-1");
  assert_ok(h, HOUSE(h, claim_assess, &clinic, (&(struct assess_request){ k.claim })));
  assert_int_equal(house_int(h, "/decision/items/leak_by_attack/amount_yen"), 0);
}

/* P2: a fake warning with nobody let in is no attack. */
static void test_refuted_and_reopened(void **state) {
  struct house *h = *state;
  struct kase k = reviewed(h, SCENE_FACTS);
  struct fact_check_item item = { .key = STR("/incident/cyber_attack"), .verdict = CHECK_REFUTED, .reason = STR("偽の警告だけ。") };
  assert_ok(h, checking(h, &k, &item, 1));
  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, claim_assess, &c, (&(struct assess_request){ k.claim })));
  assert_int_equal(house_int(h, "/decision/total_yen"), 0);
  item.verdict = CHECK_REOPENED;
  assert_ok(h, checking(h, &k, &item, 1));
  assert_ok(h, HOUSE(h, claim_assess, &c, (&(struct assess_request){ k.claim })));
  assert_int_equal(house_int(h, "/decision/total_yen"), 300000);
  assert_true(is_open(h, &k, "/incident/cyber_attack"));
}

/* A check binds to the value: an amendment of another fact leaves it standing, one of its own does not. */
static void test_checks_survive_amendments(void **state) {
  struct house *h = *state;
  struct kase k = reviewed(h, SCENE_FACTS);
  proved(h, &k, "adjuster-1");
  assert_false(is_open(h, &k, "/closures"));
  static const char *const other_closures =
    "{\"incident\":{\"occurred_on\":\"2026-04-06\",\"cyber_attack\":true,\"insider_crime\":false},"
    "\"closures\":[{\"from\":\"2026-04-07\",\"to\":\"2026-04-09\",\"scope\":\"all\"}],"
    "\"leak\":{\"occurred\":false},\"filings\":{\"jma_on\":\"2026-04-07\"}}";
  amended(h, &k, other_closures);
  assert_true(is_open(h, &k, "/closures"));
  assert_false(is_open(h, &k, "/incident/cyber_attack"));
  amended(h, &k, SCENE_FACTS);          /* the value that was proved is back, and so is its proof */
  assert_false(is_open(h, &k, "/closures"));
}

/* Two people on one fact: who looked before the other's check is told to look again, and makes none (412). */
static void test_a_check_names_what_was_seen(void **state) {
  struct house *h = *state;
  struct kase k = reviewed(h, SCENE_FACTS);
  struct uuid nothing = { { 0 } };
  struct fact_check_item item = {
    .key = STR("/incident/cyber_attack"), .verdict = CHECK_PROVED, .reason = STR("電話で確かめた。"), .seen = &nothing
  };
  assert_ok(h, checking(h, &k, &item, 1));
  struct uuid first = house_id(h, "/checks/0/check", "fact_check");
  item.verdict = CHECK_REFUTED;
  assert_conflict(h, checking(h, &k, &item, 1), 412, "check_stale");
  assert_true(findings_has(&h->findings, STR("/checks/0/key"), "check_stale"));
  assert_int_equal(casework_count(h, &k, "fact_check"), 1);
  struct fact_check_item both[] = { { .key = STR("/closures"), .verdict = CHECK_PROVED, .reason = STR("電話で確かめた。") }, item };
  assert_conflict(h, checking(h, &k, both, COUNT_OF(both)), 412, "check_stale");
  assert_int_equal(casework_count(h, &k, "fact_check"), 1); /* none of the set */
  item.seen = &first;
  assert_ok(h, checking(h, &k, &item, 1));
  assert_int_equal(casework_count(h, &k, "fact_check"), 2);
}

/* ---- who may be given a claim, and what waits for an approver */

static bool lists(const struct json *rows, const char *member, str value) {
  for (uint32_t i = 0; i < rows->count; i++)
    if (str_eq(json_text(json_get(&rows->as.items[i], str_of(member))), value)) return true;
  return false;
}

static void test_claims_are_given_to_adjusters(void **state) {
  struct house *h = *state;
  static const struct { const char *who; bool is_one; } people[] = {
    { "adjuster-1", true }, { "adjuster-2", true }, { "both-1", true }, { "approver-1", false }, { "owner-1", false },
  };
  struct caller approver = house_caller(h, "approver-1"), owner = house_caller(h, "owner-1");
  assert_ok(h, HOUSE(h, adjusters_list, &approver, NULL));
  const struct json *adjusters = json_at(&h->body, STR("/adjusters"));
  assert_int_equal(adjusters->count, 3);
  for (size_t i = 0; i < COUNT_OF(people); i++) {
    str id = uuid_outside(h->arena, service_prefix("person"), house_person(h, people[i].who)->person);
    assert_int_equal(lists(adjusters, "person", id), people[i].is_one);
    assert_int_equal(lists(adjusters, "name", str_of(people[i].who)), people[i].is_one);
  }
  assert_refused(h, HOUSE(h, adjusters_list, &owner, NULL), 403, "role_needed");
}

/* The waiting proposal of this claim, as `who` sees it; NULL where there is none. */
static const struct json *waiting_for(struct house *h, const struct kase *k, const char *who) {
  struct caller c = house_caller(h, who);
  assert_ok(h, HOUSE(h, proposals_waiting, &c, NULL));
  const struct json *proposals = json_at(&h->body, STR("/proposals"));
  str claim = uuid_outside(h->arena, service_prefix("claim"), k->claim);
  for (uint32_t i = 0; i < proposals->count; i++)
    if (str_eq(json_text(json_get(&proposals->as.items[i], STR("claim"))), claim)) return &proposals->as.items[i];
  return NULL;
}

static void test_proposals_wait_for_somebody_else(void **state) {
  struct house *h = *state;
  struct kase k = filed_with(h, "clinic-1", places.ids[place++], SCENE_FACTS, NULL);
  taken(h, &k, "both-1");
  proved(h, &k, "both-1");
  assert_null(waiting_for(h, &k, "approver-1"));
  proposed(h, &k, "both-1");
  const struct json *one = waiting_for(h, &k, "approver-1");
  assert_non_null(one);
  assert_true(str_eq(json_text(json_get(one, STR("name"))), STR("both-1")));
  assert_true(json_get(one, STR("refusal"))->kind == JSON_KIND_NULL);
  assert_int_equal(json_at(one, STR("/decision/total_yen"))->integer, 300000); /* P8, P9: two days closed */
  one = waiting_for(h, &k, "both-1");   /* four eyes: shown, and why it is not theirs to approve */
  assert_non_null(one);
  assert_true(str_eq(json_text(json_at(one, STR("/refusal/code"))), STR("approval_by_other_person")));
  struct caller adjuster = house_caller(h, "adjuster-1");
  assert_refused(h, HOUSE(h, proposals_waiting, &adjuster, NULL), 403, "role_needed");
  approved(h, &k, "approver-1");
  assert_null(waiting_for(h, &k, "approver-2"));
}

/* ---- silence */

static void test_silence_rests_and_wakes(void **state) {
  struct house *h = *state;
  struct kase k = reviewed(h, SCENE_FACTS);
  struct caller c = house_caller(h, "adjuster-1"), clinic = house_caller(h, "clinic-1");
  day due = day_in_japan(h->fixture.now_us) + 14;
  assert_ok(h, HOUSE(h, information_ask, &c,
                     (&(struct information_request_request){ k.claim, k.version, NULL, 0, due, STR("お知らせください。") })));
  struct job_report report;
  assert_int_equal(job_rest_silent(&h->service, 30, 100, &report), RESULT_OK);
  assert_int_equal(report.done, 0);
  h->fixture.now_us += INT64_C(45) * 86400 * 1000000;
  assert_int_equal(job_rest_silent(&h->service, 30, 100, &report), RESULT_OK);
  assert_int_equal(report.done, 1);
  assert_int_equal(report.failed, 0);
  assert_ok(h, HOUSE(h, claim_wake, &clinic, (&(struct wake_request){ k.claim, SERVICE_ANY_VERSION })));
  assert_string_equal(str_z(h->arena, house_text(h, "/state")), "info_requested");
}

static void test_the_job_finds_what_was_not_searched(void **state) {
  struct house *h = *state;
  struct caller c = house_keyed(h, "clinic-1", "file");
  struct file_request r = { .facility = places.ids[place++], .channel = STR("online"), .declaration = *casework_declared(),
                            .documents = { .facts = casework_json(h, SCENE_FACTS) } };
  assert_ok(h, HOUSE(h, claim_file, &c, &r));
  struct job_report report;
  assert_int_equal(job_search_duplicates(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(report.done, 1);
  assert_int_equal(job_search_duplicates(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(report.done, 0);
}

/* ---- holds and persons */

static void test_a_hold_that_two_release(void **state) {
  struct house *h = *state;
  struct kase k = reviewed(h, SCENE_FACTS);
  struct caller one = house_caller(h, "adjuster-1"), two = house_caller(h, "approver-1");
  assert_int_not_equal(HOUSE(h, hold_set, &one, (&(struct hold_request){ k.claim, STR("whim"), STR("x") })), RESULT_OK);
  assert_string_equal(h->findings.items[0].code, "hold_kind_fkey");
  assert_ok(h, HOUSE(h, hold_set, &one, (&(struct hold_request){ k.claim, STR("legal"), STR("訴訟中") })));
  struct hold_release_request r = { house_id(h, "/hold", "hold"), STR("和解した。") };
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  assert_int_equal(approving(h, &k, "approver-1"), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "hold_open");
  assert_ok(h, HOUSE(h, hold_release, &one, &r));
  assert_true(json_at(&h->body, STR("/lasts"))->kind == JSON_KIND_TRUE);
  assert_int_equal(HOUSE(h, hold_release, &one, &r), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "hold_release_by_other_person");
  assert_ok(h, HOUSE(h, hold_release, &two, &r));
  assert_int_equal(HOUSE(h, hold_release, &two, &r), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "hold_released");
  approved(h, &k, "approver-1");
}

static void test_stepping_away(void **state) {
  struct house *h = *state;
  struct kase k = reviewed(h, SCENE_FACTS);
  struct caller c = house_caller(h, "adjuster-1");
  proved(h, &k, "adjuster-1");
  assert_ok(h, HOUSE(h, claim_recuse, &c, (&(struct recuse_request){ k.claim, STR("") })));
  k.version = house_int(h, "/version");
  assert_int_equal(HOUSE(h, claim_propose, &c, (&(struct propose_request){ k.claim, k.version })), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "recused");
  assert_int_equal(HOUSE(h, claim_assign, &c, (&(struct assign_request){ k.claim, k.version, c.person })), RESULT_CONFLICT);
  taken(h, &k, "adjuster-2");
  proposed(h, &k, "adjuster-2");
}

/* Who corrected a fact does not approve, whatever roles they hold. */
static void test_who_corrects_does_not_approve(void **state) {
  struct house *h = *state;
  struct kase k = reviewed(h, SCENE_FACTS);
  struct uuid file = evidence_sent(h, &k, "clinic-1");
  assert_ok(h, corrected_to(h, &k, "both-1", "/filings/jma_on", "\"2026-04-08\"", file));
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  assert_int_equal(approving(h, &k, "both-1"), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "approval_not_by_corrector");
  approved(h, &k, "approver-1");
}

/* A payee that was changed within 10 days is confirmed by calling back before anything is approved. */
static void test_a_changed_payee_is_called_back(void **state) {
  struct house *h = *state;
  static const char payee[] = "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\","
                              "\"account_number\":\"1234567\",\"holder_name\":\"ヤマダタロウ\"}";
  static const char other[] = "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\","
                              "\"account_number\":\"7654321\",\"holder_name\":\"ヤマダタロウ\"}";
  struct kase k = filed_with(h, "clinic-1", places.ids[place++], SCENE_FACTS, payee);
  taken(h, &k, "adjuster-1");
  struct caller clinic = house_keyed(h, "clinic-1", "payee"), adjuster = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, payee_change, &clinic, (&(struct payee_request){ k.claim, 1, casework_json(h, other) })));
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  assert_int_equal(approving(h, &k, "approver-1"), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "payee_call_back");
  assert_ok(h, HOUSE(h, case_view, &adjuster, (&(struct case_request){ k.claim })));
  struct payee_confirm_request r = { k.claim, house_id(h, "/payee/payee_version", "payee_version"), STR("call_back"), STR("院長本人") };
  assert_ok(h, HOUSE(h, payee_confirm, &adjuster, &r));
  approved(h, &k, "approver-1");
}

static int64_t lines_that_are(struct house *h, const struct kase *k, const char *line_state) {
  char claim[37];
  uuid_write(k->claim, claim);
  return house_count(h, str_z(h->arena, str_format(h->arena, "SELECT count(*) FROM shienkin.entitlement_line WHERE claim_id = '%s' "
                                                             "AND shienkin.line_state(id) = '%s'", claim, line_state)));
}

/* A changed payee whose holder is not the roster's: two persons release the hold, and the call is made all the same. */
static void test_a_payee_of_another_name_is_held_for_two(void **state) {
  struct house *h = *state;
  static const char payee[] = "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\","
                              "\"account_number\":\"1234567\",\"holder_name\":\"ヤマダタロウ\"}";
  static const char other[] = "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\","
                              "\"account_number\":\"7654321\",\"holder_name\":\"スズキジロウ\"}";
  struct kase k = filed_with(h, "clinic-1", places.ids[place++], SCENE_FACTS, payee);
  taken(h, &k, "adjuster-1");
  struct caller clinic = house_keyed(h, "clinic-1", "payee"), first = house_caller(h, "adjuster-2"), second = house_caller(h, "approver-2");
  assert_ok(h, HOUSE(h, payee_change, &clinic, (&(struct payee_request){ k.claim, 1, casework_json(h, other) })));
  assert_null(json_at(&h->body, STR("/roster_match")));         /* who tries names learns nothing */
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  assert_ok(h, HOUSE(h, case_view, &first, (&(struct case_request){ k.claim })));
  assert_string_equal(str_z(h->arena, house_text(h, "/holds/0/kind")), "payee_mismatch");
  struct uuid version = house_id(h, "/payee/payee_version", "payee_version");
  struct hold_release_request release = { house_id(h, "/holds/0/hold", "hold"), STR("登記で代表者の変更を確かめた。") };
  struct payee_confirm_request posted = { k.claim, version, STR("posted_code"), STR("") };
  assert_ok(h, HOUSE(h, payee_confirm, &first, &posted));       /* another way than the call is not enough */
  assert_int_equal(approving(h, &k, "approver-1"), RESULT_CONFLICT);
  assert_string_equal(h->findings.items[0].code, "payee_call_back");
  struct payee_confirm_request called = { k.claim, version, STR("call_back"), STR("名簿の番号へ。") };
  assert_ok(h, HOUSE(h, payee_confirm, &first, &called));
  approved(h, &k, "approver-1");        /* the facts are decided; the money waits for the hold */
  assert_int_equal(lines_that_are(h, &k, "held"), 2);
  assert_ok(h, HOUSE(h, hold_release, &first, &release));
  assert_true(json_at(&h->body, STR("/lasts"))->kind == JSON_KIND_TRUE);
  assert_int_equal(HOUSE(h, hold_release, &first, &release), RESULT_CONFLICT);         /* one person is one person */
  assert_string_equal(h->findings.items[0].code, "hold_release_by_other_person");
  assert_int_equal(lines_that_are(h, &k, "held"), 2);
  assert_ok(h, HOUSE(h, hold_release, &second, &release));
  assert_true(json_at(&h->body, STR("/lasts"))->kind == JSON_KIND_FALSE);
  assert_int_equal(lines_that_are(h, &k, "payable"), 2);
}

/* ---- a change of the roster */

static void test_a_roster_change_reopens_only_by_a_person(void **state) {
  struct house *h = *state;
  struct kase k = reviewed(h, SCENE_FACTS);
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  approved(h, &k, "approver-1");
  str csv = str_format(h->arena, "key,kind,name,from,member_number,relation\nS-%04zu,hospital,Hospital,2020-04-01,100001,opens\n", place - 1);
  struct caller owner = house_caller(h, "owner-1"), adjuster = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, roster_import, &owner,
                     (&(struct roster_import_request){ .kind = ROSTER_FACILITIES, .file_name = STR("mend.csv"), .bytes = csv })));
  assert_int_equal(house_int(h, "/decisions_touched"), 1);
  assert_int_equal(casework_owed(h, &k), 300000);
  assert_ok(h, HOUSE(h, case_view, &adjuster, (&(struct case_request){ k.claim })));
  assert_int_equal(json_at(&h->body, STR("/holds"))->count, 1);
  struct finding_settle_request r = { k.claim, k.version, house_id(h, "/roster_findings/0/finding", "roster_finding"), true,
                                      STR("病床の届出があった。") };
  assert_ok(h, HOUSE(h, roster_finding_settle, &adjuster, &r));
  assert_string_equal(str_z(h->arena, house_text(h, "/state")), "in_review");
  k.version = house_int(h, "/version");
  proposed(h, &k, "adjuster-1");
  approved(h, &k, "approver-1");        /* the hold went with the last finding */
  assert_int_equal(casework_count(h, &k, "decision"), 2);
  assert_int_equal(casework_owed(h, &k), 300000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_a_check_is_refused_for_every_reason_at_once, next, after),
    cmocka_unit_test_setup_teardown(test_harmful_file_is_no_ground, next, after),
    cmocka_unit_test_setup_teardown(test_corrections_are_one_set, next, after),
    cmocka_unit_test_setup_teardown(test_refuted_and_reopened, next, after),
    cmocka_unit_test_setup_teardown(test_checks_survive_amendments, next, after),
    cmocka_unit_test_setup_teardown(test_a_check_names_what_was_seen, next, after),
    cmocka_unit_test_setup_teardown(test_claims_are_given_to_adjusters, next, after),
    cmocka_unit_test_setup_teardown(test_proposals_wait_for_somebody_else, next, after),
    cmocka_unit_test_setup_teardown(test_a_hold_that_two_release, next, after),
    cmocka_unit_test_setup_teardown(test_stepping_away, next, after),
    cmocka_unit_test_setup_teardown(test_who_corrects_does_not_approve, next, after),
    cmocka_unit_test_setup_teardown(test_a_changed_payee_is_called_back, next, after),
    cmocka_unit_test_setup_teardown(test_a_payee_of_another_name_is_held_for_two, next, after),
    cmocka_unit_test_setup_teardown(test_a_roster_change_reopens_only_by_a_person, next, after),
    cmocka_unit_test_setup_teardown(test_the_job_finds_what_was_not_searched, next, after),
    cmocka_unit_test_setup_teardown(test_silence_rests_and_wakes, next, after),
  };
  return cmocka_run_group_tests(tests, up, down);
}
