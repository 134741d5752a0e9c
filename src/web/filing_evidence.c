/* filing_evidence: files, one by one in a form without scripts, several at once in pieces with them (assets/filing.js). What a
 * file is gets decided by its bytes when it is whole; a refusal stands beside the field with what to do next. */
#include "filing.h"

enum { BODY_MOST_BYTES = 64 << 20 };      /* more than a file may have, so that its refusal is ours to word */

static const struct page_field fields[] = { { .name = "file", .kind = PAGE_LINE, .label = "filing.file", .hint = "filing.file_hint", .pointer = "" } };

/* ---- what came */

static str size_words(const struct page *p, int64_t bytes) {
  enum { KIB = 1024, MIB = 1024 * 1024 };
  if (bytes >= MIB) return str_format(p->arena, "%lld.%lld MiB", (long long)(bytes / MIB), (long long)(bytes % MIB * 10 / MIB));
  return bytes >= KIB ? str_format(p->arena, "%lld KiB", (long long)(bytes / KIB)) : str_format(p->arena, "%lld B", (long long)bytes);
}

bool filing__files(struct filing *f, struct http_answer *answer) {
  struct page *p = &f->page;
  struct findings found = findings_in(p->arena);
  struct service_answer out = { 0 };
  struct evidence_list_request request = { f->claim };
  result why = PAGE_CALL(p, evidence_list, &request, &found, &out);
  if (why != RESULT_OK) {
    *answer = page_failed(p, why, &found, &out);
    return false;
  }
  struct json body = page_body(p, &out);
  const struct json *files = json_get(&body, STR("files"));
  struct page_list list = page_list(p->arena);
  for (uint32_t i = 0; files && i < files->count; i++) {
    const struct json *one = &files->as.items[i], *length = json_get(one, STR("length"));
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "file_name", page_member(one, "name"));
    page_set_str(&o, "file_type", page_member(one, "media_type"));
    page_set_str(&o, "file_size", size_words(p, length ? length->integer : 0));
    page_set_str(&o, "file_hash", page_member(one, "sha256"));
    page_set_str(&o, "file_at", page_moment(p, page_member(one, "at")));
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "files", page_items(&list));
  page_set_bool(&p->document, "any_file", list.count > 0);
  return true;
}

/* ---- the page */

static struct http_answer show(struct filing *f, int status, const struct findings *faults) {
  struct page *p = &f->page;
  struct http_answer answer;
  if (!filing__files(f, &answer)) return answer;
  page_form(p, &(struct page_form){ .name = "form", .action = filing__path(p->arena, f->id, "evidence"), .submit = "filing.send_file",
                                    .fields = fields, .count = COUNT_OF(fields), .findings = faults });
  filing__frame(f, FILING_EVIDENCE);
  page_set_str(&p->document, "next_path", filing__path(p->arena, f->id, "review"));
  return page_answer(p, status, "filing_evidence", page_say(p, "filing.step_evidence"));
}

static struct http_answer get_evidence(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  return filing__open(r, &f, &answer) ? show(&f, HTTP_OK, NULL) : answer;
}

/* ---- sending in a form: begin, piece, piece, …, finish */

static struct http_answer refused(struct http_request *r, result why, const struct findings *found, const struct service_answer *out) {
  struct filing f;
  struct http_answer answer;
  if (why != RESULT_REFUSED && why != RESULT_CONFLICT && why != RESULT_LIMIT) {
    struct page p = page_begin(r);
    return page_failed(&p, why, found, out);
  }
  return filing__open(r, &f, &answer) ? show(&f, 422, found) : answer;
}

static bool begin(struct http_request *r, struct http_answer *answer) {
  struct page p = page_begin(r);
  struct findings found = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct evidence_begin_request request = { .claim = http_value(&r->path, "claim")->id, .name = http_request_file_name(r),
                                            .length = http_request_file_length(r) };
  r->state = NULL;
  if (request.name.n == 0) return true;         /* nothing was chosen: finish() says so */
  result why = PAGE_CALL(&p, evidence_begin, &request, &found, &out);
  if (why != RESULT_OK) {
    *answer = refused(r, why, &found, &out);
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

static bool piece(struct http_request *r, str bytes, struct http_answer *answer) {
  struct page p = page_begin(r);
  struct findings found = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct evidence_append_request *next = r->state;
  if (!next) return true;
  next->bytes = bytes;
  result why = PAGE_CALL(&p, evidence_append, next, &found, &out);
  next->offset += (int64_t)bytes.n;
  if (why == RESULT_OK) return true;
  *answer = refused(r, why, &found, &out);
  return false;
}

static struct http_answer finish(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings found = findings_in(r->arena);
  struct service_answer out = { 0 };
  const struct evidence_append_request *sent = r->state;
  if (!sent) {
    struct filing f;
    struct http_answer answer;
    static const struct message choose = { "required", "ファイルを選んでから送ってください。", "Please choose a file, then send it." };
    FINDING(&found, STR(""), &choose);
    return filing__open(r, &f, &answer) ? show(&f, 422, &found) : answer;
  }
  struct evidence_request request = { sent->evidence };
  result why = PAGE_CALL(&p, evidence_finish, &request, &found, &out);
  if (why != RESULT_OK) return refused(r, why, &found, &out);
  str id = uuid_outside(r->arena, "clm_", http_value(&r->path, "claim")->id);
  return page_go(r, filing__path(r->arena, id, "evidence"), "filing_file_came");
}

static const struct http_stream_in upload = { begin, piece, finish, NULL };
static const struct http_parameter form[] = { FORM_TEXT("nothing", 10), { 0 } };
static const struct http_route rows[] = {
  { FILING_ROW("filingEvidencePage", HTTP_GET, "/filing/{claim}/evidence", "書類の画面", "Files"),
    .path_parameters = filing__claim_path, .handler = get_evidence },
  { FILING_ROW("filingEvidencePagePost", HTTP_POST, "/filing/{claim}/evidence", "書類を送る", "Send a file"),
    .path_parameters = filing__claim_path, .body = HTTP_BODY_MULTIPART, .body_limit_bytes = BODY_MOST_BYTES, .form_parameters = form,
    .stream = &upload },
};
const struct http_route_table web__filing_evidence_routes = { rows, COUNT_OF(rows) };
