/* on_day: what the roster says of a facility and its member on a day, as known now. */
#ifndef SHIENKIN_SERVICE_ROSTER_ON_DAY_H
#define SHIENKIN_SERVICE_ROSTER_ON_DAY_H

#include "core/work.h"

struct roster_on_day {
  bool facility_known, member_known;
  struct facility_version_row facility;
  struct facility_relation_row relation; /* of the member below: who opens it before who manages it */
  struct member_row member_key;
  struct member_version_row member;
  bool complete; /* facility, relation and member are all known on that day */
};
/* Where several members are related, the first who is a member of class A1, else the first: P4 asks about "the claimant's
 * member", and the roster's order (opens before manages) is the house's. */
MUST_USE result roster__on_day(struct work *w, struct uuid facility, day on, moment known_at,
                               struct roster_on_day *out);

#endif
