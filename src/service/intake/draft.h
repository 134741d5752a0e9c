/* draft: what submission needs of drafts, and what a look ahead needs of submission. */
#ifndef SHIENKIN_SERVICE_INTAKE_DRAFT_H
#define SHIENKIN_SERVICE_INTAKE_DRAFT_H

#include "intake/intake.h"

/* A new claim of version 1 with its key and event; the caller speaks for the facility by a channel that fits. */
MUST_USE result intake__open_claim(struct work *w, struct uuid facility, str channel, struct uuid *id);
MUST_USE result intake__draft_document(struct work *w, const struct draft_row *draft, struct json *out);
/* The draft's documents, each where none was given already; facts named in its `unknown` are null. */
MUST_USE result intake__draft_documents(struct work *w, const struct draft_row *draft, struct claim_documents *d);

/* What was found in order, before anything is written. */
struct checked {
  struct declaration_text_row declared;
  day occurred_on;
  struct roster_on_day roster;
  struct payee payee;
};
/* Everything that submission refuses documents for, all of it at once; all of *out but `declared`. */
MUST_USE result intake__check_documents(struct work *w, const struct claim_documents *d, struct uuid facility,
                                        struct checked *out);

#endif
