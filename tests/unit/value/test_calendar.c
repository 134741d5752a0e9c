/* Does the calendar of the build say what its source says, and are desks open when the law says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shienkin/crypto.h"
#include "shienkin/value.h"

#define SOURCE SOURCE_DIR "/data/calendars/national-holiday_jp-2.5.1.txt"

static int set_up(void **state) {
  *state = arena_new(0);
  return *state ? 0 : -1;
}

static int tear_down(void **state) {
  arena_free(*state);
  return 0;
}

static day on(const char *text) {
  day d = DAY_NONE;
  assert_true(day_parse(str_of(text), &d));
  return d;
}

static bool name_is(const struct calendar *c, const char *date, const char *name) {
  return str_eq(calendar_name(c, on(date)), str_of(name));
}

/* The text is the source and the tables are made from it: both must say the same, byte for byte. */
static void the_tables_of_the_build_are_the_text(void **state) {
  struct arena *a = *state;
  str bytes;
  assert_int_equal(file_read(a, SOURCE, 1 << 20, &bytes), RESULT_OK);
  struct findings f = findings_in(a);
  const struct calendar *text, *built = calendar_national();
  assert_int_equal(calendar_read(a, bytes, &f, &text), RESULT_OK);
  char hex[65];
  sha256_write(sha256_of(bytes), hex);
  assert_true(str_eq(calendar_sha256(built), str_of(hex)));
  assert_true(str_eq(calendar_sha256(text), str_of(hex)));
  assert_true(str_eq(calendar_version(built), calendar_version(text)));
  assert_int_equal(calendar_kind_of(text), CALENDAR_NATIONAL);
  assert_int_equal(calendar_first(built), calendar_first(text));
  assert_int_equal(calendar_last(built), calendar_last(text));
  size_t n, m;
  const day *one = calendar_within(text, INT64_MIN, INT64_MAX, &n),
            *two = calendar_within(built, INT64_MIN, INT64_MAX, &m);
  assert_int_equal(n, 1329);
  assert_int_equal(n, m);
  assert_memory_equal(one, two, n * sizeof *one);
  for (size_t i = 0; i < n; i++) assert_true(str_eq(calendar_name(text, one[i]), calendar_name(built, one[i])));
}

/* Substitute holidays, a citizens' holiday between two others, and days that anybody can look up. */
static void known_holidays_are_there(void **state) {
  (void)state;
  const struct calendar *c = calendar_national();
  assert_true(name_is(c, "2026-01-01", "元日"));
  assert_true(calendar_holds(c, on("2026-05-06")));
  assert_true(calendar_holds(c, on("2026-09-22")));
  assert_true(calendar_holds(c, on("2027-03-22")));
  assert_true(name_is(c, "2026-11-23", "勤労感謝の日"));
  assert_true(calendar_holds(c, on("2019-05-01")));
  assert_false(calendar_holds(c, on("2026-05-07")));
  assert_false(calendar_holds(c, on("2026-05-11")));
  assert_true(name_is(c, "2026-05-11", ""));
  assert_int_equal(calendar_first(c), on("1970-01-01"));
  assert_int_equal(calendar_last(c), on("2050-12-31"));
  assert_true(calendar_covers(c, on("1970-01-01")) && calendar_covers(c, on("2050-12-31")));
  assert_false(calendar_covers(c, on("1969-12-31")) || calendar_covers(c, on("2051-01-01")));
  assert_false(calendar_holds(c, on("2051-01-01")) || calendar_holds(c, on("1969-01-01")));
}

/* Golden week 2026: 04-29, 05-03 … 05-06. */
static void slices_are_bounded_on_both_sides(void **state) {
  (void)state;
  const struct calendar *c = calendar_national();
  size_t n;
  const day *days = calendar_within(c, on("2026-04-29"), on("2026-05-06"), &n);
  assert_int_equal(n, 5);
  assert_int_equal(days[0], on("2026-04-29"));
  assert_int_equal(days[4], on("2026-05-06"));
  calendar_within(c, on("2026-04-30"), on("2026-05-05"), &n);
  assert_int_equal(n, 3);
  calendar_within(c, on("2026-05-07"), on("2026-05-31"), &n);
  assert_int_equal(n, 0);
  calendar_within(c, on("2026-05-06"), on("2026-05-06"), &n);
  assert_int_equal(n, 1);
  calendar_within(c, on("2026-05-06"), on("2026-04-29"), &n);
  assert_int_equal(n, 0);
}

/* Every day of the horizon, against a plain walk through the list. */
static void searching_agrees_with_walking(void **state) {
  (void)state;
  const struct calendar *c = calendar_national();
  size_t n, at = 0, within;
  const day *all = calendar_within(c, INT64_MIN, INT64_MAX, &n);
  for (day d = calendar_first(c) - 3; d <= calendar_last(c) + 3; d++) {
    bool listed = at < n && all[at] == d;
    assert_int_equal(calendar_holds(c, d), listed);
    assert_ptr_equal(calendar_within(c, d, d + 10, &within), all + at);
    at += listed;
  }
  assert_int_equal(at, n);
}

/* ---- desks: Banking Act 15(1) and its order 5(1); Act on Holidays of Administrative Organs 1 */

static void banks_close_on_weekends_holidays_and_at_new_year(void **state) {
  (void)state;
  const struct calendar *c = calendar_national();
  static const struct {
    const char *date;
    bool bank, administration;
  } cases[] = {
    { "2026-12-28", true, true },   { "2026-12-29", true, false },  { "2026-12-30", true, false },
    { "2026-12-31", false, false }, { "2027-01-01", false, false }, { "2027-01-02", false, false },
    { "2027-01-03", false, false }, { "2027-01-04", true, true },   { "2026-05-06", false, false },
    { "2026-09-22", false, false }, { "2027-03-22", false, false }, { "2028-12-31", false, false },
    { "2026-05-09", false, false }, { "2026-05-10", false, false }, { "2026-05-11", true, true },
    { "2028-12-29", true, false },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    assert_int_equal(calendar_open(c, CALENDAR_BANK, on(cases[i].date)), cases[i].bank);
    assert_int_equal(calendar_open(c, CALENDAR_ADMINISTRATION, on(cases[i].date)), cases[i].administration);
  }
}

/* A report due within 30 or 60 days: known on 2026-12-01 is day 1; day 30 is 2026-12-30, closed, so 2027-01-04; day 60 is 2027-01-29. */
static void a_deadline_on_a_closed_day_moves_to_the_next_open_one(void **state) {
  (void)state;
  const struct calendar *c = calendar_national();
  day known = on("2026-12-01");
  assert_int_equal(known + 29, on("2026-12-30"));
  assert_int_equal(calendar_next_open(c, CALENDAR_ADMINISTRATION, known + 29), on("2027-01-04"));
  assert_int_equal(calendar_next_open(c, CALENDAR_ADMINISTRATION, known + 59), on("2027-01-29"));
  assert_int_equal(calendar_next_open(c, CALENDAR_BANK, on("2026-12-31")), on("2027-01-04"));
  assert_int_equal(calendar_next_open(c, CALENDAR_BANK, on("2026-05-02")), on("2026-05-07"));
}

/* ---- reading */

#define HEAD "# kind: bank\n# version: 1\n# first: 2026-01-01\n# last: 2026-12-31\n# source: a test\n"

static void a_small_calendar_is_read(void **state) {
  struct findings f = findings_in(*state);
  const struct calendar *c;
  assert_int_equal(calendar_read(*state, STR(HEAD "2026-01-02 二日 目\n2026-12-31 大晦日\n"), &f, &c), RESULT_OK);
  assert_int_equal(calendar_kind_of(c), CALENDAR_BANK);
  assert_true(name_is(c, "2026-01-02", "二日 目"));
  assert_true(name_is(c, "2026-12-31", "大晦日"));
  assert_false(calendar_holds(c, on("2026-01-01")));
  assert_int_equal(calendar_read(*state, STR(HEAD), &f, &c), RESULT_OK);
  assert_false(calendar_holds(c, on("2026-01-02")));
  size_t n;
  calendar_within(c, INT64_MIN, INT64_MAX, &n);
  assert_int_equal(n, 0);
}

static void every_problem_is_told_with_its_line(void **state) {
  static const struct {
    const char *text, *code;
    uint32_t line;
  } cases[] = {
    { HEAD "2026-01-02\n", "calendar_line", 6 },
    { HEAD "2026-02-29 x\n", "calendar_line", 6 },
    { HEAD "\n", "calendar_line", 6 },
    { HEAD "2026-01-02 x\r\n", "calendar_line", 6 },
    { HEAD "2026-01-02 x\n2026-01-02 y\n", "calendar_order", 7 },
    { HEAD "2026-01-02 x\n2026-01-01 y\n", "calendar_order", 7 },
    { HEAD "2027-01-01 x\n", "calendar_horizon", 6 },
    { HEAD "# kind: bank\n", "calendar_header", 6 },
    { HEAD "# colour: red\n", "calendar_header", 6 },
    { "# kind: moon\n", "calendar_header", 1 },
    { "2026-01-01 x\n", "calendar_header", 0 },
    { "\xFF", "calendar_encoding", 0 },
    { "", "calendar_header", 0 },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct findings f = findings_in(*state);
    const struct calendar *c;
    assert_int_equal(calendar_read(*state, str_of(cases[i].text), &f, &c), RESULT_REFUSED);
    bool found = false;
    for (size_t k = 0; k < f.count; k++)
      found |= f.items[k].line == cases[i].line && strcmp(f.items[k].code, cases[i].code) == 0;
    if (!found) fail_msg("case %zu: no %s in line %u", i, cases[i].code, cases[i].line);
  }
}

#define in_arena(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
    in_arena(the_tables_of_the_build_are_the_text),
    cmocka_unit_test(known_holidays_are_there),
    cmocka_unit_test(slices_are_bounded_on_both_sides),
    cmocka_unit_test(searching_agrees_with_walking),
    cmocka_unit_test(banks_close_on_weekends_holidays_and_at_new_year),
    cmocka_unit_test(a_deadline_on_a_closed_day_moves_to_the_next_open_one),
    in_arena(a_small_calendar_is_read),
    in_arena(every_problem_is_told_with_its_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
