/* verdict: facts to a decision, with the rules of the incident's day. Everything is copied out of the decider, which goes
 * back to the cache before the use case goes on. */
#include "assess/assess.h"

/* ---- the decision's bytes */

static result canonical_of(struct work *w, str text, str *canonical, struct json *document) {
  struct findings f = findings_in(w->arena);
  struct json_limits limits = { 8 << 20, 64 };
  if (json_read(w->arena, text, limits, &f, document) != RESULT_OK) return RESULT_OUTSIDE;
  *canonical = service__canonical(w->arena, document);
  return RESULT_OK;
}

static result take_decision(struct work *w, const struct codex *codex, const struct decision *d, struct verdict *out) {
  struct buf text = buf_in(w->arena);
  struct json trace;
  scheme_decision_write(&text, out->facts.claim_id, d, STR_NONE);
  TRY(canonical_of(w, buf_str(&text), &out->decision, &out->document));
  TRY(canonical_of(w, dmn_trace_json(scheme_decider_session(codex->decider)), &out->trace, &trace));
  out->decision_sha256 = sha256_of(out->decision);
  out->trace_sha256 = sha256_of(out->trace);
  out->outcome = d->outcome;
  out->total_yen = d->total_yen;
  for (int i = 0; i < ITEM_COUNT; i++) {
    out->outcomes[i] = d->items[i].outcome;
    out->amounts_yen[i] = d->items[i].amount_yen;
  }
  return RESULT_OK;
}

/* ---- what must be proved: a further decision of the same model over the same facts */

static result take_proofs(struct work *w, const struct codex *codex, struct verdict *out) {
  struct dmn_session *session = scheme_decider_session(codex->decider);
  uint32_t node = dmn_model_find(codex->set->model, STR("確認すべき事実"));
  dmn_value facts;
  /* A rule set that does not say what must be proved would let anything pass. */
  if (node == DMN_NO_NODE || dmn_evaluate(session, node, &facts) != RESULT_OK || facts.kind != DMN_LIST)
    return REFUSE(w, STR(""), "rules_broken");
  str *items = ARENA_ARRAY(w->arena, str, facts.length);
  for (uint32_t i = 0; i < facts.length; i++) {
    if (facts.as.items[i].kind != DMN_STRING) return REFUSE(w, STR(""), "rules_broken");
    items[i] = str_copy(w->arena, dmn_text(facts.as.items[i]));
  }
  out->to_prove = (struct strs){ items, facts.length };
  return RESULT_OK;
}

/* ---- why, and why not */

static struct json set_json(struct work *w, const struct why_set *set, bool arrivals_only) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, set->count);
  for (uint32_t i = 0; i < set->count; i++) {
    const struct why_fact *f = &set->facts[i];
    struct members m = members_in(w->arena);
    members_add_str(&m, "pointer", str_copy(w->arena, f->pointer));
    members_add_str(&m, "name_ja", str_copy(w->arena, scheme_fact_name(f->pointer, true)));
    members_add_str(&m, "name_en", str_copy(w->arena, scheme_fact_name(f->pointer, false)));
    if (!arrivals_only) {
      members_add_str(&m, "kind", f->kind == WHY_ARRIVAL ? STR("arrival") : STR("change"));
      members_add_str(&m, "with", str_copy(w->arena, f->with));
    }
    items[i] = members_object(&m);
  }
  return json_of_array(items, set->count);
}

enum { QUESTIONS_MOST = 2000 };         /* an answer within a moment is worth more than every last set */

static uint32_t questions_of(const struct explanation *e) {
  return e->questions_most > 0 ? e->questions_most : QUESTIONS_MOST;
}

static result take_why_not(struct work *w, const struct codex *codex, const struct verdict *v, bool arrivals_only,
                           struct explanation *out) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, ITEM_COUNT);
  size_t count = 0;
  for (int i = 0; i < ITEM_COUNT; i++) {
    if (v->outcomes[i] == OUTCOME_PAYABLE) continue;
    struct why_not why;
    TRY(scheme_why_not(codex->decider, w->arena, &v->facts, (enum item)i, arrivals_only, questions_of(out), &why));
    if (why.count == 0) continue;
    struct json *sets = ARENA_ARRAY(w->arena, struct json, why.count);
    for (uint32_t k = 0; k < why.count; k++) sets[k] = set_json(w, &why.sets[k], arrivals_only);
    struct members m = members_in(w->arena);
    members_add_str(&m, "item", scheme_item_code((enum item)i));
    members_add(&m, "sets", json_of_array(sets, why.count));
    items[count++] = members_object(&m);
  }
  out->why_not = json_of_array(items, count);
  return RESULT_OK;
}

static result explain(struct work *w, const struct codex *codex, const struct decision *d, const struct verdict *v,
                      bool arrivals_only, struct explanation *out) {
  if (arrivals_only) {  /* before the search below makes another decision the last one */
    out->days = scheme_days(codex->decider, w->arena, d);
    out->desks = scheme_desks(codex->decider, w->arena, d);
  } else {
    out->ja = scheme_explain(codex->decider, w->arena, &v->facts, d, true);
    out->en = scheme_explain(codex->decider, w->arena, &v->facts, d, false);
  }
  return take_why_not(w, codex, v, arrivals_only, out);
}

/* ---- deciding */

static void take_holidays(struct verdict *v, const struct calendar *national) {
  day from = INT64_MAX, to = INT64_MIN;
  for (uint32_t i = 0; i < v->facts.closure_count; i++) {
    if (v->facts.closures[i].from < from) from = v->facts.closures[i].from;
    if (v->facts.closures[i].to > to) to = v->facts.closures[i].to;
  }
  if (from <= to) v->holidays.items = calendar_within(national, from, to, &v->holidays.count);
}

static result decide(struct work *w, const struct codex *codex, bool arrivals_only, struct explanation *explained,
                     struct verdict *out) {
  struct decision d;
  result r = scheme_decide(codex->decider, &out->facts, w->findings, &d);
  if (r == RESULT_REFUSED) return service__refused(w);  /* rules_fault: a broken rule is no pending claim */
  TRY(r);
  TRY(take_decision(w, codex, &d, out));
  TRY(take_proofs(w, codex, out));
  return explained ? explain(w, codex, &d, out, arrivals_only, explained) : RESULT_OK;
}

/* The facts stand in *out; the rules of the incident's day say what becomes of them. */
static result decide_by_day(struct work *w, bool share, bool arrivals_only, struct explanation *explained, struct verdict *out) {
  struct codex *codex;
  out->body_sha256 = sha256_of(out->body);
  TRY(rules__codex(w, out->facts.incident.occurred_on, share, &codex));
  out->rules = codex->rules;
  out->calendar_id = codex->calendar_id;
  out->calendar_sha256 = codex->calendar_sha256;
  take_holidays(out, codex->national);
  result r = decide(w, codex, arrivals_only, explained, out);
  rules__codex_close(codex);
  return r;
}

result assess__decide(struct work *w, struct case_file *c, bool share, bool arrivals_only, struct explanation *explained,
                      struct verdict *out) {
  struct calendar_row row;
  const struct calendar *national;
  *out = (struct verdict){ .outcome = OUTCOME_UNDETERMINED };
  TRY(rules__calendar(w, &row, &national));
  TRY(assess__document(w, c, national, false, &out->body, &out->facts));
  return decide_by_day(w, share, arrivals_only, explained, out);
}

result assess__decide_facts(struct work *w, str body, const struct facts *facts, struct explanation *explained,
                            struct verdict *out) {
  *out = (struct verdict){ .outcome = OUTCOME_UNDETERMINED, .body = body, .facts = *facts };
  return decide_by_day(w, false, true, explained, out);
}

static result decide_snapshot(struct work *w, const struct fact_snapshot_row *seen, struct uuid rule_set, struct verdict *out) {
  struct codex *codex;
  str claim_id;
  TRY(rules__codex_of(w, rule_set, seen->calendar_id, &codex));
  out->rules = codex->rules;
  TRY(scheme_facts_read(w->arena, seen->body, service__today(w), codex->national, w->findings, &out->facts, &claim_id));
  TRY(decide(w, codex, false, NULL, out));
  rules__codex_close(codex);
  return RESULT_OK;
}

result assess__decide_again(struct work *w, const struct fact_snapshot_row *seen, struct uuid rule_set, struct findings *f,
                            struct verdict *out) {
  struct findings *said = w->findings;
  *out = (struct verdict){ .outcome = OUTCOME_UNDETERMINED, .body = seen->body };
  w->findings = f;
  result r = decide_snapshot(w, seen, rule_set, out);
  w->findings = said;
  w->status = 0;
  return r;
}

/* ---- proofs */

bool assess__must_prove(const struct verdict *v, const struct case_fact *f) {
  for (size_t i = 0; i < v->to_prove.count; i++)
    if (str_eq(v->to_prove.items[i], str_of(f->fact->key))) return true;
  return false;
}

bool assess__is_open(const struct verdict *v, const struct case_fact *f) {
  return assess__must_prove(v, f) && !f->check && !f->from_roster;
}

result assess__expect_proved(struct work *w, const struct case_file *c, const struct verdict *v) {
  size_t before = w->findings->count;
  for (size_t i = 0; i < c->fact_count; i++)
    if (assess__is_open(v, &c->facts[i])) FIND(w, str_of(c->facts[i].fact->key), "facts_open");
  return w->findings->count > before ? service__refused(w) : RESULT_OK;
}

bool assess__is_settled(const struct verdict *v) {
  bool undetermined = false;
  for (int i = 0; i < ITEM_COUNT; i++) {
    if (v->outcomes[i] == OUTCOME_PAYABLE) return true;
    undetermined = undetermined || v->outcomes[i] == OUTCOME_UNDETERMINED;
  }
  return !undetermined;
}

result assess__trace(struct work *w, const struct verdict *v, struct json *out) {
  struct findings f = findings_in(w->arena);
  return json_read(w->arena, v->trace, (struct json_limits){ 8 << 20, 64 }, &f, out) == RESULT_OK ? RESULT_OK : RESULT_OUTSIDE;
}

/* ---- the snapshot */

struct uuid assess__keep(struct work *w, const struct case_file *c, const struct verdict *v) {
  struct fact_snapshot_row row = {
    .id = tx_new_id(w->tx), .claim_id = c->claim.id, .facts_version_id = c->asserted.id, .body = v->body,
    .sha256 = v->body_sha256, .calendar_id = v->calendar_id, .calendar_sha256 = v->calendar_sha256, .holidays = v->holidays,
    .roster_known_at = tx_at(w->tx),
  };
  if (c->roster.facility_known) row.facility_version_id = c->roster.facility.id;
  if (c->roster.member_known) {
    row.member_version_id = c->roster.member.id;
    row.facility_relation_id = c->roster.relation.id;
  }
  store_fact_snapshot_insert(w->tx, &row);
  service__wrote_sha256(w, "fact_snapshot", row.id, row.sha256);
  for (size_t i = 0; i < c->fact_count; i++)
    if (c->facts[i].check) store_fact_snapshot_check(w->tx, row.id, c->facts[i].check->id, c->claim.id);
  return row.id;
}
