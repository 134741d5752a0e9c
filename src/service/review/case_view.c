/* case_view: the whole file of a claim, for who works on it. Each section is a list of rows as they were written, oldest
 * first, with sealed words opened. One event says who read it. */
#include "review/review.h"

struct viewing { struct work *w; struct claim_row claim; struct incident_row incident; };

/* A section is asked for with all others, so that they travel together, and told when all are there. */
struct listed { void *rows; size_t count; };
typedef result section_asks(struct viewing *v, struct listed *l);
typedef result section_tells(struct viewing *v, const struct listed *l, struct json *out);

/* ---- what rows share */

static struct members row_of(struct viewing *v, const char *name, const char *table, struct uuid id, const struct acting *by) {
  struct members m = members_in(v->w->arena);
  members_add_id(&m, name, table, id);
  members_add_id(&m, "by", "person", by->person);
  members_add_moment(&m, "at", by->at);
  return m;
}

static result add_words(struct viewing *v, struct members *m, const char *name, const char *table, const char *column,
                        struct uuid row, str sealed) {
  str plain;
  TRY(service__unseal(v->w, v->claim.id, table, column, row, sealed, &plain));
  members_add_str(m, name, plain);
  return RESULT_OK;
}

/* One section: a query that lists rows of a type, and what is told of each `row` in `m`. */
#define SECTION(function, type, query, name, table, row_id, ...)                                       \
  static result ask_##function(struct viewing *v, struct listed *l) { query; }           \
  static result function(struct viewing *v, const struct listed *l, struct json *out) {                \
    const struct type *rows = l->rows;                                                                  \
    size_t count = l->count;                                                                            \
    struct json *items = ARENA_ARRAY(v->w->arena, struct json, count);                                  \
    for (size_t i = 0; i < count; i++) {                                                                \
      const struct type *row = &rows[i];                                                                \
      struct members m = row_of(v, name, table, row->row_id, &row->by);                                 \
      __VA_ARGS__                                                                                       \
      items[i] = members_object(&m);                                                                    \
    }                                                                                                   \
    *out = json_of_array(items, count);                                                                 \
    return RESULT_OK;                                                                                   \
  }

#define OF_CLAIM(list, type)                                                                           \
  struct type **rows = (struct type **)&l->rows;                                                       \
  return list(v->w->tx, v->claim.id, rows, &l->count)
#define OF_INCIDENT(list, type)                                                                        \
  struct type **rows = (struct type **)&l->rows;                                                       \
  return list(v->w->tx, v->claim.incident_id, rows, &l->count)

static result add_json(struct viewing *v, struct members *m, const char *name, str canonical) {
  struct json value = json_of_null();
  if (canonical.p) TRY(service__facts_read(v->w, canonical, &value));
  members_add(m, name, value);
  return RESULT_OK;
}

SECTION(holds, hold_row, OF_CLAIM(store_hold_lasting, hold_row), "hold", "hold", id, {
  members_add_str(&m, "kind", row->kind);
  TRY(add_words(v, &m, "reason", "hold", "sealed_reason", row->id, row->sealed_reason));
})
SECTION(requests, information_request_row, OF_CLAIM(store_information_request_list, information_request_row), "request", "information_request", id, {
  members_add_words(&m, "keys", row->keys);
  members_add_day(&m, "due_on", row->due_on);
  TRY(add_words(v, &m, "text", "information_request", "sealed_text", row->id, row->sealed_text));
})
SECTION(replies, information_reply_row, OF_CLAIM(store_information_reply_list, information_reply_row), "reply", "information_reply", id, {
  members_add_id(&m, "request", "information_request", row->request_id);
  members_add_str(&m, "kind", row->kind);
  TRY(add_words(v, &m, "text", "information_reply", "sealed_text", row->id, row->sealed_text));
})
SECTION(messages, message_row, OF_CLAIM(store_message_list, message_row), "message", "message", id, {
  members_add_str(&m, "direction", row->direction);
  TRY(add_words(v, &m, "text", "message", "sealed_text", row->id, row->sealed_text));
})
SECTION(notes, note_row, OF_CLAIM(store_note_list, note_row), "note", "note", id,
        { TRY(add_words(v, &m, "text", "note", "sealed_text", row->id, row->sealed_text)); })
SECTION(checks, fact_check_row, OF_CLAIM(store_fact_check_list, fact_check_row), "check", "fact_check", id, {
  members_add_str(&m, "key", row->key);
  members_add_str(&m, "verdict", row->verdict);
  members_add_sha256(&m, "value_sha256", row->value_sha256);
  TRY(add_json(v, &m, "new_value", row->new_value));
  members_add_id(&m, "supersedes", "fact_check", row->supersedes);
  TRY(add_words(v, &m, "reason", "fact_check", "sealed_reason", row->id, row->sealed_reason));
})
SECTION(evidence, evidence_finish_row, OF_CLAIM(store_evidence_finish_of_claim, evidence_finish_row), "evidence", "evidence", evidence_id, {
  members_add_int(&m, "length", row->length);
  members_add_sha256(&m, "sha256", row->sha256);
  members_add_str(&m, "media_type", row->media_type);
})
SECTION(proposals, proposal_row, OF_CLAIM(store_proposal_list, proposal_row), "proposal", "proposal", id, {
  TRY(add_json(v, &m, "decision", row->decision));
  members_add_sha256(&m, "decision_sha256", row->decision_sha256);
  members_add_id(&m, "reconsideration", "reconsideration", row->reconsideration_id);
})
SECTION(outcomes, proposal_outcome_row, OF_CLAIM(store_proposal_outcome_list, proposal_outcome_row), "proposal", "proposal", proposal_id, {
  members_add_str(&m, "outcome", row->outcome);
  TRY(add_words(v, &m, "reason", "proposal_outcome", "sealed_reason", row->proposal_id, row->sealed_reason));
})
SECTION(decisions, decision_row, OF_CLAIM(store_decision_list, decision_row), "decision", "decision", id, {
  members_add_int(&m, "number", row->number);
  members_add_str(&m, "outcome", row->outcome);
  members_add_int(&m, "total_yen", row->total_yen.amount);
  members_add_id(&m, "proposal", "proposal", row->proposal_id);
  TRY(add_json(v, &m, "decision_document", row->body));
})
SECTION(lines, entitlement_line_row, OF_INCIDENT(store_entitlement_lines, entitlement_line_row), "line", "entitlement_line", id, {
  members_add_str(&m, "item", row->item);
  members_add_int(&m, "amount_yen", row->amount_yen.amount);
  members_add_str(&m, "state", row->state);
})
SECTION(recoveries, recovery_row, OF_INCIDENT(store_recoveries, recovery_row), "recovery", "recovery", id, {
  members_add_str(&m, "item", row->item);
  members_add_int(&m, "amount_yen", row->amount_yen.amount);
  members_add_bool(&m, "cancelled", row->cancelled);
})
SECTION(roster_findings, roster_finding_row, OF_CLAIM(store_roster_finding_open, roster_finding_row), "finding", "roster_finding", id, {
  members_add_str(&m, "key", row->key);
  TRY(add_json(v, &m, "old_value", row->old_value));
  TRY(add_json(v, &m, "new_value", row->new_value));
})
SECTION(steps, event_read_row, OF_CLAIM(store_event_of_claim, event_read_row), "event", "event", id, {
  members_add_str(&m, "type", row->type);
  members_add_str(&m, "role", row->role);
  members_add(&m, "version", row->claim_version == SQL_NONE ? json_of_null() : json_of_int(v->w->arena, row->claim_version));
})

/* The payee's account itself stays closed here: who confirms it needs its version, who pays it opens it elsewhere. */
static result ask_payee(struct viewing *v, struct listed *l) {
  struct payee_version_row **rows = (struct payee_version_row **)&l->rows;
  return store_payee_version_list(v->w->tx, v->claim.id, rows, &l->count);
}

static result payee(struct viewing *v, const struct listed *l, struct json *out) {
  const struct payee_version_row *rows = l->rows;
  *out = json_of_null();
  if (l->count == 0) return RESULT_OK;
  const struct payee_version_row row = rows[l->count - 1];
  struct members m = row_of(v, "payee_version", "payee_version", row.id, &row.by);
  members_add_int(&m, "version", row.version);
  members_add_str(&m, "roster_match", row.roster_match);
  *out = members_object(&m);
  return RESULT_OK;
}

#define ROW(section) { #section, ask_##section, section }
static const struct { const char *name; section_asks *ask; section_tells *tell; } sections[] = {
  ROW(payee),     ROW(holds),    ROW(requests),  ROW(replies), ROW(messages),   ROW(notes),           ROW(checks), ROW(evidence),
  ROW(proposals), ROW(outcomes), ROW(decisions), ROW(lines),   ROW(recoveries), ROW(roster_findings), ROW(steps),
};

static result add_sections(struct viewing *v, struct members *m) {
  struct listed listed[COUNT_OF(sections)] = { { NULL, 0 } };
  tx_gather(v->w->tx);
  for (size_t i = 0; i < COUNT_OF(sections); i++) TRY(sections[i].ask(v, &listed[i]));
  TRY(tx_flush(v->w->tx));
  for (size_t i = 0; i < COUNT_OF(sections); i++) {
    struct json told;
    TRY(sections[i].tell(v, &listed[i], &told));
    members_add(m, sections[i].name, told);
  }
  return RESULT_OK;
}

static result leave_event(struct viewing *v) {
  const struct json whole = json_of_str(STR("case"));
  struct members data = members_in(v->w->arena);
  members_add(&data, "documents", json_of_array(&whole, 1));
  return service__event(v->w, &(struct event){ .type = "claim.read", .subject = v->claim.id, .claim = v->claim.id,
                                               .data = members_object(&data) });
}

static result view(struct work *w, const void *request) {
  const struct case_request *r = request;
  struct viewing v = { .w = w, .incident = { .occurred_on = DAY_NONE } };
  TRY(service__claim_read(w, r->claim, &v.claim));
  if (uuid_none(v.claim.incident_id)) return REFUSE(w, STR(""), "not_found");   /* a draft is its writer's alone */
  TRY(store_incident_by_id(w->tx, v.claim.incident_id, &v.incident));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", v.claim.id);
  members_add_str(&m, "number", v.claim.number);
  members_add_str(&m, "state", v.claim.state);
  members_add_int(&m, "version", v.claim.version);
  members_add_str(&m, "channel", v.claim.channel);
  members_add_id(&m, "facility", "facility", v.claim.facility_id);
  members_add_id(&m, "assigned_to", "person", v.claim.assigned_to);
  members_add_moment(&m, "submitted_at", v.claim.submitted_at);
  members_add_id(&m, "incident", "incident", v.claim.incident_id);
  members_add_day(&m, "occurred_on", v.incident.occurred_on);
  TRY(add_sections(&v, &m));
  TRY(leave_event(&v));
  return service__answer(w, 200, &m, v.claim.version);
}

result case_view(struct service *s, const struct caller *c, struct arena *a, const struct case_request *r, struct findings *f,
                 struct service_answer *out) {
  static const struct use_case use_case = { .name = "case_view",
                                            .roles = SERVICE_ADJUSTER | SERVICE_APPROVER | SERVICE_OWNER | SERVICE_AUDITOR,
                                            .body = view, .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}
