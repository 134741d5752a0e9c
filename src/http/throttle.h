/* throttle: growing delay per key after failures in a row; or an even rate per key. A table serves one of the two, so that
 * a flood of the one pushes nothing of the other out. Thread-safe. */
#ifndef SHIENKIN_HTTP_THROTTLE_H
#define SHIENKIN_HTTP_THROTTLE_H

#include "shienkin/base.h"

struct throttle;
struct throttle *throttle__new(const struct randomness *r); /* NULL: no memory */
void throttle__free(struct throttle *t);
int64_t throttle__wait_s(struct throttle *t, str key, int64_t now_us);
void throttle__failed(struct throttle *t, str key, int64_t now_us);
void throttle__passed(struct throttle *t, str key, int64_t now_us);
/* 0: counted, go on; else seconds until there is room again. As many as `per_minute` (1 to 6000) may come at once. */
int64_t throttle__take(struct throttle *t, str key, uint32_t per_minute, int64_t now_us);

#endif
