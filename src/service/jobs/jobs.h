/* jobs: one list of claims in one transaction, then one transaction for each of them. */
#ifndef SHIENKIN_SERVICE_JOBS_INSIDE_H
#define SHIENKIN_SERVICE_JOBS_INSIDE_H

#include "core/work.h"
#include "shienkin/service/jobs.h"

struct job_list { int64_t limit, argument; struct uuid *claims; size_t count; };
/* Lists the claims that are due. */
typedef result job_finder(struct tx *tx, struct job_list *list);
/* Does the job for one claim. */
typedef result job_step(struct service *s, const struct caller *c, struct arena *a, struct uuid claim, int64_t argument,
                        struct findings *f, struct service_answer *out);
MUST_USE result jobs__each(struct service *s, const char *name, int64_t limit, int64_t argument, job_finder *find, job_step *step,
                           struct job_report *out);

/* When what went wrong for the nth time is tried again: after 1 minute, 2, 4, … at most `longest_minutes`. */
#define JOBS_A_MINUTE_US INT64_C(60000000)
moment jobs__next_try(moment now, int64_t tries, int64_t longest_minutes);

#endif
