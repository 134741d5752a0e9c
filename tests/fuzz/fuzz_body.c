/* The body of any request, held against the specs of all routes of the API. Whatever the bytes: an answer or findings, each
 * at a value that is there, or at a member that is missing from one, in both languages and few enough to be shown; what
 * passes once passes again when it was written and read. */
#include <stdint.h>

#include "shienkin/api.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct input {
  struct arena *arena;
  str bytes;
};

static void check_findings(const struct json *body, const struct findings *f) {
  for (size_t i = 0; i < f->count; i++) {
    bool there = json_at(body, f->items[i].pointer) != NULL, missing = strcmp(f->items[i].code, "required") == 0;
    assert(there != missing);
    assert(f->items[i].ja.n && utf8_valid(f->items[i].ja, NULL));
    assert(f->items[i].en.n && utf8_valid(f->items[i].en, NULL));
  }
}

static void check_route(struct arena *a, const struct http_route *route, const struct json *body) {
  struct findings f = findings_in(a), again = findings_in(a), none = findings_in(a);
  struct json copy;
  result once = spec_check(a, route->body_spec, body, &f);
  assert((once == RESULT_OK) == (f.count == 0));
  check_findings(body, &f);
  if (once != RESULT_OK) return;
  result read = json_read(a, json_dump(a, body), (struct json_limits){ .bytes = (size_t)64 << 20 }, &none, &copy);
  assert(read == RESULT_OK);
  result twice = spec_check(a, route->body_spec, &copy, &again);
  assert(twice == RESULT_OK && again.count == 0);
}

static void try_input(void *context) {
  struct input *input = context;
  struct arena *a = input->arena;
  struct findings f = findings_in(a);
  struct json body;
  if (json_read(a, input->bytes, (struct json_limits){ 0 }, &f, &body) != RESULT_OK) return;
  for (size_t t = 0; t < api_route_table_count; t++) {
    for (size_t i = 0; i < api_routes[t]->count; i++) {
      struct arena_mark mark = arena_mark(a);
      if (api_routes[t]->rows[i].body_spec) check_route(a, &api_routes[t]->rows[i], &body);
      arena_release(a, mark);
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  struct arena *a = arena_new((size_t)64 << 20);
  if (!a) return 0;
  struct input input = { a, { (const char *)bytes, n } };
  result r = arena_run(a, try_input, &input);
  assert(r == RESULT_OK || r == RESULT_LIMIT || r == RESULT_NO_MEMORY);
  arena_free(a);
  return 0;
}
