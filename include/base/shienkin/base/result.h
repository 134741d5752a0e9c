/* result: how a call ended. Whose fault decides the form:
 *   the outside world failed -> a result; the caller's input is wrong -> RESULT_REFUSED and findings;
 *   we are wrong -> assert (asserts stay on in every build). */
#ifndef SHIENKIN_BASE_RESULT_H
#define SHIENKIN_BASE_RESULT_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, first_at) __attribute__((format(printf, format_at, first_at)))

typedef enum result {
  RESULT_OK = 0,
  RESULT_REFUSED,   /* the caller's input; the findings say what and what to do next */
  RESULT_NOT_FOUND,
  RESULT_CONFLICT,  /* somebody else was first; look again */
  RESULT_LIMIT,     /* an explicit bound was met */
  RESULT_NO_MEMORY,
  RESULT_OUTSIDE,   /* file, network, database, library */
} result;

/* "ok", "refused", … for logs. Never NULL. */
const char *result_name(result r);

/* Leave the function with whatever is not RESULT_OK, so that a body reads as its happy path. */
#define TRY(call)                        \
  do {                                   \
    result try_result_ = (call);         \
    if (try_result_ != RESULT_OK) return try_result_; \
  } while (0)

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Scope-exit cleanup for handles: `CLEANUP(fd_close) int fd = open(…);` calls fd_close(&fd) at the end of the scope.
 * A handle that must survive an arena allocation belongs to the arena instead (arena_defer), because an arena that
 * is exhausted leaves by its guard and runs no scope's cleanup. */
#define CLEANUP(function) __attribute__((cleanup(function)))

#endif
