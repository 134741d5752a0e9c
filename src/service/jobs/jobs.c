/* jobs: the loop, and the pauses. */
#include "jobs/jobs.h"

struct finding_work { job_finder *find; struct job_list list; };

static result find_body(struct tx *tx, void *context) {
  struct finding_work *f = context;
  return f->find(tx, &f->list);
}

/* Somebody else was first, or the claim has moved on: that is no failure of the job. */
static bool is_passed_over(result r) {
  return r == RESULT_CONFLICT || r == RESULT_NOT_FOUND || r == RESULT_REFUSED;
}

static void do_one(struct service *s, const char *name, struct uuid claim, int64_t argument, job_step *step,
                   struct job_report *out) {
  struct arena *a = arena_new(0);
  if (!a) {
    out->failed++;
    return;
  }
  struct findings f = findings_in(a);
  struct service_answer answer;
  struct caller c = service_job_caller();
  result r = step(s, &c, a, claim, argument, &f, &answer);
  if (r == RESULT_OK) out->done++;
  else if (!is_passed_over(r)) {
    char id[37];
    uuid_write(claim, id);
    LOG(&s->log, LOG_WARNING, "service.job", LOG_S("job", str_of(name)), LOG_S("claim", str_of(id)),
        LOG_S("result", str_of(result_name(r))));
    out->failed++;
  }
  arena_free(a);
}

result jobs__each(struct service *s, const char *name, int64_t limit, int64_t argument, job_finder *find, job_step *step,
                  struct job_report *out) {
  struct arena *a = arena_new(0);
  struct finding_work f = { find, { .limit = limit, .argument = argument } };
  struct actor who = { STORE_SERVICE_ACCOUNT, STR_NONE };
  *out = (struct job_report){ 0, 0 };
  if (!a) return RESULT_NO_MEMORY;
  result r = store_run(s->store, STORE_STAFF, who, a, find_body, &f, NULL);
  if (r == RESULT_OK)
    for (size_t i = 0; i < f.list.count; i++) do_one(s, name, f.list.claims[i], argument, step, out);
  arena_free(a);
  return r;
}

moment jobs__next_try(moment now, int64_t tries, int64_t longest_minutes) {
  int64_t minutes = tries < 20 ? INT64_C(1) << (tries - 1) : longest_minutes;
  return now + (minutes < longest_minutes ? minutes : longest_minutes) * JOBS_A_MINUTE_US;
}
