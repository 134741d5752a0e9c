/* audit: where an audit begins: a claim searched by number, name or any id, and its record: decisions, versions of its facts, and
 * who did and read what. Each look leaves its own event. */
#include "audit.h"

enum { FOUND_MOST = 50 };

/* ---- words that the auditor's pages share */

str audit__name(const struct page *p, const struct json *people, str person) {
  for (uint32_t i = 0; people && people->kind == JSON_KIND_ARRAY && i < people->count; i++)
    if (str_eq(page_member(&people->as.items[i], "person"), person)) return page_member(&people->as.items[i], "name");
  return person.n ? page_say(p, "case.by_service") : STR("");
}

str audit__value(const struct page *p, const struct json *value) {
  if (!value || value->kind == JSON_KIND_NULL) return STR("–");
  struct json lines = casework__value(p, value);
  str *parts = ARENA_ARRAY(p->arena, str, lines.count);
  for (uint32_t i = 0; i < lines.count; i++) parts[i] = json_text(&lines.as.items[i]);
  return str_join(p->arena, parts, lines.count, p->english ? STR("; ") : STR("、"));
}

str audit__event_words(const struct page *p, str type) {
  const struct event_type *found = event_type(type);
  return !found ? type : str_of(p->english ? found->en : found->ja);
}

/* ---- searching */

static struct strs listed_states(struct arena *a) {
  static const char *const states[] = { "submitted", "in_review", "info_requested", "dormant", "proposed", "decided", "reconsideration",
                                        "withdrawn" };
  str *items = ARENA_ARRAY(a, str, COUNT_OF(states));
  for (size_t i = 0; i < COUNT_OF(states); i++) items[i] = str_of(states[i]);
  return (struct strs){ items, COUNT_OF(states) };
}

static const char *const found_columns[] = { "desk.number", "desk.facility", "desk.state", "desk.occurred_on", "desk.submitted_at" };

static bool add_found(struct desk *d, str words, struct http_answer *failure, struct desk_table *t) {
  struct queue_request request = { .states = listed_states(d->page.arena), .words = words, .newest_first = true, .limit = FOUND_MOST };
  struct json body;
  if (!DESK_CALL(d, queue_list, &request, &body, failure)) return false;
  uint32_t count;
  const struct json *claims = desk_list(&body, "claims", &count);
  *t = desk_table(d, words.n ? "audit.found" : "audit.newest", "claims", found_columns, COUNT_OF(found_columns));
  for (uint32_t i = 0; i < count; i++) {
    day occurred = desk_day(&claims[i], "occurred_on");
    str path = desk_path(d->page.arena, "/audit/claims/%s", page_member(&claims[i], "claim"));
    desk_row(t, (struct desk_cell[]){ DESK_LINK(page_member(&claims[i], "number"), path),
                                      DESK_TEXT(page_member(&claims[i], "facility_name")),
                                      DESK_TEXT(desk_code(&d->page, "fact.filter_", page_member(&claims[i], "state"))),
                                      DESK_TEXT(page_day(&d->page, occurred)),
                                      DESK_TEXT(page_moment(&d->page, page_member(&claims[i], "submitted_at"))) });
  }
  return true;
}

static const struct page_field search_fields[] = {
  { .name = "words", .kind = PAGE_LINE, .label = "audit.words", .hint = "audit.words_hint", .optional = true },
};

/* An id leads straight to what it belongs to; false: nobody knows it, and it is searched like any words. */
static bool leads_on(struct desk *d, str words, struct http_answer *on) {
  struct findings f = findings_in(d->page.arena);
  struct service_answer out = { 0 };
  struct audit_find_request request = { words };
  if (PAGE_CALL(&d->page, audit_find, &request, &f, &out) != RESULT_OK) return false;
  struct json body = page_body(&d->page, &out);
  str decision = page_member(&body, "decision"), claim = page_member(&body, "claim");
  *on = page_go(d->page.r, decision.n ? desk_path(d->page.arena, "/audit/decisions/%s", decision)
                                      : desk_path(d->page.arena, "/audit/claims/%s", claim), NULL);
  return true;
}

static struct http_answer get_audit(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct desk_table t;
  const struct http_value *words = http_value(&r->query, "words");
  if (words->present && leads_on(&d, str_trim(words->text), &failure)) return failure;
  if (!add_found(&d, words->present ? str_trim(words->text) : STR(""), &failure, &t)) return failure;
  desk_way(&d, "audit.trail", STR("/audit/events"));
  desk_way(&d, "figures.title", STR("/figures"));
  desk_way(&d, "rules_pages.title", STR("/rules"));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "audit.intro"));
  desk_form(&s, &(struct page_form){ .name = "form", .action = STR("/audit"), .submit = "audit.search", .fields = search_fields,
                                     .count = COUNT_OF(search_fields), .posted = &r->query });
  desk_close(&s);
  struct desk_section found = desk_section(&d, NULL);
  if (words->present && t.rows.count == 0) desk_words(&found, page_say(&d.page, "audit.none_found"));
  else desk_put_table(&found, &t);
  desk_close(&found);
  return desk_answer(&d, HTTP_OK, "audit.title", STR(""));
}

static struct http_answer post_audit(struct http_request *r) { return desk_ask(r, "/audit"); }

/* ---- one claim: its story, versions of facts, decisions */

static const char *const story_columns[] = { "desk.at", "audit.what", "desk.person", "desk.role", "audit.version" };

static bool add_story(struct desk *d, struct uuid claim, struct http_answer *failure, struct desk_table *t) {
  struct timeline_request request = { claim, true };
  struct json body;
  uint32_t count;
  if (!DESK_CALL(d, claim_timeline, &request, &body, failure)) return false;
  const struct json *events = desk_list(&body, "events", &count);
  *t = desk_table(d, "audit.story", "story", story_columns, COUNT_OF(story_columns));
  for (uint32_t i = 0; i < count; i++)
    desk_row(t, (struct desk_cell[]){ DESK_TEXT(page_moment(&d->page, page_member(&events[i], "at"))),
                                      DESK_TEXT(page_member(&events[i], d->page.english ? "en" : "ja")),
                                      DESK_TEXT(page_member(&events[i], "name").n ? page_member(&events[i], "name") : page_say(&d->page, "case.by_service")),
                                      DESK_TEXT(desk_code(&d->page, "common.role_", page_member(&events[i], "role"))),
                                      DESK_TEXT(desk_value(&d->page, json_get(&events[i], STR("version")))) });
  return true;
}

static const char *const decision_columns[] = { "audit.decision", "desk.outcome", "desk.total", "desk.at", "audit.compare" };

static void add_decisions(struct desk *d, const struct json *file, str claim) {
  uint32_t count;
  struct arena *a = d->page.arena;
  const struct json *decisions = desk_list(file, "decisions", &count);
  struct desk_table t = desk_table(d, "audit.decisions", NULL, decision_columns, COUNT_OF(decision_columns));
  for (uint32_t i = 0; i < count; i++) {
    str id = page_member(&decisions[i], "decision");
    str before = i ? page_member(&decisions[i - 1], "decision") : STR("");
    str beside = i ? str_format(a, "/audit/claims/%.*s/compare?left=%.*s&right=%.*s", STR_ARG(claim), STR_ARG(before), STR_ARG(id)) : STR("");
    desk_row(&t, (struct desk_cell[]){
        DESK_LINK(page_say(&d->page, "audit.decision_number", str_format(a, "%lld", (long long)page_int(&decisions[i], "number"))),
                  desk_path(a, "/audit/decisions/%s", id)),
        DESK_TEXT(desk_code(&d->page, "desk.outcome_", page_member(&decisions[i], "outcome"))),
        desk_yen(d, page_int(&decisions[i], "total_yen")), DESK_TEXT(page_moment(&d->page, page_member(&decisions[i], "at"))),
        DESK_LINK(i ? page_say(&d->page, "audit.beside_before") : STR(""), beside) });
  }
  struct desk_section s = desk_section(d, "audit.decisions");
  desk_words(&s, page_say(&d->page, "audit.decisions_intro"));
  desk_put_table(&s, &t);
  if (count > 1) desk_link(&s, page_say(&d->page, "audit.any_two"), str_format(a, "/audit/claims/%.*s/compare?of=decisions", STR_ARG(claim)));
  desk_close(&s);
}

static str changed_words(const struct page *p, const struct json *version) {
  struct json keys = casework__list(version, "changed");
  str *names = ARENA_ARRAY(p->arena, str, keys.count);
  for (uint32_t i = 0; i < keys.count; i++) names[i] = casework__fact_name(p, json_text(&keys.as.items[i]));
  return str_join(p->arena, names, keys.count, p->english ? STR(", ") : STR("、"));
}

static const char *const version_columns[] = { "audit.version", "desk.source", "desk.at", "audit.changed", "audit.compare" };

static void add_versions(struct desk *d, const struct json *body, str claim) {
  uint32_t count;
  struct arena *a = d->page.arena;
  const struct json *versions = desk_list(body, "versions", &count);
  struct desk_table t = desk_table(d, "audit.versions", NULL, version_columns, COUNT_OF(version_columns));
  for (uint32_t i = 0; i < count; i++) {
    int64_t n = page_int(&versions[i], "version");
    str beside = i ? str_format(a, "/audit/claims/%.*s/compare?left=%lld&right=%lld", STR_ARG(claim),
                                (long long)page_int(&versions[i - 1], "version"), (long long)n) : STR("");
    desk_row(&t, (struct desk_cell[]){
        desk_number(d, n), DESK_TEXT(desk_code(&d->page, "desk.source_", page_member(&versions[i], "source"))),
        DESK_TEXT(page_moment(&d->page, page_member(&versions[i], "at"))), DESK_TEXT(changed_words(&d->page, &versions[i])),
        DESK_LINK(i ? page_say(&d->page, "audit.beside_before") : STR(""), beside) });
  }
  struct desk_section s = desk_section(d, "audit.versions");
  desk_put_table(&s, &t);
  if (count > 1) desk_link(&s, page_say(&d->page, "audit.any_two"), str_format(a, "/audit/claims/%.*s/compare?of=facts", STR_ARG(claim)));
  desk_close(&s);
}

static struct http_answer get_claim(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct desk_table story;
  struct json file, versions;
  const struct http_value *id = http_value(&r->path, "claim");
  struct case_request case_request = { id->id };
  struct facts_versions_request versions_request = { id->id };
  if (!DESK_CALL(&d, case_view, &case_request, &file, &failure)) return failure;
  if (!DESK_CALL(&d, facts_versions, &versions_request, &versions, &failure)) return failure;
  if (!add_story(&d, id->id, &failure, &story)) return failure;
  desk_way(&d, "audit.title", STR("/audit"));
  desk_way(&d, "certificate.title", desk_path(r->arena, "/claims/%s/certificate", id->text));
  desk_way(&d, "audit.trail_of_claim", desk_path(r->arena, "/audit/events?claim=%s", id->text));
  struct desk_section s = desk_section(&d, NULL);
  desk_fact(&s, "desk.state", desk_code(&d.page, "fact.filter_", page_member(&file, "state")), STR(""));
  desk_fact(&s, "desk.submitted_at", page_moment(&d.page, page_member(&file, "submitted_at")), STR(""));
  desk_close(&s);
  add_decisions(&d, &file, id->text);
  add_versions(&d, &versions, id->text);
  struct desk_section told = desk_section(&d, "audit.story");
  desk_words(&told, page_say(&d.page, "audit.story_intro"));
  desk_put_table(&told, &story);
  desk_close(&told);
  return desk_answer(&d, HTTP_OK, "audit.claim", page_member(&file, "number"));
}

/* ---- the table */

static const struct http_parameter search_query[] = {
  { .name = "words", .kind = HTTP_PARAMETER_TEXT, .most = QUEUE_WORDS_MOST, .description_en = "What is searched for" }, DESK_CSV, { 0 },
};
static const struct http_parameter search_form[] = {
  { .name = "words", .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = QUEUE_WORDS_MOST, .description_en = "What is searched for" }, { 0 },
};
static const struct http_parameter claim_path[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "The claim" }, { 0 },
};
static const struct http_parameter csv_query[] = { DESK_CSV, { 0 } };

#define AUDIT_GET(n, p, h, ja, en) \
  .name = (n), .method = HTTP_GET, .path = (p), .realms = HTTP_AUDITOR, .roles = HTTP_ROLE_AUDITOR, .face = HTTP_PAGE, \
  .produces = "*", .handler = (h), .tag = "pages", .summary_ja = (ja), .summary_en = (en)
static const struct http_route rows[] = {
  { AUDIT_GET("auditPage", "/audit", get_audit, "監査の入口", "Where an audit begins"), .query = search_query },
  { .name = "auditPagePost", .method = HTTP_POST, .path = "/audit", .realms = HTTP_AUDITOR, .roles = HTTP_ROLE_AUDITOR, .face = HTTP_PAGE,
    .body = HTTP_BODY_FORM, .form_parameters = search_form, .handler = post_audit, .tag = "pages", .summary_ja = "申請を探す",
    .summary_en = "Search claims" },
  { AUDIT_GET("auditClaimPage", "/audit/claims/{claim}", get_claim, "申請の記録", "A claim's record"), .path_parameters = claim_path,
    .query = csv_query },
};
const struct http_route_table web__audit_routes = { rows, COUNT_OF(rows) };
