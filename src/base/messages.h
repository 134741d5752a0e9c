/* messages: what base itself finds wrong, for people. Private to the room. */
#ifndef SHIENKIN_BASE_MESSAGES_H
#define SHIENKIN_BASE_MESSAGES_H

#include "shienkin/base/findings.h"

/* {0} is the place as its author wrote it ("line 3", "SHIENKIN_HTTP_PORT", "--http.port"). */
extern const struct message base__config_unknown;       /* {0} */
extern const struct message base__config_syntax;        /* {0} */
extern const struct message base__config_twice;         /* {0}, {1} key */
extern const struct message base__config_not_integer;   /* {0}, {1} key, {2} least, {3} most */
extern const struct message base__config_out_of_bounds; /* {0}, {1} key, {2} least, {3} most */
extern const struct message base__config_not_bool;      /* {0}, {1} key */
extern const struct message base__config_empty;         /* {0}, {1} key */
extern const struct message base__config_not_utf8;      /* {0} */

#endif
