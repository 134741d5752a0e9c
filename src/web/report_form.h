/* report_form: the incident report as questions one by one, in filing and afterwards: whom to call, what was hit, what was done.
 * All of it may stay empty. Answers that are lists in the report {contacts: [..], authorities: [..]} stand in a document under
 * /asked/report: the first contact, the police, the vendor; what else the lists hold is left as it is. */
#ifndef WEB_REPORT_FORM_H
#define WEB_REPORT_FORM_H

#include "facts_form.h"

enum { REPORT_FORM_QUESTIONS = 10 };
extern const struct question report_form__questions[REPORT_FORM_QUESTIONS];
/* {report, asked: {report}} with what this request's form says. */
struct json report_form__read(const struct page *p, const struct json *document);
/* The document of a report as report_save() takes it; NULL or null: none. */
struct json report_form__document(const struct page *p, const struct json *report);
#define REPORT_FORM_FIELDS                                                                                    \
  FORM_TEXT("contact_name", 1000), FORM_TEXT("contact_telephone", 1000), FORM_TEXT("contact_hours", 1000),       \
      FORM_TEXT("systems", 10000), FORM_TEXT("first_sign", 10000), FORM_TEXT("measures", 10000),                \
      FORM_TEXT("prevention", 10000), FORM_TEXT("police_on", 40), FORM_TEXT("police_number", 1000),             \
      FORM_TEXT("vendor_on", 40)

#endif
