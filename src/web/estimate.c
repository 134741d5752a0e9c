/* estimate: the questions of the scheme for anybody, without signing in. Nothing is stored: what was typed comes back in the
 * page, with the rules' answer item by item. A filing that was made is taken as made today, since its day decides nothing. */
#include "closures_form.h"
#include "routes.h"
#include "verdict.h"

static const struct page_choice kinds[] = { { "clinic", "estimate.kind_clinic" }, { "hospital", "estimate.kind_hospital" },
                                            { "shared_use", "estimate.kind_shared" }, { "care_service", "estimate.kind_care" } };
static const struct page_choice relations[] = { { "opens", "estimate.opens" }, { "manages", "estimate.manages" },
                                                { "none", "estimate.neither" } };
static const struct page_choice scopes[] = { { "all", "filing.scope_all" }, { "new_patients", "filing.scope_new" },
                                             { "partial", "filing.scope_partial" } };

/* What stands under /ask is turned into facts below. */
enum { Q_OCCURRED_ON = 3 };
static const struct question questions[] = {
  { QUESTION_TRI, "/ask/a1", { .name = "a1", .label = "estimate.a1", .hint = "estimate.a1_hint", .optional = true, QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_WORD, "/facts/member/relation", { .name = "relation", .kind = PAGE_RADIO, .label = "estimate.relation", .choices = relations, .choice_count = 3, .optional = true } },
  { QUESTION_WORD, "/facts/facility/kind", { .name = "facility_kind", .kind = PAGE_SELECT, .label = "estimate.kind", .choices = kinds, .choice_count = 4, .optional = true } },
  [Q_OCCURRED_ON] = { QUESTION_DAY, "/facts/incident/occurred_on", { .name = "occurred_on", .kind = PAGE_DAY, .label = "filing.occurred_on", .hint = "filing.occurred_on_hint" } },
  { QUESTION_TRI, "/facts/incident/cyber_attack", { .name = "cyber_attack", .label = "filing.cyber_attack", .hint = "filing.cyber_attack_hint", .optional = true, QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_TRI, "/facts/incident/insider_crime", { .name = "insider_crime", .label = "filing.insider_crime", .hint = "filing.insider_crime_hint", .optional = true, QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_DAY, "/ask/from", { .name = "from", .kind = PAGE_DAY, .label = "estimate.closed_from", .hint = "estimate.closed_hint", .pointer = "/facts/closures/0/from", .optional = true } },
  { QUESTION_DAY, "/ask/to", { .name = "to", .kind = PAGE_DAY, .label = "estimate.closed_to", .pointer = "/facts/closures/0/to", .optional = true } },
  { QUESTION_WORD, "/ask/scope", { .name = "scope", .kind = PAGE_RADIO, .label = "filing.scope", .choices = scopes, .choice_count = 3, .optional = true } },
  CLOSURES_FORM_WEEKDAYS,
  { QUESTION_FLAG, "/ask/holidays", { .name = "holidays", .kind = PAGE_CHECK, .label = "estimate.holidays", .optional = true } },
  { QUESTION_TRI, "/facts/leak/occurred", { .name = "leak", .label = "filing.leak_occurred", .optional = true, QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_TRI, "/facts/leak/caused_by_attack", { .name = "caused", .label = "filing.leak_caused", .optional = true, QUESTION_YES_NO_UNKNOWN } },
  { QUESTION_FLAG, "/ask/told", { .name = "told", .kind = PAGE_CHECK, .label = "estimate.told", .optional = true } },
  { QUESTION_FLAG, "/ask/reported", { .name = "reported", .kind = PAGE_CHECK, .label = "estimate.reported", .optional = true } },
  { QUESTION_FLAG, "/ask/persons", { .name = "persons", .kind = PAGE_CHECK, .label = "estimate.persons_told", .optional = true } },
};
enum { QUESTIONS = COUNT_OF(questions) };

/* ---- facts of the answers */

static bool asked(const struct json *document, const char *name) {
  return page_flag(json_get(document, STR("ask")), name);
}

static void put(struct page *p, struct json *document, const char *key, struct json value) {
  *document = facts_form__put(p->arena, document, str_of(key), &value);
}

static void put_member(struct page *p, struct json *document) {
  const struct json *a1 = json_at(document, STR("/ask/a1"));
  put(p, document, "/facts/member/class", json_of_str(a1 && a1->kind == JSON_KIND_FALSE ? STR("none") : STR("A1")));
  if (!json_at(document, STR("/facts/member/relation"))) put(p, document, "/facts/member/relation", json_of_str(STR("opens")));
  if (!json_at(document, STR("/facts/facility/kind"))) put(p, document, "/facts/facility/kind", json_of_str(STR("clinic")));
}

/* One day where only one end was said. */
static void put_closure(struct page *p, struct json *document) {
  const struct json *ask = json_get(document, STR("ask"));
  str from = ask ? page_member(ask, "from") : STR(""), to = ask ? page_member(ask, "to") : STR("");
  str scope = ask ? page_member(ask, "scope") : STR("");
  if (from.n == 0 && to.n == 0) return;
  struct page_object one = page_object(p->arena);
  page_set_str(&one, "from", from.n ? from : to);
  page_set_str(&one, "to", to.n ? to : from);
  page_set_str(&one, "scope", scope.n ? scope : STR("all"));
  struct json *item = ARENA_NEW(p->arena, struct json);
  *item = page_json(&one);
  put(p, document, "/facts/closures", json_of_array(item, 1));
}

static void put_days_off(struct page *p, struct json *document) {
  struct json weekdays = closures_form__days_off(p, document);
  if (weekdays.count) put(p, document, "/facts/facility/closed_weekdays", weekdays);
  if (asked(document, "holidays")) put(p, document, "/facts/facility/closed_on_holidays", json_of_bool(true));
}

static void put_filings(struct page *p, struct json *document) {
  struct json today = json_of_str(day_text(p->arena, day_in_japan(p->r->at_us)));
  if (asked(document, "told")) put(p, document, "/facts/filings/jma_on", today);
  if (asked(document, "reported")) {
    put(p, document, "/facts/filings/ppc_on", today);
    put(p, document, "/facts/filings/ppc_prevention_measures", json_of_bool(true));
  }
  if (asked(document, "persons")) put(p, document, "/facts/filings/persons_notified_on", today);
}

/* ---- the page */

/* An answer to what was typed wrongly would be an answer to something else: with faults there is none. */
static struct http_answer show(struct page *p, int status, const struct json *document, const struct findings *f) {
  if (!f || f->count) page_set_bool(&p->document, "verdict", false);
  closures_form__show_weekdays(p, document);
  struct json values = facts_form__values(p, document, questions, QUESTIONS);
  page_form(p, &(struct page_form){ .name = "form", .action = STR("/estimate"), .submit = "estimate.submit",
                                    .fields = facts_form__fields(p->arena, questions, QUESTIONS), .count = QUESTIONS,
                                    .values = &values, .findings = f });
  return page_answer(p, status, "estimate", page_say(p, "estimate.title"));
}

static struct http_answer get_estimate(struct http_request *r) {
  struct page p = page_begin(r);
  struct json nothing = json_of_object(NULL, 0);
  page_set_bool(&p.document, "assumed", false);
  return show(&p, HTTP_OK, &nothing, NULL);
}

/* What was typed is shown again, with the time to wait. */
static struct http_answer ask_to_wait(struct page *p, const struct json *typed, int64_t wait_s) {
  const struct http_problem *why = &http_problem_too_many_attempts;
  struct message words;
  words.code = why->code;
  words.ja = why->detail_ja;
  words.en = why->detail_en;
  struct findings *f = ARENA_NEW(p->arena, struct findings);
  *f = findings_in(p->arena);
  FINDING(f, STR(""), &words, str_format(p->arena, "%lld", (long long)wait_s));
  page_set_bool(&p->document, "assumed", false);
  struct http_answer answer = show(p, why->status, typed, f);
  http_answer_retry_after(p->r, &answer, wait_s);
  return answer;
}

static struct http_answer post_estimate(struct http_request *r) {
  struct page p = page_begin(r);
  struct json nothing = json_of_object(NULL, 0), typed = facts_form__read(&p, &nothing, questions, QUESTIONS, &r->form);
  struct json document = typed;
  int64_t wait_s = gate_estimate_wait_s(r);
  if (wait_s) return ask_to_wait(&p, &typed, wait_s);
  put_member(&p, &document);
  put_closure(&p, &document);
  put_days_off(&p, &document);
  put_filings(&p, &document);
  page_set_bool(&p.document, "assumed", false);
  struct findings f = findings_in(r->arena);
  page_require(&p, facts_form__fields(r->arena, &questions[Q_OCCURRED_ON], 1), 1, &r->form, &f);
  if (f.count) return show(&p, 422, &typed, &f);
  struct service_answer out = { 0 };
  struct estimate_request request = { json_get(&document, STR("facts")) };
  result why = PAGE_CALL(&p, estimate, &request, &f, &out);
  if (why != RESULT_OK) return page_failed(&p, why, &f, &out);
  struct json answer = page_body(&p, &out);
  struct findings open = verdict__open(&p, &answer, "/facts");
  verdict__show(&p, &answer);
  const struct json *a1 = json_at(&typed, STR("/ask/a1"));
  page_set_bool(&p.document, "assumed", !a1 || a1->kind == JSON_KIND_NULL);
  return show(&p, open.count ? 422 : HTTP_OK, &typed, &open);
}

static const struct http_parameter form[] = {
  FORM_TEXT("a1", 20),     FORM_TEXT("relation", 20), FORM_TEXT("facility_kind", 20), FORM_TEXT("occurred_on", 40), FORM_TEXT("cyber_attack", 20),
  FORM_TEXT("insider_crime", 20), FORM_TEXT("from", 40), FORM_TEXT("to", 40), FORM_TEXT("scope", 20), CLOSURES_FORM_WEEKDAY_FIELDS,
  FORM_TEXT("holidays", 10), FORM_TEXT("leak", 20), FORM_TEXT("caused", 20), FORM_TEXT("told", 10), FORM_TEXT("reported", 10), FORM_TEXT("persons", 10),
  { 0 },
};
enum { ANYBODY = HTTP_PUBLIC | HTTP_CLINIC | HTTP_STAFF | HTTP_AUDITOR };
static const struct http_route rows[] = {
  { .name = "estimatePage", .method = HTTP_GET, .path = "/estimate", .realms = ANYBODY, .face = HTTP_PAGE, .handler = get_estimate,
    .tag = "pages", .summary_ja = "試算の画面", .summary_en = "The page to estimate" },
  { .name = "estimatePagePost", .method = HTTP_POST, .path = "/estimate", .realms = ANYBODY, .face = HTTP_PAGE,
    .body = HTTP_BODY_FORM, .body_limit_bytes = ESTIMATE_MOST_BYTES, .form_parameters = form, .handler = post_estimate, .tag = "pages", .summary_ja = "試算",
    .summary_en = "Estimate" },
};
const struct http_route_table web__estimate_routes = { rows, COUNT_OF(rows) };
