/* Are dates of the eras read and written, and refused outside their era. */
#include "texts.h"

static const struct {
  struct text_civil civil;
  const char *text;
} known[] = {
  { { 2026, 5, 11 }, "令和8年5月11日" },    { { 2019, 5, 1 }, "令和元年5月1日" },
  { { 2019, 4, 30 }, "平成31年4月30日" },   { { 1989, 1, 8 }, "平成元年1月8日" },
  { { 1989, 1, 7 }, "昭和64年1月7日" },     { { 1985, 10, 15 }, "昭和60年10月15日" },
  { { 1926, 12, 25 }, "昭和元年12月25日" }, { { 1926, 12, 24 }, "大正15年12月24日" },
  { { 1912, 7, 30 }, "大正元年7月30日" },   { { 1912, 7, 29 }, "明治45年7月29日" },
  { { 1873, 1, 1 }, "明治6年1月1日" },
};

static bool same(struct text_civil a, struct text_civil b) {
  return a.year == b.year && a.month == b.month && a.day == b.day;
}

static void known_dates_both_ways(void **state) {
  struct arena *a = *state;
  for (size_t i = 0; i < COUNT_OF(known); i++) {
    struct text_civil back;
    struct wareki_date w = wareki_of(known[i].civil);
    ASSERT_TEXT(wareki_text(a, w), known[i].text);
    assert_int_equal(wareki_civil(w, &back), RESULT_OK);
    assert_true(same(back, known[i].civil));
    assert_int_equal(wareki_parse(a, str_of(known[i].text), &back), RESULT_OK);
    assert_true(same(back, known[i].civil));
  }
  assert_int_equal(wareki_of((struct text_civil){ 1872, 12, 31 }).era, WAREKI_NONE);
  ASSERT_TEXT(wareki_text(a, wareki_of((struct text_civil){ 1872, 12, 31 })), "");
}

static void many_ways_to_write_one_date(void **state) {
  static const struct {
    const char *text;
    struct text_civil civil;
  } cases[] = {
    { "R8.5.11", { 2026, 5, 11 } },
    { "r8/5/11", { 2026, 5, 11 } },
    { "R08-05-11", { 2026, 5, 11 } },
    { "Ｒ８．５．１１", { 2026, 5, 11 } },
    { "令和 ８年 ５月１１日", { 2026, 5, 11 } },
    { "令和１年5月1日", { 2019, 5, 1 } },
    { "㋿8年5月11日", { 2026, 5, 11 } },
    { "5080511", { 2026, 5, 11 } },
    { "3601015", { 1985, 10, 15 } },
    { "5010501", { 2019, 5, 1 } },
    { "4310430", { 2019, 4, 30 } },
    { "S64.1.7", { 1989, 1, 7 } },
    { "H元年", { 0, 0, 0 } },
    { "M45.7.29", { 1912, 7, 29 } },
    { "T15.12.24", { 1926, 12, 24 } },
    { "平成元年1月8日", { 1989, 1, 8 } },
    { "R10.2.29", { 2028, 2, 29 } },
  };
  struct arena *a = *state;
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct text_civil civil = { 0, 0, 0 };
    result r = wareki_parse(a, str_of(cases[i].text), &civil);
    assert_int_equal(r, cases[i].civil.year ? RESULT_OK : RESULT_REFUSED);
    assert_true(same(civil, cases[i].civil));
  }
}

static void dates_outside_their_era_are_refused(void **state) {
  static const char *const refused[] = {
    "H31-05-01",
    "R1-04-30",
    "令和元年4月30日",
    "平成31年5月1日",
    "S64.1.8",
    "H1.1.7",
    "T15.12.25",
    "S1.12.24",
    "M45.7.30",
    "T1.7.29",
    "M5.12.31",
    "M1.1.25",
    "R8.2.29",
    "R8.4.31",
    "R8.13.1",
    "R8.0.1",
    "R8.1.0",
    "R0.1.1",
    "R8.5/11",
    "R8.5",
    "R8.5.11.",
    "X8.5.11",
    "8.5.11",
    "令和8年5月11",
    "令和8年5月11日頃",
    "令和100年1月1日",
    "0080511",
    "6080511",
    "508051",
    "50805110",
    "5080532",
    "",
    "R",
    "2026-05-11",
    "R8.5.11R8.5.11",
    "令和年5月1日",
  };
  struct arena *a = *state;
  for (size_t i = 0; i < COUNT_OF(refused); i++) {
    struct text_civil civil = { 1, 2, 3 };
    if (wareki_parse(a, str_of(refused[i]), &civil) != RESULT_REFUSED) fail_msg("%s", refused[i]);
    assert_true(same(civil, (struct text_civil){ 1, 2, 3 }));
  }
}

/* Each day of 1873–2100 lies in exactly one era, and comes back. */
static void every_day_comes_back(void **state) {
  (void)state;
  for (int year = 1873; year <= 2100; year++) {
    for (int month = 1; month <= 12; month++) {
      for (int day = 1; day <= 28; day++) {
        struct text_civil civil = { year, month, day }, back;
        struct wareki_date w = wareki_of(civil);
        assert_int_equal(wareki_civil(w, &back), RESULT_OK);
        assert_true(same(back, civil));
        for (enum wareki_era other = WAREKI_MEIJI; other <= WAREKI_REIWA; other++) {
          struct wareki_date shifted = { other, w.year, month, day };
          if (other != w.era && wareki_civil(shifted, &back) == RESULT_OK) assert_false(same(back, civil));
        }
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_ARENA(known_dates_both_ways),
    IN_ARENA(many_ways_to_write_one_date),
    IN_ARENA(dates_outside_their_era_are_refused),
    cmocka_unit_test(every_day_comes_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
