/* Do cells test what they say, are literals told apart from what must be evaluated, do values fit their types, and do
 * budgets hold? */
#include "feel_table.h"

struct bench {
  struct arena *arena;
  struct dmn_symbols *symbols;
  struct dmn_eval eval, folder;
  struct feel_frame frame;
  struct findings findings;
  struct feel_compiler compiler;
};

static void bench_start(struct bench *b) {
  *b = (struct bench){ .arena = arena_new(64u << 20) };
  b->symbols = dmn_symbols_new(b->arena, NULL);
  b->eval = dmn_eval_start(b->arena, b->symbols, NULL, NULL);
  b->folder = dmn_eval_start(b->arena, b->symbols, NULL, NULL);
  b->findings = findings_in(b->arena);
  b->compiler = (struct feel_compiler){ .arena = b->arena,
                                        .symbols = b->symbols,
                                        .faults = &b->findings,
                                        .folder = &b->folder,
                                        .frame = &b->frame,
                                        .place = STR("cell") };
}

static dmn_value value_of(struct bench *b, const char *text) {
  return feel_evaluate(&b->eval, b->arena, b->symbols, str_of(text), dmn_null(), &b->findings);
}

/* The answer of a cell for a subject; `limit` is another name in scope, 10. */
static str cell_answer(struct bench *b, const char *cell, const char *subject) {
  b->frame = (struct feel_frame){ 0 };
  struct feel_scope *s = feel_scope_push(&b->compiler, NULL);
  uint32_t slot = b->compiler.frame->slot_count++;
  uint32_t limit =
      feel_scope_add(&b->compiler, s, dmn_symbols_intern(b->symbols, STR("limit")), dmn_type_of_kind(DMN_NUMBER));
  const struct feel_tests *t = feel_compile_tests(&b->compiler, s, str_of(cell), 1, slot, NULL);
  dmn_value slots[32] = { { 0 } };
  assert_true(b->frame.slot_count <= COUNT_OF(slots));
  slots[slot] = value_of(b, subject);
  slots[limit] = dmn_integer(10);
  b->eval.slots = slots;
  return dmn_print(b->arena, feel_tests_run(&b->eval, t));
}

static void cells(void **state) {
  (void)state;
  static const struct {
    const char *cell, *subject, *expected;
  } rows[] = {
    { "-", "1", "true" },
    { "", "1", "true" },
    { " - ", "null", "true" },
    { "1", "1", "true" },
    { "1", "2", "false" },
    { "1, 2", "2", "true" },
    { "-1", "-1", "true" },
    { "\"a\"", "\"a\"", "true" },
    { "\"a\", \"b\"", "\"c\"", "false" },
    { "\"a\"", "null", "false" },
    { "null", "null", "true" },
    { "true", "true", "true" },
    { "true", "null", "false" },
    { "< 10", "9", "true" },
    { "<= limit", "10", "true" },
    { "> limit + 1", "11", "false" },
    { ">= 10", "null", "null" },
    { "= 5", "5", "true" },
    { "!= 5", "5", "false" },
    { "!= 5", "6", "true" },
    { "[1..5]", "5", "true" },
    { "[1..5)", "5", "false" },
    { "]1..5]", "1", "false" },
    { "[1..5[", "5", "false" },
    { "(1..5)", "3", "true" },
    { "[1..limit]", "10", "true" },
    { "[1..5], 9", "9", "true" },
    { "[@\"2026-01-01\"..@\"2026-12-31\"]", "@\"2026-05-11\"", "true" },
    { "date(\"2026-01-01\")", "@\"2026-01-01\"", "true" },
    { "duration(\"P1D\")", "@\"PT24H\"", "true" },
    { "not(1)", "2", "true" },
    { "not(1, 2)", "2", "false" },
    { "not([1..2])", "3", "true" },
    { "not([1..2), [5..6])", "2", "true" },
    { "not((1..2))", "1.5", "false" },
    { "not(< 5)", "null", "null" },
    { "not(\"a\")", "null", "true" },
    { "not(null)", "1", "true" },
    { " not ( 1 ) ", "1", "false" },
    { "not(? > 3) and ? < 2", "1", "true" },
    { "not(? = 1) or not(? = 2)", "1", "true" },
    { "? > 5", "6", "true" },
    { "? > 5 and ? < limit", "11", "false" },
    { "? * 2 = limit", "5", "true" },
    { "starts with(?, \"a\")", "\"abc\"", "true" },
    { "? > 5, 1", "1", "true" },
    { "? in (1, 2)", "2", "true" },
    { "count(?) > 1", "[1, 2]", "true" },
    { "?.a = 1", "{a: 1}", "true" },
    { "? = null", "null", "true" },
    { "limit", "10", "true" },
    { "limit", "9", "false" },
    { "limit + 1, limit - 1", "9", "true" },
    { "[1, 2, 3]", "2", "true" },
    { "[1, 2, 3]", "[1, 2, 3]", "true" },
    { "[1, 2], 7", "7", "true" },
    { "list contains([1, 2], ?)", "2", "true" },
    { "5", "\"5\"", "null" },
    { "\"a\", 5", "5", "true" },
    { "some x in ? satisfies x > 1", "[1, 2]", "true" },
    { "< limit, > limit", "10", "false" },
    { "(< limit)", "9", "true" },
  };
  struct bench b;
  bench_start(&b);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    str answer = cell_answer(&b, rows[i].cell, rows[i].subject);
    if (!str_eq(answer, str_of(rows[i].expected)))
      fail_msg("cell %s of %s: expected %s, got %.*s", rows[i].cell, rows[i].subject, rows[i].expected,
               STR_ARG(answer));
  }
  assert_int_equal(b.findings.count, 0);
  arena_free(b.arena);
}

static void unreadable_cells(void **state) {
  (void)state;
  static const char *const bad[] = { "- 1 -", "1,",   ", 1", "not(", "not(1",  "not(1))",
                                     "not()", "[1..", "< ",  "1 2",  "nobody", "not(nobody)" };
  struct bench b;
  bench_start(&b);
  for (size_t i = 0; i < COUNT_OF(bad); i++) {
    size_t before = b.findings.count;
    str answer = cell_answer(&b, bad[i], "1");
    if (!str_eq(answer, STR("null")) || b.findings.count == before) fail_msg("cell %s: %.*s", bad[i], STR_ARG(answer));
  }
  arena_free(b.arena);
}

/* What indexes and analysis are told of a cell. */
static str told(struct bench *b, const char *cell) {
  b->frame = (struct feel_frame){ 0 };
  struct feel_scope *s = feel_scope_push(&b->compiler, NULL);
  uint32_t slot = feel_scope_add(&b->compiler, s, dmn_symbols_intern(b->symbols, STR("x")), NULL);
  const struct feel_tests *t = feel_compile_tests(&b->compiler, s, str_of(cell), 1, slot, NULL);
  struct feel_literals l;
  struct buf out = buf_in(b->arena);
  if (feel_tests_is_dash(t)) return STR("dash");
  if (!feel_tests_literals(t, &l)) return STR("code");
  if (l.negated) buf_byte(&out, '!');
  if (l.matches_null) buf_byte(&out, '0');
  for (uint32_t i = 0; i < l.count; i++) {
    const struct feel_interval *one = &l.items[i];
    str start = one->has_start ? dmn_print(b->arena, one->start) : STR(""),
        end = one->has_end ? dmn_print(b->arena, one->end) : STR("");
    buf_format(&out, "%c%.*s..%.*s%c", one->open_start ? '(' : '[', STR_ARG(start), STR_ARG(end),
               one->open_end ? ')' : ']');
  }
  return buf_str(&out);
}

static void literals(void **state) {
  (void)state;
  static const struct {
    const char *cell, *expected;
  } rows[] = {
    { "-", "dash" },
    { "1", "[1..1]" },
    { "1, 2", "[1..1][2..2]" },
    { "\"a\"", "[\"a\"..\"a\"]" },
    { "< 5", "(..5)" },
    { ">= 5", "[5..)" },
    { "<= 5", "(..5]" },
    { "> 5", "(5..)" },
    { "= 5", "[5..5]" },
    { "[1..5)", "[1..5)" },
    { "(1..5]", "(1..5]" },
    { "not(1)", "![1..1]" },
    { "null", "0" },
    { "null, 1", "0[1..1]" },
    { "true", "[true..true]" },
    { "1 + 1", "[2..2]" },
    { "date(\"2026-01-01\")", "[date(\"2026-01-01\")..date(\"2026-01-01\")]" },
    { "[1, 2]", "[1..1][2..2]" },
    { "[[1..2], 5]", "[1..2][5..5]" },
    { "? > 5", "code" },
    { "x", "code" },
    { "< x", "code" },
    { "[1..x]", "code" },
    { "1, x", "code" },
    { "!= 5", "code" },
    { "-1", "[-1..-1]" },
    { "today()", "code" },
    { "< null", "code" },
  };
  struct bench b;
  bench_start(&b);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    str got = told(&b, rows[i].cell);
    if (!str_eq(got, str_of(rows[i].expected)))
      fail_msg("cell %s: expected %s, got %.*s", rows[i].cell, rows[i].expected, STR_ARG(got));
  }
  arena_free(b.arena);
}

/* ---- types */
static const struct dmn_type *digits(struct bench *b, const char *allowed) {
  struct dmn_type *t = ARENA_NEW(b->arena, struct dmn_type);
  struct feel_frame frame = { .slot_count = 1 };
  b->compiler.frame = &frame;
  t->kind = DMN_TYPE_NUMBER;
  t->name = STR("digit");
  t->allowed_values = feel_compile_tests(&b->compiler, NULL, str_of(allowed), 1, 0, NULL);
  t->frame_slots = frame.slot_count;
  b->compiler.frame = &b->frame;
  return t;
}

static void coercion(void **state) {
  (void)state;
  struct bench b;
  bench_start(&b);
  const struct dmn_type *number = dmn_type_builtin(STR("number")), *moment = dmn_type_builtin(STR("date and time"));
  const struct dmn_type *numbers = dmn_type_list_of(b.arena, number), *digit = digits(&b, "[0..9]"),
                        *digit_list = dmn_type_list_of(b.arena, digit);
  struct dmn_type_entry entry = { dmn_symbols_intern(b.symbols, STR("n")), digit };
  const struct dmn_type *context = dmn_type_context_of(b.arena, &entry, 1);
  const struct {
    const struct dmn_type *type;
    const char *value, *expected;
  } rows[] = {
    { NULL, "[1]", "[1]" },
    { number, "1", "1" },
    { number, "\"1\"", "null" },
    { number, "[1]", "1" },
    { number, "[1, 2]", "null" },
    { number, "[\"a\"]", "null" },
    { number, "null", "null" },
    { numbers, "1", "[1]" },
    { numbers, "[1, 2]", "[1, 2]" },
    { numbers, "[1, \"a\"]", "null" },
    { numbers, "\"a\"", "null" },
    { numbers, "[]", "[]" },
    { numbers, "[null]", "[null]" },
    { moment, "@\"2026-05-11\"", "date and time(\"2026-05-11T00:00:00Z\")" },
    { digit, "9", "9" },
    { digit, "10", "null" },
    { digit, "null", "null" },
    { digit_list, "[1, 10]", "null" },
    { digit_list, "[1, 9]", "[1, 9]" },
    { context, "{n: 1}", "{n: 1}" },
    { context, "{n: 1, m: 2}", "{n: 1, m: 2}" },
    { context, "{n: 11}", "null" },
    { context, "{m: 1}", "null" },
    { context, "[{n: 1}]", "{n: 1}" },
    { context, "{n: null}", "{n: null}" },
    { dmn_type_builtin(STR("Any")), "[1]", "[1]" },
    { dmn_type_builtin(STR("list")), "1", "[1]" },
    { dmn_type_builtin(STR("context")), "{a: 1}", "{a: 1}" },
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    dmn_value v = value_of(&b, rows[i].value);
    str got = dmn_print(b.arena, dmn_coerce(&b.eval, rows[i].type, v));
    if (!str_eq(got, str_of(rows[i].expected)))
      fail_msg("row %zu, %s: expected %s, got %.*s", i, rows[i].value, rows[i].expected, STR_ARG(got));
  }
  assert_true(dmn_type_instance(&b.eval, digit, dmn_integer(10))); /* allowed values are no part of a type */
  assert_false(dmn_type_accepts(&b.eval, digit, dmn_integer(10)));
  arena_free(b.arena);
}

/* The examples of table 44 that need no item definitions, and the rules above it. */
static void conformance(void **state) {
  (void)state;
  static const struct {
    const char *narrow, *wide;
    bool expected;
  } rows[] = {
    { "1", "2", true },
    { "\"a\"", "\"b\"", true },
    { "\"a\"", "@\"2026-01-01\"", false },
    { "{id: 1, name: \"x\"}", "{name: \"y\", id: 2}", true },
    { "{id: 1}", "{id: 1, name: \"x\"}", false },
    { "{id: 1, name: \"x\", age: 45}", "{id: 1, name: \"x\"}", true },
    { "[1, 2]", "[\"1\"]", false },
    { "[1]", "[2, 3]", true },
    { "[1..10]", "(20..100)", true },
    { "[1..10]", "[\"a\"..\"x\"]", false },
    { "[1]", "1", false },
  };
  struct bench b;
  bench_start(&b);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    const struct dmn_type *narrow = dmn_type_of_value(b.arena, value_of(&b, rows[i].narrow)),
                          *wide = dmn_type_of_value(b.arena, value_of(&b, rows[i].wide));
    if (dmn_type_conforms(narrow, wide) != rows[i].expected) fail_msg("%s to %s", rows[i].narrow, rows[i].wide);
    assert_true(dmn_type_conforms(narrow, NULL));
  }
  str text = dmn_type_print(b.arena, dmn_type_of_value(b.arena, value_of(&b, "[{a: 1, b c: [1..2]}]")), b.symbols);
  assert_true(str_eq(text, STR("list<context<a: number, b c: range<number>>>")));
  arena_free(b.arena);
}

/* ---- budgets */
static void budgets(void **state) {
  (void)state;
  static const char *const texts[] = {
    "{f: function(self) 1 + self(self), r: f(f)}.r",
    "{f: function(self) self(self), r: f(f)}.r",
    "every x in 1..9000000000000000000 satisfies true",
    "for x in 1..9000000000000000000 return x",
    "for a in 1..100000, b in 1..100000 return a",
    "count([1, 2, 3][every x in 1..900000000 satisfies true])",
    "(for i in 1..100000 return [partial[-1]])[-1].a",
    "for i in 1..40 return if i = 1 then \"x\" else partial[-1] + partial[-1]",
  };
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    struct feel_run r;
    result ended = feel_run_row(&r, texts[i], "");
    if (ended != RESULT_LIMIT) fail_msg("%s: %s", texts[i], result_name(ended));
    arena_free(r.arena);
  }
}

/* Recursion that stays within the budget works: hundreds of levels. */
static void recursion(void **state) {
  (void)state;
  static const struct row rows[] = {
    { "{f: function(n, self) if n = 0 then 0 else 1 + self(n - 1, self), r: f(400, f)}.r", "", "400" }
  };
  FEEL_CHECK(rows);
}

/* What can be known while compiling is known. */
static void folding(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool constant;
  } rows[] = {
    { "1 + 2 * 3", true },
    { "[1, 2, 3]", true },
    { "{a: 1}", true },
    { "date(\"2026-01-01\")", true },
    { "upper case(\"a\")", true },
    { "[1..5]", true },
    { "@\"P1D\"", true },
    { "not(true)", true },
    { "-(1)", true },
    { "x", false },
    { "1 + x", false },
    { "1 / 0", false },
    { "today()", false },
    { "@\"2026-01-01T00:00:00@Europe/Paris\"", false },
    { "nobody", false },
    { "1 +", false },
  };
  struct bench b;
  bench_start(&b);
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    struct feel_scope *s = feel_scope_push(&b.compiler, NULL);
    feel_scope_add(&b.compiler, s, dmn_symbols_intern(b.symbols, STR("x")), NULL);
    dmn_value v;
    if (feel_constant(feel_compile(&b.compiler, s, str_of(rows[i].text), 1), &v) != rows[i].constant)
      fail_msg("%s", rows[i].text);
  }
  arena_free(b.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(cells),     cmocka_unit_test(unreadable_cells), cmocka_unit_test(literals),
    cmocka_unit_test(coercion),  cmocka_unit_test(conformance),      cmocka_unit_test(budgets),
    cmocka_unit_test(recursion), cmocka_unit_test(folding),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
