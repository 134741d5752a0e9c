/* api: the JSON endpoints under /v1, /openapi.json and /schemas/…: const route tables, one file of handlers per endpoint or
 * closely kept family. Handlers read as their story: take what the row declared, call one use case, answer. */
#ifndef SHIENKIN_API_H
#define SHIENKIN_API_H

#include "shienkin/gate.h"

/* One table per area, of areas that stand in files of their own: whoever starts the server copies them into one list. */
extern const struct http_route_table *const api_routes[];
extern const size_t api_route_table_count;
extern const struct http_problem_table api_problems;            /* those that only api knows */

/* The documentation of all tables given (OpenAPI 3.1, JSON), printed from the rows and specs that the server obeys. Pages
 * are left out. */
str api_openapi(struct arena *a, const struct http_route_table *const *tables, size_t table_count, const char *version);

#endif
