/* Templates from anybody's hand: before the first NUL a template, behind it a document. Whatever the bytes: findings that tell
 * a place, or a rendering in which no value has brought markup along. */
#include <stdint.h>

#include "shienkin/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct input {
  struct arena *arena;
  str template, document;
};

static bool holds_markup(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (strchr("<>\"'", s.p[i]) && s.p[i]) return true;
  return false;
}

static size_t sections(str s) {
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) n += s.p[i] == '#';
  return n;
}

static void try_input(void *context) {
  struct input *input = context;
  struct arena *a = input->arena;
  struct findings f = findings_in(a);
  /* A name with a space can be no partial, so nothing calls itself. */
  struct template_source sources[] = { { "the page", input->template }, { "part", STR("[{{a}}\n{{#b}}{{.}}{{/b}}]\n") } };
  struct template_set *set = NULL;
  result r = template_set_compile(a, sources, COUNT_OF(sources), false, &f, &set);
  assert((r == RESULT_OK) == (f.count == 0));
  for (size_t i = 0; i < f.count; i++) assert(f.items[i].line > 0 && f.items[i].column > 0 && f.items[i].ja.n > 0);
  struct findings unread = findings_in(a);
  struct json document;
  if (r != RESULT_OK || json_read(a, input->document, (struct json_limits){ 0 }, &unread, &document) != RESULT_OK) return;
  struct buf out = buf_in(a);
  template_render(&out, set, "the page", &document);
  assert(holds_markup(input->template) || !holds_markup(buf_str(&out)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  str rest, template = str_cut((str){ (const char *)bytes, n }, '\0', &rest);
  /* Lists within lists are walked as often as the template says: bounded here as our own templates bound it. */
  if (sections(template) > 3 || rest.n > 100) return 0;
  struct arena *a = arena_new((size_t)64 << 20);
  if (!a) return 0;
  struct input input = { a, template, rest.p ? rest : STR("{}") };
  result r = arena_run(a, try_input, &input);
  assert(r == RESULT_OK || r == RESULT_LIMIT || r == RESULT_NO_MEMORY);
  arena_free(a);
  return 0;
}
