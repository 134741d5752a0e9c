/* certificate: where a claim stands, the hashes of what it rests on, and every step by its event, so that its bearer can ask
 * for each event's proof later. */
#include "intake/intake.h"

enum { BEARERS = INTAKE_ROLES | SERVICE_OWNER | SERVICE_AUDITOR };

static result add_hashes(struct work *w, const struct claim_row *claim, struct members *m) {
  struct facts_version_row facts;
  struct decision_row decision;
  TRY(store_facts_version_latest(w->tx, claim->id, &facts));
  members_add_int(m, "facts_version", facts.version);
  members_add_sha256(m, "facts_sha256", facts.sha256);
  result r = store_decision_latest(w->tx, claim->incident_id, &decision);
  if (r != RESULT_OK && r != RESULT_NOT_FOUND) return r;
  members_add_sha256(m, "decision_sha256", r == RESULT_OK ? decision.sha256 : (struct sha256){ { 0 } });
  return RESULT_OK;
}

static result add_events(struct work *w, const struct claim_row *claim, struct members *out) {
  struct event_step_row *rows;
  size_t count;
  TRY(store_event_steps(w->tx, claim->id, &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    if (rows[i].claim_version == SQL_NONE) continue; /* who only looked did not move it */
    struct members m = members_in(w->arena);
    members_add_id(&m, "event", "event", rows[i].id);
    members_add_str(&m, "type", rows[i].type);
    members_add_moment(&m, "at", rows[i].at);
    members_add_int(&m, "version", rows[i].claim_version);
    items[n++] = members_object(&m);
  }
  members_add(out, "events", json_of_array(items, n));
  return RESULT_OK;
}

static result read_event(struct work *w, struct uuid claim) {
  struct json document = json_of_str(STR("certificate"));
  struct members data = members_in(w->arena);
  members_add(&data, "documents", json_of_array(&document, 1));
  return service__event(
      w, &(struct event){ .type = "claim.read", .subject = claim, .claim = claim, .data = members_object(&data) });
}

static result certificate_body(struct work *w, const void *request) {
  const struct claim_request *r = request;
  struct claim_row claim;
  TRY(intake__claim_read(w, r->claim, &claim));
  if (str_eq(claim.state, STR("erased"))) return REFUSE(w, STR(""), "not_found");
  if (str_eq(claim.state, STR("draft"))) return REFUSE(w, STR(""), "claim_state", claim.state);
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", claim.id);
  members_add_str(&m, "number", claim.number);
  members_add_str(&m, "state", claim.state);
  members_add_int(&m, "version", claim.version);
  members_add_moment(&m, "at", tx_at(w->tx));
  TRY(add_hashes(w, &claim, &m));
  TRY(add_events(w, &claim, &m));
  TRY(read_event(w, r->claim));
  return service__answer(w, 200, &m, claim.version);
}

static const struct use_case certificate_case = { "claim_certificate", BEARERS, certificate_body, true };

result claim_certificate(struct service *s, const struct caller *c, struct arena *a, const struct claim_request *r,
                         struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &certificate_case, r, f, out);
}
