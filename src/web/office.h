/* office: what the pages of those share who keep accounts, mandates, letters and the roster. */
#ifndef WEB_OFFICE_H
#define WEB_OFFICE_H

#include "desk.h"

/* Who looks after the clinics' accounts and mandates, and who prints letters: as the use cases say (people.h). */
enum {
  OFFICE_MANAGERS = HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER | HTTP_ROLE_OWNER,
  OFFICE_MAIL_ROOM = HTTP_ROLE_OWNER | HTTP_ROLE_PROXY,
};

#define OFFICE_ROW(name_, method_, path_, handler_, roles_, ja, en)                                                  \
  .name = (name_), .method = (method_), .path = (path_), .realms = HTTP_STAFF, .roles = (roles_), .persons_only = true, \
  .face = HTTP_PAGE, .handler = (handler_), .tag = "pages", .summary_ja = (ja), .summary_en = (en)
#define OFFICE_GET(name_, path_, handler_, roles_, ja, en) OFFICE_ROW(name_, HTTP_GET, path_, handler_, roles_, ja, en)
/* What changes who comes in, or lets somebody in: after the second factor, which its page asks for too. */
#define OFFICE_POST(name_, path_, handler_, roles_, form_, ja, en)                                                   \
  OFFICE_ROW(name_, HTTP_POST, path_, handler_, roles_, ja, en), .body = HTTP_BODY_FORM, .form_parameters = (form_), \
      .idempotent = true, .step_up = true
/* A search leads to the address that asks it. */
#define OFFICE_ASK(name_, path_, handler_, roles_, form_, ja, en)                                                    \
  OFFICE_ROW(name_, HTTP_POST, path_, handler_, roles_, ja, en), .body = HTTP_BODY_FORM, .form_parameters = (form_)
#define OFFICE_ID(name_, prefix_) { .name = (name_), .kind = HTTP_PARAMETER_ID, .prefix = (prefix_), .description_en = (name_) }
#define OFFICE_TEXT(name_, most_) { .name = (name_), .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = (most_), .description_en = (name_) }

/* What a page of the office does when its form comes. */
typedef result office_deed(struct page *p, struct http_request *r, struct findings *f, struct service_answer *out);

/* mandate_list()'s or account_view()'s mandates as a table: by whom they are held, or for which facility. */
void office__put_mandates(struct desk_section *s, const struct json *document, bool by_facility);
/* "to be printed", "printed on …": where a letter of letter_list() stands. */
str office__letter_state(const struct page *p, const struct json *letter);
/* The page that tells a first-access code once, or that a letter will. */
struct http_answer office__tell_code(struct desk *d, const struct service_answer *out);

#endif
