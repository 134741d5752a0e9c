/* Are findings sorted, filled in, bounded and pointed as callers rely on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shienkin/base.h"

static const struct message plain = { "plain", "だめです。", "This is wrong." };
static const struct message bounds = { "bounds", "{0} は {1} から {2} まで。", "{0} goes from {1} to {2}; {0}!" };
static const struct message braces = { "braces", "{9} {x} {", "{9} {x} { {0" };

#define assert_str(actual, expected) assert_true(str_eq((actual), STR(expected)))

static int set_up(void **state) {
  *state = arena_new(0);
  return *state ? 0 : -1;
}

static int tear_down(void **state) {
  arena_free(*state);
  return 0;
}

static void templates_are_filled_in_both_languages(void **state) {
  struct findings f = findings_in(*state);
  FINDING(&f, STR("/a"), &bounds, STR("人数"), STR("0"), STR("9"));
  FINDING_AT(&f, STR("/b"), 3, 7, &plain);
  FINDING(&f, STR(""), &braces, STR("zero"));
  assert_int_equal(f.count, 3);
  assert_str(f.items[0].ja, "人数 は 0 から 9 まで。");
  assert_str(f.items[0].en, "人数 goes from 0 to 9; 人数!");
  assert_int_equal(f.items[0].line, 0);
  assert_str(f.items[1].ja, "だめです。");
  assert_int_equal(f.items[1].line, 3);
  assert_int_equal(f.items[1].column, 7);
  assert_str(f.items[2].ja, "{9} {x} {"); /* names no given argument: stays */
  assert_str(f.items[2].en, "{9} {x} { {0");
}

static void what_is_kept_is_copied(void **state) {
  struct findings f = findings_in(*state);
  char pointer[] = "/one", argument[] = "abc";
  FINDING(&f, str_of(pointer), &bounds, str_of(argument));
  memset(pointer, '?', 4);
  memset(argument, '?', 3);
  assert_str(f.items[0].pointer, "/one");
  assert_true(str_starts(f.items[0].en, STR("abc goes")));
}

static void sorted_by_pointer_then_code_and_stable(void **state) {
  struct findings f = findings_in(*state);
  static const struct message a = { "a", "", "" }, b = { "b", "", "" };
  /* Code points: "/Z" < "/a" < "/a/0" < "/é" < "/医" < "/𠮷". */
  static const char *const pointers[] = { "/𠮷", "/a/0", "/医", "/Z", "", "/é", "/a" };
  static const char *const sorted[] = { "", "/Z", "/a", "/a/0", "/é", "/医", "/𠮷" };
  for (size_t i = 0; i < COUNT_OF(pointers); i++) {
    FINDING_AT(&f, str_of(pointers[i]), 1, 0, &b);
    FINDING_AT(&f, str_of(pointers[i]), 2, 0, &a);
    FINDING_AT(&f, str_of(pointers[i]), 3, 0, &b);
  }
  findings_sort(&f);
  assert_int_equal(f.count, 21);
  for (size_t i = 0; i < COUNT_OF(sorted); i++) {
    static const uint32_t order[] = { 2, 1, 3 };
    for (size_t k = 0; k < 3; k++) {
      assert_true(str_eq(f.items[3 * i + k].pointer, str_of(sorted[i])));
      assert_int_equal(f.items[3 * i + k].line, order[k]);
    }
  }
}

static void sorted_by_line_then_column(void **state) {
  struct findings f = findings_in(*state);
  static const struct { const char *pointer; uint32_t line, column; } said[] = {
    { "/a", 10, 1 }, { "/b", 2, 3 }, { "/c", 2, 1 }, { "", 2, 0 }, { "/d", 0, 0 }, { "/b", 10, 1 },
  };
  static const size_t sorted[] = { 4, 3, 2, 1, 0, 5 };
  for (size_t i = 0; i < COUNT_OF(said); i++) FINDING_AT(&f, str_of(said[i].pointer), said[i].line, said[i].column, &plain);
  findings_sort_by_place(&f);
  for (size_t i = 0; i < COUNT_OF(sorted); i++) {
    assert_true(str_eq(f.items[i].pointer, str_of(said[sorted[i]].pointer)));
    assert_int_equal(f.items[i].line, said[sorted[i]].line);
    assert_int_equal(f.items[i].column, said[sorted[i]].column);
  }
}

static void many_sort_right(void **state) {
  struct arena *a = *state;
  struct findings f = findings_in(a);
  for (uint32_t i = 0; i < 997; i++) FINDING_AT(&f, str_format(a, "/%03u", i * 613 % 997), i, 0, &plain);
  findings_sort(&f);
  for (uint32_t i = 0; i < 997; i++) assert_true(str_eq(f.items[i].pointer, str_format(a, "/%03u", i)));
}

static void beyond_the_limit_they_are_counted_alone(void **state) {
  struct findings f = findings_in(*state);
  for (int i = 0; i < 1003; i++) FINDING(&f, STR("/x"), &plain);
  assert_int_equal(f.count, 1000);
  assert_int_equal(f.dropped, 3);
  struct findings few = findings_in(*state);
  few.limit = 1;
  FINDING(&few, STR("/x"), &plain);
  FINDING(&few, STR("/y"), &bounds);
  assert_int_equal(few.count, 1);
  assert_int_equal(few.dropped, 1);
  assert_true(findings_has(&few, STR("/x"), "plain"));
  assert_false(findings_has(&few, STR("/x"), "bounds"));
  assert_false(findings_has(&few, STR("/y"), "plain"));
}

/* RFC 6901 §5 gives the escaped forms of "a/b" and "m~n". */
static void pointers_are_escaped(void **state) {
  struct arena *a = *state;
  assert_str(pointer_member(a, STR(""), STR("a/b")), "/a~1b");
  assert_str(pointer_member(a, STR("/x"), STR("m~n")), "/x/m~0n");
  assert_str(pointer_member(a, STR(""), STR("")), "/");
  assert_str(pointer_member(a, STR(""), STR("~1")), "/~01");
  assert_str(pointer_index(a, STR("/closures"), 12), "/closures/12");
}

static void results_have_names(void **state) {
  (void)state;
  assert_string_equal(result_name(RESULT_OK), "ok");
  assert_string_equal(result_name(RESULT_OUTSIDE), "outside");
  assert_string_equal(result_name((result)99), "unknown");
}

#define in_arena(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
    in_arena(templates_are_filled_in_both_languages),
    in_arena(what_is_kept_is_copied),
    in_arena(sorted_by_pointer_then_code_and_stable),
    in_arena(sorted_by_line_then_column),
    in_arena(many_sort_right),
    in_arena(beyond_the_limit_they_are_counted_alone),
    in_arena(pointers_are_escaped),
    cmocka_unit_test(results_have_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
