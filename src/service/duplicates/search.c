/* search: another claim of the facility within 31 days or with overlapping closures, or one with the same payee account. The
 * later claim is the one suspected: the earlier goes on. A search leaves its row whatever it finds, since without one
 * nothing is approved. */
#include "core/facts.h"
#include "shienkin/service/review.h"

enum ground { WITHIN_31_DAYS = 1, OVERLAPPING_CLOSURES = 2, SAME_ACCOUNT = 4, NOTICED = 8 };
static const char *const ground_words[] = { "within_31_days", "overlapping_closures", "same_account", "noticed" };

struct searching {
  struct work *w;
  struct claim_row claim;
  struct facts_version_row facts;
  struct json document;
  struct duplicate_suspicion_row *known;
  size_t known_count;
  struct json *raised;                  /* ids outside, for the answer */
  size_t raised_count;
};

/* ---- closures that overlap */

static bool read_span(const struct json *closure, day *from, day *to) {
  const struct json *a = json_get(closure, STR("from")), *b = json_get(closure, STR("to"));
  return a && b && a->kind == JSON_KIND_STRING && b->kind == JSON_KIND_STRING && day_parse(json_text(a), from) &&
         day_parse(json_text(b), to);
}

static bool overlaps(const struct json *one, const struct json *other) {
  const struct json *a = json_get(one, STR("closures")), *b = json_get(other, STR("closures"));
  if (!a || !b || a->kind != JSON_KIND_ARRAY || b->kind != JSON_KIND_ARRAY) return false;
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t k = 0; k < b->count; k++) {
      day from, to, other_from, other_to;
      if (!read_span(&a->as.items[i], &from, &to) || !read_span(&b->as.items[k], &other_from, &other_to)) continue;
      if (from <= other_to && other_from <= to) return true;
    }
  return false;
}

static result grounds_of(struct searching *s, const struct duplicate_candidate_row *c, unsigned *out) {
  struct facts_version_row facts;
  struct json document;
  *out = (c->within_31_days ? WITHIN_31_DAYS : 0u) | (c->same_account ? SAME_ACCOUNT : 0u);
  if (!c->same_facility) return RESULT_OK;
  TRY(store_facts_version_latest(s->w->tx, c->claim_id, &facts));
  TRY(service__facts_read(s->w, facts.rule_facts, &document));
  if (overlaps(&s->document, &document)) *out |= OVERLAPPING_CLOSURES;
  return RESULT_OK;
}

/* ---- suspicions */

static bool is_known(const struct searching *s, struct uuid other) {
  for (size_t i = 0; i < s->known_count; i++)
    if (uuid_eq(s->known[i].claim_id, other) || uuid_eq(s->known[i].other_claim_id, other)) return true;
  return false;
}

static result raise_suspicion(struct work *w, struct uuid claim, struct uuid other, unsigned grounds, struct uuid *id) {
  str *words = ARENA_ARRAY(w->arena, str, COUNT_OF(ground_words));
  struct json *told = ARENA_ARRAY(w->arena, struct json, COUNT_OF(ground_words));
  size_t count = 0;
  for (size_t i = 0; i < COUNT_OF(ground_words); i++) {
    if (!(grounds & 1u << i)) continue;
    words[count] = str_of(ground_words[i]);
    told[count] = json_of_str(words[count]);
    count++;
  }
  struct duplicate_suspicion_row row = { .id = tx_new_id(w->tx), .claim_id = claim, .other_claim_id = other,
                                         .grounds = { words, count } };
  store_duplicate_suspicion_insert(w->tx, &row);
  service__wrote(w, "duplicate_suspicion", row.id, STR_NONE);
  struct members data = members_in(w->arena);
  members_add_uuid(&data, "other", other);
  members_add(&data, "grounds", json_of_array(told, count));
  *id = row.id;
  return service__event(w, &(struct event){ .type = "duplicate.suspected", .subject = row.id, .claim = claim,
                                            .data = members_object(&data) });
}

/* The earlier of two: by submission, then by id. */
static result is_earlier(struct searching *s, struct uuid other, bool *out) {
  struct claim_row row;
  TRY(store_claim_by_id(s->w->tx, other, &row));
  bool same = row.submitted_at == s->claim.submitted_at;
  *out = same ? memcmp(&row.id, &s->claim.id, sizeof row.id) < 0 : row.submitted_at < s->claim.submitted_at;
  return RESULT_OK;
}

static result consider(struct searching *s, const struct duplicate_candidate_row *c) {
  unsigned grounds;
  bool earlier;
  struct uuid id;
  if (is_known(s, c->claim_id)) return RESULT_OK;
  TRY(grounds_of(s, c, &grounds));
  if (grounds == 0) return RESULT_OK;
  TRY(is_earlier(s, c->claim_id, &earlier));
  /* An amendment may bring a suspicion against a claim that came later: that one is suspected then, and blocked. */
  TRY(raise_suspicion(s->w, earlier ? s->claim.id : c->claim_id, earlier ? c->claim_id : s->claim.id, grounds, &id));
  s->raised[s->raised_count++] = json_of_str(uuid_outside(s->w->arena, service_prefix("duplicate_suspicion"), id));
  return RESULT_OK;
}

static result leave_search(struct searching *s) {
  struct work *w = s->w;
  struct duplicate_search_row row = { .id = tx_new_id(w->tx), .claim_id = s->claim.id, .facts_version_id = s->facts.id,
                                      .found = (int64_t)s->raised_count };
  store_duplicate_search_insert(w->tx, &row);
  service__wrote(w, "duplicate_search", row.id, STR_NONE);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_uuid(&data, "facts_version", s->facts.id);
  members_add_int(&data, "found", row.found);
  TRY(service__event(w, &(struct event){ .type = "duplicates.searched", .subject = s->claim.id, .claim = s->claim.id,
                                         .data = members_object(&data) }));
  members_add_id(&m, "claim", "claim", s->claim.id);
  members_add_int(&m, "found", row.found);
  members_add(&m, "suspicions", json_of_array(s->raised, s->raised_count));
  return service__answer(w, 200, &m, 0);
}

/* Two claims are held here, the one that is searched for and, by the suspicion, another: two searches that meet over one
 * pair may wait for each other crosswise, and the loser is tried again (deadlocks are retried). */
static result search(struct work *w, const void *request) {
  const struct duplicates_search_request *r = request;
  struct searching s = { .w = w };
  struct incident_row incident;
  struct duplicate_candidate_row *candidates;
  size_t count;
  TRY(service__claim_lock(w, r->claim, &s.claim, &incident));
  if (uuid_none(s.claim.incident_id)) return REFUSE(w, STR(""), "claim_state", s.claim.state);
  TRY(store_facts_version_latest(w->tx, s.claim.id, &s.facts));
  TRY(service__facts_read(w, s.facts.rule_facts, &s.document));
  TRY(store_duplicate_suspicion_list(w->tx, s.claim.id, &s.known, &s.known_count));
  TRY(store_duplicate_candidates(w->tx, s.claim.id, &candidates, &count));
  s.raised = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) TRY(consider(&s, &candidates[i]));
  return leave_search(&s);
}

result duplicates_search(struct service *s, const struct caller *c, struct arena *a, const struct duplicates_search_request *r,
                         struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "duplicates_search", .roles = SERVICE_JOB | SERVICE_ADJUSTER, .body = search };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- noticed by a person */

static result suspect(struct work *w, const void *request) {
  const struct duplicate_suspect_request *r = request;
  struct claim_row claim, other;
  struct incident_row incident;
  struct uuid id;
  TRY(service__claim_lock(w, r->claim, &claim, &incident));
  TRY(service__claim_read(w, r->other, &other));
  if (uuid_none(claim.incident_id) || uuid_none(other.incident_id) || uuid_eq(claim.id, other.id))
    return REFUSE(w, STR("/other"), "claim_state", other.state);
  TRY(raise_suspicion(w, claim.id, other.id, NOTICED, &id));
  struct members m = members_in(w->arena);
  members_add_id(&m, "suspicion", "duplicate_suspicion", id);
  members_add_id(&m, "claim", "claim", claim.id);
  members_add_id(&m, "other", "claim", other.id);
  return service__answer(w, 201, &m, 0);
}

result duplicate_suspect(struct service *s, const struct caller *c, struct arena *a, const struct duplicate_suspect_request *r,
                         struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { .name = "duplicate_suspect", .roles = SERVICE_ADJUSTER | SERVICE_APPROVER,
                                            .body = suspect };
  return service__run(s, c, a, &use_case, r, f, out);
}
