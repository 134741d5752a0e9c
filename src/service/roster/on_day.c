/* on_day: one facility, one day, three tables. What the roster does not know is left unknown: that is a hold, never a no. */
#include "roster/on_day.h"

static result take_member(struct work *w, const struct facility_relation_row *relation, day on, moment known_at,
                          struct roster_on_day *out) {
  struct member_version_row member;
  result r = store_member_version_on(w->tx, relation->member_id, on, known_at, &member);
  if (r == RESULT_NOT_FOUND) return RESULT_OK;
  TRY(r);
  if (out->member_known && !str_eq(member.class, STR("A1"))) return RESULT_OK;
  out->member_known = true;
  out->relation = *relation;
  out->member = member;
  return RESULT_OK;
}

result roster__on_day(struct work *w, struct uuid facility, day on, moment known_at, struct roster_on_day *out) {
  *out = (struct roster_on_day){ .facility_known = false };
  result r = store_facility_version_on(w->tx, facility, on, known_at, &out->facility);
  if (r != RESULT_OK && r != RESULT_NOT_FOUND) return r;
  out->facility_known = r == RESULT_OK;
  struct facility_relation_row *relations;
  size_t count;
  TRY(store_facility_relation_on(w->tx, facility, on, known_at, &relations, &count));
  for (size_t i = 0; i < count; i++) {
    bool decided = out->member_known && str_eq(out->member.class, STR("A1"));
    if (!decided) TRY(take_member(w, &relations[i], on, known_at, out));
  }
  if (out->member_known) TRY(store_member_by_id(w->tx, out->member.member_id, &out->member_key));
  out->complete = out->facility_known && out->member_known;
  return RESULT_OK;
}
