/* idempotency: take, look, act, remember, all in one transaction. A refusal is remembered as its findings,
 * so that the answer to a repeated request reads the same to the letter, whatever has happened since. */
#include "core/idempotency.h"

#define REMEMBERED_US (INT64_C(72) * 3600 * 1000000)

/* ---- the account's own key, which seals remembered answers */

static result create_account_key(struct tx *tx, void *context) {
  struct work *w = context;
  (void)tx;
  return service__key_new(w, SEALING_ACCOUNT, w->caller->account, w->caller->account);
}

static result open_account_key(struct work *w, const struct sealing_asked *asked) {
  result r = service__key_open_asked(w, asked);
  if (r != RESULT_NOT_FOUND) return r;
  struct tx_fault fault;
  r = tx_attempt(w->tx, create_account_key, w, &fault);
  if (r == RESULT_OK) return RESULT_OK;
  w->key_is_open[0] = false;
  /* Another request of the same account made it in the meantime. */
  return fault.kind == TX_FAULT_RULE ? service__key_open(w, w->caller->account) : r;
}

/* ---- a refusal as a document, and back */

static struct json finding_json(struct arena *a, const struct finding *f) {
  struct members m = members_in(a);
  members_add_str(&m, "pointer", f->pointer);
  members_add_str(&m, "code", str_of(f->code));
  members_add_str(&m, "ja", f->ja);
  members_add_str(&m, "en", f->en);
  members_add_int(&m, "line", f->line);
  members_add_int(&m, "column", f->column);
  return members_object(&m);
}

static str findings_text(struct arena *a, const struct findings *f) {
  struct json *items = ARENA_ARRAY(a, struct json, f->count);
  for (size_t i = 0; i < f->count; i++) items[i] = finding_json(a, &f->items[i]);
  struct json list = json_of_array(items, f->count);
  return json_dump(a, &list);
}

static str text_of(const struct json *object, const char *name) {
  const struct json *v = json_get(object, str_of(name));
  return v && v->kind == JSON_KIND_STRING ? json_text(v) : STR("");
}

static uint32_t number_of(const struct json *object, const char *name) {
  const struct json *v = json_get(object, str_of(name));
  return v && v->kind == JSON_KIND_INTEGER && v->fits ? (uint32_t)v->integer : 0;
}

static result findings_again(struct work *w, str text) {
  struct json list;
  TRY(json_read(w->arena, text, (struct json_limits){ 0 }, w->findings, &list));
  for (uint32_t i = 0; list.kind == JSON_KIND_ARRAY && i < list.count; i++) {
    const struct json *one = &list.as.items[i];
    struct message message = { str_z(w->arena, text_of(one, "code")), "{0}", "{1}" };
    FINDING_AT(w->findings, text_of(one, "pointer"), number_of(one, "line"), number_of(one, "column"), &message,
               text_of(one, "ja"), text_of(one, "en"));
  }
  return RESULT_OK;
}

/* ---- headers: what of the answer is not its body */

static str headers_text(struct work *w, result how) {
  struct members m = members_in(w->arena);
  members_add_str(&m, "result", str_of(result_name(how)));
  members_add_uuid(&m, "event", w->answer->event);
  members_add_int(&m, "version", w->answer->version);
  struct json j = members_object(&m);
  return json_dump(w->arena, &j);
}

static result result_named(str name) {
  static const result all[] = { RESULT_OK, RESULT_REFUSED, RESULT_NOT_FOUND, RESULT_CONFLICT, RESULT_LIMIT };
  for (size_t i = 0; i < COUNT_OF(all); i++)
    if (str_eq(name, str_of(result_name(all[i])))) return all[i];
  return RESULT_OUTSIDE;
}

static result read_headers(struct work *w, str headers, result *how) {
  struct json j;
  TRY(json_read(w->arena, headers, (struct json_limits){ 0 }, w->findings, &j));
  *how = result_named(text_of(&j, "result"));
  if (!uuid_parse(text_of(&j, "event"), &w->answer->event)) w->answer->event = (struct uuid){ { 0 } };
  w->answer->version = number_of(&j, "version");
  return RESULT_OK;
}

static result replay(struct work *w, const struct idempotency_row *row, result *how) {
  str body = STR("");
  TRY(read_headers(w, row->headers, how));
  if (row->sealed_body.p)
    TRY(service__unseal(w, w->caller->account, "idempotency", "sealed_body", w->caller->account, row->sealed_body,
                        &body));
  w->answer->status = (int)row->status;
  w->answer->replayed = true;
  if (*how == RESULT_OK)
    w->answer->body = body;
  else
    TRY(findings_again(w, body));
  return RESULT_OK;
}

result idempotency__take(struct work *w, bool *found, result *how) {
  const struct caller *c = w->caller;
  struct idempotency_taking taking;
  struct sealing_asked key;
  *found = false;
  store_ask_idempotency(w->tx, c->account, c->idempotency_key, &taking);
  sealing_ask(w->tx, c->account, &key);
  TRY(tx_flush(w->tx));
  if (!taking.taken) return REFUSE(w, STR(""), "request_in_progress");
  if (taking.found == RESULT_NOT_FOUND) return open_account_key(w, &key);
  if (memcmp(&taking.row.fingerprint, &c->fingerprint, sizeof c->fingerprint) != 0)
    return REFUSE(w, STR(""), "idempotency_key_reused");
  *found = true;
  return replay(w, &taking.row, how);
}

result idempotency__remember(struct work *w, result how) {
  str body = how == RESULT_OK ? w->answer->body : findings_text(w->arena, w->findings);
  struct idempotency_row row = {
    .account_id = w->caller->account,
    .key = w->caller->idempotency_key,
    .fingerprint = w->caller->fingerprint,
    .status = w->answer->status,
    .headers = headers_text(w, how),
    .sealed_body = STR_NONE,
    .expires_at = tx_at(w->tx) + REMEMBERED_US,
  };
  TRY(service__seal(w, w->caller->account, "idempotency", "sealed_body", w->caller->account, body, &row.sealed_body));
  store_idempotency_insert(w->tx, &row);
  return RESULT_OK;
}
