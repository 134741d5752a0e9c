/* rest: a claim whose claimant is silent rests, and wakes when anybody stirs. Neither is a word about what it is owed. */
#include "intake/intake.h"
#include "review/review.h"

static result wake(struct work *w, const void *request) {
  const struct wake_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  struct members nothing = members_in(w->arena), m = members_in(w->arena);
  TRY(intake__lock(w, r->claim, &claim, &incident));
  TRY(service__expect_version(w, claim.version, r->version));
  TRY(service__expect_state(w, &claim, "dormant"));
  store_claim_move(w->tx, claim.id, claim.version, STR("info_requested"));
  TRY(review__moved(w, &claim, "claim.woken", &nothing));
  return review__answer_claim(w, 200, &m, &claim, STR("info_requested"), claim.version + 1);
}

result claim_wake(struct service *s, const struct caller *c, struct arena *a, const struct wake_request *r, struct findings *f,
                  struct service_answer *out) {
  static const struct use_case use_case = {
    .name = "claim_wake", .roles = SERVICE_CLINIC | SERVICE_PROXY | SERVICE_ADJUSTER, .body = wake };
  return service__run(s, c, a, &use_case, r, f, out);
}
