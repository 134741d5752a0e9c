/* log: one JSON object a line on a file descriptor, standard error by default. Never a secret, never personal data:
 * callers give keys and values that may be read by whoever operates the machine. */
#ifndef SHIENKIN_BASE_LOG_H
#define SHIENKIN_BASE_LOG_H

#include "str.h"
#include "sources.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

struct log { int fd; enum log_level least; struct clock clock; };

struct log_field { const char *key; enum { LOG_STR, LOG_INT, LOG_BOOL } kind; str s; int64_t i; };
#define LOG_S(key, value) { (key), LOG_STR, (value), 0 }
#define LOG_I(key, value) { (key), LOG_INT, { NULL, 0 }, (value) }
#define LOG_B(key, value) { (key), LOG_BOOL, { NULL, 0 }, (value) }

/* {"at":"2026-11-22T09:00:00.000+09:00","level":"info","event":"…", fields…}\n in one write(2), at most 8 KiB: longer
 * values are cut and marked. Failure to write is not reported: a log must not stop the work. */
void log_write(const struct log *l, enum log_level level, const char *event, const struct log_field *fields, size_t count);
#define LOG(l, level, event, ...)                                                                     \
  log_write((l), (level), (event), (struct log_field[]){ __VA_ARGS__ },                               \
            sizeof((struct log_field[]){ __VA_ARGS__ }) / sizeof(struct log_field))

#endif
