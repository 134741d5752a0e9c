/* gate: who asks, and which version they looked at. */
#include "shienkin/gate.h"

/* Roles are the same bits on both floors, so that no table between them can be wrong. */
static_assert((int)HTTP_ROLE_CLINIC == SERVICE_CLINIC && (int)HTTP_ROLE_PROXY == SERVICE_PROXY &&
                  (int)HTTP_ROLE_ADJUSTER == SERVICE_ADJUSTER && (int)HTTP_ROLE_APPROVER == SERVICE_APPROVER &&
                  (int)HTTP_ROLE_CASHIER == SERVICE_CASHIER && (int)HTTP_ROLE_OWNER == SERVICE_OWNER &&
                  (int)HTTP_ROLE_AUDITOR == SERVICE_AUDITOR,
              "http and service name roles by the same bits");

struct gate *gate_of(const struct http_request *r) { return r->app; }

/* ---- credentials */

static enum http_realm realm_of(enum store_realm realm) {
  switch (realm) {
    case STORE_STAFF: return HTTP_STAFF;
    case STORE_LOG: return HTTP_LOG;
    case STORE_AUDITOR: return HTTP_AUDITOR;
    default: return HTTP_CLINIC;
  }
}

static const struct http_mandate *mandates_of(struct arena *a, const struct session_found *found) {
  struct http_mandate *mandates = ARENA_ARRAY(a, struct http_mandate, found->mandate_count);
  for (size_t i = 0; i < found->mandate_count; i++)
    mandates[i] = (struct http_mandate){ found->facilities[i], found->mandate_kinds[i] };
  return mandates;
}

/* A machine's token in a cookie, or the other way about, is no session: each credential opens the door it was made for.
 * A browser's session may be carried as a bearer token by a program that signed in by itself. */
static bool fits(enum http_credential credential, const struct session_found *found) {
  return !found->machine || credential == HTTP_BEARER;
}

static result resolve(void *context, void *worker, struct arena *a, enum http_credential credential, str token,
                      int64_t now_us, struct http_identity *out) {
  (void)worker;
  const struct gate *g = context;
  struct session_found found = { 0 };
  TRY(session_resolve(g->service, a, token, now_us, &found));
  if (!fits(credential, &found)) return RESULT_NOT_FOUND;
  *out = (struct http_identity){
    .account = found.account,
    .person = found.person,
    .session = found.session,
    .realm = realm_of(found.realm),
    .roles = found.roles,
    .credential = credential,
    .machine = found.machine,
    .read_only = found.read_only,
    .mandates = mandates_of(a, &found),
    .mandate_count = found.mandate_count,
    .csrf_token = found.csrf,
    .step_up_at_us = found.step_up_at == SQL_NONE ? 0 : found.step_up_at,
    .name = found.name,
    .has_language = found.language.n > 0,
    .language = str_eq(found.language, STR("en")) ? HTTP_ENGLISH : HTTP_JAPANESE,
  };
  return RESULT_OK;
}

struct http_identity_source gate_identity(struct gate *g) {
  return (struct http_identity_source){ .resolve = resolve, .context = g };
}

/* ---- callers */

static enum store_realm store_realm_of(enum http_realm realm) {
  switch (realm) {
    case HTTP_STAFF: return STORE_STAFF;
    case HTTP_LOG: return STORE_LOG;
    case HTTP_AUDITOR: return STORE_AUDITOR;
    default: return STORE_CLINIC;
  }
}

struct caller gate_caller(const struct http_request *r) {
  struct caller c = {
    .realm = store_realm_of(r->realm),
    .via = r->route && r->route->face == HTTP_PAGE ? SERVICE_WEB : SERVICE_API,
    .request_id = str_of(r->request_id),
    .idempotency_key = r->idempotency_key,
    .fingerprint = r->fingerprint,
  };
  bool asked_here = r->identity && r->identity->realm == r->realm;
  if (!asked_here) return c;
  c.account = r->identity->account;
  c.person = r->identity->person;
  c.roles = r->identity->roles;
  return c;
}

/* ---- versions */

result gate_version(const struct http_request *r, int64_t *version) {
  *version = SERVICE_ANY_VERSION;
  if (!r->if_match.present) return RESULT_OK;
  result read = http_request_version(r, version);
  if (read == RESULT_OK) return RESULT_OK;
  *version = SERVICE_ANY_VERSION;
  return read == RESULT_NOT_FOUND ? RESULT_OK : RESULT_REFUSED;
}

struct http_answer gate_stale(struct http_request *r) { return HTTP_PROBLEM(r, &http_problem_precondition_failed); }

/* ---- what the operator names */

/* Printable ASCII without quotes, so that it can stand in a page and be followed as it is. */
static bool is_address(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '"' || s.p[i] == '<') return false;
  return str_starts(s, STR("https://")) && s.n > strlen("https://");
}

result gate_duty_link_read(str text, struct gate_duty_link *out) {
  str on, address = str_cut(str_trim(text), ' ', &on);
  out->address = STR("");
  if (address.n == 0) return RESULT_OK;
  if (!is_address(address) || !day_parse(str_trim(on), &out->checked_on)) return RESULT_REFUSED;
  out->address = address;
  return RESULT_OK;
}
