/* words: answers to what was asked, and messages. */
#include "intake/intake.h"

/* ---- replies */

/* A dormant claim wakes first: two steps, two versions, two events. */
static result wake(struct work *w, struct claim_row *claim) {
  if (!str_eq(claim->state, STR("dormant"))) return RESULT_OK;
  store_claim_move(w->tx, claim->id, claim->version, STR("info_requested"));
  service__wrote(w, "claim", claim->id, STR_NONE);
  claim->version++;
  claim->state = STR("info_requested");
  return service__event(w, &(struct event){ .type = "claim.stirred",
                                            .subject = claim->id,
                                            .claim = claim->id,
                                            .claim_version = claim->version,
                                            .data = json_of_object(NULL, 0) });
}

/* *others: how many further requests wait. */
static result find_request(struct work *w, const struct reply_request *r, size_t *others) {
  struct information_request_row *open;
  size_t count;
  bool found = false;
  TRY(store_information_request_open(w->tx, r->claim, &open, &count));
  for (size_t i = 0; i < count; i++) found = found || uuid_eq(open[i].id, r->request);
  *others = count - found;
  return found ? RESULT_OK : REFUSE(w, STR("/request"), "request_unknown");
}

static result write_reply(struct work *w, const struct reply_request *r) {
  struct information_reply_row row = {
    .id = tx_new_id(w->tx), .request_id = r->request, .claim_id = r->claim, .kind = STR("answer")
  };
  TRY(service__seal(w, r->claim, "information_reply", "sealed_text", row.id, r->text, &row.sealed_text));
  store_information_reply_insert(w->tx, &row);
  service__wrote(w, "information_reply", row.id, row.sealed_text);
  return RESULT_OK;
}

static result reply_body(struct work *w, const void *request) {
  const struct reply_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  size_t others;
  TRY(intake__lock(w, r->claim, &claim, &incident));
  TRY(service__expect_state(w, &claim, "info_requested dormant"));
  TRY(find_request(w, r, &others));
  TRY(intake__text(w, STR("/text"), r->text));
  TRY(wake(w, &claim));
  TRY(write_reply(w, r));
  str state = others == 0 ? STR("in_review") : claim.state;
  store_claim_move(w->tx, r->claim, claim.version, state);
  service__wrote(w, "claim", r->claim, STR_NONE);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_uuid(&data, "request", r->request);
  members_add_str(&data, "state", state);
  TRY(service__event(w, &(struct event){ .type = "information.replied",
                                         .subject = r->claim,
                                         .claim = r->claim,
                                         .claim_version = claim.version + 1,
                                         .data = members_object(&data) }));
  members_add_id(&m, "claim", "claim", r->claim);
  members_add_id(&m, "request", "information_request", r->request);
  members_add_str(&m, "state", state);
  members_add_int(&m, "version", claim.version + 1);
  return service__answer(w, 200, &m, claim.version + 1);
}

static const struct use_case reply_case = { "information_reply", INTAKE_ROLES, reply_body, false };

result information_reply(struct service *s, const struct caller *c, struct arena *a, const struct reply_request *r,
                         struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &reply_case, r, f, out);
}

/* ---- messages */

static result message_body(struct work *w, const void *request) {
  const struct message_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  TRY(intake__lock(w, r->claim, &claim, &incident));
  TRY(service__expect_state(w, &claim,
                            "submitted in_review info_requested dormant proposed decided reconsideration withdrawn"));
  TRY(intake__text(w, STR("/text"), r->text));
  bool from_claimant = w->role == SERVICE_CLINIC || w->role == SERVICE_PROXY;
  struct message_row row = { .id = tx_new_id(w->tx),
                             .claim_id = r->claim,
                             .direction = from_claimant ? STR("from_claimant") : STR("to_claimant") };
  TRY(service__seal(w, r->claim, "message", "sealed_text", row.id, r->text, &row.sealed_text));
  store_message_insert(w->tx, &row);
  service__wrote(w, "message", row.id, row.sealed_text);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_str(&data, "direction", row.direction);
  TRY(service__event(
      w, &(struct event){
             .type = "message.written", .subject = row.id, .claim = r->claim, .data = members_object(&data) }));
  members_add_id(&m, "message", "message", row.id);
  members_add_moment(&m, "at", tx_at(w->tx));
  members_add_str(&m, "direction", row.direction);
  return service__answer(w, 201, &m, 0);
}

static const struct use_case message_case = { "message_write", INTAKE_ROLES, message_body, false };

result message_write(struct service *s, const struct caller *c, struct arena *a, const struct message_request *r,
                     struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &message_case, r, f, out);
}
