/* tally: what the server counts of itself, and one log line per request. Routes are named by their pattern, never by the
 * address that was asked for: that may hold ids of claims and people. */
#include <stdio.h>
#include <stdlib.h>

#include "server_inside.h"

static const struct metric_family requests_family = { "shienkin_http_requests_total", METRIC_COUNTER,
                                                      "Requests answered, by route and class of status." };
static const struct metric_family duration_family = {
  "shienkin_http_request_duration_seconds", METRIC_SECONDS,
  "From the request line to the last byte of the answer, by route."
};
static const struct metric_family running_family = { "shienkin_http_requests_in_progress", METRIC_GAUGE,
                                                     "Requests between their first line and their last byte." };
static const struct metric_family connections_family = { "shienkin_http_connections", METRIC_GAUGE,
                                                         "Connections that stand." };
static const struct metric_family lingering_family = {
  "shienkin_http_lingering", METRIC_GAUGE, "Connections that were answered early and whose rest is passed over."
};
static const struct metric_family waiting_family = { "shienkin_http_queue_length", METRIC_GAUGE,
                                                     "Requests that wait for a worker, by lane." };
static const struct metric_family bodies_family = { "shienkin_http_bodies_bytes", METRIC_GAUGE,
                                                    "Memory held by request bodies." };
static const struct metric_family build_family = { "shienkin_build_info", METRIC_GAUGE,
                                                   "1, with the version as label." };
static const struct metric_family busy_family = { "shienkin_http_refused_busy_total", METRIC_COUNTER,
                                                  "Requests refused because the queue was full." };
static const struct metric_family timeout_family = {
  "shienkin_http_timeouts_total", METRIC_COUNTER, "Connections ended because header, body or answer did not move on."
};
static const struct metric_family malformed_family = { "shienkin_http_malformed_total", METRIC_COUNTER,
                                                       "Requests refused for their framing." };

enum { CLASSES = 4 }; /* 2xx to 5xx */

struct route_series {
  const struct http_route *route;
  int requests[CLASSES], duration;
};

struct tally {
  struct route_series *routes; /* sorted by address of the row; the first is for requests without a route */
  size_t count;
  int events[TALLY_EVENTS];
};

static int64_t ask_jobs(void *s) { return atomic_load(&((struct http_server *)s)->jobs); }
static int64_t ask_connections(void *s) { return atomic_load(&((struct http_server *)s)->connection_count); }
static int64_t ask_bodies(void *s) { return atomic_load(&((struct http_server *)s)->bodies_bytes); }

static bool route_series(struct metrics *m, struct route_series *out, const struct http_route *route) {
  char labels[300];
  const char *method = route ? http_method_name(route->method) : "", *path = route ? route->path : "";
  out->route = route;
  bool good = true;
  for (int i = 0; i < CLASSES; i++) {
    snprintf(labels, sizeof labels, "method=\"%s\",route=\"%s\",code=\"%dxx\"", method, path, i + 2);
    out->requests[i] = metrics_series(m, &requests_family, labels);
    good = good && out->requests[i] >= 0;
  }
  snprintf(labels, sizeof labels, "method=\"%s\",route=\"%s\"", method, path);
  out->duration = metrics_series(m, &duration_family, labels);
  return good && out->duration >= 0;
}

static int by_row(const void *a, const void *b) {
  uintptr_t x = (uintptr_t)((const struct route_series *)a)->route,
            y = (uintptr_t)((const struct route_series *)b)->route;
  return (x > y) - (x < y);
}

static bool all_routes(struct http_server *s, struct tally *t) {
  const struct http_config *c = &s->config;
  size_t count = 1 + probe__routes.count;
  for (size_t i = 0; i < c->route_table_count; i++) count += c->routes[i].count;
  t->routes = mem_alloc(count * sizeof *t->routes);
  bool good = t->routes && route_series(s->metrics, &t->routes[t->count++], NULL);
  for (size_t i = 0; i < c->route_table_count && good; i++) {
    for (size_t k = 0; k < c->routes[i].count && good; k++)
      good = route_series(s->metrics, &t->routes[t->count++], &c->routes[i].rows[k]);
  }
  for (size_t k = 0; k < probe__routes.count && good; k++)
    good = route_series(s->metrics, &t->routes[t->count++], &probe__routes.rows[k]);
  if (good) qsort(t->routes, t->count, sizeof *t->routes, by_row);
  return good;
}

static bool count_lanes(struct metrics *m, struct http_server *s) {
  bool good = true;
  for (enum http_lane lane = 0; lane < HTTP_LANES; lane++) {
    char label[30];
    snprintf(label, sizeof label, "lane=\"%s\"", http_lane_name(lane));
    good = good && metrics_gauge_asked(m, &waiting_family, label, pool__waiting, s->lanes[lane]) >= 0;
  }
  return good;
}

static bool own_series(struct http_server *s, struct tally *t) {
  struct metrics *m = s->metrics;
  char version[100];
  snprintf(version, sizeof version, "version=\"%s\"", s->config.version ? s->config.version : "unknown");
  int build = metrics_series(m, &build_family, version);
  if (build < 0) return false;
  metrics_set(m, build, 1);
  t->events[TALLY_BUSY] = metrics_series(m, &busy_family, "");
  t->events[TALLY_TIMEOUT] = metrics_series(m, &timeout_family, "");
  t->events[TALLY_MALFORMED] = metrics_series(m, &malformed_family, "");
  bool good = t->events[TALLY_BUSY] >= 0 && t->events[TALLY_TIMEOUT] >= 0 && t->events[TALLY_MALFORMED] >= 0;
  return good && metrics_gauge_asked(m, &running_family, "", ask_jobs, s) >= 0 &&
         metrics_gauge_asked(m, &connections_family, "", ask_connections, s) >= 0 &&
         metrics_gauge_asked(m, &lingering_family, "", linger__count, s->linger) >= 0 &&
         metrics_gauge_asked(m, &bodies_family, "", ask_bodies, s) >= 0 && count_lanes(m, s);
}

struct tally *tally__new(struct http_server *s) {
  struct tally *t = mem_alloc(sizeof *t);
  if (!t) return NULL;
  *t = (struct tally){ 0 };
  if (all_routes(s, t) && own_series(s, t)) return t;
  tally__free(t);
  return NULL;
}

void tally__free(struct tally *t) {
  if (!t) return;
  mem_free(t->routes);
  mem_free(t);
}

void tally__count(struct http_server *s, enum tally_event event) {
  if (s->tally) metrics_add(s->metrics, s->tally->events[event], 1);
}

static void log_request(const struct http_server *s, const struct job *j, const char *outcome, int64_t took_us) {
  const struct http_request *r = &j->r;
  char trace[56];
  http_trace_write(&r->trace, trace);
  LOG(&s->config.log, j->reply.status >= 500 ? LOG_WARNING : LOG_INFO, "request",
      LOG_S("method", str_of(r->method ? http_method_name(r->method) : "-")),
      LOG_S("route", r->route ? str_of(r->route->path) : STR("-")), LOG_I("status", j->reply.status),
      LOG_S("problem", j->problem ? str_of(j->problem) : STR("-")), LOG_S("outcome", str_of(outcome)),
      LOG_I("took_us", took_us), LOG_I("in_bytes", (int64_t)j->body_total), LOG_I("out_bytes", (int64_t)j->sent),
      LOG_S("realm", r->realm ? str_of(http_realm_name(r->realm)) : STR("-")),
      LOG_S("request_id", str_of(r->request_id)), LOG_S("trace_id", ((str){ trace + 3, 32 })));
}

void tally__request(struct http_server *s, const struct job *j, const char *outcome) {
  int64_t took_us = server__monotonic_us(s) - j->started_us;
  const struct tally *t = s->tally;
  struct route_series key = { .route = j->r.route };
  const struct route_series *series = bsearch(&key, t->routes, t->count, sizeof key, by_row);
  int class = j->reply.status / 100 - 2;
  if (series && class >= 0 && class < CLASSES) {
    metrics_add(s->metrics, series->requests[class], 1);
    metrics_observe_us(s->metrics, series->duration, took_us);
  }
  log_request(s, j, outcome, took_us);
}
