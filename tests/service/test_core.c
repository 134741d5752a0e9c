/* core: problems, events, idempotency, what a failing database leaves behind. */
#include "house.h"

static struct house house;

static int up(void **state) {
  house_up(&house);
  *state = &house;
  return 0;
}

static int down(void **state) {
  house_down(*state);
  return 0;
}

static int next(void **state) {
  house_next(*state);
  return 0;
}

static void test_house_stands(void **state) {
  struct house *h = *state;
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.member_version"), 2);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.facility_relation"), 2);
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.event WHERE type = 'roster.imported'"), 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_house_stands, next),
  };
  return cmocka_run_group_tests(tests, up, down);
}
