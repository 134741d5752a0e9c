/* pool: the most recently used connection is taken first, so that a quiet service keeps few warm ones; when all are
 * taken, a caller waits a bounded time. */
#include "pool.h"

#include <errno.h>
#include <time.h>

enum { CONNECTIONS_DEFAULT = 10, WAIT_MS_DEFAULT = 2000 };

result pool_init(struct pool *p, const char *where, const struct store_login *login, str password, int64_t wait_ms) {
  *p = (struct pool){ .where = where,
                      .login = *login,
                      .password = password,
                      .wait_ms = wait_ms ? wait_ms : WAIT_MS_DEFAULT,
                      .most = login->connections ? login->connections : CONNECTIONS_DEFAULT };
  p->connections = mem_alloc((size_t)p->most * sizeof *p->connections);
  if (!p->connections) return RESULT_NO_MEMORY;
  memset(p->connections, 0, (size_t)p->most * sizeof *p->connections);
  for (int i = 0; i < p->most; i++) {
    p->connections[i].next = p->free;
    p->free = &p->connections[i];
  }
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&p->freed, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_mutex_init(&p->mutex, NULL);
  return RESULT_OK;
}

void pool_close(struct pool *p) {
  if (!p->connections) return;
  assert(p->busy == 0);
  for (int i = 0; i < p->most; i++) connection_close(&p->connections[i]);
  mem_free(p->connections);
  p->connections = NULL;
  pthread_mutex_destroy(&p->mutex);
  pthread_cond_destroy(&p->freed);
}

static struct timespec after_ms(int64_t ms) {
  struct clock real = clock_system(); /* what the condition waits by, whatever clock a test has injected */
  int64_t us = clock_monotonic_us(&real) + ms * 1000;
  return (struct timespec){ .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000 };
}

result pool_take(struct pool *p, struct connection **out) {
  struct timespec deadline = after_ms(p->wait_ms);
  int waited = 0;
  pthread_mutex_lock(&p->mutex);
  while (!p->free && waited != ETIMEDOUT) waited = pthread_cond_timedwait(&p->freed, &p->mutex, &deadline);
  struct connection *c = p->free;
  if (c) {
    p->free = c->next;
    p->busy++;
    p->transactions++;
  }
  pthread_mutex_unlock(&p->mutex);
  if (!c) return RESULT_LIMIT;
  c->next = NULL;
  *out = c;
  return RESULT_OK;
}

result pool_connect(struct pool *p, struct connection *c) {
  if (connection_is_open(c)) return RESULT_OK;
  connection_close(c);
  return connection_open(c, p->where, &p->login, p->password);
}

void pool_give(struct pool *p, struct connection *c) {
  if (!connection_is_open(c)) connection_close(c);
  pthread_mutex_lock(&p->mutex);
  c->next = p->free;
  p->free = c;
  p->busy--;
  pthread_cond_signal(&p->freed);
  pthread_mutex_unlock(&p->mutex);
}

void pool_count(struct pool *p, uint64_t retries, bool failed) {
  if (retries == 0 && !failed) return;
  pthread_mutex_lock(&p->mutex);
  p->retries += retries;
  p->failures += failed;
  pthread_mutex_unlock(&p->mutex);
}
