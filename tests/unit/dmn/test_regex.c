/* matches, replace, split: regular expressions of XPath (F&O 7.6, XML Schema Part 2 appendix F), table 74. Several
 * rows are the examples of those texts. */
#include "fixture.h"

#include "builtin/pattern.h"

static void patterns_match_anywhere(void **state) {
  (void)state;
  static const struct {
    const char *input, *pattern, *flags;
    bool matches;
  } cases[] = {
    /* F&O 7.6.2 */
    { "abracadabra", "bra", "", true },
    { "abracadabra", "^a.*a$", "", true },
    { "abracadabra", "^bra", "", false },
    { "helloworld", "hello world", "x", true },
    { "helloworld", "hello[ ]world", "x", false },
    { "hello world", "hello\\ sworld", "x", true },
    { "Kaum hat dies der Hahn gesehen,\nFängt er auch schon an zu krähen:", "Kaum.*krähen", "", false },
    { "Kaum hat dies der Hahn gesehen,\nFängt er auch schon an zu krähen:", "Kaum.*krähen", "s", true },
    { "a\nKaum\nb", "^Kaum$", "", false },
    { "a\nKaum\nb", "^Kaum$", "m", true },
    { "KAUM", "kaum", "i", true },
    { "foobar", "^fo*b", "", true },
    /* $ is the very end, not before a last newline */
    { "a\n", "a$", "", false },
    { "a\n", "a$", "m", true },
    { "", "^$", "", true },
    { "abc", "", "", true },
    /* classes */
    { "b", "[a-z-[aeiou]]", "", true },
    { "e", "^[a-z-[aeiou]]$", "", false },
    { "e", "[a-z-[a-z-[e]]]", "", true },
    { "f", "[a-z-[a-z-[e]]]", "", false },
    { "^", "[a^]", "", true },
    { "-", "[a-]", "", true },
    { "-", "[-a]", "", true },
    { "b", "[^a]", "", true },
    { "]", "[\\]]", "", true },
    { "5", "[^\\D]", "", true },
    { "x", "[\\S]", "", true },
    { " ", "[\\S]", "", false },
    { "\xC2\xA0", "\\s", "", false }, /* a no-break space is none of the four */
    { "\xE3\x81\x82", "\\p{IsHiragana}", "", true },
    { "\xE3\x82\xA2", "\\p{IsHiragana}", "", false },
    { "\xE3\x82\xA2", "\\P{IsHiragana}", "", true },
    { "\xE6\xBC\xA2", "^[\\p{IsCJKUnifiedIdeographs}]$", "", true },
    { "\xEF\xBC\x91", "^\\d$", "", true }, /* full-width one */
    { "+", "^\\w$", "", true },            /* a symbol is a word character of XML Schema, */
    { "-", "^\\w$", "", false },           /* punctuation is not */
    { "_", "^\\w$", "", false },
    { ":a", "^\\i\\c$", "", true },
    { "1a", "^\\i\\c$", "", false },
    { "1", "\\I", "", true },
    { "\xF0\x9F\x90\x8E", "^.$", "", true }, /* one character, four bytes */
    { "É", "^[é]$", "i", true },
    /* groups, back references, quantifiers */
    { "abab", "^(ab)\\1$", "", true },
    { "\"x\"", "(['\"]).*\\1", "", true },
    { "b", "^(a)?b\\1$", "", true }, /* a group that took no part is empty */
    { "aaa", "^a{2}$", "", false },
    { "aaa", "^a{2,}$", "", true },
    { "aaa", "^a{1,2}?a$", "", true },
    { "ab0", "(a)b\\10", "", false }, /* no group 10: \1 and 0 */
    { "aba0", "(a)b\\10", "", true },
    { "a.b", "a.b", "q", true },
    { "axb", "a.b", "q", false },
    { "A.B", "a.b", "qi", true },
    { "ab", "(?:a)(b)", "", true },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    dmn_value v = CALL("matches", text(cases[i].input), text(cases[i].pattern), text(cases[i].flags));
    if (v.kind != DMN_BOOLEAN || v.as.truth != cases[i].matches)
      fail_msg("matches(\"%s\", \"%s\", \"%s\") is %s", cases[i].input, cases[i].pattern, cases[i].flags, printed(v));
  }
  IS(CALL("matches", text("a"), text("A")), "false");
  IS(CALL("matches", text("a"), text("a"), dmn_null()), "true");
}

static void malformed_patterns_are_faults(void **state) {
  (void)state;
  static const char *const wrong[] = { "(",        ")",         "[",           "a)",      "(a",     "[]",      "[^]",
                                       "[a",       "a]",        "a{",          "a}",      "a{2",    "a{,2}",   "a{2,1}",
                                       "*a",       "a**",       "a*+",         "a{2}{3}", "(?=a)",  "(?<n>a)", "(?i)a",
                                       "(*UTF)",   "\\b",       "\\",          "\\1",     "(a\\1)", "(a)\\2",  "\\q",
                                       "\\u0041",  "\\p{Nope}", "\\p{IsNope}", "\\pL",    "[z-a]",  "[a-\\d]", "[[a]]",
                                       "[a-[b]c]", "a{99999}",  "\\Qa\\E",     "\\x41" };
  for (size_t i = 0; i < COUNT_OF(wrong); i++) {
    uint32_t faults = E->fault_count;
    dmn_value v = CALL("matches", text("a"), text(wrong[i]));
    if (!dmn_is_null(v) || E->fault_count == faults) fail_msg("\"%s\" is taken for a pattern", wrong[i]);
    assert_string_equal(E->diagnostics[E->diagnostic_count - 1].code, "pattern");
  }
  FAULTS(CALL("matches", text("a"), text("a"), text("p")));
  UNKNOWN(CALL("matches", dmn_null(), text("a")));
  UNKNOWN(CALL("matches", text("a"), dmn_null()));
  FAULTS(CALL("matches", num("1"), text("a")));
}

static void replacements_fill_in_groups(void **state) {
  (void)state;
  static const struct {
    const char *input, *pattern, *replacement, *result;
  } cases[] = {
    /* F&O 7.6.3 */
    { "abracadabra", "bra", "*", "a*cada*" },
    { "abracadabra", "a.*a", "*", "*" },
    { "abracadabra", "a.*?a", "*", "*c*bra" },
    { "abracadabra", "a", "", "brcdbr" },
    { "abracadabra", "a(.)", "a$1$1", "abbraccaddabbra" },
    { "AAAA", "A+", "b", "b" },
    { "AAAA", "A+?", "b", "bbbb" },
    { "darted", "^(.*?)d(.*)$", "$1c$2", "carted" },
    { "abcd", "(ab)|(a)", "[1=$1][2=$2]", "[1=ab][2=]cd" },
    { "abc", "b", "[$0]", "a[b]c" },
    { "abc", "(b)", "$12", "ab2c" },
    { "abc", "b", "$1", "ac" },
    { "abc", "b", "\\$\\\\", "a$\\c" },
    { "あいう", "い", "x", "あxう" },
    { "", "a", "b", "" },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    dmn_value v = CALL("replace", text(cases[i].input), text(cases[i].pattern), text(cases[i].replacement));
    if (v.kind != DMN_STRING || !str_eq(dmn_text(v), str_of(cases[i].result)))
      fail_msg("replace(\"%s\", \"%s\", \"%s\") is %s", cases[i].input, cases[i].pattern, cases[i].replacement,
               printed(v));
  }
  IS(CALL("replace", text("a.b$"), text("."), text("$1\\"), text("q")), "\"a$1\\\\b$\"");
  IS(CALL("replace", text("abc"), text("[A-Z]"), text("#"), text("i")), "\"###\"");
  FAULTS(CALL("replace", text("abc"), text("x*"), text("-"))); /* matches nothing: an error in F&O */
  FAULTS(CALL("replace", text("abc"), text("b"), text("$")));
  FAULTS(CALL("replace", text("abc"), text("b"), text("$a")));
  FAULTS(CALL("replace", text("abc"), text("b"), text("\\n")));
  FAULTS(CALL("replace", text("abc"), text("b"), text("\\")));
}

static void texts_are_split(void **state) {
  (void)state;
  IS(CALL("split", text("John Doe"), text("\\s")), "[\"John\", \"Doe\"]");
  IS(CALL("split", text("a;b;c;;"), text(";")), "[\"a\", \"b\", \"c\", \"\", \"\"]");
  IS(CALL("split", text("abc"), text("x")), "[\"abc\"]");
  IS(CALL("split", text(";"), text(";")), "[\"\", \"\"]");
  IS(CALL("split", text("a1b22c"), text("\\d+")), "[\"a\", \"b\", \"c\"]");
  FAULTS(CALL("split", text("abc"), text("")));
  FAULTS(CALL("split", text("abc"), text("(")));
}

/* Exponential searches must end soon, as a fault, and cost the evaluation something. */
static void hostile_patterns_run_into_limits(void **state) {
  (void)state;
  static const char *const hostile[] = { "(a+)+$", "(a|a)*$", "(a*)*[bc]", "^((a+)+)+[A-Z]" };
  char subject[64];
  memset(subject, 'a', sizeof subject);
  dmn_value s = dmn_string((str){ subject, sizeof subject - 1 });
  subject[40] = '!';
  for (size_t i = 0; i < COUNT_OF(hostile); i++) {
    uint64_t before = E->steps;
    FAULTS(CALL("matches", s, text(hostile[i])));
    assert_string_equal(E->diagnostics[E->diagnostic_count - 1].code, "budget");
    assert_true(E->steps - before >= 1000000);
  }
}

/* Compiling is done once for an evaluation. */
static void patterns_are_kept(void **state) {
  (void)state;
  dmn_value pattern = text("[a-z]+"), subject = text("a");
  CALL("matches", subject, pattern);
  size_t used = arena_used(fixture.arena);
  for (int i = 0; i < 1000; i++) assert_true(dmn_is_true(CALL("matches", subject, pattern)));
  assert_int_equal(arena_used(fixture.arena), used);
}

/* All of ASCII in every place of a small pattern: the translator may refuse, and nothing else may happen. */
static void no_text_breaks_the_translator(void **state) {
  (void)state;
  static const char *const frames[] = { "%c",   "a%c",    "[%c]",   "[a%c",   "(%c",      "\\%c",
                                        "a{%c", "[a-%c]", "\\p{%c", "(a)%c1", "[^%c-[b]]" };
  for (size_t f = 0; f < COUNT_OF(frames); f++) {
    for (int c = 1; c < 128; c++) {
      str pattern = str_format(fixture.arena, "%s", frames[f]), out;
      char *at_c = memchr(pattern.p, '%', pattern.n);
      assert_non_null(at_c);
      at_c[0] = (char)c;
      at_c[1] = (char)(c * 7 % 127 + 1);
      uint32_t groups;
      for (int x = 0; x < 2; x++)
        if (pattern__translate(fixture.arena, pattern, (struct pattern_flags){ .skip_space = x }, &out, &groups))
          CALL("matches", text("abc"), dmn_string(pattern), text(x ? "x" : ""));
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(patterns_match_anywhere),          TEST(malformed_patterns_are_faults),
    TEST(replacements_fill_in_groups),      TEST(texts_are_split),
    TEST(hostile_patterns_run_into_limits), TEST(patterns_are_kept),
    TEST(no_text_breaks_the_translator),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
