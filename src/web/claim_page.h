/* claim_page: what the page of a claim shares with the pages that stand beside it. */
#ifndef WEB_CLAIM_PAGE_H
#define WEB_CLAIM_PAGE_H

#include "mine.h"

#define CLAIM_PAGE_TAKES_FILES "submitted in_review info_requested dormant proposed decided reconsideration"

/* The page; `posted` and `f`: the message that came back, or NULL. */
struct http_answer claim_page__show(struct mine *m, int status, const struct http_values *posted, const struct findings *f);
/* One of the view's `asked`, for {{> claim_asked}}. */
struct json claim_page__asked(struct mine *m, const struct json *asked);
/* document["files"], ["may_send"], ["files_path"], for {{> claim_files}}. */
void claim_page__files(struct mine *m);

#endif
