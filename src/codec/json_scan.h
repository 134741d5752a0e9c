/* json_scan: one fast look at a JSON document before jansson reads it. It judges nothing but depth; it counts what the
 * tree will hold, so that all memory is taken beforehand, and tells whether any token needs json_mark. */
#ifndef CODEC_JSON_SCAN_H
#define CODEC_JSON_SCAN_H

#include "shienkin/base.h"

/* Counts outside strings. For a well-formed document: object members = colons; array items <= commas + opens - colons,
 * because every container that is not empty holds one value more than it has commas. */
struct json_scan {
  size_t opens, colons, commas;
  bool marks;     /* a number with point, exponent, leading -0 or over 18 digits; an escape \u0000, \u0001 */
  size_t deep_at; /* offset of the bracket that went too deep */
};

/* false: brackets nest deeper than `depth`; deep_at tells where. Looks at nothing behind that. */
bool json__scan(str document, unsigned depth, struct json_scan *out);

/* Offset behind the string whose opening quote stands just before `at`; document.n where it is not closed. */
size_t json__skip_string(str document, size_t at, bool *marks);

#endif
