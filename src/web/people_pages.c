/* people_pages: who may come in and what they may do. Whatever gives power waits for a second owner; what takes it away does
 * not. Owners see everybody, those who look after clinics the clinics' people. */
#include "office.h"

enum { ACCOUNTS_SHOWN = 50 };

static bool owns(const struct desk *d) { return http_request_may(d->page.r, HTTP_ROLE_OWNER); }

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

static const char *const held_columns[] = { "people.name", "desk.role", "people.from", "people.until", "people.change" };

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
  struct desk_section s = desk_section(d, NULL);
  desk_put_table(&s, &t);
  desk_close(&s);
}

/* ---- accounts: searched, a page at a time */

static const struct page_choice any_role[] = {
  { "", "people.any" },
  { "clinic", "common.role_clinic" },     { "proxy", "common.role_proxy" },   { "adjuster", "common.role_adjuster" },
  { "approver", "common.role_approver" }, { "cashier", "common.role_cashier" }, { "owner", "common.role_owner" },
  { "auditor", "common.role_auditor" },
};
static const struct page_choice any_state[] = {
  { "", "people.any" }, { "open", "people.state_open" }, { "closed", "people.state_closed" }, { "letter", "people.state_letter" },
};
#define WORDS { .name = "words", .kind = PAGE_LINE, .label = "people.words", .hint = "people.words_hint", .optional = true }
#define STATE { .name = "state", .kind = PAGE_SELECT, .label = "people.state", .choices = any_state, .choice_count = COUNT_OF(any_state), .optional = true }
static const struct page_field clinic_search[] = { WORDS, STATE };
static const struct page_field whole_search[] = {
  WORDS,
  { .name = "role", .kind = PAGE_SELECT, .label = "desk.role", .choices = any_role, .choice_count = COUNT_OF(any_role), .optional = true },
  STATE,
};

static void add_search(struct desk *d) {
  struct desk_section s = desk_section(d, "people.search");
  desk_form(&s, &(struct page_form){ .name = "search", .action = STR("/people"), .submit = "people.search_submit",
                                     .fields = owns(d) ? whole_search : clinic_search,
                                     .count = owns(d) ? COUNT_OF(whole_search) : COUNT_OF(clinic_search), .posted = &d->page.r->query });
  desk_close(&s);
}

static str roles_of(const struct page *p, const struct json *account) {
  uint32_t count;
  struct buf held = buf_in(p->arena);
  const struct json *roles = desk_list(account, "roles", &count);
  for (uint32_t i = 0; i < count; i++) {
    if (i) buf_add(&held, p->english ? STR(", ") : STR("・"));
    buf_add(&held, desk_code(p, "common.role_", json_text(&roles[i])));
  }
  return buf_str(&held);
}

/* The same question, further down. */
static void add_next(struct desk_section *s, str next) {
  struct page *p = &s->desk->page;
  const struct http_values *q = &p->r->query;
  if (next.n == 0) return;
  struct http_pair all[] = { { STR("words"), page_typed(q, "words") }, { STR("role"), page_typed(q, "role") },
                             { STR("state"), page_typed(q, "state") }, { STR("after"), next } };
  struct http_pair kept[COUNT_OF(all)];
  size_t n = 0;
  for (size_t i = 0; i < COUNT_OF(all); i++)
    if (all[i].value.n) kept[n++] = all[i];
  desk_link(s, page_say(p, "desk.next"), str_format(p->arena, "/people?%.*s", STR_ARG(http_values_write(p->arena, kept, n))));
}

static const char *const account_columns[] = { "people.name", "people.login", "desk.role", "people.seen_at", "people.state" };

static bool add_accounts(struct desk *d, struct http_answer *failure) {
  const struct page *p = &d->page;
  const struct http_values *q = &p->r->query;
  const struct http_value *after = http_value(q, "after");
  struct accounts_request request = { .words = page_typed(q, "words"), .role = page_typed(q, "role"), .state = page_typed(q, "state"),
                                      .after = after->present ? after->id : (struct uuid){ { 0 } }, .limit = ACCOUNTS_SHOWN };
  struct json body;
  uint32_t count;
  if (!DESK_CALL(d, account_list, &request, &body, failure)) return false;
  const struct json *accounts = desk_list(&body, "accounts", &count);
  struct desk_table t = desk_table(d, "people.accounts", NULL, account_columns, COUNT_OF(account_columns));
  for (uint32_t i = 0; i < count; i++) {
    bool open = !page_member(&accounts[i], "closed_at").n;
    desk_row(&t, (struct desk_cell[]){
        DESK_LINK(page_member(&accounts[i], "name"), desk_path(p->arena, "/people/accounts/%s", page_member(&accounts[i], "account"))),
        DESK_TEXT(page_member(&accounts[i], "login")), DESK_TEXT(roles_of(p, &accounts[i])),
        DESK_TEXT(page_moment(p, page_member(&accounts[i], "seen_at"))),
        DESK_TEXT(page_say_with(p, open ? "people.state_open" : "people.state_closed", 0, NULL)) });
  }
  struct desk_section s = desk_section(d, NULL);
  desk_put_table(&s, &t);
  add_next(&s, page_member(&body, "next"));
  desk_close(&s);
  return true;
}

/* ---- the page */

static bool add_of_owners(struct desk *d, const struct json *roles, struct http_answer *failure) {
  struct json resets;
  if (!DESK_CALL(d, account_reset_list, NULL, &resets, failure)) return false;
  add_waiting_grants(d, roles);
  add_waiting_resets(d, &resets);
  return true;
}

static struct http_answer get_people(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json roles;
  if (owns(&d) && !DESK_CALL(&d, role_list, NULL, &roles, &failure)) return failure;
  if (owns(&d)) desk_way(&d, "people.open", STR("/people/open"));
  desk_way(&d, "facilities.title", STR("/facilities"));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say_with(&d.page, owns(&d) ? "people.intro" : "people.intro_clinics", 0, NULL));
  desk_close(&s);
  if (owns(&d) && !add_of_owners(&d, &roles, &failure)) return failure;
  add_search(&d);
  if (!add_accounts(&d, &failure)) return failure;
  if (owns(&d)) add_held(&d, &roles);
  return desk_answer(&d, HTTP_OK, "people.title", STR(""));
}

static struct http_answer post_people(struct http_request *r) { return desk_ask(r, "/people"); }

/* ---- the second owner's yes */

static struct http_answer post_confirm_reset(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct account_reset_confirm_request request = { http_value(&r->path, "reset")->id };
  result why = PAGE_CALL(&d.page, account_reset_confirm, &request, &f, &out);
  return why == RESULT_OK ? office__tell_code(&d, &out) : page_failed(&d.page, why, &f, &out);
}

static struct http_answer post_confirm_grant(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct role_confirm_request request = { http_value(&r->path, "grant")->id };
  result why = PAGE_CALL(&p, role_confirm, &request, &f, &out);
  return why == RESULT_OK ? page_go(r, STR("/people"), "grant_confirmed") : page_failed(&p, why, &f, &out);
}

/* ---- the table */

static const struct http_parameter grant_path[] = { OFFICE_ID("grant", "grt_"), { 0 } };
static const struct http_parameter reset_path[] = { OFFICE_ID("reset", "rst_"), { 0 } };
static const struct http_parameter nothing[] = { { 0 } };
static const struct http_parameter people_query[] = { OFFICE_TEXT("words", 100), OFFICE_TEXT("role", 20), OFFICE_TEXT("state", 20),
                                                      OFFICE_ID("after", "acc_"), { 0 } };
static const struct http_parameter people_form[] = { OFFICE_TEXT("words", 100), OFFICE_TEXT("role", 20), OFFICE_TEXT("state", 20), { 0 } };
static const struct http_route rows[] = {
  { OFFICE_GET("peoplePage", "/people", get_people, OFFICE_MANAGERS, "利用者の一覧", "People and roles"), .query = people_query },
  { OFFICE_ASK("peoplePagePost", "/people", post_people, OFFICE_MANAGERS, people_form, "利用者を探す", "Search people") },
  { OFFICE_POST("confirmGrantPagePost", "/people/grants/{grant}/confirm", post_confirm_grant, HTTP_ROLE_OWNER, nothing, "役割を確認する", "Confirm a role"),
    .path_parameters = grant_path },
  { OFFICE_POST("confirmResetPagePost", "/people/resets/{reset}/confirm", post_confirm_reset, HTTP_ROLE_OWNER, nothing, "やり直しを確認する",
                "Confirm that an account begins anew"),
    .path_parameters = reset_path },
};
const struct http_route_table web__people_routes = { rows, COUNT_OF(rows) };
