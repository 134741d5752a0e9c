/* facts_form: questions about facts as fields of a form, and back. A table of questions names for each the place in a draft
 * {facts, payee, report, asked, …}; what was typed is kept as it was typed, so that a draft loses nothing, and is read as
 * what the contract wants where it fits: yes, no and "not known yet" as true, false and null; no answer as absent (P3). */
#ifndef WEB_FACTS_FORM_H
#define WEB_FACTS_FORM_H

#include "page.h"

enum question_kind {
  QUESTION_TRI,         /* yes, no, unknown */
  QUESTION_WORD,        /* one of the choices; "unknown" is null */
  QUESTION_DAY, QUESTION_TEXT,
  QUESTION_COUNT,       /* an integer, whatever width it was typed in */
  QUESTION_LINES,       /* a list of texts, one a line */
  QUESTION_DAYS,        /* a list of days, one a line, in any way that day_read() knows */
  QUESTION_FLAG,        /* a box: true, or absent */
};
struct question { enum question_kind kind; const char *key; struct page_field field; };

/* The document with the value at the place; NULL takes it out. Objects on the way are made, arrays are not entered. */
struct json facts_form__put(struct arena *a, const struct json *document, str key, const struct json *value);
/* The document with all answers of the form in their places. */
struct json facts_form__read(const struct page *p, const struct json *document, const struct question *table, size_t count,
                             const struct http_values *posted);
/* {field name: text} of the document, as page_form.values. */
struct json facts_form__values(const struct page *p, const struct json *document, const struct question *table, size_t count);
/* The fields of a table for page_form; a question's place is its field's pointer. */
const struct page_field *facts_form__fields(struct arena *a, const struct question *table, size_t count);
/* An answer in words, for reviews and comparisons; "" where there is none. */
str facts_form__words(const struct page *p, const struct json *document, const struct question *q);

/* What was shown before it is sent, as a digest of the document's member: what is typed afterwards has another. */
str facts_form__seen(struct arena *a, const struct json *document, const char *member);
/* Two windows' answers side by side, those that differ: document["stale"], ["stale_any"], for {{> filing_stale}}. False: none do. */
bool facts_form__differ(struct page *p, const struct json *theirs, const struct json *yours, const struct question *table, size_t count);

#define QUESTION_YES_NO_UNKNOWN                                                                            \
  .kind = PAGE_RADIO, .choices = facts_form__tri, .choice_count = 3
extern const struct page_choice facts_form__tri[3];
/* Form parameters of fields: loosely declared. */
#define FORM_TEXT(field, most_characters) \
  { .name = (field), .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = (most_characters), .description_en = "As typed" }

#endif
