/* filing_report: the incident report, for people: whom to call, what was hit, what was done. All of it may stay empty; no
 * rule ever sees it. */
#include "filing.h"

static const struct question questions[] = {
  { QUESTION_TEXT, "/asked/report/contact_name", { .name = "contact_name", .kind = PAGE_LINE, .label = "filing.contact_name", .pointer = "/report/contacts/0/name", .optional = true, .autocomplete = "name" } },
  { QUESTION_TEXT, "/asked/report/contact_telephone", { .name = "contact_telephone", .kind = PAGE_LINE, .label = "filing.contact_telephone", .pointer = "/report/contacts/0/telephone", .optional = true, .autocomplete = "tel" } },
  { QUESTION_TEXT, "/asked/report/contact_hours", { .name = "contact_hours", .kind = PAGE_LINE, .label = "filing.contact_hours", .pointer = "/report/contacts/0/hours", .optional = true } },
  { QUESTION_LINES, "/report/systems", { .name = "systems", .kind = PAGE_AREA, .label = "filing.systems", .hint = "filing.systems_hint", .optional = true } },
  { QUESTION_TEXT, "/report/first_sign", { .name = "first_sign", .kind = PAGE_AREA, .label = "filing.first_sign", .optional = true } },
  { QUESTION_TEXT, "/report/measures", { .name = "measures", .kind = PAGE_AREA, .label = "filing.measures", .optional = true } },
  { QUESTION_TEXT, "/report/prevention", { .name = "prevention", .kind = PAGE_AREA, .label = "filing.prevention", .optional = true } },
  { QUESTION_DAY, "/asked/report/police_on", { .name = "police_on", .kind = PAGE_DAY, .label = "filing.police_on", .pointer = "/report/authorities/0/told_on", .optional = true } },
  { QUESTION_TEXT, "/asked/report/police_number", { .name = "police_number", .kind = PAGE_LINE, .label = "filing.police_number", .pointer = "/report/authorities/0/reference", .optional = true } },
  { QUESTION_DAY, "/asked/report/vendor_on", { .name = "vendor_on", .kind = PAGE_DAY, .label = "filing.vendor_on", .pointer = "/report/authorities/1/told_on", .optional = true } },
};
static const char *const keys[] = { "/report", "/asked/report" };
static const struct filing_part part = { FILING_REPORT, keys, COUNT_OF(keys), questions, COUNT_OF(questions) };

/* ---- lists of the report, made of what was asked one by one */

static void copy(struct page_object *to, const char *name, const struct json *document, const char *key) {
  const struct json *v = json_at(document, str_of(key));
  page_set(to, name, v ? *v : json_of_null());
}

static struct json with_lists(const struct page *p, const struct json *typed) {
  struct json out = *typed;
  struct page_object contact = page_object(p->arena), police = page_object(p->arena), vendor = page_object(p->arena);
  struct page_list contacts = page_list(p->arena), authorities = page_list(p->arena);
  copy(&contact, "name", typed, "/asked/report/contact_name");
  copy(&contact, "telephone", typed, "/asked/report/contact_telephone");
  copy(&contact, "hours", typed, "/asked/report/contact_hours");
  page_set_str(&police, "kind", STR("police"));
  copy(&police, "told_on", typed, "/asked/report/police_on");
  copy(&police, "reference", typed, "/asked/report/police_number");
  page_set_str(&vendor, "kind", STR("vendor"));
  copy(&vendor, "told_on", typed, "/asked/report/vendor_on");
  bool told = json_at(typed, STR("/asked/report/police_on")) || json_at(typed, STR("/asked/report/police_number"));
  if (json_at(typed, STR("/asked/report/contact_name")) || json_at(typed, STR("/asked/report/contact_telephone"))) page_push(&contacts, page_json(&contact));
  if (told || json_at(typed, STR("/asked/report/vendor_on"))) page_push(&authorities, page_json(&police));
  if (json_at(typed, STR("/asked/report/vendor_on"))) page_push(&authorities, page_json(&vendor));
  struct json list = page_items(&contacts), who = page_items(&authorities);
  out = facts_form__put(p->arena, &out, STR("/report/contacts"), contacts.count ? &list : NULL);
  out = facts_form__put(p->arena, &out, STR("/report/authorities"), authorities.count ? &who : NULL);
  const struct json *report = json_get(&out, STR("report"));
  return report && report->count == 0 ? facts_form__put(p->arena, &out, STR("/report"), NULL) : out;
}

/* ---- the page */

static struct http_answer show(struct filing *f, int status, const struct json *document, const struct findings *faults) {
  page_set_bool(&f->page.document, "duties", false);
  page_set_str(&f->page.document, "step_intro", page_say(&f->page, "filing.intro_report"));
  return filing__show(f, status, &part, document, "filing_facts", faults);
}

static struct http_answer get_report(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  return filing__open(r, &f, &answer) ? show(&f, HTTP_OK, &f.document, NULL) : answer;
}

static struct http_answer post_report(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  struct json assessment;
  if (!filing__open(r, &f, &answer)) return answer;
  struct json plain = facts_form__read(&f.page, &f.document, questions, COUNT_OF(questions), &r->form);
  struct json typed = with_lists(&f.page, &plain);
  enum filing_saved saved = filing__save(&f, &part, &typed, page_typed(&r->form, "seen"), &answer);
  if (saved == FILING_FAILED) return answer;
  if (saved == FILING_STALE) return show(&f, 409, &typed, NULL);
  if (!filing__assess(&f, &assessment, &answer)) return answer;
  struct findings faults = filing__faults(&f, &part, &assessment);
  if (faults.count) return show(&f, 422, &f.document, &faults);
  return filing__go_on(&f, FILING_REPORT, page_typed(&r->form, "go"));
}

static const struct http_parameter form[] = {
  FILING_FIELDS, FORM_TEXT("contact_name", 1000), FORM_TEXT("contact_telephone", 1000), FORM_TEXT("contact_hours", 1000),
  FORM_TEXT("systems", 10000), FORM_TEXT("first_sign", 10000), FORM_TEXT("measures", 10000), FORM_TEXT("prevention", 10000),
  FORM_TEXT("police_on", 40), FORM_TEXT("police_number", 1000), FORM_TEXT("vendor_on", 40), { 0 },
};
static const struct http_route rows[] = {
  { FILING_ROW("filingReportPage", HTTP_GET, "/filing/{claim}/report", "被害の報告の画面", "The incident report"),
    .path_parameters = filing__claim_path, .handler = get_report },
  { FILING_ROW("filingReportPagePost", HTTP_POST, "/filing/{claim}/report", "被害の報告を保存する", "Save: the incident report"),
    .path_parameters = filing__claim_path, .body = HTTP_BODY_FORM, .form_parameters = form, .handler = post_report },
};
const struct http_route_table web__filing_report_routes = { rows, COUNT_OF(rows) };
