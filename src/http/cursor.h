/* cursor: the signing of positions by itself, for tests and fuzzing. */
#ifndef SHIENKIN_HTTP_CURSOR_H
#define SHIENKIN_HTTP_CURSOR_H

#include "shienkin/http/request.h"

str http__cursor_write(struct arena *a, str key, str route, str account, const struct json *position);
MUST_USE result http__cursor_read(struct arena *a, str key, str route, str account, str cursor, struct json *position);

#endif
