/* erase: files that were begun and never finished go after a day, with their key; the row stays and says that there was one. */
#include "evidence/evidence.h"

#define UNFINISHED_US (INT64_C(24) * 3600 * 1000000)

struct finding_unfinished { int64_t most; struct evidence_row *files; size_t count; };

static result list_body(struct work *w, const void *request) {
  struct finding_unfinished *u = *(struct finding_unfinished *const *)request;
  TRY(store_evidence_unfinished(w->tx, tx_at(w->tx) - UNFINISHED_US, u->most, &u->files, &u->count));
  w->answer->status = 200;
  return RESULT_OK;
}

static result erase_body(struct work *w, const void *request) {
  const struct evidence_row *file = request;
  struct uuid event = tx_new_id(w->tx);
  struct event e = { .type = "subject.erased", .subject = file->id, .subject_type = "evidence", .claim = file->claim_id,
                     .data = json_of_object(NULL, 0) };
  struct sha256 salt;
  randomness_fill(tx_randomness(w->tx), salt.bytes, sizeof salt.bytes);
  bool erased;
  TRY(store_erase(w->tx, file->id, event, service__event_body(w, &e, event), salt, STR("job"), &erased));
  w->answer->event = erased ? event : (struct uuid){ { 0 } };
  w->answer->status = 200;
  return RESULT_OK;
}

static const struct use_case list_case = { "evidence_unfinished", SERVICE_JOB, list_body, true };
static const struct use_case erase_case = { "evidence_erase", SERVICE_JOB, erase_body, false };

result evidence_erase_unfinished(struct service *s, struct arena *a, int64_t most, struct findings *f, struct service_answer *out) {
  struct caller job = service_job_caller();
  struct finding_unfinished u = { .most = most }, *request = &u;
  int64_t erased = 0;
  TRY(service__run(s, &job, a, &list_case, &request, f, out));
  for (size_t i = 0; i < u.count; i++) {
    result r = service__run(s, &job, a, &erase_case, &u.files[i], f, out);
    if (r == RESULT_CONFLICT) continue;         /* finished in the meantime */
    TRY(r);
    erased += !uuid_none(out->event);
  }
  struct members m = members_in(a);
  members_add_int(&m, "erased", erased);
  struct json j = members_object(&m);
  *out = (struct service_answer){ .status = 200, .body = json_dump(a, &j) };
  return RESULT_OK;
}
