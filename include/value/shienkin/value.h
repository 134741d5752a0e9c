/* value: yen, days, calendars and identifiers: small types with opinions. No floats, no clock, no I/O.
 * Sources: policy P29 (dates, check digits); the laws named at calendar_open(); the ministries' rules for check digits. */
#ifndef SHIENKIN_VALUE_H
#define SHIENKIN_VALUE_H

#include "shienkin/base.h"

/* ---- yen: whole, signed, checked. |yen| <= 10^15, far above every sum of the scheme and exact in JSON. */
typedef struct yen { int64_t amount; } yen;
#define YEN_MOST INT64_C(1000000000000000)
MUST_USE bool yen_of(int64_t amount, yen *out);                 /* false: out of bounds */
MUST_USE bool yen_add(yen a, yen b, yen *out);
MUST_USE bool yen_subtract(yen a, yen b, yen *out);
MUST_USE bool yen_times(yen a, int64_t count, yen *out);
str yen_text(struct arena *a, yen y);                           /* "500,000" */

/* ---- day: a date of the proleptic Gregorian calendar as days since 1970-01-01. */
typedef int64_t day;
#define DAY_NONE INT64_MIN
enum weekday { WEEKDAY_MON = 1, WEEKDAY_TUE, WEEKDAY_WED, WEEKDAY_THU, WEEKDAY_FRI, WEEKDAY_SAT, WEEKDAY_SUN };  /* ISO 8601 */
struct civil { int64_t year; int month, day; };                 /* month 1–12, day 1–31 */

/* Any year within ±999,999,999 (DMN 10.3.2.3.5). */
day day_from_civil(int64_t year, int month, int day_of_month);
struct civil day_civil(day d);
bool civil_valid(int64_t year, int month, int day_of_month);
int month_length(int64_t year, int month);
enum weekday day_weekday(day d);
/* Exactly YYYY-MM-DD with ASCII digits, a day that exists, years 0001–9999 (P29 `date`). */
MUST_USE bool day_parse(str s, day *out);
/* As people write it, in any width: 2026-05-11, 2026/5/11, 2026.5.11, 2026年5月11日, with or without （月）, and the Japanese
 * calendar as wareki_parse() reads it. Never a day without its year. False: no such day, or none of these. */
MUST_USE bool day_read(struct arena *a, str typed, day *out);
str day_text(struct arena *a, day d);                           /* YYYY-MM-DD for years 0001–9999, asserted */
void day_write(day d, char out[11]);                            /* the same, terminated */
/* The day in Japan (UTC+9, no summer time since 1952) at a moment of the clock. */
day day_in_japan(int64_t unix_us);
int64_t day_begins_in_japan(day d);                             /* its first moment; years 0001–9999 */

/* ---- calendar: a sorted set of days with kind, version, horizon and the SHA-256 of its bytes. Immutable.
 * Source format (data/calendars/<kind>-<version>.txt): "# key: value" lines (kind, version, first, last, source), then
 * one "YYYY-MM-DD name" a line, sorted. The newest of the build is compiled in. */
enum calendar_kind { CALENDAR_NATIONAL, CALENDAR_BANK, CALENDAR_ADMINISTRATION };
struct calendar;
/* The national holidays compiled in; never fails, never freed. */
const struct calendar *calendar_national(void);
MUST_USE result calendar_read(struct arena *a, str bytes, struct findings *f, const struct calendar **out);
enum calendar_kind calendar_kind_of(const struct calendar *c);
str calendar_version(const struct calendar *c);
str calendar_sha256(const struct calendar *c);                  /* 64 lower-case hex digits */
day calendar_first(const struct calendar *c);                   /* the horizon: days outside are unknown to it */
day calendar_last(const struct calendar *c);
bool calendar_covers(const struct calendar *c, day d);
bool calendar_holds(const struct calendar *c, day d);           /* a listed day; false outside the horizon */
str calendar_name(const struct calendar *c, day d);             /* "元日"; n = 0 when it is none */
/* The listed days within [from, to], as a slice of the calendar's own sorted array. */
const day *calendar_within(const struct calendar *c, day from, day to, size_t *count);
/* Is the desk open, over the national holidays: a bank Mon–Fri, on no holiday, not 12-31…01-03 (Banking Act 15(1), its
 * order 5(1)); the administration likewise, not 12-29…01-03 (Act on Holidays of Administrative Organs 1). The caller
 * looks at calendar_covers() first: outside the horizon no holiday is known. */
bool calendar_open(const struct calendar *national, enum calendar_kind desk, day d);
day calendar_next_open(const struct calendar *national, enum calendar_kind desk, day d);   /* d itself when open */

/* ---- identifiers. All take normalised text: identifier_normalize() first. */
/* NFKC, then hyphens and spaces stripped; *changed tells whether the typed form differed. */
str identifier_normalize(struct arena *a, str typed, bool *changed);
enum identifier_fault { IDENTIFIER_OK, IDENTIFIER_PATTERN, IDENTIFIER_CHECK_DIGIT };
enum identifier_fault facility_code_check(str s);               /* 医療機関コード or 介護保険事業所番号, 10 characters */
enum identifier_fault corporate_number_check(str s);            /* 法人番号, 13 digits, check digit first */
enum identifier_fault invoice_number_check(str s);              /* T + 法人番号 */
enum identifier_fault insurer_number_check(str s);              /* 保険者番号, 8 digits (6 for national health insurance) */
enum identifier_fault physician_number_check(str s);            /* 医籍登録番号: 1–7 digits, no check digit */

/* ---- ids of our own rows: UUIDv7 (RFC 9562 §5.7), outside as prefix + 26 Crockford characters. */
struct uuid { uint8_t bytes[16]; };
struct uuid uuid_v7(const struct clock *c, const struct randomness *r);
bool uuid_eq(struct uuid a, struct uuid b);
void uuid_write(struct uuid u, char out[37]);                   /* 8-4-4-4-12, terminated */
MUST_USE bool uuid_parse(str s, struct uuid *out);
str uuid_outside(struct arena *a, const char *prefix, struct uuid u);     /* "clm_01JD…" */
/* The zero id, which means "none" within, names nothing and is no id from outside. */
MUST_USE bool uuid_from_outside(str s, const char *prefix, struct uuid *out);

#endif
