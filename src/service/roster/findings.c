/* findings: an import ended a version that a standing decision had read. Where a fact changes on the incident's day, the
 * decision gets a finding per fact and the claim a hold; the decision itself stays (decisions.md). */
#include "roster/file.h"

/* A value of the roster as the rules would see it. */
static struct json fact_json(struct arena *a, const struct roster_value *v, const struct roster_entry *e, uint32_t index) {
  if (!e || e->values[index].n == 0) return json_of_null();
  if (strcmp(v->fact, "/facility/closed_on_holidays") == 0) return json_of_bool(str_eq(e->values[index], STR("yes")));
  if (strcmp(v->fact, "/facility/closed_weekdays") != 0) return json_of_str(e->values[index]);
  struct json *items = ARENA_ARRAY(a, struct json, 7);
  size_t count = 0;
  for (str rest = e->values[index]; rest.n > 0;) items[count++] = json_of_str(str_cut(rest, ' ', &rest));
  return json_of_array(items, count);
}

/* What the roster says after the import in place of `gone`, on that day. */
static const struct roster_entry *replacement(const struct roster_changes *c, enum roster_table t,
                                              const struct roster_entry *gone, day on) {
  for (size_t i = 0; i < c->come[t].count; i++) {
    const struct roster_entry *e = c->come[t].items[i];
    if (uuid_eq(e->owner, gone->owner) && str_eq(e->other, gone->other) && e->from <= on && (e->to == DAY_NONE || on < e->to))
      return e;
  }
  return NULL;
}

static void write_finding(struct work *w, struct uuid import, const struct roster_use_row *use, const char *fact,
                          const struct json *before, const struct json *after, struct uuid *id) {
  struct roster_finding_row row = {
    .id = tx_new_id(w->tx), .claim_id = use->claim_id, .decision_id = use->decision_id, .import_id = import,
    .key = str_of(fact), .old_value = service__canonical(w->arena, before), .new_value = service__canonical(w->arena, after),
  };
  store_roster_finding_insert(w->tx, &row);
  service__wrote(w, "roster_finding", row.id, row.new_value);
  *id = row.id;
}

/* One hold is enough, however many findings stand behind it. */
static result hold_once(struct work *w, struct uuid claim) {
  struct hold_row *holds;
  size_t count;
  TRY(store_hold_lasting(w->tx, claim, &holds, &count));
  for (size_t i = 0; i < count; i++)
    if (str_eq(holds[i].kind, STR("roster_finding"))) return RESULT_OK;
  struct hold_row row = { .id = tx_new_id(w->tx), .claim_id = claim, .kind = STR("roster_finding"), .sealed_reason = STR_NONE };
  store_hold_insert(w->tx, &row);
  service__wrote(w, "hold", row.id, STR_NONE);
  return RESULT_OK;
}

static result touch(struct work *w, struct uuid import, const struct roster_changes *c, enum roster_table t,
                    const struct roster_entry *gone, const struct roster_use_row *use, bool *touched) {
  struct claim_row claim;
  struct incident_row incident;
  TRY(service__claim_lock(w, use->claim_id, &claim, &incident));
  const struct roster_columns *columns = &roster__columns[t];
  const struct roster_entry *now = replacement(c, t, gone, incident.occurred_on);
  struct uuid last = { { 0 } };
  struct members keys = members_in(w->arena);
  for (uint32_t i = 0; i < columns->count; i++) {
    const struct roster_value *v = &columns->values[i];
    if (!v->fact) continue;
    struct json before = fact_json(w->arena, v, gone, i), after = fact_json(w->arena, v, now, i);
    if (json_same(&before, &after)) continue;
    write_finding(w, import, use, v->fact, &before, &after, &last);
    members_add_str(&keys, "", str_of(v->fact));
  }
  *touched = keys.count > 0;
  if (!*touched) return RESULT_OK;
  TRY(hold_once(w, use->claim_id));
  struct json *items = ARENA_ARRAY(w->arena, struct json, keys.count);
  for (size_t i = 0; i < keys.count; i++) items[i] = keys.items[i].value;
  struct members data = members_in(w->arena);
  members_add(&data, "keys", json_of_array(items, keys.count));
  members_add_uuid(&data, "decision", use->decision_id);
  members_add_uuid(&data, "import", import);
  return service__event(w, &(struct event){ .type = "roster_finding.opened", .subject = last, .claim = use->claim_id,
                                            .data = members_object(&data) });
}

result roster__touch_decisions(struct work *w, struct uuid import, const struct roster_changes *c, size_t *touched) {
  *touched = 0;
  for (int t = 0; t < ROSTER_TABLES; t++)
    for (size_t i = 0; i < c->gone[t].count; i++) {
      struct roster_use_row *uses;
      size_t count;
      TRY(store_roster_uses(w->tx, c->gone[t].items[i]->id, &uses, &count));
      for (size_t u = 0; u < count; u++) {
        bool one;
        TRY(touch(w, import, c, (enum roster_table)t, c->gone[t].items[i], &uses[u], &one));
        *touched += one;
      }
    }
  return RESULT_OK;
}
