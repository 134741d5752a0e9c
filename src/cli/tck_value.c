/* tck_value: values of test files, and when two are the same. */
#include "tck.h"

#define XSI "http://www.w3.org/2001/XMLSchema-instance"

/* ---- FEEL over a context of at most two values */

static dmn_value ask(struct dmn_session *s, str expression, const str *names, const dmn_value *values, uint32_t count) {
  struct findings f = findings_in(dmn_session_arena(s));
  dmn_value v, context = dmn_context_of(s, names, values, count);
  return dmn_feel(s, expression, context, &f, &v) == RESULT_OK ? v : dmn_null();
}

dmn_value tck_feel(struct dmn_session *s, str expression) {
  return ask(s, expression, NULL, NULL, 0);
}

/* ---- reading */

static str local_name(str s) {
  str rest, head = str_cut(s, ':', &rest);
  return rest.p != NULL ? rest : head;
}

static dmn_value literal(struct dmn_session *s, const char *function, str text) {
  for (size_t i = 0; i < text.n; i++)
    if (text.p[i] == '"' || text.p[i] == '\\') return dmn_null();
  return tck_feel(s, str_format(dmn_session_arena(s), "%s(\"%.*s\")", function, STR_ARG(text)));
}

static dmn_value typed(struct dmn_session *s, str type, str raw) {
  static const struct { const char *type, *function; } functions[] = {
    { "date", "date" }, { "time", "time" }, { "dateTime", "date and time" }, { "duration", "duration" },
    { "dayTimeDuration", "duration" }, { "yearMonthDuration", "duration" },
  };
  str text = str_trim(raw);
  if (str_eq(type, STR("string")) || type.n == 0) return dmn_string(raw);
  if (str_eq(type, STR("boolean"))) return dmn_boolean(str_eq(text, STR("true")) || str_eq(text, STR("1")));
  for (size_t i = 0; i < COUNT_OF(functions); i++)
    if (str_eq(type, str_of(functions[i].type))) return literal(s, functions[i].function, text);
  return tck_feel(s, text);                      /* decimal, double, integer, … */
}

static dmn_value list_value(struct dmn_session *s, const struct xml_node *x) {
  uint32_t count = 0;
  for (const struct xml_node *i = xml_child(x, "item"); i != NULL; i = xml_next_named(i, "item")) count++;
  dmn_value *items = ARENA_ARRAY(dmn_session_arena(s), dmn_value, count);
  count = 0;
  for (const struct xml_node *i = xml_child(x, "item"); i != NULL; i = xml_next_named(i, "item")) items[count++] = tck_value(s, i);
  return dmn_list(items, count);
}

static dmn_value context_value(struct dmn_session *s, const struct xml_node *x) {
  uint32_t count = 0;
  for (const struct xml_node *i = xml_child(x, "component"); i != NULL; i = xml_next_named(i, "component")) count++;
  str *names = ARENA_ARRAY(dmn_session_arena(s), str, count);
  dmn_value *values = ARENA_ARRAY(dmn_session_arena(s), dmn_value, count);
  count = 0;
  for (const struct xml_node *i = xml_child(x, "component"); i != NULL; i = xml_next_named(i, "component")) {
    names[count] = xml_attr(i, "name");
    values[count++] = tck_value(s, i);
  }
  return dmn_context_of(s, names, values, count);
}

static bool is_nil(const struct xml_node *x) {
  return str_eq(xml_attr_ns(x, XSI, "nil"), STR("true"));
}

dmn_value tck_value(struct dmn_session *s, const struct xml_node *x) {
  if (x == NULL || is_nil(x)) return dmn_null();
  const struct xml_node *value = xml_child(x, "value"), *list = xml_child(x, "list");
  if (list != NULL) return is_nil(list) ? dmn_null() : list_value(s, list);
  if (value != NULL) return is_nil(value) ? dmn_null() : typed(s, local_name(xml_attr_ns(value, XSI, "type")), value->text);
  return xml_child(x, "component") != NULL ? context_value(s, x) : dmn_null();
}

/* ---- comparing */

static bool same_numbers(struct dmn_session *s, dmn_value a, dmn_value b) {
  const str names[] = { STR_INIT("a"), STR_INIT("b") };
  const dmn_value values[] = { a, b };
  return dmn_same(a, b) || dmn_is_true(ask(s, STR("abs(a - b) < 0.00000001"), names, values, 2));
}

/* Every entry of `a` has the same value in `b`, where an absent one is null. */
static bool covers(struct dmn_session *s, dmn_value a, dmn_value b) {
  const str names[] = { STR_INIT("c") };
  dmn_value entries = ask(s, STR("get entries(c)"), names, &a, 1);
  if (entries.kind != DMN_LIST) return false;
  for (uint32_t i = 0; i < entries.length; i++) {
    str key = dmn_text(dmn_get(entries.as.items[i], STR("key")));
    if (!tck_same(s, dmn_get(entries.as.items[i], STR("value")), dmn_get(b, key))) return false;
  }
  return true;
}

static bool same_lists(struct dmn_session *s, dmn_value a, dmn_value b) {
  if (a.length != b.length) return false;
  for (uint32_t i = 0; i < a.length; i++)
    if (!tck_same(s, a.as.items[i], b.as.items[i])) return false;
  return true;
}

bool tck_same(struct dmn_session *s, dmn_value expected, dmn_value actual) {
  if (expected.kind != actual.kind) return false;
  const str names[] = { STR_INIT("a"), STR_INIT("b") };
  const dmn_value values[] = { expected, actual };
  switch (expected.kind) {
    case DMN_NUMBER: return same_numbers(s, expected, actual);
    case DMN_LIST: return same_lists(s, expected, actual);
    case DMN_CONTEXT: return covers(s, expected, actual) && covers(s, actual, expected);
    case DMN_TIME:
    case DMN_DATE_TIME: return dmn_same(expected, actual) || dmn_is_true(ask(s, STR("a = b"), names, values, 2));
    default: return dmn_same(expected, actual);
  }
}
