/* calendar_read: the text of a calendar, checked line by line with every problem told.
 *
 *   # kind: national
 *   # version: …
 *   # first: 1970-01-01
 *   # last: 2050-12-31
 *   # source: …
 *   # licence: …                       (may be absent)
 *   1970-01-01 元日
 */
#include "calendar.h"
#include "messages.h"
#include "shienkin/crypto.h"

enum { MOST_BYTES = 1 << 20, MOST_DAYS = 20000 };

enum heading { KIND, VERSION, FIRST, LAST, SOURCE, LICENCE, HEADING_COUNT };
static const char *const heading_names[] = { "kind", "version", "first", "last", "source", "licence" };
static const char *const kind_names[] = { "national", "bank", "administration" };

struct reader {
  struct arena *arena;
  struct findings *f;
  struct calendar_draft draft;
  bool seen[HEADING_COUNT];
  uint32_t line;
};

static void say(struct reader *r, const struct message *m, str argument) {
  FINDING_AT(r->f, STR(""), r->line, 1, m, argument);
}

/* The place of `word` in a list of names, or -1. */
static int place_of(str word, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_eq(word, str_of(names[i]))) return (int)i;
  return -1;
}

static bool heading_value(struct reader *r, enum heading which, str value) {
  int kind;
  switch (which) {
    case KIND:
      kind = place_of(value, kind_names, COUNT_OF(kind_names));
      if (kind >= 0) r->draft.kind = (enum calendar_kind)kind;
      return kind >= 0;
    case VERSION: r->draft.version = str_copy(r->arena, value); return value.n > 0;
    case FIRST: return day_parse(value, &r->draft.first);
    case LAST: return day_parse(value, &r->draft.last);
    case SOURCE:
    case LICENCE: return value.n > 0;
    case HEADING_COUNT: break;
  }
  return false;
}

static void read_heading(struct reader *r, str line) {
  str value, name = str_trim(str_cut(str_slice(line, 1, line.n), ':', &value));
  int which = place_of(name, heading_names, COUNT_OF(heading_names));
  bool good = which >= 0 && !r->seen[which] && heading_value(r, (enum heading)which, str_trim(value));
  if (which >= 0) r->seen[which] = true;
  if (!good) say(r, &value__calendar_header, name);
}

static void keep(struct reader *r, day d, str name) {
  struct calendar_draft *t = &r->draft;
  if (t->count == t->capacity) {
    size_t capacity = t->capacity ? t->capacity * 2 : 256;
    t->days = arena_grow(r->arena, t->days, t->capacity * sizeof(day), capacity * sizeof(day));
    t->texts = arena_grow(r->arena, t->texts, t->capacity * sizeof(str), capacity * sizeof(str));
    t->capacity = capacity;
  }
  t->days[t->count] = d;
  t->texts[t->count++] = str_copy(r->arena, name);
}

static void read_day(struct reader *r, str line) {
  str name, date = str_cut(line, ' ', &name);
  day d;
  if (!day_parse(date, &d) || name.n == 0 || str_find(name, STR("\r")) >= 0 || r->draft.count == MOST_DAYS) {
    say(r, &value__calendar_line, STR(""));
    return;
  }
  if (r->draft.count && d <= r->draft.days[r->draft.count - 1]) {
    say(r, &value__calendar_order, date);
    return;
  }
  if (r->seen[FIRST] && r->seen[LAST] && (d < r->draft.first || d > r->draft.last))
    say(r, &value__calendar_horizon, date);
  keep(r, d, name);
}

static void check_headings(struct reader *r) {
  r->line = 0;
  for (int i = 0; i < HEADING_COUNT; i++)
    if (!r->seen[i] && i != LICENCE) say(r, &value__calendar_header, str_of(heading_names[i]));
  if (r->seen[FIRST] && r->seen[LAST] && r->draft.last < r->draft.first) say(r, &value__calendar_header, STR("last"));
}

result calendar_read(struct arena *a, str bytes, struct findings *f, const struct calendar **out) {
  struct reader r = { .arena = a, .f = f };
  size_t problems = f->count + f->dropped;
  if (bytes.n > MOST_BYTES || !utf8_valid(bytes, NULL)) {
    say(&r, &value__calendar_encoding, STR(""));
    return RESULT_REFUSED;
  }
  for (str rest = bytes; rest.n;) {
    str line = str_cut(rest, '\n', &rest);
    r.line++;
    if (line.n && line.p[0] == '#')
      read_heading(&r, line);
    else
      read_day(&r, line);
  }
  check_headings(&r);
  if (f->count + f->dropped != problems) return RESULT_REFUSED;
  char hex[65];
  sha256_write(sha256_of(bytes), hex);
  r.draft.sha256 = str_copy(a, str_of(hex));
  *out = calendar__new(a, &r.draft);
  return RESULT_OK;
}
