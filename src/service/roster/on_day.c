/* on_day: one facility, one day, two looks that travel together. What the roster does not know is left unknown: that is a
 * hold, never a no. */
#include "roster/on_day.h"

result roster__on_day(struct work *w, struct uuid facility, day on, moment known_at, struct roster_on_day *out) {
  struct related_member_row related;
  result facility_found, member_found;
  *out = (struct roster_on_day){ .facility_known = false };
  store_ask_facility_version_on(w->tx, facility, on, known_at, &out->facility, &facility_found);
  store_ask_related_member_on(w->tx, facility, on, known_at, &related, &member_found);
  TRY(tx_flush(w->tx));
  out->facility_known = facility_found == RESULT_OK;
  out->member_known = member_found == RESULT_OK;
  if (out->member_known) {
    out->relation = related.relation;
    out->member = related.version;
    out->member_key = related.member;
  }
  out->complete = out->facility_known && out->member_known;
  return RESULT_OK;
}
