/* figures: numbers over all claims, of nobody in particular: charts drawn here, each with its table, each table as a file. */
#include "desk.h"

enum { BARS_MOST = 64, HOUR_S = 3600, DAY_S = 86400 };

static const char *const state_columns[] = { "desk.state", "figures.claims", "figures.decided_yen" };

static struct desk_table states(struct desk *d, const struct json *body, struct desk_bar *bars, size_t *n) {
  uint32_t count;
  const struct json *rows = desk_list(body, "states", &count);
  struct desk_table t = desk_table(d, "figures.by_state", "states", state_columns, COUNT_OF(state_columns));
  for (uint32_t i = 0; i < count; i++) {
    str words = desk_code(&d->page, "fact.filter_", page_member(&rows[i], "state"));
    struct desk_cell claims = desk_number(d, page_int(&rows[i], "claims"));
    desk_row(&t, (struct desk_cell[]){ DESK_TEXT(words), claims, desk_yen(d, page_int(&rows[i], "decided_yen")) });
    if (*n < BARS_MOST) bars[(*n)++] = (struct desk_bar){ words, claims.text, page_int(&rows[i], "claims") };
  }
  return t;
}

static const char *const item_columns[] = { "desk.item", "desk.outcome", "figures.decisions", "desk.amount", "figures.potential" };

static struct desk_table items(struct desk *d, const struct json *body, struct desk_bar *bars, size_t *n) {
  uint32_t count, outcomes;
  const struct json *rows = desk_list(body, "items", &count);
  struct desk_table t = desk_table(d, "figures.by_item", "items", item_columns, COUNT_OF(item_columns));
  for (uint32_t i = 0; i < count; i++) {
    str words = desk_code(&d->page, "desk.item_", page_member(&rows[i], "item"));
    const struct json *one = desk_list(&rows[i], "outcomes", &outcomes);
    int64_t sum = page_int(&rows[i], "amount_yen");
    for (uint32_t k = 0; k < outcomes; k++)
      desk_row(&t, (struct desk_cell[]){ DESK_TEXT(words), DESK_TEXT(desk_code(&d->page, "desk.outcome_", page_member(&one[k], "outcome"))),
                                         desk_number(d, page_int(&one[k], "decisions")), desk_yen(d, page_int(&one[k], "amount_yen")),
                                         desk_yen(d, page_int(&one[k], "potential_yen")) });
    if (*n < BARS_MOST) bars[(*n)++] = (struct desk_bar){ words, page_yen(&d->page, sum), sum };
  }
  return t;
}

static const char *const month_columns[] = { "figures.month", "figures.submitted", "figures.decided", "figures.decided_yen" };

/* "2026-09" as 2026年9月; the file keeps the figures. */
static str month_words(const struct page *p, str month) {
  day first;
  if (p->english || !day_parse(str_format(p->arena, "%.*s-01", STR_ARG(month)), &first)) return month;
  struct civil c = day_civil(first);
  return str_format(p->arena, "%lld年%d月", (long long)c.year, c.month);
}

static struct desk_table months(struct desk *d, const struct json *body, struct desk_bar *bars, size_t *n) {
  uint32_t count;
  const struct json *rows = desk_list(body, "months", &count);
  struct desk_table t = desk_table(d, "figures.by_month", "months", month_columns, COUNT_OF(month_columns));
  for (uint32_t i = 0; i < count; i++) {
    str month = page_member(&rows[i], "month"), words = month_words(&d->page, month);
    int64_t decided = page_int(&rows[i], "decided_yen");
    desk_row(&t, (struct desk_cell[]){ { .text = words, .raw = month }, desk_number(d, page_int(&rows[i], "submitted")),
                                       desk_number(d, page_int(&rows[i], "decided")), desk_yen(d, decided) });
    if (*n < BARS_MOST) bars[(*n)++] = (struct desk_bar){ words, page_yen(&d->page, decided), decided };
  }
  return t;
}

static const char *const prefecture_columns[] = { "figures.prefecture", "figures.claims", "figures.decided_yen" };

static struct desk_table prefectures(struct desk *d, const struct json *body, struct desk_bar *bars, size_t *n) {
  uint32_t count;
  const struct json *rows = desk_list(body, "prefectures", &count);
  struct desk_table t = desk_table(d, "figures.by_prefecture", "prefectures", prefecture_columns, COUNT_OF(prefecture_columns));
  for (uint32_t i = 0; i < count; i++) {
    str code = page_member(&rows[i], "prefecture"), words = desk_code(&d->page, "prefecture.", code.n ? code : STR("unknown"));
    struct desk_cell claims = desk_number(d, page_int(&rows[i], "claims"));
    desk_row(&t, (struct desk_cell[]){ { .text = words, .note = code }, claims, desk_yen(d, page_int(&rows[i], "decided_yen")) });
    if (*n < BARS_MOST) bars[(*n)++] = (struct desk_bar){ words, claims.text, page_int(&rows[i], "claims") };
  }
  return t;
}

/* ---- times and shares */

/* A unit in which the number is above 1, if there is one. */
static const struct { int64_t from_s, unit_s; const char *words; } units[] = {
  { 2 * DAY_S, DAY_S, "figures.days" }, { HOUR_S, HOUR_S, "figures.hours" }, { 0, 60, "figures.minutes" },
};

static str time_words(struct desk *d, const struct json *time, const char *name) {
  const struct json *seconds = json_get(time, str_of(name));
  if (!seconds || seconds->kind != JSON_KIND_INTEGER) return page_say(&d->page, "figures.none_yet");
  size_t i = 0;
  while (i + 1 < COUNT_OF(units) && seconds->integer < units[i].from_s) i++;
  int64_t tenths = seconds->integer * 10 / units[i].unit_s;
  return page_say_with(&d->page, units[i].words, 1,
                       (str[]){ str_format(d->page.arena, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10)) });
}

static str share_words(struct desk *d, const struct json *awaiting) {
  int64_t part = page_int(awaiting, "decisions"), of = page_int(awaiting, "of");
  struct arena *a = d->page.arena;
  str share = of ? str_format(a, "%lld", (long long)(part * 100 / of)) : STR("0");
  return page_say(&d->page, "figures.share", share, str_format(a, "%lld", (long long)part), str_format(a, "%lld", (long long)of));
}

static void add_pace(struct desk *d, const struct json *body) {
  const struct json *time = json_get(body, STR("time_to_decision")), *awaiting = json_get(body, STR("awaiting_filing"));
  struct desk_section s = desk_section(d, "figures.pace");
  desk_words(&s, page_say(&d->page, "figures.pace_since", page_day(&d->page, desk_day(body, "from"))));
  desk_fact(&s, "figures.median", time_words(d, time, "median_s"), STR(""));
  desk_fact(&s, "figures.p90", time_words(d, time, "p90_s"), STR(""));
  desk_fact(&s, "figures.awaiting", share_words(d, awaiting), STR(""));
  desk_close(&s);
}

typedef struct desk_table table_of(struct desk *d, const struct json *body, struct desk_bar *bars, size_t *n);
static const struct { const char *name, *heading, *chart; table_of *table; } parts[] = {
  { "state", "figures.by_state", "figures.chart_state", states },
  { "item", "figures.by_item", "figures.chart_item", items },
  { "month", "figures.by_month", "figures.chart_month", months },
  { "prefecture", "figures.by_prefecture", "figures.chart_prefecture", prefectures },
};

static struct http_answer get_figures(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  struct desk_bar *bars = ARENA_ARRAY(r->arena, struct desk_bar, BARS_MOST);
  struct statistics_request request = { .from = DAY_NONE };
  if (!DESK_CALL(&d, statistics_view, &request, &body, &failure)) return failure;
  struct desk_section about = desk_section(&d, NULL);
  desk_words(&about, page_say(&d.page, "figures.as_of", page_moment(&d.page, page_member(&body, "as_of"))));
  desk_close(&about);
  add_pace(&d, &body);
  for (size_t i = 0; i < COUNT_OF(parts); i++) {
    size_t n = 0;
    struct desk_table t = parts[i].table(&d, &body, bars, &n);
    struct desk_section s = desk_section(&d, parts[i].heading);
    desk_chart(&s, parts[i].name, parts[i].chart, bars, n);
    desk_put_table(&s, &t);
    desk_close(&s);
  }
  return desk_answer(&d, HTTP_OK, "figures.title", STR(""));
}

static const struct http_parameter query[] = { DESK_CSV, { 0 } };
static const struct http_route rows[] = {
  { .name = "figuresPage", .method = HTTP_GET, .path = "/figures", .query = query, .realms = HTTP_STAFF | HTTP_AUDITOR,
    .roles = HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER | HTTP_ROLE_CASHIER | HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR, .face = HTTP_PAGE,
    .produces = "*", .handler = get_figures, .tag = "pages", .summary_ja = "統計の画面", .summary_en = "Numbers over all claims" },
};
const struct http_route_table web__figures_routes = { rows, COUNT_OF(rows) };
