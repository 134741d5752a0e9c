/* faults: the Nth query of a use case fails, for every N: nothing is left by half, and asking again under the same key
 * does the thing once, whether the database failed, wanted a retry, or the line was cut. */
#include "claims.h"

static struct house house;

static int up(void **state) {
  house.fixture.quiet = true;
  house_up(&house);
  *state = &house;
  return 0;
}

static int down(void **state) {
  house_down(*state);
  return 0;
}

/* ---- the steps: each prepares what it needs, then is called as often as the test likes with the same caller */

struct step;
typedef result act_of(struct house *h, struct step *s, const struct caller *c);
struct step {
  const char *name, *who;
  void (*prepare)(struct house *h, struct step *s);
  act_of *act;
  struct uuid claim, file;
};

static void with_draft(struct house *h, struct step *s) {
  struct caller c = house_keyed(h, "clinic-1", "begin");
  struct draft_begin_request r = {
    h->clinic_1, STR("online"), json_text_of(h, "{\"facts\":" FACTS_WORKED ",\"payee\":" PAYEE_YAMADA ",\"report\":{}}")
  };
  assert_ok(h, HOUSE(h, draft_begin, &c, &r));
  s->claim = house_id(h, "/claim", "claim");
}

static void with_claim(struct house *h, struct step *s) { s->claim = filed(h); }

static void with_file(struct house *h, struct step *s) {
  with_draft(h, s);
  struct caller c = house_keyed(h, "clinic-1", "evidence");
  struct evidence_begin_request r = { .claim = s->claim, .name = STR("a.txt"), .length = 2 };
  assert_ok(h, HOUSE(h, evidence_begin, &c, &r));
  s->file = house_id(h, "/evidence", "evidence");
}

static void with_bytes(struct house *h, struct step *s) {
  with_file(h, s);
  struct caller c = house_caller(h, "clinic-1");
  struct evidence_append_request r = { s->file, 0, STR("x\n") };
  assert_ok(h, HOUSE(h, evidence_append, &c, &r));
}

static result act_begin(struct house *h, struct step *s, const struct caller *c) {
  (void)s;
  struct draft_begin_request r = { h->clinic_1, STR("online"), NULL };
  return HOUSE(h, draft_begin, c, &r);
}

static result act_save(struct house *h, struct step *s, const struct caller *c) {
  struct draft_save_request r = { s->claim, 1, json_text_of(h, "{\"step\":\"2\"}") };
  return HOUSE(h, draft_save, c, &r);
}

static result act_discard(struct house *h, struct step *s, const struct caller *c) {
  struct claim_request r = { s->claim };
  return HOUSE(h, draft_discard, c, &r);
}

static result act_submit(struct house *h, struct step *s, const struct caller *c) {
  struct submit_request r = { .claim = s->claim, .version = 1, .declaration = declared() };
  return HOUSE(h, claim_submit, c, &r);
}

static result act_file(struct house *h, struct step *s, const struct caller *c) {
  (void)s;
  struct file_request r = { h->clinic_1,
                            STR("paper"),
                            declared(),
                            { json_text_of(h, FACTS_WORKED), json_text_of(h, PAYEE_YAMADA), json_text_of(h, "{}") } };
  return HOUSE(h, claim_file, c, &r);
}

static result act_amend(struct house *h, struct step *s, const struct caller *c) {
  struct amend_request r = { s->claim, 2, STR("online"), declared(),
                             json_text_of(h, "{\"incident\":{\"occurred_on\":\"2026-05-09\",\"summary\":\"x\"}}") };
  return HOUSE(h, claim_amend, c, &r);
}

static result act_withdraw(struct house *h, struct step *s, const struct caller *c) {
  struct withdraw_request r = { s->claim, 2, STR("x") };
  return HOUSE(h, claim_withdraw, c, &r);
}

static result act_payee(struct house *h, struct step *s, const struct caller *c) {
  struct payee_request r = { s->claim, 1,
                             json_text_of(
                                 h, "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"current\","
                                    "\"account_number\":\"1\",\"holder_name\":\"スズキ\"}") };
  return HOUSE(h, payee_change, c, &r);
}

static result act_report(struct house *h, struct step *s, const struct caller *c) {
  struct report_request r = { s->claim, 0, json_text_of(h, "{\"systems\":[\"電子カルテ\"]}") };
  return HOUSE(h, report_save, c, &r);
}

static result act_message(struct house *h, struct step *s, const struct caller *c) {
  struct message_request r = { s->claim, STR("x") };
  return HOUSE(h, message_write, c, &r);
}

static result act_evidence(struct house *h, struct step *s, const struct caller *c) {
  struct evidence_begin_request r = { .claim = s->claim, .name = STR("a.txt"), .length = 2 };
  return HOUSE(h, evidence_begin, c, &r);
}

static result act_finish(struct house *h, struct step *s, const struct caller *c) {
  struct evidence_request r = { s->file };
  return HOUSE(h, evidence_finish, c, &r);
}

static result act_view(struct house *h, struct step *s, const struct caller *c) {
  struct claim_request r = { s->claim };
  return HOUSE(h, claim_view, c, &r);
}

static result act_import(struct house *h, struct step *s, const struct caller *c) {
  static int turn;
  (void)s;
  if (c->idempotency_key.n > 0) turn++;
  str bytes = str_format(h->arena, "member_number,class,from,name\n700001,A1,2020-04-01,name %d\n", turn);
  struct roster_import_request r = { ROSTER_MEMBERS, STR("x.csv"), bytes, false, false, false };
  return HOUSE(h, roster_import, c, &r);
}

static const struct step steps[] = {
  { .name = "draft_begin", .who = "clinic-1", .act = act_begin },
  { .name = "draft_save", .who = "clinic-1", .prepare = with_draft, .act = act_save },
  { .name = "draft_discard", .who = "clinic-1", .prepare = with_draft, .act = act_discard },
  { .name = "claim_submit", .who = "clinic-1", .prepare = with_draft, .act = act_submit },
  { .name = "claim_file", .who = "adjuster-1", .act = act_file },
  { .name = "claim_amend", .who = "clinic-1", .prepare = with_claim, .act = act_amend },
  { .name = "claim_withdraw", .who = "clinic-1", .prepare = with_claim, .act = act_withdraw },
  { .name = "payee_change", .who = "clinic-1", .prepare = with_claim, .act = act_payee },
  { .name = "report_save", .who = "clinic-1", .prepare = with_claim, .act = act_report },
  { .name = "message_write", .who = "clinic-1", .prepare = with_claim, .act = act_message },
  { .name = "evidence_begin", .who = "clinic-1", .prepare = with_draft, .act = act_evidence },
  { .name = "evidence_finish", .who = "clinic-1", .prepare = with_bytes, .act = act_finish },
  { .name = "claim_view", .who = "clinic-1", .prepare = with_claim, .act = act_view },
  { .name = "roster_import", .who = "owner-1", .act = act_import },
};

/* ---- everything that a use case of this room can write, in one number */
static int64_t rows_now(struct house *h) {
  static const char *const tables[] = {
    "claim",         "draft",   "facts_version",    "payee_version", "incident",       "incident_report",
    "hold",          "message", "claim_withdrawal", "evidence",      "evidence_chunk", "evidence_finish",
    "sealing_key",   "event",   "event_salt",       "event_pending", "roster_import",  "member",
    "member_version"
  };
  struct buf sql = buf_in(h->arena);
  buf_add(
      &sql,
      STR("SELECT (SELECT coalesce(sum(version), 0) FROM shienkin.claim) + (SELECT coalesce(sum(version), 0) FROM shienkin.draft)"));
  for (size_t i = 0; i < COUNT_OF(tables); i++) buf_format(&sql, " + (SELECT count(*) FROM shienkin.%s)", tables[i]);
  return house_count(h, str_z(h->arena, buf_str(&sql)));
}

/* The act without a fault: how many rows it makes. */
static int64_t clean_difference(struct house *h, const struct step *which) {
  struct step s = *which;
  house_next(h);
  if (s.prepare) s.prepare(h, &s);
  struct caller c = house_keyed(h, s.who, s.name);
  int64_t before = rows_now(h);
  assert_ok(h, s.act(h, &s, &c));
  return rows_now(h) - before;
}

/* After a cut the server may take a moment to see that its client is gone, and holds the key as long: 409, ask again. */
static result again(struct house *h, struct step *s, const struct caller *c) {
  for (int tries = 0;; tries++) {
    result r = s->act(h, s, c);
    if (r != RESULT_CONFLICT || tries == 100 || !findings_has(&h->findings, STR(""), "request_in_progress")) return r;
    usleep(10000);
  }
}

/* One N. False: the use case has fewer queries, and went well. */
static bool try_nth(struct house *h, const struct step *which, enum store_injury injury, uint64_t nth,
                    int64_t difference) {
  struct step s = *which;
  house_next(h);
  if (s.prepare) s.prepare(h, &s);
  struct caller c = house_keyed(h, s.who, s.name);
  int64_t before = rows_now(h);
  h->fail_at = nth;
  h->injury = injury;
  result r = s.act(h, &s, &c);
  bool reached = h->seen >= nth;
  h->fail_at = 0;
  if (r != RESULT_OK) {
    bool waits = injury == STORE_CUT_AFTER && h->answer.status == 409;
    assert_true(reached && h->findings.count > 0 && (h->answer.status >= 500 || waits));
    int64_t now = rows_now(h);
    if (injury == STORE_FAIL && now != before)
      fail_msg("%s: query %d left %d rows", s.name, (int)nth, (int)(now - before));
    if (now != before && now != before + difference) fail_msg("%s: query %d left a half", s.name, (int)nth);
    bool same_again = s.act != act_import; /* its file would be another */
    if (same_again) assert_ok(h, again(h, &s, &c));
  } else if (injury == STORE_FAIL) {
    assert_false(reached);
  }
  int64_t total = rows_now(h) - before;
  if (s.act != act_view && s.act != act_import && total != difference)
    fail_msg("%s: query %d: %d rows in the end, not %d", s.name, (int)nth, (int)total, (int)difference);
  return reached;
}

/* Cuts and retries are the runner's business: of them the steps that write most are enough. */
static bool is_long(const struct step *s) { return s->act == act_submit || s->act == act_finish; }

static void all_of(struct house *h, enum store_injury injury) {
  for (size_t i = 0; i < COUNT_OF(steps); i++) {
    if (injury != STORE_FAIL && !is_long(&steps[i])) continue;
    (void)clean_difference(h, &steps[i]); /* the first may make an account's key */
    int64_t difference = clean_difference(h, &steps[i]);
    uint64_t nth = 1;
    while (try_nth(h, &steps[i], injury, nth, difference)) nth++;
    assert_true(nth > 4);
  }
}

static void test_query_fails(void **state) { all_of(*state, STORE_FAIL); }
static void test_serialisation_fails(void **state) { all_of(*state, STORE_RETRY); }
static void test_line_cut_before(void **state) { all_of(*state, STORE_CUT_BEFORE); }
static void test_line_cut_after(void **state) { all_of(*state, STORE_CUT_AFTER); }

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_query_fails),
    cmocka_unit_test(test_serialisation_fails),
    cmocka_unit_test(test_line_cut_before),
    cmocka_unit_test(test_line_cut_after),
  };
  return cmocka_run_group_tests(tests, up, down);
}
