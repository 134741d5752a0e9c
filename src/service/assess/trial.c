/* trial: the rules' view of what is not filed yet: a draft, by whoever writes it, and facts that anybody tries out. What
 * submission would refuse is listed beside it; a fact that is wrong counts as unknown meanwhile, so that one slip in the
 * form does not hide what the rest comes to. Nothing is stored; a draft's reading leaves its event. */
#include "assess/assess.h"
#include "intake/draft.h"
#include "shienkin/service/decide.h"

enum { ROUNDS_MOST = 3, TRIAL_QUESTIONS_MOST = 300 };

/* What came of it; `decided` is false where a fact is wanting without which no rule can be chosen or asked. */
struct trial {
  bool decided;
  struct verdict verdict;
  struct explanation explanation;
};

/* ---- what the rules can be asked */

/* The fact at the place of a finding, or the one that the place lies within: a list is one fact. */
static const struct fact *fact_of(str pointer) {
  size_t count;
  const struct fact *table = service__facts(&count);
  for (size_t i = 0; i < count; i++) {
    str key = str_of(table[i].key);
    if (str_starts(pointer, key) && (pointer.n == key.n || pointer.p[key.n] == '/')) return &table[i];
  }
  return NULL;
}

/* Takes out every fact that was found wrong; false: there was none to take out. */
static bool take_out(struct work *w, const struct findings *found, struct json *document) {
  bool taken = false;
  for (size_t i = 0; i < found->count; i++) {
    const struct fact *fact = fact_of(found->items[i].pointer);
    if (!fact || !json_at(document, str_of(fact->key))) continue;
    *document = service__facts_with(w->arena, document, str_of(fact->key), NULL);
    taken = true;
  }
  return taken;
}

/* Reads what is well formed. *readable is false where a fact that every claim needs is absent or wrong. A fault among
 * several fields shows only once each is well formed, so there are rounds. */
static result read_lenient(struct work *w, const struct calendar *national, struct json *document, struct facts *out,
                           bool *readable) {
  *readable = false;
  for (int round = 0; round < ROUNDS_MOST; round++) {
    struct findings found = findings_in(w->arena);
    str claim_id;
    result r = scheme_facts_check(w->arena, document, service__today(w), national, &found, out, &claim_id);
    *readable = r == RESULT_OK;
    if (r != RESULT_REFUSED) return r;
    if (!take_out(w, &found, document)) return RESULT_OK;
  }
  return RESULT_OK;
}

static result try_facts(struct work *w, const struct calendar *national, struct json *document, struct trial *out) {
  struct facts facts;
  bool readable;
  *out = (struct trial){ .explanation = { .ja = STR_NONE, .questions_most = TRIAL_QUESTIONS_MOST } };
  TRY(read_lenient(w, national, document, &facts, &readable));
  if (!readable) return RESULT_OK;
  TRY(assess__decide_facts(w, service__canonical(w->arena, document), &facts, &out->explanation, &out->verdict));
  out->decided = true;
  return RESULT_OK;
}

/* ---- the answer */

static struct json open_json(struct work *w, struct findings *open) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, open->count);
  findings_sort(open);
  for (size_t i = 0; i < open->count; i++) {
    struct members m = members_in(w->arena);
    members_add_str(&m, "pointer", open->items[i].pointer);
    members_add_str(&m, "code", str_of(open->items[i].code));
    members_add_str(&m, "message_ja", open->items[i].ja);
    members_add_str(&m, "message_en", open->items[i].en);
    items[i] = members_object(&m);
  }
  return json_of_array(items, open->count);
}

static void add_trial(struct work *w, struct members *m, const struct trial *t, struct findings *open) {
  members_add(m, "decision", t->decided ? t->verdict.document : json_of_null());
  members_add(m, "arrivals", t->decided ? t->explanation.why_not : json_of_array(NULL, 0));
  members_add(m, "days", t->decided ? t->explanation.days : json_of_array(NULL, 0));
  members_add(m, "desks", t->decided ? t->explanation.desks : json_of_array(NULL, 0));
  members_add(m, "open", open_json(w, open));
}

/* ---- a draft */

/* What submission would say goes into a list of its own: here it is an answer and no refusal. */
static result look_ahead(struct work *w, const struct claim_documents *d, struct uuid facility, struct checked *checked,
                         struct findings *open) {
  struct findings *said = w->findings;
  w->findings = open;
  result r = intake__check_documents(w, d, facility, checked);
  w->findings = said;
  if (r != RESULT_REFUSED) return r;
  w->status = 0;
  return RESULT_OK;
}

/* As a claim's document is made (document.c): what the claimant says, if anything, the roster's part put in. */
static struct json compose(struct work *w, struct uuid claim, const struct json *facts, const struct roster_on_day *roster) {
  struct members m = members_in(w->arena);
  struct json asserted = facts ? service__facts_asserted(w->arena, facts) : json_of_object(NULL, 0);
  members_add_id(&m, "claim_id", "claim", claim);
  for (uint32_t i = 0; i < asserted.count; i++)
    members_add(&m, str_z(w->arena, asserted.as.members[i].name), asserted.as.members[i].value);
  struct json named = members_object(&m);
  return service__facts_composed(w->arena, &named, roster, false);
}

static result leave_event(struct work *w, struct uuid claim, const struct trial *t) {
  struct members data = members_in(w->arena);
  members_add_sha256(&data, "facts_sha256", t->verdict.body_sha256);
  members_add_sha256(&data, "rules_sha256", t->verdict.rules.sha256);
  members_add_sha256(&data, "calendar_sha256", t->verdict.calendar_sha256);
  members_add_str(&data, "outcome", t->decided ? scheme_outcome_code(t->verdict.outcome) : STR_NONE);
  return service__event(w, &(struct event){ .type = "draft.assessed", .subject = claim, .claim = claim,
                                            .data = members_object(&data) });
}

static result read_draft(struct work *w, struct uuid id, struct claim_row *claim, struct draft_row *draft) {
  TRY(intake__claim_read(w, id, claim));
  if (str_eq(claim->state, STR("erased"))) return REFUSE(w, STR(""), "not_found");
  if (!str_eq(claim->state, STR("draft"))) return REFUSE(w, STR(""), "draft_submitted");
  result r = store_draft_of(w->tx, id, draft);
  return r == RESULT_NOT_FOUND ? REFUSE(w, STR(""), "not_found") : r;
}

static result assess_draft(struct work *w, const void *request) {
  const struct assess_request *r = request;
  struct claim_row claim;
  struct draft_row draft;
  struct claim_documents documents = { NULL, NULL, NULL };
  struct checked checked = { .occurred_on = DAY_NONE };
  struct findings open = findings_in(w->arena);
  struct calendar_row row;
  const struct calendar *national;
  struct trial trial;
  TRY(read_draft(w, r->claim, &claim, &draft));
  TRY(intake__draft_documents(w, &draft, &documents));
  TRY(look_ahead(w, &documents, claim.facility_id, &checked, &open));
  TRY(rules__calendar(w, &row, &national));
  struct json document = compose(w, claim.id, documents.facts, &checked.roster);
  TRY(try_facts(w, national, &document, &trial));
  TRY(leave_event(w, claim.id, &trial));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", claim.id);
  members_add_int(&m, "version", draft.version);
  add_trial(w, &m, &trial, &open);
  members_add(&m, "warnings", payee__warnings(w->arena, &checked.payee));
  members_add_bool(&m, "unresolved", checked.occurred_on != DAY_NONE && !checked.roster.complete);
  return service__answer(w, 200, &m, draft.version);
}

result draft_assess(struct service *s, const struct caller *c, struct arena *a, const struct assess_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "draft_assess", .roles = INTAKE_ROLES, .body = assess_draft, .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- anybody's facts */

/* Every fact that the rules see, without names and free text. */
static struct json known_facts(struct work *w, const struct json *given) {
  size_t count;
  const struct fact *table = service__facts(&count);
  struct json out = json_of_object(NULL, 0);
  for (size_t i = 0; i < count; i++) {
    const struct json *value = json_at(given, str_of(table[i].key));
    if (value && table[i].source != FACT_PRIVATE) out = service__facts_with(w->arena, &out, str_of(table[i].key), value);
  }
  return out;
}

static result estimate_body(struct work *w, const void *request) {
  const struct estimate_request *r = request;
  struct findings open = findings_in(w->arena);
  struct calendar_row row;
  const struct calendar *national;
  struct facts read;
  struct trial trial;
  str claim_id;
  TRY(rules__calendar(w, &row, &national));
  result whole = scheme_facts_check(w->arena, r->facts, service__today(w), national, &open, &read, &claim_id);
  if (whole != RESULT_OK && whole != RESULT_REFUSED) return whole;
  struct json document = known_facts(w, r->facts);
  TRY(try_facts(w, national, &document, &trial));
  struct members m = members_in(w->arena);
  add_trial(w, &m, &trial, &open);
  return service__answer(w, 200, &m, 0);
}

/* Nobody has to be known for it: the clinics' connection without an account, which reads published rules and nothing else. */
result estimate(struct service *s, const struct caller *c, struct arena *a, const struct estimate_request *r,
                struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "estimate", .roles = SERVICE_ANYBODY, .body = estimate_body, .reads = true };
  struct caller anybody = { .roles = SERVICE_CLINIC, .realm = STORE_CLINIC, .via = c->via, .request_id = c->request_id };
  return service__run(s, &anybody, a, &use_case, r, f, out);
}
