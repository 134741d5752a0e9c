/* rules_pages: the list of the rules of the scheme, and putting files forward: rules and calendars, which another owner confirms,
 * and tables of cases beside a rule set. */
#include "rules_pages.h"

enum { RULES_MOST_BYTES = 4 << 20, CALENDAR_MOST_BYTES = 1 << 20 };

bool rules__owns(const struct desk *d) { return http_request_may(d->page.r, HTTP_ROLE_OWNER); }

static str day_words(const struct page *p, const struct json *o, const char *name) {
  return page_day(p, desk_day(o, name));
}

/* ---- the list */

static const char *const set_columns[] = { "rules_pages.first_day", "rules_pages.version", "rules_pages.published_at", "audit.sha256" };

static void add_sets(struct desk *d, const struct json *body, const char *list, const char *caption) {
  uint32_t count;
  const struct json *sets = desk_list(body, list, &count);
  struct desk_table t = desk_table(d, caption, NULL, set_columns, COUNT_OF(set_columns));
  for (uint32_t i = 0; i < count; i++)
    desk_row(&t, (struct desk_cell[]){ DESK_TEXT(day_words(&d->page, &sets[i], "first_day")),
                                       DESK_LINK(page_member(&sets[i], "version"), desk_path(d->page.arena, "/rules/%s", page_member(&sets[i], "rule_set"))),
                                       DESK_TEXT(page_moment(&d->page, page_member(&sets[i], "published_at"))),
                                       DESK_TEXT(page_member(&sets[i], "sha256")) });
  struct desk_section s = desk_section(d, caption);
  desk_put_table(&s, &t);
  desk_close(&s);
}

void rules__add_yes(struct desk_section *s, str action, const char *submit) {
  desk_form(s, &(struct page_form){ .name = "form", .action = action, .submit = submit, .once = true });
}

static void add_calendars(struct desk *d, const struct json *body) {
  uint32_t count;
  const struct json *items = desk_list(body, "calendars_waiting", &count);
  for (uint32_t i = 0; i < count; i++) {
    struct desk_section s = desk_section(d, "rules_pages.calendar_waiting");
    desk_fact(&s, "rules_pages.kind", desk_code(&d->page, "rules_pages.kind_", page_member(&items[i], "kind")), STR(""));
    desk_fact(&s, "rules_pages.version", page_member(&items[i], "version"), STR(""));
    desk_fact(&s, "audit.sha256", page_member(&items[i], "sha256"), STR(""));
    if (rules__owns(d)) rules__add_yes(&s, desk_path(d->page.arena, "/rules/calendars/%s/confirm", page_member(&items[i], "calendar")), "rules_pages.confirm_calendar");
    desk_close(&s);
  }
}

static struct http_answer get_list(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  if (!DESK_CALL(&d, rules_list, NULL, &body, &failure)) return failure;
  if (rules__owns(&d)) desk_way(&d, "rules_pages.publish", STR("/rules/publish"));
  if (rules__owns(&d)) desk_way(&d, "rules_pages.publish_calendar", STR("/rules/calendars/publish"));
  desk_way(&d, "rules_pages.declarations", STR("/declarations"));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "rules_pages.intro"));
  desk_close(&s);
  add_sets(&d, &body, "rule_sets", "rules_pages.published");
  add_sets(&d, &body, "waiting", "rules_pages.waiting");
  add_calendars(&d, &body);
  return desk_answer(&d, HTTP_OK, "rules_pages.title", STR(""));
}

static struct http_answer post_confirm_calendar(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct calendar_confirm_request request = { http_value(&r->path, "calendar")->id };
  result why = PAGE_CALL(&p, calendar_confirm, &request, &f, &out);
  return why == RESULT_OK ? page_go(r, STR("/rules"), "calendar_confirmed") : page_failed(&p, why, &f, &out);
}

/* ---- putting a file forward: rules, a calendar, a table of cases beside a rule set */

enum file_kind { FILE_RULES, FILE_CALENDAR, FILE_SCENARIOS };
static const struct { const char *title, *intro, *label; } kinds[] = {
  [FILE_RULES] = { "rules_pages.publish", "rules_pages.publish_intro", "rules_pages.file" },
  [FILE_CALENDAR] = { "rules_pages.publish_calendar", "rules_pages.calendar_intro", "rules_pages.calendar_file" },
  [FILE_SCENARIOS] = { "rules_pages.add_scenarios", "rules_pages.scenarios_intro", "rules_pages.scenarios_file" },
};

static struct http_answer show_upload(struct desk *d, enum file_kind kind, str action, int status, const struct findings *f) {
  struct page *p = &d->page;
  desk_way(d, "rules_pages.title", STR("/rules"));
  page_form(p, &(struct page_form){ .name = "form", .action = action, .submit = "rules_pages.put_forward", .findings = f, .once = true });
  page_set_str(&p->document, "upload_intro", page_say_with(p, kinds[kind].intro, 0, NULL));
  page_set_str(&p->document, "upload_label", page_say_with(p, kinds[kind].label, 0, NULL));
  page_set_bool(&p->document, "roster", false);
  return page_answer(p, status, "upload", page_say_with(p, kinds[kind].title, 0, NULL));
}

static str scenarios_path(struct http_request *r) {
  return desk_path(r->arena, "/rules/%s/scenarios", http_value(&r->path, "rule_set")->text);
}

static struct http_answer get_publish(struct http_request *r) {
  struct desk d = desk_begin(r);
  return show_upload(&d, FILE_RULES, STR("/rules/publish"), HTTP_OK, NULL);
}

static struct http_answer get_publish_calendar(struct http_request *r) {
  struct desk d = desk_begin(r);
  return show_upload(&d, FILE_CALENDAR, STR("/rules/calendars/publish"), HTTP_OK, NULL);
}

static struct http_answer get_add_scenarios(struct http_request *r) {
  struct desk d = desk_begin(r);
  return show_upload(&d, FILE_SCENARIOS, scenarios_path(r), HTTP_OK, NULL);
}

static struct http_answer finish_rules(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct rules_publish_request request = { gate_upload_bytes(r) };
  struct caller c = gate_upload_caller(r, request.bytes);
  result why = rules_publish(d.page.gate->service, &c, r->arena, &request, &f, &out);
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show_upload(&d, FILE_RULES, STR("/rules/publish"), 422, &f);
  if (why != RESULT_OK) return page_failed(&d.page, why, &f, &out);
  struct json body = page_body(&d.page, &out);
  return page_go(r, desk_path(r->arena, "/rules/%s", page_member(&body, "rule_set")), "put_forward");
}

static struct http_answer finish_calendar(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct calendar_publish_request request = { gate_upload_bytes(r) };
  struct caller c = gate_upload_caller(r, request.bytes);
  result why = calendar_publish(d.page.gate->service, &c, r->arena, &request, &f, &out);
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show_upload(&d, FILE_CALENDAR, STR("/rules/calendars/publish"), 422, &f);
  if (why != RESULT_OK) return page_failed(&d.page, why, &f, &out);
  return page_go(r, STR("/rules"), "put_forward");
}

static struct http_answer finish_scenarios(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct rules_scenario_add_request request = { http_value(&r->path, "rule_set")->id, gate_upload_bytes(r) };
  struct caller c = gate_upload_caller(r, request.bytes);
  result why = rules_scenario_add(d.page.gate->service, &c, r->arena, &request, &f, &out);
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show_upload(&d, FILE_SCENARIOS, scenarios_path(r), 422, &f);
  if (why != RESULT_OK) return page_failed(&d.page, why, &f, &out);
  return page_go(r, scenarios_path(r), "scenarios_added");
}

static const struct http_stream_in rules_stream = { gate_upload_begin, gate_upload_chunk, finish_rules, gate_upload_abandon };
static const struct http_stream_in calendar_stream = { gate_upload_begin, gate_upload_chunk, finish_calendar, gate_upload_abandon };
static const struct http_stream_in scenarios_stream = { gate_upload_begin, gate_upload_chunk, finish_scenarios, gate_upload_abandon };

/* ---- the table */

static const struct http_parameter rules_path[] = { { .name = "rule_set", .kind = HTTP_PARAMETER_ID, .prefix = "rul_", .description_en = "The rule set" }, { 0 } };
static const struct http_parameter calendar_path[] = { { .name = "calendar", .kind = HTTP_PARAMETER_ID, .prefix = "cal_", .description_en = "The calendar" }, { 0 } };
static const struct http_parameter nothing[] = { { 0 } };
#define RULES_FILE(n, p, s, most_, ja, en) \
  .name = (n), .method = HTTP_POST, .path = (p), .realms = HTTP_STAFF, .roles = HTTP_ROLE_OWNER, .persons_only = true, .step_up = true, \
  .face = HTTP_PAGE, .body = HTTP_BODY_MULTIPART, .form_parameters = nothing, .body_limit_bytes = (most_), .lane = HTTP_LANE_SLOW, \
  .idempotent = true, .stream = (s), .tag = "pages", .summary_ja = (ja), .summary_en = (en)
static const struct http_route rows[] = {
  { RULES_GET("rulesPage", "/rules", get_list, RULES_READERS, "規則の一覧", "The rules") },
  { RULES_GET("rulesPublishPage", "/rules/publish", get_publish, HTTP_ROLE_OWNER, "規則を登録する画面", "Put rules forward"), .step_up = true },
  { RULES_GET("calendarPublishPage", "/rules/calendars/publish", get_publish_calendar, HTTP_ROLE_OWNER, "暦を登録する画面", "Put a calendar forward"), .step_up = true },
  { RULES_GET("scenariosAddPage", "/rules/{rule_set}/scenarios/add", get_add_scenarios, HTTP_ROLE_OWNER, "事例表を添える画面", "Put cases beside a rule set"),
    .path_parameters = rules_path, .step_up = true },
  { RULES_FILE("scenariosPagePost", "/rules/{rule_set}/scenarios", &scenarios_stream, CASE_TABLE_BYTES_MOST, "事例表を添える", "Put cases beside a rule set"),
    .path_parameters = rules_path },
  { RULES_FILE("rulesPublishPagePost", "/rules/publish", &rules_stream, RULES_MOST_BYTES, "規則を登録する", "Put rules forward") },
  { RULES_FILE("calendarPublishPagePost", "/rules/calendars/publish", &calendar_stream, CALENDAR_MOST_BYTES, "暦を登録する", "Put a calendar forward") },
  { RULES_POST("calendarConfirmPagePost", "/rules/calendars/{calendar}/confirm", post_confirm_calendar, nothing, "暦を公布する", "Confirm a calendar"),
    .path_parameters = calendar_path },
};
const struct http_route_table web__rules_routes = { rows, COUNT_OF(rows) };
