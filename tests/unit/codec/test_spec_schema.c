/* A spec prints itself as JSON Schema 2020-12. */
#include "fixture.h"

static bool never(str s) {
  (void)s;
  return false;
}

static const char *const words[] = { "a", "b", NULL };
static const struct spec a_word = { .kind = SPEC_ENUM, .words = words, .description = "one of two" };
static const struct spec maybe_word = { .kind = SPEC_ENUM, .words = words, .nullable = true };
static const struct spec maybe_date = { .kind = SPEC_DATE, .nullable = true };
static const struct spec a_code = {
  .kind = SPEC_STRING, .max_length = 9, .pattern = never, .pattern_text = "^[0-9]{2}$"
};
static const struct spec a_count = {
  .kind = SPEC_INTEGER, .has_minimum = true, .has_maximum = true, .minimum = -1, .maximum = 5
};
static const struct spec a_flag = { .kind = SPEC_BOOL };
static const struct spec some = { .kind = SPEC_ARRAY, .distinct = true, .max_items = 7, .items = &a_word };
static const struct spec_member inner_members[] = { { "flag", false, &a_flag }, { NULL, false, NULL } };
static const struct spec inner = { .kind = SPEC_OBJECT, .members = inner_members, .nullable = true };
static const struct spec_member members[] = {
  { "code", true, &a_code }, { "count", true, &a_count }, { "word", false, &maybe_word }, { "on", false, &maybe_date },
  { "some", false, &some },  { "inner", false, &inner },  { NULL, false, NULL },
};
static const struct spec outer = { .kind = SPEC_OBJECT, .members = members, .title = "A test" };

static void prints_every_keyword(void **state) {
  struct fixture *x = *state;
  struct json schema = spec_schema(x->arena, &outer, STR("urn:test:1"));
  assert_str(
      json_dump(x->arena, &schema),
      "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":\"urn:test:1\",\"title\":\"A test\",\"type\":\"object\","
      "\"additionalProperties\":false,\"required\":[\"code\",\"count\"],\"properties\":{"
      "\"code\":{\"type\":\"string\",\"maxLength\":9,\"pattern\":\"^[0-9]{2}$\"},"
      "\"count\":{\"type\":\"integer\",\"minimum\":-1,\"maximum\":5},"
      "\"word\":{\"enum\":[\"a\",\"b\",null]},"
      "\"on\":{\"type\":[\"string\",\"null\"],\"format\":\"date\"},"
      "\"some\":{\"type\":\"array\",\"maxItems\":7,\"uniqueItems\":true,\"items\":{\"description\":\"one of two\",\"enum\":[\"a\",\"b\"]}},"
      "\"inner\":{\"type\":[\"object\",\"null\"],\"additionalProperties\":false,\"properties\":{\"flag\":{\"type\":\"boolean\"}}}}}");
}

static void prints_a_root_of_any_kind(void **state) {
  struct fixture *x = *state;
  struct json schema = spec_schema(x->arena, &a_flag, STR("urn:test:2"));
  assert_str(
      json_dump(x->arena, &schema),
      "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":\"urn:test:2\",\"type\":\"boolean\"}");
}

/* A choice that may be null says so: a validator that was told only of the others would refuse what spec_check() takes. */
static void prints_a_choice_that_may_be_null(void **state) {
  struct fixture *x = *state;
  static const struct spec *const either[] = { &a_flag, &a_count, NULL };
  static const struct spec one = { .kind = SPEC_CHOICE, .choices = either }, or_null = { .kind = SPEC_CHOICE, .choices = either, .nullable = true };
  struct json schema = spec_schema(x->arena, &one, STR("urn:test:3"));
  assert_str(json_dump(x->arena, json_get(&schema, STR("anyOf"))), "[{\"type\":\"boolean\"},{\"type\":\"integer\",\"minimum\":-1,\"maximum\":5}]");
  schema = spec_schema(x->arena, &or_null, STR("urn:test:4"));
  assert_str(json_dump(x->arena, json_get(&schema, STR("anyOf"))),
             "[{\"type\":\"boolean\"},{\"type\":\"integer\",\"minimum\":-1,\"maximum\":5},{\"type\":\"null\"}]");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(prints_every_keyword),
    TEST_WITH_FIXTURE(prints_a_root_of_any_kind),
    TEST_WITH_FIXTURE(prints_a_choice_that_may_be_null),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
