/* turns: a counting semaphore whose queue is bounded: whoever finds it full is told so instead of waiting. */
#include "turns.h"

#include <pthread.h>

struct gate_turns {
  pthread_mutex_t mutex;
  pthread_cond_t freed;
  unsigned left, waiting, queue;
};

struct gate_turns *gate_turns_new(unsigned at_once, unsigned queue) {
  struct gate_turns *t = mem_alloc(sizeof *t);
  if (!t) return NULL;
  *t = (struct gate_turns){ .left = at_once, .queue = queue };
  pthread_mutex_init(&t->mutex, NULL);
  pthread_cond_init(&t->freed, NULL);
  return t;
}

void gate_turns_free(struct gate_turns *t) {
  if (!t) return;
  pthread_cond_destroy(&t->freed);
  pthread_mutex_destroy(&t->mutex);
  mem_free(t);
}

bool gate__turn_take(struct gate_turns *t) {
  pthread_mutex_lock(&t->mutex);
  bool stays = t->left > 0 || t->waiting < t->queue;
  if (stays) {
    t->waiting++;
    while (t->left == 0) pthread_cond_wait(&t->freed, &t->mutex);
    t->waiting--;
    t->left--;
  }
  pthread_mutex_unlock(&t->mutex);
  return stays;
}

void gate__turn_give_back(struct gate_turns *t) {
  pthread_mutex_lock(&t->mutex);
  t->left++;
  pthread_cond_signal(&t->freed);
  pthread_mutex_unlock(&t->mutex);
}

unsigned gate__turns_waiting(struct gate_turns *t) {
  pthread_mutex_lock(&t->mutex);
  unsigned waiting = t->waiting;
  pthread_mutex_unlock(&t->mutex);
  return waiting;
}
