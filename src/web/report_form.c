/* report_form: see the header. */
#include "report_form.h"

const struct question report_form__questions[REPORT_FORM_QUESTIONS] = {
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

/* ---- lists of the report, made of what was asked one by one */

static const struct json *list_of(const struct json *document, const char *key, size_t *count) {
  const struct json *list = json_at(document, str_of(key));
  bool known = list && list->kind == JSON_KIND_ARRAY;
  *count = known ? list->count : 0;
  return known ? list->as.items : NULL;
}

static struct json with(const struct page *p, const struct json *object, const char *name, const struct json *document, const char *key) {
  const struct json *v = json_at(document, str_of(key));
  struct json null = json_of_null();
  return facts_form__put(p->arena, object, str_format(p->arena, "/%s", name), v ? v : &null);
}

static bool is_kind(const struct json *authority, const char *kind) { return str_eq(page_member(authority, "kind"), str_of(kind)); }

/* The one of the kind as it stood, so that what no question asks about stays; else a new one. */
static struct json authority_of(const struct page *p, const struct json *document, const char *kind) {
  size_t count;
  const struct json *list = list_of(document, "/report/authorities", &count);
  for (size_t i = 0; i < count; i++)
    if (is_kind(&list[i], kind)) return list[i];
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "kind", str_of(kind));
  return page_json(&o);
}

static struct json contacts_of(const struct page *p, const struct json *typed) {
  static const struct json nobody = { .kind = JSON_KIND_OBJECT };
  size_t count;
  const struct json *list = list_of(typed, "/report/contacts", &count);
  struct page_list out = page_list(p->arena);
  struct json first = with(p, count ? &list[0] : &nobody, "name", typed, "/asked/report/contact_name");
  first = with(p, &first, "telephone", typed, "/asked/report/contact_telephone");
  first = with(p, &first, "hours", typed, "/asked/report/contact_hours");
  if (json_at(typed, STR("/asked/report/contact_name")) || json_at(typed, STR("/asked/report/contact_telephone"))) page_push(&out, first);
  for (size_t i = 1; i < count; i++) page_push(&out, list[i]);
  return page_items(&out);
}

/* The police first and the vendor second, where the questions point. */
static struct json authorities_of(const struct page *p, const struct json *typed) {
  size_t count;
  const struct json *list = list_of(typed, "/report/authorities", &count);
  struct page_list out = page_list(p->arena);
  struct json police = authority_of(p, typed, "police"), vendor = authority_of(p, typed, "vendor");
  bool by_vendor = json_at(typed, STR("/asked/report/vendor_on")) != NULL;
  bool by_police = json_at(typed, STR("/asked/report/police_on")) || json_at(typed, STR("/asked/report/police_number"));
  police = with(p, &police, "told_on", typed, "/asked/report/police_on");
  if (by_police || by_vendor) page_push(&out, with(p, &police, "reference", typed, "/asked/report/police_number"));
  if (by_vendor) page_push(&out, with(p, &vendor, "told_on", typed, "/asked/report/vendor_on"));
  for (size_t i = 0; i < count; i++)
    if (!is_kind(&list[i], "police") && !is_kind(&list[i], "vendor")) page_push(&out, list[i]);
  return page_items(&out);
}

struct json report_form__read(const struct page *p, const struct json *document) {
  struct json typed = facts_form__read(p, document, report_form__questions, REPORT_FORM_QUESTIONS, &p->r->form);
  struct json contacts = contacts_of(p, &typed), authorities = authorities_of(p, &typed);
  struct json out = facts_form__put(p->arena, &typed, STR("/report/contacts"), contacts.count ? &contacts : NULL);
  out = facts_form__put(p->arena, &out, STR("/report/authorities"), authorities.count ? &authorities : NULL);
  const struct json *report = json_get(&out, STR("report"));
  return report && report->count == 0 ? facts_form__put(p->arena, &out, STR("/report"), NULL) : out;
}

/* ---- and back */

static void take(const struct page *p, struct json *document, const char *key, const struct json *object, const char *name) {
  const struct json *v = json_get(object, str_of(name));
  if (v && v->kind == JSON_KIND_STRING) *document = facts_form__put(p->arena, document, str_format(p->arena, "/asked/report/%s", key), v);
}

struct json report_form__document(const struct page *p, const struct json *report) {
  struct json out = json_of_object(NULL, 0);
  size_t count;
  if (!report || report->kind != JSON_KIND_OBJECT) return out;
  out = facts_form__put(p->arena, &out, STR("/report"), report);
  const struct json *contacts = list_of(&out, "/report/contacts", &count);
  struct json police = authority_of(p, &out, "police"), vendor = authority_of(p, &out, "vendor");
  if (count) {
    take(p, &out, "contact_name", &contacts[0], "name");
    take(p, &out, "contact_telephone", &contacts[0], "telephone");
    take(p, &out, "contact_hours", &contacts[0], "hours");
  }
  take(p, &out, "police_on", &police, "told_on");
  take(p, &out, "police_number", &police, "reference");
  take(p, &out, "vendor_on", &vendor, "told_on");
  return out;
}
