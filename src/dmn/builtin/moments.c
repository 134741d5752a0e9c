/* moments: sameness, the calendar's names and numbers, and what time it is (tables 77, 79, 82). */
#include "builtin/functions.h"
#include "value/compare.h"
#include "value/temporal.h"

dmn_value builtin__is(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)count;
  return dmn_boolean(dmn__is_within(e, a[0], a[1]));
}

/* ---- the calendar: of a date and time, the date as it is written */
static int64_t days_of(dmn_value v) { return temporal__parts(v).days; }

dmn_value builtin__day_of_year(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)e;
  (void)count;
  return dmn_integer(temporal__day_of_year(days_of(a[0])));
}

dmn_value builtin__week_of_year(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)e;
  (void)count;
  return dmn_integer(temporal__week_of_year(days_of(a[0])));
}

dmn_value builtin__day_of_week(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  static const char *const names[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
  (void)e;
  (void)count;
  return dmn_string(str_of(names[temporal__weekday(days_of(a[0])) - 1]));
}

dmn_value builtin__month_of_year(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  static const char *const names[] = { "January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December" };
  (void)e;
  (void)count;
  return dmn_string(str_of(names[temporal__civil(days_of(a[0])).month - 1]));
}

/* ---- the host's clock */
#define MICROSECONDS 1000000

static bool host_clock(struct dmn_eval *e, struct moment_parts *p) {
  if (e->host == NULL || e->host->now_us == INT64_MIN) return false;
  int64_t local_us = e->host->now_us + (int64_t)e->host->utc_offset_s * MICROSECONDS;
  const int64_t day_us = (int64_t)SECONDS_PER_DAY * MICROSECONDS;
  int64_t days = local_us / day_us - (local_us % day_us < 0);
  *p = (struct moment_parts){
    .days = days,
    .nanoseconds = (local_us - days * day_us) * (NANOSECONDS / MICROSECONDS),
    .zone = temporal__offset_zone(e->host->utc_offset_s),
  };
  return true;
}

dmn_value builtin__now(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)a;
  (void)count;
  struct moment_parts p;
  return host_clock(e, &p) ? temporal__date_time(e, p) : dmn_raise(e, DMN_DIAG_NO_HOST, STR("now()"));
}

dmn_value builtin__today(struct dmn_eval *e, const dmn_value *a, uint32_t count) {
  (void)a;
  (void)count;
  struct moment_parts p;
  return host_clock(e, &p) ? dmn_date(p.days) : dmn_raise(e, DMN_DIAG_NO_HOST, STR("today()"));
}
