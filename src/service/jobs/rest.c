/* rest: claims whose claimants have been silent long after the day that an answer was hoped for. */
#include "jobs/jobs.h"

enum { PAGE = 500 };

/* Page by page, since those that are not due yet stand among those that are. */
static result find_asked(struct tx *tx, struct job_list *list) {
  moment latest = tx_at(tx) - list->argument * INT64_C(86400000000), after_at = SQL_NONE;
  struct uuid after = { { 0 } };
  struct claim_row *rows;
  size_t count = PAGE;
  list->claims = ARENA_ARRAY(tx_arena(tx), struct uuid, (size_t)list->limit);
  list->count = 0;
  while (count == PAGE && list->count < (size_t)list->limit) {
    TRY(store_claim_queue(tx, STR("info_requested"), (struct uuid){ { 0 } }, after_at, after, PAGE, &rows, &count));
    for (size_t i = 0; i < count && list->count < (size_t)list->limit; i++) {
      if (rows[i].moved_at <= latest) list->claims[list->count++] = rows[i].id;
      after_at = rows[i].submitted_at;
      after = rows[i].id;
    }
  }
  return RESULT_OK;
}

/* The day since which the claimant is silent: the latest day due of what is still open. */
static result silent_since(struct work *w, struct uuid claim, day *out) {
  struct information_request_row *open;
  size_t count;
  *out = DAY_NONE;
  TRY(store_information_request_open(w->tx, claim, &open, &count));
  for (size_t i = 0; i < count; i++)
    if (*out == DAY_NONE || open[i].due_on > *out) *out = open[i].due_on;
  return RESULT_OK;
}

struct rest_request { struct uuid claim; int64_t silence_days; };

static result rest(struct work *w, const void *request) {
  const struct rest_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  day since;
  TRY(service__claim_lock(w, r->claim, &claim, &incident));
  TRY(service__expect_state(w, &claim, "info_requested"));
  TRY(silent_since(w, claim.id, &since));
  if (since == DAY_NONE || since + r->silence_days > service__today(w))
    return REFUSE(w, STR(""), "claim_state", claim.state);
  store_claim_move(w->tx, claim.id, claim.version, STR("dormant"));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_day(&data, "silent_since", since);
  TRY(service__event(w, &(struct event){ .type = "claim.rested", .subject = claim.id, .claim = claim.id,
                                         .claim_version = claim.version + 1, .data = members_object(&data) }));
  members_add_id(&m, "claim", "claim", claim.id);
  return service__answer(w, 200, &m, claim.version + 1);
}

static result rest_one(struct service *s, const struct caller *c, struct arena *a, struct uuid claim, int64_t argument,
                       struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "job_rest_silent", .roles = SERVICE_JOB, .body = rest };
  return service__run(s, c, a, &use_case, &(struct rest_request){ claim, argument }, f, out);
}

result job_rest_silent(struct service *s, int64_t silence_days, int64_t limit, struct job_report *out) {
  return jobs__each(s, "rest_silent", limit, silence_days, find_asked, rest_one, out);
}
