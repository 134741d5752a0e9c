/* claims_in: claims from a file or a pipe, one after another. NDJSON if the first line is a complete value, so that a bad
 * line costs only itself; else one document. */
#ifndef CLI_CLAIMS_IN_H
#define CLI_CLAIMS_IN_H

#include "shienkin/base.h"

struct claims_taker {
  void (*claim)(void *context, str bytes);       /* which live until it returns */
  void (*too_large)(void *context);              /* instead of a line or a document above 1 MiB */
  void *context;
};

/* Blank lines are skipped; an input with nothing in it is one empty claim. Not RESULT_OK: it could not be read to its
 * end. */
MUST_USE result claims_each(int fd, const struct claims_taker *taker);

#endif
