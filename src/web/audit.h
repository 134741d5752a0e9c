/* audit: what the auditor's pages share. Words first; ids and codes stand small beside them. */
#ifndef WEB_AUDIT_H
#define WEB_AUDIT_H

#include "casework.h"
#include "desk.h"

/* A name out of a document's people, [{person, name}]; the service's own work has none, and is called so. */
str audit__name(const struct page *p, const struct json *people, str person);
/* A fact's value on one line; "–" where there is none, which the rules take for unknown (P3). */
str audit__value(const struct page *p, const struct json *value);
/* What an event of that type says. */
str audit__event_words(const struct page *p, str type);

/* What of a claim there is more than one of, oldest first. */
struct audit_version {
  str id;                               /* "2" of facts, "dec_…" of decisions */
  str words;                            /* which it is, when and by whom */
  struct json document;                 /* the facts, or the decision */
};
struct audit_versions { const struct audit_version *items; size_t count; };
struct audit_past { str number; struct audit_versions facts, decisions; };
/* Reads it for whoever may look at the case; false: *failure is the answer. */
bool audit__past(struct desk *d, struct uuid claim, struct audit_past *out, struct http_answer *failure);

#endif
