/* mem: the one door to malloc. Everything that allocates comes through here, arenas included, so that a test can fail
 * the Nth allocation for every N and see the program answer for it. The counters belong to the thread, because a
 * test on one thread must not disturb another. */
#include <stdlib.h>

#include "shienkin/base/arena.h"

static _Thread_local uint64_t made;    /* allocations since the last mem_fail_at() */
static _Thread_local uint64_t fail_at; /* the allocation to fail, counted from then; 0: none */

static bool must_fail(void) {
  made++;
  return made == fail_at;
}

void *mem_alloc(size_t size) { return must_fail() ? NULL : malloc(size ? size : 1); }

void *mem_realloc(void *old, size_t size) { return must_fail() ? NULL : realloc(old, size ? size : 1); }

void mem_free(void *p) { free(p); }

uint64_t mem_fail_at(uint64_t nth) {
  uint64_t count = made;
  made = 0;
  fail_at = nth;
  return count;
}
