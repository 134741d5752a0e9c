/* page_words: days, times, amounts and states as people read them. */
#include "page.h"
#include "shienkin/text.h"

static const char *const weekdays_ja[] = { "", "月", "火", "水", "木", "金", "土", "日" };
static const char *const weekdays_en[] = { "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
static const char *const months_en[] = { "",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static str date_words(const struct page *p, day d) {
  struct civil c = day_civil(d);
  if (p->english) return str_format(p->arena, "%d %s %lld", c.day, months_en[c.month], (long long)c.year);
  return str_format(p->arena, "%lld年%d月%d日", (long long)c.year, c.month, c.day);
}

str page_day(const struct page *p, day d) {
  if (d == DAY_NONE) return STR("");
  str date = date_words(p, d);
  if (p->english) return str_format(p->arena, "%.*s (%s)", STR_ARG(date), weekdays_en[day_weekday(d)]);
  return str_format(p->arena, "%.*s（%s）", STR_ARG(date), weekdays_ja[day_weekday(d)]);
}

str page_wareki(const struct page *p, day d) {
  if (d == DAY_NONE || p->english) return page_day(p, d);
  struct civil c = day_civil(d);
  return wareki_text(p->arena, wareki_of((struct text_civil){ (int)c.year, c.month, c.day }));
}

/* The service writes all moments in Japan's time: the day and the minutes are read off. */
str page_moment(const struct page *p, str at) {
  day d;
  if (at.n < 16 || !day_parse(str_slice(at, 0, 10), &d)) return STR("");
  str hours = str_slice(at, 11, 13), minutes = str_slice(at, 14, 16);
  if (hours.p[0] == '0') hours = str_slice(hours, 1, 2);
  return str_format(p->arena, p->english ? "%.*s, %.*s:%.*s JST" : "%.*s %.*s:%.*s", STR_ARG(date_words(p, d)), STR_ARG(hours),
                    STR_ARG(minutes));
}

str page_yen(const struct page *p, int64_t amount) {
  yen y;
  bool fits = yen_of(amount, &y);
  assert(fits && "sums have bounds");
  (void)fits;
  return str_format(p->arena, p->english ? "%.*s yen" : "%.*s円", STR_ARG(yen_text(p->arena, y)));
}

str page_state(const struct page *p, str state) {
  const struct page_text *text = web__text_find(str_format(p->arena, "state.%.*s", STR_ARG(state)));
  assert(text && "a state has its words");
  return str_of(p->english ? text->en : text->ja);
}
