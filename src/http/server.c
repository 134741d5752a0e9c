/* server: starting, stopping, and what belongs to the whole. Starting either ends with a server that answers or leaves
 * nothing behind; stopping lets everything that was accepted come to its end, in this order: no new connections, what is
 * running finishes, whoever still waits is told, event threads end, workers end. */
#include <microhttpd.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "messages.h"
#include "server_inside.h"
#include "throttle.h"

enum { OTHER_FILES = 128, POLL_MS = 5, LAST_READERS_MS = 1000 };

/* ---- limits */

static unsigned or_unsigned(unsigned given, unsigned otherwise) { return given ? given : otherwise; }
static size_t or_size(size_t given, size_t otherwise) { return given ? given : otherwise; }

static void fill_limits(struct http_limits *l) {
  l->event_threads = or_unsigned(l->event_threads, 2);
  l->quick_workers = or_unsigned(l->quick_workers, 8);
  l->slow_workers = or_unsigned(l->slow_workers, 2);
  l->paper_workers = or_unsigned(l->paper_workers, 1);
  l->light_workers = or_unsigned(l->light_workers, 1);
  l->quick_queue = or_unsigned(l->quick_queue, 256);
  l->slow_queue = or_unsigned(l->slow_queue, 32);
  l->paper_queue = or_unsigned(l->paper_queue, 32);
  l->light_queue = or_unsigned(l->light_queue, 256);
  l->connections = or_unsigned(l->connections, 4096);
  l->connections_per_address = or_unsigned(l->connections_per_address, 256);
  l->header_bytes = or_size(l->header_bytes, 16 << 10);
  l->url_bytes = or_size(l->url_bytes, 4 << 10);
  l->header_count = or_unsigned(l->header_count, 64);
  l->bodies_bytes = or_size(l->bodies_bytes, 64 << 20);
  l->call_bytes = or_size(l->call_bytes, 64 << 20);
  l->header_seconds = or_unsigned(l->header_seconds, 10);
  l->idle_seconds = or_unsigned(l->idle_seconds, 60);
  l->progress_seconds = or_unsigned(l->progress_seconds, 30);
  l->progress_bytes = or_unsigned(l->progress_bytes, 1 << 10);
  l->lingering = or_unsigned(l->lingering, 256);
  l->linger_seconds = or_unsigned(l->linger_seconds, 120);
  l->linger_bytes = or_size(l->linger_bytes, 64 << 20);
}

/* As far as the hard limit goes; where that is not enough, connections beyond it wait in the backlog. */
static void raise_files(const struct http_limits *l) {
  struct rlimit files;
  rlim_t wanted = (rlim_t)l->connections + l->lingering + OTHER_FILES;
  if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= wanted) return;
  files.rlim_cur = wanted < files.rlim_max ? wanted : files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

/* ---- starting */

static struct http_server *server_new(const struct http_config *config) {
  struct http_server *s = mem_alloc(sizeof *s);
  if (!s) return NULL;
  *s = (struct http_server){ .config = *config };
  fill_limits(&s->config.limits);
  if (!s->config.session_cookie) s->config.session_cookie = "__Host-shienkin";
  if (!s->config.metrics_address) s->config.metrics_address = "127.0.0.1";
  pthread_mutex_init(&s->connections_mutex, NULL);
  pthread_mutex_init(&s->spares_mutex, NULL);
  pthread_mutex_init(&s->timer_mutex, NULL);
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&s->timer_wakes, &monotonic);
  pthread_condattr_destroy(&monotonic);
  return s;
}

static void check_problems(const struct http_config *c) {
  for (size_t t = 0; t < c->problem_table_count; t++) {
    for (size_t i = 0; i < c->problems[t].count; i++) {
      str code = str_of(c->problems[t].rows[i]->code);
      for (size_t k = 0; k < http_problems.count; k++)
        assert(!str_eq(code, str_of(http_problems.rows[k]->code)) && "no problem of a code that http has");
      for (size_t k = 0; k < i; k++)
        assert(!str_eq(code, str_of(c->problems[t].rows[k]->code)) && "no two problems of one code");
      (void)code;
    }
  }
}

static result lay_routes(struct http_server *s) {
  enum { TABLES_MOST = 64 };
  const struct http_config *c = &s->config;
  assert(c->route_table_count <= TABLES_MOST && "as many tables as there are rooms above");
  struct http_route_table *tables = mem_alloc((c->route_table_count + 1) * sizeof *tables);
  if (!tables) return RESULT_NO_MEMORY;
  for (size_t i = 0; i < c->route_table_count; i++) tables[i] = c->routes[i];
  tables[c->route_table_count] = probe__routes;
  s->routes = http_routes_new(tables, c->route_table_count + 1);
  mem_free(tables);
  return s->routes ? RESULT_OK : RESULT_NO_MEMORY;
}

static result open_lanes(struct http_server *s) {
  const struct http_limits *l = &s->config.limits;
  const struct { unsigned workers, queue; } sizes[HTTP_LANES] = {
    [HTTP_LANE_QUICK] = { l->quick_workers, l->quick_queue }, [HTTP_LANE_SLOW] = { l->slow_workers, l->slow_queue },
    [HTTP_LANE_PAPER] = { l->paper_workers, l->paper_queue }, [HTTP_LANE_LIGHT] = { l->light_workers, l->light_queue },
  };
  for (enum http_lane lane = 0; lane < HTTP_LANES; lane++) {
    s->lanes[lane] = pool__new(s, lane, sizes[lane].workers, sizes[lane].queue);
    if (!s->lanes[lane]) return RESULT_NO_MEMORY;
  }
  return RESULT_OK;
}

static result make_parts(struct http_server *s) {
  s->metrics = s->config.metrics ? s->config.metrics : metrics_new();
  s->own_metrics = !s->config.metrics;
  s->throttle = throttle__new(&s->config.randomness);
  s->rates = throttle__new(&s->config.randomness);
  if (!s->metrics || !s->throttle || !s->rates) return RESULT_NO_MEMORY;
  TRY(lay_routes(s));
  TRY(open_lanes(s));
  s->linger = linger__new(s);
  if (!s->linger) return RESULT_NO_MEMORY;
  s->tally = tally__new(s);
  return s->tally ? connections__start_timer(s) : RESULT_NO_MEMORY;
}

static result start_probe(struct http_server *s, struct findings *f) {
  if (s->config.metrics_port < 0) return RESULT_OK;
  int fd = -1;
  TRY(listener__open(s->config.metrics_address, (uint16_t)s->config.metrics_port, f, &fd, &s->metrics_port));
  s->probe = probe__start(s, fd);
  if (s->probe) return RESULT_OK;
  fd_close(&fd);
  return RESULT_NO_MEMORY;
}

static result start_access(struct http_server *s, struct findings *f) {
  int fd = s->config.listener;
  if (fd > 0) s->port = listener__port(fd);
  else TRY(listener__open(s->config.address, s->config.port, f, &fd, &s->port));
  s->daemon = access__start(s, fd);
  if (s->daemon) return RESULT_OK;
  fd_close(&fd);
  return RESULT_NO_MEMORY;
}

static void server_free(struct http_server *s) {
  if (s->probe) MHD_stop_daemon(s->probe);
  connections__stop_timer(s);
  linger__free(s->linger);
  for (enum http_lane lane = 0; lane < HTTP_LANES; lane++) pool__free(s->lanes[lane]);
  for (struct job *j = s->spares, *next; j; j = next) {
    next = j->next;
    arena_free(j->keep);
    mem_free(j);
  }
  tally__free(s->tally);
  if (s->own_metrics) metrics_free(s->metrics);
  throttle__free(s->throttle);
  throttle__free(s->rates);
  http_routes_free(s->routes);
  tls__free(s->tls);
  pthread_cond_destroy(&s->timer_wakes);
  pthread_mutex_destroy(&s->timer_mutex);
  pthread_mutex_destroy(&s->spares_mutex);
  pthread_mutex_destroy(&s->connections_mutex);
  bytes_wipe(s->config.cursor_key, sizeof s->config.cursor_key);
  mem_free(s);
}

static result start(struct http_server *s, struct findings *f) {
  TRY(tls__new(s->config.certificate_pem, s->config.key_pem, f, &s->tls));
  TRY(make_parts(s));
  TRY(start_probe(s, f));
  return start_access(s, f);
}

result http_server_start(const struct http_config *config, struct findings *f, struct http_server **out) {
  check_problems(config);
  struct http_server *s = server_new(config);
  if (!s) return RESULT_NO_MEMORY;
  raise_files(&s->config.limits);
  /* libmicrohttpd wants its texts terminated; they are the arena's copies, as the findings are. */
  s->config.certificate_pem = str_copy(f->arena, config->certificate_pem);
  s->config.key_pem = str_copy(f->arena, config->key_pem);
  result started = start(s, f);
  bytes_wipe((char *)(uintptr_t)s->config.key_pem.p, s->config.key_pem.n);
  s->config.certificate_pem = s->config.key_pem = STR_NONE;
  if (started != RESULT_OK) {
    server_free(s);
    return started;
  }
  *out = s;
  return RESULT_OK;
}

uint16_t http_server_port(const struct http_server *s) { return s->port; }
uint16_t http_server_metrics_port(const struct http_server *s) { return s->metrics_port; }

result http_server_reload_certificate(struct http_server *s, str certificate_pem, str key_pem, struct findings *f) {
  return tls__replace(s->tls, certificate_pem, key_pem, f);
}

/* ---- stopping */

static void pause_a_little(void) {
  struct timespec t = { .tv_nsec = POLL_MS * 1000000L };
  nanosleep(&t, NULL);
}

static bool takes_its_time(void *context) {
  (void)context;
  return false;
}

/* True: nothing is left of what `count` counts. */
static bool wait_for_none(_Atomic int64_t *count, unsigned most_ms, bool (*hurries)(void *context), void *context) {
  for (unsigned waited_ms = 0; atomic_load(count) > 0; waited_ms += POLL_MS) {
    if (waited_ms >= most_ms || hurries(context)) return false;
    pause_a_little();
  }
  return true;
}

/* Those who were refused while they were sending still read why. */
static void wait_for_last_readers(struct http_server *s) {
  for (unsigned waited_ms = 0; waited_ms < LAST_READERS_MS && linger__count(s->linger); waited_ms += POLL_MS)
    pause_a_little();
}

static void refuse_job(struct job *j) {
  reply__fallback(j, RESULT_OUTSIDE);
  handoff__done(j);
}

bool http_server_stop(struct http_server *s, unsigned grace_ms) {
  return http_server_stop_unless(s, grace_ms, takes_its_time, NULL);
}

bool http_server_stop_unless(struct http_server *s, unsigned grace_ms, bool (*hurries)(void *context), void *context) {
  atomic_store(&s->draining, true);
  int listen_fd = MHD_quiesce_daemon(s->daemon);
  bool whole = wait_for_none(&s->jobs, grace_ms, hurries, context);
  atomic_store(&s->stopping, true);
  for (enum http_lane lane = 0; lane < HTTP_LANES; lane++) pool__refuse_waiting(s->lanes[lane], refuse_job);
  /* Whoever is inside a handler comes back by that handler's own limits; a connection must not be suspended now. */
  while (!wait_for_none(&s->busy, 1000, takes_its_time, NULL)) continue;
  if (!whole) wait_for_none(&s->jobs, 1000, takes_its_time, NULL); /* those refused just now still have their answer to send */
  MHD_stop_daemon(s->daemon);
  fd_close(&listen_fd);
  wait_for_last_readers(s);
  LOG(&s->config.log, LOG_INFO, "stopped", LOG_B("whole", whole));
  server_free(s);
  return whole;
}

/* ---- what requests ask of their server */

str http__cursor_key(const struct http_server *s) {
  return (str){ (const char *)s->config.cursor_key, sizeof s->config.cursor_key };
}

int64_t http_throttle_wait_s(struct http_request *r, str key) {
  return throttle__wait_s(r->server->throttle, key, server__monotonic_us(r->server));
}

void http_throttle_failed(struct http_request *r, str key) {
  throttle__failed(r->server->throttle, key, server__monotonic_us(r->server));
}

void http_throttle_passed(struct http_request *r, str key) {
  throttle__passed(r->server->throttle, key, server__monotonic_us(r->server));
}

int64_t http_rate_wait_s(struct http_request *r, str key, uint32_t per_minute) {
  return throttle__take(r->server->rates, key, per_minute, server__monotonic_us(r->server));
}
