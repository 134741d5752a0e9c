/* The table of RFC 7396, appendix A: original, patch, result. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "shienkin/codec.h"

static const char *const table[][3] = {
  { "{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
  { "{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}" },
  { "{\"a\":\"b\"}", "{\"a\":null}", "{}" },
  { "{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}" },
  { "{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}" },
  { "{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}" },
  { "{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}" },
  { "{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}" },
  { "[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]" },
  { "{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]" },
  { "{\"a\":\"foo\"}", "null", "null" },
  { "{\"a\":\"foo\"}", "\"bar\"", "\"bar\"" },
  { "{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}" },
  { "[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}" },
  { "{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}" },
};

static struct json read_json(struct arena *a, const char *text) {
  struct findings f = findings_in(a);
  struct json j;
  assert_int_equal(json_read(a, str_of(text), (struct json_limits){ 0, 0 }, &f, &j), RESULT_OK);
  return j;
}

static void every_example_of_the_rfc_merges_as_it_says(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  assert_non_null(a);
  for (size_t i = 0; i < COUNT_OF(table); i++) {
    struct json target = read_json(a, table[i][0]), patch = read_json(a, table[i][1]);
    struct json merged = json_merge_patch(a, &target, &patch);
    assert_string_equal(str_z(a, json_dump(a, &merged)), table[i][2]);
  }
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(every_example_of_the_rfc_merges_as_it_says) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
