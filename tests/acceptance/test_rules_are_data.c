/* Rules are data: another figure in the rule file is another decision, and nothing else changes. And P21: which file
 * decides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "desk.h"

#define RULE_FILE SOURCE_DIR "/rules/cyber-support/2022-06-01/cyber-support.dmn"

static struct desk desk;
static int open_desk(void **state) { (void)state; desk_open(&desk); return 0; }
static int close_desk(void **state) { (void)state; desk_close(&desk); return 0; }

/* The text with the first `from` at or behind `anchor` replaced. */
static str replaced(struct arena *a, str text, str anchor, str from, str to) {
  ptrdiff_t at = str_find(text, anchor);
  assert_true(at >= 0);
  ptrdiff_t behind = str_find(str_slice(text, (size_t)at, text.n), from);
  assert_true(behind >= 0);
  size_t cut = (size_t)at + (size_t)behind;
  struct buf out = buf_in(a);
  buf_add(&out, str_slice(text, 0, cut));
  buf_add(&out, to);
  buf_add(&out, str_slice(text, cut + from.n, text.n));
  return buf_str(&out);
}

static struct rule_set load(str bytes) {
  struct rule_set set;
  struct findings f = findings_in(desk.arena);
  result loaded = scheme_rule_set_load(desk.arena, STR("changed.dmn"), bytes, &f, &set);
  for (size_t i = 0; i < f.count; i++) fprintf(stderr, "%.*s\n", STR_ARG(f.items[i].en));
  assert_int_equal(loaded, RESULT_OK);
  return set;
}

static str rule_file(void) {
  str bytes;
  assert_int_equal(file_read(desk.arena, RULE_FILE, 8 << 20, &bytes), RESULT_OK);
  return bytes;
}

static void another_amount_in_the_model_is_another_decision_and_nothing_else(void **state) {
  (void)state;
  struct rule_set set = load(replaced(desk.arena, rule_file(), STR("サイバー攻撃の額\" typeRef=\"number\""),
                                      STR("<text>100000</text>"), STR("<text>123456</text>")));
  struct rule_sets sets = { &set, 1 };
  struct scheme_decider *changed = scheme_decider_new(&sets, calendar_national());
  assert_non_null(changed);
  for (uint64_t i = 0; i < 500; i++) {
    uint64_t seed = 498 + i;
    struct facts f = desk_random_facts(desk.arena, &seed);
    struct decision before = desk_decide(&desk, &f), after;
    assert_int_equal(scheme_decide(changed, &f, &desk.findings, &after), RESULT_OK);
    int64_t change = before.items[ITEM_ATTACK].amount_yen ? 123456 - before.items[ITEM_ATTACK].amount_yen : 0;
    assert_int_equal(after.total_yen, before.total_yen + change);
    assert_int_equal(after.outcome, before.outcome);
    for (int k = 0; k < ITEM_COUNT; k++) {
      assert_int_equal(after.items[k].outcome, before.items[k].outcome);
      assert_int_equal(after.items[k].amount_yen, before.items[k].amount_yen + (k == ITEM_ATTACK ? change : 0));
    }
  }
  scheme_decider_free(changed);
  scheme_rules_free(&sets);
}

/* One line of the model is changed so that it fails when it is computed. */
static void expect_fault(const char *anchor, const char *from, const char *to) {
  struct rule_set set = load(replaced(desk.arena, rule_file(), str_of(anchor), str_of(from), str_of(to)));
  struct rule_sets sets = { &set, 1 };
  struct scheme_decider *broken = scheme_decider_new(&sets, calendar_national());
  assert_non_null(broken);
  struct facts f = desk_sound_facts();
  struct findings findings = findings_in(desk.arena);
  struct decision d;
  assert_int_equal(scheme_decide(broken, &f, &findings, &d), RESULT_REFUSED);
  assert_true(findings.count > 0);
  assert_string_equal(findings.items[0].code, "rules_fault");
  scheme_decider_free(broken);
  scheme_rules_free(&sets);
}

static void a_rule_with_a_fault_never_looks_like_a_pending_claim(void **state) {
  (void)state;
  /* The answer has not the shape of the contract. */
  expect_fault("サイバー攻撃の額\" typeRef=\"number\"", "<text>100000</text>", "<text>\"100000\"</text>");
  /* Money is never below nothing, and has a bound. */
  expect_fault("サイバー攻撃の額\" typeRef=\"number\"", "<text>100000</text>", "<text>-100000</text>");
  expect_fault("サイバー攻撃の額\" typeRef=\"number\"", "<text>100000</text>", "<text>9007199254740993</text>");
  /* The answer has its shape, and the claim would be paid: a bar that cannot be computed bars nobody (P6). */
  expect_fault("制度開始日\" typeRef=\"date\"", "date(\"2022-06-01\")", "date(\"2022-06-31\")");
}

/* P21, over sets that differ only in their dates. */
static void p21_the_latest_first_day_then_the_later_publication_decides(void **state) {
  (void)state;
  struct rule_set items[] = {
    { .first_day = 100, .published_on = 90 },  { .first_day = 200, .published_on = 190 },
    { .first_day = 200, .published_on = 250 }, { .first_day = 300, .published_on = DAY_NONE },
  };
  struct rule_sets sets = { items, COUNT_OF(items) };
  assert_ptr_equal(scheme_rules_select(&sets, 150), &items[0]);
  assert_ptr_equal(scheme_rules_select(&sets, 100), &items[0]);
  assert_ptr_equal(scheme_rules_select(&sets, 199), &items[0]);
  assert_ptr_equal(scheme_rules_select(&sets, 200), &items[2]);    /* the later published mends the earlier */
  assert_ptr_equal(scheme_rules_select(&sets, 500), &items[2]);    /* a draft decides nothing */
  assert_ptr_equal(scheme_rules_select(&sets, 99), &items[0]);     /* before all first days: the earliest */
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(another_amount_in_the_model_is_another_decision_and_nothing_else),
    cmocka_unit_test(a_rule_with_a_fault_never_looks_like_a_pending_claim),
    cmocka_unit_test(p21_the_latest_first_day_then_the_later_publication_decides),
  };
  return cmocka_run_group_tests(tests, open_desk, close_desk);
}
