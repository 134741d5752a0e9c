/* rules_pages: the rules of the scheme, read by anybody of the house and changed by two owners; calendars and declarations go
 * the same way: one puts forward, another confirms. */
#include "desk.h"

enum { RULES_MOST_BYTES = 4 << 20, DIFFERENCES_SHOWN = 200, CALENDAR_MOST_BYTES = 1 << 20 };

static bool owns(const struct desk *d) { return http_request_may(d->page.r, HTTP_ROLE_OWNER); }

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

/* A button alone: what it confirms stands above it. */
static void add_yes(struct desk_section *s, str action, const char *submit) {
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
    if (owns(d)) add_yes(&s, desk_path(d->page.arena, "/rules/calendars/%s/confirm", page_member(&items[i], "calendar")), "rules_pages.confirm_calendar");
    desk_close(&s);
  }
}

static struct http_answer get_list(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  if (!DESK_CALL(&d, rules_list, NULL, &body, &failure)) return failure;
  if (owns(&d)) desk_way(&d, "rules_pages.publish", STR("/rules/publish"));
  if (owns(&d)) desk_way(&d, "rules_pages.publish_calendar", STR("/rules/calendars/publish"));
  desk_way(&d, "rules_pages.declarations", STR("/declarations"));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "rules_pages.intro"));
  desk_close(&s);
  add_sets(&d, &body, "rule_sets", "rules_pages.published");
  add_sets(&d, &body, "waiting", "rules_pages.waiting");
  add_calendars(&d, &body);
  return desk_answer(&d, HTTP_OK, "rules_pages.title", STR(""));
}

/* ---- one rule set, read */

static void add_block(struct desk *d, const struct json *block) {
  struct page *p = &d->page;
  uint32_t columns, rows, cells;
  const struct json *head = desk_list(block, "head", &columns), *row = desk_list(block, "rows", &rows);
  struct page_list blocks = page_list(p->arena), lines = page_list(p->arena);
  for (uint32_t k = 0; k < columns; k++) page_push(&blocks, head[k]);
  for (uint32_t i = 0; i < rows; i++) {
    struct page_object line = page_object(p->arena);
    cells = row[i].count;
    struct page_list list = page_list(p->arena);
    for (uint32_t k = 0; k < cells; k++) {
      struct page_object cell = page_object(p->arena);
      page_set_str(&cell, "cell_text", desk_value(p, &row[i].as.items[k]));
      page_set_bool(&cell, "cell_link", false);
      page_set_bool(&cell, "cell_amount", false);
      page_push(&list, page_json(&cell));
    }
    page_set(&line, "cells", page_items(&list));
    page_push(&lines, page_json(&line));
  }
  struct page_object t = page_object(p->arena);
  struct desk_section s = desk_section(d, NULL);
  str title = page_member(block, "title"), policy = page_member(block, "hit_policy");
  page_set_str(&t, "caption", title.n ? title : page_say(p, "rules_pages.table"));
  page_set(&t, "head", page_items(&blocks));
  page_set(&t, "rows", page_items(&lines));
  page_set_bool(&t, "any_rows", true);
  page_set_bool(&t, "csv_path", false);
  if (policy.n) desk_words(&s, desk_code(p, "rules_pages.policy_", policy));
  page_set(&s.object, "table", page_json(&t));
  desk_close(&s);
}

static void add_node(struct desk *d, const struct json *node) {
  struct page *p = &d->page;
  uint32_t needs, blocks;
  const struct json *need = desk_list(node, "needs", &needs), *block = desk_list(node, "blocks", &blocks);
  struct desk_section s = desk_section_named(d, page_member(node, "name"));
  struct buf used = buf_in(p->arena);
  desk_words(&s, page_member(node, "description"));
  for (uint32_t i = 0; i < needs; i++) {
    if (i) buf_add(&used, p->english ? STR(", ") : STR("、"));
    buf_add(&used, desk_value(p, &need[i]));
  }
  desk_fact(&s, "rules_pages.needs", buf_str(&used), STR(""));
  for (uint32_t i = 0; i < blocks; i++) {
    str title = page_member(&block[i], "title"), text = page_member(&block[i], "text");
    if (text.n) desk_words(&s, title.n ? str_format(p->arena, "%.*s: %.*s", STR_ARG(title), STR_ARG(text)) : text);
  }
  desk_close(&s);
  for (uint32_t i = 0; i < blocks; i++)
    if (!page_member(&block[i], "text").n && json_get(&block[i], STR("head"))->count) add_block(d, &block[i]);
}

static struct http_answer show_rules(struct desk *d, struct uuid id, str text, const struct findings *f, int status) {
  struct http_answer failure;
  struct json body, list;
  struct rules_show_request request = { id };
  uint32_t count, waits;
  if (!DESK_CALL(d, rules_show, &request, &body, &failure)) return failure;
  if (!DESK_CALL(d, rules_list, NULL, &list, &failure)) return failure;
  const struct json *waiting = desk_list(&list, "waiting", &waits);
  bool open = false;
  for (uint32_t i = 0; i < waits; i++) open = open || str_eq(page_member(&waiting[i], "rule_set"), text);
  desk_way(d, "rules_pages.title", STR("/rules"));
  if (http_request_may(d->page.r, HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR))
    desk_way(d, "rules_pages.differences", desk_path(d->page.arena, "/rules/%s/differences", text));
  struct desk_section s = desk_section(d, NULL);
  desk_words(&s, page_say(&d->page, open ? "rules_pages.not_yet" : "rules_pages.in_force"));
  desk_fact(&s, "rules_pages.first_day", day_words(&d->page, &body, "first_day"), STR(""));
  desk_fact(&s, "rules_pages.version", page_member(&body, "version"), STR(""));
  desk_fact(&s, "audit.sha256", page_member(&body, "sha256"), STR(""));
  if (open && owns(d))
    desk_form(&s, &(struct page_form){ .name = "form", .action = desk_path(d->page.arena, "/rules/%s/confirm", text),
                                       .submit = "rules_pages.confirm", .once = true, .findings = f });
  desk_close(&s);
  const struct json *nodes = desk_list(&body, "nodes", &count);
  for (uint32_t i = 0; i < count; i++)
    if (json_get(&nodes[i], STR("input"))->kind == JSON_KIND_FALSE) add_node(d, &nodes[i]);
  return desk_answer(d, status, "rules_pages.one", page_member(&body, "name"));
}

static struct http_answer get_rules(struct http_request *r) {
  struct desk d = desk_begin(r);
  const struct http_value *id = http_value(&r->path, "rule_set");
  return show_rules(&d, id->id, id->text, NULL, HTTP_OK);
}

static struct http_answer post_confirm(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  const struct http_value *id = http_value(&r->path, "rule_set");
  struct rules_confirm_request request = { id->id };
  result why = PAGE_CALL(&d.page, rules_confirm, &request, &f, &out);
  if (why == RESULT_OK) return page_go(r, STR("/rules"), "rules_confirmed");
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show_rules(&d, id->id, id->text, &f, 422);
  return page_failed(&d.page, why, &f, &out);
}

static struct http_answer post_confirm_calendar(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct calendar_confirm_request request = { http_value(&r->path, "calendar")->id };
  result why = PAGE_CALL(&p, calendar_confirm, &request, &f, &out);
  return why == RESULT_OK ? page_go(r, STR("/rules"), "calendar_confirmed") : page_failed(&p, why, &f, &out);
}

/* ---- what would differ */

static const char *const difference_columns[] = { "desk.claim", "rules_pages.was", "rules_pages.now", "desk.item" };

static str sum_words(struct desk *d, const struct json *sum) {
  return str_format(d->page.arena, "%.*s %.*s", STR_ARG(desk_code(&d->page, "desk.outcome_", page_member(sum, "outcome"))),
                    STR_ARG(page_yen(&d->page, desk_int(sum, "total_yen"))));
}

static struct http_answer get_differences(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  uint32_t count;
  const struct http_value *id = http_value(&r->path, "rule_set");
  struct rules_differences_request request = { .rule_set = id->id, .limit = DIFFERENCES_SHOWN };
  if (!DESK_CALL(&d, rules_differences, &request, &body, &failure)) return failure;
  const struct json *differ = desk_list(&body, "differ", &count);
  struct desk_table t = desk_table(&d, "rules_pages.differences", "differences", difference_columns, COUNT_OF(difference_columns));
  for (uint32_t i = 0; i < count; i++) {
    bool auditor = http_request_may(r, HTTP_ROLE_AUDITOR);
    str claim = page_member(&differ[i], "claim");
    const struct json *items = json_get(&differ[i], STR("items"));
    desk_row(&t, (struct desk_cell[]){ DESK_LINK(claim, auditor ? desk_path(r->arena, "/audit/claims/%s", claim) : STR("")),
                                       DESK_TEXT(sum_words(&d, json_get(&differ[i], STR("was")))),
                                       DESK_TEXT(sum_words(&d, json_get(&differ[i], STR("now")))), DESK_TEXT(desk_value(&d.page, items)) });
  }
  if (desk_wants(&d, &t)) return desk_file(&d, &t);
  desk_way(&d, "rules_pages.back", desk_path(r->arena, "/rules/%s", id->text));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "rules_pages.differences_intro", desk_number(&d, desk_int(&body, "compared")).text, desk_number(&d, count).text));
  desk_put_table(&s, &t);
  desk_close(&s);
  return desk_answer(&d, HTTP_OK, "rules_pages.differences", STR(""));
}

/* ---- declarations */

static const struct page_field declaration_fields[] = {
  { .name = "version", .kind = PAGE_LINE, .label = "rules_pages.version", .hint = "rules_pages.version_hint" },
  { .name = "ja", .kind = PAGE_AREA, .label = "rules_pages.text_ja" },
  { .name = "en", .kind = PAGE_AREA, .label = "rules_pages.text_en" },
};

static void add_declaration(struct desk *d, const struct json *one, const char *heading, bool waits) {
  struct desk_section s = desk_section(d, heading);
  desk_fact(&s, "rules_pages.version", page_member(one, "version"), STR(""));
  desk_fact(&s, "rules_pages.published_at", page_moment(&d->page, page_member(one, "published_at")), STR(""));
  desk_fact(&s, "rules_pages.text_ja", page_member(one, "ja"), STR(""));
  desk_fact(&s, "rules_pages.text_en", page_member(one, "en"), STR(""));
  if (waits && owns(d))
    add_yes(&s, desk_path(d->page.arena, "/declarations/%s/confirm", page_member(one, "declaration")), "rules_pages.confirm_declaration");
  desk_close(&s);
}

static struct http_answer show_declarations(struct desk *d, int status, const struct http_values *posted, const struct findings *f) {
  struct http_answer failure;
  struct json body;
  uint32_t count, waits;
  if (!DESK_CALL(d, declaration_list, NULL, &body, &failure)) return failure;
  const struct json *published = desk_list(&body, "declarations", &count), *waiting = desk_list(&body, "waiting", &waits);
  desk_way(d, "rules_pages.title", STR("/rules"));
  for (uint32_t i = 0; i < waits; i++) add_declaration(d, &waiting[i], "rules_pages.declaration_waiting", true);
  for (uint32_t i = 0; i < count; i++)
    add_declaration(d, &published[i], i ? "rules_pages.declaration_before" : "rules_pages.declaration_now", false);
  if (owns(d)) {
    struct desk_section s = desk_section(d, "rules_pages.declaration_new");
    desk_form(&s, &(struct page_form){ .name = "new", .action = STR("/declarations"), .submit = "rules_pages.put_forward",
                                       .fields = declaration_fields, .count = COUNT_OF(declaration_fields), .posted = posted,
                                       .findings = f, .once = true });
    desk_close(&s);
  }
  return desk_answer(d, status, "rules_pages.declarations", STR(""));
}

static struct http_answer get_declarations(struct http_request *r) {
  struct desk d = desk_begin(r);
  return show_declarations(&d, HTTP_OK, NULL, NULL);
}

static struct http_answer post_declaration(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct declaration_publish_request request = { page_typed(&r->form, "version"), page_typed(&r->form, "ja"), page_typed(&r->form, "en") };
  page_require(&d.page, declaration_fields, COUNT_OF(declaration_fields), &r->form, &f);
  if (f.count) return show_declarations(&d, 422, &r->form, &f);
  result why = PAGE_CALL(&d.page, declaration_publish, &request, &f, &out);
  if (why == RESULT_OK) return page_go(r, STR("/declarations"), "put_forward");
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show_declarations(&d, 422, &r->form, &f);
  return page_failed(&d.page, why, &f, &out);
}

static struct http_answer post_confirm_declaration(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct declaration_confirm_request request = { http_value(&r->path, "declaration")->id };
  result why = PAGE_CALL(&d.page, declaration_confirm, &request, &f, &out);
  if (why == RESULT_OK) return page_go(r, STR("/declarations"), "declaration_confirmed");
  return page_failed(&d.page, why, &f, &out);
}

/* ---- putting a file forward */

static struct http_answer show_upload(struct desk *d, bool calendar, int status, const struct findings *f) {
  struct page *p = &d->page;
  str action = calendar ? STR("/rules/calendars/publish") : STR("/rules/publish");
  desk_way(d, "rules_pages.title", STR("/rules"));
  page_form(p, &(struct page_form){ .name = "form", .action = action, .submit = "rules_pages.put_forward", .findings = f, .once = true });
  page_set_str(&p->document, "upload_intro", page_say_with(p, calendar ? "rules_pages.calendar_intro" : "rules_pages.publish_intro", 0, NULL));
  page_set_str(&p->document, "upload_label", page_say_with(p, calendar ? "rules_pages.calendar_file" : "rules_pages.file", 0, NULL));
  page_set_bool(&p->document, "roster", false);
  return page_answer(p, status, "upload", page_say_with(p, calendar ? "rules_pages.publish_calendar" : "rules_pages.publish", 0, NULL));
}

static struct http_answer get_publish(struct http_request *r) {
  struct desk d = desk_begin(r);
  return show_upload(&d, false, HTTP_OK, NULL);
}

static struct http_answer get_publish_calendar(struct http_request *r) {
  struct desk d = desk_begin(r);
  return show_upload(&d, true, HTTP_OK, NULL);
}

static struct http_answer finish_rules(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct rules_publish_request request = { gate_upload_bytes(r) };
  struct caller c = gate_upload_caller(r, request.bytes);
  result why = rules_publish(d.page.gate->service, &c, r->arena, &request, &f, &out);
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show_upload(&d, false, 422, &f);
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
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show_upload(&d, true, 422, &f);
  if (why != RESULT_OK) return page_failed(&d.page, why, &f, &out);
  return page_go(r, STR("/rules"), "put_forward");
}

static const struct http_stream_in rules_stream = { gate_upload_begin, gate_upload_chunk, finish_rules, gate_upload_abandon };
static const struct http_stream_in calendar_stream = { gate_upload_begin, gate_upload_chunk, finish_calendar, gate_upload_abandon };

/* ---- the table */

static const struct http_parameter rules_path[] = { { .name = "rule_set", .kind = HTTP_PARAMETER_ID, .prefix = "rul_", .description_en = "The rule set" }, { 0 } };
static const struct http_parameter calendar_path[] = { { .name = "calendar", .kind = HTTP_PARAMETER_ID, .prefix = "cal_", .description_en = "The calendar" }, { 0 } };
static const struct http_parameter declaration_path[] = { { .name = "declaration", .kind = HTTP_PARAMETER_ID, .prefix = "dcl_", .description_en = "The text" }, { 0 } };
static const struct http_parameter csv_query[] = { DESK_CSV, { 0 } };
static const struct http_parameter nothing[] = { { 0 } };
#define WORDS_FIELD(n, most_) { .name = (n), .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = (most_), .description_en = (n) }
static const struct http_parameter declaration_form[] = { WORDS_FIELD("version", 200), WORDS_FIELD("ja", 10000), WORDS_FIELD("en", 10000), { 0 } };

enum { READERS = HTTP_ROLE_PROXY | HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER | HTTP_ROLE_CASHIER | HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR };
#define RULES_GET(n, p, h, roles_, ja, en) \
  .name = (n), .method = HTTP_GET, .path = (p), .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = (roles_), .face = HTTP_PAGE, \
  .handler = (h), .tag = "pages", .summary_ja = (ja), .summary_en = (en)
#define RULES_POST(n, p, h, form_, ja, en) \
  .name = (n), .method = HTTP_POST, .path = (p), .realms = HTTP_STAFF, .roles = HTTP_ROLE_OWNER, .persons_only = true, .step_up = true, \
  .face = HTTP_PAGE, .body = HTTP_BODY_FORM, .form_parameters = (form_), .idempotent = true, .handler = (h), .tag = "pages", \
  .summary_ja = (ja), .summary_en = (en)
#define RULES_FILE(n, p, s, most_, ja, en) \
  .name = (n), .method = HTTP_POST, .path = (p), .realms = HTTP_STAFF, .roles = HTTP_ROLE_OWNER, .persons_only = true, .step_up = true, \
  .face = HTTP_PAGE, .body = HTTP_BODY_MULTIPART, .form_parameters = nothing, .body_limit_bytes = (most_), .lane = HTTP_LANE_SLOW, \
  .idempotent = true, .stream = (s), .tag = "pages", .summary_ja = (ja), .summary_en = (en)
static const struct http_route rows[] = {
  { RULES_GET("rulesPage", "/rules", get_list, READERS, "規則の一覧", "The rules") },
  { RULES_GET("rulesPublishPage", "/rules/publish", get_publish, HTTP_ROLE_OWNER, "規則を登録する画面", "Put rules forward"), .step_up = true },
  { RULES_GET("calendarPublishPage", "/rules/calendars/publish", get_publish_calendar, HTTP_ROLE_OWNER, "暦を登録する画面", "Put a calendar forward"), .step_up = true },
  { RULES_GET("ruleSetPage", "/rules/{rule_set}", get_rules, READERS, "規則を読む", "Read a rule set"), .path_parameters = rules_path },
  { RULES_GET("rulesDifferencesPage", "/rules/{rule_set}/differences", get_differences, HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR, "決定の違い", "What would differ"),
    .path_parameters = rules_path, .query = csv_query, .lane = HTTP_LANE_SLOW, .produces = "*" },
  { RULES_GET("declarationsPage", "/declarations", get_declarations, READERS, "誓約の文面", "Texts of the declaration") },
  { RULES_FILE("rulesPublishPagePost", "/rules/publish", &rules_stream, RULES_MOST_BYTES, "規則を登録する", "Put rules forward") },
  { RULES_FILE("calendarPublishPagePost", "/rules/calendars/publish", &calendar_stream, CALENDAR_MOST_BYTES, "暦を登録する", "Put a calendar forward") },
  { RULES_POST("rulesConfirmPagePost", "/rules/{rule_set}/confirm", post_confirm, nothing, "規則を公布する", "Confirm rules"), .path_parameters = rules_path },
  { RULES_POST("calendarConfirmPagePost", "/rules/calendars/{calendar}/confirm", post_confirm_calendar, nothing, "暦を公布する", "Confirm a calendar"),
    .path_parameters = calendar_path },
  { RULES_POST("declarationsPagePost", "/declarations", post_declaration, declaration_form, "文面を登録する", "Put a text forward") },
  { RULES_POST("declarationConfirmPagePost", "/declarations/{declaration}/confirm", post_confirm_declaration, nothing, "文面を公布する", "Confirm a text"),
    .path_parameters = declaration_path },
};
const struct http_route_table web__rules_routes = { rows, COUNT_OF(rows) };
