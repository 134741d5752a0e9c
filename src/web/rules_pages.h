/* rules_pages: what the pages about rules share. */
#ifndef WEB_RULES_PAGES_H
#define WEB_RULES_PAGES_H

#include "casework.h"
#include "desk.h"

bool rules__owns(const struct desk *d);
/* A button alone: what it confirms stands above it. */
void rules__add_yes(struct desk_section *s, str action, const char *submit);

enum { RULES_READERS = HTTP_ROLE_PROXY | HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER | HTTP_ROLE_CASHIER | HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR };
#define RULES_GET(n, p, h, roles_, ja, en) \
  .name = (n), .method = HTTP_GET, .path = (p), .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = (roles_), .face = HTTP_PAGE, \
  .handler = (h), .tag = "pages", .summary_ja = (ja), .summary_en = (en)
#define RULES_POST(n, p, h, form_, ja, en) \
  .name = (n), .method = HTTP_POST, .path = (p), .realms = HTTP_STAFF, .roles = HTTP_ROLE_OWNER, .persons_only = true, .step_up = true, \
  .face = HTTP_PAGE, .body = HTTP_BODY_FORM, .form_parameters = (form_), .idempotent = true, .handler = (h), .tag = "pages", \
  .summary_ja = (ja), .summary_en = (en)

#endif
