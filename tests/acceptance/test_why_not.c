/* Why not: every set found makes the item payable, no smaller part of it does, arrivals are told from changes, and what
 * P4–P7 rest on is never among them. Over repeatable random claims and some written out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "desk.h"

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

static struct why_not ask(const struct facts *f, enum item item, bool arrivals_only) {
  struct why_not found;
  assert_int_equal(scheme_why_not(desk.decider, scratch, f, item, arrivals_only, 0, &found), RESULT_OK);
  assert_true(found.complete);
  return found;
}

static str set_text(const struct why_set *set) {
  struct buf out = buf_in(scratch);
  for (uint32_t i = 0; i < set->count; i++)
    buf_format(&out, "%s%.*s %s %.*s", i ? ", " : "", STR_ARG(set->facts[i].pointer),
               set->facts[i].kind == WHY_ARRIVAL ? "arrives" : "changes", STR_ARG(set->facts[i].with));
  return buf_str(&out);
}

static void expect_sets(struct why_not found, const char *const *expected, uint32_t count) {
  for (uint32_t i = 0; i < found.count && i < count; i++)
    assert_string_equal(str_z(scratch, set_text(&found.sets[i])), expected[i]);
  assert_int_equal(found.count, count);
}

/* P17 P19: either notification is enough. */
static void p17_one_of_two_filings(void **state) {
  (void)state;
  static const char *const expected[] = { "/filings/jma_on arrives \"2026-05-11\"", "/filings/mhlw_on arrives \"2026-05-11\"" };
  struct facts f = desk_sound_facts();
  f.filings.jma_on = DAY_NONE;
  expect_sets(ask(&f, ITEM_ATTACK, true), expected, COUNT_OF(expected));
}

/* P7: while an insider's crime is looked into, its answer is one of the things needed. */
static void p7_the_answer_on_an_insider_is_needed(void **state) {
  (void)state;
  static const char *const expected[] = { "/incident/insider_crime arrives false" };
  struct facts f = desk_sound_facts();
  f.incident.insider_crime = TRI_UNKNOWN;
  expect_sets(ask(&f, ITEM_ATTACK, false), expected, COUNT_OF(expected));
}

static void p4_to_p7_a_bar_is_never_argued_with(void **state) {
  (void)state;
  for (int bar = 0; bar < 4; bar++) {
    struct facts f = desk_sound_facts();
    if (bar == 0) f.member.class = CLASS_B;
    if (bar == 1) f.member.relation = RELATION_NONE;
    if (bar == 2) f.incident.occurred_on = day_from_civil(2022, 5, 31);
    if (bar == 3) f.incident.insider_crime = TRI_YES;
    for (int item = 0; item < ITEM_COUNT; item++) assert_int_equal(ask(&f, (enum item)item, false).count, 0);
    arena_reset(scratch);
  }
}

/* P18: all three filings, and nothing less. */
static void p18_all_that_the_other_leak_needs(void **state) {
  (void)state;
  static const char *const expected[] = {
    "/filings/persons_notified_on arrives \"2026-05-11\", /filings/ppc_on arrives \"2026-05-11\", "
    "/filings/ppc_prevention_measures arrives true" };
  struct facts f = desk_sound_facts();
  f.incident.cyber_attack = TRI_NO;
  f.leak.occurred = TRI_YES;
  expect_sets(ask(&f, ITEM_LEAK_OTHER, true), expected, COUNT_OF(expected));
}

static void a_change_is_told_from_an_arrival(void **state) {
  (void)state;
  static const char *const expected[] = { "/incident/cyber_attack changes true" };
  struct facts f = desk_sound_facts();
  f.incident.cyber_attack = TRI_NO;
  expect_sets(ask(&f, ITEM_ATTACK, false), expected, COUNT_OF(expected));
  assert_int_equal(ask(&f, ITEM_ATTACK, true).count, 0);
}

static bool is_subset(const struct why_set *small, const struct why_set *large) {
  for (uint32_t i = 0; i < small->count; i++) {
    bool held = false;
    for (uint32_t k = 0; k < large->count; k++)
      held = held || (str_eq(small->facts[i].pointer, large->facts[k].pointer) && str_eq(small->facts[i].with, large->facts[k].with));
    if (!held) return false;
  }
  return true;
}

static void no_set_holds_another_and_sizes_rise(void **state) {
  (void)state;
  size_t sets = 0;
  for (uint64_t seed = 1; seed <= 25; seed++) {
    uint64_t state_of_seed = seed;
    struct facts f = desk_random_facts(scratch, &state_of_seed);
    for (int item = 0; item < ITEM_COUNT; item++) {
      if (desk_decide(&desk, &f).items[item].outcome == OUTCOME_PAYABLE) continue;
      struct why_not found = ask(&f, (enum item)item, false);
      sets += found.count;
      for (uint32_t i = 0; i < found.count; i++)
        for (uint32_t k = 0; k < found.count; k++) {
          if (i != k) assert_false(is_subset(&found.sets[i], &found.sets[k]));
          if (i < k) assert_true(found.sets[i].count <= found.sets[k].count);
        }
    }
    arena_reset(scratch);
  }
  assert_true(sets > 25);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(p17_one_of_two_filings),
    cmocka_unit_test(p7_the_answer_on_an_insider_is_needed),
    cmocka_unit_test(p4_to_p7_a_bar_is_never_argued_with),
    cmocka_unit_test(p18_all_that_the_other_leak_needs),
    cmocka_unit_test(a_change_is_told_from_an_arrival),
    cmocka_unit_test(no_set_holds_another_and_sizes_rise),
  };
  return cmocka_run_group_tests(tests, open_desk, close_desk);
}
