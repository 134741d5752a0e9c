/* keys: what is sealed under which key. The account's own key and the last subject's stay open for the transaction;
 * service__run() wipes them. */
#include "core/work.h"

static size_t slot_of(const struct work *w, struct uuid subject) {
  return uuid_eq(subject, w->caller->account) ? 0 : 1;
}

result service__key_new(struct work *w, enum sealing_subject type, struct uuid subject, struct uuid claim) {
  size_t slot = slot_of(w, subject);
  w->key_is_open[slot] = false;
  TRY(sealing_create(w->tx, w->service->keys, type, subject, claim, &w->keys[slot]));
  w->key_is_open[slot] = true;
  return RESULT_OK;
}

result service__key_open(struct work *w, struct uuid subject) {
  size_t slot = slot_of(w, subject);
  if (w->key_is_open[slot] && uuid_eq(w->keys[slot].subject, subject)) return RESULT_OK;
  w->key_is_open[slot] = false;
  TRY(sealing_open(w->tx, w->service->keys, subject, &w->keys[slot]));
  w->key_is_open[slot] = true;
  return RESULT_OK;
}

result service__key_open_asked(struct work *w, const struct sealing_asked *asked) {
  size_t slot = slot_of(w, asked->subject);
  w->key_is_open[slot] = false;
  TRY(sealing_open_asked(w->tx, w->service->keys, asked, &w->keys[slot]));
  w->key_is_open[slot] = true;
  return RESULT_OK;
}

/* For columns: a subject without a key was erased, and says so. */
result service__key_of(struct work *w, struct uuid subject) {
  result r = service__key_open(w, subject);
  return r == RESULT_NOT_FOUND ? REFUSE(w, STR(""), "erased") : r;
}

const struct sealing *service__key(const struct work *w, struct uuid subject) {
  const struct sealing *key = &w->keys[slot_of(w, subject)];
  assert(uuid_eq(key->subject, subject));
  return key;
}

result service__seal(struct work *w, struct uuid subject, const char *table, const char *column, struct uuid row,
                     str plain, str *sealed) {
  *sealed = STR_NONE;
  if (plain.n == 0) return RESULT_OK;
  TRY(service__key_of(w, subject));
  return sealing_seal(w->tx, service__key(w, subject), table, column, row, plain, sealed);
}

result service__unseal(struct work *w, struct uuid subject, const char *table, const char *column, struct uuid row,
                       str sealed, str *plain) {
  *plain = STR_NONE;
  if (!sealed.p) return RESULT_OK;
  TRY(service__key_of(w, subject));
  return sealing_unseal(w->tx, service__key(w, subject), table, column, row, sealed, plain);
}

result service__unseal_json(struct work *w, struct uuid subject, const char *table, const char *column, struct uuid row,
                            str sealed, struct json *out) {
  str bytes;
  *out = json_of_null();
  TRY(service__unseal(w, subject, table, column, row, sealed, &bytes));
  if (!bytes.p) return RESULT_OK;
  struct findings ignored = findings_in(w->arena); /* what we sealed ourselves is JSON */
  return json_read(w->arena, bytes, (struct json_limits){ 0 }, &ignored, out) == RESULT_OK ? RESULT_OK : RESULT_OUTSIDE;
}
