/* concurrency: two people at one claim at the same moment, for every pair of use cases that its state lets them try. Each gets
 * through or is told why not; never both where only one can be right; and the books agree afterwards. */
#include <pthread.h>

#include "casework.h"

static struct house house;
static struct casework_places places;
static size_t place;

static int up(void **state) {
  casework_up(&house);
  places = casework_places(&house, 130);
  casework_restore(&house, 4, (struct store_hook){ NULL, NULL });
  *state = &house;
  return 0;
}

static int down(void **state) {
  casework_down(*state);
  return 0;
}

/* ---- one client: a thread with an arena of its own */

struct client;
typedef result client_act(struct client *c, const struct kase *k);
struct action { const char *name, *who; client_act *act; };
struct client {
  struct service *service;
  struct arena *arena;
  const struct action *action;
  const struct kase *k;
  struct caller caller;
  struct findings findings;
  struct service_answer answer;
  result result;
  pthread_barrier_t *barrier;
};

#define ACT(name, use_case, ...)                                                                                    \
  static result name(struct client *c, const struct kase *k) {                                                      \
    return use_case(c->service, &c->caller, c->arena, (&__VA_ARGS__), &c->findings, &c->answer);                    \
  }
static const struct json *parsed(struct client *c, const char *text) {
  struct json *out = ARENA_NEW(c->arena, struct json);
  return json_read(c->arena, str_of(text), (struct json_limits){ 0 }, &c->findings, out) == RESULT_OK ? out : NULL;
}
ACT(check, facts_check,
    (struct fact_check_request){ k->claim, SERVICE_ANY_VERSION,
                                 &(struct fact_check_item){ .key = STR("/incident/cyber_attack"), .verdict = CHECK_REFUTED,
                                                            .reason = STR("侵入はなかった。") }, 1 })
ACT(ask, information_ask,
    (struct information_request_request){ k->claim, SERVICE_ANY_VERSION, NULL, 0, day_from_civil(2099, 1, 1), STR("お知らせください。") })
ACT(assign, claim_assign, (struct assign_request){ k->claim, SERVICE_ANY_VERSION, { { 0 } } })
ACT(recuse, claim_recuse, (struct recuse_request){ k->claim, STR("親族の医院である。") })
ACT(hold, hold_set, (struct hold_request){ k->claim, STR("legal"), STR("照会中。") })
ACT(note, note_write, (struct note_request){ k->claim, STR("電話で話した。") })
ACT(search, duplicates_search, (struct duplicates_search_request){ k->claim })
ACT(propose, claim_propose, (struct propose_request){ k->claim, SERVICE_ANY_VERSION })
ACT(approve, proposal_approve, (struct approve_request){ k->claim, SERVICE_ANY_VERSION, k->proposal })
ACT(give_back, proposal_return, (struct return_request){ k->claim, SERVICE_ANY_VERSION, k->proposal, STR("証拠を。") })
ACT(take_back, proposal_withdraw, (struct take_back_request){ k->claim, SERVICE_ANY_VERSION, k->proposal })
ACT(reconsider, reconsideration_ask, (struct reconsider_request){ k->claim, SERVICE_ANY_VERSION, STR("もう一度。") })
ACT(withdraw, claim_withdraw, (struct withdraw_request){ k->claim, SERVICE_ANY_VERSION, STR("誤りでした。") })
ACT(amend, claim_amend,
    (struct amend_request){ .claim = k->claim, .version = SERVICE_ANY_VERSION, .channel = STR("online"),
                            .declaration = { STR("2026-04"), true },
                            .facts = parsed(c, "{\"incident\":{\"occurred_on\":\"2026-04-06\",\"cyber_attack\":true,"
                                               "\"insider_crime\":false},\"leak\":{\"occurred\":false},"
                                               "\"filings\":{\"jma_on\":\"2026-04-07\"}}") })

static const struct action in_review[] = {
  { "facts_check", "adjuster-2", check },   { "information_ask", "adjuster-2", ask },
  { "claim_assign", "approver-2", assign }, { "claim_recuse", "adjuster-1", recuse },
  { "hold_set", "approver-2", hold },       { "note_write", "approver-2", note },
  { "duplicates_search", "service", search }, { "claim_propose", "adjuster-1", propose },
  { "claim_withdraw", "clinic-1", withdraw }, { "claim_amend", "clinic-1", amend },
};
static const struct action proposed_[] = {
  { "facts_check", "adjuster-2", check },       { "hold_set", "adjuster-2", hold },
  { "duplicates_search", "service", search },   { "proposal_approve", "approver-1", approve },
  { "proposal_return", "approver-2", give_back }, { "proposal_withdraw", "adjuster-1", take_back },
  { "claim_withdraw", "clinic-1", withdraw },   { "claim_amend", "clinic-1", amend },
};
static const struct action decided_[] = {
  { "reconsideration_ask", "clinic-1", reconsider }, { "claim_amend", "clinic-1", amend }, { "hold_set", "adjuster-2", hold },
};

static void *live(void *context) {
  struct client *c = context;
  pthread_barrier_wait(c->barrier);
  c->result = c->action->act(c, c->k);
  return NULL;
}

static void client_up(struct house *h, struct client *c, const struct action *action, const struct kase *k, pthread_barrier_t *b) {
  *c = (struct client){ .service = &h->service, .arena = arena_new(0), .action = action, .k = k, .barrier = b,
                        .caller = house_keyed(h, action->who, action->name) };
  c->findings = findings_in(c->arena);
}

/* ---- two at once */

static bool is_answer(const struct client *c) {
  return c->result == RESULT_OK || c->answer.status == 403 || c->answer.status == 404 || c->answer.status == 409 ||
         c->answer.status == 412 || c->answer.status == 422;
}

static void meet(struct house *h, const struct kase *k, const struct action *first, const struct action *second) {
  struct client clients[2];
  pthread_t threads[2];
  pthread_barrier_t barrier;
  pthread_barrier_init(&barrier, NULL, 2);
  client_up(h, &clients[0], first, k, &barrier);
  client_up(h, &clients[1], second, k, &barrier);
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

typedef struct kase scene(struct house *h);
static struct kase scene_in_review(struct house *h) {
  assert_true(place < places.count);
  struct kase k = filed_with(h, "clinic-1", places.ids[place++], SCENE_FACTS, NULL);
  taken(h, &k, "adjuster-1");
  proved(h, &k, "adjuster-1");
  return k;
}
static struct kase scene_proposed(struct house *h) {
  struct kase k = scene_in_review(h);
  proposed(h, &k, "adjuster-1");
  return k;
}
static struct kase scene_decided(struct house *h) {
  struct kase k = scene_proposed(h);
  approved(h, &k, "approver-1");
  return k;
}

static void every_pair(struct house *h, const struct action *actions, size_t count, scene *begin) {
  for (size_t i = 0; i < count; i++) {
    for (size_t j = i; j < count; j++) {
      house_next(h);
      struct kase k = begin(h);
      meet(h, &k, &actions[i], &actions[j]);
    }
    casework_invariants(h);
  }
}

static void test_pairs_in_review(void **state) { every_pair(*state, in_review, COUNT_OF(in_review), scene_in_review); }
static void test_pairs_while_proposed(void **state) { every_pair(*state, proposed_, COUNT_OF(proposed_), scene_proposed); }
static void test_pairs_when_decided(void **state) { every_pair(*state, decided_, COUNT_OF(decided_), scene_decided); }

/* ---- who asks for the next claim at once gets another one */

static result take_next(struct client *c, const struct kase *k) {
  (void)k;
  struct take_next_request r = { STR("submitted") };
  return claim_take_next(c->service, &c->caller, c->arena, &r, &c->findings, &c->answer);
}

static void test_two_who_take_the_next_get_two(void **state) {
  struct house *h = *state;
  static const struct action takers[] = { { "claim_take_next", "adjuster-1", take_next }, { "claim_take_next", "adjuster-2", take_next } };
  house_next(h);
  enum { CLAIMS = 4 };
  struct kase k = { .version = 1 };
  for (int i = 0; i < CLAIMS; i++) k = filed_with(h, "clinic-1", places.ids[place++], SCENE_FACTS, NULL);
  for (int i = 0; i < CLAIMS / 2; i++) meet(h, &k, &takers[0], &takers[1]);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.claim WHERE state = 'submitted' AND assigned_to IS NULL"), 0);
  casework_invariants(h);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_pairs_in_review),
    cmocka_unit_test(test_pairs_while_proposed),
    cmocka_unit_test(test_pairs_when_decided),
    cmocka_unit_test(test_two_who_take_the_next_get_two),
  };
  return cmocka_run_group_tests(tests, up, down);
}
