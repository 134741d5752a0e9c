/* filing_payee: the step of the account that money goes to. */
#include "filing.h"
#include "payee_form.h"

static const char *const keys[] = { "/asked/payee_way", "/payee" };
static const struct filing_part part = { FILING_PAYEE, keys, COUNT_OF(keys), payee_form__questions, PAYEE_FORM_QUESTIONS };

static struct http_answer show(struct filing *f, int status, const struct json *document, const struct findings *faults) {
  struct json shown = payee_form__show(&f->page, document);
  return filing__show(f, status, &part, &shown, "filing_payee", faults);
}

static struct http_answer get_payee(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  return filing__open(r, &f, &answer) ? show(&f, HTTP_OK, &f.document, NULL) : answer;
}

static struct http_answer post_payee(struct http_request *r) {
  struct filing f;
  struct http_answer answer;
  struct json assessment;
  if (!filing__open(r, &f, &answer)) return answer;
  struct json typed = payee_form__read(&f.page, &f.document);
  enum filing_saved saved = filing__save(&f, &part, &typed, page_typed(&r->form, "seen"), &answer);
  if (saved == FILING_FAILED) return answer;
  if (saved == FILING_STALE) return show(&f, 409, &typed, NULL);
  str go = page_typed(&r->form, "go");
  if (str_eq(go, STR("stay"))) return show(&f, HTTP_OK, &f.document, NULL);      /* a bank is looked for: nothing is whole yet */
  if (!filing__assess(&f, &assessment, &answer)) return answer;
  struct findings faults = filing__faults(&f, &part, &assessment);
  if (faults.count && !str_eq(go, STR("later"))) return show(&f, 422, &f.document, &faults);
  if (str_eq(go, STR("look"))) return show(&f, HTTP_OK, &f.document, NULL);
  return filing__go_on(&f, FILING_PAYEE, go);
}

static const struct http_parameter form[] = { FILING_FIELDS, PAYEE_FORM_FIELDS, { 0 } };
static const struct http_route rows[] = {
  { FILING_ROW("filingPayeePage", HTTP_GET, "/filing/{claim}/payee", "振込先の画面", "Where the money goes"),
    .path_parameters = filing__claim_path, .handler = get_payee },
  { FILING_ROW("filingPayeePagePost", HTTP_POST, "/filing/{claim}/payee", "振込先を保存する", "Save: where the money goes"),
    .path_parameters = filing__claim_path, .body = HTTP_BODY_FORM, .form_parameters = form, .handler = post_payee },
};
const struct http_route_table web__filing_payee_routes = { rows, COUNT_OF(rows) };
