/* erase: what ends by the timetable: uploads that were never finished, drafts that nobody touched for half a year, after
 * notice. Erasing deletes the key; the rows stay and say that there was something. */
#include "jobs/jobs.h"

#define A_DAY_US INT64_C(86400000000)
enum { UPLOAD_DAYS = 1, DRAFT_DAYS = 180, NOTICE_DAYS = 14 };

static result list_ids(struct tx *tx, struct job_list *list, size_t count) {
  list->claims = ARENA_ARRAY(tx_arena(tx), struct uuid, count);
  list->count = 0;
  return RESULT_OK;
}

/* Deletes the subject's key; its event is the erasing function's own. */
static result erase(struct work *w, const char *type, struct uuid subject, struct uuid claim) {
  struct uuid event = tx_new_id(w->tx);
  struct event e = {
    .type = "subject.erased", .subject = subject, .subject_type = type, .claim = claim, .data = json_of_object(NULL, 0)
  };
  struct sha256 salt;
  bool erased;
  randomness_fill(tx_randomness(w->tx), salt.bytes, sizeof salt.bytes);
  TRY(store_erase(w->tx, subject, event, service__event_body(w, &e, event), salt, STR("job"), &erased));
  if (erased) w->answer->event = event;
  w->answer->status = 200;
  return RESULT_OK;
}

/* ---- uploads */

static result find_uploads(struct tx *tx, struct job_list *list) {
  struct evidence_row *files;
  size_t count;
  TRY(store_evidence_unfinished(tx, tx_at(tx) - UPLOAD_DAYS * A_DAY_US, list->limit, &files, &count));
  TRY(list_ids(tx, list, count));
  for (size_t i = 0; i < count; i++) list->claims[list->count++] = files[i].id;
  return RESULT_OK;
}

static result erase_upload_body(struct work *w, const void *request) {
  const struct uuid *id = request;
  struct evidence_row file;
  TRY(store_evidence_by_id(w->tx, *id, &file));
  return erase(w, "evidence", file.id, file.claim_id);
}

static result erase_upload(struct service *s, const struct caller *c, struct arena *a, struct uuid id, int64_t argument,
                           struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "job_erase_uploads", SERVICE_JOB, erase_upload_body, false };
  (void)argument;
  return service__run(s, c, a, &use_case, &id, f, out);
}

result job_erase_uploads(struct service *s, int64_t limit, struct job_report *out) {
  return jobs__each(s, "erase_uploads", limit, 0, find_uploads, erase_upload, out);
}

/* ---- notice before a draft goes: the event is what the mail is made of */

static result find_unused(struct tx *tx, struct job_list *list, int64_t days,
                          bool (*due)(struct tx *, const struct draft_row *)) {
  struct draft_row *drafts;
  size_t count;
  TRY(store_draft_unused(tx, tx_at(tx) - days * A_DAY_US, list->limit, &drafts, &count));
  TRY(list_ids(tx, list, count));
  for (size_t i = 0; i < count; i++)
    if (due(tx, &drafts[i])) list->claims[list->count++] = drafts[i].claim_id;
  return RESULT_OK;
}

static bool without_notice(struct tx *tx, const struct draft_row *draft) {
  (void)tx;
  return draft->notice_at == SQL_NONE;
}

static result find_to_notice(struct tx *tx, struct job_list *list) {
  return find_unused(tx, list, DRAFT_DAYS - NOTICE_DAYS, without_notice);
}

/* The draft locked, still one, still untouched since `days` days. */
static result lock_unused(struct work *w, struct uuid id, int64_t days, struct claim_row *claim,
                          struct draft_row *draft) {
  struct incident_row incident;
  TRY(service__claim_lock(w, id, claim, &incident));
  TRY(service__expect_state(w, claim, "draft"));
  TRY(store_draft_of(w->tx, id, draft));
  return draft->saved_at <= tx_at(w->tx) - days * A_DAY_US ? RESULT_OK : REFUSE(w, STR(""), "stale");
}

static result notice_body(struct work *w, const void *request) {
  const struct uuid *id = request;
  struct claim_row claim;
  struct draft_row draft;
  TRY(lock_unused(w, *id, DRAFT_DAYS - NOTICE_DAYS, &claim, &draft));
  store_draft_notice(w->tx, *id);
  struct members data = members_in(w->arena);
  members_add_day(&data, "erased_from", day_in_japan(tx_at(w->tx) + NOTICE_DAYS * A_DAY_US));
  w->answer->status = 200;
  return service__event(
      w, &(struct event){ .type = "draft.noticed", .subject = *id, .claim = *id, .data = members_object(&data) });
}

static result notice_one(struct service *s, const struct caller *c, struct arena *a, struct uuid id, int64_t argument,
                         struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "job_notice_drafts", SERVICE_JOB, notice_body, false };
  (void)argument;
  return service__run(s, c, a, &use_case, &id, f, out);
}

result job_notice_drafts(struct service *s, int64_t limit, struct job_report *out) {
  return jobs__each(s, "notice_drafts", limit, 0, find_to_notice, notice_one, out);
}

/* ---- drafts */

static bool long_noticed(struct tx *tx, const struct draft_row *draft) {
  return draft->notice_at != SQL_NONE && draft->notice_at <= tx_at(tx) - NOTICE_DAYS * A_DAY_US;
}

static result find_to_end(struct tx *tx, struct job_list *list) {
  return find_unused(tx, list, DRAFT_DAYS, long_noticed);
}

static result end_body(struct work *w, const void *request) {
  const struct uuid *id = request;
  struct claim_row claim;
  struct draft_row draft;
  TRY(lock_unused(w, *id, DRAFT_DAYS, &claim, &draft));
  if (!long_noticed(w->tx, &draft)) return REFUSE(w, STR(""), "stale");
  store_claim_move(w->tx, *id, claim.version, STR("erased"));
  service__wrote(w, "claim", *id, STR_NONE);
  TRY(service__event(w, &(struct event){ .type = "draft.discarded",
                                         .subject = *id,
                                         .claim = *id,
                                         .claim_version = claim.version + 1,
                                         .data = json_of_object(NULL, 0) }));
  return erase(w, "claim", *id, *id);
}

static result end_one(struct service *s, const struct caller *c, struct arena *a, struct uuid id, int64_t argument,
                      struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "job_erase_drafts", SERVICE_JOB, end_body, false };
  (void)argument;
  return service__run(s, c, a, &use_case, &id, f, out);
}

/* Those that their writers threw away themselves. */
static result find_thrown_away(struct tx *tx, struct job_list *list) {
  struct erasable_row *rows;
  size_t count;
  TRY(store_claim_erasable(tx, list->limit, &rows, &count));
  TRY(list_ids(tx, list, count));
  for (size_t i = 0; i < count; i++) list->claims[list->count++] = rows[i].claim_id;
  return RESULT_OK;
}

static result erase_draft_body(struct work *w, const void *request) {
  const struct uuid *id = request;
  return erase(w, "claim", *id, *id);
}

static result erase_draft(struct service *s, const struct caller *c, struct arena *a, struct uuid id, int64_t argument,
                          struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "job_erase_drafts", SERVICE_JOB, erase_draft_body, false };
  (void)argument;
  return service__run(s, c, a, &use_case, &id, f, out);
}

result job_erase_drafts(struct service *s, int64_t limit, struct job_report *out) {
  struct job_report thrown_away;
  TRY(jobs__each(s, "erase_drafts", limit, 0, find_to_end, end_one, out));
  TRY(jobs__each(s, "erase_drafts", limit, 0, find_thrown_away, erase_draft, &thrown_away));
  out->done += thrown_away.done;
  out->failed += thrown_away.failed;
  return RESULT_OK;
}
