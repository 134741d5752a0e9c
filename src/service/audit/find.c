/* find: from the id of a payment's line, a recovery, a decision, a file, a check or an event to the claim and the decision that it
 * belongs to. An id says nothing of anybody, so that asking leaves no event; what it leads to does. */
#include "core/work.h"
#include "shienkin/service/queue.h"

static const char *const tables[] = { "claim",    "decision", "entitlement_line", "recovery", "proposal",     "fact_snapshot",
                                      "evidence", "fact_check", "event",          "incident", "facts_version" };

static bool read_id(str text, struct uuid *id) {
  for (size_t i = 0; i < COUNT_OF(tables); i++)
    if (uuid_from_outside(text, service_prefix(tables[i]), id)) return true;
  return false;
}

static result find(struct work *w, const void *request) {
  const struct audit_find_request *r = request;
  struct uuid id;
  struct trail_place_row place;
  if (!read_id(r->id, &id)) return REFUSE(w, STR("/id"), "not_found");
  FOUND(w, store_trail_place(w->tx, id, &place), STR("/id"), "not_found");
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", place.claim_id);
  members_add_id(&m, "decision", "decision", place.decision_id);
  return service__answer(w, 200, &m, 0);
}

result audit_find(struct service *s, const struct caller *c, struct arena *a, const struct audit_find_request *r,
                  struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "audit_find", .roles = SERVICE_AUDITOR, .body = find, .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}
