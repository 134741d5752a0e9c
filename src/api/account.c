/* account: one's own session, second factor, password, tokens. What tries a secret is of the slow lane and counted, by the
 * account, as signing in is. */
#include "answers/answers.h"

enum { ANYBODY = HTTP_CLINIC | HTTP_STAFF | HTTP_AUDITOR };

/* ---- what is sent */

static const struct spec password = { .kind = SPEC_STRING, .max_length = PASSWORD_MOST_BYTES, .format = "password" };
static const struct spec code = { .kind = SPEC_STRING, .max_length = PASSWORD_MOST_BYTES,
                                  .description = "six digits, a recovery code, or the password where there is no second factor" };
static const char *const languages[] = { "ja", "en", NULL };
static const struct spec language = { .kind = SPEC_ENUM, .words = languages };

static const struct spec code_spec = API_OBJECT({ "code", true, &code });
static const struct spec password_spec = API_OBJECT({ "old_password", true, &password }, { "new_password", true, &password });
static const struct spec language_spec = API_OBJECT({ "language", true, &language });
static const struct spec contact_spec = API_OBJECT({ "address", true, &api__short_null });
static const struct spec token_spec =
    API_OBJECT({ "name", true, &api__short }, { "read_only", true, &api__bool_spec }, { "expires_on", true, &api__date });

static const struct http_parameter session_path[] = { API_ID("session", "ses_", "セッション", "the session"), { .name = NULL } };
static const struct http_parameter token_path[] = { API_ID("token", "tok_", "トークン", "the token"), { .name = NULL } };

/* Tries of one account are counted together, whichever session they come from. */
static str tries_of(struct http_request *r) { return uuid_outside(r->arena, "acc_", r->identity->account); }

/* ---- sessions */

static struct http_answer own(struct http_request *r) {
  struct own_request request = { r->identity->session };
  return GATE_CALL(r, account_own, &request, STR_NONE);
}

static struct http_answer end(struct http_request *r, struct uuid session) {
  struct session_end_request request = { session };
  return GATE_CALL(r, session_end, &request, STR_NONE);
}

static struct http_answer end_this(struct http_request *r) {
  struct http_answer answer = end(r, r->identity->session);
  if (!answer.problem && r->identity->credential == HTTP_COOKIE) gate_session_forget(r, &answer);
  return answer;
}

static struct http_answer end_one(struct http_request *r) { return end(r, api__id(r, "session")); }
static struct http_answer end_all(struct http_request *r) {
  struct http_answer answer = end(r, (struct uuid){ { 0 } });
  if (!answer.problem && r->identity->credential == HTTP_COOKIE) gate_session_forget(r, &answer);
  return answer;
}

static struct http_answer again(struct http_request *r) {
  struct step_up_request request = { r->identity->session, api__str(&r->json, "code") };
  return GATE_SIGN_IN(r, tries_of(r), step_up, &request);
}

/* ---- what opens the account */

static struct http_answer change_password(struct http_request *r) {
  struct password_change_request request = { r->identity->session, api__str(&r->json, "old_password"),
                                             api__str(&r->json, "new_password") };
  return GATE_SIGN_IN(r, tries_of(r), password_change, &request);
}

static struct http_answer enrol(struct http_request *r) {
  struct totp_enrol_request request = { .session = r->identity->session };
  return GATE_CALL(r, totp_enrol, &request, STR_NONE);
}

static struct http_answer confirm(struct http_request *r) {
  struct totp_confirm_request request = { .code = api__str(&r->json, "code"), .session = r->identity->session };
  return GATE_SIGN_IN(r, tries_of(r), totp_confirm, &request);
}

static struct http_answer renew_codes(struct http_request *r) {
  struct recovery_codes_request request = { r->identity->session };
  return GATE_CALL(r, recovery_codes_renew, &request, STR_NONE);
}

static struct http_answer set_language(struct http_request *r) {
  struct language_request request = { api__str(&r->json, "language") };
  return GATE_CALL(r, language_set, &request, STR_NONE);
}

static struct http_answer contact(struct http_request *r) { return GATE_CALL(r, contact_own, NULL, STR_NONE); }

static struct http_answer set_contact(struct http_request *r) {
  struct contact_request request = { api__str(&r->json, "address") };
  return GATE_CALL(r, contact_set, &request, STR_NONE);
}

/* ---- machines */

static struct http_answer make_token(struct http_request *r) {
  struct token_create_request request = { api__str(&r->json, "name"), api__bool(&r->json, "read_only"),
                                          api__day(&r->json, "expires_on") };
  return GATE_CALL(r, token_create, &request, STR_NONE);
}

static struct http_answer end_token(struct http_request *r) {
  struct token_end_request request = { api__id(r, "token") };
  return GATE_CALL(r, token_end, &request, STR_NONE);
}

/* ---- the table */

#define ROW(n, m, p, ja, en, handler_) API_ROW(n, m, p, "account", ja, en), .realms = ANYBODY, .handler = (handler_)

static const struct http_route rows[] = {
  { ROW("readAccount", HTTP_GET, "/v1/account", "自分のアカウントを見る", "One's own account", own),
    .answers = API_ANSWERS(API_OK(answer__own, "account, mandates, sessions, tokens")) },
  { ROW("endSession", HTTP_DELETE, "/v1/session", "ログアウトする", "Sign out", end_this),
    .answers = API_ANSWERS(API_OK(api__object, "this session has ended")) },
  { ROW("endSessions", HTTP_DELETE, "/v1/sessions", "すべての端末からログアウトする", "Sign out everywhere", end_all),
    .persons_only = true, .answers = API_ANSWERS(API_OK(api__object, "all sessions of the account have ended")) },
  { ROW("endOneSession", HTTP_DELETE, "/v1/sessions/{session}", "一つのセッションを終える", "End one of one's own sessions",
        end_one),
    .path_parameters = session_path, .persons_only = true,
    .answers = API_ANSWERS(API_OK(api__object, "that session has ended")) },
  { ROW("stepUp", HTTP_POST, "/v1/session/step-up", "もう一度本人確認をする", "Give the second factor again", again),
    .description_en = "Holds for five minutes. Accounts without a second factor give their password.", .persons_only = true,
    .lane = HTTP_LANE_SLOW, .body = HTTP_BODY_JSON, .body_spec = &code_spec,
    .answers = API_ANSWERS(API_OK(answer__step_up, "confirmed")), .problems = API_PROBLEMS("sign_in_refused") },
  { ROW("changePassword", HTTP_PUT, "/v1/account/password", "パスワードを変える", "Change the password", change_password),
    .persons_only = true, .lane = HTTP_LANE_SLOW, .body = HTTP_BODY_JSON, .body_spec = &password_spec,
    .description_en = "All other sessions of the account end.",
    .answers = API_ANSWERS(API_OK(api__object, "changed")), .problems = API_PROBLEMS("sign_in_refused") },
  { ROW("setLanguage", HTTP_PUT, "/v1/account/language", "表示の言語を選ぶ", "Choose the language", set_language),
    .persons_only = true, .body = HTTP_BODY_JSON, .body_spec = &language_spec,
    .answers = API_ANSWERS(API_OK(api__object, "chosen")) },
  { ROW("readContact", HTTP_GET, "/v1/account/contact", "お知らせの送り先を見る", "Where notices go", contact),
    .persons_only = true, .answers = API_ANSWERS(API_OK(answer__contact, "the mail address, or null")) },
  { ROW("setContact", HTTP_PUT, "/v1/account/contact", "お知らせの送り先を変える", "Choose where notices go", set_contact),
    .persons_only = true, .step_up = true, .body = HTTP_BODY_JSON, .body_spec = &contact_spec,
    .description_en = "Null: nowhere. A change is told to the earlier addresses.",
    .answers = API_ANSWERS(API_OK(answer__contact, "chosen")), .problems = API_PROBLEMS("mail_address") },
  { ROW("enrolTotp", HTTP_POST, "/v1/account/totp", "新しい認証アプリの登録を始める", "Begin to enrol another authenticator",
        enrol),
    .persons_only = true, .step_up = true,
    .answers = API_ANSWERS(API_OK(answer__totp, "the secret, which holds once it is confirmed")) },
  { ROW("confirmTotp", HTTP_POST, "/v1/account/totp/confirm", "認証アプリの登録を終える",
        "Confirm the authenticator by a code of it", confirm),
    .persons_only = true, .step_up = true, .lane = HTTP_LANE_SLOW, .body = HTTP_BODY_JSON, .body_spec = &code_spec,
    .answers = API_ANSWERS(API_OK(answer__recovery_codes, "the recovery codes, shown once")),
    .problems = API_PROBLEMS("sign_in_refused") },
  { ROW("renewRecoveryCodes", HTTP_POST, "/v1/account/recovery-codes", "回復コードを作り直す", "Make new recovery codes",
        renew_codes),
    .persons_only = true, .step_up = true, .lane = HTTP_LANE_SLOW,
    .answers = API_ANSWERS(API_OK(answer__recovery_codes, "ten new ones, shown once; the old ones end")) },
  { ROW("createToken", HTTP_POST, "/v1/account/tokens", "機械用のトークンを作る", "Make a machine's token", make_token),
    .persons_only = true, .step_up = true, .idempotent = true, .body = HTTP_BODY_JSON, .body_spec = &token_spec,
    .description_en = "Clinic scopes, or reading alone; never a role over money.",
    .answers = API_ANSWERS(API_CREATED(answer__token, "the token, shown once")) },
  { ROW("endToken", HTTP_DELETE, "/v1/account/tokens/{token}", "機械用のトークンを終える", "End a machine's token", end_token),
    .path_parameters = token_path, .persons_only = true, .answers = API_ANSWERS(API_OK(api__object, "ended")) },
};
const struct http_route_table api__account = { rows, COUNT_OF(rows) };
