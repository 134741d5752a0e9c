/* evidence: what the use cases of this room share. */
#ifndef SHIENKIN_SERVICE_EVIDENCE_EVIDENCE_H
#define SHIENKIN_SERVICE_EVIDENCE_EVIDENCE_H

#include "intake/intake.h"
#include "shienkin/service/evidence.h"

/* The file and its claim, the caller speaking for it; 404 for what is erased or another's. */
MUST_USE result evidence__find(struct work *w, struct uuid id, struct evidence_row *file, struct claim_row *claim);
MUST_USE result evidence__name(struct work *w, const struct evidence_row *file, str *name);
/* The chunk's bytes, opened. RESULT_NOT_FOUND: there is none. */
MUST_USE result evidence__chunk(struct work *w, struct uuid id, int64_t ordinal, str *bytes);
/* Finished files of a claim as a document for lists. *bytes: their sum. */
MUST_USE result evidence__files(struct work *w, struct uuid claim, struct json *out, int64_t *bytes);

#endif
