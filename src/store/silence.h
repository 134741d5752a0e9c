/* silence: a database that is there and says nothing. While all workers wait for it nobody is served, not even who needs no
 * database; so after one wait in vain nobody is let through for a second, then one is, to see. Any thread. */
#ifndef SHIENKIN_STORE_SILENCE_H
#define SHIENKIN_STORE_SILENCE_H

#include <stdatomic.h>

#include "shienkin/base.h"

/* What anybody's waiting for the server is measured by, whatever clock a test has injected. */
int64_t silence_clock_us(void);

struct silence {
  _Atomic int64_t heard_us; /* when the server last answered anybody */
  _Atomic int64_t until_us; /* 0: it speaks; else nobody is let through before, and then one */
};

/* May a transaction begin? `attempt_ms`: how long the one who looks may take; then the next one may. */
bool silence_lets_through(struct silence *s, int64_t attempt_ms);
void silence_broken(struct silence *s);
/* Somebody waited in vain since then. */
void silence_kept(struct silence *s, int64_t since_us);

#endif
