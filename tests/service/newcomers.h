/* newcomers: coming into the house, step by step, for tests of sign-in. The second of them opens an account and walks it to
 * its first session. */
#ifndef SHIENKIN_TESTS_SERVICE_NEWCOMERS_H
#define SHIENKIN_TESTS_SERVICE_NEWCOMERS_H

#include "claims.h"

#define GOOD_PASSWORD "窓辺の猫は三度鳴くのです"

struct newcomer {
  struct caller caller;         /* after the sign-in */
  struct uuid account, person, session;
  str login, token, secret;     /* secret: base32, n = 0 without an authenticator */
  str recovery[RECOVERY_CODES];
};

static inline struct caller nobody(struct house *h) {
  return (struct caller){ .realm = STORE_CLINIC, .via = SERVICE_WEB,
                          .request_id = str_format(h->arena, "req-%llu", (unsigned long long)++h->keys) };
}

/* RFC 4648 §6, by hand: what an authenticator does with what it is shown. */
static inline str secret_bytes(struct house *h, str base32) {
  struct buf b = buf_in(h->arena);
  uint32_t bits = 0, held = 0;
  for (size_t i = 0; i < base32.n; i++) {
    char c = base32.p[i];
    uint32_t five = c >= 'A' && c <= 'Z' ? (uint32_t)(c - 'A') : (uint32_t)(c - '2' + 26);
    assert_true((c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'));
    bits = (bits << 5 | five) & 0xFFF;
    held += 5;
    if (held >= 8) buf_byte(&b, (char)(bits >> (held -= 8)));
  }
  return buf_str(&b);
}

static inline str totp_now(struct house *h, str base32) {
  uint64_t step = (uint64_t)(h->fixture.now_us / 1000000 / TOTP_STEP_SECONDS);
  return str_format(h->arena, "%06u", totp_code(secret_bytes(h, base32), step));
}

static inline void next_step(struct house *h) { h->fixture.now_us += INT64_C(31) * 1000000; }

/* ---- steps */

static inline result enter(struct house *h, str login, str code, const char *password) {
  struct caller c = nobody(h);
  struct first_access_request r = { login, code, str_of(password) };
  return HOUSE(h, first_access, &c, &r);
}

static inline result sign(struct house *h, str login, const char *password) {
  struct caller c = nobody(h);
  struct sign_in_request r = { login, str_of(password) };
  return HOUSE(h, sign_in, &c, &r);
}

static inline result prove(struct house *h, str ticket, str code) {
  struct caller c = nobody(h);
  struct second_factor_request r = { ticket, code };
  return HOUSE(h, sign_in_second_factor, &c, &r);
}

static inline bool next_is(struct house *h, const char *what) { return str_eq(house_text(h, "/next"), str_of(what)); }

/* The session of the last answer becomes the newcomer's. */
static inline void take_session(struct house *h, struct newcomer *n) {
  struct session_found found;
  assert_true(next_is(h, "done"));
  n->token = str_copy(h->fixture.arena, house_text(h, "/token"));
  n->account = house_id(h, "/account", "account");
  n->person = house_id(h, "/person", "person");
  n->session = house_id(h, "/session", "session");
  assert_int_equal(session_resolve(&h->service, h->arena, n->token, h->fixture.now_us, &found), RESULT_OK);
  assert_true(uuid_eq(found.account, n->account) && uuid_eq(found.session, n->session));
  n->caller = (struct caller){ .account = found.account, .person = found.person, .roles = found.roles, .realm = found.realm,
                               .via = SERVICE_WEB, .request_id = STR("req-newcomer") };
}

static inline bool lasts(struct house *h, const struct newcomer *n) {
  struct session_found found;
  result r = session_resolve(&h->service, h->arena, n->token, h->fixture.now_us, &found);
  if (r != RESULT_OK) assert_int_equal(r, RESULT_NOT_FOUND);
  return r == RESULT_OK;
}

/* Under the ticket of the last answer. */
static inline void enrol(struct house *h, struct newcomer *n) {
  struct caller c = nobody(h);
  assert_true(next_is(h, "enrol_totp"));
  str ticket = house_text(h, "/ticket");
  struct totp_enrol_request asked = { .ticket = ticket };
  assert_ok(h, HOUSE(h, totp_enrol, &c, &asked));
  n->secret = str_copy(h->fixture.arena, house_text(h, "/secret"));
  struct totp_confirm_request confirmed = { .ticket = ticket, .code = totp_now(h, n->secret) };
  assert_ok(h, HOUSE(h, totp_confirm, &c, &confirmed));
  for (size_t i = 0; i < RECOVERY_CODES; i++)
    n->recovery[i] = str_copy(h->fixture.arena, house_text(h, str_z(h->arena, str_format(h->arena, "/recovery_codes/%zu", i))));
  take_session(h, n);
}

static inline str opened(struct house *h, const char *realm, const char *login) {
  struct caller c = house_caller(h, "owner-1");
  struct account_open_request r = { .realm = str_of(realm), .login = str_of(login), .name = STR("新任の担当") };
  assert_ok(h, HOUSE(h, account_open, &c, &r));
  return str_copy(h->fixture.arena, house_text(h, "/code"));
}

/* Somebody new of the staff (or an auditor), in a session with a second factor. Roles: none yet. */
static inline struct newcomer arrived(struct house *h, const char *realm, const char *login) {
  struct newcomer n = { .login = str_of(login) };
  str code = opened(h, realm, login);
  assert_ok(h, enter(h, n.login, code, GOOD_PASSWORD));
  enrol(h, &n);
  return n;
}

static inline struct newcomer signed_in(struct house *h, const struct newcomer *before) {
  struct newcomer n = *before;
  next_step(h);
  assert_ok(h, sign(h, n.login, GOOD_PASSWORD));
  if (n.secret.n > 0) assert_ok(h, prove(h, house_text(h, "/ticket"), totp_now(h, n.secret)));
  take_session(h, &n);
  return n;
}

/* By two owners. */
static inline struct uuid granted(struct house *h, struct uuid person, const char *role) {
  struct caller first = house_caller(h, "owner-1"), second = house_caller(h, "owner-2");
  struct role_grant_request r = { person, str_of(role), STR("needed"), DAY_NONE, DAY_NONE };
  assert_ok(h, HOUSE(h, role_grant, &first, &r));
  struct uuid grant = house_id(h, "/grant", "role_grant");
  struct role_confirm_request yes = { grant };
  assert_ok(h, HOUSE(h, role_confirm, &second, &yes));
  return grant;
}

/* The roster learns where the facilities are. */
static inline void with_addresses(struct house *h) {
  static const char csv[] =
      "key,kind,code,name,name_kana,closed_weekdays,closed_on_holidays,from,member_number,relation,postal_code,address\r\n"
      "F-0001,clinic,1312345679,やまだ医院,ヤマダイイン,sun,yes,2020-04-01,100001,opens,1130021,東京都文京区本駒込9-99-99\r\n";
  struct caller c = house_caller(h, "owner-1");
  struct roster_import_request r = { .kind = ROSTER_FACILITIES, .file_name = STR("roster.csv"), .bytes = str_of(csv) };
  h->fixture.now_us += 1000000;
  assert_ok(h, HOUSE(h, roster_import, &c, &r));
}

#endif
