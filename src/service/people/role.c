/* role: granted by one owner, in force when a second has confirmed; sessions of the person end when one comes or goes. */
#include "people/people.h"

static result data_event(struct work *w, const char *type, struct uuid grant, struct uuid person, str role) {
  struct members data = members_in(w->arena);
  members_add_uuid(&data, "person", person);
  members_add_str(&data, "role", role);
  return service__event(w, &(struct event){ .type = type, .subject = grant, .data = members_object(&data) });
}

static result answer(struct work *w, int status, struct uuid grant, struct uuid person, str role) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "grant", "role_grant", grant);
  members_add_id(&m, "person", "person", person);
  members_add_str(&m, "role", role);
  return service__answer(w, status, &m, 0);
}

/* ---- granting, confirming, revoking */

static bool is_granted(str role) {
  for (unsigned bit = SERVICE_PROXY; bit < SERVICE_JOB; bit <<= 1)
    if (str_eq(role, str_of(service_role_name((enum service_role)bit)))) return true;
  return false;
}

static result grant(struct work *w, const void *request) {
  const struct role_grant_request *r = request;
  struct person_row person;
  TRY(people__reason(w, r->reason));
  if (!is_granted(r->role)) return REFUSE(w, STR("/role"), "role_unknown");
  FOUND(w, store_person_by_id(w->tx, r->person, &person), STR("/person"), "not_found");
  struct role_grant_row row = { .id = tx_new_id(w->tx), .person_id = r->person, .role = r->role, .began_at = tx_at(w->tx),
                                .ended_at = r->until == DAY_NONE ? SQL_NONE : people__day_begins(r->until + 1),
                                .reason = r->reason };
  if (r->from != DAY_NONE && people__day_begins(r->from) > row.began_at) row.began_at = people__day_begins(r->from);
  if (row.ended_at != SQL_NONE && row.ended_at <= row.began_at) return REFUSE(w, STR("/until"), "role_days");
  store_role_grant_insert(w->tx, &row);
  service__wrote(w, "role_grant", row.id, STR_NONE);
  TRY(data_event(w, "role.granted", row.id, row.person_id, row.role));
  return answer(w, 201, row.id, row.person_id, row.role);
}

result role_grant(struct service *s, const struct caller *c, struct arena *a, const struct role_grant_request *r,
                  struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "role_grant", SERVICE_OWNER, grant, false };
  return service__run(s, c, a, &use_case, r, f, out);
}

static result confirm(struct work *w, const void *request) {
  const struct role_confirm_request *r = request;
  struct role_grant_named_row row;
  FOUND(w, store_role_grant_by_id(w->tx, r->grant, &row), STR(""), "not_found");
  store_role_grant_confirm(w->tx, row.id);
  service__wrote(w, "role_grant_confirmation", row.id, STR_NONE);
  TRY(data_event(w, "role.confirmed", row.id, row.person_id, row.role));
  return answer(w, 200, row.id, row.person_id, row.role);
}

result role_confirm(struct service *s, const struct caller *c, struct arena *a, const struct role_confirm_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "role_confirm", SERVICE_OWNER, confirm, false };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* The first two owners hold their role without a grant: what is revoked is what is held. */
static result held_by_id(struct work *w, struct uuid id, struct role_grant_named_row *out) {
  struct role_grant_named_row *rows;
  size_t count;
  TRY(store_role_held_named(w->tx, &rows, &count));
  for (size_t i = 0; i < count; i++)
    if (uuid_eq(rows[i].id, id)) {
      *out = rows[i];
      return RESULT_OK;
    }
  return REFUSE(w, STR(""), "not_found");
}

static result revoke(struct work *w, const void *request) {
  const struct role_revoke_request *r = request;
  struct role_grant_named_row row;
  TRY(people__reason(w, r->reason));
  TRY(held_by_id(w, r->grant, &row));
  store_role_revoke(w->tx, row.id, tx_at(w->tx), r->reason);
  service__wrote(w, "role_revocation", row.id, STR_NONE);
  TRY(data_event(w, "role.revoked", row.id, row.person_id, row.role));
  return answer(w, 200, row.id, row.person_id, row.role);
}

result role_revoke(struct service *s, const struct caller *c, struct arena *a, const struct role_revoke_request *r,
                   struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "role_revoke", SERVICE_OWNER, revoke, false };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- the list */

static struct json rows_json(struct arena *a, const struct role_grant_named_row *rows, size_t count, bool waiting) {
  struct json *items = ARENA_ARRAY(a, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct members m = members_in(a);
    members_add_id(&m, "grant", "role_grant", rows[i].id);
    members_add_id(&m, "person", "person", rows[i].person_id);
    members_add_str(&m, "name", rows[i].name);
    members_add_str(&m, "role", rows[i].role);
    members_add_moment(&m, "from", rows[i].began_at);
    members_add_moment(&m, "until", rows[i].ended_at);
    if (waiting) members_add_str(&m, "reason", rows[i].reason);
    if (waiting) members_add_str(&m, "by", rows[i].by_name);
    items[i] = members_object(&m);
  }
  return json_of_array(items, count);
}

/* Roles that must be played by two: who proposes does not approve, who builds does not release, who grants does not
 * confirm. Persons count once, however many grants they have. */
static struct json short_of_two(struct work *w, const struct role_grant_named_row *held, size_t count) {
  static const char *const by_two[] = { "adjuster", "approver", "cashier", "owner" };
  struct json *items = ARENA_ARRAY(w->arena, struct json, COUNT_OF(by_two));
  size_t n = 0;
  for (size_t k = 0; k < COUNT_OF(by_two); k++) {
    struct uuid first = { { 0 } };
    bool two = false;
    for (size_t i = 0; i < count; i++) {
      if (!str_eq(held[i].role, str_of(by_two[k])) || held[i].began_at > tx_at(w->tx)) continue;
      two = two || (!uuid_none(first) && !uuid_eq(first, held[i].person_id));
      if (uuid_none(first)) first = held[i].person_id;
    }
    if (!two) items[n++] = json_of_str(str_of(by_two[k]));
  }
  return json_of_array(items, n);
}

static result list(struct work *w, const void *request) {
  struct role_grant_named_row *waiting, *held;
  size_t waiting_count, held_count;
  (void)request;
  TRY(store_role_grant_waiting(w->tx, &waiting, &waiting_count));
  TRY(store_role_held_named(w->tx, &held, &held_count));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_int(&data, "waiting", (int64_t)waiting_count);
  members_add_int(&data, "held", (int64_t)held_count);
  TRY(service__event(w, &(struct event){ .type = "role.listed", .subject = w->caller->account,
                                         .data = members_object(&data) }));
  members_add(&m, "waiting", rows_json(w->arena, waiting, waiting_count, true));
  members_add(&m, "held", rows_json(w->arena, held, held_count, false));
  members_add(&m, "short_of_two", short_of_two(w, held, held_count));
  return service__answer(w, 200, &m, 0);
}

result role_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                 struct service_answer *out) {
  static const struct use_case use_case = { "role_list", SERVICE_OWNER | SERVICE_AUDITOR, list, true };
  return service__run(s, c, a, &use_case, nothing, f, out);
}
