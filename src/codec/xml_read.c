/* From libxml2's tree to ours: one pass down, everything copied, the order of elements and attributes kept. */
#include "xml_parse.h"

/* Character data directly inside, joined. Comments and processing instructions stand between and are passed over. */
static str text_inside(struct arena *a, const xmlNode *first) {
  size_t n = 0;
  for (const xmlNode *at = first; at; at = at->next)
    if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) n += strlen((const char *)at->content);
  if (n == 0) return STR("");
  char *text = arena_alloc(a, n), *end = text;
  for (const xmlNode *at = first; at; at = at->next) {
    if (at->type != XML_TEXT_NODE && at->type != XML_CDATA_SECTION_NODE) continue;
    size_t more = strlen((const char *)at->content);
    memcpy(end, at->content, more);
    end += more;
  }
  return (str){ text, n };
}

static str copy_name(struct arena *a, const xmlChar *name) { return str_copy(a, str_of((const char *)name)); }

/* The same URI stands at nearly every node: a copy is made only where it differs from the parent's. */
static str copy_uri(struct arena *a, const xmlNs *ns, str nearby) {
  if (!ns || !ns->href) return STR("");
  str uri = str_of((const char *)ns->href);
  return str_eq(uri, nearby) ? nearby : str_copy(a, uri);
}

static void copy_attributes(struct arena *a, const xmlNode *from, struct xml_node *to) {
  for (const xmlAttr *at = from->properties; at; at = at->next) to->attribute_count++;
  struct xml_attribute *attributes = ARENA_ARRAY(a, struct xml_attribute, to->attribute_count);
  to->attributes = attributes;
  for (const xmlAttr *at = from->properties; at; at = at->next, attributes++) {
    attributes->name = copy_name(a, at->name);
    attributes->namespace_uri = copy_uri(a, at->ns, to->namespace_uri);
    attributes->value = text_inside(a, at->children);
  }
}

/* Recursion is bounded by the depth that the parser has checked. */
static struct xml_node *copy_element(struct arena *a, const xmlNode *from, const struct xml_node *parent) {
  struct xml_node *to = ARENA_NEW(a, struct xml_node);
  to->name = copy_name(a, from->name);
  to->namespace_uri = copy_uri(a, from->ns, parent ? parent->namespace_uri : STR_NONE);
  to->line = xml__line(from);
  to->parent = parent;
  to->text = text_inside(a, from->children);
  copy_attributes(a, from, to);
  const struct xml_node **link = &to->first_child;
  for (const xmlNode *child = from->children; child; child = child->next) {
    if (child->type != XML_ELEMENT_NODE) continue;
    struct xml_node *copy = copy_element(a, child, to);
    *link = copy;
    link = &copy->next;
  }
  return to;
}

result xml_read(struct arena *a, str bytes, struct xml_limits limits, struct findings *f,
                const struct xml_node **root) {
  struct xml_document *document = NULL;
  TRY(xml__parse(a, bytes, limits, f, &document));
  *root = copy_element(a, xmlDocGetRootElement(document->doc), NULL);
  xml__forget(document);
  return RESULT_OK;
}
