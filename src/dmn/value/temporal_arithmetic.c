/* temporal_arithmetic: tables 57–59 and 62 for dates, times and durations. Moments with a zone are added to on the time
 * line (a day is 24 hours, whatever the clocks do), months on the calendar, cut to the end of the month. */
#include "value/compare.h"
#include "value/number.h"
#include "value/temporal.h"
#include "value/zone.h"

static dmn_value overflow(struct dmn_eval *e) { return dmn_raise(e, DMN_DIAG_OVERFLOW, STR_NONE); }

/* ---- spans */
static bool span_add(struct span a, struct span b, struct span *out) {
  int64_t nanoseconds = (int64_t)a.nanoseconds + b.nanoseconds, seconds;
  if (__builtin_add_overflow(a.seconds, b.seconds, &seconds)) return false;
  if (__builtin_add_overflow(seconds, nanoseconds / NANOSECONDS, &seconds)) return false;
  *out = (struct span){ seconds, (int32_t)(nanoseconds % NANOSECONDS) };
  return true;
}

static bool span_negate(struct span a, struct span *out) {
  if (a.seconds == INT64_MIN) return false;
  *out = a.nanoseconds == 0 ? (struct span){ -a.seconds, 0 }
                            : (struct span){ -a.seconds - 1, NANOSECONDS - a.nanoseconds };
  return true;
}

static bool span_subtract(struct span a, struct span b, struct span *out) {
  struct span minus;
  return span_negate(b, &minus) && span_add(a, minus, out);
}

static dmn_value span_number(struct dmn_eval *e, struct span s) {
  __int128 total = (__int128)s.seconds * NANOSECONDS + s.nanoseconds;
  unsigned __int128 magnitude = total < 0 ? -(unsigned __int128)total : (unsigned __int128)total;
  return dmn__number_of_parts(e, (struct decimal_parts){ total < 0, magnitude, -9 });
}

/* Seconds as a number to a duration, rounded to nanoseconds. */
static dmn_value duration_of_number(struct dmn_eval *e, dmn_value seconds) {
  if (dmn_is_null(seconds)) return seconds;
  dmn_value rounded = dmn__number_round(e, seconds, 9, ROUND_HALF_EVEN);
  int64_t whole, nanoseconds;
  if (!dmn__number_floor64(rounded, &whole)) return overflow(e);
  dmn_value fraction =
      dmn_number_multiply(e, dmn_number_subtract(e, rounded, dmn_integer(whole)), dmn_integer(NANOSECONDS));
  if (!dmn_to_int64(fraction, &nanoseconds)) return overflow(e);
  return temporal__days_duration((struct span){ whole, (int32_t)nanoseconds });
}

/* ---- adding to dates and times */
static int64_t floor_days(int64_t seconds) { return seconds / SECONDS_PER_DAY - (seconds % SECONDS_PER_DAY < 0); }

static dmn_value moment_of(struct dmn_eval *e, struct span local, struct moment_parts like) {
  int64_t days = floor_days(local.seconds);
  like.days = days;
  like.nanoseconds = (local.seconds - days * SECONDS_PER_DAY) * NANOSECONDS + local.nanoseconds;
  return temporal__date_time(e, like);
}

/* In a named zone the sum is made in UTC and read off the zone's clocks again; a wall clock that shows the result for
 * the second time says so in its zone. */
static dmn_value add_in_zone(struct dmn_eval *e, struct moment_parts p, struct span d) {
  struct span instant;
  if (!span_add(temporal__instant(p, false), d, &instant)) return overflow(e);
  int32_t offset = zone__offset_at(p.named, instant.seconds);
  struct span local = { instant.seconds + offset, instant.nanoseconds };
  bool second_time = zone__offset_local(p.named, local.seconds, false) != offset;
  p.zone = second_time ? DMN_ZONE_NAMED_LATER : DMN_ZONE_NAMED;
  return moment_of(e, local, p);
}

/* Sums that leave the years of the calendar by far must not overflow on the way. */
#define SPAN_MOST_S ((int64_t)1 << 60)

static dmn_value add_days_duration(struct dmn_eval *e, dmn_value v, struct span d) {
  struct moment_parts p = temporal__parts(v);
  if (v.kind == DMN_TIME) {
    struct span s = { d.seconds - floor_days(d.seconds) * SECONDS_PER_DAY, d.nanoseconds };
    int64_t sum = p.nanoseconds + s.seconds * NANOSECONDS + s.nanoseconds;
    return temporal__time(e, sum % NANOSECONDS_PER_DAY, p.zone, p.named);
  }
  if (d.seconds > SPAN_MOST_S || d.seconds < -SPAN_MOST_S) return overflow(e);
  if (v.kind == DMN_DATE_TIME && p.named != NULL) return add_in_zone(e, p, d);
  struct span sum;
  if (!span_add(temporal__local(p), d, &sum)) return overflow(e);
  if (v.kind == DMN_DATE_TIME) return moment_of(e, sum, p);
  int64_t days = floor_days(sum.seconds);
  if (!temporal__days_in_bounds(days)) return dmn_raise(e, DMN_DIAG_DOMAIN, STR("year"));
  return dmn_date(days);
}

static dmn_value add_months_duration(struct dmn_eval *e, dmn_value v, int64_t months) {
  struct moment_parts p = temporal__parts(v);
  if (!temporal__add_months(p.days, months, &p.days)) return dmn_raise(e, DMN_DIAG_DOMAIN, STR("year"));
  if (v.kind == DMN_DATE) return dmn_date(p.days);
  if (p.named != NULL) p.zone = DMN_ZONE_NAMED;
  return temporal__date_time(e, p);
}

static bool is_duration(dmn_value v) { return v.kind == DMN_DAYS_DURATION || v.kind == DMN_MONTHS_DURATION; }

/* A point in time with a duration. Months do not go with a time of day. */
static dmn_value add_to_point(struct dmn_eval *e, dmn_value point, dmn_value duration) {
  if (duration.kind == DMN_DAYS_DURATION) return add_days_duration(e, point, temporal__duration_span(duration));
  if (point.kind == DMN_TIME) return dmn__raise_kinds(e, point, duration);
  return add_months_duration(e, point, duration.as.i);
}

static dmn_value add_durations(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (a.kind != b.kind) return dmn__raise_kinds(e, a, b);
  if (a.kind == DMN_MONTHS_DURATION) {
    int64_t months;
    return __builtin_add_overflow(a.as.i, b.as.i, &months) ? overflow(e) : temporal__months_duration(months);
  }
  struct span sum;
  if (!span_add(temporal__duration_span(a), temporal__duration_span(b), &sum)) return overflow(e);
  return temporal__days_duration(sum);
}

dmn_value temporal__add(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (is_duration(a) && is_duration(b)) return add_durations(e, a, b);
  if (is_duration(b)) return add_to_point(e, a, b);
  if (is_duration(a)) return add_to_point(e, b, a);
  return dmn__raise_kinds(e, a, b);
}

/* ---- subtracting */
/* A date stands for its midnight in UTC. Both must have a zone, or neither. */
static dmn_value subtract_points(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if ((a.kind == DMN_TIME) != (b.kind == DMN_TIME)) return dmn__raise_kinds(e, a, b);
  struct moment_parts x = temporal__parts(a), y = temporal__parts(b);
  if ((x.zone == DMN_ZONE_NONE) != (y.zone == DMN_ZONE_NONE)) return dmn_raise(e, DMN_DIAG_DOMAIN, STR("timezone"));
  bool is_time = a.kind == DMN_TIME;
  struct span difference;
  if (!span_subtract(temporal__instant(x, is_time), temporal__instant(y, is_time), &difference)) return overflow(e);
  return temporal__days_duration(difference);
}

dmn_value temporal__subtract(struct dmn_eval *e, dmn_value a, dmn_value b) {
  if (!is_duration(b)) return is_duration(a) ? dmn__raise_kinds(e, a, b) : subtract_points(e, a, b);
  dmn_value minus = temporal__negate(e, b);
  return dmn_is_null(minus) ? minus : temporal__add(e, a, minus);
}

dmn_value temporal__negate(struct dmn_eval *e, dmn_value d) {
  struct span minus;
  if (d.kind == DMN_MONTHS_DURATION) return d.as.i == INT64_MIN ? overflow(e) : temporal__months_duration(-d.as.i);
  return span_negate(temporal__duration_span(d), &minus) ? temporal__days_duration(minus) : overflow(e);
}

/* ---- multiplying and dividing. A number of months is cut towards zero, one of seconds rounded to nanoseconds. */
static dmn_value months_of_number(struct dmn_eval *e, dmn_value months) {
  if (dmn_is_null(months)) return months;
  int64_t whole;
  if (!dmn_to_int64(dmn__number_round(e, months, 0, ROUND_DOWN), &whole)) return overflow(e);
  return temporal__months_duration(whole);
}

dmn_value temporal__multiply(struct dmn_eval *e, dmn_value duration, dmn_value number) {
  if (duration.kind == DMN_MONTHS_DURATION)
    return months_of_number(e, dmn_number_multiply(e, dmn_integer(duration.as.i), number));
  return duration_of_number(e, dmn_number_multiply(e, span_number(e, temporal__duration_span(duration)), number));
}

dmn_value temporal__divide(struct dmn_eval *e, dmn_value duration, dmn_value b) {
  bool months = duration.kind == DMN_MONTHS_DURATION;
  dmn_value dividend = months ? dmn_integer(duration.as.i) : span_number(e, temporal__duration_span(duration));
  if (b.kind == DMN_NUMBER) {
    dmn_value quotient = dmn_number_divide(e, dividend, b);
    return months ? months_of_number(e, quotient) : duration_of_number(e, quotient);
  }
  dmn_value divisor = months ? dmn_integer(b.as.i) : span_number(e, temporal__duration_span(b));
  return dmn_number_divide(e, dividend, divisor);
}
