/* Interval functions (table 78): every example of the table, and the law behind each relation on all small intervals.
 * Also range() of table 72. */
#include "fixture.h"

/* "[1..5)", or a bare number. */
static dmn_value given(const char *s) {
  if (strchr(s, '.') == NULL) return num(s);
  dmn_value v = CALL("range", text(s));
  if (dmn_is_null(v)) fail_msg("no range: %s", s);
  return v;
}

static const struct {
  const char *name, *a, *b;
  bool holds;
} examples[] = {
  { "before", "1", "10", true },
  { "before", "10", "1", false },
  { "before", "1", "[1..10]", false },
  { "before", "1", "(1..10]", true },
  { "before", "1", "[5..10]", true },
  { "before", "[1..10]", "10", false },
  { "before", "[1..10)", "10", true },
  { "before", "[1..10]", "15", true },
  { "before", "[1..10]", "[15..20]", true },
  { "before", "[1..10]", "[10..20]", false },
  { "before", "[1..10)", "[10..20]", true },
  { "before", "[1..10]", "(10..20]", true },
  { "after", "10", "5", true },
  { "after", "5", "10", false },
  { "after", "12", "[1..10]", true },
  { "after", "10", "[1..10)", true },
  { "after", "10", "[1..10]", false },
  { "after", "[11..20]", "12", false },
  { "after", "[11..20]", "10", true },
  { "after", "(11..20]", "11", true },
  { "after", "[11..20]", "11", false },
  { "after", "[11..20]", "[1..10]", true },
  { "after", "[1..10]", "[11..20]", false },
  { "after", "[11..20]", "[1..11)", true },
  { "after", "(11..20]", "[1..11]", true },
  { "meets", "[1..5]", "[5..10]", true },
  { "meets", "[1..5)", "[5..10]", false },
  { "meets", "[1..5]", "(5..10]", false },
  { "meets", "[1..5]", "[6..10]", false },
  { "met by", "[5..10]", "[1..5]", true },
  { "met by", "[5..10]", "[1..5)", false },
  { "met by", "(5..10]", "[1..5]", false },
  { "met by", "[6..10]", "[1..5]", false },
  { "overlaps", "[1..5]", "[3..8]", true },
  { "overlaps", "[3..8]", "[1..5]", true },
  { "overlaps", "[1..8]", "[3..5]", true },
  { "overlaps", "[3..5]", "[1..8]", true },
  { "overlaps", "[1..5]", "[6..8]", false },
  { "overlaps", "[6..8]", "[1..5]", false },
  { "overlaps", "[1..5]", "[5..8]", true },
  { "overlaps", "[1..5]", "(5..8]", false },
  { "overlaps", "[1..5)", "[5..8]", false },
  { "overlaps", "[1..5)", "(5..8]", false },
  { "overlaps", "[5..8]", "[1..5]", true },
  { "overlaps", "(5..8]", "[1..5]", false },
  { "overlaps", "[5..8]", "[1..5)", false },
  { "overlaps", "(5..8]", "[1..5)", false },
  { "overlaps before", "[1..5]", "[3..8]", true },
  { "overlaps before", "[1..5]", "[6..8]", false },
  { "overlaps before", "[1..5]", "[5..8]", true },
  { "overlaps before", "[1..5]", "(5..8]", false },
  { "overlaps before", "[1..5)", "[5..8]", false },
  { "overlaps before", "[1..5)", "(1..5]", true },
  { "overlaps before", "[1..5]", "(1..5]", true },
  { "overlaps before", "[1..5)", "[1..5]", false },
  { "overlaps before", "[1..5]", "[1..5]", false },
  { "overlaps after", "[3..8]", "[1..5]", true },
  { "overlaps after", "[6..8]", "[1..5]", false },
  { "overlaps after", "[5..8]", "[1..5]", true },
  { "overlaps after", "(5..8]", "[1..5]", false },
  { "overlaps after", "[5..8]", "[1..5)", false },
  { "overlaps after", "(1..5]", "[1..5)", true },
  { "overlaps after", "(1..5]", "[1..5]", true },
  { "overlaps after", "[1..5]", "[1..5)", false },
  { "overlaps after", "[1..5]", "[1..5]", false },
  { "finishes", "10", "[1..10]", true },
  { "finishes", "10", "[1..10)", false },
  { "finishes", "[5..10]", "[1..10]", true },
  { "finishes", "[5..10)", "[1..10]", false },
  { "finishes", "[5..10)", "[1..10)", true },
  { "finishes", "[1..10]", "[1..10]", true },
  { "finishes", "(1..10]", "[1..10]", true },
  { "finished by", "[1..10]", "10", true },
  { "finished by", "[1..10)", "10", false },
  { "finished by", "[1..10]", "[5..10]", true },
  { "finished by", "[1..10]", "[5..10)", false },
  { "finished by", "[1..10)", "[5..10)", true },
  { "finished by", "[1..10]", "[1..10]", true },
  { "finished by", "[1..10]", "(1..10]", true },
  { "includes", "[1..10]", "5", true },
  { "includes", "[1..10]", "12", false },
  { "includes", "[1..10]", "1", true },
  { "includes", "[1..10]", "10", true },
  { "includes", "(1..10]", "1", false },
  { "includes", "[1..10)", "10", false },
  { "includes", "[1..10]", "[4..6]", true },
  { "includes", "[1..10]", "[1..5]", true },
  { "includes", "(1..10]", "(1..5]", true },
  { "includes", "[1..10]", "(1..10)", true },
  { "includes", "[1..10)", "[5..10)", true },
  { "includes", "[1..10]", "[1..10)", true },
  { "includes", "[1..10]", "(1..10]", true },
  { "includes", "[1..10]", "[1..10]", true },
  { "during", "5", "[1..10]", true },
  { "during", "12", "[1..10]", false },
  { "during", "1", "[1..10]", true },
  { "during", "10", "[1..10]", true },
  { "during", "1", "(1..10]", false },
  { "during", "10", "[1..10)", false },
  { "during", "[4..6]", "[1..10]", true },
  { "during", "(1..10)", "[1..10]", true },
  { "starts", "1", "[1..10]", true },
  { "starts", "1", "(1..10]", false },
  { "starts", "2", "[1..10]", false },
  { "starts", "[1..5]", "[1..10]", true },
  { "starts", "(1..5]", "(1..10]", true },
  { "starts", "(1..5]", "[1..10]", false },
  { "starts", "[1..5]", "(1..10]", false },
  { "starts", "[1..10]", "[1..10]", true },
  { "starts", "[1..10)", "[1..10]", true },
  { "starts", "(1..10)", "(1..10)", true },
  { "started by", "[1..10]", "1", true },
  { "started by", "(1..10]", "1", false },
  { "started by", "[1..10]", "2", false },
  { "started by", "[1..10]", "[1..5]", true },
  { "started by", "(1..10]", "(1..5]", true },
  { "started by", "[1..10]", "(1..5]", false },
  { "started by", "(1..10]", "[1..5]", false },
  { "started by", "[1..10]", "[1..10)", true },
  { "coincides", "5", "5", true },
  { "coincides", "3", "4", false },
  { "coincides", "[1..5]", "[1..5]", true },
  { "coincides", "(1..5)", "[1..5]", false },
  { "coincides", "[1..5]", "[2..6]", false },
  /* ends that are missing */
  { "before", "(..5)", "5", true },
  { "before", "[5..)", "6", false },
  { "includes", "[5..)", "[6..)", true },
  { "includes", "[5..)", "1000", true },
  { "overlaps", "(..5]", "[5..)", true },
  { "finishes", "[7..)", "[5..)", true },
  { "coincides", "[5..)", "[5..)", true },
  { "during", "[1..2]", "(..5)", true },
};

static void the_examples_of_the_table_hold(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(examples); i++) {
    dmn_value v = CALL(examples[i].name, given(examples[i].a), given(examples[i].b));
    if (v.kind != DMN_BOOLEAN || v.as.truth != examples[i].holds)
      fail_msg("%s(%s, %s) is %s", examples[i].name, examples[i].a, examples[i].b, printed(v));
  }
}

/* Whole and half numbers from 0 to 4 stand for all points: a relation between two small intervals can be told by
 * which of these both hold. */
#define POINTS 9
static uint32_t points_of(dmn_value range) {
  uint32_t set = 0;
  for (int i = 0; i < POINTS; i++)
    if (dmn_is_true(dmn_in_range(E, dmn_number_of_scaled(i * 5, 1), range.as.range))) set |= 1u << i;
  return set;
}

static bool all_below(uint32_t a, uint32_t b) { return 31 - __builtin_clz(a) < __builtin_ctz(b); }

static void relations_say_what_the_points_say(void **state) {
  (void)state;
  dmn_value ranges[64];
  size_t n = 0;
  for (int start = 0; start < 4; start++)
    for (int end = start + 1; end <= 4; end++)
      for (int open = 0; open < 4; open++)
        ranges[n++] = dmn_range_make(E, (open & 1) != 0, dmn_integer(start), dmn_integer(end), (open & 2) != 0);
  for (size_t i = 0; i < n; i++) {
    for (size_t k = 0; k < n; k++) {
      uint32_t a = points_of(ranges[i]), b = points_of(ranges[k]);
      assert_int_equal(dmn_is_true(CALL("before", ranges[i], ranges[k])), all_below(a, b));
      assert_int_equal(dmn_is_true(CALL("after", ranges[i], ranges[k])), all_below(b, a));
      assert_int_equal(dmn_is_true(CALL("overlaps", ranges[i], ranges[k])), (a & b) != 0);
      assert_int_equal(dmn_is_true(CALL("includes", ranges[i], ranges[k])), (b & ~a) == 0);
      assert_int_equal(dmn_is_true(CALL("during", ranges[i], ranges[k])), (a & ~b) == 0);
      assert_int_equal(dmn_is_true(CALL("coincides", ranges[i], ranges[k])), a == b);
      bool starts = (a & ~b) == 0 && __builtin_ctz(a) == __builtin_ctz(b);
      bool finishes = (a & ~b) == 0 && __builtin_clz(a) == __builtin_clz(b);
      assert_int_equal(dmn_is_true(CALL("starts", ranges[i], ranges[k])), starts);
      assert_int_equal(dmn_is_true(CALL("started by", ranges[k], ranges[i])), starts);
      assert_int_equal(dmn_is_true(CALL("finishes", ranges[i], ranges[k])), finishes);
      assert_int_equal(dmn_is_true(CALL("finished by", ranges[k], ranges[i])), finishes);
    }
  }
}

static void kinds_must_agree(void **state) {
  (void)state;
  FAULTS(CALL("before", num("1"), text("a")));
  FAULTS(CALL("before", num("1"), CALL("range", text("[\"a\"..\"b\"]"))));
  FAULTS(CALL("meets", num("1"), given("[1..2]")));
  FAULTS(CALL("coincides", num("1"), given("[1..1]")));
  FAULTS(CALL("during", given("[1..2]"), num("1")));
  FAULTS(CALL("before", yes(), no()));
  UNKNOWN(CALL("before", dmn_null(), num("1")));
  IS(CALL("before", at("2026-01-01"), at("2026-01-02")), "true");
}

/* The name of each parameter picks the way to call. */
static bool takes_names(const char *name, const char *first, const char *second) {
  uint8_t order[2];
  str names[] = { str_of(first), str_of(second) };
  return dmn_builtin_named(dmn_builtin_find(str_of(name)), names, 2, order) != NULL;
}

static void parameters_have_names(void **state) {
  (void)state;
  assert_true(takes_names("before", "point1", "point2"));
  assert_true(takes_names("before", "range", "point"));
  assert_true(takes_names("before", "point", "range"));
  assert_true(takes_names("before", "range2", "range1"));
  assert_false(takes_names("before", "point1", "range1"));
  assert_false(takes_names("before", "1", "2"));
  assert_true(takes_names("meets", "range1", "range2"));
  assert_false(takes_names("meets", "point", "range"));
  assert_true(takes_names("finished by", "range", "point"));
  assert_false(takes_names("during", "range", "range"));
}

/* Calls by names, in the order in which they stand here. */
static dmn_value named(const char *name, const char *first, dmn_value a, const char *second, dmn_value b) {
  uint8_t order[2];
  const struct dmn_builtin *f = dmn_builtin_find(str_of(name));
  const struct dmn_signature *s = dmn_builtin_named(f, (str[]){ str_of(first), str_of(second) }, 2, order);
  assert_non_null(s);
  dmn_value all[2];
  all[order[0]] = a;
  all[order[1]] = b;
  return dmn_builtin_call(E, f, s, all, 2);
}

/* Table 78 has before(point, range) and before(range, point), the same two names. */
static void the_order_of_names_tells_ways_apart(void **state) {
  (void)state;
  IS(named("before", "range", given("[1..10)"), "point", num("10")), "true");
  IS(named("before", "point", num("10"), "range", given("[1..10)")), "false");
  IS(named("after", "range", given("(11..20]"), "point", num("11")), "true");
  IS(named("after", "point", num("11"), "range", given("(11..20]")), "false");
  IS(named("during", "range", given("[1..10]"), "point", num("5")), "true");
  IS(named("before", "range2", given("[5..6]"), "range1", given("[1..2]")), "true");
}

static void ranges_are_read(void **state) {
  (void)state;
  static const char *const same[][2] = {
    { "[18..21)", "[18..21)" },
    { "]18..21[", "(18..21)" },
    { "[2..)", "[2..)" },
    { "(..2)", "(..2)" },
    { "( .. 2 ]", "(..2]" },
    { "[ -1.5e1 .. .5 ]", "[-15..0.5]" },
    { "[\"a\"..\"b\\u0063\"]", "[\"a\"..\"bc\"]" },
    { "[@\"2026-01-01\"..date(\"2026-02-01\")]", "[date(\"2026-01-01\")..date(\"2026-02-01\")]" },
    { "[date and time(\"2026-01-01T00:00:00\")..)", "[date and time(\"2026-01-01T00:00:00\")..)" },
    { "[duration(\"P1D\")..@\"P2D\"]", "[duration(\"P1D\")..duration(\"P2D\")]" },
    { "[time(\"10:00:00\")..]", NULL },
  };
  for (size_t i = 0; i < COUNT_OF(same); i++) {
    if (same[i][1] == NULL)
      FAULTS(CALL("range", text(same[i][0])));
    else
      IS(CALL("range", text(same[i][0])), same[i][1]);
  }
  static const char *const wrong[] = { "",
                                       "[..]",
                                       "(..)",
                                       "[..2]",
                                       "[2..1]",
                                       "[1..\"a\"]",
                                       "[1.2]",
                                       "1..2",
                                       "[1..2",
                                       "[1..2]x",
                                       "[a..b]",
                                       "[1+1..3]",
                                       "[date(\"2026-13-01\")..)",
                                       "[true..false]",
                                       "[null..2]",
                                       "[\"a..b]",
                                       "[\"\\ud800\"..)",
                                       "[@\"x\"..)",
                                       "[]" };
  for (size_t i = 0; i < COUNT_OF(wrong); i++) FAULTS(CALL("range", text(wrong[i])));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(the_examples_of_the_table_hold),
    TEST(relations_say_what_the_points_say),
    TEST(kinds_must_agree),
    TEST(parameters_have_names),
    TEST(the_order_of_names_tells_ways_apart),
    TEST(ranges_are_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
