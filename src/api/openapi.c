/* openapi: the documentation, printed from the rows and specs that the server obeys (OpenAPI 3.1). Extensions say what
 * OpenAPI has no word for: x-shienkin-realms, -roles, -persons-only, -step-up, -idempotent, -lane, -problems. */
#include "openapi.h"

/* ---- chapters */

static const struct {
  const char *name, *text;
} chapters[] = {
  { "sign-in", "ログイン。From nobody to a session, step by step." },
  { "account", "自分のアカウント。One's own session, second factor, password, machines' tokens." },
  { "drafts", "下書き。A claim before it is filed." },
  { "claims", "申請。What was filed, as its claimant sees it and changes it." },
  { "evidence", "証拠書類。Files, up and down, from where they broke off." },
  { "reference", "申請の前に。What there is to know before filing." },
  { "documents", "この文書。This documentation and the schemas." },
};

static const char *chapter_text(const char *name) {
  for (size_t i = 0; i < COUNT_OF(chapters); i++)
    if (strcmp(chapters[i].name, name) == 0) return chapters[i].text;
  return name;
}

static bool is_documented(const struct http_route *route) { return route->face == HTTP_API; }

static struct json tags(struct arena *a, const struct http_route_table *const *tables, size_t table_count) {
  struct tree met = tree__in(a), list = tree__in(a);
  for (size_t t = 0; t < table_count; t++) {
    for (size_t i = 0; i < tables[t]->count; i++) {
      const struct http_route *route = &tables[t]->rows[i];
      if (!is_documented(route) || tree__has(&met, str_of(route->tag))) continue;
      struct tree one = tree__in(a);
      tree__text(&one, "name", route->tag);
      tree__text(&one, "description", chapter_text(route->tag));
      tree__flag(&met, route->tag, true);
      tree__add(&list, NULL, tree__object(&one));
    }
  }
  return tree__list(&list);
}

/* ---- paths */

/* "{name*}" takes the rest of an address; OpenAPI has no word for it but the parameter. */
static const char *path_of(struct arena *a, const struct http_route *route) {
  str path = str_of(route->path);
  if (!str_ends(path, STR("*}"))) return route->path;
  return str_z(a, str_format(a, "%.*s}", (int)path.n - 2, path.p));
}

static const char *method_of(enum http_method method) {
  switch (method) {
    case HTTP_POST: return "post";
    case HTTP_PUT: return "put";
    case HTTP_PATCH: return "patch";
    case HTTP_DELETE: return "delete";
    default: return "get";
  }
}

/* All rows of one address, from whichever table. */
static struct json operations(struct arena *a, const struct http_route_table *const *tables, size_t table_count,
                              const char *path) {
  struct tree methods = tree__in(a);
  for (size_t t = 0; t < table_count; t++) {
    for (size_t i = 0; i < tables[t]->count; i++) {
      const struct http_route *route = &tables[t]->rows[i];
      if (is_documented(route) && strcmp(path_of(a, route), path) == 0)
        tree__add(&methods, method_of(route->method), openapi__operation(a, route));
    }
  }
  return tree__object(&methods);
}

static struct json paths(struct arena *a, const struct http_route_table *const *tables, size_t table_count) {
  struct tree all = tree__in(a);
  for (size_t t = 0; t < table_count; t++) {
    for (size_t i = 0; i < tables[t]->count; i++) {
      const struct http_route *route = &tables[t]->rows[i];
      const char *path = path_of(a, route);
      if (is_documented(route) && !tree__has(&all, str_of(path)))
        tree__add(&all, path, operations(a, tables, table_count, path));
    }
  }
  return tree__object(&all);
}

/* ---- the whole */

static struct json info(struct arena *a, const char *version) {
  struct tree license = tree__in(a), t = tree__in(a);
  tree__text(&license, "name", "Apache-2.0");
  tree__text(&license, "identifier", "Apache-2.0");
  tree__text(&t, "title", "shienkin");
  tree__text(&t, "summary", "支援金の申請・審査・支払・監査。Support money: filing, deciding, paying, auditing.");
  tree__text(&t, "description",
             "Every refusal is a problem document (RFC 9457) in Japanese and English; its codes are under "
             "x-shienkin-problems. Members and parameters that are not declared are refused. Amounts are whole yen; "
             "moments carry +09:00; days are Japan's. A change carries Shienkin-Event, the event that it left.");
  tree__text(&t, "version", version);
  tree__add(&t, "license", tree__object(&license));
  return tree__object(&t);
}

static void add_problems(struct tree *out, const struct http_problem_table *table) {
  for (size_t i = 0; i < table->count; i++) {
    const struct http_problem *p = table->rows[i];
    struct tree one = tree__in(out->arena);
    tree__int(&one, "status", p->status);
    tree__text(&one, "title_ja", p->title_ja);
    tree__text(&one, "title_en", p->title_en);
    tree__add(out, p->code, tree__object(&one));
  }
}

static struct json problems(struct arena *a) {
  struct tree all = tree__in(a);
  struct http_problem_table service = gate_problems();
  add_problems(&all, &http_problems);
  add_problems(&all, &service);
  add_problems(&all, &api_problems);
  return tree__object(&all);
}

str api_openapi(struct arena *a, const struct http_route_table *const *tables, size_t table_count, const char *version) {
  struct tree server = tree__in(a), servers = tree__in(a), t = tree__in(a);
  tree__text(&server, "url", "/");
  tree__text(&server, "description", "this service");
  tree__add(&servers, NULL, tree__object(&server));
  tree__text(&t, "openapi", "3.1.0");
  tree__add(&t, "info", info(a, version));
  tree__text(&t, "jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema");
  tree__add(&t, "servers", tree__list(&servers));
  tree__add(&t, "tags", tags(a, tables, table_count));
  tree__add(&t, "paths", paths(a, tables, table_count));
  tree__add(&t, "components", openapi__components(a, tables, table_count));
  tree__add(&t, "x-shienkin-problems", problems(a));
  struct json whole = tree__object(&t);
  return json_dump(a, &whole);
}
