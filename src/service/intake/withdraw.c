/* withdraw: taken back, while none of its money is on its way. */
#include "intake/withdraw.h"

#include "intake/intake.h"

static result cancel_lines(struct work *w, const struct claim_row *claim, struct json *cancelled) {
  struct entitlement_line_row *lines;
  size_t count, n = 0;
  *cancelled = json_of_array(NULL, 0);
  if (tx_realm(w->tx) != STORE_STAFF) return RESULT_OK; /* a line that is there is refused at the end */
  TRY(store_entitlement_lines(w->tx, claim->incident_id, &lines, &count));
  struct json *ids = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    if (str_eq(lines[i].state, STR("cancelled"))) continue;
    if (!str_eq(lines[i].state, STR("payable")) && !str_eq(lines[i].state, STR("held")))
      return REFUSE(w, STR(""), "withdrawn_unpaid");
    store_entitlement_cancel(w->tx, lines[i].id, claim->incident_id, lines[i].item, (struct uuid){ { 0 } });
    service__wrote(w, "entitlement_cancellation", lines[i].id, STR_NONE);
    ids[n++] = json_of_str(service__uuid_text(w->arena, lines[i].id));
  }
  *cancelled = json_of_array(ids, n);
  return RESULT_OK;
}

result intake__withdraw(struct work *w, const struct claim_row *claim, struct uuid merged_into, str reason) {
  struct claim_withdrawal_row row = { .claim_id = claim->id,
                                      .merged_into = merged_into,
                                      .cause = uuid_none(merged_into) ? STR("by_claimant") : STR("same_incident") };
  struct json cancelled;
  TRY(service__seal(w, claim->id, "claim_withdrawal", "sealed_reason", claim->id, reason, &row.sealed_reason));
  TRY(cancel_lines(w, claim, &cancelled));
  store_claim_withdrawal_insert(w->tx, &row);
  service__wrote(w, "claim_withdrawal", claim->id, row.sealed_reason);
  store_claim_move(w->tx, claim->id, claim->version, STR("withdrawn"));
  service__wrote(w, "claim", claim->id, STR_NONE);
  struct members data = members_in(w->arena);
  members_add_str(&data, "cause", row.cause);
  members_add_uuid(&data, "merged_into", merged_into);
  members_add(&data, "cancelled_lines", cancelled);
  return service__event(w, &(struct event){ .type = "claim.withdrawn",
                                            .subject = claim->id,
                                            .claim = claim->id,
                                            .claim_version = claim->version + 1,
                                            .data = members_object(&data) });
}

static result withdraw_body(struct work *w, const void *request) {
  const struct withdraw_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  TRY(intake__lock(w, r->claim, &claim, &incident));
  TRY(service__expect_version(w, claim.version, r->version));
  TRY(service__expect_state(w, &claim, "submitted in_review info_requested proposed"));
  if (r->reason.n > 0) TRY(intake__text(w, STR("/reason"), r->reason));
  TRY(intake__withdraw(w, &claim, (struct uuid){ { 0 } }, r->reason));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", r->claim);
  members_add_str(&m, "state", STR("withdrawn"));
  members_add_int(&m, "version", claim.version + 1);
  return service__answer(w, 200, &m, claim.version + 1);
}

static const struct use_case withdraw_case = { "claim_withdraw", INTAKE_ROLES, withdraw_body, false };

result claim_withdraw(struct service *s, const struct caller *c, struct arena *a, const struct withdraw_request *r,
                      struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &withdraw_case, r, f, out);
}
