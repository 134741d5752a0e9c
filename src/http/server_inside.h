/* server_inside: what the server's own files know of each other. A server owns its daemon, its workers, its table of
 * connections and everything that counts; a job is one request on its way through it. */
#ifndef SHIENKIN_HTTP_SERVER_INSIDE_H
#define SHIENKIN_HTTP_SERVER_INSIDE_H

#include <pthread.h>
#include <stdatomic.h>

#include "multipart.h"
#include "shienkin/http/server.h"

struct MHD_Daemon;
struct MHD_Connection;
struct MHD_Response;
struct tls;
struct tls_credentials;
struct pool;
struct throttle;
struct tally;
struct lingerers;
struct job;

/* ---- a connection, as the timers see it. Event threads write, the timer thread reads. */
enum connection_state {
  CONNECTION_WAITING, /* for a whole header, until `deadline_us` */
  CONNECTION_READING, /* a body: must move on */
  CONNECTION_WORKING, /* suspended: no clock runs */
  CONNECTION_SENDING, /* an answer: must move on */
};

/* A span of time in which bytes must move on. */
struct window {
  int64_t from_us;
  uint64_t bytes;
};

/* An address as limits count it: IPv6 (RFC 4291) without its last 64 bits, IPv4 in the form that IPv6 has for it. */
struct network {
  uint8_t bytes[16];
};

struct connection {
  struct http_server *server;
  struct network network;
  struct connection *next, *previous;
  struct tls_credentials *credentials; /* those that its handshake used */
  int fd;
  _Atomic int state;
  _Atomic uint32_t turn; /* counts changes of state, so that the timer starts a new window */
  _Atomic int64_t deadline_us;
  _Atomic bool timed_out;
  bool lingers;       /* its last request was answered before it was whole; the event thread's own */
  uint32_t seen_turn; /* the timer thread's own, as the window */
  struct window window;
};

/* ---- a job */
enum step {
  STEP_HANDLE,  /* everything is here: gates, then the handler */
  STEP_ADMIT,   /* a stream's header is here: gates, then begin() unless fields come first */
  STEP_BEGIN,   /* a multipart's fields are here: their gates, then begin() */
  STEP_CHUNK,   /* a full chunk is here */
  STEP_FINISH,  /* the body's end: last chunk, finish() */
  STEP_SOURCE,  /* the answer's next piece is wanted */
  STEP_ABANDON, /* the client went away within a stream; the job is the worker's to release */
};

enum phase {
  PHASE_HEADER,    /* nothing but the request line was seen */
  PHASE_ADMITTING, /* a stream waits for its gates */
  PHASE_BODY,      /* the body is coming */
  PHASE_HANDLING,  /* the request is whole; the handler works or has answered */
  PHASE_DRAINING,  /* the answer is there, the rest of the body is passed over first */
  PHASE_ANSWERED,
};

struct reply_header {
  const char *name, *value;
  struct reply_header *next;
};

/* An answer in the form in which it is sent: everything is a copy in job->keep or owned here. */
struct reply {
  int status; /* 0: none yet */
  const char *content_type;
  struct reply_header *headers;
  char *body; /* mem_alloc, or NULL */
  size_t body_n;
  const char *fixed; /* a body that is never freed, for when there is no memory */
  const struct http_source *source;
  int64_t length;
  bool close;
};

/* The piece of a source's body that is being sent. */
struct piece {
  char *bytes;
  size_t n, at;
  bool end, broken;
};

struct job {
  struct http_request r;
  struct http_server *s;
  struct connection *connection;
  struct MHD_Connection *mhd;
  struct job *next;   /* in a queue or among the spares */
  struct arena *keep; /* r.keep */
  _Atomic bool busy;  /* with a worker, the connection suspended */
  enum step step;
  enum phase phase;
  const char *uri_at; /* the request line's target in the library's memory, for the framing check */
  size_t uri_n;
  bool no_memory;
  bool has_body, expects_continue;
  bool whole; /* nothing of it was still to come when it was answered */
  uint64_t drained;
  struct http_cookie_pair *cookies; /* r.cookies */
  char *body; /* bounded body, or the chunk being filled */
  size_t body_n, body_room;
  struct multipart *multipart;
  bool begun, finished; /* between them a stream can be abandoned */
  uint64_t body_total;
  struct reply reply;
  struct piece piece;
  int64_t started_us; /* monotonic */
  uint64_t sent;
  const char *problem; /* its code, for the log */
};

struct http_server {
  struct http_config config; /* limits filled in */
  struct http_routes *routes;
  struct MHD_Daemon *daemon, *probe;
  struct tls *tls;
  struct pool *lanes[HTTP_LANES];
  struct throttle *throttle, *rates;
  struct tally *tally;
  struct lingerers *linger;
  struct metrics *metrics;
  bool own_metrics;
  uint16_t port, metrics_port;

  pthread_mutex_t connections_mutex;
  struct connection *connections;
  _Atomic int64_t connection_count;

  pthread_mutex_t spares_mutex;
  struct job *spares;
  unsigned spare_count;

  _Atomic int64_t jobs; /* from request line to the answer's last byte */
  _Atomic int64_t busy; /* suspended, with a worker or on the way to one */
  _Atomic int64_t bodies_bytes;
  _Atomic bool draining, stopping;

  pthread_t timer;
  bool timer_runs;
  pthread_mutex_t timer_mutex;
  pthread_cond_t timer_wakes;
  bool timer_ends;
};

static inline int64_t server__monotonic_us(const struct http_server *s) { return clock_monotonic_us(&s->config.clock); }
str http__cursor_key(const struct http_server *s);

/* ---- job.c */
struct job *job__new(struct http_server *s, struct MHD_Connection *mhd, const char *uri); /* NULL: no memory */
void job__free(struct job *j);
bool job__room(struct job *j, size_t more); /* room in the body, within the server's budget */
void job__body_drop(struct job *j);

/* ---- framing.c: on the event thread, at the first call for a request */
/* Reads the header into j->r (headers, client, ids, trace, language) and checks its framing. false: *answer refuses. */
bool framing__read(struct job *j, const char *method, const char *version, struct http_answer *answer);

/* ---- client.c: the other side's address; NULL: it is not known */
struct sockaddr;
struct network client__network(const struct sockaddr *any);
str client__text(struct arena *a, const struct sockaddr *any);
str client__network_text(struct arena *a, struct network net);

/* ---- gates.c: on a worker, or where only the header is needed */
bool gates__asks_who(const struct job *j); /* before admission: may a session or token have to be looked up? */
bool gates__admission(struct job *j, struct http_answer *answer); /* what can be said before the body */
bool gates__body(struct job *j, struct http_answer *answer);      /* what the body decides */
bool gates__fields(struct job *j, const struct http_pair *pairs, size_t count, struct http_answer *answer);

/* ---- steps.c: on a worker. The arena is the call's: it is empty again when the job is handed back. */
void steps__run(struct job *j, struct arena *arena, void *worker);

/* ---- reply.c */
void reply__of(struct job *j, const struct http_answer *answer); /* needs guards on r.arena and keep */
void reply__fallback(struct job *j, result why);                 /* needs no memory */
void reply__problem(struct job *j, const struct http_problem *p, int64_t retry_after_s);
struct MHD_Response *reply__response(struct job *j); /* NULL: no memory */

/* ---- handoff.c: from event threads to workers and back */
/* The connection is suspended by the caller. false: the queue is full (only where `bounded`) or the server stops. */
bool handoff__offer(struct job *j, enum step step, bool bounded);
void handoff__done(struct job *j); /* by the worker: resume */

/* ---- access.c: libmicrohttpd's callbacks */
struct MHD_Daemon *access__start(struct http_server *s, int listen_fd);

/* ---- connections.c and timers */
bool connections__full(struct http_server *s, struct network net); /* has this network its share already? */
void connections__set(struct connection *c, enum connection_state state, int64_t deadline_us);
/* Was `bytes`, what moved in all, too little over a whole window? The window then begins anew. */
bool connections__stalled(struct window *w, uint64_t bytes, int64_t now_us, const struct http_limits *limits);
result connections__start_timer(struct http_server *s);
void connections__stop_timer(struct http_server *s);

/* ---- linger.c */
struct lingerers *linger__new(struct http_server *s); /* NULL: no memory, no descriptors */
void linger__take(struct lingerers *l, int fd);       /* a copy of it: the caller closes its own */
int64_t linger__count(void *linger);
void linger__free(struct lingerers *l); /* what still lingers is closed */

/* ---- pool.c */
struct pool *pool__new(struct http_server *s, enum http_lane lane, unsigned workers, unsigned bound);
bool pool__put(struct pool *p, struct job *j, bool bounded);
int64_t pool__waiting(void *pool);
void pool__refuse_waiting(struct pool *p, void (*refuse)(struct job *j)); /* those that nobody has begun */
void pool__free(struct pool *p); /* works off what is queued, joins the workers */

/* ---- tls.c */
MUST_USE result tls__new(str certificate_pem, str key_pem, struct findings *f, struct tls **out);
MUST_USE result tls__replace(struct tls *t, str certificate_pem, str key_pem, struct findings *f);
void tls__free(struct tls *t);
struct tls_credentials *tls__attach(struct tls *t, void *gnutls_session);
void tls__release(struct tls_credentials *c);

/* ---- listener.c */
MUST_USE result listener__open(const char *address, uint16_t port, struct findings *f, int *fd, uint16_t *bound);
uint16_t listener__port(int fd);                /* 0: none */

/* ---- probe.c: health and metrics */
struct MHD_Daemon *probe__start(struct http_server *s, int listen_fd);
extern const struct http_route_table probe__routes;

/* ---- tally.c: the server's own metrics and its access log */
struct tally *tally__new(struct http_server *s);
void tally__free(struct tally *t);
void tally__request(struct http_server *s, const struct job *j, const char *outcome);
enum tally_event { TALLY_BUSY, TALLY_TIMEOUT, TALLY_MALFORMED, TALLY_EVENTS };
void tally__count(struct http_server *s, enum tally_event event);

#endif
