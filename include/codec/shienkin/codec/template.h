/* template: Mustache (interpolation, sections, inverted sections, partials, comments), escaped for HTML by default, rendered
 * over JSON. The format's own tests hold it; set-delimiter is not there. `{{{ }}}` and `{{& }}` compile only where
 * `raw_allowed`: page templates may not have them.
 *
 * Names are dotted paths ("claim.number"); `.` is the item itself. A section over false, null, an absent name or an empty
 * list is nothing; over a list, once for each item; over anything else, once with it on top. */
#ifndef SHIENKIN_CODEC_TEMPLATE_H
#define SHIENKIN_CODEC_TEMPLATE_H

#include "json.h"

struct template;                        /* compiled; immutable; lives in its arena */
struct template_source { const char *name; str text; };

/* Compiles a set of templates that name each other as partials. RESULT_REFUSED with findings (template_…: place, line). */
struct template_set;
MUST_USE result template_set_compile(struct arena *a, const struct template_source *sources, size_t count, bool raw_allowed,
                                     struct findings *f, struct template_set **out);
/* Renders one of them over the document; deeper than 32 partials is a fault of ours (asserted). Asserts that it is there. */
void template_render(struct buf *out, const struct template_set *set, const char *name, const struct json *document);

#endif
