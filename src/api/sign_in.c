/* sign_in: from nobody to a session, step by step. Every refusal is the same one, whatever did not fit. The token in the
 * last step's answer is carried as a bearer token; browsers sign in by the pages, which keep theirs in a cookie. */
#include "answers/answers.h"

/* ---- what is sent */

static const struct spec login = { .kind = SPEC_STRING, .max_length = 200, .description = "the account's name" };
static const struct spec password = { .kind = SPEC_STRING, .max_length = PASSWORD_MOST_BYTES, .format = "password" };
static const struct spec code = { .kind = SPEC_STRING, .max_length = 64, .description = "as it was shown, sent or handed over" };
static const struct spec ticket = { .kind = SPEC_STRING, .max_length = 200, .description = "of the step before" };

static const struct spec sign_in_spec = API_OBJECT({ "login", true, &login }, { "password", true, &password });
static const struct spec second_factor_spec = API_OBJECT({ "ticket", true, &ticket }, { "code", true, &code });
static const struct spec first_access_spec =
    API_OBJECT({ "login", true, &login }, { "code", true, &code }, { "password", true, &password });
static const struct spec login_spec = API_OBJECT({ "login", true, &login });
static const struct spec ticket_spec = API_OBJECT({ "ticket", true, &ticket });

/* ---- steps */

static struct http_answer begin(struct http_request *r) {
  struct sign_in_request request = { api__str(&r->json, "login"), api__str(&r->json, "password") };
  return GATE_SIGN_IN(r, request.login, sign_in, &request);
}

/* Who it is only the ticket knows: tries are counted by it, and by the address. */
static struct http_answer second_factor(struct http_request *r) {
  struct second_factor_request request = { api__str(&r->json, "ticket"), api__str(&r->json, "code") };
  return GATE_SIGN_IN(r, request.ticket, sign_in_second_factor, &request);
}

static struct http_answer first(struct http_request *r) {
  struct first_access_request request = { api__str(&r->json, "login"), api__str(&r->json, "code"),
                                          api__str(&r->json, "password") };
  return GATE_SIGN_IN(r, request.login, first_access, &request);
}

static struct http_answer recover(struct http_request *r) {
  struct recovery_ask_request request = { api__str(&r->json, "login") };
  struct http_answer answer;
  str key = gate_letter_key(r, request.login);
  if (!gate_sign_in_begin(r, key, &answer)) return answer;
  answer = GATE_CALL(r, recovery_ask, &request, STR_NONE);
  gate_sign_in_end(r, key, false);
  return answer;
}

static struct http_answer enrol(struct http_request *r) {
  struct totp_enrol_request request = { .ticket = api__str(&r->json, "ticket") };
  return GATE_SIGN_IN(r, request.ticket, totp_enrol, &request);
}

static struct http_answer confirm(struct http_request *r) {
  struct totp_confirm_request request = { .ticket = api__str(&r->json, "ticket"), .code = api__str(&r->json, "code") };
  return GATE_SIGN_IN(r, request.ticket, totp_confirm, &request);
}

static struct http_answer demo(struct http_request *r) {
  struct demo_sign_in_request request = { api__str(&r->json, "login") };
  if (!gate_of(r)->demo) return HTTP_PROBLEM(r, &http_problem_not_found);
  return GATE_CALL(r, demo_sign_in, &request, STR_NONE);
}

/* ---- the table */

#define SIGN_IN_ROW(n, p, ja, en, spec_, handler_)                                                                  \
  API_ROW(n, HTTP_POST, p, "sign-in", ja, en), .realms = HTTP_PUBLIC, .lane = HTTP_LANE_SLOW, .body = HTTP_BODY_JSON, \
      .body_spec = &(spec_), .handler = (handler_)

static const struct http_route rows[] = {
  { SIGN_IN_ROW("signIn", "/v1/sign-in", "ログインを始める", "Begin to sign in", sign_in_spec, begin),
    .answers = API_ANSWERS(API_OK(answer__step, "the next step, or the session")), .problems = API_PROBLEMS("sign_in_refused") },
  { SIGN_IN_ROW("signInSecondFactor", "/v1/sign-in/second-factor", "二つ目の認証をする", "Give the second factor",
                second_factor_spec, second_factor),
    .answers = API_ANSWERS(API_OK(answer__step, "the session")), .problems = API_PROBLEMS("sign_in_refused") },
  { SIGN_IN_ROW("firstAccess", "/v1/sign-in/first-access", "届いたコードで利用を始める", "First access or recovery by a code",
                first_access_spec, first),
    .description_en = "The code that was posted or handed over, with a new password. All sessions of the account end.",
    .answers = API_ANSWERS(API_OK(answer__step, "the next step, or the session")), .problems = API_PROBLEMS("sign_in_refused") },
  { SIGN_IN_ROW("askRecovery", "/v1/sign-in/recovery", "ログインできないとき、郵送のコードを頼む",
                "Ask for a code by post", login_spec, recover),
    .description_en = "Always answered alike, whether there is such an account or not.",
    .answers = API_ANSWERS({ 202, "application/json", &api__empty, "a letter is sent where there is such an account" }) },
  { SIGN_IN_ROW("signInEnrolTotp", "/v1/sign-in/totp", "認証アプリの登録を始める", "Begin to enrol an authenticator",
                ticket_spec, enrol),
    .answers = API_ANSWERS(API_OK(answer__totp, "the secret, which holds once it is confirmed")),
    .problems = API_PROBLEMS("sign_in_refused") },
  { SIGN_IN_ROW("signInConfirmTotp", "/v1/sign-in/totp/confirm", "認証アプリの登録を終える",
                "Confirm the authenticator by a code of it", second_factor_spec, confirm),
    .answers = API_ANSWERS(API_OK(answer__step, "the session, and the recovery codes, shown once")),
    .problems = API_PROBLEMS("sign_in_refused") },
  { SIGN_IN_ROW("demoSignIn", "/v1/sign-in/demo", "体験用にログインする", "Sign in to a demo", login_spec, demo),
    .description_en = "In a demo alone; elsewhere nothing is here.",
    .answers = API_ANSWERS(API_OK(answer__step, "the session")), .problems = API_PROBLEMS("not_found") },
};
const struct http_route_table api__sign_in = { rows, COUNT_OF(rows) };
