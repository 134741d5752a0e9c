/* claims: finding and locking them. Row security hides other clinics' claims, so "not yours" and "not there" are one. */
#include "core/work.h"

static result not_found(struct work *w, result r) {
  return r == RESULT_NOT_FOUND ? REFUSE(w, STR(""), "not_found") : r;
}

result service__claim_read(struct work *w, struct uuid id, struct claim_row *claim) {
  return not_found(w, store_claim_by_id(w->tx, id, claim));
}

/* A draft has no incident; a draft that is submitted between the look and the lock is looked at again. */
result service__claim_lock(struct work *w, struct uuid id, struct claim_row *claim, struct incident_row *incident) {
  struct uuid incident_id;
  *incident = (struct incident_row){ .occurred_on = DAY_NONE };
  do {
    TRY(service__claim_read(w, id, claim));
    incident_id = claim->incident_id;
    if (!uuid_none(incident_id)) TRY(store_incident_lock(w->tx, incident_id, incident));
    TRY(not_found(w, store_claim_lock(w->tx, id, claim)));
  } while (!uuid_eq(incident_id, claim->incident_id));
  return RESULT_OK;
}

result service__expect_version(struct work *w, int64_t stands, int64_t named) {
  if (named == SERVICE_ANY_VERSION || named == stands) return RESULT_OK;
  return REFUSE(w, STR(""), "version_stale", str_format(w->arena, "%lld", (long long)stands));
}

result service__expect_state(struct work *w, const struct claim_row *claim, const char *states) {
  str rest = str_of(states);
  while (rest.n > 0) {
    str one = str_cut(rest, ' ', &rest);
    if (str_eq(one, claim->state)) return RESULT_OK;
  }
  return REFUSE(w, STR(""), "claim_state", claim->state);
}
