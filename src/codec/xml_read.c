/* From what libxml2 reads to our tree, element by element: everything copied, the order of elements and attributes kept. */
#include "xml_parse.h"

/* Character data comes in pieces, with elements, comments and references between. */
struct piece {
  str text;
  struct piece *next;
};

/* An element that has begun and not ended. */
struct open_element {
  struct xml_node *node;
  const struct xml_node **link; /* where its next child goes */
  struct piece *first, **last;
  size_t text_bytes;
};

/* libxml2 keeps one copy of each name, so that a name is known again by its place. */
enum { NAMES_KEPT = 64, DEPTH_MOST = 257 }; /* xml__parse() bounds the depth by 256; the document itself is the first */
struct known_name {
  const xmlChar *of;
  str copy;
};

struct reader {
  struct arena *arena;
  struct known_name names[NAMES_KEPT];
  struct open_element open[DEPTH_MOST];
  size_t depth;
  const struct xml_node *root;
};

static str name_of(struct reader *r, const xmlChar *name) {
  if (!name) return STR("");
  struct known_name *known = &r->names[(uintptr_t)name / 8 % NAMES_KEPT];
  if (known->of != name) *known = (struct known_name){ name, str_copy(r->arena, str_of((const char *)name)) };
  return known->copy;
}

static void take_attributes(struct reader *r, struct xml_node *to, const xmlChar **from, size_t count) {
  struct xml_attribute *attributes = ARENA_ARRAY(r->arena, struct xml_attribute, count);
  to->attributes = attributes;
  to->attribute_count = count;
  for (size_t i = 0; i < count; i++, from += 5) { /* local name, prefix, URI, the value's first byte and its end */
    str value = { (const char *)from[3], (size_t)(from[4] - from[3]) };
    attributes[i] = (struct xml_attribute){
      .name = name_of(r, from[0]), .namespace_uri = name_of(r, from[2]), .value = str_copy(r->arena, value)
    };
  }
}

static void on_start(void *context, uint32_t line, const xmlChar *name, const xmlChar *uri, const xmlChar **attributes,
                     size_t attribute_count) {
  struct reader *r = context;
  struct open_element *around = &r->open[r->depth++], *inside = around + 1;
  assert(r->depth < DEPTH_MOST);
  struct xml_node *node = ARENA_NEW(r->arena, struct xml_node);
  node->name = name_of(r, name);
  node->namespace_uri = name_of(r, uri);
  node->line = line;
  node->parent = around->node;
  take_attributes(r, node, attributes, attribute_count);
  *around->link = node;
  around->link = &node->next;
  *inside = (struct open_element){ .node = node, .link = &node->first_child };
  inside->last = &inside->first;
}

static void on_characters(void *context, str text) {
  struct reader *r = context;
  struct open_element *inside = &r->open[r->depth];
  if (r->depth == 0) return; /* white space outside the root */
  struct piece *piece = arena_alloc(r->arena, sizeof *piece);
  *piece = (struct piece){ .text = str_copy(r->arena, text) };
  *inside->last = piece;
  inside->last = &piece->next;
  inside->text_bytes += text.n;
}

static str joined(struct arena *a, const struct open_element *of) {
  if (!of->first) return STR("");
  if (!of->first->next) return of->first->text;
  char *text = arena_alloc(a, of->text_bytes), *end = text;
  for (const struct piece *piece = of->first; piece; piece = piece->next) {
    memcpy(end, piece->text.p, piece->text.n);
    end += piece->text.n;
  }
  return (str){ text, of->text_bytes };
}

static void on_end(void *context) {
  struct reader *r = context;
  assert(r->depth > 0);
  struct open_element *ending = &r->open[r->depth--];
  ending->node->text = joined(r->arena, ending);
}

result xml_read(struct arena *a, str bytes, struct xml_limits limits, struct findings *f,
                const struct xml_node **root) {
  struct reader *r = ARENA_NEW(a, struct reader);
  r->arena = a;
  r->open[0].link = &r->root;
  const struct xml_builder builder = { r, on_start, on_characters, on_end };
  struct xml_document *document = NULL;
  TRY(xml__parse(a, bytes, limits, f, &builder, &document));
  xml__forget(document);
  *root = r->root;
  return RESULT_OK;
}
