/* filing_review: what the claim comes to, what is still open, the declaration, and filing it; then the receipt. */
#include "closures_form.h"
#include "filing.h"
#include "payee_form.h"
#include "report_form.h"
#include "shienkin/document.h"
#include "verdict.h"

static const struct page_field declare_fields[] = {
  { .name = "accepted", .kind = PAGE_CHECK, .label = "filing.declare_accept", .pointer = "/declaration" },
};

/* ---- what is still open, with the way to it */

static const struct { const char *prefix; enum filing_step step; } places[] = {
  { "/facts/incident", FILING_INCIDENT }, { "/facts/facility", FILING_CLOSURES }, { "/facts/closures", FILING_CLOSURES },
  { "/facts/leak", FILING_LEAK },         { "/facts/filings", FILING_FILINGS },   { "/payee", FILING_PAYEE },
  { "/report", FILING_REPORT },           { "/facts", FILING_INCIDENT },
};

static enum filing_step step_of(str pointer) {
  for (size_t i = 0; i < COUNT_OF(places); i++)
    if (str_starts(pointer, str_of(places[i].prefix))) return places[i].step;
  return FILING_INCIDENT;
}

static void push_open(struct filing *f, struct page_list *list, str words, enum filing_step step) {
  struct page_object o = page_object(f->page.arena);
  page_set_str(&o, "words", words);
  page_set_str(&o, "path", filing__path(f->page.arena, f->id, filing__names[step]));
  page_push(list, page_json(&o));
}

static str name_of_place(const struct page *p, str pointer) {
  for (size_t i = 0; i < PAYEE_FORM_QUESTIONS; i++)
    if (str_eq(pointer, str_of(payee_form__questions[i].key))) return page_say_with(p, payee_form__questions[i].field.label, 0, NULL);
  if (!str_starts(pointer, STR("/facts"))) return STR("");
  str fact = str_slice(pointer, strlen("/facts"), pointer.n), name = scheme_fact_name(fact, !p->english);
  return str_eq(name, fact) ? STR("") : name;
}

/* What keeps the claim from being filed, each with its place named. */
static void add_blocking(struct filing *f, const struct json *assessment) {
  struct page_list list = page_list(f->page.arena);
  const struct json *open = json_get(assessment, STR("open"));
  for (uint32_t i = 0; open && i < open->count; i++) {
    const struct json *one = &open->as.items[i];
    str pointer = page_member(one, "pointer"), said = page_member(one, f->page.english ? "message_en" : "message_ja");
    str name = name_of_place(&f->page, pointer);
    str words = name.n ? str_format(f->page.arena, "%.*s: %.*s", STR_ARG(name), STR_ARG(said)) : said;
    push_open(f, &list, words, step_of(pointer));
  }
  page_set(&f->page.document, "blocking", page_items(&list));
  page_set_bool(&f->page.document, "any_blocking", list.count > 0);
}

/* What may come later: nobody is kept from filing by it. */
static void add_later(struct filing *f, const struct json *assessment, bool any_file) {
  struct page_list list = page_list(f->page.arena);
  struct page *p = &f->page;
  const struct json *warnings = json_get(assessment, STR("warnings"));
  if (filing__still_closed(&f->document, day_in_japan(p->r->at_us))) push_open(f, &list, page_say(p, "filing.open_still"), FILING_CLOSURES);
  if (!json_at(&f->document, STR("/facts/incident/cyber_attack"))) push_open(f, &list, page_say(p, "filing.open_attack"), FILING_INCIDENT);
  if (!json_at(&f->document, STR("/facts/incident/insider_crime"))) push_open(f, &list, page_say(p, "filing.open_insider"), FILING_INCIDENT);
  if (!json_at(&f->document, STR("/asked/closed"))) push_open(f, &list, page_say(p, "filing.open_closed"), FILING_CLOSURES);
  if (!json_at(&f->document, STR("/facts/leak/occurred"))) push_open(f, &list, page_say(p, "filing.open_leak"), FILING_LEAK);
  if (!json_at(&f->document, STR("/payee"))) push_open(f, &list, page_say(p, "filing.open_payee"), FILING_PAYEE);
  if (!any_file) push_open(f, &list, page_say(p, "filing.open_files"), FILING_EVIDENCE);
  for (uint32_t i = 0; warnings && i < warnings->count; i++)
    push_open(f, &list, page_member(&warnings->as.items[i], p->english ? "message_en" : "message_ja"), FILING_PAYEE);
  page_set(&p->document, "later", page_items(&list));
  page_set_bool(&p->document, "any_later", list.count > 0);
  page_set_bool(&p->document, "unresolved", page_flag(assessment, "unresolved"));
}

/* ---- what was answered */

static void push_answer(const struct page *p, struct page_list *list, const char *label, str words) {
  if (words.n == 0) return;
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "label", page_say_with(p, label, 0, NULL));
  page_set_str(&o, "words", words);
  page_push(list, page_json(&o));
}

/* What a step asks, and what is told of its answers in another form. */
struct step_answers { enum filing_step step; const struct question *table; size_t count; };

/* Where the roster's do not hold; "" where they do, whatever boxes are ticked. */
static str own_days_off(const struct filing *f) {
  const struct json *facility = json_at(&f->document, STR("/facts/facility"));
  if (!json_get(facility, STR("closed_weekdays"))) return STR("");
  str days = closures_form__days_off_words(&f->page, facility);
  return days.n ? days : page_say(&f->page, "fact.value_none");
}

static void push_others(struct filing *f, struct page_list *list, enum filing_step step) {
  struct page *p = &f->page;
  struct json said = page_json(&p->document);
  const struct json *files = json_get(&said, STR("files"));
  if (step == FILING_CLOSURES) {
    push_answer(p, list, "filing.periods", closures_form__words(p, &f->document));
    push_answer(p, list, "filing.days_off_title", own_days_off(f));
  }
  if (step == FILING_PAYEE) {
    push_answer(p, list, "mine.payee_bank", payee_form__bank_words(p, &f->document));
    push_answer(p, list, "mine.payee_holder", payee_form__preview(p, &f->document));
  }
  for (uint32_t i = 0; step == FILING_EVIDENCE && files && i < files->count; i++)
    push_answer(p, list, "filing.review_file", page_member(&files->as.items[i], "file_name"));
}

static struct json answers_of(struct filing *f, const struct step_answers *part) {
  struct page *p = &f->page;
  struct page_object o = page_object(p->arena);
  struct page_list list = page_list(p->arena);
  push_others(f, &list, part->step);
  for (size_t i = 0; i < part->count; i++)
    push_answer(p, &list, part->table[i].field.label, facts_form__words(p, &f->document, &part->table[i]));
  page_set_str(&o, "part_title", page_say_with(p, filing__title(part->step), 0, NULL));
  page_set_str(&o, "part_path", filing__path(p->arena, f->id, filing__names[part->step]));
  page_set(&o, "answers", page_items(&list));
  page_set_bool(&o, "any_answer", list.count > 0);
  return page_json(&o);
}

static void add_answers(struct filing *f) {
  const struct step_answers parts[] = {
    { FILING_INCIDENT, filing__incident, filing__incident_count },
    { FILING_CLOSURES, filing__closures, filing__closures_told },
    { FILING_LEAK, filing__leak, filing__leak_count },
    { FILING_FILINGS, filing__filings, filing__filings_count },
    { FILING_PAYEE, payee_form__questions, PAYEE_FORM_QUESTIONS },
    { FILING_REPORT, report_form__questions, REPORT_FORM_QUESTIONS },
    { FILING_EVIDENCE, NULL, 0 },
  };
  struct page_list list = page_list(f->page.arena);
  for (size_t i = 0; i < COUNT_OF(parts); i++) page_push(&list, answers_of(f, &parts[i]));
  page_set(&f->page.document, "parts", page_items(&list));
}

static bool add_declaration(struct filing *f, str *version, struct http_answer *answer) {
  struct findings found = findings_in(f->page.arena);
  struct service_answer out = { 0 };
  result why = PAGE_CALL(&f->page, declaration_in_force, NULL, &found, &out);
  if (why != RESULT_OK) {
    *answer = page_failed(&f->page, why, &found, &out);
    return false;
  }
  struct json body = page_body(&f->page, &out);
  struct page_list lines = page_list(f->page.arena);
  for (str rest = page_member(&body, f->page.english ? "en" : "ja"); rest.p && rest.n;) {
    str line = str_trim(str_cut(rest, '\n', &rest));
    if (line.n) page_push(&lines, json_of_str(line));
  }
  page_set(&f->page.document, "declaration", page_items(&lines));
  *version = page_member(&body, "version");
  return true;
}

/* ---- the page */

static struct http_answer show(struct filing *f, int status, const struct findings *faults) {
  struct page *p = &f->page;
  struct json assessment;
  struct http_answer answer;
  str declared;
  if (!filing__assess(f, &assessment, &answer) || !filing__files(f, &answer) || !add_declaration(f, &declared, &answer)) return answer;
  struct json said = page_json(&p->document);
  const struct json *files = json_get(&said, STR("files"));
  verdict__show(p, &assessment);
  add_blocking(f, &assessment);
  add_later(f, &assessment, files && files->count > 0);
  add_answers(f);
  filing__calendar(p, &f->document, &assessment);
  str version = str_format(p->arena, "%lld", (long long)f->version);
  struct json_member hidden[] = { { STR("version"), json_of_str(version) }, { STR("declaration"), json_of_str(declared) } };
  page_form(p, &(struct page_form){ .name = "form", .action = filing__path(p->arena, f->id, "submit"), .submit = "filing.submit",
                                    .fields = declare_fields, .count = COUNT_OF(declare_fields), .findings = faults,
                                    .hidden = hidden, .hidden_count = COUNT_OF(hidden), .once = true });
  filing__frame(f, FILING_REVIEW);
  return page_answer(p, status, "filing_review", page_say(p, "filing.step_review"));
}

static struct http_answer get_review(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  return filing__open(r, &f, &answer) ? show(&f, HTTP_OK, NULL) : answer;
}

/* ---- filing */

static struct http_answer post_submit(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings found = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct submit_request request = { .claim = http_value(&r->path, "claim")->id,
                                    .declaration = { page_typed(&r->form, "declaration"), page_typed(&r->form, "accepted").n > 0 } };
  str id = uuid_outside(r->arena, "clm_", request.claim);
  if (!str_to_int64(page_typed(&r->form, "version"), &request.version)) request.version = 0;
  result why = PAGE_CALL(&p, claim_submit, &request, &found, &out);
  if (why == RESULT_OK) return page_go(r, filing__path(r->arena, id, "receipt"), NULL);
  if (why != RESULT_REFUSED && why != RESULT_CONFLICT) return page_failed(&p, why, &found, &out);
  struct filing f;
  struct http_answer answer;
  return filing__open(r, &f, &answer) ? show(&f, why == RESULT_REFUSED ? 422 : 409, &found) : answer;
}

/* ---- the receipt */

static void add_address(struct page *p, str id) {
  str svg = STR("");
  str url = str_format(p->arena, "%.*s/filing/%.*s/receipt", STR_ARG(http_request_origin(p->r)), STR_ARG(id));
  if (document_qr_svg(p->arena, url, page_say(p, "filing.receipt_qr"), &svg) != RESULT_OK) svg = STR("");
  page_set_str(&p->document, "qr", svg.n ? str_format(p->arena, "data:image/svg+xml;base64,%.*s", STR_ARG(base64_encode(p->arena, svg)))
                                        : STR(""));
  page_set_str(&p->document, "own_url", url);
}

static struct http_answer get_receipt(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings found = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct claim_request request = { http_value(&r->path, "claim")->id };
  str id = uuid_outside(r->arena, "clm_", request.claim);
  result why = PAGE_CALL(&p, claim_view, &request, &found, &out);
  if (why != RESULT_OK) return page_failed(&p, why, &found, &out);
  struct json claim = page_body(&p, &out);
  if (page_member(&claim, "number").n == 0) return HTTP_PROBLEM(r, &http_problem_not_found);
  day on = DAY_NONE;
  const struct json *occurred = json_at(&claim, STR("/incident/occurred_on")), *files = json_get(&claim, STR("evidence"));
  if (occurred && occurred->kind == JSON_KIND_STRING && !day_parse(json_text(occurred), &on)) on = DAY_NONE;
  page_set_str(&p.document, "number", page_member(&claim, "number"));
  page_set_str(&p.document, "facility_name", page_member(json_get(&claim, STR("roster")), "name"));
  page_set_str(&p.document, "claim_path", str_format(r->arena, "/claims/%.*s", STR_ARG(id)));
  page_set_str(&p.document, "submitted", page_moment(&p, page_member(&claim, "submitted_at")));
  page_set_str(&p.document, "occurred", page_day(&p, on));
  page_set_str(&p.document, "state_words", page_state(&p, page_member(&claim, "state")));
  page_set_str(&p.document, "facts_sha256", page_member(&claim, "facts_sha256"));
  page_set_str(&p.document, "file_count", str_format(r->arena, "%u", files && files->kind == JSON_KIND_ARRAY ? files->count : 0));
  const struct json *payee = json_get(&claim, STR("payee"));
  page_set_bool(&p.document, "payee_open", !payee || payee->kind != JSON_KIND_OBJECT);
  add_address(&p, id);
  return page_answer(&p, HTTP_OK, "filing_receipt", page_say(&p, "filing.receipt_title"));
}

static const struct http_parameter submit_form[] = { FORM_TEXT("version", 20), FORM_TEXT("declaration", 100), FORM_TEXT("accepted", 10),
                                                     { 0 } };
static const struct http_route rows[] = {
  { FILING_ROW("filingReviewPage", HTTP_GET, "/filing/{claim}/review", "確認の画面", "What is about to be filed"),
    .path_parameters = filing__claim_path, .handler = get_review },
  { FILING_ROW("filingSubmitPagePost", HTTP_POST, "/filing/{claim}/submit", "申請を提出する", "File the claim"),
    .path_parameters = filing__claim_path, .body = HTTP_BODY_FORM, .form_parameters = submit_form, .idempotent = true,
    .handler = post_submit },
  { FILING_ROW("filingReceiptPage", HTTP_GET, "/filing/{claim}/receipt", "受付の控え", "The receipt"),
    .path_parameters = filing__claim_path, .handler = get_receipt },
};
const struct http_route_table web__filing_review_routes = { rows, COUNT_OF(rows) };
