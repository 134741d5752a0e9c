/* draft: what submission needs of drafts. */
#ifndef SHIENKIN_SERVICE_INTAKE_DRAFT_H
#define SHIENKIN_SERVICE_INTAKE_DRAFT_H

#include "intake/intake.h"

/* A new claim of version 1 with its key and event; the caller speaks for the facility by a channel that fits. */
MUST_USE result intake__open_claim(struct work *w, struct uuid facility, str channel, struct uuid *id);
MUST_USE result intake__draft_document(struct work *w, const struct draft_row *draft, struct json *out);

#endif
