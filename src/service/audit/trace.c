/* trace: one decision and everything that it rests on: who proposed and who approved, the rules and the calendar, what the rules
 * saw, each fact with the check behind it, the files, the money that follows, the events. All of it immutable rows, so that
 * the same question gets the same answer for ever, but for the events that are still to come. */
#include "audit/trace.h"
#include "core/facts.h"
#include "core/people.h"
#include "shienkin/service/queue.h"

typedef result part(struct tracing *t, struct members *m);

static void note_person(struct tracing *t, struct uuid person) {
  if (t->people_count == t->people_capacity) {
    size_t capacity = t->people_capacity ? t->people_capacity * 2 : 32;
    t->people =
        arena_grow(t->w->arena, t->people, t->people_capacity * sizeof *t->people, capacity * sizeof *t->people);
    t->people_capacity = capacity;
  }
  t->people[t->people_count++] = person;
}

static void add_by(struct tracing *t, struct members *m, const struct acting *by) {
  members_add_id(m, "by", "person", by->person);
  members_add_moment(m, "at", by->at);
  note_person(t, by->person);
}

/* What we wrote ourselves and the database hashed. */
static result add_document(struct tracing *t, struct members *m, const char *name, str canonical) {
  struct findings f = findings_in(t->w->arena);
  struct json value;
  TRY(json_read(t->w->arena, canonical, (struct json_limits){ 9 << 20, 128 }, &f, &value));
  members_add(m, name, value);
  return RESULT_OK;
}

/* ---- parts */

static result decision(struct tracing *t, struct members *m) {
  const struct decision_row *d = &t->decision;
  struct members one = members_in(t->w->arena);
  members_add_id(&one, "decision", "decision", d->id);
  members_add_id(&one, "claim", "claim", d->claim_id);
  members_add_str(&one, "claim_number", t->claim.number);
  members_add_id(&one, "incident", "incident", d->incident_id);
  members_add_int(&one, "number", d->number);
  members_add_str(&one, "outcome", d->outcome);
  members_add_int(&one, "total_yen", d->total_yen.amount);
  members_add_sha256(&one, "sha256", d->sha256);
  members_add_sha256(&one, "trace_sha256", d->trace_sha256);
  add_by(t, &one, &d->by);
  TRY(add_document(t, &one, "document", d->body));
  TRY(add_document(t, &one, "trace", d->trace));
  members_add(m, "decision", members_object(&one));
  return RESULT_OK;
}

static result proposal(struct tracing *t, struct members *m) {
  struct members one = members_in(t->w->arena), approval = members_in(t->w->arena);
  members_add_id(&one, "proposal", "proposal", t->proposal.id);
  members_add_sha256(&one, "decision_sha256", t->proposal.decision_sha256);
  members_add_id(&one, "reconsideration", "reconsideration", t->proposal.reconsideration_id);
  add_by(t, &one, &t->proposal.by);
  members_add(m, "proposal", members_object(&one));
  struct proposal_outcome_row *outcomes;
  size_t count;
  TRY(store_proposal_outcome_list(t->w->tx, t->decision.claim_id, &outcomes, &count));
  for (size_t i = 0; i < count; i++)
    if (uuid_eq(outcomes[i].proposal_id, t->proposal.id)) add_by(t, &approval, &outcomes[i].by);
  members_add(m, "approval", members_object(&approval));
  return RESULT_OK;
}

static result rules(struct tracing *t, struct members *m) {
  const struct rule_set_row *rules = &t->rules;
  struct members one = members_in(t->w->arena), other = members_in(t->w->arena);
  members_add_id(&one, "rule_set", "rule_set", rules->id);
  members_add_day(&one, "first_day", rules->first_day);
  members_add_int(&one, "revision", rules->revision);
  members_add_str(&one, "id", rules->model_id);
  members_add_str(&one, "version", rules->model_version);
  members_add_sha256(&one, "sha256", rules->sha256);
  add_by(t, &one, &rules->by);
  members_add(m, "rules", members_object(&one));
  struct json *holidays = ARENA_ARRAY(t->w->arena, struct json, t->snapshot.holidays.count);
  for (size_t i = 0; i < t->snapshot.holidays.count; i++)
    holidays[i] = json_of_str(day_text(t->w->arena, t->snapshot.holidays.items[i]));
  members_add_id(&other, "calendar", "calendar", t->calendar.id);
  members_add_str(&other, "version", t->calendar.version);
  members_add_sha256(&other, "sha256", t->snapshot.calendar_sha256);
  members_add(&other, "holidays", json_of_array(holidays, t->snapshot.holidays.count));
  members_add(m, "calendar", members_object(&other));
  return RESULT_OK;
}

static result snapshot(struct tracing *t, struct members *m) {
  struct members one = members_in(t->w->arena);
  members_add_id(&one, "snapshot", "fact_snapshot", t->snapshot.id);
  members_add_id(&one, "facts_version", "facts_version", t->asserted.id);
  members_add_int(&one, "version", t->asserted.version);
  members_add_sha256(&one, "sha256", t->snapshot.sha256);
  members_add_moment(&one, "roster_known_at", t->snapshot.roster_known_at);
  add_by(t, &one, &t->asserted.by);
  TRY(add_document(t, &one, "facts", t->snapshot.body));
  members_add(m, "snapshot", members_object(&one));
  return RESULT_OK;
}

/* ---- facts: what was asserted, what the rules saw, and the check between */

static const struct fact_check_row *check_of(const struct tracing *t, const char *key) {
  for (size_t i = 0; i < t->check_count; i++) {
    if (!str_eq(t->checks[i].key, str_of(key))) continue;
    for (size_t j = 0; j < t->used_count; j++)
      if (uuid_eq(t->used[j].check_id, t->checks[i].id)) return &t->checks[i];
  }
  return NULL;
}

static result check_json(struct tracing *t, const struct fact_check_row *check, struct json *out) {
  *out = json_of_null();
  if (!check) return RESULT_OK;
  struct work *w = t->w;
  struct members m = members_in(w->arena);
  struct json *files = ARENA_ARRAY(w->arena, struct json, t->ground_count);
  size_t count = 0;
  str reason;
  for (size_t i = 0; i < t->ground_count; i++)
    if (uuid_eq(t->grounds[i].check_id, check->id))
      files[count++] = json_of_str(uuid_outside(w->arena, service_prefix("evidence"), t->grounds[i].evidence_id));
  TRY(service__unseal(w, check->claim_id, "fact_check", "sealed_reason", check->id, check->sealed_reason, &reason));
  members_add_id(&m, "check", "fact_check", check->id);
  members_add_str(&m, "verdict", check->verdict);
  members_add_str(&m, "reason", reason);
  members_add(&m, "evidence", json_of_array(files, count));
  add_by(t, &m, &check->by);
  *out = members_object(&m);
  return RESULT_OK;
}

static struct json value_at(const struct json *document, const char *key) {
  const struct json *value = json_at(document, str_of(key));
  return value ? *value : json_of_null();
}

static result facts(struct tracing *t, struct members *m) {
  size_t count, told = 0;
  const struct fact *table = service__facts(&count);
  struct json *items = ARENA_ARRAY(t->w->arena, struct json, count), asserted, seen;
  TRY(service__facts_read(t->w, t->asserted.rule_facts, &asserted));
  TRY(service__facts_read(t->w, t->snapshot.body, &seen));
  for (size_t i = 0; i < count; i++) {
    if (table[i].source == FACT_PRIVATE) continue;
    struct members one = members_in(t->w->arena);
    struct json check;
    TRY(check_json(t, check_of(t, table[i].key), &check));
    members_add_str(&one, "key", str_of(table[i].key));
    members_add_str(&one, "source", table[i].source == FACT_ROSTER ? STR("roster") : STR("claimant"));
    members_add(&one, "asserted", value_at(&asserted, table[i].key));
    members_add(&one, "value", value_at(&seen, table[i].key));
    members_add(&one, "check", check);
    items[told++] = members_object(&one);
  }
  members_add(m, "facts", json_of_array(items, told));
  return RESULT_OK;
}

static result evidence(struct tracing *t, struct members *m) {
  struct evidence_finish_row *rows;
  size_t count;
  TRY(store_evidence_finish_of_claim(t->w->tx, t->decision.claim_id, &rows, &count));
  struct json *items = ARENA_ARRAY(t->w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct members one = members_in(t->w->arena);
    members_add_id(&one, "evidence", "evidence", rows[i].evidence_id);
    members_add_int(&one, "length", rows[i].length);
    members_add_sha256(&one, "sha256", rows[i].sha256);
    members_add_str(&one, "media_type", rows[i].media_type);
    add_by(t, &one, &rows[i].by);
    items[i] = members_object(&one);
  }
  members_add(m, "evidence", json_of_array(items, count));
  return RESULT_OK;
}

/* ---- money: what this decision opened, and what has become of it */

static result lines(struct tracing *t, struct members *m) {
  struct entitlement_line_row *rows;
  size_t count, told = 0;
  TRY(store_entitlement_lines(t->w->tx, t->decision.incident_id, &rows, &count));
  struct json *items = ARENA_ARRAY(t->w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    if (!uuid_eq(rows[i].decision_id, t->decision.id)) continue;
    struct members one = members_in(t->w->arena);
    members_add_id(&one, "line", "entitlement_line", rows[i].id);
    members_add_str(&one, "item", rows[i].item);
    members_add_int(&one, "amount_yen", rows[i].amount_yen.amount);
    members_add_str(&one, "state", rows[i].state);
    items[told++] = members_object(&one);
  }
  members_add(m, "lines", json_of_array(items, told));
  return RESULT_OK;
}

static result recoveries(struct tracing *t, struct members *m) {
  struct recovery_row *rows;
  size_t count, told = 0;
  TRY(store_recoveries(t->w->tx, t->decision.incident_id, &rows, &count));
  struct json *items = ARENA_ARRAY(t->w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    if (!uuid_eq(rows[i].decision_id, t->decision.id)) continue;
    struct members one = members_in(t->w->arena);
    members_add_id(&one, "recovery", "recovery", rows[i].id);
    members_add_str(&one, "item", rows[i].item);
    members_add_int(&one, "amount_yen", rows[i].amount_yen.amount);
    members_add_bool(&one, "cancelled", rows[i].cancelled);
    items[told++] = members_object(&one);
  }
  members_add(m, "recoveries", json_of_array(items, told));
  return RESULT_OK;
}

static result events(struct tracing *t, struct members *m) {
  struct trail_filter of_claim = { .claim_id = t->decision.claim_id };
  struct event_read_row *rows;
  size_t count;
  TRY(store_trail(t->w->tx, &of_claim, 0, TIMELINE_MOST, &rows, &count));
  struct json *items = ARENA_ARRAY(t->w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    const struct event_read_row *row = &rows[i];
    struct members one = members_in(t->w->arena);
    members_add_int(&one, "seq", row->seq);
    members_add_id(&one, "event", "event", row->id);
    members_add_str(&one, "type", row->type);
    members_add_str(&one, "role", row->role);
    members_add(&one, "version",
                row->claim_version == SQL_NONE ? json_of_null() : json_of_int(t->w->arena, row->claim_version));
    add_by(t, &one, &row->by);
    items[i] = members_object(&one);
  }
  members_add(m, "events", json_of_array(items, count));
  return RESULT_OK;
}

/* The last part: everybody who was named before. */
static result people(struct tracing *t, struct members *m) {
  struct names names;
  TRY(service__names(t->w, t->people, t->people_count, &names));
  members_add(m, "people", service__people_json(t->w->arena, &names));
  return RESULT_OK;
}

static part *const parts[] = {
  decision, proposal, rules, snapshot, facts, evidence, lines, recoveries, audit__recompute, events, people
};

/* ---- the whole */

static result gather(struct tracing *t, struct uuid id) {
  struct tx *tx = t->w->tx;
  FOUND(t->w, store_decision_by_id(tx, id, &t->decision), STR(""), "not_found");
  TRY(store_claim_by_id(tx, t->decision.claim_id, &t->claim));
  TRY(store_proposal_by_id(tx, t->decision.proposal_id, &t->proposal));
  TRY(store_fact_snapshot_by_id(tx, t->decision.snapshot_id, &t->snapshot));
  TRY(store_facts_version_by_id(tx, t->snapshot.facts_version_id, &t->asserted));
  TRY(store_fact_check_list(tx, t->decision.claim_id, &t->checks, &t->check_count));
  TRY(store_fact_snapshot_checks(tx, t->snapshot.id, &t->used, &t->used_count));
  TRY(store_rule_set_by_id(tx, t->decision.rule_set_id, &t->rules));
  TRY(store_calendar_by_id(tx, t->snapshot.calendar_id, &t->calendar));
  return store_fact_check_evidence_list(tx, t->decision.claim_id, &t->grounds, &t->ground_count);
}

static result trace(struct work *w, const void *request) {
  const struct audit_trace_request *r = request;
  struct tracing t = { .w = w };
  struct members nothing = members_in(w->arena), m = members_in(w->arena);
  TRY(gather(&t, r->decision));
  for (size_t i = 0; i < COUNT_OF(parts); i++) TRY(parts[i](&t, &m));
  TRY(service__event(w, &(struct event){ .type = "decision.traced",
                                         .subject = t.decision.id,
                                         .claim = t.decision.claim_id,
                                         .data = members_object(&nothing) }));
  return service__answer(w, 200, &m, 0);
}

result audit_trace(struct service *s, const struct caller *c, struct arena *a, const struct audit_trace_request *r,
                   struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = {
    .name = "audit_trace", .roles = SERVICE_AUDITOR, .body = trace, .reads = true
  };
  return service__run(s, c, a, &use_case, r, f, out);
}
