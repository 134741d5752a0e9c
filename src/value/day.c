/* day: dates as a count of days, and back.
 *
 * The year is taken to start on 1 March, so that the leap day comes last and month lengths follow a straight line
 * (Euclidean affine functions: Neri and Schneider, "Euclidean affine functions and their application to calendar
 * algorithms", 2022). Years are shifted by a whole number of 400-year cycles, so that all arithmetic is unsigned. */
#include "shienkin/value.h"

#define YEAR_MOST INT64_C(999999999)

enum { CYCLE_DAYS = 146097, CYCLE_YEARS = 400 }; /* 400 Gregorian years repeat exactly */
#define SHIFT_CYCLES UINT64_C(2500001)
#define SHIFT_YEARS (SHIFT_CYCLES * CYCLE_YEARS)
/* 0000-03-01 lies 719468 days before 1970-01-01. */
#define SHIFT_DAYS (SHIFT_CYCLES * CYCLE_DAYS + 719468)

day day_from_civil(int64_t year, int month, int day_of_month) {
  assert(civil_valid(year, month, day_of_month));
  bool early = month <= 2; /* January and February close the year before */
  uint64_t y = (uint64_t)year + SHIFT_YEARS - early;
  uint64_t m = (uint64_t)month + (early ? 12 : 0); /* 3 … 14 */
  uint64_t century = y / 100;
  uint64_t days = 1461 * y / 4 - century + century / 4 + (979 * m - 2919) / 32 + (uint64_t)day_of_month - 1;
  return (day)(days - SHIFT_DAYS);
}

struct civil day_civil(day d) {
  uint64_t n = (uint64_t)d + SHIFT_DAYS;
  assert(n < 2 * SHIFT_CYCLES * CYCLE_DAYS);
  uint64_t in_centuries = 4 * n + 3;
  uint64_t century = in_centuries / CYCLE_DAYS;
  uint32_t in_years = (uint32_t)(in_centuries % CYCLE_DAYS) | 3;
  uint64_t product = UINT64_C(2939745) * in_years; /* in_years / 1461 in the high half */
  uint32_t year_of_century = (uint32_t)(product >> 32);
  uint32_t day_of_year = (uint32_t)product / 2939745 / 4;
  uint32_t in_months = 2141 * day_of_year + 197913;
  bool early = day_of_year >= 306;
  return (struct civil){
    .year = (int64_t)(100 * century + year_of_century + early) - (int64_t)SHIFT_YEARS,
    .month = (int)(in_months >> 16) - (early ? 12 : 0),
    .day = (int)((in_months & 0xFFFF) / 2141) + 1,
  };
}

static bool leap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int month_length(int64_t year, int month) {
  assert(month >= 1 && month <= 12);
  return month == 2 ? 28 + leap(year) : 30 + ((month ^ month >> 3) & 1);
}

bool civil_valid(int64_t year, int month, int day_of_month) {
  return year >= -YEAR_MOST && year <= YEAR_MOST && month >= 1 && month <= 12 && day_of_month >= 1 &&
         day_of_month <= month_length(year, month);
}

/* 1970-01-01 was a Thursday. The shift is a multiple of seven days. */
enum weekday day_weekday(day d) {
  uint64_t n = (uint64_t)d + 7 * SHIFT_DAYS;
  return (enum weekday)((n + 3) % 7 + 1);
}

/* The number that `n` digits at p write, or -1. */
static int digits(const char *p, int n) {
  int value = 0;
  for (int i = 0; i < n; i++) {
    if (p[i] < '0' || p[i] > '9') return -1;
    value = value * 10 + (p[i] - '0');
  }
  return value;
}

bool day_parse(str s, day *out) {
  if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-') return false;
  int year = digits(s.p, 4), month = digits(s.p + 5, 2), dom = digits(s.p + 8, 2);
  if (year < 1 || !civil_valid(year, month, dom)) return false;
  *out = day_from_civil(year, month, dom);
  return true;
}

void day_write(day d, char out[11]) {
  struct civil c = day_civil(d);
  assert(c.year >= 1 && c.year <= 9999);
  int parts[3] = { (int)c.year, c.month, c.day }, widths[3] = { 4, 2, 2 };
  char *p = out;
  for (int i = 0; i < 3; i++) {
    for (int k = widths[i] - 1, rest = parts[i]; k >= 0; k--, rest /= 10) p[k] = (char)('0' + rest % 10);
    p += widths[i];
    *p++ = i < 2 ? '-' : '\0';
  }
}

str day_text(struct arena *a, day d) {
  char text[11];
  day_write(d, text);
  return str_copy(a, (str){ text, 10 });
}

/* The quotient first, so that no moment of the clock overflows when the nine hours are added. */
day day_in_japan(int64_t unix_us) {
  const int64_t second_us = 1000000, day_s = 86400, ahead_s = INT64_C(9) * 3600;
  int64_t seconds = unix_us / second_us - (unix_us % second_us < 0) + ahead_s;
  return seconds / day_s - (seconds % day_s < 0);
}

int64_t day_begins_in_japan(day d) {
  const int64_t hour_us = INT64_C(3600) * 1000000;
  return d * 24 * hour_us - 9 * hour_us;
}
