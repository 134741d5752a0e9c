/* Finding, building, comparing and writing JSON values. */
#include "json_compare.h"

#include "fixture.h"

/* The document and the table of RFC 6901 §5. */
static void finds_by_pointer(void **state) {
  struct fixture *x = *state;
  struct json j = fixture_json(
      x,
      "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}");
  static const struct {
    const char *pointer, *value;
  } rows[] = {
    { "/foo", "[\"bar\",\"baz\"]" },
    { "/foo/0", "\"bar\"" },
    { "/", "0" },
    { "/a~1b", "1" },
    { "/c%d", "2" },
    { "/e^f", "3" },
    { "/g|h", "4" },
    { "/i\\j", "5" },
    { "/k\"l", "6" },
    { "/ ", "7" },
    { "/m~0n", "8" },
    { "/foo/1", "\"baz\"" },
  };
  assert_ptr_equal(json_at(&j, STR("")), &j);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const struct json *found = json_at(&j, str_of(rows[i].pointer));
    if (!found) fail_msg("nothing at %s", rows[i].pointer);
    assert_str(json_dump(x->arena, found), rows[i].value);
  }
  static const char *const nowhere[] = {
    "foo",      "/bar", "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/0/x",
    "/foo/",    "/m~n", "/m~",    "/m~2n",  "//",      "/foo/+1", "/foo/18446744073709551616",
    "/foo/0x0", "/a/b"
  };
  for (size_t i = 0; i < COUNT_OF(nowhere); i++)
    if (json_at(&j, str_of(nowhere[i]))) fail_msg("something at %s", nowhere[i]);
}

/* §4: "~01" is "~1", not "/". Findings write pointers that lead back. */
static void pointers_lead_back(void **state) {
  struct fixture *x = *state;
  struct json j = fixture_json(x, "{\"~1\":{\"/~\":[1]}}");
  assert_str(json_dump(x->arena, json_at(&j, STR("/~01/~1~0/0"))), "1");
  str pointer =
      pointer_index(x->arena, pointer_member(x->arena, pointer_member(x->arena, STR(""), STR("~1")), STR("/~")), 0);
  assert_str(json_dump(x->arena, json_at(&j, pointer)), "1");
}

static void gets_members_of_objects_alone(void **state) {
  struct fixture *x = *state;
  struct json j = fixture_json(x, "{\"a\":null,\"ab\":[\"a\"]}");
  assert_int_equal(json_get(&j, STR("a"))->kind, JSON_KIND_NULL);
  assert_null(json_get(&j, STR("b")));
  assert_null(json_get(json_get(&j, STR("ab")), STR("a")));
  assert_null(json_get(NULL, STR("a")));
}

static void builds_values(void **state) {
  struct fixture *x = *state;
  const struct json items[] = { json_of_null(), json_of_bool(true), json_of_bool(false),
                                json_of_int(x->arena, INT64_MIN), json_of_str(STR("\xE5\x8C\xBB\"")) };
  struct json array = json_of_array(items, COUNT_OF(items));
  struct json_member members[2] = { { STR_INIT("a"), array }, { STR_INIT(""), json_of_array(NULL, 0) } };
  struct json object = json_of_object(members, 2);
  assert_str(json_dump(x->arena, &object),
             "{\"a\":[null,true,false,-9223372036854775808,\"\xE5\x8C\xBB\\\"\"],\"\":[]}");
  struct json again;
  assert_int_equal(fixture_read(x, json_dump(x->arena, &object), &again), RESULT_OK);
  assert_true(json_same(&object, &again));
}

/* JSON Schema 2020-12 core §4.2.2. Each row stands for its own class: inside a row all are one, across rows none. */
static void compares_as_json_schema_does(void **state) {
  static const char *const classes[][5] = {
    { "null" },
    { "true" },
    { "false" },
    { "0", "-0", "0.0", "0e5", "-0.00E-3" },
    { "1", "1.0", "1e0", "10e-1", "0.1E1" },
    { "-1", "-1.00" },
    { "100", "1e2", "1E+2", "100.0", "10.0e1" },
    { "1001", "1.001e3" },
    { "0.001", "1e-3", "0.10e-2" },
    { "1.5", "15e-1", "0.15e1" },
    { "9223372036854775807" },
    { "9223372036854775808", "9223372036854775808.0" },
    { "123456789012345678901234567890", "12345678901234567890123456789e1" },
    { "1e999999999999" },
    { "1e-999999999999" },
    { "\"1\"" },
    { "\"\"" },
    { "\"a\"", "\"\\u0061\"" },
    { "\"A\"" },
    { "[]" },
    { "{}" },
    { "[1]", "[1.0]" },
    { "[1,1]" },
    { "[[1]]" },
    { "{\"a\":1,\"b\":[2]}", "{\"b\":[2.0],\"a\":1e0}" },
    { "{\"a\":1,\"b\":[3]}" },
    { "{\"a\":1}" },
    { "{\"a\":1,\"c\":[2]}" },
    { "{\"b\":1,\"a\":[2]}" },
  };
  struct fixture *x = *state;
  for (size_t i = 0; i < COUNT_OF(classes); i++) {
    for (size_t k = 0; k < 5 && classes[i][k]; k++) {
      struct json one = fixture_json(x, classes[i][k]);
      for (size_t m = 0; m < COUNT_OF(classes); m++) {
        for (size_t n = 0; n < 5 && classes[m][n]; n++) {
          struct json other = fixture_json(x, classes[m][n]);
          if (json_same(&one, &other) != (i == m)) fail_msg("%s and %s", classes[i][k], classes[m][n]);
          if (i == m && json__hash(&one) != json__hash(&other))
            fail_msg("hashes of %s and %s", classes[i][k], classes[m][n]);
        }
      }
    }
  }
}

static void writes_without_a_tree(void **state) {
  struct fixture *x = *state;
  struct buf out = buf_in(x->arena);
  struct json_writer w = json_writer_to(&out);
  json_write_begin_object(&w);
  json_write_name(&w, STR("a\n"));
  json_write_begin_array(&w);
  json_write_int(&w, INT64_MIN);
  json_write_int(&w, 0);
  json_write_int(&w, INT64_MAX);
  json_write_begin_array(&w);
  json_write_end_array(&w);
  json_write_null(&w);
  json_write_end_array(&w);
  json_write_name(&w, STR("b"));
  json_write_begin_object(&w);
  json_write_end_object(&w);
  json_write_name(&w, STR("c"));
  json_write_bool(&w, true);
  json_write_name(&w, STR(""));
  json_write_raw(&w, STR("1.50"));
  json_write_end_object(&w);
  assert_str(buf_str(&out),
             "{\"a\\n\":[-9223372036854775808,0,9223372036854775807,[],null],\"b\":{},\"c\":true,\"\":1.50}");
}

/* Long strings are measured before they are written; both ways give the same text. */
static void writes_long_strings(void **state) {
  struct fixture *x = *state;
  struct buf in = buf_in(x->arena), expected = buf_in(x->arena);
  buf_byte(&expected, '"');
  for (int i = 0; i < 1000; i++) {
    buf_add(&in, i % 3 ? STR("\x01") : STR("a\"\xE5\x8C\xBB\n"));
    buf_add(&expected, i % 3 ? STR("\\u0001") : STR("a\\\"\xE5\x8C\xBB\\n"));
  }
  buf_byte(&expected, '"');
  struct json j = json_of_str(buf_str(&in));
  assert_true(str_eq(json_dump(x->arena, &j), buf_str(&expected)));
}

static void indents_by_two(void **state) {
  struct fixture *x = *state;
  struct json j = fixture_json(x, "{\"a\":[1,{\"b\":[]}],\"c\":{},\"\\u0000\":1.50}");
  assert_str(json_dump_indented(x->arena, &j),
             "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {},\n  \"\\u0000\": 1.50\n}");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(finds_by_pointer),
    TEST_WITH_FIXTURE(pointers_lead_back),
    TEST_WITH_FIXTURE(gets_members_of_objects_alone),
    TEST_WITH_FIXTURE(builds_values),
    TEST_WITH_FIXTURE(compares_as_json_schema_does),
    TEST_WITH_FIXTURE(writes_without_a_tree),
    TEST_WITH_FIXTURE(writes_long_strings),
    TEST_WITH_FIXTURE(indents_by_two),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
