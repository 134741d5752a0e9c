/* Values as FEEL literals, as string() gives them, and as tagged JSON; names, diagnostics and budgets beside them. */
#include "fixture.h"

#include "diagnostics.h"
#include "messages.h"

static void literals_print_as_they_are_written(void **state) {
  (void)state;
  IS(dmn_null(), "null");
  IS(yes(), "true");
  IS(text("say \"hi\"\n\\"), "\"say \\\"hi\\\"\\n\\\\\"");
  IS(at("2026-05-12"), "date(\"2026-05-12\")");
  IS(at("2026-05-12T10:00:00Z"), "date and time(\"2026-05-12T10:00:00Z\")");
  IS(at("P1D"), "duration(\"P1D\")");
  IS(LIST(num("1"), LIST(), text("a")), "[1, [], \"a\"]");
  IS(two_entries("Pre-bureau risk", num("1"), "{", num("2")), "{Pre-bureau risk: 1, \"{\": 2}");
  IS(dmn_range_make(E, true, num("1"), num("2"), false), "(1..2]");
  IS(dmn_range_make(E, false, num("2"), dmn_null(), true), "[2..)");
}

#define TAGGED(v, expected) assert_string_equal(str_z(fixture.arena, dmn_tagged_json(fixture.arena, v)), expected)

static void tagged_json_names_the_kind(void **state) {
  (void)state;
  TAGGED(dmn_null(), "null");
  TAGGED(num("1.50"), "{\"number\":\"1.5\"}");
  TAGGED(text("\b\x1f\"é"), "{\"string\":\"\\b\\u001f\\\"é\"}");
  TAGGED(no(), "{\"boolean\":false}");
  TAGGED(at("10:00:00Z"), "{\"time\":\"10:00:00Z\"}");
  TAGGED(at("PT60M"), "{\"days and time duration\":\"PT1H\"}");
  TAGGED(at("P12M"), "{\"years and months duration\":\"P1Y\"}");
  TAGGED(LIST(num("1"), dmn_null()), "{\"list\":[{\"number\":\"1\"},null]}");
  TAGGED(dmn_range_make(E, false, num("1"), num("2"), true), "{\"range\":\"[1..2)\"}");
}

/* RFC 8785, 3.2.3: by UTF-16 code units, so that U+1F600 (D83D DE00) stands before U+FB33. */
static void names_are_sorted_as_canonical_json_sorts(void **state) {
  (void)state;
  TAGGED(two_entries("b", num("2"), "a", num("1")),
         "{\"context\":{\"a\":{\"number\":\"1\"},\"b\":{\"number\":\"2\"}}}");
  TAGGED(two_entries("\xEF\xAC\xB3", num("2"), "\xF0\x9F\x98\x80", num("1")),
         "{\"context\":{\"\xF0\x9F\x98\x80\":{\"number\":\"1\"},\"\xEF\xAC\xB3\":{\"number\":\"2\"}}}");
}

/* ---- names */
static void names_fold_their_white_space(void **state) {
  (void)state;
  struct dmn_symbols *below = dmn_symbols_new(fixture.arena, NULL);
  dmn_symbol s = dmn_symbols_intern(below, STR("  Phone \t\n number "));
  assert_int_equal(dmn_symbols_intern(below, STR("Phone number")), s);
  assert_int_equal(dmn_symbols_intern(below, STR("Phone\xE3\x80\x80number")), s); /* U+3000 */
  assert_int_equal(dmn_symbols_find(below, STR("Phone  number")), s);
  assert_int_equal(dmn_symbols_find(below, STR("Phone num")), 0);
  assert_int_equal(dmn_symbols_find(below, STR("Phone number ")), s);
  assert_int_equal(dmn_symbols_find_exact(below, STR("Phone number ")), 0);
  assert_true(str_eq(dmn_symbols_text(below, s), STR("Phone number")));
  assert_int_equal(dmn_symbols_find(below, STR("time offset")), DMN_SYM_TIME_OFFSET);
  struct dmn_symbols *above = dmn_symbols_new(fixture.arena, below);
  assert_int_equal(dmn_symbols_intern(above, STR("Phone number")), s);
  dmn_symbol own = dmn_symbols_intern(above, STR("mine"));
  assert_true(own > s);
  assert_int_equal(dmn_symbols_find(below, STR("mine")), 0);
  assert_true(str_eq(dmn_symbols_text(above, own), STR("mine")));
  assert_true(dmn_symbols_comparable(above, below));
}

static void a_thousand_names_stay_apart(void **state) {
  (void)state;
  struct dmn_symbols *t = dmn_symbols_new(fixture.arena, NULL);
  dmn_symbol first = dmn_symbols_intern(t, STR("name 0"));
  for (int i = 0; i < 1000; i++) dmn_symbols_intern(t, str_format(fixture.arena, "name %d", i));
  for (int i = 0; i < 1000; i++)
    assert_int_equal(dmn_symbols_find(t, str_format(fixture.arena, "name %d", i)), first + (dmn_symbol)i);
}

/* ---- diagnostics */
static void diagnostics_say_why_in_two_languages(void **state) {
  (void)state;
  dmn_raise(E, DMN_DIAG_NAME, STR("Phone"));
  assert_int_equal(E->fault_count, 1);
  assert_int_equal(E->diagnostic_count, 1);
  assert_int_equal(E->diagnostics[0].class, DMN_FAULT);
  assert_string_equal(E->diagnostics[0].code, "name");
  assert_true(str_ends(E->diagnostics[0].en, STR(": Phone")));
  assert_true(str_ends(E->diagnostics[0].ja, STR("：Phone")));
  dmn_raise(E, DMN_DIAG_UNKNOWN_OPERAND, STR_NONE);
  assert_int_equal(E->unknown_count, 1);
  assert_int_equal(E->diagnostic_count, 1);
  E->keep_unknowns = true;
  dmn_raise(E, DMN_DIAG_UNKNOWN_OPERAND, STR_NONE);
  assert_int_equal(E->diagnostic_count, 2);
  assert_int_equal(E->diagnostics[1].class, DMN_UNKNOWN);
  for (int i = 0; i < 5000; i++) dmn_raise(E, DMN_DIAG_TYPE, STR("x"));
  assert_int_equal(E->fault_count, 5001);
  assert_int_equal(E->diagnostic_count, 1000);
}

static void every_text_stands_in_both_languages(void **state) {
  (void)state;
  for (int i = 0; i < DMN_DIAG_COUNT; i++) {
    const struct message *m = &dmn__diagnostic_texts[i];
    assert_true(m->code != NULL && m->ja != NULL && m->en != NULL);
    assert_true(utf8_valid(str_of(m->ja), NULL) && strlen(m->en) > 5);
    for (int k = 0; k < i; k++) assert_string_not_equal(m->code, dmn__diagnostic_texts[k].code);
  }
  size_t count;
  const struct message *rows = dmn__messages(&count);
  for (size_t i = 0; i < count; i++) {
    assert_ptr_equal(dmn__message(rows[i].code), &rows[i]);
    assert_true(strlen(rows[i].ja) >= strlen("行") && strlen(rows[i].en) >= 3);      /* the shortest are single words */
    assert_true(utf8_valid(str_of(rows[i].ja), NULL) && (unsigned char)rows[i].ja[0] >= 0x20);
  }
}

/* ---- budgets */
static void push_for_ever(void *context) {
  (void)context;
  struct dmn_list_builder b = { .e = E };
  while (true) dmn_list_push(&b, num("1"));
}
static void step_for_ever(void *context) {
  (void)context;
  while (true) dmn_step(E);
}

static void budgets_end_an_evaluation(void **state) {
  (void)state;
  struct dmn_budget small = dmn_budget_filled(&(struct dmn_budget){ .steps = 1000, .list_items = 100 });
  assert_int_equal(small.depth, dmn_budget_default.depth);
  E->budget = &small;
  assert_true(exceeds_budget(push_for_ever, NULL));
  assert_string_equal(E->diagnostics[0].code, "budget");
  assert_true(exceeds_budget(step_for_ever, NULL));
  assert_int_equal(E->fault_count, 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(literals_print_as_they_are_written),
    TEST(tagged_json_names_the_kind),
    TEST(names_are_sorted_as_canonical_json_sorts),
    TEST(names_fold_their_white_space),
    TEST(a_thousand_names_stay_apart),
    TEST(diagnostics_say_why_in_two_languages),
    TEST(every_text_stands_in_both_languages),
    TEST(budgets_end_an_evaluation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
