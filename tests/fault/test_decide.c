/* From rule files to a decision, with the Nth allocation failing, for every N. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "shienkin/scheme.h"

static const char claim[] =
  "{\"claim_id\":\"F-1\",\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,\"insider_crime\":false},"
  "\"member\":{\"class\":\"A1\",\"relation\":\"opens\"},\"facility\":{\"kind\":\"clinic\",\"closed_weekdays\":[\"sun\"]},"
  "\"closures\":[{\"from\":\"2026-05-12\",\"to\":\"2026-05-18\",\"scope\":\"all\"}],"
  "\"leak\":{\"occurred\":true,\"caused_by_attack\":true},\"filings\":{\"jma_on\":\"2026-05-12\"}}";

struct attempt { struct arena *arena; struct rule_sets sets; struct scheme_decider *decider; result ended; int64_t total; };

static void run(void *context) {
  struct attempt *t = context;
  struct findings f = findings_in(t->arena);
  struct facts facts;
  struct decision d;
  str claim_id;
  t->ended = scheme_rules_read(t->arena, SOURCE_DIR "/rules/cyber-support", &f, &t->sets);
  if (t->ended != RESULT_OK) return;
  t->decider = scheme_decider_new(&t->sets, calendar_national());
  if (!t->decider) {
    t->ended = RESULT_NO_MEMORY;
    return;
  }
  t->ended = scheme_facts_read(t->arena, STR(claim), day_from_civil(2026, 11, 22), calendar_national(), &f, &facts, &claim_id);
  if (t->ended == RESULT_OK) t->ended = scheme_decide(t->decider, &facts, &f, &d);
  if (t->ended == RESULT_OK) t->total = d.total_yen;
}

/* One run from nothing; gives how it ended and, in *total, what was decided. */
static result attempt(int64_t *total) {
  struct attempt t = { .arena = arena_new(0) };
  if (!t.arena) return RESULT_NO_MEMORY;
  result ran = arena_run(t.arena, run, &t);
  *total = t.total;
  scheme_decider_free(t.decider);
  scheme_rules_free(&t.sets);
  arena_free(t.arena);
  return ran != RESULT_OK ? ran : t.ended;
}

static void every_failed_allocation_is_told_and_nothing_is_left_behind(void **state) {
  (void)state;
  int64_t total = 0;
  uint64_t met = 0;
  for (uint64_t nth = 1;; nth++) {
    (void)mem_fail_at(nth);
    result ended = attempt(&total);
    uint64_t made = mem_fail_at(0);
    if (made < nth) {                            /* fewer were made than the one that was to fail: no fault was met */
      assert_int_equal(ended, RESULT_OK);
      assert_int_equal(total, 500000);
      break;
    }
    assert_int_not_equal(ended, RESULT_OK);
    assert_int_equal(total, 0);
    met++;
  }
  assert_true(met > 5);
  assert_int_equal(attempt(&total), RESULT_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(every_failed_allocation_is_told_and_nothing_is_left_behind) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
