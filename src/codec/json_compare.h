/* json_compare: when two values are the same, and a hash that agrees with it. */
#ifndef CODEC_JSON_COMPARE_H
#define CODEC_JSON_COMPARE_H

#include "shienkin/codec/json.h"

/* Equal values hash alike. Collisions are possible. */
uint64_t json__hash(const struct json *j);

#endif
