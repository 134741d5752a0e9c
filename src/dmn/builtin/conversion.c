/* conversion: from texts and components to values and back (table 72), and negation (table 73). */
#include "builtin/functions.h"
#include "value/number.h"
#include "value/print.h"
#include "value/temporal.h"

dmn_value builtin__domain(struct dmn_eval *e, const char *detail) {
  return dmn_raise(e, DMN_DIAG_DOMAIN, str_of(detail));
}

/* What a parser answers, with the fault that its text was no literal. */
static dmn_value literal(struct dmn_eval *e, dmn_value parsed, dmn_value text) {
  return dmn_is_null(parsed) ? dmn_raise(e, DMN_DIAG_LITERAL, dmn_text(text)) : parsed;
}

/* ---- dates and times */
dmn_value builtin__date_from(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  switch (a[0].kind) {
    case DMN_DATE: return a[0];
    case DMN_DATE_TIME: return dmn_date(temporal__parts(a[0]).days);
    case DMN_STRING: return literal(e, dmn_date_parse(e, dmn_text(a[0])), a[0]);
    default: return dmn_raise_operand(e, a[0]);
  }
}

dmn_value builtin__date_of(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  int64_t year, month, day;
  bool whole = dmn_to_int64(a[0], &year) && dmn_to_int64(a[1], &month) && dmn_to_int64(a[2], &day);
  if (!whole || !temporal__date_exists(year, month, day)) return builtin__domain(e, "date");
  return dmn_date(temporal__days_of(year, (int)month, (int)day));
}

dmn_value builtin__date_and_time_from(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return literal(e, dmn_date_time_parse(e, dmn_text(a[0])), a[0]);
}

dmn_value builtin__date_and_time_of(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  struct moment_parts p = temporal__parts(a[1]);
  p.days = temporal__parts(a[0]).days;
  return temporal__date_time(e, p);
}

dmn_value builtin__time_from(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  if (a[0].kind == DMN_TIME) return a[0];
  if (a[0].kind == DMN_STRING) return literal(e, dmn_time_parse(e, dmn_text(a[0])), a[0]);
  struct moment_parts p = temporal__parts(a[0]);
  return temporal__time(e, p.nanoseconds, p.named != NULL ? DMN_ZONE_NAMED : p.zone, p.named);
}

/* Seconds may have a fraction; what lies below nanoseconds is cut. */
static bool seconds_of(struct dmn_eval *e, dmn_value number, int64_t *nanoseconds) {
  dmn_value scaled = dmn_number_multiply(e, number, dmn_integer(NANOSECONDS));
  return !dmn_is_null(scaled) && dmn__number_floor64(scaled, nanoseconds) && *nanoseconds >= 0 &&
         *nanoseconds < (int64_t)60 * NANOSECONDS;
}

dmn_value builtin__time_of(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  int64_t hour, minute, nanoseconds;
  bool fine = dmn_to_int64(a[0], &hour) && dmn_to_int64(a[1], &minute) && seconds_of(e, a[2], &nanoseconds);
  if (!fine || hour < 0 || hour > 23 || minute < 0 || minute > 59) return builtin__domain(e, "time");
  nanoseconds += (hour * 3600 + minute * 60) * NANOSECONDS;
  if (dmn_is_null(a[3])) return temporal__time(e, nanoseconds, DMN_ZONE_NONE, NULL);
  struct span offset = temporal__duration_span(a[3]);
  if (offset.nanoseconds != 0 || offset.seconds > OFFSET_MOST_S || offset.seconds < -OFFSET_MOST_S)
    return builtin__domain(e, "offset");
  return temporal__time(e, nanoseconds, temporal__offset_zone((int32_t)offset.seconds), NULL);
}

/* ---- durations */
dmn_value builtin__duration_from(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return literal(e, dmn_duration_parse(e, dmn_text(a[0])), a[0]);
}

/* Whole months between two calendar days, towards zero; times of day and zones play no part. */
dmn_value builtin__years_and_months(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)e;
  (void)count;
  struct civil_date from = temporal__civil(temporal__parts(a[0]).days),
                    to = temporal__civil(temporal__parts(a[1]).days);
  int64_t months = (to.year - from.year) * 12 + to.month - from.month;
  if (months > 0 && to.day < from.day) months--;
  if (months < 0 && to.day > from.day) months++;
  return temporal__months_duration(months);
}

/* ---- numbers */
/* The single character of a separator; '\0' for null. False: it is none that is allowed. */
static bool separator(dmn_value v, const char *allowed, char *out) {
  *out = '\0';
  if (dmn_is_null(v)) return true;
  if (v.length != 1 || strchr(allowed, v.as.text[0]) == NULL) return false;
  *out = v.as.text[0];
  return true;
}

dmn_value builtin__number_from(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  char grouping, point;
  if (!separator(a[1], " ,.", &grouping)) return builtin__domain(e, "grouping separator");
  if (!separator(a[2], ",.", &point)) return builtin__domain(e, "decimal separator");
  if (grouping != '\0' && grouping == point) return builtin__domain(e, "decimal separator");
  str from = dmn_text(a[0]);
  char *text = arena_alloc(e->arena, from.n);
  size_t n = 0;
  for (size_t i = 0; i < from.n; i++) {
    char c = from.p[i];
    if (grouping != '\0' && c == grouping) continue;
    if (point == ',' && c == '.') return literal(e, dmn_null(), a[0]);
    text[n++] = point != '\0' && c == point ? '.' : c;
  }
  return literal(e, dmn_number_parse(e, (str){ text, n }), a[0]);
}

/* ---- strings */
dmn_value builtin__string_from(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  if (a[0].kind == DMN_STRING) return a[0];
  return dmn__string_checked(e, dmn__string_of(e->arena, a[0]));
}

/* ---- truth */
dmn_value builtin__not(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)e;
  (void)count;
  return dmn_boolean(!a[0].as.truth);
}
