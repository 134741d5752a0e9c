/* roster: good files, bad files, Shift_JIS, previews, two times, lookups by the incident's day. */
#include "house.h"

static result import(struct house *h, enum roster_kind kind, str bytes, bool shift_jis, bool whole, bool preview) {
  struct caller c = house_caller(h, "owner-1");
  struct roster_import_request r = { kind, STR("名簿.csv"), bytes, shift_jis, whole, preview };
  return HOUSE(h, roster_import, &c, &r);
}

static bool found_at(struct house *h, const char *code, uint32_t line) {
  for (size_t i = 0; i < h->findings.count; i++)
    if (strcmp(h->findings.items[i].code, code) == 0 && h->findings.items[i].line == line) return true;
  return false;
}

/* Headings, classes, kinds, days and days off as an office writes them. */
static void test_japanese_file(void **state) {
  struct house *h = *state;
  result r = import(h, ROSTER_MEMBERS,
                    STR("会員番号,会員区分,適用開始日,適用終了日,氏名,氏名カナ,郵便番号\n"
                        "200001,Ａ①,令和2年4月1日,R4.3.31,高橋一郎,たかはしいちろう,〒100-0001\n"),
                    false, false, false);
  assert_refused(h, r, 422, "roster_postal_code");
  assert_true(found_at(h, "roster_postal_code", 2));
  assert_ok(h, import(h, ROSTER_MEMBERS,
                      STR("会員番号,会員区分,適用開始日,適用終了日,氏名,氏名カナ,郵便番号\n"
                          "200001,Ａ①,令和2年4月1日,R4.3.31,高橋一郎,たかはしいちろう,１００-０００１\n"
                          "200001,A②(B),2022/4/1,,高橋一郎,タカハシイチロウ,\n"),
                      false, false, false));
  assert_int_equal(house_int(h, "/added"), 2);
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.member_version v JOIN shienkin.member m ON m.id = v.member_id "
                     "WHERE m.number = '200001' AND v.class = 'A1' AND v.during = '[2020-04-01,2022-04-01)' "
                     "AND v.name_kana = 'タカハシイチロウ' AND v.postal_code = '1000001'"),
      1);
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.member_version v JOIN shienkin.member m ON m.id = v.member_id "
                     "WHERE m.number = '200001' AND v.class = 'A2B' AND v.during = '[2022-04-01,)'"),
      1);
  house_next(h);
  assert_ok(h, import(h, ROSTER_FACILITIES,
                      STR("施設キー,施設種別,適用開始日,施設名,休診曜日,祝日休診,会員番号,会員との関係\n"
                          "F-0100,診療所,2020-04-01,たかはし医院,日・土曜,休,200001,管理\n"),
                      false, false, false));
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.facility_version WHERE name = 'たかはし医院' AND kind = 'clinic' "
                     "AND closed_weekdays = ARRAY['sat', 'sun'] AND closed_on_holidays"),
      1);
}

/* All or nothing: every bad line in one answer, with its number, and not a row written. */
static void test_every_bad_line(void **state) {
  struct house *h = *state;
  int64_t before = house_count(h, "SELECT count(*) FROM shienkin.member_version");
  int64_t events = house_count(h, "SELECT count(*) FROM shienkin.event");
  result r = import(h, ROSTER_MEMBERS,
                    STR("member_number,class,from,until,name\n"
                        "300001,A1,2020-04-01,,good\n"
                        "300002,A9,2020-04-01,,bad class\n"
                        "300003,A1,2020-02-30,,bad day\n"
                        ",A1,2020-04-01,,no number\n"
                        "300004,A1,2020-04-01,2020-03-31,reversed\n"
                        "300005,A1,2020-04-01\n"
                        "300006,\"A1,2020-04-01,,never closed\n"),
                    false, false, false);
  assert_refused(h, r, 422, "roster_class");
  static const struct {
    const char *code;
    uint32_t line;
  } wanted[] = { { "roster_class", 3 },    { "roster_day", 4 }, { "roster_required", 5 },
                 { "roster_reversed", 6 }, { "csv_fields", 7 }, { "csv_not_closed", 8 } };
  assert_int_equal(h->findings.count, COUNT_OF(wanted));
  for (size_t i = 0; i < COUNT_OF(wanted); i++) assert_true(found_at(h, wanted[i].code, wanted[i].line));
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.member_version"), before);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.event"), events);
}

/* Told in the order in which one reads the file: by line, within it by column, wherever the heading put it. */
static void assert_in_order(const struct house *h, const char *const *places) {
  for (size_t i = 0; i < h->findings.count; i++) {
    assert_non_null(places[i]);
    const struct finding *one = &h->findings.items[i];
    str place = str_format(h->arena, "%u %.*s", one->line, STR_ARG(one->pointer));
    assert_string_equal(str_z(h->arena, place), places[i]);
  }
  assert_null(places[h->findings.count]);
}

static void test_findings_in_the_order_of_the_file(void **state) {
  struct house *h = *state;
  result r = import(h, ROSTER_MEMBERS,
                    STR("name,until,member_number,from,class\n"
                        "x,2020-01-01,710003,2020-04-01,A1\n"
                        "x,no day,,2020-02-30,A9\n"
                        "x,,710001,2020-04-01,A9\n"),
                    false, false, false);
  assert_refused(h, r, 422, "roster_reversed");
  assert_in_order(h, (const char *const[]){ "2 /until", "3 /until", "3 /member_number", "3 /from", "3 /class", "4 /class", NULL });
  r = import(h, ROSTER_MEMBERS,
             STR("member_number,class,from,name\n"
                 "710009,A1,2020-04-01,x\n"
                 "710009,B,2020-04-01,x\n"
                 "710001,A1,2020-04-01,x\n"
                 "710001,B,2020-04-01,x\n"),
             false, false, false);
  assert_refused(h, r, 422, "roster_overlap");
  assert_in_order(h, (const char *const[]){ "3 ", "5 ", NULL });
  r = import(h, ROSTER_FACILITIES,
             STR("key,kind,from,name,member_number,relation\n"
                 "F-0799,clinic,2020-04-01,x,999999,opens\n"
                 "F-0701,clinic,2020-04-01,x,999998,opens\n"),
             false, false, false);
  assert_refused(h, r, 422, "roster_member_unknown");
  assert_in_order(h, (const char *const[]){ "2 /member_number", "3 /member_number", NULL });
}

static void test_lines_that_contradict(void **state) {
  struct house *h = *state;
  result r = import(h, ROSTER_MEMBERS,
                    STR("member_number,class,from,until,name\n"
                        "400001,A1,2020-04-01,2022-03-31,x\n"
                        "400001,B,2022-03-31,,x\n"),
                    false, false, false);
  assert_refused(h, r, 422, "roster_overlap");
  assert_true(found_at(h, "roster_overlap", 3));
  r = import(h, ROSTER_FACILITIES,
             STR("key,kind,from,name,member_number,relation\n"
                 "F-0200,clinic,2020-04-01,x,999999,opens\n"),
             false, false, false);
  assert_refused(h, r, 422, "roster_member_unknown");
  r = import(h, ROSTER_FACILITIES, STR("key,kind,code,from,name\nF-0200,clinic,1312345678,2020-04-01,x\n"), false,
             false, false);
  assert_refused(h, r, 422, "roster_code");
  r = import(h, ROSTER_MEMBERS, STR("member_number,klass,from,name\n1,A1,2020-04-01,x\n"), false, false, false);
  assert_refused(h, r, 422, "roster_column_unknown");
  assert_true(found_at(h, "roster_column_missing", 1));
}

/* "会員番号,…" in CP932, as a spreadsheet saves it. */
static void test_shift_jis(void **state) {
  struct house *h = *state;
  /* 会員番号,会員区分,適用開始日,氏名 / 500001,A1,2020-04-01,佐藤次郎 */
  str bytes = STR("\x89\xef\x88\xf5\x94\xd4\x8d\x86,\x89\xef\x88\xf5\x8b\xe6\x95\xaa,"
                  "\x93\x4b\x97\x70\x8a\x4a\x8e\x6e\x93\xfa,\x8e\x81\x96\xbc\r\n"
                  "500001,A1,2020-04-01,\x8d\xb2\x93\xa1\x8e\x9f\x98\x59\r\n");
  assert_refused(h, import(h, ROSTER_MEMBERS, bytes, false, false, false), 422, "roster_shift_jis");
  assert_ok(h, import(h, ROSTER_MEMBERS, bytes, true, false, false));
  assert_memory_equal(house_text(h, "/encoding").p, "Shift_JIS", 9);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.member_version WHERE name = '佐藤次郎'"), 1);
  /* The same again in UTF-8 changes nothing. */
  house_next(h);
  assert_ok(h, import(h, ROSTER_MEMBERS,
                      STR("\xef\xbb\xbf"
                          "会員番号,会員区分,適用開始日,氏名\n500001,A1,2020-04-01,佐藤次郎\n"),
                      true, false, false));
  assert_int_equal(house_int(h, "/added") + house_int(h, "/changed") + house_int(h, "/ended"), 0);
}

/* A preview says what would change and leaves one event of reading; the import then does just that, in two times. */
static void test_preview_then_import(void **state) {
  struct house *h = *state;
  str bytes = STR("member_number,class,from,until,name,name_kana\n"
                  "100001,A1,2020-04-01,2025-03-31,山田太郎,ヤマダタロウ\n"
                  "100001,B,2025-04-01,,山田太郎,ヤマダタロウ\n"
                  "600001,C,2024-04-01,,new,\n");
  int64_t versions = house_count(h, "SELECT count(*) FROM shienkin.member_version");
  assert_ok(h, import(h, ROSTER_MEMBERS, bytes, false, false, true));
  assert_int_equal(h->answer.status, 200);
  assert_int_equal(house_int(h, "/added"), 1);
  assert_int_equal(house_int(h, "/changed"), 2);
  assert_int_equal(house_int(h, "/ended"), 0);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.member_version"), versions);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.event WHERE type = 'roster.previewed'"), 1);
  house_next(h);
  assert_ok(h, import(h, ROSTER_MEMBERS, bytes, false, false, false));
  assert_int_equal(h->answer.status, 201);
  assert_int_equal(house_int(h, "/changed"), 2);
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.member_version v JOIN shienkin.member m ON m.id = v.member_id "
                     "WHERE m.number = '100001' AND v.known_to IS NOT NULL"),
      1);
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.member_version v JOIN shienkin.member m ON m.id = v.member_id "
                     "WHERE m.number = '100001' AND v.known_to IS NULL"),
      2);
  /* The whole roster without 600001: it is known no more, the others are as they were. */
  house_next(h);
  assert_ok(h, import(h, ROSTER_MEMBERS,
                      STR("member_number,class,from,until,name,name_kana\n"
                          "100001,A1,2020-04-01,,山田太郎,ヤマダタロウ\n"
                          "100002,A2B,2020-04-01,,佐藤花子,サトウハナコ\n"),
                      false, true, false));
  assert_true(house_int(h, "/ended") >= 1);
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.member_version v JOIN shienkin.member m ON m.id = v.member_id "
                     "WHERE m.number = '600001' AND v.known_to IS NULL"),
      0);
}

static void test_only_owners(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "adjuster-1");
  struct roster_import_request r = { ROSTER_MEMBERS, STR("x.csv"), STR("member_number,class,from,name\n"),
                                     false,          false,        false };
  assert_refused(h, HOUSE(h, roster_import, &c, &r), 403, "role_needed");
}

static void test_look_up_and_search(void **state) {
  struct house *h = *state;
  struct caller c = house_caller(h, "adjuster-1");
  struct roster_lookup_request r = { h->clinic_1, day_from_civil(2026, 5, 11) };
  assert_ok(h, HOUSE(h, roster_look_up, &c, &r));
  assert_memory_equal(house_text(h, "/member/class").p, "A1", 2);
  assert_memory_equal(house_text(h, "/member/relation").p, "opens", 5);
  r.on = day_from_civil(2019, 5, 11); /* before the roster knew it */
  assert_ok(h, HOUSE(h, roster_look_up, &c, &r));
  assert_int_equal(json_at(&h->body, STR("/known"))->kind, JSON_KIND_NULL);
  assert_int_equal(json_at(&h->body, STR("/member"))->kind, JSON_KIND_NULL);
  struct roster_search_request s = { STR("やまだ") };
  assert_ok(h, HOUSE(h, roster_search, &c, &s));
  assert_memory_equal(house_text(h, "/facilities/0/code").p, "1312345679", 10);
  s.words = STR("%"); /* a sign, not a pattern */
  assert_ok(h, HOUSE(h, roster_search, &c, &s));
  assert_int_equal(json_at(&h->body, STR("/facilities"))->count, 0);
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.event WHERE type LIKE 'roster.%' AND role = 'adjuster'"), 4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_japanese_file, house_between),         cmocka_unit_test_setup(test_every_bad_line, house_between),
    cmocka_unit_test_setup(test_findings_in_the_order_of_the_file, house_between),
    cmocka_unit_test_setup(test_lines_that_contradict, house_between), cmocka_unit_test_setup(test_shift_jis, house_between),
    cmocka_unit_test_setup(test_preview_then_import, house_between),   cmocka_unit_test_setup(test_only_owners, house_between),
    cmocka_unit_test_setup(test_look_up_and_search, house_between),
  };
  return cmocka_run_group_tests(tests, house_open, house_close);
}
