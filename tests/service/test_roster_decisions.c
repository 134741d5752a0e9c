/* roster and decisions: an import that changes a value that a decision had used opens a finding and a hold, and changes no
 * decision; what the decision did not use changes nothing. And: what was asked is answered, by the clinic itself. */
#include "casework.h"

static void import(struct house *h, enum roster_kind kind, const char *text) {
  struct caller c = house_keyed(h, "owner-1", text);
  struct roster_import_request r = { .kind = kind, .file_name = STR("roster.csv"), .bytes = str_of(text) };
  h->fixture.now_us += 1000000;
  assert_ok(h, HOUSE(h, roster_import, &c, &r));
}

/* P4 by the roster of the day: the member turns out to have been A2B since before the incident. */
static void test_class_changed_under_a_decision(void **state) {
  struct house *h = *state;
  struct casework_places places = casework_places(h, 1);
  struct kase k = filed_with(h, "clinic-1", places.ids[0], WORKED_FACTS, NULL);
  decided(h, &k);
  int64_t owed = casework_owed(h, &k);
  assert_int_equal(owed, 500000);

  /* A telephone number feeds no fact. */
  import(
      h, ROSTER_MEMBERS,
      "member_number,class,from,name,name_kana,telephone\n100001,A1,2020-04-01,山田太郎,ヤマダタロウ,03-0000-0000\n");
  assert_int_equal(house_int(h, "/changed"), 1);
  assert_int_equal(house_int(h, "/decisions_touched"), 0);
  assert_int_equal(casework_count(h, &k, "roster_finding"), 0);

  /* The new class begins after the incident: the decision's day is as it was. */
  import(h, ROSTER_MEMBERS,
         "member_number,class,from,until,name,name_kana\n100001,A1,2020-04-01,2026-05-14,山田太郎,ヤマダタロウ\n"
         "100001,B,2026-05-15,,山田太郎,ヤマダタロウ\n");
  assert_int_equal(house_int(h, "/decisions_touched"), 0);
  assert_int_equal(casework_count(h, &k, "roster_finding"), 0);
}

static void test_finding_and_hold(void **state) {
  struct house *h = *state;
  import(h, ROSTER_MEMBERS, "member_number,class,from,name,name_kana\n100001,A1,2020-04-01,山田太郎,ヤマダタロウ\n");
  struct kase k = filed_with(h, "clinic-1", h->clinic_1, SCENE_FACTS, NULL);
  decided(h, &k);
  int64_t version = k.version, owed = casework_owed(h, &k);

  import(h, ROSTER_MEMBERS,
         "member_number,class,from,until,name,name_kana\n100001,A1,2020-04-01,2026-04-05,山田太郎,ヤマダタロウ\n"
         "100001,A2B,2026-04-06,,山田太郎,ヤマダタロウ\n");
  assert_int_equal(house_int(h, "/decisions_touched"), 2); /* and the one of the test before */
  assert_int_equal(casework_count(h, &k, "roster_finding"), 1);
  assert_int_equal(casework_count(h, &k, "hold"), 1);
  assert_int_equal(casework_count(h, &k, "decision"), 1);
  assert_int_equal(casework_owed(h, &k), owed);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.roster_finding WHERE key = '/member/class' AND "
                                  "old_value = '\"A1\"' AND new_value = '\"A2B\"'"),
                   2);
  assert_int_equal(
      house_count(h,
                  "SELECT count(*) FROM shienkin.event WHERE type = 'roster_finding.opened' AND claim_version IS NULL"),
      2);
  /* The claim itself did not move: people decide what follows. */
  struct caller c = house_caller(h, "clinic-1");
  struct claim_request r = { k.claim };
  assert_ok(h, HOUSE(h, claim_view, &c, &r));
  assert_int_equal(house_int(h, "/version"), version);
  assert_true(str_eq(house_text(h, "/state"), STR("decided")));

  /* The same again brings nothing new, though the row is another: the decision's own reading is what counts. */
  import(
      h, ROSTER_MEMBERS,
      "member_number,class,from,until,name,name_kana,telephone\n100001,A1,2020-04-01,2026-04-05,山田太郎,ヤマダタロウ,\n"
      "100001,A2B,2026-04-06,,山田太郎,ヤマダタロウ,03-0000-0000\n");
  assert_int_equal(casework_count(h, &k, "roster_finding"), 1);

  /* A second change under the same decision: another finding, the same hold. */
  import(h, ROSTER_FACILITIES,
         "key,kind,code,name,name_kana,closed_weekdays,closed_on_holidays,from,member_number,relation\n"
         "F-0001,hospital,1312345679,やまだ医院,ヤマダイイン,sun wed,yes,2020-04-01,100001,opens\n");
  assert_int_equal(casework_count(h, &k, "roster_finding"), 3); /* kind and days off */
  assert_int_equal(casework_count(h, &k, "hold"), 1);
  casework_invariants(h);
}

/* Asked twice, answered one by one: back to review when nothing is open any more. */
static void test_asked_and_answered(void **state) {
  struct house *h = *state;
  import(h, ROSTER_MEMBERS, "member_number,class,from,name,name_kana\n100001,A1,2020-04-01,山田太郎,ヤマダタロウ\n");
  struct kase k = filed_with(h, "clinic-1", h->clinic_1, SCENE_FACTS, NULL);
  taken(h, &k, "adjuster-1");
  struct uuid requests[2];
  for (int i = 0; i < 2; i++) {
    struct caller c = house_keyed(h, "adjuster-1", "ask");
    str key = STR("/filings/jma_on");
    struct information_request_request r = { .claim = k.claim,
                                             .version = k.version,
                                             .keys = &key,
                                             .key_count = 1,
                                             .due_on = day_from_civil(2026, 6, 10),
                                             .text = STR("届出の控えを送ってください。") };
    assert_ok(h, HOUSE(h, information_ask, &c, &r));
    k.version = house_int(h, "/version");
    requests[i] = house_id(h, "/request", "information_request");
  }
  struct caller c = house_caller(h, "clinic-1b");
  struct claim_request look = { k.claim };
  assert_ok(h, HOUSE(h, claim_view, &c, &look));
  assert_int_equal(json_at(&h->body, STR("/asked"))->count, 2);
  assert_true(str_eq(house_text(h, "/asked/0/text"), STR("届出の控えを送ってください。")));
  assert_true(str_eq(house_text(h, "/asked/0/due_on"), STR("2026-06-10")));
  struct claims_request list = { .limit = 1 };
  assert_ok(h, HOUSE(h, claim_list, &c, &list));
  assert_int_equal(house_int(h, "/claims/0/asked"), 2);

  static const char *const states[] = { "info_requested", "in_review" };
  for (int i = 0; i < 2; i++) {
    struct caller clinic = house_keyed(h, "clinic-1", "reply");
    struct reply_request r = { k.claim, requests[i], STR("添付しました。") };
    assert_ok(h, HOUSE(h, information_reply, &clinic, &r));
    assert_true(str_eq(house_text(h, "/state"), str_of(states[i])));
    assert_ok(h, HOUSE(h, information_reply, &clinic, &r));
    assert_true(h->answer.replayed);
  }
  struct reply_request r = { k.claim, requests[0], STR("もう一度") };
  struct caller clinic = house_keyed(h, "clinic-1", "again");
  assert_conflict(h, HOUSE(h, information_reply, &clinic, &r), 409, "claim_state");
  casework_invariants(h);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_class_changed_under_a_decision, house_between),
    cmocka_unit_test_setup(test_finding_and_hold, house_between),
    cmocka_unit_test_setup(test_asked_and_answered, house_between),
  };
  return cmocka_run_group_tests(tests, casework_open, casework_close);
}
