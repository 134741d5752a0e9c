/* assign: who works on a claim. Taking the next one never waits and never clashes: rows that another request holds are
 * passed over. Who stepped away, or represents the claimant, gets it by no way: rules recused, represents_claimant. */
#include "core/people.h"
#include "review/review.h"

static result assigned(struct work *w, const struct claim_row *claim, struct uuid person, str state) {
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_uuid(&data, "to", person);
  members_add_uuid(&data, "from", claim->assigned_to);
  members_add_str(&data, "state", state);
  TRY(review__moved(w, claim, "claim.assigned", &data));
  members_add_str(&m, "number", claim->number);
  members_add_id(&m, "assigned_to", "person", person);
  return review__answer_claim(w, 200, &m, claim, state, claim->version + 1);
}

static result take_next(struct work *w, const void *request) {
  const struct take_next_request *r = request;
  str state = r->state.n > 0 ? r->state : STR("submitted");
  bool fits = str_eq(state, STR("submitted")) || str_eq(state, STR("in_review")) || str_eq(state, STR("reconsideration"));
  struct claim_row claim;
  if (!fits) return REFUSE(w, STR("/state"), "claim_state", state);
  FOUND(w, store_claim_take_next(w->tx, state, w->caller->person, &claim), STR(""), "nothing_to_take");
  if (str_eq(state, STR("submitted"))) state = STR("in_review");
  store_claim_take(w->tx, claim.id, claim.version, w->caller->person, state);
  return assigned(w, &claim, w->caller->person, state);
}

result claim_take_next(struct service *s, const struct caller *c, struct arena *a, const struct take_next_request *r,
                       struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "claim_take_next", .roles = SERVICE_ADJUSTER, .body = take_next };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- handing over */

static result expect_adjuster(struct work *w, struct uuid person) {
  static const str roles[] = { STR_INIT("adjuster") };
  bool holds = true;
  if (!uuid_none(person)) TRY(store_role_holds(w->tx, person, (struct strs){ roles, 1 }, &holds));
  return holds ? RESULT_OK : REFUSE(w, STR("/person"), "role_needed");
}

static result assign(struct work *w, const void *request) {
  const struct assign_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  TRY(service__claim_lock(w, r->claim, &claim, &incident));
  TRY(service__expect_version(w, claim.version, r->version));
  TRY(service__expect_state(w, &claim, "submitted in_review info_requested dormant proposed decided reconsideration"));
  TRY(expect_adjuster(w, r->person));
  bool taken = str_eq(claim.state, STR("submitted")) && !uuid_none(r->person);
  str state = taken ? STR("in_review") : claim.state;
  if (taken) store_claim_take(w->tx, claim.id, claim.version, r->person, state);
  else store_claim_assign(w->tx, claim.id, claim.version, r->person);
  return assigned(w, &claim, r->person, state);
}

result claim_assign(struct service *s, const struct caller *c, struct arena *a, const struct assign_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "claim_assign", .roles = SERVICE_ADJUSTER | SERVICE_APPROVER,
                                            .body = assign };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- to whom */

static result list_adjusters(struct work *w, const void *nothing) {
  (void)nothing;
  struct role_held_row *rows;
  struct names names;
  size_t count;
  TRY(store_role_holders(w->tx, STR("adjuster"), &rows, &count));
  struct uuid *people = ARENA_ARRAY(w->arena, struct uuid, count);
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) people[i] = rows[i].person_id;
  TRY(service__names(w, people, count, &names));
  for (size_t i = 0; i < count; i++) {
    struct members one = members_in(w->arena);
    members_add_id(&one, "person", "person", people[i]);
    members_add_str(&one, "name", service__name(&names, people[i]));
    items[i] = members_object(&one);
  }
  struct members m = members_in(w->arena);
  members_add(&m, "adjusters", json_of_array(items, count));
  return service__answer(w, 200, &m, 0);
}

result adjusters_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                      struct service_answer *out) {
  static const struct use_case use_case = { .name = "adjusters_list", .roles = SERVICE_ADJUSTER | SERVICE_APPROVER,
                                            .body = list_adjusters, .reads = true };
  return service__run(s, c, a, &use_case, nothing, f, out);
}

/* ---- stepping away */

static result recuse(struct work *w, const void *request) {
  const struct recuse_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  str sealed;
  TRY(review__bound_text(w, "/reason", r->reason));
  TRY(service__claim_lock(w, r->claim, &claim, &incident));
  TRY(service__seal(w, claim.id, "recusal", "sealed_reason", claim.id, r->reason, &sealed));
  store_recusal_insert(w->tx, claim.id, sealed);
  service__wrote(w, "recusal", claim.id, sealed);
  struct members nothing = members_in(w->arena), data = members_in(w->arena), m = members_in(w->arena);
  TRY(service__event(w, &(struct event){ .type = "claim.recused", .subject = claim.id, .claim = claim.id,
                                         .data = members_object(&nothing) }));
  if (!uuid_eq(claim.assigned_to, w->caller->person)) return review__answer_claim(w, 201, &m, &claim, claim.state, claim.version);
  store_claim_assign(w->tx, claim.id, claim.version, (struct uuid){ { 0 } });
  members_add_uuid(&data, "to", (struct uuid){ { 0 } });
  members_add_uuid(&data, "from", claim.assigned_to);
  members_add_str(&data, "state", claim.state);
  TRY(review__moved(w, &claim, "claim.assigned", &data));
  return review__answer_claim(w, 201, &m, &claim, claim.state, claim.version + 1);
}

result claim_recuse(struct service *s, const struct caller *c, struct arena *a, const struct recuse_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "claim_recuse", .roles = SERVICE_ADJUSTER | SERVICE_APPROVER,
                                            .body = recuse };
  return service__run(s, c, a, &use_case, r, f, out);
}
