/* events: the trail as auditors walk it. The body is told as its very text: its leaf in the log commits to these bytes. */
#include "core/people.h"
#include "shienkin/service/queue.h"

static struct json event_json(struct work *w, const struct event_read_row *row) {
  struct members m = members_in(w->arena), subject = members_in(w->arena);
  members_add_str(&subject, "type", row->subject_type);
  members_add_uuid(&subject, "id", row->subject_id);
  members_add_int(&m, "seq", row->seq);
  members_add_id(&m, "event", "event", row->id);
  members_add_str(&m, "type", row->type);
  members_add_moment(&m, "at", row->by.at);
  members_add_str(&m, "role", row->role);
  members_add_str(&m, "via", row->via);
  members_add_id(&m, "account", "account", row->by.account);
  members_add_id(&m, "person", "person", row->by.person);
  members_add_str(&m, "request", row->request_id);
  members_add_id(&m, "claim", "claim", row->claim_id);
  members_add(&m, "version",
              row->claim_version == SQL_NONE ? json_of_null() : json_of_int(w->arena, row->claim_version));
  members_add(&m, "subject", members_object(&subject));
  members_add_str(&m, "body", row->body);
  return members_object(&m);
}

/* Each person once, with the name; the service's own has none. */
static result people_json(struct work *w, const struct event_read_row *rows, size_t count, struct json *out) {
  struct uuid *people = ARENA_ARRAY(w->arena, struct uuid, count);
  struct names names;
  for (size_t i = 0; i < count; i++) people[i] = rows[i].by.person;
  TRY(service__names(w, people, count, &names));
  *out = service__people_json(w->arena, &names);
  return RESULT_OK;
}

static result events(struct work *w, const void *request) {
  const struct audit_events_request *r = request;
  struct trail_filter filter = { r->claim, r->person, r->type.n > 0 ? r->type : STR_NONE };
  struct event_read_row *rows;
  size_t count;
  int64_t limit = r->limit < 1 ? 1 : r->limit > AUDIT_EVENTS_MOST ? AUDIT_EVENTS_MOST : r->limit;
  if (r->type.n > 0 && !event_type(r->type)) return REFUSE(w, STR("/type"), "event_type", r->type);
  TRY(store_trail(w->tx, &filter, r->after, limit + 1, &rows, &count));
  size_t shown = count > (size_t)limit ? (size_t)limit : count;
  struct json *items = ARENA_ARRAY(w->arena, struct json, shown);
  for (size_t i = 0; i < shown; i++) items[i] = event_json(w, &rows[i]);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  struct json people;
  TRY(people_json(w, rows, shown, &people));
  members_add_int(&data, "after", r->after);
  members_add_int(&data, "events", (int64_t)shown);
  members_add_uuid(&data, "claim", r->claim);
  members_add_uuid(&data, "person", r->person);
  TRY(service__event(
      w, &(struct event){ .type = "trail.read", .subject = w->caller->account, .data = members_object(&data) }));
  members_add(&m, "events", json_of_array(items, shown));
  members_add(&m, "people", people);
  members_add(&m, "next", count > shown ? json_of_int(w->arena, rows[shown - 1].seq) : json_of_null());
  return service__answer(w, 200, &m, 0);
}

result audit_events(struct service *s, const struct caller *c, struct arena *a, const struct audit_events_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = {
    .name = "audit_events", .roles = SERVICE_AUDITOR, .body = events, .reads = true
  };
  return service__run(s, c, a, &use_case, r, f, out);
}
