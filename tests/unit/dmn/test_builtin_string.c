/* Conversions (table 72), strings (table 74), contexts (table 81), dates (tables 77, 79, 82). */
#include "fixture.h"

static void parts_of_strings(void **state) {
  (void)state;
  IS(CALL("substring", text("foobar"), num("3")), "\"obar\"");
  IS(CALL("substring", text("foobar"), num("3"), num("3")), "\"oba\"");
  IS(CALL("substring", text("foobar"), num("-2"), num("1")), "\"a\"");
  IS(CALL("substring",
          text("\xF0\x9F\x90\x8E"
               "ab"),
          num("2")),
     "\"ab\"");
  IS(CALL("substring", text("あいう"), num("2"), num("1")), "\"い\"");
  IS(CALL("substring", text("foobar"), num("3.8")), "\"obar\"");
  FAULTS(CALL("substring", text("foobar"), num("0")));
  FAULTS(CALL("substring", text("foobar"), num("7")));
  FAULTS(CALL("substring", text("foobar"), num("3"), num("5")));
  FAULTS(CALL("substring", text("foobar"), num("3"), num("0")));
  FAULTS(CALL("substring", text(""), num("1")));
  UNKNOWN(CALL("substring", dmn_null(), num("1")));
  IS(CALL("string length", text("\xF0\x9F\x90\x8E"
                                "ab")),
     "3");
  IS(CALL("upper case", text("aBc4é")), "\"ABC4É\"");
  IS(CALL("lower case", text("aBc4É")), "\"abc4é\"");
  IS(CALL("substring before", text("foobar"), text("bar")), "\"foo\"");
  IS(CALL("substring before", text("foobar"), text("xyz")), "\"\"");
  IS(CALL("substring after", text("foobar"), text("ob")), "\"ar\"");
  IS(CALL("substring after", text(""), text("a")), "\"\"");
  IS(CALL("contains", text("foobar"), text("of")), "false");
  IS(CALL("contains", LIST(text("foobar")), text("ob")), "true");
  IS(CALL("starts with", text("foobar"), text("fo")), "true");
  IS(CALL("ends with", text("foobar"), text("r")), "true");
}

static void strings_are_joined(void **state) {
  (void)state;
  IS(CALL("string join", LIST(text("a"), text("b"), text("c")), text("_and_")), "\"a_and_b_and_c\"");
  IS(CALL("string join", LIST(text("a"), text("b")), dmn_null()), "\"ab\"");
  IS(CALL("string join", LIST(text("a"), dmn_null(), text("c")), text("X")), "\"aXc\"");
  IS(CALL("string join", none(), text("X")), "\"\"");
  IS(CALL("string join", LIST(text("a"), dmn_null(), text("c"))), "\"ac\"");
  FAULTS(CALL("string join", LIST(text("a"), num("1")), text("X")));
  FAULTS(CALL("string join", LIST(text("a")), num("1")));
}

static void values_become_strings(void **state) {
  (void)state;
  IS(CALL("string", num("1.10")), "\"1.1\"");
  IS(CALL("string", text("a")), "\"a\"");
  IS(CALL("string", yes()), "\"true\"");
  IS(CALL("string", at("P1Y2M")), "\"P1Y2M\"");
  IS(CALL("string", at("2026-11-22T10:00:00@Asia/Tokyo")), "\"2026-11-22T10:00:00@Asia/Tokyo\"");
  assert_true(str_eq(dmn_text(CALL("string", LIST(num("1"), text("a")))), STR("[1, \"a\"]")));
  assert_true(str_eq(dmn_text(CALL("string", one_entry("a b", text("c")))), STR("{a b: \"c\"}")));
  UNKNOWN(CALL("string", dmn_null()));
}

static void strings_become_numbers(void **state) {
  (void)state;
  IS(CALL("number", text("1 000,0"), text(" "), text(",")), "1000");
  IS(CALL("number", text("1,000.0"), text(","), text(".")), "1000");
  IS(CALL("number", text("1.000.000,01"), text("."), text(",")), "1000000.01");
  IS(CALL("number", text("1000000.01"), dmn_null(), text(".")), "1000000.01");
  IS(CALL("number", text("-1,5e3"), dmn_null(), text(",")), "-1500");
  FAULTS(CALL("number", text("1,000"), text(","), text(",")));
  FAULTS(CALL("number", text("1"), text(":"), text(".")));
  FAULTS(CALL("number", text("1"), text(" "), text(" ")));
  FAULTS(CALL("number", text("1.5"), dmn_null(), text(",")));
  FAULTS(CALL("number", text("one"), dmn_null(), dmn_null()));
  FAULTS(CALL("number", text("1"), text("")));
  UNKNOWN(CALL("number", dmn_null(), text(","), text(".")));
}

static void dates_and_times_are_made(void **state) {
  (void)state;
  IS(CALL("date", num("2012"), num("12"), num("25")), "date(\"2012-12-25\")");
  IS(CALL("date", at("2012-12-25T11:00:00Z")), "date(\"2012-12-25\")");
  FAULTS(CALL("date", num("2012"), num("2"), num("30")));
  FAULTS(CALL("date", num("2012.5"), num("2"), num("3")));
  FAULTS(CALL("date", text("2012-2-3")));
  IS(CALL("time", num("23"), num("59"), num("0.5"), at("PT0H")), "time(\"23:59:00.5Z\")");
  IS(CALL("time", num("23"), num("59"), num("0")), "time(\"23:59:00\")");
  IS(CALL("time", at("2026-11-22T10:00:00@Asia/Tokyo")), "time(\"10:00:00@Asia/Tokyo\")");
  IS(CALL("time", at("2026-11-22")), "time(\"00:00:00Z\")");
  FAULTS(CALL("time", num("24"), num("0"), num("0")));
  FAULTS(CALL("time", num("1"), num("0"), num("60")));
  FAULTS(CALL("time", num("1"), num("0"), num("-0.5")));
  FAULTS(CALL("time", num("1"), num("0"), num("0"), at("PT14H1S")));
  FAULTS(CALL("time", num("1"), num("0"), num("0"), at("P1M")));
  IS(CALL("date and time", at("2012-12-24"), at("23:59:00+01:00")), "date and time(\"2012-12-24T23:59:00+01:00\")");
  IS(CALL("date and time", at("2012-12-24T10:00:00Z"), at("23:59:00")), "date and time(\"2012-12-24T23:59:00\")");
  IS(CALL("date and time", text("2012-12-24")), "date and time(\"2012-12-24T00:00:00\")");
  IS(CALL("duration", text("P26M")), "duration(\"P2Y2M\")");
  FAULTS(CALL("duration", text("P1Y1D")));
  IS(CALL("years and months duration", at("2011-12-22"), at("2013-08-24")), "duration(\"P1Y8M\")");
  IS(CALL("years and months duration", at("2013-08-24"), at("2011-12-22")), "duration(\"-P1Y8M\")");
  IS(CALL("years and months duration", at("2026-01-31"), at("2026-02-28")), "duration(\"P0M\")");
}

static void the_calendar_has_names(void **state) {
  (void)state;
  IS(CALL("day of year", at("2019-09-17")), "260");
  IS(CALL("day of week", at("2019-09-17T23:00:00-10:00")), "\"Tuesday\"");
  IS(CALL("month of year", at("2019-09-17")), "\"September\"");
  static const char *const weeks[][2] = { { "2019-09-17", "38" }, { "2003-12-29", "1" }, { "2004-01-04", "1" },
                                          { "2005-01-01", "53" }, { "2005-01-03", "1" }, { "2005-01-09", "1" },
                                          { "2026-12-31", "53" }, { "2027-01-01", "53" } };
  for (size_t i = 0; i < COUNT_OF(weeks); i++) IS(CALL("week of year", at(weeks[i][0])), weeks[i][1]);
  IS(call("now", NULL, 0), "date and time(\"2026-11-22T09:30:00+09:00\")");
  IS(call("today", NULL, 0), "date(\"2026-11-22\")");
  E->host = NULL;
  FAULTS(call("now", NULL, 0));
  FAULTS(call("today", NULL, 0));
}

static void contexts_are_built(void **state) {
  (void)state;
  dmn_value a = two_entries("key", text("a"), "value", num("1")), b = two_entries("key", text("b"), "value", num("2"));
  IS(CALL("context", LIST(a, b)), "{a: 1, b: 2}");
  IS(CALL("context", none()), "{}");
  FAULTS(CALL("context", LIST(a, a)));
  FAULTS(CALL("context", LIST(one_entry("key", text("a")))));
  IS(CALL("get value", one_entry("key1", text("v")), text("key1")), "\"v\"");
  UNKNOWN(CALL("get value", one_entry("key1", text("v")), text("other")));
  IS(CALL("get entries", two_entries("x", num("1"), "y", num("2"))),
     "[{key: \"x\", value: 1}, {key: \"y\", value: 2}]");
  dmn_value xy = two_entries("x", num("1"), "y", one_entry("a", num("0")));
  IS(CALL("context put", one_entry("x", num("1")), text("y"), num("2")), "{x: 1, y: 2}");
  IS(CALL("context put", two_entries("x", num("1"), "y", num("0")), text("x"), num("2")), "{x: 2, y: 0}");
  IS(CALL("context put", xy, LIST(text("y"), text("a")), num("2")), "{x: 1, y: {a: 2}}");
  IS(CALL("context put", xy, LIST(text("y"), text("b")), dmn_null()), "{x: 1, y: {a: 0, b: null}}");
  IS(CALL("context put", xy, LIST(text("x")), num("2")), "{x: 2, y: {a: 0}}");
  FAULTS(CALL("context put", xy, none(), num("2")));
  FAULTS(CALL("context put", xy, LIST(text("x"), text("a")), num("2")));
  UNKNOWN(CALL("context put", xy, LIST(text("z"), text("a")), num("2")));
  IS(printed(xy) != NULL ? xy : dmn_null(), "{x: 1, y: {a: 0}}");
  IS(CALL("context merge", LIST(two_entries("x", num("1"), "y", num("0")), two_entries("y", num("2"), "z", num("3")))),
     "{x: 1, y: 2, z: 3}");
  FAULTS(CALL("context merge", LIST(one_entry("x", num("1")), num("2"))));
  /* A key is a string as it is: not the name that it would be in a text. */
  IS(CALL("get value", CALL("context put", one_entry("a", num("1")), text(" a"), num("2")), text("a")), "1");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(parts_of_strings),       TEST(strings_are_joined),       TEST(values_become_strings),
    TEST(strings_become_numbers), TEST(dates_and_times_are_made), TEST(the_calendar_has_names),
    TEST(contexts_are_built),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
