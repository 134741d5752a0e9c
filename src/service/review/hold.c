/* hold: holding a claim back, and the persons who let it go on. How many a kind needs stands in the table of kinds. */
#include "review/review.h"

enum { HOLDERS = SERVICE_ADJUSTER | SERVICE_APPROVER | SERVICE_OWNER };

static result set(struct work *w, const void *request) {
  const struct hold_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  struct hold_row row = { .id = tx_new_id(w->tx), .claim_id = r->claim, .kind = r->kind };
  TRY(decide__expect_text(w, "/reason", r->reason));
  TRY(service__claim_lock(w, r->claim, &claim, &incident));
  TRY(service__seal(w, claim.id, "hold", "sealed_reason", row.id, r->reason, &row.sealed_reason));
  store_hold_insert(w->tx, &row);
  service__wrote(w, "hold", row.id, row.sealed_reason);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_str(&data, "kind", r->kind);
  TRY(service__event(w, &(struct event){ .type = "hold.set", .subject = row.id, .claim = claim.id,
                                         .data = members_object(&data) }));
  members_add_id(&m, "hold", "hold", row.id);
  members_add_str(&m, "kind", r->kind);
  return review__answer_claim(w, 201, &m, &claim, claim.state, claim.version);
}

result hold_set(struct service *s, const struct caller *c, struct arena *a, const struct hold_request *r, struct findings *f,
                struct service_answer *out) {
  static const struct use_case use_case = { .name = "hold_set", .roles = HOLDERS, .body = set };
  return service__run(s, c, a, &use_case, r, f, out);
}

static result lasts(struct work *w, const struct hold_row *hold, bool *out) {
  struct hold_row *rows;
  size_t count;
  TRY(store_hold_lasting(w->tx, hold->claim_id, &rows, &count));
  *out = false;
  for (size_t i = 0; i < count; i++) *out = *out || uuid_eq(rows[i].id, hold->id);
  return RESULT_OK;
}

static result release(struct work *w, const void *request) {
  const struct hold_release_request *r = request;
  struct hold_row hold;
  struct claim_row claim;
  struct incident_row incident;
  bool open, still;
  str sealed;
  TRY(decide__expect_text(w, "/reason", r->reason));
  FOUND(w, store_hold_by_id(w->tx, r->hold, &hold), STR(""), "not_found");
  TRY(service__claim_lock(w, hold.claim_id, &claim, &incident));
  TRY(lasts(w, &hold, &open));
  if (!open) return REFUSE(w, STR(""), "hold_released");
  TRY(service__seal(w, claim.id, "hold_release", "sealed_reason", hold.id, r->reason, &sealed));
  store_hold_release(w->tx, hold.id, claim.id, sealed);
  service__wrote(w, "hold_release", hold.id, sealed);
  TRY(lasts(w, &hold, &still));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_str(&data, "kind", hold.kind);
  members_add_bool(&data, "lasts", still);
  TRY(service__event(w, &(struct event){ .type = "hold.released", .subject = hold.id, .claim = claim.id,
                                         .data = members_object(&data) }));
  members_add_id(&m, "hold", "hold", hold.id);
  members_add_bool(&m, "lasts", still);
  return review__answer_claim(w, 200, &m, &claim, claim.state, claim.version);
}

result hold_release(struct service *s, const struct caller *c, struct arena *a, const struct hold_release_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "hold_release", .roles = HOLDERS, .body = release };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- a payee that was confirmed by a way which a stolen mailbox does not open */

static result confirm(struct work *w, const void *request) {
  const struct payee_confirm_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  struct payee_version_row payee;
  TRY(review__bound_text(w, "/note", r->note));
  TRY(service__claim_lock(w, r->claim, &claim, &incident));
  result found = store_payee_version_latest(w->tx, claim.id, &payee);
  if (found == RESULT_NOT_FOUND || (found == RESULT_OK && !uuid_eq(payee.id, r->payee_version)))
    return REFUSE(w, STR(""), "payee_moved");
  TRY(found);
  struct payee_confirmation_row row = { .id = tx_new_id(w->tx), .claim_id = claim.id, .payee_version_id = payee.id,
                                        .how = r->how };
  TRY(service__seal(w, claim.id, "payee_confirmation", "sealed_note", row.id, r->note, &row.sealed_note));
  store_payee_confirmation_insert(w->tx, &row);
  service__wrote(w, "payee_confirmation", row.id, row.sealed_note);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_str(&data, "how", r->how);
  TRY(service__event(w, &(struct event){ .type = "payee.confirmed", .subject = payee.id, .claim = claim.id,
                                         .data = members_object(&data) }));
  members_add_id(&m, "payee_version", "payee_version", payee.id);
  members_add_str(&m, "how", r->how);
  return review__answer_claim(w, 201, &m, &claim, claim.state, claim.version);
}

result payee_confirm(struct service *s, const struct caller *c, struct arena *a, const struct payee_confirm_request *r,
                     struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "payee_confirm", .roles = SERVICE_ADJUSTER | SERVICE_APPROVER,
                                            .body = confirm };
  return service__run(s, c, a, &use_case, r, f, out);
}
