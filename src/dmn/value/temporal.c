/* temporal: dates, times, moments and durations as values (DMN 1.5, 10.3.2.3.4–8): making them, laying them on one time
 * line, ordering them, and their components after a '.'. */
#include "value/temporal.h"

#include "value/number.h"
#include "value/zone.h"

/* ---- parts */
struct moment_parts temporal__parts(dmn_value v) {
  if (v.kind == DMN_DATE) return (struct moment_parts){ .days = v.as.i, .zone = DMN_ZONE_OFFSET };
  if (v.kind == DMN_TIME && (v.length & DMN_ZONE_NAMED) == 0)
    return (struct moment_parts){ .nanoseconds = v.as.i, .zone = v.length };
  const struct dmn_moment *m = v.as.moment;
  return (struct moment_parts){ m->days, m->nanoseconds, m->zone, m->named };
}

static const struct dmn_moment *keep(struct dmn_eval *e, struct moment_parts p) {
  struct dmn_moment *m = arena_alloc(e->arena, sizeof *m);
  *m = (struct dmn_moment){ p.days, p.nanoseconds, p.named, p.zone };
  return m;
}

dmn_value temporal__time(struct dmn_eval *e, int64_t nanoseconds, dmn_zone zone, const struct dmn_named_zone *named) {
  if (named == NULL) return (dmn_value){ .kind = DMN_TIME, .length = zone, .as.i = nanoseconds };
  struct moment_parts p = { .nanoseconds = nanoseconds, .zone = DMN_ZONE_NAMED, .named = named };
  return (dmn_value){ .kind = DMN_TIME, .length = DMN_ZONE_NAMED, .as.moment = keep(e, p) };
}

dmn_value temporal__date_time(struct dmn_eval *e, struct moment_parts p) {
  if (!temporal__days_in_bounds(p.days)) return dmn_raise(e, DMN_DIAG_DOMAIN, STR("year"));
  return (dmn_value){ .kind = DMN_DATE_TIME, .as.moment = keep(e, p) };
}

dmn_value dmn_date_to_date_time(struct dmn_eval *e, dmn_value date) {
  return temporal__date_time(e, temporal__parts(date));
}

dmn_value temporal__days_duration(struct span s) {
  return (dmn_value){ .kind = DMN_DAYS_DURATION, .length = (uint32_t)s.nanoseconds, .as.i = s.seconds };
}

dmn_value temporal__months_duration(int64_t months) {
  return (dmn_value){ .kind = DMN_MONTHS_DURATION, .as.i = months };
}

/* ---- one time line */
struct span temporal__local(struct moment_parts p) {
  return (struct span){ p.days * SECONDS_PER_DAY + p.nanoseconds / NANOSECONDS,
                        (int32_t)(p.nanoseconds % NANOSECONDS) };
}

bool temporal__offset(struct moment_parts p, bool is_time, int32_t *out) {
  if (p.zone == DMN_ZONE_NONE) return false;
  if (p.named == NULL)
    *out = temporal__zone_offset(p.zone);
  else if (is_time)
    *out = zone__standard_offset(p.named);
  else
    *out = zone__offset_local(p.named, temporal__local(p).seconds, p.zone != DMN_ZONE_NAMED);
  return true;
}

struct span temporal__instant(struct moment_parts p, bool is_time) {
  struct span s = temporal__local(p);
  int32_t offset;
  if (temporal__offset(p, is_time, &offset)) s.seconds -= offset;
  return s;
}

int temporal__span_order(struct span a, struct span b) {
  if (a.seconds != b.seconds) return a.seconds < b.seconds ? -1 : 1;
  return (a.nanoseconds > b.nanoseconds) - (a.nanoseconds < b.nanoseconds);
}

int temporal__order(dmn_value a, dmn_value b) {
  struct moment_parts x = temporal__parts(a), y = temporal__parts(b);
  bool same_clock =
      x.zone == DMN_ZONE_NONE || y.zone == DMN_ZONE_NONE || (x.zone == y.zone && x.named == NULL && y.named == NULL);
  if (same_clock) return temporal__span_order(temporal__local(x), temporal__local(y));
  bool is_time = a.kind == DMN_TIME;
  return temporal__span_order(temporal__instant(x, is_time), temporal__instant(y, is_time));
}

/* ---- components (tables 65–67) */
static dmn_value no_property(struct dmn_eval *e, dmn_value v, dmn_symbol name) {
  str text = str_format(e->arena, "%s.%.*s", dmn_kind_name(v.kind), STR_ARG(dmn_symbol_text(e, name)));
  return dmn_raise(e, DMN_DIAG_NAME, text);
}

static dmn_value date_property(struct dmn_eval *e, dmn_value v, int64_t days, dmn_symbol name) {
  if (name == DMN_SYM_WEEKDAY) return dmn_integer(temporal__weekday(days));
  struct civil_date d = temporal__civil(days);
  switch (name) {
    case DMN_SYM_YEAR: return dmn_integer(d.year);
    case DMN_SYM_MONTH: return dmn_integer(d.month);
    case DMN_SYM_DAY: return dmn_integer(d.day);
    default: return no_property(e, v, name);
  }
}

/* Seconds below one minute, with their fraction. */
static dmn_value seconds_number(struct dmn_eval *e, int64_t nanoseconds) {
  (void)e;
  return dmn_number_of_scaled(nanoseconds, 9);
}

static dmn_value zone_property(struct dmn_eval *e, dmn_value v, struct moment_parts p, dmn_symbol name) {
  int32_t offset;
  if (name == DMN_SYM_TIMEZONE && p.named != NULL) return dmn_string(zone__name(p.named));
  if (name == DMN_SYM_TIME_OFFSET && temporal__offset(p, v.kind == DMN_TIME, &offset))
    return temporal__days_duration((struct span){ offset, 0 });
  return dmn_raise(e, DMN_DIAG_UNKNOWN_PATH, dmn_symbol_text(e, name));
}

static dmn_value clock_property(struct dmn_eval *e, dmn_value v, dmn_symbol name) {
  struct moment_parts p = temporal__parts(v);
  int64_t seconds = p.nanoseconds / NANOSECONDS;
  switch (name) {
    case DMN_SYM_HOUR: return dmn_integer(seconds / 3600);
    case DMN_SYM_MINUTE: return dmn_integer(seconds / 60 % 60);
    case DMN_SYM_SECOND: return seconds_number(e, p.nanoseconds % ((int64_t)60 * NANOSECONDS));
    case DMN_SYM_TIME_OFFSET:
    case DMN_SYM_TIMEZONE: return zone_property(e, v, p, name);
    default: return v.kind == DMN_DATE_TIME ? date_property(e, v, p.days, name) : no_property(e, v, name);
  }
}

static dmn_value months_property(struct dmn_eval *e, dmn_value v, dmn_symbol name) {
  if (name == DMN_SYM_YEARS) return dmn_integer(v.as.i / 12);
  if (name == DMN_SYM_MONTHS) return dmn_integer(v.as.i % 12);
  return no_property(e, v, name);
}

/* The components of a negative duration are all negative (or zero): they are taken of its length and carry its sign. */
static dmn_value days_property(struct dmn_eval *e, dmn_value v, dmn_symbol name) {
  struct span s = temporal__duration_span(v);
  int64_t sign = s.seconds < 0 ? -1 : 1;
  __int128 total = (__int128)s.seconds * NANOSECONDS + s.nanoseconds;
  if (sign < 0) total = -total;
  int64_t seconds = (int64_t)(total / NANOSECONDS), rest = (int64_t)(total % ((__int128)60 * NANOSECONDS));
  switch (name) {
    case DMN_SYM_DAYS: return dmn_integer(sign * (seconds / SECONDS_PER_DAY));
    case DMN_SYM_HOURS: return dmn_integer(sign * (seconds / 3600 % 24));
    case DMN_SYM_MINUTES: return dmn_integer(sign * (seconds / 60 % 60));
    case DMN_SYM_SECONDS: return seconds_number(e, sign * rest);
    default: return no_property(e, v, name);
  }
}

static dmn_value range_property(struct dmn_eval *e, dmn_value v, dmn_symbol name) {
  const struct dmn_range *r = v.as.range;
  switch (name) {
    case DMN_SYM_START: return r->start;
    case DMN_SYM_END: return r->end;
    case DMN_SYM_START_INCLUDED: return dmn_boolean(!r->open_start);
    case DMN_SYM_END_INCLUDED: return dmn_boolean(!r->open_end);
    default: return no_property(e, v, name);
  }
}

dmn_value dmn_property(struct dmn_eval *e, dmn_value v, dmn_symbol name) {
  switch (v.kind) {
    case DMN_NULL: return dmn_raise(e, DMN_DIAG_UNKNOWN_PATH, dmn_symbol_text(e, name));
    case DMN_DATE: return date_property(e, v, v.as.i, name);
    case DMN_TIME:
    case DMN_DATE_TIME: return clock_property(e, v, name);
    case DMN_DAYS_DURATION: return days_property(e, v, name);
    case DMN_MONTHS_DURATION: return months_property(e, v, name);
    case DMN_RANGE: return range_property(e, v, name);
    default: return no_property(e, v, name);
  }
}
