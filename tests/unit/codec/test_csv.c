/* csv: RFC 4180 §2, and what is wrong said line by line. */
#include "fixture.h"

static struct csv read_csv(struct fixture *f, const char *text) {
  struct csv csv;
  assert_int_equal(csv_read(f->arena, str_of(text), (struct csv_limits){ 100, 4, 20 }, &csv), RESULT_OK);
  return csv;
}

static void assert_field(const struct csv_row *row, uint32_t at, const char *text) {
  assert_true(at < row->count);
  assert_int_equal(row->fields[at].n, strlen(text));
  assert_memory_equal(row->fields[at].p, text, strlen(text));
}

/* §2, rules 1 and 2: a line break between records, with or without one at the end. */
static void test_records(void **state) {
  struct csv csv = read_csv(*state, "aaa,bbb,ccc\r\nzzz,yyy,xxx");
  assert_int_equal(csv.count, 2);
  assert_field(&csv.rows[0], 2, "ccc");
  assert_field(&csv.rows[1], 0, "zzz");
  assert_int_equal(csv.rows[1].line, 2);
  assert_int_equal(read_csv(*state, "a\nb\n").count, 2);
  assert_int_equal(read_csv(*state, "").count, 0);
}

/* Rules 5 to 7: quotes around commas, line breaks and doubled quotes. */
static void test_quotes(void **state) {
  struct csv csv = read_csv(*state, "\"a,b\",\"c\r\nd\",\"say \"\"x\"\"\",\r\nnext");
  assert_int_equal(csv.count, 2);
  assert_field(&csv.rows[0], 0, "a,b");
  assert_field(&csv.rows[0], 1, "c\r\nd");
  assert_field(&csv.rows[0], 2, "say \"x\"");
  assert_field(&csv.rows[0], 3, "");
  assert_int_equal(csv.rows[1].line, 3);
}

static void test_bad_lines_do_not_hide_others(void **state) {
  struct csv csv = read_csv(*state, "a\"b,c\nok,1\n\"x\"y\n1,2,3,4,5\n123456789012345678901\n\nlast,2\n\"never");
  static const struct {
    uint32_t line;
    enum csv_fault fault;
  } wanted[] = {
    { 1, CSV_QUOTE_IN_FIELD }, { 2, CSV_OK }, { 3, CSV_AFTER_QUOTE }, { 4, CSV_TOO_MANY_FIELDS },
    { 5, CSV_FIELD_TOO_LONG }, { 7, CSV_OK }, { 8, CSV_NOT_CLOSED },
  };
  assert_int_equal(csv.count, COUNT_OF(wanted));
  for (size_t i = 0; i < COUNT_OF(wanted); i++) {
    assert_int_equal(csv.rows[i].line, wanted[i].line);
    assert_int_equal(csv.rows[i].fault, wanted[i].fault);
  }
  assert_field(&csv.rows[1], 1, "1");
}

static void test_rows_are_bounded(void **state) {
  struct fixture *f = *state;
  struct csv csv;
  assert_int_equal(csv_read(f->arena, STR("a\nb\nc\n"), (struct csv_limits){ 3, 4, 20 }, &csv), RESULT_OK);
  assert_int_equal(csv_read(f->arena, STR("a\nb\nc\nd"), (struct csv_limits){ 3, 4, 20 }, &csv), RESULT_LIMIT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_records, fixture_open, fixture_close),
    cmocka_unit_test_setup_teardown(test_quotes, fixture_open, fixture_close),
    cmocka_unit_test_setup_teardown(test_bad_lines_do_not_hide_others, fixture_open, fixture_close),
    cmocka_unit_test_setup_teardown(test_rows_are_bounded, fixture_open, fixture_close),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
