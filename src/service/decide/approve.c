/* approve: another person says yes to exactly what was proposed. The decision is computed again from the facts, the roster
 * and the rules as they are now; one byte of difference, and nothing is approved. One transaction: decision, trace, state,
 * lines, events. */
#include "decide/decide.h"

result decide__lock_proposed(struct work *w, struct uuid claim_id, int64_t version, struct uuid proposal_id,
                             struct claim_row *claim, struct incident_row *incident, struct proposal_row *proposal) {
  TRY(service__claim_lock(w, claim_id, claim, incident));
  TRY(service__expect_version(w, claim->version, version));
  TRY(service__expect_state(w, claim, "proposed"));
  result r = store_proposal_open(w->tx, claim_id, proposal);
  if (r == RESULT_NOT_FOUND || (r == RESULT_OK && !uuid_eq(proposal->id, proposal_id)))
    return REFUSE(w, STR(""), "proposal_stale");
  return r;
}

/* ---- the difference, place by place */

static str shown(struct work *w, const struct json *j) {
  return j ? json_dump(w->arena, j) : STR("—");
}

static void differ(struct work *w, str pointer, const struct json *was, const struct json *now) {
  if (was && now && json_same(was, now)) return;
  if (!was || !now || was->kind != JSON_KIND_OBJECT || now->kind != JSON_KIND_OBJECT) {
    FIND(w, pointer, "decision_difference", shown(w, was), shown(w, now));
    return;
  }
  for (uint32_t i = 0; i < was->count; i++)
    differ(w, pointer_member(w->arena, pointer, was->as.members[i].name), &was->as.members[i].value,
           json_get(now, was->as.members[i].name));
  for (uint32_t i = 0; i < now->count; i++)
    if (!json_get(was, now->as.members[i].name))
      differ(w, pointer_member(w->arena, pointer, now->as.members[i].name), NULL, &now->as.members[i].value);
}

static result expect_same(struct work *w, const struct proposal_row *p, const struct verdict *v) {
  bool same = str_eq(p->decision, v->decision) && memcmp(&p->trace_sha256, &v->trace_sha256, sizeof v->trace_sha256) == 0;
  struct json was;
  if (same) return RESULT_OK;
  TRY(service__facts_read(w, p->decision, &was));
  differ(w, STR(""), &was, &v->document);
  return REFUSE(w, STR(""), "decision_differs");
}

/* ---- writing */

static result write_decision(struct work *w, const struct proposal_row *p, const struct verdict *v, struct decision_row *row) {
  struct decision_row before;
  result r = store_decision_latest(w->tx, p->incident_id, &before);
  if (r != RESULT_OK && r != RESULT_NOT_FOUND) return r;
  *row = (struct decision_row){
    .id = tx_new_id(w->tx), .claim_id = p->claim_id, .incident_id = p->incident_id,
    .number = r == RESULT_OK ? before.number + 1 : 1, .proposal_id = p->id, .snapshot_id = p->snapshot_id,
    .rule_set_id = p->rule_set_id, .body = v->decision, .sha256 = v->decision_sha256, .trace = v->trace,
    .trace_sha256 = v->trace_sha256, .outcome = scheme_outcome_code(v->outcome), .total_yen = { v->total_yen },
  };
  store_proposal_approve(w->tx, p->id, p->claim_id, v->decision_sha256);
  service__wrote_sha256(w, "proposal_outcome", p->id, v->decision_sha256);
  store_decision_insert(w->tx, row);
  service__wrote_sha256(w, "decision", row->id, row->sha256);
  return RESULT_OK;
}

/* Day and member of the incident follow what was established. */
static void move_incident(struct work *w, const struct case_file *c, const struct verdict *v) {
  struct uuid member = c->roster.member_known ? c->roster.member.member_id : c->incident.member_id;
  if (v->facts.incident.occurred_on == c->incident.occurred_on && uuid_eq(member, c->incident.member_id)) return;
  store_incident_move(w->tx, c->incident.id, c->incident.version, member, v->facts.incident.occurred_on);
  service__wrote(w, "incident", c->incident.id, STR_NONE);
}

/* ---- telling */

static struct json uuids_json(struct work *w, const struct uuid *ids, size_t count) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  size_t n = 0;
  for (size_t i = 0; i < count; i++)
    if (!uuid_none(ids[i])) items[n++] = json_of_str(service__uuid_text(w->arena, ids[i]));
  return json_of_array(items, n);
}

static struct json outside_json(struct work *w, const char *table, struct uuids ids) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, ids.count);
  for (size_t i = 0; i < ids.count; i++) items[i] = json_of_str(uuid_outside(w->arena, service_prefix(table), ids.items[i]));
  return json_of_array(items, ids.count);
}

static struct json money_json(struct work *w, const char *name, const char *table, const struct uuid *ids,
                              const int64_t *amounts_yen) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, ITEM_COUNT);
  size_t n = 0;
  for (int i = 0; i < ITEM_COUNT; i++) {
    if (uuid_none(ids[i])) continue;
    struct members m = members_in(w->arena);
    members_add_id(&m, name, table, ids[i]);
    members_add_str(&m, "item", scheme_item_code((enum item)i));
    members_add_int(&m, "amount_yen", amounts_yen[i]);
    items[n++] = members_object(&m);
  }
  return json_of_array(items, n);
}

static result leave_event(struct work *w, const struct claim_row *claim, const struct decision_row *d, const struct entitled *e) {
  struct members data = members_in(w->arena);
  members_add_uuid(&data, "proposal", d->proposal_id);
  members_add_uuid(&data, "decision", d->id);
  members_add_int(&data, "number", d->number);
  members_add_sha256(&data, "decision_sha256", d->sha256);
  members_add_str(&data, "outcome", d->outcome);
  members_add_int(&data, "total_yen", d->total_yen.amount);
  members_add(&data, "lines", uuids_json(w, e->lines, ITEM_COUNT));
  members_add(&data, "cancelled_lines", uuids_json(w, e->cancelled_lines.items, e->cancelled_lines.count));
  members_add(&data, "recoveries", uuids_json(w, e->recoveries, ITEM_COUNT));
  members_add(&data, "cancelled_recoveries", uuids_json(w, e->cancelled_recoveries.items, e->cancelled_recoveries.count));
  return service__event(w, &(struct event){ .type = "proposal.approved", .subject = claim->id, .claim = claim->id,
                                            .claim_version = claim->version + 1, .data = members_object(&data) });
}

static result answer(struct work *w, const struct claim_row *claim, const struct decision_row *d, const struct entitled *e) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", claim->id);
  members_add_id(&m, "decision", "decision", d->id);
  members_add_int(&m, "number", d->number);
  members_add_str(&m, "state", STR("decided"));
  members_add_int(&m, "version", claim->version + 1);
  members_add_str(&m, "outcome", d->outcome);
  members_add_int(&m, "total_yen", d->total_yen.amount);
  members_add(&m, "lines", money_json(w, "line", "entitlement_line", e->lines, e->line_yen));
  members_add(&m, "cancelled_lines", outside_json(w, "entitlement_line", e->cancelled_lines));
  members_add(&m, "recoveries", money_json(w, "recovery", "recovery", e->recoveries, e->recovery_yen));
  members_add(&m, "cancelled_recoveries", outside_json(w, "recovery", e->cancelled_recoveries));
  return service__answer(w, 201, &m, claim->version + 1);
}

/* ---- the use case */

/* The rule that would refuse this person is told before any difference: it is nobody else's business. */
static result expect_other_person(struct work *w, const struct proposal_row *p) {
  str refused;
  TRY(store_proposal_refusal(w->tx, p->id, w->caller->person, &refused));
  return refused.p ? service__refuse(w, STR(""), str_z(w->arena, refused), 0, NULL) : RESULT_OK;
}

static result approve(struct work *w, const void *request) {
  const struct approve_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  struct proposal_row proposal;
  struct case_file file;
  struct verdict verdict;
  struct decision_row decision;
  struct entitled entitled;
  TRY(decide__lock_proposed(w, r->claim, r->version, r->proposal, &claim, &incident, &proposal));
  TRY(expect_other_person(w, &proposal));
  TRY(assess__open(w, &claim, &incident, true, &file));
  TRY(assess__decide(w, &file, true, false, NULL, &verdict));
  TRY(expect_same(w, &proposal, &verdict));
  TRY(assess__expect_proved(w, &file, &verdict));
  TRY(write_decision(w, &proposal, &verdict, &decision));
  TRY(decide__entitle(w, &decision, &verdict, &entitled));
  move_incident(w, &file, &verdict);
  store_claim_move(w->tx, claim.id, claim.version, STR("decided"));
  TRY(leave_event(w, &claim, &decision, &entitled));
  return answer(w, &claim, &decision, &entitled);
}

result proposal_approve(struct service *s, const struct caller *c, struct arena *a, const struct approve_request *r,
                        struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "proposal_approve", .roles = SERVICE_APPROVER, .body = approve };
  return service__run(s, c, a, &use_case, r, f, out);
}
