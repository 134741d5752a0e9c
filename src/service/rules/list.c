/* list: which rules and calendars there are, and which wait for the second owner. No personal data, so no event. */
#include "rules/codex.h"

static struct json head_json(struct work *w, struct uuid id, day first_day, int64_t revision, str model_id, str version,
                             struct sha256 hash, moment published_at) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "rule_set", "rule_set", id);
  members_add_day(&m, "first_day", first_day);
  members_add_int(&m, "revision", revision);
  members_add_str(&m, "id", model_id);
  members_add_str(&m, "version", version);
  members_add_sha256(&m, "sha256", hash);
  members_add_moment(&m, "published_at", published_at);
  return members_object(&m);
}

static struct json calendar_json(struct work *w, const struct calendar_row *row) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "calendar", "calendar", row->id);
  members_add_str(&m, "kind", row->kind);
  members_add_str(&m, "version", row->version);
  members_add_sha256(&m, "sha256", row->sha256);
  return members_object(&m);
}

static result list(struct work *w, const void *request) {
  (void)request;
  struct rule_set_head_row *heads;
  struct rule_set_row *waiting;
  struct calendar_row *calendars;
  size_t head_count, waiting_count, calendar_count;
  TRY(store_rule_set_published(w->tx, STR(RULES_SCHEME), &heads, &head_count));
  TRY(store_rule_set_waiting(w->tx, &waiting, &waiting_count));
  TRY(store_calendar_waiting(w->tx, &calendars, &calendar_count));
  struct json *published = ARENA_ARRAY(w->arena, struct json, head_count);
  struct json *waits = ARENA_ARRAY(w->arena, struct json, waiting_count);
  struct json *days = ARENA_ARRAY(w->arena, struct json, calendar_count);
  for (size_t i = 0; i < head_count; i++)
    published[i] = head_json(w, heads[i].id, heads[i].first_day, heads[i].revision, heads[i].model_id, heads[i].model_version,
                             heads[i].sha256, heads[i].published_at);
  for (size_t i = 0; i < waiting_count; i++)
    waits[i] = head_json(w, waiting[i].id, waiting[i].first_day, waiting[i].revision, waiting[i].model_id,
                         waiting[i].model_version, waiting[i].sha256, SQL_NONE);
  for (size_t i = 0; i < calendar_count; i++) days[i] = calendar_json(w, &calendars[i]);
  struct members m = members_in(w->arena);
  members_add(&m, "rule_sets", json_of_array(published, head_count));
  members_add(&m, "waiting", json_of_array(waits, waiting_count));
  members_add(&m, "calendars_waiting", json_of_array(days, calendar_count));
  return service__answer(w, 200, &m, 0);
}

result rules_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                  struct service_answer *out) {
  static const struct use_case use_case = { .name = "rules_list", .roles = SERVICE_ANY_STAFF | SERVICE_AUDITOR,
                                            .body = list, .reads = true };
  return service__run(s, c, a, &use_case, nothing, f, out);
}
