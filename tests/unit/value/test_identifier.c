/* Do check digits tell a slip of the pen (P29 check_digit). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shienkin/value.h"

typedef enum identifier_fault check_function(str s);

struct example {
  const char *text;
  enum identifier_fault fault;
};

static void all_hold(check_function *check, const struct example *examples, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (check(str_of(examples[i].text)) != examples[i].fault) fail_msg("%s", examples[i].text);
}

static void facility_codes(void **state) {
  (void)state;
  static const struct example examples[] = {
    { "0110113719", IDENTIFIER_OK }, /* a real one */
    { "1312345679", IDENTIFIER_OK },
    { "1320000001", IDENTIFIER_OK },
    { "2710123452", IDENTIFIER_OK },
    { "1370100016", IDENTIFIER_OK },
    { "13A0100019", IDENTIFIER_OK },          /* care */
    { "1311234567", IDENTIFIER_CHECK_DIGIT }, /* a dummy often printed; the digit would be 9 */
    { "0110113718", IDENTIFIER_CHECK_DIGIT },
    { "13A0100018", IDENTIFIER_CHECK_DIGIT },
    { "13I0100019", IDENTIFIER_PATTERN },
    { "13O0100019", IDENTIFIER_PATTERN },
    { "13Q0100019", IDENTIFIER_PATTERN },
    { "13a0100019", IDENTIFIER_PATTERN },
    { "A310100019", IDENTIFIER_PATTERN },
    { "131010001A", IDENTIFIER_PATTERN },
    { "011011371", IDENTIFIER_PATTERN },
    { "01101137190", IDENTIFIER_PATTERN },
    { "", IDENTIFIER_PATTERN },
    { "01-0113719", IDENTIFIER_PATTERN },
  };
  all_hold(facility_code_check, examples, COUNT_OF(examples));
  assert_int_equal(facility_code_check(STR("13\0"
                                           "0100019")),
                   IDENTIFIER_PATTERN);
}

/* The letters' values: A=10 … H=17, J=18 … Z=32, doubled at their place and summed by digit. */
static void letters_count_without_i_o_q(void **state) {
  (void)state;
  static const struct {
    char letter;
    int value;
  } letters[] = {
    { 'A', 10 }, { 'B', 11 }, { 'H', 17 }, { 'J', 18 }, { 'N', 22 }, { 'P', 23 }, { 'R', 24 }, { 'Z', 32 },
  };
  for (size_t i = 0; i < COUNT_OF(letters); i++) {
    int product = letters[i].value * 2, check = (10 - (product / 10 + product % 10) % 10) % 10;
    char code[11];
    snprintf(code, sizeof code, "00%c000000%d", letters[i].letter, check);
    assert_int_equal(facility_code_check(str_of(code)), IDENTIFIER_OK);
  }
}

/* A single wrong digit is always told. */
static void one_wrong_digit_is_told(void **state) {
  (void)state;
  char code[] = "0110113719";
  for (int i = 0; i < 10; i++) {
    char right = code[i];
    for (char c = '0'; c <= '9'; c++) {
      code[i] = c;
      assert_int_equal(facility_code_check(str_of(code)), c == right ? IDENTIFIER_OK : IDENTIFIER_CHECK_DIGIT);
    }
    code[i] = right;
  }
}

static void corporate_numbers(void **state) {
  (void)state;
  static const struct example examples[] = {
    { "7000012050002", IDENTIFIER_OK },
    { "7010001059391", IDENTIFIER_OK },
    { "4011001098993", IDENTIFIER_OK },
    { "7123456789012", IDENTIFIER_OK },
    { "8123456789012", IDENTIFIER_CHECK_DIGIT },
    { "0123456789012", IDENTIFIER_CHECK_DIGIT },
    { "7000012050003", IDENTIFIER_CHECK_DIGIT },
    { "700001205000", IDENTIFIER_PATTERN },
    { "70000120500021", IDENTIFIER_PATTERN },
    { "700001205000X", IDENTIFIER_PATTERN },
    { "", IDENTIFIER_PATTERN },
  };
  all_hold(corporate_number_check, examples, COUNT_OF(examples));
}

static void invoice_numbers(void **state) {
  (void)state;
  static const struct example examples[] = {
    { "T7000012050002", IDENTIFIER_OK },
    { "T7000012050003", IDENTIFIER_CHECK_DIGIT },
    { "t7000012050002", IDENTIFIER_PATTERN },
    { "7000012050002", IDENTIFIER_PATTERN },
    { "T", IDENTIFIER_PATTERN },
  };
  all_hold(invoice_number_check, examples, COUNT_OF(examples));
}

static void insurer_numbers(void **state) {
  (void)state;
  static const struct example examples[] = {
    { "33120015", IDENTIFIER_OK },     { "33120016", IDENTIFIER_CHECK_DIGIT },
    { "120014", IDENTIFIER_OK }, /* by hand: 1·2 + 0 + 0 + 2·1 + 1·2 = 6, and 10 − 6 = 4 */
    { "3312001", IDENTIFIER_PATTERN }, { "3312A015", IDENTIFIER_PATTERN },
    { "", IDENTIFIER_PATTERN },
  };
  all_hold(insurer_number_check, examples, COUNT_OF(examples));
}

static void physician_numbers(void **state) {
  (void)state;
  static const struct example examples[] = {
    { "1", IDENTIFIER_OK },       { "123456", IDENTIFIER_OK },
    { "1234567", IDENTIFIER_OK }, { "12345678", IDENTIFIER_PATTERN },
    { "", IDENTIFIER_PATTERN },   { "12a", IDENTIFIER_PATTERN },
  };
  all_hold(physician_number_check, examples, COUNT_OF(examples));
}

static void typed_numbers_are_folded_and_the_change_is_told(void **state) {
  (void)state;
  static const struct {
    const char *typed, *folded;
    bool changed;
  } cases[] = {
    { "0110113719", "0110113719", false },   { "０１１０１１３７１９", "0110113719", true },
    { "01-1-0113719", "0110113719", true },  { " 01 1　0113719 ", "0110113719", true },
    { "01ー1−0113719", "0110113719", true }, { "Ｔ7000012050002", "T7000012050002", true },
    { "13a0100019", "13a0100019", false },   { "", "", false },
  };
  struct arena *a = arena_new(0);
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    bool changed;
    assert_true(str_eq(identifier_normalize(a, str_of(cases[i].typed), &changed), str_of(cases[i].folded)));
    assert_int_equal(changed, cases[i].changed);
  }
  arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(facility_codes),          cmocka_unit_test(letters_count_without_i_o_q),
    cmocka_unit_test(one_wrong_digit_is_told), cmocka_unit_test(corporate_numbers),
    cmocka_unit_test(invoice_numbers),         cmocka_unit_test(insurer_numbers),
    cmocka_unit_test(physician_numbers),       cmocka_unit_test(typed_numbers_are_folded_and_the_change_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
