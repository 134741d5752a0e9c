/* reconsider: a claimant asks that other people look again. Who they are is held by the database, over persons of immutable
 * rows; each decision is looked at again at most once. */
#include "decide/decide.h"
#include "intake/intake.h"

static result moved(struct work *w, const struct claim_row *claim, const struct reconsideration_row *row, const char *event,
                    str state, int status) {
  store_claim_move(w->tx, claim->id, claim->version, state);
  struct members data = members_in(w->arena);
  members_add_uuid(&data, "reconsideration", row->id);
  members_add_uuid(&data, "decision", row->decision_id);
  TRY(service__event(w, &(struct event){ .type = event, .subject = claim->id, .claim = claim->id,
                                         .claim_version = claim->version + 1, .data = members_object(&data) }));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", claim->id);
  members_add_id(&m, "reconsideration", "reconsideration", row->id);
  members_add_id(&m, "decision", "decision", row->decision_id);
  members_add_str(&m, "state", state);
  members_add_int(&m, "version", claim->version + 1);
  return service__answer(w, status, &m, claim->version + 1);
}

static result ask(struct work *w, const void *request) {
  const struct reconsider_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  struct decision_row decision;
  TRY(decide__expect_text(w, "/grounds", r->grounds));
  TRY(intake__lock(w, r->claim, &claim, &incident));
  TRY(service__expect_version(w, claim.version, r->version));
  TRY(service__expect_state(w, &claim, "decided"));
  TRY(store_decision_latest(w->tx, incident.id, &decision));
  struct reconsideration_row row = { .id = tx_new_id(w->tx), .claim_id = claim.id, .decision_id = decision.id };
  TRY(service__seal(w, claim.id, "reconsideration", "sealed_grounds", row.id, r->grounds, &row.sealed_grounds));
  store_reconsideration_insert(w->tx, &row);
  service__wrote(w, "reconsideration", row.id, row.sealed_grounds);
  return moved(w, &claim, &row, "reconsideration.asked", STR("reconsideration"), 201);
}

enum { CLAIMANTS = SERVICE_CLINIC | SERVICE_PROXY | SERVICE_ADJUSTER | SERVICE_APPROVER };

result reconsideration_ask(struct service *s, const struct caller *c, struct arena *a, const struct reconsider_request *r,
                           struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "reconsideration_ask", .roles = CLAIMANTS, .body = ask };
  return service__run(s, c, a, &use_case, r, f, out);
}

static result take_back(struct work *w, const void *request) {
  const struct reconsider_withdraw_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  struct reconsideration_row row;
  TRY(intake__lock(w, r->claim, &claim, &incident));
  TRY(service__expect_version(w, claim.version, r->version));
  TRY(service__expect_state(w, &claim, "reconsideration"));
  /* In this state the claim's last one is the open one: what is answered or taken back has left it. */
  TRY(store_reconsideration_latest(w->tx, claim.id, &row));
  store_reconsideration_withdraw(w->tx, row.id, claim.id);
  service__wrote(w, "reconsideration_withdrawal", row.id, STR_NONE);
  return moved(w, &claim, &row, "reconsideration.withdrawn", STR("decided"), 200);
}

result reconsideration_withdraw(struct service *s, const struct caller *c, struct arena *a,
                                const struct reconsider_withdraw_request *r, struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "reconsideration_withdraw", .roles = CLAIMANTS, .body = take_back };
  return service__run(s, c, a, &use_case, r, f, out);
}
