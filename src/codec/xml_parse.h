/* xml_parse: libxml2 with the doors shut: no DOCTYPE, no network, no files, bounds on size, depth and nodes. */
#ifndef CODEC_XML_PARSE_H
#define CODEC_XML_PARSE_H

#include <libxml/tree.h>

#include "shienkin/codec/xml.h"

/* A libxml2 document that the arena frees if nobody did before: xml__forget() as soon as it has been copied. */
struct xml_document {
  xmlDoc *doc;
  size_t nodes;
}; /* elements and attributes */

/* RESULT_REFUSED with findings, RESULT_NO_MEMORY. */
MUST_USE result xml__parse(struct arena *a, str bytes, struct xml_limits limits, struct findings *f,
                           struct xml_document **out);
void xml__forget(struct xml_document *d);

/* libxml2 ends its messages with a line feed. */
str xml__words(const char *message);
/* The line that was kept with an element when it began; libxml2's own ends at 65535. */
uint32_t xml__line(const xmlNode *element);

#endif
