/* ask: all that is missing, in one letter. The claim waits for its answer, and silence is never a refusal. */
#include "review/review.h"

static result check_request(struct work *w, const struct information_request_request *r) {
  for (size_t i = 0; i < r->key_count; i++)
    if (!service__fact(r->keys[i])) FIND(w, str_format(w->arena, "/keys/%zu", i), "unknown_fact");
  if (str_trim(r->text).n == 0) FIND(w, STR("/text"), "text_needed");
  if (utf8_count(r->text) > TEXT_MOST_CHARACTERS)
    FIND(w, STR("/text"), "text_too_long", str_format(w->arena, "%d", TEXT_MOST_CHARACTERS));
  if (r->due_on < service__today(w)) FIND(w, STR("/due_on"), "due_in_past");
  return w->findings->count > 0 ? service__refused(w) : RESULT_OK;
}

static struct json keys_json(struct work *w, const struct information_request_request *r) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, r->key_count);
  for (size_t i = 0; i < r->key_count; i++) items[i] = json_of_str(r->keys[i]);
  return json_of_array(items, r->key_count);
}

static result ask(struct work *w, const void *request) {
  const struct information_request_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  TRY(check_request(w, r));
  TRY(service__claim_lock(w, r->claim, &claim, &incident));
  TRY(service__expect_version(w, claim.version, r->version));
  TRY(service__expect_state(w, &claim, "in_review info_requested"));
  struct information_request_row row = { .id = tx_new_id(w->tx), .claim_id = claim.id, .keys = { r->keys, r->key_count },
                                         .due_on = r->due_on };
  TRY(service__seal(w, claim.id, "information_request", "sealed_text", row.id, r->text, &row.sealed_text));
  store_information_request_insert(w->tx, &row);
  service__wrote(w, "information_request", row.id, row.sealed_text);
  store_claim_move(w->tx, claim.id, claim.version, STR("info_requested"));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_uuid(&data, "request", row.id);
  members_add(&data, "keys", keys_json(w, r));
  members_add_day(&data, "due_on", r->due_on);
  TRY(review__moved(w, &claim, "information.requested", &data));
  members_add_id(&m, "request", "information_request", row.id);
  members_add_day(&m, "due_on", r->due_on);
  return review__answer_claim(w, 201, &m, &claim, STR("info_requested"), claim.version + 1);
}

result information_ask(struct service *s, const struct caller *c, struct arena *a, const struct information_request_request *r,
                       struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "information_ask", .roles = SERVICE_ADJUSTER, .body = ask };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- taking a request back */

static result expect_open(struct work *w, struct uuid claim, struct uuid request, size_t *others) {
  struct information_request_row *open;
  size_t count;
  bool found = false;
  TRY(store_information_request_open(w->tx, claim, &open, &count));
  for (size_t i = 0; i < count; i++) found = found || uuid_eq(open[i].id, request);
  if (!found) return REFUSE(w, STR(""), "request_closed");
  *others = count - 1;
  return RESULT_OK;
}

static result take_back(struct work *w, const void *request) {
  const struct information_take_back_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  size_t others = 0;
  TRY(service__claim_lock(w, r->claim, &claim, &incident));
  TRY(service__expect_version(w, claim.version, r->version));
  TRY(service__expect_state(w, &claim, "info_requested"));
  TRY(expect_open(w, claim.id, r->request, &others));
  struct information_reply_row row = { .id = tx_new_id(w->tx), .request_id = r->request, .claim_id = claim.id,
                                       .kind = STR("taken_back"), .sealed_text = STR_NONE };
  str state = others > 0 ? STR("info_requested") : STR("in_review");
  store_information_reply_insert(w->tx, &row);
  service__wrote(w, "information_reply", row.id, STR_NONE);
  store_claim_move(w->tx, claim.id, claim.version, state);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_uuid(&data, "request", r->request);
  members_add_str(&data, "state", state);
  TRY(review__moved(w, &claim, "information.taken_back", &data));
  members_add_id(&m, "request", "information_request", r->request);
  return review__answer_claim(w, 200, &m, &claim, state, claim.version + 1);
}

result information_take_back(struct service *s, const struct caller *c, struct arena *a,
                             const struct information_take_back_request *r, struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "information_take_back", .roles = SERVICE_ADJUSTER, .body = take_back };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- notes */

static result note(struct work *w, const void *request) {
  const struct note_request *r = request;
  struct claim_row claim;
  TRY(decide__expect_text(w, "/text", r->text));
  TRY(service__claim_read(w, r->claim, &claim));
  struct note_row row = { .id = tx_new_id(w->tx), .claim_id = claim.id };
  TRY(service__seal(w, claim.id, "note", "sealed_text", row.id, r->text, &row.sealed_text));
  store_note_insert(w->tx, &row);
  service__wrote(w, "note", row.id, row.sealed_text);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  TRY(service__event(w, &(struct event){ .type = "note.written", .subject = row.id, .claim = claim.id,
                                         .data = members_object(&data) }));
  members_add_id(&m, "claim", "claim", claim.id);
  members_add_id(&m, "note", "note", row.id);
  members_add_moment(&m, "at", tx_at(w->tx));
  return service__answer(w, 201, &m, 0);
}

result note_write(struct service *s, const struct caller *c, struct arena *a, const struct note_request *r, struct findings *f,
                  struct service_answer *out) {
  static const struct use_case use_case = { .name = "note_write", .roles = SERVICE_ADJUSTER | SERVICE_APPROVER, .body = note };
  return service__run(s, c, a, &use_case, r, f, out);
}
