/* claim_assess: the rules' view of a claim, at any time. A read of personal data, so it leaves its event before the answer.
 * Clinics see what the rules make of their own words and what could still arrive; how the staff judged a fact is not told. */
#include "assess/assess.h"
#include "intake/intake.h"
#include "shienkin/service/decide.h"

static bool is_claimant(const struct work *w) {
  return w->role == SERVICE_CLINIC || w->role == SERVICE_PROXY;
}

static result leave_event(struct work *w, const struct case_file *c, const struct verdict *v) {
  struct members data = members_in(w->arena);
  members_add_sha256(&data, "facts_sha256", v->body_sha256);
  members_add_sha256(&data, "rules_sha256", v->rules.sha256);
  members_add_sha256(&data, "calendar_sha256", v->calendar_sha256);
  members_add_str(&data, "outcome", scheme_outcome_code(v->outcome));
  return service__event(w, &(struct event){ .type = "claim.assessed", .subject = c->claim.id, .claim = c->claim.id,
                                            .data = members_object(&data) });
}

static result answer_claimant(struct work *w, const struct case_file *c, const struct verdict *v, const struct explanation *e) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", c->claim.id);
  members_add_int(&m, "version", c->claim.version);
  members_add(&m, "decision", v->document);
  members_add(&m, "arrivals", e->why_not);
  return service__answer(w, 200, &m, c->claim.version);
}

/* ---- everything, for the staff */

static struct json check_json(struct work *w, const struct fact_check_row *row) {
  if (!row) return json_of_null();
  struct members m = members_in(w->arena);
  members_add_id(&m, "check", "fact_check", row->id);
  members_add_str(&m, "verdict", row->verdict);
  members_add_id(&m, "by", "person", row->by.person);
  members_add_moment(&m, "at", row->by.at);
  return members_object(&m);
}

static struct json fact_json(struct work *w, const struct verdict *v, const struct case_fact *f) {
  struct members m = members_in(w->arena);
  members_add_str(&m, "key", str_of(f->fact->key));
  members_add(&m, "value", f->base);
  members_add_sha256(&m, "value_sha256", f->sha256);
  members_add_str(&m, "source", f->base.kind == JSON_KIND_NULL ? STR_NONE : f->from_roster ? STR("roster") : STR("claimant"));
  members_add(&m, "stands", f->stands);
  members_add(&m, "check", check_json(w, f->last));
  members_add_bool(&m, "must_prove", assess__must_prove(v, f));
  members_add_bool(&m, "open", assess__is_open(v, f));
  return members_object(&m);
}

static void add_facts(struct work *w, struct members *m, const struct case_file *c, const struct verdict *v, size_t *open_count) {
  struct json *facts = ARENA_ARRAY(w->arena, struct json, c->fact_count);
  struct json *open = ARENA_ARRAY(w->arena, struct json, c->fact_count);
  *open_count = 0;
  for (size_t i = 0; i < c->fact_count; i++) {
    facts[i] = fact_json(w, v, &c->facts[i]);
    if (assess__is_open(v, &c->facts[i])) open[(*open_count)++] = json_of_str(str_of(c->facts[i].fact->key));
  }
  members_add(m, "facts", json_of_array(facts, c->fact_count));
  members_add_words(m, "to_prove", v->to_prove);
  members_add(m, "open", json_of_array(open, *open_count));
}

static bool is_proposable(const struct verdict *v, size_t open_count) {
  return open_count == 0 && assess__is_settled(v);
}

static result answer_staff(struct work *w, const struct case_file *c, const struct verdict *v, const struct explanation *e) {
  struct members m = members_in(w->arena);
  size_t open_count;
  members_add_id(&m, "claim", "claim", c->claim.id);
  members_add_int(&m, "version", c->claim.version);
  members_add(&m, "decision", v->document);
  members_add_sha256(&m, "decision_sha256", v->decision_sha256);
  add_facts(w, &m, c, v, &open_count);
  members_add_bool(&m, "proposable", is_proposable(v, open_count));
  members_add(&m, "why_not", e->why_not);
  members_add_str(&m, "explanation_ja", e->ja);
  members_add_str(&m, "explanation_en", e->en);
  struct json trace;
  TRY(assess__trace(w, v, &trace));
  members_add(&m, "trace", trace);
  members_add_id(&m, "rule_set", "rule_set", v->rules.id);
  members_add_id(&m, "calendar", "calendar", v->calendar_id);
  return service__answer(w, 200, &m, c->claim.version);
}

static result assess(struct work *w, const void *request) {
  const struct assess_request *r = request;
  struct claim_row claim;
  struct incident_row incident = { .occurred_on = DAY_NONE };
  struct case_file file;
  struct verdict verdict;
  struct explanation explanation = { .ja = STR_NONE };
  bool claimant = is_claimant(w);
  TRY(intake__claim_read(w, r->claim, &claim));
  if (!uuid_none(claim.incident_id)) TRY(store_incident_by_id(w->tx, claim.incident_id, &incident));
  TRY(assess__open(w, &claim, &incident, !claimant, &file));
  TRY(assess__decide(w, &file, false, claimant, &explanation, &verdict));
  TRY(leave_event(w, &file, &verdict));
  return claimant ? answer_claimant(w, &file, &verdict, &explanation) : answer_staff(w, &file, &verdict, &explanation);
}

result claim_assess(struct service *s, const struct caller *c, struct arena *a, const struct assess_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = {
    .name = "claim_assess",
    .roles = SERVICE_CLINIC | SERVICE_PROXY | SERVICE_ADJUSTER | SERVICE_APPROVER | SERVICE_OWNER | SERVICE_AUDITOR,
    .body = assess, .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}
