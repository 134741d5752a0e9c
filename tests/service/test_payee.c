/* payee: the account document's own checks. Expected values are examples that banks print, or worked by hand from the
 * rules for bank characters and for the numbers of Japan Post Bank. Each good one is a change of the same claim's payee, so that
 * its version and its hold are seen too. */
#include "claims.h"

static struct house house;
static struct uuid claim;

static int up(void **state) {
  house_up(&house);
  claim = filed(&house);
  assert_true(str_eq(house_text(&house, "/warnings/0/code"), STR("payee_bank_unlisted")));       /* the receipt says it too */
  *state = &house;
  return 0;
}

static int down(void **state) {
  house_down(*state);
  return 0;
}

static int next(void **state) {
  house_next(*state);
  return 0;
}

static result change(struct house *h, const char *payee) {
  struct caller c = house_caller(h, "clinic-1");
  struct payee_request r = { claim, SERVICE_ANY_VERSION, json_text_of(h, payee) };
  return HOUSE(h, payee_change, &c, &r);
}

static void assert_shown(struct house *h, const char *member, const char *wanted) {
  struct caller c = house_caller(h, "clinic-1");
  struct claim_request r = { claim };
  assert_ok(h, HOUSE(h, claim_view, &c, &r));
  str got = house_text(h, str_z(h->arena, str_format(h->arena, "/payee/%s", member)));
  if (!str_eq(got, str_of(wanted))) fail_msg("%s is %.*s, not %s", member, STR_ARG(got), wanted);
}

static void assert_warned(struct house *h, const char *const *wanted, size_t most) {
  size_t count = 0;
  for (; count < most && wanted[count]; count++)
    assert_true(str_eq(house_text(h, count == 0 ? "/warnings/0/code" : "/warnings/1/code"), str_of(wanted[count])));
  assert_int_equal(json_at(&h->body, STR("/warnings"))->count, count);
}

/* 記号・番号: vectors that banks and their users print. */
static void test_yucho(void **state) {
  struct house *h = *state;
  static const struct {
    const char *symbol, *number, *branch, *type, *end;
    const char *warnings[2]; /* 058 is widely printed and fails the check; there is no branch 198: odd, not wrong */
  } cases[] = {
    { "14030", "12345671", "408", "ordinary", "****567", { NULL } },
    { "15150", "21111111", "518", "ordinary", "****111", { NULL } },
    { "00580", "654321", "059", "current", "****321", { NULL } },
    { "00160-0", "100001", "019", "current", "****001", { NULL } },
    { "１１９３０", "12345671", "198", "ordinary", "****567", { "payee_branch_unlisted" } },
    { "10530", "12345671", "058", "ordinary", "****567", { "yucho_check_digit" } },
    { "11940", "12345671", "198", "ordinary", "****567", { "yucho_check_digit", "payee_branch_unlisted" } },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    const char *text =
        str_z(h->arena,
              str_format(h->arena, "{\"yucho_symbol\":\"%s\",\"yucho_number\":\"%s\",\"holder_name\":\"ヤマダイイン\"}",
                         cases[i].symbol, cases[i].number));
    assert_ok(h, change(h, text));
    assert_warned(h, cases[i].warnings, COUNT_OF(cases[i].warnings));
    assert_shown(h, "bank_code", "9900");
    assert_shown(h, "branch_code", cases[i].branch);
    assert_shown(h, "account_type", cases[i].type);
    assert_shown(h, "account_number", cases[i].end);
  }
}

static void test_yucho_refused(void **state) {
  struct house *h = *state;
  static const struct {
    const char *symbol, *number, *code;
  } cases[] = {
    { "24030", "12345671", "payee_yucho_symbol" },  { "1403", "12345671", "payee_yucho_symbol" },
    { "14031", "12345671", "payee_yucho_symbol" },  { "14030", "12345672", "payee_yucho_number" },
    { "14030", "1", "payee_yucho_number" },         { "00580", "7654321", "payee_yucho_number" },
    { "14030", "123456711", "payee_yucho_number" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    const char *text =
        str_z(h->arena,
              str_format(h->arena, "{\"yucho_symbol\":\"%s\",\"yucho_number\":\"%s\",\"holder_name\":\"ヤマダイイン\"}",
                         cases[i].symbol, cases[i].number));
    assert_refused(h, change(h, text), 422, cases[i].code);
  }
}

/* Names: vectors of the Zengin rules, and a change of every kind on record. */
static void test_names(void **state) {
  struct house *h = *state;
  static const struct {
    const char *typed, *written;
  } cases[] = {
    { "キャット・フード", "ｷﾔﾂﾄ.ﾌ-ﾄﾞ" },    { "ヨーコ", "ﾖ-ｺ" },
    { "医療法人タナカイイン", "ｲ)ﾀﾅｶｲｲﾝ" }, { "㈱でんりょく", "ｶ)ﾃﾞﾝﾘﾖｸ" },
    { "yamada clinic", "YAMADA CLINIC" },   { "ﾔﾏﾀﾞ ﾀﾛｳ", "ﾔﾏﾀﾞ ﾀﾛｳ" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    const char *text =
        str_z(h->arena, str_format(h->arena,
                                   "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"savings\","
                                   "\"account_number\":\"%zu\",\"holder_name\":\"%s\"}",
                                   i + 1, cases[i].typed));
    assert_ok(h, change(h, text));
    str got = house_text(h, "/holder_name");
    if (!str_eq(got, str_of(cases[i].written))) fail_msg("%s became %.*s", cases[i].typed, STR_ARG(got));
  }
  assert_shown(h, "account_number", "****006");
}

/* What the directory does not list is taken with a word about it; 9999 is nobody's, for trials of the bank file. */
static void test_unlisted(void **state) {
  struct house *h = *state;
  static const struct {
    const char *bank, *branch, *warning, *pointer;
  } cases[] = {
    { "0001", "001", NULL, NULL },
    { "9999", "999", "payee_bank_unlisted", "/bank_code" },
    { "0001", "002", "payee_branch_unlisted", "/branch_code" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    const char *text = str_z(h->arena, str_format(h->arena,
                                                  "{\"bank_code\":\"%s\",\"branch_code\":\"%s\",\"account_type\":\"ordinary\","
                                                  "\"account_number\":\"77\",\"holder_name\":\"ヤマダイイン\"}",
                                                  cases[i].bank, cases[i].branch));
    assert_ok(h, change(h, text));
    assert_int_equal(json_at(&h->body, STR("/warnings"))->count, cases[i].warning ? 1 : 0);
    if (!cases[i].warning) continue;
    assert_true(str_eq(house_text(h, "/warnings/0/code"), str_of(cases[i].warning)));
    assert_true(str_eq(house_text(h, "/warnings/0/pointer"), str_of(cases[i].pointer)));
    assert_true(house_text(h, "/warnings/0/message_ja").n > 0 && house_text(h, "/warnings/0/message_en").n > 0);
    assert_shown(h, "bank_code", cases[i].bank);
    assert_shown(h, "warnings/0/code", cases[i].warning);
  }
}

static void test_refused(void **state) {
  struct house *h = *state;
  static const struct {
    const char *payee, *code;
  } cases[] = {
    { "{\"bank_code\":\"001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\",\"account_number\":\"1\",\"holder_name\":\"ア\"}",
      "payee_bank" },
    { "{\"bank_code\":\"0001\",\"branch_code\":\"1\",\"account_type\":\"ordinary\",\"account_number\":\"1\",\"holder_name\":\"ア\"}",
      "payee_branch" },
    { "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\",\"account_number\":\"12345678\",\"holder_name\":\"ア\"}",
      "payee_number" },
    { "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\",\"account_number\":\"000\",\"holder_name\":\"ア\"}",
      "payee_number" },
    { "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\",\"account_number\":\"12a\",\"holder_name\":\"ア\"}",
      "payee_number" },
    { "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_number\":\"1\",\"holder_name\":\"ア\"}",
      "payee_required" },
    { "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"gold\",\"account_number\":\"1\",\"holder_name\":\"ア\"}",
      "enum" },
    { "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\",\"account_number\":\"1\",\"holder_name\":\"山田\"}",
      "payee_name_character" },
    { "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\",\"account_number\":\"1\",\"holder_name\":\"ア、イ\"}",
      "payee_name_character" },
    { "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\",\"account_number\":\"1\",\"holder_name\":\" \"}",
      "payee_required" },
    { "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\",\"account_number\":\"1\","
      "\"holder_name\":\"ガガガガガガガガガガガガガガガア\"}",
      "payee_name_long" }, /* 31 bytes */
    { "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\",\"account_number\":\"1\"}",
      "required" },
    { "{\"bank_code\":\"0001\",\"branch_code\":\"001\",\"account_type\":\"ordinary\",\"account_number\":\"1\",\"holder_name\":\"ア\",\"iban\":\"x\"}",
      "unknown_property" },
    { "{\"bank_code\":\"9900\",\"branch_code\":\"409\",\"account_type\":\"ordinary\",\"account_number\":\"1\",\"holder_name\":\"ア\"}",
      "payee_yucho_branch" },
    { "{\"bank_code\":\"9900\",\"branch_code\":\"408\",\"account_type\":\"current\",\"account_number\":\"1\",\"holder_name\":\"ア\"}",
      "payee_yucho_branch" },
    { "[]", "type" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) assert_refused(h, change(h, cases[i].payee), 422, cases[i].code);
}

#define ACCOUNT(number, name)                                                      \
  "{\"bank_code\":\"0005\",\"branch_code\":\"001\",\"account_type\":\"ordinary\"," \
  "\"account_number\":\"" number "\",\"holder_name\":\"" name "\"}"

/* The holder against the roster: the facility, its member, or both; everything else is held for two persons. */
static void test_roster(void **state) {
  struct house *h = *state;
  static const struct {
    const char *payee, *match;
  } cases[] = {
    { ACCOUNT("1", "ヤマダ イイン"), "matches" }, { ACCOUNT("2", "医療法人社団ヤマダイイン"), "matches" },
    { ACCOUNT("3", "ヤマダタロウ"), "matches" },  { ACCOUNT("4", "ヤマダイイン ヤマダタロウ"), "matches" },
    { ACCOUNT("5", "ヤマダ"), "differs" },        { ACCOUNT("6", "ヤマダイインノトモノカイ"), "differs" },
    { ACCOUNT("7", "スズキジロウ"), "differs" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    int64_t held = house_count(h, "SELECT count(*) FROM shienkin.hold WHERE kind = 'payee_mismatch'");
    assert_ok(h, change(h, cases[i].payee));
    bool differs = strcmp(cases[i].match, "matches") != 0;
    assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.hold WHERE kind = 'payee_mismatch'"),
                     held + differs);
    const char *sql =
        str_z(h->arena, str_format(h->arena,
                                   "SELECT count(*) FROM shienkin.payee_version v WHERE v.roster_match = '%s' "
                                   "AND v.version = (SELECT max(version) FROM shienkin.payee_version)",
                                   cases[i].match));
    assert_int_equal(house_count(h, sql), 1);
  }
}

/* Equal accounts have equal blind indexes; the bytes say nothing; the same again is no change. */
static void test_blind_and_versions(void **state) {
  struct house *h = *state;
  assert_ok(h, change(h, ACCOUNT("0000008", "ヤマダイイン")));
  int64_t version = house_int(h, "/version");
  assert_refused(h, change(h, ACCOUNT("８", "やまだいいん")), 422, "nothing_changed");
  assert_ok(h, change(h, ACCOUNT("9", "ヤマダイイン")));
  assert_ok(h, change(h, ACCOUNT("8", "ヤマダ タロウ")));
  assert_int_equal(house_int(h, "/version"), version + 2);
  assert_int_equal(
      house_count(h, "SELECT max(n) FROM (SELECT count(*) AS n FROM shienkin.payee_version GROUP BY account_blind) x"),
      2);
  assert_int_equal(
      house_count(h, "SELECT count(*) FROM shienkin.payee_version WHERE position('0005'::bytea in sealed_body) > 0"),
      0);
  struct caller c = house_caller(h, "clinic-1");
  struct payee_request r = { claim, version, json_text_of(h, ACCOUNT("10", "ヤマダイイン")) };
  assert_conflict(h, HOUSE(h, payee_change, &c, &r), 412, "version_stale");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_yucho, next),  cmocka_unit_test_setup(test_yucho_refused, next),
    cmocka_unit_test_setup(test_names, next),  cmocka_unit_test_setup(test_unlisted, next),
    cmocka_unit_test_setup(test_refused, next),
    cmocka_unit_test_setup(test_roster, next), cmocka_unit_test_setup(test_blind_and_versions, next),
  };
  return cmocka_run_group_tests(tests, up, down);
}
