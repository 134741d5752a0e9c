/* Header fields by the grammars of RFC 9110, RFC 6265, RFC 8941 and W3C Trace Context. */
#include "fields.h"

#include "fixture.h"

static void names_and_values(void **state) {
  (void)state;
  assert_true(http__name_same(STR("Content-TYPE"), STR("content-type")));
  assert_false(http__name_same(STR("a"), STR("ab")));
  assert_true(http__token(STR("X-A!#$%&'*+.^_`|~9")));
  static const char *const no_tokens[] = { "", "a b", "a:", "a\t", "(a)", "a\"", "ä", "a\x7f" };
  for (size_t i = 0; i < COUNT_OF(no_tokens); i++) assert_false(http__token(str_of(no_tokens[i])));
  assert_false(http__token((str){ "a\0b", 3 }));
  assert_true(http__field_value(STR("a\tb ü")));
  assert_false(http__field_value(STR("a\rb")));
  assert_false(http__field_value((str){ "a\0b", 3 }));
}

static void lists(void **state) {
  (void)state;
  str rest = STR(" a ,, \"b,c\\\",d\" ,e,"), element;
  assert_true(http__list_next(&rest, &element));
  SAME(element, "a");
  assert_true(http__list_next(&rest, &element));
  SAME(element, "\"b,c\\\",d\"");
  assert_true(http__list_next(&rest, &element));
  SAME(element, "e");
  assert_false(http__list_next(&rest, &element));
}

static void media_types(void **state) {
  struct fixture *x = *state;
  SAME(http__media_type(x->arena, STR("Text/HTML; charset=utf-8")), "text/html");
  SAME(http__media_type(x->arena, STR("application/merge-patch+json")), "application/merge-patch+json");
  assert_int_equal(http__media_type(x->arena, STR("text")).n, 0);
  assert_int_equal(http__media_type(x->arena, STR("text/ht ml")).n, 0);
  assert_int_equal(http__media_type(x->arena, STR("")).n, 0);
  str type = STR("multipart/form-data; x=\"a;b\\\"c\" ; Boundary = \"--ab c\"");
  SAME(http__media_parameter(x->arena, type, "boundary"), "--ab c");
  SAME(http__media_parameter(x->arena, type, "x"), "a;b\"c");
  assert_null(http__media_parameter(x->arena, type, "charset").p);
}

/* RFC 9110 §12.5.1: the most specific range decides, whatever its place in the list. */
static void accept(void **state) {
  (void)state;
  str json = STR("application/json");
  assert_true(http__accepts(STR(""), json));
  assert_true(http__accepts(STR("*/*"), json));
  assert_true(http__accepts(STR("text/*, application/*;q=0.1"), json));
  assert_true(http__accepts(STR("*/*;q=0, application/json"), json));
  assert_false(http__accepts(STR("application/json;q=0, */*"), json));
  assert_false(http__accepts(STR("application/*;q=0.000, */*"), json));
  assert_false(http__accepts(STR("text/html"), json));
  assert_false(http__accepts(STR("application/json;q=nonsense"), json));
  assert_false(http__accepts(STR("application/json;q=1.5"), json));
}

static void languages(void **state) {
  (void)state;
  static const struct {
    const char *header;
    enum http_language expected;
  } rows[] = {
    { "", HTTP_JAPANESE },
    { "en", HTTP_ENGLISH },
    { "EN-us", HTTP_ENGLISH },
    { "eng", HTTP_JAPANESE },
    { "ja, en", HTTP_JAPANESE },
    { "en;q=0.8, ja;q=0.9", HTTP_JAPANESE },
    { "fr, en;q=0.1", HTTP_ENGLISH },
    { "*", HTTP_JAPANESE },
    { "ja;q=0, *", HTTP_ENGLISH },
    { "en;q=0", HTTP_JAPANESE },
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    assert_int_equal(http__language(str_of(rows[i].header)), rows[i].expected);
}

/* RFC 8941 §3.3.3 within what the idempotency draft and our bound of 64 leave. */
static void quoted_keys(void **state) {
  struct fixture *x = *state;
  str key;
  assert_int_equal(http__quoted_key(x->arena, STR(" \"8e03978e-40d5-43dd\" "), &key), RESULT_OK);
  SAME(key, "8e03978e-40d5-43dd");
  assert_int_equal(http__quoted_key(x->arena, STR("\"a\\\"b\\\\\""), &key), RESULT_OK);
  SAME(key, "a\"b\\");
  static const char *const bad[] = { "",         "bare",    "\"\"",    "\"",       "\"a",          "a\"",
                                     "\"a\"b\"", "\"a\\\"", "\"\\n\"", "\"\x01\"", "\"\xc3\xa4\"", "\"a\";p=1" };
  for (size_t i = 0; i < COUNT_OF(bad); i++)
    assert_int_equal(http__quoted_key(x->arena, str_of(bad[i]), &key), RESULT_REFUSED);
}

static void cookies(void **state) {
  struct fixture *x = *state;
  struct http_cookie_pair *pairs;
  size_t count;
  assert_int_equal(http_cookies_read(x->arena, STR("a=1; __Host-s=x=y==;b= ;c=\"q v\""), &pairs, &count), RESULT_OK);
  assert_int_equal(count, 4);
  SAME(pairs[1].name, "__Host-s");
  SAME(pairs[1].value, "x=y==");
  SAME(pairs[2].value, "");
  SAME(pairs[3].value, "\"q v\"");
  assert_int_equal(http_cookies_read(x->arena, STR(""), &pairs, &count), RESULT_OK);
  assert_int_equal(count, 0);
  static const char *const bad[] = { "a", "a=1; a=2", "=1", "a b=1", "a=1\x01", "ä=1" };
  for (size_t i = 0; i < COUNT_OF(bad); i++)
    assert_int_equal(http_cookies_read(x->arena, str_of(bad[i]), &pairs, &count), RESULT_REFUSED);
}

#define TRACE "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

/* W3C Trace Context §3.2, and its §4.3 on versions to come. */
static void trace(void **state) {
  (void)state;
  struct http_trace t;
  char written[56];
  assert_int_equal(http_trace_read(STR(TRACE), &t), RESULT_OK);
  assert_int_equal(t.trace_id[0], 0x4b);
  assert_int_equal(t.parent[7], 0xb7);
  assert_int_equal(t.flags, 1);
  http_trace_write(&t, written);
  assert_string_equal(written, TRACE);
  assert_int_equal(http_trace_read(STR("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes"), &t),
                   RESULT_OK);
  static const char *const bad[] = {
    "",
    "00",
    TRACE "-",
    TRACE "x",
    "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.x",
    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
    "0g-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  };
  for (size_t i = 0; i < COUNT_OF(bad); i++) assert_int_equal(http_trace_read(str_of(bad[i]), &t), RESULT_REFUSED);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(names_and_values), TEST_WITH_FIXTURE(lists),     TEST_WITH_FIXTURE(media_types),
    TEST_WITH_FIXTURE(accept),           TEST_WITH_FIXTURE(languages), TEST_WITH_FIXTURE(quoted_keys),
    TEST_WITH_FIXTURE(cookies),          TEST_WITH_FIXTURE(trace),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
