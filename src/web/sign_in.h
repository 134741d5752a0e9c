/* sign_in: what the pages of signing in share: the ticket between two steps, and where a step leads. */
#ifndef WEB_SIGN_IN_H
#define WEB_SIGN_IN_H

#include "kept.h"
#include "routes.h"

/* The parameter `next` of queries and the field of forms: where to go after signing in. */
#define SIGN_IN_NEXT \
  { .name = "next", .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = 1000, .description_en = "Where to go after signing in" }
#define SIGN_IN_FIELD(field, most_characters) \
  { .name = (field), .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = (most_characters), .description_en = "As typed" }
#define SIGN_IN_SECRET(field, most_characters) \
  { .name = (field), .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .secret = true, .most = (most_characters), .description_en = "As typed" }

str sign_in__next(const struct http_values *values);    /* a path of ours, "/" where there is none */
str sign_in__ticket(const struct http_request *r);      /* n = 0: there is none */
/* Hidden field `next` for the forms. */
struct json_member sign_in__hidden_next(str next);

/* Where signing in leads: to what was typed before (kept.h) where there is any, else to `next`. */
struct sign_in_way { str next, kept; };
struct sign_in_way sign_in__way(const struct http_values *posted);
/* Its hidden fields: how many. */
size_t sign_in__hidden(struct sign_in_way way, struct json_member out[2]);
/* The page of login and password, and that of the second factor again; for problems too. */
struct http_answer sign_in__show(struct page *p, int status, struct sign_in_way way, const struct http_values *posted,
                                 const struct findings *f);
struct http_answer step_up__show(struct page *p, int status, struct sign_in_way way, const struct http_values *posted,
                                 const struct findings *f);
/* What a step answered: the next page, or the session and the way. Recovery codes that came along are shown first. */
struct http_answer sign_in__after(struct page *p, const struct service_answer *out, struct sign_in_way way);

/* A new authenticator, in signing in or in one's account: the secret that totp_enrol() gave, until a code of it confirms it. */
struct enrol_place { const char *path, *template; };
struct http_answer enrol__show(struct page *p, int status, const struct enrol_place *where, str secret, str uri, str next,
                               const struct http_values *posted, const struct findings *f);
/* What came back from the page is shown again in it, so it must look like what the page gave out. */
bool enrol__ours(str secret, str uri);

#endif
