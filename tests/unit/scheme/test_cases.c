/* Scenario tables: a case holds by what it says, and one that is not written as cases are is told so, whatever stands in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "shienkin/scheme.h"

#define BASE "{\"base\":{\"incident\":{\"occurred_on\":\"2026-05-11\",\"cyber_attack\":true,\"insider_crime\":false}," \
  "\"member\":{\"class\":\"A1\",\"relation\":\"opens\"},\"facility\":{\"kind\":\"clinic\"},\"leak\":{\"occurred\":false}," \
  "\"filings\":{\"jma_on\":\"2026-05-12\"}},\"cases\":["
#define CASE(more) BASE "{\"name\":\"n\"," more "}]}"

static const struct { const char *what, *table; bool held, shaped; } table[] = {
  { "P8 pays 100,000 yen", CASE("\"expect\":{\"total_yen\":100000}"), true, true },
  { "another amount is expected", CASE("\"expect\":{\"total_yen\":1}"), false, true },
  { "a further answer of the rules", CASE("\"answers\":{\"決定\":{\"支給額\":100000}}"), true, true },
  { "an answer that the rules do not have", CASE("\"answers\":{\"天気\":1}"), false, true },
  { "nothing is expected", CASE("\"clauses\":[\"P8\"]"), false, false },
  { "a misspelt member", CASE("\"expects\":{\"total_yen\":100000}"), false, false },
  { "no case", BASE "7]}", false, false },
  { "answers in a list", CASE("\"answers\":[\"決定\",{\"支給額\":1}]"), false, false },
  { "answers that are a word", CASE("\"answers\":\"決定\""), false, false },
  { "an expectation that is none", CASE("\"expect\":100000"), false, false },
};

struct call { struct arena *arena; const char *table; bool held, shaped; };

static void run(void *context) {
  struct call *c = context;
  struct findings f = findings_in(c->arena);
  struct rule_sets sets;
  struct case_table out;
  assert_int_equal(scheme_rules_read(c->arena, SOURCE_DIR "/rules/cyber-support", &f, &sets), RESULT_OK);
  struct scheme_decider *d = scheme_decider_new(&sets, calendar_national());
  assert_non_null(d);
  assert_int_equal(scheme_cases_run(d, &sets.items[0], calendar_national(), c->arena, str_of(c->table), &f, &out), RESULT_OK);
  assert_int_equal(out.count, 1);
  assert_int_equal(out.failed, !out.items[0].held);
  c->held = out.items[0].held;
  c->shaped = out.items[0].shape == NULL;
  scheme_decider_free(d);
  scheme_rules_free(&sets);
}

static void a_case_holds_by_what_it_says(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(table); i++) {
    struct call c = { .arena = arena_new(0), .table = table[i].table };
    assert_non_null(c.arena);
    assert_int_equal(arena_run(c.arena, run, &c), RESULT_OK);
    if (c.held != table[i].held || c.shaped != table[i].shaped)
      fail_msg("%s: held %d, written as cases are %d", table[i].what, c.held, c.shaped);
    arena_free(c.arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(a_case_holds_by_what_it_says) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
