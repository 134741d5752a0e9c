/* day_read: days as people write them, read without guessing: each form names year, month and day. */
#include "shienkin/text.h"
#include "shienkin/value.h"

/* "2026年5月11日", "2026/5/11", "2026.5.11" as "2026-5-11"; what a weekday in brackets adds is left out. */
static str with_hyphens(struct arena *a, str s) {
  static const struct { const char *mark; char into; } marks[] = {
    { "年", '-' }, { "月", '-' }, { "/", '-' }, { ".", '-' }, { "日", '\0' }, { " ", '\0' },
  };
  struct buf out = buf_in(a);
  while (s.n) {
    size_t took = 0;
    for (size_t i = 0; i < COUNT_OF(marks) && took == 0; i++) {
      if (!str_starts(s, str_of(marks[i].mark))) continue;
      took = strlen(marks[i].mark);
      if (marks[i].into) buf_byte(&out, marks[i].into);
    }
    if (took == 0) buf_byte(&out, s.p[0]);
    s = str_slice(s, took ? took : 1, s.n);
  }
  return buf_str(&out);
}

static bool read_parts(struct arena *a, str s, day *out) {
  str rest, year = str_cut(with_hyphens(a, s), '-', &rest), month = str_cut(rest, '-', &rest);
  int64_t y, m, d;
  if (!rest.p || year.n != 4 || !str_to_int64(year, &y) || !str_to_int64(month, &m) || !str_to_int64(rest, &d)) return false;
  if (y < 1 || m < 1 || m > 12 || d < 1 || d > 31) return false;
  return day_parse(str_format(a, "%04d-%02d-%02d", (int)y, (int)m, (int)d), out);
}

bool day_read(struct arena *a, str typed, day *out) {
  str rest, s = str_trim(str_cut(text_nfkc(a, typed), '(', &rest));
  struct text_civil c;
  if (read_parts(a, s, out)) return true;
  if (wareki_parse(a, s, &c) != RESULT_OK) return false;
  *out = day_from_civil(c.year, c.month, c.day);
  return true;
}
