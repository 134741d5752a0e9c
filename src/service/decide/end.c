/* end: a proposal that is not approved: returned by an approver with a reason, or taken back by who made it. Either way the
 * claim is in review again, and nothing was decided. */
#include "decide/decide.h"

#include "shienkin/service/intake.h"

result decide__expect_text(struct work *w, const char *pointer, str text) {
  if (str_trim(text).n == 0) return REFUSE(w, str_of(pointer), "text_needed");
  if (utf8_count(text) > TEXT_MOST_CHARACTERS)
    return REFUSE(w, str_of(pointer), "text_too_long", str_format(w->arena, "%d", TEXT_MOST_CHARACTERS));
  return RESULT_OK;
}

static result ended(struct work *w, const struct claim_row *claim, const struct proposal_row *p, const char *event) {
  store_claim_move(w->tx, claim->id, claim->version, STR("in_review"));
  struct members data = members_in(w->arena);
  members_add_uuid(&data, "proposal", p->id);
  TRY(service__event(w, &(struct event){ .type = event, .subject = claim->id, .claim = claim->id,
                                         .claim_version = claim->version + 1, .data = members_object(&data) }));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", claim->id);
  members_add_id(&m, "proposal", "proposal", p->id);
  members_add_str(&m, "state", STR("in_review"));
  members_add_int(&m, "version", claim->version + 1);
  return service__answer(w, 200, &m, claim->version + 1);
}

static result give_back(struct work *w, const void *request) {
  const struct return_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  struct proposal_row proposal;
  str sealed;
  TRY(decide__expect_text(w, "/reason", r->reason));
  TRY(decide__lock_proposed(w, r->claim, r->version, r->proposal, &claim, &incident, &proposal));
  TRY(service__seal(w, claim.id, "proposal_outcome", "sealed_reason", proposal.id, r->reason, &sealed));
  store_proposal_return(w->tx, proposal.id, claim.id, sealed);
  service__wrote(w, "proposal_outcome", proposal.id, sealed);
  return ended(w, &claim, &proposal, "proposal.returned");
}

result proposal_return(struct service *s, const struct caller *c, struct arena *a, const struct return_request *r,
                       struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "proposal_return", .roles = SERVICE_APPROVER, .body = give_back };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* The row of its outcome is written by the database with the claim's move (void). */
static result take_back(struct work *w, const void *request) {
  const struct take_back_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  struct proposal_row proposal;
  TRY(decide__lock_proposed(w, r->claim, r->version, r->proposal, &claim, &incident, &proposal));
  if (!uuid_eq(proposal.by.person, w->caller->person)) return REFUSE(w, STR(""), "proposal_not_yours");
  return ended(w, &claim, &proposal, "proposal.withdrawn");
}

result proposal_withdraw(struct service *s, const struct caller *c, struct arena *a, const struct take_back_request *r,
                         struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "proposal_withdraw", .roles = SERVICE_ADJUSTER, .body = take_back };
  return service__run(s, c, a, &use_case, r, f, out);
}
