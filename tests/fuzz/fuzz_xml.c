/* XML from outside. Whatever the bytes: a tree or exactly one finding; every text of a tree is UTF-8; the tree, written
 * out plainly, reads as the same tree. */
#include <stdint.h>

#include "shienkin/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct input {
  struct arena *arena;
  str bytes;
};

static void write_attribute(struct arena *a, struct buf *out, size_t i, const struct xml_attribute *at) {
  str value = xml_escape(a, at->value);
  if (at->namespace_uri.n == 0) {
    buf_format(out, " %.*s=\"%.*s\"", STR_ARG(at->name), STR_ARG(value));
    return;
  }
  str uri = xml_escape(a, at->namespace_uri);
  if (str_eq(at->namespace_uri, STR("http://www.w3.org/XML/1998/namespace")))
    buf_format(out, " xml:%.*s=\"%.*s\"", STR_ARG(at->name), STR_ARG(value));
  else
    buf_format(out, " xmlns:n%zu=\"%.*s\" n%zu:%.*s=\"%.*s\"", i, STR_ARG(uri), i, STR_ARG(at->name), STR_ARG(value));
}

/* All text before all children: our tree keeps them apart. */
static void write_element(struct arena *a, struct buf *out, const struct xml_node *n) {
  bool reserved = str_eq(n->namespace_uri, STR("http://www.w3.org/XML/1998/namespace"));
  const char *prefix = reserved ? "xml:" : "";
  str uri = xml_escape(a, n->namespace_uri), text = xml_escape(a, n->text);
  buf_format(out, "<%s%.*s", prefix, STR_ARG(n->name));
  if (!reserved) buf_format(out, " xmlns=\"%.*s\"", STR_ARG(uri));
  for (size_t i = 0; i < n->attribute_count; i++) write_attribute(a, out, i, &n->attributes[i]);
  buf_format(out, ">%.*s", STR_ARG(text));
  for (const struct xml_node *child = n->first_child; child; child = child->next) write_element(a, out, child);
  buf_format(out, "</%s%.*s>", prefix, STR_ARG(n->name));
}

static bool readable(const struct xml_node *n) {
  bool fine =
      utf8_valid(n->name, NULL) && utf8_valid(n->namespace_uri, NULL) && utf8_valid(n->text, NULL) && n->line > 0;
  for (size_t i = 0; i < n->attribute_count; i++)
    fine = fine && utf8_valid(n->attributes[i].name, NULL) && utf8_valid(n->attributes[i].value, NULL);
  return fine;
}

static void assert_same(const struct xml_node *a, const struct xml_node *b) {
  assert(readable(a) && readable(b));
  assert(str_eq(a->name, b->name) && str_eq(a->namespace_uri, b->namespace_uri) && str_eq(a->text, b->text));
  assert(a->attribute_count == b->attribute_count);
  for (size_t i = 0; i < a->attribute_count; i++) {
    assert(str_eq(a->attributes[i].name, b->attributes[i].name) &&
           str_eq(a->attributes[i].value, b->attributes[i].value));
    assert(str_eq(a->attributes[i].namespace_uri, b->attributes[i].namespace_uri));
  }
  const struct xml_node *x = a->first_child, *y = b->first_child;
  for (; x && y; x = x->next, y = y->next) assert_same(x, y);
  assert(!x && !y);
}

static void try_input(void *context) {
  struct input *input = context;
  struct arena *a = input->arena;
  struct findings f = findings_in(a);
  const struct xml_node *root = NULL, *again = NULL;
  result r = xml_read(a, input->bytes, (struct xml_limits){ .bytes = (size_t)1 << 20, .nodes = 10000 }, &f, &root);
  if (r == RESULT_REFUSED) {
    assert(f.count == 1 && strcmp(f.items[0].code, "xml") == 0);
    assert(utf8_valid(f.items[0].ja, NULL) && utf8_valid(f.items[0].en, NULL));
  }
  if (r != RESULT_OK) return;
  struct buf text = buf_in(a);
  write_element(a, &text, root);
  r = xml_read(a, buf_str(&text), (struct xml_limits){ 0 }, &f, &again);
  assert(r == RESULT_OK);
  assert_same(root, again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  struct arena *a = arena_new((size_t)256 << 20);
  if (!a) return 0;
  struct input input = { a, { (const char *)bytes, n } };
  result r = arena_run(a, try_input, &input);
  assert(r == RESULT_OK || r == RESULT_LIMIT || r == RESULT_NO_MEMORY);
  arena_free(a);
  return 0;
}
