/* filing: where a claim begins: for which facility, or an unfinished draft to go on with; and throwing one away. */
#include "filing.h"

enum { CLAIMS_SHOWN = 50 };

/* ---- what there is */

static bool get_body(struct page *p, result why, const struct findings *f, const struct service_answer *out, struct json *body,
                     struct http_answer *answer) {
  if (why == RESULT_OK) {
    *body = page_body(p, out);
    return true;
  }
  *answer = page_failed(p, why, f, out);
  return false;
}

static bool read_facilities(struct page *p, struct json *body, struct http_answer *answer) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  return get_body(p, PAGE_CALL(p, facilities_mine, NULL, &f, &out), &f, &out, body, answer);
}

static bool read_claims(struct page *p, struct json *body, struct http_answer *answer) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  struct claims_request request = { .limit = CLAIMS_SHOWN };
  return get_body(p, PAGE_CALL(p, claim_list, &request, &f, &out), &f, &out, body, answer);
}

static str facility_name(const struct json *facilities, str id) {
  const struct json *list = json_get(facilities, STR("facilities"));
  for (uint32_t i = 0; list && i < list->count; i++)
    if (str_eq(page_member(&list->as.items[i], "facility"), id)) return page_member(&list->as.items[i], "name");
  return STR("");
}

static void add_facilities(struct page *p, const struct json *facilities, str chosen) {
  const struct json *list = json_get(facilities, STR("facilities"));
  struct page_list rows = page_list(p->arena);
  for (uint32_t i = 0; list && i < list->count; i++) {
    const struct json *one = &list->as.items[i];
    struct page_object o = page_object(p->arena);
    str id = page_member(one, "facility"), name = page_member(one, "name"), code = page_member(one, "code");
    page_set_str(&o, "facility", id);
    page_set_str(&o, "choice_id", i ? str_format(p->arena, "f-facility-%u", i) : STR("f-facility"));
    page_set_str(&o, "facility_name", name.n ? name : page_member(one, "key"));
    page_set_str(&o, "facility_code", code);
    page_set_bool(&o, "chosen", list->count == 1 || str_eq(id, chosen));
    page_push(&rows, page_json(&o));
  }
  page_set(&p->document, "facilities", page_items(&rows));
  page_set_bool(&p->document, "no_facility", rows.count == 0);
}

static void add_drafts(struct page *p, const struct json *claims, const struct json *facilities) {
  const struct json *list = json_get(claims, STR("claims"));
  struct page_list rows = page_list(p->arena);
  for (uint32_t i = 0; list && i < list->count; i++) {
    const struct json *one = &list->as.items[i], *facility = json_get(one, STR("facility"));
    if (!str_eq(page_member(one, "state"), STR("draft"))) continue;
    struct page_object o = page_object(p->arena);
    str name = facility && facility->kind == JSON_KIND_OBJECT ? page_member(facility, "name")
                                                              : facility_name(facilities, page_member(one, "facility"));
    page_set_str(&o, "draft_facility", name.n ? name : page_say(p, "filing.draft"));
    page_set_str(&o, "draft_path", str_format(p->arena, "/filing/%.*s", STR_ARG(page_member(one, "claim"))));
    page_set_str(&o, "draft_moved", page_moment(p, page_member(one, "moved_at")));
    page_push(&rows, page_json(&o));
  }
  page_set(&p->document, "drafts", page_items(&rows));
  page_set_bool(&p->document, "any_draft", rows.count > 0);
}

/* ---- the start */

static const struct page_field fields[] = { { .name = "facility", .kind = PAGE_LINE, .label = "filing.facility" } };

static struct http_answer show(struct page *p, int status, const struct findings *f) {
  struct json facilities, claims;
  struct http_answer answer;
  if (!read_facilities(p, &facilities, &answer) || !read_claims(p, &claims, &answer)) return answer;
  add_facilities(p, &facilities, p->r->method == HTTP_POST ? page_typed(&p->r->form, "facility") : STR(""));
  add_drafts(p, &claims, &facilities);
  page_form(p, &(struct page_form){ .name = "form", .action = STR("/filing"), .submit = "filing.begin", .fields = fields,
                                    .count = COUNT_OF(fields), .findings = f, .once = true });
  return page_answer(p, status, "filing_start", page_say(p, "filing.start_title"));
}

static struct http_answer get_start(struct http_request *r) {
  struct page p = page_begin(r);
  return show(&p, HTTP_OK, NULL);
}

static struct http_answer post_start(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct draft_begin_request request = { .channel = http_request_may(r, HTTP_ROLE_CLINIC) ? STR("online") : STR("proxy") };
  page_require(&p, fields, COUNT_OF(fields), &r->form, &f);
  if (f.count || !uuid_from_outside(page_typed(&r->form, "facility"), "fac_", &request.facility)) return show(&p, 422, &f);
  result why = PAGE_CALL(&p, draft_begin, &request, &f, &out);
  if (why != RESULT_OK) return page_failed(&p, why, &f, &out);
  struct json body = page_body(&p, &out);
  return page_go(r, filing__path(r->arena, page_member(&body, "claim"), "incident"), NULL);
}

/* To the step that was saved last. */
static struct http_answer get_draft(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  if (!filing__open(r, &f, &answer)) return answer;
  str last = page_member(&f.document, "step");
  const char *step = filing__names[FILING_INCIDENT];
  for (int i = 0; i < FILING_STEPS; i++)
    if (str_eq(last, str_of(filing__names[i]))) step = filing__names[i];
  return page_go(r, filing__path(r->arena, f.id, step), NULL);
}

/* ---- throwing away */

static struct http_answer post_discard(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  if (!filing__open(r, &f, &answer)) return answer;
  if (page_typed(&r->form, "sure").n == 0) return page_go(r, filing__path(r->arena, f.id, "review"), "filing_not_discarded");
  struct findings found = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct claim_request request = { f.claim };
  result why = PAGE_CALL(&f.page, draft_discard, &request, &found, &out);
  if (why != RESULT_OK) return page_failed(&f.page, why, &found, &out);
  return page_go(r, STR("/filing"), "filing_discarded");
}

static const struct http_parameter start_form[] = { FORM_TEXT("facility", 60), { 0 } };
static const struct http_parameter discard_form[] = { FORM_TEXT("sure", 10), { 0 } };
static const struct http_route rows[] = {
  { FILING_ROW("filingStartPage", HTTP_GET, "/filing", "申請を始める画面", "Where a claim begins"), .handler = get_start },
  { FILING_ROW("filingStartPagePost", HTTP_POST, "/filing", "下書きを始める", "Begin a draft"), .body = HTTP_BODY_FORM,
    .form_parameters = start_form, .idempotent = true, .handler = post_start },
  { FILING_ROW("filingDraftPage", HTTP_GET, "/filing/{claim}", "下書きの続き", "Go on with a draft"),
    .path_parameters = filing__claim_path, .handler = get_draft },
  { FILING_ROW("filingDiscardPagePost", HTTP_POST, "/filing/{claim}/discard", "下書きを捨てる", "Throw a draft away"),
    .path_parameters = filing__claim_path, .body = HTTP_BODY_FORM, .form_parameters = discard_form, .handler = post_discard },
};
const struct http_route_table web__filing_routes = { rows, COUNT_OF(rows) };
