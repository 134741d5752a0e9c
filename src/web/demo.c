/* demo: one click in for each role. Nothing is there unless the program says that it is a demo. */
#include "sign_in.h"

static const struct { const char *login, *role, *does; } accounts[] = {
  { "demo-clinic-1", "common.role_clinic", "home.does_clinic" },
  { "demo-clinic-2", "common.role_clinic", "home.does_clinic" },
  { "demo-proxy", "common.role_proxy", "home.does_proxy" },
  { "demo-adjuster-1", "common.role_adjuster", "home.does_adjuster" },
  { "demo-adjuster-2", "common.role_adjuster", "home.does_adjuster" },
  { "demo-approver-1", "common.role_approver", "home.does_approver" },
  { "demo-approver-2", "common.role_approver", "home.does_approver" },
  { "demo-casework", "common.role_casework", "home.does_casework" },
  { "demo-cashier-1", "common.role_cashier", "home.does_cashier" },
  { "demo-cashier-2", "common.role_cashier", "home.does_cashier" },
  { "demo-owner-1", "common.role_owner", "home.does_owner" },
  { "demo-owner-2", "common.role_owner", "home.does_owner" },
  { "demo-auditor", "common.role_auditor", "home.does_auditor" },
};

static struct http_answer get_demo(struct http_request *r) {
  struct page p = page_begin(r);
  if (!p.gate->demo) return HTTP_PROBLEM(r, &http_problem_not_found);
  struct page_list list = page_list(r->arena);
  for (size_t i = 0; i < COUNT_OF(accounts); i++) {
    struct page_object o = page_object(r->arena);
    page_set_str(&o, "login", str_of(accounts[i].login));
    page_set_str(&o, "role", page_say(&p, accounts[i].role));
    page_set_str(&o, "does", page_say(&p, accounts[i].does));
    page_push(&list, page_json(&o));
  }
  page_set(&p.document, "accounts", page_items(&list));
  return page_answer(&p, HTTP_OK, "demo", page_say(&p, "home.demo_title"));
}

static struct http_answer post_demo(struct http_request *r) {
  struct page p = page_begin(r);
  if (!p.gate->demo) return HTTP_PROBLEM(r, &http_problem_not_found);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct demo_sign_in_request request = { http_value(&r->form, "login")->text };
  result why = PAGE_CALL(&p, demo_sign_in, &request, &f, &out);
  if (why != RESULT_OK) return page_failed(&p, why, &f, &out);
  return sign_in__after(&p, &out, (struct sign_in_way){ STR("/"), page_typed(&r->form, "kept") });
}

static const struct http_parameter form[] = {
  { .name = "login", .kind = HTTP_PARAMETER_TEXT, .required = true, .most = 100, .description_en = "An account of the demo" },
  KEPT_FIELD, { 0 },
};
static const struct http_route rows[] = {
  { .name = "demoPage", .method = HTTP_GET, .path = "/demo", .realms = HTTP_PUBLIC, .face = HTTP_PAGE, .handler = get_demo,
    .tag = "pages", .summary_ja = "デモの入口", .summary_en = "The door of the demo" },
  { .name = "demoPagePost", .method = HTTP_POST, .path = "/demo", .realms = HTTP_PUBLIC, .face = HTTP_PAGE,
    .body = HTTP_BODY_FORM, .body_limit_bytes = KEPT_FORM_BYTES, .form_parameters = form, .handler = post_demo, .tag = "pages", .summary_ja = "デモのログイン",
    .summary_en = "Sign in to the demo" },
};
const struct http_route_table web__demo_routes = { rows, COUNT_OF(rows) };
