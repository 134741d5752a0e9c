/* Header fields from outside: cookies, traceparent, entity tags, ranges, Accept, Accept-Language, media types, keys. The
 * first byte chooses one reader; what it accepts must obey the grammar it was read by, and survive being written again. */
#include <stdint.h>

#include "http/fields.h"
#include "shienkin/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct input {
  struct arena *arena;
  uint8_t which;
  str value;
};

static void cookies(struct arena *a, str value) {
  struct http_cookie_pair *pairs, *again;
  size_t count, again_count;
  if (http_cookies_read(a, value, &pairs, &count) != RESULT_OK) return;
  struct buf out = buf_in(a);
  for (size_t i = 0; i < count; i++) {
    assert(http__token(pairs[i].name) && !memchr(pairs[i].value.p ? pairs[i].value.p : "", ';', pairs[i].value.n));
    for (size_t k = 0; k < i; k++) assert(!str_eq(pairs[i].name, pairs[k].name));
    buf_format(&out, "%s%.*s=", i ? "; " : "", STR_ARG(pairs[i].name));
    buf_add(&out, pairs[i].value);
  }
  result r = http_cookies_read(a, buf_str(&out), &again, &again_count);
  assert(r == RESULT_OK && again_count == count);
  for (size_t i = 0; i < count; i++) assert(str_eq(pairs[i].value, again[i].value));
}

static void trace(struct arena *a, str value) {
  (void)a;
  struct http_trace t;
  char written[56];
  if (http_trace_read(value, &t) != RESULT_OK) return;
  http_trace_write(&t, written);
  assert(memcmp(written + 2, value.p + 2, 53) == 0);
}

static void etags(struct arena *a, str value) {
  struct http_etags list;
  if (http_etags_read(a, value, &list) != RESULT_OK) return;
  assert(list.any || (list.count > 0 && list.count <= 64));
  for (size_t i = 0; i < list.count; i++) {
    assert(http_etags_weak(&list, list.tags[i]));
    assert(list.weak[i] || http_etags_strong(&list, list.tags[i]));
    assert(!memchr(list.tags[i].p ? list.tags[i].p : "", '"', list.tags[i].n));
  }
}

static void range(struct arena *a, str value) {
  struct http_header header = { STR("Range"), value };
  struct http_request r = { .arena = a, .method = HTTP_GET, .headers = &header, .header_count = 1 };
  int64_t from, to;
  for (int64_t length = 0; length < 200; length += 99) {
    if (http_request_range(&r, length, STR("t"), &from, &to) != RESULT_OK) continue;
    assert(from >= 0 && from <= to && to < length);
  }
}

static void negotiation(struct arena *a, str value) {
  bool json = http__accepts(value, STR("application/json"));
  assert(value.n || json);
  enum http_language language = http__language(value);
  assert(language == HTTP_JAPANESE || language == HTTP_ENGLISH);
  str type = http__media_type(a, value);
  assert(type.n == 0 || str_eq(http__media_type(a, type), type));
  (void)http__media_parameter(a, value, "boundary");
}

static void key(struct arena *a, str value) {
  str found;
  if (http__quoted_key(a, value, &found) != RESULT_OK) return;
  assert(found.n >= 1 && found.n <= 64 && http__field_value(found));
}

static void run(void *context) {
  struct input *in = context;
  static void (*const readers[])(struct arena * a, str value) = { cookies, trace, etags, range, negotiation, key };
  readers[in->which % COUNT_OF(readers)](in->arena, in->value);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  if (n == 0) return 0;
  struct arena *a = arena_new((size_t)16 << 20);
  struct input in = { a, bytes[0], { (const char *)bytes + 1, n - 1 } };
  result r = arena_run(a, run, &in);
  (void)r;
  arena_free(a);
  return 0;
}
