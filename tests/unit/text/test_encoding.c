/* Are uploaded files read in the encoding that they came in. The bytes are from another implementation (Python's codecs). */
#include "texts.h"

static const struct {
  enum text_encoding encoding;
  str bytes;
  const char *text;
} known[] = {
  { TEXT_UTF8, STR_INIT(""), "" },
  { TEXT_UTF8, STR_INIT("plain,\r\n1"), "plain,\r\n1" },
  { TEXT_UTF8, STR_INIT("医療法人"), "医療法人" },
  { TEXT_UTF8_BOM, STR_INIT("\xEF\xBB\xBF医療"), "医療" },
  { TEXT_UTF16LE, STR_INIT("\xFF\xFE\x41\x00\x42\xD8\xB7\xDF\x42\x30"), "A𠮷あ" },
  { TEXT_UTF16BE, STR_INIT("\xFE\xFF\x00\x41\xD8\x42\xDF\xB7\x30\x42"), "A𠮷あ" },
  { TEXT_UTF16LE, STR_INIT("\xFF\xFE"), "" },
  { TEXT_CP932,
    STR_INIT("\x88\xE3\x97\xC3\x96\x40\x90\x6C\x2C\xB2\x29\xC0\xC5\xB6\x2C\xEE\xE0\xED\x95\x87\x40\x81\x60"),
    "医療法人,ｲ)ﾀﾅｶ,髙﨑①～" },
  { TEXT_CP932, STR_INIT("\x93\x63\x92\x86\x5C\x7E"), "田中\\~" },
  { TEXT_CP932, STR_INIT("\x95\x5C\x8E\xA6\x83\x5C\x94\x5C"), "表示ソ能" }, /* second bytes that look like "\" */
  { TEXT_CP932, STR_INIT("\xC0\xC5\xB6\xB2\xB2\xDD\xC4\xDE"), "ﾀﾅｶｲｲﾝﾄﾞ" }, /* EUC-JP would read four kanji */
  { TEXT_EUC_JP, STR_INIT("\xB0\xE5\xCE\xC5\xCB\xA1\xBF\xCD\xA4\xD2\xA4\xE9\xA4\xAC\xA4\xCA"), "医療法人ひらがな" },
};

static void known_bytes_are_guessed_and_read(void **state) {
  struct arena *a = *state;
  for (size_t i = 0; i < COUNT_OF(known); i++) {
    str out;
    size_t at;
    if (text_guess(known[i].bytes) != known[i].encoding) fail_msg("guess %zu", i);
    assert_int_equal(text_to_utf8(a, known[i].encoding, known[i].bytes, &out, &at), RESULT_OK);
    ASSERT_TEXT(out, known[i].text);
  }
}

static void bytes_of_no_encoding_are_unknown(void **state) {
  struct arena *a = *state;
  static const str cases[] = {
    STR_INIT("\x80\xFF\x00\x01"), STR_INIT("ok\xFF"), STR_INIT("\x81"), STR_INIT("\xEF\xBB\xBF\xFF"), STR_INIT("\xA0 "),
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    str out;
    size_t at;
    assert_int_equal(text_guess(cases[i]), TEXT_UNKNOWN);
    assert_int_equal(text_to_utf8(a, TEXT_UNKNOWN, cases[i], &out, &at), RESULT_REFUSED);
  }
  assert_string_equal(text_encoding_name(TEXT_UNKNOWN), "unknown");
  assert_string_equal(text_encoding_name(TEXT_CP932), "CP932");
}

static void the_first_bad_byte_is_named(void **state) {
  struct arena *a = *state;
  static const struct {
    enum text_encoding encoding;
    str bytes;
    size_t at;
  } cases[] = {
    { TEXT_UTF8, STR_INIT("abc\xFFz"), 3 },
    { TEXT_UTF8_BOM, STR_INIT("\xEF\xBB\xBFz\xFF"), 4 },
    { TEXT_CP932, STR_INIT("ab\xFFz"), 2 },
    { TEXT_CP932, STR_INIT("\x88\xE3\x81"), 2 },
    { TEXT_CP932, STR_INIT("a\x81\x20"), 1 },
    { TEXT_EUC_JP, STR_INIT("\xB0\xE5\xB0"), 2 },
    { TEXT_EUC_JP, STR_INIT("abc\xB0z"), 3 },
    { TEXT_UTF16LE, STR_INIT("\xFF\xFE\x41\x00\x42\xD8\x41\x00"), 4 },
    { TEXT_UTF16LE, STR_INIT("\xFF\xFE\x41\x00\x42"), 4 },
    { TEXT_UTF16BE, STR_INIT("\xFE\xFF\xDF\xB7"), 2 },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    str out;
    size_t at = 99;
    assert_int_equal(text_to_utf8(a, cases[i].encoding, cases[i].bytes, &out, &at), RESULT_REFUSED);
    if (at != cases[i].at) fail_msg("case %zu: offset %zu", i, at);
  }
}

/* Whatever the bytes: what is guessed and converts is valid UTF-8, and nothing crashes. The seed replays a failure. */
static void any_bytes_are_answered(void **state) {
  uint64_t seed = 20261122;
  struct randomness r = randomness_seeded(&seed);
  for (int i = 0; i < 20000; i++) {
    char bytes[24];
    uint64_t was = seed;
    randomness_fill(&r, bytes, sizeof bytes);
    for (size_t k = 0; i % 2 && k < sizeof bytes; k++) bytes[k] |= (char)0x80;
    str s = { bytes, (size_t)randomness_below(&r, sizeof bytes + 1) }, out;
    struct arena_mark mark = arena_mark(*state);
    size_t at = 0;
    enum text_encoding e = text_guess(s);
    result got = text_to_utf8(*state, e, s, &out, &at);
    if (got == RESULT_OK ? !utf8_valid(out, NULL) : got != RESULT_REFUSED || at > s.n)
      fail_msg("seed %llu", (unsigned long long)was);
    arena_release(*state, mark);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_ARENA(known_bytes_are_guessed_and_read),
    IN_ARENA(bytes_of_no_encoding_are_unknown),
    IN_ARENA(the_first_bad_byte_is_named),
    IN_ARENA(any_bytes_are_answered),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
