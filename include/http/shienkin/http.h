/* http: the service's door to the network, and the only door to libmicrohttpd and GnuTLS; neither shows in these headers.
 *
 * The rooms above export const tables of `struct http_route`; the program joins them in one `struct http_config` and
 * starts one `struct http_server`, which owns everything that changes. For each request the server does what is the same
 * everywhere, in this order, and every refusal is a problem document in the reader's language:
 *
 *   framing and sizes (400 413 414 431 501) → route and method (404 405) → cookies (400) → who is asking (401) → realm, role,
 *   second factor (403) → origin and CSRF token (403) → Accept and Content-Type (406 415) → conditions (400 428) → query (400)
 *   → the body by its declaration (400 422) → idempotency key (400) → the handler
 *
 * so that a handler begins with a `struct http_request` whose every part is already what the route row declares, and
 * reads as its story: decide what to do, call the use case, answer.
 *
 * Two lifetimes: `request->arena` holds what one call computes and goes when it returns; `request->keep` lives until the
 * last byte of the answer was sent (only streams need it). Handlers run on worker threads, one request each; event
 * threads never wait. Nothing here knows the database: what http needs from the rooms around it comes through four
 * small interfaces (identity, workers, readiness, pages) of server.h. */
#ifndef SHIENKIN_HTTP_H
#define SHIENKIN_HTTP_H

#include "http/problem.h"
#include "http/parameter.h"
#include "http/identity.h"
#include "http/request.h"
#include "http/answer.h"
#include "http/route.h"
#include "http/metrics.h"
#include "http/server.h"

#endif
