/* trace: a decision with all that was read of it once, and the parts of the answer that are told from it. */
#ifndef SHIENKIN_SERVICE_AUDIT_TRACE_H
#define SHIENKIN_SERVICE_AUDIT_TRACE_H

#include "core/work.h"

struct tracing {
  struct work *w;
  struct claim_row claim;
  struct decision_row decision;
  struct proposal_row proposal;
  struct fact_snapshot_row snapshot;
  struct facts_version_row asserted;
  struct rule_set_row rules;
  struct calendar_row calendar;
  struct fact_check_row *checks;
  size_t check_count; /* all of the claim */
  struct snapshot_check_row *used;
  size_t used_count; /* those that stood */
  struct fact_check_evidence_row *grounds;
  size_t ground_count;
  struct uuid *people;
  size_t people_count, people_capacity;
};

/* "recomputed": {identical, refused: code|null, checks: [{what, stored, found, same}]}: the stored bytes hashed again, the stored
 * rule file asked again over the stored facts and the calendar of then. Nothing is written. */
MUST_USE result audit__recompute(struct tracing *t, struct members *m);

#endif
