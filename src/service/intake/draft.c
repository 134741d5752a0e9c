/* draft: what a claimant has typed so far, kept as it is for weeks. Nothing in it is checked but its size; "not asked yet"
 * is absent, "unknown" is null. Its claim exists from the first save on, so that evidence can be sent meanwhile. */
#include "intake/draft.h"

static str document_of(struct arena *a, const struct json *document) {
  return document ? json_dump(a, document) : STR("{}");
}

static result check_document(struct work *w, const struct json *document, str bytes) {
  if ((document && document->kind != JSON_KIND_OBJECT) || bytes.n > DRAFT_MOST_BYTES)
    return REFUSE(w, STR(""), "draft_document");
  return RESULT_OK;
}

/* ---- begin */

result intake__open_claim(struct work *w, struct uuid facility, str channel, struct uuid *id) {
  struct facility_row row;
  result known;
  store_ask_facility_by_id(w->tx, facility, &row, &known);
  TRY(intake__speaks_for(w, facility));
  TRY(tx_flush(w->tx)); /* nobody's mandate was looked at for those who need none */
  if (known == RESULT_NOT_FOUND) return REFUSE(w, STR("/facility"), "not_found");
  TRY(intake__channel(w, channel));
  *id = tx_new_id(w->tx);
  store_claim_insert(w->tx, &(struct claim_row){ .id = *id, .facility_id = facility, .channel = channel });
  TRY(service__key_new(w, SEALING_CLAIM, *id, *id));
  service__wrote(w, "claim", *id, STR_NONE);
  struct members data = members_in(w->arena);
  members_add_str(&data, "channel", channel);
  members_add_uuid(&data, "facility", facility);
  return service__event(
      w, &(struct event){
             .type = "claim.begun", .subject = *id, .claim = *id, .claim_version = 1, .data = members_object(&data) });
}

static result begin_body(struct work *w, const void *request) {
  const struct draft_begin_request *r = request;
  str bytes = document_of(w->arena, r->document);
  TRY(check_document(w, r->document, bytes));
  struct uuid id;
  TRY(intake__open_claim(w, r->facility, r->channel, &id));
  struct draft_row draft = { .claim_id = id, .saved_at = tx_at(w->tx) };
  TRY(service__seal(w, id, "draft", "sealed_body", id, bytes, &draft.sealed_body));
  store_draft_insert(w->tx, &draft);
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", id);
  members_add_id(&m, "facility", "facility", r->facility);
  members_add_str(&m, "channel", r->channel);
  members_add_str(&m, "state", STR("draft"));
  members_add_int(&m, "version", 1);
  return service__answer(w, 201, &m, 1);
}

static const struct use_case begin_case = { "draft_begin", INTAKE_ROLES, begin_body, false };

result draft_begin(struct service *s, const struct caller *c, struct arena *a, const struct draft_begin_request *r,
                   struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &begin_case, r, f, out);
}

/* ---- save */

static result lock_draft(struct work *w, struct uuid id, struct claim_row *claim, struct draft_row *draft) {
  struct incident_row incident;
  TRY(intake__lock(w, id, claim, &incident));
  if (!str_eq(claim->state, STR("draft"))) return REFUSE(w, STR(""), "draft_submitted");
  result r = store_draft_of(w->tx, id, draft);
  return r == RESULT_NOT_FOUND ? REFUSE(w, STR(""), "not_found") : r;
}

static result save_body(struct work *w, const void *request) {
  const struct draft_save_request *r = request;
  struct claim_row claim;
  struct draft_row draft;
  TRY(lock_draft(w, r->claim, &claim, &draft));
  TRY(service__expect_version(w, draft.version, r->version));
  str bytes = document_of(w->arena, r->document), sealed;
  TRY(check_document(w, r->document, bytes));
  TRY(service__seal(w, r->claim, "draft", "sealed_body", r->claim, bytes, &sealed));
  store_draft_save(w->tx, r->claim, draft.version, sealed);
  service__wrote(w, "draft", r->claim, sealed);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_int(&data, "version", draft.version + 1);
  TRY(service__event(
      w,
      &(struct event){ .type = "draft.saved", .subject = r->claim, .claim = r->claim, .data = members_object(&data) }));
  members_add_id(&m, "claim", "claim", r->claim);
  members_add_int(&m, "version", draft.version + 1);
  members_add_moment(&m, "saved_at", tx_at(w->tx));
  return service__answer(w, 200, &m, draft.version + 1);
}

static const struct use_case save_case = { "draft_save", INTAKE_ROLES, save_body, false };

result draft_save(struct service *s, const struct caller *c, struct arena *a, const struct draft_save_request *r,
                  struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &save_case, r, f, out);
}

/* ---- read */

result intake__draft_document(struct work *w, const struct draft_row *draft, struct json *out) {
  return service__unseal_json(w, draft->claim_id, "draft", "sealed_body", draft->claim_id, draft->sealed_body, out);
}

static result read_body(struct work *w, const void *request) {
  const struct claim_request *r = request;
  struct claim_row claim;
  struct draft_row draft;
  struct json document;
  TRY(intake__claim_read(w, r->claim, &claim));
  if (!str_eq(claim.state, STR("draft"))) return REFUSE(w, STR(""), "not_found");
  FOUND(w, store_draft_of(w->tx, r->claim, &draft), STR(""), "not_found");
  TRY(intake__draft_document(w, &draft, &document));
  struct json documents = json_of_str(STR("draft"));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add(&data, "documents", json_of_array(&documents, 1));
  TRY(service__event(
      w,
      &(struct event){ .type = "claim.read", .subject = r->claim, .claim = r->claim, .data = members_object(&data) }));
  members_add_id(&m, "claim", "claim", r->claim);
  members_add_id(&m, "facility", "facility", claim.facility_id);
  members_add_str(&m, "channel", claim.channel);
  members_add_int(&m, "version", draft.version);
  members_add_moment(&m, "saved_at", draft.saved_at);
  members_add(&m, "document", document);
  return service__answer(w, 200, &m, draft.version);
}

static const struct use_case read_case = { "draft_read", INTAKE_ROLES, read_body, true };

result draft_read(struct service *s, const struct caller *c, struct arena *a, const struct claim_request *r,
                  struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &read_case, r, f, out);
}

/* ---- discard */

static result discard_body(struct work *w, const void *request) {
  const struct claim_request *r = request;
  struct claim_row claim;
  struct draft_row draft;
  TRY(lock_draft(w, r->claim, &claim, &draft));
  store_claim_move(w->tx, r->claim, claim.version, STR("erased"));
  service__wrote(w, "claim", r->claim, STR_NONE);
  TRY(service__event(w, &(struct event){ .type = "draft.discarded",
                                         .subject = r->claim,
                                         .claim = r->claim,
                                         .claim_version = claim.version + 1,
                                         .data = json_of_object(NULL, 0) }));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", r->claim);
  members_add_str(&m, "state", STR("erased"));
  return service__answer(w, 200, &m, claim.version + 1);
}

static const struct use_case discard_case = { "draft_discard", INTAKE_ROLES, discard_body, false };

result draft_discard(struct service *s, const struct caller *c, struct arena *a, const struct claim_request *r,
                     struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &discard_case, r, f, out);
}
