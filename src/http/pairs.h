/* pairs: the fields of a form as they came, before any declaration is asked. */
#ifndef SHIENKIN_HTTP_PAIRS_H
#define SHIENKIN_HTTP_PAIRS_H

#include "shienkin/http/parameter.h"

MUST_USE result http__pairs_read(struct arena *a, str encoded, str pointer_prefix, struct findings *f,
                                 struct http_pair **out, size_t *count);

#endif
