/* rotate: after a new master key was put first in the key file, every key in the database is wrapped by it, batch by batch, each
 * with its event. What was sealed stays as it is: only the wraps change. The old master key may leave the file when a run
 * ends with nothing left. */
#include "jobs/jobs.h"

enum { BATCH = 200 };                   /* rows that one event names */

struct rotate_request { struct uuid after; int64_t batch; struct rotation *done; };

static result rotate(struct work *w, const void *request) {
  const struct rotate_request *r = request;
  TRY(sealing_rotate(w->tx, w->service->keys, r->after, r->batch, r->done));
  w->answer->status = 200;
  if (r->done->count == 0) return RESULT_OK;
  for (size_t i = 0; i < r->done->count; i++) service__wrote(w, "sealing_key", r->done->subjects[i], STR_NONE);
  struct members data = members_in(w->arena);
  members_add_str(&data, "wrapped_by", master_keys_name(w->service->keys));
  members_add_int(&data, "wrapped", (int64_t)r->done->count);
  members_add_int(&data, "left", r->done->left);
  return service__event(w, &(struct event){ .type = "keys.rotated", .subject = w->caller->account,
                                            .data = members_object(&data) });
}

static result rotate_batch(struct service *s, struct uuid after, int64_t batch, struct rotation *done) {
  static const struct use_case use_case = { .name = "job_rotate_keys", .roles = SERVICE_JOB, .body = rotate };
  struct arena *a = arena_new(0);
  if (!a) return RESULT_NO_MEMORY;
  struct findings f = findings_in(a);
  struct service_answer answer;
  struct caller c = service_job_caller();
  result r = service__run(s, &c, a, &use_case, &(struct rotate_request){ after, batch, done }, &f, &answer);
  arena_free(a);
  done->subjects = NULL;
  return r;
}

result job_rotate_keys(struct service *s, int64_t limit, struct job_report *out) {
  struct rotation done = { .is_over = false };
  *out = (struct job_report){ 0, 0 };
  while (!done.is_over && out->done < limit) {
    TRY(rotate_batch(s, done.last, limit - out->done < BATCH ? limit - out->done : BATCH, &done));
    out->done += (int64_t)done.count;
    out->failed += (int64_t)done.unopened;
  }
  if (out->failed > 0)
    LOG(&s->log, LOG_ERROR, "service.keys_unopened", LOG_I("keys", out->failed), LOG_S("wrapped_by", master_keys_name(s->keys)));
  return RESULT_OK;
}
