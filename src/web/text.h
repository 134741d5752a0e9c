/* text: what pages say, in both languages: a catalogue per area (src/web/text/<area>.c), named "area.name" in C and
 * {{t.area.name}} in templates. {0} … {9} stand for arguments where C fills them in. */
#ifndef WEB_TEXT_H
#define WEB_TEXT_H

#include "shienkin/codec.h"
#include "shienkin/scheme.h"

/* The desk that helps with the incident itself, on every page and notice. */
#define TEXT_SECURITY_DESK SCHEME_SECURITY_DESK

struct page_text { const char *name, *ja, *en; };
struct page_area { const char *name; const struct page_text *texts; size_t count; };

extern const struct page_area *const web__areas[];
extern const size_t web__area_count;

/* "sign_in.title"; NULL: there is none. */
const struct page_text *web__text_find(str name);
/* {area: {name: text}} of all areas, for templates. */
struct json web__texts(struct arena *a, bool english);

#endif
