/* view: a claim as its claimant sees it, and the list of theirs. One event for each look. What was judged about facts,
 * notes, holds and suspicions are the staff's and do not stand here. */
#include "evidence/evidence.h"
#include "intake/intake.h"

enum { VIEWERS = SERVICE_CLINIC | SERVICE_PROXY };

/* ---- the list */

static bool is_asked(const struct claim_row *claim) {
  return str_eq(claim->state, STR("info_requested")) || str_eq(claim->state, STR("dormant"));
}

/* How much each claim is asked for, in one journey. */
static result count_asked(struct work *w, const struct claim_row *claims, size_t count, size_t *asked) {
  struct information_request_row **open = ARENA_ARRAY(w->arena, struct information_request_row *, count);
  tx_gather(w->tx);
  for (size_t i = 0; i < count; i++)
    if (is_asked(&claims[i])) TRY(store_information_request_open(w->tx, claims[i].id, &open[i], &asked[i]));
  return tx_flush(w->tx);
}

static void add_head(struct members *m, const struct claim_row *claim) {
  members_add_id(m, "claim", "claim", claim->id);
  members_add_str(m, "number", claim->number);
  members_add_id(m, "facility", "facility", claim->facility_id);
  members_add_str(m, "channel", claim->channel);
  members_add_str(m, "state", claim->state);
  members_add_int(m, "version", claim->version);
  members_add_moment(m, "submitted_at", claim->submitted_at);
  members_add_moment(m, "moved_at", claim->moved_at);
}

static result list_body(struct work *w, const void *request) {
  const struct claims_request *r = request;
  struct claim_row *rows;
  size_t count;
  int64_t limit = r->limit < 1 ? 1 : r->limit > 100 ? 100 : r->limit;
  str states = r->states.n ? r->states : STR_NONE, number = r->number.n ? r->number : STR_NONE;
  TRY(store_claim_mine(w->tx, r->before, limit + 1, states, r->facility, number, &rows, &count));
  size_t shown = count > (size_t)limit ? (size_t)limit : count;
  size_t *asked = ARENA_ARRAY(w->arena, size_t, shown);
  TRY(count_asked(w, rows, shown, asked));
  struct json *items = ARENA_ARRAY(w->arena, struct json, shown), *ids = ARENA_ARRAY(w->arena, struct json, shown);
  for (size_t i = 0; i < shown; i++) {
    struct members one = members_in(w->arena);
    add_head(&one, &rows[i]);
    members_add_int(&one, "asked", (int64_t)asked[i]);
    items[i] = members_object(&one);
    ids[i] = json_of_str(service__uuid_text(w->arena, rows[i].id));
  }
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add(&data, "claims", json_of_array(ids, shown));
  TRY(service__event(
      w, &(struct event){ .type = "claim.listed", .subject = w->caller->account, .data = members_object(&data) }));
  members_add(&m, "claims", json_of_array(items, shown));
  members_add_id(&m, "next", "claim", count > shown ? rows[shown - 1].id : (struct uuid){ { 0 } });
  return service__answer(w, 200, &m, 0);
}

static const struct use_case list_case = { "claim_list", VIEWERS, list_body, true };

result claim_list(struct service *s, const struct caller *c, struct arena *a, const struct claims_request *r,
                  struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &list_case, r, f, out);
}

/* ---- the documents of one claim */

struct view {
  struct work *w;
  const struct claim_row *claim;
  struct members out;
  struct facts_version_row facts;
  struct incident_row incident;
  struct payee_version_row payee;
  struct incident_report_row report;
  struct decision_row decision;
  struct information_request_row *requests;
  struct information_reply_row *replies;
  struct message_row *messages;
  struct event_step_row *steps;
  size_t request_count, reply_count, message_count, step_count;
  struct evidence_files files;
  bool has_payee, has_report, is_decided;
};

static result is_there(result found, bool *there) {
  *there = found == RESULT_OK;
  return found == RESULT_NOT_FOUND ? RESULT_OK : found;
}

/* Whatever hangs on the claim alone, in one journey. Where its key is gone, unsealing says so. */
static result read_all(struct view *v) {
  struct tx *tx = v->w->tx;
  struct uuid claim = v->claim->id;
  struct sealing_asked key;
  result facts, incident, payee, report, decision;
  bool has_key;
  tx_gather(tx);
  store_ask_facts_version_latest(tx, claim, &v->facts, &facts);
  store_ask_incident_by_id(tx, v->claim->incident_id, &v->incident, &incident);
  store_ask_payee_version_latest(tx, claim, &v->payee, &payee);
  store_ask_incident_report_latest(tx, claim, &v->report, &report);
  store_ask_decision_latest(tx, v->claim->incident_id, &v->decision, &decision);
  TRY(store_information_request_list(tx, claim, &v->requests, &v->request_count));
  TRY(store_information_reply_list(tx, claim, &v->replies, &v->reply_count));
  TRY(store_message_list(tx, claim, &v->messages, &v->message_count));
  TRY(store_event_steps(tx, claim, &v->steps, &v->step_count));
  TRY(evidence__ask_files(v->w, claim, &v->files));
  sealing_ask(tx, claim, &key);
  TRY(tx_flush(tx));
  TRY(facts);
  TRY(incident);
  TRY(is_there(payee, &v->has_payee));
  TRY(is_there(report, &v->has_report));
  TRY(is_there(decision, &v->is_decided));
  return is_there(service__key_open_asked(v->w, &key), &has_key);
}

/* As it was sent: asserted facts with the words that are kept apart from them. */
static result add_facts(struct view *v) {
  struct work *w = v->w;
  const struct facts_version_row row = v->facts;
  struct json facts, words;
  TRY(service__facts_read(w, row.rule_facts, &facts));
  TRY(service__unseal_json(w, v->claim->id, "facts_version", "sealed_private", row.id, row.sealed_private, &words));
  size_t count;
  const struct fact *table = service__facts(&count);
  for (size_t i = 0; i < count; i++) {
    const struct json *value = table[i].source == FACT_PRIVATE ? json_at(&words, str_of(table[i].key)) : NULL;
    if (value) facts = service__facts_with(w->arena, &facts, str_of(table[i].key), value);
  }
  members_add(&v->out, "facts", facts);
  members_add_int(&v->out, "facts_version", row.version);
  members_add_sha256(&v->out, "facts_sha256", row.sha256);
  return RESULT_OK;
}

static result add_roster(struct view *v) {
  struct roster_on_day roster;
  struct members m = members_in(v->w->arena), i = members_in(v->w->arena);
  TRY(roster__on_day(v->w, v->claim->facility_id, v->incident.occurred_on, tx_at(v->w->tx), &roster));
  members_add_id(&i, "incident", "incident", v->incident.id);
  members_add_day(&i, "occurred_on", v->incident.occurred_on);
  members_add(&v->out, "incident", members_object(&i));
  members_add_str(&m, "class", roster.member_known ? roster.member.class : STR_NONE);
  members_add_str(&m, "relation", roster.member_known ? roster.relation.relation : STR_NONE);
  members_add_str(&m, "kind", roster.facility_known ? roster.facility.kind : STR_NONE);
  members_add_str(&m, "code", roster.facility_known ? roster.facility.code : STR_NONE);
  members_add_str(&m, "name", roster.facility_known ? roster.facility.name : STR_NONE);
  members_add(&v->out, "roster", members_object(&m));
  return RESULT_OK;
}

/* A mailbox is in an attacker's hands by definition: of the number only the end is shown. */
static struct json masked(struct arena *a, const struct json *payee) {
  const struct json *number = json_get(payee, STR("account_number"));
  if (!number || number->kind != JSON_KIND_STRING) return *payee;
  str digits = json_text(number);
  str shown = str_format(a, "****%.*s", STR_ARG(str_slice(digits, digits.n > 3 ? digits.n - 3 : 0, digits.n)));
  struct json hidden = json_of_str(shown);
  return service__facts_with(a, payee, STR("/account_number"), &hidden);
}

/* Kept as codes, shown as words. */
static struct json with_warnings(struct arena *a, const struct json *payee) {
  const struct json *kept = json_get(payee, STR("warnings"));
  if (!kept || kept->kind != JSON_KIND_ARRAY) return *payee;
  struct json *items = ARENA_ARRAY(a, struct json, kept->count);
  for (uint32_t i = 0; i < kept->count; i++) items[i] = payee__warning(a, json_text(&kept->as.items[i]));
  struct json said = json_of_array(items, kept->count);
  return service__facts_with(a, payee, STR("/warnings"), &said);
}

static result add_payee(struct view *v) {
  const struct payee_version_row row = v->payee;
  struct json payee;
  if (!v->has_payee) {
    members_add(&v->out, "payee", json_of_null());
    return RESULT_OK;
  }
  TRY(service__unseal_json(v->w, v->claim->id, "payee_version", "sealed_body", row.id, row.sealed_body, &payee));
  struct json version = json_of_int(v->w->arena, row.version), shown = masked(v->w->arena, &payee);
  shown = with_warnings(v->w->arena, &shown);
  members_add(&v->out, "payee", service__facts_with(v->w->arena, &shown, STR("/version"), &version));
  return RESULT_OK;
}

static result add_report(struct view *v) {
  const struct incident_report_row row = v->report;
  struct json report = json_of_null();
  if (v->has_report)
    TRY(service__unseal_json(v->w, v->claim->id, "incident_report", "sealed_body", row.id, row.sealed_body, &report));
  members_add_int(&v->out, "report_version", v->has_report ? row.version : 0);
  members_add(&v->out, "report", report);
  return RESULT_OK;
}

/* ---- words */

/* The answer that came, or NULL while none did. */
static const struct information_reply_row *reply_to(struct uuid request, const struct information_reply_row *replies, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (uuid_eq(replies[i].request_id, request)) return &replies[i];
  return NULL;
}

static result tell_request(struct view *v, struct members *m, const struct information_request_row *row) {
  str text;
  TRY(service__unseal(v->w, v->claim->id, "information_request", "sealed_text", row->id, row->sealed_text, &text));
  members_add_id(m, "request", "information_request", row->id);
  members_add_words(m, "keys", row->keys);
  members_add_day(m, "due_on", row->due_on);
  members_add_str(m, "text", text);
  members_add_moment(m, "at", row->by.at);
  return RESULT_OK;
}

static result tell_reply(struct view *v, struct members *m, const struct information_reply_row *row) {
  str text = STR_NONE;
  if (row->sealed_text.p)
    TRY(service__unseal(v->w, v->claim->id, "information_reply", "sealed_text", row->id, row->sealed_text, &text));
  members_add_str(m, "ended", row->kind);
  members_add_str(m, "reply", text);
  members_add_moment(m, "replied_at", row->by.at);
  return RESULT_OK;
}

/* What is asked now, and what was asked and answered before. */
static result add_asked(struct view *v) {
  const struct information_request_row *rows = v->requests;
  size_t count = v->request_count, open = 0, ended = 0;
  struct json *asked = ARENA_ARRAY(v->w->arena, struct json, count), *answered = ARENA_ARRAY(v->w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    const struct information_reply_row *reply = reply_to(rows[i].id, v->replies, v->reply_count);
    struct members m = members_in(v->w->arena);
    TRY(tell_request(v, &m, &rows[i]));
    if (reply) TRY(tell_reply(v, &m, reply));
    if (reply) answered[ended++] = members_object(&m);
    else asked[open++] = members_object(&m);
  }
  members_add(&v->out, "asked", json_of_array(asked, open));
  members_add(&v->out, "answered", json_of_array(answered, ended));
  return RESULT_OK;
}

static result add_messages(struct view *v) {
  const struct message_row *rows = v->messages;
  size_t count = v->message_count;
  struct json *items = ARENA_ARRAY(v->w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    str text;
    TRY(service__unseal(v->w, v->claim->id, "message", "sealed_text", rows[i].id, rows[i].sealed_text, &text));
    struct members m = members_in(v->w->arena);
    members_add_id(&m, "message", "message", rows[i].id);
    members_add_str(&m, "direction", rows[i].direction);
    members_add_str(&m, "text", text);
    members_add_moment(&m, "at", rows[i].by.at);
    items[i] = members_object(&m);
  }
  members_add(&v->out, "messages", json_of_array(items, count));
  return RESULT_OK;
}

/* ---- what became of it */

static result add_decision(struct view *v) {
  const struct decision_row row = v->decision;
  struct json body;
  if (!v->is_decided) {
    members_add(&v->out, "decision", json_of_null());
    return RESULT_OK;
  }
  TRY(service__facts_read(v->w, row.body, &body));
  struct members m = members_in(v->w->arena);
  members_add_id(&m, "decision", "decision", row.id);
  members_add_int(&m, "number", row.number);
  members_add_moment(&m, "at", row.by.at);
  members_add(&m, "body", body);
  members_add(&v->out, "decision", members_object(&m));
  return RESULT_OK;
}

/* Only steps that moved the claim, by name and moment: who did what inside the house is not shown. */
static result add_steps(struct view *v) {
  const struct event_step_row *rows = v->steps;
  size_t count = v->step_count, n = 0;
  struct json *items = ARENA_ARRAY(v->w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    if (rows[i].claim_version == SQL_NONE) continue;
    struct members m = members_in(v->w->arena);
    members_add_id(&m, "event", "event", rows[i].id);
    members_add_str(&m, "type", rows[i].type);
    members_add_moment(&m, "at", rows[i].at);
    members_add_int(&m, "version", rows[i].claim_version);
    items[n++] = members_object(&m);
  }
  members_add(&v->out, "steps", json_of_array(items, n));
  return RESULT_OK;
}

static result add_files(struct view *v) {
  struct json files;
  int64_t bytes;
  TRY(evidence__files_json(v->w, &v->files, &files, &bytes));
  members_add(&v->out, "evidence", files);
  return RESULT_OK;
}

static result read_event(struct work *w, struct uuid claim) {
  static const char *const names[] = { "facts", "payee", "report", "requests", "messages", "evidence", "decision" };
  struct json documents[COUNT_OF(names)];
  for (size_t i = 0; i < COUNT_OF(names); i++) documents[i] = json_of_str(str_of(names[i]));
  struct members data = members_in(w->arena);
  members_add(&data, "documents", json_of_array(documents, COUNT_OF(names)));
  return service__event(
      w, &(struct event){ .type = "claim.read", .subject = claim, .claim = claim, .data = members_object(&data) });
}

static result view_body(struct work *w, const void *request) {
  static result (*const parts[])(struct view *) = { add_facts,    add_roster, add_payee,    add_report, add_asked,
                                                    add_messages, add_files,  add_decision, add_steps };
  const struct claim_request *r = request;
  struct claim_row claim;
  TRY(intake__claim_read(w, r->claim, &claim));
  if (str_eq(claim.state, STR("erased"))) return REFUSE(w, STR(""), "not_found");
  if (str_eq(claim.state, STR("draft"))) return REFUSE(w, STR(""), "claim_state", claim.state);
  struct view v = { .w = w, .claim = &claim, .out = members_in(w->arena) };
  TRY(read_all(&v));
  add_head(&v.out, &claim);
  for (size_t i = 0; i < COUNT_OF(parts); i++) TRY(parts[i](&v));
  TRY(read_event(w, r->claim));
  return service__answer(w, 200, &v.out, claim.version);
}

static const struct use_case view_case = { "claim_view", VIEWERS, view_body, true };

result claim_view(struct service *s, const struct caller *c, struct arena *a, const struct claim_request *r,
                  struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &view_case, r, f, out);
}
