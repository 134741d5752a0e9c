/* own: what everybody sees and changes of their own account. */
#include "people/people.h"

/* ---- the view */

static result mandates_json(struct work *w, struct json *out) {
  struct mandate_row *rows;
  size_t count;
  TRY(store_mandate_of_account(w->tx, w->caller->account, &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct facility_version_row known = { .name = STR_NONE };
    result r = store_facility_version_on(w->tx, rows[i].facility_id, service__today(w), tx_at(w->tx), &known);
    if (r != RESULT_OK && r != RESULT_NOT_FOUND) return r;
    struct members m = members_in(w->arena);
    members_add_id(&m, "mandate", "mandate", rows[i].id);
    members_add_id(&m, "facility", "facility", rows[i].facility_id);
    members_add_str(&m, "kind", rows[i].kind);
    members_add_str(&m, "name", r == RESULT_OK ? known.name : STR_NONE);
    items[i] = members_object(&m);
  }
  *out = json_of_array(items, count);
  return RESULT_OK;
}

static result sessions_json(struct work *w, struct uuid this, struct json *out) {
  struct session_list_row *rows;
  size_t count;
  TRY(store_session_list(w->tx, w->caller->account, SESSION_IDLE_S, &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct members m = members_in(w->arena);
    members_add_id(&m, "session", "session", rows[i].id);
    members_add_moment(&m, "began_at", rows[i].began_at);
    members_add_moment(&m, "seen_at", rows[i].seen_at);
    members_add_str(&m, "via", rows[i].via);
    members_add_bool(&m, "this", uuid_eq(rows[i].id, this));
    items[i] = members_object(&m);
  }
  *out = json_of_array(items, count);
  return RESULT_OK;
}

static result tokens_json(struct work *w, struct json *out) {
  struct machine_token_row *rows;
  size_t count;
  TRY(store_machine_token_list(w->tx, w->caller->account, &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    struct members m = members_in(w->arena);
    members_add_id(&m, "token_id", "machine_token", rows[i].id);
    members_add_str(&m, "name", rows[i].name);
    members_add_bool(&m, "read_only", str_eq(rows[i].scope, STR("read")));
    members_add_day(&m, "expires_on", day_in_japan(rows[i].expires_at) - 1);
    members_add_moment(&m, "ended_at", rows[i].ended_at);
    items[i] = members_object(&m);
  }
  *out = json_of_array(items, count);
  return RESULT_OK;
}

/* Those that the session found in force; no realm but the staff's may ask the database for anybody's. */
static struct json own_roles(struct work *w) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, 8);
  size_t n = 0;
  for (unsigned bit = SERVICE_CLINIC; bit <= SERVICE_AUDITOR; bit <<= 1)
    if (w->caller->roles & bit) items[n++] = json_of_str(str_of(service_role_name((enum service_role)bit)));
  return json_of_array(items, n);
}

static result view(struct work *w, const void *request) {
  const struct own_request *r = request;
  struct account_row account;
  struct person_row person;
  struct account_access_row access;
  struct json mandates, sessions, tokens;
  TRY(store_account_by_id(w->tx, w->caller->account, &account));
  TRY(store_person_by_id(w->tx, account.person_id, &person));
  TRY(store_account_access(w->tx, account.id, &access));
  TRY(mandates_json(w, &mandates));
  TRY(sessions_json(w, r->session, &sessions));
  TRY(tokens_json(w, &tokens));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  TRY(service__event(w, &(struct event){ .type = "account.read", .subject = account.id, .data = members_object(&data) }));
  members_add_id(&m, "account", "account", account.id);
  members_add_id(&m, "person", "person", person.id);
  members_add_str(&m, "login", account.login);
  members_add_str(&m, "name", person.name);
  members_add_str(&m, "realm", account.realm);
  members_add(&m, "roles", own_roles(w));
  members_add_str(&m, "language", access.language);
  members_add_bool(&m, "second_factor", access.second_factor);
  members_add_int(&m, "recovery_codes_left", access.recovery_codes_left);
  members_add(&m, "mandates", mandates);
  members_add(&m, "sessions", sessions);
  members_add(&m, "tokens", tokens);
  return service__answer(w, 200, &m, 0);
}

result account_own(struct service *s, const struct caller *c, struct arena *a, const struct own_request *r, struct findings *f,
                   struct service_answer *out) {
  static const struct use_case use_case = { "account_own", USE_CASE_OWN, view, true };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- the password: the old one is judged as at sign-in, counted and with no transaction open */

struct password_found { str phc, login, normal, hashed; struct sha256 trial; bool open, right; };
struct changing { const struct password_change_request *r; struct password_found *found; };

static result look(struct work *w, const void *request) {
  const struct changing *c = request;
  struct account_row account;
  TRY(people__try(w, "password_trial", people__account_text(w->arena, w->caller->account), TRIALS_OF_PASSWORD,
                  &c->found->trial, &c->found->open));
  TRY(store_account_by_id(w->tx, w->caller->account, &account));
  c->found->login = account.login;
  TRY(store_password_of(w->tx, w->caller->account, &c->found->phc));
  return people__went(w);
}

static result change(struct work *w, const void *request) {
  const struct changing *c = request;
  str now;
  TRY(store_password_of(w->tx, w->caller->account, &now));
  if (!c->found->right || !c->found->open || !str_eq(now, c->found->phc)) {
    TRY(people__refused_event(w, w->caller->account, "password_change"));
    return people__refuse(w, "password_wrong");
  }
  store_password_write(w->tx, w->caller->account, c->found->hashed, c->r->session);
  store_trial_forget(w->tx, c->found->trial);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_str(&data, "how", STR("changed"));
  TRY(service__event(w, &(struct event){ .type = "password.set", .subject = w->caller->account,
                                         .data = members_object(&data) }));
  return service__answer(w, 200, &m, 0);
}

result password_change(struct service *s, const struct caller *c, struct arena *a, const struct password_change_request *r,
                       struct findings *f, struct service_answer *out) {
  static const struct use_case looking = { "password_change", USE_CASE_OWN, look, false };
  static const struct use_case changing = { "password_change", USE_CASE_OWN, change, false };
  struct password_found found = { .open = false };
  struct changing request = { r, &found };
  TRY(people__run(s, c, a, &looking, &request, f, out));
  if (!people__password_fits(a, STR("/new_password"), r->new_password, found.login, f, &found.normal)) {
    *out = (struct service_answer){ .status = 422 };
    return RESULT_REFUSED;
  }
  result judged = people__password_is(a, found.phc, r->old_password, &found.right);
  if (judged == RESULT_OK && found.right) judged = password_hash(a, &s->randomness, found.normal, &found.hashed);
  if (judged != RESULT_OK) return people__away(a, judged, f, out);
  return people__run(s, c, a, &changing, &request, f, out);
}

/* ---- recovery codes, language */

static result renew(struct work *w, const void *request) {
  const struct recovery_codes_request *r = request;
  struct authenticator_row row;
  struct members m = members_in(w->arena);
  bool fresh;
  TRY(store_session_stepped_up(w->tx, r->session, STEP_UP_S, &fresh));
  if (!fresh) return REFUSE(w, STR(""), "second_factor_again");
  FOUND(w, store_authenticator_of(w->tx, w->caller->account, true, &row), STR(""), "second_factor_none");
  TRY(people__recovery_codes(w, w->caller->account, &m));
  return service__answer(w, 200, &m, 0);
}

result recovery_codes_renew(struct service *s, const struct caller *c, struct arena *a, const struct recovery_codes_request *r,
                            struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "recovery_codes_renew", USE_CASE_OWN, renew, false };
  return people__run(s, c, a, &use_case, r, f, out);
}

static result set_language(struct work *w, const void *request) {
  const struct language_request *r = request;
  struct members data = members_in(w->arena), m = members_in(w->arena);
  if (!str_eq(r->language, STR("ja")) && !str_eq(r->language, STR("en"))) return REFUSE(w, STR("/language"), "language_unknown");
  store_language_write(w->tx, r->language);
  members_add_str(&data, "language", r->language);
  TRY(service__event(w, &(struct event){ .type = "language.set", .subject = w->caller->account,
                                         .data = members_object(&data) }));
  members_add_str(&m, "language", r->language);
  return service__answer(w, 200, &m, 0);
}

result language_set(struct service *s, const struct caller *c, struct arena *a, const struct language_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "language_set", USE_CASE_OWN, set_language, false };
  return service__run(s, c, a, &use_case, r, f, out);
}
