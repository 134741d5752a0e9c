/* case_do_page: the page of a step: its form, what must be seen to fill it in, and what others did meanwhile. */
#include "case_do.h"
#include "messages.h"
#include "routes.h"

/* ---- what stands beside the fields */

const str *case_do__keys(struct arena *a, const struct http_values *posted, size_t *count) {
  struct http_value_list list = http_value_list(posted, "key[]");
  str *keys = ARENA_ARRAY(a, str, list.count);
  for (size_t i = 0; i < list.count; i++) keys[i] = list.items[i].text;
  *count = list.count;
  return keys;
}

static bool is_asked(const struct http_values *posted, str key) {
  struct http_value_list list = posted ? http_value_list(posted, "key[]") : (struct http_value_list){ NULL, 0 };
  for (size_t i = 0; i < list.count; i++)
    if (str_eq(list.items[i].text, key)) return true;
  return false;
}

/* What may be asked about: every fact that is the clinic's to say. What the decision lacks is chosen already. */
static void add_keys(struct page *p, const struct casework_case *c, const struct http_values *posted) {
  struct json facts = casework__list(&c->assessment, "facts");
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i < facts.count; i++) {
    const struct json *fact = &facts.as.items[i], *stands = json_get(fact, STR("stands"));
    if (str_eq(page_member(fact, "source"), STR("roster"))) continue;
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "key", page_member(fact, "key"));
    page_set_str(&o, "key_id", str_format(p->arena, "f-key-%u", i));
    page_set_str(&o, "fact_name", casework__fact_name(p, page_member(fact, "key")));
    page_set_bool(&o, "open", page_flag(fact, "open") || !stands || stands->kind == JSON_KIND_NULL);
    bool lacks = casework__lacks(c, page_member(fact, "key"));
    page_set_bool(&o, "lacks", lacks);
    page_set_bool(&o, "picked", posted ? is_asked(posted, page_member(fact, "key")) : lacks);
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "keys", page_items(&list));
  page_set_bool(&p->document, "any_keys", list.count > 0);
}

static bool add_people(struct page *p, const struct casework_case *c, const struct http_values *posted, struct http_answer *failure) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  result why = PAGE_CALL(p, adjusters_list, NULL, &f, &out);
  if (why != RESULT_OK) {
    *failure = page_failed(p, why, &f, &out);
    return false;
  }
  struct json body = page_body(p, &out), people = casework__list(&body, "adjusters");
  str chosen = posted ? page_typed(posted, "person") : page_member(&c->file, "assigned_to");
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; i <= people.count; i++) {
    const struct json *one = i < people.count ? &people.as.items[i] : NULL;
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "person", one ? page_member(one, "person") : STR("nobody"));
    page_set_str(&o, "person_id", str_format(p->arena, "f-person-%u", i));
    page_set_str(&o, "person_name", one ? page_member(one, "name") : page_say(p, "do.nobody"));
    page_set_bool(&o, "chosen", str_eq(chosen, one ? page_member(one, "person") : STR("nobody")));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "people", page_items(&list));
  return true;
}

static bool add_beside(struct page *p, const struct step *step, const struct casework_case *c, const struct http_values *posted,
                       struct http_answer *failure) {
  const struct json *decision = json_get(&c->assessment, STR("decision"));
  static const char *const members[] = { "keys", "any_keys", "people", "picks", "files", "decision" };
  for (size_t i = 0; i < COUNT_OF(members); i++) page_set_bool(&p->document, members[i], false);
  if (step->shows & STEP_FACTS) casework__add_facts(p, c, posted);
  page_set_bool(&p->document, "picks", (step->shows & STEP_FACTS) != 0);
  if (step->shows & STEP_FILES) page_set(&p->document, "files", casework__files(p, c, posted));
  if (step->shows & STEP_KEYS) add_keys(p, c, posted);
  if ((step->shows & STEP_DECISION) && decision) page_set(&p->document, "decision", casework__decision(p, decision));
  return !(step->shows & STEP_PEOPLE) || add_people(p, c, posted, failure);
}

/* Every fact of the claim is a place that a refusal may be about. */
static const struct page_place *places_of(struct page *p, const struct casework_case *c, size_t *count) {
  struct json facts = casework__list(&c->assessment, "facts");
  struct page_place *places = ARENA_ARRAY(p->arena, struct page_place, facts.count);
  for (uint32_t i = 0; i < facts.count; i++) {
    str key = page_member(&facts.as.items[i], "key");
    places[i] = (struct page_place){ key, casework__fact_name(p, key), casework__fact_path(p, c->claim, key) };
  }
  *count = facts.count;
  return places;
}

static void add_form(struct page *p, const struct step *step, const struct casework_case *c, str of, const struct http_values *posted,
                     const struct findings *f) {
  static const struct page_field none[1];
  struct json_member hidden[] = {
    { STR("version"), json_of_str(str_format(p->arena, "%lld", (long long)c->version)) },
    { STR("seen"), json_of_str(casework__last_event(c)) },
    { STR("of"), json_of_str(of) },
  };
  size_t place_count;
  const struct page_place *places = places_of(p, c, &place_count);
  str path = str_format(p->arena, "%.*s%s", STR_ARG(casework__path(p, c->claim, "/do/")), step->name);
  page_form(p, &(struct page_form){ .name = "form", .action = path, .submit = step->submit,
                                    .fields = step->fields ? step->fields : none, .count = step->field_count, .posted = posted,
                                    .findings = f, .places = places, .place_count = place_count, .hidden = hidden,
                                    .hidden_count = COUNT_OF(hidden), .once = true });
}

/* ---- the page */

static unsigned parts_of(const struct step *step) {
  unsigned parts = CASE_STORY | CASE_NEIGHBOURS;
  if (step->shows & (STEP_FACTS | STEP_KEYS | STEP_DECISION)) parts |= CASE_RULES;
  return step->shows & STEP_FILES ? parts | CASE_PAPERS : parts;
}

static struct http_answer show(struct page *p, const struct step *step, struct uuid claim, str of, int status,
                               const struct http_values *posted, const struct findings *f) {
  struct casework_case c;
  struct http_answer failure;
  bool stale = posted && (status == 409 || status == 412);
  if (!casework__read(p, claim, parts_of(step), &c, &failure)) return failure;
  casework__add_head(p, &c);
  if (!add_beside(p, step, &c, posted, &failure)) return failure;
  add_form(p, step, &c, of, posted, f);
  page_set_str(&p->document, "intro", page_say_with(p, step->intro, 0, NULL));
  page_set_bool(&p->document, "moved_since", stale);
  page_set(&p->document, "since", stale ? casework__since(p, &c, page_typed(posted, "seen")) : json_of_array(NULL, 0));
  return page_answer(p, status, "case_do", page_say_with(p, step->title, 0, NULL));
}

static const struct step *allowed(struct http_request *r, struct http_answer *refusal) {
  const struct step *step = case_do__step(http_value(&r->path, "step")->text);
  if (!step) *refusal = HTTP_PROBLEM(r, &http_problem_not_found);
  else if (!http_request_may(r, step->roles)) *refusal = HTTP_PROBLEM(r, &http_problem_forbidden);
  else return step;
  return NULL;
}

static struct http_answer get_step(struct http_request *r) {
  struct page p = page_begin(r);
  struct http_answer refusal;
  const struct step *step = allowed(r, &refusal);
  const struct http_value *of = http_value(&r->query, "of");
  if (!step) return refusal;
  return show(&p, step, http_value(&r->path, "claim")->id, of->present ? of->text : STR(""), HTTP_OK, NULL, NULL);
}

static int status_of(result why, const struct service_answer *out) {
  if (why != RESULT_CONFLICT) return 422;
  return out->status == 412 ? 412 : 409;
}

static struct http_answer post_step(struct http_request *r) {
  struct page p = page_begin(r);
  struct http_answer refusal;
  const struct step *step = allowed(r, &refusal);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  if (!step) return refusal;
  struct doing d = { http_value(&r->path, "claim")->id, casework__version(&r->form), &r->form };
  str of = page_typed(&r->form, "of");
  page_require(&p, step->fields, step->field_count, &r->form, &f);
  if (f.count) return show(&p, step, d.claim, of, 422, &r->form, &f);
  result why = step->run(&p, &d, &f, &out);
  if (why == RESULT_OK) return page_go(r, casework__path(&p, d.claim, step->anchor), step->notice);
  bool again = why == RESULT_REFUSED || (why == RESULT_CONFLICT && !findings_has(&f, STR(""), "request_in_progress"));
  return again ? show(&p, step, d.claim, of, status_of(why, &out), &r->form, &f) : page_failed(&p, why, &f, &out);
}

/* ---- the table */

static const struct http_parameter step_path[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "The claim" },
  { .name = "step", .kind = HTTP_PARAMETER_TEXT, .most = 40, .description_en = "The step" },
  { 0 },
};
static const struct http_parameter of_query[] = {
  { .name = "of", .kind = HTTP_PARAMETER_TEXT, .most = 40, .description_en = "What of the claim is meant: a hold, a request" },
  { 0 },
};
static const struct http_parameter form[] = {
  CASEWORK_FIELD("version", 20), CASEWORK_FIELD("seen", 40),   CASEWORK_FIELD("of", 40),      CASEWORK_FIELD("text", 8000),
  CASEWORK_FIELD("due_on", 20),  CASEWORK_FIELD("reason", 8000), CASEWORK_FIELD("how", 40),   CASEWORK_FIELD("note", 8000),
  CASEWORK_FIELD("kind", 40),    CASEWORK_FIELD("verdict", 20), CASEWORK_FIELD("person", 40), CASEWORK_FIELD("sure", 10),
  CASEWORK_FIELD("number", 100), CASEWORK_FIELDS("key[]", 100),  CASEWORK_FIELDS("pick[]", 200),  CASEWORK_FIELDS("evidence[]", 40),
  { 0 },
};
static const struct http_route rows[] = {
  { .name = "caseStepPage", .method = HTTP_GET, .path = "/cases/{claim}/do/{step}", .path_parameters = step_path, .query = of_query,
    .realms = HTTP_STAFF, .roles = CASE_HOLDS, .face = HTTP_PAGE, .handler = get_step, .tag = "pages",
    .summary_ja = "申請に対する一つの手続きの画面", .summary_en = "One step with a claim" },
  { .name = "caseStepPagePost", .method = HTTP_POST, .path = "/cases/{claim}/do/{step}", .path_parameters = step_path,
    .realms = HTTP_STAFF, .roles = CASE_HOLDS, .persons_only = true, .face = HTTP_PAGE, .body = HTTP_BODY_FORM, .form_parameters = form,
    .idempotent = true, .handler = post_step, .tag = "pages", .summary_ja = "申請に対する手続き", .summary_en = "Take a step with a claim" },
};
const struct http_route_table web__case_do_routes = { rows, COUNT_OF(rows) };
