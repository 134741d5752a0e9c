/* Entity tags, conditions and ranges: RFC 9110 §8.8.3, §13.1, §14. */
#include "fixture.h"

static void lists_of_tags(void **state) {
  struct fixture *x = *state;
  struct http_etags list;
  assert_int_equal(http_etags_read(x->arena, STR(" \"a\" , W/\"b,\\\" ,\"\""), &list), RESULT_OK);
  assert_int_equal(list.count, 3);
  SAME(list.tags[0], "a");
  SAME(list.tags[1], "b,\\"); /* a backslash escapes nothing in a tag */
  assert_true(list.weak[1]);
  SAME(list.tags[2], "");
  assert_int_equal(http_etags_read(x->arena, STR("*"), &list), RESULT_OK);
  assert_true(list.any);
  static const char *const bad[] = {
    "", ",", "a", "\"a", "w/\"a\"", "\"a\" \"b\"", "*, \"a\"", "\"a b\"", "\"a\x01\""
  };
  for (size_t i = 0; i < COUNT_OF(bad); i++)
    assert_int_equal(http_etags_read(x->arena, str_of(bad[i]), &list), RESULT_REFUSED);
}

/* The table of RFC 9110 §8.8.3.2. */
static void comparison(void **state) {
  struct fixture *x = *state;
  static const struct {
    const char *header, *tag;
    bool strong, weak;
  } rows[] = {
    { "W/\"1\"", "1", false, true },
    { "W/\"2\"", "1", false, false },
    { "\"1\"", "1", true, true },
    { "*", "anything", true, true },
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    struct http_etags list;
    assert_int_equal(http_etags_read(x->arena, str_of(rows[i].header), &list), RESULT_OK);
    assert_int_equal(http_etags_strong(&list, str_of(rows[i].tag)), rows[i].strong);
    assert_int_equal(http_etags_weak(&list, str_of(rows[i].tag)), rows[i].weak);
  }
}

static void versions(void **state) {
  struct fixture *x = *state;
  static const struct {
    const char *header;
    result expected;
    int64_t version;
  } rows[] = {
    { "\"12-clinic\"", RESULT_OK, 12 },
    { "\"0-clinic\"", RESULT_OK, 0 },
    { "*", RESULT_NOT_FOUND, 0 },
    { "\"12-staff\"", RESULT_REFUSED, 0 },
    { "W/\"12-clinic\"", RESULT_REFUSED, 0 },
    { "\"012-clinic\"", RESULT_REFUSED, 0 },
    { "\"-1-clinic\"", RESULT_REFUSED, 0 },
    { "\"12-clinic\", \"13-clinic\"", RESULT_REFUSED, 0 },
    { "\"99999999999999999999-clinic\"", RESULT_REFUSED, 0 },
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    struct http_request r = { .arena = x->arena, .realm = HTTP_CLINIC };
    int64_t version = 0;
    assert_int_equal(http_etags_read(x->arena, str_of(rows[i].header), &r.if_match), RESULT_OK);
    assert_int_equal(http_request_version(&r, &version), rows[i].expected);
    assert_int_equal(version, rows[i].version);
  }
  struct http_request none = { .arena = x->arena, .realm = HTTP_CLINIC };
  int64_t version;
  assert_int_equal(http_request_version(&none, &version), RESULT_REFUSED);
}

/* RFC 9110 §14.1.2 and §14.2: what cannot be read is ignored, what lies beyond the end is refused. */
static void ranges(void **state) {
  struct fixture *x = *state;
  static const struct {
    const char *header;
    result expected;
    int64_t from, to;
  } rows[] = {
    { "bytes=0-499", RESULT_OK, 0, 499 },
    { "bytes=500-999", RESULT_OK, 500, 999 },
    { "bytes=-500", RESULT_OK, 9500, 9999 },
    { "bytes=9500-", RESULT_OK, 9500, 9999 },
    { "bytes=0-0", RESULT_OK, 0, 0 },
    { "bytes=-99999", RESULT_OK, 0, 9999 },
    { "bytes=9999-99999", RESULT_OK, 9999, 9999 },
    { "bytes=10000-", RESULT_REFUSED, 0, 0 },
    { "bytes=-0", RESULT_REFUSED, 0, 0 },
    { "bytes=5-4", RESULT_NOT_FOUND, 0, 0 },
    { "bytes=0-1,3-4", RESULT_NOT_FOUND, 0, 0 },
    { "lines=0-1", RESULT_NOT_FOUND, 0, 0 },
    { "bytes=a-b", RESULT_NOT_FOUND, 0, 0 },
    { "bytes=", RESULT_NOT_FOUND, 0, 0 },
    { "bytes=--1", RESULT_NOT_FOUND, 0, 0 },
    { "bytes=1", RESULT_NOT_FOUND, 0, 0 },
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    struct http_header header = { STR("range"), str_of(rows[i].header) };
    struct http_request r = { .arena = x->arena, .method = HTTP_GET, .headers = &header, .header_count = 1 };
    int64_t from = 0, to = 0;
    assert_int_equal(http_request_range(&r, 10000, STR("t"), &from, &to), rows[i].expected);
    if (rows[i].expected != RESULT_OK) continue;
    assert_int_equal(from, rows[i].from);
    assert_int_equal(to, rows[i].to);
  }
}

static void a_range_of_an_older_version_is_not_used(void **state) {
  struct fixture *x = *state;
  static const struct {
    const char *condition;
    result expected;
  } rows[] = {
    { "\"t\"", RESULT_OK },
    { "\"u\"", RESULT_NOT_FOUND },
    { "W/\"t\"", RESULT_NOT_FOUND },
    { "Sun, 22 Nov 2026 00:00:00 GMT", RESULT_NOT_FOUND },
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    struct http_header headers[] = { { STR("Range"), STR("bytes=1-2") },
                                     { STR("If-Range"), str_of(rows[i].condition) } };
    struct http_request r = { .arena = x->arena, .method = HTTP_GET, .headers = headers, .header_count = 2 };
    int64_t from, to;
    assert_int_equal(http_request_range(&r, 10, STR("t"), &from, &to), rows[i].expected);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(lists_of_tags),
    TEST_WITH_FIXTURE(comparison),
    TEST_WITH_FIXTURE(versions),
    TEST_WITH_FIXTURE(ranges),
    TEST_WITH_FIXTURE(a_range_of_an_older_version_is_not_used),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
