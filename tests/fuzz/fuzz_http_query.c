/* Queries and forms from outside. Whatever the bytes: values or findings that lead to a place; what was read is UTF-8
 * without zeros, and when it is written and read again it is the same. */
#include <stdint.h>

#include "shienkin/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char *const words[] = { "open", "closed", NULL };
static const struct http_parameter table[] = {
  { .name = "q", .kind = HTTP_PARAMETER_TEXT, .most = 20, .repeated = true },
  { .name = "id", .kind = HTTP_PARAMETER_ID, .prefix = "clm" },
  { .name = "n", .kind = HTTP_PARAMETER_INTEGER, .least = -5, .most = 100 },
  { .name = "d", .kind = HTTP_PARAMETER_DAY },
  { .name = "w", .kind = HTTP_PARAMETER_WORD, .words = words, .repeated = true },
  { .name = "f", .kind = HTTP_PARAMETER_FLAG },
  { .name = "h", .kind = HTTP_PARAMETER_HEX, .most = 4 },
  { .name = "c", .kind = HTTP_PARAMETER_CURSOR },
  { .name = NULL },
};

struct input {
  struct arena *arena;
  str bytes;
};

static size_t pairs_of(const struct http_values *v, struct http_pair *out, size_t most) {
  size_t count = 0;
  for (size_t i = 0; table[i].name; i++) {
    for (size_t k = 0; k < v->lists[i].count && count < most; k++)
      out[count++] = (struct http_pair){ str_of(table[i].name), v->lists[i].items[k].text };
  }
  return count;
}

static void check_round_trip(struct arena *a, const struct http_values *v, bool multiline) {
  struct http_pair pairs[256], again_pairs[256];
  size_t count = pairs_of(v, pairs, 256);
  struct findings none = findings_in(a);
  struct http_values again;
  result r = http_values_read(a, table, http_values_write(a, pairs, count), multiline, STR(""), &none, &again);
  assert(r == RESULT_OK && pairs_of(&again, again_pairs, 256) == count);
  for (size_t i = 0; i < count; i++) assert(str_eq(pairs[i].value, again_pairs[i].value));
}

static void read_one(struct arena *a, str bytes, bool multiline) {
  struct findings f = findings_in(a);
  struct http_values v;
  result r = http_values_read(a, table, bytes, multiline, STR("/query"), &f, &v);
  assert((r == RESULT_OK) == (f.count == 0));
  for (size_t i = 0; i < f.count; i++) {
    assert(str_starts(f.items[i].pointer, STR("/query")));
    assert(utf8_valid(f.items[i].ja, NULL) && utf8_valid(f.items[i].en, NULL));
  }
  if (r == RESULT_OK) check_round_trip(a, &v, multiline);
}

static void run(void *context) {
  struct input *in = context;
  read_one(in->arena, in->bytes, false);
  read_one(in->arena, in->bytes, true);
  str decoded, again;
  if (http_percent_decode(in->arena, in->bytes, false, &decoded) != RESULT_OK) return;
  assert(utf8_valid(decoded, NULL) && (decoded.n == 0 || !memchr(decoded.p, 0, decoded.n)));
  result r = http_percent_decode(in->arena, http_percent_encode(in->arena, decoded), false, &again);
  assert(r == RESULT_OK && str_eq(decoded, again));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  struct arena *a = arena_new((size_t)16 << 20);
  struct input in = { a, { (const char *)bytes, n } };
  result r = arena_run(a, run, &in);
  (void)r; /* a body that exhausts its arena ends there */
  arena_free(a);
  return 0;
}
