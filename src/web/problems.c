/* problems: refusals in the same house. 401 is no page: it leads to signing in, and back to where the reader was. */
#include "page.h"

/* What a form's POST wanted is not asked for again; its page is, which the browser names as the referrer. */
static str back_from_post(struct http_request *r) {
  str referrer = http_request_header(r, "Referer"), host = http_request_header(r, "Host");
  str own = str_format(r->arena, "https://%.*s", STR_ARG(host));
  if (!str_starts(referrer, own)) return STR("/");
  return page_local_path(str_slice(referrer, own.n, referrer.n), STR("/"));
}

static struct http_answer to_sign_in(struct http_request *r) {
  bool safe = http_method_safe(r->method);
  str next = safe ? page_local_path(r->target, STR("/")) : back_from_post(r);
  return page_go(r, page_with_next(r->arena, "/sign-in", next), safe ? NULL : "session_ended");
}

/* Whoever is to show again who they are does so, and comes back to the page that they stood on. */
static struct http_answer to_step_up(struct http_request *r) {
  str next = http_method_safe(r->method) ? page_local_path(r->target, STR("/")) : back_from_post(r);
  return page_go(r, page_with_next(r->arena, "/step-up", next), NULL);
}

static void add_details(struct page *p, const struct http_answer *problem) {
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; problem->findings && i < problem->findings->count; i++)
    page_push(&list, json_of_str(p->english ? problem->findings->items[i].en : problem->findings->items[i].ja));
  page_set(&p->document, "details", page_items(&list));
}

static struct http_answer show_problem(struct http_request *r, const struct http_answer *problem) {
  const struct http_problem *which = problem->problem;
  if (which->status == 401 && r->route) return to_sign_in(r);
  if (which == &http_problem_step_up_required) return to_step_up(r);
  struct page p = page_begin(r);
  str title = str_of(p.english ? which->title_en : which->title_ja);
  str detail = p.english ? problem->detail_en : problem->detail_ja;
  if (detail.n == 0) detail = str_of(p.english ? which->detail_en : which->detail_ja);
  page_set_str(&p.document, "detail", detail);
  page_set_str(&p.document, "request_number", str_of(r->request_id));
  page_set_bool(&p.document, "ours", which->status >= 500);
  add_details(&p, problem);
  return page_answer(&p, which->status, "problem", title);
}

struct http_pages web_pages(void) { return (struct http_pages){ .problem = show_problem }; }
