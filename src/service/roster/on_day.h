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
/* Which of several related members it is: store_ask_related_member_on(). */
MUST_USE result roster__on_day(struct work *w, struct uuid facility, day on, moment known_at,
                               struct roster_on_day *out);

#endif
