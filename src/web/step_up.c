/* step_up: the second factor once more, before what cannot be taken back; then back to where the reader was. Accounts without
 * one give their password. */
#include "routes.h"
#include "sign_in.h"

static const struct page_field fields[] = {
  { .name = "code", .kind = PAGE_PASSWORD, .label = "step_up.code", .hint = "step_up.hint", .autocomplete = "one-time-code" },
};

struct http_answer step_up__show(struct page *p, int status, struct sign_in_way way, const struct http_values *posted,
                                 const struct findings *f) {
  struct json_member hidden[2];
  size_t count = sign_in__hidden(way, hidden);
  page_set_bool(&p->document, "kept", way.kept.n > 0);
  page_form(p, &(struct page_form){ .name = "form", .action = STR("/step-up"), .submit = "step_up.submit", .fields = fields,
                                    .count = COUNT_OF(fields), .posted = posted, .findings = f, .hidden = hidden, .hidden_count = count });
  return page_answer(p, status, "step_up", page_say(p, "step_up.title"));
}

static struct http_answer get_step_up(struct http_request *r) {
  struct page p = page_begin(r);
  return step_up__show(&p, HTTP_OK, (struct sign_in_way){ .next = sign_in__next(&r->query) }, NULL, NULL);
}

static struct http_answer post_step_up(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct http_answer wait;
  struct sign_in_way way = sign_in__way(&r->form);
  struct step_up_request request = { r->identity->session, str_trim(page_typed(&r->form, "code")) };
  str who = uuid_outside(r->arena, "acc_", r->identity->account);
  page_require(&p, fields, COUNT_OF(fields), &r->form, &f);
  if (f.count) return step_up__show(&p, 422, way, &r->form, &f);
  if (!gate_sign_in_begin(r, who, &wait)) return wait;
  result why = PAGE_CALL(&p, step_up, &request, &f, &out);
  gate_sign_in_said(r, who, why, &out);
  if (why == RESULT_OK && way.kept.n) return kept__show(&p, HTTP_OK, way.kept, KEPT_SIGNED_IN, way.next);
  if (why == RESULT_OK) return page_go(r, way.next, "stepped_up");
  if (why == RESULT_REFUSED) return step_up__show(&p, 422, way, &r->form, &f);
  return page_failed(&p, why, &f, &out);
}

static const struct http_parameter next_query[] = { SIGN_IN_NEXT, { 0 } };
static const struct http_parameter form[] = { SIGN_IN_SECRET("code", 1100), SIGN_IN_NEXT, KEPT_FIELD, { 0 } };
enum { SIGNED_IN = HTTP_CLINIC | HTTP_STAFF | HTTP_AUDITOR };
static const struct http_route rows[] = {
  { .name = "stepUpPage", .method = HTTP_GET, .path = "/step-up", .query = next_query, .realms = SIGNED_IN, .face = HTTP_PAGE,
    .handler = get_step_up, .tag = "pages", .summary_ja = "もう一度の本人確認の画面", .summary_en = "The page of the second factor again" },
  { .name = "stepUpPagePost", .method = HTTP_POST, .path = "/step-up", .realms = SIGNED_IN, .persons_only = true, .face = HTTP_PAGE,
    .body = HTTP_BODY_FORM, .body_limit_bytes = KEPT_FORM_BYTES, .form_parameters = form, .lane = HTTP_LANE_SLOW, .handler = post_step_up, .tag = "pages",
    .summary_ja = "もう一度の本人確認", .summary_en = "Give the second factor again" },
};
const struct http_route_table web__step_up_routes = { rows, COUNT_OF(rows) };
