/* enrol: a new authenticator: its secret as a QR code and as text, confirmed by a code of it. The secret stands in this one page
 * and nowhere else; the QR code is an image within it, because an address of its own would have to carry the secret. */
#include "shienkin/document.h"
#include "sign_in.h"

static const struct page_field fields[] = {
  { .name = "code", .kind = PAGE_CODE, .label = "sign_in.enrol_code", .hint = "sign_in.enrol_code_hint",
    .autocomplete = "one-time-code" },
};

static str data_address(struct arena *a, str svg) {
  return str_format(a, "data:image/svg+xml;base64,%.*s", STR_ARG(base64_encode(a, svg)));
}

/* In groups of four, as it is read from one device and typed into another. */
static str grouped(struct arena *a, str secret) {
  struct buf out = buf_in(a);
  for (size_t i = 0; i < secret.n; i++) {
    if (i && i % 4 == 0) buf_byte(&out, ' ');
    buf_byte(&out, secret.p[i]);
  }
  return buf_str(&out);
}

struct http_answer enrol__show(struct page *p, int status, const struct enrol_place *where, str secret, str uri, str next,
                               const struct http_values *posted, const struct findings *f) {
  str svg = STR("");
  if (document_qr_svg(p->arena, uri, page_say(p, "sign_in.enrol_qr"), &svg) != RESULT_OK) svg = STR("");
  page_set_str(&p->document, "qr", svg.n ? data_address(p->arena, svg) : STR(""));
  page_set_str(&p->document, "secret_shown", grouped(p->arena, secret));
  struct json_member hidden[] = { sign_in__hidden_next(next), { STR("secret"), json_of_str(secret) }, { STR("uri"), json_of_str(uri) } };
  page_form(p, &(struct page_form){ .name = "form", .action = str_of(where->path), .submit = "sign_in.enrol_submit",
                                    .fields = fields, .count = COUNT_OF(fields), .posted = posted, .findings = f,
                                    .hidden = hidden, .hidden_count = COUNT_OF(hidden) });
  return page_answer(p, status, where->template, page_say(p, "sign_in.enrol_title"));
}

static const struct enrol_place signing_in = { "/sign-in/authenticator", "authenticator" };

static struct http_answer begin_again(struct page *p, str next) {
  return page_go(p->r, page_with_next(p->arena, "/sign-in", next), "sign_in_again");
}

/* Each showing makes a new secret; none holds until a code of it was given. */
static struct http_answer get_enrol(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  str next = sign_in__next(&r->query);
  struct totp_enrol_request request = { .ticket = sign_in__ticket(r) };
  if (request.ticket.n == 0) return begin_again(&p, next);
  result why = PAGE_CALL(&p, totp_enrol, &request, &f, &out);
  if (why == RESULT_REFUSED || why == RESULT_NOT_FOUND) return begin_again(&p, next);
  if (why != RESULT_OK) return page_failed(&p, why, &f, &out);
  struct json body = page_body(&p, &out);
  return enrol__show(&p, HTTP_OK, &signing_in, page_member(&body, "secret"), page_member(&body, "uri"), next, NULL, NULL);
}

/* What came back from the page is shown again in it, so it must be what the page gave out. */
static bool is_base32(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", s.p[i]) || !s.p[i]) return false;
  return s.n > 0;
}

bool enrol__ours(str secret, str uri) {
  return is_base32(secret) && str_starts(uri, STR("otpauth://totp/")) && str_find(uri, secret) > 0;
}

static struct http_answer post_enrol(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct http_answer wait;
  str next = sign_in__next(&r->form), secret = page_typed(&r->form, "secret"), uri = page_typed(&r->form, "uri");
  struct totp_confirm_request request = { .ticket = sign_in__ticket(r), .code = str_trim(page_typed(&r->form, "code")) };
  if (request.ticket.n == 0 || !enrol__ours(secret, uri)) return begin_again(&p, next);
  page_require(&p, fields, COUNT_OF(fields), &r->form, &f);
  if (f.count) return enrol__show(&p, 422, &signing_in, secret, uri, next, &r->form, &f);
  if (!gate_sign_in_begin(r, request.ticket, &wait)) return wait;
  result why = PAGE_CALL(&p, totp_confirm, &request, &f, &out);
  gate_sign_in_said(r, request.ticket, why, &out);
  if (why == RESULT_OK) return sign_in__after(&p, &out, (struct sign_in_way){ .next = next });
  if (why == RESULT_REFUSED) return enrol__show(&p, 422, &signing_in, secret, uri, next, &r->form, &f);
  return page_failed(&p, why, &f, &out);
}

static const struct http_parameter next_query[] = { SIGN_IN_NEXT, { 0 } };
static const struct http_parameter form[] = { SIGN_IN_SECRET("code", 100), SIGN_IN_SECRET("secret", 200), SIGN_IN_SECRET("uri", 1000),
                                              SIGN_IN_NEXT, { 0 } };
static const struct http_route rows[] = {
  { .name = "authenticatorPage", .method = HTTP_GET, .path = "/sign-in/authenticator", .query = next_query,
    .realms = HTTP_PUBLIC, .face = HTTP_PAGE, .handler = get_enrol, .tag = "pages", .summary_ja = "認証アプリの登録画面",
    .summary_en = "The page to set up an authenticator" },
  { .name = "authenticatorPagePost", .method = HTTP_POST, .path = "/sign-in/authenticator", .realms = HTTP_PUBLIC,
    .face = HTTP_PAGE, .body = HTTP_BODY_FORM, .form_parameters = form, .lane = HTTP_LANE_SLOW, .handler = post_enrol,
    .tag = "pages", .summary_ja = "認証アプリの登録", .summary_en = "Confirm an authenticator" },
};
const struct http_route_table web__enrol_routes = { rows, COUNT_OF(rows) };
