/* json_load: jansson at work inside the arena.
 *
 * jansson asks malloc for every name, string and node, and 2.14 writes past its own buffer when malloc refuses while a
 * token grows. An arena never refuses: it leaves. So jansson is given, once for the process, an allocator that hands
 * out the arena of the json__load() which this thread is in, and mem_alloc where it is in none (other libraries may use
 * jansson too). An exhausted arena then leaves across jansson's frames, which loses nothing, because all that jansson
 * had is in the arena. The arena's limit thereby bounds the parser as well. */
#ifndef CODEC_JSON_LOAD_H
#define CODEC_JSON_LOAD_H

#include "shienkin/base.h"

#include <jansson.h>

/* *tree is NULL when the text is refused; *error tells why. It lives in the arena: it is never decref'd, and goes with
 * whatever the arena releases. Otherwise than RESULT_OK when the arena is exhausted. */
MUST_USE result json__load(struct arena *a, str text, json_t **tree, json_error_t *error);

#endif
