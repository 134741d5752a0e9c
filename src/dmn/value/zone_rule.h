/* zone_rule: the POSIX TZ rule in the footer of a TZif file (RFC 8536, 3.3.1): "CET-1CEST,M3.5.0,M10.5.0/3". */
#ifndef DMN_ZONE_RULE_H
#define DMN_ZONE_RULE_H

#include "shienkin/base.h"

enum zone_day {
  ZONE_DAY_JULIAN,                               /* 1–365, never 29 February */
  ZONE_DAY_OF_YEAR,                              /* 0–365 */
  ZONE_DAY_OF_MONTH_WEEK,
};
struct zone_change { enum zone_day kind; int day, month, week, weekday /* 0 Sunday */; int32_t time_s; };
struct zone_rule {
  int32_t standard_offset_s, summer_offset_s;    /* east of UTC, unlike the text */
  bool has_summer;
  struct zone_change start, end;                 /* of summer time, in the local time before the change */
};

bool zone__rule_read(str text, struct zone_rule *out);
int32_t zone__rule_offset(const struct zone_rule *r, int64_t utc_s);

#endif
