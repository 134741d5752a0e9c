/* fields: header fields, read by the grammars of RFC 9110, strictly: what does not fit is refused or, where the standard
 * says so, ignored whole. Names compare without regard to case. */
#ifndef SHIENKIN_HTTP_FIELDS_H
#define SHIENKIN_HTTP_FIELDS_H

#include "shienkin/http/request.h"

bool http__name_same(str name, str other); /* ASCII case does not count */
bool http__token(str s);                   /* RFC 9110 §5.6.2, at least one character */
bool http__field_value(str s);             /* §5.5: visible characters, space, tab, bytes above 0x7f */
str http__field_trim(str s);               /* OWS: spaces and tabs */
/* The next element of a comma list, quoted strings kept whole; false at the end. Empty elements are skipped. */
bool http__list_next(str *rest, str *element);

/* "type/subtype" in lower case without parameters, in the arena; n = 0: not a media type. */
str http__media_type(struct arena *a, str content_type);
/* The value of a parameter, quotes removed; n = 0 and p = NULL: absent. */
str http__media_parameter(struct arena *a, str content_type, const char *name);

/* Does an Accept header (n = 0: none) allow this media type? RFC 9110 §12.5.1: the most specific range decides, q=0 no. */
bool http__accepts(str accept, str media_type);
/* The language that Accept-Language prefers among ours; Japanese where nothing decides. */
enum http_language http__language(str accept_language);

/* RFC 8941 string: quoted, printable ASCII, 1–64 characters within. */
MUST_USE result http__quoted_key(struct arena *a, str header, str *out);

#endif
