/* result: the names of the ways a call can end, for logs. */
#include "shienkin/base/result.h"

static const char *const names[] = {
  [RESULT_OK] = "ok",
  [RESULT_REFUSED] = "refused",
  [RESULT_NOT_FOUND] = "not_found",
  [RESULT_CONFLICT] = "conflict",
  [RESULT_LIMIT] = "limit",
  [RESULT_NO_MEMORY] = "no_memory",
  [RESULT_OUTSIDE] = "outside",
};

const char *result_name(result r) { return (unsigned)r < COUNT_OF(names) ? names[r] : "unknown"; }
