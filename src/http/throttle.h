/* throttle: growing delay per key after failures in a row. Thread-safe. */
#ifndef SHIENKIN_HTTP_THROTTLE_H
#define SHIENKIN_HTTP_THROTTLE_H

#include "shienkin/base.h"

struct throttle;
struct throttle *throttle__new(const struct randomness *r); /* NULL: no memory */
void throttle__free(struct throttle *t);
int64_t throttle__wait_s(struct throttle *t, str key, int64_t now_us);
void throttle__failed(struct throttle *t, str key, int64_t now_us);
void throttle__passed(struct throttle *t, str key, int64_t now_us);

#endif
