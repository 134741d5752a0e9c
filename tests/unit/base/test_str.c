/* Do slices, buffers and UTF-8 keep their contract, at their edges first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shienkin/base.h"

#define assert_str(actual, expected)                                    \
  do {                                                                  \
    str actual_ = (actual);                                             \
    assert_int_equal(actual_.n, sizeof(expected) - 1);                  \
    if (actual_.n) assert_memory_equal(actual_.p, expected, actual_.n); \
  } while (0)

static int set_up(void **state) {
  *state = arena_new(0);
  return *state ? 0 : -1;
}

static int tear_down(void **state) {
  arena_free(*state);
  return 0;
}

static void compares_bytewise_and_shorter_first(void **state) {
  (void)state;
  assert_true(str_cmp(STR("a"), STR("b")) < 0);
  assert_true(str_cmp(STR("a"), STR("ab")) < 0);
  assert_true(str_cmp(STR("é"), STR("z")) > 0); /* C3 … is above 7A: code point order */
  assert_int_equal(str_cmp(STR(""), STR_NONE), 0);
  assert_true(str_eq(STR_NONE, STR("")));
  assert_false(str_eq(STR("a"), STR("A")));
}

static void finds_starts_ends_trims(void **state) {
  (void)state;
  assert_true(str_starts(STR("abc"), STR("ab")) && str_starts(STR("abc"), STR("")));
  assert_false(str_starts(STR("a"), STR("ab")));
  assert_true(str_ends(STR("abc"), STR("bc")));
  assert_false(str_ends(STR("c"), STR("bc")));
  assert_int_equal(str_find(STR("banana"), STR("nan")), 2);
  assert_int_equal(str_find(STR("banana"), STR("x")), -1);
  assert_int_equal(str_find(STR("a"), STR("ab")), -1);
  assert_int_equal(str_find(STR(""), STR("")), 0);
  assert_str(str_trim(STR(" \t\r\n a b \v\f")), "a b");
  assert_str(str_trim(STR("  ")), "");
}

static void cuts_at_the_first_separator(void **state) {
  (void)state;
  str rest;
  assert_str(str_cut(STR("a=b=c"), '=', &rest), "a");
  assert_str(rest, "b=c");
  assert_str(str_cut(STR("a="), '=', &rest), "a");
  assert_int_equal(rest.n, 0);
  assert_non_null(rest.p);
  assert_str(str_cut(STR("a"), '=', &rest), "a");
  assert_null(rest.p);
}

static void reads_integers_without_overflow(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool good;
    int64_t value;
  } cases[] = {
    { "0", true, 0 },
    { "-0", true, 0 },
    { "007", true, 7 },
    { "-12", true, -12 },
    { "9223372036854775807", true, INT64_MAX },
    { "-9223372036854775808", true, INT64_MIN },
    { "9223372036854775808", false, 0 },
    { "-9223372036854775809", false, 0 },
    { "99999999999999999999", false, 0 },
    { "", false, 0 },
    { "-", false, 0 },
    { "+1", false, 0 },
    { " 1", false, 0 },
    { "1 ", false, 0 },
    { "1.0", false, 0 },
    { "１", false, 0 },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    int64_t value = 77;
    assert_int_equal(str_to_int64(str_of(cases[i].text), &value), cases[i].good);
    assert_int_equal(value, cases[i].good ? cases[i].value : 77);
  }
}

/* A table of 2^16 slots filled with 2^16 keys that differ little keeps about 63 % of its slots used when the hash is
 * like chance (1 − 1/e); a weak one shows far less. */
static void hash_spreads_like_keys(void **state) {
  struct arena *a = *state;
  unsigned char *used = arena_zalloc(a, 65536);
  size_t slots = 0;
  for (int i = 0; i < 65536; i++) {
    char text[16];
    int n = snprintf(text, sizeof text, "key-%d", i);
    uint64_t slot = str_hash((str){ text, (size_t)n }) & 0xFFFF;
    slots += !used[slot];
    used[slot] = 1;
  }
  assert_in_range(slots, 65536 * 60 / 100, 65536 * 66 / 100);
  assert_true(str_hash(STR("a")) != str_hash(STR("a\0")));
  assert_true(str_hash(STR("abcdefgh")) == str_hash(STR("abcdefgh")));
}

static void copies_are_terminated(void **state) {
  struct arena *a = *state;
  str s = str_copy(a, str_slice(STR("abcdef"), 1, 3));
  assert_string_equal(s.p, "bc");
  assert_string_equal(str_z(a, STR_NONE), "");
  assert_str(str_format(a, "%d-%s", 7, "x"), "7-x");
  str parts[] = { STR("a"), STR(""), STR("c") };
  assert_str(str_join(a, parts, 3, STR(", ")), "a, , c");
  assert_str(str_join(a, parts, 0, STR(", ")), "");
}

static void buffers_grow_and_keep(void **state) {
  struct arena *a = *state;
  struct buf b = buf_in(a), other = buf_in(a);
  for (int i = 0; i < 5000; i++) {
    buf_format(&b, "%04d", i);
    buf_byte(&other, (char)('a' + i % 26));
  }
  assert_int_equal(b.n, 20000);
  assert_int_equal(other.n, 5000);
  assert_memory_equal(b.p + 4 * 1234, "1234", 4);
  assert_int_equal(other.p[27], 'b');
  buf_add(&b, STR_NONE);
  assert_int_equal(b.n, 20000);
}

/* ---- UTF-8 (RFC 3629 §4) */

static void only_well_formed_utf8_is_valid(void **state) {
  (void)state;
  static const struct {
    str bytes;
    ptrdiff_t bad_at;
  } cases[] = {
    { STR_INIT(""), -1 },
    { STR_INIT("plain"), -1 },
    { STR_INIT("医療機関"), -1 },
    { STR_INIT("𠮷野家😂"), -1 },
    { STR_INIT("\x00"), -1 },
    { STR_INIT("\x7F"), -1 },
    { STR_INIT("\xC2\x80"), -1 },
    { STR_INIT("\xDF\xBF"), -1 },
    { STR_INIT("\xE0\xA0\x80"), -1 },
    { STR_INIT("\xED\x9F\xBF"), -1 },
    { STR_INIT("\xEE\x80\x80"), -1 },
    { STR_INIT("\xEF\xBF\xBF"), -1 },
    { STR_INIT("\xF0\x90\x80\x80"), -1 },
    { STR_INIT("\xF4\x8F\xBF\xBF"), -1 },
    { STR_INIT("a\x80"), 1 },
    { STR_INIT("\xC0\x80"), 0 },
    { STR_INIT("\xC1\xBF"), 0 }, /* overlong */
    { STR_INIT("\xE0\x9F\xBF"), 0 },
    { STR_INIT("\xF0\x8F\xBF\xBF"), 0 }, /* overlong */
    { STR_INIT("\xED\xA0\x80"), 0 },
    { STR_INIT("\xED\xBF\xBF"), 0 }, /* surrogates */
    { STR_INIT("\xF4\x90\x80\x80"), 0 },
    { STR_INIT("\xF5\x80\x80\x80"), 0 },
    { STR_INIT("\xFF"), 0 },
    { STR_INIT("ok\xE3\x81"), 2 },
    { STR_INIT("\xE3\x81z"), 0 },
    { STR_INIT("\xF0\x90\x80"), 0 },
    { STR_INIT("12345678\xFF"), 8 },
    { STR_INIT("1234567\xFF"), 7 },
    { STR_INIT("あ12345678\x80"), 11 },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    size_t at = 99;
    assert_int_equal(utf8_valid(cases[i].bytes, &at), cases[i].bad_at < 0);
    if (cases[i].bad_at >= 0) assert_int_equal(at, cases[i].bad_at);
  }
}

/* Every code point goes out and comes back; the surrogates are none. */
static void code_points_round_trip(void **state) {
  (void)state;
  for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 0x1D) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    char bytes[4];
    str s = { bytes, utf8_put(bytes, c) };
    assert_true(utf8_valid(s, NULL));
    assert_int_equal(utf8_count(s), 1);
    size_t at = 0;
    assert_int_equal(utf8_next(s, &at), c);
    assert_int_equal(at, s.n);
  }
  assert_int_equal(utf8_count(STR("a医𠮷")), 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(compares_bytewise_and_shorter_first),
    cmocka_unit_test(finds_starts_ends_trims),
    cmocka_unit_test(cuts_at_the_first_separator),
    cmocka_unit_test(reads_integers_without_overflow),
    cmocka_unit_test_setup_teardown(hash_spreads_like_keys, set_up, tear_down),
    cmocka_unit_test_setup_teardown(copies_are_terminated, set_up, tear_down),
    cmocka_unit_test_setup_teardown(buffers_grow_and_keep, set_up, tear_down),
    cmocka_unit_test(only_well_formed_utf8_is_valid),
    cmocka_unit_test(code_points_round_trip),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
