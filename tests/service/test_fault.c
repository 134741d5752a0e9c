/* fault: the Nth query of a use case fails, or its connection is lost before or after it, for every N. Whatever happens, a
 * use case has happened whole or not at all, and asking again under the same key makes it happen once. */
#include "casework.h"

static struct house house;

static int down(void **state) {
  casework_down(*state);
  return 0;
}

/* ---- the use cases: how far a claim must have come, and the call itself */

struct scene { struct kase k, other; struct uuid id; };
struct play {
  const char *name, *who;
  void (*prepare)(struct house *h, struct scene *s);
  result (*act)(struct house *h, struct scene *s, const struct caller *c);
};

static struct casework_places places;
static size_t place;

static struct kase filed_somewhere(struct house *h) {
  assert_true(place < places.count);
  return filed_with(h, "clinic-1", places.ids[place++], SCENE_FACTS, NULL);
}

static void at_submitted(struct house *h, struct scene *s) { s->k = filed_somewhere(h); }
static void at_review(struct house *h, struct scene *s) {
  at_submitted(h, s);
  taken(h, &s->k, "adjuster-1");
}
static void at_proved(struct house *h, struct scene *s) {
  at_review(h, s);
  proved(h, &s->k, "adjuster-1");
}
static void at_proposed(struct house *h, struct scene *s) {
  at_proved(h, s);
  proposed(h, &s->k, "adjuster-1");
}
static void at_decided(struct house *h, struct scene *s) {
  at_proposed(h, s);
  approved(h, &s->k, "approver-1");
}
static void at_asked(struct house *h, struct scene *s) {
  at_review(h, s);
  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, information_ask, &c,
                     (&(struct information_request_request){ s->k.claim, s->k.version, NULL, 0, day_from_civil(2026, 12, 1),
                                                             STR("お知らせください。") })));
  s->k.version = house_int(h, "/version");
  s->id = house_id(h, "/request", "information_request");
}
static void at_held(struct house *h, struct scene *s) {
  at_review(h, s);
  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, hold_set, &c, (&(struct hold_request){ s->k.claim, STR("legal"), STR("照会中。") })));
  s->id = house_id(h, "/hold", "hold");
}
static void at_suspected(struct house *h, struct scene *s) {
  struct kase first = filed_somewhere(h);
  s->k = filed_somewhere(h);
  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, duplicate_suspect, &c, (&(struct duplicate_suspect_request){ s->k.claim, first.claim })));
  s->id = house_id(h, "/suspicion", "duplicate_suspicion");
  assert_ok(h, HOUSE(h, duplicate_resolve, &c, (&(struct duplicate_resolve_request){ s->k.claim, s->id, true, STR("同じ。") })));
}

#define ACT(name, use_case, ...) \
  static result name(struct house *h, struct scene *s, const struct caller *c) { return HOUSE(h, use_case, c, (&__VA_ARGS__)); }
ACT(check, facts_check,
    (struct fact_check_request){ s->k.claim, SERVICE_ANY_VERSION,
                                 &(struct fact_check_item){ .key = STR("/incident/cyber_attack"), .verdict = CHECK_REFUTED,
                                                            .reason = STR("警告画面だけで、侵入はなかった。") }, 1 })
ACT(ask, information_ask,
    (struct information_request_request){ s->k.claim, s->k.version, NULL, 0, day_from_civil(2026, 12, 1), STR("お知らせください。") })
ACT(unask, information_take_back, (struct information_take_back_request){ s->k.claim, s->k.version, s->id })
ACT(assign, claim_assign, (struct assign_request){ s->k.claim, s->k.version, house_person(h, "adjuster-2")->person })
ACT(recuse, claim_recuse, (struct recuse_request){ s->k.claim, STR("親族の医院である。") })
ACT(hold, hold_set, (struct hold_request){ s->k.claim, STR("other"), STR("確認中。") })
ACT(release, hold_release, (struct hold_release_request){ s->id, STR("照会が終わった。") })
ACT(note, note_write, (struct note_request){ s->k.claim, STR("電話で話した。") })
ACT(propose, claim_propose, (struct propose_request){ s->k.claim, s->k.version })
ACT(approve, proposal_approve, (struct approve_request){ s->k.claim, s->k.version, s->k.proposal })
ACT(give_back, proposal_return, (struct return_request){ s->k.claim, s->k.version, s->k.proposal, STR("証拠を添えてください。") })
ACT(take_back, proposal_withdraw, (struct take_back_request){ s->k.claim, s->k.version, s->k.proposal })
ACT(reconsider, reconsideration_ask, (struct reconsider_request){ s->k.claim, s->k.version, STR("もう一度見てほしい。") })
ACT(search, duplicates_search, (struct duplicates_search_request){ s->k.claim })
ACT(resolve, duplicate_resolve, (struct duplicate_resolve_request){ s->k.claim, s->id, true, STR("同じである。") })
ACT(withdraw, claim_withdraw, (struct withdraw_request){ s->k.claim, s->k.version, STR("誤りでした。") })

static const struct play plays[] = {
  { "facts_check", "adjuster-1", at_review, check },
  { "information_ask", "adjuster-1", at_review, ask },
  { "information_take_back", "adjuster-1", at_asked, unask },
  { "claim_assign", "adjuster-1", at_submitted, assign },
  { "claim_recuse", "adjuster-1", at_review, recuse },
  { "hold_set", "adjuster-1", at_review, hold },
  { "hold_release", "approver-1", at_held, release },
  { "note_write", "adjuster-1", at_review, note },
  { "claim_propose", "adjuster-1", at_proved, propose },
  { "proposal_approve", "approver-1", at_proposed, approve },
  { "proposal_return", "approver-1", at_proposed, give_back },
  { "proposal_withdraw", "adjuster-1", at_proposed, take_back },
  { "reconsideration_ask", "clinic-1", at_decided, reconsider },
  { "duplicates_search", "service", at_review, search },
  { "duplicate_resolve", "approver-1", at_suspected, resolve },
  { "claim_withdraw", "clinic-1", at_submitted, withdraw },
};

static int up(void **state) {
  casework_up(&house);
  places = casework_places(&house, 160);
  *state = &house;
  return 0;
}

/* ---- what is the same before and after a use case that did not happen */

static int64_t trail(struct house *h) {
  return house_count(h, "SELECT (SELECT count(*) FROM shienkin.event) + (SELECT coalesce(sum(version), 0) FROM shienkin.claim)");
}

enum { QUERIES_MOST = 120 };

struct suffering { const struct play *play; const char *called; enum store_injury injury; struct scene scene;
                   struct caller caller; int64_t before; };

static void begin(struct house *h, struct suffering *x) {
  house_next(h);
  x->scene = (struct scene){ .id = { { 0 } } };
  x->play->prepare(h, &x->scene);
  x->caller = house_keyed(h, x->play->who, x->play->name);
  x->before = trail(h);
}

/* The same request again: the same answer, and nothing happens twice. */
static void ask_again(struct house *h, struct suffering *x) {
  int64_t after = trail(h);
  str body = str_copy(h->arena, h->answer.body);
  assert_true(after > x->before);
  assert_ok(h, x->play->act(h, &x->scene, &x->caller));
  assert_true(h->answer.replayed);
  assert_true(str_eq(body, h->answer.body));
  assert_int_equal(trail(h), after);
}

static void expect_nothing(struct house *h, const struct suffering *x, uint64_t n) {
  if (h->findings.count == 0) fail_msg("%s, %s at %llu: nothing was said", x->play->name, x->called, (unsigned long long)n);
  const char *code = h->findings.items[0].code;
  if (strcmp(code, "outcome_unknown") != 0 && trail(h) != x->before)
    fail_msg("%s, %s at %llu (%s): something was left behind", x->play->name, x->called, (unsigned long long)n, code);
}

/* How many queries each use case makes, found by the test of failing ones. */
static uint64_t queries[COUNT_OF(plays)];

static result hurt_at(struct house *h, struct suffering *x, uint64_t n, bool *hurt) {
  h->fail_at = n;
  h->injury = x->injury;
  result r = x->play->act(h, &x->scene, &x->caller);
  *hurt = h->seen >= n;
  h->fail_at = 0;
  if (!*hurt && r != RESULT_OK)
    fail_msg("%s, %s: unhurt, and yet %s %d", x->play->name, x->called, result_name(r), h->answer.status);
  if (r != RESULT_OK) expect_nothing(h, x, n);
  return r;
}

/* The Nth query fails, for N = 1, 2, … until the use case gets through unhurt; one claim serves for all of it. */
static void test_the_nth_query_fails(void **state) {
  struct house *h = *state;
  for (size_t i = 0; i < COUNT_OF(plays); i++) {
    struct suffering x = { .play = &plays[i], .called = "a query fails", .injury = STORE_FAIL };
    bool hurt = true;
    begin(h, &x);
    for (uint64_t n = 1; hurt; n++) {
      if (n > QUERIES_MOST) fail_msg("%s: never got through", plays[i].name);
      result r = hurt_at(h, &x, n, &hurt);
      if (hurt && r == RESULT_OK) fail_msg("%s at %llu: went on over a failed query", plays[i].name, (unsigned long long)n);
    }
    ask_again(h, &x);
    begin(h, &x);                       /* the account's key is there by now: fewer queries than at first */
    assert_ok(h, plays[i].act(h, &x.scene, &x.caller));
    queries[i] = h->seen;
  }
  casework_invariants(h);
}

/* A connection that is lost before the commit was sent is made anew and the work done again by itself; lost at the commit,
 * the outcome is unknown, and asking again under the same key tells. Either way it has happened once. */
static void lose(struct house *h, enum store_injury injury, const char *called) {
  for (size_t i = 0; i < COUNT_OF(plays); i++) {
    const uint64_t at[] = { queries[i] / 2, queries[i] };
    for (size_t k = 0; k < COUNT_OF(at); k++) {
      struct suffering x = { .play = &plays[i], .called = called, .injury = injury };
      bool hurt;
      begin(h, &x);
      if (hurt_at(h, &x, at[k], &hurt) != RESULT_OK) assert_ok(h, plays[i].act(h, &x.scene, &x.caller));
      assert_true(hurt);
      ask_again(h, &x);
    }
  }
  casework_invariants(h);
}

static void test_the_connection_is_lost_before(void **state) {
  lose(*state, STORE_CUT_BEFORE, "cut before");
}

static void test_the_connection_is_lost_after(void **state) {
  lose(*state, STORE_CUT_AFTER, "cut after");
}

/* A serialisation failure at the Nth query: tried again by itself, and it happens once. */
static void test_the_nth_query_must_be_tried_again(void **state) {
  struct house *h = *state;
  for (uint64_t n = 1; n <= QUERIES_MOST; n += 8) {
    struct scene s = { .id = { { 0 } } };
    house_next(h);
    at_proposed(h, &s);
    struct caller c = house_keyed(h, "approver-1", "approve");
    h->fail_at = n;
    h->injury = STORE_RETRY;
    result r = approve(h, &s, &c);
    bool hurt = h->seen >= n;
    h->fail_at = 0;
    assert_ok(h, r);
    assert_int_equal(casework_count(h, &s.k, "decision"), 1);
    assert_int_equal(casework_owed(h, &s.k), 300000);
    if (!hurt) break;
  }
  casework_invariants(h);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_the_nth_query_fails),
    cmocka_unit_test(test_the_connection_is_lost_before),
    cmocka_unit_test(test_the_connection_is_lost_after),
    cmocka_unit_test(test_the_nth_query_must_be_tried_again),
  };
  return cmocka_run_group_tests(tests, up, down);
}
