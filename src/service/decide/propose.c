/* propose: an adjuster says that the facts are established, and the rules say the rest. The row is a whole decision. */
#include "decide/decide.h"

static result open_reconsideration(struct work *w, struct uuid claim, struct uuid *out) {
  struct reconsideration_row row;
  result r = store_reconsideration_open(w->tx, claim, &row);
  if (r == RESULT_OK) *out = row.id;
  return r == RESULT_NOT_FOUND ? RESULT_OK : r;
}

static result write_proposal(struct work *w, const struct case_file *c, const struct verdict *v, struct proposal_row *row) {
  *row = (struct proposal_row){
    .id = tx_new_id(w->tx), .claim_id = c->claim.id, .incident_id = c->incident.id, .rule_set_id = v->rules.id,
    .rule_set_sha256 = v->rules.sha256, .calendar_sha256 = v->calendar_sha256, .decision = v->decision,
    .decision_sha256 = v->decision_sha256, .trace_sha256 = v->trace_sha256,
  };
  TRY(open_reconsideration(w, c->claim.id, &row->reconsideration_id));
  row->snapshot_id = assess__keep(w, c, v);
  store_proposal_insert(w->tx, row);
  service__wrote_sha256(w, "proposal", row->id, row->decision_sha256);
  store_claim_move(w->tx, c->claim.id, c->claim.version, STR("proposed"));
  return RESULT_OK;
}

static result leave_event(struct work *w, const struct case_file *c, const struct verdict *v, const struct proposal_row *row) {
  struct members data = members_in(w->arena);
  members_add_uuid(&data, "proposal", row->id);
  members_add_sha256(&data, "snapshot_sha256", v->body_sha256);
  members_add_sha256(&data, "rules_sha256", row->rule_set_sha256);
  members_add_sha256(&data, "calendar_sha256", row->calendar_sha256);
  members_add_sha256(&data, "decision_sha256", row->decision_sha256);
  members_add_sha256(&data, "trace_sha256", row->trace_sha256);
  members_add_str(&data, "outcome", scheme_outcome_code(v->outcome));
  members_add_int(&data, "total_yen", v->total_yen);
  members_add_uuid(&data, "reconsideration", row->reconsideration_id);
  return service__event(w, &(struct event){ .type = "proposal.made", .subject = c->claim.id, .claim = c->claim.id,
                                            .claim_version = c->claim.version + 1, .data = members_object(&data) });
}

static result propose(struct work *w, const void *request) {
  const struct propose_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  struct case_file file;
  struct verdict verdict;
  struct proposal_row row;
  TRY(service__claim_lock(w, r->claim, &claim, &incident));
  TRY(service__expect_version(w, claim.version, r->version));
  TRY(service__expect_state(w, &claim, "in_review reconsideration"));
  TRY(assess__open(w, &claim, &incident, true, &file));
  TRY(assess__decide(w, &file, true, false, NULL, &verdict));
  TRY(assess__expect_proved(w, &file, &verdict));
  if (!assess__is_settled(&verdict)) return REFUSE(w, STR(""), "items_undetermined");
  TRY(write_proposal(w, &file, &verdict, &row));
  TRY(leave_event(w, &file, &verdict, &row));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", claim.id);
  members_add_id(&m, "proposal", "proposal", row.id);
  members_add_str(&m, "state", STR("proposed"));
  members_add_int(&m, "version", claim.version + 1);
  members_add_str(&m, "outcome", scheme_outcome_code(verdict.outcome));
  members_add_int(&m, "total_yen", verdict.total_yen);
  members_add(&m, "decision", verdict.document);
  members_add_sha256(&m, "decision_sha256", verdict.decision_sha256);
  members_add_sha256(&m, "trace_sha256", verdict.trace_sha256);
  return service__answer(w, 201, &m, claim.version + 1);
}

result claim_propose(struct service *s, const struct caller *c, struct arena *a, const struct propose_request *r,
                     struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "claim_propose", .roles = SERVICE_ADJUSTER, .body = propose };
  return service__run(s, c, a, &use_case, r, f, out);
}
