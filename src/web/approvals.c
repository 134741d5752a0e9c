/* approvals: what waits for an approver, and one proposal: what it says, what changed since the last decision, and whether the
 * reader may approve it. Approving asks for the second factor again; the decision is computed anew when it is pressed. */
#include "casework.h"
#include "routes.h"

/* ---- the list */

static bool read_waiting(struct page *p, struct json *out, struct http_answer *failure) {
  struct findings f = findings_in(p->arena);
  struct service_answer answer = { 0 };
  result why = PAGE_CALL(p, proposals_waiting, NULL, &f, &answer);
  if (why == RESULT_OK) *out = page_body(p, &answer);
  else *failure = page_failed(p, why, &f, &answer);
  return why == RESULT_OK;
}

static void add_waiting(struct page *p, struct page_object *o, const struct json *row) {
  const struct json *decision = json_get(row, STR("decision")), *refusal = json_get(row, STR("refusal"));
  bool kept = refusal && refusal->kind == JSON_KIND_OBJECT;
  str facility = page_member(row, "facility_name");
  page_set_str(o, "path", str_format(p->arena, "/cases/%.*s/approve", STR_ARG(page_member(row, "claim"))));
  page_set_str(o, "number", page_member(row, "number"));
  page_set_str(o, "facility_name", facility.n ? facility : page_say(p, "queue.unknown_facility"));
  page_set_str(o, "who", page_member(row, "name"));
  page_set_str(o, "at", casework__moment(p, row, "at"));
  page_set_bool(o, "reconsideration", page_flag(row, "reconsideration"));
  page_set_str(o, "outcome_words", casework__word(p, "outcome", page_member(decision, "outcome")));
  page_set_str(o, "total", page_yen(p, page_int(decision, "total_yen")));
  page_set_str(o, "refusal", kept ? page_member(refusal, p->english ? "en" : "ja") : STR(""));
  page_set_bool(o, "own", kept && str_eq(page_member(refusal, "code"), STR("approval_by_other_person")));
}

static struct http_answer get_approvals(struct http_request *r) {
  struct page p = page_begin(r);
  struct json body;
  struct http_answer failure;
  if (!read_waiting(&p, &body, &failure)) return failure;
  struct json rows = casework__list(&body, "proposals");
  struct page_list list = page_list(p.arena);
  for (uint32_t i = 0; i < rows.count; i++) {
    struct page_object o = page_object(p.arena);
    add_waiting(&p, &o, &rows.as.items[i]);
    page_push(&list, page_json(&o));
  }
  page_set(&p.document, "proposals", page_items(&list));
  return page_answer(&p, HTTP_OK, "approvals", page_say(&p, "approve.list_title"));
}

/* ---- what changed since the last decision */

static const struct json *last_decision(const struct casework_case *c) {
  const struct json *decisions = json_get(&c->file, STR("decisions"));
  return decisions && decisions->count ? &decisions->as.items[decisions->count - 1] : NULL;
}

/* Moments of one service's documents have one form, so that their bytes are in the order of time. */
static bool is_after(const struct json *row, str when) { return str_cmp(page_member(row, "at"), when) > 0; }

static struct json changed_facts(struct page *p, const struct casework_case *c, str since) {
  struct json versions = casework__list(&c->versions, "versions");
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < versions.count; i++) {
    if (!is_after(&versions.as.items[i], since)) continue;
    struct json changed = casework__list(&versions.as.items[i], "changed");
    for (uint32_t k = 0; k < changed.count; k++) page_push(&list, json_of_str(casework__fact_name(p, json_text(&changed.as.items[k]))));
  }
  return page_items(&list);
}

static struct json checks_since(struct page *p, const struct casework_case *c, str since) {
  struct json checks = casework__list(&c->file, "checks");
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < checks.count; i++) {
    const struct json *row = &checks.as.items[i];
    if (!is_after(row, since)) continue;
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "fact_name", casework__fact_name(p, page_member(row, "key")));
    page_set_str(&o, "verdict_words", casework__word(p, "standing", page_member(row, "verdict")));
    page_set_str(&o, "who", casework__person(p, c, page_member(row, "by")));
    page_set_str(&o, "reason", page_member(row, "reason"));
    page_push(&list, page_json(&o));
  }
  return page_items(&list);
}

static void add_changes(struct page *p, const struct casework_case *c, const struct json *proposed) {
  const struct json *last = last_decision(c), *was = last ? json_get(last, STR("decision_document")) : NULL;
  str since = last ? page_member(last, "at") : STR("");
  struct page_object o = page_object(p->arena);
  page_set_bool(&o, "first", !last);
  page_set_str(&o, "last_at", last ? casework__moment(p, last, "at") : STR(""));
  page_set(&o, "differences", was ? casework__differences(p, was, proposed) : json_of_array(NULL, 0));
  page_set(&o, "facts", last ? changed_facts(p, c, since) : json_of_array(NULL, 0));
  page_set(&o, "checks", checks_since(p, c, since));
  page_set(&p->document, "changes", page_json(&o));
}

/* ---- one proposal */

static bool find_waiting(const struct json *body, str claim, struct json *out) {
  struct json rows = casework__list(body, "proposals");
  for (uint32_t i = 0; i < rows.count; i++) {
    if (!str_eq(page_member(&rows.as.items[i], "claim"), claim)) continue;
    *out = json_get(body, STR("proposals"))->as.items[i];
    return true;
  }
  return false;
}

static void add_form(struct page *p, const struct casework_case *c, const struct json *waiting, const struct findings *f) {
  static const struct page_field none[1];
  const struct json *refusal = json_get(waiting, STR("refusal"));
  struct json_member hidden[] = {
    { STR("version"), json_of_str(str_format(p->arena, "%lld", (long long)c->version)) },
    { STR("proposal"), json_of_str(page_member(waiting, "proposal")) },
  };
  page_form(p, &(struct page_form){ .name = "form", .action = casework__path(p, c->claim, "/approve"), .submit = "approve.submit",
                                    .fields = none, .count = 0, .findings = f, .hidden = hidden, .hidden_count = COUNT_OF(hidden),
                                    .once = true });
  if (refusal && refusal->kind == JSON_KIND_OBJECT) page_set_bool(&p->document, "form", false);
  page_set_str(&p->document, "return_path", str_format(p->arena, "%.*s?of=%.*s", STR_ARG(casework__path(p, c->claim, "/do/return")),
                                                       STR_ARG(page_member(waiting, "proposal"))));
}

static struct http_answer show(struct page *p, struct uuid claim, int status, const struct findings *f) {
  struct casework_case c;
  struct json body, waiting;
  struct http_answer failure;
  if (!casework__read(p, claim, CASE_WHOLE, &c, &failure) || !read_waiting(p, &body, &failure)) return failure;
  if (!find_waiting(&body, c.id, &waiting)) return page_go(p->r, casework__path(p, claim, ""), "proposal_gone");
  const struct json *decision = json_get(&waiting, STR("decision")), *trace = json_get(&c.assessment, STR("trace"));
  struct page_object o = page_object(p->arena);
  add_waiting(p, &o, &waiting);
  page_set(&p->document, "proposal", page_json(&o));
  casework__add_head(p, &c);
  casework__add_facts(p, &c, NULL);
  page_set(&p->document, "files", casework__files(p, &c, NULL));
  page_set(&p->document, "decision", casework__decision(p, decision));
  page_set(&p->document, "tables", trace ? casework__tables(p, &c.tables, trace) : json_of_bool(false));
  page_set_bool(&p->document, "any_unassessed", false);
  add_changes(p, &c, decision);
  add_form(p, &c, &waiting, f);
  return page_answer(p, status, "approve", page_say(p, "approve.title", page_member(&c.file, "number")));
}

static struct http_answer get_approve(struct http_request *r) {
  struct page p = page_begin(r);
  return show(&p, http_value(&r->path, "claim")->id, HTTP_OK, NULL);
}

static struct http_answer post_approve(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct approve_request request = { http_value(&r->path, "claim")->id, casework__version(&r->form),
                                     casework__id(&r->form, "proposal", "prp_") };
  result why = PAGE_CALL(&p, proposal_approve, &request, &f, &out);
  if (why == RESULT_OK) return page_go(r, STR("/approvals"), "approved");
  bool again = why == RESULT_REFUSED || (why == RESULT_CONFLICT && !findings_has(&f, STR(""), "request_in_progress"));
  return again ? show(&p, request.claim, why == RESULT_CONFLICT ? 409 : 422, &f) : page_failed(&p, why, &f, &out);
}

/* ---- the table */

static const struct http_parameter claim_path[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "The claim" },
  { 0 },
};
static const struct http_parameter form[] = { CASEWORK_FIELD("version", 20), CASEWORK_FIELD("proposal", 40), { 0 } };

#define APPROVER .realms = HTTP_STAFF, .roles = HTTP_ROLE_APPROVER, .face = HTTP_PAGE, .tag = "pages"
static const struct http_route rows[] = {
  { .name = "approvalsPage", .method = HTTP_GET, .path = "/approvals", APPROVER, .handler = get_approvals,
    .summary_ja = "承認を待つ決定案の一覧", .summary_en = "Proposals that wait for approval" },
  { .name = "approvePage", .method = HTTP_GET, .path = "/cases/{claim}/approve", .path_parameters = claim_path, APPROVER,
    .handler = get_approve, .summary_ja = "決定案の画面", .summary_en = "A proposal for its approver" },
  { .name = "approvePagePost", .method = HTTP_POST, .path = "/cases/{claim}/approve", .path_parameters = claim_path, APPROVER,
    .persons_only = true, .step_up = true, .body = HTTP_BODY_FORM, .form_parameters = form, .idempotent = true, .handler = post_approve,
    .summary_ja = "承認する", .summary_en = "Approve a proposal" },
};
const struct http_route_table web__approval_routes = { rows, COUNT_OF(rows) };
