/* case_fact: one fact of a claim: what the clinic says, what was found before, the papers beside it, and what holds. */
#include "casework.h"
#include "casework_value.h"
#include "messages.h"
#include "routes.h"

/* ---- the form */

static const struct page_choice with_value[] = { { "proved", "fact.say_proved" }, { "corrected", "fact.say_corrected" },
                                                 { "refuted", "fact.say_refuted" }, { "reopened", "fact.say_reopened" } };
enum { FIELDS = 3 };

static void fill_fields(enum value_shape shape, bool checked, struct page_field fields[FIELDS]) {
  fields[0] = (struct page_field){ .name = "verdict", .kind = PAGE_RADIO, .label = "fact.verdict", .pointer = "/checks/0/verdict",
                                   .choices = with_value, .choice_count = COUNT_OF(with_value) - (checked ? 0 : 1) };
  fields[1] = casework__value_field(shape);
  fields[2] = (struct page_field){ .name = "reason", .kind = PAGE_AREA, .label = "fact.reason", .hint = "fact.reason_hint",
                                   .pointer = "/checks/0/reason", .optional = true };
}

static void add_form(struct page *p, const struct casework_case *c, const struct json *fact, const struct http_values *posted,
                     const struct findings *f) {
  struct page_field fields[FIELDS];
  enum value_shape shape;
  const struct json *check = json_get(fact, STR("check"));
  bool checked = check && check->kind == JSON_KIND_OBJECT && !str_eq(page_member(check, "verdict"), STR("reopened"));
  str seen = check && check->kind == JSON_KIND_OBJECT ? page_member(check, "check") : STR("-");
  page_set_bool(&p->document, "form", false);
  if (!http_request_may(p->r, HTTP_ROLE_ADJUSTER) || !casework__value_shape(page_member(fact, "key"), &shape)) return;
  fill_fields(shape, checked, fields);
  struct json_member value = { STR("value"), json_of_str(casework__value_written(p->arena, shape, json_get(fact, STR("stands")))) };
  struct json values = json_of_object(&value, 1);
  struct json_member hidden[] = {
    { STR("key"), json_of_str(page_member(fact, "key")) },
    { STR("seen_check"), json_of_str(seen) },
    { STR("seen"), json_of_str(casework__last_event(c)) },
    { STR("version"), json_of_str(str_format(p->arena, "%lld", (long long)c->version)) },
  };
  page_form(p, &(struct page_form){ .name = "form", .action = casework__path(p, c->claim, "/facts"), .submit = "fact.submit",
                                    .fields = fields, .count = FIELDS, .posted = posted, .values = &values, .findings = f,
                                    .hidden = hidden, .hidden_count = COUNT_OF(hidden), .once = true });
}

/* ---- what was said before */

static struct json history(struct page *p, const struct casework_case *c, str key) {
  struct json checks = casework__list(&c->file, "checks");
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < checks.count; i++) {
    const struct json *row = &checks.as.items[i];
    if (!str_eq(page_member(row, "key"), key)) continue;
    const struct json *value = json_get(row, STR("new_value"));
    struct page_object o = page_object(p->arena);
    bool changes = str_eq(page_member(row, "verdict"), STR("corrected")) || str_eq(page_member(row, "verdict"), STR("refuted"));
    page_set_str(&o, "verdict_words", casework__word(p, "standing", page_member(row, "verdict")));
    page_set(&o, "became", changes ? casework__value(p, value) : json_of_array(NULL, 0));
    page_set_str(&o, "reason", page_member(row, "reason"));
    page_set_str(&o, "who", casework__person(p, c, page_member(row, "by")));
    page_set_str(&o, "at", casework__moment(p, row, "at"));
    page_push(&list, page_json(&o));
  }
  return page_items(&list);
}

/* ---- the page */

static struct http_answer show(struct page *p, struct uuid claim, str key, int status, const struct http_values *posted,
                               const struct findings *f) {
  struct casework_case c;
  struct http_answer failure;
  if (!casework__read(p, claim, CASE_WHOLE, &c, &failure)) return failure;
  const struct json *fact = casework__fact(&c, key);
  if (!fact && c.assessment.kind == JSON_KIND_OBJECT) return HTTP_PROBLEM(p->r, &http_problem_not_found);
  if (!fact) return page_go(p->r, casework__path(p, claim, "#facts"), NULL);
  bool moved = f && (findings_has(f, STR("/checks/0/key"), "check_stale") || findings_has(f, STR(""), "version_stale"));
  casework__add_head(p, &c);
  page_set(&p->document, "fact", casework__fact_row(p, &c, fact, NULL));
  page_set(&p->document, "files", casework__files(p, &c, posted));
  page_set(&p->document, "history", history(p, &c, key));
  page_set(&p->document, "since", moved ? casework__since(p, &c, page_typed(posted, "seen")) : json_of_array(NULL, 0));
  page_set_bool(&p->document, "moved_since", moved);
  add_form(p, &c, fact, posted, f);
  return page_answer(p, status, "case_fact", casework__fact_name(p, key));
}

static struct http_answer get_fact(struct http_request *r) {
  struct page p = page_begin(r);
  return show(&p, http_value(&r->path, "claim")->id, http_value(&r->query, "key")->text, HTTP_OK, NULL, NULL);
}

/* ---- saying what holds */

static bool read_verdict(const struct http_values *posted, enum check_verdict *out) {
  for (size_t i = 0; i < COUNT_OF(with_value); i++) {
    if (!str_eq(page_typed(posted, "verdict"), str_of(with_value[i].value))) continue;
    *out = (enum check_verdict)i;
    return true;
  }
  return false;
}

struct said { struct fact_check_item item; struct json value; struct uuid seen; };

static void read_said(struct page *p, struct said *out, struct findings *f) {
  const struct http_values *posted = &p->r->form;
  enum value_shape shape;
  out->item = (struct fact_check_item){ .key = page_typed(posted, "key"), .reason = str_trim(page_typed(posted, "reason")) };
  out->seen = casework__id(posted, "seen_check", "chk_");
  out->item.seen = &out->seen;
  out->item.evidence = casework__ids(p->arena, posted, "evidence[]", "evd_", &out->item.evidence_count);
  if (!read_verdict(posted, &out->item.verdict)) FINDING(f, STR("/checks/0/verdict"), &web__messages[WEB_CHOOSE]);
  if (out->item.verdict != CHECK_CORRECTED || !casework__value_shape(out->item.key, &shape)) return;
  out->item.value = &out->value;
  if (!casework__value_read(p->arena, shape, page_typed(posted, "value"), &out->value))
    FINDING(f, STR("/checks/0/value"), &web__messages[WEB_UNREADABLE]);
}

static struct http_answer post_fact(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct uuid claim = http_value(&r->path, "claim")->id;
  struct said said;
  read_said(&p, &said, &f);
  if (f.count) return show(&p, claim, said.item.key, 422, &r->form, &f);
  struct fact_check_request request = { claim, casework__version(&r->form), &said.item, 1 };
  result why = PAGE_CALL(&p, facts_check, &request, &f, &out);
  if (why == RESULT_OK) return page_go(r, casework__path(&p, claim, "#facts"), "fact_checked");
  bool again = why == RESULT_REFUSED || why == RESULT_CONFLICT;
  if (!again || findings_has(&f, STR(""), "role_needed")) return page_failed(&p, why, &f, &out);
  return show(&p, claim, said.item.key, why == RESULT_CONFLICT ? 409 : 422, &r->form, &f);
}

/* ---- the table */

static const struct http_parameter claim_path[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "The claim" },
  { 0 },
};
static const struct http_parameter key_query[] = {
  { .name = "key", .kind = HTTP_PARAMETER_TEXT, .required = true, .most = 100, .description_en = "The fact" },
  { 0 },
};
static const struct http_parameter form[] = {
  CASEWORK_FIELD("key", 100), CASEWORK_FIELD("seen_check", 40), CASEWORK_FIELD("seen", 40), CASEWORK_FIELD("version", 20),
  CASEWORK_FIELD("verdict", 20), CASEWORK_FIELD("value", 8000), CASEWORK_FIELD("reason", 8000), CASEWORK_FIELDS("evidence[]", 40),
  { 0 },
};
static const struct http_route rows[] = {
  { .name = "caseFactPage", .method = HTTP_GET, .path = "/cases/{claim}/facts", .path_parameters = claim_path, .query = key_query,
    .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = CASE_LOOKS, .face = HTTP_PAGE, .handler = get_fact, .tag = "pages",
    .summary_ja = "一つの事実の画面", .summary_en = "One fact of a claim" },
  { .name = "caseFactPagePost", .method = HTTP_POST, .path = "/cases/{claim}/facts", .path_parameters = claim_path,
    .realms = HTTP_STAFF, .roles = HTTP_ROLE_ADJUSTER, .face = HTTP_PAGE, .body = HTTP_BODY_FORM, .form_parameters = form,
    .idempotent = true, .handler = post_fact, .tag = "pages", .summary_ja = "事実を確認する", .summary_en = "Check a fact" },
};
const struct http_route_table web__case_fact_routes = { rows, COUNT_OF(rows) };
