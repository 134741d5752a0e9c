/* lookup: the staff looks into the roster; each look leaves an event. */
#include "core/people.h"
#include "roster/on_day.h"
#include "shienkin/service/roster.h"

static struct json facility_json(struct arena *a, const struct facility_version_row *v) {
  struct members m = members_in(a);
  members_add_id(&m, "facility", "facility", v->facility_id);
  members_add_str(&m, "name", v->name);
  members_add_str(&m, "kind", v->kind);
  members_add_str(&m, "code", v->code);
  members_add_words(&m, "closed_weekdays", v->closed_weekdays);
  members_add_bool(&m, "closed_on_holidays", v->closed_on_holidays);
  members_add_day(&m, "from", v->from);
  members_add_day(&m, "until", v->to == DAY_NONE ? DAY_NONE : v->to - 1);
  return members_object(&m);
}

static struct json member_json(struct arena *a, const struct roster_on_day *d) {
  if (!d->member_known) return json_of_null();
  struct members m = members_in(a);
  members_add_id(&m, "member", "member", d->member.member_id);
  members_add_str(&m, "number", d->member_key.number);
  members_add_str(&m, "class", d->member.class);
  members_add_str(&m, "name", d->member.name);
  members_add_str(&m, "relation", d->relation.relation);
  return members_object(&m);
}

static result look_up_body(struct work *w, const void *request) {
  const struct roster_lookup_request *r = request;
  struct facility_row key;
  struct roster_on_day found;
  FOUND(w, store_facility_by_id(w->tx, r->facility, &key), STR(""), "not_found");
  TRY(roster__on_day(w, r->facility, r->on, tx_at(w->tx), &found));

  struct json codes[2];
  size_t count = 0;
  if (found.facility_known) codes[count++] = json_of_str(STR("facility"));
  if (found.member_known) codes[count++] = json_of_str(STR("member"));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_day(&data, "day", r->on);
  members_add(&data, "known", json_of_array(codes, count));
  TRY(service__event(
      w, &(struct event){ .type = "roster.looked_up", .subject = r->facility, .data = members_object(&data) }));

  members_add_id(&m, "facility", "facility", r->facility);
  members_add_str(&m, "key", key.key);
  members_add_day(&m, "on", r->on);
  members_add(&m, "known", found.facility_known ? facility_json(w->arena, &found.facility) : json_of_null());
  members_add(&m, "member", member_json(w->arena, &found));
  return service__answer(w, 200, &m, 0);
}

static const struct use_case look_up_case = { "roster_look_up", SERVICE_ANY_STAFF | SERVICE_JOB, look_up_body, true };

result roster_look_up(struct service *s, const struct caller *c, struct arena *a, const struct roster_lookup_request *r,
                      struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &look_up_case, r, f, out);
}

/* ---- search */

static result search_body(struct work *w, const void *request) {
  const struct roster_search_request *r = request;
  str words = str_trim(r->words);
  if (words.n == 0) return REFUSE(w, STR("/words"), "search_empty");
  struct facility_version_row *rows;
  size_t count;
  TRY(store_facility_search(w->tx, service__like(w->arena, words), 50, &rows, &count));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_int(&data, "found", (int64_t)count);
  TRY(service__event(
      w, &(struct event){ .type = "roster.searched", .subject = w->caller->account, .data = members_object(&data) }));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) items[i] = facility_json(w->arena, &rows[i]);
  members_add(&m, "facilities", json_of_array(items, count));
  return service__answer(w, 200, &m, 0);
}

static const struct use_case search_case = { "roster_search", SERVICE_ANY_STAFF, search_body, true };

result roster_search(struct service *s, const struct caller *c, struct arena *a, const struct roster_search_request *r,
                     struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &search_case, r, f, out);
}
