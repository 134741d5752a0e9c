/* people_pages: who may come in and what they may do. Whatever gives power waits for a second owner; what takes it away does not. */
#include "desk.h"

enum { ACCOUNTS_SHOWN = 100 };

/* ---- what waits for the second owner */

static void add_waiting_grants(struct desk *d, const struct json *roles) {
  uint32_t count;
  const struct json *waiting = desk_list(roles, "waiting", &count);
  for (uint32_t i = 0; i < count; i++) {
    struct desk_section s = desk_section(d, "people.grant_waiting");
    desk_fact(&s, "desk.person", page_member(&waiting[i], "name"), STR(""));
    desk_fact(&s, "desk.role", desk_code(&d->page, "common.role_", page_member(&waiting[i], "role")), STR(""));
    desk_fact(&s, "desk.reason", page_member(&waiting[i], "reason"), STR(""));
    desk_fact(&s, "people.asked_by", page_member(&waiting[i], "by"), STR(""));
    desk_form(&s, &(struct page_form){ .name = "form", .submit = "people.confirm_grant", .once = true,
                                       .action = desk_path(d->page.arena, "/people/grants/%s/confirm", page_member(&waiting[i], "grant")) });
    desk_close(&s);
  }
}

static void add_waiting_resets(struct desk *d, const struct json *resets) {
  uint32_t count;
  const struct json *waiting = desk_list(resets, "waiting", &count);
  for (uint32_t i = 0; i < count; i++) {
    struct desk_section s = desk_section(d, "people.reset_waiting");
    desk_fact(&s, "desk.person", page_member(&waiting[i], "name"), STR(""));
    desk_fact(&s, "people.login", page_member(&waiting[i], "login"), STR(""));
    desk_fact(&s, "desk.reason", page_member(&waiting[i], "reason"), STR(""));
    desk_fact(&s, "people.asked_by", page_member(&waiting[i], "by"), STR(""));
    desk_form(&s, &(struct page_form){ .name = "form", .submit = "people.confirm_reset", .once = true,
                                       .action = desk_path(d->page.arena, "/people/resets/%s/confirm", page_member(&waiting[i], "reset")) });
    desk_close(&s);
  }
}

/* ---- who holds what, who comes in */

static const char *const held_columns[] = { "desk.person", "desk.role", "people.from", "people.until", "people.change" };

static void add_held(struct desk *d, const struct json *roles) {
  uint32_t count;
  const struct json *held = desk_list(roles, "held", &count);
  struct desk_table t = desk_table(d, "people.held", NULL, held_columns, COUNT_OF(held_columns));
  for (uint32_t i = 0; i < count; i++) {
    str role = page_member(&held[i], "role");
    bool staff = !str_eq(role, STR("clinic"));
    desk_row(&t, (struct desk_cell[]){ DESK_TEXT(page_member(&held[i], "name")), DESK_TEXT(desk_code(&d->page, "common.role_", role)),
                                       DESK_TEXT(page_moment(&d->page, page_member(&held[i], "from"))),
                                       DESK_TEXT(page_moment(&d->page, page_member(&held[i], "until"))),
                                       DESK_LINK(staff ? page_say(&d->page, "people.revoke") : STR(""),
                                                 desk_path(d->page.arena, "/people/grants/%s/revoke", page_member(&held[i], "grant"))) });
  }
  struct desk_section s = desk_section(d, "people.held");
  desk_put_table(&s, &t);
  desk_close(&s);
}

static const char *const account_columns[] = { "desk.person", "people.login", "people.realm", "desk.role", "people.seen_at", "people.grant",
                                               "people.reset", "people.close" };

static bool add_accounts(struct desk *d, struct http_answer *failure) {
  struct accounts_request request = { .limit = ACCOUNTS_SHOWN };
  struct json body;
  uint32_t count, roles;
  if (!DESK_CALL(d, account_list, &request, &body, failure)) return false;
  const struct json *accounts = desk_list(&body, "accounts", &count);
  struct desk_table t = desk_table(d, "people.accounts", NULL, account_columns, COUNT_OF(account_columns));
  for (uint32_t i = 0; i < count; i++) {
    const struct json *role = desk_list(&accounts[i], "roles", &roles);
    struct buf held = buf_in(d->page.arena);
    for (uint32_t k = 0; k < roles; k++) {
      if (k) buf_byte(&held, ' ');
      buf_add(&held, desk_code(&d->page, "common.role_", desk_value(&d->page, &role[k])));
    }
    str id = page_member(&accounts[i], "account"), realm = page_member(&accounts[i], "realm");
    bool open = !page_member(&accounts[i], "closed_at").n, clinic = str_eq(realm, STR("clinic"));
    struct arena *a = d->page.arena;
    desk_row(&t, (struct desk_cell[]){
        DESK_TEXT(page_member(&accounts[i], "name")), DESK_TEXT(page_member(&accounts[i], "login")),
        DESK_TEXT(desk_code(&d->page, "people.realm_", realm)), DESK_TEXT(buf_str(&held)),
        DESK_TEXT(open ? page_moment(&d->page, page_member(&accounts[i], "seen_at")) : page_say(&d->page, "people.closed")),
        DESK_LINK(open && !clinic ? page_say(&d->page, "people.grant_link") : STR(""),
                  desk_path(a, "/people/persons/%s/grant", page_member(&accounts[i], "person"))),
        DESK_LINK(open ? page_say(&d->page, "people.reset_link") : STR(""), desk_path(a, "/people/accounts/%s/reset", id)),
        DESK_LINK(open ? page_say(&d->page, "people.close_link") : STR(""), desk_path(a, "/people/accounts/%s/close", id)) });
  }
  struct desk_section s = desk_section(d, "people.accounts");
  desk_put_table(&s, &t);
  desk_close(&s);
  return true;
}

static struct http_answer get_people(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json roles, resets;
  if (!DESK_CALL(&d, role_list, NULL, &roles, &failure)) return failure;
  if (!DESK_CALL(&d, account_reset_list, NULL, &resets, &failure)) return failure;
  desk_way(&d, "people.open", STR("/people/open"));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say(&d.page, "people.intro"));
  desk_close(&s);
  add_waiting_grants(&d, &roles);
  add_waiting_resets(&d, &resets);
  if (!add_accounts(&d, &failure)) return failure;
  add_held(&d, &roles);
  return desk_answer(&d, HTTP_OK, "people.title", STR(""));
}

/* ---- a code is told once */

static struct http_answer tell_code(struct desk *d, const struct service_answer *out) {
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

static struct http_answer post_confirm_reset(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct account_reset_confirm_request request = { http_value(&r->path, "reset")->id };
  result why = PAGE_CALL(&d.page, account_reset_confirm, &request, &f, &out);
  return why == RESULT_OK ? tell_code(&d, &out) : page_failed(&d.page, why, &f, &out);
}

static struct http_answer post_confirm_grant(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct role_confirm_request request = { http_value(&r->path, "grant")->id };
  result why = PAGE_CALL(&p, role_confirm, &request, &f, &out);
  return why == RESULT_OK ? page_go(r, STR("/people"), "grant_confirmed") : page_failed(&p, why, &f, &out);
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
  if (why == RESULT_OK) return tell_code(&d, &out);
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

typedef result deed(struct page *p, struct http_request *r, struct findings *f, struct service_answer *out);
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
static result do_grant(struct page *p, struct http_request *r, struct findings *f, struct service_answer *out) {
  struct role_grant_request request = { .person = http_value(&r->path, "person")->id, .role = page_typed(&r->form, "role"),
                                        .reason = page_typed(&r->form, "reason"), .from = DAY_NONE, .until = DAY_NONE };
  return PAGE_CALL(p, role_grant, &request, f, out);
}

static const struct reasoned { const char *ending, *title, *intro, *submit, *notice; deed *deed; const struct page_field *fields; size_t count; } deeds[] = {
  { "/close", "people.close", "people.close_intro", "people.close_submit", "account_closed", do_close, reason_fields, COUNT_OF(reason_fields) },
  { "/reset", "people.reset", "people.reset_intro", "people.reset_submit", "put_forward", do_reset, reason_fields, COUNT_OF(reason_fields) },
  { "/revoke", "people.revoke", "people.revoke_intro", "people.revoke_submit", "role_revoked", do_revoke, reason_fields, COUNT_OF(reason_fields) },
  { "/grant", "people.grant", "people.grant_intro", "people.grant_submit", "put_forward", do_grant, grant_fields, COUNT_OF(grant_fields) },
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

static struct http_answer post_deed(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  const struct reasoned *one = deed_of(r);
  page_require(&d.page, one->fields, one->count, &r->form, &f);
  if (f.count) return show_deed(&d, 422, &r->form, &f);
  result why = one->deed(&d.page, r, &f, &out);
  if (why == RESULT_OK) return page_go(r, STR("/people"), one->notice);
  return why == RESULT_REFUSED || why == RESULT_CONFLICT ? show_deed(&d, 422, &r->form, &f) : page_failed(&d.page, why, &f, &out);
}

/* ---- the table */

#define PATH_ID(n, p) { .name = (n), .kind = HTTP_PARAMETER_ID, .prefix = (p), .description_en = (n) }
static const struct http_parameter account_path[] = { PATH_ID("account", "acc_"), { 0 } };
static const struct http_parameter person_path[] = { PATH_ID("person", "per_"), { 0 } };
static const struct http_parameter grant_path[] = { PATH_ID("grant", "grt_"), { 0 } };
static const struct http_parameter reset_path[] = { PATH_ID("reset", "rst_"), { 0 } };
#define FIELD(n, most_) { .name = (n), .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = (most_), .description_en = (n) }
static const struct http_parameter nothing[] = { { 0 } };
static const struct http_parameter open_form[] = { FIELD("realm", 20), FIELD("login", 320), FIELD("name", 400), FIELD("name_kana", 400), { 0 } };
static const struct http_parameter reason_form[] = { FIELD("reason", 4000), { 0 } };
static const struct http_parameter grant_form[] = { FIELD("role", 20), FIELD("reason", 4000), { 0 } };

#define PEOPLE(n, m, p, h, ja, en) \
  .name = (n), .method = (m), .path = (p), .realms = HTTP_STAFF, .roles = HTTP_ROLE_OWNER, .persons_only = true, .face = HTTP_PAGE, \
  .handler = (h), .tag = "pages", .summary_ja = (ja), .summary_en = (en)
#define PEOPLE_GET(n, p, h, ja, en) PEOPLE(n, HTTP_GET, p, h, ja, en), .step_up = true
#define PEOPLE_POST(n, p, h, form_, ja, en) \
  PEOPLE(n, HTTP_POST, p, h, ja, en), .step_up = true, .body = HTTP_BODY_FORM, .form_parameters = (form_), .idempotent = true
static const struct http_route rows[] = {
  { PEOPLE("peoplePage", HTTP_GET, "/people", get_people, "利用者の一覧", "People and roles") },
  { PEOPLE_GET("openAccountPage", "/people/open", get_open, "アカウントを作る画面", "Open an account") },
  { PEOPLE_POST("openAccountPagePost", "/people/open", post_open, open_form, "アカウントを作る", "Open an account") },
  { PEOPLE_GET("closeAccountPage", "/people/accounts/{account}/close", get_deed, "アカウントを閉じる画面", "Close an account"), .path_parameters = account_path },
  { PEOPLE_POST("closeAccountPagePost", "/people/accounts/{account}/close", post_deed, reason_form, "アカウントを閉じる", "Close an account"),
    .path_parameters = account_path },
  { PEOPLE_GET("resetAccountPage", "/people/accounts/{account}/reset", get_deed, "やり直しの画面", "Let an account begin anew"), .path_parameters = account_path },
  { PEOPLE_POST("resetAccountPagePost", "/people/accounts/{account}/reset", post_deed, reason_form, "本人確認のやり直し", "Let an account begin anew"),
    .path_parameters = account_path },
  { PEOPLE_GET("grantRolePage", "/people/persons/{person}/grant", get_deed, "役割を与える画面", "Grant a role"), .path_parameters = person_path },
  { PEOPLE_POST("grantRolePagePost", "/people/persons/{person}/grant", post_deed, grant_form, "役割を与える", "Grant a role"), .path_parameters = person_path },
  { PEOPLE_GET("revokeRolePage", "/people/grants/{grant}/revoke", get_deed, "役割を取り消す画面", "Revoke a role"), .path_parameters = grant_path },
  { PEOPLE_POST("revokeRolePagePost", "/people/grants/{grant}/revoke", post_deed, reason_form, "役割を取り消す", "Revoke a role"), .path_parameters = grant_path },
  { PEOPLE_POST("confirmGrantPagePost", "/people/grants/{grant}/confirm", post_confirm_grant, nothing, "役割を確認する", "Confirm a role"),
    .path_parameters = grant_path },
  { PEOPLE_POST("confirmResetPagePost", "/people/resets/{reset}/confirm", post_confirm_reset, nothing, "やり直しを確認する", "Confirm that an account begins anew"),
    .path_parameters = reset_path },
};
const struct http_route_table web__people_routes = { rows, COUNT_OF(rows) };
