/* claim_evidence: files that follow after a claim was filed. */
#include "claim_page.h"
#include "file_form.h"
#include "files.h"

static struct http_answer show(struct mine *m, int status, const struct findings *f) {
  struct page *p = &m->page;
  mine__head(m);
  claim_page__files(m);
  page_set_bool(&p->document, "may_send", false);
  page_set_str(&p->document, "claim_id", m->id);
  page_set_str(&p->document, "filing_script", web__asset_path(p->arena, "filing.js"));
  page_form(p, &(struct page_form){ .name = "form", .action = mine__path(m, "/evidence"), .submit = "filing.send_file",
                                    .fields = file_form__fields, .count = COUNT_OF(file_form__fields), .findings = f });
  return page_answer(p, status, "claim_evidence", page_say(p, "mine.file_add"));
}

static bool open_it(struct http_request *r, struct mine *m, struct http_answer *answer) {
  if (!mine__open(r, m, answer)) return false;
  if (mine__is(m, MINE_LIVING)) return true;
  *answer = page_go(r, mine__path(m, ""), "claim_moved");
  return false;
}

static struct http_answer show_again(struct http_request *r, int status, const struct findings *f) {
  struct mine m;
  struct http_answer answer;
  return open_it(r, &m, &answer) ? show(&m, status, f) : answer;
}

static struct http_answer get_evidence(struct http_request *r) { return show_again(r, HTTP_OK, NULL); }

static const struct file_place place = { "claims", show_again };
static bool begin(struct http_request *r, struct http_answer *answer) { return file_form__begin(r, &place, answer); }
static bool piece(struct http_request *r, str bytes, struct http_answer *answer) { return file_form__piece(r, &place, bytes, answer); }
static struct http_answer finish(struct http_request *r) { return file_form__finish(r, &place); }

static const struct http_stream_in upload = { begin, piece, finish, NULL };
static const struct http_parameter form[] = { { 0 } };
static const struct http_route rows[] = {
  { MINE_ROW("claimEvidencePage", HTTP_GET, "/claims/{claim}/evidence", "書類を送る画面", "Files that follow"), .handler = get_evidence },
  { MINE_ROW("claimEvidencePagePost", HTTP_POST, "/claims/{claim}/evidence", "書類をあとから送る", "Send a file that follows"),
    .body = HTTP_BODY_MULTIPART, .body_limit_bytes = FILE_FORM_MOST_BYTES, .form_parameters = form, .stream = &upload },
};
const struct http_route_table web__claim_evidence_routes = { rows, COUNT_OF(rows) };
