/* resolve: two persons look at a suspicion, the adjuster first. Agreed on "same", the claim ends as the same incident and its
 * facts are offered to the other claim, whose claimant or adjuster takes over what is new by an amendment: nothing is
 * copied silently into a claim that somebody declared true. */
#include "core/facts.h"
#include "decide/decide.h"
#include "intake/withdraw.h"
#include "shienkin/service/review.h"

struct resolving {
  struct claim_row claim;
  struct incident_row incident;
  struct duplicate_suspicion_row suspicion;
  int64_t round;
  bool approver;                        /* the part that is due */
  str before;                           /* the adjuster's verdict in this round */
};

static result find_suspicion(struct work *w, const struct duplicate_resolve_request *r, struct resolving *s) {
  struct duplicate_suspicion_row *rows;
  size_t count;
  TRY(store_duplicate_suspicion_list(w->tx, r->claim, &rows, &count));
  for (size_t i = 0; i < count; i++)
    if (uuid_eq(rows[i].id, r->suspicion) && uuid_eq(rows[i].claim_id, r->claim)) {
      s->suspicion = rows[i];
      return rows[i].verdict.p ? REFUSE(w, STR(""), "duplicate_resolved") : RESULT_OK;
    }
  return REFUSE(w, STR(""), "not_found");
}

/* Rows come by round, then part: adjuster, approver. */
static result find_part(struct work *w, struct resolving *s) {
  struct duplicate_resolution_row *rows;
  size_t count;
  s->round = 1;
  TRY(store_duplicate_resolution_list(w->tx, s->suspicion.id, &rows, &count));
  for (size_t i = 0; i < count; i++) {
    bool spoken = str_eq(rows[i].part, STR("adjuster"));
    s->round = spoken ? rows[i].round : rows[i].round + 1;
    s->approver = spoken;
    s->before = rows[i].verdict;
  }
  return RESULT_OK;
}

/* ---- same */

static result offer(struct work *w, const struct resolving *s, struct json *out) {
  struct facts_version_row facts;
  TRY(store_facts_version_latest(w->tx, s->claim.id, &facts));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_uuid(&data, "from", s->claim.id);
  members_add_uuid(&data, "facts_version", facts.id);
  members_add_sha256(&data, "facts_sha256", facts.sha256);
  TRY(service__event(w, &(struct event){ .type = "facts.offered", .subject = s->suspicion.other_claim_id,
                                         .claim = s->suspicion.other_claim_id, .data = members_object(&data) }));
  members_add_id(&m, "claim", "claim", s->claim.id);
  members_add_id(&m, "facts_version", "facts_version", facts.id);
  *out = members_object(&m);
  return RESULT_OK;
}

static result merge(struct work *w, const struct resolving *s, str reason, struct json *offered) {
  TRY(service__expect_state(w, &s->claim, "submitted in_review info_requested proposed"));
  TRY(intake__withdraw(w, &s->claim, s->suspicion.other_claim_id, reason));
  return offer(w, s, offered);
}

/* ---- the use case */

static result write_part(struct work *w, const struct duplicate_resolve_request *r, const struct resolving *s, bool settled) {
  struct duplicate_resolution_row row = {
    .id = tx_new_id(w->tx), .suspicion_id = s->suspicion.id, .claim_id = s->claim.id, .round = s->round,
    .part = s->approver ? STR("approver") : STR("adjuster"), .verdict = r->same ? STR("same") : STR("distinct") };
  TRY(service__seal(w, s->claim.id, "duplicate_resolution", "sealed_reason", row.id, r->reason, &row.sealed_reason));
  store_duplicate_resolution_insert(w->tx, &row);
  service__wrote(w, "duplicate_resolution", row.id, row.sealed_reason);
  struct members data = members_in(w->arena);
  members_add_int(&data, "round", row.round);
  members_add_str(&data, "part", row.part);
  members_add_str(&data, "verdict", row.verdict);
  members_add_bool(&data, "settled", settled);
  return service__event(w, &(struct event){ .type = "duplicate.judged", .subject = s->suspicion.id, .claim = s->claim.id,
                                            .data = members_object(&data) });
}

static result resolve(struct work *w, const void *request) {
  const struct duplicate_resolve_request *r = request;
  struct resolving s = { .round = 1 };
  struct json offered = json_of_null();
  TRY(decide__expect_text(w, "/reason", r->reason));
  TRY(service__claim_lock(w, r->claim, &s.claim, &s.incident));
  TRY(find_suspicion(w, r, &s));
  TRY(find_part(w, &s));
  if (!(w->caller->roles & (s.approver ? SERVICE_APPROVER : SERVICE_ADJUSTER)))
    return REFUSE(w, STR(""), s.approver ? "role_needed" : "duplicate_resolution_order");
  bool settled = s.approver && str_eq(s.before, r->same ? STR("same") : STR("distinct"));
  TRY(write_part(w, r, &s, settled));
  bool ends = settled && r->same;
  if (ends) TRY(merge(w, &s, r->reason, &offered));
  struct members m = members_in(w->arena);
  members_add_id(&m, "suspicion", "duplicate_suspicion", s.suspicion.id);
  members_add_int(&m, "round", s.round);
  members_add_str(&m, "part", s.approver ? STR("approver") : STR("adjuster"));
  members_add_str(&m, "verdict", r->same ? STR("same") : STR("distinct"));
  members_add_bool(&m, "settled", settled);
  members_add_id(&m, "claim", "claim", s.claim.id);
  members_add_str(&m, "state", ends ? STR("withdrawn") : s.claim.state);
  members_add_id(&m, "other", "claim", s.suspicion.other_claim_id);
  members_add(&m, "offered", offered);
  return service__answer(w, 201, &m, s.claim.version + ends);
}

result duplicate_resolve(struct service *s, const struct caller *c, struct arena *a, const struct duplicate_resolve_request *r,
                         struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "duplicate_resolve", .roles = SERVICE_ADJUSTER | SERVICE_APPROVER,
                                            .body = resolve };
  return service__run(s, c, a, &use_case, r, f, out);
}
