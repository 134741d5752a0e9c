/* view: what the staff sees of duplicates. Clinics see none of it. */
#include "core/facts.h"
#include "shienkin/service/review.h"

static result resolution_json(struct work *w, const struct duplicate_resolution_row *row, struct json *out) {
  str reason;
  TRY(service__unseal(w, row->claim_id, "duplicate_resolution", "sealed_reason", row->id, row->sealed_reason, &reason));
  struct members m = members_in(w->arena);
  members_add_int(&m, "round", row->round);
  members_add_str(&m, "part", row->part);
  members_add_str(&m, "verdict", row->verdict);
  members_add_str(&m, "reason", reason);
  members_add_id(&m, "by", "person", row->by.person);
  members_add_moment(&m, "at", row->by.at);
  *out = members_object(&m);
  return RESULT_OK;
}

static result suspicion_json(struct work *w, const struct duplicate_suspicion_row *row, struct json *out) {
  struct duplicate_resolution_row *rows;
  size_t count;
  TRY(store_duplicate_resolution_list(w->tx, row->id, &rows, &count));
  struct json *resolutions = ARENA_ARRAY(w->arena, struct json, count);
  struct json *grounds = ARENA_ARRAY(w->arena, struct json, row->grounds.count);
  for (size_t i = 0; i < count; i++) TRY(resolution_json(w, &rows[i], &resolutions[i]));
  for (size_t i = 0; i < row->grounds.count; i++) grounds[i] = json_of_str(row->grounds.items[i]);
  struct members m = members_in(w->arena);
  members_add_id(&m, "suspicion", "duplicate_suspicion", row->id);
  members_add_id(&m, "claim", "claim", row->claim_id);
  members_add_id(&m, "other", "claim", row->other_claim_id);
  members_add(&m, "grounds", json_of_array(grounds, row->grounds.count));
  members_add_str(&m, "verdict", row->verdict);
  members_add(&m, "resolutions", json_of_array(resolutions, count));
  *out = members_object(&m);
  return RESULT_OK;
}

static result offered_json(struct work *w, const struct claim_withdrawal_row *row, struct json *out) {
  struct facts_version_row facts;
  struct json document;
  TRY(store_facts_version_latest(w->tx, row->claim_id, &facts));
  TRY(service__facts_read(w, facts.rule_facts, &document));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", row->claim_id);
  members_add_id(&m, "facts_version", "facts_version", facts.id);
  members_add(&m, "facts", document);
  *out = members_object(&m);
  return RESULT_OK;
}

static result view(struct work *w, const void *request) {
  const struct duplicates_view_request *r = request;
  struct claim_row claim;
  struct duplicate_suspicion_row *suspicions;
  struct claim_withdrawal_row *merged;
  size_t suspicion_count, merged_count;
  TRY(service__claim_read(w, r->claim, &claim));
  TRY(store_duplicate_suspicion_list(w->tx, claim.id, &suspicions, &suspicion_count));
  TRY(store_claim_withdrawal_merged(w->tx, claim.id, &merged, &merged_count));
  struct json *told = ARENA_ARRAY(w->arena, struct json, suspicion_count);
  struct json *offered = ARENA_ARRAY(w->arena, struct json, merged_count);
  for (size_t i = 0; i < suspicion_count; i++) TRY(suspicion_json(w, &suspicions[i], &told[i]));
  for (size_t i = 0; i < merged_count; i++) TRY(offered_json(w, &merged[i], &offered[i]));
  const struct json document = json_of_str(STR("duplicates"));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add(&data, "documents", json_of_array(&document, 1));
  TRY(service__event(w, &(struct event){ .type = "claim.read", .subject = claim.id, .claim = claim.id,
                                         .data = members_object(&data) }));
  members_add_id(&m, "claim", "claim", claim.id);
  members_add(&m, "suspicions", json_of_array(told, suspicion_count));
  members_add(&m, "offered", json_of_array(offered, merged_count));
  return service__answer(w, 200, &m, claim.version);
}

result duplicates_view(struct service *s, const struct caller *c, struct arena *a, const struct duplicates_view_request *r,
                       struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "duplicates_view",
                                            .roles = SERVICE_ADJUSTER | SERVICE_APPROVER | SERVICE_OWNER | SERVICE_AUDITOR,
                                            .body = view, .reads = true };
  return service__run(s, c, a, &use_case, r, f, out);
}
