/* Do payees' names reach a payment file as the banks want them, with every change on record. */
#include "texts.h"

static const struct bank_options payee = { BANK_CLASS_NAME, 30, false, false, false };

/* ---- classes of bytes */

/* Appendix 1 as sets, written out for each class. */
static void classes_allow_exactly_their_bytes(void **state) {
  (void)state;
  static const char *const extras[] = { "-", "()-.", "\\\xA2\xA3()-/.\xA6" };
  for (int byte = 0; byte < 256; byte++) {
    bool always = byte == 0x20 || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A) ||
                  (byte >= 0xB1 && byte <= 0xDF);
    for (int c = BANK_CLASS_BANK; c <= BANK_CLASS_EDI; c++) {
      bool extra = byte && strchr(extras[c], byte);
      assert_int_equal(bank_byte_allowed((enum bank_class)c, (uint8_t)byte), always || extra);
    }
  }
}

static void fields_are_checked_with_the_place_of_the_fault(void **state) {
  (void)state;
  static const struct {
    enum bank_class class;
    str bytes;
    enum bank_fault fault;
    size_t at;
  } cases[] = {
    { BANK_CLASS_NAME, STR_INIT("\xB2)\xC0\xC5\xB6\xB2\xB2\xDD   "), BANK_OK, 0 },
    { BANK_CLASS_NAME, STR_INIT("\xB6\xDE\xCA\xDF\xB3\xDE"), BANK_OK, 0 },
    { BANK_CLASS_NAME, STR_INIT("\xDE\xB6"), BANK_LOOSE_MARK, 0 }, /* never first */
    { BANK_CLASS_NAME, STR_INIT("\xB1\xDE"), BANK_LOOSE_MARK, 1 }, /* ｱﾞ */
    { BANK_CLASS_NAME, STR_INIT("\xB6\xDF"), BANK_LOOSE_MARK, 1 }, /* ｶﾟ */
    { BANK_CLASS_NAME, STR_INIT("\xC5\xDE"), BANK_LOOSE_MARK, 1 }, /* ﾅﾞ */
    { BANK_CLASS_NAME, STR_INIT("\xB6\xDE\xDE"), BANK_LOOSE_MARK, 2 },
    { BANK_CLASS_NAME, STR_INIT("\xB6 \xDE"), BANK_LOOSE_MARK, 2 },
    { BANK_CLASS_NAME, STR_INIT("\xC0\xB0"), BANK_NOT_ALLOWED, 1 }, /* ｰ */
    { BANK_CLASS_NAME, STR_INIT("A\xA6"), BANK_NOT_ALLOWED, 1 },    /* ｦ */
    { BANK_CLASS_EDI, STR_INIT("A\xA6"), BANK_OK, 0 },
    { BANK_CLASS_NAME, STR_INIT("\xAC"), BANK_NOT_ALLOWED, 0 }, /* ｬ */
    { BANK_CLASS_NAME, STR_INIT("a"), BANK_NOT_ALLOWED, 0 },
    { BANK_CLASS_NAME, STR_INIT("A,B"), BANK_NOT_ALLOWED, 1 },
    { BANK_CLASS_NAME, STR_INIT("A\0"), BANK_NOT_ALLOWED, 1 },
    { BANK_CLASS_BANK, STR_INIT("A.B"), BANK_NOT_ALLOWED, 1 },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    size_t at = 99;
    assert_int_equal(bank_field_check(cases[i].class, cases[i].bytes, &at), cases[i].fault);
    assert_int_equal(at, cases[i].at);
  }
}

static void bytes_and_text_turn_into_each_other(void **state) {
  struct arena *a = *state;
  str jis;
  size_t at;
  assert_int_equal(bank_from_utf8(a, STR("ｲ)ﾀﾅｶ-1\\｢ﾟ"), &jis, &at), RESULT_OK);
  assert_true(str_eq(jis, STR("\xB2)\xC0\xC5\xB6-1\\\xA2\xDF")));
  ASSERT_TEXT(bank_to_utf8(a, jis), "ｲ)ﾀﾅｶ-1\\｢ﾟ");
  assert_int_equal(bank_from_utf8(a, STR("ｲ田"), &jis, &at), RESULT_REFUSED);
  assert_int_equal(at, 3);
  ASSERT_TEXT(bank_to_utf8(a, STR("A\xFF\x80")), "A\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void names_that_came_back_match_alike(void **state) {
  struct arena *a = *state;
  str one = bank_match_key(a, STR("\xD6-\xBA \xCC\xA7\xAF"));    /* ﾖ-ｺ ﾌｧｯ */
  str two = bank_match_key(a, STR("\xD6\xB0\xBA\xCC\xB1\xC2 ")); /* ﾖｰｺﾌｱﾂ */
  assert_true(str_eq(one, two));
  assert_false(str_eq(one, bank_match_key(a, STR("\xD6\xBA\xCC\xB1\xC2"))));
}

/* ---- names */

/* Names as banks print them in their sheets, and one for each rule. */
static const struct {
  const char *name, *bank;
} normalized[] = {
  { "キャット・フード", "ｷﾔﾂﾄ.ﾌ-ﾄﾞ" },
  { "ガ", "ｶﾞ" },
  { "ヨーコ", "ﾖ-ｺ" },
  { "医療法人タナカイイン", "ｲ)ﾀﾅｶｲｲﾝ" },
  { "医療法人社団　タナカイイン", "ｲ)ﾀﾅｶｲｲﾝ" },
  { "デンリョウ株式会社", "ﾃﾞﾝﾘﾖｳ(ｶ" },
  { "ケイヨウ株式会社チバ", "ｹｲﾖｳ(ｶ)ﾁﾊﾞ" },
  { "㈱ホケン", "ｶ)ﾎｹﾝ" },
  { "(株)ホケン", "ｶ)ﾎｹﾝ" },
  { "（株） ホケン", "ｶ)ﾎｹﾝ" },
  { "ホケンシハライ㈱", "ﾎｹﾝｼﾊﾗｲ(ｶ" },
  { "有限会社ア", "ﾕ)ｱ" },
  { "合同会社ア", "ﾄﾞ)ｱ" },
  { "合資会社ア", "ｼ)ｱ" },
  { "合名会社ア", "ﾒ)ｱ" },
  { "医療法人財団ア", "ｲ)ｱ" },
  { "社会医療法人ア", "ｲ)ｱ" },
  { "一般社団法人ア", "ｼﾔ)ｱ" },
  { "公益社団法人ア", "ｼﾔ)ｱ" },
  { "一般財団法人ア", "ｻﾞｲ)ｱ" },
  { "公益財団法人ア", "ｻﾞｲ)ｱ" },
  { "学校法人ア", "ｶﾞｸ)ｱ" },
  { "宗教法人ア", "ｼﾕｳ)ｱ" },
  { "社会福祉法人ア", "ﾌｸ)ｱ" },
  { "国立大学法人ア", "ﾀﾞｲ)ｱ" },
  { "独立行政法人ア", "ﾄﾞｸ)ｱ" },
  { "地方独立行政法人ア", "ﾁﾄﾞｸ)ｱ" },
  { "NPO法人ア", "ﾄｸﾋ)ｱ" },
  { "特定非営利活動法人ア", "ﾄｸﾋ)ｱ" },
  { "農事組合法人ア", "ﾉｳ)ｱ" },
  { "ア相互会社", "ｱ(ｿ" },
  { "弁護士法人ア", "ﾍﾞﾝ)ｱ" },
  { "税理士法人ア", "ｾﾞｲ)ｱ" },
  { "司法書士法人ア", "ｼﾎｳ)ｱ" },
  { "行政書士法人ア", "ｷﾞﾖ)ｱ" },
  { "社労士法人ア", "ﾛｳﾑ)ｱ" },
  { "社会保険労務士法人ア", "ﾛｳﾑ)ｱ" },
  { "ア株式会社イ営業所", "ｱ(ｶ)ｲｴｲ" },
  { "ア出張所", "ｱｼﾕﾂ" },
  { "ア健康保険組合", "ｱｹﾝﾎﾟ" },
  { "ア国保組合", "ｱｺｸﾎ" },
  { "社会保険診療報酬支払基金", "ｼﾔﾎ" },
  { "ア生協", "ｱｾｲｷﾖｳ" },
  { "ア連合会", "ｱﾚﾝ" },
  { "でぃーあい　くりにっく", "ﾃﾞｲ-ｱｲ ｸﾘﾆﾂｸ" },
  { "ｷﾞｬﾗﾘｰ abc", "ｷﾞﾔﾗﾘ- ABC" },
  { "ア‐イ‑ウ–エ—オ−カ－キ", "ｱ-ｲ-ｳ-ｴ-ｵ-ｶ-ｷ" },
  { "ヰヱ", "ｲｴ" },
  { "ァィゥェォッャュョヮヵヶ", "ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹ" },
  { "ウ゛ハ゜", "ｳﾞﾊﾟ" },
  { "ヴァ", "ｳﾞｱ" },
  { " ア ", "ｱ" },
};

static void names_are_normalized(void **state) {
  struct arena *a = *state;
  for (size_t i = 0; i < COUNT_OF(normalized); i++) {
    struct bank_name n;
    if (bank_name_normalize(a, str_of(normalized[i].name), &payee, &n) != RESULT_OK) fail_msg("%s", normalized[i].name);
    ASSERT_TEXT(n.utf8, normalized[i].bank);
    size_t at;
    assert_int_equal(bank_field_check(BANK_CLASS_NAME, n.jis, &at), BANK_OK);
    ASSERT_TEXT(bank_to_utf8(a, n.jis), normalized[i].bank);
  }
  struct bank_name n;
  assert_int_equal(bank_name_normalize(a, STR("ガ"), &payee, &n), RESULT_OK);
  assert_true(str_eq(n.jis, STR("\xB6\xDE")));
}

/* What comes out goes in again unchanged: normalising twice is normalising once. */
static void a_normal_name_stays(void **state) {
  struct arena *a = *state;
  for (size_t i = 0; i < COUNT_OF(normalized); i++) {
    struct bank_name n;
    assert_int_equal(bank_name_normalize(a, str_of(normalized[i].bank), &payee, &n), RESULT_OK);
    ASSERT_TEXT(n.utf8, normalized[i].bank);
  }
}

static void every_change_is_recorded_in_order(void **state) {
  struct arena *a = *state;
  static const struct {
    enum bank_step step;
    const char *after;
  } expected[] = {
    { BANK_STEP_NFKC, "(株)きゃっと・ガーdenヰ" },      { BANK_STEP_KATAKANA, "(株)キャット・ガーdenヰ" },
    { BANK_STEP_LEGAL_FORM, "カ)キャット・ガーdenヰ" }, { BANK_STEP_LARGE_KANA, "カ)キヤツト・ガーdenヰ" },
    { BANK_STEP_HYPHEN, "カ)キヤツト・ガ-denヰ" },      { BANK_STEP_DOT, "カ)キヤツト.ガ-denヰ" },
    { BANK_STEP_UPPER, "カ)キヤツト.ガ-DENヰ" },        { BANK_STEP_HALF_WIDTH, "ｶ)ｷﾔﾂﾄ.ｶﾞ-DENヰ" },
    { BANK_STEP_OLD_KANA, "ｶ)ｷﾔﾂﾄ.ｶﾞ-DENｲ" },
  };
  struct bank_name n;
  assert_int_equal(bank_name_normalize(a, STR("㈱きゃっと･ｶﾞｰdenヰ"), &payee, &n), RESULT_OK);
  assert_int_equal(n.change_count, COUNT_OF(expected));
  for (size_t i = 0; i < COUNT_OF(expected); i++) {
    assert_int_equal(n.changes[i].step, expected[i].step);
    ASSERT_TEXT(n.changes[i].after, expected[i].after);
    assert_string_not_equal(bank_step_name(expected[i].step), "unknown");
  }
  assert_int_equal(bank_name_normalize(a, STR("ABC 1"), &payee, &n), RESULT_OK);
  assert_int_equal(n.change_count, 0);
}

static void what_cannot_be_written_is_refused_with_its_place(void **state) {
  struct arena *a = *state;
  static const struct {
    const char *name;
    enum bank_fault fault;
    size_t at;
  } cases[] = {
    { "山田", BANK_NOT_ALLOWED, 0 },
    { "ﾔﾏ田", BANK_NOT_ALLOWED, 6 },
    { "ヷ", BANK_NOT_ALLOWED, 0 },
    { "ヲ", BANK_NOT_ALLOWED, 0 },
    { "ア,イ", BANK_NOT_ALLOWED, 3 },
    { "ア゛", BANK_LOOSE_MARK, 3 },
    { "ア\nイ", BANK_NOT_ALLOWED, 3 },
    { "", BANK_EMPTY, 0 },
    { "　", BANK_EMPTY, 0 },
    { "ア😂", BANK_NOT_ALLOWED, 3 },
    { "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマ", BANK_TOO_LONG, 31 },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct bank_name n;
    assert_int_equal(bank_name_normalize(a, str_of(cases[i].name), &payee, &n), RESULT_REFUSED);
    assert_int_equal(n.fault, cases[i].fault);
    assert_int_equal(n.fault_at, cases[i].at);
  }
}

static void options_are_followed(void **state) {
  struct arena *a = *state;
  struct bank_name n;
  struct bank_options o = { BANK_CLASS_NAME, 30, true, true, false };
  assert_int_equal(bank_name_normalize(a, STR("ア・イ.ヲ"), &o, &n), RESULT_OK);
  ASSERT_TEXT(n.utf8, "ｱ ｲ ｵ");
  o.class = BANK_CLASS_EDI;
  assert_int_equal(bank_name_normalize(a, STR("「ヲ」/"), &o, &n), RESULT_OK);
  ASSERT_TEXT(n.utf8, "｢ｦ｣/");
  o.class = BANK_CLASS_BANK;
  assert_int_equal(bank_name_normalize(a, STR("ア(イ)"), &o, &n), RESULT_REFUSED);
}

/* 29 kana and ガ are 31 bytes; cut at 30 the mark would part from its kana, so 29 stay. */
static void cutting_never_parts_a_kana_from_its_mark(void **state) {
  struct arena *a = *state;
  struct bank_name n;
  struct bank_options o = { BANK_CLASS_NAME, 30, false, false, true };
  assert_int_equal(bank_name_normalize(a, STR("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘガ"), &o, &n),
                   RESULT_OK);
  assert_int_equal(n.jis.n, 29);
  assert_int_equal(n.changes[n.change_count - 1].step, BANK_STEP_TRUNCATED);
  ASSERT_TEXT(n.utf8, "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍ");
  assert_int_equal(bank_name_normalize(a, STR("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフガヘ"), &o, &n),
                   RESULT_OK);
  assert_int_equal(n.jis.n, 30);
  assert_int_equal(
      bank_name_normalize(a, STR("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフガ"), &payee, &n), RESULT_OK);
  assert_int_equal(n.jis.n, 30);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(classes_allow_exactly_their_bytes),
    cmocka_unit_test(fields_are_checked_with_the_place_of_the_fault),
    IN_ARENA(bytes_and_text_turn_into_each_other),
    IN_ARENA(names_that_came_back_match_alike),
    IN_ARENA(names_are_normalized),
    IN_ARENA(a_normal_name_stays),
    IN_ARENA(every_change_is_recorded_in_order),
    IN_ARENA(what_cannot_be_written_is_refused_with_its_place),
    IN_ARENA(options_are_followed),
    IN_ARENA(cutting_never_parts_a_kana_from_its_mark),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
