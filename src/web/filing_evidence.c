/* filing_evidence: the step of the files. */
#include "file_form.h"
#include "filing.h"

/* ---- what came */

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
  file_form__list(p, json_get(&body, STR("files")), false);
  return true;
}

/* ---- the page */

static struct http_answer show(struct filing *f, int status, const struct findings *faults) {
  struct page *p = &f->page;
  struct http_answer answer;
  if (!filing__files(f, &answer)) return answer;
  page_form(p, &(struct page_form){ .name = "form", .action = filing__path(p->arena, f->id, "evidence"), .submit = "filing.send_file",
                                    .fields = file_form__fields, .count = COUNT_OF(file_form__fields), .findings = faults });
  filing__frame(f, FILING_EVIDENCE);
  page_set_str(&p->document, "next_path", filing__path(p->arena, f->id, "review"));
  return page_answer(p, status, "filing_evidence", page_say(p, "filing.step_evidence"));
}

static struct http_answer get_evidence(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  return filing__open(r, &f, &answer) ? show(&f, HTTP_OK, NULL) : answer;
}

/* ---- sending */

static struct http_answer show_again(struct http_request *r, int status, const struct findings *found) {
  struct filing f;
  struct http_answer answer;
  return filing__open(r, &f, &answer) ? show(&f, status, found) : answer;
}

static const struct file_place place = { "filing", show_again };
static bool begin(struct http_request *r, struct http_answer *answer) { return file_form__begin(r, &place, answer); }
static bool piece(struct http_request *r, str bytes, struct http_answer *answer) { return file_form__piece(r, &place, bytes, answer); }
static struct http_answer finish(struct http_request *r) { return file_form__finish(r, &place); }

static const struct http_stream_in upload = { begin, piece, finish, NULL };
static const struct http_parameter form[] = { FORM_TEXT("nothing", 10), { 0 } };
static const struct http_route rows[] = {
  { FILING_ROW("filingEvidencePage", HTTP_GET, "/filing/{claim}/evidence", "書類の画面", "Files"),
    .path_parameters = filing__claim_path, .handler = get_evidence },
  { FILING_ROW("filingEvidencePagePost", HTTP_POST, "/filing/{claim}/evidence", "書類を送る", "Send a file"),
    .path_parameters = filing__claim_path, .body = HTTP_BODY_MULTIPART, .body_limit_bytes = FILE_FORM_MOST_BYTES, .form_parameters = form,
    .stream = &upload },
};
const struct http_route_table web__filing_evidence_routes = { rows, COUNT_OF(rows) };
