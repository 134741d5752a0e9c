/* Are dates exact over all years that DMN allows, and read as strictly as P29 asks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shienkin/value.h"

/* Counts and weekdays from another implementation of the proleptic Gregorian calendar (Python's datetime). */
static const struct {
  const char *text;
  day day;
  enum weekday weekday;
} known[] = {
  { "0001-01-01", -719162, WEEKDAY_MON }, { "0004-02-29", -718008, WEEKDAY_SUN },
  { "1582-10-15", -141427, WEEKDAY_FRI }, { "1600-02-29", -135081, WEEKDAY_TUE },
  { "1899-12-31", -25568, WEEKDAY_SUN },  { "1900-02-28", -25509, WEEKDAY_WED },
  { "1900-03-01", -25508, WEEKDAY_THU },  { "1969-12-31", -1, WEEKDAY_WED },
  { "1970-01-01", 0, WEEKDAY_THU },       { "2000-02-29", 11016, WEEKDAY_TUE },
  { "2000-03-01", 11017, WEEKDAY_WED },   { "2026-05-11", 20584, WEEKDAY_MON },
  { "2100-03-01", 47541, WEEKDAY_MON },   { "9999-12-31", 2932896, WEEKDAY_FRI },
};

static void known_days_hold_both_ways(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(known); i++) {
    day d = DAY_NONE;
    char text[11];
    assert_true(day_parse(str_of(known[i].text), &d));
    assert_int_equal(d, known[i].day);
    assert_int_equal(day_weekday(d), known[i].weekday);
    day_write(known[i].day, text);
    assert_string_equal(text, known[i].text);
  }
}

/* A calendar walked by hand, one day after the other, over a whole cycle of 400 years around each end and the middle. */
static void every_day_of_a_cycle_follows_the_one_before(void **state) {
  (void)state;
  static const int64_t starts[] = { -999999999, -400, 1800, 999999599 };
  for (size_t i = 0; i < COUNT_OF(starts); i++) {
    day d = day_from_civil(starts[i], 1, 1);
    int weekday = (int)day_weekday(d);
    for (int64_t year = starts[i]; year < starts[i] + 400; year++) {
      bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
      static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
      for (int month = 1; month <= 12; month++) {
        int length = lengths[month - 1] + (month == 2 && leap);
        assert_int_equal(month_length(year, month), length);
        for (int dom = 1; dom <= length; dom++, d++, weekday = weekday % 7 + 1) {
          struct civil c = day_civil(d);
          if (c.year != year || c.month != month || c.day != dom || (int)day_weekday(d) != weekday ||
              day_from_civil(year, month, dom) != d)
            fail_msg("day %lld", (long long)d);
        }
      }
    }
  }
}

/* 400 years are 146097 days, wherever they start. */
static void far_years_keep_the_cycle(void **state) {
  (void)state;
  for (int64_t cycles = -2499990; cycles <= 2499990; cycles += 249999) {
    day d = day_from_civil(2024 + 400 * cycles, 2, 29);
    assert_int_equal(d, 19782 + 146097 * cycles);
    assert_int_equal(day_weekday(d), WEEKDAY_THU);
    assert_int_equal(day_civil(d).year, 2024 + 400 * cycles);
  }
  struct civil first = day_civil(day_from_civil(-999999999, 1, 1)), last = day_civil(day_from_civil(999999999, 12, 31));
  assert_int_equal(first.year, -999999999);
  assert_int_equal(last.year, 999999999);
  assert_int_equal(last.day, 31);
}

static void days_that_are_none_are_none(void **state) {
  (void)state;
  assert_true(civil_valid(2024, 2, 29) && civil_valid(2000, 2, 29) && civil_valid(-4, 2, 29));
  assert_false(civil_valid(2023, 2, 29) || civil_valid(1900, 2, 29));
  assert_false(civil_valid(2024, 0, 1) || civil_valid(2024, 13, 1) || civil_valid(2024, 4, 31) ||
               civil_valid(2024, 1, 0));
  assert_false(civil_valid(1000000000, 1, 1) || civil_valid(-1000000000, 1, 1));
}

/* P29 `date`: exactly YYYY-MM-DD, a day that exists, years 0001–9999. */
static void only_the_written_form_is_read(void **state) {
  (void)state;
  static const char *const refused[] = {
    "",           "2026-5-11",   "2026-05-1",      "2026/05/11",
    "20260511",   "2026-05-11 ", " 2026-05-11",    "2026-05-11T00:00:00",
    "0000-01-01", "2026-02-29",  "2026-04-31",     "2026-13-01",
    "2026-00-10", "2026-01-00",  "2026-01-32",     "-026-01-01",
    "+026-01-01", "12026-01-1",  "２０２６-05-11", "2026-0a-01",
    "R8-05-11",   "2026-05-1\0",
  };
  for (size_t i = 0; i < COUNT_OF(refused); i++) {
    day d = 5;
    assert_false(day_parse(str_of(refused[i]), &d));
    assert_int_equal(d, 5);
  }
  day d;
  assert_false(day_parse(STR("2026-05-1\0"), &d));
  assert_false(day_parse(STR_NONE, &d));
}

static void days_are_read_as_people_write_them(void **state) {
  (void)state;
  static const char *const ways[] = { "2026-05-11", "2026/5/11", "2026/05/11", "2026.5.11", " 2026年5月11日 ", "2026年5月11日（月）",
                                      "２０２６／５／１１", "２０２６年５月１１日", "令和8年5月11日", "令和８年５月１１日", "R8.5.11" };
  static const char *const not_days[] = { "", "あした", "5/11", "5月11日", "26/5/11", "2026/2/30", "2026/13/1", "2026-05", "2026/5/11/1",
                                          "平成40年5月11日", "11/5/2026" };
  struct arena *a = arena_new(0);
  day d;
  for (size_t i = 0; i < COUNT_OF(ways); i++) {
    d = DAY_NONE;
    if (!day_read(a, str_of(ways[i]), &d) || d != 20584) fail_msg("%s", ways[i]);
  }
  for (size_t i = 0; i < COUNT_OF(not_days); i++)
    if (day_read(a, str_of(not_days[i]), &d)) fail_msg("%s", not_days[i]);
  arena_free(a);
}

static void the_day_in_japan_turns_at_15_utc(void **state) {
  (void)state;
  const int64_t s = 1000000;
  assert_int_equal(day_in_japan(0), 0); /* 09:00 on 1970-01-01 */
  assert_int_equal(day_in_japan(15 * 3600 * s - 1), 0);
  assert_int_equal(day_in_japan(15 * 3600 * s), 1);
  assert_int_equal(day_in_japan(-9 * 3600 * s), 0);
  assert_int_equal(day_begins_in_japan(0), -9 * 3600 * s);
  assert_int_equal(day_begins_in_japan(1), 15 * 3600 * s);
  assert_int_equal(day_in_japan(-9 * 3600 * s - 1), -1);
  assert_int_equal(day_in_japan(INT64_C(1795305600) * s), 20779); /* 2026-11-22T00:00Z */
  assert_int_equal(day_in_japan(INT64_MAX), 106751991);           /* floor((INT64_MAX + 9 h) / 1 day) */
  assert_int_equal(day_in_japan(INT64_MIN), -106751991);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(known_days_hold_both_ways),     cmocka_unit_test(every_day_of_a_cycle_follows_the_one_before),
    cmocka_unit_test(far_years_keep_the_cycle),      cmocka_unit_test(days_that_are_none_are_none),
    cmocka_unit_test(only_the_written_form_is_read), cmocka_unit_test(the_day_in_japan_turns_at_15_utc),
    cmocka_unit_test(days_are_read_as_people_write_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
