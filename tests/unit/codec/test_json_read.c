/* Reading JSON: RFC 8259 strictly, P29 `malformed`, numbers as they were written. */
#include "fixture.h"

/* ---- what is read */

static void reads_every_kind(void **state) {
  struct fixture *x = *state;
  struct json j = fixture_json(
      x,
      " { \"n\" : null , \"t\":true,\"f\":false,\"i\":-12,\"s\":\"\xE5\x8C\xBB\",\"a\":[1,[ ],{ }],\"o\":{\"k\":0} }\r\n\t");
  assert_int_equal(j.kind, JSON_KIND_OBJECT);
  assert_int_equal(j.count, 7);
  assert_str(json_dump(x->arena, &j),
             "{\"n\":null,\"t\":true,\"f\":false,\"i\":-12,\"s\":\"\xE5\x8C\xBB\",\"a\":[1,[],{}],\"o\":{\"k\":0}}");
  assert_int_equal(json_get(&j, STR("i"))->integer, -12);
  assert_true(json_get(&j, STR("i"))->fits);
  assert_int_equal(json_get(&j, STR("a"))->count, 3);
}

static void keeps_the_order_of_members(void **state) {
  struct fixture *x = *state;
  struct buf text = buf_in(x->arena);
  buf_byte(&text, '{');
  for (int i = 0; i < 500; i++) buf_format(&text, "%s\"k%d\":%d", i ? "," : "", (i * 7919) % 500, i);
  buf_byte(&text, '}');
  struct json j;
  assert_int_equal(fixture_read(x, buf_str(&text), &j), RESULT_OK);
  assert_true(str_eq(json_dump(x->arena, &j), buf_str(&text)));
}

static void reads_values_alone(void **state) {
  static const char *const texts[] = { "null", "true", "false", "0", "-1", "1.5", "\"\"", "\"a\"", "[]", "{}" };
  struct fixture *x = *state;
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    struct json j = fixture_json(x, texts[i]);
    assert_str(json_dump(x->arena, &j), texts[i]);
  }
}

/* The kind follows from how a number is written, the text is kept, the value where int64 holds it. */
static void keeps_numbers_as_written(void **state) {
  static const struct {
    const char *text;
    enum json_kind kind;
    bool fits;
    int64_t integer;
  } rows[] = {
    { "0", JSON_KIND_INTEGER, true, 0 },
    { "-1", JSON_KIND_INTEGER, true, -1 },
    { "999999999999999999", JSON_KIND_INTEGER, true, 999999999999999999 },
    { "1000000000000000000", JSON_KIND_INTEGER, true, 1000000000000000000 },
    { "9223372036854775807", JSON_KIND_INTEGER, true, INT64_MAX },
    { "-9223372036854775808", JSON_KIND_INTEGER, true, INT64_MIN },
    { "9223372036854775808", JSON_KIND_INTEGER, false, 0 },
    { "-9223372036854775809", JSON_KIND_INTEGER, false, 0 },
    { "123456789012345678901234567890", JSON_KIND_INTEGER, false, 0 },
    { "-0", JSON_KIND_DECIMAL, false, 0 },
    { "-0.0", JSON_KIND_DECIMAL, false, 0 },
    { "1.0", JSON_KIND_DECIMAL, false, 0 },
    { "1.50", JSON_KIND_DECIMAL, false, 0 },
    { "1e3", JSON_KIND_DECIMAL, false, 0 },
    { "1E+3", JSON_KIND_DECIMAL, false, 0 },
    { "-1.25e-400", JSON_KIND_DECIMAL, false, 0 },
    { "1e999999", JSON_KIND_DECIMAL, false, 0 },
    { "0.1000000000000000055511151231257827", JSON_KIND_DECIMAL, false, 0 },
  };
  struct fixture *x = *state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    str document = str_format(x->arena, "{\"a\":[%s , \"x\"],\"b\":%s}", rows[i].text, rows[i].text);
    struct json j;
    assert_int_equal(fixture_read(x, document, &j), RESULT_OK);
    const struct json *places[] = { json_at(&j, STR("/a/0")), json_at(&j, STR("/b")) };
    for (size_t k = 0; k < COUNT_OF(places); k++) {
      assert_int_equal(places[k]->kind, rows[i].kind);
      assert_str(json_text(places[k]), rows[i].text);
      assert_int_equal(places[k]->fits, rows[i].fits);
      if (rows[i].fits) assert_int_equal(places[k]->integer, rows[i].integer);
    }
  }
}

static void decodes_escapes(void **state) {
  struct fixture *x = *state;
  struct json j = fixture_json(x, "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u533B\\u533b\\ud83d\\ude00\\u007f\"");
  assert_str(json_text(&j), "\"\\/\b\f\n\r\t\xE5\x8C\xBB\xE5\x8C\xBB\xF0\x9F\x98\x80\x7F");
}

/* Valid JSON, rarely met, and dangerous where a reader takes a NUL for the end or has marks of its own. */
static void keeps_nul_and_the_mark(void **state) {
  struct fixture *x = *state;
  struct json j = fixture_json(
      x,
      "{\"a\\u0000b\":\"\\u0000\",\"\\u0001N1.5\":\"\\u0001N1.5\",\"\\u0001S\\u00010\":1.5,\"\\u0001\":\"x\\u0001\\u0000\\u00010\"}");
  assert_int_equal(j.count, 4);
  assert_true(str_eq(j.as.members[0].name, STR("a\0b")));
  assert_true(str_eq(json_text(&j.as.members[0].value), STR("\0")));
  assert_true(str_eq(j.as.members[1].name, STR("\1N1.5")));
  assert_int_equal(j.as.members[1].value.kind, JSON_KIND_STRING);
  assert_true(str_eq(json_text(&j.as.members[1].value), STR("\1N1.5")));
  assert_true(str_eq(j.as.members[2].name, STR("\1S\0010")));
  assert_int_equal(j.as.members[2].value.kind, JSON_KIND_DECIMAL);
  assert_str(json_text(&j.as.members[2].value), "1.5");
  assert_true(str_eq(j.as.members[3].name, STR("\1")));
  assert_true(str_eq(json_text(&j.as.members[3].value), STR("x\1\0\0010")));
}

/* An escaped backslash before "u0000" is no NUL; an escaped quote does not end the string. */
static void is_not_deceived_by_backslashes(void **state) {
  struct fixture *x = *state;
  struct json j = fixture_json(x, "[\"\\\\u0000\",\"\\\\\\\"1.5\\\"\",\"\\\\\",2.5,\"-0 1e5 [[[[\"]");
  assert_str(json_text(&j.as.items[0]), "\\u0000");
  assert_str(json_text(&j.as.items[1]), "\\\"1.5\"");
  assert_str(json_text(&j.as.items[2]), "\\");
  assert_str(json_text(&j.as.items[3]), "2.5");
  assert_str(json_text(&j.as.items[4]), "-0 1e5 [[[[");
}

/* The bytes read may go: nothing in the tree points into them. */
static void copies_what_it_keeps(void **state) {
  struct fixture *x = *state;
  char bytes[] = "{\"name\":[\"text\",1.5,77]}";
  struct json j;
  assert_int_equal(fixture_read(x, STR(bytes), &j), RESULT_OK);
  memset(bytes, '#', sizeof bytes);
  assert_str(json_dump(x->arena, &j), "{\"name\":[\"text\",1.5,77]}");
}

/* ---- what is refused */

struct refusal {
  const char *text;
  uint32_t line, column;
  const char *says;
};

static void assert_refusal(struct fixture *x, str document, const struct refusal *row) {
  struct json j;
  if (fixture_read(x, document, &j) != RESULT_REFUSED) fail_msg("read: %.*s", STR_ARG(document));
  assert_findings(x, " malformed");
  const struct finding *one = &x->findings.items[0];
  if (str_find(one->en, str_of(row->says)) < 0)
    fail_msg("%.*s: '%.*s' lacks '%s'", STR_ARG(document), STR_ARG(one->en), row->says);
  if (row->line != one->line || row->column != one->column)
    fail_msg("%.*s: at %u:%u, not %u:%u (%.*s)", STR_ARG(document), one->line, one->column, row->line, row->column,
             STR_ARG(one->en));
}

static void refuses_with_place_and_reason(void **state) {
  static const struct refusal rows[] = {
    { "", 1, 1, "empty" },
    { " \n ", 1, 1, "empty" },
    { "{", 1, 2, "too early" },
    { "[1,\n2", 2, 2, "too early" },
    { "\"abc", 1, 5, "too early" },
    { "{} {}", 1, 4, "follows" },
    { "1 2", 1, 3, "follows" },
    { "[1,]", 1, 4, "near \"]\"" },
    { "{\"a\":1,}", 1, 8, "near \"}\"" },
    { "{\"a\" 1}", 1, 6, "JSON" },
    { "{\"a\":1 \"b\":2}", 1, 8, "near" },
    { "[1 2]", 1, 4, "number" },
    { "tru", 1, 1, "near \"tru\"" },
    { "{\"a\":True}", 1, 6, "near \"True}\"" },
    { "{'a':1}", 1, 2, "quote" },
    { "{\xE2\x80\x9C"
      "a\xE2\x80\x9D:1}",
      1, 2, "quote" },
    { "[NaN]", 1, 2, "NaN" },
    { "[Infinity]", 1, 2, "infinity" },
    { "[-Infinity]", 1, 2, "infinity" },
    { "[\"a\nb\"]", 1, 4, "control character" },
    { "[\"a\tb\"]", 1, 4, "control character" },
    { "[\"\\x\"]", 1, 4, "backslash" },
    { "[\"\\u12G4\"]", 1, 7, "backslash" },
    { "{\"a\":1,\n \"a\":2}", 2, 2, "\"a\" stands twice" },
    { "{\"\\u0000\":1,\"b\":1.5, \"\\u0000\":2}", 1, 22, "stands twice" },
    { "{\"\\u0061\":1,\"a\":2}", 1, 13, "stands twice" },
    { "{\"\xE5\x8C\xBB\":1,\"\xE5\x8C\xBB\":x}", 1, 8, "stands twice" },
    { "{1:2}", 1, 2, "number" },
    { "/* no */ 1", 1, 1, "near" },
  };
  struct fixture *x = *state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) assert_refusal(x, str_of(rows[i].text), &rows[i]);
}

/* A marked number before the fault does not move the place that is told. */
static void tells_the_place_behind_marked_numbers(void **state) {
  static const struct refusal rows[] = {
    { "[1.5,-0,\"\\u0000\",x]", 1, 18, "near \"x]\"" },
    { "[1.5,\n2.5,\n  123456789012345678901234567890,,]", 3, 34, "near \",]\"" },
    { "[1.5,\"abc", 1, 10, "too early" },
    { "{\"a\":1.5,\"a\":2.5}", 1, 10, "stands twice" },
    { "[1.5] 2.5", 1, 7, "follows" },
    { "[1.5,\"a\nb\"]", 1, 8, "control character" },
  };
  struct fixture *x = *state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) assert_refusal(x, str_of(rows[i].text), &rows[i]);
}

/* RFC 8259 §6: what looks like a number and is none, alone, in an array, in an object and as a name. */
static void refuses_what_is_no_number(void **state) {
  static const char *const wrong[] = { "1.",       ".5",      "01",      "-01",
                                       "00",       "+1",      "1e",      "1e+",
                                       "1.e5",     "-",       "--1",     "1.5.5",
                                       "1e5e5",    "0x10",    "1_000",   "-.5",
                                       "1.5e",     "2.",      "-0.",     "012345678901234567890",
                                       "1.5 2.5",  "1,5",     "1.5true", "1.5\"x\"",
                                       "\"x\"1.5", "true1.5", "-a",      "1\xEF\xBC\x8E\x35" };
  static const char *const frames[] = { "%s", "[%s]", "{\"a\":%s}", "{%s:1}", "{%s : 1}" };
  struct fixture *x = *state;
  for (size_t i = 0; i < COUNT_OF(wrong); i++) {
    for (size_t k = 0; k < COUNT_OF(frames); k++) {
      if (k == 1 && strcmp(wrong[i], "1,5") == 0) continue; /* [1,5] is an array of two */
      struct buf text = buf_in(x->arena);
      const char *hole = strstr(frames[k], "%s");
      buf_add(&text, (str){ frames[k], (size_t)(hole - frames[k]) });
      buf_add(&text, str_of(wrong[i]));
      buf_add(&text, str_of(hole + 2));
      struct json j;
      if (fixture_read(x, buf_str(&text), &j) != RESULT_REFUSED) fail_msg("read: %.*s", STR_ARG(buf_str(&text)));
      assert_findings(x, " malformed");
    }
  }
  static const char *const names[] = { "{1.5:1}", "{-0:1}", "{1e5 :1}", "{12345678901234567890\n:1}",
                                       "{\"a\":1,1.5:1}" };
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    struct json j;
    assert_int_equal(fixture_read(x, str_of(names[i]), &j), RESULT_REFUSED);
  }
}

static void refuses_unpaired_surrogates(void **state) {
  static const char *const rows[] = { "[\"\\ud800\"]",   "[\"\\udc00\"]",        "[\"\\ud800\\ud800\"]",
                                      "[\"\\ud800x\"]",  "[\"\\udc00\\ud800\"]", "[\"\\ud83d\\u0041\"]",
                                      "{\"\\udfff\":1}", "[\"\\uD800\\n\"]" };
  struct fixture *x = *state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    struct json j;
    assert_int_equal(fixture_read(x, str_of(rows[i]), &j), RESULT_REFUSED);
    assert_findings(x, " malformed");
    assert_true(str_find(x->findings.items[0].en, STR("surrogate")) >= 0);
  }
}

/* RFC 3629: overlong forms, surrogates, beyond U+10FFFF, stray and missing bytes; inside strings, names and between. */
static void refuses_what_is_not_utf8(void **state) {
  static const char *const bad[] = {
    "\xC0\xAF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE5\x8C",
    "\xFF",     "\xFE"
  };
  struct fixture *x = *state;
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    static const char *const frames[] = { "[\"\xE5\x8C\xBB%s\"]", "{\"%s\":1}", "[%s]", "%s" };
    for (size_t k = 0; k < COUNT_OF(frames); k++) {
      struct buf text = buf_in(x->arena);
      const char *hole = strstr(frames[k], "%s");
      buf_add(&text, (str){ frames[k], (size_t)(hole - frames[k]) });
      buf_add(&text, str_of(bad[i]));
      buf_add(&text, str_of(hole + 2));
      struct json j;
      assert_int_equal(fixture_read(x, buf_str(&text), &j), RESULT_REFUSED);
      assert_findings(x, " malformed");
      assert_true(str_find(x->findings.items[0].en, STR("UTF-8")) >= 0);
    }
  }
}

/* {"name":"みどり医院"} as clinics' programs write it; the bytes by another program. */
static void tells_encodings_by_name(void **state) {
  static const struct {
    str bytes;
    const char *name;
  } rows[] = {
    { STR_INIT("{\"name\":\"\x82\xDD\x82\xC7\x82\xE8\x88\xE3\x89\x40\"}"), "Shift_JIS" },
    { STR_INIT("{\"name\":\"\xA4\xDF\xA4\xC9\xA4\xEA\xB0\xE5\xB1\xA1\"}"), "EUC-JP" },
    { STR_INIT("{\"name\":\"\x1B\x24\x42\x24\x5F\x24\x49\x24\x6A\x30\x65\x31\x21\x1B\x28\x42\"}"), "ISO-2022-JP" },
    { STR_INIT("{\0\"\0n\0\"\0:\0001\0}\0"), "UTF-16" },
    { STR_INIT("\0{\0\"\0n\0\"\0:\0001\0}"), "UTF-16" },
    { STR_INIT("\xFF\xFE{\0}\0"), "UTF-16" },
    { STR_INIT("\xFE\xFF\0{\0}"), "UTF-16" },
  };
  struct fixture *x = *state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    struct json j;
    assert_int_equal(fixture_read(x, rows[i].bytes, &j), RESULT_REFUSED);
    assert_findings(x, " malformed");
    if (str_find(x->findings.items[0].en, str_of(rows[i].name)) < 0 ||
        str_find(x->findings.items[0].ja, str_of(rows[i].name)) < 0)
      fail_msg("%s is not named: %.*s", rows[i].name, STR_ARG(x->findings.items[0].en));
  }
}

static void refuses_a_byte_order_mark(void **state) {
  struct fixture *x = *state;
  assert_refusal(x, STR("\xEF\xBB\xBF{}"), &(struct refusal){ NULL, 1, 1, "byte-order mark" });
}

static void refuses_raw_nul(void **state) {
  struct fixture *x = *state;
  struct json j;
  assert_int_equal(fixture_read(x, STR("{}\0"), &j), RESULT_REFUSED);
  assert_int_equal(fixture_read(x, STR("[\"a\0b\"]"), &j), RESULT_REFUSED);
  assert_int_equal(fixture_read(x, STR("[1,\0 2]"), &j), RESULT_REFUSED);
}

static str nested(struct fixture *x, unsigned depth) {
  struct buf text = buf_in(x->arena);
  for (unsigned i = 0; i < depth; i++) buf_add(&text, i % 2 ? STR("{\"a\":") : STR("["));
  buf_byte(&text, '1');
  for (unsigned i = depth; i-- > 0;) buf_byte(&text, i % 2 ? '}' : ']');
  return buf_str(&text);
}

/* P29: deeper than 32. */
static void refuses_more_than_32_levels(void **state) {
  struct fixture *x = *state;
  struct json j;
  assert_int_equal(fixture_read(x, nested(x, 32), &j), RESULT_OK);
  assert_int_equal(fixture_read(x, nested(x, 33), &j), RESULT_REFUSED);
  assert_findings(x, " malformed");
  assert_true(str_find(x->findings.items[0].en, STR("deeper than 32")) >= 0);
  assert_int_equal(fixture_read(x, nested(x, 50000), &j), RESULT_REFUSED);
  assert_findings(x, " malformed");
  assert_int_equal(json_read(x->arena, nested(x, 3), (struct json_limits){ .depth = 2 }, &x->findings, &j),
                   RESULT_REFUSED);
}

/* P29: larger than 1 MiB. */
static void refuses_more_than_a_mebibyte(void **state) {
  struct fixture *x = *state;
  size_t n = (size_t)1 << 20;
  char *text = arena_alloc(x->arena, n + 1);
  memset(text, 'a', n + 1);
  text[0] = text[n - 1] = '"';
  struct json j;
  assert_int_equal(fixture_read(x, (str){ text, n }, &j), RESULT_OK);
  assert_int_equal(json_text(&j).n, n - 2);
  text[n - 1] = 'a';
  text[n] = '"';
  assert_int_equal(fixture_read(x, (str){ text, n + 1 }, &j), RESULT_REFUSED);
  assert_findings(x, " malformed");
  assert_true(str_find(x->findings.items[0].en, STR("1048577 bytes; at most 1048576")) >= 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(reads_every_kind),
    TEST_WITH_FIXTURE(keeps_the_order_of_members),
    TEST_WITH_FIXTURE(reads_values_alone),
    TEST_WITH_FIXTURE(keeps_numbers_as_written),
    TEST_WITH_FIXTURE(decodes_escapes),
    TEST_WITH_FIXTURE(keeps_nul_and_the_mark),
    TEST_WITH_FIXTURE(is_not_deceived_by_backslashes),
    TEST_WITH_FIXTURE(copies_what_it_keeps),
    TEST_WITH_FIXTURE(refuses_with_place_and_reason),
    TEST_WITH_FIXTURE(tells_the_place_behind_marked_numbers),
    TEST_WITH_FIXTURE(refuses_what_is_no_number),
    TEST_WITH_FIXTURE(refuses_unpaired_surrogates),
    TEST_WITH_FIXTURE(refuses_what_is_not_utf8),
    TEST_WITH_FIXTURE(tells_encodings_by_name),
    TEST_WITH_FIXTURE(refuses_a_byte_order_mark),
    TEST_WITH_FIXTURE(refuses_raw_nul),
    TEST_WITH_FIXTURE(refuses_more_than_32_levels),
    TEST_WITH_FIXTURE(refuses_more_than_a_mebibyte),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
