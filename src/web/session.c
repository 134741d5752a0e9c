/* session: signing out, and the language of the pages. */
#include "routes.h"

#define LANGUAGE_COOKIE "__Host-shienkin-language"
enum { YEAR_S = 365 * 24 * 60 * 60 };

static struct http_answer post_sign_out(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  if (r->identity) {
    struct session_end_request request = { r->identity->session };
    result why = PAGE_CALL(&p, session_end, &request, &f, &out);
    if (why != RESULT_OK && why != RESULT_NOT_FOUND) return page_failed(&p, why, &f, &out);
  }
  struct http_answer answer = page_go(r, STR("/sign-in"), "signed_out");
  gate_session_forget(r, &answer);
  return answer;
}

/* The cookie is for pages before signing in and for this device; the account's setting goes before it wherever it is set. */
static struct http_answer post_language(struct http_request *r) {
  struct page p = page_begin(r);
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  str language = http_value(&r->form, "language")->text;
  if (r->identity) {
    struct language_request request = { language };
    result why = PAGE_CALL(&p, language_set, &request, &f, &out);
    if (why != RESULT_OK) return page_failed(&p, why, &f, &out);
  }
  struct http_answer answer = page_go(r, page_typed(&r->form, "here"), NULL);
  http_answer_cookie(r, &answer, LANGUAGE_COOKIE, language, YEAR_S);
  return answer;
}

static const char *const languages[] = { "ja", "en", NULL };
static const struct http_parameter language_form[] = {
  { .name = "language", .kind = HTTP_PARAMETER_WORD, .required = true, .words = languages, .description_en = "The language" },
  { .name = "here", .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = 1000, .description_en = "Where to go back to" },
  { 0 },
};
static const struct http_parameter no_fields[] = { { 0 } };

enum { ANYBODY = HTTP_PUBLIC | HTTP_CLINIC | HTTP_STAFF | HTTP_AUDITOR };
static const struct http_route rows[] = {
  { .name = "signOutPagePost", .method = HTTP_POST, .path = "/sign-out", .realms = ANYBODY, .face = HTTP_PAGE,
    .body = HTTP_BODY_FORM, .form_parameters = no_fields, .handler = post_sign_out, .tag = "pages", .summary_ja = "ログアウト",
    .summary_en = "Sign out" },
  { .name = "languagePagePost", .method = HTTP_POST, .path = "/language", .realms = ANYBODY, .face = HTTP_PAGE,
    .body = HTTP_BODY_FORM, .form_parameters = language_form, .handler = post_language, .tag = "pages",
    .summary_ja = "表示する言語", .summary_en = "The language of the pages" },
};
const struct http_route_table web__session_routes = { rows, COUNT_OF(rows) };
