/* Checking documents against a spec: the codes of policy.md P29 that a spec can speak of. */
#include "fixture.h"

static bool two_digits(str s) { return s.n == 2 && s.p[0] >= '0' && s.p[0] <= '9' && s.p[1] >= '0' && s.p[1] <= '9'; }

static const char *const colours[] = { "red", "green", "blue", NULL };
static const struct spec a_date = { .kind = SPEC_DATE }, maybe_date = { .kind = SPEC_DATE, .nullable = true };
static const struct spec a_colour = { .kind = SPEC_ENUM, .words = colours },
                         maybe_colour = { .kind = SPEC_ENUM, .words = colours, .nullable = true };
static const struct spec a_bool = { .kind = SPEC_BOOL }, maybe_bool = { .kind = SPEC_BOOL, .nullable = true };
static const struct spec a_count = { .kind = SPEC_INTEGER, .has_minimum = true },
                         any_integer = { .kind = SPEC_INTEGER };
static const struct spec percent = {
  .kind = SPEC_INTEGER, .has_minimum = true, .has_maximum = true, .maximum = 100, .nullable = true
};
static const struct spec short_text = { .kind = SPEC_STRING, .max_length = 3, .nullable = true };
static const struct spec code = {
  .kind = SPEC_STRING, .max_length = 4, .pattern = two_digits, .pattern_text = "^[0-9]{2}$"
};
static const struct spec some_colours = { .kind = SPEC_ARRAY, .distinct = true, .max_items = 4, .items = &a_colour };
static const struct spec_member point_members[] = { { "x", true, &any_integer },
                                                    { "y", true, &any_integer },
                                                    { NULL, false, NULL } };
static const struct spec a_point = { .kind = SPEC_OBJECT, .members = point_members };
static const struct spec maybe_point = { .kind = SPEC_OBJECT, .members = point_members, .nullable = true };
static const struct spec some_points = { .kind = SPEC_ARRAY, .distinct = true, .items = &a_point };
static const struct spec_member all_members[] = {
  { "date", false, &a_date },
  { "maybe_date", false, &maybe_date },
  { "colour", false, &a_colour },
  { "maybe_colour", false, &maybe_colour },
  { "flag", false, &a_bool },
  { "maybe_flag", false, &maybe_bool },
  { "count", false, &a_count },
  { "percent", false, &percent },
  { "text", false, &short_text },
  { "code", false, &code },
  { "colours", false, &some_colours },
  { "point", false, &a_point },
  { "maybe_point", false, &maybe_point },
  { "points", false, &some_points },
  { NULL, false, NULL },
};
static const struct spec all = { .kind = SPEC_OBJECT, .members = all_members };

static void assert_check(struct fixture *x, const struct spec *s, const char *text, const char *expected) {
  struct json j = fixture_json(x, text);
  result r = spec_check(x->arena, s, &j, &x->findings);
  if ((r == RESULT_OK) != (*expected == '\0')) fail_msg("%s: %s", text, result_name(r));
  assert_findings(x, expected);
}

struct row {
  const char *text, *expected;
};

static void assert_rows(struct fixture *x, const struct row *rows, size_t count) {
  for (size_t i = 0; i < count; i++) assert_check(x, &all, rows[i].text, rows[i].expected);
}

static void takes_what_fits(void **state) {
  assert_check(*state, &all, "{}", "");
  assert_check(
      *state, &all,
      "{\"points\":[{\"y\":1,\"x\":2},{\"x\":1,\"y\":2}],\"maybe_point\":null,\"point\":{\"x\":-5,\"y\":123456789012345678901},"
      "\"colours\":[\"red\",\"blue\"],\"code\":\"07\",\"text\":\"\xE5\x8C\xBB\xE7\x99\x82\xE9\x99\xA2\",\"percent\":100,\"count\":0,"
      "\"maybe_flag\":null,\"flag\":false,\"maybe_colour\":null,\"colour\":\"green\",\"maybe_date\":null,\"date\":\"2026-05-11\"}",
      "");
}

/* P29 `type`: wrong type, null where it is not allowed, a member with an enum is a string, a point or exponent. */
static void tells_wrong_types(void **state) {
  static const struct row rows[] = {
    { "{\"date\":20260511}", "/date type" },
    { "{\"date\":null}", "/date type" },
    { "{\"date\":[\"2026-05-11\"]}", "/date type" },
    { "{\"maybe_date\":false}", "/maybe_date type" },
    { "{\"colour\":null}", "/colour type" },
    { "{\"colour\":1}", "/colour type" },
    { "{\"maybe_colour\":1}", "/maybe_colour type" },
    { "{\"maybe_colour\":{}}", "/maybe_colour type" },
    { "{\"flag\":null}", "/flag type" },
    { "{\"flag\":\"true\"}", "/flag type" },
    { "{\"flag\":1}", "/flag type" },
    { "{\"maybe_flag\":0}", "/maybe_flag type" },
    { "{\"count\":1.0}", "/count type" },
    { "{\"count\":1e3}", "/count type" },
    { "{\"count\":1E0}", "/count type" },
    { "{\"count\":-0.0}", "/count type" },
    { "{\"count\":\"1\"}", "/count type" },
    { "{\"count\":null}", "/count type" },
    { "{\"percent\":-1.5}", "/percent type" },
    { "{\"text\":7}", "/text type" },
    { "{\"code\":null}", "/code type" },
    { "{\"colours\":\"red\"}", "/colours type" },
    { "{\"colours\":null}", "/colours type" },
    { "{\"colours\":{\"0\":\"red\"}}", "/colours type" },
    { "{\"point\":null}", "/point type" },
    { "{\"point\":[]}", "/point type" },
    { "{\"maybe_point\":0}", "/maybe_point type" },
    { "[]", " type" },
    { "null", " type" },
    { "\"{}\"", " type" },
  };
  assert_rows(*state, rows, COUNT_OF(rows));
}

/* -0 has neither point nor exponent: the integer 0. */
static void takes_minus_zero_as_zero(void **state) { assert_check(*state, &all, "{\"count\":-0,\"percent\":-0}", ""); }

static void tells_what_is_missing_or_unknown(void **state) {
  static const struct row rows[] = {
    { "{\"point\":{}}", "/point/x required\n/point/y required" },
    { "{\"point\":{\"y\":1}}", "/point/x required" },
    { "{\"points\":[{\"x\":1,\"y\":1},{\"x\":2}]}", "/points/1/y required" },
    { "{\"point\":{\"x\":null,\"y\":1}}", "/point/x type" }, /* null is not absent */
    { "{\"colr\":\"red\"}", "/colr unknown_property" },
    { "{\"\":1,\"a/b\":1,\"~\":1}", "/ unknown_property\n/a~1b unknown_property\n/~0 unknown_property" },
    { "{\"dat\":1,\"dates\":1,\"Date\":1}", "/dat unknown_property\n/dates unknown_property\n/Date unknown_property" },
    { "{\"point\":{\"z\":{\"x\":[]},\"x\":1}}",
      "/point/z unknown_property\n/point/y required" }, /* nothing inside the unknown */
  };
  assert_rows(*state, rows, COUNT_OF(rows));
}

/* A name is its whole length: a NUL does not end it. */
static void is_not_deceived_by_nul(void **state) {
  struct fixture *x = *state;
  struct json j =
      fixture_json(x, "{\"flag\\u0000\":true,\"colour\":\"red\\u0000\",\"maybe_date\":\"2026-05-11\\u0000\"}");
  assert_int_equal(spec_check(x->arena, &all, &j, &x->findings), RESULT_REFUSED);
  assert_int_equal(x->findings.count, 3);
  assert_true(findings_has(&x->findings, STR("/flag\0"), "unknown_property"));
  assert_true(findings_has(&x->findings, STR("/colour"), "enum"));
  assert_true(findings_has(&x->findings, STR("/maybe_date"), "date"));
}

static void tells_what_is_wrong_with_strings(void **state) {
  static const struct row rows[] = {
    { "{\"colour\":\"yellow\"}", "/colour enum" },
    { "{\"colour\":\"\"}", "/colour enum" },
    { "{\"colour\":\"RED\"}", "/colour enum" },
    { "{\"colour\":\"re\"}", "/colour enum" },
    { "{\"colour\":\"redd\"}", "/colour enum" },
    { "{\"maybe_colour\":\"null\"}", "/maybe_colour enum" },
    { "{\"text\":\"abc\"}", "" },
    { "{\"text\":\"abcd\"}", "/text max_length" },
    { "{\"text\":\"\xF0\xA0\xAE\xB7\xF0\xA0\xAE\xB7\xF0\xA0\xAE\xB7\"}", "" }, /* code points, not bytes nor units */
    { "{\"text\":\"\xE5\x8C\xBB\xE5\x8C\xBB\xE5\x8C\xBB\xE5\x8C\xBB\"}", "/text max_length" },
    { "{\"code\":\"7\"}", "/code pattern" },
    { "{\"code\":\"00007\"}", "/code max_length\n/code pattern" }, /* every fault */
  };
  assert_rows(*state, rows, COUNT_OF(rows));
}

/* P29 `date`: not written YYYY-MM-DD, or no such day; years 0001–9999. */
static void tells_what_is_no_date(void **state) {
  static const struct row rows[] = {
    { "{\"date\":\"2024-02-29\"}", "" },
    { "{\"date\":\"0001-01-01\"}", "" },
    { "{\"date\":\"9999-12-31\"}", "" },
    { "{\"date\":\"2000-02-29\"}", "" },
    { "{\"date\":\"2026-02-29\"}", "/date date" },
    { "{\"date\":\"1900-02-29\"}", "/date date" },
    { "{\"date\":\"2026-02-30\"}", "/date date" },
    { "{\"date\":\"2026-13-01\"}", "/date date" },
    { "{\"date\":\"2026-00-01\"}", "/date date" },
    { "{\"date\":\"2026-04-31\"}", "/date date" },
    { "{\"date\":\"0000-01-01\"}", "/date date" },
    { "{\"date\":\"10000-01-01\"}", "/date date" },
    { "{\"date\":\"2026-5-11\"}", "/date date" },
    { "{\"date\":\"20260511\"}", "/date date" },
    { "{\"date\":\"11/05/2026\"}", "/date date" },
    { "{\"date\":\"2026-05-11T00:00:00Z\"}", "/date date" },
    { "{\"date\":\" 2026-05-11\"}", "/date date" },
    { "{\"date\":\"-026-05-11\"}", "/date date" },
    { "{\"date\":\"\"}", "/date date" },
    { "{\"maybe_date\":\"\xEF\xBC\x92"
      "026-05-11\"}",
      "/maybe_date date" },
  };
  assert_rows(*state, rows, COUNT_OF(rows));
}

static void tells_what_is_out_of_bounds(void **state) {
  static const struct row rows[] = {
    { "{\"count\":-1}", "/count minimum" },      { "{\"count\":9223372036854775807}", "" },
    { "{\"count\":99999999999999999999}", "" },  { "{\"count\":-99999999999999999999}", "/count minimum" },
    { "{\"percent\":101}", "/percent maximum" }, { "{\"percent\":99999999999999999999}", "/percent maximum" },
    { "{\"percent\":-1}", "/percent minimum" },
  };
  assert_rows(*state, rows, COUNT_OF(rows));
}

/* `duplicate` at the later element beside any other fault of it; elements beyond max_items are not looked at. */
static void tells_what_is_wrong_with_lists(void **state) {
  static const struct row rows[] = {
    { "{\"colours\":[\"red\",\"red\"]}", "/colours/1 duplicate" },
    { "{\"colours\":[\"red\",\"blue\",\"red\",\"red\"]}", "/colours/2 duplicate\n/colours/3 duplicate" },
    { "{\"colours\":[\"x\",\"x\"]}", "/colours/0 enum\n/colours/1 duplicate\n/colours/1 enum" },
    { "{\"colours\":[1.0,1,null]}", "/colours/0 type\n/colours/1 duplicate\n/colours/1 type\n/colours/2 type" },
    { "{\"colours\":[\"red\",\"green\",\"blue\",\"x\",\"y\",\"red\"]}", "/colours max_items\n/colours/3 enum" },
    { "{\"colours\":[\"red\",\"green\",\"blue\",\"red\",\"red\"]}", "/colours max_items\n/colours/3 duplicate" },
    { "{\"points\":[{\"x\":1,\"y\":2},{\"y\":2,\"x\":1}]}", "/points/1 duplicate" },
    { "{\"points\":[{\"x\":1},{\"x\":1}]}", "/points/0/y required\n/points/1 duplicate\n/points/1/y required" },
  };
  assert_rows(*state, rows, COUNT_OF(rows));
}

/* Long lists take a hash table. A simpler judge compares every pair. */
static void finds_duplicates_in_long_lists(void **state) {
  struct fixture *x = *state;
  static const struct spec numbers = { .kind = SPEC_ARRAY, .distinct = true, .items = &any_integer };
  uint64_t seed = 29;
  struct randomness random = randomness_seeded(&seed);
  for (uint64_t count = 28; count < 400; count += 31) {
    int64_t values[400];
    struct buf text = buf_in(x->arena), expected = buf_in(x->arena);
    for (uint64_t i = 0; i < count; i++) {
      values[i] = (int64_t)randomness_below(&random, count * 2);
      buf_format(&text, "%c%lld", i ? ',' : '[', (long long)values[i]);
      bool before = false;
      for (uint64_t k = 0; k < i; k++) before |= values[k] == values[i];
      if (before) buf_format(&expected, "%s/%llu duplicate", expected.n ? "\n" : "", (unsigned long long)i);
    }
    buf_byte(&text, ']');
    assert_check(x, &numbers, str_z(x->arena, buf_str(&text)), str_z(x->arena, buf_str(&expected)));
  }
}

/* A megabyte of equal words must not take a second: only the first thousand findings are kept, the rest is counted. */
static void bounds_what_it_tells(void **state) {
  struct fixture *x = *state;
  static const struct spec words = { .kind = SPEC_ARRAY, .distinct = true, .items = &a_colour };
  struct buf text = buf_in(x->arena);
  for (int i = 0; i < 170000; i++) buf_add(&text, i ? STR(",\"red\"") : STR("[\"red\""));
  buf_byte(&text, ']');
  struct json j;
  assert_int_equal(fixture_read(x, buf_str(&text), &j), RESULT_OK);
  assert_int_equal(spec_check(x->arena, &words, &j, &x->findings), RESULT_REFUSED);
  assert_int_equal(x->findings.count + x->findings.dropped, 169999);
  assert_true(x->findings.count <= 1000);
}

/* Members are found in any order: every rotation of the declared order, forwards and backwards. */
static void finds_members_in_any_order(void **state) {
  struct fixture *x = *state;
  const size_t count = COUNT_OF(all_members) - 1;
  for (size_t start = 0; start < count * 2; start++) {
    struct buf text = buf_in(x->arena);
    for (size_t i = 0; i < count; i++) {
      size_t at = start < count ? (start + i) % count : (start - i) % count;
      buf_format(&text, "%s\"%s\":1.5", i ? "," : "{", all_members[at].name);
    }
    buf_byte(&text, '}');
    struct json j = fixture_json(x, str_z(x->arena, buf_str(&text)));
    assert_int_equal(spec_check(x->arena, &all, &j, &x->findings), RESULT_REFUSED);
    assert_int_equal(x->findings.count, count); /* none of them takes 1.5, and none is unknown */
    for (size_t i = 0; i < count; i++) assert_string_equal(x->findings.items[i].code, "type");
  }
}

static void assert_says(struct fixture *x, const struct spec *s, const char *text, const char *ja, const char *en) {
  struct json j = fixture_json(x, text);
  assert_int_equal(spec_check(x->arena, s, &j, &x->findings), RESULT_REFUSED);
  if (str_find(x->findings.items[0].ja, str_of(ja)) < 0)
    fail_msg("'%.*s' lacks '%s'", STR_ARG(x->findings.items[0].ja), ja);
  if (str_find(x->findings.items[0].en, str_of(en)) < 0)
    fail_msg("'%.*s' lacks '%s'", STR_ARG(x->findings.items[0].en), en);
}

/* Each text names what is allowed and what was found. */
static void says_what_to_do(void **state) {
  struct fixture *x = *state;
  assert_says(x, &all, "{\"maybe_flag\":\"no\"}", "ここに書けるのは true か false、または null です。いまは 文字列",
              "must be true or false or null; it is a string");
  assert_says(x, &all, "{\"count\":1.5}", "小数点か指数のある数", "it is a number with a point or exponent");
  assert_says(x, &all, "{\"colour\":\"x\"}", "red, green, blue", "red, green, blue");
  assert_says(x, &all, "{\"text\":\"abcde\"}", "（5文字）。3文字まで", "(5 characters). Keep it to 3");
  assert_says(x, &all, "{\"colours\":[1,2,3,4,5]}", "（5件）。4件まで", "(5). Keep them to 4");
  assert_says(x, &all, "{\"count\":-7}", "0以上", "0 or more");
  assert_says(x, &all, "{\"code\":\"x\"}", "^[0-9]{2}$", "^[0-9]{2}$");
  assert_says(x, &all, "{\"point\":{\"x\":1,\"y\":1,\"zz\":1}}", "「zz」", "Known here: x, y");
  assert_says(x, &all, "{\"point\":{\"x\":1}}", "「y」", "\"y\" is required");
  assert_says(x, &all, "{\"date\":\"2026-02-30\"}", "「2026-02-30」", "\"2026-02-30\" is not a date");
  assert_says(x, &all, "{\"colours\":[\"red\",\"red\"]}", "0番目", "index 0");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(takes_what_fits),
    TEST_WITH_FIXTURE(tells_wrong_types),
    TEST_WITH_FIXTURE(takes_minus_zero_as_zero),
    TEST_WITH_FIXTURE(tells_what_is_missing_or_unknown),
    TEST_WITH_FIXTURE(is_not_deceived_by_nul),
    TEST_WITH_FIXTURE(tells_what_is_wrong_with_strings),
    TEST_WITH_FIXTURE(tells_what_is_no_date),
    TEST_WITH_FIXTURE(tells_what_is_out_of_bounds),
    TEST_WITH_FIXTURE(tells_what_is_wrong_with_lists),
    TEST_WITH_FIXTURE(finds_duplicates_in_long_lists),
    TEST_WITH_FIXTURE(bounds_what_it_tells),
    TEST_WITH_FIXTURE(finds_members_in_any_order),
    TEST_WITH_FIXTURE(says_what_to_do),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
