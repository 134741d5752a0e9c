/* pool: the connections of one realm, bounded. */
#ifndef SHIENKIN_STORE_POOL_H
#define SHIENKIN_STORE_POOL_H

#include <pthread.h>

#include "connection.h"

struct pool {
  pthread_mutex_t mutex;
  pthread_cond_t freed;
  const char *where;
  struct store_login login;
  str password; /* in the store's arena, wiped when it closes */
  int64_t wait_ms;
  struct connection *connections, *free;
  int most;
  int busy;
  uint64_t transactions, retries, failures;
};

MUST_USE result pool_init(struct pool *p, const char *where, const struct store_login *login, str password,
                          int64_t wait_ms);
void pool_close(struct pool *p);
/* A connection of our own, open or not yet: pool_connect() makes sure. RESULT_LIMIT: none came free in time. */
MUST_USE result pool_take(struct pool *p, struct connection **out);
MUST_USE result pool_connect(struct pool *p, struct connection *c);
void pool_give(struct pool *p, struct connection *c);
void pool_count(struct pool *p, uint64_t retries, bool failed);

#endif
