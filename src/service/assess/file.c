/* file: base values, the checks that stand for them, and the values that hold. */
#include "assess/assess.h"

static const struct json unknown = { .kind = JSON_KIND_NULL };

/* ---- base values */

static bool is_of_roster(const struct case_file *c, const struct fact *f) {
  if (f->source == FACT_ROSTER) return true;
  bool is_day_off = strcmp(f->key, "/facility/closed_weekdays") == 0 || strcmp(f->key, "/facility/closed_on_holidays") == 0;
  return is_day_off && !json_at(&c->document, str_of(f->key));
}

/* Not of the rules: a number that only names the member. */
static bool is_for_rules(const struct fact *f) {
  return f->source != FACT_PRIVATE && strcmp(f->key, "/member/number") != 0;
}

static void set_base(struct work *w, struct case_file *c, struct case_fact *f, const struct json *composed) {
  const struct json *value = json_at(composed, str_of(f->fact->key));
  f->base = value ? *value : unknown;
  f->canonical = service__canonical(w->arena, &f->base);
  f->sha256 = sha256_of(f->canonical);
  f->from_roster = is_of_roster(c, f->fact) && f->base.kind != JSON_KIND_NULL;
  f->stands = f->base;
}

static void find_check(struct case_fact *f, const struct fact_check_row *rows, size_t count) {
  f->last = f->check = NULL;
  for (size_t i = 0; i < count; i++) {
    if (!str_eq(rows[i].key, str_of(f->fact->key)) || memcmp(&rows[i].value_sha256, &f->sha256, sizeof f->sha256) != 0) continue;
    f->last = &rows[i];
    f->check = str_eq(rows[i].verdict, STR("reopened")) ? NULL : &rows[i];
  }
}

struct case_fact *assess__fact(struct case_file *c, str key) {
  for (size_t i = 0; i < c->fact_count; i++)
    if (str_eq(key, str_of(c->facts[i].fact->key))) return &c->facts[i];
  return NULL;
}

/* ---- the values that hold */

result assess__apply(struct work *w, struct case_file *c) {
  for (size_t i = 0; i < c->fact_count; i++) {
    struct case_fact *f = &c->facts[i];
    f->stands = f->base;
    if (f->check && f->check->new_value.p) TRY(service__facts_read(w, f->check->new_value, &f->stands));
  }
  return RESULT_OK;
}

/* The day decides which roster is asked, so it is settled first. */
static result settle_day(struct work *w, struct case_file *c, const struct fact_check_row *rows, size_t count, day *on) {
  struct case_fact occurred = { .fact = service__fact(STR("/incident/occurred_on")) };
  *on = c->incident.occurred_on;
  set_base(w, c, &occurred, &c->document);
  find_check(&occurred, rows, count);
  if (occurred.check && occurred.check->new_value.p) TRY(service__facts_read(w, occurred.check->new_value, &occurred.stands));
  day d;
  if (occurred.stands.kind == JSON_KIND_STRING && day_parse(json_text(&occurred.stands), &d)) *on = d;
  return RESULT_OK;
}

static result fill(struct work *w, struct case_file *c) {
  struct fact_check_row *rows = NULL;
  size_t count = 0, all;
  day on;
  if (c->with_checks) TRY(store_fact_check_standing(w->tx, c->claim.id, &rows, &count));
  TRY(settle_day(w, c, rows, count, &on));
  TRY(roster__on_day(w, c->claim.facility_id, on, tx_at(w->tx), &c->roster));
  struct json composed = service__facts_composed(w->arena, &c->document, &c->roster, false);
  const struct fact *table = service__facts(&all);
  c->facts = ARENA_ARRAY(w->arena, struct case_fact, all);
  c->fact_count = 0;
  for (size_t i = 0; i < all; i++) {
    if (!is_for_rules(&table[i])) continue;
    struct case_fact *f = &c->facts[c->fact_count++];
    *f = (struct case_fact){ .fact = &table[i] };
    set_base(w, c, f, &composed);
    find_check(f, rows, count);
  }
  return assess__apply(w, c);
}

result assess__open(struct work *w, const struct claim_row *claim, const struct incident_row *incident, bool with_checks,
                    struct case_file *out) {
  *out = (struct case_file){ .claim = *claim, .incident = *incident, .with_checks = with_checks };
  FOUND(w, store_facts_version_latest(w->tx, claim->id, &out->asserted), STR(""), "claim_state", claim->state);
  TRY(service__facts_read(w, out->asserted.rule_facts, &out->document));
  return fill(w, out);
}
