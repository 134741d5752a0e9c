/* multipart/form-data from outside. The first line is the Content-Type, the rest the body. Whatever the bytes, and
 * whatever pieces they come in: the same fields, the same file, the same end. */
#include <stdint.h>

#include "http/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct outcome {
  bool bad, whole;
  struct buf file;
  const struct http_pair *fields;
  size_t count;
  str name, type;
};
struct input {
  struct arena *arena;
  str type, body;
};

static struct outcome feed(struct arena *a, struct multipart *m, str body, size_t step) {
  struct outcome o = { .file = buf_in(a) };
  for (size_t at = 0; at < body.n && !o.bad;) {
    size_t n = body.n - at < step ? body.n - at : step, used = 0;
    str data = STR_NONE;
    enum multipart_event event = multipart__feed(m, str_slice(body, at, at + n), &used, &data);
    assert(used <= n && (used > 0 || event == MULTIPART_DATA || event == MULTIPART_BAD));
    if (event == MULTIPART_DATA) buf_add(&o.file, data);
    o.bad = event == MULTIPART_BAD;
    at += used;
  }
  o.whole = multipart__whole(m);
  o.fields = multipart__fields(m, &o.count);
  o.name = multipart__file_name(m);
  o.type = multipart__file_type(m);
  return o;
}

static void same(const struct outcome *x, const struct outcome *y) {
  assert(x->bad == y->bad && x->whole == y->whole && x->count == y->count);
  assert(x->bad || str_eq(buf_str(&x->file), buf_str(&y->file)));
  assert(str_eq(x->name, y->name) && str_eq(x->type, y->type));
  for (size_t i = 0; i < x->count; i++) {
    assert(str_eq(x->fields[i].name, y->fields[i].name) && str_eq(x->fields[i].value, y->fields[i].value));
    assert(utf8_valid(x->fields[i].name, NULL) && utf8_valid(x->fields[i].value, NULL));
  }
}

static void run(void *context) {
  struct input *in = context;
  static const size_t steps[] = { 1, 3, 64 };
  struct multipart *m = multipart__new(in->arena, in->type);
  if (!m) return;
  struct outcome whole = feed(in->arena, m, in->body, in->body.n + 1);
  for (size_t i = 0; i < COUNT_OF(steps); i++) {
    struct outcome pieces = feed(in->arena, multipart__new(in->arena, in->type), in->body, steps[i]);
    same(&whole, &pieces);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  struct arena *a = arena_new((size_t)16 << 20);
  struct input in = { .arena = a };
  in.type = str_cut((str){ (const char *)bytes, n }, '\n', &in.body);
  result r = arena_run(a, run, &in);
  (void)r;
  arena_free(a);
  return 0;
}
