/* facts: the leaves of claim.schema, in its order. */
#include "core/facts.h"

static const struct fact facts[] = {
  { "/incident/occurred_on", FACT_CLAIMANT },
  { "/incident/discovered_on", FACT_CLAIMANT },
  { "/incident/cyber_attack", FACT_CLAIMANT },
  { "/incident/attack_type", FACT_CLAIMANT },
  { "/incident/insider_crime", FACT_CLAIMANT },
  { "/incident/summary", FACT_PRIVATE },
  { "/member/number", FACT_ROSTER },
  { "/member/class", FACT_ROSTER },
  { "/member/relation", FACT_ROSTER },
  { "/facility/code", FACT_ROSTER },
  { "/facility/name", FACT_PRIVATE },
  { "/facility/kind", FACT_ROSTER },
  { "/facility/closed_weekdays", FACT_CLAIMANT },
  { "/facility/closed_on_holidays", FACT_CLAIMANT },
  { "/facility/extra_open_dates", FACT_CLAIMANT },
  { "/facility/extra_closed_dates", FACT_CLAIMANT },
  { "/closures", FACT_CLAIMANT },
  { "/leak/occurred", FACT_CLAIMANT },
  { "/leak/caused_by_attack", FACT_CLAIMANT },
  { "/leak/persons", FACT_CLAIMANT },
  { "/filings/mhlw_on", FACT_CLAIMANT },
  { "/filings/jma_on", FACT_CLAIMANT },
  { "/filings/ppc_on", FACT_CLAIMANT },
  { "/filings/ppc_prevention_measures", FACT_CLAIMANT },
  { "/filings/persons_notified_on", FACT_CLAIMANT },
};

const struct fact *service__facts(size_t *count) {
  *count = COUNT_OF(facts);
  return facts;
}

const struct fact *service__fact(str key) {
  for (size_t i = 0; i < COUNT_OF(facts); i++)
    if (str_eq(key, str_of(facts[i].key))) return &facts[i];
  return NULL;
}

/* ---- documents */

/* Members of an object but the one of that name; nothing of what is no object. */
static struct members without(struct arena *a, const struct json *object, str name) {
  struct members m = members_in(a);
  for (uint32_t i = 0; object && object->kind == JSON_KIND_OBJECT && i < object->count; i++)
    if (!str_eq(object->as.members[i].name, name))
      members_add(&m, str_z(a, object->as.members[i].name), object->as.members[i].value);
  return m;
}

struct json service__facts_with(struct arena *a, const struct json *document, str key, const struct json *value) {
  str rest, head = str_cut(str_slice(key, 1, key.n), '/', &rest);
  struct members m = without(a, document, head);
  if (!rest.p) {
    if (value) members_add(&m, str_z(a, head), *value);
    return members_object(&m);
  }
  const struct json *section = json_get(document, head);
  str inner = str_format(a, "/%.*s", STR_ARG(rest));
  if (value || section) members_add(&m, str_z(a, head), service__facts_with(a, section, inner, value));
  return members_object(&m);
}

/* Every fact of the source that the document holds, in the order of the table. */
static struct json picked(struct arena *a, const struct json *document, enum fact_source source) {
  struct json out = json_of_object(NULL, 0);
  for (size_t i = 0; i < COUNT_OF(facts); i++) {
    const struct json *value = json_at(document, str_of(facts[i].key));
    if (facts[i].source == source && value) out = service__facts_with(a, &out, str_of(facts[i].key), value);
  }
  return out;
}

struct json service__facts_asserted(struct arena *a, const struct json *document) {
  return picked(a, document, FACT_CLAIMANT);
}

struct json service__facts_private(struct arena *a, const struct json *document) {
  return picked(a, document, FACT_PRIVATE);
}

/* A section that is no object stays what it is: validation says so. */
static void put(struct arena *a, struct json *document, const char *key, struct json value) {
  str rest, section_name = str_cut(str_of(key + 1), '/', &rest);
  const struct json *section = json_get(document, section_name);
  if (document->kind != JSON_KIND_OBJECT || (section && section->kind != JSON_KIND_OBJECT)) return;
  *document = service__facts_with(a, document, str_of(key), &value);
}

static struct json words_json(struct arena *a, struct strs words) {
  struct json *items = ARENA_ARRAY(a, struct json, words.count);
  for (size_t i = 0; i < words.count; i++) items[i] = json_of_str(words.items[i]);
  return json_of_array(items, words.count);
}

static void put_days_off(struct arena *a, struct json *out, const struct facility_version_row *v) {
  if (!json_at(out, STR("/facility/closed_weekdays")))
    put(a, out, "/facility/closed_weekdays", words_json(a, v->closed_weekdays));
  if (!json_at(out, STR("/facility/closed_on_holidays")))
    put(a, out, "/facility/closed_on_holidays", json_of_bool(v->closed_on_holidays));
}

struct json service__facts_composed(struct arena *a, const struct json *asserted, const struct roster_on_day *roster,
                                    bool placeholders) {
  struct json out = *asserted;
  if (roster->member_known) {
    put(a, &out, "/member/class", json_of_str(roster->member.class));
    put(a, &out, "/member/relation", json_of_str(roster->relation.relation));
  } else if (placeholders) {
    put(a, &out, "/member/class", json_of_str(STR("none")));
    put(a, &out, "/member/relation", json_of_str(STR("none")));
  }
  if (roster->facility_known) {
    put(a, &out, "/facility/kind", json_of_str(roster->facility.kind));
    if (roster->facility.code.p) put(a, &out, "/facility/code", json_of_str(roster->facility.code));
    put_days_off(a, &out, &roster->facility);
  } else if (placeholders) {
    put(a, &out, "/facility/kind", json_of_str(STR("clinic")));
  }
  return out;
}

struct json service__facts_changed(struct arena *a, const struct json *before, const struct json *after) {
  static const struct json none = { .kind = JSON_KIND_NULL };
  struct json *items = ARENA_ARRAY(a, struct json, COUNT_OF(facts));
  size_t count = 0;
  for (size_t i = 0; i < COUNT_OF(facts); i++) {
    const struct json *x = json_at(before, str_of(facts[i].key)), *y = json_at(after, str_of(facts[i].key));
    if (!json_same(x ? x : &none, y ? y : &none)) items[count++] = json_of_str(str_of(facts[i].key));
  }
  return json_of_array(items, count);
}

result service__facts_read(struct work *w, str rule_facts, struct json *out) {
  struct findings f = findings_in(w->arena);
  return json_read(w->arena, rule_facts, (struct json_limits){ 0 }, &f, out) == RESULT_OK ? RESULT_OK : RESULT_OUTSIDE;
}

/* ---- validation */

static day day_at(const struct json *document, const char *key) {
  const struct json *v = json_at(document, str_of(key));
  day d;
  return v && v->kind == JSON_KIND_STRING && day_parse(json_text(v), &d) ? d : DAY_NONE;
}

static void take_over(struct work *w, const struct findings *from, str prefix) {
  for (size_t i = 0; i < from->count; i++) {
    const struct finding *one = &from->items[i];
    struct message message = { one->code, "{0}", "{1}" };
    FINDING(w->findings, str_format(w->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(one->pointer)), &message, one->ja,
            one->en);
  }
}

/* What nobody sends, since the roster says it. */
static struct json refuse_read_only(struct work *w, const struct json *document, str prefix) {
  struct json kept = *document;
  const char *read_only[] = { "/claim_id",        "/member/number", "/member/class",
                              "/member/relation", "/facility/code", "/facility/kind" };
  for (size_t i = 0; i < COUNT_OF(read_only); i++) {
    str key = str_of(read_only[i]);
    if (!json_at(document, key)) continue;
    FIND(w, str_format(w->arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(key)), "read_only_fact");
    kept = service__facts_with(w->arena, &kept, key, NULL);
  }
  return kept;
}

result service__facts_validate(struct work *w, const struct json *document, struct uuid facility, str prefix,
                               day *occurred_on, struct roster_on_day *roster) {
  size_t before = w->findings->count;
  *occurred_on = day_at(document, "/incident/occurred_on");
  *roster = (struct roster_on_day){ .facility_known = false };
  if (*occurred_on != DAY_NONE) TRY(roster__on_day(w, facility, *occurred_on, tx_at(w->tx), roster));
  struct json kept = refuse_read_only(w, document, prefix);
  struct json composed = service__facts_composed(w->arena, &kept, roster, true);
  struct findings found = findings_in(w->arena);
  struct facts read;
  str claim_id;
  result r = scheme_facts_check(w->arena, &composed, service__today(w), service__national(w->service), &found, &read,
                                &claim_id);
  if (r != RESULT_OK && r != RESULT_REFUSED) return r;
  findings_sort(&found);
  take_over(w, &found, prefix);
  return w->findings->count > before ? RESULT_REFUSED : RESULT_OK;
}
