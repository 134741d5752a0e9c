/* wareki: dates as Japan writes them. An era holds from its first day to the day before the next one's; a date outside
 * is refused rather than carried over, because H31-05-01 on a form is as likely a slip in the day as in the era. */
#include "unicode.h"

struct era {
  enum wareki_era era;
  char letter;
  const char *name;
  struct text_civil first;
};

/* By rising first day. The first day of Meiji is given as Japan has counted since, but dates before 1873 stay refused:
 * they were written in the old calendar. */
static const struct era eras[] = {
  { WAREKI_MEIJI, 'M', "明治", { 1868, 1, 25 } },  { WAREKI_TAISHO, 'T', "大正", { 1912, 7, 30 } },
  { WAREKI_SHOWA, 'S', "昭和", { 1926, 12, 25 } }, { WAREKI_HEISEI, 'H', "平成", { 1989, 1, 8 } },
  { WAREKI_REIWA, 'R', "令和", { 2019, 5, 1 } },
};

static const struct text_civil gregorian_first = { 1873, 1, 1 };

static bool before(struct text_civil a, struct text_civil b) {
  if (a.year != b.year) return a.year < b.year;
  return a.month != b.month ? a.month < b.month : a.day < b.day;
}

static bool exists(struct text_civil d) {
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  if (d.year < 1 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1) return false;
  bool leap = d.year % 4 == 0 && (d.year % 100 != 0 || d.year % 400 == 0);
  return d.day <= lengths[d.month - 1] + (d.month == 2 && leap);
}

struct wareki_date wareki_of(struct text_civil date) {
  assert(exists(date));
  if (before(date, gregorian_first)) return (struct wareki_date){ WAREKI_NONE, 0, 0, 0 };
  size_t i = COUNT_OF(eras) - 1;
  while (before(date, eras[i].first)) i--;
  return (struct wareki_date){ eras[i].era, date.year - eras[i].first.year + 1, date.month, date.day };
}

static const struct era *era_of(enum wareki_era which) {
  for (size_t i = 0; i < COUNT_OF(eras); i++)
    if (eras[i].era == which) return &eras[i];
  return NULL;
}

result wareki_civil(struct wareki_date w, struct text_civil *out) {
  const struct era *era = era_of(w.era);
  if (!era || w.year < 1 || w.year > 999) return RESULT_REFUSED;
  struct text_civil date = { era->first.year + w.year - 1, w.month, w.day };
  if (!exists(date) || wareki_of(date).era != w.era) return RESULT_REFUSED;
  *out = date;
  return RESULT_OK;
}

str wareki_text(struct arena *a, struct wareki_date w) {
  const struct era *era = era_of(w.era);
  if (!era) return STR("");
  if (w.year == 1) return str_format(a, "%s元年%d月%d日", era->name, w.month, w.day);
  return str_format(a, "%s%d年%d月%d日", era->name, w.year, w.month, w.day);
}

/* ---- reading */

/* Takes `word` off the front. */
static bool take(str *s, str word) {
  if (!str_starts(*s, word)) return false;
  *s = str_slice(*s, word.n, s->n);
  return true;
}

/* Takes between `least` and `most` digits off the front. */
static bool take_number(str *s, size_t least, size_t most, int *out) {
  size_t n = 0;
  *out = 0;
  while (n < s->n && n < most && s->p[n] >= '0' && s->p[n] <= '9') *out = *out * 10 + (s->p[n++] - '0');
  *s = str_slice(*s, n, s->n);
  return n >= least;
}

/* 令和8年5月11日 */
static bool read_long(str s, const struct era *era, struct wareki_date *w) {
  w->era = era->era;
  if (!take(&s, str_of(era->name))) return false;
  if (take(&s, STR("元")))
    w->year = 1;
  else if (!take_number(&s, 1, 2, &w->year))
    return false;
  return take(&s, STR("年")) && take_number(&s, 1, 2, &w->month) && take(&s, STR("月")) &&
         take_number(&s, 1, 2, &w->day) && take(&s, STR("日")) && s.n == 0;
}

/* R8.5.11, with the same sign between both times */
static bool read_short(str s, const struct era *era, struct wareki_date *w) {
  w->era = era->era;
  if (s.n < 6 || (s.p[0] | 0x20) != (era->letter | 0x20)) return false;
  s = str_slice(s, 1, s.n);
  if (!take_number(&s, 1, 2, &w->year) || s.n == 0) return false;
  str sign = str_slice(s, 0, 1);
  if (sign.p[0] != '.' && sign.p[0] != '/' && sign.p[0] != '-') return false;
  return take(&s, sign) && take_number(&s, 1, 2, &w->month) && take(&s, sign) && take_number(&s, 1, 2, &w->day) &&
         s.n == 0;
}

/* GYYMMDD: the era's number as receipts count, 1 Meiji … 5 Reiwa */
static bool read_receipt(str s, const struct era *era, struct wareki_date *w) {
  int number;
  w->era = era->era;
  return s.n == 7 && take_number(&s, 1, 1, &number) && number == (int)era->era && take_number(&s, 2, 2, &w->year) &&
         take_number(&s, 2, 2, &w->month) && take_number(&s, 2, 2, &w->day) && s.n == 0;
}

static size_t without_spaces(uint32_t c, uint32_t out[2]) {
  out[0] = c;
  return c != ' ' && c != '\t';
}

result wareki_parse(struct arena *a, str s, struct text_civil *out) {
  enum { MOST_BYTES = 128 };
  if (s.n == 0 || s.n > MOST_BYTES) return RESULT_REFUSED;
  str folded = text__map(a, text_nfkc(a, s), without_spaces);
  for (size_t i = 0; i < COUNT_OF(eras); i++) {
    struct wareki_date w = { WAREKI_NONE, 0, 0, 0 };
    if (read_long(folded, &eras[i], &w) || read_short(folded, &eras[i], &w) || read_receipt(folded, &eras[i], &w))
      return wareki_civil(w, out);
  }
  return RESULT_REFUSED;
}
