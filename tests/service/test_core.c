/* core: problems, event types, keys that meet, roles, and events as an auditor reads them back. */
#include <ctype.h>

#include "claims.h"

/* ---- problems */

/* Rules that only a fault of ours can meet: they answer `internal`. */
static const char *const ours[] = {
  "actor_differs",
  "actor_realm",
  "moment_unknown",
  "insert_only",
  "closed_once",
  "migration_order",
  "bootstrap_once",
  "claim_fixed",
  "claim_version",
  "claim_opens_as_draft",
  "claim_evented",
  "claim_submitted_whole",
  "claim_assigned_whole",
  "claim_reconsidered",
  "claim_withdrawn",
  "facts_merged",
  "letter_posted",
  "merged_by_two",
  "mail_moves",
  "mail_attempted",
  "incident_fixed",
  "known_with_import",
  "facts_version_follows",
  "facts_version_sha256",
  "facts_version_occurred_on",
  "payee_version_follows",
  "incident_report_follows",
  "event_salted",
  "event_seq",
  "event_id_in_body",
  "event_type_in_body",
  "event_of_claim_version",
  "idempotency_once",
  "evidence_chunk_length",
  "fact_check_value",
  "fact_check_sha256",
  "fact_check_supersedes",
  "fact_snapshot_sha256",
  "proposal_sha256",
  "approval_decides",
  "decision_sha256",
  "decision_trace_sha256",
  "decision_follows",
  "decision_of_proposal",
  "decision_approved",
  "decision_items",
  "decision_outcome",
  "decision_total",
  "entitlement_line_once",
  "entitlement_proved",
  "recovery_once",
  "rule_set_sha256",
  "rule_scenario_sha256",
  "calendar_sha256",
  "roster_finding_changes",
  "not_own_account",
  "session_hash_once",
  "machine_token_hash_once",
  "contact_one",
  "mail_moves",
  "mail_attempted",
  "mail_once",
  "scan_turn_moves",
  "scan_turn_verdict",
};

static bool is_ours(str name) {
  for (size_t i = 0; i < COUNT_OF(ours); i++)
    if (str_eq(name, str_of(ours[i]))) return true;
  return false;
}

static str word_at(str s) {
  size_t n = 0;
  while (n < s.n && (islower((unsigned char)s.p[n]) || isdigit((unsigned char)s.p[n]) || s.p[n] == '_')) n++;
  return str_slice(s, 0, n);
}

static size_t check_names(str text, const char *before) {
  size_t seen = 0;
  for (ptrdiff_t at; (at = str_find(text, str_of(before))) >= 0;) {
    text = str_slice(text, (size_t)at + strlen(before), text.n);
    str name = word_at(text);
    if (name.n == 0) continue;
    seen++;
    bool problem = service_problem(name) != NULL;
    if (problem == is_ours(name))
      fail_msg("the rule %.*s is %s", STR_ARG(name), problem ? "in both lists" : "in no list");
  }
  return seen;
}

/* Every rule of the database that has a name is a problem with texts, or is listed here as a fault of ours. */
static void test_every_rule_has_its_words(void **state) {
  struct house *h = *state;
  str *names;
  size_t count, seen = 0;
  assert_int_equal(file_list(h->arena, FIXTURE_MIGRATIONS, &names, &count), RESULT_OK);
  for (size_t i = 0; i < count; i++) {
    str text;
    const char *path = str_z(h->arena, str_format(h->arena, "%s/%.*s", FIXTURE_MIGRATIONS, STR_ARG(names[i])));
    if (!str_ends(names[i], STR(".sql"))) continue;
    assert_int_equal(file_read(h->arena, path, 4 << 20, &text), RESULT_OK);
    seen += check_names(text, "refuse('");
    seen += check_names(text, "\n  CONSTRAINT ");
    seen += check_names(text, "ADD CONSTRAINT ");
    seen += check_names(text, "CREATE UNIQUE INDEX ");
  }
  assert_true(seen > 100);
}

static void test_problems_speak(void **state) {
  (void)state;
  size_t count;
  const struct service_problem *all = service_problems(&count);
  for (size_t i = 0; i < count; i++) {
    const struct message *m = &all[i].message;
    assert_true(all[i].status == 403 || all[i].status == 404 || all[i].status == 409 || all[i].status == 412 ||
                all[i].status == 422 || all[i].status == 500 || all[i].status == 503);
    assert_true(strlen(m->ja) > 10 && strlen(m->en) > 10);
    assert_true(utf8_valid(str_of(m->ja), NULL));
    assert_ptr_equal(service_problem(str_of(m->code)), &all[i]); /* no code twice */
  }
}

static void test_warnings_speak(void **state) {
  (void)state;
  static const char *const codes[] = { "yucho_check_digit", "payee_bank_unlisted", "payee_branch_unlisted" };
  for (size_t i = 0; i < COUNT_OF(codes); i++) {
    const struct message *m = service_warning(str_of(codes[i]));
    assert_non_null(m);
    assert_true(strlen(m->ja) > 10 && strlen(m->en) > 10);
    assert_null(service_problem(str_of(codes[i]))); /* a warning refuses nothing */
  }
  assert_null(service_warning(STR("payee_bank")));
}

/* ---- event types */

static void test_event_types(void **state) {
  struct house *h = *state;
  size_t count;
  const struct event_type *types = event_types(&count);
  struct buf ja = buf_in(h->arena), en = buf_in(h->arena);
  event_types_document(&ja, true);
  event_types_document(&en, false);
  for (size_t i = 0; i < count; i++) {
    assert_ptr_equal(event_type(str_of(types[i].name)), &types[i]);
    assert_true(types[i].data->kind == SPEC_OBJECT && !(types[i].reads && types[i].moves_claim));
    assert_true(str_find(buf_str(&ja), str_of(types[i].ja)) >= 0);
    assert_true(str_find(buf_str(&en), str_of(types[i].en)) >= 0);
  }
  struct json j;
  assert_int_equal(json_read(h->arena, event_types_json(h->arena), (struct json_limits){ 0 }, &h->findings, &j),
                   RESULT_OK);
  assert_int_equal(j.count, count);
}

/* Every event written by now fits its type, says what its columns say, and its hashes are those of the rows. */
struct reading {
  struct event_read_row *rows;
  size_t count;
};

static result read_events(struct tx *tx, void *context) {
  struct reading *r = context;
  return store_event_after(tx, 0, 10000, &r->rows, &r->count);
}

static void test_events_read_back(void **state) {
  struct house *h = *state;
  struct uuid claim = filed(h);
  struct reading r;
  assert_int_equal(store_run(h->service.store, STORE_AUDITOR, (struct actor){ .request_id = STR("") }, h->arena,
                             read_events, &r, NULL),
                   RESULT_OK);
  size_t of_claim = 0;
  for (size_t i = 0; i < r.count; i++) {
    const struct event_read_row *e = &r.rows[i];
    const struct event_type *type = event_type(e->type);
    struct json body;
    assert_non_null(type);
    assert_int_equal(json_read(h->arena, e->body, (struct json_limits){ 0 }, &h->findings, &body), RESULT_OK);
    assert_int_equal(spec_check(h->arena, event_body_spec(h->arena, type), &body, &h->findings), RESULT_OK);
    str canonical;
    assert_int_equal(json_canonical(h->arena, &body, &h->findings, &canonical), RESULT_OK);
    assert_true(str_eq(canonical, e->body));
    char person[37], account[37];
    uuid_write(e->by.person, person);
    uuid_write(e->by.account, account);
    assert_true(str_eq(json_text(json_at(&body, STR("/actor/person"))), str_of(person)));
    assert_true(str_eq(json_text(json_at(&body, STR("/actor/account"))), str_of(account)));
    assert_true(type->moves_claim == (e->claim_version != SQL_NONE));
    of_claim += uuid_eq(e->claim_id, claim);
  }
  assert_int_equal(of_claim, 3); /* begun, submitted, payee */
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.facts_version f WHERE NOT EXISTS (SELECT FROM shienkin.event e, "
                     "jsonb_array_elements(convert_from(e.body, 'UTF8')::jsonb -> 'rows') r WHERE r ->> 'table' = "
                     "'facts_version' AND r ->> 'id' = f.id::text AND r ->> 'sha256' = encode(f.sha256, 'hex'))"),
      0);
  assert_int_equal(
      house_count(h,
                  "SELECT count(*) FROM shienkin.payee_version p WHERE NOT EXISTS (SELECT FROM shienkin.event e, "
                  "jsonb_array_elements(convert_from(e.body, 'UTF8')::jsonb -> 'rows') r WHERE r ->> 'id' = p.id::text "
                  "AND r ->> 'sha256' = encode(pg_catalog.sha256(p.sealed_body), 'hex'))"),
      0);
}

/* ---- keys */

/* While a request is under way, the same key again is told to wait; it is not run twice. */
static struct {
  struct house *h;
  const struct caller *caller;
  const struct file_request *request;
  bool inside;
  int status;
} meeting;

static void meet(const char *statement) {
  if (strcmp(statement, "claim_submit") != 0 || meeting.inside) return;
  meeting.inside = true;
  struct arena *a = arena_new(0);
  struct findings f = findings_in(a);
  struct service_answer out;
  result r = claim_file(&meeting.h->service, meeting.caller, a, meeting.request, &f, &out);
  assert_int_equal(r, RESULT_CONFLICT);
  assert_true(findings_has(&f, STR(""), "request_in_progress"));
  meeting.status = out.status;
  arena_free(a);
}

static void test_same_key_at_once(void **state) {
  struct house *h = *state;
  int64_t before = house_count(h, "SELECT count(*) FROM shienkin.claim");
  struct caller c = house_keyed(h, "adjuster-1", "at once");
  struct file_request r = { h->clinic_1, STR("paper"), declared(), { json_text_of(h, FACTS_WORKED), NULL, NULL } };
  meeting.h = h;
  meeting.caller = &c;
  meeting.request = &r;
  h->also = meet;
  assert_ok(h, HOUSE(h, claim_file, &c, &r));
  h->also = NULL;
  assert_true(meeting.inside);
  assert_int_equal(meeting.status, 409);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.claim"), before + 1);
}

/* The answer is still the same three days later. */
static void test_remembered_for_72_hours(void **state) {
  struct house *h = *state;
  struct caller c = house_keyed(h, "adjuster-1", "to be remembered");
  struct file_request r = { h->clinic_1, STR("paper"), declared(), { json_text_of(h, FACTS_WORKED), NULL, NULL } };
  assert_ok(h, HOUSE(h, claim_file, &c, &r));
  int64_t number = house_count(h, "SELECT count(*) FROM shienkin.claim");
  h->fixture.now_us += INT64_C(71) * 3600 * 1000000;
  assert_ok(h, HOUSE(h, claim_file, &c, &r));
  assert_true(h->answer.replayed);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.claim"), number);
}

/* ---- who may */

static void test_closed_account(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "clinic-1");
  c.account = (struct uuid){ { 7 } }; /* no such account */
  struct claims_request r = { .limit = 1 };
  assert_int_equal(HOUSE(h, claim_list, &c, &r), RESULT_REFUSED);
  assert_int_equal(h->answer.status, 403);
  assert_true(findings_has(&h->findings, STR(""), "actor_unknown"));
  /* A caller who claims a role that the database does not know of gets no further than its rules. */
  c = house_caller(h, "cashier-1");
  c.roles = SERVICE_OWNER;
  struct roster_import_request i = {
    ROSTER_MEMBERS, STR("x.csv"), STR("member_number,class,from,name\n9,A1,2020-04-01,x\n"), false, false, false
  };
  assert_refused(h, HOUSE(h, roster_import, &c, &i), 403, "role_needed");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_every_rule_has_its_words, house_between),
    cmocka_unit_test_setup(test_problems_speak, house_between),
    cmocka_unit_test_setup(test_warnings_speak, house_between),
    cmocka_unit_test_setup(test_event_types, house_between),
    cmocka_unit_test_setup(test_events_read_back, house_between),
    cmocka_unit_test_setup(test_same_key_at_once, house_between),
    cmocka_unit_test_setup(test_remembered_for_72_hours, house_between),
    cmocka_unit_test_setup(test_closed_account, house_between),
  };
  return cmocka_run_group_tests(tests, house_open, house_close);
}
