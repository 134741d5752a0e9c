/* submit: a draft becomes a claim, or a claim is filed in one step. Everything that is wrong with the documents is said in
 * one answer; what the roster does not know is a hold, never a refusal. */
#include "intake/draft.h"

struct filing {
  struct uuid claim;
  str channel;
  struct uuid facility;
  int64_t version; /* of the claim's row */
  const struct declaration *declaration;
  struct declaration_asked declared;
  struct claim_documents documents;
};

/* ---- checks */

result intake__check_documents(struct work *w, const struct claim_documents *d, struct uuid facility,
                               struct checked *out) {
  if (!d->facts) return REFUSE(w, STR("/facts"), "facts_required");
  result facts = service__facts_validate(w, d->facts, facility, STR("/facts"), &out->occurred_on, &out->roster);
  if (facts != RESULT_OK && facts != RESULT_REFUSED) return facts;
  result payee = d->payee ? payee__read(w, d->payee, STR("/payee"), &out->payee) : RESULT_OK;
  result report = d->report ? intake__check_report(w, d->report, STR("/report")) : RESULT_OK;
  bool good = facts == RESULT_OK && payee == RESULT_OK && report == RESULT_OK;
  return good ? RESULT_OK : service__refused(w);
}

static result check(struct work *w, const struct filing *g, struct checked *out) {
  TRY(intake__declared(w, g->declaration, &g->declared, &out->declared));
  return intake__check_documents(w, &g->documents, g->facility, out);
}

/* ---- writing: incident, number, facts, holds, the claim's move, its event; then payee and report with theirs */

/* April to March, by Japan's day. */
static int64_t fiscal_year(day today) {
  struct civil c = day_civil(today);
  return c.month >= 4 ? c.year : c.year - 1;
}

static struct uuid write_incident(struct work *w, const struct filing *g, const struct checked *c) {
  struct incident_row row = { .id = tx_new_id(w->tx), .facility_id = g->facility, .occurred_on = c->occurred_on };
  if (c->roster.member_known) row.member_id = c->roster.member.member_id;
  store_incident_insert(w->tx, &row);
  service__wrote(w, "incident", row.id, STR_NONE);
  return row.id;
}

static result write_submitted(struct work *w, const struct filing *g, const struct checked *c, struct uuid incident,
                              str number, const struct facts_version_row *facts) {
  struct json holds[1];
  size_t hold_count = 0;
  if (!c->roster.complete) {
    intake__hold(w, g->claim, "member_unresolved");
    holds[hold_count++] = json_of_str(STR("member_unresolved"));
  }
  store_claim_submit(w->tx, g->claim, g->version, incident, number);
  service__wrote(w, "claim", g->claim, STR_NONE);
  struct members data = members_in(w->arena);
  members_add_str(&data, "number", number);
  members_add_str(&data, "channel", g->channel);
  members_add_uuid(&data, "incident", incident);
  members_add_int(&data, "facts_version", facts->version);
  members_add_sha256(&data, "facts_sha256", facts->sha256);
  members_add_str(&data, "declaration", c->declared.version);
  members_add(&data, "holds", json_of_array(holds, hold_count));
  return service__event(w, &(struct event){ .type = "claim.submitted",
                                            .subject = g->claim,
                                            .claim = g->claim,
                                            .claim_version = g->version + 1,
                                            .data = members_object(&data) });
}

static result write_others(struct work *w, const struct filing *g, const struct checked *c) {
  if (g->documents.payee)
    TRY(intake__write_payee(w, g->claim, 1, &c->payee, payee__roster_match(w->arena, &c->payee, &c->roster)));
  if (g->documents.report) TRY(intake__write_report(w, g->claim, 1, g->documents.report));
  return RESULT_OK;
}

static result receipt(struct work *w, const struct filing *g, const struct checked *c, str number,
                      const struct facts_version_row *facts) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", g->claim);
  members_add_str(&m, "number", number);
  members_add_str(&m, "state", STR("submitted"));
  members_add_int(&m, "version", g->version + 1);
  members_add_moment(&m, "submitted_at", tx_at(w->tx));
  members_add_id(&m, "facility", "facility", g->facility);
  members_add_day(&m, "occurred_on", c->occurred_on);
  members_add_str(&m, "declaration", c->declared.version);
  members_add_sha256(&m, "facts_sha256", facts->sha256);
  members_add(&m, "warnings", g->documents.payee ? payee__warnings(w->arena, &c->payee) : json_of_array(NULL, 0));
  return service__answer(w, 201, &m, g->version + 1);
}

static result submit(struct work *w, const struct filing *g) {
  struct checked c;
  struct facts_version_row facts;
  str number;
  TRY(check(w, g, &c));
  TRY(store_claim_next_number(w->tx, fiscal_year(service__today(w)), &number));
  struct uuid incident = write_incident(w, g, &c);
  TRY(intake__write_facts(w, g->claim, 1, intake__source(g->channel), &c.declared, g->documents.facts, c.occurred_on,
                          &facts));
  TRY(write_submitted(w, g, &c, incident, number, &facts));
  struct uuid submitted = w->answer->event;
  TRY(write_others(w, g, &c));
  w->answer->event = submitted;
  return receipt(w, g, &c, number, &facts);
}

/* ---- of a draft */

/* Facts named in the draft's `unknown` were asked, and nobody knows: null. */
static struct json with_unknown(struct arena *a, const struct json *draft, const struct json *facts) {
  static const struct json none = { .kind = JSON_KIND_NULL };
  const struct json *unknown = json_get(draft, STR("unknown"));
  struct json out = *facts;
  for (uint32_t i = 0; unknown && unknown->kind == JSON_KIND_ARRAY && i < unknown->count; i++) {
    const struct json *one = &unknown->as.items[i];
    const struct fact *fact = one->kind == JSON_KIND_STRING ? service__fact(json_text(one)) : NULL;
    if (fact && !json_at(&out, str_of(fact->key))) out = service__facts_with(a, &out, str_of(fact->key), &none);
  }
  return out;
}

static const struct json *section(const struct json *draft, const char *name) {
  const struct json *v = json_get(draft, str_of(name));
  return v && v->kind != JSON_KIND_NULL ? v : NULL;
}

result intake__draft_documents(struct work *w, const struct draft_row *draft, struct claim_documents *d) {
  struct json *document = ARENA_NEW(w->arena, struct json), *facts = ARENA_NEW(w->arena, struct json);
  TRY(intake__draft_document(w, draft, document));
  const struct json *said = section(document, "facts");
  if (!d->facts && said) {
    *facts = said->kind == JSON_KIND_OBJECT ? with_unknown(w->arena, document, said) : *said;
    d->facts = facts;
  }
  if (!d->payee) d->payee = section(document, "payee");
  if (!d->report) d->report = section(document, "report");
  return RESULT_OK;
}

static result submit_body(struct work *w, const void *request) {
  const struct submit_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  struct draft_row draft;
  struct filing g = { .claim = r->claim, .declaration = &r->declaration, .documents = r->documents };
  intake__ask_declared(w, &g.declared);
  TRY(intake__lock(w, r->claim, &claim, &incident));
  if (!str_eq(claim.state, STR("draft"))) return REFUSE(w, STR(""), "draft_submitted");
  TRY(store_draft_of(w->tx, r->claim, &draft));
  TRY(service__expect_version(w, draft.version, r->version));
  TRY(intake__channel(w, claim.channel));
  g.channel = claim.channel;
  g.facility = claim.facility_id;
  g.version = claim.version;
  TRY(intake__draft_documents(w, &draft, &g.documents));
  return submit(w, &g);
}

static const struct use_case submit_case = { "claim_submit", INTAKE_ROLES, submit_body, false };

result claim_submit(struct service *s, const struct caller *c, struct arena *a, const struct submit_request *r,
                    struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &submit_case, r, f, out);
}

/* ---- in one step */

static result file_body(struct work *w, const void *request) {
  const struct file_request *r = request;
  struct filing g = { .channel = r->channel,
                      .facility = r->facility,
                      .version = 1,
                      .declaration = &r->declaration,
                      .documents = r->documents };
  intake__ask_declared(w, &g.declared);
  TRY(intake__open_claim(w, r->facility, r->channel, &g.claim));
  return submit(w, &g);
}

static const struct use_case file_case = { "claim_file", INTAKE_ROLES, file_body, false };

result claim_file(struct service *s, const struct caller *c, struct arena *a, const struct file_request *r,
                  struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &file_case, r, f, out);
}

/* ---- a facility that the roster does not know */

static result open_body(struct work *w, const void *request) {
  const struct facility_open_request *r = request;
  TRY(intake__text(w, STR("/reason"), r->reason));
  struct facility_row row = { .id = tx_new_id(w->tx) };
  row.key = uuid_outside(w->arena, "X-", row.id);
  store_facility_insert(w->tx, &row);
  service__wrote(w, "facility", row.id, STR_NONE);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_str(&data, "key", row.key);
  TRY(service__event(w,
                     &(struct event){ .type = "facility.opened", .subject = row.id, .data = members_object(&data) }));
  members_add_id(&m, "facility", "facility", row.id);
  members_add_str(&m, "key", row.key);
  return service__answer(w, 201, &m, 0);
}

static const struct use_case open_case = { "facility_open",
                                           SERVICE_OWNER | SERVICE_PROXY | SERVICE_ADJUSTER | SERVICE_APPROVER,
                                           open_body, false };

result facility_open(struct service *s, const struct caller *c, struct arena *a, const struct facility_open_request *r,
                     struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &open_case, r, f, out);
}
