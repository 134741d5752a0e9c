/* Parameters of queries, paths and forms: encoding, kinds, bounds, everything wrong in one answer. */
#include "fixture.h"

static const char *const words[] = { "open", "closed", NULL };
static bool starts_with_a(str s) { return s.n && s.p[0] == 'a'; }

static const struct http_parameter table[] = {
  { .name = "q", .kind = HTTP_PARAMETER_TEXT, .most = 3 },
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm" },
  { .name = "limit", .kind = HTTP_PARAMETER_INTEGER, .least = 1, .most = 100 },
  { .name = "day", .kind = HTTP_PARAMETER_DAY },
  { .name = "state", .kind = HTTP_PARAMETER_WORD, .words = words, .repeated = true },
  { .name = "all", .kind = HTTP_PARAMETER_FLAG },
  { .name = "hash", .kind = HTTP_PARAMETER_HEX, .most = 4 },
  { .name = "a", .kind = HTTP_PARAMETER_TEXT, .pattern = starts_with_a, .pattern_text = "^a" },
  { .name = NULL },
};

static result read(struct fixture *x, const char *query, struct http_values *out) {
  x->findings = findings_in(x->arena);
  return http_values_read(x->arena, table, str_of(query), false, STR("/query"), &x->findings, out);
}

static void kinds(void **state) {
  struct fixture *x = *state;
  struct http_values v;
  struct uuid id = { { 1, 2, 3 } };
  str query = str_format(
      x->arena, "q=%%E5%%8C%%BB+b&claim=%.*s&limit=100&day=2026-11-22&state=open&state=closed&all=true&hash=0a9f",
      STR_ARG(uuid_outside(x->arena, "clm", id)));
  assert_int_equal(read(x, str_z(x->arena, query), &v), RESULT_OK);
  SAME(http_value(&v, "q")->text, "医 b");
  assert_true(uuid_eq(http_value(&v, "claim")->id, id));
  assert_int_equal(http_value(&v, "limit")->number, 100);
  assert_int_equal(http_value(&v, "day")->day, day_from_civil(2026, 11, 22));
  assert_int_equal(http_value_list(&v, "state").count, 2);
  assert_int_equal(http_value_list(&v, "state").items[1].number, 1);
  assert_true(http_value(&v, "all")->flag);
  assert_false(http_value(&v, "a")->present);
}

static void faults(void **state) {
  struct fixture *x = *state;
  static const struct {
    const char *query, *pointer, *code;
  } rows[] = {
    { "q=abcd", "/query/q", "max_length" },
    { "q=", "/query/q", "required" },
    { "q=%0a", "/query/q", "pattern" },
    { "q=%00", "/query", "invalid_encoding" },
    { "q=%E5%8C", "/query", "invalid_encoding" },
    { "q=%4", "/query", "invalid_encoding" },
    { "q=%gg", "/query", "invalid_encoding" },
    { "%ff=1", "/query", "invalid_encoding" },
    { "claim=clm_1", "/query/claim", "pattern" },
    { "limit=0", "/query/limit", "minimum" },
    { "limit=101", "/query/limit", "maximum" },
    { "limit=007", "/query/limit", "pattern" },
    { "limit=-0", "/query/limit", "pattern" },
    { "limit=+1", "/query/limit", "pattern" },
    { "limit=1.0", "/query/limit", "pattern" },
    { "limit=99999999999999999999", "/query/limit", "pattern" },
    { "limit", "/query/limit", "pattern" },
    { "day=2026-02-29", "/query/day", "date" },
    { "state=half", "/query/state", "enum" },
    { "all=1", "/query/all", "pattern" },
    { "hash=0A9F", "/query/hash", "pattern" },
    { "hash=0a9", "/query/hash", "pattern" },
    { "a=b", "/query/a", "pattern" },
    { "q=a&q=b", "/query/q", "duplicate_parameter" },
    { "x=1", "/query/x", "unknown_parameter" },
    { "a%2Fb=1", "/query/a~1b", "unknown_parameter" },
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    struct http_values v;
    assert_int_equal(read(x, rows[i].query, &v), RESULT_REFUSED);
    assert_int_equal(x->findings.count, 1);
    if (!findings_has(&x->findings, str_of(rows[i].pointer), rows[i].code))
      fail_msg("%s gave %.*s %s", rows[i].query, STR_ARG(x->findings.items[0].pointer), x->findings.items[0].code);
  }
}

static void everything_at_once(void **state) {
  struct fixture *x = *state;
  struct http_values v;
  assert_int_equal(read(x, "limit=0&day=x&y=1&&q=ok", &v), RESULT_REFUSED);
  assert_int_equal(x->findings.count, 3);
  for (size_t i = 0; i < x->findings.count; i++) {
    assert_true(x->findings.items[i].ja.n > 0 && x->findings.items[i].en.n > 0);
    assert_int_equal(str_find(x->findings.items[i].en, STR("{")), -1);
  }
}

static void too_many(void **state) {
  struct fixture *x = *state;
  struct http_values v;
  struct buf many = buf_in(x->arena);
  for (int i = 0; i < 300; i++) buf_add(&many, STR("state=open&"));
  buf_byte(&many, '\0');
  assert_int_equal(read(x, many.p, &v), RESULT_REFUSED);
  assert_true(findings_has(&x->findings, STR("/query"), "max_items"));
}

/* A browser sends every field of a form; what nobody filled in is absent, and required only where it says so. */
static void forms(void **state) {
  struct fixture *x = *state;
  static const struct http_parameter form[] = {
    { .name = "words", .kind = HTTP_PARAMETER_TEXT, .required = true, .most = 10 },
    { .name = "day", .kind = HTTP_PARAMETER_DAY },
    { .name = "note", .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true },
    { .name = NULL },
  };
  struct http_values v;
  assert_int_equal(
      http_values_read(x->arena, form, STR("words=a%0D%0Ab%09&day=&note="), true, STR(""), &x->findings, &v),
      RESULT_OK);
  SAME(http_value(&v, "words")->text, "a\r\nb\t");
  assert_false(http_value(&v, "day")->present);
  assert_true(http_value(&v, "note")->present);
  assert_int_equal(http_values_read(x->arena, form, STR("words=&day=2026-13-01"), true, STR(""), &x->findings, &v),
                   RESULT_REFUSED);
  assert_true(findings_has(&x->findings, STR("/words"), "required"));
  assert_true(findings_has(&x->findings, STR("/day"), "date"));
}

static void encoding(void **state) {
  struct fixture *x = *state;
  SAME(http_percent_encode(x->arena, STR("a-._~Z9/ +あ")), "a-._~Z9%2F%20%2B%E3%81%82");
  str out;
  assert_int_equal(http_percent_decode(x->arena, STR("a+b%2b%E3%81%82"), false, &out), RESULT_OK);
  SAME(out, "a+b+あ");
  const struct http_pair pairs[] = { { STR("a b"), STR("&=") }, { STR("ü"), STR("") } };
  SAME(http_values_write(x->arena, pairs, 2), "a%20b=%26%3D&%C3%BC=");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(kinds),    TEST_WITH_FIXTURE(faults), TEST_WITH_FIXTURE(everything_at_once),
    TEST_WITH_FIXTURE(too_many), TEST_WITH_FIXTURE(forms),  TEST_WITH_FIXTURE(encoding),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
