/* audit_trace: a decision followed back, on one page: people, items, money, the computation repeated, rules with the rows that
 * answered, facts with their checks, files, what happened and who looked. */
#include "audit.h"
#include "files.h"

struct trace { struct desk desk; struct json body, tables; const struct json *people; };

static str by_and_at(const struct trace *t, const struct json *one) {
  const struct page *p = &t->desk.page;
  str who = audit__name(p, t->people, page_member(one, "by")), at = page_moment(p, page_member(one, "at"));
  return page_member(one, "by").n ? page_say(p, "audit.by_at", who, at) : STR("");
}

static str joined(const struct page *p, const struct json *list, str (*words)(const struct page *p, str code)) {
  struct json all = list && list->kind == JSON_KIND_ARRAY ? *list : json_of_array(NULL, 0);
  str *parts = ARENA_ARRAY(p->arena, str, all.count);
  for (uint32_t i = 0; i < all.count; i++) parts[i] = words(p, json_text(&all.as.items[i]));
  return str_join(p->arena, parts, all.count, p->english ? STR(", ") : STR("、"));
}

static str as_it_is(const struct page *p, str code) {
  (void)p;
  return code;
}

/* ---- what was decided, by whom */

static void add_decision(struct trace *t) {
  struct page *p = &t->desk.page;
  const struct json *decision = json_get(&t->body, STR("decision"));
  struct desk_section s = desk_section(&t->desk, "audit.decision");
  str claim = page_member(decision, "claim");
  desk_fact(&s, "desk.number", page_member(decision, "claim_number"), desk_path(p->arena, "/audit/claims/%s", claim));
  desk_fact(&s, "desk.outcome", desk_code(p, "desk.outcome_", page_member(decision, "outcome")), STR(""));
  desk_fact(&s, "desk.total", page_yen(p, page_int(decision, "total_yen")), STR(""));
  desk_fact(&s, "audit.proposed_by", by_and_at(t, json_get(&t->body, STR("proposal"))), STR(""));
  desk_fact(&s, "audit.approved_by", by_and_at(t, json_get(&t->body, STR("approval"))), STR(""));
  desk_close(&s);
}

static const char *const item_columns[] = { "desk.item", "desk.outcome", "desk.amount", "audit.reasons", "audit.clauses" };

static str reason_words(const struct page *p, str code) { return casework__word(p, "reason", code); }

static void add_items(struct trace *t) {
  struct desk *d = &t->desk;
  const struct json *items = json_at(&t->body, STR("/decision/document/items"));
  struct desk_table table = desk_table(d, "audit.items", NULL, item_columns, COUNT_OF(item_columns));
  for (uint32_t i = 0; items && items->kind == JSON_KIND_OBJECT && i < items->count; i++) {
    const struct json *item = &items->as.members[i].value, *reasons = json_get(item, STR("reasons"));
    desk_row(&table, (struct desk_cell[]){ DESK_TEXT(desk_code(&d->page, "desk.item_", items->as.members[i].name)),
                                           DESK_TEXT(desk_code(&d->page, "desk.outcome_", page_member(item, "outcome"))),
                                           desk_yen(d, page_int(item, "amount_yen")),
                                           { .text = joined(&d->page, reasons, reason_words), .note = joined(&d->page, reasons, as_it_is) },
                                           DESK_TEXT(joined(&d->page, json_get(item, STR("clauses")), as_it_is)) });
  }
  struct desk_section s = desk_section(d, "audit.items");
  desk_put_table(&s, &table);
  desk_close(&s);
}

/* ---- money: what the decision opened, with the ids under which it is paid */

static const char *const line_columns[] = { "desk.item", "desk.amount", "desk.state" };

static void add_money(struct trace *t) {
  uint32_t count, backs;
  struct desk *d = &t->desk;
  const struct json *lines = desk_list(&t->body, "lines", &count), *recoveries = desk_list(&t->body, "recoveries", &backs);
  struct desk_table table = desk_table(d, "audit.lines", NULL, line_columns, COUNT_OF(line_columns));
  for (uint32_t i = 0; i < count; i++)
    desk_row(&table, (struct desk_cell[]){ { .text = desk_code(&d->page, "desk.item_", page_member(&lines[i], "item")),
                                             .note = page_member(&lines[i], "line") },
                                           desk_yen(d, page_int(&lines[i], "amount_yen")),
                                           DESK_TEXT(desk_code(&d->page, "desk.line_", page_member(&lines[i], "state"))) });
  for (uint32_t i = 0; i < backs; i++)
    desk_row(&table, (struct desk_cell[]){ { .text = desk_code(&d->page, "desk.item_", page_member(&recoveries[i], "item")),
                                             .note = page_member(&recoveries[i], "recovery") },
                                           desk_yen(d, -page_int(&recoveries[i], "amount_yen")),
                                           DESK_TEXT(page_say(&d->page, "desk.recovery")) });
  struct desk_section s = desk_section(d, "audit.lines");
  desk_put_table(&s, &table);
  desk_close(&s);
}

/* ---- computed again */

static const char *const proof_columns[] = { "audit.proof_of", "audit.proof_same", "audit.proof_stored" };

static struct desk_table proofs(struct desk *d, const struct json *recomputed) {
  uint32_t count;
  const struct json *checks = desk_list(recomputed, "checks", &count);
  struct desk_table table = desk_table(d, "audit.proofs", NULL, proof_columns, COUNT_OF(proof_columns));
  for (uint32_t i = 0; i < count; i++) {
    bool same = page_flag(&checks[i], "same");
    desk_row(&table, (struct desk_cell[]){ DESK_TEXT(desk_code(&d->page, "audit.proof_", page_member(&checks[i], "what"))),
                                           DESK_TEXT(page_say_with(&d->page, same ? "audit.same" : "audit.other", 0, NULL)),
                                           { .note = page_member(&checks[i], "stored") } });
  }
  return table;
}

static const char *verdict_of(const struct json *recomputed) {
  if (page_flag(recomputed, "identical")) return "audit.recomputed_same";
  return page_member(recomputed, "refused").n ? "audit.recomputed_refused" : "audit.recomputed_other";
}

static void add_recomputed(struct trace *t) {
  const struct json *recomputed = json_get(&t->body, STR("recomputed"));
  struct desk_table table = proofs(&t->desk, recomputed);
  struct desk_section s = desk_section(&t->desk, "audit.recomputed");
  desk_words(&s, page_say_with(&t->desk.page, verdict_of(recomputed), 0, NULL));
  desk_put_table(&s, &table);
  desk_close(&s);
}

/* Whoever trusts neither this page nor this service computes it on a machine of their own. */
static void add_own_check(struct trace *t) {
  static const char *const files[] = { "facts.json", "rules.dmn", "decision.json" };
  struct page *p = &t->desk.page;
  const struct json *decision = json_get(&t->body, STR("decision"));
  struct desk_section s = desk_section(&t->desk, "audit.own_check");
  desk_words(&s, page_say(p, "audit.own_check_intro", page_member(json_get(&t->body, STR("calendar")), "version")));
  desk_commands(&s, STR("mkdir -p rules/1 && cp rules.dmn rules/1/\n"
                        "sha256sum facts.json rules.dmn decision.json\n"
                        "shienkin decide --rules rules facts.json | jq -jcS . | cmp - decision.json && echo OK"));
  for (size_t i = 0; i < COUNT_OF(files); i++)
    desk_link(&s, str_of(files[i]), str_format(p->arena, "/audit/decisions/%.*s/files/%s", STR_ARG(page_member(decision, "decision")), files[i]));
  desk_close(&s);
}

/* ---- rules */

static void add_rules(struct trace *t) {
  struct page *p = &t->desk.page;
  const struct json *rules = json_get(&t->body, STR("rules")), *calendar = json_get(&t->body, STR("calendar"));
  const struct json *holidays = json_get(calendar, STR("holidays"));
  struct desk_section s = desk_section(&t->desk, "audit.rules");
  desk_fact(&s, "rules_pages.version", page_member(rules, "version"), desk_path(p->arena, "/rules/%s", page_member(rules, "rule_set")));
  desk_fact(&s, "rules_pages.first_day", page_day(p, desk_day(rules, "first_day")), STR(""));
  desk_fact(&s, "audit.put_forward_by", by_and_at(t, rules), STR(""));
  desk_fact(&s, "audit.calendar", page_member(calendar, "version"), STR(""));
  if (holidays && holidays->count) desk_fact(&s, "audit.holidays", audit__value(p, holidays), STR(""));
  desk_set(&s, "tables", casework__tables(p, &t->tables, json_at(&t->body, STR("/decision/trace"))));
  desk_close(&s);
}

/* ---- facts and files */

/* "書類1、書類3": files by their place in the list below. */
static str file_words(const struct trace *t, const struct json *ids) {
  uint32_t count;
  const struct json *files = desk_list(&t->body, "evidence", &count);
  struct buf out = buf_in(t->desk.page.arena);
  for (uint32_t i = 0; ids && ids->kind == JSON_KIND_ARRAY && i < ids->count; i++)
    for (uint32_t k = 0; k < count; k++) {
      if (!str_eq(page_member(&files[k], "evidence"), json_text(&ids->as.items[i]))) continue;
      str words = page_say(&t->desk.page, "audit.file", str_format(t->desk.page.arena, "%u", k + 1));
      buf_format(&out, "%s%.*s", out.n ? ", " : "", STR_ARG(words));
    }
  return buf_str(&out);
}

static const char *const fact_columns[] = { "audit.place", "audit.asserted", "audit.value", "audit.verdict", "desk.reason", "audit.evidence", "desk.person" };

static void add_facts(struct trace *t) {
  uint32_t count;
  struct page *p = &t->desk.page;
  const struct json *facts = desk_list(&t->body, "facts", &count), none = json_of_null();
  struct desk_table table = desk_table(&t->desk, "audit.facts", "facts", fact_columns, COUNT_OF(fact_columns));
  for (uint32_t i = 0; i < count; i++) {
    str key = page_member(&facts[i], "key"), by_roster = str_eq(page_member(&facts[i], "source"), STR("roster"))
                                                             ? page_say(p, "fact.standing_roster") : STR("");
    const struct json *check = json_get(&facts[i], STR("check"));
    if (check->kind != JSON_KIND_OBJECT) check = &none;
    str verdict = page_member(check, "verdict");
    desk_row(&table, (struct desk_cell[]){
        { .text = casework__fact_name(p, key), .note = key }, DESK_TEXT(audit__value(p, json_get(&facts[i], STR("asserted")))),
        DESK_TEXT(audit__value(p, json_get(&facts[i], STR("value")))), DESK_TEXT(verdict.n ? desk_code(p, "desk.verdict_", verdict) : by_roster),
        DESK_TEXT(page_member(check, "reason")), DESK_TEXT(file_words(t, json_get(check, STR("evidence")))), DESK_TEXT(by_and_at(t, check)) });
  }
  struct desk_section s = desk_section(&t->desk, "audit.facts");
  desk_words(&s, page_say(p, "audit.facts_intro"));
  desk_put_table(&s, &table);
  desk_close(&s);
}

static const char *const file_columns[] = { "audit.file_number", "audit.file_type", "audit.length", "desk.person" };

static void add_files(struct trace *t) {
  uint32_t count;
  struct page *p = &t->desk.page;
  const struct json *files = desk_list(&t->body, "evidence", &count);
  struct desk_table table = desk_table(&t->desk, "audit.evidence", NULL, file_columns, COUNT_OF(file_columns));
  for (uint32_t i = 0; i < count; i++)
    desk_row(&table, (struct desk_cell[]){ { .text = page_say(p, "audit.file", str_format(p->arena, "%u", i + 1)),
                                             .link = desk_path(p->arena, "/v1/evidence/%s/content", page_member(&files[i], "evidence")),
                                             .note = page_member(&files[i], "sha256") },
                                           DESK_TEXT(page_member(&files[i], "media_type")), desk_number(&t->desk, page_int(&files[i], "length")),
                                           DESK_TEXT(by_and_at(t, &files[i])) });
  struct desk_section s = desk_section(&t->desk, "audit.evidence");
  desk_put_table(&s, &table);
  desk_close(&s);
}

/* ---- what happened, and who looked */

static const char *const event_columns[] = { "audit.seq", "desk.at", "audit.what", "desk.person", "desk.role" };

static void add_events(struct trace *t, bool reads, const char *heading) {
  uint32_t count;
  struct desk *d = &t->desk;
  const struct json *events = desk_list(&t->body, "events", &count);
  struct desk_table table = desk_table(d, heading, reads ? "reads" : "events", event_columns, COUNT_OF(event_columns));
  for (uint32_t i = 0; i < count; i++) {
    const struct event_type *type = event_type(page_member(&events[i], "type"));
    if ((type && type->reads) != reads) continue;
    desk_row(&table, (struct desk_cell[]){ desk_number(d, page_int(&events[i], "seq")), DESK_TEXT(page_moment(&d->page, page_member(&events[i], "at"))),
                                           DESK_TEXT(audit__event_words(&d->page, page_member(&events[i], "type"))),
                                           DESK_TEXT(audit__name(&d->page, t->people, page_member(&events[i], "by"))),
                                           DESK_TEXT(desk_code(&d->page, "common.role_", page_member(&events[i], "role"))) });
  }
  struct desk_section s = desk_section(d, heading);
  desk_put_table(&s, &table);
  desk_close(&s);
}

/* ---- the page and its files */

static bool read_trace(struct trace *t, struct http_request *r, struct http_answer *failure) {
  struct audit_trace_request request = { http_value(&r->path, "decision")->id };
  *t = (struct trace){ .desk = desk_begin(r) };
  if (!DESK_CALL(&t->desk, audit_trace, &request, &t->body, failure)) return false;
  t->people = json_get(&t->body, STR("people"));
  return true;
}

static bool read_tables(struct trace *t, struct http_answer *failure) {
  struct rules_show_request request;
  bool named = uuid_from_outside(page_member(json_get(&t->body, STR("rules")), "rule_set"), "rul_", &request.rule_set);
  assert(named);
  return named && DESK_CALL(&t->desk, rules_show, &request, &t->tables, failure);
}

static struct http_answer get_decision(struct http_request *r) {
  struct trace t;
  struct http_answer failure;
  if (!read_trace(&t, r, &failure) || !read_tables(&t, &failure)) return failure;
  const struct json *decision = json_get(&t.body, STR("decision"));
  desk_way(&t.desk, "audit.title", STR("/audit"));
  desk_way(&t.desk, "audit.back_to_claim", desk_path(r->arena, "/audit/claims/%s", page_member(decision, "claim")));
  add_decision(&t);
  add_items(&t);
  add_money(&t);
  add_recomputed(&t);
  add_own_check(&t);
  add_rules(&t);
  add_facts(&t);
  add_files(&t);
  add_events(&t, false, "audit.happened");
  add_events(&t, true, "audit.looked");
  return desk_answer(&t.desk, HTTP_OK, "audit.trace", page_member(decision, "claim_number"));
}

/* Exactly the bytes that were hashed. */
static struct http_answer document_file(struct trace *t, const struct json *document, str name) {
  struct findings f = findings_in(t->desk.page.arena);
  str bytes;
  if (json_canonical(t->desk.page.arena, document, &f, &bytes) != RESULT_OK) return HTTP_PROBLEM(t->desk.page.r, &http_problem_not_found);
  struct http_answer answer = http_bytes(HTTP_OK, "application/json", bytes);
  http_answer_attachment(t->desk.page.r, &answer, name);
  return answer;
}

static struct http_answer rules_bytes(struct trace *t, str name) {
  struct http_answer failure;
  struct json body;
  struct rules_file_request request;
  str bytes;
  bool named = uuid_from_outside(page_member(json_get(&t->body, STR("rules")), "rule_set"), "rul_", &request.rule_set);
  assert(named);
  if (!DESK_CALL(&t->desk, rules_file, &request, &body, &failure)) return failure;
  if (!named || base64_decode(t->desk.page.arena, page_member(&body, "base64"), &bytes) != RESULT_OK)
    return HTTP_PROBLEM(t->desk.page.r, &http_problem_not_found);
  struct http_answer answer = http_bytes(HTTP_OK, "application/dmn+xml", bytes);
  http_answer_attachment(t->desk.page.r, &answer, name);
  return answer;
}

static struct http_answer get_file(struct http_request *r) {
  struct trace t;
  struct http_answer failure;
  str name = http_value(&r->path, "file")->text;
  if (!read_trace(&t, r, &failure)) return failure;
  if (str_eq(name, STR("rules.dmn"))) return rules_bytes(&t, name);
  bool facts = str_eq(name, STR("facts.json"));
  return document_file(&t, json_at(&t.body, facts ? STR("/snapshot/facts") : STR("/decision/document")), name);
}

/* ---- the table */

static const struct http_parameter decision_path[] = {
  { .name = "decision", .kind = HTTP_PARAMETER_ID, .prefix = "dec_", .description_en = "The decision" }, { 0 },
};
static const char *const file_names[] = { "facts.json", "rules.dmn", "decision.json", NULL };
static const struct http_parameter file_path[] = {
  { .name = "decision", .kind = HTTP_PARAMETER_ID, .prefix = "dec_", .description_en = "The decision" },
  { .name = "file", .kind = HTTP_PARAMETER_WORD, .words = file_names, .description_en = "Which of its files" }, { 0 },
};
static const struct http_parameter csv_query[] = { DESK_CSV, { 0 } };
#define TRACE_GET(n, p, h, parameters, ja, en)                                                                            \
  .name = (n), .method = HTTP_GET, .path = (p), .realms = HTTP_AUDITOR, .roles = HTTP_ROLE_AUDITOR, .face = HTTP_PAGE,     \
  .produces = "*", .path_parameters = (parameters), .lane = HTTP_LANE_SLOW, .handler = (h), .tag = "pages", .summary_ja = (ja), .summary_en = (en)
static const struct http_route rows[] = {
  { TRACE_GET("auditDecisionPage", "/audit/decisions/{decision}", get_decision, decision_path, "決定の根拠をたどる", "Follow a decision back"),
    .query = csv_query },
  { TRACE_GET("auditDecisionFile", "/audit/decisions/{decision}/files/{file}", get_file, file_path, "決定の根拠のファイル", "What a decision was computed from") },
};
const struct http_route_table web__audit_trace_routes = { rows, COUNT_OF(rows) };
