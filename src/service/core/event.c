/* event: what happened, as canonical bytes. The body is held against its type's spec before it is written, so that no
 * event ever says what its table does not. */
#include "core/work.h"

static const char *const via_names[] = { "web", "api", "job", "command" };

static void note(struct work *w, const char *table, struct uuid id, struct sha256 hash) {
  if (w->row_count == w->row_capacity) {
    size_t capacity = w->row_capacity ? w->row_capacity * 2 : 8;
    w->rows = arena_grow(w->arena, w->rows, w->row_capacity * sizeof *w->rows, capacity * sizeof *w->rows);
    w->row_capacity = capacity;
  }
  w->rows[w->row_count++] = (struct row_note){ table, id, hash };
}

void service__wrote(struct work *w, const char *table, struct uuid id, str hashed) {
  note(w, table, id, hashed.p ? sha256_of(hashed) : (struct sha256){ { 0 } });
}

void service__wrote_sha256(struct work *w, const char *table, struct uuid id, struct sha256 hash) {
  note(w, table, id, hash);
}

/* The service's jobs have no role, and some people none yet. */
static str role_text(const struct work *w) {
  return w->role == SERVICE_JOB || w->role == 0 ? STR_NONE : str_of(service_role_name(w->role));
}

static struct json actor_json(struct work *w) {
  struct members m = members_in(w->arena);
  members_add_uuid(&m, "account", w->caller->account);
  members_add_uuid(&m, "person", w->caller->person);
  members_add_str(&m, "role", role_text(w));
  members_add_str(&m, "via", str_of(via_names[w->caller->via]));
  members_add_str(&m, "request", w->caller->request_id.n > 0 ? w->caller->request_id : STR_NONE);
  return members_object(&m);
}

static struct json subject_json(struct work *w, const char *table, struct uuid id) {
  struct members m = members_in(w->arena);
  members_add_str(&m, "type", str_of(table));
  members_add_uuid(&m, "id", id);
  return members_object(&m);
}

static struct json claim_json(struct work *w, const struct event *e) {
  if (uuid_none(e->claim)) return json_of_null();
  struct members m = members_in(w->arena);
  members_add_uuid(&m, "id", e->claim);
  members_add(&m, "version", e->claim_version ? json_of_int(w->arena, e->claim_version) : json_of_null());
  return members_object(&m);
}

static struct json rows_json(struct work *w) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, w->row_count);
  for (size_t i = 0; i < w->row_count; i++) {
    struct members m = members_in(w->arena);
    members_add_str(&m, "table", str_of(w->rows[i].table));
    members_add_uuid(&m, "id", w->rows[i].id);
    members_add_sha256(&m, "sha256", w->rows[i].sha256);
    items[i] = members_object(&m);
  }
  return json_of_array(items, w->row_count);
}

static const char *subject_type(const struct event *e, const struct event_type *type) {
  return type->subject ? type->subject : e->subject_type;
}

static struct json body_json(struct work *w, const struct event *e, const struct event_type *type, struct uuid id) {
  struct members m = members_in(w->arena);
  members_add_int(&m, "v", 1);
  members_add_uuid(&m, "id", id);
  members_add_str(&m, "type", str_of(type->name));
  members_add_str(&m, "at", service__moment_utc(w->arena, tx_at(w->tx)));
  members_add(&m, "actor", actor_json(w));
  members_add(&m, "subject", subject_json(w, subject_type(e, type), e->subject));
  members_add(&m, "claim", claim_json(w, e));
  members_add(&m, "rows", rows_json(w));
  members_add(&m, "data", e->data);
  return members_object(&m);
}

static void check_body(struct work *w, const struct event_type *type, const struct json *body) {
  struct findings f = findings_in(w->arena);
  result r = spec_check(w->arena, event_body_spec(w->arena, type), body, &f);
  assert(r == RESULT_OK); /* the event says something that the table of types does not */
}

str service__event_body(struct work *w, const struct event *e, struct uuid id) {
  const struct event_type *type = event_type(str_of(e->type));
  assert(type && type->moves_claim == (e->claim_version != 0));
  struct json body = body_json(w, e, type, id);
  check_body(w, type, &body);
  return service__canonical(w->arena, &body);
}

result service__event(struct work *w, const struct event *e) {
  struct uuid id = tx_new_id(w->tx);
  struct event_row row = {
    .id = id,
    .type = str_of(e->type),
    .role = role_text(w),
    .via = str_of(via_names[w->caller->via]),
    .request_id = w->caller->request_id.n > 0 ? w->caller->request_id : STR_NONE,
    .claim_id = e->claim,
    .claim_version = e->claim_version ? e->claim_version : SQL_NONE,
    .subject_type = str_of(subject_type(e, event_type(str_of(e->type)))),
    .subject_id = e->subject,
    .body = service__event_body(w, e, id),
  };
  store_event_write(w->tx, &row);
  w->row_count = 0;
  w->answer->event = id;
  return RESULT_OK;
}
