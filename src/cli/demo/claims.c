/* claims: what is there to see, a story per state. Facilities are twelve, and a story whose neighbour would look like the same
 * incident stands at another facility, but for the two that shall. */
#include "demo/inside.h"

#define STEPS(...) ((demo_step *const[]){ __VA_ARGS__, NULL })

static const struct demo_story stories[] = {
  /* decided: half a million, with everything that there is to see on the way */
  { 0, "demo-clinic-1", FACTS_WHOLE, 64,
    STEPS(demo__file, demo__send_evidence, demo__take, demo__write, demo__ask, demo__reply, demo__prove, demo__note, demo__propose,
          demo__approve) },
  /* dormant: asked long ago, and nobody answered */
  { 1, "demo-clinic-1", FACTS_LEAK_UNKNOWN, 62, STEPS(demo__file, demo__take, demo__ask) },
  /* decided: not payable, an insider's crime (P7) */
  { 4, "demo-clinic-1", FACTS_INSIDER, 50, STEPS(demo__file, demo__take, demo__prove, demo__propose, demo__approve) },
  /* decided: waiting for a filing (P19) */
  { 5, "demo-clinic-1", FACTS_LOST_RECORDS, 46, STEPS(demo__file, demo__take, demo__prove, demo__propose, demo__approve) },
  /* decided twice: waiting for a filing, and paid once it was made */
  { 6, "demo-clinic-2", FACTS_NOT_FILED, 42,
    STEPS(demo__file, demo__take, demo__prove, demo__propose, demo__approve, demo__notify, demo__prove, demo__propose, demo__approve) },
  /* withdrawn by the clinic */
  { 3, "demo-clinic-1", FACTS_NO_LEAK, 38, STEPS(demo__file, demo__withdraw) },
  /* reconsideration: decided, and the clinic asks again */
  { 8, "demo-clinic-2", FACTS_NO_LEAK, 34,
    STEPS(demo__file, demo__take, demo__prove, demo__propose, demo__approve, demo__reconsider) },
  /* returned by the approver: in review again */
  { 9, "demo-clinic-2", FACTS_WHOLE, 28, STEPS(demo__file, demo__take, demo__prove, demo__propose, demo__return) },
  /* decided in part: of the leak nothing is known yet */
  { 11, "demo-clinic-2", FACTS_LEAK_UNKNOWN, 24, STEPS(demo__file, demo__take, demo__prove, demo__propose, demo__approve) },
  /* suspected to be one incident: the same facility, days apart */
  { 7, "demo-clinic-2", FACTS_NO_LEAK, 20, STEPS(demo__file, demo__take, demo__file_again) },
  /* proposed: waits for an approver */
  { 2, "demo-clinic-1", FACTS_WHOLE, 14, STEPS(demo__file, demo__send_evidence, demo__take, demo__prove, demo__propose) },
  /* asked, the answer is still awaited */
  { 10, "demo-clinic-2", FACTS_LEAK_UNKNOWN, 10, STEPS(demo__file, demo__take, demo__note, demo__ask) },
  /* typed from paper; in review */
  { 4, "demo-clinic-1", FACTS_NO_LEAK, 7, STEPS(demo__file_on_paper, demo__take) },
  /* submitted: nobody has it yet */
  { 3, "demo-clinic-1", FACTS_WHOLE, 4, STEPS(demo__file, demo__send_evidence) },
  { 6, "demo-clinic-2", FACTS_LOST_RECORDS, 3, STEPS(demo__file, demo__write) },
  /* a draft that the clinic has begun */
  { 0, "demo-clinic-1", FACTS_NO_LEAK, 1, STEPS(demo__draft) },
};

/* The clock goes forward alone: a story begins on its day, or as soon as the one before is through. */
static result tell(struct demo *d, const struct demo_story *story, int64_t until_us) {
  int64_t begin_us = until_us - story->days_ago * INT64_C(86400000000);
  struct demo_case k = { .story = story };
  if (d->now_us < begin_us) d->now_us = begin_us;
  k.occurred_on = demo__today(d) - 9;
  for (demo_step *const *step = story->steps; *step; step++) TRY((*step)(d, &k));
  return RESULT_OK;
}

result demo__claims(struct demo *d, int64_t until_us) {
  enum { SILENCE_DAYS = 30, LIMIT = 100 };
  struct job_report report;
  for (size_t i = 0; i < COUNT_OF(stories); i++) TRY(tell(d, &stories[i], until_us));
  d->now_us = until_us;
  return job_rest_silent(&d->service, SILENCE_DAYS, LIMIT, &report);
}
