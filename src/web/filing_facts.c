/* filing_facts: the steps that are questions about facts: the incident, the leak, and who was told. */
#include "filing.h"

static const struct page_choice attacks[] = {
  { "", "filing.choose" },
  { "unknown", "filing.unknown" },
  { "ransomware", "filing.attack_ransomware" },
  { "malware", "filing.attack_malware" },
  { "unauthorized_access", "filing.attack_access" },
  { "denial_of_service", "filing.attack_dos" },
  { "remote_control_scam", "filing.attack_scam" },
  { "other", "filing.attack_other" },
};

const struct question filing__incident[] = {
  { QUESTION_DAY, "/facts/incident/occurred_on", { .name = "occurred_on", .kind = PAGE_DAY, .label = "filing.occurred_on", .hint = "filing.occurred_on_hint" } },
  { QUESTION_DAY, "/facts/incident/discovered_on", { .name = "discovered_on", .kind = PAGE_DAY, .label = "filing.discovered_on", .hint = "filing.discovered_on_hint", .optional = true } },
  { QUESTION_TRI, "/facts/incident/cyber_attack", { .name = "cyber_attack", .label = "filing.cyber_attack", .hint = "filing.cyber_attack_hint", QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_WORD, "/facts/incident/attack_type", { .name = "attack_type", .kind = PAGE_SELECT, .label = "filing.attack_type", .choices = attacks, .choice_count = COUNT_OF(attacks), .optional = true } },
  { QUESTION_TRI, "/facts/incident/insider_crime", { .name = "insider_crime", .label = "filing.insider_crime", .hint = "filing.insider_crime_hint", QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_TEXT, "/facts/incident/summary", { .name = "summary", .kind = PAGE_AREA, .label = "filing.summary", .hint = "filing.summary_hint", .optional = true } },
};
const size_t filing__incident_count = COUNT_OF(filing__incident);

const struct question filing__leak[] = {
  { QUESTION_TRI, "/facts/leak/occurred", { .name = "occurred", .label = "filing.leak_occurred", .hint = "filing.leak_occurred_hint", QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_TRI, "/facts/leak/caused_by_attack", { .name = "caused", .label = "filing.leak_caused", .hint = "filing.leak_caused_hint", .optional = true, QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_COUNT, "/facts/leak/persons", { .name = "persons", .kind = PAGE_NUMBER, .label = "filing.leak_persons", .hint = "filing.leak_persons_hint", .optional = true } },
  { QUESTION_TRI, "/asked/sensitive", { .name = "sensitive", .label = "filing.sensitive", .hint = "filing.duties_question", .optional = true, QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_TRI, "/asked/encrypted", { .name = "encrypted", .label = "filing.encrypted", .hint = "filing.duties_question", .optional = true, QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_TRI, "/asked/financial", { .name = "financial", .label = "filing.financial", .hint = "filing.duties_question", .optional = true, QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_TRI, "/asked/entrusted", { .name = "entrusted", .label = "filing.entrusted", .hint = "filing.duties_question", .optional = true, QUESTION_YES_NO_UNKNOWN } },
};
const size_t filing__leak_count = COUNT_OF(filing__leak);

const struct question filing__filings[] = {
  { QUESTION_DAY, "/facts/filings/mhlw_on", { .name = "mhlw_on", .kind = PAGE_DAY, .label = "filing.mhlw_on", .hint = "filing.not_yet_hint", .optional = true } },
  { QUESTION_DAY, "/facts/filings/jma_on", { .name = "jma_on", .kind = PAGE_DAY, .label = "filing.jma_on", .hint = "filing.not_yet_hint", .optional = true } },
  { QUESTION_DAY, "/facts/filings/ppc_on", { .name = "ppc_on", .kind = PAGE_DAY, .label = "filing.ppc_on", .hint = "filing.ppc_on_hint", .optional = true } },
  { QUESTION_TRI, "/facts/filings/ppc_prevention_measures", { .name = "ppc_measures", .label = "filing.ppc_measures", .optional = true, QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_DAY, "/facts/filings/persons_notified_on", { .name = "persons_on", .kind = PAGE_DAY, .label = "filing.persons_on", .hint = "filing.persons_on_hint", .optional = true } },
};
const size_t filing__filings_count = COUNT_OF(filing__filings);

static const char *const incident_keys[] = { "/facts/incident/occurred_on", "/facts/incident/discovered_on", "/facts/incident/cyber_attack",
                                             "/facts/incident/attack_type", "/facts/incident/insider_crime", "/facts/incident/summary" };
static const char *const leak_keys[] = { "/facts/leak/occurred", "/facts/leak/caused_by_attack", "/facts/leak/persons", "/asked/sensitive",
                                         "/asked/encrypted", "/asked/financial", "/asked/entrusted" };
static const char *const filings_keys[] = { "/facts/filings/mhlw_on", "/facts/filings/jma_on", "/facts/filings/ppc_on",
                                            "/facts/filings/ppc_prevention_measures", "/facts/filings/persons_notified_on" };

#define PART(step_, keys_, questions_) { (step_), (keys_), COUNT_OF(keys_), (questions_), COUNT_OF(questions_) }
static const struct filing_part incident = PART(FILING_INCIDENT, incident_keys, filing__incident);
static const struct filing_part leak = PART(FILING_LEAK, leak_keys, filing__leak);
static const struct filing_part filings = PART(FILING_FILINGS, filings_keys, filing__filings);

static struct http_answer show(struct filing *f, int status, const struct filing_part *part, const struct json *document,
                               const struct findings *faults) {
  if (part->step == FILING_FILINGS) filing__duties(&f->page, document);
  else page_set_bool(&f->page.document, "duties", false);
  page_set_str(&f->page.document, "step_intro",
               part->step == FILING_INCIDENT ? page_say(&f->page, "filing.intro_incident")
                                             : part->step == FILING_LEAK ? page_say(&f->page, "filing.intro_leak") : page_say(&f->page, "filing.intro_filings"));
  return filing__show(f, status, part, document, "filing_facts", faults);
}

static struct http_answer get(struct http_request *r, const struct filing_part *part) {
  struct filing f;
  struct http_answer answer;
  if (!filing__open(r, &f, &answer)) return answer;
  return show(&f, HTTP_OK, part, &f.document, NULL);
}

/* parse, save, look, go on */
static struct http_answer post(struct http_request *r, const struct filing_part *part) {
  struct filing f;
  struct http_answer answer;
  struct json assessment;
  if (!filing__open(r, &f, &answer)) return answer;
  struct json typed = facts_form__read(&f.page, &f.document, part->questions, part->count, &r->form);
  switch (filing__save(&f, part, &typed, page_typed(&r->form, "seen"), &answer)) {
    case FILING_FAILED: return answer;
    case FILING_STALE: return show(&f, 409, part, &typed, NULL);
    case FILING_SAVED: break;
  }
  if (!filing__assess(&f, &assessment, &answer)) return answer;
  struct findings faults = filing__faults(&f, part, &assessment);
  if (faults.count) return show(&f, 422, part, &f.document, &faults);
  return filing__go_on(&f, part->step, page_typed(&r->form, "go"));
}

static struct http_answer get_incident(struct http_request *r) { return get(r, &incident); }
static struct http_answer get_leak(struct http_request *r) { return get(r, &leak); }
static struct http_answer get_filings(struct http_request *r) { return get(r, &filings); }
static struct http_answer post_incident(struct http_request *r) { return post(r, &incident); }
static struct http_answer post_leak(struct http_request *r) { return post(r, &leak); }
static struct http_answer post_filings(struct http_request *r) { return post(r, &filings); }

static const struct http_parameter incident_form[] = { FILING_FIELDS, FORM_TEXT("occurred_on", 40), FORM_TEXT("discovered_on", 40),
                                                       FORM_TEXT("cyber_attack", 20), FORM_TEXT("attack_type", 40),
                                                       FORM_TEXT("insider_crime", 20), FORM_TEXT("summary", 10000), { 0 } };
static const struct http_parameter leak_form[] = { FILING_FIELDS, FORM_TEXT("occurred", 20), FORM_TEXT("caused", 20),
                                                   FORM_TEXT("persons", 40), FORM_TEXT("sensitive", 20), FORM_TEXT("encrypted", 20),
                                                   FORM_TEXT("financial", 20), FORM_TEXT("entrusted", 20), { 0 } };
static const struct http_parameter filings_form[] = { FILING_FIELDS, FORM_TEXT("mhlw_on", 40), FORM_TEXT("jma_on", 40),
                                                      FORM_TEXT("ppc_on", 40), FORM_TEXT("ppc_measures", 20),
                                                      FORM_TEXT("persons_on", 40), { 0 } };

#define STEP(name_, path_, ja, en, get_, post_, form_)                                                                    \
  { FILING_ROW(name_ "Page", HTTP_GET, "/filing/{claim}/" path_, ja "の画面", en), .path_parameters = filing__claim_path,  \
    .handler = (get_) },                                                                                                  \
  { FILING_ROW(name_ "PagePost", HTTP_POST, "/filing/{claim}/" path_, ja "を保存する", "Save: " en),                       \
    .path_parameters = filing__claim_path, .body = HTTP_BODY_FORM, .form_parameters = (form_), .handler = (post_) }
static const struct http_route rows[] = {
  STEP("filingIncident", "incident", "起きたこと", "What happened", get_incident, post_incident, incident_form),
  STEP("filingLeak", "leak", "個人情報の漏えい", "The leak", get_leak, post_leak, leak_form),
  STEP("filingFilings", "filings", "届出と連絡", "Who was told", get_filings, post_filings, filings_form),
};
const struct http_route_table web__filing_facts_routes = { rows, COUNT_OF(rows) };
