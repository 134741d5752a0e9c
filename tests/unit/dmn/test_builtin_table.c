/* The table of builtins: sorted, whole, well formed, and honest about what it promises of arguments. */
#include "fixture.h"

/* Tables 72–82 of DMN 1.5. */
static const char *const every_name[] = {
  "duration",
  "time",
  "date and time",
  "date",
  "string",
  "number",
  "years and months duration",
  "not",
  "substring",
  "string length",
  "upper case",
  "lower case",
  "substring before",
  "substring after",
  "replace",
  "contains",
  "starts with",
  "ends with",
  "matches",
  "split",
  "string join",
  "list contains",
  "list replace",
  "count",
  "min",
  "max",
  "sum",
  "mean",
  "all",
  "any",
  "sublist",
  "append",
  "concatenate",
  "insert before",
  "remove",
  "reverse",
  "index of",
  "union",
  "distinct values",
  "flatten",
  "product",
  "median",
  "stddev",
  "mode",
  "sort",
  "decimal",
  "floor",
  "ceiling",
  "round up",
  "round down",
  "round half up",
  "round half down",
  "abs",
  "modulo",
  "sqrt",
  "log",
  "exp",
  "odd",
  "even",
  "is",
  "get value",
  "get entries",
  "context",
  "context put",
  "context merge",
  "day of year",
  "day of week",
  "month of year",
  "week of year",
  "now",
  "today",
  "range",
  "before",
  "after",
  "meets",
  "met by",
  "overlaps",
  "overlaps before",
  "overlaps after",
  "finishes",
  "finished by",
  "includes",
  "during",
  "starts",
  "started by",
  "coincides",
};

static void every_builtin_is_there_and_no_other(void **state) {
  (void)state;
  uint32_t count;
  const struct dmn_builtin *all = dmn_builtins(&count);
  assert_int_equal(count, COUNT_OF(every_name));
  for (size_t i = 0; i < COUNT_OF(every_name); i++)
    if (dmn_builtin_find(str_of(every_name[i])) == NULL) fail_msg("no %s", every_name[i]);
  for (uint32_t i = 1; i < count; i++) assert_true(strcmp(all[i - 1].name, all[i].name) < 0);
  assert_null(dmn_builtin_find(STR("sum ")));
  assert_null(dmn_builtin_find(STR("")));
}

static void positions_bind_by_their_number(void **state) {
  (void)state;
  const struct dmn_builtin *floor = dmn_builtin_find(STR("floor")), *substring = dmn_builtin_find(STR("substring"));
  assert_int_equal(dmn_builtin_positional(floor, 1)->count, 1);
  assert_int_equal(dmn_builtin_positional(floor, 2)->count, 2);
  assert_null(dmn_builtin_positional(floor, 0));
  assert_null(dmn_builtin_positional(floor, 3));
  assert_non_null(dmn_builtin_positional(substring, 2));
  assert_null(dmn_builtin_positional(substring, 1));
  assert_non_null(dmn_builtin_positional(dmn_builtin_find(STR("sum")), 50));
  assert_null(dmn_builtin_positional(dmn_builtin_find(STR("sum")), 0));
  assert_null(dmn_builtin_positional(dmn_builtin_find(STR("append")), 1));
  assert_null(dmn_builtin_positional(dmn_builtin_find(STR("today")), 1));
}

static void names_bind_in_any_order(void **state) {
  (void)state;
  const struct dmn_builtin *substring = dmn_builtin_find(STR("substring"));
  uint8_t order[3];
  str names[] = { STR("length"), STR("string"), STR("start position") };
  assert_non_null(dmn_builtin_named(substring, names, 3, order));
  assert_int_equal(order[0], 2);
  assert_int_equal(order[1], 0);
  assert_int_equal(order[2], 1);
  assert_non_null(dmn_builtin_named(substring, names + 1, 2, order));
  assert_null(dmn_builtin_named(substring, names, 2, order));
  assert_null(dmn_builtin_named(substring, (str[]){ STR("string"), STR("string") }, 2, order));
  assert_null(dmn_builtin_named(substring, (str[]){ STR("string"), STR("start") }, 2, order));
  const struct dmn_builtin *put = dmn_builtin_find(STR("context put"));
  assert_non_null(dmn_builtin_named(put, (str[]){ STR("context"), STR("keys"), STR("value") }, 3, order));
  const struct dmn_signature *by_key =
      dmn_builtin_named(put, (str[]){ STR("context"), STR("key"), STR("value") }, 3, order);
  dmn_value arguments[] = { one_entry("a", num("1")), LIST(text("a"), text("b")), num("2") };
  FAULTS(dmn_builtin_call(E, put, by_key, arguments, 3));
}

static void arguments_are_converted(void **state) {
  (void)state;
  IS(CALL("abs", LIST(num("-1"))), "1");
  IS(CALL("abs", LIST(LIST(num("-1")))), "1");
  FAULTS(CALL("abs", LIST(num("-1"), num("-2"))));
  FAULTS(CALL("abs", none()));
  UNKNOWN(CALL("abs", LIST(dmn_null())));
  IS(CALL("count", num("5")), "1");
  IS(CALL("sum", LIST(num("5"))), "5");
  IS(CALL("union", num("1"), num("2")), "[1, 2]");
}

/* Every signature with every kind of value in every place: a value or a diagnostic, and nothing else. */
static void nothing_breaks_a_builtin(void **state) {
  (void)state;
  dmn_value samples[] = {
    dmn_null(),
    yes(),
    num("0"),
    num("-3"),
    num("2.5"),
    num("1e6144"),
    num("-1e-6176"),
    text(""),
    text("a"),
    text("2026-01-01"),
    at("2026-01-01"),
    at("10:00:00@Asia/Tokyo"),
    at("-999999999-01-01T00:00:00@Europe/Paris"),
    at("-P1D"),
    at("P9999999Y"),
    none(),
    LIST(num("1"), dmn_null()),
    LIST(text("a")),
    LIST(one_entry("key", text("k"))),
    one_entry("a", num("1")),
    dmn_range_make(E, true, num("1"), dmn_null(), true),
  };
  uint32_t count;
  const struct dmn_builtin *all = dmn_builtins(&count);
  for (uint32_t b = 0; b < count; b++) {
    for (uint32_t s = 0; s < all[b].signature_count; s++) {
      const struct dmn_signature *signature = &all[b].signatures[s];
      for (size_t i = 0; i < COUNT_OF(samples) * COUNT_OF(samples); i++) {
        dmn_value arguments[4] = { samples[i % COUNT_OF(samples)], samples[i / COUNT_OF(samples)],
                                   samples[(i * 7) % COUNT_OF(samples)], samples[(i * 11) % COUNT_OF(samples)] };
        uint32_t raised = E->fault_count + E->unknown_count;
        dmn_value v = dmn_builtin_call(E, &all[b], signature, arguments, signature->count);
        bool may_be_null_silently = strcmp(all[b].name, "get value") == 0 || strcmp(all[b].name, "context put") == 0 ||
                                    signature->variadic == DMN_LIST_OR_ITEMS;
        if (dmn_is_null(v) && E->fault_count + E->unknown_count == raised && !may_be_null_silently)
          fail_msg("%s gave null without a word", all[b].name);
        dmn_print(fixture.arena, v);
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(every_builtin_is_there_and_no_other),
    TEST(positions_bind_by_their_number),
    TEST(names_bind_in_any_order),
    TEST(arguments_are_converted),
    TEST(nothing_breaks_a_builtin),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
