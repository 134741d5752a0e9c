/* job: one request on its way. Jobs are kept and used again, with the first block of their arena, so that a busy server
 * asks the system for little. */
#include "server_inside.h"

enum { SPARES_MOST = 64, KEEP_BYTES = 1 << 20 };

static struct job *spare(struct http_server *s) {
  pthread_mutex_lock(&s->spares_mutex);
  struct job *j = s->spares;
  if (j) {
    s->spares = j->next;
    s->spare_count--;
  }
  pthread_mutex_unlock(&s->spares_mutex);
  return j;
}

static bool put_back(struct job *j) {
  struct http_server *s = j->s;
  pthread_mutex_lock(&s->spares_mutex);
  bool room = s->spare_count < SPARES_MOST;
  if (room) {
    j->next = s->spares;
    s->spares = j;
    s->spare_count++;
  }
  pthread_mutex_unlock(&s->spares_mutex);
  return room;
}

struct job *job__new(struct http_server *s, struct MHD_Connection *mhd, const char *uri) {
  struct job *j = spare(s);
  struct arena *keep = j ? j->keep : arena_new(KEEP_BYTES);
  if (!j && keep) j = mem_alloc(sizeof *j);
  if (!j) {
    arena_free(keep);
    return NULL;
  }
  *j = (struct job){ .s = s, .mhd = mhd, .keep = keep, .uri_at = uri, .uri_n = strlen(uri) };
  j->r.keep = j->r.arena = keep;
  j->r.app = s->config.app;
  j->r.server = s;
  j->r.origin = s->config.origin;
  j->started_us = server__monotonic_us(s);
  atomic_fetch_add(&s->jobs, 1);
  return j;
}

void job__free(struct job *j) {
  struct http_server *s = j->s;
  if (j->reply.source && j->reply.source->close) j->reply.source->close(j->reply.source->state);
  job__body_drop(j);
  mem_free(j->reply.body);
  mem_free(j->piece.bytes);
  arena_reset(j->keep);
  if (!put_back(j)) {
    arena_free(j->keep);
    mem_free(j);
  }
  atomic_fetch_sub(&s->jobs, 1);
}

/* Exactly what is needed when the length is known at once, doubled otherwise; all bodies together stay in their budget. */
bool job__room(struct job *j, size_t more) {
  size_t need = j->body_n + more;
  if (need <= j->body_room) return true;
  size_t wish = j->body_room ? j->body_room * 2 : need;
  if (wish < need) wish = need;
  size_t grows = wish - j->body_room;
  int64_t most = (int64_t)j->s->config.limits.bodies_bytes;
  if (atomic_fetch_add(&j->s->bodies_bytes, (int64_t)grows) + (int64_t)grows > most) {
    atomic_fetch_sub(&j->s->bodies_bytes, (int64_t)grows);
    return false;
  }
  char *wider = mem_realloc(j->body, wish);
  if (!wider) {
    atomic_fetch_sub(&j->s->bodies_bytes, (int64_t)grows);
    return false;
  }
  j->body = wider;
  j->body_room = wish;
  return true;
}

void job__body_drop(struct job *j) {
  atomic_fetch_sub(&j->s->bodies_bytes, (int64_t)j->body_room);
  mem_free(j->body);
  j->body = NULL;
  j->body_n = j->body_room = 0;
}
