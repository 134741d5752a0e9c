/* people: from a code that is handed over or posted to a session, and all the ways in which it ends or never begins. */
#include "newcomers.h"

static struct house house;

static int up(void **state) {
  house_up(&house);
  with_addresses(&house);
  *state = &house;
  return 0;
}

static int down(void **state) {
  house_down(*state);
  return 0;
}

static int next(void **state) {
  house_next(*state);
  return 0;
}

static int64_t events(struct house *h, const char *type) {
  return house_count(h, str_z(h->arena, str_format(h->arena, "SELECT count(*) FROM shienkin.event WHERE type = '%s'", type)));
}

/* ---- the walk of a member of the staff */

static void test_staff_walks_in(void **state) {
  struct house *h = *state;
  struct newcomer n = { .login = STR("walker-1") };
  str code = opened(h, "staff", "walker-1");
  assert_int_equal(code.n, 14); /* three groups of four */
  int64_t refused = events(h, "sign_in.refused");
  assert_refused(h, sign(h, n.login, GOOD_PASSWORD), 422, "sign_in_refused"); /* there is no password yet */
  assert_refused(h, enter(h, n.login, STR("0000-0000-0000"), GOOD_PASSWORD), 422, "sign_in_refused");
  assert_int_equal(events(h, "sign_in.refused"), refused + 2);
  /* As people write: small letters, spaces, I and L for 1, O for 0. */
  struct buf typed = buf_in(h->arena);
  for (size_t i = 0; i < code.n; i++) {
    char c = code.p[i];
    buf_byte(&typed, c == '-' ? ' ' : c == '1' ? 'l' : c == '0' ? 'o' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
  }
  assert_ok(h, enter(h, STR(" WALKER-1 "), buf_str(&typed), GOOD_PASSWORD));
  enrol(h, &n);
  assert_true(str_starts(n.token, STR("sks_")) && n.token.n == 47);
  assert_refused(h, enter(h, n.login, code, GOOD_PASSWORD), 422, "sign_in_refused"); /* once */

  struct newcomer again = signed_in(h, &n);
  assert_true(lasts(h, &n) && lasts(h, &again) && !str_eq(n.token, again.token));
  /* The step-up: with a code that was not used, in one's own session. */
  next_step(h);
  struct step_up_request up = { again.session, totp_now(h, n.secret) };
  assert_ok(h, HOUSE(h, step_up, &again.caller, &up));
  assert_refused(h, HOUSE(h, step_up, &again.caller, &up), 422, "code_refused");
  /* A recovery code instead of the authenticator, once, at another time. */
  assert_ok(h, sign(h, n.login, GOOD_PASSWORD));
  assert_ok(h, prove(h, house_text(h, "/ticket"), n.recovery[3]));
  assert_ok(h, sign(h, n.login, GOOD_PASSWORD));
  assert_refused(h, prove(h, house_text(h, "/ticket"), n.recovery[3]), 422, "sign_in_refused");
  struct own_request own = { again.session };
  assert_ok(h, HOUSE(h, account_own, &again.caller, &own));
  assert_int_equal(house_int(h, "/recovery_codes_left"), RECOVERY_CODES - 1);
  assert_string_equal(str_z(h->arena, house_text(h, "/login")), "walker-1");
}

/* Every realm reads its own account, under its own login of the database. */
static void test_own_account_in_every_realm(void **state) {
  struct house *h = *state;
  static const struct { const char *who, *realm, *role; } people[] = {
    { "clinic-1", "clinic", "clinic" }, { "adjuster-1", "staff", "adjuster" }, { "auditor-1", "auditor", "auditor" },
  };
  for (size_t i = 0; i < COUNT_OF(people); i++) {
    struct caller c = house_caller(h, people[i].who);
    struct own_request own = { .session = { { 0 } } };
    assert_ok(h, HOUSE(h, account_own, &c, &own));
    assert_string_equal(str_z(h->arena, house_text(h, "/realm")), people[i].realm);
    assert_string_equal(str_z(h->arena, house_text(h, "/roles/0")), people[i].role);
  }
}

/* A leaver: sessions and tokens end, roles end, the claim in hand goes back, and there is no way in. */
static void test_leaver(void **state) {
  struct house *h = *state;
  struct uuid claim = filed(h);
  struct newcomer n = arrived(h, "staff", "leaver-1");
  granted(h, n.person, "adjuster");
  assert_false(lasts(h, &n)); /* a role that comes ends the session */
  n = signed_in(h, &n);
  assert_int_equal(n.caller.roles, SERVICE_ADJUSTER);
  struct assign_request to = { claim, SERVICE_ANY_VERSION, n.person };
  struct caller approver = house_caller(h, "approver-1"), owner = house_caller(h, "owner-1");
  assert_ok(h, HOUSE(h, claim_assign, &approver, &to));
  struct token_create_request token = { STR("reporting"), true, day_in_japan(h->fixture.now_us) + 30 };
  assert_ok(h, HOUSE(h, token_create, &n.caller, &token));
  struct newcomer machine = { .token = house_text(h, "/token") };
  assert_true(lasts(h, &machine));

  struct account_close_request gone = { n.account, STR("") };
  assert_refused(h, HOUSE(h, account_close, &owner, &gone), 422, "text_needed");
  gone.reason = STR("moves to another house");
  assert_refused(h, HOUSE(h, account_close, &approver, &gone), 403, "role_needed");
  assert_ok(h, HOUSE(h, account_close, &owner, &gone));
  assert_int_equal(house_int(h, "/claims_given_back"), 1);
  assert_false(lasts(h, &n));
  assert_false(lasts(h, &machine));
  assert_refused(h, sign(h, n.login, GOOD_PASSWORD), 422, "sign_in_refused");
  assert_int_equal(house_count(h, "SELECT count(*) FROM shienkin.claim WHERE assigned_to IS NOT NULL AND state = 'in_review'"), 0);
  assert_conflict(h, HOUSE(h, account_close, &owner, &gone), 409, "account_closed");
}

/* ---- a clinic, by letter */

static void test_clinic_by_letter(void **state) {
  struct house *h = *state;
  struct caller adjuster = house_caller(h, "adjuster-1"), proxy = house_caller(h, "proxy-1");
  struct account_open_request r = { .realm = STR("clinic"), .login = STR("letter-1"), .name = STR("医院の事務"),
                                    .facility = h->clinic_1, .mandate_kind = STR("clerk") };
  assert_ok(h, HOUSE(h, account_open, &adjuster, &r));
  assert_true(json_at(&h->body, STR("/code"))->kind == JSON_KIND_NULL); /* nobody sees a code before it is printed */
  assert_refused(h, HOUSE(h, letter_list, &adjuster, NULL), 403, "role_needed");
  assert_ok(h, HOUSE(h, letter_list, &proxy, NULL));
  struct letter_print_request print = { house_id(h, "/letters/0/letter", "letter") };
  assert_ok(h, HOUSE(h, letter_print, &proxy, &print));
  str first = house_text(h, "/code");
  assert_string_equal(str_z(h->arena, house_text(h, "/postal_code")), "1130021");
  assert_ok(h, HOUSE(h, letter_print, &proxy, &print));
  str second = house_text(h, "/code");
  assert_refused(h, enter(h, STR("letter-1"), first, GOOD_PASSWORD), 422, "sign_in_refused"); /* void since the second */
  assert_ok(h, enter(h, STR("letter-1"), second, GOOD_PASSWORD));
  struct newcomer n = { .login = STR("letter-1") };
  take_session(h, &n); /* a clinic that has no second factor is in */
  assert_true(str_starts(n.token, STR("skc_")) && n.caller.roles == SERVICE_CLINIC && n.caller.realm == STORE_CLINIC);
  assert_ok(h, HOUSE(h, letter_list, &proxy, NULL));
  assert_int_equal(json_at(&h->body, STR("/letters"))->count, 0);

  /* It sets one up in its session, and is asked for it from then on. */
  struct totp_enrol_request enrol_it = { .session = n.session };
  h->fixture.now_us += (int64_t)(STEP_UP_S + 1) * 1000000;
  assert_refused(h, HOUSE(h, totp_enrol, &n.caller, &enrol_it), 403, "second_factor_again");
  struct step_up_request up = { n.session, STR("wrong, all wrong") };
  assert_refused(h, HOUSE(h, step_up, &n.caller, &up), 422, "code_refused");
  up.code = STR(GOOD_PASSWORD);
  assert_ok(h, HOUSE(h, step_up, &n.caller, &up));
  assert_ok(h, HOUSE(h, totp_enrol, &n.caller, &enrol_it));
  n.secret = house_text(h, "/secret");
  struct totp_confirm_request confirm = { .code = totp_now(h, n.secret), .session = n.session };
  assert_ok(h, HOUSE(h, totp_confirm, &n.caller, &confirm));
  assert_int_equal(json_at(&h->body, STR("/recovery_codes"))->count, RECOVERY_CODES);
  next_step(h);
  assert_ok(h, sign(h, n.login, GOOD_PASSWORD));
  assert_true(next_is(h, "second_factor"));

  /* Lost: a letter to the roster's address, however often it is asked for; it leaves the second factor as it is. */
  struct caller c = nobody(h);
  struct recovery_ask_request ask = { STR("letter-1") }, ghost = { STR("ghost") };
  assert_ok(h, HOUSE(h, recovery_ask, &c, &ghost));
  str said = h->answer.body;
  for (int i = 0; i < 3; i++) {
    assert_ok(h, HOUSE(h, recovery_ask, &c, &ask));
    assert_true(h->answer.status == 202 && str_eq(said, h->answer.body) && uuid_none(h->answer.event));
  }
  assert_ok(h, HOUSE(h, letter_list, &proxy, NULL));
  assert_int_equal(json_at(&h->body, STR("/letters"))->count, 1);
  print.letter = house_id(h, "/letters/0/letter", "letter");
  assert_ok(h, HOUSE(h, letter_print, &proxy, &print));
  second = house_text(h, "/code");
  h->fixture.now_us += INT64_C(86400) * 1000000 * (POSTED_CODE_DAYS + 1);
  assert_refused(h, enter(h, n.login, second, GOOD_PASSWORD), 422, "sign_in_refused"); /* after its 30 days */
  assert_ok(h, HOUSE(h, letter_print, &proxy, &print));
  assert_ok(h, enter(h, n.login, house_text(h, "/code"), GOOD_PASSWORD));
  assert_true(next_is(h, "second_factor"));
}

/* ---- the mail room: several letters at once, one sheet each, posted */

static struct uuid letter_of(struct house *h, const char *login) {
  struct caller owner = house_caller(h, "owner-1");
  struct accounts_request search = { .words = str_of(login), .state = STR("letter") };
  assert_ok(h, HOUSE(h, account_list, &owner, &search));
  struct account_view_request view = { house_id(h, "/accounts/0/account", "account") };
  assert_ok(h, HOUSE(h, account_view, &owner, &view));
  return house_id(h, "/letter/letter", "letter");
}

/* The two letters of the list, as whoever looks now sees them. */
static void see_letters(struct house *h, struct letter_shown *out) {
  struct caller proxy = house_caller(h, "proxy-1");
  assert_ok(h, HOUSE(h, letter_list, &proxy, NULL));
  assert_int_equal(json_at(&h->body, STR("/letters"))->count, 2);
  out[0] = (struct letter_shown){ house_id(h, "/letters/0/letter", "letter"), house_int(h, "/letters/0/version") };
  out[1] = (struct letter_shown){ house_id(h, "/letters/1/letter", "letter"), house_int(h, "/letters/1/version") };
}

static void test_mail_room(void **state) {
  struct house *h = *state;
  struct caller adjuster = house_caller(h, "adjuster-1"), proxy = house_caller(h, "proxy-1"), owner = house_caller(h, "owner-1");
  static const char *const logins[] = { "post-1", "post-2" };
  struct letter_shown letters[3];
  for (size_t i = 0; i < 2; i++) {
    struct account_open_request open = { .realm = STR("clinic"), .login = str_of(logins[i]), .name = STR("医院の事務"),
                                         .facility = h->clinic_1, .mandate_kind = STR("clerk") };
    assert_ok(h, HOUSE(h, account_open, &adjuster, &open));
    letters[i] = (struct letter_shown){ letter_of(h, logins[i]), 0 };
  }
  letters[2] = letters[0]; /* named twice, printed once */
  struct letters_request all = { letters, 3 };
  assert_conflict(h, HOUSE(h, letters_post, &proxy, &all), 409, "letter_unprinted");
  assert_refused(h, HOUSE(h, letters_print, &adjuster, &all), 403, "role_needed");
  assert_ok(h, HOUSE(h, letters_print, &proxy, &all));
  assert_int_equal(json_at(&h->body, STR("/letters"))->count, 2);
  str code = house_text(h, "/letters/0/code"), login = house_text(h, "/letters/0/login");
  assert_string_not_equal(str_z(h->arena, code), str_z(h->arena, house_text(h, "/letters/1/code")));

  /* Who looked before that does not make those sheets void; nor does half of a list. */
  h->fixture.now_us += 60 * 1000000;
  assert_conflict(h, HOUSE(h, letters_print, &owner, &all), 409, "letter_printed");
  assert_conflict(h, HOUSE(h, letters_post, &owner, &all), 409, "letter_printed");
  struct letter_shown sheets[2];
  struct letters_request printed = { sheets, 2 };
  see_letters(h, sheets);

  /* Nor is a sheet said to be posted that nobody posted: printed anew between two looks, it is another one. */
  assert_ok(h, HOUSE(h, letter_print, &owner, &(struct letter_print_request){ sheets[0].letter }));
  code = house_text(h, "/code"), login = house_text(h, "/login");
  assert_conflict(h, HOUSE(h, letters_post, &proxy, &printed), 409, "letter_printed");
  see_letters(h, sheets);
  assert_true(json_at(&h->body, STR("/letters/0/posted_at"))->kind == JSON_KIND_NULL);
  assert_true(json_at(&h->body, STR("/letters/1/posted_at"))->kind == JSON_KIND_NULL);
  assert_ok(h, HOUSE(h, letters_post, &proxy, &printed));
  assert_int_equal(house_int(h, "/posted"), 2);
  assert_ok(h, HOUSE(h, letter_list, &owner, NULL));
  assert_true(house_text(h, "/letters/0/posted_at").n > 0 && house_text(h, "/letters/1/posted_at").n > 0);
  assert_true(json_at(&h->body, STR("/letters/0/has_address"))->kind == JSON_KIND_TRUE);
  assert_ok(h, enter(h, login, code, GOOD_PASSWORD));

  /* Another sheet of the other waits to be posted anew. */
  struct letter_print_request again = { letters[str_eq(login, STR("post-1")) ? 1 : 0].letter };
  assert_ok(h, HOUSE(h, letter_print, &proxy, &again));
  assert_ok(h, HOUSE(h, letter_list, &proxy, NULL));
  assert_int_equal(json_at(&h->body, STR("/letters"))->count, 1);
  assert_true(json_at(&h->body, STR("/letters/0/posted_at"))->kind == JSON_KIND_NULL);
  struct letters_request none = { letters, 0 };
  assert_refused(h, HOUSE(h, letters_print, &proxy, &none), 422, "letters_none");
}

/* ---- codes work once */

static void test_replayed_step(void **state) {
  struct house *h = *state;
  struct newcomer n = arrived(h, "staff", "replay-1");
  next_step(h);
  str code = totp_now(h, n.secret);
  assert_ok(h, sign(h, n.login, GOOD_PASSWORD));
  str first = house_text(h, "/ticket");
  assert_ok(h, sign(h, n.login, GOOD_PASSWORD));
  str second = house_text(h, "/ticket");
  assert_ok(h, prove(h, first, code));
  assert_refused(h, prove(h, second, code), 422, "sign_in_refused"); /* the code was used, whoever has a ticket */
  assert_refused(h, prove(h, first, totp_now(h, n.secret)), 422, "sign_in_refused"); /* and so was the ticket */
  next_step(h);
  assert_ok(h, prove(h, second, totp_now(h, n.secret)));
  /* An earlier step than the last one that was used is over too. */
  next_step(h);
  code = totp_now(h, n.secret);
  h->fixture.now_us += INT64_C(28) * 1000000;
  assert_ok(h, sign(h, n.login, GOOD_PASSWORD));
  assert_ok(h, prove(h, house_text(h, "/ticket"), totp_now(h, n.secret)));
  assert_ok(h, sign(h, n.login, GOOD_PASSWORD));
  assert_refused(h, prove(h, house_text(h, "/ticket"), code), 422, "sign_in_refused");
}

/* Tickets are for their step, and end. */
static void test_tickets(void **state) {
  struct house *h = *state;
  struct newcomer n = arrived(h, "staff", "ticket-1");
  next_step(h);
  assert_ok(h, sign(h, n.login, GOOD_PASSWORD));
  str ticket = house_text(h, "/ticket");
  struct caller c = nobody(h);
  struct totp_enrol_request wrong = { .ticket = ticket };
  assert_refused(h, HOUSE(h, totp_enrol, &c, &wrong), 422, "ticket_over"); /* no second authenticator past the first */
  struct session_found found;
  assert_int_equal(session_resolve(&h->service, h->arena, ticket, h->fixture.now_us, &found), RESULT_NOT_FOUND);
  h->fixture.now_us += (int64_t)TICKET_S * 1000000;
  assert_refused(h, prove(h, ticket, totp_now(h, n.secret)), 422, "sign_in_refused");
}

/* ---- sessions */

static void test_session_is_fresh(void **state) {
  struct house *h = *state;
  struct newcomer n = arrived(h, "auditor", "fresh-1"), again = signed_in(h, &n);
  assert_true(str_starts(n.token, STR("ska_")));
  assert_int_equal(again.caller.realm, STORE_AUDITOR);
  assert_false(str_eq(n.token, again.token)); /* nothing that a caller brings becomes a session */
  struct newcomer forged = { .token = str_format(h->arena, "sks_%.*s", STR_ARG(str_slice(again.token, 4, again.token.n))) };
  assert_false(lasts(h, &forged)); /* the realm is part of the token */
  forged.token = str_format(h->arena, "skm_%.*s", STR_ARG(str_slice(again.token, 4, again.token.n)));
  assert_false(lasts(h, &forged));
  struct session_end_request end = { again.session };
  struct caller other = house_caller(h, "adjuster-1");
  assert_int_equal(HOUSE(h, session_end, &other, &end), RESULT_NOT_FOUND); /* another's */
  assert_true(lasts(h, &again));
  assert_ok(h, HOUSE(h, session_end, &again.caller, &end));
  assert_true(lasts(h, &n) && !lasts(h, &again));
  end.session = (struct uuid){ { 0 } };
  assert_ok(h, HOUSE(h, session_end, &n.caller, &end));
  assert_false(lasts(h, &n));
}

static void test_idle_and_absolute_end(void **state) {
  struct house *h = *state;
  struct newcomer n = arrived(h, "staff", "idle-1");
  int64_t began = h->fixture.now_us;
  h->fixture.now_us += (int64_t)(SESSION_IDLE_S - 1) * 1000000;
  assert_true(lasts(h, &n)); /* seen: the idle clock begins anew */
  h->fixture.now_us += (int64_t)(SESSION_IDLE_S - 1) * 1000000;
  assert_true(lasts(h, &n));
  h->fixture.now_us += (int64_t)SESSION_IDLE_S * 1000000;
  assert_false(lasts(h, &n));
  n = signed_in(h, &n);
  began = h->fixture.now_us;
  while (h->fixture.now_us + INT64_C(1500) * 1000000 < began + (int64_t)SESSION_MOST_S * 1000000) {
    h->fixture.now_us += INT64_C(1500) * 1000000;
    assert_true(lasts(h, &n));
  }
  h->fixture.now_us = began + (int64_t)SESSION_MOST_S * 1000000;
  assert_false(lasts(h, &n));
}

/* One statement a request (that it writes at most once a minute, tests/store/signin.sql sees). */
static uint64_t statements_seen;
static void count_statement(const char *statement) {
  if (strcmp(statement, "session_of") == 0) statements_seen++;
}

static void test_resolving_is_one_statement(void **state) {
  struct house *h = *state;
  struct newcomer n = arrived(h, "staff", "quick-1");
  statements_seen = 0;
  h->also = count_statement;
  for (int i = 0; i < 5; i++) assert_true(lasts(h, &n));
  h->also = NULL;
  assert_int_equal(statements_seen, 5);
}

/* ---- the same answer for whoever asks */

static str refusal_text(struct house *h) {
  struct buf b = buf_in(h->arena);
  buf_format(&b, "%d|%d|%.*s|", h->answer.status, (int)h->answer.version, STR_ARG(h->answer.body));
  assert_true(uuid_none(h->answer.event));
  for (size_t i = 0; i < h->findings.count; i++)
    buf_format(&b, "%.*s|%s|%.*s|%.*s|", STR_ARG(h->findings.items[i].pointer), h->findings.items[i].code,
               STR_ARG(h->findings.items[i].ja), STR_ARG(h->findings.items[i].en));
  return buf_str(&b);
}

static void test_uniform_answers(void **state) {
  struct house *h = *state;
  struct newcomer n = arrived(h, "staff", "uniform-1");
  assert_refused(h, sign(h, STR("no-such-login"), GOOD_PASSWORD), 422, "sign_in_refused");
  uint64_t queries = h->seen;
  str unknown = refusal_text(h);
  assert_refused(h, sign(h, n.login, "another password, wrong"), 422, "sign_in_refused");
  assert_true(str_eq(unknown, refusal_text(h)));
  assert_true(h->seen - queries <= 4); /* but for the event: insert, salt, proofs */
  assert_refused(h, enter(h, STR("no-such-login"), STR("7777-7777-7777"), GOOD_PASSWORD), 422, "sign_in_refused");
  assert_true(str_eq(unknown, refusal_text(h)));
  assert_refused(h, enter(h, n.login, STR("7777-7777-7777"), GOOD_PASSWORD), 422, "sign_in_refused");
  assert_true(str_eq(unknown, refusal_text(h)));
  assert_refused(h, sign(h, STR("\xff\xfe"), "\xff"), 422, "sign_in_refused");
  assert_true(str_eq(unknown, refusal_text(h)));
  assert_refused(h, sign(h, STR("shienkin-service"), GOOD_PASSWORD), 422, "sign_in_refused"); /* nobody is the service */
  assert_true(str_eq(unknown, refusal_text(h)));
}

/* Ten trials in a window, counted in the database; the window ends whatever is tried meanwhile. */
static void test_trials_are_bounded(void **state) {
  struct house *h = *state;
  struct newcomer n = arrived(h, "staff", "bounded-1");
  next_step(h);
  for (int i = 0; i < 10; i++) assert_refused(h, sign(h, n.login, "wrong wrong wrong"), 422, "sign_in_refused");
  str wrong = refusal_text(h);
  assert_refused(h, sign(h, n.login, GOOD_PASSWORD), 422, "sign_in_refused"); /* right, and too late */
  assert_true(str_eq(wrong, refusal_text(h)));
  h->fixture.now_us += INT64_C(14) * 60 * 1000000;
  assert_refused(h, sign(h, n.login, GOOD_PASSWORD), 422, "sign_in_refused");
  h->fixture.now_us += INT64_C(61) * 1000000;
  assert_ok(h, sign(h, n.login, GOOD_PASSWORD)); /* never for good */
  str ticket = house_text(h, "/ticket");
  for (int i = 0; i < 5; i++) assert_refused(h, prove(h, ticket, STR("12345")), 422, "sign_in_refused");
  assert_refused(h, prove(h, ticket, totp_now(h, n.secret)), 422, "sign_in_refused");
}

/* ---- passwords */

static void test_passwords(void **state) {
  struct house *h = *state;
  static const struct { const char *password, *code; } refused[] = {
    { "elevenchars", "password_too_short" },   { "十一文字の短い言葉です", "password_too_short" },
    { "password1234", "password_common" },     { "PassWord1234", "password_common" },
    { "aaaaaaaaaaaaaaa", "password_common" },  { "password-walks-1", "password_is_login" },
    { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "password_too_long" },
  };
  str code = opened(h, "staff", "password-walks-1");
  for (size_t i = 0; i < COUNT_OF(refused); i++)
    assert_refused(h, enter(h, STR("password-walks-1"), code, refused[i].password), 422, refused[i].code);
  char long_one[PASSWORD_MOST_BYTES + 2];
  for (size_t i = 0; i < sizeof long_one - 1; i++) long_one[i] = (char)('a' + i % 26);
  long_one[sizeof long_one - 1] = '\0';
  assert_refused(h, enter(h, STR("password-walks-1"), code, long_one), 422, "password_too_long");
  long_one[PASSWORD_MOST_BYTES] = '\0';
  assert_ok(h, enter(h, STR("password-walks-1"), code, long_one));
  struct newcomer n = { .login = STR("password-walks-1") };
  enrol(h, &n);
  struct newcomer other = n;
  next_step(h);
  assert_ok(h, sign(h, n.login, long_one));
  assert_ok(h, prove(h, house_text(h, "/ticket"), totp_now(h, n.secret)));
  take_session(h, &other);
  struct password_change_request change = { n.session, STR("not the old one"), STR("ポーチのガラス戸はパタン") };
  assert_refused(h, HOUSE(h, password_change, &n.caller, &change), 422, "password_wrong");
  assert_true(lasts(h, &other));
  change.old_password = str_of(long_one);
  change.new_password = STR("ポーチのガラス戸はパタンカタン");
  assert_ok(h, HOUSE(h, password_change, &n.caller, &change));
  assert_true(lasts(h, &n) && !lasts(h, &other)); /* the others end, the one it was done in goes on */
  next_step(h);
  assert_refused(h, sign(h, n.login, long_one), 422, "sign_in_refused");
  /* The same text as another keyboard writes it: decomposed (NFD) ポ and ガ. */
  assert_ok(h, sign(h, n.login, "ホ\xe3\x82\x9aーチのカ\xe3\x82\x99ラス戸はハ\xe3\x82\x9aタンカタン"));
}

/* ---- roles */

static void test_roles_by_two_owners(void **state) {
  struct house *h = *state;
  struct newcomer n = arrived(h, "staff", "granted-1");
  struct caller first = house_caller(h, "owner-1"), second = house_caller(h, "owner-2"), adjuster = house_caller(h, "adjuster-1");
  struct role_grant_request r = { n.person, STR("cashier"), STR("needed"), DAY_NONE, DAY_NONE };
  assert_refused(h, HOUSE(h, role_grant, &adjuster, &r), 403, "role_needed");
  r.role = STR("clinic");
  assert_refused(h, HOUSE(h, role_grant, &first, &r), 422, "role_unknown");
  r.role = STR("cashier");
  assert_ok(h, HOUSE(h, role_grant, &first, &r));
  struct role_confirm_request yes = { house_id(h, "/grant", "role_grant") };
  assert_true(lasts(h, &n)); /* one owner's word has no effect */
  struct session_found found;
  assert_int_equal(session_resolve(&h->service, h->arena, n.token, h->fixture.now_us, &found), RESULT_OK);
  assert_int_equal(found.roles, 0);
  assert_conflict(h, HOUSE(h, role_confirm, &first, &yes), 409, "second_owner");
  assert_ok(h, HOUSE(h, role_list, &first, NULL));
  assert_int_equal(json_at(&h->body, STR("/waiting"))->count, 1);
  assert_int_equal(json_at(&h->body, STR("/short_of_two"))->count, 1);
  assert_string_equal(str_z(h->arena, house_text(h, "/short_of_two/0")), "cashier"); /* the house has one */
  assert_ok(h, HOUSE(h, role_confirm, &second, &yes));
  assert_false(lasts(h, &n));
  assert_conflict(h, HOUSE(h, role_confirm, &second, &yes), 409, "role_grant_confirmation_pkey");
  n = signed_in(h, &n);
  assert_int_equal(n.caller.roles, SERVICE_CASHIER);
  assert_ok(h, HOUSE(h, role_list, &first, NULL));
  assert_int_equal(json_at(&h->body, STR("/short_of_two"))->count, 0);
  struct token_create_request token = { STR("robot"), true, day_in_japan(h->fixture.now_us) + 1 };
  assert_refused(h, HOUSE(h, token_create, &n.caller, &token), 403, "token_money_role");
  struct role_revoke_request no = { yes.grant, STR("leaves the desk") };
  assert_ok(h, HOUSE(h, role_revoke, &first, &no));
  assert_false(lasts(h, &n));
  struct account_close_request last = { house_person(h, "owner-2")->account, STR("leaves") };
  assert_conflict(h, HOUSE(h, account_close, &first, &last), 409, "two_owners");
}

/* ---- machines */

static void test_machine_token(void **state) {
  struct house *h = *state;
  struct caller clinic = house_caller(h, "clinic-1"), adjuster = house_caller(h, "adjuster-1");
  day today = day_in_japan(h->fixture.now_us);
  struct token_create_request r = { STR("電子カルテ連携"), false, today + TOKEN_MOST_DAYS + 1 };
  assert_refused(h, HOUSE(h, token_create, &clinic, &r), 422, "token_days");
  r.expires_on = today;
  assert_ok(h, HOUSE(h, token_create, &clinic, &r));
  struct uuid id = house_id(h, "/token_id", "machine_token");
  struct newcomer machine = { .token = house_text(h, "/token") };
  struct session_found found;
  assert_int_equal(session_resolve(&h->service, h->arena, machine.token, h->fixture.now_us, &found), RESULT_OK);
  assert_true(found.machine && !found.read_only && found.roles == SERVICE_CLINIC && found.realm == STORE_CLINIC);
  assert_true(found.mandate_count == 1 && uuid_eq(found.facilities[0], h->clinic_1) && found.csrf.n == 0);
  assert_true(found.step_up_at == SQL_NONE);
  assert_refused(h, HOUSE(h, token_create, &adjuster, &r), 403, "token_scope"); /* of the staff: reading alone */
  r.read_only = true;
  assert_ok(h, HOUSE(h, token_create, &adjuster, &r));
  struct newcomer reader = { .token = house_text(h, "/token") };
  assert_int_equal(session_resolve(&h->service, h->arena, reader.token, h->fixture.now_us, &found), RESULT_OK);
  assert_true(found.read_only);
  struct token_end_request end = { id };
  assert_int_equal(HOUSE(h, token_end, &adjuster, &end), RESULT_NOT_FOUND); /* another's */
  assert_ok(h, HOUSE(h, token_end, &clinic, &end));
  assert_false(lasts(h, &machine));
  h->fixture.now_us += INT64_C(86400) * 1000000;
  assert_false(lasts(h, &reader));
}

/* ---- accounts, mandates, recovery by an owner */

static void test_accounts_and_mandates(void **state) {
  struct house *h = *state;
  struct caller owner = house_caller(h, "owner-1"), adjuster = house_caller(h, "adjuster-1");
  struct account_open_request bad = { .realm = STR("clinic"), .login = STR("漢字"), .name = STR("") };
  assert_refused(h, HOUSE(h, account_open, &owner, &bad), 422, "facility_needed");
  assert_true(findings_has(&h->findings, STR("/login"), "login_form") && findings_has(&h->findings, STR("/name"), "text_needed"));
  struct account_open_request staff = { .realm = STR("staff"), .login = STR("manager-1"), .name = STR("担当") };
  assert_refused(h, HOUSE(h, account_open, &adjuster, &staff), 403, "role_needed");
  struct newcomer n = arrived(h, "staff", "manager-1");
  assert_conflict(h, HOUSE(h, account_open, &owner, &staff), 409, "account_login_key");

  struct account_reset_request reset = { n.account, STR("lost the telephone") };
  assert_refused(h, HOUSE(h, account_reset, &adjuster, &reset), 403, "role_needed");
  struct caller second = house_caller(h, "owner-2");
  assert_ok(h, HOUSE(h, account_reset, &owner, &reset));
  struct account_reset_confirm_request yes = { house_id(h, "/reset", "account_reset") };
  assert_null(json_at(&h->body, STR("/code")));
  assert_true(lasts(h, &n)); /* one owner alone moves nothing */
  assert_conflict(h, HOUSE(h, account_reset_confirm, &owner, &yes), 409, "second_owner");
  assert_refused(h, HOUSE(h, account_reset_confirm, &adjuster, &yes), 403, "role_needed");
  assert_ok(h, HOUSE(h, account_reset_list, &second, NULL));
  assert_string_equal(str_z(h->arena, house_text(h, "/waiting/0/login")), "manager-1");
  assert_ok(h, HOUSE(h, account_reset_confirm, &second, &yes));
  str code = house_text(h, "/code");
  assert_int_equal(HOUSE(h, account_reset_confirm, &second, &yes), RESULT_CONFLICT); /* each once */
  assert_ok(h, HOUSE(h, account_reset_list, &second, NULL));
  assert_int_equal(json_at(&h->body, STR("/waiting"))->count, 0);
  assert_false(lasts(h, &n));
  assert_refused(h, sign(h, n.login, GOOD_PASSWORD), 422, "sign_in_refused");
  assert_ok(h, enter(h, n.login, code, GOOD_PASSWORD));
  enrol(h, &n); /* the second factor was forgotten too */
  reset.account = owner.account;
  assert_conflict(h, HOUSE(h, account_reset, &owner, &reset), 409, "account_self");

  struct accounts_request list = { .words = STR("manager"), .limit = 10 };
  assert_ok(h, HOUSE(h, account_list, &owner, &list));
  assert_int_equal(json_at(&h->body, STR("/accounts"))->count, 1);
  assert_string_equal(str_z(h->arena, house_text(h, "/accounts/0/login")), "manager-1");
  assert_int_equal(json_at(&h->body, STR("/accounts/0/second_factor"))->kind, JSON_KIND_TRUE);
  assert_ok(h, HOUSE(h, account_list, &adjuster, &list)); /* clinics alone */
  assert_int_equal(json_at(&h->body, STR("/accounts"))->count, 0);

  struct mandate_request give = { .login = STR("Clinic-1 "), .facility = h->clinic_2, .kind = STR("clerk") };
  assert_ok(h, HOUSE(h, mandate_give, &adjuster, &give));
  struct mandate_end_request end = { house_id(h, "/mandate", "mandate"), STR("asked for by the clinic") };
  struct mandates_request of = { h->clinic_2 };
  assert_ok(h, HOUSE(h, mandate_list, &adjuster, &of));
  const struct json *mandates = json_at(&h->body, STR("/mandates"));
  const struct json *newest = json_get(&mandates->as.items[mandates->count - 1], STR("mandate"));
  assert_true(str_eq(json_text(newest), uuid_outside(h->arena, service_prefix("mandate"), end.mandate)));
  assert_conflict(h, HOUSE(h, mandate_give, &adjuster, &give), 409, "mandate_once");
  assert_ok(h, HOUSE(h, mandate_end, &adjuster, &end));
  assert_int_equal(HOUSE(h, mandate_end, &adjuster, &end), RESULT_NOT_FOUND);
  struct language_request language = { STR("en") };
  assert_ok(h, HOUSE(h, language_set, &n.caller, &language));
  struct session_found found;
  assert_int_equal(session_resolve(&h->service, h->arena, n.token, h->fixture.now_us, &found), RESULT_OK);
  assert_true(str_eq(found.language, STR("en")));
}

static void test_demo(void **state) {
  struct house *h = *state;
  struct caller c = nobody(h);
  struct demo_sign_in_request r = { STR("adjuster-1") };
  assert_refused(h, HOUSE(h, demo_sign_in, &c, &r), 403, "not_permitted");
  h->service.demo = true;
  assert_ok(h, HOUSE(h, demo_sign_in, &c, &r));
  struct newcomer n = { .login = r.login };
  take_session(h, &n);
  assert_int_equal(n.caller.roles, SERVICE_ADJUSTER);
  h->service.demo = false;
}

/* Whoever came in without a second factor, as in a demo, can set one up afterwards, in whatever realm. */
static void test_first_authenticator_in_a_session(void **state) {
  struct house *h = *state;
  static const char *const logins[] = { "auditor-1", "approver-1", "clinic-1" };
  h->service.demo = true;
  for (size_t i = 0; i < COUNT_OF(logins); i++) {
    struct caller c = nobody(h);
    struct newcomer n = { .login = str_of(logins[i]) };
    assert_ok(h, HOUSE(h, demo_sign_in, &c, (&(struct demo_sign_in_request){ n.login })));
    take_session(h, &n);
    assert_ok(h, HOUSE(h, totp_enrol, &n.caller, (&(struct totp_enrol_request){ .session = n.session })));
    n.secret = house_text(h, "/secret");
    assert_ok(h, HOUSE(h, totp_confirm, &n.caller, (&(struct totp_confirm_request){ .session = n.session, .code = totp_now(h, n.secret) })));
  }
  h->service.demo = false;
}

/* By login, name, reading, role and state; the clinics' alone for who is no owner. */
static void test_searching_accounts(void **state) {
  struct house *h = *state;
  struct caller adjuster = house_caller(h, "adjuster-1"), owner = house_caller(h, "owner-1");
  struct account_open_request open = { .realm = STR("clinic"), .login = STR("jimu@example.test"), .name = STR("山田 花子"),
                                       .name_kana = STR("やまだ はなこ"), .facility = h->clinic_1, .mandate_kind = STR("clerk") };
  assert_ok(h, HOUSE(h, account_open, &adjuster, &open));
  str account = house_text(h, "/account");
  static const struct { str words, role, state; size_t found; } cases[] = {
    { STR_INIT("JIMU@"), STR_INIT(""), STR_INIT(""), 1 },     { STR_INIT("花子"), STR_INIT("clinic"), STR_INIT("open"), 1 },
    { STR_INIT("はなこ"), STR_INIT(""), STR_INIT("letter"), 1 }, { STR_INIT("花子"), STR_INIT(""), STR_INIT("closed"), 0 },
    { STR_INIT("%"), STR_INIT(""), STR_INIT(""), 0 },         { STR_INIT("花子"), STR_INIT("auditor"), STR_INIT(""), 0 },
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct accounts_request r = { .words = cases[i].words, .role = cases[i].role, .state = cases[i].state };
    assert_ok(h, HOUSE(h, account_list, &adjuster, &r));
    const struct json *found = json_at(&h->body, STR("/accounts"));
    if (found->count != cases[i].found) fail_msg("%zu: %u accounts", i, found->count);
    if (found->count) assert_true(str_eq(house_text(h, "/accounts/0/account"), account));
  }
  struct accounts_request auditors = { .role = STR("auditor"), .realm = STR("auditor") };
  assert_refused(h, HOUSE(h, account_list, &adjuster, &auditors), 403, "role_needed");
  assert_ok(h, HOUSE(h, account_list, &owner, &auditors));
  assert_true(json_at(&h->body, STR("/accounts"))->count > 0);
  struct account_view_request view = { house_person(h, "owner-1")->account };
  assert_refused(h, HOUSE(h, account_view, &adjuster, &view), 403, "role_needed");
}

/* Nothing of what people type stands anywhere in an event. */
static void test_events_keep_secrets(void **state) {
  struct house *h = *state;
  struct newcomer n = arrived(h, "staff", "secretive-1");
  assert_refused(h, sign(h, STR("secretive-1"), "a password, not his"), 422, "sign_in_refused");
  const char *sql = str_z(h->arena, str_format(h->arena,
      "SELECT count(*) FROM shienkin.event WHERE convert_from(body, 'UTF8') ~ '%.*s|%.*s|secretive|argon2|not his|%s'",
      STR_ARG(n.token), STR_ARG(n.secret), GOOD_PASSWORD));
  assert_int_equal(house_count(h, sql), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_own_account_in_every_realm, next),
    cmocka_unit_test_setup(test_staff_walks_in, next),        cmocka_unit_test_setup(test_roles_by_two_owners, next),
    cmocka_unit_test_setup(test_leaver, next),                cmocka_unit_test_setup(test_clinic_by_letter, next),
    cmocka_unit_test_setup(test_mail_room, next),             cmocka_unit_test_setup(test_searching_accounts, next),
    cmocka_unit_test_setup(test_replayed_step, next),         cmocka_unit_test_setup(test_tickets, next),
    cmocka_unit_test_setup(test_session_is_fresh, next),      cmocka_unit_test_setup(test_idle_and_absolute_end, next),
    cmocka_unit_test_setup(test_resolving_is_one_statement, next),
    cmocka_unit_test_setup(test_uniform_answers, next),       cmocka_unit_test_setup(test_trials_are_bounded, next),
    cmocka_unit_test_setup(test_passwords, next),             cmocka_unit_test_setup(test_machine_token, next),
    cmocka_unit_test_setup(test_accounts_and_mandates, next), cmocka_unit_test_setup(test_demo, next),
    cmocka_unit_test_setup(test_first_authenticator_in_a_session, next),
    cmocka_unit_test_setup(test_events_keep_secrets, next),
  };
  return cmocka_run_group_tests(tests, up, down);
}
