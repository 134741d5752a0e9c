/* write: a decision as the contract's document (decision.schema.json). */
#include "words.h"

static void write_words(struct json_writer *w, const char *name, struct words words) {
  json_write_name(w, str_of(name));
  json_write_begin_array(w);
  for (uint32_t i = 0; i < words.count; i++) json_write_str(w, words.items[i]);
  json_write_end_array(w);
}

static void write_int(struct json_writer *w, const char *name, int64_t value) {
  json_write_name(w, str_of(name));
  json_write_int(w, value);
}

static void write_text(struct json_writer *w, const char *name, str value) {
  json_write_name(w, str_of(name));
  json_write_str(w, value);
}

static void write_item(struct json_writer *w, enum item item, const struct item_decision *d) {
  json_write_name(w, scheme_item_code(item));
  json_write_begin_object(w);
  write_text(w, "outcome", scheme_outcome_code(d->outcome));
  write_int(w, "amount_yen", d->amount_yen);
  write_int(w, "potential_yen", d->potential_yen);
  write_words(w, "reasons", d->reasons);
  write_words(w, "missing", d->missing);
  write_words(w, "any_of", d->any_of);
  write_words(w, "clauses", d->clauses);
  json_write_end_object(w);
}

static void write_rules(struct json_writer *w, const struct decision *d) {
  json_write_name(w, STR("rules"));
  json_write_begin_object(w);
  write_text(w, "id", d->rules->id);
  write_text(w, "version", d->rules->version);
  write_text(w, "sha256", str_of(d->rules->sha256));
  json_write_name(w, STR("calendar"));
  json_write_begin_object(w);
  write_text(w, "version", calendar_version(d->calendar));
  write_text(w, "sha256", calendar_sha256(d->calendar));
  json_write_end_object(w);
  json_write_end_object(w);
}

void scheme_decision_write(struct buf *out, str claim_id, const struct decision *d, str extra) {
  struct json_writer w = json_writer_to(out);
  json_write_begin_object(&w);
  if (claim_id.p) write_text(&w, "claim_id", claim_id);
  write_text(&w, "outcome", scheme_outcome_code(d->outcome));
  write_int(&w, "total_yen", d->total_yen);
  write_int(&w, "potential_total_yen", d->potential_total_yen);
  write_int(&w, "claimed_days", d->claimed_days);
  write_int(&w, "closed_days", d->closed_days);
  write_words(&w, "reasons", d->reasons);
  json_write_name(&w, STR("items"));
  json_write_begin_object(&w);
  for (int i = 0; i < ITEM_COUNT; i++) write_item(&w, (enum item)i, &d->items[i]);
  json_write_end_object(&w);
  write_rules(&w, d);
  if (extra.n) buf_add(out, extra);
  json_write_end_object(&w);
}
