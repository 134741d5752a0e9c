/* mandate: who may act for which facility. */
#include "people/people.h"

static const uint32_t managers = SERVICE_OWNER | SERVICE_ADJUSTER | SERVICE_APPROVER;

static struct json data_of(struct work *w, const struct mandate_row *row, str reason) {
  struct members data = members_in(w->arena);
  members_add_uuid(&data, "account", row->account_id);
  members_add_uuid(&data, "facility", row->facility_id);
  members_add_str(&data, "kind", row->kind);
  members_add_str(&data, "reason", reason);
  return members_object(&data);
}

static result answer(struct work *w, int status, const struct mandate_row *row) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "mandate", "mandate", row->id);
  members_add_id(&m, "account", "account", row->account_id);
  members_add_id(&m, "facility", "facility", row->facility_id);
  members_add_str(&m, "kind", row->kind);
  return service__answer(w, status, &m, 0);
}

/* ---- the list */

result people__mandates(struct work *w, struct uuid account, struct uuid facility, struct json *out) {
  struct mandate_named_row *rows;
  size_t count;
  TRY(store_mandate_named(w->tx, account, facility, &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct members m = members_in(w->arena);
    members_add_id(&m, "mandate", "mandate", rows[i].id);
    members_add_id(&m, "account", "account", rows[i].account_id);
    members_add_str(&m, "login", rows[i].login);
    members_add_str(&m, "name", rows[i].name);
    members_add_id(&m, "facility", "facility", rows[i].facility_id);
    members_add_str(&m, "facility_name", rows[i].facility_name);
    members_add_str(&m, "kind", rows[i].kind);
    members_add_moment(&m, "began_at", rows[i].began_at);
    members_add_str(&m, "by", rows[i].by_name);
    items[i] = members_object(&m);
  }
  *out = json_of_array(items, count);
  return RESULT_OK;
}

static result list(struct work *w, const void *request) {
  const struct mandates_request *r = request;
  struct facility_row facility;
  struct json mandates;
  FOUND(w, store_facility_by_id(w->tx, r->facility, &facility), STR(""), "not_found");
  TRY(people__mandates(w, (struct uuid){ { 0 } }, r->facility, &mandates));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_int(&data, "mandates", mandates.count);
  TRY(service__event(w, &(struct event){ .type = "mandate.listed", .subject = r->facility, .data = members_object(&data) }));
  members_add(&m, "mandates", mandates);
  return service__answer(w, 200, &m, 0);
}

result mandate_list(struct service *s, const struct caller *c, struct arena *a, const struct mandates_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "mandate_list", managers, list, true };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- giving and ending */

static result give(struct work *w, const void *request) {
  const struct mandate_request *r = request;
  struct account_row account;
  struct facility_row facility;
  bool known = str_eq(r->kind, STR("representative")) || str_eq(r->kind, STR("clerk")) || str_eq(r->kind, STR("proxy"));
  if (!known) return REFUSE(w, STR("/kind"), "mandate_kind");
  bool by_login = uuid_none(r->account);
  str place = by_login ? STR("/login") : STR("/account");
  if (by_login)
    FOUND(w, store_account_by_login(w->tx, people__login(w->arena, r->login), &account), place, "login_unknown");
  else
    FOUND(w, store_account_by_id(w->tx, r->account, &account), place, "not_found");
  if (account.closed_at != SQL_NONE) return REFUSE(w, place, "account_closed");
  FOUND(w, store_facility_by_id(w->tx, r->facility, &facility), STR("/facility"), "not_found");
  struct mandate_row row = { .id = tx_new_id(w->tx), .account_id = account.id, .facility_id = r->facility, .kind = r->kind,
                             .began_at = tx_at(w->tx) };
  store_mandate_insert(w->tx, &row);
  service__wrote(w, "mandate", row.id, STR_NONE);
  TRY(service__event(w, &(struct event){ .type = "mandate.given", .subject = row.id, .data = data_of(w, &row, STR_NONE) }));
  return answer(w, 201, &row);
}

result mandate_give(struct service *s, const struct caller *c, struct arena *a, const struct mandate_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "mandate_give", managers, give, false };
  return service__run(s, c, a, &use_case, r, f, out);
}

static result end(struct work *w, const void *request) {
  const struct mandate_end_request *r = request;
  struct mandate_row row;
  TRY(people__reason(w, r->reason));
  result found = store_mandate_by_id(w->tx, r->mandate, &row);
  if (found == RESULT_NOT_FOUND || (found == RESULT_OK && row.ended_at != SQL_NONE)) return REFUSE(w, STR(""), "not_found");
  TRY(found);
  store_mandate_end(w->tx, row.id);
  service__wrote(w, "mandate", row.id, STR_NONE);
  TRY(service__event(w, &(struct event){ .type = "mandate.ended", .subject = row.id, .data = data_of(w, &row, r->reason) }));
  return answer(w, 200, &row);
}

result mandate_end(struct service *s, const struct caller *c, struct arena *a, const struct mandate_end_request *r,
                   struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "mandate_end", managers, end, false };
  return service__run(s, c, a, &use_case, r, f, out);
}
