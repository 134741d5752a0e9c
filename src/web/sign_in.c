/* sign_in: login and password, then the second factor. Between two steps the ticket travels in a cookie of its own, so that no
 * page and no address holds it. */
#include "sign_in.h"

#define TICKET_COOKIE "__Host-shienkin-ticket"

str sign_in__next(const struct http_values *values) { return page_local_path(page_typed(values, "next"), STR("/")); }
str sign_in__ticket(const struct http_request *r) { return http_request_cookie(r, TICKET_COOKIE); }
struct json_member sign_in__hidden_next(str next) { return (struct json_member){ STR("next"), json_of_str(next) }; }

struct sign_in_way sign_in__way(const struct http_values *posted) {
  return (struct sign_in_way){ sign_in__next(posted), page_typed(posted, "kept") };
}

size_t sign_in__hidden(struct sign_in_way way, struct json_member out[2]) {
  out[0] = sign_in__hidden_next(way.next);
  out[1] = (struct json_member){ STR("kept"), json_of_str(way.kept) };
  return way.kept.n ? 2 : 1;
}

/* ---- where a step leads */

static const struct { const char *step, *path; } steps[] = {
  { "second_factor", "/sign-in/second-factor" },
  { "enrol_totp", "/sign-in/authenticator" },
  { "change_password", "/first-access" },
};

static struct http_answer show_code(struct page *p, int status, struct sign_in_way way, const struct http_values *posted,
                                    const struct findings *f);

/* What was typed travels in forms alone: with it, the page of the second factor is the answer, and no address to go to. */
static struct http_answer one_step_more(struct page *p, const struct json *body, struct sign_in_way way) {
  for (size_t i = 0; i < COUNT_OF(steps); i++) {
    if (!str_eq(page_member(body, "next"), str_of(steps[i].step))) continue;
    struct http_answer answer = i == 0 && way.kept.n ? show_code(p, HTTP_OK, way, NULL, NULL)
                                                     : page_go(p->r, page_with_next(p->arena, steps[i].path, way.next), NULL);
    http_answer_cookie(p->r, &answer, TICKET_COOKIE, page_member(body, "ticket"), TICKET_S);
    return answer;
  }
  assert(!"a step of signing in leads to a page");
  return HTTP_PROBLEM(p->r, &http_problem_internal);
}

static struct http_answer show_recovery_codes(struct page *p, const struct json *codes, str next) {
  page_set(&p->document, "codes", *codes);
  page_set_str(&p->document, "go_on", next);
  return page_answer(p, HTTP_OK, "recovery_codes", page_say(p, "sign_in.codes_title"));
}

/* The page that comes with the session is already one of somebody signed in. */
static struct http_answer show_kept(struct page *p, const struct json *body, struct sign_in_way way) {
  struct http_identity *who = ARENA_NEW(p->arena, struct http_identity);
  *who = (struct http_identity){ .csrf_token = page_member(body, "csrf"), .name = page_member(body, "name") };
  p->r->identity = who;
  return kept__show(p, HTTP_OK, way.kept, KEPT_SIGNED_IN, way.next);
}

struct http_answer sign_in__after(struct page *p, const struct service_answer *out, struct sign_in_way way) {
  struct json body = page_body(p, out);
  if (!str_eq(page_member(&body, "next"), STR("done"))) return one_step_more(p, &body, way);
  const struct json *codes = json_get(&body, STR("recovery_codes"));
  bool show = codes && codes->kind == JSON_KIND_ARRAY && codes->count;
  struct http_answer answer = show         ? show_recovery_codes(p, codes, way.next)
                              : way.kept.n ? show_kept(p, &body, way)
                                           : page_go(p->r, way.next, NULL);
  http_answer_cookie(p->r, &answer, TICKET_COOKIE, STR(""), 0);
  gate_session_cookie(p->r, &answer, page_member(&body, "token"));
  return answer;
}

/* ---- login and password */

static const struct page_field sign_in_fields[] = {
  { .name = "login", .kind = PAGE_LINE, .label = "sign_in.login", .hint = "sign_in.login_hint", .autocomplete = "username" },
  { .name = "password", .kind = PAGE_PASSWORD, .label = "sign_in.password", .autocomplete = "current-password" },
};

/* In a demo, its one-click accounts may go on with what was typed, too. */
static void add_kept(struct page *p, struct sign_in_way way) {
  struct json_member kept = { STR("kept"), json_of_str(way.kept) };
  page_set_bool(&p->document, "kept", way.kept.n > 0);
  page_set_bool(&p->document, "demo_form", false);
  if (way.kept.n == 0 || !p->gate->demo) return;
  page_form(p, &(struct page_form){ .name = "demo_form", .action = STR("/demo"), .submit = "kept.demo_submit", .hidden = &kept,
                                    .hidden_count = 1 });
}

struct http_answer sign_in__show(struct page *p, int status, struct sign_in_way way, const struct http_values *posted,
                                 const struct findings *f) {
  struct json_member hidden[2];
  size_t count = sign_in__hidden(way, hidden);
  add_kept(p, way);
  page_form(p, &(struct page_form){ .name = "form", .action = STR("/sign-in"), .submit = "sign_in.submit",
                                    .fields = sign_in_fields, .count = COUNT_OF(sign_in_fields), .posted = posted,
                                    .findings = f, .hidden = hidden, .hidden_count = count });
  return page_answer(p, status, "sign_in", page_say(p, "sign_in.title"));
}

static struct http_answer get_sign_in(struct http_request *r) {
  struct page p = page_begin(r);
  str next = sign_in__next(&r->query);
  if (r->identity) return page_go(r, next, NULL);
  return sign_in__show(&p, HTTP_OK, (struct sign_in_way){ .next = next }, NULL, NULL);
}

static struct http_answer post_sign_in(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct http_answer wait;
  struct sign_in_way way = sign_in__way(&r->form);
  struct sign_in_request request = { str_trim(page_typed(&r->form, "login")), page_typed(&r->form, "password") };
  page_require(&p, sign_in_fields, COUNT_OF(sign_in_fields), &r->form, &f);
  if (f.count) return sign_in__show(&p, 422, way, &r->form, &f);
  if (!gate_sign_in_begin(r, request.login, &wait)) return wait;
  result why = PAGE_CALL(&p, sign_in, &request, &f, &out);
  gate_sign_in_said(r, request.login, why, &out);
  if (why == RESULT_OK) return sign_in__after(&p, &out, way);
  if (why == RESULT_REFUSED) return sign_in__show(&p, 422, way, &r->form, &f);
  return page_failed(&p, why, &f, &out);
}

/* ---- the second factor */

static const struct page_field code_fields[] = {
  { .name = "code", .kind = PAGE_CODE, .label = "sign_in.code", .hint = "sign_in.code_hint", .autocomplete = "one-time-code" },
};

static struct http_answer show_code(struct page *p, int status, struct sign_in_way way, const struct http_values *posted,
                                    const struct findings *f) {
  struct json_member hidden[2];
  size_t count = sign_in__hidden(way, hidden);
  page_form(p, &(struct page_form){ .name = "form", .action = STR("/sign-in/second-factor"), .submit = "sign_in.code_submit",
                                    .fields = code_fields, .count = COUNT_OF(code_fields), .posted = posted, .findings = f,
                                    .hidden = hidden, .hidden_count = count });
  return page_answer(p, status, "second_factor", page_say(p, "sign_in.code_title"));
}

static struct http_answer begin_again(struct page *p, struct sign_in_way way) {
  if (way.kept.n) return sign_in__show(p, 422, way, NULL, NULL);
  return page_go(p->r, page_with_next(p->arena, "/sign-in", way.next), "sign_in_again");
}

static struct http_answer get_code(struct http_request *r) {
  struct page p = page_begin(r);
  struct sign_in_way way = { .next = sign_in__next(&r->query) };
  if (sign_in__ticket(r).n == 0) return begin_again(&p, way);
  return show_code(&p, HTTP_OK, way, NULL, NULL);
}

static struct http_answer post_code(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct http_answer wait;
  struct sign_in_way way = sign_in__way(&r->form);
  struct second_factor_request request = { sign_in__ticket(r), str_trim(page_typed(&r->form, "code")) };
  if (request.ticket.n == 0) return begin_again(&p, way);
  page_require(&p, code_fields, COUNT_OF(code_fields), &r->form, &f);
  if (f.count) return show_code(&p, 422, way, &r->form, &f);
  if (!gate_sign_in_begin(r, request.ticket, &wait)) return wait;
  result why = PAGE_CALL(&p, sign_in_second_factor, &request, &f, &out);
  gate_sign_in_said(r, request.ticket, why, &out);
  if (why == RESULT_OK) return sign_in__after(&p, &out, way);
  if (why == RESULT_REFUSED) return show_code(&p, 422, way, &r->form, &f);
  return page_failed(&p, why, &f, &out);
}

static const struct http_parameter next_query[] = { SIGN_IN_NEXT, { 0 } };
static const struct http_parameter sign_in_form[] = { SIGN_IN_FIELD("login", 320), SIGN_IN_SECRET("password", 1100), SIGN_IN_NEXT,
                                                      KEPT_FIELD, { 0 } };
static const struct http_parameter code_form[] = { SIGN_IN_SECRET("code", 100), SIGN_IN_NEXT, KEPT_FIELD, { 0 } };

static const struct http_route rows[] = {
  { .name = "signInPage", .method = HTTP_GET, .path = "/sign-in", .query = next_query, .realms = HTTP_PUBLIC, .face = HTTP_PAGE,
    .lane = HTTP_LANE_LIGHT, .handler = get_sign_in, .tag = "pages", .summary_ja = "ログインの画面", .summary_en = "The page to sign in" },
  { .name = "signInPagePost", .method = HTTP_POST, .path = "/sign-in", .realms = HTTP_PUBLIC, .face = HTTP_PAGE,
    .body = HTTP_BODY_FORM, .body_limit_bytes = KEPT_FORM_BYTES, .form_parameters = sign_in_form, .lane = HTTP_LANE_SLOW, .handler = post_sign_in, .tag = "pages",
    .summary_ja = "ログイン", .summary_en = "Sign in" },
  { .name = "secondFactorPage", .method = HTTP_GET, .path = "/sign-in/second-factor", .query = next_query,
    .realms = HTTP_PUBLIC, .face = HTTP_PAGE, .handler = get_code, .tag = "pages", .summary_ja = "確認コードの画面",
    .summary_en = "The page of the second factor" },
  { .name = "secondFactorPagePost", .method = HTTP_POST, .path = "/sign-in/second-factor", .realms = HTTP_PUBLIC,
    .face = HTTP_PAGE, .body = HTTP_BODY_FORM, .body_limit_bytes = KEPT_FORM_BYTES, .form_parameters = code_form, .lane = HTTP_LANE_SLOW, .handler = post_code,
    .tag = "pages", .summary_ja = "確認コード", .summary_en = "Give the second factor" },
};
const struct http_route_table web__sign_in_routes = { rows, COUNT_OF(rows) };
