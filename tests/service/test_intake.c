/* intake: from the first draft to a withdrawal, as clinics, proxies and the staff do it. */
#include "claims.h"
#include "shienkin/service/jobs.h"

static void assert_text(struct house *h, const char *pointer, const char *text) {
  str s = house_text(h, pointer);
  if (!str_eq(s, str_of(text))) fail_msg("%s is %.*s, not %s", pointer, STR_ARG(s), text);
}

static bool found(struct house *h, const char *pointer, const char *code) {
  return findings_has(&h->findings, str_of(pointer), code);
}

/* ---- helpers over use cases */

static struct uuid begun(struct house *h, const char *name, const char *document) {
  struct caller c = house_keyed(h, name, "begin");
  struct draft_begin_request r = { h->clinic_1, STR("online"), document ? json_text_of(h, document) : NULL };
  assert_ok(h, HOUSE(h, draft_begin, &c, &r));
  return house_id(h, "/claim", "claim");
}

static result submit(struct house *h, const char *name, struct uuid claim, int64_t version) {
  struct caller c = house_keyed(h, name, "submit");
  struct submit_request r = { .claim = claim, .version = version, .declaration = declared() };
  return HOUSE(h, claim_submit, &c, &r);
}

static result view(struct house *h, const char *name, struct uuid claim) {
  struct caller c = house_caller(h, name);
  struct claim_request r = { claim };
  return HOUSE(h, claim_view, &c, &r);
}

/* ---- filing */

/* A draft is begun, saved by another person of the clinic, read again, and submitted: one claim, one receipt. */
static void test_filed_with_a_draft_between(void **state) {
  struct house *h = *state;
  struct uuid claim = begun(h, "clinic-1", "{\"facts\":{\"incident\":{\"cyber_attack\":null}},\"step\":\"1\"}");
  struct caller c = house_keyed(h, "clinic-1b", "save");
  struct draft_save_request s = {
    claim, 1,
    json_text_of(h, "{\"facts\":" FACTS_WORKED ",\"payee\":" PAYEE_YAMADA
                    ",\"report\":{\"authorities\":[{\"kind\":\"police\",\"told_on\":\"2026-05-11\"}]},"
                    "\"unknown\":[\"/leak/persons\"]}")
  };
  assert_ok(h, HOUSE(h, draft_save, &c, &s));
  assert_int_equal(h->answer.version, 2);
  assert_conflict(h, submit(h, "clinic-1", claim, 1), 412, "version_stale");
  struct caller reader = house_caller(h, "clinic-1");
  struct claim_request r = { claim };
  assert_ok(h, HOUSE(h, draft_read, &reader, &r));
  assert_text(h, "/document/facts/incident/occurred_on", "2026-05-11");
  assert_text(h, "/document/unknown/0", "/leak/persons");

  assert_ok(h, submit(h, "clinic-1", claim, 2));
  assert_int_equal(h->answer.status, 201);
  assert_text(h, "/number", "C-2026-000001");
  assert_text(h, "/state", "submitted");
  assert_text(h, "/submitted_at", str_z(h->arena, service_moment_text(h->arena, h->fixture.now_us)));
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.facts_version WHERE convert_from(rule_facts, 'UTF8')::jsonb "
                     "#> '{leak,persons}' = 'null'"),
      1);
  /* No free text, no name, nothing of the roster in what the rules may see. */
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.facts_version WHERE convert_from(rule_facts, 'UTF8') LIKE ANY "
                     "(ARRAY['%電子%', '%やまだ%', '%A1%', '%opens%', '%1312345679%'])"),
      0);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.hold"), 0);

  assert_ok(h, view(h, "clinic-1b", claim));
  assert_text(h, "/facts/incident/summary", "電子カルテが暗号化された");
  assert_text(h, "/roster/class", "A1");
  assert_text(h, "/payee/account_number", "****543");
  assert_text(h, "/payee/holder_name", "ｲ)ﾔﾏﾀﾞｲｲﾝ");
  assert_text(h, "/report/authorities/0/kind", "police");
  assert_text(h, "/steps/0/type", "claim.begun");
  assert_text(h, "/steps/1/type", "claim.submitted");
  assert_conflict(h, submit(h, "clinic-1", claim, 2), 409, "draft_submitted");
}

/* The same request twice is one claim, and the answer is the same to the byte; another body under the key is refused. */
static void test_submitted_twice(void **state) {
  struct house *h = *state;
  int64_t before = house_count(h, "SELECT count(*) FROM shienkin.claim");
  struct caller c = house_keyed(h, "clinic-1", "the worked example");
  struct file_request r = { h->clinic_1, STR("online"), declared(), { json_text_of(h, FACTS_WORKED), NULL, NULL } };
  assert_ok(h, HOUSE(h, claim_file, &c, &r));
  str first = h->answer.body;
  struct uuid event = h->answer.event;
  h->fixture.now_us += 60000000;
  assert_ok(h, HOUSE(h, claim_file, &c, &r));
  assert_true(h->answer.replayed);
  assert_int_equal(h->answer.status, 201);
  assert_true(str_eq(first, h->answer.body));
  assert_true(uuid_eq(event, h->answer.event));
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.claim"), before + 1);
  c.fingerprint = sha256_of(STR("another body"));
  assert_refused(h, HOUSE(h, claim_file, &c, &r), 422, "idempotency_key_reused");
  /* Keys of two accounts never meet. */
  struct caller other = house_caller(h, "clinic-1b");
  other.idempotency_key = c.idempotency_key;
  other.fingerprint = c.fingerprint;
  assert_ok(h, HOUSE(h, claim_file, &other, &r));
  assert_false(h->answer.replayed);
}

/* A refusal is remembered like an answer: nothing was written, and the same request hears the same. */
static void test_refusal_remembered(void **state) {
  struct house *h = *state;
  int64_t before = house_count(h, "SELECT count(*) FROM shienkin.claim");
  struct caller c = house_keyed(h, "clinic-1", "bad");
  struct file_request r = {
    h->clinic_1,
    STR("online"),
    declared(),
    { json_text_of(h, "{\"incident\":{\"occurred_on\":\"2026-05-21\",\"cyber_attack\":\"yes\"},"
                      "\"member\":{\"class\":\"A1\"},\"facility\":{\"kind\":\"clinic\",\"colour\":1},"
                      "\"closures\":[{\"from\":\"2026-05-12\",\"to\":\"2026-05-11\",\"scope\":\"all\"}]}"),
      json_text_of(h, "{\"bank_code\":\"12\",\"branch_code\":\"001\",\"account_type\":\"ordinary\","
                      "\"account_number\":\"1\",\"holder_name\":\"山田\"}"),
      NULL }
  };
  assert_refused(h, HOUSE(h, claim_file, &c, &r), 422, "read_only_fact");
  /* Everything in one answer, document by document. */
  assert_true(found(h, "/facts/incident/occurred_on", "in_future"));
  assert_true(found(h, "/facts/incident/cyber_attack", "type"));
  assert_true(found(h, "/facts/member/class", "read_only_fact"));
  assert_true(found(h, "/facts/facility/kind", "read_only_fact"));
  assert_true(found(h, "/facts/facility/colour", "unknown_property"));
  assert_true(found(h, "/facts/closures/0/to", "range_reversed"));
  assert_true(found(h, "/payee/bank_code", "payee_bank"));
  assert_true(found(h, "/payee/holder_name", "payee_name_character"));
  size_t count = h->findings.count;
  assert_int_equal(count, 8);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.claim"), before);
  assert_refused(h, HOUSE(h, claim_file, &c, &r), 422, "read_only_fact");
  assert_true(h->answer.replayed);
  assert_int_equal(h->findings.count, count);
  assert_true(found(h, "/payee/bank_code", "payee_bank"));
}

static void test_declaration(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "clinic-1");
  struct file_request r = {
    h->clinic_1, STR("online"), { STR("2026-04"), false }, { json_text_of(h, FACTS_WORKED), NULL, NULL }
  };
  assert_refused(h, HOUSE(h, claim_file, &c, &r), 422, "declaration_required");
  r.declaration = (struct declaration){ STR("2022-06"), true };
  assert_int_equal(HOUSE(h, claim_file, &c, &r), RESULT_CONFLICT);
  assert_true(found(h, "/declaration/version", "declaration_outdated"));
}

/* ---- paper, telephone, proxy: marked, and not for everybody */

static void test_filed_by_others(void **state) {
  struct house *h = *state;
  static const struct {
    const char *name, *channel;
    const char *refused;
  } cases[] = {
    { "adjuster-1", "paper", NULL },
    { "approver-1", "telephone", NULL },
    { "proxy-1", "proxy", NULL },
    { "adjuster-1", "online", "channel" },
    { "clinic-1", "paper", "channel" },
    { "clinic-2", "online", "facility_not_yours" },
    { "cashier-1", "paper", "role_needed" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct caller c = house_keyed(h, cases[i].name, "file");
    struct file_request r = {
      h->clinic_1, str_of(cases[i].channel), declared(), { json_text_of(h, FACTS_WORKED), NULL, NULL }
    };
    result got = HOUSE(h, claim_file, &c, &r);
    if (cases[i].refused)
      assert_refused(h, got, 0, cases[i].refused);
    else
      assert_ok(h, got);
  }
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.claim c JOIN shienkin.facts_version f ON f.claim_id = c.id "
                     "WHERE c.channel = f.source AND c.channel IN ('paper', 'telephone', 'proxy')"),
      3);
  struct caller c = house_keyed(h, "proxy-1", "file");
  struct file_request r = { h->clinic_2, STR("proxy"), declared(), { json_text_of(h, FACTS_WORKED), NULL, NULL } };
  assert_refused(h, HOUSE(h, claim_file, &c, &r), 403, "facility_not_yours");
}

/* A facility that the roster does not know: the claim is taken and held, never judged to be nobody's. */
static void test_unknown_to_the_roster(void **state) {
  struct house *h = *state;
  struct caller c = house_keyed(h, "adjuster-1", "open");
  struct facility_open_request o = { STR("新規開業、名簿未反映") };
  assert_ok(h, HOUSE(h, facility_open, &c, &o));
  struct uuid facility = house_id(h, "/facility", "facility");
  c = house_keyed(h, "adjuster-1", "file");
  struct file_request r = { facility, STR("paper"), declared(), { json_text_of(h, FACTS_WORKED), NULL, NULL } };
  assert_ok(h, HOUSE(h, claim_file, &c, &r));
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.hold WHERE kind = 'member_unresolved'"), 1);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.incident WHERE member_id IS NULL"), 1);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.event WHERE type = 'claim.submitted' AND "
                                  "convert_from(body, 'UTF8')::jsonb #>> '{data,holds,0}' = 'member_unresolved'"),
                   1);
}

/* ---- whose claim it is */

static void test_other_clinics_see_nothing(void **state) {
  struct house *h = *state;
  struct uuid claim = filed(h);
  struct caller c = house_caller(h, "clinic-2");
  struct claims_request list = { .limit = 10 };
  assert_ok(h, HOUSE(h, claim_list, &c, &list));
  assert_int_equal(json_at(&h->body, STR("/claims"))->count, 0);
  assert_int_equal(view(h, "clinic-2", claim), RESULT_NOT_FOUND);
  assert_int_equal(h->answer.status, 404);
  struct amend_request amend = { claim, SERVICE_ANY_VERSION, STR("online"), declared(), json_text_of(h, FACTS_WORKED) };
  assert_int_equal(HOUSE(h, claim_amend, &c, &amend), RESULT_NOT_FOUND);
  struct withdraw_request withdraw = { claim, SERVICE_ANY_VERSION, STR("") };
  assert_int_equal(HOUSE(h, claim_withdraw, &c, &withdraw), RESULT_NOT_FOUND);
  struct message_request message = { claim, STR("?") };
  assert_int_equal(HOUSE(h, message_write, &c, &message), RESULT_NOT_FOUND);
  struct payee_request payee = { claim, SERVICE_ANY_VERSION, json_text_of(h, PAYEE_YAMADA) };
  assert_int_equal(HOUSE(h, payee_change, &c, &payee), RESULT_NOT_FOUND);
  struct evidence_begin_request evidence = { .claim = claim, .name = STR("a.pdf"), .length = 10 };
  assert_int_equal(HOUSE(h, evidence_begin, &c, &evidence), RESULT_NOT_FOUND);
  /* Its own sees it in its list. */
  c = house_caller(h, "clinic-1b");
  list.limit = 1;
  assert_ok(h, HOUSE(h, claim_list, &c, &list));
  assert_true(uuid_eq(house_id(h, "/claims/0/claim", "claim"), claim));
  assert_true(uuid_eq(house_id(h, "/next", "claim"), claim));
  list.before = claim;
  assert_ok(h, HOUSE(h, claim_list, &c, &list));
  assert_false(uuid_eq(house_id(h, "/claims/0/claim", "claim"), claim));
}

/* ---- changes */

#define FACTS_AMENDED                                                                                                          \
  "{\"incident\":{\"occurred_on\":\"2026-05-10\",\"cyber_attack\":true,\"attack_type\":\"ransomware\","                        \
  "\"insider_crime\":false,\"summary\":\"電子カルテが暗号化された\"},\"facility\":{\"name\":\"やまだ医院\"}," \
  "\"closures\":[{\"from\":\"2026-05-12\",\"to\":\"2026-05-19\",\"scope\":\"all\"}],"                                          \
  "\"leak\":{\"occurred\":true,\"caused_by_attack\":true},\"filings\":{\"jma_on\":\"2026-05-12\"}}"

static void test_amended(void **state) {
  struct house *h = *state;
  struct uuid claim = filed(h);
  struct caller c = house_keyed(h, "clinic-1", "amend");
  struct amend_request r = { claim, 1, STR("online"), declared(), json_text_of(h, FACTS_AMENDED) };
  assert_int_equal(HOUSE(h, claim_amend, &c, &r), RESULT_CONFLICT);
  assert_int_equal(h->answer.status, 412);
  r.version = 2;
  c = house_keyed(h, "clinic-1", "amend 2");
  assert_ok(h, HOUSE(h, claim_amend, &c, &r));
  assert_int_equal(h->answer.version, 3);
  assert_int_equal(house_int(h, "/facts_version"), 2);
  assert_text(h, "/changed/0", "/incident/occurred_on");
  assert_text(h, "/changed/1", "/closures");
  assert_int_equal(json_at(&h->body, STR("/changed"))->count, 2);
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.incident WHERE occurred_on = '2026-05-10' AND version = 2"), 1);
  r.version = 3;
  c = house_keyed(h, "clinic-1", "amend 3");
  assert_refused(h, HOUSE(h, claim_amend, &c, &r), 422, "nothing_changed");
}

static void test_withdrawn(void **state) {
  struct house *h = *state;
  struct uuid claim = filed(h);
  struct caller c = house_keyed(h, "clinic-1", "withdraw");
  struct withdraw_request r = { claim, 2, STR("誤って申請した") };
  assert_ok(h, HOUSE(h, claim_withdraw, &c, &r));
  assert_text(h, "/state", "withdrawn");
  struct amend_request amend = { claim, SERVICE_ANY_VERSION, STR("online"), declared(),
                                 json_text_of(h, FACTS_AMENDED) };
  struct caller late = house_keyed(h, "clinic-1", "amend");
  assert_int_equal(HOUSE(h, claim_amend, &late, &amend), RESULT_CONFLICT);
  assert_true(found(h, "", "claim_state"));
  assert_ok(h, HOUSE(h, claim_withdraw, &c, &r));
  assert_true(h->answer.replayed);
}

static void test_draft_discarded(void **state) {
  struct house *h = *state;
  struct uuid claim = begun(h, "clinic-1", NULL);
  struct caller c = house_keyed(h, "clinic-1", "discard");
  struct claim_request r = { claim };
  assert_ok(h, HOUSE(h, draft_discard, &c, &r));
  assert_int_equal(HOUSE(h, draft_read, &c, &r), RESULT_NOT_FOUND);
  assert_int_equal(submit(h, "clinic-1", claim, 1), RESULT_NOT_FOUND);
  /* The job then deletes its key, with the salts of what the log has taken; once is enough. */
  struct job_report report;
  assert_int_equal(job_erase_drafts(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(report.done, 1);
  assert_int_equal(job_erase_drafts(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(report.done, 0);
}

/* Half a year untouched: notice first, then, two weeks later, the end; a save in between takes the notice back. */
static void test_drafts_end_after_notice(void **state) {
  struct house *h = *state;
  const int64_t day_us = INT64_C(86400000000);
  struct uuid kept = begun(h, "clinic-1", NULL), lost = begun(h, "clinic-1", NULL);
  struct job_report report;
  assert_int_equal(job_notice_drafts(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(report.done, 0);
  h->fixture.now_us += 167 * day_us;
  assert_int_equal(job_notice_drafts(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(report.done, 2);
  struct caller c = house_keyed(h, "clinic-1", "save");
  struct draft_save_request s = { kept, 1, json_text_of(h, "{\"step\":\"2\"}") };
  assert_ok(h, HOUSE(h, draft_save, &c, &s));
  assert_int_equal(job_erase_drafts(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(report.done, 0);
  h->fixture.now_us += 15 * day_us;
  assert_int_equal(job_erase_drafts(&h->service, 100, &report), RESULT_OK);
  assert_int_equal(report.done, 1);
  struct claim_request r = { lost };
  assert_int_equal(HOUSE(h, draft_read, &c, &r), RESULT_NOT_FOUND);
  r.claim = kept;
  assert_ok(h, HOUSE(h, draft_read, &c, &r));
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.event WHERE type = 'draft.noticed'"), 2);
}

/* ---- asked and answered */

static void test_messages(void **state) {
  struct house *h = *state;
  struct uuid claim = filed(h);
  struct caller c = house_keyed(h, "clinic-1", "message");
  struct message_request r = { claim, STR("写真は明日送ります。") };
  assert_ok(h, HOUSE(h, message_write, &c, &r));
  assert_text(h, "/direction", "from_claimant");
  c = house_keyed(h, "adjuster-1", "message");
  r.text = STR("承知しました。");
  assert_ok(h, HOUSE(h, message_write, &c, &r));
  assert_text(h, "/direction", "to_claimant");
  r.text = STR("  ");
  c = house_keyed(h, "clinic-1", "empty");
  assert_refused(h, HOUSE(h, message_write, &c, &r), 422, "text_required");
  assert_ok(h, view(h, "clinic-1", claim));
  assert_text(h, "/messages/0/text", "写真は明日送ります。");
  assert_text(h, "/messages/1/text", "承知しました。");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_filed_with_a_draft_between, house_between),
    cmocka_unit_test_setup(test_submitted_twice, house_between),
    cmocka_unit_test_setup(test_refusal_remembered, house_between),
    cmocka_unit_test_setup(test_declaration, house_between),
    cmocka_unit_test_setup(test_filed_by_others, house_between),
    cmocka_unit_test_setup(test_unknown_to_the_roster, house_between),
    cmocka_unit_test_setup(test_other_clinics_see_nothing, house_between),
    cmocka_unit_test_setup(test_amended, house_between),
    cmocka_unit_test_setup(test_withdrawn, house_between),
    cmocka_unit_test_setup(test_draft_discarded, house_between),
    cmocka_unit_test_setup(test_messages, house_between),
    cmocka_unit_test_setup(test_drafts_end_after_notice, house_between),
  };
  return cmocka_run_group_tests(tests, house_open, house_close);
}
