/* claim_page: what the page of a claim shares with the pages that stand beside it. */
#ifndef WEB_CLAIM_PAGE_H
#define WEB_CLAIM_PAGE_H

#include "facts_form.h"
#include "mine.h"

/* States in which the facts may be changed. */
#define CLAIM_PAGE_AMENDABLE "submitted in_review info_requested proposed decided"

/* The page; `posted` and `f`: the message that came back, or NULL. */
struct http_answer claim_page__show(struct mine *m, int status, const struct http_values *posted, const struct findings *f);
/* One of the view's `asked`, for {{> claim_asked}}. */
struct json claim_page__asked(struct mine *m, const struct json *asked);
/* What was filed: document["told"], ["versions"], ["facts_sha256"], ["verdict"], ["no_outlook"], for {{> claim_told}}. */
void claim_page__told(struct mine *m);
/* {facts} as they stand; and the questions of filing that are facts, in their order. */
struct json claim_page__document(const struct mine *m);
const struct question *claim_page__questions(struct arena *a, size_t *count);
/* document["files"], ["may_send"], ["files_path"], for {{> claim_files}}. */
void claim_page__files(struct mine *m);

#endif
