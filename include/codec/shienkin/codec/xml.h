/* xml: XML 1.0 with namespaces, read into an immutable tree in the arena. Any DOCTYPE is refused, so there are no
 * entities but the five built in; no network, no files. Comments and processing instructions are dropped. */
#ifndef SHIENKIN_CODEC_XML_H
#define SHIENKIN_CODEC_XML_H

#include "shienkin/base.h"

struct xml_attribute { str name, namespace_uri, value; };
struct xml_node {
  str name;                                     /* local name */
  str namespace_uri;                            /* n = 0: none */
  uint32_t line;
  const struct xml_node *parent;                /* NULL: the root element */
  const struct xml_node *first_child, *next;    /* elements only */
  const struct xml_attribute *attributes; size_t attribute_count;
  str text;                                     /* all character data directly inside, joined, white space kept */
};
/* Zeros: 16 MiB, 256, 1,000,000. Depth at most 256 and bytes at most 2 GiB - 1, asserted. Nodes are elements, attributes
 * and namespace declarations. */
struct xml_limits { size_t bytes; unsigned depth; size_t nodes; };

/* UTF-8, or another encoding that the document names. RESULT_REFUSED with one finding (pointer "", code `xml`, line and
 * column, reason), RESULT_NO_MEMORY. The tree is a copy in the arena; `bytes` may go. */
MUST_USE result xml_read(struct arena *a, str bytes, struct xml_limits limits, struct findings *f, const struct xml_node **root);

const struct xml_node *xml_child(const struct xml_node *n, const char *name);        /* the first of that local name, NULL: none */
const struct xml_node *xml_next_named(const struct xml_node *n, const char *name);   /* the next sibling of that name */
str xml_attr(const struct xml_node *n, const char *name);                            /* no namespace; p = NULL: absent */
str xml_attr_ns(const struct xml_node *n, const char *uri, const char *name);
str xml_escape(struct arena *a, str text);                                           /* for element content and attributes */
/* Validates a document against an XML Schema file (tests; schemas are trusted files, imports resolve beside them).
 * RESULT_REFUSED with a finding for each fault, at most 50; RESULT_OUTSIDE when the validator itself fails. */
MUST_USE result xml_validate(struct arena *a, str bytes, const char *schema_path, struct findings *f);

#endif
