/* access: libmicrohttpd's callbacks, on its event threads. For each request they come in this order:
 *
 *   request line   request_line()            a job is made
 *   header         called() without bytes    framing, route, limits; a stream goes to a worker for its gates
 *   body           called() with bytes       gathered whole, or in chunks that go to a worker each
 *   end            called() without bytes    to a worker; called again when that has answered
 *   completed      completed()               the answer was sent or the client went away: the job ends
 *
 * "To a worker" means: the connection is suspended until the worker is done. An answer can be queued only where no bytes
 * are offered. At the header it ends the connection, which then lingers (linger.c), so it is kept for the end unless a long
 * body would have to be passed over first; within a body the rest must be passed over, up to the same bound, beyond which the
 * connection just ends. */
#include <microhttpd.h>
#include <sys/socket.h>

#include "messages.h"
#include "server_inside.h"

enum {
  DEFAULT_BODY_BYTES = 64 << 10,
  SHORT_REST_BYTES = 1 << 20, /* a refused body of so much is passed over before it is answered: the connection lives on */
  RETRY_BUSY_S = 2,
  CONNECTION_MEMORY_BYTES = 40 << 10, /* the library's, for one connection: header and one read */
  CONNECTION_TIMEOUT_S = 300,         /* the library's own, behind all of ours */
};

static enum MHD_Result queue_reply(struct job *j) {
  struct MHD_Response *response = reply__response(j);
  if (!response) return MHD_NO;
  j->whole = j->phase != PHASE_HEADER && j->phase != PHASE_ADMITTING;
  j->phase = PHASE_ANSWERED;
  if (!j->reply.source) job__body_drop(j); /* a slow reader need not hold what it sent */
  connections__set(j->connection, CONNECTION_SENDING, 0);
  enum MHD_Result queued = MHD_queue_response(j->mhd, (unsigned)j->reply.status, response);
  MHD_destroy_response(response);
  return queued;
}

/* ---- to a worker */

struct refusal {
  struct job *job;
  const struct http_problem *problem;
  int64_t retry_after_s;
};

static void refuse_inside(void *context) {
  const struct refusal *r = context;
  r->job->r.arena = r->job->keep;
  reply__problem(r->job, r->problem, r->retry_after_s);
}

static void refuse(struct job *j, const struct http_problem *problem, int64_t retry_after_s) {
  struct refusal r = { j, problem, retry_after_s };
  result why = arena_run(j->keep, refuse_inside, &r);
  if (why != RESULT_OK) reply__fallback(j, why);
}

/* Suspended first, offered then: the worker may be done before this returns. */
static enum MHD_Result to_worker(struct job *j, enum step step, bool bounded) {
  MHD_suspend_connection(j->mhd);
  if (handoff__offer(j, step, bounded)) return MHD_YES;
  bool stopping = atomic_load(&j->s->stopping);
  if (!stopping) tally__count(j->s, TALLY_BUSY);
  refuse(j, stopping ? &http_problem_shutting_down : &http_problem_busy, RETRY_BUSY_S);
  MHD_resume_connection(j->mhd);
  return MHD_YES;
}

/* ---- the header */

static size_t body_limit(const struct http_route *route) {
  return route->body_limit_bytes ? route->body_limit_bytes : DEFAULT_BODY_BYTES;
}

static bool streams(const struct job *j) {
  return j->r.route->body == HTTP_BODY_STREAM || j->r.route->body == HTTP_BODY_MULTIPART;
}

static void allow_header(struct job *j, struct http_answer *answer, uint32_t methods) {
  struct buf out = buf_in(j->keep);
  for (uint32_t m = HTTP_GET; m <= HTTP_OPTIONS; m <<= 1) {
    if (!(methods & m)) continue;
    if (out.n) buf_add(&out, STR(", "));
    buf_add(&out, str_of(http_method_name((enum http_method)m)));
  }
  http_answer_header(&j->r, answer, "Allow", buf_str(&out));
}

static bool find_route(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  str query, path = str_cut(r->target, '?', &query);
  struct http_match match;
  http_routes_match(j->keep, j->s->routes, r->method, path, &match);
  r->route = match.route;
  r->path = match.path;
  if (match.route) return true;
  if (match.allowed && r->method == HTTP_OPTIONS) {
    *answer = http_no_content();
  } else {
    *answer = HTTP_PROBLEM(r, match.allowed ? &http_problem_method_not_allowed : &http_problem_not_found);
  }
  if (match.allowed) allow_header(j, answer, match.allowed);
  return false;
}

static bool check_size(struct job *j, struct http_answer *answer) {
  const struct http_route *route = j->r.route;
  if (route->body == HTTP_BODY_NONE && j->has_body) {
    *answer = http__because(&j->r, &http_problem_bad_request, &http__reason_body);
    return false;
  }
  if (j->r.content_length <= (int64_t)body_limit(route)) return true;
  *answer = HTTP_PROBLEM(&j->r, &http_problem_body_too_large, str_format(j->keep, "%zu", body_limit(route)));
  return false;
}

static bool check_draining(struct job *j, struct http_answer *answer) {
  if (!atomic_load(&j->s->draining)) return true;
  *answer = HTTP_PROBLEM(&j->r, &http_problem_shutting_down);
  http_answer_retry_after(&j->r, answer, RETRY_BUSY_S);
  return false;
}

struct header_call {
  struct job *job;
  const char *method, *version;
};

static void read_header(void *context) {
  const struct header_call *c = context;
  struct job *j = c->job;
  struct http_answer answer = { 0 };
  bool framed = framing__read(j, c->method, c->version, &answer);
  if (!framed) j->reply.close = true; /* who knows where the next request begins */
  if (framed && check_draining(j, &answer) && find_route(j, &answer) && check_size(j, &answer)) return;
  reply__of(j, &answer);
}

static enum MHD_Result await_body(struct job *j) {
  j->phase = PHASE_BODY;
  connections__set(j->connection, CONNECTION_READING, 0);
  return MHD_YES;
}

/* A refusal that stands before the body came. */
static enum MHD_Result refuse_early(struct job *j) {
  bool short_rest = !j->expects_continue && j->r.content_length >= 0 && j->r.content_length <= SHORT_REST_BYTES;
  if (j->reply.close || (j->has_body && !short_rest)) return queue_reply(j);
  (void)await_body(j);
  j->phase = PHASE_DRAINING;
  return MHD_YES;
}

static enum MHD_Result header_came(struct job *j, const char *method, const char *version) {
  struct header_call c = { j, method, version };
  result why = arena_run(j->keep, read_header, &c);
  if (why != RESULT_OK) reply__fallback(j, why);
  if (j->reply.status) return refuse_early(j);
  if (!streams(j) || !j->has_body) return await_body(j);
  j->phase = PHASE_ADMITTING;
  return to_worker(j, STEP_ADMIT, true);
}

/* ---- the body */

static void refuse_size_inside(void *context) {
  struct job *j = context;
  j->r.arena = j->keep;
  struct http_answer answer =
      HTTP_PROBLEM(&j->r, &http_problem_body_too_large, str_format(j->keep, "%zu", body_limit(j->r.route)));
  reply__of(j, &answer);
}

static void refuse_size(struct job *j) {
  result why = arena_run(j->keep, refuse_size_inside, j);
  if (why != RESULT_OK) reply__fallback(j, why);
}

static enum MHD_Result drain(struct job *j, size_t *n) {
  j->drained += *n;
  *n = 0;
  bool known = j->r.content_length >= 0; /* then it is short or within the route's limit, and worth an answer */
  return known || j->drained <= j->s->config.limits.linger_bytes ? MHD_YES : MHD_NO;
}

static enum MHD_Result take_whole(struct job *j, const char *bytes, size_t *n) {
  size_t known = j->r.content_length > 0 && j->body_n == 0 ? (size_t)j->r.content_length : *n;
  if (!job__room(j, known < *n ? *n : known)) {
    refuse(j, &http_problem_busy, RETRY_BUSY_S);
    return drain(j, n);
  }
  memcpy(j->body + j->body_n, bytes, *n);
  j->body_n += *n;
  *n = 0;
  return MHD_YES;
}

static bool chunk_room(struct job *j) {
  enum { LEFT_OVER_BYTES = 128 }; /* what a delimiter that was none gives back behind a full chunk */
  return j->body_room ? true : job__room(j, HTTP_CHUNK_BYTES + LEFT_OVER_BYTES);
}

static enum MHD_Result take_chunk(struct job *j, const char *bytes, size_t *n) {
  size_t room = HTTP_CHUNK_BYTES - j->body_n, taken = *n < room ? *n : room;
  memcpy(j->body + j->body_n, bytes, taken);
  j->body_n += taken;
  *n -= taken;
  return j->body_n == HTTP_CHUNK_BYTES ? to_worker(j, STEP_CHUNK, false) : MHD_YES;
}

/* ---- multipart: fields are gathered, the file's bytes become chunks */

struct feeding {
  struct job *job;
  str bytes;
  size_t used;
  enum multipart_event event;
};

static void feed_inside(void *context) {
  struct feeding *f = context;
  struct job *j = f->job;
  while (f->used < f->bytes.n && j->body_n < HTTP_CHUNK_BYTES) {
    str rest = str_slice(f->bytes, f->used, f->bytes.n), data = STR_NONE;
    size_t room = HTTP_CHUNK_BYTES - j->body_n, used;
    if (rest.n > room) rest = str_slice(rest, 0, room);
    f->event = multipart__feed(j->multipart, rest, &used, &data);
    f->used += used;
    if (f->event == MULTIPART_DATA) {
      memcpy(j->body + j->body_n, data.p, data.n);
      j->body_n += data.n;
    }
    if (f->event == MULTIPART_FILE || f->event == MULTIPART_BAD) return;
  }
}

static void refuse_parts_inside(void *context) {
  struct job *j = context;
  j->r.arena = j->keep;
  struct http_answer answer = http__because(&j->r, &http_problem_bad_request, &http__reason_multipart);
  reply__of(j, &answer);
}

static enum MHD_Result take_parts(struct job *j, const char *bytes, size_t *n) {
  struct feeding f = { .job = j, .bytes = { bytes, *n }, .event = MULTIPART_MORE };
  result why = arena_run(j->keep, feed_inside, &f);
  if (why != RESULT_OK) reply__fallback(j, why);
  if (j->reply.status) return drain(j, n);
  *n -= f.used;
  if (f.event == MULTIPART_BAD) {
    if (arena_run(j->keep, refuse_parts_inside, j) != RESULT_OK) reply__fallback(j, RESULT_LIMIT);
    return drain(j, n);
  }
  if (f.event == MULTIPART_FILE) return to_worker(j, STEP_BEGIN, false);
  return j->body_n >= HTTP_CHUNK_BYTES ? to_worker(j, STEP_CHUNK, false) : MHD_YES;
}

static enum MHD_Result body_came(struct job *j, const char *bytes, size_t *n) {
  if (j->reply.status) return drain(j, n);
  if (!streams(j)) {
    j->body_total += *n;
    if (j->body_total <= body_limit(j->r.route)) return take_whole(j, bytes, n);
    refuse_size(j);
    return drain(j, n);
  }
  if (!chunk_room(j)) {
    refuse(j, &http_problem_busy, RETRY_BUSY_S);
    return drain(j, n);
  }
  bool back_from_worker = atomic_load(&j->connection->state) == CONNECTION_WORKING;
  if (back_from_worker) connections__set(j->connection, CONNECTION_READING, 0);
  size_t before = *n;
  enum MHD_Result taken = j->multipart ? take_parts(j, bytes, n) : take_chunk(j, bytes, n);
  j->body_total += before - *n;
  /* What is over the limit may already be in a chunk: chunk() sees it, finish() never comes. */
  if (j->body_total > body_limit(j->r.route) && !atomic_load(&j->busy)) refuse_size(j);
  return taken;
}

static enum MHD_Result body_ended(struct job *j) {
  if (j->reply.status) return queue_reply(j);
  if (!streams(j)) {
    j->phase = PHASE_HANDLING;
    j->r.body = (str){ j->body, j->body_n };
    return to_worker(j, STEP_HANDLE, true);
  }
  bool admitted = j->multipart || j->begun;
  if (admitted) j->phase = PHASE_HANDLING;
  return to_worker(j, admitted ? STEP_FINISH : STEP_ADMIT, !admitted); /* a stream without a body meets its gates now */
}

static enum MHD_Result called(void *context, struct MHD_Connection *mhd, const char *url, const char *method,
                              const char *version, const char *bytes, size_t *n, void **request) {
  (void)context;
  (void)mhd;
  (void)url;
  struct job *j = *request;
  if (!j || j->no_memory) return MHD_NO;
  if (atomic_load(&j->busy)) return MHD_YES; /* suspended: the library offers the next chunk too early */
  if (*n) return body_came(j, bytes, n);
  switch (j->phase) {
    case PHASE_HEADER: return header_came(j, method, version);
    case PHASE_ADMITTING: return j->reply.status ? refuse_early(j) : await_body(j);
    case PHASE_BODY: return body_ended(j);
    case PHASE_HANDLING:
    case PHASE_DRAINING: return queue_reply(j);
    case PHASE_ANSWERED: break;
  }
  return MHD_YES;
}

/* ---- beginnings and ends */

static void keep_target(void *context) {
  struct job *j = context;
  j->r.target = str_copy(j->keep, (str){ j->uri_at, j->uri_n });
}

static void *request_line(void *context, const char *uri, struct MHD_Connection *mhd) {
  struct http_server *s = context;
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  bool there = uri && info && info->socket_context; /* without memory it was not noted, and is not served */
  struct job *j = there ? job__new(s, mhd, uri) : NULL;
  if (!j) return NULL;
  j->connection = info->socket_context;
  j->no_memory = arena_run(j->keep, keep_target, j) != RESULT_OK;
  int64_t deadline_us = j->started_us + (int64_t)s->config.limits.header_seconds * 1000000;
  connections__set(j->connection, CONNECTION_WAITING, deadline_us);
  return j;
}

static const char *outcome_of(const struct job *j, enum MHD_RequestTerminationCode why) {
  if (why == MHD_REQUEST_TERMINATED_COMPLETED_OK) return "answered";
  if (atomic_load(&j->connection->timed_out)) return "timed_out";
  return why == MHD_REQUEST_TERMINATED_DAEMON_SHUTDOWN ? "shut_down" : "client_gone";
}

static void completed(void *context, struct MHD_Connection *mhd, void **request, enum MHD_RequestTerminationCode why) {
  (void)mhd;
  struct http_server *s = context;
  struct job *j = *request;
  if (!j) return;
  *request = NULL;
  tally__request(s, j, outcome_of(j, why));
  j->connection->lingers = why == MHD_REQUEST_TERMINATED_COMPLETED_OK && !j->whole;
  int64_t idle_until_us = server__monotonic_us(s) + (int64_t)s->config.limits.idle_seconds * 1000000;
  connections__set(j->connection, CONNECTION_WAITING, idle_until_us);
  bool abandoned = j->begun && !j->finished && j->r.route->stream->abandon;
  if (!abandoned || !handoff__offer(j, STEP_ABANDON, false)) job__free(j);
}

/* The library's own limit would count each address of an IPv6 site by itself. */
static enum MHD_Result let_in(void *context, const struct sockaddr *address, socklen_t n) {
  (void)n;
  return connections__full(context, client__network(address)) ? MHD_NO : MHD_YES;
}

static void connection_began(struct http_server *s, struct MHD_Connection *mhd, void **socket_context) {
  struct connection *c = mem_alloc(sizeof *c);
  *socket_context = c;
  if (!c) return;
  const union MHD_ConnectionInfo *fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
  const union MHD_ConnectionInfo *address = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  *c = (struct connection){ .server = s, .fd = fd->connect_fd, .network = client__network(address->client_addr) };
  const union MHD_ConnectionInfo *tls = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  c->credentials = tls__attach(s->tls, tls->tls_session);
  connections__set(c, CONNECTION_WAITING, server__monotonic_us(s) + (int64_t)s->config.limits.header_seconds * 1000000);
  atomic_fetch_add(&s->connection_count, 1);
  pthread_mutex_lock(&s->connections_mutex);
  c->next = s->connections;
  if (c->next) c->next->previous = c;
  s->connections = c;
  pthread_mutex_unlock(&s->connections_mutex);
}

static void connection_ended(struct http_server *s, struct connection *c) {
  if (!c) return;
  pthread_mutex_lock(&s->connections_mutex);
  if (c->next) c->next->previous = c->previous;
  if (c->previous)
    c->previous->next = c->next;
  else
    s->connections = c->next;
  pthread_mutex_unlock(&s->connections_mutex);
  atomic_fetch_sub(&s->connection_count, 1);
  if (c->lingers && !atomic_load(&c->timed_out)) linger__take(s->linger, c->fd);
  tls__release(c->credentials);
  mem_free(c);
}

static void connection_changed(void *context, struct MHD_Connection *mhd, void **socket_context,
                               enum MHD_ConnectionNotificationCode what) {
  struct http_server *s = context;
  if (what == MHD_CONNECTION_NOTIFY_STARTED) {
    connection_began(s, mhd, socket_context);
  } else {
    connection_ended(s, *socket_context);
    *socket_context = NULL;
  }
}

/* Addresses are decoded by routes.c, segment by segment, and queries by parameter.c. */
static size_t leave_escaped(void *context, struct MHD_Connection *mhd, char *text) {
  (void)context;
  (void)mhd;
  return strlen(text);
}

struct MHD_Daemon *access__start(struct http_server *s, int listen_fd) {
  const struct http_config *c = &s->config;
  struct MHD_OptionItem several[] = {
    { MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)c->limits.event_threads, NULL },
    { MHD_OPTION_END, 0, NULL },
  };
  if (c->limits.event_threads < 2) several[0] = several[1];
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC;
  return MHD_start_daemon(flags, 0, let_in, s, called, s, MHD_OPTION_LISTEN_SOCKET, listen_fd,
                          MHD_OPTION_HTTPS_MEM_CERT, c->certificate_pem.p, MHD_OPTION_HTTPS_MEM_KEY, c->key_pem.p,
                          MHD_OPTION_HTTPS_PRIORITIES, "SECURE128:-VERS-ALL:+VERS-TLS1.3", MHD_OPTION_CONNECTION_LIMIT,
                          c->limits.connections, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_TIMEOUT_S,
                          MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY_BYTES,
                          MHD_OPTION_NOTIFY_CONNECTION, connection_changed, s, MHD_OPTION_NOTIFY_COMPLETED, completed,
                          s, MHD_OPTION_URI_LOG_CALLBACK, request_line, s, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped,
                          NULL, MHD_OPTION_ARRAY, several, MHD_OPTION_END);
}
