/* connections: the server's own clocks. libmicrohttpd's timeout starts anew with every byte, so a client that sends one
 * now and then would hold a connection for ever; these do not:
 *
 *   waiting   a header must be whole by its deadline, however it drips
 *   reading   a body must move on by so many bytes in each window
 *   sending   an answer must be taken by so many bytes in each window
 *   working   suspended: no clock runs, the work is ours
 *
 * What moved is asked of the kernel (bytes received and acknowledged of the socket), so that no code on the way of the
 * bytes has to count. A connection whose time is up is shut down; the event thread then sees its end and cleans up. */
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "server_inside.h"

enum { TICK_MS = 250 };

bool connections__full(struct http_server *s, struct network net) {
  unsigned count = 0;
  pthread_mutex_lock(&s->connections_mutex);
  for (const struct connection *c = s->connections; c; c = c->next)
    count += memcmp(&c->network, &net, sizeof net) == 0;
  pthread_mutex_unlock(&s->connections_mutex);
  return count >= s->config.limits.connections_per_address;
}

void connections__set(struct connection *c, enum connection_state state, int64_t deadline_us) {
  atomic_store(&c->deadline_us, deadline_us);
  atomic_store(&c->state, state);
  atomic_fetch_add(&c->turn, 1);
}

static uint64_t bytes_moved(int fd) {
  struct tcp_info info = { 0 };
  socklen_t n = sizeof info;
  if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) != 0) return 0;
  return info.tcpi_bytes_received + info.tcpi_bytes_acked;
}

static bool window_full(const struct window *w, int64_t now_us, const struct http_limits *limits) {
  return now_us - w->from_us >= (int64_t)limits->progress_seconds * 1000000;
}

bool connections__stalled(struct window *w, uint64_t bytes, int64_t now_us, const struct http_limits *limits) {
  if (!window_full(w, now_us, limits)) return false;
  bool stalled = bytes - w->bytes < limits->progress_bytes;
  *w = (struct window){ now_us, bytes };
  return stalled;
}

static bool window_failed(struct connection *c, int64_t now_us, const struct http_limits *limits) {
  uint32_t turn = atomic_load(&c->turn);
  if (turn != c->seen_turn) {
    c->seen_turn = turn;
    c->window = (struct window){ now_us, bytes_moved(c->fd) };
    return false;
  }
  return window_full(&c->window, now_us, limits) &&
         connections__stalled(&c->window, bytes_moved(c->fd), now_us, limits);
}

static bool overdue(struct connection *c, int64_t now_us, const struct http_limits *limits) {
  switch ((enum connection_state)atomic_load(&c->state)) {
    case CONNECTION_WAITING: return now_us > atomic_load(&c->deadline_us);
    case CONNECTION_READING:
    case CONNECTION_SENDING: return window_failed(c, now_us, limits);
    case CONNECTION_WORKING: break;
  }
  return false;
}

/* The mutex keeps every connection of the list open: it leaves the list before its socket is closed. */
static void look_at_all(struct http_server *s) {
  int64_t now_us = server__monotonic_us(s);
  pthread_mutex_lock(&s->connections_mutex);
  for (struct connection *c = s->connections; c; c = c->next) {
    if (atomic_load(&c->timed_out) || !overdue(c, now_us, &s->config.limits)) continue;
    atomic_store(&c->timed_out, true);
    tally__count(s, TALLY_TIMEOUT);
    shutdown(c->fd, SHUT_RDWR);
  }
  pthread_mutex_unlock(&s->connections_mutex);
}

/* The pause is by the kernel's monotonic clock, whatever clock the server was given: a test's may stand still. */
static void pause_locked(struct http_server *s) {
  struct clock kernel = clock_system();
  int64_t until_us = clock_monotonic_us(&kernel) + (int64_t)TICK_MS * 1000;
  struct timespec until = { .tv_sec = until_us / 1000000, .tv_nsec = until_us % 1000000 * 1000 };
  pthread_cond_timedwait(&s->timer_wakes, &s->timer_mutex, &until);
}

static void *run(void *argument) {
  struct http_server *s = argument;
  pthread_mutex_lock(&s->timer_mutex);
  while (!s->timer_ends) {
    pthread_mutex_unlock(&s->timer_mutex);
    look_at_all(s);
    pthread_mutex_lock(&s->timer_mutex);
    if (!s->timer_ends) pause_locked(s);
  }
  pthread_mutex_unlock(&s->timer_mutex);
  return NULL;
}

result connections__start_timer(struct http_server *s) {
  s->timer_runs = pthread_create(&s->timer, NULL, run, s) == 0;
  return s->timer_runs ? RESULT_OK : RESULT_NO_MEMORY;
}

void connections__stop_timer(struct http_server *s) {
  if (!s->timer_runs) return;
  pthread_mutex_lock(&s->timer_mutex);
  s->timer_ends = true;
  pthread_cond_signal(&s->timer_wakes);
  pthread_mutex_unlock(&s->timer_mutex);
  pthread_join(s->timer, NULL);
  s->timer_runs = false;
}
