/* finding: a change of the roster that touches a decision. The decision stands whatever is said here; accepted, the claim
 * is looked at again, and only another decision changes what is owed. */
#include "review/review.h"

struct settling {
  struct claim_row claim;
  struct incident_row incident;
  struct roster_finding_row finding;
  size_t others;                        /* findings of the claim that stay open */
};

static result find_open(struct work *w, const struct finding_settle_request *r, struct settling *s) {
  struct roster_finding_row *open;
  size_t count;
  bool found = false;
  TRY(store_roster_finding_open(w->tx, s->claim.id, &open, &count));
  for (size_t i = 0; i < count; i++) {
    if (!uuid_eq(open[i].id, r->finding)) continue;
    s->finding = open[i];
    found = true;
  }
  s->others = count - found;
  return found ? RESULT_OK : REFUSE(w, STR(""), "finding_settled");
}

/* The hold was for the findings; with the last of them settled, so is it. */
static result release_holds(struct work *w, const struct settling *s, str reason) {
  struct hold_row *holds;
  size_t count;
  if (s->others > 0) return RESULT_OK;
  TRY(store_hold_lasting(w->tx, s->claim.id, &holds, &count));
  for (size_t i = 0; i < count; i++) {
    str sealed;
    if (!str_eq(holds[i].kind, STR("roster_finding"))) continue;
    TRY(service__seal(w, s->claim.id, "hold_release", "sealed_reason", holds[i].id, reason, &sealed));
    store_hold_release(w->tx, holds[i].id, s->claim.id, sealed);
    service__wrote(w, "hold_release", holds[i].id, sealed);
    struct members data = members_in(w->arena);
    members_add_str(&data, "kind", holds[i].kind);
    members_add_bool(&data, "lasts", false);
    TRY(service__event(w, &(struct event){ .type = "hold.released", .subject = holds[i].id, .claim = s->claim.id,
                                           .data = members_object(&data) }));
  }
  return RESULT_OK;
}

static result reopen(struct work *w, const struct settling *s) {
  struct members data = members_in(w->arena);
  store_claim_move(w->tx, s->claim.id, s->claim.version, STR("in_review"));
  members_add_uuid(&data, "finding", s->finding.id);
  return review__moved(w, &s->claim, "claim.reopened", &data);
}

static result settle(struct work *w, const void *request) {
  const struct finding_settle_request *r = request;
  struct settling s = { .others = 0 };
  str sealed, verdict = r->accepted ? STR("accepted") : STR("dismissed");
  TRY(decide__expect_text(w, "/reason", r->reason));
  TRY(service__claim_lock(w, r->claim, &s.claim, &s.incident));
  TRY(service__expect_version(w, s.claim.version, r->version));
  TRY(find_open(w, r, &s));
  TRY(service__seal(w, s.claim.id, "roster_finding_outcome", "sealed_reason", s.finding.id, r->reason, &sealed));
  store_roster_finding_settle(w->tx, s.finding.id, s.claim.id, verdict, sealed);
  service__wrote(w, "roster_finding_outcome", s.finding.id, sealed);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_str(&data, "key", s.finding.key);
  members_add_str(&data, "verdict", verdict);
  TRY(service__event(w, &(struct event){ .type = "roster_finding.settled", .subject = s.finding.id, .claim = s.claim.id,
                                         .data = members_object(&data) }));
  TRY(release_holds(w, &s, r->reason));
  /* A claim that is in review already sees the roster of now at its next proposal. */
  bool moves = r->accepted && str_eq(s.claim.state, STR("decided"));
  if (moves) TRY(reopen(w, &s));
  members_add_id(&m, "finding", "roster_finding", s.finding.id);
  members_add_str(&m, "verdict", verdict);
  return review__answer_claim(w, 200, &m, &s.claim, moves ? STR("in_review") : s.claim.state, s.claim.version + moves);
}

result roster_finding_settle(struct service *s, const struct caller *c, struct arena *a, const struct finding_settle_request *r,
                             struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "roster_finding_settle", .roles = SERVICE_ADJUSTER, .body = settle };
  return service__run(s, c, a, &use_case, r, f, out);
}
