/* Cursors and addresses from outside. A cursor that was not signed with the key is refused, whatever it looks like; one
 * that holds what the input says comes back as it was. An address finds a row or nothing, never one by dot segments. */
#include <stdint.h>

#include "http/cursor.h"
#include "shienkin/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct input {
  struct arena *arena;
  str bytes;
};

static struct http_answer nothing(struct http_request *r) {
  (void)r;
  return http_no_content();
}

static const struct http_parameter one[] = { { .name = "x", .kind = HTTP_PARAMETER_TEXT }, { .name = NULL } };
static const struct http_route rows[] = {
  { .name = "a",
    .method = HTTP_GET,
    .path = "/a/{x}",
    .path_parameters = one,
    .realms = HTTP_PUBLIC,
    .handler = nothing },
  { .name = "b", .method = HTTP_GET, .path = "/a/b/c", .realms = HTTP_PUBLIC, .handler = nothing },
  { .name = "r",
    .method = HTTP_GET,
    .path = "/r/{x*}",
    .path_parameters = one,
    .realms = HTTP_PUBLIC,
    .handler = nothing },
};
static const struct http_route_table table = { rows, COUNT_OF(rows) };

static void cursors(struct arena *a, str bytes) {
  struct json position, again;
  str key = STR("0123456789abcdef0123456789abcdef");
  result read = http__cursor_read(a, key, STR("list"), STR("account"), bytes, &position);
  assert(read != RESULT_OK && "nobody guesses 128 bits");
  if (!utf8_valid(bytes, NULL)) return;
  struct json text = json_of_str(bytes);
  str cursor = http__cursor_write(a, key, STR("list"), STR("account"), &text);
  read = http__cursor_read(a, key, STR("list"), STR("account"), cursor, &again);
  assert(read == RESULT_OK && json_same(&text, &again));
}

static void addresses(struct arena *a, str bytes) {
  struct http_routes *routes = http_routes_new(&table, 1);
  if (!routes) return;
  struct http_match m;
  http_routes_match(a, routes, HTTP_GET, bytes, &m);
  if (m.route && m.path.declared) {
    str x = http_value(&m.path, "x")->text;
    assert(x.n && utf8_valid(x, NULL) && !memchr(x.p, 0, x.n) && !str_eq(x, STR("..")) && !str_starts(x, STR("../")));
    assert(str_find(x, STR("/../")) < 0 && !str_ends(x, STR("/..")));
    assert(m.route == &rows[2] || str_find(x, STR("/")) < 0);
  }
  http_routes_free(routes);
}

static void run(void *context) {
  struct input *in = context;
  cursors(in->arena, in->bytes);
  addresses(in->arena, in->bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  struct arena *a = arena_new((size_t)16 << 20);
  struct input in = { a, { (const char *)bytes, n } };
  result r = arena_run(a, run, &in);
  (void)r;
  arena_free(a);
  return 0;
}
