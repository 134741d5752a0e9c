/* event: the one table of event types. It is what the code writes by, what people read, and what an auditor checks with.
 *
 * An event's body is canonical JSON (RFC 8785):
 *   v        1
 *   id, type, at (UTC, milliseconds)
 *   actor    {account, person, role, via, request}: role null for jobs, request null where none
 *   subject  {type, id}: a table and its row
 *   claim    {id, version}, or null; version: the one that the claim's row got by it, null where it did not move
 *   rows     [{table, id, sha256}]: the rows that were written, in order; sha256 of the row's bytes as stored (rule_facts,
 *            else its sealed column, a file's or document's own hash), null where it has none
 *   data     by the type's own spec; never a name, an account or free text */
#ifndef SHIENKIN_SERVICE_EVENT_H
#define SHIENKIN_SERVICE_EVENT_H

#include "shienkin/codec.h"

struct event_type {
  const char *name;             /* "claim.submitted" */
  const char *subject;          /* the table of the subject */
  bool reads;                   /* somebody read personal data; nothing was changed */
  bool moves_claim;             /* the claim's row gets a new version by it */
  const struct spec *data;      /* what `data` holds */
  const char *ja, *en;          /* what happened */
};

const struct event_type *event_types(size_t *count);
const struct event_type *event_type(str name);                          /* NULL: there is none */
/* The whole body as a spec, with the type's data in its place; in the arena. */
const struct spec *event_body_spec(struct arena *a, const struct event_type *type);
/* The table as a document for people (Markdown), and as JSON for programs: [{name,subject,reads,moves_claim,schema}]. */
void event_types_document(struct buf *out, bool japanese);
str event_types_json(struct arena *a);

#endif
