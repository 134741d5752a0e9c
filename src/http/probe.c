/* probe: /livez and /readyz, on the main listener for those in front of it and on the loopback listener beside /metrics.
 * The loopback listener has one thread, may wait for the answer of readiness, and speaks plain HTTP to this machine. */
#include <microhttpd.h>

#include "fields.h"
#include "server_inside.h"

static struct http_answer health(struct arena *a, bool good, str why) {
  struct buf out = buf_in(a);
  struct json_writer w = json_writer_to(&out);
  json_write_begin_object(&w);
  json_write_name(&w, STR("status"));
  json_write_str(&w, good ? STR("ok") : STR("unavailable"));
  if (!good && why.n) {
    json_write_name(&w, STR("reason"));
    json_write_str(&w, why);
  }
  json_write_end_object(&w);
  return http_json(good ? HTTP_OK : 503, buf_str(&out));
}

static struct http_answer ready_answer(struct http_server *s, struct arena *a) {
  const struct http_readiness *r = &s->config.readiness;
  str why = STR_NONE;
  bool good = true;
  if (atomic_load(&s->draining)) {
    good = false;
    why = STR("shutting_down");
  } else if (r->ready) {
    good = r->ready(r->context, a, &why);
  }
  if (!good) LOG(&s->config.log, LOG_WARNING, "not_ready", LOG_S("reason", why));
  return health(a, good, why);
}

static struct http_answer livez(struct http_request *r) { return health(r->arena, true, STR_NONE); }
static struct http_answer readyz(struct http_request *r) { return ready_answer(r->server, r->arena); }

static const struct http_route rows[] = {
  { .name = "live",
    .method = HTTP_GET,
    .path = "/livez",
    .realms = HTTP_PUBLIC,
    .anonymous = true,
    .lane = HTTP_LANE_LIGHT,
    .handler = livez,
    .tag = "health",
    .summary_ja = "プロセスが動いているか",
    .summary_en = "Is the process alive" },
  { .name = "ready",
    .method = HTTP_GET,
    .path = "/readyz",
    .realms = HTTP_PUBLIC,
    .handler = readyz,
    .tag = "health",
    .summary_ja = "リクエストを受けられるか",
    .summary_en = "Can it take requests" },
};

const struct http_route_table probe__routes = { rows, COUNT_OF(rows) };

/* ---- the loopback listener */

struct probing {
  struct http_server *server;
  struct arena *arena;
  str path, accept;
  struct http_answer answer;
};

static void probe(void *context) {
  struct probing *p = context;
  struct http_server *s = p->server;
  bool openmetrics = str_find(p->accept, STR("application/openmetrics-text")) >= 0;
  if (str_eq(p->path, STR("/metrics"))) {
    p->answer = http_bytes(HTTP_OK,
                           openmetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                       : "text/plain; version=0.0.4; charset=utf-8",
                           metrics_render(p->arena, s->metrics, openmetrics));
  } else if (str_eq(p->path, STR("/livez"))) {
    p->answer = health(p->arena, true, STR_NONE);
  } else if (str_eq(p->path, STR("/readyz"))) {
    p->answer = ready_answer(s, p->arena);
  } else {
    p->answer = http_bytes(404, "text/plain; charset=utf-8", STR("/metrics /livez /readyz\n"));
  }
}

static enum MHD_Result give(struct MHD_Connection *mhd, const struct http_answer *answer) {
  struct MHD_Response *response =
      MHD_create_response_from_buffer(answer->body.n, (void *)(uintptr_t)answer->body.p, MHD_RESPMEM_MUST_COPY);
  if (!response) return MHD_NO;
  bool good = MHD_add_response_header(response, "Content-Type", answer->content_type) == MHD_YES &&
              MHD_add_response_header(response, "Cache-Control", "no-store") == MHD_YES;
  enum MHD_Result queued = good ? MHD_queue_response(mhd, (unsigned)answer->status, response) : MHD_NO;
  MHD_destroy_response(response);
  return queued;
}

static enum MHD_Result called(void *context, struct MHD_Connection *mhd, const char *url, const char *method,
                              const char *version, const char *bytes, size_t *n, void **request) {
  (void)version;
  (void)bytes;
  (void)request;
  bool reads = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
  if (!reads || *n) return MHD_NO;
  struct http_server *s = context;
  CLEANUP(arena_cleanup)
  struct arena *arena = arena_new(s->config.limits.call_bytes);
  if (!arena) return MHD_NO;
  const char *accept = MHD_lookup_connection_value(mhd, MHD_HEADER_KIND, "Accept");
  struct probing p = { .server = s, .arena = arena, .path = str_of(url), .accept = str_of(accept) };
  if (arena_run(arena, probe, &p) != RESULT_OK) return MHD_NO;
  return give(mhd, &p.answer);
}

struct MHD_Daemon *probe__start(struct http_server *s, int listen_fd) {
  enum { CONNECTIONS = 32, TIMEOUT_S = 10 };
  return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, called, s,
                          MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
                          MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_S, MHD_OPTION_END);
}
