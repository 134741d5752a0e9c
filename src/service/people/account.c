/* account: opening, closing, and the list. Accounts of the staff are owners' business, those of clinics the
 * staff's; the database says so too. */
#include "core/people.h"
#include "people/people.h"
#include "shienkin/text.h"

enum { LOGIN_LEAST = 3, LOGIN_MOST = 200, NAME_MOST = 200, CLAIMS_MOST = 1000, ACCOUNTS_MOST = 200, FIRST_CODE_DAYS = 7 };
static const uint32_t managers = SERVICE_OWNER | SERVICE_ADJUSTER | SERVICE_APPROVER;

static bool is_clinic(str realm) { return str_eq(realm, STR("clinic")); }

/* Whoever is no owner stays with the clinics. */
static result may_manage(struct work *w, str realm) {
  bool owner = (w->caller->roles & SERVICE_OWNER) != 0;
  return is_clinic(realm) || owner ? RESULT_OK : REFUSE(w, STR(""), "role_needed");
}

/* ---- opening */

static bool login_fits(str s) {
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i];
    bool fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c != '\0' && strchr("._@+-", c));
    if (!fine) return false;
  }
  return s.n >= LOGIN_LEAST && s.n <= LOGIN_MOST;
}

static bool name_fits(str s) {
  return utf8_valid(s, NULL) && str_trim(s).n > 0 && utf8_count(str_trim(s)) <= NAME_MOST;
}

static result check_open(struct work *w, const struct account_open_request *r, str login) {
  size_t before = w->findings->count;
  bool clinic = is_clinic(r->realm);
  if (!clinic && !str_eq(r->realm, STR("staff")) && !str_eq(r->realm, STR("auditor"))) FIND(w, STR("/realm"), "realm_unknown");
  if (!login_fits(login)) FIND(w, STR("/login"), "login_form");
  if (uuid_none(r->person) && !name_fits(r->name)) FIND(w, STR("/name"), "text_needed");
  if (r->name_kana.n > 0 && !name_fits(r->name_kana)) FIND(w, STR("/name_kana"), "text_too_long", STR("200"));
  if (clinic && uuid_none(r->facility)) FIND(w, STR("/facility"), "facility_needed");
  return w->findings->count > before ? service__refused(w) : RESULT_OK;
}

static result person_of(struct work *w, const struct account_open_request *r, struct uuid *person) {
  struct person_row row;
  *person = r->person;
  if (uuid_none(r->person)) {
    *person = tx_new_id(w->tx);
    row = (struct person_row){ .id = *person, .kind = STR("human"), .name = text_nfc(w->arena, str_trim(r->name)),
                               .name_kana = r->name_kana.n > 0 ? text_katakana(w->arena, str_trim(r->name_kana)) : STR_NONE };
    store_person_insert(w->tx, &row);
    service__wrote(w, "person", row.id, STR_NONE);
    return RESULT_OK;
  }
  result found = store_person_by_id(w->tx, r->person, &row);
  return found == RESULT_NOT_FOUND ? REFUSE(w, STR("/person"), "not_found") : found;
}

static result add_mandate(struct work *w, const struct account_open_request *r, struct uuid account) {
  if (uuid_none(r->facility)) return RESULT_OK;
  struct mandate_row row = { .id = tx_new_id(w->tx), .account_id = account, .facility_id = r->facility,
                             .kind = r->mandate_kind.n > 0 ? r->mandate_kind : STR("representative"), .began_at = tx_at(w->tx) };
  store_mandate_insert(w->tx, &row);
  service__wrote(w, "mandate", row.id, STR_NONE);
  return RESULT_OK;
}

result people__way_in(struct work *w, struct uuid account, bool clinic, struct uuid facility, const char *kind, str *code) {
  bool asked;
  *code = STR_NONE;
  if (clinic) {
    TRY(store_letter_ask(w->tx, tx_new_id(w->tx), account, facility, str_of(kind), &asked));
    return asked ? RESULT_OK : REFUSE(w, STR(""), "letter_nowhere");
  }
  struct sha256 kept;
  *code = first_access_code(w->arena, tx_randomness(w->tx), w->service->keys, account, &kept);
  store_access_code_write(w->tx, tx_new_id(w->tx), account, (struct uuid){ { 0 } }, kept,
                          tx_at(w->tx) + (moment)FIRST_CODE_DAYS * 86400 * 1000000);
  return tx_flush(w->tx);
}

static result open_account(struct work *w, const void *request) {
  const struct account_open_request *r = request;
  str login = people__login(w->arena, r->login), code;
  struct uuid id = tx_new_id(w->tx), person;
  TRY(check_open(w, r, login));
  TRY(may_manage(w, r->realm));
  TRY(person_of(w, r, &person));
  store_account_insert(w->tx, &(struct account_row){ .id = id, .person_id = person, .realm = r->realm, .login = login });
  service__wrote(w, "account", id, STR_NONE);
  TRY(add_mandate(w, r, id));
  TRY(people__way_in(w, id, is_clinic(r->realm), r->facility, "first_access", &code));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_str(&data, "realm", r->realm);
  members_add_uuid(&data, "person", person);
  members_add_uuid(&data, "facility", r->facility);
  TRY(service__event(w, &(struct event){ .type = "account.opened", .subject = id, .data = members_object(&data) }));
  members_add_id(&m, "account", "account", id);
  members_add_id(&m, "person", "person", person);
  members_add_str(&m, "login", login);
  members_add_str(&m, "code", code);
  return service__answer(w, 201, &m, 0);
}

result account_open(struct service *s, const struct caller *c, struct arena *a, const struct account_open_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "account_open", managers, open_account, false };
  return people__run(s, c, a, &use_case, r, f, out);
}

/* ---- closing: a leaver. Claims first, since everybody locks claims before accounts. */

static result give_back(struct work *w, struct uuid id) {
  struct claim_row claim;
  struct incident_row incident;
  TRY(service__claim_lock(w, id, &claim, &incident));
  store_claim_assign(w->tx, claim.id, claim.version, (struct uuid){ { 0 } });
  struct members data = members_in(w->arena);
  members_add_uuid(&data, "to", (struct uuid){ { 0 } });
  members_add_uuid(&data, "from", claim.assigned_to);
  members_add_str(&data, "state", claim.state);
  return service__event(w, &(struct event){ .type = "claim.assigned", .subject = id, .claim = id,
                                            .claim_version = claim.version + 1, .data = members_object(&data) });
}

static struct json uuid_list(struct arena *a, const struct uuid *ids, size_t count) {
  struct json *items = ARENA_ARRAY(a, struct json, count);
  for (size_t i = 0; i < count; i++) items[i] = json_of_str(service__uuid_text(a, ids[i]));
  return json_of_array(items, count);
}

static result end_mandates(struct work *w, struct uuid account) {
  struct mandate_row *rows;
  size_t count;
  TRY(store_mandate_of_account(w->tx, account, &rows, &count));
  for (size_t i = 0; i < count; i++) {
    store_mandate_end(w->tx, rows[i].id);
    service__wrote(w, "mandate", rows[i].id, STR_NONE);
  }
  return RESULT_OK;
}

/* The roles that act through this account; the last owners stay (rule two_owners). */
static result end_roles(struct work *w, const struct account_row *account, str reason, struct json *names) {
  struct role_held_row *rows;
  size_t count, ended = 0;
  TRY(store_role_held_now(w->tx, account->person_id, &rows, &count));
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    if (str_eq(rows[i].role, STR("clinic")) || is_clinic(account->realm)) continue;
    store_role_revoke(w->tx, rows[i].id, tx_at(w->tx), reason);
    service__wrote(w, "role_revocation", rows[i].id, STR_NONE);
    items[ended++] = json_of_str(rows[i].role);
  }
  *names = json_of_array(items, ended);
  return RESULT_OK;
}

result people__account(struct work *w, struct uuid id, struct account_row *account) {
  result found = store_account_by_id(w->tx, id, account);
  if (found == RESULT_NOT_FOUND || (found == RESULT_OK && str_eq(account->realm, STR("service"))))
    return REFUSE(w, STR(""), "not_found");
  TRY(found);
  TRY(may_manage(w, account->realm));
  return account->closed_at == SQL_NONE ? RESULT_OK : REFUSE(w, STR(""), "account_closed");
}

static result close_account(struct work *w, const void *request) {
  const struct account_close_request *r = request;
  struct account_row account;
  struct uuids claims = { NULL, 0 };
  struct json roles;
  TRY(people__reason(w, r->reason));
  TRY(people__account(w, r->account, &account));
  if (uuid_eq(account.person_id, w->caller->person)) return REFUSE(w, STR(""), "account_self");
  if (!is_clinic(account.realm)) TRY(store_claims_in_hand(w->tx, account.person_id, CLAIMS_MOST, &claims));
  for (size_t i = 0; i < claims.count; i++) TRY(give_back(w, claims.items[i]));
  TRY(end_mandates(w, account.id));
  TRY(end_roles(w, &account, r->reason, &roles));
  store_account_close(w->tx, account.id);
  service__wrote(w, "account", account.id, STR_NONE);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add(&data, "claims", uuid_list(w->arena, claims.items, claims.count));
  members_add(&data, "roles", roles);
  members_add_str(&data, "reason", r->reason);
  TRY(service__event(w, &(struct event){ .type = "account.closed", .subject = account.id, .data = members_object(&data) }));
  members_add_id(&m, "account", "account", account.id);
  members_add_moment(&m, "closed_at", tx_at(w->tx));
  members_add_int(&m, "claims_given_back", (int64_t)claims.count);
  return service__answer(w, 200, &m, 0);
}

result account_close(struct service *s, const struct caller *c, struct arena *a, const struct account_close_request *r,
                     struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "account_close", managers, close_account, false };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- the list */

static struct members account_members(struct arena *a, const struct account_list_row *row) {
  struct members m = members_in(a);
  members_add_id(&m, "account", "account", row->id);
  members_add_id(&m, "person", "person", row->person_id);
  members_add_str(&m, "login", row->login);
  members_add_str(&m, "name", row->name);
  members_add_str(&m, "realm", row->realm);
  members_add(&m, "roles", people__role_names(a, row->roles));
  members_add_moment(&m, "opened_at", row->opened_at);
  members_add_moment(&m, "closed_at", row->closed_at);
  members_add_bool(&m, "second_factor", row->second_factor);
  members_add_moment(&m, "seen_at", row->seen_at);
  return m;
}

/* Logins are small letters, names as they are written, readings katakana. */
static void set_words(struct arena *a, str words, struct account_search *search) {
  if (words.n == 0) return;
  search->login = service__like(a, text_lower(a, text_nfkc(a, words)));
  search->name = service__like(a, text_nfc(a, words));
  search->kana = service__like(a, text_katakana(a, text_nfkc(a, words)));
}

/* Whoever is no owner sees the clinics' accounts. */
static result list(struct work *w, const void *request) {
  const struct accounts_request *r = request;
  bool owner = (w->caller->roles & SERVICE_OWNER) != 0;
  int64_t limit = r->limit >= 1 && r->limit <= ACCOUNTS_MOST ? r->limit : ACCOUNTS_MOST;
  struct account_search search = { .realm = r->realm.n > 0 ? r->realm : owner ? STR_NONE : STR("clinic"),
                                   .role = r->role.n > 0 ? r->role : STR_NONE, .state = r->state.n > 0 ? r->state : STR_NONE,
                                   .after = r->after, .limit = limit + 1 };
  struct account_list_row *rows;
  size_t count;
  TRY(may_manage(w, search.realm.p ? search.realm : STR("staff")));
  set_words(w->arena, str_trim(r->words), &search);
  TRY(store_account_search(w->tx, &search, &rows, &count));
  bool more = count > (size_t)limit;
  if (more) count = (size_t)limit;
  struct uuid *ids = ARENA_ARRAY(w->arena, struct uuid, count);
  struct json *items = ARENA_ARRAY(w->arena, struct json, count);
  for (size_t i = 0; i < count; i++) {
    ids[i] = rows[i].id;
    struct members one = account_members(w->arena, &rows[i]);
    items[i] = members_object(&one);
  }
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add(&data, "accounts", uuid_list(w->arena, ids, count));
  TRY(service__event(w, &(struct event){ .type = "account.listed", .subject = w->caller->account,
                                         .data = members_object(&data) }));
  members_add(&m, "accounts", json_of_array(items, count));
  members_add_id(&m, "next", "account", more ? rows[count - 1].id : (struct uuid){ { 0 } });
  return service__answer(w, 200, &m, 0);
}

result account_list(struct service *s, const struct caller *c, struct arena *a, const struct accounts_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "account_list", managers, list, true };
  return service__run(s, c, a, &use_case, r, f, out);
}

/* ---- one of them, with all that hangs on it */

static result view(struct work *w, const void *request) {
  const struct account_view_request *r = request;
  struct account_list_row *rows;
  size_t count;
  struct letter_row letter;
  struct json mandates;
  TRY(store_account_search(w->tx, &(struct account_search){ .account = r->account, .limit = 1 }, &rows, &count));
  if (count == 0) return REFUSE(w, STR(""), "not_found");
  TRY(may_manage(w, rows[0].realm));
  TRY(people__mandates(w, r->account, (struct uuid){ { 0 } }, &mandates));
  result waits = store_letter_of_account(w->tx, r->account, service__today(w), &letter);
  if (waits != RESULT_OK && waits != RESULT_NOT_FOUND) return waits;
  struct members data = members_in(w->arena), m = account_members(w->arena, &rows[0]);
  TRY(service__event(w, &(struct event){ .type = "account.viewed", .subject = r->account, .data = members_object(&data) }));
  members_add_str(&m, "name_kana", rows[0].name_kana);
  members_add(&m, "mandates", mandates);
  members_add(&m, "letter", waits == RESULT_OK ? people__letter_json(w->arena, &letter) : json_of_null());
  return service__answer(w, 200, &m, 0);
}

result account_view(struct service *s, const struct caller *c, struct arena *a, const struct account_view_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case use_case = { "account_view", managers, view, true };
  return service__run(s, c, a, &use_case, r, f, out);
}
