/* filing_calendar: the months of the closures as tables, each day with what the rules say of it. */
#include "filing.h"

enum { MONTHS_MOST = 18, WEEK = 7 };

/* Words short enough for a phone; a verdict that a newer model gives stands as it is. */
static const struct { const char *verdict, *text; } short_words[] = {
  { "算入", "filing.day_counts" },      { "範囲対象外", "filing.day_partial" }, { "事案発生前", "filing.day_before" },
  { "臨時休診日", "filing.day_extra" }, { "定休日", "filing.day_regular" },     { "祝日", "filing.day_holiday" },
};

struct months { const struct page *page; const struct json *days; day first, last, occurred; };

static day day_in(const struct json *object, const char *name) {
  day d;
  return day_parse(page_member(object, name), &d) ? d : DAY_NONE;
}

static const struct json *told_on(const struct months *m, day on) {
  for (uint32_t i = 0; m->days && i < m->days->count; i++)
    if (day_in(&m->days->as.items[i], "day") == on) return &m->days->as.items[i];
  return NULL;
}

static str short_of(const struct page *p, str verdict) {
  for (size_t i = 0; i < COUNT_OF(short_words); i++)
    if (str_eq(verdict, str_of(short_words[i].verdict))) return page_say_with(p, short_words[i].text, 0, NULL);
  return verdict;
}

static struct json cell_of(const struct months *m, day on) {
  struct page_object o = page_object(m->page->arena);
  const struct json *told = told_on(m, on);
  bool counted = page_flag(told, "counts");
  page_set_str(&o, "d", str_format(m->page->arena, "%d", day_civil(on).day));
  page_set_str(&o, "word", told ? short_of(m->page, page_member(told, "verdict")) : STR(""));
  page_set_bool(&o, "counted", counted);
  page_set_bool(&o, "claimed", told && !counted);
  page_set_bool(&o, "incident", on == m->occurred);
  return page_json(&o);
}

static struct json weeks_of(const struct months *m, day first, day end) {
  struct page_list weeks = page_list(m->page->arena);
  for (day monday = first - ((int)day_weekday(first) - 1); monday < end; monday += WEEK) {
    struct page_list cells = page_list(m->page->arena);
    struct page_object week = page_object(m->page->arena);
    for (day on = monday; on < monday + WEEK; on++) page_push(&cells, on >= first && on < end ? cell_of(m, on) : json_of_bool(true));
    page_set(&week, "cells", page_items(&cells));
    page_push(&weeks, page_json(&week));
  }
  return page_items(&weeks);
}

static struct json months_of(const struct months *m) {
  struct page_list list = page_list(m->page->arena);
  struct civil c = day_civil(m->first);
  for (int i = 0; i < MONTHS_MOST; i++) {
    day first = day_from_civil(c.year, c.month, 1), end = first + month_length(c.year, c.month);
    if (first > m->last) break;
    struct page_object o = page_object(m->page->arena);
    str year = str_format(m->page->arena, "%lld", (long long)c.year), month = str_format(m->page->arena, "%d", c.month);
    page_set_str(&o, "caption", page_say(m->page, "filing.month", year, month));
    page_set(&o, "weeks", weeks_of(m, first, end));
    page_push(&list, page_json(&o));
    c = day_civil(end);
  }
  return page_items(&list);
}

/* Each verdict that stands in the months, once, in full words. */
static struct json legend_of(const struct months *m) {
  struct page_list list = page_list(m->page->arena);
  for (uint32_t i = 0; i < m->days->count; i++) {
    str verdict = page_member(&m->days->as.items[i], "verdict");
    bool told = false;
    for (uint32_t k = 0; k < i && !told; k++) told = str_eq(verdict, page_member(&m->days->as.items[k], "verdict"));
    if (told) continue;
    struct page_object o = page_object(m->page->arena);
    page_set_str(&o, "mark", short_of(m->page, verdict));
    page_set_str(&o, "meaning", page_member(&m->days->as.items[i], m->page->english ? "en" : "ja"));
    page_push(&list, page_json(&o));
  }
  return page_items(&list);
}

void filing__calendar(struct page *p, const struct json *document, const struct json *assessment) {
  struct months m = { .page = p, .days = json_get(assessment, STR("days")), .first = INT64_MAX, .last = INT64_MIN, .occurred = DAY_NONE };
  const struct json *incident = json_at(document, STR("/facts/incident")), *closures = json_at(document, STR("/facts/closures"));
  if (incident) m.occurred = day_in(incident, "occurred_on");
  for (uint32_t i = 0; m.days && i < m.days->count; i++) {
    day on = day_in(&m.days->as.items[i], "day");
    if (on == DAY_NONE) continue;
    if (on < m.first) m.first = on;
    if (on > m.last) m.last = on;
  }
  bool any = m.days && m.first <= m.last;
  page_set_bool(&p->document, "calendar", any);
  page_set_bool(&p->document, "calendar_waits", !any && closures && closures->kind == JSON_KIND_ARRAY && closures->count > 0);
  if (!any) return;
  const struct json *decision = json_get(assessment, STR("decision"));
  const struct json *counted = decision ? json_get(decision, STR("closed_days")) : NULL;
  page_set_str(&p->document, "calendar_sum", page_say(p, "filing.calendar_sum", str_format(p->arena, "%u", m.days->count),
                                                      counted ? json_text(counted) : STR("")));
  page_set(&p->document, "months", months_of(&m));
  page_set(&p->document, "legend", legend_of(&m));
}
