/* kept: nothing typed is lost because its form could not be carried out: the session had ended, somebody has to show again who
 * they are, the page was of an earlier session, the house is busy or at fault, or how it ended is not known. What was typed goes
 * into the page that the reader gets instead, comes back from there with the next form, and is sent on by the reader's own press
 * of a button. Nothing is stored here for it.
 *
 * Only what a page of this house sent is taken up (Origin, Sec-Fetch-Site): no other site fills in a form for somebody. Forms
 * that hold a secret (http_parameter.secret) are not kept, and files cannot be: what says so is the reader's page. */
#ifndef WEB_KEPT_H
#define WEB_KEPT_H

#include "page.h"

/* The field of the forms of signing in that carries it, and how large such a form may be. */
enum { KEPT_MOST_BYTES = 128 << 10, KEPT_FORM_BYTES = 192 << 10 };
#define KEPT_FIELD \
  { .name = "kept", .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = KEPT_MOST_BYTES, .description_en = "What was typed before" }

/* What this request's form brought, as text for the field; n = 0: nothing that can or may be kept. Asks nothing of the request
 * but its body, so that it works before anybody knows who is asking. */
str kept__of(struct http_request *r);
/* The form carries something kept already: it is one of signing in. */
bool kept__carries(const struct http_request *r);

/* The page of ours that a form stood on, as the browser names it; "/" where it names none. */
str kept__referrer(const struct http_request *r);

enum kept_why {
  KEPT_SIGNED_IN,       /* the reader has signed in, or shown the second factor, and may still change what they wrote */
  KEPT_OLD,             /* the form was of an earlier session; the same */
  KEPT_BUSY,            /* the same form again under the same key, so that nothing happens twice */
  KEPT_UNSURE,          /* the same, where it may have been done, or is being done */
  KEPT_FAULT,           /* the same, after a fault of ours */
};
/* The page that shows what was typed, with the button that sends it. What cannot be read leads to `otherwise`. */
struct http_answer kept__show(struct page *p, int status, str kept, enum kept_why why, str otherwise);

#endif
