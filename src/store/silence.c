#include "silence.h"

enum { PAUSE_US = 1000000 };

int64_t silence_clock_us(void) {
  struct clock real = clock_system();
  return clock_monotonic_us(&real);
}

bool silence_lets_through(struct silence *s, int64_t attempt_ms) {
  int64_t until_us = atomic_load(&s->until_us);
  if (until_us == 0) return true;
  int64_t now_us = silence_clock_us();
  return now_us >= until_us && atomic_compare_exchange_strong(&s->until_us, &until_us, now_us + attempt_ms * 1000);
}

void silence_broken(struct silence *s) {
  atomic_store(&s->heard_us, silence_clock_us());
  if (atomic_load(&s->until_us)) atomic_store(&s->until_us, 0);
}

/* One process that hangs is not the server: others may have been answered meanwhile. */
void silence_kept(struct silence *s, int64_t since_us) {
  if (atomic_load(&s->heard_us) < since_us) atomic_store(&s->until_us, silence_clock_us() + PAUSE_US);
}
