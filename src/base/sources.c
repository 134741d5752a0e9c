/* sources: the system's clock and randomness, and their repeatable twins for tests. */
#include "shienkin/base/sources.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static int64_t read_us(clockid_t which) {
  struct timespec t;
  int failed = clock_gettime(which, &t);
  assert(!failed);
  return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t system_now(void *context) {
  (void)context;
  return read_us(CLOCK_REALTIME);
}

static int64_t system_monotonic(void *context) {
  (void)context;
  return read_us(CLOCK_MONOTONIC);
}

int64_t clock_thread_us(void) { return read_us(CLOCK_THREAD_CPUTIME_ID); }

struct clock clock_system(void) {
  return (struct clock){ system_now, system_monotonic, NULL };
}

static int64_t fixed_now(void *context) { return *(const int64_t *)context; }

struct clock clock_fixed(int64_t *now_us) {
  return (struct clock){ fixed_now, fixed_now, now_us };
}

/* ---- randomness */

/* Without randomness there is no safe way on: no key, no token, no nonce. */
static void system_fill(void *context, void *out, size_t n) {
  (void)context;
  unsigned char *p = out;
  while (n) {
    ssize_t got = getrandom(p, n, 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      abort();
    }
    p += got;
    n -= (size_t)got;
  }
}

struct randomness randomness_system(void) {
  return (struct randomness){ system_fill, NULL };
}

/* splitmix64: spreads a seed of any quality over the four words that xoshiro256** needs. */
static uint64_t splitmix(uint64_t *state) {
  uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static uint64_t rotate(uint64_t x, int by) { return x << by | x >> (64 - by); }

static uint64_t xoshiro(uint64_t s[4]) {
  uint64_t value = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate(s[3], 45);
  return value;
}

/* Each fill starts a generator of its own from the seed and moves the seed on, so that one 64-bit number in the
 * caller's hands is the whole state and can be printed with a failure. Bytes are little-endian on every machine. */
static void seeded_fill(void *context, void *out, size_t n) {
  uint64_t *seed = context, s[4];
  for (size_t i = 0; i < 4; i++) s[i] = splitmix(seed);
  unsigned char *p = out;
  for (size_t i = 0; i < n;) {
    uint64_t word = xoshiro(s);
    for (size_t k = 0; k < 8 && i < n; k++, i++, word >>= 8) p[i] = (unsigned char)word;
  }
}

struct randomness randomness_seeded(uint64_t *seed) {
  return (struct randomness){ seeded_fill, seed };
}

/* Draws again while the draw falls into the incomplete last run of `bound` values, which would favour small ones. */
uint64_t randomness_below(const struct randomness *r, uint64_t bound) {
  assert(bound > 0);
  uint64_t refuse_below = -bound % bound, draw;
  do {
    randomness_fill(r, &draw, sizeof draw);
  } while (draw < refuse_below);
  return draw % bound;
}
