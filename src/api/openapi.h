/* openapi: the parts of the documentation. */
#ifndef SHIENKIN_API_OPENAPI_H
#define SHIENKIN_API_OPENAPI_H

#include "api_inside.h"
#include "tree.h"

#define OPENAPI_SCHEMAS "#/components/schemas/"

/* One method of one address. */
struct json openapi__operation(struct arena *a, const struct http_route *route);
/* The answers of a row: its own, and the problems that its declaration and the field can lead to. */
struct json openapi__answers(struct arena *a, const struct http_route *route);
/* What an address or a query takes. */
struct json openapi__parameter(struct arena *a, const struct http_parameter *p, const char *in);
/* Schemas that several rows share, security schemes, headers and parameters. */
struct json openapi__components(struct arena *a, const struct http_route_table *const *tables, size_t table_count);
/* The contracts, as they stand in contract/. */
str openapi__contract(str name); /* "claim", "decision", "refusal"; n = 0: there is none */

#endif
