/* Are normal forms and case those of Unicode. */
#include "texts.h"

static void normal_forms(void **state) {
  static const struct {
    const char *given, *nfc, *nfkc;
  } cases[] = {
    { "", "", "" },
    { "plain", "plain", "plain" },
    { "か\xE3\x82\x99", "が", "が" }, /* ka + combining voicing mark */
    { "㈱ﾀﾅｶ", "㈱ﾀﾅｶ", "(株)タナカ" },
    { "ｶﾞ", "ｶﾞ", "ガ" },
    { "Ａ１　－", "Ａ１　－", "A1 -" },
    { "㍻㋿", "㍻㋿", "平成令和" },
    { "é", "é", "é" },
    { "e\xCC\x81", "é", "é" },
    { "ﬁ", "ﬁ", "fi" },
    { "髙﨑", "髙﨑", "髙﨑" }, /* not compatibility characters: kept */
    { "神", "神", "神" },
    { "\xEF\xA8\x99", "神", "神" }, /* U+FA19, a compatibility ideograph */
    { "𠮷①", "𠮷①", "𠮷1" },
  };
  struct arena *a = *state;
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    str given = str_of(cases[i].given);
    ASSERT_TEXT(text_nfc(a, given), cases[i].nfc);
    ASSERT_TEXT(text_nfkc(a, given), cases[i].nfkc);
    assert_int_equal(text_is_nfc(a, given), str_eq(given, str_of(cases[i].nfc)));
  }
}

/* U+FDFA grows eighteenfold in NFKC (UAX #15, the largest expansion): the first guess of room does not hold. */
static void a_text_may_grow(void **state) {
  struct arena *a = *state;
  struct buf b = buf_in(a);
  for (int i = 0; i < 100; i++) buf_add(&b, STR("\xEF\xB7\xBA"));
  str grown = text_nfkc(a, buf_str(&b));
  assert_int_equal(utf8_count(grown), 1800);
}

static void case_is_full_and_of_no_language(void **state) {
  static const struct {
    const char *given, *upper, *lower;
  } cases[] = {
    { "", "", "" },
    { "aZ09@[`{", "AZ09@[`{", "az09@[`{" },
    { "straße", "STRASSE", "straße" },
    { "Ｃafé", "ＣAFÉ", "ｃafé" },
    { "i", "I", "i" },
    { "I", "I", "i" },
    { "ΑΣ", "ΑΣ", "ας" },
    { "医療", "医療", "医療" },
  };
  struct arena *a = *state;
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    ASSERT_TEXT(text_upper(a, str_of(cases[i].given)), cases[i].upper);
    ASSERT_TEXT(text_lower(a, str_of(cases[i].given)), cases[i].lower);
  }
}

/* ---- every allocation may fail, and nothing but the guard answers for it */

static void use_everything(void *context) {
  struct arena *a = context;
  str name = STR("医療法人　㈱ぱーティー・ﾌﾞｨ　Straße");
  text_nfkc(a, text_upper(a, text_nfc(a, name)));
  text_search_key(a, name);
  text_full_width(a, text_half_width(a, name));
}

static void exhaustion_leaves_by_the_guard(void **state) {
  (void)state;
  for (size_t limit = 256; limit < 16384; limit += 64) {
    struct arena *small = arena_new(limit);
    result r = arena_run(small, use_everything, small);
    assert_true(r == RESULT_OK || r == RESULT_LIMIT);
    arena_free(small);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_ARENA(normal_forms),
    IN_ARENA(a_text_may_grow),
    IN_ARENA(case_is_full_and_of_no_language),
    cmocka_unit_test(exhaustion_leaves_by_the_guard),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
