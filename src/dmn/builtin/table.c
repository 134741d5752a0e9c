/* table: every builtin with its signatures, sorted by name (DMN 1.5, tables 72–82). */
#include "builtin/functions.h"

/* Macros that are struct initialisers are not for the formatter. */
/* clang-format off */
#define PARAMETER(name, kind) { name, kind, false, false }
#define OPTIONAL(name, kind) { name, kind, true, false }
#define NULLABLE(name, kind) { name, kind, false, true }

#define COUNT_PARAMETERS(...) (sizeof((struct dmn_parameter[]){ __VA_ARGS__ }) / sizeof(struct dmn_parameter))
#define SIGNATURE(function, ...) \
  { builtin__##function, COUNT_PARAMETERS(__VA_ARGS__), DMN_FIXED, DMN_ANY_FORM, true, { __VA_ARGS__ } }
#define POSITIONAL(function, ...) \
  { builtin__##function, COUNT_PARAMETERS(__VA_ARGS__), DMN_FIXED, DMN_BY_POSITION, true, { __VA_ARGS__ } }
#define NAMED(function, ...) \
  { builtin__##function, COUNT_PARAMETERS(__VA_ARGS__), DMN_FIXED, DMN_BY_NAME, true, { __VA_ARGS__ } }
#define REPEATING(function, ...) \
  { builtin__##function, COUNT_PARAMETERS(__VA_ARGS__), DMN_LAST_REPEATS, DMN_ANY_FORM, true, { __VA_ARGS__ } }
/* Calls functions, or asks the host: never folded. */
#define IMPURE(function, ...) \
  { builtin__##function, COUNT_PARAMETERS(__VA_ARGS__), DMN_FIXED, DMN_ANY_FORM, false, { __VA_ARGS__ } }
#define IMPURE_POSITIONAL(function, ...) \
  { builtin__##function, COUNT_PARAMETERS(__VA_ARGS__), DMN_FIXED, DMN_BY_POSITION, false, { __VA_ARGS__ } }
#define IMPURE_NAMED(function, ...) \
  { builtin__##function, COUNT_PARAMETERS(__VA_ARGS__), DMN_FIXED, DMN_BY_NAME, false, { __VA_ARGS__ } }
#define OF_NOTHING(function) \
  { builtin__##function, 0, DMN_FIXED, DMN_ANY_FORM, false, { { NULL, P_ANY, false, false } } }
#define OF_ITEMS(function) \
  { builtin__##function, 1, DMN_LIST_OR_ITEMS, DMN_ANY_FORM, true, { PARAMETER("list", P_LIST) } }

/* The four and two ways of the interval functions. By position the function itself looks at the kinds. */
#define TWO_OF(function) POSITIONAL(function, PARAMETER("1", P_POINT_OR_RANGE), PARAMETER("2", P_POINT_OR_RANGE))
#define POINT_POINT(function) NAMED(function, PARAMETER("point1", P_COMPARABLE), PARAMETER("point2", P_COMPARABLE))
#define POINT_RANGE(function) NAMED(function, PARAMETER("point", P_COMPARABLE), PARAMETER("range", P_RANGE))
#define RANGE_POINT(function) NAMED(function, PARAMETER("range", P_RANGE), PARAMETER("point", P_COMPARABLE))
#define RANGE_RANGE(function) NAMED(function, PARAMETER("range1", P_RANGE), PARAMETER("range2", P_RANGE))
#define RANGES_ONLY(function) SIGNATURE(function, PARAMETER("range1", P_RANGE), PARAMETER("range2", P_RANGE))

#define ROW(name, ...)                                                                                  \
  { name, (const struct dmn_signature[]){ __VA_ARGS__ },                                                \
    sizeof((const struct dmn_signature[]){ __VA_ARGS__ }) / sizeof(struct dmn_signature) }

/* clang-format on */

static const struct dmn_builtin rows[] = {
  ROW("abs", SIGNATURE(abs, PARAMETER("n", P_NUMBER_OR_DURATION))),
  ROW("after", TWO_OF(after), POINT_POINT(after), POINT_RANGE(after), RANGE_POINT(after), RANGE_RANGE(after)),
  ROW("all", OF_ITEMS(all)),
  ROW("any", OF_ITEMS(any)),
  ROW("append", REPEATING(append, PARAMETER("list", P_LIST), NULLABLE("item", P_ANY))),
  ROW("before", TWO_OF(before), POINT_POINT(before), POINT_RANGE(before), RANGE_POINT(before), RANGE_RANGE(before)),
  ROW("ceiling", SIGNATURE(ceiling, PARAMETER("n", P_NUMBER)),
      SIGNATURE(ceiling, PARAMETER("n", P_NUMBER), PARAMETER("scale", P_NUMBER))),
  ROW("coincides", TWO_OF(coincides), POINT_POINT(coincides), RANGE_RANGE(coincides)),
  ROW("concatenate", REPEATING(concatenate, PARAMETER("list", P_LIST))),
  ROW("contains", SIGNATURE(contains, PARAMETER("string", P_STRING), PARAMETER("match", P_STRING))),
  ROW("context", SIGNATURE(context, PARAMETER("entries", P_LIST))),
  ROW("context merge", SIGNATURE(context_merge, PARAMETER("contexts", P_LIST))),
  ROW("context put",
      POSITIONAL(context_put_keys, PARAMETER("context", P_CONTEXT), PARAMETER("keys", P_STRING_OR_LIST),
                 NULLABLE("value", P_ANY)),
      NAMED(context_put, PARAMETER("context", P_CONTEXT), PARAMETER("key", P_STRING), NULLABLE("value", P_ANY)),
      NAMED(context_put_keys, PARAMETER("context", P_CONTEXT), PARAMETER("keys", P_LIST), NULLABLE("value", P_ANY))),
  ROW("count", SIGNATURE(count, PARAMETER("list", P_LIST))),
  ROW("date", SIGNATURE(date_from, PARAMETER("from", P_TEMPORAL)),
      SIGNATURE(date_of, PARAMETER("year", P_NUMBER), PARAMETER("month", P_NUMBER), PARAMETER("day", P_NUMBER))),
  ROW("date and time", SIGNATURE(date_and_time_from, PARAMETER("from", P_STRING)),
      SIGNATURE(date_and_time_of, PARAMETER("date", P_DATE_OR_DATE_TIME), PARAMETER("time", P_TIME))),
  ROW("day of week", SIGNATURE(day_of_week, PARAMETER("date", P_DATE_OR_DATE_TIME))),
  ROW("day of year", SIGNATURE(day_of_year, PARAMETER("date", P_DATE_OR_DATE_TIME))),
  ROW("decimal", SIGNATURE(decimal, PARAMETER("n", P_NUMBER), PARAMETER("scale", P_NUMBER))),
  ROW("distinct values", SIGNATURE(distinct_values, PARAMETER("list", P_LIST))),
  ROW("duration", SIGNATURE(duration_from, PARAMETER("from", P_STRING))),
  ROW("during", POSITIONAL(during, PARAMETER("1", P_POINT_OR_RANGE), PARAMETER("2", P_RANGE)), POINT_RANGE(during),
      RANGE_RANGE(during)),
  ROW("ends with", SIGNATURE(ends_with, PARAMETER("string", P_STRING), PARAMETER("match", P_STRING))),
  ROW("even", SIGNATURE(even, PARAMETER("number", P_NUMBER))),
  ROW("exp", SIGNATURE(exp, PARAMETER("number", P_NUMBER))),
  ROW("finished by", POSITIONAL(finished_by, PARAMETER("1", P_RANGE), PARAMETER("2", P_POINT_OR_RANGE)),
      RANGE_POINT(finished_by), RANGE_RANGE(finished_by)),
  ROW("finishes", POSITIONAL(finishes, PARAMETER("1", P_POINT_OR_RANGE), PARAMETER("2", P_RANGE)),
      POINT_RANGE(finishes), RANGE_RANGE(finishes)),
  ROW("flatten", SIGNATURE(flatten, PARAMETER("list", P_LIST))),
  ROW("floor", SIGNATURE(floor, PARAMETER("n", P_NUMBER)),
      SIGNATURE(floor, PARAMETER("n", P_NUMBER), PARAMETER("scale", P_NUMBER))),
  ROW("get entries", SIGNATURE(get_entries, PARAMETER("m", P_CONTEXT))),
  ROW("get value", SIGNATURE(get_value, PARAMETER("m", P_CONTEXT), PARAMETER("key", P_STRING))),
  ROW("includes", POSITIONAL(includes, PARAMETER("1", P_RANGE), PARAMETER("2", P_POINT_OR_RANGE)),
      RANGE_POINT(includes), RANGE_RANGE(includes)),
  ROW("index of", SIGNATURE(index_of, PARAMETER("list", P_LIST), NULLABLE("match", P_ANY))),
  ROW("insert before",
      SIGNATURE(insert_before, PARAMETER("list", P_LIST), PARAMETER("position", P_NUMBER), NULLABLE("newItem", P_ANY))),
  ROW("is", SIGNATURE(is, NULLABLE("value1", P_ANY), NULLABLE("value2", P_ANY))),
  ROW("list contains", SIGNATURE(list_contains, PARAMETER("list", P_LIST), NULLABLE("element", P_ANY))),
  ROW("list replace",
      IMPURE_POSITIONAL(list_replace, PARAMETER("list", P_LIST), PARAMETER("position", P_NUMBER_OR_FUNCTION),
                        NULLABLE("newItem", P_ANY)),
      NAMED(list_replace, PARAMETER("list", P_LIST), PARAMETER("position", P_NUMBER), NULLABLE("newItem", P_ANY)),
      IMPURE_NAMED(list_replace, PARAMETER("list", P_LIST), PARAMETER("match", P_FUNCTION),
                   NULLABLE("newItem", P_ANY))),
  ROW("log", SIGNATURE(log, PARAMETER("number", P_NUMBER))),
  ROW("lower case", SIGNATURE(lower_case, PARAMETER("string", P_STRING))),
  ROW("matches",
      SIGNATURE(matches, PARAMETER("input", P_STRING), PARAMETER("pattern", P_STRING), OPTIONAL("flags", P_STRING))),
  ROW("max", OF_ITEMS(max)),
  ROW("mean", OF_ITEMS(mean)),
  ROW("median", OF_ITEMS(median)),
  ROW("meets", RANGES_ONLY(meets)),
  ROW("met by", RANGES_ONLY(met_by)),
  ROW("min", OF_ITEMS(min)),
  ROW("mode", OF_ITEMS(mode)),
  ROW("modulo", SIGNATURE(modulo, PARAMETER("dividend", P_NUMBER), PARAMETER("divisor", P_NUMBER))),
  ROW("month of year", SIGNATURE(month_of_year, PARAMETER("date", P_DATE_OR_DATE_TIME))),
  ROW("not", SIGNATURE(not, PARAMETER("negand", P_BOOLEAN))),
  ROW("now", OF_NOTHING(now)),
  ROW("number", SIGNATURE(number_from, PARAMETER("from", P_STRING), NULLABLE("grouping separator", P_STRING),
                          NULLABLE("decimal separator", P_STRING))),
  ROW("odd", SIGNATURE(odd, PARAMETER("number", P_NUMBER))),
  ROW("overlaps", RANGES_ONLY(overlaps)),
  ROW("overlaps after", RANGES_ONLY(overlaps_after)),
  ROW("overlaps before", RANGES_ONLY(overlaps_before)),
  ROW("product", OF_ITEMS(product)),
  ROW("range", SIGNATURE(range_from, PARAMETER("from", P_STRING))),
  ROW("remove", SIGNATURE(remove, PARAMETER("list", P_LIST), PARAMETER("position", P_NUMBER))),
  ROW("replace", SIGNATURE(replace, PARAMETER("input", P_STRING), PARAMETER("pattern", P_STRING),
                           PARAMETER("replacement", P_STRING), OPTIONAL("flags", P_STRING))),
  ROW("reverse", SIGNATURE(reverse, PARAMETER("list", P_LIST))),
  ROW("round down", SIGNATURE(round_down, PARAMETER("n", P_NUMBER), PARAMETER("scale", P_NUMBER))),
  ROW("round half down", SIGNATURE(round_half_down, PARAMETER("n", P_NUMBER), PARAMETER("scale", P_NUMBER))),
  ROW("round half up", SIGNATURE(round_half_up, PARAMETER("n", P_NUMBER), PARAMETER("scale", P_NUMBER))),
  ROW("round up", SIGNATURE(round_up, PARAMETER("n", P_NUMBER), PARAMETER("scale", P_NUMBER))),
  ROW("sort", IMPURE(sort, PARAMETER("list", P_LIST), PARAMETER("precedes", P_FUNCTION))),
  ROW("split", SIGNATURE(split, PARAMETER("string", P_STRING), PARAMETER("delimiter", P_STRING))),
  ROW("sqrt", SIGNATURE(sqrt, PARAMETER("number", P_NUMBER))),
  ROW("started by", POSITIONAL(started_by, PARAMETER("1", P_RANGE), PARAMETER("2", P_POINT_OR_RANGE)),
      RANGE_POINT(started_by), RANGE_RANGE(started_by)),
  ROW("starts", POSITIONAL(starts, PARAMETER("1", P_POINT_OR_RANGE), PARAMETER("2", P_RANGE)), POINT_RANGE(starts),
      RANGE_RANGE(starts)),
  ROW("starts with", SIGNATURE(starts_with, PARAMETER("string", P_STRING), PARAMETER("match", P_STRING))),
  ROW("stddev", OF_ITEMS(stddev)),
  ROW("string", SIGNATURE(string_from, PARAMETER("from", P_ANY))),
  ROW("string join", SIGNATURE(string_join, PARAMETER("list", P_LIST), OPTIONAL("delimiter", P_STRING))),
  ROW("string length", SIGNATURE(string_length, PARAMETER("string", P_STRING))),
  ROW("sublist", SIGNATURE(sublist, PARAMETER("list", P_LIST), PARAMETER("start position", P_NUMBER),
                           OPTIONAL("length", P_NUMBER))),
  ROW("substring", SIGNATURE(substring, PARAMETER("string", P_STRING), PARAMETER("start position", P_NUMBER),
                             OPTIONAL("length", P_NUMBER))),
  ROW("substring after", SIGNATURE(substring_after, PARAMETER("string", P_STRING), PARAMETER("match", P_STRING))),
  ROW("substring before", SIGNATURE(substring_before, PARAMETER("string", P_STRING), PARAMETER("match", P_STRING))),
  ROW("sum", OF_ITEMS(sum)),
  ROW("time", SIGNATURE(time_from, PARAMETER("from", P_TEMPORAL)),
      SIGNATURE(time_of, PARAMETER("hour", P_NUMBER), PARAMETER("minute", P_NUMBER), PARAMETER("second", P_NUMBER),
                OPTIONAL("offset", P_DAYS))),
  ROW("today", OF_NOTHING(today)),
  ROW("union", REPEATING(union, PARAMETER("list", P_LIST))),
  ROW("upper case", SIGNATURE(upper_case, PARAMETER("string", P_STRING))),
  ROW("week of year", SIGNATURE(week_of_year, PARAMETER("date", P_DATE_OR_DATE_TIME))),
  ROW("years and months duration",
      SIGNATURE(years_and_months, PARAMETER("from", P_DATE_OR_DATE_TIME), PARAMETER("to", P_DATE_OR_DATE_TIME))),
};

const struct dmn_builtin *dmn_builtins(uint32_t *count) {
  *count = COUNT_OF(rows);
  return rows;
}
