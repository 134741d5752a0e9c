/* jobs: what the program does by itself, as its own person, one short transaction for each claim, so that a job may stop
 * anywhere and begins again where it stopped. A claim that fails is logged and passed over; the next run tries it again. */
#ifndef SHIENKIN_SERVICE_JOBS_H
#define SHIENKIN_SERVICE_JOBS_H

#include "core.h"

struct job_report { int64_t done, failed; };

/* Searches for duplicates over facts that no search has seen (claims whose search was lost with a crash among them), at
 * most `limit` claims. */
MUST_USE result job_search_duplicates(struct service *s, int64_t limit, struct job_report *out);

/* info_requested → dormant where the claimant has been silent for `silence_days` days since the last word was due; at most
 * `limit` claims. Silence is never a refusal: a dormant claim wakes by claim_wake(). */
MUST_USE result job_rest_silent(struct service *s, int64_t silence_days, int64_t limit, struct job_report *out);

/* Erases files that were begun more than 24 hours ago and never finished. */
MUST_USE result job_erase_uploads(struct service *s, int64_t limit, struct job_report *out);

/* Drafts unused for 166 days: the event draft.noticed is what the notice to their writers is made of. A save takes it back. */
MUST_USE result job_notice_drafts(struct service *s, int64_t limit, struct job_report *out);
/* Erases drafts unused for 180 days, 14 days or more after notice, and those that their writers threw away. */
MUST_USE result job_erase_drafts(struct service *s, int64_t limit, struct job_report *out);

/* After a new master key was put first in the key file (store/seal.h): wraps by it at most `limit` keys that another one
 * wraps, in batches of 200, an event each. What no master key of the file opens any more is counted as failed, logged and
 * passed over. Done, when a run reports 0 and 0: then the old master key may go. */
MUST_USE result job_rotate_keys(struct service *s, int64_t limit, struct job_report *out);

/* Drops remembered answers whose 72 hours are over; they are no records and leave no event. */
MUST_USE result job_forget_answers(struct service *s, struct job_report *out);

#endif
