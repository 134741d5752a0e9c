/* fixture: an arena and findings for each test, and the questions that most of them ask. */
#ifndef TEST_CODEC_FIXTURE_H
#define TEST_CODEC_FIXTURE_H

#include "unit/arena_fixture.h"
#include "shienkin/codec.h"

/* Findings of earlier questions are forgotten. */
static inline result fixture_read(struct fixture *x, str bytes, struct json *out) {
  x->findings = findings_in(x->arena);
  return json_read(x->arena, bytes, (struct json_limits){ 0 }, &x->findings, out);
}

static inline struct json fixture_json(struct fixture *x, const char *text) {
  struct json j = { 0 };
  if (fixture_read(x, str_of(text), &j) != RESULT_OK) fail_msg("not read: %s", text);
  return j;
}

static inline void assert_str(str actual, const char *expected) {
  if (!str_eq(actual, str_of(expected))) fail_msg("'%.*s' is not '%s'", STR_ARG(actual), expected);
}

/* The findings, "pointer code" a line, in their order. */
static inline void assert_findings(struct fixture *x, const char *expected) {
  struct buf out = buf_in(x->arena);
  for (size_t i = 0; i < x->findings.count; i++) {
    const struct finding *one = &x->findings.items[i];
    buf_format(&out, "%s%.*s %s", i ? "\n" : "", STR_ARG(one->pointer), one->code);
    assert_true(one->ja.n > 0 && one->en.n > 0);
    assert_true(utf8_valid(one->ja, NULL) && utf8_valid(one->en, NULL));
    if (strcmp(one->code, "pattern") == 0) continue; /* its text quotes an expression, which has braces of its own */
    assert_true(str_find(one->ja, STR("{0}")) < 0 && str_find(one->ja, STR("{1}")) < 0 &&
                str_find(one->ja, STR("{2}")) < 0);
  }
  assert_str(buf_str(&out), expected);
}

#endif
