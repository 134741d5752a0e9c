/* take_over: the facts of a merged claim become this claim's next version, word for word as its claimant declared them. An
 * adjuster's step of its own after the merger, since somebody has to see which of the two says more. */
#include "core/facts.h"
#include "shienkin/service/review.h"

struct taking {
  struct claim_row claim;
  struct incident_row incident;
  struct facts_version_row from, before, after;
  struct json document;
  day occurred_on;
  struct roster_on_day roster;
  bool held;
};

static result expect_merged(struct work *w, struct uuid from, struct uuid into) {
  struct claim_withdrawal_row row;
  result r = store_claim_withdrawal_of(w->tx, from, &row);
  if (r == RESULT_NOT_FOUND || (r == RESULT_OK && !uuid_eq(row.merged_into, into))) return REFUSE(w, STR("/from"), "not_found");
  return r;
}

/* What was sealed under the merged claim's key is sealed anew under this one's. */
static result reseal(struct work *w, struct taking *t) {
  str plain;
  TRY(service__unseal(w, t->from.claim_id, "facts_version", "sealed_private", t->from.id, t->from.sealed_private, &plain));
  return service__seal(w, t->claim.id, "facts_version", "sealed_private", t->after.id, plain, &t->after.sealed_private);
}

static result write_facts(struct work *w, struct taking *t) {
  t->after = (struct facts_version_row){
    .id = tx_new_id(w->tx), .claim_id = t->claim.id, .version = t->before.version + 1, .source = STR("merged"),
    .declaration_id = t->from.declaration_id, .occurred_on = t->occurred_on, .rule_facts = t->from.rule_facts,
    .sha256 = t->from.sha256 };
  TRY(reseal(w, t));
  store_facts_version_insert(w->tx, &t->after);
  service__wrote_sha256(w, "facts_version", t->after.id, t->after.sha256);
  return RESULT_OK;
}

/* As an amendment's: day and member of the incident follow the facts, and what the roster does not know is held. */
static void move_incident(struct work *w, struct taking *t) {
  struct uuid none = { { 0 } }, member = t->roster.member_known ? t->roster.member.member_id : none;
  if (t->occurred_on == t->incident.occurred_on) return;
  store_incident_move(w->tx, t->incident.id, t->incident.version, member, t->occurred_on);
  service__wrote(w, "incident", t->incident.id, STR_NONE);
  t->held = !t->roster.complete;
  if (!t->held) return;
  struct hold_row hold = { .id = tx_new_id(w->tx), .claim_id = t->claim.id, .kind = STR("member_unresolved"),
                           .sealed_reason = STR_NONE };
  store_hold_insert(w->tx, &hold);
  service__wrote(w, "hold", hold.id, STR_NONE);
}

static result leave_event(struct work *w, const struct taking *t, struct json changed, str state) {
  struct declaration_text_row declared;
  const struct json hold = json_of_str(STR("member_unresolved"));
  struct members data = members_in(w->arena);
  TRY(store_declaration_text_by_id(w->tx, t->after.declaration_id, &declared));
  members_add_int(&data, "facts_version", t->after.version);
  members_add_sha256(&data, "facts_sha256", t->after.sha256);
  members_add_str(&data, "declaration", declared.version);
  members_add(&data, "changed", changed);
  members_add_str(&data, "from", t->claim.state);
  members_add_str(&data, "to", state);
  members_add(&data, "holds", json_of_array(&hold, t->held ? 1 : 0));
  return service__event(w, &(struct event){ .type = "claim.amended", .subject = t->claim.id, .claim = t->claim.id,
                                            .claim_version = t->claim.version + 1, .data = members_object(&data) });
}

static result take_over(struct work *w, const void *request) {
  const struct offer_take_request *r = request;
  struct taking t = { .held = false };
  struct json before;
  TRY(service__claim_lock(w, r->claim, &t.claim, &t.incident));
  TRY(service__expect_version(w, t.claim.version, r->version));
  TRY(service__expect_state(w, &t.claim, "submitted in_review info_requested proposed decided"));
  TRY(expect_merged(w, r->from, t.claim.id));
  TRY(store_facts_version_latest(w->tx, r->from, &t.from));
  TRY(store_facts_version_latest(w->tx, t.claim.id, &t.before));
  TRY(service__facts_read(w, t.from.rule_facts, &t.document));
  TRY(service__facts_read(w, t.before.rule_facts, &before));
  struct json changed = service__facts_changed(w->arena, &before, &t.document);
  if (changed.count == 0) return REFUSE(w, STR(""), "nothing_changed");
  result valid = service__facts_validate(w, &t.document, t.claim.facility_id, STR("/facts"), &t.occurred_on, &t.roster);
  if (valid == RESULT_REFUSED) return service__refused(w);
  TRY(valid);
  TRY(write_facts(w, &t));
  move_incident(w, &t);
  bool reopens = str_eq(t.claim.state, STR("proposed")) || str_eq(t.claim.state, STR("decided"));
  str state = reopens ? STR("in_review") : t.claim.state;
  store_claim_move(w->tx, t.claim.id, t.claim.version, state);
  TRY(leave_event(w, &t, changed, state));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", t.claim.id);
  members_add_str(&m, "state", state);
  members_add_int(&m, "version", t.claim.version + 1);
  members_add_int(&m, "facts_version", t.after.version);
  members_add(&m, "changed", changed);
  return service__answer(w, 200, &m, t.claim.version + 1);
}

result offer_take(struct service *s, const struct caller *c, struct arena *a, const struct offer_take_request *r,
                  struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "offer_take", .roles = SERVICE_ADJUSTER, .body = take_over };
  return service__run(s, c, a, &use_case, r, f, out);
}
