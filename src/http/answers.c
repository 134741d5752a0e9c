/* answers: making and adorning what handlers give back. */
#include "fields.h"
#include "messages.h"
#include "shienkin/http/route.h"

struct http_answer http_bytes(int status, const char *content_type, str body) {
  return (struct http_answer){ .status = status, .content_type = content_type, .body = body, .length = -1 };
}

struct http_answer http_json(int status, str body) {
  return http_bytes(status, "application/json", body);
}
struct http_answer http_html(int status, str body) {
  return http_bytes(status, "text/html; charset=utf-8", body);
}
struct http_answer http_no_content(void) {
  return (struct http_answer){ .status = HTTP_NO_CONTENT, .length = -1 };
}

struct http_answer http_created(struct http_request *r, str location, str json) {
  struct http_answer answer = http_json(HTTP_CREATED, json);
  http_answer_header(r, &answer, "Location", location);
  return answer;
}

struct http_answer http_see_other(struct http_request *r, str location) {
  bool ours =
      location.n && location.p[0] == '/' && (location.n == 1 || (location.p[1] != '/' && location.p[1] != '\\'));
  assert(ours && "a form leads on to a page of ours");
  (void)ours;
  struct http_answer answer = { .status = HTTP_SEE_OTHER, .length = -1 };
  http_answer_header(r, &answer, "Location", location);
  return answer;
}

struct http_answer http_stream_out(int status, const char *content_type, const struct http_source *source,
                                   int64_t length) {
  return (struct http_answer){ .status = status, .content_type = content_type, .source = source, .length = length };
}

void http_answer_header(struct http_request *r, struct http_answer *answer, const char *name, str value) {
  assert(http__token(str_of(name)) && http__field_value(value) && "a header holds no control characters");
  struct http_answer_header *header = ARENA_NEW(r->arena, struct http_answer_header);
  *header = (struct http_answer_header){ name, value, answer->headers };
  answer->headers = header;
}

void http_answer_retry_after(struct http_request *r, struct http_answer *answer, int64_t seconds) {
  http_answer_header(r, answer, "Retry-After", str_format(r->arena, "%lld", (long long)(seconds < 1 ? 1 : seconds)));
}

void http_answer_link(struct http_request *r, struct http_answer *answer, const char *rel, str target) {
  assert(target.n && target.p[0] == '/' && str_find(target, STR(">")) < 0 && "a link leads to an address of ours");
  http_answer_header(r, answer, "Link", str_format(r->arena, "<%.*s>; rel=\"%s\"", STR_ARG(target), rel));
}

void http_answer_digest_of(struct http_request *r, struct http_answer *answer, const struct sha256 *digest) {
  str bytes = { (const char *)digest->bytes, sizeof digest->bytes };
  http_answer_header(r, answer, "Content-Digest",
                     str_format(r->arena, "sha-256=:%.*s:", STR_ARG(base64_encode(r->arena, bytes))));
}

void http_answer_digest(struct http_request *r, struct http_answer *answer) {
  struct sha256 digest = sha256_of(answer->body);
  http_answer_digest_of(r, answer, &digest);
}

void http_answer_cacheable(struct http_request *r, struct http_answer *answer, int64_t max_age_s, bool immutable) {
  http_answer_header(
      r, answer, "Cache-Control",
      str_format(r->arena, "public, max-age=%lld%s", (long long)max_age_s, immutable ? ", immutable" : ""));
}

/* What may stand in the plain file name: the rest becomes "_" there and stands whole in filename*. */
static char plain_character(char c) {
  bool plain = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '/' && c != '%' && c != ';';
  return plain ? c : '_';
}

void http_answer_attachment(struct http_request *r, struct http_answer *answer, str file_name) {
  struct buf plain = buf_in(r->arena), full = buf_in(r->arena);
  for (size_t i = 0; i < file_name.n; i++) {
    char c = file_name.p[i];
    bool odd = (unsigned char)c < 0x20 || c == 0x7f || c == '/' || c == '\\';
    buf_byte(&full, odd ? '_' : c);
    buf_byte(&plain, plain_character(c));
  }
  str encoded = http_percent_encode(r->arena, buf_str(&full));
  http_answer_header(r, answer, "Content-Disposition",
                     str_format(r->arena, "attachment; filename=\"%.*s\"; filename*=UTF-8''%.*s",
                                STR_ARG(buf_str(&plain)), STR_ARG(encoded)));
}

/* ---- problems */

/* {0} … {9} replaced by the arguments; other braces stay. */
static str fill(struct arena *a, const char *text, size_t count, const str *arguments) {
  struct buf out = buf_in(a);
  for (const char *p = text; *p; p++) {
    bool place = p[0] == '{' && p[1] >= '0' && p[1] <= '9' && p[2] == '}';
    if (!place) {
      buf_byte(&out, *p);
      continue;
    }
    size_t at = (size_t)(p[1] - '0');
    assert(at < count && "a detail's places are all filled");
    buf_add(&out, arguments[at]);
    p += 2;
  }
  return buf_str(&out);
}

struct http_answer http_problem_answer(struct http_request *r, const struct http_problem *p, size_t argument_count,
                                       const str *arguments) {
  return (struct http_answer){
    .status = p->status,
    .problem = p,
    .detail_ja = fill(r->arena, p->detail_ja, argument_count, arguments),
    .detail_en = fill(r->arena, p->detail_en, argument_count, arguments),
    .length = -1,
  };
}

struct http_answer http__because(struct http_request *r, const struct http_problem *p, const struct http__reason *why) {
  struct http_answer answer = HTTP_PROBLEM(r, p, str_of(why->ja));
  answer.detail_en = fill(r->arena, p->detail_en, 1, (str[]){ str_of(why->en) });
  return answer;
}

struct http_answer http_refused(struct http_request *r, const struct http_problem *p, const struct findings *f) {
  struct http_answer answer = HTTP_PROBLEM(r, p);
  answer.findings = f;
  return answer;
}

struct http_answer http_result(struct http_request *r, result why, const struct findings *f) {
  assert(why != RESULT_OK && "nothing went wrong");
  struct http_answer answer;
  switch (why) {
    case RESULT_NOT_FOUND: return HTTP_PROBLEM(r, &http_problem_not_found);
    case RESULT_CONFLICT: return HTTP_PROBLEM(r, &http_problem_conflict);
    case RESULT_REFUSED: return http_refused(r, &http_problem_invalid_body, f);
    case RESULT_LIMIT:
      return HTTP_PROBLEM(r, &http_problem_body_too_large,
                          str_format(r->arena, "%zu", r->route ? r->route->body_limit_bytes : 0));
    default: answer = HTTP_PROBLEM(r, &http_problem_unavailable);
  }
  http_answer_retry_after(r, &answer, 5);
  return answer;
}

struct http_answer http_throttled(struct http_request *r, int64_t wait_s) {
  struct http_answer answer =
      HTTP_PROBLEM(r, &http_problem_too_many_attempts, str_format(r->arena, "%lld", (long long)wait_s));
  http_answer_retry_after(r, &answer, wait_s);
  return answer;
}

static void write_member(struct json_writer *w, str name, str value) {
  json_write_name(w, name);
  json_write_str(w, value);
}

static void write_errors(struct json_writer *w, const struct findings *f) {
  json_write_name(w, STR("errors"));
  json_write_begin_array(w);
  for (size_t i = 0; i < f->count; i++) {
    json_write_begin_object(w);
    write_member(w, STR("pointer"), f->items[i].pointer);
    write_member(w, STR("code"), str_of(f->items[i].code));
    write_member(w, STR("message_ja"), f->items[i].ja);
    write_member(w, STR("message_en"), f->items[i].en);
    if (f->items[i].line) {                      /* of a file that came in, from 1 */
      json_write_name(w, STR("line"));
      json_write_int(w, f->items[i].line);
    }
    json_write_end_object(w);
  }
  json_write_end_array(w);
}

str http_problem_json(struct http_request *r, const struct http_answer *answer) {
  const struct http_problem *p = answer->problem;
  struct arena *a = r->arena;
  bool english = r->language == HTTP_ENGLISH;
  char trace[56];
  http_trace_write(&r->trace, trace);
  struct buf out = buf_in(a);
  struct json_writer w = json_writer_to(&out);
  json_write_begin_object(&w);
  write_member(&w, STR("type"), str_format(a, "urn:shienkin:problem:%s", p->code));
  write_member(&w, STR("title"), str_of(english ? p->title_en : p->title_ja));
  json_write_name(&w, STR("status"));
  json_write_int(&w, answer->status);
  write_member(&w, STR("detail"), english ? answer->detail_en : answer->detail_ja);
  write_member(&w, STR("instance"), str_format(a, "urn:uuid:%s", r->request_id));
  write_member(&w, STR("request_id"), str_of(r->request_id));
  write_member(&w, STR("trace_id"), str_copy(a, (str){ trace + 3, 32 }));
  write_member(&w, STR("title_ja"), str_of(p->title_ja));
  write_member(&w, STR("title_en"), str_of(p->title_en));
  write_member(&w, STR("detail_ja"), answer->detail_ja);
  write_member(&w, STR("detail_en"), answer->detail_en);
  if (answer->findings && answer->findings->count) write_errors(&w, answer->findings);
  json_write_end_object(&w);
  return buf_str(&out);
}
