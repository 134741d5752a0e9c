/* From an address to its row and back. */
#include "fixture.h"

static struct http_answer nothing(struct http_request *r) {
  (void)r;
  return http_no_content();
}

static const struct http_parameter claim[] = { { .name = "claim", .kind = HTTP_PARAMETER_TEXT, .most = 20 },
                                               { .name = NULL } };
static const struct http_parameter number[] = { { .name = "n", .kind = HTTP_PARAMETER_INTEGER, .most = 9 },
                                                { .name = NULL } };
static const struct http_parameter two[] = { { .name = "claim", .kind = HTTP_PARAMETER_TEXT },
                                             { .name = "file", .kind = HTTP_PARAMETER_TEXT },
                                             { .name = NULL } };
static const struct http_parameter path[] = { { .name = "path", .kind = HTTP_PARAMETER_TEXT }, { .name = NULL } };

#define ROW(n, m, p, pp) \
  { .name = n, .method = m, .path = p, .path_parameters = pp, .realms = HTTP_PUBLIC, .handler = nothing }
static const struct http_route rows[] = {
  ROW("root", HTTP_GET, "/", NULL),
  ROW("list", HTTP_GET, "/v1/claims", NULL),
  ROW("create", HTTP_POST, "/v1/claims", NULL),
  ROW("get", HTTP_GET, "/v1/claims/{claim}", claim),
  ROW("new", HTTP_GET, "/v1/claims/new", NULL),
  ROW("facts", HTTP_GET, "/v1/claims/{claim}/facts", claim),
  ROW("new-thing", HTTP_POST, "/v1/claims/new/thing", NULL),
  ROW("evidence", HTTP_DELETE, "/v1/claims/{claim}/evidence/{file}", two),
};
static const struct http_route more[] = {
  ROW("number", HTTP_GET, "/n/{n}", number),
  ROW("asset", HTTP_GET, "/assets/{path*}", path),
  ROW("tile", HTTP_GET, "/assets/tile", NULL),
};
static const struct http_route_table tables[] = { { rows, COUNT_OF(rows) }, { more, COUNT_OF(more) } };

struct expectation {
  const char *path;
  enum http_method method;
  const char *name, *first, *second;
};

static void found(void **state) {
  struct fixture *x = *state;
  struct http_routes *routes = http_routes_new(tables, 2);
  static const struct expectation expected[] = {
    { "/", HTTP_GET, "root", NULL, NULL },
    { "/v1/claims", HTTP_GET, "list", NULL, NULL },
    { "/v1/claims", HTTP_HEAD, "list", NULL, NULL },
    { "/v1/claims", HTTP_POST, "create", NULL, NULL },
    { "/v1/claims/C-1", HTTP_GET, "get", "C-1", NULL },
    { "/v1/claims/%43%E3%81%82", HTTP_GET, "get", "Cあ", NULL },
    { "/v1/claims/a+b", HTTP_GET, "get", "a+b", NULL },
    { "/v1/claims/new", HTTP_GET, "new", NULL, NULL },
    { "/v1/claims/ne%77", HTTP_GET, "new", NULL, NULL },
    { "/v1/claims/new/facts", HTTP_GET, "facts", "new", NULL }, /* back from the literal to the parameter */
    { "/v1/claims/c/evidence/f.pdf", HTTP_DELETE, "evidence", "c", "f.pdf" },
    { "/n/9", HTTP_GET, "number", "9", NULL },
    { "/assets/tile", HTTP_GET, "tile", NULL, NULL },
    { "/assets/a/b.css", HTTP_GET, "asset", "a/b.css", NULL },
    { "/assets/tile/x", HTTP_GET, "asset", "tile/x", NULL },
  };
  for (size_t i = 0; i < COUNT_OF(expected); i++) {
    struct http_match m;
    const struct expectation *e = &expected[i];
    http_routes_match(x->arena, routes, e->method, str_of(e->path), &m);
    if (!m.route) fail_msg("%s is not found", e->path);
    assert_string_equal(m.route->name, e->name);
    if (e->first) assert_true(str_eq(m.path.lists[0].items[0].text, str_of(e->first)));
    if (e->second) assert_true(str_eq(m.path.lists[1].items[0].text, str_of(e->second)));
  }
  http_routes_free(routes);
}

static void not_found(void **state) {
  struct fixture *x = *state;
  struct http_routes *routes = http_routes_new(tables, 2);
  static const char *const paths[] = {
    "",
    "v1/claims",
    "//",
    "/v1",
    "/v1/",
    "/v1/claims/",
    "/v1//claims",
    "/V1/claims",
    "/v1/claims/a/b",
    "/v1/claims/.",
    "/v1/claims/..",
    "/v1/claims/%2e",
    "/v1/claims/%2E%2e/facts",
    "/v1/claims/a%2Fb",
    "/v1/claims/a%00",
    "/v1/claims/%ff",
    "/v1/claims/%",
    "/v1/claims/%4",
    "/n/10",
    "/n/x",
    "/assets/",
    "/assets",
    "/assets/../v1/claims",
    "/assets/a//b",
    "/v1/claims/123456789012345678901",
    "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t",
    "/assets/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17",
  };
  for (size_t i = 0; i < COUNT_OF(paths); i++) {
    struct http_match m;
    http_routes_match(x->arena, routes, HTTP_GET, str_of(paths[i]), &m);
    if (m.route || m.allowed) fail_msg("%s is found", paths[i]);
  }
  http_routes_free(routes);
}

static void other_methods(void **state) {
  struct fixture *x = *state;
  struct http_routes *routes = http_routes_new(tables, 2);
  struct http_match m;
  http_routes_match(x->arena, routes, HTTP_DELETE, STR("/v1/claims"), &m);
  assert_null(m.route);
  assert_int_equal(m.allowed, HTTP_GET | HTTP_HEAD | HTTP_POST | HTTP_OPTIONS);
  http_routes_match(x->arena, routes, HTTP_GET, STR("/v1/claims/new/thing"), &m);
  assert_null(m.route);
  assert_int_equal(m.allowed, HTTP_POST | HTTP_OPTIONS);
  http_routes_free(routes);
}

static void back_to_an_address(void **state) {
  struct fixture *x = *state;
  struct http_routes *routes = http_routes_new(tables, 2);
  const str values[] = { STR("a b/あ"), STR("f.pdf") };
  str target = http_route_target(x->arena, &rows[7], values, 2);
  SAME(target, "/v1/claims/a%20b%2F%E3%81%82/evidence/f.pdf");
  SAME(http_route_target(x->arena, &rows[0], NULL, 0), "/");
  const str rest[] = { STR("a b/c.css") };
  str asset = http_route_target(x->arena, &more[1], rest, 1);
  SAME(asset, "/assets/a%20b/c.css");
  struct http_match m;
  http_routes_match(x->arena, routes, HTTP_GET, asset, &m);
  assert_true(str_eq(m.path.lists[0].items[0].text, rest[0]));
  http_routes_free(routes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(found),
    TEST_WITH_FIXTURE(not_found),
    TEST_WITH_FIXTURE(other_methods),
    TEST_WITH_FIXTURE(back_to_an_address),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
