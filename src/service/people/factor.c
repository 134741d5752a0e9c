/* factor: authenticators and recovery codes. A code of an authenticator works once, whichever instance sees it: the step is
 * a row that is unique, and none before the last one counts. */
#include "people/people.h"

enum { SECRET_BYTES = 20, TOTP_WINDOW = 1 };    /* RFC 4226 §4 R6 recommends 160 bits; RFC 6238 §5.2 one step of delay */

static result create_key(struct tx *tx, void *context) {
  struct { struct work *w; struct uuid account; } *c = context;
  (void)tx;
  return service__key_new(c->w, SEALING_ACCOUNT, c->account, c->account);
}

result people__account_key(struct work *w, struct uuid account) {
  struct { struct work *w; struct uuid account; } c = { w, account };
  struct tx_fault fault;
  result r = service__key_open(w, account);
  if (r != RESULT_NOT_FOUND) return r;
  r = tx_attempt(w->tx, create_key, &c, &fault);
  if (r == RESULT_OK) return RESULT_OK;
  w->key_is_open[0] = w->key_is_open[1] = false;
  return fault.kind == TX_FAULT_RULE ? service__key_open(w, account) : r; /* another request made it meanwhile */
}

/* ---- codes of an authenticator */

static bool six_digits(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] < '0' || s.p[i] > '9') return false;
  return s.n == 6;
}

static str digits_of(struct arena *a, str typed) {
  bool changed;
  if (typed.n > TYPED_CODE_MOST_BYTES || !utf8_valid(typed, NULL)) return STR("");
  return identifier_normalize(a, typed, &changed);
}

static result totp_passes(struct work *w, struct uuid account, bool confirmed, str digits, struct authenticator_row *row,
                          bool *passes) {
  str secret;
  uint64_t step = 0;
  *passes = false;
  result found = store_authenticator_of(w->tx, account, confirmed, row);
  if (found == RESULT_NOT_FOUND) return RESULT_OK;
  TRY(found);
  TRY(service__unseal(w, account, "authenticator", "sealed_secret", row->id, row->sealed_secret, &secret));
  result fits = totp_verify(secret, tx_at(w->tx) / 1000000, TOTP_WINDOW, (uint64_t)row->last_step, digits, &step);
  bytes_wipe((void *)(uintptr_t)secret.p, secret.n);
  if (fits == RESULT_REFUSED) return RESULT_OK;
  TRY(fits);
  return store_authenticator_use(w->tx, row->id, (int64_t)step, passes);
}

result people__factor_passes(struct work *w, struct uuid account, str code, bool *passes, const char **how) {
  str digits = digits_of(w->arena, code), plain;
  struct authenticator_row row;
  *how = "totp";
  if (six_digits(digits)) return totp_passes(w, account, true, digits, &row, passes);
  *how = "recovery_code";
  *passes = false;
  if (!people__code_read(w->arena, code, &plain)) return RESULT_OK;
  return store_recovery_code_use(w->tx, account, people__code_hmac(w->service->keys, RECOVERY_CODE, account, plain), passes);
}

result people__recovery_codes(struct work *w, struct uuid account, struct members *m) {
  struct json *codes = ARENA_ARRAY(w->arena, struct json, RECOVERY_CODES);
  store_recovery_codes_end(w->tx, account);
  for (size_t i = 0; i < RECOVERY_CODES; i++) {
    str shown = people__code_new(w->arena, tx_randomness(w->tx)), plain;
    bool read = people__code_read(w->arena, shown, &plain);
    assert(read);
    store_recovery_code_write(w->tx, account, people__code_hmac(w->service->keys, RECOVERY_CODE, account, plain));
    codes[i] = json_of_str(shown);
  }
  struct members data = members_in(w->arena);
  members_add_int(&data, "count", RECOVERY_CODES);
  TRY(service__event(w, &(struct event){ .type = "recovery_codes.made", .subject = account, .data = members_object(&data) }));
  members_add(m, "recovery_codes", json_of_array(codes, RECOVERY_CODES));
  return RESULT_OK;
}

/* ---- enrolment */

/* In a session: the second factor was given anew in it, or, before there is one, the password. */
static result own_account(struct work *w, struct uuid session, struct sign_in_row *who) {
  bool fresh;
  struct account_row account;
  TRY(store_session_stepped_up(w->tx, session, STEP_UP_S, &fresh));
  if (!fresh) return REFUSE(w, STR(""), "second_factor_again");
  TRY(store_account_by_id(w->tx, w->caller->account, &account));
  *who = (struct sign_in_row){ .account = account.id, .person = account.person_id, .realm = account.realm,
                               .login = account.login };
  return RESULT_OK;
}

static str percent_encoded(struct arena *a, str s) {
  struct buf b = buf_in(a);
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~", c);
    if (plain && c) buf_byte(&b, (char)c);
    else buf_format(&b, "%%%02X", c);
  }
  return buf_str(&b);
}

static result enrol(struct work *w, const struct sign_in_row *who) {
  uint8_t bytes[SECRET_BYTES];
  str sealed;
  struct uuid id = tx_new_id(w->tx);
  TRY(people__account_key(w, who->account));
  randomness_fill(tx_randomness(w->tx), bytes, sizeof bytes);
  str secret = { (const char *)bytes, sizeof bytes }, shown = base32_encode(w->arena, secret);
  result r = service__seal(w, who->account, "authenticator", "sealed_secret", id, secret, &sealed);
  bytes_wipe(bytes, sizeof bytes);
  TRY(r);
  store_authenticator_write(w->tx, id, who->account, sealed);
  service__wrote(w, "authenticator", id, sealed);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  TRY(service__event(w, &(struct event){ .type = "authenticator.offered", .subject = who->account,
                                         .data = members_object(&data) }));
  members_add_str(&m, "secret", shown);
  members_add_str(&m, "uri", str_format(w->arena, "otpauth://totp/shienkin:%.*s?secret=%.*s&issuer=shienkin&digits=6&period=30",
                                        STR_ARG(percent_encoded(w->arena, who->login)), STR_ARG(shown)));
  return service__answer(w, 200, &m, 0);
}

static result enrol_by_ticket(struct work *w, const void *request) {
  const struct totp_enrol_request *r = request;
  struct sign_in_row who;
  FOUND(w, store_ticket_account(w->tx, sha256_of(r->ticket), STR("enrol_totp"), &who), STR(""), "ticket_over");
  return enrol(w, &who);
}

static result enrol_in_session(struct work *w, const void *request) {
  const struct totp_enrol_request *r = request;
  struct sign_in_row who;
  TRY(own_account(w, r->session, &who));
  return enrol(w, &who);
}

static result make_key(struct work *w, const void *account) {
  TRY(people__account_key(w, *(const struct uuid *)account));
  return people__went(w);
}

/* Auditors read, and write nothing but what they found: the key of an account that has none yet is made for them. */
result totp_enrol(struct service *s, const struct caller *c, struct arena *a, const struct totp_enrol_request *r,
                  struct findings *f, struct service_answer *out) {
  static const struct use_case by_ticket = { "totp_enrol", SERVICE_JOB, enrol_by_ticket, false };
  static const struct use_case in_session = { "totp_enrol", USE_CASE_OWN, enrol_in_session, false };
  static const struct use_case key_alone = { "account_key", SERVICE_JOB, make_key, false };
  struct caller service = people__service(c);
  if (r->ticket.n > 0) return people__run(s, &service, a, &by_ticket, r, f, out);
  if (c->realm == STORE_AUDITOR) TRY(people__run(s, &service, a, &key_alone, &c->account, f, out));
  return people__run(s, c, a, &in_session, r, f, out);
}

/* ---- the first code confirms it */

static result confirm(struct work *w, const struct sign_in_row *who, str code, struct members *m, bool *passes) {
  struct sha256 trial;
  struct authenticator_row row;
  bool open;
  TRY(people__try(w, "factor_trial", people__account_text(w->arena, who->account), TRIALS_OF_FACTOR, &trial, &open));
  TRY(totp_passes(w, who->account, false, digits_of(w->arena, code), &row, passes));
  *passes = *passes && open;
  if (!*passes) return people__refused_event(w, who->account, "enrol_totp");
  store_trial_forget(w->tx, trial);
  store_authenticator_confirm(w->tx, row.id);
  struct members data = members_in(w->arena);
  TRY(service__event(w, &(struct event){ .type = "authenticator.confirmed", .subject = who->account,
                                         .data = members_object(&data) }));
  return people__recovery_codes(w, who->account, m);
}

static result confirm_by_ticket(struct work *w, const void *request) {
  const struct totp_confirm_request *r = request;
  struct sign_in_row who;
  struct members m = members_in(w->arena);
  struct sha256 ticket = sha256_of(r->ticket);
  bool passes;
  FOUND(w, store_ticket_account(w->tx, ticket, STR("enrol_totp"), &who), STR(""), "ticket_over");
  TRY(confirm(w, &who, r->code, &m, &passes));
  if (!passes) return people__refuse(w, "code_refused");
  store_ticket_use(w->tx, ticket);
  return people__answer_session(w, &who, str_eq(who.how, STR("password")) ? "password" : "access_code", &m);
}

static result confirm_in_session(struct work *w, const void *request) {
  const struct totp_confirm_request *r = request;
  struct sign_in_row who;
  struct members m = members_in(w->arena);
  bool passes;
  TRY(own_account(w, r->session, &who));
  TRY(confirm(w, &who, r->code, &m, &passes));
  return passes ? service__answer(w, 200, &m, 0) : people__refuse(w, "code_refused");
}

result totp_confirm(struct service *s, const struct caller *c, struct arena *a, const struct totp_confirm_request *r,
                    struct findings *f, struct service_answer *out) {
  static const struct use_case by_ticket = { "totp_confirm", SERVICE_JOB, confirm_by_ticket, false };
  static const struct use_case in_session = { "totp_confirm", USE_CASE_OWN, confirm_in_session, false };
  struct caller service = people__service(c);
  return r->ticket.n > 0 ? people__run(s, &service, a, &by_ticket, r, f, out) : people__run(s, c, a, &in_session, r, f, out);
}
