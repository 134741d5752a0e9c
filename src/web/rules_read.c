/* rules_read: one rule set as anybody of the house reads it: each judgement in words and tables, the cases beside it as the engine
 * answers them now, and the decided claims that it would decide otherwise. */
#include "rules_pages.h"

enum { DIFFERENCES_SHOWN = 200 };

/* ---- judgements */

/* What is asked, what follows, and the clause, in one row of heads. */
static str *heads_of(const struct page *p, const struct json *block, uint32_t *count) {
  struct json inputs = casework__list(block, "inputs"), outputs = casework__list(block, "outputs");
  struct json annotations = casework__list(block, "annotations");
  str *heads = ARENA_ARRAY(p->arena, str, inputs.count + outputs.count + annotations.count);
  uint32_t n = 0;
  for (uint32_t i = 0; i < inputs.count; i++) heads[n++] = json_text(&inputs.as.items[i]);
  for (uint32_t i = 0; i < outputs.count; i++)
    heads[n++] = inputs.count ? str_format(p->arena, "→ %.*s", STR_ARG(json_text(&outputs.as.items[i]))) : json_text(&outputs.as.items[i]);
  for (uint32_t i = 0; i < annotations.count; i++) heads[n++] = json_text(&annotations.as.items[i]);
  *count = n;
  return heads;
}

static void add_row(struct desk_table *t, const struct json *row, uint32_t columns) {
  const struct page *p = &t->desk->page;
  const struct json parts[] = { casework__cells(p, row, "inputs"), casework__cells(p, row, "outputs"), casework__list(row, "annotations") };
  struct desk_cell *cells = ARENA_ARRAY(p->arena, struct desk_cell, columns);
  uint32_t n = 0;
  for (size_t part = 0; part < COUNT_OF(parts); part++)
    for (uint32_t i = 0; i < parts[part].count && n < columns; i++) cells[n++] = DESK_TEXT(json_text(&parts[part].as.items[i]));
  while (n < columns) cells[n++] = DESK_TEXT(STR(""));
  desk_row(t, cells);
}

static void add_block(struct desk *d, const struct json *block) {
  struct page *p = &d->page;
  uint32_t columns;
  const str *heads = heads_of(p, block, &columns);
  struct json rows = casework__list(block, "rows");
  str title = page_member(block, "title"), policy = page_member(block, "hit_policy");
  if (columns == 0) return;
  struct desk_table t = desk_table_named(d, title.n ? title : page_say(p, "rules_pages.table"), NULL, heads, columns);
  for (uint32_t i = 0; i < rows.count; i++) add_row(&t, &rows.as.items[i], columns);
  struct desk_section s = desk_section(d, NULL);
  if (policy.n) desk_words(&s, desk_code(p, "rules_pages.policy_", policy));
  desk_put_table(&s, &t);
  desk_close(&s);
}

static void add_node(struct desk *d, const struct json *node) {
  struct page *p = &d->page;
  struct json needs = casework__list(node, "needs"), blocks = casework__list(node, "blocks");
  struct desk_section s = desk_section_named(d, page_member(node, "label"));
  str *used = ARENA_ARRAY(p->arena, str, needs.count);
  for (uint32_t i = 0; i < needs.count; i++) used[i] = json_text(&needs.as.items[i]);
  desk_words(&s, page_member(node, "description"));
  desk_fact(&s, "rules_pages.needs", str_join(p->arena, used, needs.count, p->english ? STR(", ") : STR("、")), STR(""));
  for (uint32_t i = 0; i < blocks.count; i++) {
    str title = page_member(&blocks.as.items[i], "title"), text = page_member(&blocks.as.items[i], "text");
    if (text.n) desk_words(&s, title.n ? str_format(p->arena, "%.*s: %.*s", STR_ARG(title), STR_ARG(text)) : text);
  }
  desk_close(&s);
  for (uint32_t i = 0; i < blocks.count; i++)
    if (!page_member(&blocks.as.items[i], "text").n) add_block(d, &blocks.as.items[i]);
}

/* ---- the rule set */

static str cases_words(const struct page *p, const struct json *cases) {
  int64_t all = page_int(cases, "cases"), failed = page_int(cases, "failed");
  const char *words = all == 0 ? "rules_pages.cases_none" : failed ? "rules_pages.cases_failed" : "rules_pages.cases_held";
  return page_say_with(p, words, 2, (str[]){ str_format(p->arena, "%lld", (long long)all), str_format(p->arena, "%lld", (long long)failed) });
}

static struct http_answer show_rules(struct desk *d, struct uuid id, str text, const struct findings *f, int status) {
  struct http_answer failure;
  struct json body, list, cases;
  struct rules_show_request request = { id };
  struct rules_scenarios_request scenarios = { id };
  uint32_t count, waits;
  if (!DESK_CALL(d, rules_show, &request, &body, &failure)) return failure;
  if (!DESK_CALL(d, rules_list, NULL, &list, &failure)) return failure;
  if (!DESK_CALL(d, rules_scenarios, &scenarios, &cases, &failure)) return failure;
  const struct json *waiting = desk_list(&list, "waiting", &waits);
  bool open = false;
  for (uint32_t i = 0; i < waits; i++) open = open || str_eq(page_member(&waiting[i], "rule_set"), text);
  desk_way(d, "rules_pages.title", STR("/rules"));
  if (http_request_may(d->page.r, HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR))
    desk_way(d, "rules_pages.differences", desk_path(d->page.arena, "/rules/%s/differences", text));
  struct desk_section s = desk_section(d, NULL);
  desk_words(&s, page_say(&d->page, open ? "rules_pages.not_yet" : "rules_pages.in_force"));
  desk_fact(&s, "rules_pages.first_day", page_day(&d->page, desk_day(&body, "first_day")), STR(""));
  desk_fact(&s, "rules_pages.version", page_member(&body, "version"), STR(""));
  desk_fact(&s, "rules_pages.scenarios", cases_words(&d->page, &cases), desk_path(d->page.arena, "/rules/%s/scenarios", text));
  desk_fact(&s, "audit.sha256", page_member(&body, "sha256"), STR(""));
  if (open && rules__owns(d))
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

/* ---- the cases beside it */

static const char *const case_columns[] = { "rules_pages.case_result", "rules_pages.case_name", "audit.clauses", "rules_pages.case_differs" };

static str difference_words(const struct page *p, const struct json *one) {
  struct json differences = casework__list(one, "differences");
  str fault = page_member(one, p->english ? "fault_en" : "fault_ja");
  str *parts = ARENA_ARRAY(p->arena, str, differences.count);
  for (uint32_t i = 0; i < differences.count; i++) {
    const struct json *d = &differences.as.items[i];
    parts[i] = page_say(p, "rules_pages.case_difference", page_member(d, "where"), page_member(d, "expected"), page_member(d, "got"));
  }
  return fault.n ? fault : str_join(p->arena, parts, differences.count, STR(" / "));
}

static void add_case(struct desk_table *t, const struct json *one) {
  const struct page *p = &t->desk->page;
  struct json clauses = casework__list(one, "clauses");
  str *numbers = ARENA_ARRAY(p->arena, str, clauses.count);
  for (uint32_t i = 0; i < clauses.count; i++) numbers[i] = json_text(&clauses.as.items[i]);
  desk_row(t, (struct desk_cell[]){ DESK_TEXT(page_say_with(p, page_flag(one, "held") ? "rules_pages.case_held" : "rules_pages.case_failed", 0, NULL)),
                                    DESK_TEXT(page_member(one, p->english ? "name_en" : "name")),
                                    DESK_TEXT(str_join(p->arena, numbers, clauses.count, STR(" "))), DESK_TEXT(difference_words(p, one)) });
}

/* Those that fail come first. What the table is about is said by the heading above it. */
static struct desk_table cases_table(struct desk *d, const struct json *table) {
  struct json cases = casework__list(table, "cases");
  struct desk_table t = desk_table(d, "rules_pages.scenarios", NULL, case_columns, COUNT_OF(case_columns));
  if (page_member(table, "about").n) t.caption = page_member(table, "about");
  for (int held = 0; held < 2; held++)
    for (uint32_t i = 0; i < cases.count; i++)
      if (page_flag(&cases.as.items[i], "held") == held) add_case(&t, &cases.as.items[i]);
  return t;
}

static struct http_answer get_scenarios(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  const struct http_value *id = http_value(&r->path, "rule_set");
  struct rules_scenarios_request request = { id->id };
  if (!DESK_CALL(&d, rules_scenarios, &request, &body, &failure)) return failure;
  desk_way(&d, "rules_pages.back", desk_path(r->arena, "/rules/%s", id->text));
  if (rules__owns(&d)) desk_way(&d, "rules_pages.add_scenarios", desk_path(r->arena, "/rules/%s/scenarios/add", id->text));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "rules_pages.cases_intro"));
  desk_words(&s, cases_words(&d.page, &body));
  desk_close(&s);
  struct json tables = casework__list(&body, "tables");
  for (uint32_t i = 0; i < tables.count; i++) {
    const struct json *one = &tables.as.items[i];
    struct desk_table t = cases_table(&d, one);
    struct desk_section section = desk_section_named(&d, page_member(one, "about"));
    desk_put_table(&section, &t);
    desk_close(&section);
  }
  return desk_answer(&d, HTTP_OK, "rules_pages.scenarios", STR(""));
}

/* ---- what would differ, a batch of decided claims a page */

static const char *const difference_columns[] = { "desk.claim", "rules_pages.was", "rules_pages.now", "desk.item" };

static str sum_words(struct desk *d, const struct json *sum) {
  return str_format(d->page.arena, "%.*s %.*s", STR_ARG(desk_code(&d->page, "desk.outcome_", page_member(sum, "outcome"))),
                    STR_ARG(page_yen(&d->page, page_int(sum, "total_yen"))));
}

static str item_words(const struct page *p, const struct json *one) {
  struct json items = casework__list(one, "items");
  str *names = ARENA_ARRAY(p->arena, str, items.count);
  for (uint32_t i = 0; i < items.count; i++) names[i] = desk_code(p, "desk.item_", json_text(&items.as.items[i]));
  return str_join(p->arena, names, items.count, p->english ? STR(", ") : STR("、"));
}

static struct desk_cell claim_cell(const struct desk *d, const struct json *one) {
  bool auditor = http_request_may(d->page.r, HTTP_ROLE_AUDITOR);
  str path = desk_path(d->page.arena, auditor ? "/audit/claims/%s" : "/cases/%s", page_member(one, "claim"));
  return DESK_LINK(page_member(one, "number"), path);
}

static struct desk_table differences_table(struct desk *d, const struct json *body) {
  struct json differ = casework__list(body, "differ"), unreadable = casework__list(body, "unreadable");
  struct desk_table t = desk_table(d, "rules_pages.differences", "differences", difference_columns, COUNT_OF(difference_columns));
  for (uint32_t i = 0; i < differ.count; i++) {
    const struct json *one = &differ.as.items[i];
    desk_row(&t, (struct desk_cell[]){ claim_cell(d, one), DESK_TEXT(sum_words(d, json_get(one, STR("was")))),
                                       DESK_TEXT(sum_words(d, json_get(one, STR("now")))), DESK_TEXT(item_words(&d->page, one)) });
  }
  for (uint32_t i = 0; i < unreadable.count; i++)
    desk_row(&t, (struct desk_cell[]){ claim_cell(d, &unreadable.as.items[i]), DESK_TEXT(STR("")),
                                       { .text = page_say(&d->page, "rules_pages.unreadable"), .note = page_member(&unreadable.as.items[i], "code") },
                                       DESK_TEXT(STR("")) });
  return t;
}

static struct http_answer get_differences(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  const struct http_value *id = http_value(&r->path, "rule_set"), *after = http_value(&r->query, "after");
  struct rules_differences_request request = { .rule_set = id->id, .limit = DIFFERENCES_SHOWN };
  if (after->present) request.after = after->id;
  if (!DESK_CALL(&d, rules_differences, &request, &body, &failure)) return failure;
  struct desk_table t = differences_table(&d, &body);
  int64_t done = page_int(&body, "done"), all = page_int(&body, "all");
  str next = page_member(&body, "next"), of = desk_number(&d, all).text;
  desk_way(&d, "rules_pages.back", desk_path(r->arena, "/rules/%s", id->text));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "rules_pages.differences_intro"));
  desk_progress(&s, "rules_pages.progress", done, all);
  desk_words(&s, next.n ? page_say(&d.page, "rules_pages.progress_words", desk_number(&d, done).text, of)
                        : page_say(&d.page, "rules_pages.progress_done", of));
  if (t.rows.count || desk_wants(&d, &t)) desk_put_table(&s, &t);
  else desk_words(&s, page_say(&d.page, "rules_pages.differences_none"));
  if (next.n) desk_link(&s, page_say(&d.page, "rules_pages.go_on"),
                        str_format(r->arena, "/rules/%.*s/differences?after=%.*s", STR_ARG(id->text), STR_ARG(next)));
  desk_close(&s);
  return desk_answer(&d, HTTP_OK, "rules_pages.differences", STR(""));
}

/* ---- the table */

static const struct http_parameter rules_path[] = { { .name = "rule_set", .kind = HTTP_PARAMETER_ID, .prefix = "rul_", .description_en = "The rule set" }, { 0 } };
static const struct http_parameter differences_query[] = {
  { .name = "after", .kind = HTTP_PARAMETER_ID, .prefix = "dec_", .description_en = "After this decision" }, DESK_CSV, { 0 },
};
static const struct http_parameter nothing[] = { { 0 } };
static const struct http_route rows[] = {
  { RULES_GET("ruleSetPage", "/rules/{rule_set}", get_rules, RULES_READERS, "規則を読む", "Read a rule set"), .path_parameters = rules_path },
  { RULES_GET("scenariosPage", "/rules/{rule_set}/scenarios", get_scenarios, RULES_READERS, "規則の事例", "The cases beside a rule set"),
    .path_parameters = rules_path, .lane = HTTP_LANE_SLOW },
  { RULES_GET("rulesDifferencesPage", "/rules/{rule_set}/differences", get_differences, HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR, "決定の違い", "What would differ"),
    .path_parameters = rules_path, .query = differences_query, .lane = HTTP_LANE_SLOW, .produces = "*" },
  { RULES_POST("rulesConfirmPagePost", "/rules/{rule_set}/confirm", post_confirm, nothing, "規則を公布する", "Confirm rules"), .path_parameters = rules_path },
};
const struct http_route_table web__rules_read_routes = { rows, COUNT_OF(rows) };
