/* concurrency: two people at one claim at the same moment, for every pair of one table that its state lets them try. Each gets
 * through or is told why not; never both where only one can be right; and the books agree afterwards. */
#include <pthread.h>

#include "casework.h"

static struct house house;
static struct casework_places places;
static size_t place;

/* ---- the claim on which two meet, and what hangs on it where an action needs it */

enum need { NEEDS_HOLD = 1, NEEDS_PAYEE = 2, NEEDS_SUSPICION = 4, NEEDS_OFFER = 8, NEEDS_UPLOAD = 16, NEEDS_FINDING = 32,
            NEEDS_PROOF = 64 };
struct stage {
  struct kase k;
  struct uuid request, hold, payee_version, suspicion, offering, upload, finding;
  size_t place;
};

/* ---- one client: a thread with an arena of its own */

struct client;
typedef result client_act(struct client *c, const struct stage *g);
/* `scenes`: where it can be tried, a letter each, as the scenes below are called. */
struct action { const char *name, *who; client_act *act; const char *scenes; unsigned needs; };
struct client {
  struct service *service;
  struct arena *arena;
  const struct action *action;
  const struct stage *g;
  struct caller caller;
  struct findings findings;
  struct service_answer answer;
  result result;
  pthread_barrier_t *barrier;
};

#define ACT(name, use_case, ...)                                                                                    \
  static result name(struct client *c, const struct stage *g) {                                                     \
    return use_case(c->service, &c->caller, c->arena, (&__VA_ARGS__), &c->findings, &c->answer);                    \
  }
static const struct json *parsed(struct client *c, str text) {
  struct json *out = ARENA_NEW(c->arena, struct json);
  return json_read(c->arena, text, (struct json_limits){ 0 }, &c->findings, out) == RESULT_OK ? out : NULL;
}
static str account_of(struct arena *a, size_t number) {
  return str_format(a, "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\","
                       "\"account_number\":\"%zu\",\"holder_name\":\"ヤマダタロウ\"}", number);
}
#define ANY SERVICE_ANY_VERSION
ACT(save, draft_save, (struct draft_save_request){ g->k.claim, 1, parsed(c, STR("{\"facts\":" SCENE_FACTS "}")) })
ACT(submit, claim_submit, (struct submit_request){ .claim = g->k.claim, .version = ANY, .declaration = { STR("2026-04"), true } })
ACT(discard, draft_discard, (struct claim_request){ g->k.claim })
ACT(assess_draft, draft_assess, (struct assess_request){ g->k.claim })
ACT(look, claim_view, (struct claim_request){ g->k.claim })
ACT(check, facts_check,
    (struct fact_check_request){ g->k.claim, ANY,
                                 &(struct fact_check_item){ .key = STR("/incident/cyber_attack"), .verdict = CHECK_REFUTED,
                                                            .reason = STR("侵入はなかった。") }, 1 })
ACT(ask, information_ask,
    (struct information_request_request){ g->k.claim, ANY, NULL, 0, day_from_civil(2099, 1, 1), STR("お知らせください。") })
ACT(unask, information_take_back, (struct information_take_back_request){ g->k.claim, ANY, g->request })
ACT(reply, information_reply, (struct reply_request){ g->k.claim, g->request, STR("届け出ました。") })
ACT(wake, claim_wake, (struct wake_request){ g->k.claim, ANY })
ACT(assign, claim_assign, (struct assign_request){ g->k.claim, ANY, { { 0 } } })
ACT(recuse, claim_recuse, (struct recuse_request){ g->k.claim, STR("親族の医院である。") })
ACT(hold, hold_set, (struct hold_request){ g->k.claim, STR("legal"), STR("照会中。") })
ACT(unhold, hold_release, (struct hold_release_request){ g->hold, STR("照会が済んだ。") })
ACT(note, note_write, (struct note_request){ g->k.claim, STR("電話で話した。") })
ACT(message, message_write, (struct message_request){ g->k.claim, STR("いつ頃になりますか。") })
ACT(report, report_save, (struct report_request){ g->k.claim, ANY, parsed(c, STR("{\"authorities\":[]}")) })
ACT(change_payee, payee_change,
    (struct payee_request){ g->k.claim, ANY, parsed(c, account_of(c->arena, 5000000 + 2 * g->place + (c->caller.roles & 1))) })
ACT(confirm, payee_confirm, (struct payee_confirm_request){ g->k.claim, g->payee_version, STR("call_back"), STR("") })
ACT(search, duplicates_search, (struct duplicates_search_request){ g->k.claim })
ACT(resolve, duplicate_resolve, (struct duplicate_resolve_request){ g->k.claim, g->suspicion, true, STR("同じ攻撃である。") })
ACT(take_offer, offer_take, (struct offer_take_request){ g->k.claim, ANY, g->offering })
ACT(settle, roster_finding_settle, (struct finding_settle_request){ g->k.claim, ANY, g->finding, true, STR("病床の届出。") })
ACT(upload, evidence_begin, (struct evidence_begin_request){ .claim = g->k.claim, .name = STR("控え.txt"), .length = 6 })
ACT(finish, evidence_finish, (struct evidence_request){ g->upload })
ACT(propose, claim_propose, (struct propose_request){ g->k.claim, ANY })
ACT(approve, proposal_approve, (struct approve_request){ g->k.claim, ANY, g->k.proposal })
ACT(give_back, proposal_return, (struct return_request){ g->k.claim, ANY, g->k.proposal, STR("証拠を。") })
ACT(take_back, proposal_withdraw, (struct take_back_request){ g->k.claim, ANY, g->k.proposal })
ACT(reconsider, reconsideration_ask, (struct reconsider_request){ g->k.claim, ANY, STR("もう一度。") })
ACT(let_stand, reconsideration_withdraw, (struct reconsider_withdraw_request){ g->k.claim, ANY })
ACT(withdraw, claim_withdraw, (struct withdraw_request){ g->k.claim, ANY, STR("誤りでした。") })
ACT(amend, claim_amend,
    (struct amend_request){ .claim = g->k.claim, .version = ANY, .channel = STR("online"),
                            .declaration = { STR("2026-04"), true },
                            .facts = parsed(c, STR("{\"incident\":{\"occurred_on\":\"2026-04-06\",\"cyber_attack\":true,"
                                                   "\"insider_crime\":false},\"leak\":{\"occurred\":false},"
                                                   "\"filings\":{\"jma_on\":\"2026-04-07\"}}")) })

/* Scenes: D draft, R in review, A asked, S silent (dormant), P proposed, F decided, X in reconsideration. Every use case that
 * writes of a claim stands here, and two that only read; a new one gets its row, and meets all the others. */
static const struct action actions[] = {
  { "draft_save", "clinic-1", save, "D", 0 },
  { "claim_submit", "clinic-1", submit, "D", 0 },
  { "draft_discard", "clinic-1", discard, "D", 0 },
  { "draft_assess", "clinic-1", assess_draft, "D", 0 },
  { "evidence_begin", "clinic-1", upload, "D", 0 },
  { "evidence_finish", "clinic-1", finish, "DRP", NEEDS_UPLOAD },
  { "claim_view", "clinic-1", look, "PF", 0 },
  { "facts_check", "adjuster-2", check, "RPX", 0 },
  { "information_ask", "adjuster-2", ask, "RA", 0 },
  { "information_take_back", "adjuster-2", unask, "AS", 0 },
  { "information_reply", "clinic-1", reply, "AS", 0 },
  { "claim_wake", "clinic-1", wake, "S", 0 },
  { "claim_assign", "approver-2", assign, "R", 0 },
  { "claim_recuse", "adjuster-1", recuse, "R", 0 },
  { "hold_set", "approver-2", hold, "RPF", 0 },
  { "hold_release", "adjuster-2", unhold, "RPF", NEEDS_HOLD },
  { "note_write", "approver-2", note, "R", 0 },
  { "message_write", "clinic-1", message, "RS", 0 },
  { "report_save", "clinic-1", report, "R", 0 },
  { "payee_change", "clinic-1", change_payee, "RPF", NEEDS_PAYEE },
  { "payee_confirm", "adjuster-2", confirm, "RP", NEEDS_PAYEE },
  { "duplicates_search", "service", search, "RP", 0 },
  { "duplicate_resolve", "approver-2", resolve, "RP", NEEDS_SUSPICION },
  { "offer_take", "adjuster-2", take_offer, "RPF", NEEDS_OFFER },
  { "roster_finding_settle", "adjuster-2", settle, "F", NEEDS_FINDING },
  { "claim_propose", "adjuster-1", propose, "R", NEEDS_PROOF },
  { "claim_propose", "adjuster-2", propose, "X", 0 },
  { "proposal_approve", "approver-1", approve, "P", 0 },
  { "proposal_return", "approver-2", give_back, "P", 0 },
  { "proposal_withdraw", "adjuster-1", take_back, "P", 0 },
  { "reconsideration_ask", "clinic-1", reconsider, "F", 0 },
  { "reconsideration_withdraw", "clinic-1", let_stand, "X", 0 },
  { "claim_withdraw", "clinic-1", withdraw, "RAP", 0 },
  { "claim_amend", "clinic-1", amend, "RAPF", 0 },
};

static void *live(void *context) {
  struct client *c = context;
  pthread_barrier_wait(c->barrier);
  c->result = c->action->act(c, c->g);
  return NULL;
}

static void client_up(struct house *h, struct client *c, const struct action *action, const struct stage *g, pthread_barrier_t *b) {
  *c = (struct client){ .service = &h->service, .arena = arena_new(0), .action = action, .g = g, .barrier = b,
                        .caller = house_keyed(h, action->who, action->name) };
  c->findings = findings_in(c->arena);
}

/* ---- two at once */

static bool is_answer(const struct client *c) {
  return c->result == RESULT_OK || c->answer.status == 403 || c->answer.status == 404 || c->answer.status == 409 ||
         c->answer.status == 412 || c->answer.status == 422;
}

static void meet(struct house *h, const struct stage *g, const struct action *first, const struct action *second) {
  struct client clients[2];
  pthread_t threads[2];
  pthread_barrier_t barrier;
  pthread_barrier_init(&barrier, NULL, 2);
  client_up(h, &clients[0], first, g, &barrier);
  client_up(h, &clients[1], second, g, &barrier);
  for (int i = 0; i < 2; i++) assert_int_equal(pthread_create(&threads[i], NULL, live, &clients[i]), 0);
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  pthread_barrier_destroy(&barrier);
  for (int i = 0; i < 2; i++)
    if (!is_answer(&clients[i]))
      fail_msg("%s beside %s: %s %d %s", clients[i].action->name, clients[1 - i].action->name, result_name(clients[i].result),
               clients[i].answer.status, clients[i].findings.count ? clients[i].findings.items[0].code : "");
  if (clients[0].result != RESULT_OK && clients[1].result != RESULT_OK && first != second)
    fail_msg("%s beside %s: neither got through (%s, %s)", first->name, second->name, clients[0].findings.items[0].code,
             clients[1].findings.items[0].code);
  for (int i = 0; i < 2; i++) arena_free(clients[i].arena);
}

/* ---- scenes */

static str open_facts[FACT_CHECKS_MOST];        /* what must be proved of SCENE_FACTS: asked once, since it takes a while */
static size_t open_count;

static void prove(struct house *h, struct kase *k) {
  struct caller c = house_caller(h, "adjuster-1");
  struct fact_check_item items[FACT_CHECKS_MOST];
  for (size_t i = 0; i < open_count; i++)
    items[i] = (struct fact_check_item){ .key = open_facts[i], .verdict = CHECK_PROVED, .reason = STR("書類と照合した。") };
  assert_ok(h, HOUSE(h, facts_check, &c, (&(struct fact_check_request){ k->claim, ANY, items, open_count })));
}

static void learn_open_facts(struct house *h) {
  struct kase k = filed_with(h, "clinic-1", places.ids[place++], SCENE_FACTS, NULL);
  struct caller c = house_caller(h, "adjuster-1");
  assert_ok(h, HOUSE(h, claim_assess, &c, (&(struct assess_request){ k.claim })));
  const struct json *open = json_at(&h->body, STR("/open"));
  for (; open_count < open->count; open_count++)
    open_facts[open_count] = str_copy(h->fixture.arena, json_text(&open->as.items[open_count]));
  assert_true(open_count > 0);
  taken(h, &k, "adjuster-1");
}

static void begin_draft(struct house *h, struct stage *g) {
  struct caller c = house_keyed(h, "clinic-1", "begin");
  const struct json *draft = casework_json(h, "{\"facts\":" SCENE_FACTS "}");
  assert_ok(h, HOUSE(h, draft_begin, &c, (&(struct draft_begin_request){ places.ids[g->place], STR("online"), draft })));
  g->k = (struct kase){ .claim = house_id(h, "/claim", "claim"), .version = 1 };
}

static void begin_review(struct house *h, struct stage *g, unsigned needs) {
  str account = account_of(h->arena, 1000000 + g->place);
  g->k = filed_alone(h, "clinic-1", places.ids[g->place], SCENE_FACTS, needs & NEEDS_PAYEE ? str_z(h->arena, account) : NULL);
  taken(h, &g->k, "adjuster-1");
  if (!(needs & NEEDS_PROOF)) return;
  searched(h, &g->k);
  prove(h, &g->k);
}

static void begin_asked(struct house *h, struct stage *g, bool silent) {
  struct caller c = house_keyed(h, "adjuster-1", "ask");
  struct information_request_request r = { g->k.claim, ANY, NULL, 0, day_from_civil(2099, 1, 1), STR("お知らせください。") };
  struct job_report report;
  assert_ok(h, HOUSE(h, information_ask, &c, &r));
  g->request = house_id(h, "/request", "information_request");
  if (!silent) return;
  assert_int_equal(job_rest_silent(&h->service, -40000, 1000, &report), RESULT_OK);       /* as if 2099 were long ago */
  assert_true(report.done > 0);
}

/* ---- what hangs on the claim */

static struct kase another(struct house *h, const struct stage *g) {
  return filed_alone(h, "clinic-1", places.ids[g->place], "{\"incident\":{\"occurred_on\":\"2025-04-07\",\"cyber_attack\":true,"
                    "\"insider_crime\":false},\"filings\":{\"mhlw_on\":\"2025-04-08\"}}", NULL);
}

static struct uuid suspected(struct house *h, struct uuid claim, struct uuid other) {
  struct caller c = house_caller(h, "adjuster-2");
  assert_ok(h, HOUSE(h, duplicate_suspect, &c, (&(struct duplicate_suspect_request){ claim, other })));
  struct uuid suspicion = house_id(h, "/suspicion", "duplicate_suspicion");
  assert_ok(h, HOUSE(h, duplicate_resolve, &c, (&(struct duplicate_resolve_request){ claim, suspicion, true, STR("同じ攻撃。") })));
  return suspicion;
}

static void hang_offer(struct house *h, struct stage *g) {
  struct kase merged = another(h, g);
  struct caller c = house_caller(h, "approver-2");
  struct uuid suspicion = suspected(h, merged.claim, g->k.claim);
  assert_ok(h, HOUSE(h, duplicate_resolve, &c, (&(struct duplicate_resolve_request){ merged.claim, suspicion, true, STR("同じ攻撃。") })));
  g->offering = merged.claim;
}

static void hang_upload(struct house *h, struct stage *g) {
  struct caller c = house_caller(h, "clinic-1");
  assert_ok(h, HOUSE(h, evidence_begin, &c, (&(struct evidence_begin_request){ .claim = g->k.claim, .name = STR("控え.txt"), .length = 6 })));
  g->upload = house_id(h, "/evidence", "evidence");
  assert_ok(h, HOUSE(h, evidence_append, &c, (&(struct evidence_append_request){ g->upload, 0, STR("12345\n") })));
}

static void hang_finding(struct house *h, struct stage *g) {
  struct caller owner = house_caller(h, "owner-1"), adjuster = house_caller(h, "adjuster-1");
  str csv = str_format(h->arena, "key,kind,name,from,member_number,relation\nS-%04zu,hospital,Hospital,2020-04-01,100001,opens\n", g->place);
  assert_ok(h, HOUSE(h, roster_import, &owner,
                     (&(struct roster_import_request){ .kind = ROSTER_FACILITIES, .file_name = STR("mend.csv"), .bytes = csv })));
  assert_ok(h, HOUSE(h, case_view, &adjuster, (&(struct case_request){ g->k.claim })));
  g->finding = house_id(h, "/roster_findings/0/finding", "roster_finding");
}

static void hang(struct house *h, struct stage *g, unsigned needs) {
  struct caller c = house_caller(h, "approver-2");
  if (needs & NEEDS_HOLD) {
    assert_ok(h, HOUSE(h, hold_set, &c, (&(struct hold_request){ g->k.claim, STR("legal"), STR("照会中。") })));
    g->hold = house_id(h, "/hold", "hold");
  }
  if (needs & NEEDS_PAYEE) {
    assert_ok(h, HOUSE(h, case_view, &c, (&(struct case_request){ g->k.claim })));
    g->payee_version = house_id(h, "/payee/payee_version", "payee_version");
  }
  if (needs & NEEDS_SUSPICION) g->suspicion = suspected(h, g->k.claim, another(h, g).claim);
  if (needs & NEEDS_OFFER) hang_offer(h, g);
  if (needs & NEEDS_UPLOAD) hang_upload(h, g);
  if (needs & NEEDS_FINDING) hang_finding(h, g);
}

static struct stage staged(struct house *h, char scene, unsigned needs) {
  struct stage g = { .place = place++ };
  if (strchr("PFX", scene)) needs |= NEEDS_PROOF;
  assert_true(g.place < places.count);
  if (scene == 'D') begin_draft(h, &g);
  else begin_review(h, &g, needs);
  if (scene == 'A' || scene == 'S') begin_asked(h, &g, scene == 'S');
  if (strchr("PFX", scene)) proposed(h, &g.k, "adjuster-1");
  if (strchr("FX", scene)) approved(h, &g.k, "approver-1");
  if (scene == 'X') {
    struct caller c = house_keyed(h, "clinic-1", "reconsider");
    assert_ok(h, HOUSE(h, reconsideration_ask, &c, (&(struct reconsider_request){ g.k.claim, ANY, STR("もう一度。") })));
  }
  hang(h, &g, needs);
  return g;
}

/* ---- every pair of the table, each with itself too */

static void every_pair(struct house *h, char scene, int least) {
  int pairs = 0;
  for (size_t i = 0; i < COUNT_OF(actions); i++) {
    if (!strchr(actions[i].scenes, scene)) continue;
    for (size_t j = i; j < COUNT_OF(actions); j++) {
      if (!strchr(actions[j].scenes, scene)) continue;
      house_next(h);
      struct stage g = staged(h, scene, actions[i].needs | actions[j].needs);
      meet(h, &g, &actions[i], &actions[j]);
      pairs++;
    }
  }
  assert_true(pairs >= least);          /* a table that lost its letters would pass in silence */
  casework_invariants(h);
}

static void test_pairs_of_a_draft(void **state) { every_pair(*state, 'D', 21); }
static void test_pairs_in_review(void **state) { every_pair(*state, 'R', 171); }
static void test_pairs_while_asked(void **state) { every_pair(*state, 'A', 15); }
static void test_pairs_in_silence(void **state) { every_pair(*state, 'S', 10); }
static void test_pairs_while_proposed(void **state) { every_pair(*state, 'P', 100); }
static void test_pairs_when_decided(void **state) { every_pair(*state, 'F', 36); }
static void test_pairs_in_reconsideration(void **state) { every_pair(*state, 'X', 6); }

/* ---- who asks for the next claim at once gets another one */

static result take_next(struct client *c, const struct stage *g) {
  (void)g;
  struct take_next_request r = { STR("submitted") };
  return claim_take_next(c->service, &c->caller, c->arena, &r, &c->findings, &c->answer);
}

static void test_two_who_take_the_next_get_two(void **state) {
  struct house *h = *state;
  static const struct action takers[] = { { "claim_take_next", "adjuster-1", take_next, "", 0 },
                                         { "claim_take_next", "adjuster-2", take_next, "", 0 } };
  house_next(h);
  enum { CLAIMS = 4 };
  struct stage g = { .place = 0 };
  for (int i = 0; i < CLAIMS; i++) g.k = filed_with(h, "clinic-1", places.ids[place++], SCENE_FACTS, NULL);
  for (int i = 0; i < CLAIMS / 2; i++) meet(h, &g, &takers[0], &takers[1]);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.claim WHERE state = 'submitted' AND assigned_to IS NULL"), 0);
  casework_invariants(h);
}

static int up(void **state) {
  casework_up(&house);
  places = casework_places(&house, 600);
  casework_restore(&house, 4, (struct store_hook){ NULL, NULL });
  learn_open_facts(&house);
  *state = &house;
  return 0;
}

static int down(void **state) {
  casework_down(*state);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_two_who_take_the_next_get_two),
    cmocka_unit_test(test_pairs_of_a_draft),
    cmocka_unit_test(test_pairs_in_review),
    cmocka_unit_test(test_pairs_while_asked),
    cmocka_unit_test(test_pairs_in_silence),
    cmocka_unit_test(test_pairs_while_proposed),
    cmocka_unit_test(test_pairs_when_decided),
    cmocka_unit_test(test_pairs_in_reconsideration),
  };
  return cmocka_run_group_tests(tests, up, down);
}
