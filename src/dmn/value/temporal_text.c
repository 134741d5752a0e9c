/* temporal_text: the lexical forms (10.3.4.1) and their printing.
 *
 *   date            [-]YYYY-MM-DD          4 to 9 digits of year, no zero before more than four
 *   time            hh:mm:ss[.fraction] [Z | ±hh:mm[:ss] | @Zone/Name]
 *   date and time   date [T time]
 *   durations       [-]P[nY][nM] and [-]P[nD][T[nH][nM][n[.fraction]S]]
 *
 * 24:00:00 is the midnight that ends a day. Fractions beyond nanoseconds are cut. */
#include "value/temporal.h"
#include "value/zone.h"

/* ---- a text being read */
struct reader {
  str s;
  size_t at;
};

static bool at_end(const struct reader *r) { return r->at == r->s.n; }
static char peek(const struct reader *r) { return at_end(r) ? '\0' : r->s.p[r->at]; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool take(struct reader *r, char c) {
  if (at_end(r) || r->s.p[r->at] != c) return false;
  r->at++;
  return true;
}

/* Exactly `count` digits. */
static bool take_digits(struct reader *r, int count, int *out) {
  int v = 0;
  for (int i = 0; i < count; i++) {
    if (!is_digit(peek(r))) return false;
    v = v * 10 + (r->s.p[r->at++] - '0');
  }
  *out = v;
  return true;
}

/* The digits behind a point that was taken, as nanoseconds. */
static bool take_fraction(struct reader *r, int32_t *nanoseconds) {
  int32_t unit = NANOSECONDS / 10, v = 0;
  if (!is_digit(peek(r))) return false;
  for (; is_digit(peek(r)); r->at++, unit /= 10) v += unit * (r->s.p[r->at] - '0');
  *nanoseconds = v;
  return true;
}

/* ---- dates */
static bool take_date(struct reader *r, int64_t *days) {
  bool negative = take(r, '-');
  size_t from = r->at;
  int64_t year = 0;
  while (is_digit(peek(r)) && r->at - from < 10) year = year * 10 + (r->s.p[r->at++] - '0');
  size_t digits = r->at - from;
  if (digits < 4 || digits > 9 || (digits > 4 && r->s.p[from] == '0')) return false;
  int month, day;
  if (!take(r, '-') || !take_digits(r, 2, &month) || !take(r, '-') || !take_digits(r, 2, &day)) return false;
  if (negative) year = -year;
  if (!temporal__date_exists(year, month, day)) return false;
  *days = temporal__days_of(year, month, day);
  return true;
}

dmn_value dmn_date_parse(struct dmn_eval *e, str s) {
  (void)e;
  struct reader r = { s, 0 };
  int64_t days;
  return take_date(&r, &days) && at_end(&r) ? dmn_date(days) : dmn_null();
}

/* ---- times */
/* `nanoseconds` may be a whole day, for 24:00:00. */
static bool take_clock(struct reader *r, int64_t *nanoseconds) {
  int hour, minute, second;
  int32_t fraction = 0;
  if (!take_digits(r, 2, &hour) || !take(r, ':') || !take_digits(r, 2, &minute) || !take(r, ':')) return false;
  if (!take_digits(r, 2, &second) || (take(r, '.') && !take_fraction(r, &fraction))) return false;
  bool day_end = hour == 24 && minute == 0 && second == 0 && fraction == 0;
  if (!day_end && (hour > 23 || minute > 59 || second > 59)) return false;
  *nanoseconds = (int64_t)(hour * 3600 + minute * 60 + second) * NANOSECONDS + fraction;
  return true;
}

static bool take_offset(struct reader *r, dmn_zone *zone) {
  bool negative = peek(r) == '-';
  if (!take(r, '-') && !take(r, '+')) return false;
  int hour, minute, second = 0;
  if (!take_digits(r, 2, &hour) || !take(r, ':') || !take_digits(r, 2, &minute)) return false;
  if (take(r, ':') && !take_digits(r, 2, &second)) return false;
  int offset = hour * 3600 + minute * 60 + second;
  if (minute > 59 || second > 59 || offset > OFFSET_MOST_S) return false;
  *zone = temporal__offset_zone(negative ? -offset : offset);
  return true;
}

/* What stands behind the clock, to the end of the text. */
static bool take_zone(struct dmn_eval *e, struct reader *r, struct moment_parts *p) {
  if (at_end(r)) return true;
  if (take(r, 'Z') || take(r, 'z')) {
    p->zone = DMN_ZONE_OFFSET;
  } else if (take(r, '@')) {
    p->named = zone__find(e, str_slice(r->s, r->at, r->s.n));
    p->zone = DMN_ZONE_NAMED;
    r->at = r->s.n;
    return p->named != NULL;
  } else if (!take_offset(r, &p->zone)) {
    return false;
  }
  return at_end(r);
}

dmn_value dmn_time_parse(struct dmn_eval *e, str s) {
  struct reader r = { s, 0 };
  struct moment_parts p = { 0 };
  if (!take_clock(&r, &p.nanoseconds) || !take_zone(e, &r, &p)) return dmn_null();
  return temporal__time(e, p.nanoseconds % NANOSECONDS_PER_DAY, p.zone, p.named);
}

/* ---- dates and times */
dmn_value dmn_date_time_parse(struct dmn_eval *e, str s) {
  struct reader r = { s, 0 };
  struct moment_parts p = { 0 };
  if (!take_date(&r, &p.days)) return dmn_null();
  if (!at_end(&r) && (!take(&r, 'T') || !take_clock(&r, &p.nanoseconds) || !take_zone(e, &r, &p))) return dmn_null();
  p.days += p.nanoseconds / NANOSECONDS_PER_DAY;
  p.nanoseconds %= NANOSECONDS_PER_DAY;
  return temporal__days_in_bounds(p.days) ? temporal__date_time(e, p) : dmn_null();
}

/* ---- durations */
/* One component "n" before its designator; *fraction_ok allows a fraction and tells whether there was one. */
static bool take_count(struct reader *r, int64_t *out) {
  if (!is_digit(peek(r))) return false;
  int64_t v = 0;
  for (; is_digit(peek(r)); r->at++)
    if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, r->s.p[r->at] - '0', &v)) return false;
  *out = v;
  return true;
}

static bool add_scaled(int64_t *total, int64_t count, int64_t unit) {
  int64_t product;
  return !__builtin_mul_overflow(count, unit, &product) && !__builtin_add_overflow(*total, product, total);
}

struct component {
  char designator;
  int64_t unit;
};

/* Components in the order of the table, each at most once, to the end of the text or a 'T'. Only seconds may have a
 * fraction. */
static bool take_components(struct reader *r, const struct component *table, size_t count, int64_t *total,
                            int32_t *nanoseconds, bool *any) {
  size_t next = 0;
  while (!at_end(r) && peek(r) != 'T') {
    int64_t n;
    if (!take_count(r, &n)) return false;
    bool fraction = take(r, '.');
    if (fraction && (nanoseconds == NULL || !take_fraction(r, nanoseconds))) return false;
    while (next < count && table[next].designator != peek(r)) next++;
    if (next == count || (fraction && peek(r) != 'S')) return false;
    if (!add_scaled(total, n, table[next].unit)) return false;
    r->at++;
    next++;
    *any = true;
  }
  return true;
}

static dmn_value signed_span(bool negative, int64_t seconds, int32_t nanoseconds) {
  if (!negative) return temporal__days_duration((struct span){ seconds, nanoseconds });
  if (nanoseconds == 0) return temporal__days_duration((struct span){ -seconds, 0 });
  return temporal__days_duration((struct span){ -seconds - 1, NANOSECONDS - nanoseconds });
}

dmn_value dmn_duration_parse(struct dmn_eval *e, str s) {
  (void)e;
  static const struct component calendar[] = { { 'Y', 12 }, { 'M', 1 } };
  static const struct component days[] = { { 'D', SECONDS_PER_DAY } };
  static const struct component clock[] = { { 'H', 3600 }, { 'M', 60 }, { 'S', 1 } };
  struct reader start = { s, 0 };
  bool negative = take(&start, '-'), any = false;
  if (!take(&start, 'P')) return dmn_null();
  struct reader r = start;
  int64_t total = 0;
  if (take_components(&r, calendar, COUNT_OF(calendar), &total, NULL, &any) && any && at_end(&r))
    return temporal__months_duration(negative ? -total : total);
  r = start;
  total = 0;
  any = false;
  int32_t nanoseconds = 0;
  if (!take_components(&r, days, COUNT_OF(days), &total, NULL, &any)) return dmn_null();
  if (take(&r, 'T')) {
    any = false; /* a T wants something behind it */
    if (!take_components(&r, clock, COUNT_OF(clock), &total, &nanoseconds, &any)) return dmn_null();
  }
  return any && at_end(&r) ? signed_span(negative, total, nanoseconds) : dmn_null();
}

/* ---- @"…" */
dmn_value dmn_temporal_literal(struct dmn_eval *e, str s) {
  struct reader r = { s, 0 };
  int64_t days;
  if (s.n > 0 && (s.p[0] == 'P' || (s.n > 1 && s.p[0] == '-' && s.p[1] == 'P'))) return dmn_duration_parse(e, s);
  if (!take_date(&r, &days)) return dmn_time_parse(e, s);
  return at_end(&r) ? dmn_date(days) : dmn_date_time_parse(e, s);
}

/* ---- printing */
static void print_date(struct buf *b, int64_t days) {
  struct civil_date d = temporal__civil(days);
  buf_format(b, "%s%04lld-%02d-%02d", d.year < 0 ? "-" : "", (long long)(d.year < 0 ? -d.year : d.year), d.month,
             d.day);
}

/* ".5" for half a second, nothing for none. */
static void print_fraction(struct buf *b, int64_t nanoseconds) {
  if (nanoseconds == 0) return;
  buf_format(b, ".%09lld", (long long)nanoseconds);
  while (b->p[b->n - 1] == '0') b->n--;
}

void temporal__print_offset(struct buf *b, int32_t seconds) {
  if (seconds == 0) {
    buf_byte(b, 'Z');
    return;
  }
  int32_t s = seconds < 0 ? -seconds : seconds;
  buf_format(b, "%c%02d:%02d", seconds < 0 ? '-' : '+', s / 3600, s / 60 % 60);
  if (s % 60 != 0) buf_format(b, ":%02d", s % 60);
}

static void print_clock(struct buf *b, struct moment_parts p) {
  int s = (int)(p.nanoseconds / NANOSECONDS);
  buf_format(b, "%02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  print_fraction(b, p.nanoseconds % NANOSECONDS);
  if (p.named != NULL)
    buf_format(b, "@%.*s", STR_ARG(zone__name(p.named)));
  else if (p.zone != DMN_ZONE_NONE)
    temporal__print_offset(b, temporal__zone_offset(p.zone));
}

static void print_days_duration(struct buf *b, struct span s) {
  __int128 total = (__int128)s.seconds * NANOSECONDS + s.nanoseconds;
  if (total < 0) {
    buf_byte(b, '-');
    total = -total;
  }
  uint64_t seconds = (uint64_t)(total / NANOSECONDS);
  int64_t nanoseconds = (int64_t)(total % NANOSECONDS);
  uint64_t days = seconds / SECONDS_PER_DAY;
  int clock = (int)(seconds % SECONDS_PER_DAY);
  buf_byte(b, 'P');
  if (days > 0) buf_format(b, "%lluD", (unsigned long long)days);
  if (clock == 0 && nanoseconds == 0 && days > 0) return;
  buf_byte(b, 'T');
  if (clock / 3600 > 0) buf_format(b, "%dH", clock / 3600);
  if (clock / 60 % 60 > 0) buf_format(b, "%dM", clock / 60 % 60);
  if (total == 0 || clock % 60 > 0 || nanoseconds > 0) {
    buf_format(b, "%d", clock % 60);
    print_fraction(b, nanoseconds);
    buf_byte(b, 'S');
  }
}

static void print_months_duration(struct buf *b, int64_t months) {
  if (months < 0) buf_byte(b, '-');
  uint64_t m = months < 0 ? -(uint64_t)months : (uint64_t)months;
  buf_byte(b, 'P');
  if (m / 12 > 0) buf_format(b, "%lluY", (unsigned long long)(m / 12));
  if (m % 12 > 0 || m == 0) buf_format(b, "%lluM", (unsigned long long)(m % 12));
}

str dmn_temporal_print(struct arena *a, const struct dmn_eval *e, dmn_value v) {
  (void)e;
  struct buf b = buf_in(a);
  switch (v.kind) {
    case DMN_DATE: print_date(&b, v.as.i); break;
    case DMN_TIME: print_clock(&b, temporal__parts(v)); break;
    case DMN_DATE_TIME:
      print_date(&b, v.as.moment->days);
      buf_byte(&b, 'T');
      print_clock(&b, temporal__parts(v));
      break;
    case DMN_DAYS_DURATION: print_days_duration(&b, temporal__duration_span(v)); break;
    default: print_months_duration(&b, v.as.i); break;
  }
  return buf_str(&b);
}
