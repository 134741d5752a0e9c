/* first_access: the first visit with the code that was posted or handed over, and asking for such a letter again. */
#include "messages.h"
#include "sign_in.h"

static const struct page_field fields[] = {
  { .name = "login", .kind = PAGE_LINE, .label = "sign_in.login", .hint = "sign_in.login_letter_hint", .autocomplete = "username" },
  { .name = "code", .kind = PAGE_CODE, .label = "sign_in.letter_code", .hint = "sign_in.letter_code_hint" },
  { .name = "password", .kind = PAGE_PASSWORD, .label = "sign_in.new_password", .hint = "sign_in.new_password_hint",
    .autocomplete = "new-password" },
  { .name = "again", .kind = PAGE_PASSWORD, .label = "sign_in.new_password_again", .autocomplete = "new-password" },
};

static struct http_answer show(struct page *p, int status, str next, const struct http_values *posted, const struct findings *f) {
  struct json_member hidden = sign_in__hidden_next(next);
  page_form(p, &(struct page_form){ .name = "form", .action = STR("/first-access"), .submit = "sign_in.first_submit",
                                    .fields = fields, .count = COUNT_OF(fields), .posted = posted, .findings = f,
                                    .hidden = &hidden, .hidden_count = 1 });
  return page_answer(p, status, "first_access", page_say(p, "sign_in.first_title"));
}

static struct http_answer get_first(struct http_request *r) {
  struct page p = page_begin(r);
  return show(&p, HTTP_OK, sign_in__next(&r->query), NULL, NULL);
}

static void check_again(const struct http_values *posted, struct findings *f) {
  if (f->count || str_eq(page_typed(posted, "password"), page_typed(posted, "again"))) return;
  FINDING(f, STR("/again"), &web__messages[WEB_NOT_SAME]);
}

static struct http_answer post_first(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct http_answer wait;
  str next = sign_in__next(&r->form);
  struct first_access_request request = { str_trim(page_typed(&r->form, "login")), str_trim(page_typed(&r->form, "code")),
                                          page_typed(&r->form, "password") };
  page_require(&p, fields, COUNT_OF(fields), &r->form, &f);
  check_again(&r->form, &f);
  if (f.count) return show(&p, 422, next, &r->form, &f);
  if (!gate_sign_in_begin(r, request.login, &wait)) return wait;
  result why = PAGE_CALL(&p, first_access, &request, &f, &out);
  gate_sign_in_said(r, request.login, why, &out);
  if (why == RESULT_OK) return sign_in__after(&p, &out, (struct sign_in_way){ .next = next });
  if (why == RESULT_REFUSED) return show(&p, 422, next, &r->form, &f);
  return page_failed(&p, why, &f, &out);
}

/* ---- a letter */

static const struct page_field ask_fields[] = {
  { .name = "login", .kind = PAGE_LINE, .label = "sign_in.login", .hint = "sign_in.login_hint", .autocomplete = "username" },
};

static struct http_answer show_ask(struct page *p, int status, const struct http_values *posted, const struct findings *f) {
  page_form(p, &(struct page_form){ .name = "form", .action = STR("/recovery"), .submit = "sign_in.recovery_submit",
                                    .fields = ask_fields, .count = COUNT_OF(ask_fields), .posted = posted, .findings = f });
  return page_answer(p, status, "recovery", page_say(p, "sign_in.recovery_title"));
}

static struct http_answer get_ask(struct http_request *r) {
  struct page p = page_begin(r);
  return show_ask(&p, HTTP_OK, NULL, NULL);
}

static struct http_answer post_ask(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct http_answer wait;
  struct recovery_ask_request request = { str_trim(page_typed(&r->form, "login")) };
  page_require(&p, ask_fields, COUNT_OF(ask_fields), &r->form, &f);
  if (f.count) return show_ask(&p, 422, &r->form, &f);
  str key = gate_letter_key(r, request.login);
  if (!gate_sign_in_begin(r, key, &wait)) return wait;
  result why = PAGE_CALL(&p, recovery_ask, &request, &f, &out);
  gate_sign_in_end(r, key, false);
  if (why != RESULT_OK) return page_failed(&p, why, &f, &out);
  return page_answer(&p, HTTP_OK, "recovery_asked", page_say(&p, "sign_in.asked_title"));
}

static const struct http_parameter next_query[] = { SIGN_IN_NEXT, { 0 } };
static const struct http_parameter form[] = { SIGN_IN_FIELD("login", 320), SIGN_IN_SECRET("code", 100), SIGN_IN_SECRET("password", 1100),
                                              SIGN_IN_SECRET("again", 1100), SIGN_IN_NEXT, { 0 } };
static const struct http_parameter ask_form[] = { SIGN_IN_FIELD("login", 320), { 0 } };
static const struct http_route rows[] = {
  { .name = "firstAccessPage", .method = HTTP_GET, .path = "/first-access", .query = next_query, .realms = HTTP_PUBLIC,
    .face = HTTP_PAGE, .handler = get_first, .tag = "pages", .summary_ja = "初回利用の画面", .summary_en = "The page of first access" },
  { .name = "firstAccessPagePost", .method = HTTP_POST, .path = "/first-access", .realms = HTTP_PUBLIC, .face = HTTP_PAGE,
    .body = HTTP_BODY_FORM, .form_parameters = form, .lane = HTTP_LANE_SLOW, .handler = post_first, .tag = "pages",
    .summary_ja = "初回利用", .summary_en = "First access" },
  { .name = "recoveryPage", .method = HTTP_GET, .path = "/recovery", .realms = HTTP_PUBLIC, .face = HTTP_PAGE,
    .handler = get_ask, .tag = "pages", .summary_ja = "再登録の案内の画面", .summary_en = "The page to ask for a letter" },
  { .name = "recoveryPagePost", .method = HTTP_POST, .path = "/recovery", .realms = HTTP_PUBLIC, .face = HTTP_PAGE,
    .body = HTTP_BODY_FORM, .form_parameters = ask_form, .lane = HTTP_LANE_SLOW, .handler = post_ask, .tag = "pages",
    .summary_ja = "再登録の依頼", .summary_en = "Ask for a letter" },
};
const struct http_route_table web__first_access_routes = { rows, COUNT_OF(rows) };
