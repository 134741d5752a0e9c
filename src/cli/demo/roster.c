/* roster: made-up members and facilities, called 見本 (sample) so that nobody takes them for real; their codes fit their check
 * digits and belong to nobody. */
#include "demo/inside.h"

static const char members[] =
    "member_number,class,from,name,name_kana,postal_code,address,telephone\r\n"
    "900001,A1,2015-04-01,見本会員 一,ミホンカイインイチ,000-0001,見本県見本市一丁目1,000-0000-0001\r\n"
    "900002,A1,2015-04-01,見本会員 二,ミホンカイインニ,000-0002,見本県見本市二丁目2,000-0000-0002\r\n"
    "900003,A1,2015-04-01,見本会員 三,ミホンカイインサン,000-0003,見本県見本市三丁目3,000-0000-0003\r\n"
    "900004,B,2015-04-01,見本会員 四,ミホンカイインヨン,000-0004,見本県見本市四丁目4,000-0000-0004\r\n";

#define LINE(number, kind, code, name, kana, closed, holidays, member, relation)                       \
  "D-" number "," kind "," code "," name "," kana "," closed "," holidays ",2015-04-01," member "," relation \
  ",000-0000,見本県見本市" number ",000-0000-" number "\r\n"
static const char facilities[] =
    "key,kind,code,name,name_kana,closed_weekdays,closed_on_holidays,from,member_number,relation,postal_code,address,telephone\r\n"
    LINE("0001", "clinic", "1319900013", "見本クリニック一", "ミホンクリニックイチ", "sun", "yes", "900001", "opens")
    LINE("0002", "clinic", "1319900021", "見本クリニック二", "ミホンクリニックニ", "sun", "yes", "900001", "opens")
    LINE("0003", "hospital", "2719900033", "見本病院三", "ミホンビョウインサン", "", "no", "900001", "manages")
    LINE("0004", "clinic", "1319900047", "見本医院四", "ミホンイインヨン", "sun", "yes", "900001", "opens")
    LINE("0005", "clinic", "1319900054", "見本医院五", "ミホンイインゴ", "sun", "yes", "900002", "opens")
    LINE("0006", "care_service", "1379900010", "見本訪問介護六", "ミホンホウモンカイゴロク", "", "no", "900002", "manages")
    LINE("0007", "clinic", "0119900066", "見本クリニック七", "ミホンクリニックナナ", "sun", "yes", "900002", "opens")
    LINE("0008", "clinic", "1319900070", "見本クリニック八", "ミホンクリニックハチ", "sun", "yes", "900002", "opens")
    LINE("0009", "hospital", "4019900085", "見本病院九", "ミホンビョウインキュウ", "", "no", "900003", "manages")
    LINE("0010", "clinic", "1319900096", "見本医院十", "ミホンイインジュウ", "sun", "yes", "900003", "opens")
    LINE("0011", "clinic", "1319900104", "見本医院十一", "ミホンイインジュウイチ", "sun", "yes", "900003", "opens")
    LINE("0012", "clinic", "", "見本医院十二", "ミホンイインジュウニ", "sun", "yes", "900004", "opens");

static result import(struct demo *d, enum roster_kind kind, str name, str text) {
  struct roster_import_request r = { .kind = kind, .file_name = name, .bytes = text };
  return DEMO(d, roster_import, "demo-owner-1", &r);
}

result demo__roster(struct demo *d) {
  TRY(import(d, ROSTER_MEMBERS, STR("見本会員.csv"), STR(members)));
  TRY(import(d, ROSTER_FACILITIES, STR("見本施設.csv"), STR(facilities)));
  TRY(DEMO(d, roster_search, "demo-adjuster-1", (&(struct roster_search_request){ STR("見本") })));
  const struct json *found = json_at(&d->body, STR("/facilities"));
  for (uint32_t i = 0; found && i < found->count; i++) {
    str name = demo__text(d, str_z(d->step, str_format(d->step, "/facilities/%u/name", i)));
    static const char *const ends[DEMO_FACILITIES] = { "ク一", "ク二", "院三", "院四", "院五", "護六", "ク七", "ク八", "院九", "院十",
                                                       "院十一", "院十二" };
    for (size_t k = 0; k < DEMO_FACILITIES; k++)
      if (str_ends(name, str_of(ends[k])))
        d->facilities[k] = demo__id(d, str_z(d->step, str_format(d->step, "/facilities/%u/facility", i)), "facility");
  }
  return RESULT_OK;
}

/* ---- rules: one owner publishes, another confirms */

static result add_scenarios(struct demo *d, struct uuid set) {
  const char *folder = str_z(d->arena, str_format(d->arena, "%s/2022-06-01/cases", d->ground->rules));
  str *names, bytes;
  size_t count;
  TRY(file_list(d->arena, folder, &names, &count));
  for (size_t i = 0; i < count; i++) {
    TRY(file_read(d->arena, str_z(d->arena, str_format(d->arena, "%s/%.*s", folder, STR_ARG(names[i]))), CASE_TABLE_BYTES_MOST, &bytes));
    TRY(DEMO(d, rules_scenario_add, "demo-owner-1", (&(struct rules_scenario_add_request){ set, bytes })));
  }
  return RESULT_OK;
}

static result publish_rules(struct demo *d) {
  str bytes;
  const char *path = str_z(d->arena, str_format(d->arena, "%s/2022-06-01/cyber-support.dmn", d->ground->rules));
  TRY(file_read(d->arena, path, 8 << 20, &bytes));
  TRY(DEMO(d, rules_publish, "demo-owner-1", (&(struct rules_publish_request){ bytes })));
  struct uuid set = demo__id(d, "/rule_set", "rule_set");
  TRY(add_scenarios(d, set));
  return DEMO(d, rules_confirm, "demo-owner-2", (&(struct rules_confirm_request){ set }));
}

static result publish_calendar(struct demo *d) {
  str *names, bytes;
  size_t count;
  TRY(file_list(d->arena, d->ground->calendars, &names, &count));
  for (size_t i = 0; i < count; i++) {
    if (!str_starts(names[i], STR("national-"))) continue;
    TRY(file_read(d->arena, str_z(d->arena, str_format(d->arena, "%s/%.*s", d->ground->calendars, STR_ARG(names[i]))), 8 << 20, &bytes));
    TRY(DEMO(d, calendar_publish, "demo-owner-1", (&(struct calendar_publish_request){ bytes })));
    struct uuid calendar = demo__id(d, "/calendar", "calendar");
    TRY(DEMO(d, calendar_confirm, "demo-owner-2", (&(struct calendar_confirm_request){ calendar })));
  }
  return RESULT_OK;
}

static result publish_declaration(struct demo *d) {
  struct declaration_publish_request r = {
    .version = STR("2026-04"),
    .ja = STR("申請の内容は事実に相違ありません。虚偽があったときは、支払われた支援金を返します。個人情報がこの制度のために使われることに同意します。"),
    .en = STR("What is filed here is true. Where it is false, what was paid is paid back. Personal data is used for this scheme alone.") };
  TRY(DEMO(d, declaration_publish, "demo-owner-1", &r));
  struct uuid text = demo__id(d, "/declaration", "declaration_text");
  return DEMO(d, declaration_confirm, "demo-owner-2", (&(struct declaration_confirm_request){ text }));
}

result demo__rules(struct demo *d) {
  TRY(publish_calendar(d));
  TRY(publish_rules(d));
  return publish_declaration(d);
}
