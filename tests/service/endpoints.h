/* endpoints: handlers of the API called as the server calls them, over a house: the address is matched, the query and the body are
 * read by the row's declarations, and every answer is held against the spec that its row declares. No network. */
#ifndef SHIENKIN_TESTS_SERVICE_ENDPOINTS_H
#define SHIENKIN_TESTS_SERVICE_ENDPOINTS_H

#include "casework.h"
#include "shienkin/api.h"

struct desk {
  struct house *house;
  struct gate gate;
  struct http_routes *routes;
  struct http_server *server; /* signs cursors; nobody connects to it */
  struct http_answer answer;  /* the last one */
  struct json body;           /* of the last answer, where it has one */
};

static inline void desk_up(struct desk *d, struct house *h) {
  struct http_route_table tables[64];
  struct findings f = findings_in(h->fixture.arena);
  str certificate, key;
  static const char *const names[] = { "localhost" };
  assert_true(api_route_table_count <= COUNT_OF(tables));
  for (size_t i = 0; i < api_route_table_count; i++) tables[i] = *api_routes[i];
  *d = (struct desk){ .house = h, .gate = { .service = &h->service, .version = "test" } };
  d->routes = http_routes_new(tables, api_route_table_count);
  assert_non_null(d->routes);
  assert_int_equal(
      certificate_self_signed(h->fixture.arena, names, 1, h->fixture.now_us / 1000000, 30, &certificate, &key),
      RESULT_OK);
  const struct http_config config = { .address = "127.0.0.1",
                                      .metrics_port = -1,
                                      .certificate_pem = certificate,
                                      .key_pem = key,
                                      .routes = tables,
                                      .route_table_count = 1,
                                      .app = &d->gate,
                                      .clock = h->service.clock,
                                      .randomness = randomness_system(),
                                      .log = { 2, LOG_ERROR, clock_system() },
                                      .limits = { .event_threads = 1, .quick_workers = 1, .slow_workers = 1 } };
  assert_int_equal(http_server_start(&config, &f, &d->server), RESULT_OK);
}

static inline void desk_down(struct desk *d) {
  http_server_stop(d->server, 1000);
  http_routes_free(d->routes);
}

static inline enum http_realm desk_realm(enum store_realm realm) {
  return realm == STORE_STAFF ? HTTP_STAFF : realm == STORE_AUDITOR ? HTTP_AUDITOR : HTTP_CLINIC;
}

/* The spec that the row declares for this answer accepts it; problems have none of their own. */
static inline void desk_check(struct desk *d, const struct http_route *route) {
  struct findings f = findings_in(d->house->arena);
  if (d->answer.problem) return;
  const struct http_route_answer *declared = route->answers;
  while (declared->status && declared->status != d->answer.status) declared++;
  if (!declared->status) fail_msg("%s: %d is not declared", route->name, d->answer.status);
  if (!declared->spec) return;
  if (json_read(d->house->arena, d->answer.body, (struct json_limits){ .bytes = 16 << 20, .depth = 200 }, &f,
                &d->body) != RESULT_OK)
    fail_msg("%s: not JSON", route->name);
  if (spec_check(d->house->arena, declared->spec, &d->body, &f) == RESULT_OK) return;
  for (size_t i = 0; i < f.count; i++)
    print_error("%s %.*s: %s %.*s\n", route->name, STR_ARG(f.items[i].pointer), f.items[i].code,
                STR_ARG(f.items[i].en));
  fail_msg("%s answers what it does not declare", route->name);
}

static inline struct http_identity *desk_identity(struct desk *d, const char *who) {
  const struct house_person *p = house_person(d->house, who);
  struct http_identity *identity = ARENA_NEW(d->house->arena, struct http_identity);
  identity->account = p->account;
  identity->person = p->person;
  identity->realm = desk_realm(p->realm);
  identity->roles = p->roles;
  return identity;
}

static inline void desk_read(struct desk *d, const struct http_route *route, str query, const char *body,
                             struct http_request *r) {
  struct findings f = findings_in(d->house->arena);
  if (route->query &&
      http_values_read(d->house->arena, route->query, query, false, STR("/query"), &f, &r->query) != RESULT_OK)
    fail_msg("%s: the query is refused", route->name);
  if (!body) return;
  r->body = str_of(body);
  if (route->body != HTTP_BODY_JSON) return;
  if (json_read(d->house->arena, r->body, (struct json_limits){ 0 }, &f, &r->json) != RESULT_OK ||
      spec_check(d->house->arena, route->body_spec, &r->json, &f) != RESULT_OK)
    fail_msg("%s: the body is refused", route->name);
}

/* A body in pieces, as small as a network may make them. */
static inline struct http_answer desk_stream(const struct http_stream_in *stream, struct http_request *r) {
  struct http_answer answer = { 0 };
  if (!stream->begin(r, &answer)) return answer;
  for (size_t at = 0; at < r->body.n; at += 1000)
    if (!stream->chunk(r, str_slice(r->body, at, at + 1000 < r->body.n ? at + 1000 : r->body.n), &answer))
      return answer;
  return stream->finish(r);
}

/* The status. `version`: If-Match, or -1. Changes get a key of their own. */
static inline int desk_call(struct desk *d, const char *who, enum http_method method, str target, const char *body,
                            int64_t version) {
  struct house *h = d->house;
  struct http_match match;
  str query, path = str_cut(target, '?', &query);
  http_routes_match(h->arena, d->routes, method, path, &match);
  if (!match.route) fail_msg("nothing is at %.*s", STR_ARG(target));
  struct caller c = house_keyed(h, who, body ? body : "");
  struct http_request r = { .arena = h->arena,
                            .keep = h->arena,
                            .app = &d->gate,
                            .server = d->server,
                            .route = match.route,
                            .method = method,
                            .target = target,
                            .path = match.path,
                            .identity = desk_identity(d, who),
                            .fingerprint = c.fingerprint,
                            .at_us = h->fixture.now_us };
  memcpy(r.request_id, "00000000-0000-7000-8000-000000000077", sizeof r.request_id);
  r.realm = r.identity->realm;
  assert_true(match.route->realms & r.realm);
  if (match.route->idempotent) r.idempotency_key = c.idempotency_key;
  str tag = str_format(h->arena, "%lld-%s", (long long)version, http_realm_name(r.realm));
  bool weak = false;
  if (version >= 0) r.if_match = (struct http_etags){ .present = true, .tags = &tag, .weak = &weak, .count = 1 };
  desk_read(d, match.route, query, body, &r);
  h->fixture.now_us += 1000;
  d->answer = match.route->stream ? desk_stream(match.route->stream, &r) : match.route->handler(&r);
  desk_check(d, match.route);
  return d->answer.status;
}

static inline int desk_get(struct desk *d, const char *who, str target) {
  return desk_call(d, who, HTTP_GET, target, NULL, -1);
}
static inline str desk_text(struct desk *d, const char *pointer) {
  const struct json *value = json_at(&d->body, str_of(pointer));
  if (!value || value->kind != JSON_KIND_STRING) fail_msg("no text at %s", pointer);
  return json_text(value);
}
static inline int64_t desk_int(struct desk *d, const char *pointer) {
  const struct json *value = json_at(&d->body, str_of(pointer));
  if (!value || value->kind != JSON_KIND_INTEGER) fail_msg("no number at %s", pointer);
  return value->integer;
}

#endif
