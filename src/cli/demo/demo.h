/* demo: a small claims house with its people, its roster and a claim in every state, for looking around. */
#ifndef CLI_DEMO_DEMO_H
#define CLI_DEMO_DEMO_H

#include "shienkin/service.h"

/* What is needed to make one. */
struct demo_ground {
  const char *owner_conninfo;           /* for the first two owners of the empty database */
  struct store_options store;           /* its clock is replaced by the demo's own */
  const struct master_keys *keys;
  const char *rules, *calendars;        /* folders */
  const char *logins;                   /* the file of logins, 0600; written last: where it is, the demo is whole */
};
/* Makes it, in an empty and migrated database. Seconds. */
MUST_USE result demo_make(struct arena *a, const struct demo_ground *g, const struct service *like, struct findings *f);

#endif
