/* forget: remembered answers whose time is over. */
#include "jobs/jobs.h"

static result forget(struct tx *tx, void *context) {
  struct job_report *out = context;
  return store_forget_expired(tx, &out->done);
}

result job_forget_answers(struct service *s, struct job_report *out) {
  struct arena *a = arena_new(0);
  *out = (struct job_report){ 0, 0 };
  if (!a) return RESULT_NO_MEMORY;
  result r = store_run(s->store, STORE_STAFF, (struct actor){ STORE_SERVICE_ACCOUNT, STR_NONE }, a, forget, out, NULL);
  arena_free(a);
  return r;
}
