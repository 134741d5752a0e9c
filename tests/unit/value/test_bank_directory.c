/* Does the directory of the build say what its text says, and does one find one's bank in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shienkin/crypto.h"
#include "shienkin/value/bank_directory.h"

#define SOURCE SOURCE_DIR "/data/banks/zengin-code-1.0.0-p20260824.txt"

static int set_up(void **state) {
  *state = arena_new(0);
  return *state ? 0 : -1;
}

static int tear_down(void **state) {
  arena_free(*state);
  return 0;
}

/* ---- the tables are the text */

static void read_line(str line, str *bank, size_t *banks, size_t *branches) {
  str rest, rest2, code = str_cut(line, '|', &rest), kana = str_cut(rest, '|', &rest2);
  struct bank b;
  struct bank_branch r;
  if (code.p[0] != ' ') {
    *bank = code;
    (*banks)++;
    assert_true(bank_find(code, &b));
    assert_true(str_eq(b.kana, kana) && str_eq(b.name, rest2) && str_eq(str_of(b.code), code));
    return;
  }
  (*branches)++;
  assert_true(bank_branch_find(*bank, str_slice(code, 1, code.n), &r));
  assert_true(str_eq(r.kana, kana) && str_eq(r.name, rest2) && str_eq(str_of(r.code), str_slice(code, 1, code.n)));
}

static void the_tables_of_the_build_are_the_text(void **state) {
  str bytes, bank = STR("");
  size_t banks = 0, branches = 0;
  assert_int_equal(file_read(*state, SOURCE, 4 << 20, &bytes), RESULT_OK);
  struct sha256 hash = sha256_of(bytes);
  char hex[65];
  for (size_t i = 0; i < sizeof hash.bytes; i++) snprintf(hex + 2 * i, 3, "%02x", hash.bytes[i]);
  assert_true(str_eq(str_of(hex), bank_directory_sha256()));
  assert_true(str_find(bytes, bank_directory_version()) > 0);
  for (str rest = bytes; rest.n > 0;) {
    str line = str_cut(rest, '\n', &rest);
    if (line.n > 0 && line.p[0] != '#') read_line(line, &bank, &banks, &branches);
  }
  assert_int_equal(banks, 1146);        /* counted in the package by itself */
  assert_int_equal(branches, 28944);
}

/* ---- codes */

static void codes_are_exact(void **state) {
  (void)state;
  struct bank b;
  struct bank_branch r;
  const char *const none[] = { "", "1", "001", "00001", "０００１", "000x", "9999", "-001" };
  for (size_t i = 0; i < COUNT_OF(none); i++) assert_false(bank_find(str_of(none[i]), &b));
  assert_true(bank_find(STR("0001"), &b));
  assert_true(str_eq(b.name, STR("みずほ")));
  assert_false(bank_branch_find(STR("9999"), STR("001"), &r));
  assert_false(bank_branch_find(STR("0001"), STR("0001"), &r));
  assert_true(bank_branch_find(STR("9900"), STR("108"), &r));            /* Japan Post Bank */
  assert_true(str_eq(r.name, STR("一〇八")));
}

/* ---- words */

static bool finds(struct arena *a, const char *words, const char *first_code) {
  size_t count;
  const struct bank *found = bank_search(a, str_of(words), 10, &count);
  return count > 0 && strcmp(found[0].code, first_code) == 0;
}

static void a_bank_is_found_as_people_write_it(void **state) {
  static const struct { const char *words, *code; } cases[] = {
    { "みずほ", "0001" },       { "ミズホ", "0001" },     { "ﾐｽﾞﾎ", "0001" },     { "みずほ銀行", "0001" },
    { "みずほ ギンコウ", "0001" }, { "ゆうちょ", "9900" },   { "ゆうちょ銀行", "9900" }, { "9900", "9900" },
    { "９９００", "9900" },     { "ニューヨークメロン", "0295" }, { "クレディスイス", "0460" },
    { "富山信用金庫", "1401" }, { "富山信金", "1401" },   { "とやましんようきんこ", "1401" },
    { "ふかや農業協同組合", "4874" }, { "洗馬", "5462" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++)
    if (!finds(*state, cases[i].words, cases[i].code)) fail_msg("%s does not find %s first", cases[i].words, cases[i].code);
}

static void what_begins_with_the_words_comes_first(void **state) {
  size_t count;
  const struct bank *found = bank_search(*state, STR("信託"), 5, &count);
  assert_int_equal(count, 5);
  for (size_t i = 1; i < count; i++) assert_true(strcmp(found[i - 1].code, found[i].code) < 0);
  found = bank_search(*state, STR("しんきん"), BANK_SEARCH_MOST, &count);
  assert_int_equal(count, BANK_SEARCH_MOST);
  assert_string_equal(found[0].code, "1000");   /* シンキンチユウオウキンコ begins so; no シンキン bank has a lower code */
}

static void branches_are_found_within_their_bank(void **state) {
  size_t count;
  const struct bank_branch *found = bank_branch_search(*state, STR("0005"), STR("鎌ケ谷支店"), 10, &count);
  assert_int_equal(count, 1);
  assert_string_equal(found[0].code, "279");    /* written 鎌ヶ谷 there */
  found = bank_branch_search(*state, STR("0001"), STR("丸の内"), 10, &count);
  assert_true(count >= 1);
  assert_string_equal(found[0].code, "004");
  assert_null(bank_branch_search(*state, STR("9999"), STR("本店"), 10, &count));
  assert_int_equal(count, 0);
}

static void empty_long_and_foreign_words_find_nothing(void **state) {
  char word[BANK_SEARCH_WORDS_MOST + 2];
  memset(word, 'A', sizeof word - 1);
  word[sizeof word - 1] = 0;
  const char *const words[] = { "", "  ", "　", "・", "ありえない名前の銀行", word };
  size_t count = 1;
  for (size_t i = 0; i < COUNT_OF(words); i++) {
    (void)bank_search(*state, str_of(words[i]), 1, &count);
    assert_int_equal(count, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(the_tables_of_the_build_are_the_text, set_up, tear_down),
    cmocka_unit_test_setup_teardown(codes_are_exact, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_bank_is_found_as_people_write_it, set_up, tear_down),
    cmocka_unit_test_setup_teardown(what_begins_with_the_words_comes_first, set_up, tear_down),
    cmocka_unit_test_setup_teardown(branches_are_found_within_their_bank, set_up, tear_down),
    cmocka_unit_test_setup_teardown(empty_long_and_foreign_words_find_nothing, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
