/* openapi_answers: what a row gives. Its own answers stand in the row; which refusals can come before the handler follows
 * from what the row declares, in the order in which the server looks. */
#include "openapi.h"

/* ---- which refusals a row's declaration leads to */

enum condition { ALWAYS, SESSION, UNSAFE, NAMES, QUERY, BODY, JSON, STREAM, KEY, MATCH, STEP_UP, WRITES, SLOW };

static const struct {
  const struct http_problem *problem;
  enum condition when;
} common[] = {
  { &http_problem_bad_request, ALWAYS },
  { &http_problem_invalid_parameter, ALWAYS },
  { &http_problem_malformed_body, JSON },
  { &http_problem_idempotency_key_required, KEY },
  { &http_problem_sign_in_required, SESSION },
  { &http_problem_token_invalid, SESSION },
  { &http_problem_forbidden, SESSION },
  { &http_problem_csrf, UNSAFE },
  { &http_problem_step_up_required, STEP_UP },
  { &http_problem_read_only_token, WRITES },
  { &http_problem_not_found, NAMES },
  { &http_problem_not_acceptable, ALWAYS },
  { &http_problem_request_timeout, BODY },
  { &http_problem_conflict, WRITES },
  { &http_problem_request_in_progress, KEY },
  { &http_problem_precondition_failed, MATCH },
  { &http_problem_body_too_large, BODY },
  { &http_problem_url_too_long, QUERY },
  { &http_problem_unsupported_media_type, BODY },
  { &http_problem_invalid_body, BODY },
  { &http_problem_idempotency_key_reused, KEY },
  { &http_problem_precondition_required, MATCH },
  { &http_problem_too_many_attempts, SLOW },
  { &http_problem_headers_too_large, ALWAYS },
  { &http_problem_internal, ALWAYS },
  { &http_problem_busy, ALWAYS },
  { &http_problem_unavailable, ALWAYS },
  { &http_problem_shutting_down, ALWAYS },
};

/* Whatever names something may name what is not there. */
static bool holds_id(const struct spec *s) {
  if (api__is_id(s)) return true;
  for (const struct spec_member *m = s->kind == SPEC_OBJECT ? s->members : NULL; m && m->name; m++)
    if (holds_id(m->spec)) return true;
  for (const struct spec *const *one = s->kind == SPEC_CHOICE ? s->choices : NULL; one && *one; one++)
    if (holds_id(*one)) return true;
  return s->kind == SPEC_ARRAY && holds_id(s->items);
}

static bool names_something(const struct http_route *route) {
  for (const struct http_parameter *p = route->query; p && p->name; p++)
    if (p->kind == HTTP_PARAMETER_ID) return true;
  return route->path_parameters || (route->body_spec && holds_id(route->body_spec));
}

static bool holds(const struct http_route *route, enum condition when) {
  bool sessions = (route->realms & (HTTP_PUBLIC | HTTP_LOG)) == 0, unsafe = !http_method_safe(route->method);
  bool json = route->body == HTTP_BODY_JSON || route->body == HTTP_BODY_MERGE_PATCH;
  switch (when) {
    case ALWAYS: return true;
    case SESSION: return sessions;
    case UNSAFE: return unsafe && route->csrf == HTTP_CSRF_CHECKED;
    case NAMES: return names_something(route);
    case QUERY: return route->query != NULL;
    case BODY: return route->body != HTTP_BODY_NONE;
    case JSON: return json;
    case STREAM: return route->stream != NULL;
    case KEY: return route->idempotent;
    case MATCH: return route->etag == HTTP_ETAG_REQUIRED;
    case STEP_UP: return route->step_up;
    case WRITES: return unsafe && sessions;
    case SLOW: return route->lane == HTTP_LANE_SLOW;
  }
  return false;
}

/* ---- headers */

static void add_header(struct tree *headers, const char *name, const char *component) {
  tree__ref(headers, name, str_z(headers->arena, str_format(headers->arena, "#/components/headers/%s", component)));
}

static void add_own_headers(struct tree *t, const struct http_route *route, int status) {
  struct tree headers = tree__in(t->arena);
  bool writes = !http_method_safe(route->method) && (route->realms & HTTP_PUBLIC) == 0;
  if (route->etag != HTTP_ETAG_NONE) add_header(&headers, "ETag", "ETag");
  if (status == 201) add_header(&headers, "Location", "Location");
  if (writes) add_header(&headers, "Shienkin-Event", "Event");
  if (route->idempotent) add_header(&headers, "Idempotency-Replayed", "Replayed");
  if (headers.count > 0) tree__add(t, "headers", tree__object(&headers));
}

/* ---- answers */

static struct json own_answer(struct arena *a, const struct http_route *route, const struct http_route_answer *answer) {
  struct tree media = tree__in(a), content = tree__in(a), t = tree__in(a);
  tree__text(&t, "description", answer->description ? answer->description : "done");
  add_own_headers(&t, route, answer->status);
  if (answer->content_type) {
    if (answer->spec) tree__add(&media, "schema", spec_schema_within(a, answer->spec, OPENAPI_SCHEMAS, false));
    tree__add(&content, answer->content_type, tree__object(&media));
    tree__add(&t, "content", tree__object(&content));
  }
  return tree__object(&t);
}

/* Problems of one status are one answer; their codes are listed. */
static struct json problem_answer(struct arena *a, int status, const struct tree *codes) {
  struct tree media = tree__in(a), content = tree__in(a), headers = tree__in(a), t = tree__in(a);
  struct buf text = buf_in(a);
  struct json list = tree__list(codes);
  for (uint32_t i = 0; i < list.count; i++)
    buf_format(&text, "%s%.*s", i ? ", " : "", STR_ARG(json_text(&list.as.items[i])));
  tree__str(&t, "description", buf_str(&text));
  bool again = status == 429 || status == 503 || status == 409;
  if (again) add_header(&headers, "Retry-After", "RetryAfter");
  if (again) tree__add(&t, "headers", tree__object(&headers));
  tree__ref(&media, "schema", OPENAPI_SCHEMAS "Problem");
  tree__add(&content, "application/problem+json", tree__object(&media));
  tree__add(&t, "content", tree__object(&content));
  tree__add(&t, "x-shienkin-problems", list);
  return tree__object(&t);
}

static void add_problems_of(struct tree *all, const struct http_route *route, int status) {
  struct tree codes = tree__in(all->arena);
  for (size_t i = 0; i < COUNT_OF(common); i++)
    if (common[i].problem->status == status && holds(route, common[i].when))
      tree__text(&codes, NULL, common[i].problem->code);
  for (const char *const *code = route->problems; code && *code; code++) {
    const struct http_problem *p = gate_problem(str_of(*code));
    if (p && p->status == status) tree__text(&codes, NULL, *code);
  }
  if (codes.count > 0)
    tree__add(all, str_z(all->arena, str_format(all->arena, "%d", status)), problem_answer(all->arena, status, &codes));
}

struct json openapi__answers(struct arena *a, const struct http_route *route) {
  static const int statuses[] = { 400, 401, 403, 404, 406, 408, 409, 412, 413, 414, 415, 416, 422, 428, 429, 431, 500, 503 };
  struct tree all = tree__in(a);
  for (const struct http_route_answer *answer = route->answers; answer && answer->status; answer++)
    tree__add(&all, str_z(a, str_format(a, "%d", answer->status)), own_answer(a, route, answer));
  for (size_t i = 0; i < COUNT_OF(statuses); i++) add_problems_of(&all, route, statuses[i]);
  return tree__object(&all);
}
