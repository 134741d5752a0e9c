/* handoff: from event threads to workers and back. While a job is with a worker its connection is suspended and `busy` is
 * set; the count of busy jobs lets the server wait, when it stops, until nobody is suspended any more. */
#include <microhttpd.h>

#include "server_inside.h"

static struct pool *pool_of(const struct job *j) {
  enum http_lane lane = j->r.route ? j->r.route->lane : HTTP_LANE_QUICK;
  if (lane == HTTP_LANE_LIGHT && gates__asks_who(j)) lane = HTTP_LANE_QUICK;
  return j->s->lanes[lane];
}

bool handoff__offer(struct job *j, enum step step, bool bounded) {
  struct http_server *s = j->s;
  j->step = step;
  if (step == STEP_ABANDON) return pool__put(pool_of(j), j, false);
  atomic_fetch_add(&s->busy, 1);
  atomic_store(&j->busy, true);
  connections__set(j->connection, CONNECTION_WORKING, 0);
  if (!atomic_load(&s->stopping) && pool__put(pool_of(j), j, bounded)) return true;
  atomic_store(&j->busy, false);
  atomic_fetch_sub(&s->busy, 1);
  return false;
}

/* The job belongs to the event thread again as soon as it is not busy: nothing here touches it afterwards. */
void handoff__done(struct job *j) {
  struct http_server *s = j->s;
  struct MHD_Connection *mhd = j->mhd;
  atomic_store(&j->busy, false);
  MHD_resume_connection(mhd);
  atomic_fetch_sub(&s->busy, 1);
}
