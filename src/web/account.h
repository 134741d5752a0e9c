/* account: what the pages of one's own account share. */
#ifndef WEB_ACCOUNT_H
#define WEB_ACCOUNT_H

#include "routes.h"

/* account_own() as a document. False: *answer. */
bool account__own(struct page *p, struct json *own, struct http_answer *answer);
/* Tries of one account are counted together, whichever session they come from. */
str account__tries(struct http_request *r);

enum { ACCOUNT_REALMS = HTTP_CLINIC | HTTP_STAFF | HTTP_AUDITOR };
#define ACCOUNT_ROW(name_, method_, path_, ja, en)                                                             \
  .name = (name_), .method = (method_), .path = (path_), .realms = ACCOUNT_REALMS, .persons_only = true, .face = HTTP_PAGE, \
  .tag = "pages", .summary_ja = (ja), .summary_en = (en)
#define ACCOUNT_TEXT(field, most_characters) \
  { .name = (field), .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = (most_characters), .description_en = "As typed" }

#endif
