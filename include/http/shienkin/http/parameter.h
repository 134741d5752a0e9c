/* parameter: what a path segment, a query parameter or a form field may hold, declared once, read as code and as
 * documentation (OpenAPI's `parameters`). What is not declared is refused in queries and forms; a path segment that does
 * not fit its declaration is an address where nothing is: 404. */
#ifndef SHIENKIN_HTTP_PARAMETER_H
#define SHIENKIN_HTTP_PARAMETER_H

#include "shienkin/codec.h"
#include "shienkin/value.h"

enum http_parameter_kind {
  HTTP_PARAMETER_TEXT,          /* UTF-8 without control characters (form fields may hold tab and newlines), 1–most */
  HTTP_PARAMETER_ID,            /* prefix + "_" + 26 Crockford characters, as uuid_outside() writes */
  HTTP_PARAMETER_INTEGER,       /* decimal, no sign but '-', no leading zeros, least–most */
  HTTP_PARAMETER_DAY,           /* YYYY-MM-DD */
  HTTP_PARAMETER_WORD,          /* one of words */
  HTTP_PARAMETER_FLAG,          /* true or false */
  HTTP_PARAMETER_HEX,           /* lower-case hex digits, exactly `most` of them */
  HTTP_PARAMETER_CURSOR,        /* what http_cursor_write() gave out; checked by http_cursor_read() */
};

struct http_parameter {
  const char *name;             /* NULL ends a table */
  enum http_parameter_kind kind;
  bool required;                /* query and form; path parameters always are */
  bool repeated;                /* query and form: may come more than once (at most 100 times) */
  bool may_be_empty;            /* form TEXT: "" is present and empty, not absent */
  bool secret;                  /* a password, a code: no page shows it again */
  const char *prefix;           /* ID: "clm" */
  int64_t least, most;          /* INTEGER bounds; TEXT: most code points (0: 1000); HEX: digits */
  const char *const *words;     /* WORD, NULL-terminated */
  bool (*pattern)(str s);       /* TEXT; NULL: any */
  const char *pattern_text;     /* the ECMA-262 expression that `pattern` implements */
  const char *description_ja, *description_en;
};

/* One value, read by its declaration. `text` is always the decoded text. */
struct http_value { bool present; str text; int64_t number; bool flag; struct uuid id; day day; };

/* The values of one table, in the order of the table, repeated ones in the order they came. */
struct http_value_list { const struct http_value *items; size_t count; };
struct http_values { const struct http_parameter *declared; const struct http_value_list *lists; };

/* By name; asserts that the name is declared. The first one; !present when absent. */
const struct http_value *http_value(const struct http_values *v, const char *name);
struct http_value_list http_value_list(const struct http_values *v, const char *name);

/* application/x-www-form-urlencoded, as the WHATWG URL standard writes it, read strictly: UTF-8, whole %XX, no NUL.
 * Findings: invalid_encoding, unknown_parameter, duplicate_parameter, required, and by kind (`pattern`, `minimum`,
 * `maximum`, `date`, `enum`, `max_length`); pointer = prefix + "/" + name. At most 256 fields.
 * RESULT_REFUSED when findings were added. */
MUST_USE result http_values_read(struct arena *a, const struct http_parameter *declared, str encoded, bool multiline,
                                 str pointer_prefix, struct findings *f, struct http_values *out);
/* The fields as they came, decoded, before any declaration is asked: what can be read of them, at most 256. RESULT_REFUSED
 * when findings were added. */
struct http_pair { str name, value; };
MUST_USE result http_pairs_read(struct arena *a, str encoded, str pointer_prefix, struct findings *f, struct http_pair **out,
                                size_t *count);
/* Values from decoded pairs: what a multipart reader gathered. */
MUST_USE result http_values_of(struct arena *a, const struct http_parameter *declared, const struct http_pair *pairs,
                               size_t count, bool multiline, str pointer_prefix, struct findings *f,
                               struct http_values *out);
/* One text by one declaration; false: it does not fit, *fault names the code. */
bool http_value_read(const struct http_parameter *p, str text, bool multiline, struct http_value *out, const char **fault);
/* name=value&… for links: percent-encoded so that http_values_read() gives the same back. */
str http_values_write(struct arena *a, const struct http_pair *pairs, size_t count);

/* Percent-decoding: RESULT_REFUSED for half escapes, NUL, or what is not UTF-8 after decoding. */
MUST_USE result http_percent_decode(struct arena *a, str text, bool plus_is_space, str *out);
str http_percent_encode(struct arena *a, str text);             /* all but RFC 3986's unreserved characters */

#endif
