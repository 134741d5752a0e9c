/* gates: what stands between a well-framed request and its handler. Each gate is one function that lets the request pass or
 * answers for it; the tables below are the order in which they are met, the same for every route. */
#include "fields.h"
#include "messages.h"
#include "server_inside.h"

typedef bool (*gate)(struct job *j, struct http_answer *answer);

enum { TOKEN_MOST = 512, STEP_UP_S = 5 * 60, DEFAULT_BODY_BYTES = 64 << 10, RETRY_UNAVAILABLE_S = 5 };

static bool refuse(struct job *j, struct http_answer *answer, const struct http_problem *p) {
  *answer = HTTP_PROBLEM(&j->r, p);
  return false;
}

static bool refuse_because(struct job *j, struct http_answer *answer, const struct http__reason *why) {
  *answer = http__because(&j->r, &http_problem_bad_request, why);
  return false;
}

static bool refuse_findings(struct job *j, struct http_answer *answer, const struct http_problem *p,
                            const struct findings *f) {
  struct findings *kept = ARENA_NEW(j->r.arena, struct findings);
  *kept = *f;
  findings_sort(kept);
  *answer = http_refused(&j->r, p, kept);
  return false;
}

/* ---- who is asking */

static bool read_cookies(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  struct http_cookie_pair *cookies;
  str header = http_request_header(r, "Cookie");
  if (http_cookies_read(r->keep, header, &cookies, &r->cookie_count) != RESULT_OK) {
    r->cookie_count = 0;
    return refuse_because(j, answer, &http__reason_cookie);
  }
  r->cookies = j->cookies = cookies;
  return true;
}

static bool unavailable(struct job *j, struct http_answer *answer) {
  *answer = HTTP_PROBLEM(&j->r, &http_problem_unavailable);
  http_answer_retry_after(&j->r, answer, RETRY_UNAVAILABLE_S);
  return false;
}

static bool challenge(struct job *j, struct http_answer *answer, const struct http_problem *p, bool invalid) {
  *answer = HTTP_PROBLEM(&j->r, p);
  http_answer_header(&j->r, answer, "WWW-Authenticate",
                     invalid ? STR("Bearer realm=\"shienkin\", error=\"invalid_token\"")
                             : STR("Bearer realm=\"shienkin\""));
  return false;
}

static bool open_to_all(const struct http_route *route) { return (route->realms & (HTTP_PUBLIC | HTTP_LOG)) != 0; }

/* The credential that came, if any: a bearer token goes before a cookie. */
static str credential_of(struct job *j, enum http_credential *kind) {
  str authorization = http_request_header(&j->r, "Authorization");
  if (authorization.n > 7 && http__name_same(str_slice(authorization, 0, 7), STR("Bearer "))) {
    *kind = HTTP_BEARER;
    return http__field_trim(str_slice(authorization, 7, authorization.n));
  }
  *kind = HTTP_COOKIE;
  return http_request_cookie(&j->r, j->s->config.session_cookie);
}

bool gates__asks_who(const struct job *j) {
  if (j->r.route->anonymous) return false;
  str cookies = http_request_header(&j->r, "Cookie");
  return http_request_header(&j->r, "Authorization").n || str_find(cookies, str_of(j->s->config.session_cookie)) >= 0;
}

static bool identify(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  const struct http_identity_source *source = &j->s->config.identity;
  enum http_credential kind;
  str token = credential_of(j, &kind);
  bool asks = token.n && token.n <= TOKEN_MOST && source->resolve && !r->route->anonymous;
  if (!asks) return true;
  struct http_identity *identity = ARENA_NEW(r->keep, struct http_identity);
  result found = source->resolve(source->context, r->worker, r->keep, kind, token, r->at_us, identity);
  if (found == RESULT_OK) {
    identity->credential = kind;
    r->identity = identity;
    if (identity->has_language) r->language = identity->language;
    return true;
  }
  if (found != RESULT_NOT_FOUND && found != RESULT_REFUSED) return unavailable(j, answer);
  /* An ended session must not keep its bearer from the pages that everybody may see, sign-in above all. */
  if (kind == HTTP_COOKIE && open_to_all(r->route)) return true;
  return challenge(j, answer, &http_problem_token_invalid, true);
}

/* Handlers see who is asking, not what proved it. */
static bool hide_credentials(struct job *j, struct http_answer *answer) {
  (void)answer;
  struct http_request *r = &j->r;
  struct http_header *shown = ARENA_ARRAY(r->keep, struct http_header, r->header_count);
  size_t count = 0;
  for (size_t i = 0; i < r->header_count; i++) {
    str name = r->headers[i].name;
    bool secret = http__name_same(name, STR("Cookie")) || http__name_same(name, STR("Authorization"));
    if (!secret) shown[count++] = r->headers[i];
  }
  r->headers = shown;
  r->header_count = count;
  for (size_t i = 0; i < r->cookie_count; i++) {
    bool session = str_eq(r->cookies[i].name, str_of(j->s->config.session_cookie));
    if (session) j->cookies[i].value = STR_NONE;
  }
  return true;
}

static bool choose_realm(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  uint32_t realms = r->route->realms;
  if (r->identity && (realms & (uint32_t)r->identity->realm)) {
    r->realm = r->identity->realm;
    return true;
  }
  if (open_to_all(r->route)) {
    r->realm = realms & HTTP_PUBLIC ? HTTP_PUBLIC : HTTP_LOG;
    return true;
  }
  if (r->identity) return refuse(j, answer, &http_problem_forbidden);
  return challenge(j, answer, &http_problem_sign_in_required, false);
}

static bool signed_in_here(const struct http_request *r) { return r->identity && r->realm == r->identity->realm; }

static bool check_role(struct job *j, struct http_answer *answer) {
  const struct http_request *r = &j->r;
  if (!signed_in_here(r)) return true;
  bool role = r->route->roles == 0 || http_request_may(r, r->route->roles);
  bool person = !r->route->persons_only || !r->identity->machine;
  if (!role || !person) return refuse(j, answer, &http_problem_forbidden);
  bool may_change = !r->identity->read_only || http_method_safe(r->method);
  return may_change || refuse(j, answer, &http_problem_read_only_token);
}

static bool check_step_up(struct job *j, struct http_answer *answer) {
  const struct http_request *r = &j->r;
  if (!r->route->step_up) return true;
  int64_t since_us = r->identity ? r->at_us - r->identity->step_up_at_us : INT64_MAX;
  bool fresh = r->identity && r->identity->step_up_at_us && since_us >= 0 && since_us <= (int64_t)STEP_UP_S * 1000000;
  return fresh || refuse(j, answer, &http_problem_step_up_required);
}

/* ---- where it came from */

static bool needs_csrf(const struct http_request *r) {
  if (http_method_safe(r->method) || r->route->csrf == HTTP_CSRF_EXEMPT) return false;
  return !r->identity || r->identity->credential == HTTP_COOKIE;
}

static bool check_origin(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  if (!needs_csrf(r)) return true;
  str origin = http_request_header(r, "Origin"), site = http_request_header(r, "Sec-Fetch-Site");
  bool site_good = site.n == 0 || str_eq(site, STR("same-origin")) || str_eq(site, STR("none"));
  bool origin_good = origin.n == 0 || http__name_same(origin, http_request_origin(r));
  bool told = site.n || origin.n || !r->identity;
  return (site_good && origin_good && told) || refuse(j, answer, &http_problem_csrf);
}

static bool check_csrf_token(struct job *j, str token, struct http_answer *answer) {
  const struct http_request *r = &j->r;
  if (!needs_csrf(r) || !r->identity) return true;
  bool same = r->identity->csrf_token.n && bytes_equal(token, r->identity->csrf_token);
  return same || refuse(j, answer, &http_problem_csrf);
}

static bool is_form(const struct http_route *route) {
  return route->body == HTTP_BODY_FORM || route->body == HTTP_BODY_MULTIPART;
}

static bool check_csrf_header(struct job *j, struct http_answer *answer) {
  if (is_form(j->r.route)) return true; /* the token is a field of the form */
  return check_csrf_token(j, http_request_header(&j->r, "X-CSRF-Token"), answer);
}

/* ---- what it brings and what it wants */

static const char *const json_types[] = { "application/json", NULL };
static const char *const patch_types[] = { "application/merge-patch+json", NULL };
static const char *const form_types[] = { "application/x-www-form-urlencoded", NULL };
static const char *const multipart_types[] = { "multipart/form-data", NULL };

static const char *const *types_of(const struct http_route *route) {
  switch (route->body) {
    case HTTP_BODY_NONE: return NULL;
    case HTTP_BODY_JSON: return json_types;
    case HTTP_BODY_MERGE_PATCH: return patch_types;
    case HTTP_BODY_FORM: return form_types;
    case HTTP_BODY_MULTIPART: return multipart_types;
    case HTTP_BODY_BYTES:
    case HTTP_BODY_STREAM: break;
  }
  return route->body_types;
}

static bool check_media_type(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  const char *const *types = types_of(r->route);
  if (!types) return true;
  str type = http__media_type(r->arena, http_request_header(r, "Content-Type"));
  struct buf all = buf_in(r->arena);
  for (size_t i = 0; types[i]; i++) {
    if (str_eq(type, str_of(types[i]))) return true;
    if (i) buf_add(&all, STR(", "));
    buf_add(&all, str_of(types[i]));
  }
  *answer = HTTP_PROBLEM(r, &http_problem_unsupported_media_type, buf_str(&all));
  if (r->method == HTTP_POST) http_answer_header(r, answer, "Accept-Post", buf_str(&all));
  if (r->method == HTTP_PATCH) http_answer_header(r, answer, "Accept-Patch", buf_str(&all));
  return false;
}

static bool check_accept(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  const char *type = r->route->produces            ? r->route->produces
                     : r->route->face == HTTP_PAGE ? "text/html"
                                                   : "application/json";
  if (str_eq(str_of(type), STR("*")) || http__accepts(http_request_header(r, "Accept"), str_of(type))) return true;
  *answer = HTTP_PROBLEM(r, &http_problem_not_acceptable, str_of(type));
  return false;
}

static bool read_conditions(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  str match = http_request_header(r, "If-Match"), none = http_request_header(r, "If-None-Match");
  bool good = (!match.p || http_etags_read(r->keep, match, &r->if_match) == RESULT_OK) &&
              (!none.p || http_etags_read(r->keep, none, &r->if_none_match) == RESULT_OK);
  if (!good) return refuse_because(j, answer, &http__reason_condition);
  bool missing = r->route->etag == HTTP_ETAG_REQUIRED && !r->if_match.present;
  return !missing || refuse(j, answer, &http_problem_precondition_required);
}

static bool read_query(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  str query;
  (void)str_cut(r->target, '?', &query);
  struct findings f = findings_in(r->arena);
  result read = http_values_read(r->keep, r->route->query, query, false, STR("/query"), &f, &r->query);
  return read == RESULT_OK || refuse_findings(j, answer, &http_problem_invalid_parameter, &f);
}

/* ---- idempotency */

/* What makes two requests of one key the same: method, target, and the body by its meaning. */
static struct sha256 fingerprint(struct job *j, str body) {
  struct sha256_state s = sha256_begin();
  sha256_add(&s, str_of(http_method_name(j->r.method)));
  sha256_add(&s, STR("\n"));
  sha256_add(&s, j->r.target);
  sha256_add(&s, STR("\n"));
  sha256_add(&s, body);
  return sha256_end(&s);
}

static str meaning_of_json(struct job *j) {
  struct findings ignored = findings_in(j->r.arena);
  str canonical;
  bool plain = json_canonical(j->r.arena, &j->r.json, &ignored, &canonical) == RESULT_OK;
  return plain ? canonical : j->r.body;
}

static bool take_key(struct job *j, str field, struct http_answer *answer) {
  struct http_request *r = &j->r;
  str header = http_request_header(r, "Idempotency-Key");
  if (header.p) {
    if (http__quoted_key(r->keep, header, &r->idempotency_key) != RESULT_OK)
      return refuse_because(j, answer, &http__reason_idempotency_key);
  } else if (field.n && field.n <= 64 && http__field_value(field)) {
    r->idempotency_key = field;
  }
  bool missing = r->route->idempotent && r->idempotency_key.n == 0;
  return !missing || refuse(j, answer, &http_problem_idempotency_key_required);
}

/* ---- the body */

static bool has_zero(str text) { return text.n > 0 && memchr(text.p, '\0', text.n) != NULL; }

/* JSON can write U+0000, a database's text cannot hold it, and no form can send it. */
static bool holds_zero(const struct json *value) {
  if (value->kind == JSON_KIND_STRING) return has_zero(json_text(value));
  for (uint32_t i = 0; value->kind == JSON_KIND_ARRAY && i < value->count; i++)
    if (holds_zero(&value->as.items[i])) return true;
  for (uint32_t i = 0; value->kind == JSON_KIND_OBJECT && i < value->count; i++)
    if (has_zero(value->as.members[i].name) || holds_zero(&value->as.members[i].value)) return true;
  return false;
}

static bool read_json(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  size_t most = r->route->body_limit_bytes ? r->route->body_limit_bytes : DEFAULT_BODY_BYTES;
  struct findings f = findings_in(r->arena);
  result read = json_read(r->arena, r->body, (struct json_limits){ .bytes = most }, &f, &r->json);
  if (read == RESULT_LIMIT || read == RESULT_NO_MEMORY) arena_leave(r->arena, read);
  if (read != RESULT_OK) return refuse_findings(j, answer, &http_problem_malformed_body, &f);
  if (holds_zero(&r->json)) return refuse_because(j, answer, &http__reason_zero);
  const struct spec *spec = r->route->body == HTTP_BODY_JSON ? r->route->body_spec : NULL;
  if (spec && spec_check(r->arena, spec, &r->json, &f) != RESULT_OK)
    return refuse_findings(j, answer, &http_problem_invalid_body, &f);
  r->fingerprint = fingerprint(j, meaning_of_json(j));
  return true;
}

bool gates__fields(struct job *j, const struct http_pair *pairs, size_t count, struct http_answer *answer) {
  struct http_request *r = &j->r;
  struct http_pair *own = ARENA_ARRAY(r->keep, struct http_pair, count);
  str csrf = STR_NONE, key = STR_NONE;
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (str_eq(pairs[i].name, STR("csrf_token")))
      csrf = pairs[i].value;
    else if (str_eq(pairs[i].name, STR("idempotency_key")))
      key = pairs[i].value;
    else
      own[kept++] = pairs[i];
  }
  if (!check_csrf_token(j, csrf, answer) || !take_key(j, key, answer)) return false;
  struct findings f = findings_in(r->arena);
  result read = http_values_of(r->keep, r->route->form_parameters, own, kept, true, STR(""), &f, &r->form);
  if (read != RESULT_OK) return refuse_findings(j, answer, &http_problem_invalid_body, &f);
  r->fingerprint = fingerprint(j, http_values_write(r->arena, own, kept));
  return true;
}

static bool read_form(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  struct findings f = findings_in(r->arena);
  struct http_pair *pairs;
  size_t count;
  if (http_pairs_read(r->keep, r->body, STR(""), &f, &pairs, &count) != RESULT_OK)
    return refuse_findings(j, answer, &http_problem_invalid_body, &f);
  return gates__fields(j, pairs, count, answer);
}

bool gates__body(struct job *j, struct http_answer *answer) {
  struct http_request *r = &j->r;
  switch (r->route->body) {
    case HTTP_BODY_FORM: return read_form(j, answer);
    case HTTP_BODY_MULTIPART: return true; /* fields come by gates__fields() */
    case HTTP_BODY_JSON:
    case HTTP_BODY_MERGE_PATCH:
      if (!read_json(j, answer)) return false;
      break;
    case HTTP_BODY_NONE:
    case HTTP_BODY_BYTES:
    case HTTP_BODY_STREAM: r->fingerprint = fingerprint(j, r->body);
  }
  return take_key(j, STR_NONE, answer);
}

static const gate admission[] = {
  read_cookies, identify,          hide_credentials, choose_realm,     check_role,      check_step_up,
  check_origin, check_csrf_header, check_accept,     check_media_type, read_conditions, read_query,
};

bool gates__admission(struct job *j, struct http_answer *answer) {
  for (size_t i = 0; i < COUNT_OF(admission); i++) {
    if (!admission[i](j, answer)) return false;
  }
  return true;
}
