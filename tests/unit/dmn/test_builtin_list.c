/* List functions (table 75) and sort (table 80). */
#include "fixture.h"

#include "feel/feel.h"

#define ABC LIST(text("a"), text("b"), text("c"))
#define NUMBERS LIST(num("1"), num("2"), num("3"))

static void asking_a_list(void **state) {
  (void)state;
  IS(CALL("list contains", NUMBERS, num("2.0")), "true");
  IS(CALL("list contains", NUMBERS, text("2")), "false");
  IS(CALL("list contains", LIST(num("1"), dmn_null()), dmn_null()), "true");
  IS(CALL("list contains", LIST(LIST(num("1"))), LIST(num("1"))), "true");
  IS(CALL("list contains", LIST(at("10:00:00Z")), at("19:00:00+09:00")), "true");
  IS(CALL("list contains", num("1"), num("1")), "true");
  IS(CALL("count", NUMBERS), "3");
  IS(CALL("count", none()), "0");
  IS(CALL("count", LIST(num("1"), LIST(num("2"), num("3")))), "2");
  IS(CALL("index of", LIST(num("1"), num("2"), num("3"), num("2")), num("2")), "[2, 4]");
  IS(CALL("index of", LIST(dmn_null(), num("2")), dmn_null()), "[1]");
  IS(CALL("index of", ABC, text("x")), "[]");
  UNKNOWN(CALL("count", dmn_null()));
  UNKNOWN(CALL("list contains", dmn_null(), num("1")));
}

static void parts_of_a_list(void **state) {
  (void)state;
  IS(CALL("sublist", LIST(num("4"), num("5"), num("6")), num("1"), num("2")), "[4, 5]");
  IS(CALL("sublist", ABC, num("2")), "[\"b\", \"c\"]");
  IS(CALL("sublist", ABC, num("-2")), "[\"b\", \"c\"]");
  IS(CALL("sublist", ABC, num("-1"), num("1")), "[\"c\"]");
  FAULTS(CALL("sublist", ABC, num("0")));
  FAULTS(CALL("sublist", ABC, num("4")));
  FAULTS(CALL("sublist", ABC, num("-4")));
  FAULTS(CALL("sublist", ABC, num("2"), num("3")));
  FAULTS(CALL("sublist", ABC, num("2"), num("0")));
  FAULTS(CALL("sublist", ABC, num("1e30")));
  IS(CALL("remove", NUMBERS, num("2")), "[1, 3]");
  IS(CALL("remove", NUMBERS, num("-1")), "[1, 2]");
  FAULTS(CALL("remove", NUMBERS, num("4")));
  FAULTS(CALL("remove", none(), num("1")));
  IS(CALL("reverse", NUMBERS), "[3, 2, 1]");
  IS(CALL("reverse", none()), "[]");
}

static void lists_grow(void **state) {
  (void)state;
  IS(CALL("append", LIST(num("1")), num("2"), num("3")), "[1, 2, 3]");
  IS(CALL("append", LIST(num("1")), LIST(num("2"))), "[1, [2]]");
  IS(CALL("append", none(), dmn_null()), "[null]");
  FAULTS(CALL("append", NUMBERS));
  IS(CALL("concatenate", LIST(num("1"), num("2")), LIST(num("3"))), "[1, 2, 3]");
  IS(CALL("concatenate", LIST(LIST(num("1")), LIST(num("2")))), "[[1], [2]]");
  IS(CALL("concatenate", num("1"), LIST(num("2")), none()), "[1, 2]");
  UNKNOWN(CALL("concatenate", NUMBERS, dmn_null()));
  IS(CALL("insert before", LIST(num("1"), num("3")), num("1"), num("2")), "[2, 1, 3]");
  IS(CALL("insert before", LIST(num("1"), num("3")), num("-1"), num("2")), "[1, 2, 3]");
  IS(CALL("insert before", LIST(num("1")), num("1"), dmn_null()), "[null, 1]");
  FAULTS(CALL("insert before", NUMBERS, num("0"), num("2")));
  FAULTS(CALL("insert before", NUMBERS, num("4"), num("2")));
  IS(CALL("flatten", LIST(LIST(num("1"), num("2")), LIST(LIST(num("3"))), num("4"))), "[1, 2, 3, 4]");
  IS(CALL("flatten", LIST(none(), LIST(none()))), "[]");
  IS(CALL("union", LIST(num("1"), num("2")), LIST(num("2"), num("3"))), "[1, 2, 3]");
  IS(CALL("union", LIST(num("1"), num("1.0"), dmn_null()), LIST(dmn_null(), text("1"))), "[1, null, \"1\"]");
  IS(CALL("distinct values", LIST(num("1"), num("2"), num("3"), num("2"), num("1"))), "[1, 2, 3]");
  IS(CALL("distinct values", LIST(none(), none(), one_entry("a", num("1")), one_entry("a", num("1.0")))),
     "[[], {a: 1}]");
}

/* decisions: 100 closures of 366 days. Linear work, so the steps stay near the number of items. */
static void many_days_cost_little(void **state) {
  (void)state;
  const uint32_t count = 36600;
  dmn_value *days = ARENA_ARRAY(fixture.arena, dmn_value, count);
  for (uint32_t i = 0; i < count; i++) days[i] = dmn_date(20000 + i % 366);
  uint64_t before = E->steps;
  dmn_value distinct = CALL("distinct values", dmn_list(days, count));
  assert_int_equal(distinct.length, 366);
  assert_true(E->steps - before < 4 * count);
  for (uint32_t i = 0; i < count; i++) days[i] = dmn_date(i);
  before = E->steps;
  assert_int_equal(CALL("distinct values", dmn_list(days, count)).length, count);
  assert_true(E->steps - before < 8 * count);
}

/* ---- functions as arguments */
static dmn_value is_less(struct dmn_eval *e, const struct dmn_function *f, const dmn_value *a, uint32_t count) {
  (void)f;
  assert_int_equal(count, 2);
  return dmn_compare(e, DMN_LESS, a[0], a[1]);
}
static dmn_value gives_number(struct dmn_eval *e, const struct dmn_function *f, const dmn_value *a, uint32_t count) {
  (void)e;
  (void)f;
  (void)a;
  (void)count;
  return dmn_integer(1);
}
static const struct feel_parameter two[2];
static dmn_value function(dmn_value (*native)(struct dmn_eval *, const struct dmn_function *, const dmn_value *,
                                              uint32_t),
                          uint32_t arity) {
  struct dmn_function *f = ARENA_NEW(fixture.arena, struct dmn_function);
  *f = (struct dmn_function){
    .kind = DMN_FUNCTION_NATIVE, .parameters = two, .parameter_count = arity, .native = native
  };
  return (dmn_value){ .kind = DMN_FUNCTION, .as.function = f };
}

static void sorting_asks_the_function(void **state) {
  (void)state;
  dmn_value less = function(is_less, 2);
  IS(CALL("sort", LIST(num("3"), num("1"), num("4"), num("5"), num("2")), less), "[1, 2, 3, 4, 5]");
  IS(CALL("sort", none(), less), "[]");
  IS(CALL("sort", LIST(num("1")), less), "[1]");
  UNKNOWN(CALL("sort", LIST(num("1"), dmn_null()), less));
  FAULTS(CALL("sort", LIST(num("1"), text("a")), less));
  FAULTS(CALL("sort", NUMBERS, function(is_less, 1)));
  FAULTS(CALL("sort", NUMBERS, function(gives_number, 2)));
  FAULTS(CALL("sort", NUMBERS));
  dmn_value many[1000];
  for (int i = 0; i < 1000; i++) many[i] = dmn_integer(i * 7919 % 1000);
  dmn_value sorted = CALL("sort", dmn_list(many, 1000), less);
  for (int i = 0; i < 1000; i++) assert_int_equal(sorted.as.items[i].as.i, i);
}

static void items_are_replaced(void **state) {
  (void)state;
  IS(CALL("list replace", LIST(num("2"), num("4"), num("7"), num("8")), num("3"), num("6")), "[2, 4, 6, 8]");
  IS(CALL("list replace", LIST(num("2"), num("4"), num("7"), num("8")), function(is_less, 2), num("5")),
     "[5, 5, 7, 8]");
  IS(CALL("list replace", NUMBERS, num("-1"), dmn_null()), "[1, 2, null]");
  FAULTS(CALL("list replace", NUMBERS, num("4"), num("0")));
  FAULTS(CALL("list replace", NUMBERS, function(is_less, 3), num("0")));
  FAULTS(CALL("list replace", NUMBERS, function(gives_number, 2), num("0")));
  FAULTS(CALL("list replace", NUMBERS, text("1"), num("0")));
}

static void sort_nothing(void *context) {
  (void)context;
  dmn_value *items = ARENA_ARRAY(fixture.arena, dmn_value, 1000);
  for (int i = 0; i < 1000; i++) items[i] = dmn_integer(i);
  CALL("concatenate", dmn_list(items, 1000), dmn_list(items, 1000));
}

static void lists_are_bounded(void **state) {
  (void)state;
  struct dmn_budget small = dmn_budget_filled(&(struct dmn_budget){ .list_items = 1500 });
  E->budget = &small;
  assert_true(exceeds_budget(sort_nothing, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(asking_a_list),         TEST(parts_of_a_list),           TEST(lists_grow),
    TEST(many_days_cost_little), TEST(sorting_asks_the_function), TEST(items_are_replaced),
    TEST(lists_are_bounded),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
