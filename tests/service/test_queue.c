/* queue: the list of claims in its order, page by page while claims move; filters, search, age; a claim's story and versions;
 * numbers; the trail and the trace for auditors; and who may look at all. */
#include "casework.h"
#include "shienkin/service/queue.h"

enum { CLAIMS = 12 };
static struct house house;
static struct casework_places places;
static struct kase cases[CLAIMS];

static int up(void **state) {
  casework_up(&house);
  places = casework_places(&house, CLAIMS + 3);
  for (size_t i = 0; i < CLAIMS; i++) {
    house.fixture.now_us += 60 * INT64_C(1000000);
    cases[i] = filed_with(&house, "clinic-1", places.ids[i], SCENE_FACTS, NULL);
  }
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

static result listed(struct house *h, const char *who, struct queue_request r) {
  struct caller c = house_caller(h, who);
  if (r.limit == 0) r.limit = 100;
  return HOUSE(h, queue_list, &c, &r);
}

static size_t shown(struct house *h) { return json_at(&h->body, STR("/claims"))->count; }

static struct uuid shown_at(struct house *h, size_t i) {
  return house_id(h, str_z(h->arena, str_format(h->arena, "/claims/%zu/claim", i)), "claim");
}

/* Does the last page show exactly these, in this order? */
static void assert_shown(struct house *h, const size_t *which, size_t count) {
  assert_int_equal(shown(h), count);
  for (size_t i = 0; i < count; i++) assert_true(uuid_eq(shown_at(h, i), cases[which[i]].claim));
}

static struct strs one_state(const char *state) {
  static str only;
  only = str_of(state);
  return (struct strs){ &only, 1 };
}

/* ---- order and pages */

static bool go_on(struct house *h, struct queue_request *r) {
  if (json_at(&h->body, STR("/next"))->kind == JSON_KIND_NULL) return false;
  r->after_at = house_int(h, "/next/at_us");
  r->after = house_id(h, "/next/claim", "claim");
  return true;
}

/* Claims that stay are seen once each, whatever is taken, amended or withdrawn between two pages. */
static void test_pages_without_gaps_or_doubles_while_claims_move(void **state) {
  struct house *h = *state;
  unsigned seen[CLAIMS] = { 0 };
  struct queue_request r = { .limit = 3 };
  size_t page = 0, before = 0;
  bool more;
  do {
    assert_ok(h, listed(h, "adjuster-1", r));
    for (size_t i = 0; i < shown(h); i++)
      for (size_t c = 0; c < CLAIMS; c++)
        if (uuid_eq(shown_at(h, i), cases[c].claim)) {
          assert_true(seen[c] == 0 && (c >= before)); /* oldest first */
          before = c;
          seen[c]++;
        }
    more = go_on(h, &r);
    if (page == 0) {
      taken(h, &cases[1], "adjuster-1"); /* seen already */
      taken(h, &cases[7], "adjuster-2"); /* not yet seen */
      struct caller clinic = house_keyed(h, "clinic-1", "withdraw");
      assert_ok(h, HOUSE(h, claim_withdraw, &clinic,
                         (&(struct withdraw_request){ cases[5].claim, cases[5].version, STR("") })));
    }
    page++;
  } while (more);
  for (size_t c = 0; c < CLAIMS; c++) assert_int_equal(seen[c], c != 5);
  assert_int_equal(page, 4);
}

static void test_newest_first_is_the_other_way_round(void **state) {
  struct house *h = *state;
  struct queue_request r = { .limit = 4, .newest_first = true };
  static const size_t first[] = { 11, 10, 9, 8 }, second[] = { 7, 6, 4, 3 }, third[] = { 2, 1, 0 };
  assert_ok(h, listed(h, "approver-1", r));
  assert_shown(h, first, 4);
  assert_true(go_on(h, &r));
  assert_ok(h, listed(h, "approver-1", r));
  assert_shown(h, second, 4);
  assert_true(go_on(h, &r));
  assert_ok(h, listed(h, "approver-1", r));
  assert_shown(h, third, 3);
  assert_false(go_on(h, &r));
}

/* ---- filters */

static void test_by_state_and_by_whose(void **state) {
  struct house *h = *state;
  static const size_t in_review[] = { 1, 7 }, withdrawn[] = { 5 }, mine[] = { 1 }, others[] = { 7 };
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .states = one_state("in_review") }));
  assert_shown(h, in_review, 2);
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .states = one_state("withdrawn") }));
  assert_shown(h, withdrawn, 1);
  assert_true(json_at(&h->body, STR("/claims/0/working_days"))->kind == JSON_KIND_NULL);
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .assigned = QUEUE_PERSON }));
  assert_shown(h, mine, 1);
  struct uuid adjuster_2 = house_person(h, "adjuster-2")->person;
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .assigned = QUEUE_PERSON, .person = adjuster_2 }));
  assert_shown(h, others, 1);
  assert_true(str_eq(house_text(h, "/claims/0/assigned_name"), STR("adjuster-2")));
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .assigned = QUEUE_NOBODY }));
  assert_int_equal(shown(h), CLAIMS - 3);
  assert_ok(
      h, listed(h, "adjuster-1", (struct queue_request){ .assigned = QUEUE_NOBODY, .states = one_state("in_review") }));
  assert_int_equal(shown(h), 0);
  assert_refused(h, listed(h, "adjuster-1", (struct queue_request){ .states = one_state("draft") }), 422,
                 "queue_state");
}

static void test_counts(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, queue_counts, &c, NULL));
  assert_int_equal(house_int(h, "/mine"), 1);
  assert_int_equal(house_int(h, "/unassigned"), CLAIMS - 3);
  assert_int_equal(house_int(h, "/due"), 0);
  assert_int_equal(house_int(h, "/answered"), 0);
  const struct json *states = json_at(&h->body, STR("/states"));
  int64_t submitted = 0, all = 0;
  for (uint32_t i = 0; i < states->count; i++) {
    int64_t claims = json_get(&states->as.items[i], STR("claims"))->integer;
    if (str_eq(json_text(json_get(&states->as.items[i], STR("state"))), STR("submitted"))) submitted = claims;
    all += claims;
  }
  assert_int_equal(submitted, CLAIMS - 3);
  assert_int_equal(all, CLAIMS);
}

/* ---- what a page reads together: one transaction, and each look with its event */

struct looks {
  struct house *h;
  struct uuid claim;
  struct findings findings;
  struct service_answer list, missing, file;
  result listing, finding, reading;
  size_t refused; /* findings of the one that was refused */
};

static result look_around(const struct caller *within, void *context) {
  struct looks *l = context;
  struct service *s = &l->h->service;
  struct case_request nothing = { { { 1 } } }, this_one = { l->claim };
  struct queue_request all = { .limit = 100 };
  l->findings = findings_in(l->h->arena);
  l->listing = queue_list(s, within, l->h->arena, &all, &l->findings, &l->list);
  l->finding = case_view(s, within, l->h->arena, &nothing, &l->findings, &l->missing);
  l->refused = l->findings.count;
  l->reading = case_view(s, within, l->h->arena, &this_one, &l->findings, &l->file);
  return RESULT_OK;
}

static void test_reads_together(void **state) {
  struct house *h = *state;
  struct looks l = { .h = h, .claim = cases[0].claim };
  struct caller c = house_caller(h, "adjuster-1");
  int64_t events = house_count(h, "SELECT count(*) FROM shienkin.event WHERE type IN ('claim.listed', 'claim.read')");
  uint64_t before = store_figures(h->service.store, STORE_STAFF).transactions;
  assert_int_equal(service_together(&h->service, &c, h->arena, look_around, &l, &h->findings, &h->answer), RESULT_OK);
  assert_int_equal(store_figures(h->service.store, STORE_STAFF).transactions, before + 1);
  assert_int_equal(l.listing, RESULT_OK);
  assert_int_equal(l.list.status, 200);
  assert_int_equal(l.finding, RESULT_NOT_FOUND); /* refused, and the others go on */
  assert_int_equal(l.missing.status, 404);
  assert_int_equal(l.refused, 1);
  assert_int_equal(l.reading, RESULT_OK);
  assert_int_equal(l.file.status, 200);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.event WHERE type IN ('claim.listed', 'claim.read')"), events + 2);
}

/* Somebody whom a use case is not for is refused within as well as by itself. */
static void test_reads_together_ask_who_may(void **state) {
  struct house *h = *state;
  struct looks l = { .h = h, .claim = cases[0].claim };
  struct caller c = house_caller(h, "cashier-1");
  assert_int_equal(service_together(&h->service, &c, h->arena, look_around, &l, &h->findings, &h->answer), RESULT_OK);
  assert_int_equal(l.listing, RESULT_REFUSED);
  assert_int_equal(l.list.status, 403);
  assert_int_equal(l.reading, RESULT_REFUSED);
}

/* ---- search */

static void test_search(void **state) {
  struct house *h = *state;
  static const size_t fourth[] = { 4 }, seventh[] = { 7 };
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .limit = 100 }));
  str number = house_text(h, "/claims/4/number");
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .words = number }));
  assert_shown(h, fourth, 1);
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .words = str_slice(number, 4, number.n) }));
  assert_shown(h, fourth, 1); /* a part of it */
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .words = STR("  Clinic 7 ") }));
  assert_shown(h, seventh, 1);
  assert_true(str_eq(house_text(h, "/claims/0/facility_name"), STR("Clinic 7")));
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .words = STR("S-0007") }));
  assert_shown(h, seventh, 1);
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .words = STR("100001") }));
  assert_int_equal(shown(h), CLAIMS - 1); /* the member of all of them */
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .words = STR("100002") }));
  assert_int_equal(shown(h), 0);
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .words = STR("%") }));
  assert_int_equal(shown(h), 0); /* stands for itself */
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .facility = places.ids[4] }));
  assert_shown(h, fourth, 1);
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .words = STR("100001"), .facility = places.ids[4] }));
  assert_shown(h, fourth, 1);
  assert_ok(h, listed(h, "adjuster-1",
                      (struct queue_request){ .words = STR("100001"),
                                              .assigned = QUEUE_PERSON,
                                              .person = house_person(h, "adjuster-2")->person }));
  assert_shown(h, seventh, 1);
  struct queue_request paged = { .words = STR("100001"), .limit = 6, .newest_first = true };
  assert_ok(h, listed(h, "adjuster-1", paged));
  assert_int_equal(shown(h), 6);
  assert_true(go_on(h, &paged));
  assert_ok(h, listed(h, "adjuster-1", paged));
  assert_int_equal(shown(h), 5);
  assert_false(go_on(h, &paged));
}

static void test_search_by_member(void **state) {
  struct house *h = *state;
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .limit = 1 }));
  struct uuid member = house_id(h, "/claims/0/member", "member");
  assert_true(str_eq(house_text(h, "/claims/0/member_number"), STR("100001")));
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .member = member }));
  assert_int_equal(shown(h), CLAIMS - 1);
}

/* ---- one claim */

static void test_timeline_tells_who_did_what(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, claim_timeline, &c, (&(struct timeline_request){ .claim = cases[7].claim })));
  const struct json *events = json_at(&h->body, STR("/events"));
  size_t last = events->count - 1;
  str type = house_text(h, str_z(h->arena, str_format(h->arena, "/events/%zu/type", last)));
  assert_true(str_eq(type, STR("claim.assigned")));
  assert_true(
      str_eq(house_text(h, str_z(h->arena, str_format(h->arena, "/events/%zu/name", last))), STR("adjuster-2")));
  assert_true(str_eq(house_text(h, str_z(h->arena, str_format(h->arena, "/events/%zu/role", last))), STR("adjuster")));
  for (uint32_t i = 0; i < events->count; i++)
    assert_false(event_type(json_text(json_get(&events->as.items[i], STR("type"))))->reads);
  assert_ok(h, HOUSE(h, claim_timeline, &c, (&(struct timeline_request){ .claim = cases[7].claim, .reads = true })));
  assert_true(json_at(&h->body, STR("/events"))->count > last + 1); /* the look before is in it */
}

static void test_versions_of_facts(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "auditor-1");
  struct kase k = cases[2];
  amended(h, &k,
          "{\"incident\":{\"occurred_on\":\"2026-04-06\",\"cyber_attack\":true,\"insider_crime\":false},"
          "\"closures\":[{\"from\":\"2026-04-07\",\"to\":\"2026-04-09\",\"scope\":\"all\"}],"
          "\"leak\":{\"occurred\":false},\"filings\":{\"jma_on\":\"2026-04-07\"}}");
  assert_ok(h, HOUSE(h, facts_versions, &c, (&(struct facts_versions_request){ k.claim })));
  assert_int_equal(json_at(&h->body, STR("/versions"))->count, 2);
  assert_int_equal(json_at(&h->body, STR("/versions/1/changed"))->count, 1);
  assert_true(str_eq(house_text(h, "/versions/1/changed/0"), STR("/closures")));
  assert_true(str_eq(house_text(h, "/versions/0/facts/closures/0/to"), STR("2026-04-08")));
  assert_true(str_eq(house_text(h, "/versions/1/facts/closures/0/to"), STR("2026-04-09")));
}

/* ---- numbers */

/* SCENE_FACTS: ¥100,000 for the attack, two closed days ¥200,000 (P8, P9). */
static void test_statistics(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "auditor-1");
  decided(h, &cases[3]);
  decided(h, &cases[4]);
  assert_ok(h, HOUSE(h, statistics_view, &c, (&(struct statistics_request){ DAY_NONE })));
  const struct json *states = json_at(&h->body, STR("/states"));
  int64_t decided_yen = 0;
  for (uint32_t i = 0; i < states->count; i++)
    decided_yen += json_get(&states->as.items[i], STR("decided_yen"))->integer;
  assert_int_equal(decided_yen, 600000);
  assert_true(str_eq(house_text(h, "/items/0/item"), STR("attack")));
  assert_int_equal(house_int(h, "/items/0/amount_yen"), 200000);
  assert_int_equal(house_int(h, "/items/1/amount_yen"), 400000);
  assert_true(str_eq(house_text(h, "/months/0/month"), STR("2026-05")));
  assert_int_equal(house_int(h, "/months/0/submitted"), CLAIMS);
  assert_int_equal(house_int(h, "/months/0/decided"), 2);
  assert_int_equal(house_int(h, "/months/0/decided_yen"), 600000);
  assert_int_equal(house_int(h, "/time_to_decision/decisions"), 2);
  assert_true(house_int(h, "/time_to_decision/median_s") <= house_int(h, "/time_to_decision/p90_s"));
  assert_int_equal(house_int(h, "/awaiting_filing/decisions"), 0);
  assert_int_equal(house_int(h, "/awaiting_filing/of"), 2);
}

/* A facility's code begins with its prefecture's (JIS X 0401): Osaka is 27. The rest of the scene have no code. */
static void test_statistics_by_prefecture(void **state) {
  struct house *h = *state;
  struct caller owner = house_caller(h, "owner-1"), c = house_caller(h, "auditor-1");
  struct roster_import_request roster = { .kind = ROSTER_FACILITIES, .file_name = STR("codes.csv"),
    .bytes = STR("key,kind,code,name,from,member_number,relation\nS-0003,clinic,2710123452,Clinic 3,2020-04-01,100001,opens\n") };
  assert_ok(h, HOUSE(h, roster_import, &owner, &roster));
  assert_ok(h, HOUSE(h, statistics_view, &c, (&(struct statistics_request){ DAY_NONE })));
  assert_int_equal(json_at(&h->body, STR("/prefectures"))->count, 2);
  assert_true(str_eq(house_text(h, "/prefectures/0/prefecture"), STR("27")));
  assert_int_equal(house_int(h, "/prefectures/0/claims"), 1);
  assert_int_equal(house_int(h, "/prefectures/0/decided_yen"), 300000);
  assert_int_equal(json_at(&h->body, STR("/prefectures/1/prefecture"))->kind, JSON_KIND_NULL);
  assert_int_equal(house_int(h, "/prefectures/1/claims"), CLAIMS - 1);
  assert_int_equal(house_int(h, "/prefectures/1/decided_yen"), 300000);
}

/* ---- auditors */

static void test_the_trail_page_by_page(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "auditor-1");
  struct audit_events_request r = { .claim = cases[3].claim, .limit = 3 };
  int64_t seen = 0, last = 0;
  bool more;
  char claim[37], sql[200];
  uuid_write(cases[3].claim, claim);
  snprintf(sql, sizeof sql, "SELECT count(*) FROM shienkin.event WHERE claim_id = '%s'", claim);
  int64_t all = house_count(h, sql);
  do {
    assert_ok(h, HOUSE(h, audit_events, &c, &r));
    const struct json *events = json_at(&h->body, STR("/events"));
    for (uint32_t i = 0; i < events->count; i++) {
      int64_t seq = json_get(&events->as.items[i], STR("seq"))->integer;
      assert_true(seq > last);
      last = seq;
      seen++;
    }
    more = json_at(&h->body, STR("/next"))->kind != JSON_KIND_NULL;
    if (more) r.after = house_int(h, "/next");
  } while (more);
  assert_int_equal(seen, all);
  r = (struct audit_events_request){ .type = STR("proposal.approved"), .limit = 10 };
  assert_ok(h, HOUSE(h, audit_events, &c, &r));
  assert_int_equal(json_at(&h->body, STR("/events"))->count, 2);
  assert_true(str_starts(house_text(h, "/events/0/body"), STR("{\"actor\":")));
  r.person = house_person(h, "approver-2")->person;
  assert_ok(h, HOUSE(h, audit_events, &c, &r));
  assert_int_equal(json_at(&h->body, STR("/events"))->count, 0);
  r.type = STR("nothing.happened");
  assert_refused(h, HOUSE(h, audit_events, &c, &r), 422, "event_type");
}

static struct uuid decision_of(struct house *h, struct uuid claim) {
  struct caller adjuster = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, case_view, &adjuster, (&(struct case_request){ claim })));
  return house_id(h, "/decisions/0/decision", "decision");
}

static void test_a_decision_is_traced(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "auditor-1");
  struct uuid decision = decision_of(h, cases[3].claim);
  assert_ok(h, HOUSE(h, audit_trace, &c, (&(struct audit_trace_request){ decision })));
  assert_int_equal(house_int(h, "/decision/total_yen"), 300000);
  assert_int_equal(house_int(h, "/decision/document/total_yen"), 300000);
  assert_true(uuid_eq(house_id(h, "/proposal/by", "person"), house_person(h, "adjuster-1")->person));
  assert_true(uuid_eq(house_id(h, "/approval/by", "person"), house_person(h, "approver-1")->person));
  assert_int_equal(json_at(&h->body, STR("/lines"))->count, 2);
  size_t proved = 0;
  const struct json *facts = json_at(&h->body, STR("/facts"));
  for (uint32_t i = 0; i < facts->count; i++) {
    const struct json *check = json_get(&facts->as.items[i], STR("check"));
    if (check->kind == JSON_KIND_OBJECT) proved += str_eq(json_text(json_get(check, STR("verdict"))), STR("proved"));
  }
  assert_true(proved > 0);
  const struct json *people = json_at(&h->body, STR("/people"));
  bool named = false;
  for (uint32_t i = 0; i < people->count; i++)
    named = named || str_eq(json_text(json_get(&people->as.items[i], STR("name"))), STR("approver-1"));
  assert_true(named);
  assert_true(uuid_eq(house_id(h, "/decision/claim", "claim"), cases[3].claim));
  assert_int_equal(HOUSE(h, audit_trace, &c, (&(struct audit_trace_request){ cases[3].claim })), RESULT_NOT_FOUND);
}

/* Every yen is rules(facts): whoever asks again gets the same bytes. */
static void test_a_decision_is_computed_again(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "auditor-1");
  static const char *const compared[] = { "facts", "rules", "calendar", "decision_stored", "decision", "trace", "event" };
  struct uuid decision = decision_of(h, cases[3].claim);
  assert_ok(h, HOUSE(h, audit_trace, &c, (&(struct audit_trace_request){ decision })));
  const struct json *checks = json_at(&h->body, STR("/recomputed/checks"));
  assert_int_equal(json_at(&h->body, STR("/recomputed/identical"))->kind, JSON_KIND_TRUE);
  assert_int_equal(json_at(&h->body, STR("/recomputed/refused"))->kind, JSON_KIND_NULL);
  assert_int_equal(checks->count, COUNT_OF(compared));
  for (uint32_t i = 0; i < checks->count; i++) {
    const struct json *one = &checks->as.items[i];
    assert_true(str_eq(json_text(json_get(one, STR("what"))), str_of(compared[i])));
    assert_int_equal(json_get(one, STR("same"))->kind, JSON_KIND_TRUE);
    assert_true(str_eq(json_text(json_get(one, STR("stored"))), json_text(json_get(one, STR("found")))));
  }
}

/* A later calendar decides new claims; what was decided before is computed by the one of then. */
static void test_a_decision_is_computed_again_with_its_own_calendar(void **state) {
  struct house *h = *state;
  struct caller first = house_caller(h, "owner-1"), second = house_caller(h, "owner-2"), c = house_caller(h, "auditor-1");
  str days = casework_replace(h, casework_file(h, CASEWORK_CALENDAR), "# version: holiday_jp-2.5.1", "# version: later");
  assert_ok(h, HOUSE(h, calendar_publish, &first, (&(struct calendar_publish_request){ days })));
  assert_ok(h, HOUSE(h, calendar_confirm, &second, (&(struct calendar_confirm_request){ house_id(h, "/calendar", "calendar") })));
  struct uuid decision = decision_of(h, cases[3].claim);
  assert_ok(h, HOUSE(h, audit_trace, &c, (&(struct audit_trace_request){ decision })));
  assert_int_equal(json_at(&h->body, STR("/recomputed/identical"))->kind, JSON_KIND_TRUE);
}

/* As many looks as a page of the trail holds, copied from the event that filed the claim, since a test cannot wait for each. */
static void looked_at_often(struct house *h, const struct kase *k) {
  char claim[37];
  uuid_write(k->claim, claim);
  house_administers(h, str_z(h->arena, str_format(h->arena,
      "SET session_replication_role = replica; INSERT INTO shienkin.event (id, at, type, by_account, by_person, via, claim_id, "
      "subject_type, subject_id, body, transaction) SELECT n.id, e.at, 'claim.read', e.by_account, e.by_person, e.via, e.claim_id, "
      "e.subject_type, e.subject_id, convert_to(jsonb_build_object('id', n.id, 'type', 'claim.read')::text, 'UTF8'), e.transaction "
      "FROM shienkin.event e, LATERAL (SELECT gen_random_uuid() AS id FROM generate_series(1, %d)) n "
      "WHERE e.claim_id = '%s' AND e.type = 'claim.submitted'", TIMELINE_MOST, claim)));
}

/* The event that recorded a decision is found however many came before it. */
static void test_a_decision_after_many_looks_is_computed_again(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "auditor-1");
  struct kase k = filed_with(h, "clinic-1", places.ids[CLAIMS + 1], SCENE_FACTS, NULL);
  looked_at_often(h, &k);
  decided(h, &k);
  assert_ok(h, HOUSE(h, audit_trace, &c, (&(struct audit_trace_request){ decision_of(h, k.claim) })));
  assert_int_equal(json_at(&h->body, STR("/events"))->count, TIMELINE_MOST);
  assert_int_equal(json_at(&h->body, STR("/recomputed/identical"))->kind, JSON_KIND_TRUE);
}

/* From any id of the claim to its decision; what belongs to none leads to the claim alone. */
static void test_an_id_leads_to_its_decision(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "auditor-1");
  static const char *const ways[] = { "/decision/decision", "/lines/0/line", "/proposal/proposal", "/snapshot/snapshot" };
  struct uuid decision = decision_of(h, cases[3].claim);
  assert_ok(h, HOUSE(h, audit_trace, &c, (&(struct audit_trace_request){ decision })));
  str ids[COUNT_OF(ways)], event = str_copy(h->fixture.arena, house_text(h, "/events/0/event"));
  for (size_t i = 0; i < COUNT_OF(ways); i++) ids[i] = str_copy(h->fixture.arena, house_text(h, ways[i]));
  for (size_t i = 0; i < COUNT_OF(ways); i++) {
    assert_ok(h, HOUSE(h, audit_find, &c, (&(struct audit_find_request){ ids[i] })));
    assert_true(uuid_eq(house_id(h, "/claim", "claim"), cases[3].claim));
    assert_true(uuid_eq(house_id(h, "/decision", "decision"), decision));
  }
  assert_ok(h, HOUSE(h, audit_find, &c, (&(struct audit_find_request){ event })));
  assert_int_equal(json_at(&h->body, STR("/decision"))->kind, JSON_KIND_NULL);
  assert_int_equal(HOUSE(h, audit_find, &c, (&(struct audit_find_request){ STR("lin_00000000000000000000000000") })), RESULT_NOT_FOUND);
  assert_int_equal(HOUSE(h, audit_find, &c, (&(struct audit_find_request){ STR("C-2026-000001") })), RESULT_NOT_FOUND);
}

/* ---- who may */

static void test_who_may_look(void **state) {
  struct house *h = *state;
  static const struct {
    const char *who;
    bool list, numbers, trail;
  } table[] = {
    { "clinic-1", false, false, false }, { "proxy-1", false, false, false },  { "cashier-1", false, true, false },
    { "adjuster-1", true, true, false }, { "approver-1", true, true, false }, { "owner-1", true, true, false },
    { "auditor-1", true, true, true },
  };
  for (size_t i = 0; i < COUNT_OF(table); i++) {
    struct caller c = house_caller(h, table[i].who);
    struct queue_request all = { .limit = 1 };
    struct audit_events_request events = { .limit = 1 };
    assert_int_equal(HOUSE(h, queue_list, &c, &all) == RESULT_OK, table[i].list);
    assert_int_equal(HOUSE(h, queue_counts, &c, NULL) == RESULT_OK, table[i].list);
    assert_int_equal(HOUSE(h, claim_timeline, &c, (&(struct timeline_request){ .claim = cases[0].claim })) == RESULT_OK,
                     table[i].list);
    assert_int_equal(HOUSE(h, facts_versions, &c, (&(struct facts_versions_request){ cases[0].claim })) == RESULT_OK,
                     table[i].list);
    assert_int_equal(HOUSE(h, statistics_view, &c, (&(struct statistics_request){ DAY_NONE })) == RESULT_OK,
                     table[i].numbers);
    assert_int_equal(HOUSE(h, audit_events, &c, &events) == RESULT_OK, table[i].trail);
  }
}

/* A draft is its writer's alone. */
static void test_drafts_are_in_no_list(void **state) {
  struct house *h = *state;
  struct caller clinic = house_keyed(h, "clinic-1", "draft"), c = house_caller(h, "adjuster-1");
  struct draft_begin_request begin = { .facility = places.ids[CLAIMS], .channel = STR("online") };
  assert_ok(h, HOUSE(h, draft_begin, &clinic, &begin));
  struct uuid draft = house_id(h, "/claim", "claim");
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .facility = places.ids[CLAIMS] }));
  assert_int_equal(shown(h), 0);
  assert_int_equal(HOUSE(h, claim_timeline, &c, (&(struct timeline_request){ .claim = draft })), RESULT_NOT_FOUND);
  assert_int_equal(HOUSE(h, facts_versions, &c, (&(struct facts_versions_request){ draft })), RESULT_NOT_FOUND);
}

/* Submitted on Wednesday 2026-05-20. No holiday falls into the four weeks after it, so the twentieth working day is
 * Wednesday 2026-06-17. */
static void test_age_in_working_days(void **state) {
  struct house *h = *state;
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .limit = 1 }));
  assert_true(str_eq(house_text(h, "/claims/0/due_on"), STR("2026-06-17")));
  assert_int_equal(house_int(h, "/claims/0/working_days"), 0);
  assert_true(json_at(&h->body, STR("/claims/0/late"))->kind == JSON_KIND_FALSE);
  h->fixture.now_us += 28 * INT64_C(86400000000);
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .limit = 1 }));
  assert_int_equal(house_int(h, "/claims/0/working_days"), 20);
  assert_true(json_at(&h->body, STR("/claims/0/late"))->kind == JSON_KIND_FALSE);
  h->fixture.now_us += INT64_C(86400000000);
  assert_ok(h, listed(h, "adjuster-1", (struct queue_request){ .limit = 1 }));
  assert_int_equal(house_int(h, "/claims/0/working_days"), 21);
  assert_true(json_at(&h->body, STR("/claims/0/late"))->kind == JSON_KIND_TRUE);
}

static int64_t waiting(struct house *h, const char *what) {
  struct caller c = house_caller(h, "adjuster-2");
  assert_ok(h, HOUSE(h, queue_counts, &c, NULL));
  return house_int(h, what);
}

/* How many of adjuster-2's claims a list narrowed so shows. */
static size_t narrowed(struct house *h, struct queue_request r) {
  r.assigned = QUEUE_PERSON;
  assert_ok(h, listed(h, "adjuster-2", r));
  return shown(h);
}

/* From an answer of the clinic on until somebody acts on it. */
static void test_an_answer_waits_until_something_is_done(void **state) {
  struct house *h = *state;
  struct kase k = filed_with(h, "clinic-1", places.ids[CLAIMS + 2], SCENE_FACTS, NULL);
  struct caller c = house_caller(h, "adjuster-2"), clinic = house_caller(h, "clinic-1");
  taken(h, &k, "adjuster-2");
  int64_t before = waiting(h, "/answered");
  assert_int_equal(narrowed(h, (struct queue_request){ .answered = true }), before);
  assert_ok(h, HOUSE(h, information_ask, &c, (&(struct information_request_request){
                         k.claim, k.version, NULL, 0, day_in_japan(h->fixture.now_us) + 14, STR("お知らせください。") })));
  struct uuid request = house_id(h, "/request", "information_request");
  assert_int_equal(waiting(h, "/answered"), before);
  h->fixture.now_us += 1000000;
  assert_ok(h, HOUSE(h, information_reply, &clinic, (&(struct reply_request){ k.claim, request, STR("お答えします。") })));
  assert_int_equal(waiting(h, "/answered"), before + 1);
  assert_int_equal(narrowed(h, (struct queue_request){ .answered = true }), before + 1);
  assert_true(uuid_eq(house_id(h, "/claims/0/claim", "claim"), k.claim));
  assert_int_equal(narrowed(h, (struct queue_request){ .answered = true, .words = STR("C-20") }), before + 1);
  assert_int_equal(narrowed(h, (struct queue_request){ .answered = true, .states = one_state("decided") }), 0);
  h->fixture.now_us += 1000000;
  proved(h, &k, "adjuster-2");
  assert_int_equal(waiting(h, "/answered"), before);
  assert_int_equal(narrowed(h, (struct queue_request){ .answered = true }), before);
}

/* Submitted on Wednesday 2026-05-20: the seventeenth working day, three before the last, is Friday 2026-06-12; the last is
 * Wednesday 2026-06-17. */
static void test_what_is_due_soon(void **state) {
  struct house *h = *state;
  int64_t came = h->fixture.now_us;
  assert_true(waiting(h, "/mine") > 0);
  h->fixture.now_us = came + 22 * INT64_C(86400000000);
  assert_int_equal(waiting(h, "/due"), 0);
  h->fixture.now_us = came + 23 * INT64_C(86400000000);
  assert_int_equal(waiting(h, "/due"), waiting(h, "/mine"));
  size_t mine = (size_t)waiting(h, "/mine");
  static const struct { int64_t days; enum queue_due due; int64_t within; bool all; } table[] = {
    { 22, QUEUE_DUE_WITHIN, 3, false }, { 23, QUEUE_DUE_WITHIN, 3, true },  { 27, QUEUE_DUE_WITHIN, 0, false }, { 28, QUEUE_DUE_WITHIN, 0, true },
    { 28, QUEUE_DUE_LATE, 0, false },   { 29, QUEUE_DUE_LATE, 0, true },    { 40, QUEUE_DUE_WITHIN, 0, true },  { 0, QUEUE_DUE_WITHIN, 20, true },
  };
  for (size_t i = 0; i < COUNT_OF(table); i++) {
    h->fixture.now_us = came + table[i].days * INT64_C(86400000000);
    assert_int_equal(narrowed(h, (struct queue_request){ .due = table[i].due, .within = table[i].within }), table[i].all ? mine : 0);
    assert_int_equal(narrowed(h, (struct queue_request){ .due = table[i].due, .within = table[i].within, .newest_first = true }), table[i].all ? mine : 0);
  }
  assert_int_equal(narrowed(h, (struct queue_request){ .due = QUEUE_DUE_LATE, .states = one_state("decided") }), 0);
  h->fixture.now_us = came;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_pages_without_gaps_or_doubles_while_claims_move, next),
    cmocka_unit_test_setup(test_newest_first_is_the_other_way_round, next),
    cmocka_unit_test_setup(test_by_state_and_by_whose, next),
    cmocka_unit_test_setup(test_counts, next),
    cmocka_unit_test_setup(test_reads_together, next),
    cmocka_unit_test_setup(test_reads_together_ask_who_may, next),
    cmocka_unit_test_setup(test_search, next),
    cmocka_unit_test_setup(test_search_by_member, next),
    cmocka_unit_test_setup(test_timeline_tells_who_did_what, next),
    cmocka_unit_test_setup(test_versions_of_facts, next),
    cmocka_unit_test_setup(test_statistics, next),
    cmocka_unit_test_setup(test_statistics_by_prefecture, next),
    cmocka_unit_test_setup(test_the_trail_page_by_page, next),
    cmocka_unit_test_setup(test_a_decision_is_traced, next),
    cmocka_unit_test_setup(test_a_decision_is_computed_again, next),
    cmocka_unit_test_setup(test_a_decision_is_computed_again_with_its_own_calendar, next),
    cmocka_unit_test_setup(test_a_decision_after_many_looks_is_computed_again, next),
    cmocka_unit_test_setup(test_an_id_leads_to_its_decision, next),
    cmocka_unit_test_setup(test_who_may_look, next),
    cmocka_unit_test_setup(test_drafts_are_in_no_list, next),
    cmocka_unit_test_setup(test_an_answer_waits_until_something_is_done, next),
    cmocka_unit_test_setup(test_what_is_due_soon, next),
    cmocka_unit_test_setup(test_age_in_working_days, next),
  };
  return cmocka_run_group_tests(tests, up, down);
}
