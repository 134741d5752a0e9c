/* Equality, order, sameness and hashing (10.3.2.13, tables 52–54; 10.3.2.2.1), and names behind contexts. */
#include "fixture.h"

#include "value/compare.h"

static void equality_is_three_valued(void **state) {
  (void)state;
  IS(dmn_equal(E, dmn_null(), dmn_null()), "true");
  IS(dmn_equal(E, dmn_null(), num("1")), "false");
  IS(dmn_equal(E, none(), dmn_null()), "false");
  IS(dmn_equal(E, num("1"), num("1.000")), "true");
  IS(dmn_equal(E, text("a"), text("b")), "false");
  FAULTS(dmn_equal(E, text("1"), num("1")));
  FAULTS(dmn_equal(E, at("2026-01-01"), at("2026-01-01T00:00:00")));
  FAULTS(dmn_equal(E, at("P1D"), at("P1M")));
  FAULTS(dmn_equal(E, yes(), num("1")));
}

static void lists_and_contexts_are_compared_by_parts(void **state) {
  (void)state;
  IS(dmn_equal(E, LIST(num("1"), text("a")), LIST(num("1.0"), text("a"))), "true");
  IS(dmn_equal(E, LIST(num("1")), LIST(num("1"), num("2"))), "false");
  IS(dmn_equal(E, LIST(num("1"), num("2")), LIST(text("1"), num("3"))), "false");
  FAULTS(dmn_equal(E, LIST(num("1"), num("2")), LIST(text("1"), num("2"))));
  IS(dmn_equal(E, LIST(dmn_null()), LIST(dmn_null())), "true");
  IS(dmn_equal(E, two_entries("a", num("1"), "b", num("2")), two_entries("b", num("2"), "a", num("1"))), "true");
  IS(dmn_equal(E, two_entries("a", num("1"), "b", num("2")), two_entries("a", num("1"), "c", num("2"))), "false");
  IS(dmn_equal(E, one_entry("a", num("1")), two_entries("a", num("1"), "b", num("2"))), "false");
  dmn_value closed = dmn_range_make(E, false, num("1"), num("2"), false),
            open = dmn_range_make(E, true, num("1"), num("2"), false);
  IS(dmn_equal(E, closed, dmn_range_make(E, false, num("1.0"), num("2"), false)), "true");
  IS(dmn_equal(E, closed, open), "false");
}

static void moments_are_equal_by_instant(void **state) {
  (void)state;
  dmn_value z = at("2026-11-22T10:00:00Z"), jst = at("2026-11-22T19:00:00+09:00"),
            tokyo = at("2026-11-22T19:00:00@Asia/Tokyo");
  IS(dmn_equal(E, z, jst), "true");
  IS(dmn_equal(E, jst, tokyo), "true");
  IS(dmn_compare(E, DMN_LESS, z, at("2026-11-22T19:00:01@Asia/Tokyo")), "true");
  assert_false(dmn_is(z, jst));
  assert_false(dmn_is(jst, tokyo));
  assert_true(dmn_is(at("23:00:50z"), at("23:00:50+00:00")));
  assert_false(dmn_is(at("23:00:50z"), at("23:00:50")));
  assert_true(dmn__alike(E, z, tokyo));
  assert_true(dmn_hash(z) == dmn_hash(tokyo));
  /* Table 54: who has no offset takes that of the other. */
  IS(dmn_compare(E, DMN_LESS, at("2026-11-22T10:00:00"), at("2026-11-22T10:00:01+09:00")), "true");
  IS(dmn_compare(E, DMN_GREATER_EQUAL, at("10:00:00"), at("10:00:00@Asia/Tokyo")), "true");
  assert_false(dmn__alike(E, at("10:00:00"), at("10:00:00Z")));
}

static void order_exists_within_one_kind(void **state) {
  (void)state;
  IS(dmn_compare(E, DMN_LESS, text("a"), text("ab")), "true");
  IS(dmn_compare(E, DMN_LESS, text("\xEF\xBF\xBD"), text("\xF0\x9F\x90\x8E")), "true"); /* U+FFFD before U+1F40E */
  IS(dmn_compare(E, DMN_GREATER, at("P1D"), at("PT23H59M59.999999999S")), "true");
  IS(dmn_compare(E, DMN_LESS_EQUAL, at("P1Y"), at("P12M")), "true");
  IS(dmn_compare(E, DMN_LESS, at("-0001-12-31"), at("0000-01-01")), "true");
  FAULTS(dmn_compare(E, DMN_LESS, yes(), no()));
  FAULTS(dmn_compare(E, DMN_LESS, none(), none()));
  FAULTS(dmn_compare(E, DMN_LESS, num("1"), text("2")));
  UNKNOWN(dmn_compare(E, DMN_LESS, dmn_null(), num("1")));
  UNKNOWN(dmn_compare(E, DMN_LESS, dmn_null(), dmn_null()));
}

static void ranges_hold_or_do_not(void **state) {
  (void)state;
  const struct dmn_range *r = dmn_range_make(E, true, num("1"), num("5"), false).as.range;
  IS(dmn_in_range(E, num("1"), r), "false");
  IS(dmn_in_range(E, num("1.000000001"), r), "true");
  IS(dmn_in_range(E, num("5"), r), "true");
  UNKNOWN(dmn_in_range(E, dmn_null(), r));
  FAULTS(dmn_in_range(E, text("3"), r));
  const struct dmn_range *above = dmn_range_make(E, true, num("5"), dmn_null(), true).as.range;
  IS(dmn_in_range(E, num("1e300"), above), "true");
}

/* Every pair of many values: sameness is reflexive and symmetric, and the same hash alike. */
static void hashes_follow_sameness(void **state) {
  (void)state;
  dmn_value all[] = {
    dmn_null(),
    yes(),
    no(),
    num("1"),
    num("1.5"),
    num("1e30"),
    num("1e-30"),
    text(""),
    text("a"),
    text("é"),
    at("2026-01-01"),
    at("10:00:00"),
    at("10:00:00Z"),
    at("19:00:00+09:00"),
    at("2026-01-01T10:00:00Z"),
    at("2026-01-01T19:00:00@Asia/Tokyo"),
    at("P1D"),
    at("P1M"),
    none(),
    LIST(num("1")),
    LIST(LIST(num("1"))),
    one_entry("a", num("1")),
    two_entries("a", num("1"), "b", num("2")),
    two_entries("b", num("2"), "a", num("1")),
    dmn_range_make(E, false, num("1"), num("2"), false),
  };
  for (size_t i = 0; i < COUNT_OF(all); i++) {
    assert_true(dmn_is(all[i], all[i]));
    for (size_t k = 0; k < COUNT_OF(all); k++) {
      assert_int_equal(dmn_is(all[i], all[k]), dmn_is(all[k], all[i]));
      if (dmn_is(all[i], all[k])) assert_true(dmn__alike(E, all[i], all[k]));
      if (dmn__alike(E, all[i], all[k])) assert_true(dmn_hash(all[i]) == dmn_hash(all[k]));
    }
  }
  assert_true(dmn_is(all[22], all[23]));
}

static dmn_value nested(uint32_t levels) {
  dmn_value v = none();
  for (uint32_t i = 0; i < levels; i++) v = dmn_list_of(E, &v, 1);
  return v;
}

static void compare_deep(void *context) {
  dmn_value *pair = context;
  dmn_equal(E, pair[0], pair[1]);
}

/* A model can nest lists deeper than any stack. */
static void depth_costs_the_budget_and_not_the_stack(void **state) {
  (void)state;
  dmn_value pair[] = { nested(300000), nested(300000) };
  assert_true(exceeds_budget(compare_deep, pair));
  assert_false(dmn_is(pair[0], pair[1]));
  assert_true(dmn_is(pair[0], pair[0]));
  assert_true(dmn_hash(pair[0]) == dmn_hash(pair[1]));
  assert_true(dmn_print(fixture.arena, pair[0]).n > 1000);
  assert_true(dmn_tagged_json(fixture.arena, pair[0]).n > 1000);
}

/* A list of twice the same list, sixty times: 2^60 parts in sixty small arrays. */
static dmn_value doubled(void) {
  dmn_value v = none();
  for (int i = 0; i < 60; i++) v = LIST(v, v);
  return v;
}
static void look_for_doubled(void *context) {
  dmn_value *pair = context;
  CALL("list contains", LIST(pair[0]), pair[1]);
}

static void shared_parts_cost_the_budget_and_not_a_lifetime(void **state) {
  (void)state;
  dmn_value pair[] = { doubled(), doubled() };
  struct dmn_budget small = dmn_budget_filled(&(struct dmn_budget){ .steps = 100000 });
  E->budget = &small;
  assert_true(dmn_hash(pair[0]) == dmn_hash(pair[1]));
  assert_true(exceeds_budget(compare_deep, pair));
  E->steps = 0;
  assert_true(exceeds_budget(look_for_doubled, pair));
  assert_false(dmn_is(pair[0], pair[1]));
}

/* Contexts of two sessions or models know their names by different numbers. */
static void contexts_meet_by_the_text_of_names(void **state) {
  (void)state;
  dmn_value mine = two_entries("alpha", num("1"), "beta", num("2"));
  struct dmn_eval other = dmn_eval_start(fixture.arena, dmn_symbols_new(fixture.arena, NULL), NULL, NULL);
  dmn_symbol names[] = { dmn_intern(&other, STR("beta")), dmn_intern(&other, STR("alpha")) };
  dmn_value theirs = dmn_context_new(&other, names, (dmn_value[]){ num("2"), num("1") }, 2);
  assert_true(dmn_is(mine, theirs));
  assert_true(dmn_hash(mine) == dmn_hash(theirs));
  IS(dmn_equal(E, mine, theirs), "true");
  IS(dmn_get(theirs, STR("alpha")), "1");
  IS(dmn_get(theirs, STR("gamma")), "null");
  IS(dmn_get(num("1"), STR("alpha")), "null");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(equality_is_three_valued),
    TEST(lists_and_contexts_are_compared_by_parts),
    TEST(moments_are_equal_by_instant),
    TEST(order_exists_within_one_kind),
    TEST(ranges_hold_or_do_not),
    TEST(hashes_follow_sameness),
    TEST(depth_costs_the_budget_and_not_the_stack),
    TEST(shared_parts_cost_the_budget_and_not_a_lifetime),
    TEST(contexts_meet_by_the_text_of_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
