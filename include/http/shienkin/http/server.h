/* server: HTTPS (TLS 1.3 only) on one address, health and metrics on a loopback address of their own.
 *
 * Event threads read requests and write answers; each request waits, suspended, while one of the workers handles it: eight
 * quick ones with a queue of 256, two slow ones with a queue of 32, and one for what waits for nothing outside, beyond which
 * the answer is 503 with Retry-After.
 * Everything that changes lives in the server; several may run side by side (tests do). */
#ifndef SHIENKIN_HTTP_SERVER_H
#define SHIENKIN_HTTP_SERVER_H

#include "metrics.h"
#include "route.h"

/* What each worker thread has for itself: later, one prepared connection per realm. */
struct http_worker_factory {
  void *(*make)(void *context, enum http_lane lane, unsigned number);    /* on the worker's own thread; NULL is allowed */
  void (*unmake)(void *context, void *worker);
  void *context;
};

/* Asked for by /readyz, on a worker or on the thread of the metrics listener: it may wait a little. false: 503, and *why (a code for operators, no personal data) is in the answer and the log. */
struct http_readiness {
  bool (*ready)(void *context, struct arena *a, str *why);
  void *context;
};

/* How a page route's problem looks. problem->problem, detail_ja, detail_en and findings are set; gives a whole answer with
 * the problem's status, or a redirection (to sign-in, on 401). NULL: the document of RFC 9457. Called on a worker, or on an
 * event thread when the request came to no worker: it must not wait. `r->route` is NULL where no route was found, and then
 * it is asked for browsers alone (Accept names text/html) and outside /v1/. */
struct http_pages {
  struct http_answer (*problem)(struct http_request *r, const struct http_answer *problem);
  const char *content_security_policy;          /* for text/html; NULL: default-src 'none' and ourselves, no scripts inline */
};

/* Zeros mean what is said in brackets. */
struct http_limits {
  unsigned event_threads;                       /* [2] */
  unsigned quick_workers, slow_workers, paper_workers, light_workers;   /* [8, 2, 1, 1] */
  unsigned quick_queue, slow_queue, paper_queue, light_queue;           /* [256, 32, 32, 256] */
  unsigned connections, connections_per_address;        /* [4096, 256]; all addresses of an IPv6 /64 are one */
  size_t header_bytes;                          /* [16 KiB] request line and all header fields */
  size_t url_bytes;                             /* [4 KiB] */
  unsigned header_count;                        /* [64] */
  size_t bodies_bytes;                          /* [64 MiB] of all bodies held at one time; beyond it 503 */
  size_t call_bytes;                            /* [64 MiB] a call's arena */
  unsigned header_seconds;                      /* [10] from the first byte to the end of the header; TLS included */
  unsigned idle_seconds;                        /* [60] between requests of one connection */
  unsigned progress_seconds;                    /* [30] a body, or the reading of an answer, must move on within */
  unsigned progress_bytes;                      /* [1 KiB] by so much */
  unsigned lingering;                           /* [256] connections that were answered before their request was whole, until
                                                 * the client has read that (RFC 9112 §9.6); they count as no connections */
  unsigned linger_seconds;                      /* [120] each of them, in all; it must move on as a body must */
  size_t linger_bytes;                          /* [64 MiB] each of them; also what is passed over within a chunked body */
};

struct http_config {
  const char *address;                          /* "127.0.0.1", "::", … */
  uint16_t port;                                /* 0: any; http_server_port() tells */
  int listener;                                 /* from http_listen(), the server's from its start on; 0: it opens its own */
  const char *metrics_address;                  /* NULL: "127.0.0.1" */
  int metrics_port;                             /* -1: no listener; 0: any */
  str certificate_pem, key_pem;                 /* the chain, leaf first; an unencrypted key */
  str origin;                                   /* "https://shienkin.example": what Origin must be on unsafe methods; n = 0:
                                                 * "https://" + the request's Host */
  const char *session_cookie;                   /* "__Host-…"; NULL: "__Host-shienkin" */
  const struct http_route_table *routes; size_t route_table_count;
  const struct http_problem_table *problems; size_t problem_table_count;         /* beside http_problems */
  struct http_identity_source identity;         /* resolve NULL: nobody ever is signed in */
  struct http_worker_factory workers;           /* make NULL: no context */
  struct http_readiness readiness;              /* ready NULL: always */
  struct http_pages pages;
  void *app;
  struct clock clock;
  struct randomness randomness;
  struct log log;
  struct metrics *metrics;                      /* NULL: the server makes its own */
  uint8_t cursor_key[32];                       /* one for all instances; signs cursors */
  const char *version;                          /* for build info and Server-less health answers */
  struct http_limits limits;
};

struct http_server;

/* A socket that listens there, for whoever may bind a port (below 1024) only before he becomes another user. Nobody is
 * answered before the server starts. RESULT_REFUSED, RESULT_OUTSIDE as http_server_start(). */
MUST_USE result http_listen(const char *address, uint16_t port, struct findings *f, int *fd);
/* RESULT_REFUSED with a finding (certificate or key that cannot be used, address that cannot be read); RESULT_OUTSIDE
 * with a finding when the port is taken; RESULT_NO_MEMORY. Raises the soft limit of open files as far as its connections
 * need. The config is copied; what it points to must outlive the server. */
MUST_USE result http_server_start(const struct http_config *config, struct findings *f, struct http_server **out);
uint16_t http_server_port(const struct http_server *s);
uint16_t http_server_metrics_port(const struct http_server *s);          /* 0: none */
/* New handshakes use the new certificate, connections that stand keep theirs. RESULT_REFUSED with a finding: the old one
 * stays. Any thread, not a signal handler. */
MUST_USE result http_server_reload_certificate(struct http_server *s, str certificate_pem, str key_pem, struct findings *f);
/* No new connections; requests that were accepted are finished and answered (`Connection: close`), at most for grace_ms;
 * then everything goes, the server too. True: nothing was cut off. */
bool http_server_stop(struct http_server *s, unsigned grace_ms);
/* The same, and `hurries` is asked every few milliseconds, on the calling thread: true ends the grace at once. */
bool http_server_stop_unless(struct http_server *s, unsigned grace_ms, bool (*hurries)(void *context), void *context);

#endif
