/* sample: values to stand for all between two bounds, and for all of a kind. A sample is tried, then looked at: what does
 * not lie strictly between is none. */
#include "analysis/analysis.h"

static bool lies(struct grid *g, dmn_value low, dmn_value high, dmn_value v) {
  int order;
  if (v.kind == DMN_NULL) return false;
  if (low.kind != DMN_NULL && (!dmn_order(g->eval, low, v, &order) || order >= 0)) return false;
  return high.kind == DMN_NULL || (dmn_order(g->eval, v, high, &order) && order < 0);
}

/* ---- numbers: the next whole one where it fits, else the middle; far out, where one is too little, the double */
static bool number_between(struct grid *g, dmn_value low, dmn_value high, dmn_value *out) {
  struct dmn_eval *e = g->eval;
  dmn_value one = dmn_integer(1), two = dmn_integer(2), tries[5];
  uint32_t count = 0;
  if (low.kind != DMN_NULL && high.kind != DMN_NULL) {
    tries[count++] = dmn_number_add(e, low, one);
    tries[count++] = dmn_number_divide(e, dmn_number_add(e, low, high), two);
  } else if (low.kind != DMN_NULL) {
    tries[count++] = dmn_number_add(e, low, one);
    tries[count++] = dmn_number_multiply(e, low, two);
    tries[count++] = dmn_number_divide(e, low, two);
  } else {
    tries[count++] = dmn_number_subtract(e, high, one);
    tries[count++] = dmn_number_multiply(e, high, two);
    tries[count++] = dmn_number_divide(e, high, two);
  }
  for (uint32_t i = 0; i < count; i++) {
    if (!lies(g, low, high, tries[i])) continue;
    *out = tries[i];
    return true;
  }
  return false;
}

/* ---- what is counted in steps: days, months, seconds, nanoseconds */

static dmn_value seconds(int64_t s, uint32_t nanoseconds) {
  return (dmn_value){ .kind = DMN_DAYS_DURATION, .as.i = s, .length = nanoseconds };
}

static bool moved_between(struct grid *g, dmn_value low, dmn_value high, dmn_value *out) {
  const dmn_value steps[] = { seconds(86400, 0), seconds(3600, 0), seconds(1, 0), seconds(0, 1) };
  bool up = low.kind != DMN_NULL;
  for (size_t i = 0; i < COUNT_OF(steps); i++) {
    *out = up ? dmn_add(g->eval, low, steps[i]) : dmn_subtract(g->eval, high, steps[i]);
    if (lies(g, low, high, *out)) return true;
  }
  return false;
}

static bool counted_between(struct grid *g, dmn_value low, dmn_value high, dmn_value *out) {
  bool up = low.kind != DMN_NULL;
  *out = up ? low : high;
  if (__builtin_add_overflow(out->as.i, up ? 1 : -1, &out->as.i)) return false;
  return lies(g, low, high, *out);
}

static bool string_between(struct grid *g, dmn_value low, dmn_value high, dmn_value *out) {
  static const char *const tails[] = { "a", "0", " ", "\x01" };
  if (low.kind == DMN_NULL) {
    *out = dmn_string(STR(""));
    return lies(g, low, high, *out);
  }
  for (size_t i = 0; i < COUNT_OF(tails); i++) {
    *out = dmn_string(str_format(g->keep, "%.*s%s", STR_ARG(dmn_text(low)), tails[i]));
    if (lies(g, low, high, *out)) return true;
  }
  return false;
}

bool analysis__between(struct grid *g, int kind, dmn_value low, dmn_value high, dmn_value *out) {
  switch (kind) {
    case DMN_NUMBER: return number_between(g, low, high, out);
    case DMN_DATE:
    case DMN_MONTHS_DURATION: return counted_between(g, low, high, out);
    case DMN_TIME:
    case DMN_DATE_TIME:
    case DMN_DAYS_DURATION: return moved_between(g, low, high, out);
    case DMN_STRING: return string_between(g, low, high, out);
    default: return false;
  }
}

dmn_value analysis__sample(int kind) {
  static const struct dmn_moment moment = { .days = 18262 }; /* 2020-01-01T00:00:00, local */
  static const struct dmn_context empty = { .count = 0 };
  switch (kind) {
    case DMN_BOOLEAN: return dmn_boolean(true);
    case DMN_NUMBER: return dmn_integer(0);
    case DMN_DATE: return dmn_date(18262);
    case DMN_TIME: return (dmn_value){ .kind = DMN_TIME };
    case DMN_DATE_TIME: return (dmn_value){ .kind = DMN_DATE_TIME, .as.moment = &moment };
    case DMN_DAYS_DURATION: return seconds(86400, 0);
    case DMN_MONTHS_DURATION: return (dmn_value){ .kind = DMN_MONTHS_DURATION, .as.i = 1 };
    case DMN_LIST: return dmn_list(NULL, 0);
    case DMN_CONTEXT: return (dmn_value){ .kind = DMN_CONTEXT, .as.context = &empty };
    default: return dmn_string(STR("other"));
  }
}
