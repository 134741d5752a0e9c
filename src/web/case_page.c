/* case_page: one claim as those who work on it see it: what is to be done, what is known and by whom, what the rules make of it. */
#include "casework.h"
#include "routes.h"

/* ---- what to do now */

static const struct { const char *state; bool needs_proof, proposable; const char *text; } advice[] = {
  { "submitted", false, false, "case.now_submitted" },
  { "in_review", true, false, "case.now_facts" },
  { "in_review", false, true, "case.now_propose" },
  { "in_review", false, false, "case.now_unknown" },
  { "reconsideration", true, false, "case.now_facts" },
  { "reconsideration", false, true, "case.now_reconsider" },
  { "reconsideration", false, false, "case.now_unknown" },
  { "info_requested", false, false, "case.now_asked" },
  { "dormant", false, false, "case.now_dormant" },
  { "proposed", false, false, "case.now_proposed" },
  { "decided", false, false, "case.now_decided" },
  { "withdrawn", false, false, "case.now_withdrawn" },
};

static void add_advice(struct page *p, const struct casework_case *c) {
  struct json open = casework__list(&c->assessment, "open");
  bool proposable = page_flag(&c->assessment, "proposable");
  str count = str_format(p->arena, "%u", open.count);
  for (size_t i = 0; i < COUNT_OF(advice); i++) {
    if (!str_eq(c->state, str_of(advice[i].state))) continue;
    if ((advice[i].needs_proof && open.count == 0) || (advice[i].proposable && !proposable)) continue;
    page_set_str(&p->document, "now", page_say(p, advice[i].text, count));
    return;
  }
  page_set_str(&p->document, "now", STR(""));
}

/* ---- what may be done: a link for each step that this state and these roles allow */

#define REVIEWED "submitted in_review info_requested dormant proposed reconsideration"
static const struct { const char *action, *states; uint32_t roles; bool needs_mine; const char *text; } steps[] = {
  { "prove", "in_review info_requested dormant proposed reconsideration", HTTP_ROLE_ADJUSTER, false, "case.do_prove" },
  { "ask", "in_review info_requested", HTTP_ROLE_ADJUSTER, false, "case.do_ask" },
  { "propose", "in_review reconsideration", HTTP_ROLE_ADJUSTER, false, "case.do_propose" },
  { "message", REVIEWED " decided", CASE_JUDGES, false, "case.do_message" },
  { "note", REVIEWED " decided withdrawn", CASE_JUDGES, false, "case.do_note" },
  { "hold", REVIEWED " decided", CASE_HOLDS, false, "case.do_hold" },
  { "suspect", REVIEWED, CASE_JUDGES, false, "case.do_suspect" },
  { "assign", REVIEWED " decided", CASE_JUDGES, false, "case.do_assign" },
  { "wake", "dormant", HTTP_ROLE_ADJUSTER, false, "case.do_wake" },
  { "recuse", REVIEWED, CASE_JUDGES, false, "case.do_recuse" },
};

static bool is_in(str state, const char *states) {
  str rest = str_of(states);
  while (rest.n)
    if (str_eq(str_cut(rest, ' ', &rest), state)) return true;
  return false;
}

static struct json way(struct page *p, const struct casework_case *c, const char *action, str of, const char *text) {
  struct page_object o = page_object(p->arena);
  str path = casework__path(p, c->claim, "/do/");
  str query = of.n ? str_format(p->arena, "?of=%.*s", STR_ARG(of)) : STR("");
  page_set_str(&o, "path", str_format(p->arena, "%.*s%s%.*s", STR_ARG(path), action, STR_ARG(query)));
  page_set_str(&o, "words", page_say_with(p, text, 0, NULL));
  return page_json(&o);
}

static void add_ways(struct page *p, const struct casework_case *c) {
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < COUNT_OF(steps); i++)
    if (http_request_may(p->r, steps[i].roles) && is_in(c->state, steps[i].states))
      page_push(&list, way(p, c, steps[i].action, STR(""), steps[i].text));
  page_set(&p->document, "ways", page_items(&list));
  bool approves = str_eq(c->state, STR("proposed")) && http_request_may(p->r, HTTP_ROLE_APPROVER);
  page_set_str(&p->document, "approve_path", approves ? casework__path(p, c->claim, "/approve") : STR(""));
}

/* Taking a claim that nobody has is one press. */
static void add_taking(struct page *p, const struct casework_case *c) {
  static const struct page_field none[1];
  bool free = page_member(&c->file, "assigned_to").n == 0 && is_in(c->state, REVIEWED);
  page_set_bool(&p->document, "take", false);
  if (!free || !http_request_may(p->r, HTTP_ROLE_ADJUSTER)) return;
  struct json_member members[] = {
    { STR("version"), json_of_str(str_format(p->arena, "%lld", (long long)c->version)) },
    { STR("seen"), json_of_str(casework__last_event(c)) },
    { STR("person"), json_of_str(uuid_outside(p->arena, "per_", p->r->identity->person)) },
  };
  page_form(p, &(struct page_form){ .name = "take", .action = casework__path(p, c->claim, "/do/assign"), .submit = "case.take",
                                    .fields = none, .count = 0, .hidden = members, .hidden_count = COUNT_OF(members), .once = true });
}

/* ---- what was written, oldest first */

static struct json text_row(struct page *p, const struct casework_case *c, const struct json *row) {
  struct page_object o = page_object(p->arena);
  str direction = page_member(row, "direction"), who = casework__person(p, c, page_member(row, "by"));
  page_set_str(&o, "who", who.n ? who : page_say(p, "case.by_service"));
  page_set_str(&o, "at", casework__moment(p, row, "at"));
  page_set_str(&o, "text", page_member(row, "text"));
  page_set_str(&o, "direction_words", direction.n ? casework__word(p, "direction", direction) : STR(""));
  return page_json(&o);
}

static void add_texts(struct page *p, const struct casework_case *c, const char *name) {
  struct json rows = casework__list(&c->file, name);
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < rows.count; i++) page_push(&list, text_row(p, c, &rows.as.items[i]));
  page_set(&p->document, name, page_items(&list));
}

static const struct json *reply_to(const struct casework_case *c, str request) {
  const struct json *replies = json_get(&c->file, STR("replies"));
  for (uint32_t i = 0; replies && i < replies->count; i++)
    if (str_eq(page_member(&replies->as.items[i], "request"), request)) return &replies->as.items[i];
  return NULL;
}

static struct json key_names(struct page *p, const struct json *keys) {
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < keys->count; i++) page_push(&list, json_of_str(casework__fact_name(p, json_text(&keys->as.items[i]))));
  return page_items(&list);
}

static void add_requests(struct page *p, const struct casework_case *c) {
  struct json rows = casework__list(&c->file, "requests");
  struct page_list list = page_list(p->arena);
  bool adjusts = http_request_may(p->r, HTTP_ROLE_ADJUSTER);
  for (uint32_t i = 0; i < rows.count; i++) {
    const struct json *row = &rows.as.items[i], *reply = reply_to(c, page_member(row, "request"));
    struct json keys = casework__list(row, "keys"), told = text_row(p, c, row);
    struct page_object o = page_object(p->arena);
    for (uint32_t k = 0; k < told.count; k++) page_set(&o, told.as.members[k].name.p, told.as.members[k].value);
    page_set(&o, "keys", key_names(p, &keys));
    page_set_str(&o, "due", casework__day(p, row, "due_on"));
    page_set(&o, "reply", reply ? text_row(p, c, reply) : json_of_bool(false));
    page_set_bool(&o, "taken_back", reply && str_eq(page_member(reply, "kind"), STR("taken_back")));
    page_set(&o, "take_back", !reply && adjusts ? way(p, c, "take-back", page_member(row, "request"), "case.do_take_back") : json_of_bool(false));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "requests", page_items(&list));
  page_set_bool(&p->document, "any_requests", list.count > 0);
}

/* ---- what holds it back, where the money goes */

static void add_holds(struct page *p, const struct casework_case *c) {
  struct json rows = casework__list(&c->file, "holds"), findings = casework__list(&c->file, "roster_findings");
  struct page_list holds = page_list(p->arena), changed = page_list(p->arena);
  for (uint32_t i = 0; i < rows.count; i++) {
    const struct json *row = &rows.as.items[i];
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "kind_words", casework__word(p, "hold", page_member(row, "kind")));
    page_set_str(&o, "reason", page_member(row, "reason"));
    page_set_str(&o, "who", casework__person(p, c, page_member(row, "by")));
    page_set_str(&o, "at", casework__moment(p, row, "at"));
    page_set(&o, "release", http_request_may(p->r, CASE_HOLDS) ? way(p, c, "release", page_member(row, "hold"), "case.do_release")
                                                               : json_of_bool(false));
    page_push(&holds, page_json(&o));
  }
  for (uint32_t i = 0; i < findings.count; i++) {
    const struct json *row = &findings.as.items[i];
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "fact_name", casework__fact_name(p, page_member(row, "key")));
    page_set(&o, "was", casework__value(p, json_get(row, STR("old_value"))));
    page_set(&o, "is", casework__value(p, json_get(row, STR("new_value"))));
    page_set(&o, "settle", way(p, c, "settle", page_member(row, "finding"), "case.do_settle"));
    page_push(&changed, page_json(&o));
  }
  page_set(&p->document, "holds", page_items(&holds));
  page_set(&p->document, "roster_findings", page_items(&changed));
  page_set_bool(&p->document, "any_findings", changed.count > 0);
}

static void add_payee(struct page *p, const struct casework_case *c) {
  const struct json *payee = json_get(&c->file, STR("payee"));
  struct page_object o = page_object(p->arena);
  bool there = payee && payee->kind == JSON_KIND_OBJECT;
  page_set_bool(&p->document, "payee", false);
  if (!there) return;
  page_set_str(&o, "match_words", casework__word(p, "match", page_member(payee, "roster_match")));
  page_set_bool(&o, "odd", !str_eq(page_member(payee, "roster_match"), STR("matches")));
  page_set_str(&o, "at", casework__moment(p, payee, "at"));
  page_set_int(&o, "payee_version", page_int(payee, "version"));
  page_set(&o, "confirm", http_request_may(p->r, CASE_JUDGES) ? way(p, c, "payee", page_member(payee, "payee_version"), "case.do_payee")
                                                              : json_of_bool(false));
  page_set(&p->document, "payee", page_json(&o));
}

/* ---- other claims of the facility, and suspicions */

static str number_of(const struct casework_case *c, str claim) {
  struct json claims = casework__list(&c->neighbours, "claims");
  for (uint32_t i = 0; i < claims.count; i++)
    if (str_eq(page_member(&claims.as.items[i], "claim"), claim)) return page_member(&claims.as.items[i], "number");
  return claim;
}

static struct json resolution_rows(struct page *p, const struct casework_case *c, const struct json *suspicion) {
  struct json rows = casework__list(suspicion, "resolutions");
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < rows.count; i++) {
    const struct json *row = &rows.as.items[i];
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "part_words", casework__word(p, "part", page_member(row, "part")));
    page_set_str(&o, "verdict_words", casework__word(p, "verdict", page_member(row, "verdict")));
    page_set_str(&o, "reason", page_member(row, "reason"));
    page_set_str(&o, "who", casework__person(p, c, page_member(row, "by")));
    page_set_str(&o, "at", casework__moment(p, row, "at"));
    page_push(&list, page_json(&o));
  }
  return page_items(&list);
}

static struct json suspicion_row(struct page *p, const struct casework_case *c, const struct json *row) {
  struct page_object o = page_object(p->arena);
  str claim = page_member(row, "claim"), other = page_member(row, "other"), verdict = page_member(row, "verdict");
  bool later = str_eq(claim, c->id);
  str counterpart = later ? other : claim;
  struct json grounds = casework__list(row, "grounds");
  struct page_list words = page_list(p->arena);
  for (uint32_t i = 0; i < grounds.count; i++) page_push(&words, json_of_str(casework__word(p, "ground", json_text(&grounds.as.items[i]))));
  page_set_str(&o, "other_path", str_format(p->arena, "/cases/%.*s", STR_ARG(counterpart)));
  page_set_str(&o, "other_number", number_of(c, counterpart));
  page_set_bool(&o, "later", later);
  page_set(&o, "grounds", page_items(&words));
  page_set_str(&o, "verdict_words", verdict.n ? casework__word(p, "verdict", verdict) : STR(""));
  page_set(&o, "resolutions", resolution_rows(p, c, row));
  page_set(&o, "judge", verdict.n == 0 && later && http_request_may(p->r, CASE_JUDGES)
                            ? way(p, c, "judge", page_member(row, "suspicion"), "case.do_judge") : json_of_bool(false));
  return page_json(&o);
}

static void add_duplicates(struct page *p, const struct casework_case *c) {
  struct json rows = casework__list(&c->duplicates, "suspicions"), offers = casework__list(&c->duplicates, "offered");
  struct page_list list = page_list(p->arena), offered = page_list(p->arena);
  for (uint32_t i = 0; i < rows.count; i++) page_push(&list, suspicion_row(p, c, &rows.as.items[i]));
  for (uint32_t i = 0; i < offers.count; i++) {
    str from = page_member(&offers.as.items[i], "claim");
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "other_path", str_format(p->arena, "/cases/%.*s", STR_ARG(from)));
    page_set_str(&o, "other_number", number_of(c, from));
    page_set(&o, "take_over", http_request_may(p->r, HTTP_ROLE_ADJUSTER) ? way(p, c, "offer", from, "case.do_offer") : json_of_bool(false));
    page_push(&offered, page_json(&o));
  }
  page_set(&p->document, "suspicions", page_items(&list));
  page_set(&p->document, "offered", page_items(&offered));
}

static void add_neighbours(struct page *p, const struct casework_case *c) {
  struct json rows = casework__list(&c->neighbours, "claims");
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < rows.count; i++) {
    const struct json *row = &rows.as.items[i];
    if (str_eq(page_member(row, "claim"), c->id)) continue;
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "path", str_format(p->arena, "/cases/%.*s", STR_ARG(page_member(row, "claim"))));
    page_set_str(&o, "number", page_member(row, "number"));
    page_set_str(&o, "state_words", casework__word(p, "filter", page_member(row, "state")));
    page_set_str(&o, "occurred", casework__day(p, row, "occurred_on"));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "neighbours", page_items(&list));
  page_set_bool(&p->document, "any_neighbours", list.count > 0);
}

/* ---- what the rules say */

static struct json why_rows(struct page *p, const struct casework_case *c) {
  struct json items = casework__list(&c->assessment, "why_not");
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < items.count; i++) {
    struct json sets = casework__list(&items.as.items[i], "sets");
    struct page_list told = page_list(p->arena);
    for (uint32_t k = 0; k < sets.count; k++) {
      const struct json *set = &sets.as.items[k];
      struct page_list facts = page_list(p->arena);
      for (uint32_t n = 0; n < set->count; n++) {
        struct page_object o = page_object(p->arena);
        page_set_str(&o, "fact_name", casework__fact_name(p, page_member(&set->as.items[n], "pointer")));
        page_set_str(&o, "kind_words", casework__word(p, "kind", page_member(&set->as.items[n], "kind")));
        page_push(&facts, page_json(&o));
      }
      struct page_object o = page_object(p->arena);
      page_set(&o, "changes", page_items(&facts));
      page_push(&told, page_json(&o));
    }
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "item_name", casework__word(p, "item", page_member(&items.as.items[i], "item")));
    page_set(&o, "sets", page_items(&told));
    page_push(&list, page_json(&o));
  }
  return page_items(&list);
}

static void add_decision(struct page *p, const struct casework_case *c) {
  const struct json *decision = json_get(&c->assessment, STR("decision")), *trace = json_get(&c->assessment, STR("trace"));
  struct page_list reasons = page_list(p->arena);
  for (size_t i = 0; i < c->unassessed.count; i++)
    page_push(&reasons, json_of_str(p->english ? c->unassessed.items[i].en : c->unassessed.items[i].ja));
  page_set(&p->document, "unassessed", page_items(&reasons));
  page_set_bool(&p->document, "any_unassessed", reasons.count > 0);
  page_set(&p->document, "decision", decision ? casework__decision(p, decision) : json_of_bool(false));
  page_set(&p->document, "tables", decision && trace ? casework__tables(p, &c->tables, trace) : json_of_bool(false));
  struct json why = why_rows(p, c);
  page_set(&p->document, "why_not", why);
  page_set_bool(&p->document, "any_why", why.count > 0);
  page_set_str(&p->document, "explanation", page_member(&c->assessment, p->english ? "explanation_en" : "explanation_ja"));
}

/* ---- proposals and decisions of the past */

static str outcome_of(const struct page *p, const struct casework_case *c, str proposal, const struct json **row) {
  struct json outcomes = casework__list(&c->file, "outcomes");
  *row = NULL;
  for (uint32_t i = 0; i < outcomes.count; i++) {
    if (!str_eq(page_member(&outcomes.as.items[i], "proposal"), proposal)) continue;
    *row = &json_get(&c->file, STR("outcomes"))->as.items[i];
    return casework__word(p, "end", page_member(*row, "outcome"));
  }
  return page_say(p, "case.proposal_waits");
}

static void add_proposals(struct page *p, const struct casework_case *c) {
  struct json rows = casework__list(&c->file, "proposals");
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < rows.count; i++) {
    const struct json *row = &rows.as.items[i], *end, *decision = json_get(row, STR("decision"));
    struct page_object o = page_object(p->arena);
    struct uuid by;
    bool own = uuid_from_outside(page_member(row, "by"), "per_", &by) && uuid_eq(by, p->r->identity->person);
    page_set_str(&o, "who", casework__person(p, c, page_member(row, "by")));
    page_set_str(&o, "at", casework__moment(p, row, "at"));
    page_set_str(&o, "outcome_words", decision ? casework__word(p, "outcome", page_member(decision, "outcome")) : STR(""));
    page_set_str(&o, "total", decision ? page_yen(p, page_int(decision, "total_yen")) : STR(""));
    page_set_str(&o, "end_words", outcome_of(p, c, page_member(row, "proposal"), &end));
    page_set_str(&o, "reason", end ? page_member(end, "reason") : STR(""));
    page_set_str(&o, "end_who", end ? casework__person(p, c, page_member(end, "by")) : STR(""));
    page_set(&o, "withdraw", !end && own ? way(p, c, "withdraw-proposal", page_member(row, "proposal"), "case.do_withdraw") : json_of_bool(false));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "proposals", page_items(&list));
  page_set_bool(&p->document, "any_proposals", list.count > 0);
}

static struct http_answer get_case(struct http_request *r) {
  struct page p = page_begin(r);
  struct casework_case c;
  struct http_answer failure;
  static const char *const texts[] = { "messages", "notes" };
  if (!casework__read(&p, http_value(&r->path, "claim")->id, CASE_WHOLE, &c, &failure)) return failure;
  casework__add_head(&p, &c);
  add_advice(&p, &c);
  add_ways(&p, &c);
  add_taking(&p, &c);
  casework__add_facts(&p, &c, NULL);
  page_set(&p.document, "files", casework__files(&p, &c, NULL));
  add_decision(&p, &c);
  add_proposals(&p, &c);
  add_requests(&p, &c);
  for (size_t i = 0; i < COUNT_OF(texts); i++) add_texts(&p, &c, texts[i]);
  add_holds(&p, &c);
  add_payee(&p, &c);
  add_duplicates(&p, &c);
  add_neighbours(&p, &c);
  page_set(&p.document, "story", casework__since(&p, &c, STR("")));
  page_set_str(&p.document, "compare_path", casework__path(&p, c.claim, "/compare"));
  return page_answer(&p, HTTP_OK, "case", page_say(&p, "case.title", page_member(&c.file, "number")));
}

static const struct http_parameter claim_path[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "The claim" },
  { 0 },
};
static const struct http_route rows[] = {
  { .name = "casePage", .method = HTTP_GET, .path = "/cases/{claim}", .path_parameters = claim_path,
    .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = CASE_LOOKS, .face = HTTP_PAGE, .handler = get_case, .tag = "pages",
    .summary_ja = "申請の画面", .summary_en = "A claim for those who work on it" },
};
const struct http_route_table web__case_routes = { rows, COUNT_OF(rows) };
