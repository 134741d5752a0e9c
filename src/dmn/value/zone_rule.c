/* zone_rule: reads the rule and tells the offset of a moment by working out the two changes of its year. */
#include "value/zone_rule.h"

#include "value/temporal.h"

#define HOURS_MOST 167 /* RFC 8536 extends the hours of a change to ±167 */

/* ---- reading: each part takes what it can from *s, false when it cannot */
static bool take_char(str *s, char c) {
  if (s->n == 0 || s->p[0] != c) return false;
  *s = str_slice(*s, 1, s->n);
  return true;
}

static bool take_name(str *s) {
  size_t n = 0;
  if (take_char(s, '<')) {
    while (n < s->n && s->p[n] != '>') n++;
    if (n == s->n) return false;
    *s = str_slice(*s, n + 1, s->n);
    return true;
  }
  while (n < s->n && ((s->p[n] >= 'A' && s->p[n] <= 'Z') || (s->p[n] >= 'a' && s->p[n] <= 'z'))) n++;
  *s = str_slice(*s, n, s->n);
  return n >= 3;
}

static bool take_number(str *s, int most, int *out) {
  size_t n = 0;
  int v = 0;
  while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9' && v <= most) v = v * 10 + (s->p[n++] - '0');
  *s = str_slice(*s, n, s->n);
  *out = v;
  return n > 0 && v <= most;
}

/* [+|-] hours [: minutes [: seconds]] */
static bool take_clock(str *s, int32_t *out) {
  bool negative = take_char(s, '-');
  if (!negative) take_char(s, '+');
  int hours, minutes = 0, seconds = 0;
  if (!take_number(s, HOURS_MOST, &hours)) return false;
  if (take_char(s, ':')) {
    if (!take_number(s, 59, &minutes)) return false;
    if (take_char(s, ':') && !take_number(s, 59, &seconds)) return false;
  }
  int32_t total = hours * 3600 + minutes * 60 + seconds;
  *out = negative ? -total : total;
  return true;
}

static bool take_change(str *s, struct zone_change *c) {
  *c = (struct zone_change){ .time_s = 2 * 3600 };
  if (!take_char(s, ',')) return false;
  if (take_char(s, 'M')) {
    c->kind = ZONE_DAY_OF_MONTH_WEEK;
    if (!take_number(s, 12, &c->month) || c->month == 0 || !take_char(s, '.')) return false;
    if (!take_number(s, 5, &c->week) || c->week == 0 || !take_char(s, '.')) return false;
    if (!take_number(s, 6, &c->weekday)) return false;
  } else if (take_char(s, 'J')) {
    c->kind = ZONE_DAY_JULIAN;
    if (!take_number(s, 365, &c->day) || c->day == 0) return false;
  } else {
    c->kind = ZONE_DAY_OF_YEAR;
    if (!take_number(s, 365, &c->day)) return false;
  }
  return !take_char(s, '/') || take_clock(s, &c->time_s);
}

bool zone__rule_read(str text, struct zone_rule *r) {
  *r = (struct zone_rule){ 0 };
  if (!take_name(&text) || !take_clock(&text, &r->standard_offset_s)) return false;
  r->standard_offset_s = -r->standard_offset_s;
  if (text.n == 0) return true;
  r->has_summer = true;
  if (!take_name(&text)) return false;
  r->summer_offset_s = r->standard_offset_s + 3600;
  if (text.n > 0 && text.p[0] != ',') {
    if (!take_clock(&text, &r->summer_offset_s)) return false;
    r->summer_offset_s = -r->summer_offset_s;
  }
  return take_change(&text, &r->start) && take_change(&text, &r->end) && text.n == 0;
}

/* ---- working out */
static int64_t change_day(const struct zone_change *c, int64_t year) {
  int64_t first = temporal__days_of(year, 1, 1);
  bool leap = temporal__month_length(year, 2) == 29;
  if (c->kind == ZONE_DAY_OF_YEAR) return first + c->day;
  if (c->kind == ZONE_DAY_JULIAN) return first + c->day - 1 + (leap && c->day >= 60);
  int64_t month_start = temporal__days_of(year, c->month, 1);
  int first_weekday = temporal__weekday(month_start) % 7; /* Sunday as 0 */
  int64_t day = month_start + (c->weekday - first_weekday + 7) % 7 + (int64_t)(c->week - 1) * 7;
  int64_t month_end = month_start + temporal__month_length(year, c->month) - 1;
  return day > month_end ? day - 7 : day;
}

static int64_t change_moment(const struct zone_change *c, int64_t year, int32_t offset_before_s) {
  return change_day(c, year) * SECONDS_PER_DAY + c->time_s - offset_before_s;
}

int32_t zone__rule_offset(const struct zone_rule *r, int64_t utc_s) {
  if (!r->has_summer) return r->standard_offset_s;
  int64_t local_s = utc_s + r->standard_offset_s;
  int64_t days = local_s / SECONDS_PER_DAY - (local_s % SECONDS_PER_DAY < 0);
  int64_t year = temporal__civil(days).year;
  int64_t start = change_moment(&r->start, year, r->standard_offset_s);
  int64_t end = change_moment(&r->end, year, r->summer_offset_s);
  bool summer = start < end ? utc_s >= start && utc_s < end : utc_s >= start || utc_s < end;
  return summer ? r->summer_offset_s : r->standard_offset_s;
}
