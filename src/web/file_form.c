/* file_form: see the header. What a file is gets decided by its bytes when it is whole. */
#include "file_form.h"

#include "scan_words.h"

const struct page_field file_form__fields[1] = { { .name = "file", .kind = PAGE_LINE, .label = "filing.file", .hint = "filing.file_hint", .pointer = "" } };

/* ---- begin, piece, piece, …, finish */

static struct http_answer refused(struct http_request *r, const struct file_place *where, result why, const struct findings *found,
                                  const struct service_answer *out) {
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT || why == RESULT_LIMIT) return where->show(r, 422, found);
  struct page p = page_begin(r);
  return page_failed(&p, why, found, out);
}

bool file_form__begin(struct http_request *r, const struct file_place *where, struct http_answer *answer) {
  struct page p = page_begin(r);
  struct findings found = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct evidence_begin_request request = { .claim = http_value(&r->path, "claim")->id, .name = http_request_file_name(r),
                                            .length = http_request_file_length(r) };
  r->state = NULL;
  if (request.name.n == 0) return true;         /* nothing was chosen: finish() says so */
  result why = PAGE_CALL(&p, evidence_begin, &request, &found, &out);
  if (why != RESULT_OK) {
    *answer = refused(r, where, why, &found, &out);
    return false;
  }
  struct json body = page_body(&p, &out);
  struct evidence_append_request *next = ARENA_NEW(r->keep, struct evidence_append_request);
  if (!uuid_from_outside(page_member(&body, "evidence"), service_prefix("evidence"), &next->evidence)) {
    *answer = HTTP_PROBLEM(r, &http_problem_internal);
    return false;
  }
  next->offset = 0;
  r->state = next;
  return true;
}

bool file_form__piece(struct http_request *r, const struct file_place *where, str bytes, struct http_answer *answer) {
  struct page p = page_begin(r);
  struct findings found = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct evidence_append_request *next = r->state;
  if (!next) return true;
  next->bytes = bytes;
  result why = PAGE_CALL(&p, evidence_append, next, &found, &out);
  next->offset += (int64_t)bytes.n;
  if (why == RESULT_OK) return true;
  *answer = refused(r, where, why, &found, &out);
  return false;
}

struct http_answer file_form__finish(struct http_request *r, const struct file_place *where) {
  struct page p = page_begin(r);
  struct findings found = findings_in(r->arena);
  struct service_answer out = { 0 };
  const struct evidence_append_request *sent = r->state;
  if (!sent) {
    static const struct message choose = { "required", "ファイルを選んでから送ってください。", "Please choose a file, then send it." };
    FINDING(&found, STR(""), &choose);
    return where->show(r, 422, &found);
  }
  struct evidence_request request = { sent->evidence };
  result why = PAGE_CALL(&p, evidence_finish, &request, &found, &out);
  if (why != RESULT_OK) return refused(r, where, why, &found, &out);
  str id = uuid_outside(r->arena, "clm_", http_value(&r->path, "claim")->id);
  return page_go(r, str_format(r->arena, "/%s/%.*s/evidence", where->area, STR_ARG(id)), "filing_file_came");
}

/* ---- what came */

str file_form__size(const struct page *p, int64_t bytes) {
  enum { KIB = 1024, MIB = 1024 * 1024 };
  if (bytes < KIB) return str_format(p->arena, "%lld B", (long long)bytes);
  int64_t unit = bytes < MIB ? KIB : MIB;
  return str_format(p->arena, "%lld.%lld %s", (long long)(bytes / unit), (long long)(bytes % unit * 10 / unit), unit == KIB ? "KiB" : "MiB");
}

void file_form__list(struct page *p, const struct json *files, bool linked) {
  struct page_list list = page_list(p->arena);
  bool any_infected = false;
  for (uint32_t i = 0; files && files->kind == JSON_KIND_ARRAY && i < files->count; i++) {
    const struct json *one = &files->as.items[i];
    str path = str_format(p->arena, "/v1/evidence/%.*s/content", STR_ARG(page_member(one, "evidence")));
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "file_name", page_member(one, "name"));
    page_set_str(&o, "file_type", page_member(one, "media_type"));
    page_set_str(&o, "file_size", file_form__size(p, page_int(one, "length")));
    page_set_str(&o, "file_hash", page_member(one, "sha256"));
    page_set_str(&o, "file_at", page_moment(p, page_member(one, "at")));
    page_set_str(&o, "file_path", linked && !scan_words__infected(one) ? path : STR(""));
    scan_words__add(p, &o, one, SCAN_CLAIMANT);
    any_infected = any_infected || scan_words__infected(one);
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "files", page_items(&list));
  page_set_bool(&p->document, "any_file", list.count > 0);
  page_set_bool(&p->document, "any_infected", any_infected);
}
