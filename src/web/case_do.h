/* case_do: the steps with a claim that have a page of their own. */
#ifndef WEB_CASE_DO_H
#define WEB_CASE_DO_H

#include "casework.h"

struct doing { struct uuid claim; int64_t version; const struct http_values *posted; };

enum step_shows { STEP_FACTS = 1, STEP_FILES = 2, STEP_KEYS = 4, STEP_DECISION = 8, STEP_PEOPLE = 16 };
struct step {
  const char *name;                     /* in its address */
  const char *title, *intro, *submit;   /* of the catalogue */
  result (*run)(struct page *p, const struct doing *d, struct findings *f, struct service_answer *out);
  const char *notice, *anchor;          /* what is said afterwards, and where */
  uint32_t roles;
  unsigned shows;                       /* bits of step_shows: what stands beside its fields */
  const struct page_field *fields;
  size_t field_count;
};
const struct step *case_do__step(str name);             /* NULL: there is none */
/* The facts that were ticked in a form's field "key". */
const str *case_do__keys(struct arena *a, const struct http_values *posted, size_t *count);

#endif
