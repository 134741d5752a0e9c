/* linger: connections that were answered before their request was whole. Closed at once, the kernel would reset them at the
 * next byte that arrives, and a client that sends everything before it reads would never see the answer (RFC 9112 §9.6). So
 * the sending side is closed, and what still arrives is read and dropped unseen, as it came from the wire, until the client
 * closes too or one of the bounds is met:
 *
 *   a connection   so many bytes, so many seconds in all, and moving on as a body must
 *   all of them    so many places; when they are taken the one that has been there longest gives way
 *
 * libmicrohttpd closes its descriptor; ours is a copy of it. */
#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server_inside.h"

enum { TICK_MS = 250, EVENTS_MOST = 64, SCRAP_BYTES = 64 << 10, THREAD_STACK_BYTES = 256 << 10 };

struct place {
  int fd; /* 0: free */
  int64_t until_us;
  uint64_t bytes;
  struct window window;
};

struct lingerers {
  struct http_server *server;
  int epoll_fd, wake_fd;
  pthread_t thread;
  bool runs;
  _Atomic bool ends;
  pthread_mutex_t mutex;
  unsigned count, taken;
  struct place places[];
};

#define WAKE UINT64_MAX /* in an event, where others have the number of a place */

static void let_go(struct lingerers *l, struct place *p) {
  fd_close(&p->fd);
  *p = (struct place){ 0 };
  l->taken--;
}

/* ---- on its own thread */

static void pass_over(struct lingerers *l, struct place *p) {
  char scrap[SCRAP_BYTES];
  ssize_t n = recv(p->fd, scrap, sizeof scrap, MSG_DONTWAIT);
  bool later = n < 0 && (errno == EAGAIN || errno == EINTR);
  if (n > 0) p->bytes += (uint64_t)n;
  bool over = n == 0 || (n < 0 && !later) || p->bytes > l->server->config.limits.linger_bytes;
  if (over) let_go(l, p);
}

static void let_go_overdue(struct lingerers *l) {
  const struct http_server *s = l->server;
  int64_t now_us = server__monotonic_us(s);
  for (unsigned i = 0; i < l->count; i++) {
    struct place *p = &l->places[i];
    bool overdue =
        p->fd && (now_us > p->until_us || connections__stalled(&p->window, p->bytes, now_us, &s->config.limits));
    if (overdue) let_go(l, p);
  }
}

static void look_at(struct lingerers *l, const struct epoll_event *events, int count) {
  for (int i = 0; i < count; i++) {
    uint64_t at = events[i].data.u64, wakes;
    if (at == WAKE) {
      if (read(l->wake_fd, &wakes, sizeof wakes) < 0) continue;
    } else if (l->places[at].fd) {
      pass_over(l, &l->places[at]);
    }
  }
}

static void *run(void *argument) {
  struct lingerers *l = argument;
  struct epoll_event events[EVENTS_MOST];
  while (!atomic_load(&l->ends)) {
    int wait_ms = linger__count(l) ? TICK_MS : -1;
    int count = epoll_wait(l->epoll_fd, events, EVENTS_MOST, wait_ms);
    pthread_mutex_lock(&l->mutex);
    look_at(l, events, count);
    let_go_overdue(l);
    pthread_mutex_unlock(&l->mutex);
  }
  return NULL;
}

static void wake(struct lingerers *l) {
  uint64_t one = 1;
  ssize_t written = write(l->wake_fd, &one, sizeof one);
  (void)written; /* full: then it wakes anyway */
}

/* ---- from event threads */

static struct place *free_place(struct lingerers *l) {
  struct place *oldest = &l->places[0];
  for (unsigned i = 0; i < l->count; i++) {
    struct place *p = &l->places[i];
    if (!p->fd) return p;
    if (p->until_us < oldest->until_us) oldest = p;
  }
  let_go(l, oldest);
  return oldest;
}

void linger__take(struct lingerers *l, int fd) {
  const struct http_server *s = l->server;
  int64_t now_us = server__monotonic_us(s);
  int copy = fcntl(fd, F_DUPFD_CLOEXEC, 1);
  if (copy < 0) return;
  shutdown(copy, SHUT_WR);
  pthread_mutex_lock(&l->mutex);
  struct place *p = free_place(l);
  *p = (struct place){ .fd = copy,
                       .until_us = now_us + (int64_t)s->config.limits.linger_seconds * 1000000,
                       .window = { now_us, 0 } };
  l->taken++;
  struct epoll_event in = { .events = EPOLLIN, .data.u64 = (uint64_t)(p - l->places) };
  if (epoll_ctl(l->epoll_fd, EPOLL_CTL_ADD, copy, &in) != 0) let_go(l, p);
  pthread_mutex_unlock(&l->mutex);
  wake(l);
}

int64_t linger__count(void *linger) {
  struct lingerers *l = linger;
  pthread_mutex_lock(&l->mutex);
  unsigned taken = l->taken;
  pthread_mutex_unlock(&l->mutex);
  return taken;
}

/* ---- beginning and end */

static bool start(struct lingerers *l) {
  struct epoll_event in = { .events = EPOLLIN, .data.u64 = WAKE };
  if (l->epoll_fd < 0 || l->wake_fd < 0 || epoll_ctl(l->epoll_fd, EPOLL_CTL_ADD, l->wake_fd, &in) != 0) return false;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, THREAD_STACK_BYTES);
  l->runs = pthread_create(&l->thread, &attributes, run, l) == 0;
  pthread_attr_destroy(&attributes);
  return l->runs;
}

struct lingerers *linger__new(struct http_server *s) {
  unsigned count = s->config.limits.lingering;
  size_t size = sizeof(struct lingerers) + count * sizeof(struct place);
  struct lingerers *l = mem_alloc(size);
  if (!l) return NULL;
  memset(l, 0, size);
  l->server = s;
  l->count = count;
  l->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  l->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  pthread_mutex_init(&l->mutex, NULL);
  if (start(l)) return l;
  linger__free(l);
  return NULL;
}

void linger__free(struct lingerers *l) {
  if (!l) return;
  atomic_store(&l->ends, true);
  if (l->runs) {
    wake(l);
    pthread_join(l->thread, NULL);
  }
  for (unsigned i = 0; i < l->count; i++) {
    if (l->places[i].fd) let_go(l, &l->places[i]);
  }
  fd_close(&l->wake_fd);
  fd_close(&l->epoll_fd);
  pthread_mutex_destroy(&l->mutex);
  mem_free(l);
}
