/* Numeric functions (table 76) and those that make one value of a list (table 75). */
#include "fixture.h"

#include "value/number.h"

static void rounding_functions(void **state) {
  (void)state;
  IS(CALL("decimal", dmn_divide(E, num("1"), num("3")), num("2")), "0.33");
  IS(CALL("decimal", num("1.5"), num("0")), "2");
  IS(CALL("decimal", num("2.5"), num("0")), "2");
  IS(CALL("decimal", num("0.515"), num("2")), "0.52");
  IS(CALL("decimal", num("1234"), num("-2")), "1200");
  IS(CALL("floor", num("1.5")), "1");
  IS(CALL("floor", num("-1.56"), num("1")), "-1.6");
  IS(CALL("ceiling", num("-1.56"), num("1")), "-1.5");
  IS(CALL("round up", num("5.5"), num("0")), "6");
  IS(CALL("round up", num("-1.126"), num("2")), "-1.13");
  IS(CALL("round down", num("-5.5"), num("0")), "-5");
  IS(CALL("round half up", num("-5.5"), num("0")), "-6");
  IS(CALL("round half down", num("5.5"), num("0")), "5");
  IS(CALL("round half down", num("-1.126"), num("2")), "-1.13");
  IS(CALL("round up", num("5.5"), num("6176")), "5.5");
  assert_true(dmn_is(CALL("round up", num("5.5"), num("-6111")), num("1e6111")));
  FAULTS(CALL("round up", num("5.5"), num("6177")));
  FAULTS(CALL("round up", num("5.5"), num("-6112")));
  FAULTS(CALL("decimal", num("5.5"), num("1e40")));
  UNKNOWN(CALL("floor", dmn_null(), num("1")));
  UNKNOWN(CALL("floor", num("1"), dmn_null()));
  FAULTS(CALL("round up", num("5.5")));
}

static void functions_of_numbers(void **state) {
  (void)state;
  IS(CALL("abs", num("-10")), "10");
  IS(CALL("abs", at("-PT5H")), "duration(\"PT5H\")");
  IS(CALL("abs", at("P1M")), "duration(\"P1M\")");
  static const char *const modulo[][3] = {
    { "12", "5", "2" },         { "-12", "5", "3" },         { "12", "-5", "-3" },
    { "-12", "-5", "-2" },      { "10.1", "4.5", "1.1" },    { "-10.1", "4.5", "3.4" },
    { "10.1", "-4.5", "-3.4" }, { "-10.1", "-4.5", "-1.1" }, { "1e30", "7", "1" },
    { "5", "1e40", "5" },       { "10", "5", "0" },          { "-9223372036854775808", "-1", "0" },
  };
  for (size_t i = 0; i < COUNT_OF(modulo); i++) IS(CALL("modulo", num(modulo[i][0]), num(modulo[i][1])), modulo[i][2]);
  FAULTS(CALL("modulo", num("1"), num("0")));
  IS(CALL("sqrt", num("16")), "4");
  IS(CALL("sqrt", num("2")), "1.414213562373095048801688724209698");
  FAULTS(CALL("sqrt", num("-1")));
  FAULTS(CALL("log", num("0")));
  FAULTS(CALL("log", num("-1")));
  FAULTS(CALL("exp", num("100000")));
  FAULTS(CALL("exp", num("-100000")));
  IS(CALL("exp", num("0")), "1");
  IS(CALL("log", num("1")), "0");
  IS(CALL("odd", num("5")), "true");
  IS(CALL("odd", num("-1")), "true");
  IS(CALL("odd", num("1e30")), "false");
  IS(CALL("even", num("9223372036854775809")), "false");
  FAULTS(CALL("even", num("1.5")));
  FAULTS(CALL("even", num("1e-30")));
}

/* The library need not round these correctly: one unit of the 34th digit is allowed. Values from Python's decimal at 60
 * digits. */
static void near(dmn_value v, const char *expected, const char *tolerance) {
  dmn_value off = dmn_subtract(E, v, num(expected));
  if (dmn_number_compare(CALL("abs", off), num(tolerance)) > 0) fail_msg("%s is far from %s", printed(v), expected);
}

static void logarithms_and_exponentials(void **state) {
  (void)state;
  near(CALL("log", num("10")), "2.302585092994045684017991454684364", "1e-33");
  near(CALL("exp", num("5")), "148.4131591025766034211155800405523", "1e-31");
  near(CALL("log", num("4")), "1.386294361119890618834464242916353", "1e-33");
  near(CALL("exp", num("1")), "2.718281828459045235360287471352662", "1e-33");
}

static void sums_and_their_like(void **state) {
  (void)state;
  IS(CALL("sum", LIST(num("1"), num("2"), num("3"))), "6");
  IS(CALL("sum", num("1"), num("2.5")), "3.5");
  IS(CALL("sum", num("1")), "1");
  IS(CALL("product", LIST(num("2"), num("3"), num("4"))), "24");
  IS(CALL("mean", num("1"), num("2"), num("3")), "2");
  IS(CALL("mean", LIST(num("1"), num("1"), num("2"))), "1.333333333333333333333333333333333");
  IS(CALL("median", num("8"), num("2"), num("5"), num("3"), num("4")), "4");
  IS(CALL("median", LIST(num("6"), num("1"), num("2"), num("3"))), "2.5");
  IS(CALL("stddev", num("2"), num("4"), num("7"), num("5")), "2.081665999466132735282297706979931");
  IS(CALL("mode", num("6"), num("3"), num("9"), num("6"), num("6")), "[6]");
  IS(CALL("mode", LIST(num("6"), num("1"), num("9"), num("6"), num("1"))), "[1, 6]");
  IS(CALL("mode", none()), "[]");
  static const char *const names[] = { "sum", "product", "mean", "median", "stddev", "min", "max" };
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    FAULTS(CALL(names[i], none()));
    UNKNOWN(CALL(names[i], dmn_null()));
    UNKNOWN(CALL(names[i], LIST(num("1"), dmn_null())));
    FAULTS(CALL(names[i], LIST(num("1"), text("a"))));
    FAULTS(call(names[i], NULL, 0));
  }
  FAULTS(CALL("stddev", num("47")));
  FAULTS(CALL("sum", num("9e6144"), num("9e6144")));
}

static void least_and_greatest(void **state) {
  (void)state;
  IS(CALL("min", LIST(num("1"), num("2"), num("3"))), "1");
  IS(CALL("max", num("1"), num("2.5"), num("2")), "2.5");
  IS(CALL("max", text("a"), text("b")), "\"b\"");
  IS(CALL("min", at("2026-01-02"), at("2026-01-01")), "date(\"2026-01-01\")");
  IS(CALL("max", at("PT1H"), at("PT61M")), "duration(\"PT1H1M\")");
  FAULTS(CALL("max", at("P1D"), at("P1M")));
  FAULTS(CALL("min", yes()));
}

static void truth_of_many(void **state) {
  (void)state;
  IS(CALL("all", LIST(no(), dmn_null(), yes())), "false");
  IS(CALL("all", none()), "true");
  IS(CALL("all", yes()), "true");
  IS(CALL("all", yes(), yes(), no()), "false");
  UNKNOWN(CALL("all", LIST(yes(), dmn_null())));
  FAULTS(CALL("all", num("0")));
  FAULTS(CALL("all", LIST(yes(), dmn_null(), num("0"))));
  IS(CALL("all", LIST(num("0"), no())), "false");
  IS(CALL("any", LIST(no(), dmn_null(), yes())), "true");
  IS(CALL("any", none()), "false");
  UNKNOWN(CALL("any", LIST(no(), dmn_null())));
  FAULTS(CALL("any", num("0")));
  IS(CALL("not", yes()), "false");
  UNKNOWN(CALL("not", dmn_null()));
  FAULTS(CALL("not", num("0")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(rounding_functions),  TEST(functions_of_numbers), TEST(logarithms_and_exponentials),
    TEST(sums_and_their_like), TEST(least_and_greatest),   TEST(truth_of_many),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
