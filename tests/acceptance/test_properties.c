/* Properties that hold whatever the claim, over repeatable random claims. Each failure names its seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "desk.h"

#define CLAIMS 3000
#define FIRST_SEED UINT64_C(20260610)

static struct desk desk;
static struct arena *scratch;
static int open_desk(void **state) {
  (void)state;
  desk_open(&desk);
  scratch = arena_new(0);
  return scratch ? 0 : -1;
}
static int close_desk(void **state) {
  (void)state;
  arena_free(scratch);
  desk_close(&desk);
  return 0;
}

/* Calls property(facts) for many claims; the seed stands on standard error when one fails. */
static void for_all(void (*property)(struct facts *facts, const struct randomness *r)) {
  for (uint64_t i = 0; i < CLAIMS; i++) {
    uint64_t seed = FIRST_SEED + i, more = seed ^ 0x5eed;
    struct randomness r = randomness_seeded(&more);
    struct facts facts = desk_random_facts(scratch, &seed);
    property(&facts, &r);
    arena_reset(scratch);
  }
}

static void agrees(struct facts *f, const struct randomness *r) { (void)r; desk_agree(&desk, f); }
static void random_claims_are_decided_as_the_clauses_say(void **state) { (void)state; for_all(agrees); }

/* P19: a filing that arrives never lowers an amount. */
static void filing_never_lowers(struct facts *f, const struct randomness *r) {
  int64_t before = desk_decide(&desk, f).total_yen;
  day on = f->incident.occurred_on + 3;
  day *filings[] = { &f->filings.mhlw_on, &f->filings.jma_on, &f->filings.ppc_on, &f->filings.persons_notified_on };
  uint64_t which = randomness_below(r, COUNT_OF(filings) + 1);
  if (which == COUNT_OF(filings)) f->filings.ppc_prevention_measures = TRI_YES;
  else *filings[which] = on;
  assert_true(desk_decide(&desk, f).total_yen >= before);
}
static void p19_a_filing_never_lowers_an_amount(void **state) { (void)state; for_all(filing_never_lowers); }

/* P11: days are a union, so the order of closures says nothing. */
static void order_is_nothing(struct facts *f, const struct randomness *r) {
  if (f->closure_count < 2) return;
  struct decision before = desk_decide(&desk, f);
  struct closure *shuffled = ARENA_ARRAY(scratch, struct closure, f->closure_count);
  memcpy(shuffled, f->closures, f->closure_count * sizeof *shuffled);
  for (uint32_t i = f->closure_count - 1; i > 0; i--) {
    uint32_t k = (uint32_t)randomness_below(r, i + 1);
    struct closure t = shuffled[i];
    shuffled[i] = shuffled[k];
    shuffled[k] = t;
  }
  f->closures = shuffled;
  struct decision after = desk_decide(&desk, f);
  assert_int_equal(after.total_yen, before.total_yen);
  assert_int_equal(after.closed_days, before.closed_days);
  assert_int_equal(after.claimed_days, before.claimed_days);
}
static void p11_the_order_of_closures_says_nothing(void **state) { (void)state; for_all(order_is_nothing); }

/* P3: what is unknown never pays. */
static void unknown_never_pays(struct facts *f, const struct randomness *r) {
  (void)r;
  f->incident.cyber_attack = TRI_UNKNOWN;
  assert_int_equal(desk_decide(&desk, f).items[ITEM_ATTACK].amount_yen, 0);
  assert_int_equal(desk_decide(&desk, f).items[ITEM_CLOSURE].amount_yen, 0);
  f->leak.occurred = TRI_UNKNOWN;
  assert_int_equal(desk_decide(&desk, f).total_yen, 0);
}
static void p3_unknown_never_pays(void **state) { (void)state; for_all(unknown_never_pays); }

/* P7: an insider's crime pays nothing, and while one is being looked into nothing is paid yet. */
static void insider_pays_nothing(struct facts *f, const struct randomness *r) {
  (void)r;
  f->incident.insider_crime = TRI_YES;
  struct decision d = desk_decide(&desk, f);
  assert_int_equal(d.total_yen, 0);
  assert_int_equal(d.potential_total_yen, 0);
  f->incident.insider_crime = TRI_UNKNOWN;
  assert_int_equal(desk_decide(&desk, f).total_yen, 0);
}
static void p7_an_insiders_crime_pays_nothing(void **state) { (void)state; for_all(insider_pays_nothing); }

static int64_t highest_sum(void) {
  struct dmn_session *s = dmn_session_new(desk.sets.items[0].model, NULL, NULL);
  assert_non_null(s);
  dmn_value v;
  int64_t highest = -1;
  assert_int_equal(dmn_evaluate(s, dmn_model_find(desk.sets.items[0].model, STR("最高額")), &v), RESULT_OK);
  assert_true(dmn_to_int64(v, &highest));
  dmn_session_free(s);
  return highest;
}

/* P13: no incident is worth more than the model's own highest sum; nothing paid is above what could be. */
static void p13_no_sum_is_above_the_models_highest(void **state) {
  (void)state;
  int64_t highest = highest_sum();
  assert_true(highest > 0);
  for (uint64_t i = 0; i < CLAIMS; i++) {
    uint64_t seed = FIRST_SEED + i;
    struct facts f = desk_random_facts(scratch, &seed);
    struct decision d = desk_decide(&desk, &f);
    assert_true(d.total_yen <= highest);
    assert_true(d.potential_total_yen <= highest);
    assert_true(d.total_yen <= d.potential_total_yen);
    assert_true(d.closed_days <= d.claimed_days);
    arena_reset(scratch);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(random_claims_are_decided_as_the_clauses_say),
    cmocka_unit_test(p19_a_filing_never_lowers_an_amount),
    cmocka_unit_test(p11_the_order_of_closures_says_nothing),
    cmocka_unit_test(p3_unknown_never_pays),
    cmocka_unit_test(p7_an_insiders_crime_pays_nothing),
    cmocka_unit_test(p13_no_sum_is_above_the_models_highest),
  };
  return cmocka_run_group_tests(tests, open_desk, close_desk);
}
