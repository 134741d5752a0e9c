/* filing_report: the step of the incident report, which is for people: no rule ever sees it. */
#include "filing.h"
#include "report_form.h"

static const char *const keys[] = { "/report", "/asked/report" };
static const struct filing_part part = { FILING_REPORT, keys, COUNT_OF(keys), report_form__questions, REPORT_FORM_QUESTIONS };

static struct http_answer show(struct filing *f, int status, const struct json *document, const struct findings *faults) {
  page_set_bool(&f->page.document, "duties", false);
  page_set_str(&f->page.document, "step_intro", page_say(&f->page, "filing.intro_report"));
  return filing__show(f, status, &part, document, "filing_facts", faults);
}

static struct http_answer get_report(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  return filing__open(r, &f, &answer) ? show(&f, HTTP_OK, &f.document, NULL) : answer;
}

static struct http_answer post_report(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  struct json assessment;
  if (!filing__open(r, &f, &answer)) return answer;
  struct json typed = report_form__read(&f.page, &f.document);
  enum filing_saved saved = filing__save(&f, &part, &typed, page_typed(&r->form, "seen"), &answer);
  if (saved == FILING_FAILED) return answer;
  if (saved == FILING_STALE) return show(&f, 409, &typed, NULL);
  if (!filing__assess(&f, &assessment, &answer)) return answer;
  struct findings faults = filing__faults(&f, &part, &assessment);
  if (faults.count) return show(&f, 422, &f.document, &faults);
  return filing__go_on(&f, FILING_REPORT, page_typed(&r->form, "go"));
}

static const struct http_parameter form[] = { FILING_FIELDS, REPORT_FORM_FIELDS, { 0 } };
static const struct http_route rows[] = {
  { FILING_ROW("filingReportPage", HTTP_GET, "/filing/{claim}/report", "被害の報告の画面", "The incident report"),
    .path_parameters = filing__claim_path, .handler = get_report },
  { FILING_ROW("filingReportPagePost", HTTP_POST, "/filing/{claim}/report", "被害の報告を保存する", "Save: the incident report"),
    .path_parameters = filing__claim_path, .body = HTTP_BODY_FORM, .form_parameters = form, .handler = post_report },
};
const struct http_route_table web__filing_report_routes = { rows, COUNT_OF(rows) };
