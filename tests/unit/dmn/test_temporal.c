/* Dates, times, durations: their lexical forms (10.3.4.1), components (tables 65, 66) and arithmetic (tables 57–59). */
#include "fixture.h"

static const char *as_string(dmn_value v) { return str_z(fixture.arena, dmn_temporal_print(fixture.arena, E, v)); }
#define READS(s, kind_, expected)                 \
  do {                                            \
    dmn_value v_ = at(s);                         \
    assert_int_equal(v_.kind, kind_);             \
    assert_string_equal(as_string(v_), expected); \
  } while (0)
#define GIVES(expression, expected) assert_string_equal(as_string(expression), expected)

static void literals_read_and_print(void **state) {
  (void)state;
  READS("2026-11-22", DMN_DATE, "2026-11-22");
  READS("-0001-03-01", DMN_DATE, "-0001-03-01");
  READS("0000-02-29", DMN_DATE, "0000-02-29");
  READS("999999999-12-31", DMN_DATE, "999999999-12-31");
  READS("-999999999-01-01", DMN_DATE, "-999999999-01-01");
  READS("12:30:00", DMN_TIME, "12:30:00");
  READS("12:30:00.120", DMN_TIME, "12:30:00.12");
  READS("12:30:00.1234567899", DMN_TIME, "12:30:00.123456789");
  READS("24:00:00", DMN_TIME, "00:00:00");
  READS("12:30:00z", DMN_TIME, "12:30:00Z");
  READS("12:30:00-00:00", DMN_TIME, "12:30:00Z");
  READS("12:30:00+14:00", DMN_TIME, "12:30:00+14:00");
  READS("12:30:00-02:45:55", DMN_TIME, "12:30:00-02:45:55");
  READS("12:30:00@Asia/Tokyo", DMN_TIME, "12:30:00@Asia/Tokyo");
  READS("2026-12-31T24:00:00", DMN_DATE_TIME, "2027-01-01T00:00:00");
  READS("2026-11-22T01:02:03.5+09:00", DMN_DATE_TIME, "2026-11-22T01:02:03.5+09:00");
  READS("999999999-12-31T23:59:59.999999999@Europe/Paris", DMN_DATE_TIME,
        "999999999-12-31T23:59:59.999999999@Europe/Paris");
}

static void durations_are_normalised(void **state) {
  (void)state;
  static const char *const cases[][2] = {
    { "P1Y", "P1Y" },
    { "P26M", "P2Y2M" },
    { "-P14M", "-P1Y2M" },
    { "P0M", "P0M" },
    { "P0Y", "P0M" },
    { "P1D", "P1D" },
    { "PT25H", "P1DT1H" },
    { "PT90M", "PT1H30M" },
    { "PT0S", "PT0S" },
    { "-PT0S", "PT0S" },
    { "P0D", "PT0S" },
    { "PT3600S", "PT1H" },
    { "-P1DT2H3M4.5S", "-P1DT2H3M4.5S" },
    { "PT0.000000001S", "PT0.000000001S" },
    { "-PT0.000000001S", "-PT0.000000001S" },
    { "PT59.999999999S", "PT59.999999999S" },
    { "P999999999Y11M", "P999999999Y11M" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) GIVES(at(cases[i][0]), cases[i][1]);
}

static void what_is_no_literal_is_none(void **state) {
  (void)state;
  static const char *const wrong[] = {
    "",
    "P",
    "-P",
    "PT",
    "P1DT",
    "P1Y1D",
    "P1M2Y",
    "PT1M1H",
    "P1.5D",
    "PT1.5H",
    "PT.5S",
    "PT5.S",
    "P-1D",
    "+P1D",
    "P1H",
    "PT1D",
    "p1d",
    "P99999999999999999999D",
    "P9223372036854775807Y",
    "2026-1-01",
    "2026-02-30",
    "2025-02-29",
    "1900-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "02026-01-01",
    "1000000000-01-01",
    "998-12-31",
    "+2026-01-01",
    "2026-01-01Z",
    "2026-01-01T",
    "2026-01-01 00:00:00",
    "12:30",
    "12:30:0",
    "25:00:00",
    "24:00:01",
    "24:00:00.5",
    "12:60:00",
    "12:00:60",
    "12:00:00.",
    "12:00:00+14:01",
    "12:00:00+15:00",
    "12:00:00+9:00",
    "12:00:00+09",
    "12:00:00+09:60",
    "12:00:00Z ",
    "12:00:00ZZ",
    "12:00:00@",
    "12:00:00@Nowhere/City",
    "12:00:00@../Asia/Tokyo",
    "12:00:00@/Asia/Tokyo",
    "12:00:00+09:00@Asia/Tokyo",
    "T12:00:00",
    "999999999-12-31T24:00:00",
    "1２:00:00",
  };
  for (size_t i = 0; i < COUNT_OF(wrong); i++)
    if (!dmn_is_null(dmn_temporal_literal(E, str_of(wrong[i])))) fail_msg("\"%s\" is taken for a literal", wrong[i]);
}

/* Every day of 2,400 years, by counting: the calendar is what a calendar does, not what a formula says. */
static void days_follow_each_other(void **state) {
  (void)state;
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  dmn_value v = at("-0400-01-01");
  int64_t days = v.as.i;
  int weekday = (int)(dmn_property(E, v, DMN_SYM_WEEKDAY)).as.i;
  for (int year = -400; year < 2000; year++) {
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    for (int month = 1; month <= 12; month++) {
      for (int day = 1; day <= lengths[month - 1] + (month == 2 && leap); day++, days++, weekday = weekday % 7 + 1) {
        dmn_value d = dmn_date(days);
        bool fine = dmn_property(E, d, DMN_SYM_YEAR).as.i == year && dmn_property(E, d, DMN_SYM_MONTH).as.i == month &&
                    dmn_property(E, d, DMN_SYM_DAY).as.i == day && dmn_property(E, d, DMN_SYM_WEEKDAY).as.i == weekday;
        if (!fine) fail_msg("day %lld is not %d-%d-%d, weekday %d", (long long)days, year, month, day, weekday);
      }
    }
  }
  assert_int_equal(days, 10957); /* 2000-01-01 */
  assert_int_equal(weekday, 6);  /* a Saturday */
}

static void components_are_named(void **state) {
  (void)state;
  dmn_value v = at("2026-11-22T10:20:30.25+09:30");
  IS(dmn_property(E, v, DMN_SYM_YEAR), "2026");
  IS(dmn_property(E, v, DMN_SYM_WEEKDAY), "7");
  IS(dmn_property(E, v, DMN_SYM_HOUR), "10");
  IS(dmn_property(E, v, DMN_SYM_MINUTE), "20");
  IS(dmn_property(E, v, DMN_SYM_SECOND), "30.25");
  IS(dmn_property(E, v, DMN_SYM_TIME_OFFSET), "duration(\"PT9H30M\")");
  UNKNOWN(dmn_property(E, v, DMN_SYM_TIMEZONE));
  UNKNOWN(dmn_property(E, at("10:00:00"), DMN_SYM_TIME_OFFSET));
  IS(dmn_property(E, at("2026-07-01T00:00:00@Europe/Paris"), DMN_SYM_TIME_OFFSET), "duration(\"PT2H\")");
  IS(dmn_property(E, at("2026-07-01T00:00:00@Europe/Paris"), DMN_SYM_TIMEZONE), "\"Europe/Paris\"");
  dmn_value d = at("-P1DT2H3M4.5S"), m = at("-P14M");
  IS(dmn_property(E, d, DMN_SYM_DAYS), "-1");
  IS(dmn_property(E, d, DMN_SYM_HOURS), "-2");
  IS(dmn_property(E, d, DMN_SYM_MINUTES), "-3");
  IS(dmn_property(E, d, DMN_SYM_SECONDS), "-4.5");
  IS(dmn_property(E, m, DMN_SYM_YEARS), "-1");
  IS(dmn_property(E, m, DMN_SYM_MONTHS), "-2");
  FAULTS(dmn_property(E, m, DMN_SYM_DAYS));
  FAULTS(dmn_property(E, d, DMN_SYM_YEARS));
  FAULTS(dmn_property(E, at("2026-11-22"), DMN_SYM_HOUR));
  FAULTS(dmn_property(E, at("10:00:00"), DMN_SYM_YEAR));
  FAULTS(dmn_property(E, num("1"), DMN_SYM_YEAR));
  UNKNOWN(dmn_property(E, dmn_null(), DMN_SYM_YEAR));
  dmn_value r = dmn_range_make(E, true, num("1"), dmn_null(), true);
  IS(dmn_property(E, r, DMN_SYM_START), "1");
  IS(dmn_property(E, r, DMN_SYM_START_INCLUDED), "false");
}

static void months_are_cut_to_the_end_of_the_month(void **state) {
  (void)state;
  GIVES(dmn_add(E, at("2026-01-31"), at("P1M")), "2026-02-28");
  GIVES(dmn_add(E, at("2028-01-31"), at("P1M")), "2028-02-29");
  GIVES(dmn_add(E, at("2024-02-29"), at("P1Y")), "2025-02-28");
  GIVES(dmn_add(E, at("2024-02-29"), at("P4Y")), "2028-02-29");
  GIVES(dmn_subtract(E, at("2026-03-31"), at("P1M")), "2026-02-28");
  GIVES(dmn_add(E, at("P11M"), at("2026-11-30")), "2027-10-30");
  GIVES(dmn_subtract(E, at("2026-01-15T10:00:00Z"), at("P1M")), "2025-12-15T10:00:00Z");
  GIVES(dmn_subtract(E, at("0000-01-31"), at("P1M")), "-0001-12-31");
  FAULTS(dmn_add(E, at("999999999-12-31"), at("P1M")));
  FAULTS(dmn_subtract(E, at("-999999999-01-01"), at("P1M")));
  FAULTS(dmn_add(E, at("2026-01-01"), at("P700000000000Y")));
}

static void days_and_time_are_added(void **state) {
  (void)state;
  GIVES(dmn_add(E, at("2026-12-31"), at("P1D")), "2027-01-01");
  GIVES(dmn_subtract(E, at("2026-01-02"), at("PT1S")), "2026-01-01");
  GIVES(dmn_add(E, at("2026-01-01"), at("PT23H59M59S")), "2026-01-01");
  GIVES(dmn_add(E, at("2026-12-31T23:59:59.999999999"), at("PT0.000000001S")), "2027-01-01T00:00:00");
  GIVES(dmn_subtract(E, at("1970-01-01T00:00:00Z"), at("PT0.000000001S")), "1969-12-31T23:59:59.999999999Z");
  GIVES(dmn_add(E, at("23:59:00Z"), at("PT2M")), "00:01:00Z");
  GIVES(dmn_subtract(E, at("00:00:00"), at("PT0.5S")), "23:59:59.5");
  GIVES(dmn_add(E, at("10:00:00+09:00"), at("P100D")), "10:00:00+09:00");
  GIVES(dmn_add(E, at("PT23H"), at("PT2H")), "P1DT1H");
  GIVES(dmn_subtract(E, at("PT1S"), at("PT1.5S")), "-PT0.5S");
  FAULTS(dmn_add(E, at("999999999-12-31"), at("P1D")));
  FAULTS(dmn_add(E, at("999999999-12-31T23:00:00Z"), at("PT1H")));
  FAULTS(dmn_add(E, at("2026-01-01"), at("P100000000000000D")));
  FAULTS(dmn_add(E, at("10:00:00"), at("P1M")));
  FAULTS(dmn_add(E, at("P1D"), at("P1M")));
  FAULTS(dmn_add(E, at("2026-01-01"), at("2026-01-01")));
  FAULTS(dmn_add(E, at("2026-01-01"), num("1")));
  UNKNOWN(dmn_add(E, at("2026-01-01"), dmn_null()));
}

static void points_are_subtracted(void **state) {
  (void)state;
  GIVES(dmn_subtract(E, at("2026-11-22"), at("2026-11-21")), "P1D");
  GIVES(dmn_subtract(E, at("999999999-12-31"), at("-999999999-01-01")), "P730484999633D");
  GIVES(dmn_subtract(E, at("2026-11-22T00:00:00+09:00"), at("2026-11-22")), "-PT9H");
  GIVES(dmn_subtract(E, at("2012-12-24T23:59:00"), at("2012-12-22T03:45:00")), "P2DT20H14M");
  GIVES(dmn_subtract(E, at("10:00:00"), at("10:00:00.25")), "-PT0.25S");
  GIVES(dmn_subtract(E, at("10:00:00+01:00"), at("10:00:00Z")), "-PT1H");
  FAULTS(dmn_subtract(E, at("2026-11-22T00:00:00"), at("2026-11-22T00:00:00Z")));
  FAULTS(dmn_subtract(E, at("2026-11-22T00:00:00"), at("2026-11-22")));
  FAULTS(dmn_subtract(E, at("10:00:00"), at("10:00:00Z")));
  FAULTS(dmn_subtract(E, at("10:00:00"), at("2026-11-22")));
  FAULTS(dmn_subtract(E, at("P1D"), at("2026-11-22")));
}

static void durations_scale(void **state) {
  (void)state;
  GIVES(dmn_multiply(E, at("P1D"), num("1.5")), "P1DT12H");
  GIVES(dmn_multiply(E, num("-2"), at("PT1.5S")), "-PT3S");
  GIVES(dmn_multiply(E, at("P1M"), num("-2.9")), "-P2M");
  GIVES(dmn_divide(E, at("PT1S"), num("3")), "PT0.333333333S");
  GIVES(dmn_divide(E, at("PT2S"), num("3")), "PT0.666666667S");
  GIVES(dmn_divide(E, at("-PT1S"), num("8")), "-PT0.125S");
  IS(dmn_divide(E, at("P1D"), at("PT1H")), "24");
  IS(dmn_divide(E, at("P1Y"), at("P5M")), "2.4");
  GIVES(dmn_negate(E, at("PT0.5S")), "-PT0.5S");
  FAULTS(dmn_divide(E, at("P1D"), num("0")));
  FAULTS(dmn_divide(E, at("P1D"), at("PT0S")));
  FAULTS(dmn_divide(E, at("P1D"), at("P1M")));
  FAULTS(dmn_divide(E, num("1"), at("P1D")));
  FAULTS(dmn_multiply(E, at("P1D"), at("P1D")));
  FAULTS(dmn_multiply(E, at("P100000000000000D"), num("1e9")));
}

/* Offsets as Python's zoneinfo gives them for the same moments. */
static void zones_know_their_offsets(void **state) {
  (void)state;
  static const char *const cases[][2] = {
    { "2026-01-15T12:00:00@Europe/Paris", "PT1H" },          { "2026-07-15T12:00:00@Europe/Paris", "PT2H" },
    { "1900-01-01T00:00:00@Europe/Paris", "PT9M21S" },       { "1985-07-01T00:00:00@Asia/Tokyo", "PT9H" },
    { "1950-07-01T00:00:00@Asia/Tokyo", "PT10H" },           { "2026-01-15T12:00:00@Australia/Melbourne", "PT11H" },
    { "2026-07-15T12:00:00@Australia/Melbourne", "PT10H" },  { "2026-07-15T12:00:00@America/New_York", "-PT4H" },
    { "2026-07-15T12:00:00@America/St_Johns", "-PT2H30M" },  { "2200-07-15T12:00:00@Europe/Paris", "PT2H" },
    { "9999-01-15T12:00:00@Europe/Paris", "PT1H" },          { "999999999-07-15T12:00:00@Europe/Paris", "PT2H" },
    { "-999999999-07-15T12:00:00@Europe/Paris", "PT9M21S" }, { "2026-07-15T12:00:00@Etc/UTC", "PT0S" },
    { "2026-07-15T12:00:00@Asia/Kathmandu", "PT5H45M" },     { "2026-07-15T12:00:00@Europe/Dublin", "PT1H" },
    { "2200-07-15T12:00:00@Europe/Dublin", "PT1H" },         { "2200-01-15T12:00:00@Europe/Dublin", "PT0S" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++)
    GIVES(dmn_property(E, at(cases[i][0]), DMN_SYM_TIME_OFFSET), cases[i][1]);
}

/* Paris 2026: forward on 29 March at 02:00, back on 25 October at 03:00. */
static void clocks_go_forward_and_back(void **state) {
  (void)state;
  GIVES(dmn_add(E, at("2026-03-28T12:00:00@Europe/Paris"), at("P1D")), "2026-03-29T13:00:00@Europe/Paris");
  GIVES(dmn_add(E, at("2026-03-29T01:59:59@Europe/Paris"), at("PT1S")), "2026-03-29T03:00:00@Europe/Paris");
  GIVES(dmn_subtract(E, at("2026-10-26T00:00:00@Europe/Paris"), at("2026-10-25T00:00:00@Europe/Paris")), "P1DT1H");
  dmn_value first = at("2026-10-25T02:30:00@Europe/Paris"), second = dmn_add(E, first, at("PT1H"));
  GIVES(dmn_property(E, first, DMN_SYM_TIME_OFFSET), "PT2H");
  GIVES(second, "2026-10-25T02:30:00@Europe/Paris");
  GIVES(dmn_property(E, second, DMN_SYM_TIME_OFFSET), "PT1H");
  GIVES(dmn_subtract(E, second, first), "PT1H");
  GIVES(dmn_add(E, second, at("PT1H")), "2026-10-25T03:30:00@Europe/Paris");
  assert_false(dmn_is(first, second));
  /* A time that no clock shows stands for the moment an hour later. */
  assert_true(
      dmn_is_true(dmn_equal(E, at("2026-03-29T02:30:00@Europe/Paris"), at("2026-03-29T03:30:00@Europe/Paris"))));
}

static void a_host_without_zones_knows_none(void **state) {
  (void)state;
  fixture.host.zone = NULL;
  assert_true(dmn_is_null(dmn_temporal_literal(E, STR("12:00:00@Asia/Tokyo"))));
  E->host = NULL;
  assert_true(dmn_is_null(dmn_temporal_literal(E, STR("12:00:00@Asia/Tokyo"))));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(literals_read_and_print),  TEST(durations_are_normalised),   TEST(what_is_no_literal_is_none),
    TEST(days_follow_each_other),   TEST(components_are_named),       TEST(months_are_cut_to_the_end_of_the_month),
    TEST(days_and_time_are_added),  TEST(points_are_subtracted),      TEST(durations_scale),
    TEST(zones_know_their_offsets), TEST(clocks_go_forward_and_back), TEST(a_host_without_zones_knows_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
