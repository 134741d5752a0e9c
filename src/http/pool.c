/* pool: workers and their queue. A worker has an arena, empty between jobs, and from the factory a context of its own. The
 * queue is a list through the jobs themselves, so that putting one in cannot fail for want of memory; its bound holds for
 * new requests alone, because what was begun must be able to go on. */
#include "server_inside.h"

enum { WORKERS_MOST = 64, WORKER_STACK_BYTES = 2 << 20 };

struct worker {
  struct pool *pool;
  unsigned number;
  pthread_t thread;
};

struct pool {
  struct http_server *server;
  enum http_lane lane;
  unsigned bound, waiting, started;
  struct job *first, *last;
  bool ends;
  pthread_mutex_t mutex;
  pthread_cond_t wakes;
  struct worker workers[WORKERS_MOST];
};

static struct job *take_locked(struct pool *p) {
  struct job *j = p->first;
  if (!j) return NULL;
  p->first = j->next;
  if (!p->first) p->last = NULL;
  j->next = NULL;
  p->waiting--;
  return j;
}

/* NULL: the pool ends and nothing is left. */
static struct job *take(struct pool *p) {
  pthread_mutex_lock(&p->mutex);
  while (!p->first && !p->ends) pthread_cond_wait(&p->wakes, &p->mutex);
  struct job *j = take_locked(p);
  pthread_mutex_unlock(&p->mutex);
  return j;
}

static void *work(void *argument) {
  struct worker *w = argument;
  struct http_server *s = w->pool->server;
  struct arena *arena = arena_new(s->config.limits.call_bytes);
  const struct http_worker_factory *factory = &s->config.workers;
  void *context = factory->make ? factory->make(factory->context, w->pool->lane, w->number) : NULL;
  for (struct job *j; arena && (j = take(w->pool)) != NULL;) steps__run(j, arena, context);
  if (factory->make && factory->unmake) factory->unmake(factory->context, context);
  arena_free(arena);
  return NULL;
}

struct pool *pool__new(struct http_server *s, enum http_lane lane, unsigned workers, unsigned bound) {
  struct pool *p = mem_alloc(sizeof *p);
  if (!p) return NULL;
  *p = (struct pool){ .server = s, .lane = lane, .bound = bound };
  pthread_mutex_init(&p->mutex, NULL);
  pthread_cond_init(&p->wakes, NULL);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, WORKER_STACK_BYTES);
  for (unsigned i = 0; i < workers && i < WORKERS_MOST; i++) {
    p->workers[i] = (struct worker){ .pool = p, .number = i };
    if (pthread_create(&p->workers[i].thread, &attributes, work, &p->workers[i]) != 0) break;
    p->started++;
  }
  pthread_attr_destroy(&attributes);
  if (p->started == workers) return p;
  pool__free(p);
  return NULL;
}

bool pool__put(struct pool *p, struct job *j, bool bounded) {
  pthread_mutex_lock(&p->mutex);
  bool room = !bounded || p->waiting < p->bound;
  if (room) {
    j->next = NULL;
    if (p->last)
      p->last->next = j;
    else
      p->first = j;
    p->last = j;
    p->waiting++;
    pthread_cond_signal(&p->wakes);
  }
  pthread_mutex_unlock(&p->mutex);
  return room;
}

int64_t pool__waiting(void *pool) {
  struct pool *p = pool;
  pthread_mutex_lock(&p->mutex);
  unsigned waiting = p->waiting;
  pthread_mutex_unlock(&p->mutex);
  return waiting;
}

/* Jobs whose connection is gone stay: only a worker can bring a broken-off stream to its end. */
void pool__refuse_waiting(struct pool *p, void (*refuse)(struct job *j)) {
  struct job *refused = NULL, *kept = NULL, **kept_end = &kept;
  pthread_mutex_lock(&p->mutex);
  for (struct job *j; (j = take_locked(p)) != NULL;) {
    if (j->step == STEP_ABANDON) {
      *kept_end = j;
      kept_end = &j->next;
    } else {
      j->next = refused;
      refused = j;
    }
  }
  for (struct job *j = kept, *next; j; j = next) {
    next = j->next;
    j->next = NULL;
    if (p->last)
      p->last->next = j;
    else
      p->first = j;
    p->last = j;
    p->waiting++;
  }
  pthread_mutex_unlock(&p->mutex);
  for (struct job *j = refused, *next; j; j = next) {
    next = j->next;
    j->next = NULL;
    refuse(j);
  }
}

void pool__free(struct pool *p) {
  if (!p) return;
  pthread_mutex_lock(&p->mutex);
  p->ends = true;
  pthread_cond_broadcast(&p->wakes);
  pthread_mutex_unlock(&p->mutex);
  for (unsigned i = 0; i < p->started; i++) pthread_join(p->workers[i].thread, NULL);
  pthread_cond_destroy(&p->wakes);
  pthread_mutex_destroy(&p->mutex);
  mem_free(p);
}
