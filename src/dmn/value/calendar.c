/* calendar: the proleptic Gregorian calendar over a billion years in both directions. A year is thought to begin on
 * 1 March, so that the leap day is its last; then the days before a month are a linear formula, and 400 years are
 * always 146,097 days. */
#include "value/temporal.h"

#define DAYS_PER_ERA 146097 /* 400 years */
#define DAYS_TO_1970 719468 /* from 0000-03-01 */

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

int64_t temporal__days_of(int64_t year, int month, int day) {
  int64_t y = month <= 2 ? year - 1 : year;
  int64_t era = floor_div(y, 400), year_of_era = y - era * 400;
  int64_t month_from_march = (month + 9) % 12;
  int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

struct civil_date temporal__civil(int64_t days) {
  int64_t z = days + DAYS_TO_1970;
  int64_t era = floor_div(z, DAYS_PER_ERA), day_of_era = z - era * DAYS_PER_ERA;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month_from_march = (5 * day_of_year + 2) / 153;
  int month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  int day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  return (struct civil_date){ era * 400 + year_of_era + (month <= 2), month, day };
}

static bool is_leap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int temporal__month_length(int64_t year, int month) {
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  return lengths[month - 1] + (month == 2 && is_leap(year));
}

bool temporal__date_exists(int64_t year, int64_t month, int64_t day) {
  return year >= -YEAR_MOST && year <= YEAR_MOST && month >= 1 && month <= 12 && day >= 1 &&
         day <= temporal__month_length(year, (int)month);
}

bool temporal__days_in_bounds(int64_t days) {
  return days >= temporal__days_of(-YEAR_MOST, 1, 1) && days <= temporal__days_of(YEAR_MOST, 12, 31);
}

int temporal__weekday(int64_t days) {
  int64_t since_monday = (days + 3) % 7; /* 1970-01-01 was a Thursday */
  return (int)(since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

int temporal__day_of_year(int64_t days) {
  return (int)(days - temporal__days_of(temporal__civil(days).year, 1, 1)) + 1;
}

/* A week belongs to the year that its Thursday is in. */
int temporal__week_of_year(int64_t days) {
  int64_t thursday = days - temporal__weekday(days) + 4;
  return (temporal__day_of_year(thursday) - 1) / 7 + 1;
}

bool temporal__add_months(int64_t days, int64_t months, int64_t *out) {
  struct civil_date d = temporal__civil(days);
  int64_t total;
  if (__builtin_add_overflow(d.year * 12 + d.month - 1, months, &total)) return false;
  int64_t year = floor_div(total, 12);
  if (year < -YEAR_MOST || year > YEAR_MOST) return false;
  int month = (int)(total - year * 12) + 1, length = temporal__month_length(year, month);
  *out = temporal__days_of(year, month, d.day < length ? d.day : length);
  return true;
}
