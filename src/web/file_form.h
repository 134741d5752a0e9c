/* file_form: sending a file about a claim, before it is filed and afterwards: one by one in a form without scripts, several at
 * once in pieces with them (assets/filing.js over the API). A refusal stands beside the field with what to do next. */
#ifndef WEB_FILE_FORM_H
#define WEB_FILE_FORM_H

#include "page.h"

enum { FILE_FORM_MOST_BYTES = 64 << 20 };       /* more than a file may have, so that its refusal is ours to word */
extern const struct page_field file_form__fields[1];

/* "/<area>/<claim>/evidence" is the page, `show` shows it. */
struct file_place { const char *area; struct http_answer (*show)(struct http_request *r, int status, const struct findings *f); };
/* The three steps of http_stream_in; the path names the claim. */
bool file_form__begin(struct http_request *r, const struct file_place *where, struct http_answer *answer);
bool file_form__piece(struct http_request *r, const struct file_place *where, str bytes, struct http_answer *answer);
struct http_answer file_form__finish(struct http_request *r, const struct file_place *where);

/* Files that came, of evidence_list() or claim_view(): document["files"], ["any_file"], ["any_infected"], for {{> files}}; with
 * links to their bytes where the reader may have them back. */
void file_form__list(struct page *p, const struct json *files, bool linked);
/* Whole tenths, cut and not rounded up: a file never looks as large as the bound that it keeps. */
str file_form__size(const struct page *p, int64_t bytes);

#endif
