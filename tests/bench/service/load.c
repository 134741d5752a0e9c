/* load: requests over TLS 1.3 on connections that stay open, as fast as answers come or as many a second as are asked for.
 *
 *   load HOST:PORT CA.pem REQUESTS CONNECTIONS SECONDS [RATE]
 *
 * REQUESTS holds whole requests, each ended by a NUL byte; connection c sends the requests c, c + CONNECTIONS, … in turn, so
 * that no two connections share one. Thirty-two '@' in a request become a number that was never sent before.
 *
 * With a RATE the moments of sending are fixed beforehand, evenly, request i on connection i mod CONNECTIONS; a request
 * that finds its connection busy waits, and its time counts from the moment at which it should have been sent. So a
 * service that stalls does not stop the clock that measures it.
 *
 * Prints one line of JSON: answers by status, rate, times in microseconds. One thread; epoll; no request is ever repeated. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 1024, ANSWER_BYTES = 1 << 20, KEY = 32 };

struct request { char *text; size_t n, key; bool keyed; };

struct connection {
  SSL *ssl;
  uint64_t next;                /* which of the requests */
  uint64_t turn;                /* with a rate: which of the moments */
  int64_t since_ns;             /* of the request under way; 0: idle */
  char *answer;
  size_t n, body_at, whole;     /* whole: 0 until the header is there */
};

static struct {
  struct request *requests;
  size_t request_count;
  struct connection all[MOST_CONNECTIONS];
  unsigned count;
  unsigned long long run;       /* no two runs have the same */
  uint64_t sent, statuses[600];
  int64_t *times_ns;
  size_t time_count, time_room;
  char first_refusal[4096];
} load;

static void die(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
  ERR_print_errors_fp(stderr);
  exit(3);
}

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- requests */

static char *read_all(const char *path, size_t *n) {
  FILE *f = fopen(path, "rb");
  if (!f || fseek(f, 0, SEEK_END) != 0) die(path);
  *n = (size_t)ftell(f);
  rewind(f);
  char *text = malloc(*n + 1);
  if (!text || fread(text, 1, *n, f) != *n) die(path);
  text[*n] = '\0';
  fclose(f);
  return text;
}

static void read_requests(const char *path) {
  static const char mark[] = "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@";
  size_t n;
  char *text = read_all(path, &n);
  for (char *p = text; p < text + n; p += strlen(p) + 1) load.request_count++;
  load.requests = calloc(load.request_count, sizeof *load.requests);
  size_t i = 0;
  for (char *p = text; p < text + n; p += strlen(p) + 1, i++) {
    char *key = strstr(p, mark);
    load.requests[i] = (struct request){ p, strlen(p), key ? (size_t)(key - p) : 0, key != NULL };
  }
  if (load.request_count < load.count) die("fewer requests than connections");
}

/* ---- connections */

static void open_connection(struct connection *c, SSL_CTX *tls, const struct sockaddr_in *where, const char *host) {
  int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (const struct sockaddr *)where, sizeof *where) != 0) die("connect");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  c->ssl = SSL_new(tls);
  c->answer = malloc(ANSWER_BYTES);
  if (!c->ssl || !c->answer) die("memory");
  X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(c->ssl), host);
  SSL_set_fd(c->ssl, fd);
  if (SSL_connect(c->ssl) != 1) die("handshake");
  fcntl(fd, F_SETFL, O_NONBLOCK);
}

static void send_next(struct connection *c, int64_t since) {
  struct request *r = &load.requests[c->next];
  if (r->keyed) {
    char key[KEY + 1];
    snprintf(key, sizeof key, "%016llx%016llx", load.run,
             (unsigned long long)load.sent);
    memcpy(r->text + r->key, key, KEY);
  }
  c->next = (c->next + load.count) % (load.request_count - load.request_count % load.count);
  c->since_ns = since;
  c->n = c->whole = 0;
  load.sent++;
  if (SSL_write(c->ssl, r->text, (int)r->n) != (int)r->n) die("a request that did not fit into the socket");
}

/* ---- answers */

static void note(struct connection *c) {
  long status = strtol(c->answer + strlen("HTTP/1.1 "), NULL, 10);
  if (status < 100 || status > 599) die("no status");
  if (status >= 300 && !load.first_refusal[0])
    snprintf(load.first_refusal, sizeof load.first_refusal, "%.*s", (int)c->n, c->answer);
  load.statuses[status]++;
  if (load.time_count == load.time_room) {
    load.time_room = load.time_room ? load.time_room * 2 : 1 << 16;
    load.times_ns = realloc(load.times_ns, load.time_room * sizeof *load.times_ns);
    if (!load.times_ns) die("memory");
  }
  load.times_ns[load.time_count++] = now_ns() - c->since_ns;
  c->since_ns = 0;
}

static void look_for_end(struct connection *c) {
  if (c->whole) return;
  c->answer[c->n] = '\0';
  char *end = strstr(c->answer, "\r\n\r\n");
  if (!end) return;
  char *length = strcasestr(c->answer, "\r\nContent-Length:");
  if (!length || length > end) die("an answer without Content-Length");
  c->whole = (size_t)(end - c->answer) + 4 + strtoul(length + 17, NULL, 10);
  if (c->whole >= ANSWER_BYTES) die("an answer that is too long");
}

/* Whether the answer is whole. */
static bool receive(struct connection *c) {
  for (;;) {
    int got = SSL_read(c->ssl, c->answer + c->n, (int)(ANSWER_BYTES - 1 - c->n));
    if (got <= 0) {
      int why = SSL_get_error(c->ssl, got);
      if (why == SSL_ERROR_WANT_READ) return false;
      die("the connection was closed");
    }
    c->n += (size_t)got;
    look_for_end(c);
    if (c->whole && c->n >= c->whole) return true;
  }
}

/* ---- the two ways of going on */

static int64_t moment_of(const struct connection *c, int64_t began, double rate) {
  uint64_t i = c->turn * load.count + (uint64_t)(c - load.all);
  return began + (int64_t)((double)i / rate * 1e9);
}

static void go_on(struct connection *c, int64_t began, int64_t until, double rate) {
  int64_t now = now_ns();
  if (c->since_ns != 0 || now >= until) return;
  if (rate == 0) {
    send_next(c, now);
    return;
  }
  int64_t due = moment_of(c, began, rate);
  if (due > now) return;
  c->turn++;
  send_next(c, due);
}

static int64_t earliest(int64_t began, double rate) {
  int64_t first = INT64_MAX;
  for (unsigned i = 0; i < load.count; i++) {
    if (load.all[i].since_ns != 0) continue;
    int64_t due = moment_of(&load.all[i], began, rate);
    if (due < first) first = due;
  }
  return first;
}

static void set_timer(int timer, int64_t at) {
  struct itimerspec t = { .it_value = { at / 1000000000, at % 1000000000 } };
  if (timerfd_settime(timer, TFD_TIMER_ABSTIME, &t, NULL) != 0) die("timer");
}

static unsigned busy(void) {
  unsigned n = 0;
  for (unsigned i = 0; i < load.count; i++) n += load.all[i].since_ns != 0;
  return n;
}

static int64_t run(int epoll, int timer, double seconds, double rate) {
  int64_t began = now_ns(), until = began + (int64_t)(seconds * 1e9), last = began;
  for (;;) {
    for (unsigned i = 0; i < load.count; i++) go_on(&load.all[i], began, until, rate);
    if (now_ns() >= until && busy() == 0) return last - began;
    if (rate > 0) {
      int64_t due = earliest(began, rate);
      set_timer(timer, due == INT64_MAX ? until : due);
    }
    struct epoll_event events[64];
    int n = epoll_wait(epoll, events, 64, 100);
    for (int i = 0; i < n; i++) {
      struct connection *c = events[i].data.ptr;
      uint64_t times;
      if (!c) {
        if (read(timer, &times, sizeof times) < 0 && errno != EAGAIN) die("timer");
      } else if (receive(c) && c->since_ns != 0) {
        note(c);
        last = now_ns();
        go_on(c, began, until, rate);
      }
    }
  }
}

/* ---- what is told */

static int by_time(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static long long percentile_us(double share) {
  if (load.time_count == 0) return 0;
  size_t at = (size_t)(share * (double)load.time_count);
  return (long long)load.times_ns[at < load.time_count ? at : load.time_count - 1] / 1000;
}

static void tell(int64_t took_ns) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  qsort(load.times_ns, load.time_count, sizeof *load.times_ns, by_time);
  double seconds = (double)took_ns / 1e9;
  printf("{\"answers\":%zu,\"rate\":%.1f,\"p50_us\":%lld,\"p95_us\":%lld,\"p99_us\":%lld,\"max_us\":%lld,\"cpu_s\":%.3f",
         load.time_count, (double)load.time_count / seconds, percentile_us(.5), percentile_us(.95), percentile_us(.99),
         percentile_us(1), (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
                               (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6);
  for (int i = 0; i < 600; i++)
    if (load.statuses[i]) printf(",\"%d\":%llu", i, (unsigned long long)load.statuses[i]);
  printf("}\n");
  if (load.first_refusal[0]) fprintf(stderr, "first refusal:\n%s\n", load.first_refusal);
}

int main(int argc, char **argv) {
  if (argc != 6 && argc != 7) {
    fprintf(stderr, "load HOST:PORT CA.pem REQUESTS CONNECTIONS SECONDS [RATE]\n");
    return 2;
  }
  char *colon = strrchr(argv[1], ':');
  if (!colon) return 2;
  *colon = '\0';
  struct sockaddr_in where = { .sin_family = AF_INET, .sin_port = htons((uint16_t)strtoul(colon + 1, NULL, 10)) };
  if (inet_pton(AF_INET, argv[1], &where.sin_addr) != 1) die("an address in digits is wanted");
  load.count = (unsigned)strtoul(argv[4], NULL, 10);
  load.run = (unsigned long long)getpid() << 40 ^ (unsigned long long)now_ns();
  if (load.count == 0 || load.count > MOST_CONNECTIONS) return 2;
  read_requests(argv[3]);
  SSL_CTX *tls = SSL_CTX_new(TLS_client_method());
  if (!tls || SSL_CTX_load_verify_locations(tls, argv[2], NULL) != 1) die(argv[2]);
  SSL_CTX_set_min_proto_version(tls, TLS1_3_VERSION);
  SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, NULL);
  int epoll = epoll_create1(0), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  struct epoll_event of_timer = { .events = EPOLLIN };
  epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &of_timer);
  for (unsigned i = 0; i < load.count; i++) {
    struct connection *c = &load.all[i];
    open_connection(c, tls, &where, argv[1]);
    c->next = i;
    struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
    epoll_ctl(epoll, EPOLL_CTL_ADD, SSL_get_fd(c->ssl), &e);
  }
  tell(run(epoll, timer, strtod(argv[5], NULL), argc == 7 ? strtod(argv[6], NULL) : 0));
  return 0;
}
