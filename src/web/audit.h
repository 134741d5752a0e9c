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

#endif
