/* openapi_operation: one row as one operation. */
#include "openapi.h"

/* ---- what an address or a query takes */

static void parameter_bounds(struct tree *t, const struct http_parameter *p) {
  struct arena *a = t->arena;
  switch (p->kind) {
    case HTTP_PARAMETER_ID:
      tree__text(t, "type", "string");
      tree__str(t, "pattern", str_format(a, "^%s[0-7][0-9A-HJKMNP-TV-Z]{25}$", p->prefix));
      break;
    case HTTP_PARAMETER_INTEGER:
      tree__text(t, "type", "integer");
      tree__int(t, "minimum", p->least);
      tree__int(t, "maximum", p->most);
      break;
    case HTTP_PARAMETER_FLAG: tree__text(t, "type", "boolean"); break;
    case HTTP_PARAMETER_DAY:
      tree__text(t, "type", "string");
      tree__text(t, "format", "date");
      break;
    case HTTP_PARAMETER_WORD: {
      struct tree words = tree__in(a);
      for (const char *const *word = p->words; *word; word++) tree__text(&words, NULL, *word);
      tree__add(t, "enum", tree__list(&words));
      break;
    }
    case HTTP_PARAMETER_HEX:
      tree__text(t, "type", "string");
      tree__str(t, "pattern", str_format(a, "^[0-9a-f]{%lld}$", (long long)p->most));
      break;
    case HTTP_PARAMETER_TEXT:
      tree__text(t, "type", "string");
      tree__int(t, "minLength", 1);
      tree__int(t, "maxLength", p->most ? p->most : 1000);
      if (p->pattern_text) tree__text(t, "pattern", p->pattern_text);
      break;
    case HTTP_PARAMETER_CURSOR: tree__text(t, "type", "string"); break;
  }
}

static struct json parameter_schema(struct arena *a, const struct http_parameter *p) {
  struct tree one = tree__in(a), list = tree__in(a);
  parameter_bounds(&one, p);
  if (!p->repeated) return tree__object(&one);
  tree__text(&list, "type", "array");
  tree__int(&list, "maxItems", 100);
  tree__add(&list, "items", tree__object(&one));
  return tree__object(&list);
}

struct json openapi__parameter(struct arena *a, const struct http_parameter *p, const char *in) {
  bool path = strcmp(in, "path") == 0;
  struct tree t = tree__in(a);
  tree__text(&t, "name", p->name);
  tree__text(&t, "in", in);
  tree__flag(&t, "required", path || p->required);
  if (p->description_en) tree__text(&t, "description", p->description_en);
  if (p->description_ja) tree__text(&t, "x-shienkin-description-ja", p->description_ja);
  tree__add(&t, "schema", parameter_schema(a, p));
  return tree__object(&t);
}

static bool is_safe(const struct http_route *route) { return http_method_safe(route->method); }
static bool is_public(const struct http_route *route) { return (route->realms & (HTTP_PUBLIC | HTTP_LOG)) != 0; }

static struct json parameters(struct arena *a, const struct http_route *route) {
  struct tree list = tree__in(a);
  for (const struct http_parameter *p = route->path_parameters; p && p->name; p++)
    tree__add(&list, NULL, openapi__parameter(a, p, "path"));
  for (const struct http_parameter *p = route->query; p && p->name; p++)
    tree__add(&list, NULL, openapi__parameter(a, p, "query"));
  if (route->etag == HTTP_ETAG_REQUIRED) tree__ref(&list, NULL, "#/components/parameters/IfMatch");
  if (route->idempotent) tree__ref(&list, NULL, "#/components/parameters/IdempotencyKey");
  bool browsers = !is_safe(route) && route->csrf == HTTP_CSRF_CHECKED && !is_public(route);
  if (browsers) tree__ref(&list, NULL, "#/components/parameters/CsrfToken");
  return tree__list(&list);
}

/* ---- what it brings */

static struct json media(struct arena *a, const struct spec *spec) {
  struct tree t = tree__in(a);
  if (spec) tree__add(&t, "schema", spec_schema_within(a, spec, OPENAPI_SCHEMAS, false));
  return tree__object(&t);
}

static struct json bytes_media(struct arena *a) {
  struct tree schema = tree__in(a), t = tree__in(a);
  tree__text(&schema, "type", "string");
  tree__text(&schema, "contentEncoding", "binary");
  tree__add(&t, "schema", tree__object(&schema));
  return tree__object(&t);
}

static void add_body(struct tree *t, const struct http_route *route) {
  struct tree content = tree__in(t->arena), body = tree__in(t->arena);
  switch (route->body) {
    case HTTP_BODY_NONE: return;
    case HTTP_BODY_JSON: tree__add(&content, "application/json", media(t->arena, route->body_spec)); break;
    case HTTP_BODY_MERGE_PATCH:
      tree__add(&content, "application/merge-patch+json", media(t->arena, route->body_spec));
      break;
    case HTTP_BODY_FORM: tree__add(&content, "application/x-www-form-urlencoded", media(t->arena, NULL)); break;
    case HTTP_BODY_MULTIPART: tree__add(&content, "multipart/form-data", media(t->arena, NULL)); break;
    case HTTP_BODY_BYTES:
    case HTTP_BODY_STREAM: {
      static const char *const any[] = { "*/*", NULL };
      for (const char *const *type = route->body_types ? route->body_types : any; *type; type++)
        tree__add(&content, *type, bytes_media(t->arena));
    }
  }
  tree__flag(&body, "required", true);
  tree__add(&body, "content", tree__object(&content));
  if (route->body_limit_bytes) tree__int(&body, "x-shienkin-most-bytes", (int64_t)route->body_limit_bytes);
  tree__add(t, "requestBody", tree__object(&body));
}

/* ---- who may */

static struct json scheme(struct arena *a, const char *name) {
  struct tree none = tree__in(a), t = tree__in(a);
  if (name) tree__add(&t, name, tree__list(&none));
  return tree__object(&t);
}

static struct json security(struct arena *a, const struct http_route *route) {
  struct tree list = tree__in(a);
  bool sessions = (route->realms & (HTTP_CLINIC | HTTP_STAFF | HTTP_AUDITOR)) != 0;
  if (is_public(route) && sessions) tree__add(&list, NULL, scheme(a, NULL));
  if (sessions) tree__add(&list, NULL, scheme(a, "cookie"));
  if (sessions) tree__add(&list, NULL, scheme(a, "bearer"));
  return tree__list(&list);
}

static struct json realms(struct arena *a, uint32_t bits) {
  struct tree list = tree__in(a);
  for (uint32_t bit = HTTP_PUBLIC; bit <= HTTP_AUDITOR; bit <<= 1)
    if (bits & bit) tree__text(&list, NULL, http_realm_name((enum http_realm)bit));
  return tree__list(&list);
}

static struct json roles(struct arena *a, uint32_t bits) {
  struct tree list = tree__in(a);
  for (uint32_t bit = HTTP_ROLE_CLINIC; bit <= HTTP_ROLE_AUDITOR; bit <<= 1)
    if (bits & bit) tree__text(&list, NULL, http_role_name((enum http_role)bit));
  return tree__list(&list);
}

static void add_extensions(struct tree *t, const struct http_route *route) {
  tree__add(t, "x-shienkin-realms", realms(t->arena, route->realms));
  tree__add(t, "x-shienkin-roles", roles(t->arena, route->roles));
  tree__flag(t, "x-shienkin-persons-only", route->persons_only);
  tree__flag(t, "x-shienkin-step-up", route->step_up);
  tree__flag(t, "x-shienkin-idempotent", route->idempotent);
  tree__text(t, "x-shienkin-lane", http_lane_name(route->lane));
}

struct json openapi__operation(struct arena *a, const struct http_route *route) {
  struct tree tags = tree__in(a), t = tree__in(a);
  tree__text(&tags, NULL, route->tag);
  tree__add(&t, "tags", tree__list(&tags));
  tree__text(&t, "operationId", route->name);
  tree__text(&t, "summary", route->summary_en);
  tree__text(&t, "x-shienkin-summary-ja", route->summary_ja);
  if (route->description_en) tree__text(&t, "description", route->description_en);
  tree__add(&t, "security", security(a, route));
  tree__add(&t, "parameters", parameters(a, route));
  add_body(&t, route);
  tree__add(&t, "responses", openapi__answers(a, route));
  add_extensions(&t, route);
  return tree__object(&t);
}
