/* closures_form: periods of closure as rows of a form, and back, in filing and in changing a claim. They stand in a document at
 * /facts/closures as [{from, to, scope}], as they were typed. */
#ifndef WEB_CLOSURES_FORM_H
#define WEB_CLOSURES_FORM_H

#include "facts_form.h"

/* The periods of this request's form. One of which only one end was typed is one day; the last one ends today where it still
 * goes on. */
struct json closures_form__read(const struct page *p, bool ongoing);
/* document["rows"] for {{> closures_rows}}, two to spare: how many. Findings stand with their row. */
size_t closures_form__rows(struct page *p, const struct json *document, const struct findings *f);
/* The rows are no fields of one name each; these stand for them where faults are led to. */
void closures_form__fields(struct arena *a, struct page_field *fields, size_t rows);
/* A line for each period; "" where there is none. */
str closures_form__words(const struct page *p, const struct json *document);

/* The regular days off as seven boxes, in filing and in estimating. They stand in a document at /asked/weekday_<mon…sun>. */
#define CLOSURES_FORM_WEEKDAY(code)                                                                             \
  { QUESTION_FLAG, "/asked/weekday_" code,                                                                      \
    { .name = "weekday_" code, .kind = PAGE_CHECK, .label = "filing.weekday_" code, .optional = true } }
#define CLOSURES_FORM_WEEKDAYS                                                                                  \
  CLOSURES_FORM_WEEKDAY("mon"), CLOSURES_FORM_WEEKDAY("tue"), CLOSURES_FORM_WEEKDAY("wed"),                     \
      CLOSURES_FORM_WEEKDAY("thu"), CLOSURES_FORM_WEEKDAY("fri"), CLOSURES_FORM_WEEKDAY("sat"),                 \
      CLOSURES_FORM_WEEKDAY("sun")
#define CLOSURES_FORM_WEEKDAY_FIELDS                                                                            \
  FORM_TEXT("weekday_mon", 10), FORM_TEXT("weekday_tue", 10), FORM_TEXT("weekday_wed", 10), FORM_TEXT("weekday_thu", 10), \
      FORM_TEXT("weekday_fri", 10), FORM_TEXT("weekday_sat", 10), FORM_TEXT("weekday_sun", 10)
/* The days that were ticked, as facility/closed_weekdays has them. */
struct json closures_form__days_off(const struct page *p, const struct json *document);
/* "日曜日、国民の祝日"; "": none. `facility`: of facilities_mine(), or of a document's facts. */
str closures_form__days_off_words(const struct page *p, const struct json *facility);
/* document["weekdays"] for {{> weekdays}}. */
void closures_form__show_weekdays(struct page *p, const struct json *document);

#define CLOSURES_FORM_FIELD(field)                                                                              \
  { .name = (field), .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .repeated = true, .most = 40, .description_en = "As typed" }
#define CLOSURES_FORM_FIELDS CLOSURES_FORM_FIELD("from[]"), CLOSURES_FORM_FIELD("to[]"), CLOSURES_FORM_FIELD("scope[]")

#endif
