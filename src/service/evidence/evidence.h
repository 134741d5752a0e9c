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
/* Files of a claim, those of them that are finished, and what a scanner said: asked under tx_gather(), told when they were answered,
 * as a document for lists. *bytes: their sum. */
struct evidence_files {
  struct evidence_row *files;
  struct evidence_finish_row *finished;
  struct evidence_scan_row *scans;
  size_t count, finished_count, scan_count;
};
MUST_USE result evidence__ask_files(struct work *w, struct uuid claim, struct evidence_files *out);
MUST_USE result evidence__files_json(struct work *w, const struct evidence_files *of, struct json *out, int64_t *bytes);
/* What a scanner said of a file last; a row without a verdict where none has looked. */
MUST_USE result evidence__scan_of(struct work *w, struct uuid file, struct evidence_scan_row *out);
/* The same among those of a claim. */
const struct evidence_scan_row *evidence__scan_among(const struct evidence_scan_row *scans, size_t count, struct uuid file);
/* Nobody opens such a file. */
bool evidence__infected(const struct evidence_scan_row *scan);
/* The same as a document: {state, at, engine, signature}, as shienkin/service/evidence.h has it. */
struct json evidence__scan_json(struct work *w, const struct evidence_scan_row *scan);

#endif
