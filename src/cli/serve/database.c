/* database: the store of the service, and whether it is there. */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "messages.h"
#include "serve/serve.h"

enum { LOOK_AGAIN_US = 30 * 1000000 };

/* ---- opening */

static struct store_login login_of(struct serving *s, const char *realm) {
  str user = config_text(s->config, str_z(s->arena, str_format(s->arena, "database.%s.user", realm)));
  str file = config_text(s->config, str_z(s->arena, str_format(s->arena, "database.%s.password", realm)));
  return (struct store_login){ .user = str_z(s->arena, user), .password_file = file.n ? str_z(s->arena, file) : NULL };
}

struct store_options serve__store_options(struct serving *s) {
  struct store_options o = { .clock = s->clock, .randomness = s->randomness, .log = s->log };
  o.where = s->cluster ? cluster_where(s->cluster) : str_z(s->arena, config_text(s->config, "database.where"));
  for (enum store_realm realm = STORE_CLINIC; realm < STORE_REALMS; realm++) {
    struct store_login *login = &o.logins[realm];
    *login = s->cluster ? cluster_login(s->cluster, realm) : login_of(s, store_realm_name(realm));
    login->connections = (int)config_int(s->config, "database.connections");
  }
  return o;
}

/* A database that comes up beside us is waited for; what a person must mend is not. */
result serve__database_open(struct serving *s) {
  struct store_options o = serve__store_options(s);
  int64_t most_s = config_int(s->config, "database.wait-seconds");
  struct timespec second = { .tv_sec = 1 };
  result r;
  for (int64_t waited_s = 0;; waited_s++) {
    struct findings f = findings_in(s->arena);
    r = store_open(s->arena, &o, &f, &s->service.store);
    if (r != RESULT_OK) s->findings = f;
    if (r != RESULT_OUTSIDE || waited_s >= most_s) break;
    LOG(&s->log, LOG_WARNING, "waiting_for_database", LOG_I("seconds", waited_s));
    int signal = sigtimedwait(&s->signals, NULL, &second);
    if (signal == SIGTERM || signal == SIGINT) break;
  }
  return r;
}

void serve__database_close(struct serving *s) { store_close(s->service.store); }

/* ---- ready */

/* The schema and the logins' rights are looked at again now and then, for whoever migrates under a running service; whether
 * the database answers, each time. */
struct watch {
  struct serving *serving;
  pthread_mutex_t mutex;
  int64_t looked_at_us;
  result looked;
  const char *code;             /* of the first finding; in static storage */
};

static void look_again(struct watch *w, struct arena *a) {
  struct serving *s = w->serving;
  struct findings f = findings_in(a);
  int64_t now_us = clock_monotonic_us(&s->clock);
  pthread_mutex_lock(&w->mutex);
  bool due = w->looked_at_us == 0 || w->looked != RESULT_OK || now_us - w->looked_at_us > LOOK_AGAIN_US;
  if (due) w->looked_at_us = now_us;
  pthread_mutex_unlock(&w->mutex);
  if (!due) return;
  result r = store_look(s->service.store, a, &f);
  pthread_mutex_lock(&w->mutex);
  w->looked = r;
  w->code = f.count ? f.items[0].code : "database_away";
  pthread_mutex_unlock(&w->mutex);
}

static bool ready(void *context, struct arena *a, str *why) {
  struct watch *w = context;
  struct store *store = w->serving->service.store;
  result there = store_ping(store, STORE_CLINIC);
  if (there == RESULT_OK) there = store_ping(store, STORE_STAFF);
  if (there == RESULT_LIMIT) return true;        /* every connection is at work: that is no fault */
  if (there == RESULT_OK) look_again(w, a);
  pthread_mutex_lock(&w->mutex);
  bool good = there == RESULT_OK && (w->looked == RESULT_OK || w->looked == RESULT_LIMIT);
  if (!good) *why = there != RESULT_OK ? STR("database_away") : str_of(w->code);
  pthread_mutex_unlock(&w->mutex);
  return good;
}

struct http_readiness serve__readiness(struct serving *s) {
  s->watch = ARENA_NEW(s->arena, struct watch);
  *s->watch = (struct watch){ .serving = s };
  pthread_mutex_init(&s->watch->mutex, NULL);
  return (struct http_readiness){ ready, s->watch };
}
