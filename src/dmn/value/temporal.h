/* temporal: what dates, times and durations share inside the module. A day is 86,400 seconds (there are no leap
 * seconds in FEEL); days are counted from 1970-01-01 in the proleptic Gregorian calendar; a year 0 exists. */
#ifndef DMN_TEMPORAL_H
#define DMN_TEMPORAL_H

#include "value/value.h"

#define NANOSECONDS 1000000000
#define SECONDS_PER_DAY 86400
#define NANOSECONDS_PER_DAY ((int64_t)SECONDS_PER_DAY * NANOSECONDS)
#define YEAR_MOST 999999999
#define OFFSET_MOST_S (14 * 3600)                /* 10.3.2.6, table 66, after XML Schema */

/* ---- the calendar (value/calendar.c) */
struct civil_date { int64_t year; int month, day; };
int64_t temporal__days_of(int64_t year, int month, int day);     /* of a date that exists */
struct civil_date temporal__civil(int64_t days);
int temporal__month_length(int64_t year, int month);
bool temporal__date_exists(int64_t year, int64_t month, int64_t day);
int temporal__weekday(int64_t days);             /* 1 Monday … 7 Sunday */
int temporal__day_of_year(int64_t days);         /* 1 … 366 */
int temporal__week_of_year(int64_t days);        /* ISO 8601: 1 … 53 */
bool temporal__days_in_bounds(int64_t days);     /* years within ±YEAR_MOST */
/* The date `months` later, its day cut to the end of that month. False: beyond the years. */
bool temporal__add_months(int64_t days, int64_t months, int64_t *out);

/* ---- moments and zones */
/* A length of time, or a moment since 1970-01-01T00:00:00Z: whole seconds rounded down, and 0–999,999,999
 * nanoseconds. */
struct span { int64_t seconds; int32_t nanoseconds; };
struct moment_parts { int64_t days, nanoseconds; dmn_zone zone; const struct dmn_named_zone *named; };

/* of a TIME (days 0), DATE_TIME or DATE (UTC midnight) */
struct moment_parts temporal__parts(dmn_value v);
dmn_value temporal__time(struct dmn_eval *e, int64_t nanoseconds, dmn_zone zone, const struct dmn_named_zone *named);
/* null with DOMAIN when the year is out of bounds. */
dmn_value temporal__date_time(struct dmn_eval *e, struct moment_parts p);
static inline dmn_zone temporal__offset_zone(int32_t seconds) { return (dmn_zone)((int64_t)DMN_ZONE_OFFSET + seconds); }
static inline int32_t temporal__zone_offset(dmn_zone z) { return (int32_t)((int64_t)z - DMN_ZONE_OFFSET); }
/* Seconds east of UTC; false where there is no zone. */
bool temporal__offset(struct moment_parts p, bool is_time, int32_t *out);
struct span temporal__local(struct moment_parts p);              /* as if it were UTC */
struct span temporal__instant(struct moment_parts p, bool is_time);
int temporal__span_order(struct span a, struct span b);
/* Order of two TIMEs or two DATE_TIMEs: by instant where both have a zone, else by what the clock on the wall shows
 * (table 54: the one without an offset uses that of the other). */
int temporal__order(dmn_value a, dmn_value b);

/* ---- durations */
dmn_value temporal__days_duration(struct span s);
dmn_value temporal__months_duration(int64_t months);
static inline struct span temporal__duration_span(dmn_value v) { return (struct span){ v.as.i, (int32_t)v.length }; }

/* ---- operators; null with the fault when the kinds do not allow it (value/temporal_arithmetic.c) */
dmn_value temporal__add(struct dmn_eval *e, dmn_value a, dmn_value b);
dmn_value temporal__subtract(struct dmn_eval *e, dmn_value a, dmn_value b);
dmn_value temporal__multiply(struct dmn_eval *e, dmn_value duration, dmn_value number);
dmn_value temporal__divide(struct dmn_eval *e, dmn_value duration, dmn_value b);
dmn_value temporal__negate(struct dmn_eval *e, dmn_value duration);

/* ---- reading and printing (value/temporal_text.c) */
void temporal__print_offset(struct buf *b, int32_t seconds);

#endif
