/* inside: the small steps that many handlers take. */
#include "api_inside.h"

/* ---- members of a body */

const struct json *api__json(const struct json *object, const char *name) {
  const struct json *found = json_get(object, str_of(name));
  return found && found->kind != JSON_KIND_NULL ? found : NULL;
}

str api__str(const struct json *object, const char *name) {
  const struct json *found = api__json(object, name);
  return found && found->kind == JSON_KIND_STRING ? json_text(found) : STR_NONE;
}

bool api__bool(const struct json *object, const char *name) {
  const struct json *found = api__json(object, name);
  return found && found->kind == JSON_KIND_TRUE;
}

int64_t api__int(const struct json *object, const char *name, int64_t otherwise) {
  const struct json *found = api__json(object, name);
  return found && found->kind == JSON_KIND_INTEGER && found->fits ? found->integer : otherwise;
}

day api__day(const struct json *object, const char *name) {
  day found;
  return day_parse(api__str(object, name), &found) ? found : DAY_NONE;
}

static struct uuid id_of(str text, const char *prefix) {
  struct uuid id;
  return uuid_from_outside(text, prefix, &id) ? id : (struct uuid){ { 0 } };
}

struct uuid api__id_in(const struct json *object, const char *name, const char *prefix) {
  return id_of(api__str(object, name), prefix);
}

const str *api__strs(struct arena *a, const struct json *object, const char *name, size_t *count) {
  const struct json *list = api__json(object, name);
  *count = list && list->kind == JSON_KIND_ARRAY ? list->count : 0;
  str *texts = ARENA_ARRAY(a, str, *count);
  for (size_t i = 0; i < *count; i++) texts[i] = json_text(&list->as.items[i]);
  return texts;
}

const struct uuid *api__ids(struct arena *a, const struct json *object, const char *name, const char *prefix,
                            size_t *count) {
  const str *texts = api__strs(a, object, name, count);
  struct uuid *ids = ARENA_ARRAY(a, struct uuid, *count);
  for (size_t i = 0; i < *count; i++) ids[i] = id_of(texts[i], prefix);
  return ids;
}

/* ---- answers that lead on */

static bool body_of(struct http_request *r, const struct http_answer *answer, struct json *body) {
  struct findings ignored = findings_in(r->arena);
  return !answer->problem && json_read(r->arena, answer->body, (struct json_limits){ .bytes = answer->body.n + 1 },
                                       &ignored, body) == RESULT_OK;
}

struct http_answer api__created_at(struct http_request *r, struct http_answer answer, const char *path,
                                   const char *member) {
  struct json body;
  if (!body_of(r, &answer, &body)) return answer;
  str id = api__str(&body, member);
  if (id.n > 0) http_answer_header(r, &answer, "Location", str_format(r->arena, "%s%.*s", path, STR_ARG(id)));
  return answer;
}

/* ---- lists: a position is the id after which the list goes on */

int64_t api__limit(const struct http_request *r) {
  const struct http_value *limit = http_value(&r->query, "limit");
  return limit->present ? limit->number : 50;
}

static struct http_answer no_position(struct http_request *r) {
  static const struct message wrong = { "cursor", "この一覧の続きではありません。一覧を最初から読み直してください。",
                                        "This is no position of this list. Please read the list from its beginning." };
  struct findings *f = ARENA_NEW(r->arena, struct findings);
  *f = findings_in(r->arena);
  FINDING(f, STR("/query/cursor"), &wrong);
  return http_refused(r, &http_problem_invalid_parameter, f);
}

bool api__after(struct http_request *r, struct json *after, struct http_answer *answer) {
  const struct http_value *cursor = http_value(&r->query, "cursor");
  struct json position;
  *after = json_of_null();
  if (!cursor->present) return true;
  bool read = http_cursor_read(r, cursor->text, &position) == RESULT_OK;
  const struct json *found = read ? api__json(&position, "after") : NULL;
  if (found) *after = *found;
  else *answer = no_position(r);
  return found != NULL;
}

bool api__cursor(struct http_request *r, struct uuid *after, struct http_answer *answer) {
  struct json position;
  *after = (struct uuid){ { 0 } };
  if (!api__after(r, &position, answer)) return false;
  if (position.kind == JSON_KIND_NULL) return true;
  if (position.kind == JSON_KIND_STRING && uuid_parse(json_text(&position), after)) return true;
  *answer = no_position(r);
  return false;
}

/* The request's own address with another cursor. */
static str target_with(struct http_request *r, str cursor) {
  struct buf out = buf_in(r->arena);
  str query, path = str_cut(r->target, '?', &query);
  buf_add(&out, path);
  buf_add(&out, STR("?cursor="));
  buf_add(&out, http_percent_encode(r->arena, cursor));
  while (query.n > 0) {
    str pair = str_cut(query, '&', &query);
    if (pair.n == 0 || str_starts(pair, STR("cursor="))) continue;
    buf_byte(&out, '&');
    buf_add(&out, pair);
  }
  return buf_str(&out);
}

static str cursor_of(struct http_request *r, struct json after) {
  struct json_member member = { STR("after"), after };
  struct json position = json_of_object(&member, 1);
  return http_cursor_write(r, &position);
}

static struct http_answer go_on(struct http_request *r, struct http_answer answer, const struct json *body, struct json after) {
  str cursor = cursor_of(r, after);
  struct json_member member = { STR("next"), json_of_str(cursor) };
  struct json patch = json_of_object(&member, 1), paged = json_merge_patch(r->arena, body, &patch);
  answer.body = json_dump(r->arena, &paged);
  http_answer_link(r, &answer, "next", target_with(r, cursor));
  return answer;
}

struct http_answer api__paged(struct http_request *r, struct http_answer answer, const char *prefix) {
  struct json body;
  if (!body_of(r, &answer, &body)) return answer;
  struct uuid next = api__id_in(&body, "next", prefix);
  if (uuid_none(next)) return answer;
  char text[37];
  uuid_write(next, text);
  return go_on(r, answer, &body, json_of_str(str_copy(r->arena, str_of(text))));
}

struct http_answer api__next(struct http_request *r, struct http_answer answer) {
  struct json body;
  if (!body_of(r, &answer, &body)) return answer;
  const struct json *next = api__json(&body, "next");
  return next ? go_on(r, answer, &body, *next) : answer;
}

/* ---- addresses */

const struct http_parameter api__claim_path[] = { API_CLAIM_ID, { .name = NULL } };
const struct http_parameter api__facility_path[] = { API_ID("facility", "fac_", "施設", "the facility"), { .name = NULL } };
const struct http_parameter api__evidence_path[] = { API_ID("evidence", "evd_", "証拠書類", "the file"), { .name = NULL } };
const struct http_parameter api__list_query[] = { API_CURSOR, API_LIMIT, { .name = NULL } };
