/* decision_notice: what a notice of decision says, in one place for the page and for the paper. It says what was decided, item by
 * item with its ground, and nothing that the decision does not hold: no amount and no condition stands here. */
#ifndef WEB_DECISION_NOTICE_H
#define WEB_DECISION_NOTICE_H

#include "page.h"

/* Of a claim as claim_view() gives it; its `decision` is an object (asserted). `url`: of the notice itself.
 * {notice_title, document_number, decided_on, facility_name, claim_number, occurred_on, lead, changed|false, total, items:
 * [{item_name, item_result, item_amount|false, clauses|false, reasons, missing, any_of, any}], whole_reasons, days|false,
 * follows: [text], ask: [text], rules, event, url, office}. */
struct json decision_notice(const struct page *p, const struct json *view, str url);
/* The same as a PDF (A4); the same decision gives the same bytes. Findings as document_pdf(). */
MUST_USE result decision_notice_pdf(const struct page *p, const struct json *view, str url, struct findings *f, str *pdf);

#endif
