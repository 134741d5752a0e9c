/* calendar: sorted days with names. Questions are answered by binary search in the array of days alone, which is small
 * enough to stay in the cache; names are looked up beside it. */
#include "calendar.h"

struct calendar {
  enum calendar_kind kind;
  str version, sha256;
  day first, last;
  const day *days; /* sorted, distinct */
  size_t count;
  const str *texts; /* the name of days[i] is texts[i], or texts[names[i]] where names are shared */
  const uint8_t *names;
};

#include "calendar_national.inc"

static_assert(COUNT_OF(national_days) == COUNT_OF(national_names), "each day has a name");

static const struct calendar national = {
  .kind = CALENDAR_NATIONAL,
  .version = STR_INIT(NATIONAL_VERSION),
  .sha256 = STR_INIT(NATIONAL_SHA256),
  .first = NATIONAL_FIRST,
  .last = NATIONAL_LAST,
  .days = national_days,
  .count = COUNT_OF(national_days),
  .texts = national_name_texts,
  .names = national_names,
};

const struct calendar *calendar_national(void) { return &national; }

const struct calendar *calendar__new(struct arena *a, const struct calendar_draft *d) {
  struct calendar *c = ARENA_NEW(a, struct calendar);
  *c = (struct calendar){
    .kind = d->kind,
    .version = d->version,
    .sha256 = d->sha256,
    .first = d->first,
    .last = d->last,
    .count = d->count,
    .texts = d->texts,
    .days = d->days ? d->days : ARENA_ARRAY(a, day, 1), /* an empty calendar still has an array to slice */
  };
  return c;
}

enum calendar_kind calendar_kind_of(const struct calendar *c) { return c->kind; }

str calendar_version(const struct calendar *c) { return c->version; }

str calendar_sha256(const struct calendar *c) { return c->sha256; }

day calendar_first(const struct calendar *c) { return c->first; }

day calendar_last(const struct calendar *c) { return c->last; }

bool calendar_covers(const struct calendar *c, day d) { return c->first <= d && d <= c->last; }

/* How many listed days come before d: the place where d stands or would stand. The halving has no branch to guess. */
static size_t days_before(const struct calendar *c, day d) {
  const day *base = c->days;
  for (size_t n = c->count; n > 0;) {
    size_t half = n / 2;
    base = base[half] < d ? base + (n - half) : base;
    n = half;
  }
  return (size_t)(base - c->days);
}

bool calendar_holds(const struct calendar *c, day d) {
  size_t at = days_before(c, d);
  return at < c->count && c->days[at] == d;
}

str calendar_name(const struct calendar *c, day d) {
  size_t at = days_before(c, d);
  if (at == c->count || c->days[at] != d) return STR("");
  return c->texts[c->names ? c->names[at] : at];
}

const day *calendar_within(const struct calendar *c, day from, day to, size_t *count) {
  size_t begin = days_before(c, from);
  size_t end = to < from ? begin : to == INT64_MAX ? c->count : days_before(c, to + 1);
  *count = end - begin;
  return c->days + begin;
}

/* ---- desks */

/* Banks: 12-31 to 01-03 (Banking Act 15(1), Order 5(1)); administration: 12-29 to 01-03 (Act on Holidays of
 * Administrative Organs 1). */
static bool year_end(enum calendar_kind desk, day d) {
  if (desk == CALENDAR_NATIONAL) return false;
  struct civil c = day_civil(d);
  int from = desk == CALENDAR_BANK ? 31 : 29;
  return (c.month == 12 && c.day >= from) || (c.month == 1 && c.day <= 3);
}

bool calendar_open(const struct calendar *holidays, enum calendar_kind desk, day d) {
  return day_weekday(d) <= WEEKDAY_FRI && !calendar_holds(holidays, d) && !year_end(desk, d);
}

day calendar_next_open(const struct calendar *holidays, enum calendar_kind desk, day d) {
  while (!calendar_open(holidays, desk, d)) d++;
  return d;
}
