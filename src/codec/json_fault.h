/* json_fault: what is wrong with a document that jansson would not read, told so that a person can mend it. */
#ifndef CODEC_JSON_FAULT_H
#define CODEC_JSON_FAULT_H

#include "shienkin/base.h"

#include <jansson.h>

/* All add one finding, pointer "", code `malformed`, and return RESULT_REFUSED. */
result json__refuse_large(struct findings *f, size_t limit, size_t size);
result json__refuse_deep(struct findings *f, str document, size_t at, unsigned limit);
/* jansson's positions are those of the text it read, which json_mark has written if `marked`. */
result json__refuse_parse(struct findings *f, str document, bool marked, const json_error_t *error);

#endif
