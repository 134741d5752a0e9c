/* story: what happened to a claim, step by step, and the versions of what its claimant asserts. */
#include "core/facts.h"
#include "core/people.h"
#include "review/review.h"
#include "shienkin/service/queue.h"

enum { LOOKERS = SERVICE_ADJUSTER | SERVICE_APPROVER | SERVICE_OWNER | SERVICE_AUDITOR };

static result left(struct work *w, struct uuid claim, const char *document) {
  const struct json whole = json_of_str(str_of(document));
  struct members data = members_in(w->arena);
  members_add(&data, "documents", json_of_array(&whole, 1));
  return service__event(
      w, &(struct event){ .type = "claim.read", .subject = claim, .claim = claim, .data = members_object(&data) });
}

/* A draft is its writer's alone. */
static result read_submitted(struct work *w, struct uuid id, struct claim_row *claim) {
  TRY(service__claim_read(w, id, claim));
  return uuid_none(claim->incident_id) ? REFUSE(w, STR(""), "not_found") : RESULT_OK;
}

/* ---- timeline */

static struct json step_json(struct work *w, const struct event_read_row *row, const struct event_type *type,
                             const struct names *names) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "event", "event", row->id);
  members_add_str(&m, "type", row->type);
  members_add_moment(&m, "at", row->by.at);
  members_add_str(&m, "role", row->role);
  members_add_id(&m, "person", "person", row->by.person);
  members_add_str(&m, "name", service__name(names, row->by.person));
  members_add(&m, "version",
              row->claim_version == SQL_NONE ? json_of_null() : json_of_int(w->arena, row->claim_version));
  members_add_str(&m, "via", row->via);
  members_add_str(&m, "ja", type ? str_of(type->ja) : row->type);
  members_add_str(&m, "en", type ? str_of(type->en) : row->type);
  return members_object(&m);
}

static result timeline(struct work *w, const void *request) {
  const struct timeline_request *r = request;
  struct claim_row claim;
  struct event_read_row *rows;
  struct names names;
  size_t count, shown = 0;
  TRY(read_submitted(w, r->claim, &claim));
  TRY(store_event_of_claim(w->tx, claim.id, &rows, &count));
  struct uuid *people = ARENA_ARRAY(w->arena, struct uuid, count);
  for (size_t i = 0; i < count; i++) people[i] = rows[i].by.person;
  TRY(service__names(w, people, count, &names));
  struct json *items = ARENA_ARRAY(w->arena, struct json, TIMELINE_MOST);
  bool more = false;
  for (size_t i = 0; i < count && !more; i++) {
    const struct event_type *type = event_type(rows[i].type);
    if (type && type->reads && !r->reads) continue;
    more = shown == TIMELINE_MOST;
    if (!more) items[shown++] = step_json(w, &rows[i], type, &names);
  }
  TRY(left(w, claim.id, "timeline"));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", claim.id);
  members_add(&m, "events", json_of_array(items, shown));
  members_add_bool(&m, "more", more);
  return service__answer(w, 200, &m, claim.version);
}

result claim_timeline(struct service *s, const struct caller *c, struct arena *a, const struct timeline_request *r,
                      struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = {
    .name = "claim_timeline", .roles = LOOKERS, .body = timeline, .reads = true
  };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- versions of facts */

/* Asserted facts with the private words that are kept apart from them. */
static result whole_facts(struct work *w, const struct facts_version_row *row, struct json *out) {
  struct json words;
  size_t count;
  const struct fact *table = service__facts(&count);
  TRY(service__facts_read(w, row->rule_facts, out));
  TRY(service__unseal_json(w, row->claim_id, "facts_version", "sealed_private", row->id, row->sealed_private, &words));
  for (size_t i = 0; i < count; i++) {
    const struct json *value = table[i].source == FACT_PRIVATE ? json_at(&words, str_of(table[i].key)) : NULL;
    if (value) *out = service__facts_with(w->arena, out, str_of(table[i].key), value);
  }
  return RESULT_OK;
}

static struct json version_json(struct work *w, const struct facts_version_row *row, struct json facts,
                                struct json changed) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "facts_version", "facts_version", row->id);
  members_add_int(&m, "version", row->version);
  members_add_str(&m, "source", row->source);
  members_add_moment(&m, "at", row->by.at);
  members_add_id(&m, "by", "person", row->by.person);
  members_add_day(&m, "occurred_on", row->occurred_on);
  members_add_sha256(&m, "sha256", row->sha256);
  members_add(&m, "facts", facts);
  members_add(&m, "changed", changed);
  return members_object(&m);
}

static result versions(struct work *w, const void *request) {
  const struct facts_versions_request *r = request;
  struct claim_row claim;
  struct facts_version_row *rows;
  size_t count;
  TRY(read_submitted(w, r->claim, &claim));
  TRY(store_facts_version_list(w->tx, claim.id, &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count), before = json_of_null();
  for (size_t i = 0; i < count; i++) {
    struct json facts;
    TRY(whole_facts(w, &rows[i], &facts));
    struct json changed = i == 0 ? json_of_array(NULL, 0) : service__facts_changed(w->arena, &before, &facts);
    items[i] = version_json(w, &rows[i], facts, changed);
    before = facts;
  }
  TRY(left(w, claim.id, "facts"));
  struct members m = members_in(w->arena);
  members_add_id(&m, "claim", "claim", claim.id);
  members_add(&m, "versions", json_of_array(items, count));
  return service__answer(w, 200, &m, claim.version);
}

result facts_versions(struct service *s, const struct caller *c, struct arena *a,
                      const struct facts_versions_request *r, struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = {
    .name = "facts_versions", .roles = LOOKERS, .body = versions, .reads = true
  };
  return service__run(s, c, a, &use_case, r, f, out);
}
