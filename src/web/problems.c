/* problems: refusals in the same house. 401 leads to signing in, and back to where the reader was; what a form brought that could
 * not be carried out is kept (kept.h). */
#include "sign_in.h"

/* What a form's POST wanted is not asked for again by going there; its page is, which the browser names as the referrer. */
static str back_of(struct http_request *r) {
  return http_method_safe(r->method) ? page_local_path(r->target, STR("/")) : kept__referrer(r);
}

static struct http_answer to_sign_in(struct http_request *r) {
  const char *notice = r->route->body == HTTP_BODY_MULTIPART ? "session_ended_file" : "session_ended";
  return page_go(r, page_with_next(r->arena, "/sign-in", back_of(r)), http_method_safe(r->method) ? NULL : notice);
}

/* Whoever is to show again who they are does so, and comes back to the page that they stood on. */
static struct http_answer to_step_up(struct http_request *r) {
  return page_go(r, page_with_next(r->arena, "/step-up", back_of(r)), NULL);
}

/* What programs are told to do with headers and keys, people are told in their words: the catalogue's, where it has some. */
static str detail_of(const struct page *p, const struct http_answer *problem) {
  const struct http_problem *which = problem->problem;
  const struct page_text *plain = web__text_find(str_format(p->arena, "problem.%s", which->code));
  if (plain) return str_of(p->english ? plain->en : plain->ja);
  str detail = p->english ? problem->detail_en : problem->detail_ja;
  return detail.n > 0 ? detail : str_of(p->english ? which->detail_en : which->detail_ja);
}

/* ---- forms that could not be carried out, with what was typed */

static bool is_for_later(const struct http_problem *which) {
  return which->status == 429 || which->status >= 500 || str_eq(str_of(which->code), STR("request_in_progress"));
}

/* Signing in itself has to wait: its form comes back with what it carries. */
static struct http_answer show_door_again(struct page *p, const struct http_answer *problem, struct sign_in_way way) {
  struct findings f = findings_in(p->arena);
  struct message said = { problem->problem->code, "{0}", "{1}" };
  str detail = problem->status == 500 ? page_say(p, "kept.fault", str_of(p->r->request_id)) : detail_of(p, problem);
  FINDING(&f, STR(""), &said, detail, detail);
  return p->r->identity ? step_up__show(p, problem->status, way, NULL, &f) : sign_in__show(p, problem->status, way, NULL, &f);
}

/* Where the end is not known, or is still to come, nobody is told that nothing was sent. */
static enum kept_why why_again(const struct http_problem *which) {
  static const struct { const char *code; enum kept_why why; } rows[] = {
    { "outcome_unknown", KEPT_UNSURE }, { "request_in_progress", KEPT_UNSURE }, { "internal", KEPT_FAULT },
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    if (strcmp(which->code, rows[i].code) == 0) return rows[i].why;
  return KEPT_BUSY;
}

/* status 0: this problem has no answer of its own with what was typed. */
static struct http_answer show_with_typed(struct http_request *r, const struct http_answer *problem) {
  const struct http_problem *which = problem->problem;
  struct sign_in_way way = { back_of(r), kept__of(r) };
  struct page p = page_begin(r);
  if (way.kept.n == 0) return (struct http_answer){ 0 };
  if (which->status == 401) return sign_in__show(&p, 401, way, NULL, NULL);
  if (which == &http_problem_step_up_required) return step_up__show(&p, which->status, way, NULL, NULL);
  if (which == &http_problem_csrf && r->identity) return kept__show(&p, which->status, way.kept, KEPT_OLD, way.next);
  if (!is_for_later(which)) return (struct http_answer){ 0 };
  if (kept__carries(r)) return show_door_again(&p, problem, way);
  return kept__show(&p, which->status, way.kept, why_again(which), way.next);
}

static void add_details(struct page *p, const struct http_answer *problem) {
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; problem->findings && i < problem->findings->count; i++)
    page_push(&list, json_of_str(p->english ? problem->findings->items[i].en : problem->findings->items[i].ja));
  page_set(&p->document, "details", page_items(&list));
}

static struct http_answer show_problem(struct http_request *r, const struct http_answer *problem) {
  const struct http_problem *which = problem->problem;
  struct http_answer kept = show_with_typed(r, problem);
  if (kept.status) return kept;
  if (which->status == 401 && r->route) return to_sign_in(r);
  if (which == &http_problem_step_up_required) return to_step_up(r);
  struct page p = page_begin(r);
  str title = str_of(p.english ? which->title_en : which->title_ja);
  page_set_str(&p.document, "detail", detail_of(&p, problem));
  page_set_str(&p.document, "request_number", str_of(r->request_id));
  add_details(&p, problem);
  return page_answer(&p, which->status, "problem", title);
}

struct http_pages web_pages(void) { return (struct http_pages){ .problem = show_problem }; }
