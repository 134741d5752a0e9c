/* Is the documentation whole? Every row stands in it under its own name, every $ref leads somewhere, and every code of a
 * refusal is one that the catalogue has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "openapi.h"

struct fixture {
  struct arena *arena;
  struct json document;
};

static int up(void **state) {
  static struct fixture f;
  f.arena = arena_new(0);
  assert_non_null(f.arena);
  str text = api_openapi(f.arena, api_routes, api_route_table_count, "9.9.9");
  struct findings found = findings_in(f.arena);
  struct json_limits limits = { .bytes = 8 << 20, .depth = 64 };
  assert_int_equal(json_read(f.arena, text, limits, &found, &f.document), RESULT_OK);
  *state = &f;
  return 0;
}

static int down(void **state) {
  struct fixture *f = *state;
  arena_free(f->arena);
  return 0;
}

static const struct json *operation_of(struct fixture *f, const struct http_route *route) {
  static const struct { enum http_method method; const char *name; } methods[] = {
    { HTTP_GET, "get" }, { HTTP_POST, "post" }, { HTTP_PUT, "put" }, { HTTP_PATCH, "patch" }, { HTTP_DELETE, "delete" },
  };
  const struct json *paths = json_get(&f->document, STR("paths")), *path = json_get(paths, str_of(route->path));
  for (size_t i = 0; i < COUNT_OF(methods); i++)
    if (methods[i].method == route->method) return json_get(path, str_of(methods[i].name));
  return NULL;
}

static void each_route(struct fixture *f, void (*look)(struct fixture *, const struct http_route *)) {
  for (size_t t = 0; t < api_route_table_count; t++)
    for (size_t i = 0; i < api_routes[t]->count; i++) look(f, &api_routes[t]->rows[i]);
}

static void stands_there(struct fixture *f, const struct http_route *route) {
  const struct json *operation = operation_of(f, route);
  if (!operation) fail_msg("%s is not documented", route->name);
  assert_true(str_eq(json_text(json_get(operation, STR("operationId"))), str_of(route->name)));
  assert_true(json_get(operation, STR("summary"))->as.text.n > 0);
  assert_true(json_get(operation, STR("x-shienkin-summary-ja"))->as.text.n > 0);
  assert_non_null(json_get(json_get(operation, STR("responses")), STR("500")));
  const struct json *step_up = json_get(operation, STR("x-shienkin-step-up"));
  assert_int_equal(step_up->kind == JSON_KIND_TRUE, route->step_up);
}

static void every_row_is_documented(void **state) { each_route(*state, stands_there); }

static void has_answers(struct fixture *f, const struct http_route *route) {
  (void)f;
  bool any = false, whole = true;
  for (const struct http_route_answer *a = route->answers; a && a->status; a++) {
    any = true;
    bool bytes = a->content_type && (strcmp(a->content_type, "application/octet-stream") == 0 ||
                                     strcmp(a->content_type, "application/pdf") == 0);
    whole = whole && (a->spec || bytes || a->status == 204);
  }
  if (!any || !whole) fail_msg("%s does not say what it answers", route->name);
}

static void every_row_says_what_it_answers(void **state) { each_route(*state, has_answers); }

static void knows_its_problems(struct fixture *f, const struct http_route *route) {
  (void)f;
  for (const char *const *code = route->problems; code && *code; code++)
    if (!gate_problem(str_of(*code))) fail_msg("%s names %s, which is no problem", route->name, *code);
}

static void every_code_is_in_the_catalogue(void **state) { each_route(*state, knows_its_problems); }

/* The server looks at them when it starts: names and addresses unique, parameters declared. */
static void the_rows_are_fit_to_serve(void **state) {
  (void)state;
  struct http_route_table tables[32];
  assert_true(api_route_table_count <= COUNT_OF(tables));
  for (size_t i = 0; i < api_route_table_count; i++) tables[i] = *api_routes[i];
  struct http_routes *routes = http_routes_new(tables, api_route_table_count);
  assert_non_null(routes);
  http_routes_free(routes);
}

static size_t refs_lead_somewhere(const struct json *root, const struct json *j) {
  size_t count = 0;
  for (uint32_t i = 0; j->kind == JSON_KIND_ARRAY && i < j->count; i++) count += refs_lead_somewhere(root, &j->as.items[i]);
  for (uint32_t i = 0; j->kind == JSON_KIND_OBJECT && i < j->count; i++) {
    const struct json_member *m = &j->as.members[i];
    count += refs_lead_somewhere(root, &m->value);
    if (!str_eq(m->name, STR("$ref")) || m->value.kind != JSON_KIND_STRING) continue;
    str target = json_text(&m->value);
    assert_true(target.n > 1 && target.p[0] == '#');
    if (!json_at(root, str_slice(target, 1, target.n))) fail_msg("%.*s leads nowhere", STR_ARG(target));
    count++;
  }
  return count;
}

static void every_ref_leads_somewhere(void **state) {
  struct fixture *f = *state;
  assert_true(refs_lead_somewhere(&f->document, &f->document) > 100);
}

/* OpenAPI 3.1 §4.8.7.1: component names. */
static void names_of_components_may_stand_in_a_ref(void **state) {
  struct fixture *f = *state;
  const struct json *schemas = json_at(&f->document, STR("/components/schemas"));
  for (uint32_t i = 0; i < schemas->count; i++)
    for (size_t k = 0; k < schemas->as.members[i].name.n; k++)
      assert_non_null(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-",
                             schemas->as.members[i].name.p[k]));
}

static void contracts_are_the_files(void **state) {
  struct fixture *f = *state;
  static const char *const names[] = { "claim", "decision", "refusal" };
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    const char *path = str_z(f->arena, str_format(f->arena, SOURCE_DIR "/contract/%s.schema.json", names[i]));
    struct findings found = findings_in(f->arena);
    str bytes;
    assert_int_equal(file_read(f->arena, path, 1 << 20, &bytes), RESULT_OK);
    (void)found;
    assert_true(str_eq(openapi__contract(str_of(names[i])), bytes));
  }
  assert_int_equal(openapi__contract(STR("nothing")).n, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_row_is_documented),
    cmocka_unit_test(every_row_says_what_it_answers),
    cmocka_unit_test(every_code_is_in_the_catalogue),
    cmocka_unit_test(the_rows_are_fit_to_serve),
    cmocka_unit_test(every_ref_leads_somewhere),
    cmocka_unit_test(names_of_components_may_stand_in_a_ref),
    cmocka_unit_test(contracts_are_the_files),
  };
  return cmocka_run_group_tests(tests, up, down);
}
