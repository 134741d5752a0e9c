/* web: the pages: const route tables, one file per page, templates and assets built into the program. Clinic pages work
 * without JavaScript; nothing is inline, so that the content security policy can forbid it. */
#ifndef SHIENKIN_WEB_H
#define SHIENKIN_WEB_H

#include "shienkin/gate.h"

extern const struct http_route_table *const web_routes[];
extern const size_t web_route_table_count;
/* 404, 403, 500, 503 and the like in the same house; 401 leads to the sign-in page and back. */
struct http_pages web_pages(void);

#endif
