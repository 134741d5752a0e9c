/* xml_parse: libxml2 with the doors shut: no DOCTYPE, no network, no files, bounds on size, depth and nodes. */
#ifndef CODEC_XML_PARSE_H
#define CODEC_XML_PARSE_H

#include <libxml/tree.h>

#include "shienkin/codec/xml.h"

/* Who builds a tree while the document is read: libxml2's names and texts are its own and end with the call. Names are
 * local; `attributes` as startElementNs() of libxml2's SAX2 has them, five pointers each. A handler may leave through the
 * arena: the parser is put away first. */
struct xml_builder {
  void *context;
  void (*start)(void *context, uint32_t line, const xmlChar *name, const xmlChar *uri, const xmlChar **attributes,
                size_t attribute_count);
  void (*characters)(void *context, str text);
  void (*end)(void *context);
};

/* A libxml2 document that the arena frees if nobody did before: xml__forget() as soon as it has been copied. */
struct xml_document {
  xmlDoc *doc;
  size_t nodes;
}; /* elements and attributes */

/* RESULT_REFUSED with findings, RESULT_NO_MEMORY. `builder` NULL: libxml2 builds its own tree; else `out` holds none. */
MUST_USE result xml__parse(struct arena *a, str bytes, struct xml_limits limits, struct findings *f,
                           const struct xml_builder *builder, struct xml_document **out);
void xml__forget(struct xml_document *d);

/* libxml2 ends its messages with a line feed. */
str xml__words(const char *message);
/* The line that was kept with an element when it began; libxml2's own ends at 65535. */
uint32_t xml__line(const xmlNode *element);

#endif
