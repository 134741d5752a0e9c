/* facts: a claim document to one struct. The spec finds what is wrong with each value; here well-formed values are read,
 * whatever is wrong beside them, and then held against each other and against the day of receipt (policy.md P29). */
#include "messages.h"
#include "words.h"


struct reading {
  struct arena *arena;
  struct findings *findings;
  const struct calendar *national;
  day today;
  str today_text;
};

/* ---- values: each gives "nothing" for what the spec has refused already */

static const struct json *member_of(const struct json *object, const char *name) {
  return object ? json_get(object, str_of(name)) : NULL;
}

static enum tri read_tri(const struct json *object, const char *name) {
  const struct json *v = member_of(object, name);
  if (!v) return TRI_UNKNOWN;
  return v->kind == JSON_KIND_TRUE ? TRI_YES : v->kind == JSON_KIND_FALSE ? TRI_NO : TRI_UNKNOWN;
}

static str read_text(const struct json *object, const char *name) {
  const struct json *v = member_of(object, name);
  return v && v->kind == JSON_KIND_STRING ? json_text(v) : STR_NONE;
}

static int read_word(const struct json *object, const char *name, const char *const *words) {
  str word = read_text(object, name);
  return word.p ? scheme__word_index(words, word) : -1;
}

/* Pointers are built only for findings: a good claim costs none. */
struct place { const char *section; const char *name; int index; };

static str place_pointer(const struct reading *r, struct place at) {
  struct arena *a = r->arena;
  str pointer = pointer_member(a, STR(""), str_of(at.section));
  if (at.index >= 0 && at.name) return pointer_member(a, pointer_index(a, pointer, (size_t)at.index), str_of(at.name));
  return pointer_member(a, pointer, str_of(at.name));
}

static void refuse_future(struct reading *r, str pointer) {
  FINDING(r->findings, pointer, &scheme__in_future, r->today_text);
}

static void refuse_beyond(struct reading *r, str pointer) {
  FINDING(r->findings, pointer, &scheme__beyond_calendar, day_text(r->arena, calendar_first(r->national)),
          day_text(r->arena, calendar_last(r->national)));
}

/* A date that is well formed, not in the future where that is forbidden, and within the calendar; else DAY_NONE, so that
 * it takes no part in checks across fields. */
static day read_day(struct reading *r, const struct json *v, bool may_lie_ahead, struct place at) {
  day d;
  if (!v || v->kind != JSON_KIND_STRING || !day_parse(json_text(v), &d)) return DAY_NONE;
  if (!may_lie_ahead && d > r->today) {
    refuse_future(r, place_pointer(r, at));
    return DAY_NONE;
  }
  if (!calendar_covers(r->national, d)) {
    refuse_beyond(r, place_pointer(r, at));
    return DAY_NONE;
  }
  return d;
}

static day read_member_day(struct reading *r, const struct json *object, const char *section, const char *name) {
  return read_day(r, member_of(object, name), false, (struct place){ section, name, -1 });
}

static const day *read_extra_dates(struct reading *r, const struct json *facility, const char *name, uint32_t *count) {
  const struct json *list = member_of(facility, name);
  *count = 0;
  if (!list || list->kind != JSON_KIND_ARRAY || list->count == 0) return NULL;
  uint32_t most = list->count < EXTRA_DATES_MOST ? list->count : EXTRA_DATES_MOST;
  day *days = ARENA_ARRAY(r->arena, day, most);
  for (uint32_t i = 0; i < most; i++) {
    const struct json *v = &list->as.items[i];
    day d;
    if (v->kind != JSON_KIND_STRING || !day_parse(json_text(v), &d)) continue;
    if (calendar_covers(r->national, d)) days[(*count)++] = d;
    else refuse_beyond(r, pointer_index(r->arena, pointer_member(r->arena, STR("/facility"), str_of(name)), i));
  }
  return days;
}

/* ---- sections */

static void read_incident(struct reading *r, const struct json *claim, struct facts *out) {
  const struct json *section = member_of(claim, "incident");
  int attack_type = read_word(section, "attack_type", scheme__attack_types);
  out->incident.occurred_on = read_member_day(r, section, "incident", "occurred_on");
  out->incident.discovered_on = read_member_day(r, section, "incident", "discovered_on");
  out->incident.cyber_attack = read_tri(section, "cyber_attack");
  out->incident.insider_crime = read_tri(section, "insider_crime");
  out->incident.attack_type = attack_type < 0 ? ATTACK_UNKNOWN : (enum attack_type)attack_type;
  out->incident.summary = read_text(section, "summary");
}

static void read_member(const struct json *claim, struct facts *out) {
  const struct json *section = member_of(claim, "member");
  int class = read_word(section, "class", scheme__member_classes);
  int relation = read_word(section, "relation", scheme__member_relations);
  out->member.number = read_text(section, "number");
  out->member.class = class < 0 ? CLASS_NONE : (enum member_class)class;
  out->member.relation = relation < 0 ? RELATION_NONE : (enum member_relation)relation;
}

static uint8_t read_weekdays(const struct json *facility) {
  const struct json *list = member_of(facility, "closed_weekdays");
  uint8_t bits = 0;
  for (uint32_t i = 0; list && list->kind == JSON_KIND_ARRAY && i < list->count; i++) {
    const struct json *v = &list->as.items[i];
    int weekday = v->kind == JSON_KIND_STRING ? scheme__word_index(scheme__weekdays, json_text(v)) : -1;
    if (weekday >= 0) bits = (uint8_t)(bits | 1u << weekday);
  }
  return bits;
}

static void read_facility(struct reading *r, const struct json *claim, struct facts *out) {
  const struct json *section = member_of(claim, "facility");
  int kind = read_word(section, "kind", scheme__facility_kinds);
  out->facility.code = read_text(section, "code");
  out->facility.name = read_text(section, "name");
  out->facility.kind = kind < 0 ? FACILITY_CLINIC : (enum facility_kind)kind;
  out->facility.closed_weekdays = read_weekdays(section);
  out->facility.closed_on_holidays = read_tri(section, "closed_on_holidays") == TRI_YES;
  out->facility.extra_open = read_extra_dates(r, section, "extra_open_dates", &out->facility.extra_open_count);
  out->facility.extra_closed = read_extra_dates(r, section, "extra_closed_dates", &out->facility.extra_closed_count);
  if (out->facility.code.p && facility_code_check(out->facility.code) == IDENTIFIER_CHECK_DIGIT)
    FINDING(r->findings, STR("/facility/code"), &scheme__check_digit);
}

static void check_closure_span(struct reading *r, day from, day to, int index) {
  struct place at = { "closures", "to", index };
  if (from == DAY_NONE || to == DAY_NONE) return;
  if (to < from) FINDING(r->findings, place_pointer(r, at), &scheme__range_reversed, day_text(r->arena, from));
  else if (to - from + 1 > CLOSURE_DAYS_MOST)
    FINDING(r->findings, place_pointer(r, at), &scheme__too_long, str_format(r->arena, "%d", CLOSURE_DAYS_MOST),
            str_format(r->arena, "%lld", (long long)(to - from + 1)));
}

static void read_closures(struct reading *r, const struct json *claim, struct facts *out) {
  const struct json *list = member_of(claim, "closures");
  if (!list || list->kind != JSON_KIND_ARRAY || list->count == 0) return;
  uint32_t most = list->count < CLOSURES_MOST ? list->count : CLOSURES_MOST;
  struct closure *closures = ARENA_ARRAY(r->arena, struct closure, most);
  for (uint32_t i = 0; i < most; i++) {
    const struct json *one = &list->as.items[i];
    int scope = read_word(one, "scope", scheme__closure_scopes);
    day from = read_day(r, member_of(one, "from"), false, (struct place){ "closures", "from", (int)i });
    day to = read_day(r, member_of(one, "to"), false, (struct place){ "closures", "to", (int)i });
    check_closure_span(r, from, to, (int)i);
    closures[i] = (struct closure){ from, to, scope < 0 ? SCOPE_PARTIAL : (enum closure_scope)scope };
  }
  out->closures = closures;
  out->closure_count = most;
}

static void read_leak(const struct json *claim, struct facts *out) {
  const struct json *section = member_of(claim, "leak");
  const struct json *persons = member_of(section, "persons");
  out->leak.occurred = read_tri(section, "occurred");
  out->leak.caused_by_attack = read_tri(section, "caused_by_attack");
  out->leak.persons = -1;
  if (persons && persons->kind == JSON_KIND_INTEGER && persons->fits) out->leak.persons = persons->integer;
}

static void read_filings(struct reading *r, const struct json *claim, struct facts *out) {
  const struct json *section = member_of(claim, "filings");
  out->filings.mhlw_on = read_member_day(r, section, "filings", "mhlw_on");
  out->filings.jma_on = read_member_day(r, section, "filings", "jma_on");
  out->filings.ppc_on = read_member_day(r, section, "filings", "ppc_on");
  out->filings.persons_notified_on = read_member_day(r, section, "filings", "persons_notified_on");
  out->filings.ppc_prevention_measures = read_tri(section, "ppc_prevention_measures");
}

/* ---- across sections */

static void check_not_before_incident(struct reading *r, const struct facts *facts) {
  const struct { day d; const char *pointer; } dates[] = {
    { facts->incident.discovered_on, "/incident/discovered_on" },
    { facts->filings.mhlw_on, "/filings/mhlw_on" },
    { facts->filings.jma_on, "/filings/jma_on" },
    { facts->filings.ppc_on, "/filings/ppc_on" },
    { facts->filings.persons_notified_on, "/filings/persons_notified_on" },
  };
  day occurred_on = facts->incident.occurred_on;
  if (occurred_on == DAY_NONE) return;
  for (size_t i = 0; i < COUNT_OF(dates); i++)
    if (dates[i].d != DAY_NONE && dates[i].d < occurred_on)
      FINDING(r->findings, str_of(dates[i].pointer), &scheme__before_incident, day_text(r->arena, occurred_on));
}

static void check_contradiction(struct reading *r, const struct facts *facts) {
  if (facts->leak.caused_by_attack != TRI_YES) return;
  if (facts->incident.cyber_attack == TRI_NO)
    FINDING(r->findings, STR("/leak/caused_by_attack"), &scheme__contradiction_no_attack);
  else if (facts->leak.occurred == TRI_NO)
    FINDING(r->findings, STR("/leak/caused_by_attack"), &scheme__contradiction_no_leak);
}

/* What of claim_id may be echoed in a refusal. */
static str echo_of(const struct json *document) {
  const struct json *id = member_of(document, "claim_id");
  if (!id || id->kind != JSON_KIND_STRING || utf8_count(json_text(id)) > 64) return STR_NONE;
  return json_text(id);
}

result scheme_facts_check(struct arena *a, const struct json *document, day today, const struct calendar *national,
                          struct findings *f, struct facts *out, str *claim_id) {
  struct reading r = { a, f, national, today, STR_NONE };
  result by_spec = spec_check(a, scheme_claim_spec(), document, f);
  if (by_spec != RESULT_OK && by_spec != RESULT_REFUSED) return by_spec;
  r.today_text = today >= day_from_civil(1, 1, 1) && today <= day_from_civil(9999, 12, 31) ? day_text(a, today) : STR("?");
  *out = (struct facts){ .claim_id = echo_of(document) };
  *claim_id = out->claim_id;
  if (document->kind == JSON_KIND_OBJECT) {
    read_incident(&r, document, out);
    read_member(document, out);
    read_facility(&r, document, out);
    read_closures(&r, document, out);
    read_leak(document, out);
    read_filings(&r, document, out);
    check_not_before_incident(&r, out);
    check_contradiction(&r, out);
  }
  if (f->count == 0) return RESULT_OK;
  findings_sort(f);
  return RESULT_REFUSED;
}

result scheme_facts_read(struct arena *a, str bytes, day today, const struct calendar *national, struct findings *f,
                         struct facts *out, str *claim_id) {
  struct json document;
  *claim_id = STR_NONE;
  TRY(json_read(a, bytes, (struct json_limits){ 0, 0 }, f, &document));
  return scheme_facts_check(a, &document, today, national, f, out, claim_id);
}

void scheme_refusal_write(struct buf *out, str claim_id, const struct findings *f) {
  struct json_writer w = json_writer_to(out);
  json_write_begin_object(&w);
  if (claim_id.p) {
    json_write_name(&w, STR("claim_id"));
    json_write_str(&w, claim_id);
  }
  json_write_name(&w, STR("errors"));
  json_write_begin_array(&w);
  for (size_t i = 0; i < f->count; i++) {
    json_write_begin_object(&w);
    json_write_name(&w, STR("pointer"));
    json_write_str(&w, f->items[i].pointer);
    json_write_name(&w, STR("code"));
    json_write_str(&w, str_of(f->items[i].code));
    json_write_name(&w, STR("message_ja"));
    json_write_str(&w, f->items[i].ja);
    json_write_name(&w, STR("message_en"));
    json_write_str(&w, f->items[i].en);
    json_write_end_object(&w);
  }
  json_write_end_array(&w);
  json_write_end_object(&w);
}
