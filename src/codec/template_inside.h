/* template_inside: a compiled template: its nodes in the order of the text, sections as ranges of them.
 *
 * A text node is never longer than one line, and knows whether it begins one: that is where the indentation of a partial
 * that stands alone on its line goes. A line that begins with a tag begins with an empty text node. */
#ifndef CODEC_TEMPLATE_INSIDE_H
#define CODEC_TEMPLATE_INSIDE_H

#include "messages.h"
#include "shienkin/codec/template.h"

enum { TEMPLATE_DEPTH = 32 };   /* of sections in one template, and of partials in one rendering */

enum template_node_kind { NODE_TEXT, NODE_VALUE, NODE_RAW, NODE_SECTION, NODE_INVERTED, NODE_PARTIAL };

struct template_node {
  enum template_node_kind kind;
  bool begins_line;             /* TEXT */
  str text;                     /* TEXT: the bytes; PARTIAL: its indentation */
  const str *path;              /* VALUE, RAW, SECTION, INVERTED: the parts of the name; none: `.` */
  size_t path_count;
  size_t end;                   /* SECTION, INVERTED: the node behind the section */
  const struct template *partial;
  str name;                     /* PARTIAL, until all are known */
  size_t at;                    /* where the tag stands in the text, for findings */
};

struct template {
  str name, text;
  struct template_node *nodes;
  size_t count;
};

struct template_set {
  struct template *templates;
  size_t count;
};

/* Adds a finding at the byte `at` of the template. */
void template__refuse(struct findings *f, const struct template *t, size_t at, enum codec_message which, str argument);

/* Compiles t->text into t->nodes; partials are still names. Every fault is a finding. */
void template__parse(struct arena *a, struct template *t, bool raw_allowed, struct findings *f);

#endif
