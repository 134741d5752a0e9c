/* audit: from a payment back to everything that it rests on. An auditor searches a claim, follows a decision, puts two versions
 * side by side, and walks the trail of who did and read what. Each look leaves its own event. */
#include "desk.h"

enum { FOUND_MOST = 50, EVENTS_SHOWN = 100, DEPTH_MOST = 8 };

/* ---- people by name: documents name persons by id, and tell the names once */

static str name_of(const struct json *people, str id) {
  for (uint32_t i = 0; people && people->kind == JSON_KIND_ARRAY && i < people->count; i++)
    if (str_eq(page_member(&people->as.items[i], "person"), id)) return page_member(&people->as.items[i], "name");
  return id;
}

static str fact_name(const struct page *p, str key) {
  str name = scheme_fact_name(key, !p->english);
  return name.n ? name : key;
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
                                      DESK_TEXT(desk_code(&d->page, "desk.state_", page_member(&claims[i], "state"))),
                                      DESK_TEXT(page_day(&d->page, occurred)),
                                      DESK_TEXT(page_moment(&d->page, page_member(&claims[i], "submitted_at"))) });
  }
  return true;
}

static const struct page_field search_fields[] = {
  { .name = "words", .kind = PAGE_LINE, .label = "audit.words", .hint = "audit.words_hint", .optional = true },
};

static struct http_answer get_audit(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct desk_table t;
  const struct http_value *words = http_value(&r->query, "words");
  if (!add_found(&d, words->present ? str_trim(words->text) : STR(""), &failure, &t)) return failure;
  if (desk_wants(&d, &t)) return desk_file(&d, &t);
  desk_way(&d, "audit.trail", STR("/audit/events"));
  desk_way(&d, "figures.title", STR("/figures"));
  desk_way(&d, "rules_pages.title", STR("/rules"));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "audit.intro"));
  desk_form(&s, &(struct page_form){ .name = "form", .action = STR("/audit"), .submit = "audit.search", .fields = search_fields,
                                     .count = COUNT_OF(search_fields), .posted = &r->query });
  desk_close(&s);
  struct desk_section found = desk_section(&d, NULL);
  desk_put_table(&found, &t);
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
                                      DESK_TEXT(page_member(&events[i], "name")),
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
        DESK_LINK(page_say(&d->page, "audit.decision_number", str_format(a, "%lld", (long long)desk_int(&decisions[i], "number"))),
                  desk_path(a, "/audit/decisions/%s", id)),
        DESK_TEXT(desk_code(&d->page, "desk.outcome_", page_member(&decisions[i], "outcome"))),
        desk_yen(d, desk_int(&decisions[i], "total_yen")), DESK_TEXT(page_moment(&d->page, page_member(&decisions[i], "at"))),
        DESK_LINK(i ? page_say(&d->page, "audit.beside_before") : STR(""), beside) });
  }
  struct desk_section s = desk_section(d, "audit.decisions");
  desk_words(&s, page_say(&d->page, "audit.decisions_intro"));
  desk_put_table(&s, &t);
  desk_close(&s);
}

static const char *const version_columns[] = { "audit.version", "desk.source", "desk.at", "audit.changed", "audit.compare" };

static void add_versions(struct desk *d, const struct json *body, str claim) {
  uint32_t count;
  struct arena *a = d->page.arena;
  const struct json *versions = desk_list(body, "versions", &count);
  struct desk_table t = desk_table(d, "audit.versions", NULL, version_columns, COUNT_OF(version_columns));
  for (uint32_t i = 0; i < count; i++) {
    int64_t n = desk_int(&versions[i], "version");
    str beside = i ? str_format(a, "/audit/claims/%.*s/compare?left=%lld&right=%lld", STR_ARG(claim),
                                (long long)desk_int(&versions[i - 1], "version"), (long long)n) : STR("");
    desk_row(&t, (struct desk_cell[]){
        desk_number(d, n), DESK_TEXT(desk_code(&d->page, "desk.source_", page_member(&versions[i], "source"))),
        DESK_TEXT(page_moment(&d->page, page_member(&versions[i], "at"))),
        DESK_TEXT(desk_value(&d->page, json_get(&versions[i], STR("changed")))),
        DESK_LINK(i ? page_say(&d->page, "audit.beside_before") : STR(""), beside) });
  }
  struct desk_section s = desk_section(d, "audit.versions");
  desk_put_table(&s, &t);
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
  if (desk_wants(&d, &story)) return desk_file(&d, &story);
  desk_way(&d, "audit.title", STR("/audit"));
  desk_way(&d, "audit.trail_of_claim", desk_path(r->arena, "/audit/events?claim=%s", id->text));
  struct desk_section s = desk_section(&d, NULL);
  desk_fact(&s, "desk.state", desk_code(&d.page, "desk.state_", page_member(&file, "state")), STR(""));
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

/* ---- side by side: two documents leaf by leaf */

struct leaf { str key, left, right; };
struct leaves { struct page *page; struct leaf *items; size_t count, capacity; };

static struct leaf *leaf_at(struct leaves *l, str key) {
  for (size_t i = 0; i < l->count; i++)
    if (str_eq(l->items[i].key, key)) return &l->items[i];
  if (l->count == l->capacity) {
    size_t more = l->capacity ? l->capacity * 2 : 64;
    l->items = arena_grow(l->page->arena, l->items, l->capacity * sizeof *l->items, more * sizeof *l->items);
    l->capacity = more;
  }
  l->items[l->count] = (struct leaf){ key, STR(""), STR("") };
  return &l->items[l->count++];
}

/* Arrays are one leaf: what stands in them has no names to be compared by. */
static void gather(struct leaves *l, str key, const struct json *value, bool right, int depth) {
  if (value->kind == JSON_KIND_OBJECT && value->count && depth < DEPTH_MOST) {
    for (uint32_t i = 0; i < value->count; i++)
      gather(l, pointer_member(l->page->arena, key, value->as.members[i].name), &value->as.members[i].value, right, depth + 1);
    return;
  }
  struct leaf *leaf = leaf_at(l, key);
  *(right ? &leaf->right : &leaf->left) = desk_value(l->page, value);
}

static bool version_document(struct desk *d, struct uuid claim, str which, struct json *out, struct http_answer *failure) {
  struct facts_versions_request request = { claim };
  struct json body;
  uint32_t count;
  if (!DESK_CALL(d, facts_versions, &request, &body, failure)) return false;
  const struct json *versions = desk_list(&body, "versions", &count);
  for (uint32_t i = 0; i < count; i++) {
    const struct json *facts = json_get(&versions[i], STR("facts"));
    if (!str_eq(which, str_format(d->page.arena, "%lld", (long long)desk_int(&versions[i], "version"))) || !facts) continue;
    *out = *facts;
    return true;
  }
  *failure = HTTP_PROBLEM(d->page.r, &http_problem_not_found);
  return false;
}

static bool document_of(struct desk *d, struct uuid claim, str which, struct json *out, struct http_answer *failure) {
  struct audit_trace_request request;
  struct json body;
  if (!uuid_from_outside(which, "dec_", &request.decision)) return version_document(d, claim, which, out, failure);
  if (!DESK_CALL(d, audit_trace, &request, &body, failure)) return false;
  const struct json *document = json_at(&body, STR("/decision/document"));
  *out = document ? *document : json_of_null();
  return true;
}

static const char *const beside_columns[] = { "audit.place", "audit.before", "audit.after", "audit.differs" };

static struct http_answer get_compare(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json left, right;
  const struct http_value *id = http_value(&r->path, "claim");
  struct leaves l = { .page = &d.page };
  if (!document_of(&d, id->id, http_value(&r->query, "left")->text, &left, &failure)) return failure;
  if (!document_of(&d, id->id, http_value(&r->query, "right")->text, &right, &failure)) return failure;
  gather(&l, STR(""), &left, false, 0);
  gather(&l, STR(""), &right, true, 0);
  struct desk_table t = desk_table(&d, "audit.beside", "compare", beside_columns, COUNT_OF(beside_columns));
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < l.count; i++) {
      bool same = str_eq(l.items[i].left, l.items[i].right);
      if (same == (pass == 0)) continue;
      desk_row(&t, (struct desk_cell[]){ DESK_TEXT(fact_name(&d.page, l.items[i].key)), DESK_TEXT(l.items[i].left),
                                         DESK_TEXT(l.items[i].right), DESK_TEXT(same ? STR("") : page_say(&d.page, "audit.differs_yes")) });
    }
  if (desk_wants(&d, &t)) return desk_file(&d, &t);
  desk_way(&d, "audit.back_to_claim", desk_path(r->arena, "/audit/claims/%s", id->text));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "audit.beside_intro"));
  desk_put_table(&s, &t);
  desk_close(&s);
  return desk_answer(&d, HTTP_OK, "audit.beside", STR(""));
}

/* ---- the trail */

static const char *const trail_columns[] = { "audit.seq", "desk.at", "audit.what", "desk.role", "desk.person", "audit.subject", "desk.claim" };

static str words_of_type(const struct page *p, str type) {
  const struct event_type *found = event_type(type);
  return !found ? type : str_of(p->english ? found->en : found->ja);
}

static struct desk_table trail_table(struct desk *d, const struct json *body) {
  uint32_t count;
  struct arena *a = d->page.arena;
  const struct json *events = desk_list(body, "events", &count);
  struct desk_table t = desk_table(d, "audit.trail", "events", trail_columns, COUNT_OF(trail_columns));
  for (uint32_t i = 0; i < count; i++) {
    str claim = page_member(&events[i], "claim"), person = page_member(&events[i], "person");
    const struct json *subject = json_get(&events[i], STR("subject"));
    desk_row(&t, (struct desk_cell[]){ desk_number(d, desk_int(&events[i], "seq")),
                                       DESK_TEXT(page_moment(&d->page, page_member(&events[i], "at"))),
                                       DESK_TEXT(words_of_type(&d->page, page_member(&events[i], "type"))),
                                       DESK_TEXT(desk_code(&d->page, "common.role_", page_member(&events[i], "role"))),
                                       DESK_LINK(person, desk_path(a, "/audit/events?person=%s", person)),
                                       DESK_TEXT(subject ? page_member(subject, "type") : STR("")),
                                       DESK_LINK(claim.n ? page_say(&d->page, "audit.open_claim") : STR(""), desk_path(a, "/audit/claims/%s", claim)) });
  }
  return t;
}

static struct http_answer get_events(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  const struct http_value *claim = http_value(&r->query, "claim"), *person = http_value(&r->query, "person");
  const struct http_value *type = http_value(&r->query, "type"), *after = http_value(&r->query, "after");
  struct audit_events_request request = { .claim = claim->present ? claim->id : (struct uuid){ { 0 } },
                                          .person = person->present ? person->id : (struct uuid){ { 0 } },
                                          .type = type->present ? type->text : STR(""), .after = after->present ? after->number : 0,
                                          .limit = EVENTS_SHOWN };
  if (!DESK_CALL(&d, audit_events, &request, &body, &failure)) return failure;
  struct desk_table t = trail_table(&d, &body);
  if (desk_wants(&d, &t)) return desk_file(&d, &t);
  desk_way(&d, "audit.title", STR("/audit"));
  desk_way(&d, "audit.whole_trail", STR("/audit/events"));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, claim->present ? "audit.trail_claim_intro" : person->present ? "audit.trail_person_intro" : "audit.trail_intro"));
  desk_put_table(&s, &t);
  int64_t next = desk_int(&body, "next");
  struct http_pair pairs[] = { { STR("claim"), claim->text }, { STR("person"), person->text }, { STR("type"), type->text },
                               { STR("after"), str_format(r->arena, "%lld", (long long)next) } };
  struct http_pair kept[COUNT_OF(pairs)];
  size_t n = 0;
  for (size_t i = 0; i < COUNT_OF(pairs); i++)
    if (pairs[i].value.n) kept[n++] = pairs[i];
  if (next) desk_link(&s, page_say(&d.page, "desk.next"), str_format(r->arena, "/audit/events?%.*s", STR_ARG(http_values_write(r->arena, kept, n))));
  desk_close(&s);
  return desk_answer(&d, HTTP_OK, "audit.trail", STR(""));
}

/* ---- a decision, followed back */

static void add_decision(struct desk *d, const struct json *body, const struct json *people) {
  struct page *p = &d->page;
  const struct json *decision = json_get(body, STR("decision")), *proposal = json_get(body, STR("proposal"));
  const struct json *approval = json_get(body, STR("approval"));
  struct desk_section s = desk_section(d, "audit.decision");
  desk_fact(&s, "desk.outcome", desk_code(p, "desk.outcome_", page_member(decision, "outcome")), STR(""));
  desk_fact(&s, "desk.total", page_yen(p, desk_int(decision, "total_yen")), STR(""));
  desk_fact(&s, "audit.proposed_by", str_format(p->arena, "%.*s (%.*s)", STR_ARG(name_of(people, page_member(proposal, "by"))),
                                                STR_ARG(page_moment(p, page_member(proposal, "at")))), STR(""));
  desk_fact(&s, "audit.approved_by", str_format(p->arena, "%.*s (%.*s)", STR_ARG(name_of(people, page_member(approval, "by"))),
                                                STR_ARG(page_moment(p, page_member(approval, "at")))), STR(""));
  desk_fact(&s, "desk.claim", page_say(p, "audit.open_claim"), desk_path(p->arena, "/audit/claims/%s", page_member(decision, "claim")));
  desk_fact(&s, "audit.sha256", page_member(decision, "sha256"), STR(""));
  desk_close(&s);
}

static const char *const item_columns[] = { "desk.item", "desk.outcome", "desk.amount", "audit.clauses", "audit.reasons" };

static str joined(const struct page *p, const struct json *list) {
  struct buf out = buf_in(p->arena);
  for (uint32_t i = 0; list && list->kind == JSON_KIND_ARRAY && i < list->count; i++) {
    if (i) buf_add(&out, STR(" "));
    buf_add(&out, desk_value(p, &list->as.items[i]));
  }
  return buf_str(&out);
}

static void add_items(struct desk *d, const struct json *body) {
  const struct json *items = json_at(body, STR("/decision/document/items"));
  struct desk_table t = desk_table(d, "audit.items", NULL, item_columns, COUNT_OF(item_columns));
  for (uint32_t i = 0; items && items->kind == JSON_KIND_OBJECT && i < items->count; i++) {
    const struct json *item = &items->as.members[i].value;
    desk_row(&t, (struct desk_cell[]){ DESK_TEXT(desk_code(&d->page, "desk.item_", items->as.members[i].name)),
                                       DESK_TEXT(desk_code(&d->page, "desk.outcome_", page_member(item, "outcome"))),
                                       desk_yen(d, desk_int(item, "amount_yen")),
                                       DESK_TEXT(joined(&d->page, json_get(item, STR("clauses")))),
                                       DESK_TEXT(joined(&d->page, json_get(item, STR("reasons")))) });
  }
  struct desk_section s = desk_section(d, "audit.items");
  desk_put_table(&s, &t);
  desk_close(&s);
}

static const char *const line_columns[] = { "desk.item", "desk.amount", "desk.state" };

static void add_money(struct desk *d, const struct json *body) {
  uint32_t count, backs;
  const struct json *lines = desk_list(body, "lines", &count), *recoveries = desk_list(body, "recoveries", &backs);
  struct desk_table t = desk_table(d, "audit.lines", NULL, line_columns, COUNT_OF(line_columns));
  for (uint32_t i = 0; i < count; i++)
    desk_row(&t, (struct desk_cell[]){ DESK_TEXT(desk_code(&d->page, "desk.item_", page_member(&lines[i], "item"))),
                                       desk_yen(d, desk_int(&lines[i], "amount_yen")),
                                       DESK_TEXT(desk_code(&d->page, "desk.line_", page_member(&lines[i], "state"))) });
  for (uint32_t i = 0; i < backs; i++)
    desk_row(&t, (struct desk_cell[]){ DESK_TEXT(desk_code(&d->page, "desk.item_", page_member(&recoveries[i], "item"))),
                                       desk_yen(d, -desk_int(&recoveries[i], "amount_yen")), DESK_TEXT(page_say(&d->page, "desk.recovery")) });
  struct desk_section s = desk_section(d, "audit.lines");
  desk_put_table(&s, &t);
  desk_close(&s);
}

static void add_rules(struct desk *d, const struct json *body, const struct json *people) {
  struct page *p = &d->page;
  const struct json *rules = json_get(body, STR("rules")), *calendar = json_get(body, STR("calendar"));
  struct desk_section s = desk_section(d, "audit.rules");
  desk_fact(&s, "rules_pages.version", page_member(rules, "version"), desk_path(p->arena, "/rules/%s", page_member(rules, "rule_set")));
  desk_fact(&s, "rules_pages.first_day", page_day(p, desk_day(rules, "first_day")), STR(""));
  desk_fact(&s, "audit.put_forward_by", name_of(people, page_member(rules, "by")), STR(""));
  desk_fact(&s, "audit.calendar", page_member(calendar, "version"), STR(""));
  desk_fact(&s, "audit.holidays", joined(p, json_get(calendar, STR("holidays"))), STR(""));
  desk_fact(&s, "audit.sha256", page_member(rules, "sha256"), STR(""));
  desk_close(&s);
}

static const char *const row_columns[] = { "audit.judgement", "audit.rows", "audit.clauses" };

/* The rows of the decision tables that were hit, with what stands beside them in the margin: the clauses. */
static void add_rows(struct desk *d, const struct json *body) {
  uint32_t steps, tables, rows;
  const struct json *trace = json_at(body, STR("/decision/trace")), *step = desk_list(trace, "steps", &steps);
  struct desk_table t = desk_table(d, "audit.rows", NULL, row_columns, COUNT_OF(row_columns));
  for (uint32_t i = 0; i < steps; i++) {
    const struct json *table = desk_list(&step[i], "tables", &tables);
    for (uint32_t k = 0; k < tables; k++) {
      const struct json *row = desk_list(&table[k], "rows", &rows);
      for (uint32_t n = 0; n < rows; n++) {
        const struct json *number = json_get(&row[n], STR("row")), *notes = json_get(&row[n], STR("annotations"));
        desk_row(&t, (struct desk_cell[]){ DESK_TEXT(page_member(&step[i], "node")), DESK_TEXT(desk_value(&d->page, number ? number : &row[n])),
                                           DESK_TEXT(notes && notes->kind == JSON_KIND_ARRAY ? joined(&d->page, notes) : desk_value(&d->page, notes)) });
      }
    }
  }
  struct desk_section s = desk_section(d, "audit.rows");
  desk_words(&s, page_say(&d->page, "audit.rows_intro"));
  desk_put_table(&s, &t);
  desk_close(&s);
}

static const char *const fact_columns[] = { "audit.place", "audit.asserted", "audit.value", "audit.verdict", "desk.reason", "desk.person" };

static void add_facts(struct desk *d, const struct json *body, const struct json *people) {
  uint32_t count;
  struct page *p = &d->page;
  const struct json *facts = desk_list(body, "facts", &count);
  struct desk_table t = desk_table(d, "audit.facts", NULL, fact_columns, COUNT_OF(fact_columns));
  for (uint32_t i = 0; i < count; i++) {
    const struct json *check = json_get(&facts[i], STR("check"));
    bool checked = check && check->kind == JSON_KIND_OBJECT;
    desk_row(&t, (struct desk_cell[]){ DESK_TEXT(fact_name(p, page_member(&facts[i], "key"))),
                                       DESK_TEXT(desk_value(p, json_get(&facts[i], STR("asserted")))),
                                       DESK_TEXT(desk_value(p, json_get(&facts[i], STR("value")))),
                                       DESK_TEXT(checked ? desk_code(p, "desk.verdict_", page_member(check, "verdict")) : STR("")),
                                       DESK_TEXT(checked ? page_member(check, "reason") : STR("")),
                                       DESK_TEXT(checked ? name_of(people, page_member(check, "by")) : STR("")) });
  }
  struct desk_section s = desk_section(d, "audit.facts");
  desk_put_table(&s, &t);
  desk_close(&s);
}

static const char *const file_columns[] = { "audit.file_type", "audit.length", "desk.person", "desk.at", "audit.sha256" };

static void add_files(struct desk *d, const struct json *body, const struct json *people) {
  uint32_t count;
  struct page *p = &d->page;
  const struct json *files = desk_list(body, "evidence", &count);
  struct desk_table t = desk_table(d, "audit.evidence", NULL, file_columns, COUNT_OF(file_columns));
  for (uint32_t i = 0; i < count; i++)
    desk_row(&t, (struct desk_cell[]){ DESK_TEXT(page_member(&files[i], "media_type")), desk_number(d, desk_int(&files[i], "length")),
                                       DESK_TEXT(name_of(people, page_member(&files[i], "by"))),
                                       DESK_TEXT(page_moment(p, page_member(&files[i], "at"))), DESK_TEXT(page_member(&files[i], "sha256")) });
  struct desk_section s = desk_section(d, "audit.evidence");
  desk_put_table(&s, &t);
  desk_close(&s);
}

static const char *const step_columns[] = { "audit.seq", "desk.at", "audit.what", "desk.person", "desk.role" };

static void add_events(struct desk *d, const struct json *body, const struct json *people) {
  uint32_t count;
  struct page *p = &d->page;
  const struct json *events = desk_list(body, "events", &count);
  struct desk_table t = desk_table(d, "audit.trail", NULL, step_columns, COUNT_OF(step_columns));
  for (uint32_t i = 0; i < count; i++)
    desk_row(&t, (struct desk_cell[]){ desk_number(d, desk_int(&events[i], "seq")), DESK_TEXT(page_moment(p, page_member(&events[i], "at"))),
                                       DESK_TEXT(words_of_type(p, page_member(&events[i], "type"))),
                                       DESK_TEXT(name_of(people, page_member(&events[i], "by"))),
                                       DESK_TEXT(desk_code(p, "common.role_", page_member(&events[i], "role"))) });
  struct desk_section s = desk_section(d, "audit.trail");
  desk_put_table(&s, &t);
  desk_close(&s);
}

static struct http_answer get_decision(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  struct audit_trace_request request = { http_value(&r->path, "decision")->id };
  if (!DESK_CALL(&d, audit_trace, &request, &body, &failure)) return failure;
  const struct json *people = json_get(&body, STR("people"));
  desk_way(&d, "audit.title", STR("/audit"));
  add_decision(&d, &body, people);
  add_items(&d, &body);
  add_money(&d, &body);
  add_rules(&d, &body, people);
  add_rows(&d, &body);
  add_facts(&d, &body, people);
  add_files(&d, &body, people);
  add_events(&d, &body, people);
  return desk_answer(&d, HTTP_OK, "audit.trace", STR(""));
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
static const struct http_parameter decision_path[] = {
  { .name = "decision", .kind = HTTP_PARAMETER_ID, .prefix = "dec_", .description_en = "The decision" }, { 0 },
};
static const struct http_parameter csv_query[] = { DESK_CSV, { 0 } };
static const struct http_parameter compare_query[] = {
  { .name = "left", .kind = HTTP_PARAMETER_TEXT, .required = true, .most = 40, .description_en = "A version of the facts, or a decision" },
  { .name = "right", .kind = HTTP_PARAMETER_TEXT, .required = true, .most = 40, .description_en = "The other one" }, DESK_CSV, { 0 },
};
static const struct http_parameter events_query[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "Of this claim" },
  { .name = "person", .kind = HTTP_PARAMETER_ID, .prefix = "per_", .description_en = "By this person" },
  { .name = "type", .kind = HTTP_PARAMETER_TEXT, .most = 100, .description_en = "Of this kind" },
  { .name = "after", .kind = HTTP_PARAMETER_INTEGER, .least = 0, .most = INT64_MAX, .description_en = "After this number" },
  DESK_CSV, { 0 },
};

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
  { AUDIT_GET("auditComparePage", "/audit/claims/{claim}/compare", get_compare, "二つの版を並べる", "Two versions side by side"),
    .path_parameters = claim_path, .query = compare_query },
  { AUDIT_GET("auditDecisionPage", "/audit/decisions/{decision}", get_decision, "決定の根拠をたどる", "Follow a decision back"),
    .path_parameters = decision_path, .lane = HTTP_LANE_SLOW },
  { AUDIT_GET("auditEventsPage", "/audit/events", get_events, "記録の一覧", "The trail"), .query = events_query },
};
const struct http_route_table web__audit_routes = { rows, COUNT_OF(rows) };
