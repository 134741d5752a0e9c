/* sources: time and randomness as interfaces, so that a test owns both and a failure names its seed. */
#ifndef SHIENKIN_BASE_SOURCES_H
#define SHIENKIN_BASE_SOURCES_H

#include "result.h"

struct clock {
  int64_t (*now_us)(void *context);             /* microseconds since 1970-01-01T00:00:00Z */
  int64_t (*monotonic_us)(void *context);
  void *context;
};
struct clock clock_system(void);
/* The calling thread's own time on a core, for measuring: what others do on the machine meanwhile is not in it. */
int64_t clock_thread_us(void);
/* A clock that stands at *now_us until somebody writes there. */
struct clock clock_fixed(int64_t *now_us);
static inline int64_t clock_now_us(const struct clock *c) { return c->now_us(c->context); }
static inline int64_t clock_monotonic_us(const struct clock *c) { return c->monotonic_us(c->context); }

struct randomness {
  void (*fill)(void *context, void *out, size_t n);
  void *context;
};
struct randomness randomness_system(void);      /* getrandom(2); aborts when the kernel gives none */
/* Repeatable: xoshiro256** from *seed, which moves on. For tests and demos alone. */
struct randomness randomness_seeded(uint64_t *seed);
static inline void randomness_fill(const struct randomness *r, void *out, size_t n) { r->fill(r->context, out, n); }
uint64_t randomness_below(const struct randomness *r, uint64_t bound);   /* unbiased, bound > 0 */

#endif
