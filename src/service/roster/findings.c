/* findings: what an import means for decisions. For each standing decision about a facility or member that the import
 * touched, the roster as the decision read it (in both times) is held against the roster as it is now, on the incident's
 * day. A fact that changed, and that the decision had taken from the roster, is a finding; the claim gets one hold; the
 * decision itself stays. */
#include <stdlib.h>

#include "roster/file.h"
#include "roster/on_day.h"

/* ---- whom the import touched */

struct touched {
  struct uuid *ids;
  size_t count;
};

static int compare_uuids(const void *x, const void *y) { return memcmp(x, y, sizeof(struct uuid)); }

static struct touched touched_by(struct arena *a, const struct roster_changes *c) {
  size_t most = 0;
  for (int t = 0; t < ROSTER_TABLES; t++) most += c->gone[t].count + c->come[t].count;
  struct touched out = { ARENA_ARRAY(a, struct uuid, most), 0 };
  for (int t = 0; t < ROSTER_TABLES; t++) {
    for (size_t i = 0; i < c->gone[t].count; i++) out.ids[out.count++] = c->gone[t].items[i]->owner;
    for (size_t i = 0; i < c->come[t].count; i++) out.ids[out.count++] = c->come[t].items[i]->owner;
  }
  if (out.count > 1) qsort(out.ids, out.count, sizeof *out.ids, compare_uuids);
  return out;
}

static bool is_touched(const struct touched *t, struct uuid id) {
  return t->count > 0 && bsearch(&id, t->ids, t->count, sizeof id, compare_uuids) != NULL;
}

/* ---- one fact in the two rosters */

static struct json text_or_null(bool known, str s) { return known && s.p ? json_of_str(s) : json_of_null(); }

static struct json weekdays_json(struct arena *a, const struct roster_on_day *d) {
  if (!d->facility_known) return json_of_null();
  struct json *items = ARENA_ARRAY(a, struct json, d->facility.closed_weekdays.count);
  for (size_t i = 0; i < d->facility.closed_weekdays.count; i++)
    items[i] = json_of_str(d->facility.closed_weekdays.items[i]);
  return json_of_array(items, d->facility.closed_weekdays.count);
}

static struct json class_of(struct arena *a, const struct roster_on_day *d) {
  (void)a;
  return text_or_null(d->member_known, d->member.class);
}

static struct json relation_of(struct arena *a, const struct roster_on_day *d) {
  (void)a;
  return text_or_null(d->member_known, d->relation.relation);
}

static struct json kind_of(struct arena *a, const struct roster_on_day *d) {
  (void)a;
  return text_or_null(d->facility_known, d->facility.kind);
}

static struct json code_of(struct arena *a, const struct roster_on_day *d) {
  (void)a;
  return text_or_null(d->facility_known, d->facility.code);
}

static struct json holidays_of(struct arena *a, const struct roster_on_day *d) {
  (void)a;
  return d->facility_known ? json_of_bool(d->facility.closed_on_holidays) : json_of_null();
}

static const struct {
  const char *key;
  struct json (*of)(struct arena *a, const struct roster_on_day *d);
} roster_facts[] = {
  { "/member/class", class_of },
  { "/member/relation", relation_of },
  { "/facility/kind", kind_of },
  { "/facility/code", code_of },
  { "/facility/closed_weekdays", weekdays_json },
  { "/facility/closed_on_holidays", holidays_of },
};

/* ---- one decision */

struct decided {
  const struct roster_use_row *use;
  struct json body; /* what the rules saw */
  struct roster_on_day before, now;
  struct roster_finding_row *found;
  size_t found_count; /* by imports before this one */
};

static result look_at(struct work *w, const struct roster_use_row *use, struct decided *d) {
  struct fact_snapshot_row snapshot;
  struct findings ignored = findings_in(w->arena);
  day on;
  d->use = use;
  TRY(store_fact_snapshot_by_id(w->tx, use->snapshot_id, &snapshot));
  if (json_read(w->arena, snapshot.body, (struct json_limits){ 0 }, &ignored, &d->body) != RESULT_OK)
    return RESULT_OUTSIDE;
  const struct json *day_said = json_at(&d->body, STR("/incident/occurred_on"));
  if (!day_said || day_said->kind != JSON_KIND_STRING || !day_parse(json_text(day_said), &on)) return RESULT_OUTSIDE;
  TRY(roster__on_day(w, use->facility_id, on, use->roster_known_at, &d->before));
  TRY(roster__on_day(w, use->facility_id, on, tx_at(w->tx), &d->now));
  return store_roster_finding_of_decision(w->tx, use->decision_id, &d->found, &d->found_count);
}

/* Had the decision this value, from the roster and not from its claimant or an adjuster? */
static bool was_used(const struct decided *d, const char *key, const struct json *before) {
  static const struct json none = { .kind = JSON_KIND_NULL };
  const struct json *used = json_at(&d->body, str_of(key));
  return json_same(used ? used : &none, before);
}

/* The last finding about this fact says the same already, settled or not. */
static bool is_said(const struct decided *d, const char *key, str value) {
  bool said = false;
  for (size_t i = 0; i < d->found_count; i++)
    if (str_eq(d->found[i].key, str_of(key))) said = str_eq(d->found[i].new_value, value);
  return said;
}

/* One hold is enough, however many findings stand behind it. */
static result hold_once(struct work *w, struct uuid claim) {
  struct hold_row *holds;
  size_t count;
  TRY(store_hold_lasting(w->tx, claim, &holds, &count));
  for (size_t i = 0; i < count; i++)
    if (str_eq(holds[i].kind, STR("roster_finding"))) return RESULT_OK;
  struct hold_row row = {
    .id = tx_new_id(w->tx), .claim_id = claim, .kind = STR("roster_finding"), .sealed_reason = STR_NONE
  };
  store_hold_insert(w->tx, &row);
  service__wrote(w, "hold", row.id, STR_NONE);
  return RESULT_OK;
}

static size_t write_findings(struct work *w, struct uuid import, const struct decided *d, struct json *keys,
                             struct uuid *last) {
  size_t count = 0;
  for (size_t i = 0; i < COUNT_OF(roster_facts); i++) {
    const char *key = roster_facts[i].key;
    struct json before = roster_facts[i].of(w->arena, &d->before), now = roster_facts[i].of(w->arena, &d->now);
    str new_value = service__canonical(w->arena, &now);
    if (json_same(&before, &now) || !was_used(d, key, &before) || is_said(d, key, new_value)) continue;
    struct roster_finding_row row = { .id = tx_new_id(w->tx),
                                      .claim_id = d->use->claim_id,
                                      .decision_id = d->use->decision_id,
                                      .import_id = import,
                                      .key = str_of(key),
                                      .old_value = service__canonical(w->arena, &before),
                                      .new_value = new_value };
    store_roster_finding_insert(w->tx, &row);
    service__wrote(w, "roster_finding", row.id, row.new_value);
    keys[count++] = json_of_str(row.key);
    *last = row.id;
  }
  return count;
}

static result touch(struct work *w, struct uuid import, const struct roster_use_row *use, bool *touched) {
  struct claim_row claim;
  struct incident_row incident;
  struct decided d;
  struct uuid last = { { 0 } };
  struct json keys[COUNT_OF(roster_facts)];
  *touched = false;
  TRY(look_at(w, use, &d));
  TRY(service__claim_lock(w, use->claim_id, &claim, &incident));
  size_t count = write_findings(w, import, &d, keys, &last);
  if (count == 0) return RESULT_OK;
  *touched = true;
  TRY(hold_once(w, use->claim_id));
  struct members data = members_in(w->arena);
  members_add(&data, "keys", json_of_array(keys, count));
  members_add_uuid(&data, "decision", use->decision_id);
  members_add_uuid(&data, "import", import);
  return service__event(
      w, &(struct event){
             .type = "roster_finding.opened", .subject = last, .claim = use->claim_id, .data = members_object(&data) });
}

result roster__touch_decisions(struct work *w, struct uuid import, const struct roster_changes *c, size_t *touched) {
  struct touched owners = touched_by(w->arena, c);
  struct roster_use_row *uses;
  size_t count;
  *touched = 0;
  if (owners.count == 0) return RESULT_OK;
  TRY(store_roster_uses(w->tx, &uses, &count));
  for (size_t i = 0; i < count; i++) {
    bool one = false;
    if (is_touched(&owners, uses[i].facility_id) || is_touched(&owners, uses[i].member_id))
      TRY(touch(w, import, &uses[i], &one));
    *touched += one;
  }
  return RESULT_OK;
}
