/* amend: the facts again, whole and declared anew. What is waiting for approval is void by it; what is decided goes back
 * to review; checks bind to values, so those of untouched facts stand. */
#include "intake/intake.h"

struct amended {
  struct claim_row claim;
  struct incident_row incident;
  struct facts_version_row before, after;
  struct declaration_text_row declared;
  struct roster_on_day roster;
  day occurred_on;
  struct json changed; /* keys */
  bool held;
};

/* ---- what changed */

static struct json joined(struct arena *a, const struct json *x, const struct json *y) {
  struct json *items = ARENA_ARRAY(a, struct json, x->count + y->count);
  if (x->count > 0) memcpy(items, x->as.items, x->count * sizeof *items);
  if (y->count > 0) memcpy(items + x->count, y->as.items, y->count * sizeof *items);
  return json_of_array(items, x->count + y->count);
}

static result compare(struct work *w, const struct json *document, struct amended *m) {
  struct json asserted, hidden;
  TRY(service__facts_read(w, m->before.rule_facts, &asserted));
  TRY(service__unseal_json(w, m->claim.id, "facts_version", "sealed_private", m->before.id, m->before.sealed_private,
                           &hidden));
  struct json asserted_now = service__facts_asserted(w->arena, document),
              hidden_now = service__facts_private(w->arena, document);
  struct json facts = service__facts_changed(w->arena, &asserted, &asserted_now);
  struct json words = service__facts_changed(w->arena, &hidden, &hidden_now);
  m->changed = joined(w->arena, &facts, &words);
  return m->changed.count > 0 ? RESULT_OK : REFUSE(w, STR(""), "nothing_changed");
}

/* ---- writing */

/* The incident's day and member follow the facts; a new day that the roster does not know is held. */
static void move_incident(struct work *w, struct amended *m) {
  struct uuid member = m->roster.member_known ? m->roster.member.member_id : m->incident.member_id;
  bool day_moved = m->occurred_on != m->incident.occurred_on;
  m->held = day_moved && !m->roster.complete;
  if (m->held) intake__hold(w, m->claim.id, "member_unresolved");
  if (!day_moved && uuid_eq(member, m->incident.member_id)) return;
  if (day_moved && !m->roster.member_known) member = (struct uuid){ { 0 } };
  store_incident_move(w->tx, m->incident.id, m->incident.version, member, m->occurred_on);
  service__wrote(w, "incident", m->incident.id, STR_NONE);
}

static str state_after(str state) {
  bool reopens = str_eq(state, STR("proposed")) || str_eq(state, STR("decided"));
  return reopens ? STR("in_review") : state;
}

static result write_event(struct work *w, const struct amended *m, str state) {
  struct json hold = json_of_str(STR("member_unresolved"));
  struct members data = members_in(w->arena);
  members_add_int(&data, "facts_version", m->after.version);
  members_add_sha256(&data, "facts_sha256", m->after.sha256);
  members_add_str(&data, "declaration", m->declared.version);
  members_add(&data, "changed", m->changed);
  members_add_str(&data, "from", m->claim.state);
  members_add_str(&data, "to", state);
  members_add(&data, "holds", json_of_array(&hold, m->held ? 1 : 0));
  return service__event(w, &(struct event){ .type = "claim.amended",
                                            .subject = m->claim.id,
                                            .claim = m->claim.id,
                                            .claim_version = m->claim.version + 1,
                                            .data = members_object(&data) });
}

static result answer(struct work *w, const struct amended *m, str state) {
  struct members out = members_in(w->arena);
  members_add_id(&out, "claim", "claim", m->claim.id);
  members_add_str(&out, "state", state);
  members_add_int(&out, "version", m->claim.version + 1);
  members_add_int(&out, "facts_version", m->after.version);
  members_add(&out, "changed", m->changed);
  return service__answer(w, 200, &out, m->claim.version + 1);
}

static result amend_body(struct work *w, const void *request) {
  const struct amend_request *r = request;
  struct amended m = { .held = false };
  struct declaration_asked declared;
  intake__ask_declared(w, &declared);
  TRY(intake__lock(w, r->claim, &m.claim, &m.incident));
  TRY(service__expect_version(w, m.claim.version, r->version));
  TRY(service__expect_state(w, &m.claim, "submitted in_review info_requested proposed decided"));
  TRY(intake__channel(w, r->channel));
  TRY(intake__declared(w, &r->declaration, &declared, &m.declared));
  if (!r->facts) return REFUSE(w, STR("/facts"), "facts_required");
  result valid = service__facts_validate(w, r->facts, m.claim.facility_id, STR("/facts"), &m.occurred_on, &m.roster);
  if (valid == RESULT_REFUSED) return service__refused(w);
  TRY(valid);
  TRY(store_facts_version_latest(w->tx, r->claim, &m.before));
  TRY(compare(w, r->facts, &m));

  TRY(intake__write_facts(w, r->claim, m.before.version + 1, intake__source(r->channel), &m.declared, r->facts,
                          m.occurred_on, &m.after));
  move_incident(w, &m);
  str state = state_after(m.claim.state);
  store_claim_move(w->tx, r->claim, m.claim.version, state);
  service__wrote(w, "claim", r->claim, STR_NONE);
  TRY(write_event(w, &m, state));
  return answer(w, &m, state);
}

static const struct use_case amend_case = { "claim_amend", INTAKE_ROLES, amend_body, false };

result claim_amend(struct service *s, const struct caller *c, struct arena *a, const struct amend_request *r,
                   struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &amend_case, r, f, out);
}

/* ---- the payee */

static result payee_before(struct work *w, struct uuid claim, struct payee_version_row *last, struct json *document) {
  *last = (struct payee_version_row){ .version = 0 };
  *document = json_of_null();
  result r = store_payee_version_latest(w->tx, claim, last);
  if (r == RESULT_NOT_FOUND) return RESULT_OK;
  TRY(r);
  return service__unseal_json(w, claim, "payee_version", "sealed_body", last->id, last->sealed_body, document);
}

static struct json names_json(struct arena *a, const char *const *names, size_t count) {
  struct json *items = ARENA_ARRAY(a, struct json, count);
  for (size_t i = 0; i < count; i++) items[i] = json_of_str(str_of(names[i]));
  return json_of_array(items, count);
}

static result payee_body(struct work *w, const void *request) {
  const struct payee_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  struct payee_version_row last;
  struct payee payee;
  struct roster_on_day roster;
  struct json before;
  TRY(intake__lock(w, r->claim, &claim, &incident));
  TRY(service__expect_state(w, &claim, "submitted in_review info_requested dormant proposed decided reconsideration"));
  TRY(payee_before(w, r->claim, &last, &before));
  TRY(service__expect_version(w, last.version, r->version));
  result valid = payee__read(w, r->payee, STR(""), &payee);
  if (valid == RESULT_REFUSED) return service__refused(w);
  TRY(valid);
  if (payee__is(&before, &payee)) return REFUSE(w, STR(""), "nothing_changed");
  TRY(roster__on_day(w, claim.facility_id, incident.occurred_on, tx_at(w->tx), &roster));
  str match = payee__roster_match(w->arena, &payee, &roster);
  TRY(intake__write_payee(w, r->claim, last.version + 1, &payee, match));

  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", r->claim);
  members_add_int(&m, "version", last.version + 1);
  members_add_str(&m, "holder_name", payee.holder_name);
  members_add(&m, "changes", names_json(w->arena, payee.changes, payee.change_count));
  members_add(&m, "warnings", payee__warnings(w->arena, &payee));
  return service__answer(w, 200, &m, last.version + 1);
}

static const struct use_case payee_case = { "payee_change", INTAKE_ROLES, payee_body, false };

result payee_change(struct service *s, const struct caller *c, struct arena *a, const struct payee_request *r,
                    struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &payee_case, r, f, out);
}
