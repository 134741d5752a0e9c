/* keys: what the command `keys` shares with the service. */
#ifndef CLI_SERVE_KEYS_H
#define CLI_SERVE_KEYS_H

#include "shienkin/base.h"

/* A fresh key for signing cursors, 64 hex digits, 0600. RESULT_CONFLICT when there is one. */
MUST_USE result cli_cursor_key_create(const char *path, const struct randomness *r);

#endif
