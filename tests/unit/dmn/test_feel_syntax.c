/* Does a text mean what FEEL's grammar says: literals, operators and how tightly they bind, names, comments? */
#include "feel_table.h"

static void numbers(void **state) {
  (void)state;
  static const struct row rows[] = {
    { "1", "", "1" },
    { "007", "", "7" },
    { "1.50", "", "1.5" },
    { ".25", "", "0.25" },
    { "-.25", "", "-0.25" },
    { "1.2e3", "", "1200" },
    { "1.2E+3", "", "1200" },
    { "12e-1", "", "1.2" },
    { ".5e1", "", "5" },
    { "-0", "", "0" },
    { "9999999999999999999999999999999999", "", "9999999999999999999999999999999999" },
    { "1e6144 > 1e6143", "", "true" },
    { "1e99999", "", "null" },
    { "1.", "", "null" },
    { "1 2", "", "null" },
    { "1e", "", "null" },
    { "9223372036854775807 + 1", "", "9223372036854775808" },
    { "0.1 + 0.2", "", "0.3" },
  };
  FEEL_CHECK(rows);
}

static void strings(void **state) {
  (void)state;
  static const struct row rows[] = {
    { "\"abc\"", "", "\"abc\"" },
    { "\"\"", "", "\"\"" },
    { "\"\\u0041\"", "", "\"A\"" },
    { "\"\\U01F40E\"", "", "\"🐎\"" },
    { "\"\\uD83D\\uDC0E\"", "", "\"🐎\"" },
    { "\"\\ud83d\\udc0e\" = \"🐎\"", "", "true" },
    { "string length(\"\\n\\r\\t\")", "", "3" },
    { "string length(\"\\'\\\"\\\\\")", "", "3" },
    { "\"\\u00e9\" = \"é\"", "", "true" },
    { "string length(\"\\d\")", "", "2" }, /* a backslash before another character stands for itself */
    { "\"\\uD83D\"", "", "null" },
    { "\"\\uDC0E\"", "", "null" },
    { "\"\\u00g0\"", "", "null" },
    { "\"\\U110000\"", "", "null" },
    { "\"open", "", "null" },
    { "\"open\\\"", "", "null" },
    { "\"a\" + \"b\" + \"c\"", "", "\"abc\"" },
    { "\"受付\"", "", "\"受付\"" },
    { "\"// no comment\"", "", "\"// no comment\"" },
  };
  FEEL_CHECK(rows);
}

static void temporal_literals(void **state) {
  (void)state;
  static const struct row rows[] = {
    { "@\"2026-05-11\"", "", "date(\"2026-05-11\")" },
    { "@\"2026-05-11\" = date(\"2026-05-11\")", "", "true" },
    { "@\"10:30:00\" = time(\"10:30:00\")", "", "true" },
    { "@\"P1D\" = duration(\"P1D\")", "", "true" },
    { "@\"2026-05-11T10:30:00\" = date and time(\"2026-05-11T10:30:00\")", "", "true" },
    { "@\"P1Y2M\".months", "", "2" },
    { "@\"2026-02-29\"", "", "null" },
    { "@\"soon\"", "", "null" },
    { "@ \"P1D\" = @\"P1D\"", "", "true" },
    { "@1", "", "null" },
    { "-@\"P1D\" = @\"-P1D\"", "", "true" },
  };
  FEEL_CHECK(rows);
}

static void comments(void **state) {
  (void)state;
  static const struct row rows[] = {
    { "1 + /* 1 + */ 1", "", "2" }, { "1 + // to the end\n 1", "", "2" },     { "/* a\n b */ 3", "", "3" },
    { "3 // last", "", "3" },       { "a /* between */ b", "{a b: 4}", "4" }, { "/**/ 5 /***/", "", "5" },
    { "6 / 2 // halves", "", "3" }, { "1 /* never closed", "", "1" },
  };
  FEEL_CHECK(rows);
}

static void precedence(void **state) {
  (void)state;
  static const struct row rows[] = {
    { "1 + 2 * 3", "", "7" },
    { "(1 + 2) * 3", "", "9" },
    { "10 - 4 - 3", "", "3" },
    { "24 / 4 / 2", "", "3" },
    { "2 * 3 ** 2", "", "18" },
    { "2 ** 3 ** 2", "", "64" }, /* infix operators are left associative: (2 ** 3) ** 2 */
    { "-4 ** 2", "", "16" },
    { "-(4 ** 2)", "", "-16" },
    { "-x ** 2", "{x: 3}", "9" },
    { "2 ** -1", "", "0.5" },
    { "1 - -1", "", "2" },
    { "--2", "", "2" },
    { "- 2 + 5", "", "3" },
    { "1 + 3/2*2 - 2**3", "", "-4" },
    { "1 < 2 and 3 > 2", "", "true" },
    { "true or false and false", "", "true" },
    { "(true or false) and false", "", "false" },
    { "1 + 1 = 2", "", "true" },
    { "1 + 1 in [2, 3]", "", "true" },
    { "5 between 1 + 1 and 2 * 3 and true", "", "true" },
    { "not(1 = 2) and true", "", "true" },
    { "-1 instance of number", "", "true" },
    { "1 + 1 instance of number", "", "null" },
    { "if true then 1 else 2 + 3", "", "1" },
    { "(if true then 1 else 2) + 3", "", "4" },
    { "-(function(a) a)(10)", "", "-10" },
    { "-[5][1]", "", "-5" },
    { "2 * [1, 2][2]", "", "4" },
    { "1 = 1 = true", "", "true" },
  };
  FEEL_CHECK(rows);
}

static void names(void **state) {
  (void)state;
  static const struct row rows[] = {
    { "Phone Number", "{Phone Number: 1}", "1" },
    { "Phone    Number", "{Phone Number: 1}", "1" },
    { "Phone\n  Number", "{Phone Number: 1}", "1" },
    { "a-b", "{a-b: 1, a: 5, b: 2}", "1" },
    { "a - b", "{a-b: 1, a: 5, b: 2}", "1" },
    { "(a)-(b)", "{a-b: 1, a: 5, b: 2}", "3" },
    { "a-b", "{a: 5, b: 2}", "3" },
    { "a+b", "{a: 5, b: 2}", "7" },
    { "a*b", "{a: 5, b: 2}", "10" },
    { "a/b", "{a: 5, b: 2}", "2.5" },
    { "a-1", "{a: 5}", "4" },
    { "a -1", "{a: 5}", "4" },
    { "Profit and loss", "{Profit and loss: 1, Profit: true, loss: true}", "1" },
    { "Profit and loss", "{Profit: true, loss: false}", "false" },
    { "what if?", "{what if?: 3}", "3" },
    { "Person's description", "{Person's description: \"x\"}", "\"x\"" },
    { "Pre-bureau risk category = \"LOW\"", "{Pre-bureau risk category: \"LOW\"}", "true" },
    { "Approved/Declined", "{Approved/Declined: 1}", "1" },
    { "version 2.1", "{version 2.1: 7}", "7" },
    { "x2 + 1", "{x2: 1}", "2" },
    { "_a", "{_a: 1}", "1" },
    { "医療機関.種別", "{医療機関: {種別: \"診療所\"}}", "\"診療所\"" },
    { "閉院 日数 + 1", "{閉院 日数: 2}", "3" },
    { "🐎", "{🐎: 1}", "1" },
    { "a b", "{a: 1}", "null" },
    { "nobody knows", "", "null" },
    { "list", "{list: [1]}", "[1]" },
    { "range", "{range: 1}", "1" },
    { "context + 1", "{context: 1}", "2" },
    { "for i in days in week return i", "{days in week: [1, 2]}", "[1, 2]" },
    { "date", "{date: 1}", "1" },
    { "date(\"2026-01-01\").year", "{date: 1}", "2026" },
    { "in stock", "{in stock: 1}", "1" },
    { "if", "", "null" },
    { "and", "", "null" },
    { "a.b c + 1", "{a: {b c: 1}}", "2" },
    { "a.b-c", "{a: {b-c: 1}}", "1" },
    { "a.b - c", "{a: {b: 5}, c: 2}", "3" },
    { "time offset", "{time offset: 1}", "1" },
    { "a  b.c", "{a b: {c: 4}}", "4" },
    { "x and time(\"10:00:00\") = t", "{x: true, t: time(\"10:00:00\")}", "true" },
  };
  FEEL_CHECK(rows);
}

static void unreadable(void **state) {
  (void)state;
  static const char *const texts[] = {
    "",
    " ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "[1",
    "[1,",
    "{a",
    "{a:",
    "{a:1",
    "{:1}",
    "{1:1}",
    "1 +",
    "* 1",
    "if 1 then 2",
    "if true 1 else 2",
    "for x in [1]",
    "for in [1] return 1",
    "some x in [1] return 1",
    "every x [1] satisfies true",
    "function",
    "function(",
    "function(a",
    "function(a) ",
    "f(",
    "f(1",
    "f(1,",
    "f(a:)",
    "1 between 2",
    "1 between 2 or 3",
    "1 in",
    "1 in (",
    "1 in (1",
    "x instance",
    "x instance of",
    "1 instance of list<",
    "1 instance of list<number",
    "1 instance of function<number>",
    "1 instance of context<a>",
    "[1..",
    "[1..2",
    "(1..",
    "..",
    "1..2",
    "a.",
    ".a",
    "a..b",
    "@",
    "\"",
    "#",
    "1 ; 2",
    "a, b",
    "{a: 1,}",
    "[1,]",
    "x[",
    "x[1",
    "\\",
    "`",
    "!1",
    "!",
    "~1",
  };
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    struct feel_run r;
    assert_int_equal(feel_run_row(&r, texts[i], "{a: 1, x: 2, f: function(a) a}"), RESULT_OK);
    if (!dmn_is_null(r.value) || r.findings.count == 0 || r.eval.fault_count == 0)
      fail_msg("\"%s\" gives %.*s, %zu findings, %u faults", texts[i], STR_ARG(r.printed), r.findings.count,
               r.eval.fault_count);
    arena_free(r.arena);
  }
}

/* Every finding says where; a name that is nearly right is suggested. */
static void findings_tell(void **state) {
  (void)state;
  static const struct {
    const char *text, *code, *en;
    uint32_t line, column;
  } rows[] = {
    { "1 +\n  * 2", "feel_no_expression", "\"*\"", 2, 3 },
    { "if a = 2 then 1", "feel_expected", "else", 1, 16 },
    { "Facility kint = 1", "feel_name_near", "Facility kind", 1, 1 },
    { "1 +\n  Facility kindd", "feel_name_near", "Facility kind", 2, 3 },
    { "xyzzy + 1", "feel_name", "xyzzy", 1, 1 },
    { "cuont([1])", "feel_name_near", "count", 1, 1 },
    { "m.monthz", "feel_entry_near", "months", 1, 3 },
    { "substring(\"a\")", "feel_arity", "substring", 1, 1 },
    { "substring(text: \"a\")", "feel_parameter", "substring", 1, 1 },
    { "(function(x, y) x + y)(1)", "feel_arity", "cannot be called with 1 arguments", 1, 23 },
    { "{f: function(x, y) x + y, r: f(1, 2, 3)}.r", "feel_arity", "3", 1, 31 },
    { "{f: function(x, y) x + y, r: f(x: 1, z: 2)}.r", "feel_parameter", "function", 1, 31 },
    { "a instance of nubmer", "feel_type_name", "nubmer", 1, 15 },
    { "{k: 1, k: 2}", "feel_twin_key", "k", 1, 8 },
    { "@\"nope\"", "feel_literal", "nope", 1, 1 },
    { "\"受付\" + ?!", "feel_unexpected", "!", 1, 9 },
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    struct feel_run r;
    assert_int_equal(feel_run_row(&r, rows[i].text, "{Facility kind: 1, a: 2, m: {months: 3}, ?: \"\"}"), RESULT_OK);
    assert_true(r.findings.count >= 1);
    const struct finding *f = &r.findings.items[0];
    bool right = strcmp(f->code, rows[i].code) == 0 && f->line == rows[i].line && f->column == rows[i].column &&
                 str_find(f->en, str_of(rows[i].en)) >= 0 && f->ja.n > 0;
    if (!right) fail_msg("%s: %u:%u %s %.*s", rows[i].text, f->line, f->column, f->code, STR_ARG(f->en));
    arena_free(r.arena);
  }
}

/* Types that cannot go together are told before anything runs; where there is doubt, nothing is said. */
static void types_that_clash(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *code; /* NULL: nothing to say */
    uint32_t column;
  } rows[] = {
    { "n + s", "feel_operands", 3 },
    { "n + n", NULL, 0 },
    { "s + s", NULL, 0 },
    { "s - s", "feel_operands", 3 },
    { "d + n", "feel_operands", 3 },
    { "d - d", NULL, 0 },
    { "d + @\"P1D\"", NULL, 0 },
    { "n < s", "feel_operands", 3 },
    { "b < b", "feel_operands", 3 },
    { "n = s", "feel_operands", 3 },
    { "n = null", NULL, 0 },
    { "u + s", NULL, 0 },
    { "l + n", NULL, 0 },
    { "n = l[1]", NULL, 0 },
    { "if n then 1 else 2", "feel_condition", 4 },
    { "if b then 1 else 2", NULL, 0 },
    { "b and n > 1", NULL, 0 },
    { "b and s", "feel_condition", 3 },
    { "n * @\"P1D\"", NULL, 0 },
    { "c.k + 1", "feel_operands", 5 },
    { "l[item = \"a\"]", "feel_operands", 8 },
    { "-n + 1", NULL, 0 },
    { "count(l) > s", "feel_operands", 10 },
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    struct feel_run r;
    const char *names = "{n: 1, s: \"x\", b: true, d: @\"2026-05-11\", u: null, l: [1, 2], c: {k: \"y\"}}";
    assert_int_equal(feel_run_row(&r, rows[i].text, names), RESULT_OK);
    bool right = r.findings.count == (rows[i].code == NULL ? 0u : 1u);
    if (right && rows[i].code != NULL) {
      right = strcmp(r.findings.items[0].code, rows[i].code) == 0 && r.findings.items[0].column == rows[i].column;
    }
    if (!right) fail_msg("%s: %zu findings", rows[i].text, r.findings.count);
    arena_free(r.arena);
  }
}

/* Hostile nesting ends in a finding, not in a crash. */
static void too_deep(void **state) {
  (void)state;
  static const struct {
    const char *head, *unit, *tail;
    size_t times;
  } shapes[] = {
    { "", "(", "1", 100000 },      { "", "[", "1", 100000 },
    { "", "-", "1", 100000 },      { "", "{a:", "1", 100000 },
    { "", "if ", "1", 100000 },    { "", "function() ", "1", 100000 },
    { "1", " + x", "", 100000 },   { "x", " * 1\n", "", 100000 },
    { "x", ".a", "", 100000 },     { "x", "[1]", "", 100000 },
    { "x", "()", "", 100000 },     { "", "1 in (", "1", 100000 },
    { "1", " in (2", "", 100000 }, { "x instance of ", "list<", "number", 100000 },
    { "", "not(", "1", 100000 },   { "", "[1..1", "", 5000 },
    { "", "< ", "1", 100000 },     { "", "for x in ", "1", 20000 },
  };
  for (size_t i = 0; i < COUNT_OF(shapes); i++) {
    struct arena *a = arena_new(0);
    struct buf text = buf_in(a);
    buf_add(&text, str_of(shapes[i].head));
    for (size_t n = 0; n < shapes[i].times; n++) buf_add(&text, str_of(shapes[i].unit));
    buf_add(&text, str_of(shapes[i].tail));
    buf_byte(&text, '\0');
    struct feel_run r;
    result ended = feel_run_row(&r, text.p, "{x: 1}");
    if (ended == RESULT_OK && (!dmn_is_null(r.value) || r.findings.count == 0)) fail_msg("shape %zu is read", i);
    assert_true(ended == RESULT_OK || ended == RESULT_LIMIT);
    arena_free(r.arena);
    arena_free(a);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(numbers),    cmocka_unit_test(strings),       cmocka_unit_test(temporal_literals),
    cmocka_unit_test(comments),   cmocka_unit_test(precedence),    cmocka_unit_test(names),
    cmocka_unit_test(unreadable), cmocka_unit_test(findings_tell), cmocka_unit_test(types_that_clash),
    cmocka_unit_test(too_deep),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
