/* claim_notice: the notice of decision as a page and as a file to keep. */
#include "casework.h"
#include "decision_notice.h"
#include "mine.h"

/* Where the notice can be found. */
static str own_address(const struct mine *m) {
  return str_format(m->page.arena, "%.*s%.*s", STR_ARG(http_request_origin(m->page.r)), STR_ARG(mine__path(m, "/notice")));
}

static bool is_decided(const struct mine *m) {
  const struct json *decision = json_get(&m->view, STR("decision"));
  return decision && decision->kind == JSON_KIND_OBJECT;
}

static struct http_answer get_notice(struct http_request *r) {
  struct mine m;
  struct http_answer answer;
  if (!mine__open(r, &m, &answer)) return answer;
  if (!is_decided(&m)) return page_go(r, mine__path(&m, ""), "not_decided");
  struct json content = decision_notice(&m.page, &m.view, own_address(&m));
  mine__head(&m);
  page_set(&m.page.document, "paper", content);
  page_set(&m.page.document, "scheme_clauses", casework__clauses(&m.page, json_at(&m.view, STR("/decision/body"))));
  page_set_str(&m.page.document, "pdf_path", mine__path(&m, "/notice.pdf"));
  page_set_bool(&m.page.document, "may_ask", mine__is(&m, "decided"));
  page_set_str(&m.page.document, "ask_path", mine__path(&m, "/reconsideration"));
  return page_answer(&m.page, HTTP_OK, "claim_notice", page_member(&content, "notice_title"));
}

static struct http_answer get_pdf(struct http_request *r) {
  struct mine m;
  struct http_answer answer;
  struct findings f = findings_in(r->arena);
  str pdf;
  if (!mine__open(r, &m, &answer)) return answer;
  if (!is_decided(&m)) return page_go(r, mine__path(&m, ""), "not_decided");
  result why = decision_notice_pdf(&m.page, &m.view, own_address(&m), &f, &pdf);
  if (why != RESULT_OK) return http_result(r, why, &f);
  answer = http_bytes(HTTP_OK, "application/pdf", pdf);
  str number = page_member(&m.view, "number");
  http_answer_attachment(r, &answer, str_format(r->arena, "%.*s-%lld.pdf", STR_ARG(number),
                                                (long long)page_int(json_get(&m.view, STR("decision")), "number")));
  return answer;
}

static const struct http_route rows[] = {
  { MINE_ROW("noticePage", HTTP_GET, "/claims/{claim}/notice", "決定の通知の画面", "The notice of decision"), .handler = get_notice },
  { MINE_ROW("noticePdf", HTTP_GET, "/claims/{claim}/notice.pdf", "決定の通知のPDF", "The notice of decision as PDF"),
    .lane = HTTP_LANE_SLOW, .produces = "application/pdf", .handler = get_pdf },
};
const struct http_route_table web__notice_routes = { rows, COUNT_OF(rows) };
