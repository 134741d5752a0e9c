/* intake: shared checks, and documents to rows. */
#include "intake/intake.h"

/* ---- who speaks */

struct mandates { struct mandate_row *rows; size_t count; };

static bool needs_mandate(const struct work *w) { return w->role == SERVICE_CLINIC || w->role == SERVICE_PROXY; }

static result has_mandate(struct work *w, const struct mandates *held, struct uuid facility) {
  for (size_t i = 0; i < held->count; i++)
    if (uuid_eq(held->rows[i].facility_id, facility)) return RESULT_OK;
  return REFUSE(w, STR(""), "facility_not_yours");
}

result intake__speaks_for(struct work *w, struct uuid facility) {
  struct mandates held;
  if (!needs_mandate(w)) return RESULT_OK;
  TRY(store_mandate_of_account(w->tx, w->caller->account, &held.rows, &held.count));
  return has_mandate(w, &held, facility);
}

result intake__claim_read(struct work *w, struct uuid id, struct claim_row *claim) {
  struct mandates held;
  result found;
  tx_gather(w->tx);
  store_ask_claim_by_id(w->tx, id, claim, &found);
  if (needs_mandate(w)) TRY(store_mandate_of_account(w->tx, w->caller->account, &held.rows, &held.count));
  TRY(tx_flush(w->tx));
  FOUND(w, found, STR(""), "not_found");
  return needs_mandate(w) ? has_mandate(w, &held, claim->facility_id) : RESULT_OK;
}

static const struct {
  const char *channel;
  uint32_t roles;
  const char *source;
} channels[] = {
  { "online", SERVICE_CLINIC, "clinic" },
  { "proxy", SERVICE_PROXY, "proxy" },
  { "paper", SERVICE_ADJUSTER | SERVICE_APPROVER | SERVICE_PROXY, "paper" },
  { "telephone", SERVICE_ADJUSTER | SERVICE_APPROVER | SERVICE_PROXY, "telephone" },
};

result intake__channel(struct work *w, str channel) {
  for (size_t i = 0; i < COUNT_OF(channels); i++)
    if (str_eq(channel, str_of(channels[i].channel)) && (channels[i].roles & w->role)) return RESULT_OK;
  return REFUSE(w, STR("/channel"), "channel");
}

str intake__source(str channel) {
  for (size_t i = 0; i < COUNT_OF(channels); i++)
    if (str_eq(channel, str_of(channels[i].channel))) return str_of(channels[i].source);
  assert(!"a channel that was checked");
  return STR("");
}

result intake__lock(struct work *w, struct uuid id, struct claim_row *claim, struct incident_row *incident) {
  TRY(service__claim_lock(w, id, claim, incident));
  if (str_eq(claim->state, STR("erased"))) return REFUSE(w, STR(""), "not_found");
  return intake__speaks_for(w, claim->facility_id);
}

/* ---- what is declared and said */

void intake__ask_declared(struct work *w, struct declaration_asked *out) {
  store_ask_declaration_text_latest(w->tx, &out->text, &out->found);
}

result intake__declared(struct work *w, const struct declaration *d, const struct declaration_asked *asked,
                        struct declaration_text_row *out) {
  TRY(asked->found);
  *out = asked->text;
  if (!d->accepted) return REFUSE(w, STR("/declaration/accepted"), "declaration_required");
  if (!str_eq(d->version, out->version))
    return REFUSE(w, STR("/declaration/version"), "declaration_outdated", out->version);
  return RESULT_OK;
}

result intake__text(struct work *w, str pointer, str text) {
  if (str_trim(text).n == 0) return REFUSE(w, pointer, "text_required");
  if (utf8_count(text) > TEXT_MOST_CHARACTERS)
    return REFUSE(w, pointer, "text_long", str_format(w->arena, "%d", TEXT_MOST_CHARACTERS));
  return RESULT_OK;
}

/* ---- rows */

void intake__hold(struct work *w, struct uuid claim, const char *kind) {
  struct hold_row row = { .id = tx_new_id(w->tx), .claim_id = claim, .kind = str_of(kind), .sealed_reason = STR_NONE };
  store_hold_insert(w->tx, &row);
  service__wrote(w, "hold", row.id, STR_NONE);
}

result intake__write_facts(struct work *w, struct uuid claim, int64_t version, str source,
                           const struct declaration_text_row *declared, const struct json *document, day occurred_on,
                           struct facts_version_row *out) {
  struct json asserted = service__facts_asserted(w->arena, document),
              hidden = service__facts_private(w->arena, document);
  *out = (struct facts_version_row){
    .id = tx_new_id(w->tx),
    .claim_id = claim,
    .version = version,
    .source = source,
    .declaration_id = declared->id,
    .occurred_on = occurred_on,
    .rule_facts = service__canonical(w->arena, &asserted),
    .sealed_private = STR_NONE,
  };
  out->sha256 = sha256_of(out->rule_facts);
  if (hidden.count > 0)
    TRY(service__seal(w, claim, "facts_version", "sealed_private", out->id, json_dump(w->arena, &hidden),
                      &out->sealed_private));
  store_facts_version_insert(w->tx, out);
  service__wrote(w, "facts_version", out->id, out->rule_facts);
  return RESULT_OK;
}

result intake__write_payee(struct work *w, struct uuid claim, int64_t version, const struct payee *p, str match) {
  struct payee_version_row row = { .id = tx_new_id(w->tx),
                                   .claim_id = claim,
                                   .version = version,
                                   .account_blind = payee__blind(w, p),
                                   .roster_match = match };
  TRY(service__seal(w, claim, "payee_version", "sealed_body", row.id, payee__document(w->arena, p), &row.sealed_body));
  store_payee_version_insert(w->tx, &row);
  service__wrote(w, "payee_version", row.id, row.sealed_body);
  bool held = !str_eq(match, STR("matches"));
  if (held) intake__hold(w, claim, "payee_mismatch");
  struct members data = members_in(w->arena);
  members_add_int(&data, "version", version);
  members_add_str(&data, "roster_match", match);
  members_add_bool(&data, "held", held);
  return service__event(
      w, &(struct event){ .type = "payee.changed", .subject = row.id, .claim = claim, .data = members_object(&data) });
}

result intake__write_report(struct work *w, struct uuid claim, int64_t version, const struct json *report) {
  struct incident_report_row row = { .id = tx_new_id(w->tx), .claim_id = claim, .version = version };
  TRY(service__seal(w, claim, "incident_report", "sealed_body", row.id, json_dump(w->arena, report), &row.sealed_body));
  store_incident_report_insert(w->tx, &row);
  service__wrote(w, "incident_report", row.id, row.sealed_body);
  struct members data = members_in(w->arena);
  members_add_int(&data, "version", version);
  return service__event(
      w, &(struct event){ .type = "report.saved", .subject = row.id, .claim = claim, .data = members_object(&data) });
}
