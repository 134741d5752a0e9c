/* Finding one's way in a tree, and writing text so that it can stand in one. */
#include "shienkin/codec/xml.h"

static const struct xml_node *first_named(const struct xml_node *n, const char *name) {
  str wanted = str_of(name);
  while (n && !str_eq(n->name, wanted)) n = n->next;
  return n;
}

const struct xml_node *xml_child(const struct xml_node *n, const char *name) {
  return n ? first_named(n->first_child, name) : NULL;
}

const struct xml_node *xml_next_named(const struct xml_node *n, const char *name) {
  return n ? first_named(n->next, name) : NULL;
}

str xml_attr_ns(const struct xml_node *n, const char *uri, const char *name) {
  str wanted = str_of(name), space = str_of(uri);
  for (size_t i = 0; n && i < n->attribute_count; i++) {
    const struct xml_attribute *at = &n->attributes[i];
    if (str_eq(at->name, wanted) && str_eq(at->namespace_uri, space)) return at->value;
  }
  return STR_NONE;
}

str xml_attr(const struct xml_node *n, const char *name) { return xml_attr_ns(n, "", name); }

/* XML 1.0 §2.4 and §3.3.3: markup characters everywhere, white space that an attribute would turn into spaces too. */
static str reference_for(char c) {
  switch (c) {
    case '&': return STR("&amp;");
    case '<': return STR("&lt;");
    case '>': return STR("&gt;");
    case '"': return STR("&quot;");
    case '\'': return STR("&#39;");
    case '\t': return STR("&#9;");
    case '\n': return STR("&#10;");
    case '\r': return STR("&#13;");
    default: return STR_NONE;
  }
}

str xml_escape(struct arena *a, str text) {
  struct buf out = buf_in(a);
  buf_reserve(&out, text.n);
  for (size_t at = 0; at < text.n;) {
    size_t from = at;
    while (at < text.n && !reference_for(text.p[at]).p) at++;
    if (at > from) buf_add(&out, str_slice(text, from, at));
    if (at < text.n) buf_add(&out, reference_for(text.p[at++]));
  }
  return buf_str(&out);
}
