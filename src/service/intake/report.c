/* report: the incident report: whom the clinic told, whom to call, what was hit. For people; no rule ever sees it. */
#include "intake/intake.h"

static const char *const authority_kinds[] = {
  "police", "mhlw",   "jma",     "ppc",   "prefecture", "municipality", "medical_association", "ipa",
  "jpcert", "vendor", "insurer", "other", NULL
};
static const struct spec a_line = { .kind = SPEC_STRING, .nullable = true, .max_length = 200 };
static const struct spec a_text = { .kind = SPEC_STRING, .nullable = true, .max_length = 4000 };
static const struct spec a_date = { .kind = SPEC_DATE, .nullable = true };
static const struct spec a_kind = { .kind = SPEC_ENUM, .words = authority_kinds };
static const struct spec_member authority_members[] = {
  { "kind", true, &a_kind },       { "name", false, &a_line },   { "told_on", false, &a_date },
  { "reference", false, &a_line }, { "person", false, &a_line }, { "telephone", false, &a_line },
  { NULL, false, NULL },
};
static const struct spec authority = { .kind = SPEC_OBJECT, .members = authority_members };
static const struct spec authorities = { .kind = SPEC_ARRAY, .max_items = 20, .items = &authority };
static const struct spec_member contact_members[] = {
  { "name", true, &a_line },  { "role", false, &a_line },  { "telephone", false, &a_line },
  { "mail", false, &a_line }, { "hours", false, &a_line }, { NULL, false, NULL },
};
static const struct spec contact = { .kind = SPEC_OBJECT, .members = contact_members };
static const struct spec contacts = { .kind = SPEC_ARRAY, .max_items = 5, .items = &contact };
static const struct spec systems = { .kind = SPEC_ARRAY, .max_items = 50, .items = &a_line };
static const struct spec_member report_members[] = {
  { "authorities", false, &authorities },
  { "contacts", false, &contacts },
  { "systems", false, &systems },
  { "first_sign", false, &a_text },
  { "measures", false, &a_text },
  { "prevention", false, &a_text },
  { NULL, false, NULL },
};
static const struct spec report_spec = {
  .kind = SPEC_OBJECT,
  .members = report_members,
  .title = "Incident report",
  .description =
      "Authorities told with their reference numbers, whom to call, systems that were hit; never seen by rules"
};

const struct spec *intake_report_spec(void) { return &report_spec; }

result intake__check_report(struct work *w, const struct json *report, str prefix) {
  struct findings found = findings_in(w->arena);
  result r = spec_check(w->arena, &report_spec, report, &found);
  for (size_t i = 0; i < found.count; i++) {
    struct message message = { found.items[i].code, "{0}", "{1}" };
    FINDING(w->findings, str_format(w->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(found.items[i].pointer)), &message,
            found.items[i].ja, found.items[i].en);
  }
  return r;
}

static result save_body(struct work *w, const void *request) {
  const struct report_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  TRY(intake__lock(w, r->claim, &claim, &incident));
  TRY(service__expect_state(w, &claim, "submitted in_review info_requested dormant proposed decided reconsideration"));
  struct incident_report_row last = { .version = 0 };
  result found = store_incident_report_latest(w->tx, r->claim, &last);
  if (found != RESULT_OK && found != RESULT_NOT_FOUND) return found;
  TRY(service__expect_version(w, last.version, r->version));
  if (intake__check_report(w, r->report, STR("")) != RESULT_OK) return service__refused(w);
  TRY(intake__write_report(w, r->claim, last.version + 1, r->report));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", r->claim);
  members_add_int(&m, "version", last.version + 1);
  return service__answer(w, 200, &m, last.version + 1);
}

static const struct use_case save_case = { "report_save", INTAKE_ROLES, save_body, false };

result report_save(struct service *s, const struct caller *c, struct arena *a, const struct report_request *r,
                   struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &save_case, r, f, out);
}
