/* people_account: one account and what is done with it: opening, closing, beginning anew, roles and mandates given and taken. */
#include "office.h"

/* ---- one account */

static bool is_clinic(const struct json *account) { return str_eq(page_member(account, "realm"), STR("clinic")); }

static void add_facts(struct desk *d, const struct json *account) {
  const struct page *p = &d->page;
  uint32_t count;
  struct desk_section s = desk_section(d, NULL);
  const struct json *roles = desk_list(account, "roles", &count);
  const struct json *factor = json_get(account, STR("second_factor"));
  desk_fact(&s, "people.name_kana", page_member(account, "name_kana"), STR(""));
  desk_fact(&s, "people.login", page_member(account, "login"), STR(""));
  desk_fact(&s, "people.realm", desk_code(p, "people.realm_", page_member(account, "realm")), STR(""));
  for (uint32_t i = 0; i < count; i++) desk_fact(&s, "desk.role", desk_code(p, "common.role_", json_text(&roles[i])), STR(""));
  desk_fact(&s, "people.opened_at", page_moment(p, page_member(account, "opened_at")), STR(""));
  desk_fact(&s, "people.seen_at", page_moment(p, page_member(account, "seen_at")), STR(""));
  desk_fact(&s, "people.closed_at", page_moment(p, page_member(account, "closed_at")), STR(""));
  desk_fact(&s, "people.second_factor", desk_value(p, factor), STR(""));
  desk_close(&s);
}

static void add_letter(struct desk *d, const struct json *letter) {
  const struct page *p = &d->page;
  if (!letter || letter->kind != JSON_KIND_OBJECT) return;
  struct desk_section s = desk_section(d, "people.letter");
  desk_fact(&s, "letters.to", page_member(letter, "name"), desk_path(p->arena, "/facilities/%s", page_member(letter, "facility")));
  desk_fact(&s, "people.state", office__letter_state(p, letter), STR(""));
  desk_words(&s, page_say(p, "people.letter_intro"));
  if (http_request_may(p->r, OFFICE_MAIL_ROOM)) desk_link(&s, page_say(p, "letters.title"), STR("/letters"));
  desk_close(&s);
}

/* What may be done with it now, by whom this is. */
static void add_deeds(struct desk *d, const struct json *account) {
  const struct page *p = &d->page;
  str id = page_member(account, "account");
  if (page_member(account, "closed_at").n) return;
  struct desk_section s = desk_section(d, "people.change");
  if (!is_clinic(account) && http_request_may(p->r, HTTP_ROLE_OWNER))
    desk_link(&s, page_say(p, "people.grant"), desk_path(p->arena, "/people/persons/%s/grant", page_member(account, "person")));
  desk_link(&s, page_say(p, "people.reset"), desk_path(p->arena, "/people/accounts/%s/reset", id));
  desk_link(&s, page_say(p, "people.close"), desk_path(p->arena, "/people/accounts/%s/close", id));
  desk_close(&s);
}

static struct http_answer get_account(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json account;
  struct account_view_request request = { http_value(&r->path, "account")->id };
  if (!DESK_CALL(&d, account_view, &request, &account, &failure)) return failure;
  desk_way(&d, "people.title", STR("/people"));
  add_facts(&d, &account);
  add_letter(&d, json_get(&account, STR("letter")));
  if (!str_eq(page_member(&account, "realm"), STR("auditor"))) {
    struct desk_section s = desk_section(&d, "facilities.mandates");
    office__put_mandates(&s, &account, false);
    desk_close(&s);
  }
  add_deeds(&d, &account);
  return desk_answer(&d, HTTP_OK, "people.one", page_member(&account, "name"));
}

/* ---- a code is told once */

struct http_answer office__tell_code(struct desk *d, const struct service_answer *out) {
  struct json body = page_body(&d->page, out);
  struct desk_section s = desk_section(d, NULL);
  str code = page_member(&body, "code");
  desk_words(&s, page_say(&d->page, code.n ? "people.code_intro" : "people.letter_intro"));
  desk_fact(&s, "people.login", page_member(&body, "login"), STR(""));
  desk_fact(&s, "people.code", code, STR(""));
  desk_close(&s);
  desk_way(d, "people.title", STR("/people"));
  return desk_answer(d, HTTP_OK, "people.code_title", STR(""));
}

/* ---- opening */

static const struct page_choice realms[] = { { "staff", "people.realm_staff" }, { "auditor", "people.realm_auditor" } };
static const struct page_field open_fields[] = {
  { .name = "realm", .kind = PAGE_SELECT, .label = "people.realm", .choices = realms, .choice_count = COUNT_OF(realms) },
  { .name = "login", .kind = PAGE_LINE, .label = "people.login", .hint = "people.login_hint" },
  { .name = "name", .kind = PAGE_LINE, .label = "people.name" },
  { .name = "name_kana", .kind = PAGE_LINE, .label = "people.name_kana", .optional = true },
};

static struct http_answer show_open(struct desk *d, int status, const struct http_values *posted, const struct findings *f) {
  struct desk_section s = desk_section(d, NULL);
  desk_way(d, "people.title", STR("/people"));
  desk_words(&s, page_say(&d->page, "people.open_intro"));
  desk_form(&s, &(struct page_form){ .name = "form", .action = STR("/people/open"), .submit = "people.open_submit", .fields = open_fields,
                                     .count = COUNT_OF(open_fields), .posted = posted, .findings = f, .once = true });
  desk_close(&s);
  return desk_answer(d, status, "people.open", STR(""));
}

static struct http_answer get_open(struct http_request *r) {
  struct desk d = desk_begin(r);
  return show_open(&d, HTTP_OK, NULL, NULL);
}

static struct http_answer post_open(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct account_open_request request = { .realm = page_typed(&r->form, "realm"), .login = page_typed(&r->form, "login"),
                                          .name = page_typed(&r->form, "name"), .name_kana = page_typed(&r->form, "name_kana") };
  page_require(&d.page, open_fields, COUNT_OF(open_fields), &r->form, &f);
  if (f.count) return show_open(&d, 422, &r->form, &f);
  result why = PAGE_CALL(&d.page, account_open, &request, &f, &out);
  if (why == RESULT_OK) return office__tell_code(&d, &out);
  return why == RESULT_REFUSED || why == RESULT_CONFLICT ? show_open(&d, 422, &r->form, &f) : page_failed(&d.page, why, &f, &out);
}

/* ---- with a reason: closing, beginning anew, revoking; granting has a role beside it */

static const struct page_choice roles[] = {
  { "adjuster", "common.role_adjuster" }, { "approver", "common.role_approver" }, { "cashier", "common.role_cashier" },
  { "proxy", "common.role_proxy" },       { "auditor", "common.role_auditor" },   { "owner", "common.role_owner" },
};
static const struct page_field reason_fields[] = {
  { .name = "reason", .kind = PAGE_AREA, .label = "desk.reason", .hint = "desk.reason_hint" },
};
static const struct page_field grant_fields[] = {
  { .name = "role", .kind = PAGE_SELECT, .label = "desk.role", .choices = roles, .choice_count = COUNT_OF(roles) },
  { .name = "reason", .kind = PAGE_AREA, .label = "desk.reason", .hint = "desk.reason_hint" },
};

static result do_close(struct page *p, struct http_request *r, struct findings *f, struct service_answer *out) {
  struct account_close_request request = { http_value(&r->path, "account")->id, page_typed(&r->form, "reason") };
  return PAGE_CALL(p, account_close, &request, f, out);
}
static result do_reset(struct page *p, struct http_request *r, struct findings *f, struct service_answer *out) {
  struct account_reset_request request = { http_value(&r->path, "account")->id, page_typed(&r->form, "reason") };
  return PAGE_CALL(p, account_reset, &request, f, out);
}
static result do_revoke(struct page *p, struct http_request *r, struct findings *f, struct service_answer *out) {
  struct role_revoke_request request = { http_value(&r->path, "grant")->id, page_typed(&r->form, "reason") };
  return PAGE_CALL(p, role_revoke, &request, f, out);
}
static result do_end(struct page *p, struct http_request *r, struct findings *f, struct service_answer *out) {
  struct mandate_end_request request = { http_value(&r->path, "mandate")->id, page_typed(&r->form, "reason") };
  return PAGE_CALL(p, mandate_end, &request, f, out);
}
static result do_grant(struct page *p, struct http_request *r, struct findings *f, struct service_answer *out) {
  struct role_grant_request request = { .person = http_value(&r->path, "person")->id, .role = page_typed(&r->form, "role"),
                                        .reason = page_typed(&r->form, "reason"), .from = DAY_NONE, .until = DAY_NONE };
  return PAGE_CALL(p, role_grant, &request, f, out);
}

/* `back`: where it leads to, with that member of the answer in it; NULL: the list. */
static const struct reasoned {
  const char *ending, *title, *intro, *submit, *notice, *back, *member;
  office_deed *deed;
  const struct page_field *fields;
  size_t count;
} deeds[] = {
  { "/close", "people.close", "people.close_intro", "people.close_submit", "account_closed", "/people/accounts/%s", "account", do_close,
    reason_fields, COUNT_OF(reason_fields) },
  { "/reset", "people.reset", "people.reset_intro", "people.reset_submit", "put_forward", "/people/accounts/%s", "account", do_reset,
    reason_fields, COUNT_OF(reason_fields) },
  { "/end", "people.end", "people.end_intro", "people.end_submit", "mandate_ended", "/facilities/%s", "facility", do_end, reason_fields,
    COUNT_OF(reason_fields) },
  { "/revoke", "people.revoke", "people.revoke_intro", "people.revoke_submit", "role_revoked", NULL, NULL, do_revoke, reason_fields,
    COUNT_OF(reason_fields) },
  { "/grant", "people.grant", "people.grant_intro", "people.grant_submit", "put_forward", NULL, NULL, do_grant, grant_fields,
    COUNT_OF(grant_fields) },
};

static const struct reasoned *deed_of(const struct http_request *r) {
  for (size_t i = 0; i < COUNT_OF(deeds); i++)
    if (str_ends(str_of(r->route->path), str_of(deeds[i].ending))) return &deeds[i];
  assert(!"a route of this file");
  return NULL;
}

static struct http_answer show_deed(struct desk *d, int status, const struct http_values *posted, const struct findings *f) {
  const struct reasoned *one = deed_of(d->page.r);
  struct desk_section s = desk_section(d, NULL);
  desk_way(d, "people.title", STR("/people"));
  desk_words(&s, page_say_with(&d->page, one->intro, 0, NULL));
  desk_form(&s, &(struct page_form){ .name = "form", .action = d->page.r->target, .submit = one->submit, .fields = one->fields,
                                     .count = one->count, .posted = posted, .findings = f, .once = true });
  desk_close(&s);
  return desk_answer(d, status, one->title, STR(""));
}

static struct http_answer get_deed(struct http_request *r) {
  struct desk d = desk_begin(r);
  return show_deed(&d, HTTP_OK, NULL, NULL);
}

/* A clinic's account begins anew at once, by letter; a staff account when another owner says so. */
static struct http_answer after_deed(struct desk *d, const struct reasoned *one, const struct service_answer *out) {
  struct json body = page_body(&d->page, out);
  bool by_letter = one->deed == do_reset && page_member(&body, "reset").n == 0;
  str back = one->back ? desk_path(d->page.arena, one->back, page_member(&body, one->member)) : STR("/people");
  return page_go(d->page.r, back, by_letter ? "letter_waits" : one->notice);
}

static struct http_answer post_deed(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  const struct reasoned *one = deed_of(r);
  page_require(&d.page, one->fields, one->count, &r->form, &f);
  if (f.count) return show_deed(&d, 422, &r->form, &f);
  result why = one->deed(&d.page, r, &f, &out);
  if (why == RESULT_OK) return after_deed(&d, one, &out);
  return why == RESULT_REFUSED || why == RESULT_CONFLICT ? show_deed(&d, 422, &r->form, &f) : page_failed(&d.page, why, &f, &out);
}

/* ---- the table */

static const struct http_parameter account_path[] = { OFFICE_ID("account", "acc_"), { 0 } };
static const struct http_parameter person_path[] = { OFFICE_ID("person", "per_"), { 0 } };
static const struct http_parameter grant_path[] = { OFFICE_ID("grant", "grt_"), { 0 } };
static const struct http_parameter mandate_path[] = { OFFICE_ID("mandate", "mnd_"), { 0 } };
static const struct http_parameter open_form[] = { OFFICE_TEXT("realm", 20), OFFICE_TEXT("login", 320), OFFICE_TEXT("name", 400), OFFICE_TEXT("name_kana", 400), { 0 } };
static const struct http_parameter reason_form[] = { OFFICE_TEXT("reason", 4000), { 0 } };
static const struct http_parameter grant_form[] = { OFFICE_TEXT("role", 20), OFFICE_TEXT("reason", 4000), { 0 } };

/* A deed is a page that asks why, and its POST. */
#define DEED(name_, path_, roles_, parameters_, form_, ja, en)                                                               \
  { OFFICE_GET(name_ "Page", path_, get_deed, roles_, ja "画面", en), .path_parameters = (parameters_), .step_up = true },       \
  { OFFICE_POST(name_ "PagePost", path_, post_deed, roles_, form_, ja, en), .path_parameters = (parameters_) }
static const struct http_route rows[] = {
  { OFFICE_GET("openAccountPage", "/people/open", get_open, HTTP_ROLE_OWNER, "アカウントを作る画面", "Open an account"), .step_up = true },
  { OFFICE_POST("openAccountPagePost", "/people/open", post_open, HTTP_ROLE_OWNER, open_form, "アカウントを作る", "Open an account") },
  { OFFICE_GET("accountOfOtherPage", "/people/accounts/{account}", get_account, OFFICE_MANAGERS, "アカウントの画面", "An account"),
    .path_parameters = account_path },
  DEED("closeAccount", "/people/accounts/{account}/close", OFFICE_MANAGERS, account_path, reason_form, "アカウントを閉じる", "Close an account"),
  DEED("resetAccount", "/people/accounts/{account}/reset", OFFICE_MANAGERS, account_path, reason_form, "本人確認をやり直させる", "Let an account begin anew"),
  DEED("endMandate", "/people/mandates/{mandate}/end", OFFICE_MANAGERS, mandate_path, reason_form, "届出権限を終える", "End a mandate"),
  DEED("grantRole", "/people/persons/{person}/grant", HTTP_ROLE_OWNER, person_path, grant_form, "役割を与える", "Grant a role"),
  DEED("revokeRole", "/people/grants/{grant}/revoke", HTTP_ROLE_OWNER, grant_path, reason_form, "役割を取り消す", "Revoke a role"),
};
const struct http_route_table web__people_account_routes = { rows, COUNT_OF(rows) };
