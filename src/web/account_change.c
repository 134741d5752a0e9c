/* account_change: what opens the account: password, authenticator, recovery codes; where notices go; tokens for programs. What
 * matters most asks for the second factor before its page is shown, so that nothing typed is lost on the way. */
#include "account.h"
#include "messages.h"
#include "sign_in.h"

/* ---- a page with one form */

struct change { const char *path, *template, *title, *submit; const struct page_field *fields; size_t count; bool once; };

static struct http_answer show(struct page *p, const struct change *c, int status, const struct json *values, const struct findings *f) {
  page_form(p, &(struct page_form){ .name = "form", .action = str_of(c->path), .submit = c->submit, .fields = c->fields,
                                    .count = c->count, .posted = p->r->method == HTTP_POST ? &p->r->form : NULL,
                                    .values = values, .findings = f, .once = c->once });
  return page_answer(p, status, c->template, page_say_with(p, c->title, 0, NULL));
}

static struct http_answer finish(struct page *p, const struct change *c, result why, const struct findings *f,
                                 const struct service_answer *out, const char *notice) {
  if (why == RESULT_OK) return page_go(p->r, STR("/account"), notice);
  if (why == RESULT_REFUSED || why == RESULT_CONFLICT) return show(p, c, 422, NULL, f);
  return page_failed(p, why, f, out);
}

/* ---- the password */

static const struct page_field password_fields[] = {
  { .name = "old_password", .kind = PAGE_PASSWORD, .label = "account.old_password", .autocomplete = "current-password" },
  { .name = "new_password", .kind = PAGE_PASSWORD, .label = "sign_in.new_password", .hint = "sign_in.new_password_hint",
    .autocomplete = "new-password" },
  { .name = "again", .kind = PAGE_PASSWORD, .label = "sign_in.new_password_again", .autocomplete = "new-password" },
};
static const struct change password = { "/account/password", "account_form", "account.password_title", "account.password_submit",
                                        password_fields, COUNT_OF(password_fields), false };

static struct http_answer get_password(struct http_request *r) {
  struct page p = page_begin(r);
  page_set_str(&p.document, "why", page_say(&p, "account.password_why"));
  return show(&p, &password, HTTP_OK, NULL, NULL);
}

static struct http_answer post_password(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct http_answer wait;
  str tries = account__tries(r);
  struct password_change_request request = { r->identity->session, page_typed(&r->form, "old_password"),
                                             page_typed(&r->form, "new_password") };
  page_set_str(&p.document, "why", page_say(&p, "account.password_why"));
  page_require(&p, password_fields, COUNT_OF(password_fields), &r->form, &f);
  if (!f.count && !str_eq(request.new_password, page_typed(&r->form, "again"))) FINDING(&f, STR("/again"), &web__messages[WEB_NOT_SAME]);
  if (f.count) return show(&p, &password, 422, NULL, &f);
  if (!gate_sign_in_begin(r, tries, &wait)) return wait;
  result why = PAGE_CALL(&p, password_change, &request, &f, &out);
  gate_sign_in_said(r, tries, why, &out);
  return finish(&p, &password, why, &f, &out, "password_changed");
}

/* ---- the authenticator and the recovery codes */

static const struct enrol_place in_account = { "/account/authenticator", "account_authenticator" };

static struct http_answer show_codes(struct page *p, const struct service_answer *out) {
  struct json body = page_body(p, out);
  const struct json *codes = json_get(&body, STR("recovery_codes"));
  page_set(&p->document, "codes", codes ? *codes : json_of_bool(false));
  page_set_str(&p->document, "go_on", STR("/account"));
  return page_answer(p, HTTP_OK, "recovery_codes", page_say(p, "sign_in.codes_title"));
}

static struct http_answer get_authenticator(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct totp_enrol_request request = { .session = r->identity->session };
  result why = PAGE_CALL(&p, totp_enrol, &request, &f, &out);
  if (why != RESULT_OK) return page_failed(&p, why, &f, &out);
  struct json body = page_body(&p, &out);
  return enrol__show(&p, HTTP_OK, &in_account, page_member(&body, "secret"), page_member(&body, "uri"), STR("/account"), NULL, NULL);
}

static struct http_answer post_authenticator(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct http_answer wait;
  str secret = page_typed(&r->form, "secret"), uri = page_typed(&r->form, "uri"), tries = account__tries(r);
  struct totp_confirm_request request = { .code = str_trim(page_typed(&r->form, "code")), .session = r->identity->session };
  if (!enrol__ours(secret, uri)) return page_go(r, STR("/account/authenticator"), NULL);
  if (!gate_sign_in_begin(r, tries, &wait)) return wait;
  result why = PAGE_CALL(&p, totp_confirm, &request, &f, &out);
  gate_sign_in_said(r, tries, why, &out);
  if (why == RESULT_OK) return show_codes(&p, &out);
  if (why == RESULT_REFUSED) return enrol__show(&p, 422, &in_account, secret, uri, STR("/account"), &r->form, &f);
  return page_failed(&p, why, &f, &out);
}

static const struct change codes = { "/account/recovery-codes", "account_form", "account.codes_title", "account.codes_submit", NULL, 0, false };

static struct http_answer get_codes(struct http_request *r) {
  struct page p = page_begin(r);
  page_set_str(&p.document, "why", page_say(&p, "account.codes_why"));
  return show(&p, &codes, HTTP_OK, NULL, NULL);
}

static struct http_answer post_codes(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct recovery_codes_request request = { r->identity->session };
  result why = PAGE_CALL(&p, recovery_codes_renew, &request, &f, &out);
  if (why == RESULT_OK) return show_codes(&p, &out);
  page_set_str(&p.document, "why", page_say(&p, "account.codes_why"));
  return finish(&p, &codes, why, &f, &out, NULL);
}

/* ---- where notices go */

static const struct page_field contact_fields[] = {
  { .name = "address", .kind = PAGE_LINE, .label = "account.address", .hint = "account.address_hint", .autocomplete = "email", .optional = true },
};
static const struct change contact = { "/account/contact", "account_form", "account.contact_title", "account.contact_submit",
                                       contact_fields, COUNT_OF(contact_fields), false };

static struct http_answer get_contact(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  result why = PAGE_CALL(&p, contact_own, NULL, &f, &out);
  if (why != RESULT_OK) return page_failed(&p, why, &f, &out);
  struct json body = page_body(&p, &out);
  page_set_str(&p.document, "why", page_say(&p, "account.contact_why"));
  return show(&p, &contact, HTTP_OK, &body, NULL);
}

static struct http_answer post_contact(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct contact_request request = { str_trim(page_typed(&r->form, "address")) };
  result why = PAGE_CALL(&p, contact_set, &request, &f, &out);
  page_set_str(&p.document, "why", page_say(&p, "account.contact_why"));
  return finish(&p, &contact, why, &f, &out, "contact_set");
}

/* ---- tokens for programs */

static const struct page_choice scopes[] = { { "read", "account.token_reads" }, { "file", "account.token_files" } };
static const struct page_field token_fields[] = {
  { .name = "name", .kind = PAGE_LINE, .label = "account.token_name", .hint = "account.token_name_hint" },
  { .name = "scope", .kind = PAGE_RADIO, .label = "account.token_scope", .choices = scopes, .choice_count = COUNT_OF(scopes) },
  { .name = "expires_on", .kind = PAGE_DAY, .label = "account.token_until" },
};
static const struct change token = { "/account/tokens", "account_form", "account.token_title", "account.token_submit", token_fields,
                                     COUNT_OF(token_fields), true };

static struct http_answer get_token(struct http_request *r) {
  struct page p = page_begin(r);
  page_set_str(&p.document, "why", page_say(&p, "account.token_why"));
  return show(&p, &token, HTTP_OK, NULL, NULL);
}

static struct http_answer post_token(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  result why = RESULT_REFUSED;
  struct token_create_request request = { .name = str_trim(page_typed(&r->form, "name")),
                                          .read_only = !str_eq(page_typed(&r->form, "scope"), STR("file")) };
  page_set_str(&p.document, "why", page_say(&p, "account.token_why"));
  page_require(&p, token_fields, COUNT_OF(token_fields), &r->form, &f);
  if (!f.count && !day_parse(str_trim(page_typed(&r->form, "expires_on")), &request.expires_on))
    FINDING(&f, STR("/expires_on"), &web__messages[WEB_NOT_A_DAY]);
  if (!f.count) why = PAGE_CALL(&p, token_create, &request, &f, &out);
  if (why != RESULT_OK) return finish(&p, &token, why, &f, &out, NULL);
  struct json body = page_body(&p, &out);
  page_set_str(&p.document, "token", page_member(&body, "token"));
  return page_answer(&p, HTTP_OK, "account_token", page_say(&p, "account.token_made"));
}

static struct http_answer post_token_end(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct token_end_request request = { http_value(&r->path, "token")->id };
  result why = PAGE_CALL(&p, token_end, &request, &f, &out);
  if (why != RESULT_OK) return page_failed(&p, why, &f, &out);
  return page_go(r, STR("/account#tokens"), "token_ended");
}

/* ---- the table */

static const struct http_parameter token_path[] = {
  { .name = "token", .kind = HTTP_PARAMETER_ID, .prefix = "tok_", .description_en = "the token" }, { 0 },
};
static const struct http_parameter no_fields[] = { { 0 } };
static const struct http_parameter password_form[] = { SIGN_IN_SECRET("old_password", 1100), SIGN_IN_SECRET("new_password", 1100),
                                                       SIGN_IN_SECRET("again", 1100), { 0 } };
static const struct http_parameter enrol_form[] = { SIGN_IN_SECRET("code", 100), SIGN_IN_SECRET("secret", 200), SIGN_IN_SECRET("uri", 1000),
                                                    SIGN_IN_NEXT, { 0 } };
static const struct http_parameter contact_form[] = { ACCOUNT_TEXT("address", 1000), { 0 } };
static const struct http_parameter token_form[] = { ACCOUNT_TEXT("name", 1000), ACCOUNT_TEXT("scope", 10), ACCOUNT_TEXT("expires_on", 20),
                                                    { 0 } };
#define FORM(fields_) .body = HTTP_BODY_FORM, .form_parameters = (fields_)

static const struct http_route rows[] = {
  { ACCOUNT_ROW("passwordPage", HTTP_GET, "/account/password", "パスワードの画面", "The page of the password"), .handler = get_password },
  { ACCOUNT_ROW("passwordPagePost", HTTP_POST, "/account/password", "パスワードを変える", "Change the password"), FORM(password_form),
    .lane = HTTP_LANE_SLOW, .handler = post_password },
  { ACCOUNT_ROW("ownAuthenticatorPage", HTTP_GET, "/account/authenticator", "認証アプリを替える画面", "The page of another authenticator"),
    .step_up = true, .handler = get_authenticator },
  { ACCOUNT_ROW("ownAuthenticatorPagePost", HTTP_POST, "/account/authenticator", "認証アプリを替える", "Confirm another authenticator"),
    FORM(enrol_form), .step_up = true, .lane = HTTP_LANE_SLOW, .handler = post_authenticator },
  { ACCOUNT_ROW("recoveryCodesPage", HTTP_GET, "/account/recovery-codes", "回復コードの画面", "The page of recovery codes"),
    .step_up = true, .handler = get_codes },
  { ACCOUNT_ROW("recoveryCodesPagePost", HTTP_POST, "/account/recovery-codes", "回復コードを作り直す", "Make new recovery codes"),
    FORM(no_fields), .step_up = true, .lane = HTTP_LANE_SLOW, .handler = post_codes },
  { ACCOUNT_ROW("contactPage", HTTP_GET, "/account/contact", "お知らせの送り先の画面", "The page of where notices go"), .step_up = true,
    .handler = get_contact },
  { ACCOUNT_ROW("contactPagePost", HTTP_POST, "/account/contact", "お知らせの送り先を変える", "Choose where notices go"), FORM(contact_form),
    .step_up = true, .handler = post_contact },
  { ACCOUNT_ROW("tokenPage", HTTP_GET, "/account/tokens", "プログラム用の鍵の画面", "The page of a machine's token"), .step_up = true,
    .handler = get_token },
  { ACCOUNT_ROW("tokenPagePost", HTTP_POST, "/account/tokens", "プログラム用の鍵を作る", "Make a machine's token"), FORM(token_form),
    .step_up = true, .handler = post_token },
  { ACCOUNT_ROW("tokenEndPagePost", HTTP_POST, "/account/tokens/{token}/end", "プログラム用の鍵を終える", "End a machine's token"),
    .path_parameters = token_path, FORM(no_fields), .handler = post_token_end },
};
const struct http_route_table web__account_change_routes = { rows, COUNT_OF(rows) };
