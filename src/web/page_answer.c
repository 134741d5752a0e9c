/* page_answer: what every page has: the house around it. */
#include "files.h"
#include "page.h"
#include "templates.h"

#define LANGUAGE_COOKIE "__Host-shienkin-language"
#define NOTICE_COOKIE "__Host-shienkin-notice"
enum { PATH_MOST = 1000, NOTICE_S = 60 };

/* Routes that never saw a worker (an address that leads nowhere) have no identity; the cookie still tells. */
static bool wants_english(const struct http_request *r) {
  if (r->identity && r->identity->has_language) return r->identity->language == HTTP_ENGLISH;
  str chosen = http_request_cookie(r, LANGUAGE_COOKIE);
  if (str_eq(chosen, STR("en"))) return true;
  if (str_eq(chosen, STR("ja"))) return false;
  return r->language == HTTP_ENGLISH;
}

struct page page_begin(struct http_request *r) {
  struct page p = { .r = r, .gate = gate_of(r), .arena = r->arena, .english = wants_english(r) };
  r->language = p.english ? HTTP_ENGLISH : HTTP_JAPANESE;
  p.document = page_object(r->arena);
  return p;
}

/* ---- words */

static str fill_in(struct arena *a, const char *text, size_t count, const str *arguments) {
  struct buf out = buf_in(a);
  for (const char *c = text; *c; c++) {
    bool slot = c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}' && (size_t)(c[1] - '0') < count;
    if (!slot) {
      buf_byte(&out, *c);
      continue;
    }
    buf_add(&out, arguments[c[1] - '0']);
    c += 2;
  }
  return buf_str(&out);
}

str page_say_with(const struct page *p, const char *name, size_t count, const str *arguments) {
  const struct page_text *text = web__text_find(str_of(name));
  assert(text && "a page says what no catalogue holds");
  return fill_in(p->arena, p->english ? text->en : text->ja, count, arguments);
}

/* ---- where to go */

str page_local_path(str path, str otherwise) {
  if (path.n == 0 || path.n > PATH_MOST || path.p[0] != '/') return otherwise;
  if (path.n > 1 && path.p[1] == '/') return otherwise;
  for (size_t i = 0; i < path.n; i++)
    if (path.p[i] <= ' ' || path.p[i] > '~' || path.p[i] == '\\') return otherwise;
  return path;
}

str page_with_next(struct arena *a, const char *path, str next) {
  str local = page_local_path(next, STR("/"));
  if (local.n == 1) return str_of(path);
  return str_format(a, "%s?next=%.*s", path, STR_ARG(http_percent_encode(a, local)));
}

struct http_answer page_go(struct http_request *r, str path, const char *notice) {
  struct http_answer answer = http_see_other(r, page_local_path(path, STR("/")));
  if (notice) http_answer_cookie(r, &answer, NOTICE_COOKIE, str_of(notice), NOTICE_S);
  return answer;
}

/* ---- the house */

static void add_notice(struct page *p, struct http_answer *answer) {
  str code = http_request_cookie(p->r, NOTICE_COOKIE), text = STR("");
  if (code.n) {
    const struct page_text *found = web__text_find(str_format(p->arena, "notice.%.*s", STR_ARG(code)));
    if (found) text = str_of(p->english ? found->en : found->ja);
    http_answer_cookie(p->r, answer, NOTICE_COOKIE, STR(""), 0);
  }
  page_set_str(&p->document, "notice", text);
}

static const struct { enum http_role role; const char *text; } roles[] = {
  { HTTP_ROLE_CLINIC, "common.role_clinic" },     { HTTP_ROLE_PROXY, "common.role_proxy" },
  { HTTP_ROLE_ADJUSTER, "common.role_adjuster" }, { HTTP_ROLE_APPROVER, "common.role_approver" },
  { HTTP_ROLE_CASHIER, "common.role_cashier" },   { HTTP_ROLE_OWNER, "common.role_owner" },
  { HTTP_ROLE_AUDITOR, "common.role_auditor" },
};

static str role_words(const struct page *p, uint32_t held) {
  struct buf out = buf_in(p->arena);
  for (size_t i = 0; i < COUNT_OF(roles); i++) {
    if (!(held & (uint32_t)roles[i].role)) continue;
    if (out.n) buf_add(&out, p->english ? STR(", ") : STR("・"));
    buf_add(&out, page_say_with(p, roles[i].text, 0, NULL));
  }
  return buf_str(&out);
}

static struct json account_of(const struct page *p) {
  const struct http_identity *who = p->r->identity;
  if (!who) return json_of_bool(false);
  struct page_object o = page_object(p->arena);
  page_set_str(&o, "person", who->name);
  page_set_str(&o, "roles", role_words(p, who->roles));
  return page_json(&o);
}

/* A page that a form's POST gave cannot be asked for again by its address: the switch then leads home. */
static str return_path(const struct http_request *r) {
  return r->method == HTTP_GET || r->method == HTTP_HEAD ? page_local_path(r->target, STR("/")) : STR("/");
}

static void add_house(struct page *p, str title) {
  struct page_object *d = &p->document;
  str site = p->english ? p->gate->site_name_en : p->gate->site_name_ja;
  str mark = p->wrong ? page_say_with(p, "common.error_mark", 0, NULL) : STR("");
  page_set_str(d, "lang", p->english ? STR("en") : STR("ja"));
  page_set_bool(d, "english", p->english);
  page_set_str(d, "site_name", site);
  page_set_str(d, "title", title);
  page_set_str(d, "window_title", str_format(p->arena, "%.*s%.*s - %.*s", STR_ARG(mark), STR_ARG(title), STR_ARG(site)));
  page_set(d, "account", account_of(p));
  page_set_str(d, "csrf", p->r->identity ? p->r->identity->csrf_token : STR(""));
  page_set_bool(d, "demo", p->gate->demo);
  page_set_str(d, "here", return_path(p->r));
  page_set_str(d, "style_tokens", web__asset_path(p->arena, "tokens.css"));
  page_set_str(d, "style", web__asset_path(p->arena, "style.css"));
  page_set_str(d, "style_filing", web__asset_path(p->arena, "filing.css"));
  page_set_str(d, "script", web__asset_path(p->arena, "page.js"));
  page_set(d, "t", web__texts(p->arena, p->english));
  if (!p->wrong) page_set_bool(d, "errors", false);
}

struct http_answer page_answer(struct page *p, int status, const char *template, str title) {
  struct http_answer answer = http_html(status, STR(""));
  add_notice(p, &answer);
  add_house(p, title);
  struct json document = page_json(&p->document);
  struct buf out = buf_in(p->arena);
  template_render(&out, web__template_set(), template, &document);
  answer.body = buf_str(&out);
  return answer;
}

/* ---- use cases */

struct json page_body(const struct page *p, const struct service_answer *out) {
  struct findings f = findings_in(p->arena);
  struct json body;
  result r = json_read(p->arena, out->body, (struct json_limits){ .bytes = (size_t)16 << 20 }, &f, &body);
  assert(r == RESULT_OK && "a use case answers with JSON");
  (void)r;
  return body;
}

struct http_answer page_failed(struct page *p, result why, const struct findings *f, const struct service_answer *out) {
  return gate_answer(p->r, why, f, out, STR(""));
}

struct reading { struct page *page; page_reads *body; void *context; struct http_answer *answer; bool good; };

static result read_together(const struct caller *within, void *context) {
  struct reading *reading = context;
  reading->page->within = within->within;
  reading->good = reading->body(reading->page, reading->context, reading->answer);
  return RESULT_OK;
}

bool page_together(struct page *p, page_reads *body, void *context, struct http_answer *answer) {
  struct reading reading = { p, body, context, answer, false };
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  struct caller caller = gate_caller(p->r);
  result why = service_together(p->gate->service, &caller, p->arena, read_together, &reading, &f, &out);
  p->within = NULL;
  if (why != RESULT_OK) *answer = page_failed(p, why, &f, &out);
  return why == RESULT_OK && reading.good;
}

str page_member(const struct json *object, const char *name) {
  const struct json *found = json_get(object, str_of(name));
  return found && found->kind == JSON_KIND_STRING ? json_text(found) : STR("");
}

int64_t page_int(const struct json *object, const char *name) {
  const struct json *found = json_get(object, str_of(name));
  return found && found->kind == JSON_KIND_INTEGER ? found->integer : 0;
}

bool page_flag(const struct json *object, const char *name) {
  const struct json *found = json_get(object, str_of(name));
  return found && found->kind == JSON_KIND_TRUE;
}
