/* decide: what the steps of a decision share. */
#ifndef SHIENKIN_SERVICE_DECIDE_INSIDE_H
#define SHIENKIN_SERVICE_DECIDE_INSIDE_H

#include "assess/assess.h"
#include "shienkin/service/decide.h"

/* The claim locked, at that version, with the proposal that was looked at waiting. */
MUST_USE result decide__lock_proposed(struct work *w, struct uuid claim_id, int64_t version, struct uuid proposal_id,
                                      struct claim_row *claim, struct incident_row *incident, struct proposal_row *proposal);

/* What a decision did to money, item by item. */
struct entitled {
  struct uuid lines[ITEM_COUNT], recoveries[ITEM_COUNT];        /* zero: none for that item */
  int64_t line_yen[ITEM_COUNT], recovery_yen[ITEM_COUNT];
  struct uuids cancelled_lines, cancelled_recoveries;
};
MUST_USE result decide__entitle(struct work *w, const struct decision_row *decision, const struct verdict *v, struct entitled *out);

/* Text that is needed, of at most TEXT_MOST_CHARACTERS: 422 text_needed, text_too_long. */
MUST_USE result decide__expect_text(struct work *w, const char *pointer, str text);

#endif
