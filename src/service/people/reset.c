/* reset: an account begins anew. Of a clinic the staff asks, and the code goes by post; of the staff one owner asks and another
 * confirms and hands the code over, since whoever has the code has the account and all that it may do. */
#include "people/people.h"

static const uint32_t managers = SERVICE_OWNER | SERVICE_ADJUSTER | SERVICE_APPROVER;

/* Forgets every way in and makes the new one. */
static result begin_anew(struct work *w, const struct account_row *account, str reason, str *code) {
  bool clinic = str_eq(account->realm, STR("clinic"));
  store_account_forget_secrets(w->tx, account->id);
  TRY(people__way_in(w, account->id, clinic, (struct uuid){ { 0 } }, "recovery", code));
  struct members data = members_in(w->arena);
  members_add_str(&data, "reason", reason);
  return service__event(w, &(struct event){ .type = "account.reset", .subject = account->id, .data = members_object(&data) });
}

static result answer(struct work *w, int status, const struct account_row *account, struct uuid reset) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "account", "account", account->id);
  members_add_str(&m, "login", account->login);
  members_add_id(&m, "reset", "account_reset", reset);
  return service__answer(w, status, &m, 0);
}

static result ask(struct work *w, const struct account_row *account, str reason) {
  struct account_reset_row row = { .id = tx_new_id(w->tx), .account_id = account->id, .reason = reason };
  store_account_reset_insert(w->tx, &row);
  service__wrote(w, "account_reset", row.id, STR_NONE);
  struct members data = members_in(w->arena);
  members_add_uuid(&data, "account", account->id);
  members_add_str(&data, "reason", reason);
  TRY(service__event(w, &(struct event){ .type = "account.reset_asked", .subject = row.id, .data = members_object(&data) }));
  return answer(w, 201, account, row.id);
}

static result reset(struct work *w, const void *request) {
  const struct account_reset_request *r = request;
  struct account_row account;
  str no_code;
  TRY(people__reason(w, r->reason));
  TRY(people__account(w, r->account, &account));
  if (uuid_eq(account.person_id, w->caller->person)) return REFUSE(w, STR(""), "account_self");
  if (!str_eq(account.realm, STR("clinic"))) return ask(w, &account, r->reason);
  TRY(begin_anew(w, &account, r->reason, &no_code));
  return answer(w, 200, &account, (struct uuid){ { 0 } });
}

result account_reset(struct service *s, const struct caller *c, struct arena *a, const struct account_reset_request *r,
                     struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "account_reset", managers, reset, false };
  return people__run(s, c, a, &use_case, r, f, out);
}

/* The confirmation's row comes first: the database forgets and gives codes for its sake alone. */
static result confirm(struct work *w, const void *request) {
  const struct account_reset_confirm_request *r = request;
  struct account_reset_row row;
  struct account_row account;
  str code;
  FOUND(w, store_account_reset_by_id(w->tx, r->reset, &row), STR(""), "not_found");
  TRY(people__account(w, row.account_id, &account));
  store_account_reset_confirm(w->tx, row.id);
  service__wrote(w, "account_reset_confirmation", row.id, STR_NONE);
  TRY(begin_anew(w, &account, row.reason, &code));
  struct members m = members_in(w->arena);
  members_add_id(&m, "account", "account", account.id);
  members_add_str(&m, "login", account.login);
  members_add_str(&m, "code", code);
  return service__answer(w, 200, &m, 0);
}

result account_reset_confirm(struct service *s, const struct caller *c, struct arena *a,
                             const struct account_reset_confirm_request *r, struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "account_reset_confirm", SERVICE_OWNER, confirm, false };
  return people__run(s, c, a, &use_case, r, f, out);
}

/* ---- what waits */

static result list(struct work *w, const void *request) {
  struct account_reset_row *rows;
  size_t count;
  (void)request;
  TRY(store_account_reset_waiting(w->tx, &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct members one = members_in(w->arena);
    members_add_id(&one, "reset", "account_reset", rows[i].id);
    members_add_id(&one, "account", "account", rows[i].account_id);
    members_add_str(&one, "login", rows[i].login);
    members_add_str(&one, "name", rows[i].name);
    members_add_str(&one, "reason", rows[i].reason);
    members_add_str(&one, "by", rows[i].by_name);
    members_add_moment(&one, "at", rows[i].by.at);
    items[i] = members_object(&one);
  }
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_int(&data, "waiting", (int64_t)count);
  TRY(service__event(w, &(struct event){ .type = "account.resets_listed", .subject = w->caller->account,
                                         .data = members_object(&data) }));
  members_add(&m, "waiting", json_of_array(items, count));
  return service__answer(w, 200, &m, 0);
}

result account_reset_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing, struct findings *f,
                          struct service_answer *out) {
  static const struct use_case use_case = { "account_reset_list", SERVICE_OWNER, list, true };
  return service__run(s, c, a, &use_case, nothing, f, out);
}
