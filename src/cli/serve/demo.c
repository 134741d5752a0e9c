/* demo: the embedded cluster gets its made-up house on the first start. The file of logins is written last; a state without it
 * was interrupted, and since nothing in it is anybody's, it is made anew. */
#include "demo/demo.h"

#include <unistd.h>

#include "configuration.h"
#include "messages.h"
#include "serve/serve.h"

static const char LOGINS[] = "demo-logins";

bool serve__demo_is_half(struct serving *s) {
  return s->demo && !s->place.fresh && access(serve__state_path(s, LOGINS), F_OK) != 0;
}

result serve__demo_settle(struct serving *s) {
  const char *logins = serve__state_path(s, LOGINS);
  if (!s->demo || access(logins, F_OK) == 0) return RESULT_OK;
  LOG(&s->log, LOG_INFO, "demo_begins", LOG_S("state", str_of(s->place.state)));
  struct demo_ground g = { .owner_conninfo = cluster_owner_conninfo(s->cluster), .store = serve__store_options(s),
                           .keys = s->service.keys, .rules = cli_configured_folder(s->arena, s->config, "rules"),
                           .calendars = cli_configured_folder(s->arena, s->config, "calendars"), .logins = logins };
  if (g.owner_conninfo && demo_make(s->arena, &g, &s->service, &s->findings) == RESULT_OK) return RESULT_OK;
  FINDING(&s->findings, STR(""), &cli__serve_demo_unmade);
  return RESULT_OUTSIDE;
}
