/* RFC 8785 with whole numbers alone. The documents are the RFC's own and those published beside it; where one holds
 * fractions, its strings are tested and the fractions are refused. */
#include "fixture.h"

static str canonical(struct fixture *x, const char *text) {
  struct json j = fixture_json(x, text);
  str out = STR_NONE;
  if (json_canonical(x->arena, &j, &x->findings, &out) != RESULT_OK) fail_msg("refused: %s", text);
  return out;
}

/* §3.2.2.2 and §3.2.3, with the published files arrays, french, structures (its 56.0 written 56), unicode, weird. */
static void gives_the_published_answers(void **state) {
  static const struct {
    const char *name, *in, *out;
  } rows[] = {
    { "arrays", "[\n  56,\n  {\n    \"d\": true,\n    \"10\": null,\n    \"1\": [ ]\n  }\n]",
      "[56,{\"1\":[],\"10\":null,\"d\":true}]" },
    { "french",
      "{\n  \"peach\": \"This sorting order\",\n  \"péché\": \"is wrong according to French\",\n"
      "  \"pêche\": \"but canonicalization MUST\",\n  \"sin\":   \"ignore locale\"\n}\n",
      "{\"peach\":\"This sorting order\",\"péché\":\"is wrong according to French\",\"pêche\":\"but canonicalization MUST\",\"sin\":\"ignore locale\"}" },
    { "structures",
      "{\n  \"1\": {\"f\": {\"f\": \"hi\",\"F\": 5} ,\"\\n\": 56},\n  \"10\": { },\n  \"\": \"empty\",\n  \"a\": { },\n  \"111\": [ { } ],\n  \"A\": { }\n}",
      "{\"\":\"empty\",\"1\":{\"\\n\":56,\"f\":{\"F\":5,\"f\":\"hi\"}},\"10\":{},\"111\":[{}],\"A\":{},\"a\":{}}" },
    { "unicode", "{\n  \"Unnormalized Unicode\":\"A\\u030a\"\n}\n", "{\"Unnormalized Unicode\":\"A\xCC\x8A\"}" },
    { "weird",
      "{\n  \"\\u20ac\": \"Euro Sign\",\n  \"\\r\": \"Carriage Return\",\n  \"\\u000a\": \"Newline\",\n  \"1\": \"One\",\n"
      "  \"\\u0080\": \"Control\\u007f\",\n  \"\\ud83d\\ude02\": \"Smiley\",\n  \"\\u00f6\": \"Latin Small Letter O With Diaeresis\",\n"
      "  \"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\",\n  \"</script>\": \"Browser Challenge\"\n}\n",
      "{\"\\n\":\"Newline\",\"\\r\":\"Carriage Return\",\"1\":\"One\",\"</script>\":\"Browser Challenge\",\"\xC2\x80\":\"Control\x7F\","
      "\"\xC3\xB6\":\"Latin Small Letter O With Diaeresis\",\"\xE2\x82\xAC\":\"Euro Sign\",\"\xF0\x9F\x98\x82\":\"Smiley\","
      "\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}" },
    { "values: escaping, literals",
      "{\n \"escaping\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\n  \"literals\": [null, true, false]\n}",
      "{\"escaping\":\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"literals\":[null,true,false]}" },
  };
  struct fixture *x = *state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) assert_str(canonical(x, rows[i].in), rows[i].out);
}

/* §3.2.3: UTF-16 code units, so an astral character comes before U+E000–U+FFFF. Half-width kana are such. */
static void sorts_by_utf16_code_units(void **state) {
  struct fixture *x = *state;
  assert_str(
      canonical(
          x,
          "{\"\xEF\xBD\xB6\":1,\"\xF0\xA0\xAE\xB7\":2,\"\xED\x9F\xBF\":3,\"\xEE\x80\x80\":4,\"\xF4\x8F\xBF\xBF\":5,\"z\":6}"),
      "{\"z\":6,\"\xED\x9F\xBF\":3,\"\xF0\xA0\xAE\xB7\":2,\"\xF4\x8F\xBF\xBF\":5,\"\xEE\x80\x80\":4,\"\xEF\xBD\xB6\":1}");
  assert_str(canonical(x, "{\"ab\":1,\"a\":2,\"\":3,\"a\\u0000\":4,\"B\":5}"),
             "{\"\":3,\"B\":5,\"a\":2,\"a\\u0000\":4,\"ab\":1}");
}

/* A slow, literal judge: both names as UTF-16, compared unit by unit. */
static size_t utf16(str s, uint16_t *out) {
  size_t n = 0;
  for (size_t at = 0; at < s.n;) {
    uint32_t c = utf8_next(s, &at);
    if (c >= 0x10000) {
      out[n++] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
      out[n++] = (uint16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      out[n++] = (uint16_t)c;
    }
  }
  return n;
}

static bool comes_before(str a, str b) {
  uint16_t left[64], right[64];
  size_t n = utf16(a, left), m = utf16(b, right);
  for (size_t i = 0; i < n && i < m; i++)
    if (left[i] != right[i]) return left[i] < right[i];
  return n < m;
}

static void agrees_with_a_literal_judge(void **state) {
  static const uint32_t edges[] = { 0x24,   0x7F,   0x80,   0x7FF,   0x800,   0xD7FF,  0xE000,
                                    0xF8FF, 0xFF76, 0xFFFF, 0x10000, 0x1F600, 0x20BB7, 0x10FFFF };
  struct fixture *x = *state;
  uint64_t seed = 8785;
  struct randomness random = randomness_seeded(&seed);
  struct json_member members[40];
  for (size_t i = 0; i < COUNT_OF(members); i++) {
    struct buf name = buf_in(x->arena);
    for (uint64_t k = randomness_below(&random, 4); k > 0; k--) {
      char bytes[4];
      buf_add(&name, (str){ bytes, utf8_put(bytes, edges[randomness_below(&random, COUNT_OF(edges))]) });
    }
    buf_format(&name, "%zu", i); /* no two alike */
    members[i] = (struct json_member){ buf_str(&name), json_of_null() };
  }
  struct json object = json_of_object(members, COUNT_OF(members)), again;
  str out;
  assert_int_equal(json_canonical(x->arena, &object, &x->findings, &out), RESULT_OK);
  assert_int_equal(fixture_read(x, out, &again), RESULT_OK);
  assert_int_equal(again.count, COUNT_OF(members));
  for (uint32_t i = 1; i < again.count; i++)
    assert_true(comes_before(again.as.members[i - 1].name, again.as.members[i].name));
}

/* §3.2.2.2: the seven short escapes, \u00xx in lower case for the rest, everything else as it is. */
static void escapes_as_little_as_it_may(void **state) {
  struct fixture *x = *state;
  char bytes[0x21];
  for (char c = 0; c < 0x20; c++) bytes[(size_t)c] = c;
  bytes[0x20] = '\x7F';
  struct json j = json_of_str((str){ bytes, sizeof bytes });
  str out;
  assert_int_equal(json_canonical(x->arena, &j, &x->findings, &out), RESULT_OK);
  assert_str(
      out,
      "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
      "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\x7F\"");
  assert_str(canonical(x, "\"\\/\\u2028\\u2029\""), "\"/\xE2\x80\xA8\xE2\x80\xA9\"");
}

static void holds_integers_that_every_peer_holds(void **state) {
  struct fixture *x = *state;
  assert_str(canonical(x, "[0,-1,9007199254740991,-9007199254740991]"), "[0,-1,9007199254740991,-9007199254740991]");
}

/* RFC 7493 §2.2, and what two ways of writing one number would hash to: all that is wrong at once, each at its place. */
static void refuses_other_numbers(void **state) {
  struct fixture *x = *state;
  struct json j = fixture_json(
      x, "{\"a\":[1.0,2,-0,1E3],\"b\":9007199254740992,\"c\":{\"/\":-9007199254740992},\"d\":123456789012345678901}");
  str out;
  assert_int_equal(json_canonical(x->arena, &j, &x->findings, &out), RESULT_REFUSED);
  assert_findings(x, "/a/0 canonical\n/a/2 canonical\n/a/3 canonical\n/b canonical\n/c/~1 canonical\n/d canonical");
}

static void refuses_a_name_twice(void **state) {
  struct fixture *x = *state;
  struct json_member members[] = { { STR_INIT("a"), json_of_null() },
                                   { STR_INIT("b"), json_of_null() },
                                   { STR_INIT("a"), json_of_null() } };
  struct json j = json_of_object(members, COUNT_OF(members));
  str out;
  assert_int_equal(json_canonical(x->arena, &j, &x->findings, &out), RESULT_REFUSED);
  assert_findings(x, "/a canonical");
}

/* Canonical text is its own canonical form. */
static void is_idempotent(void **state) {
  struct fixture *x = *state;
  str once = canonical(x, "{\"b\":[{\"d\":1,\"c\":\"\\u0041\"}],\"a\":{}}");
  assert_str(once, "{\"a\":{},\"b\":[{\"c\":\"A\",\"d\":1}]}");
  assert_str(canonical(x, str_z(x->arena, once)), str_z(x->arena, once));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(gives_the_published_answers),
    TEST_WITH_FIXTURE(sorts_by_utf16_code_units),
    TEST_WITH_FIXTURE(agrees_with_a_literal_judge),
    TEST_WITH_FIXTURE(escapes_as_little_as_it_may),
    TEST_WITH_FIXTURE(holds_integers_that_every_peer_holds),
    TEST_WITH_FIXTURE(refuses_other_numbers),
    TEST_WITH_FIXTURE(refuses_a_name_twice),
    TEST_WITH_FIXTURE(is_idempotent),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
