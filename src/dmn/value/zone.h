/* zone: IANA time zones from TZif bytes (RFC 8536), which the host gives by name. */
#ifndef DMN_ZONE_H
#define DMN_ZONE_H

#include "value/value.h"

/* The zone, once read kept by the eval. NULL: the host knows no such zone, or its bytes are not TZif. */
const struct dmn_named_zone *zone__find(struct dmn_eval *e, str name);
str zone__name(const struct dmn_named_zone *z);
/* Seconds east of UTC at a moment given in seconds since 1970 UTC. */
int32_t zone__offset_at(const struct dmn_named_zone *z, int64_t utc_s);
/* The same for what a clock on the wall shows. Where it shows that twice: the first time, or with `later` the second.
 * Where it is skipped: as before the leap. */
int32_t zone__offset_local(const struct dmn_named_zone *z, int64_t local_s, bool later);
/* The offset of a time of day without a date: that of standard time as the zone knows it last. */
int32_t zone__standard_offset(const struct dmn_named_zone *z);
/* Reads TZif bytes; NULL when they are malformed. The bytes must live as long as the zone. */
struct dmn_named_zone *zone__read(struct arena *a, str name, str bytes);

#endif
