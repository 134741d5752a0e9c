/* spec: what a JSON document may hold, declared once as a const table, read as code and documentation. Checking finds
 * every problem at once with pointer and code (P29: type required unknown_property enum pattern minimum max_length
 * max_items duplicate date). A spec also prints itself as JSON Schema 2020-12. */
#ifndef SHIENKIN_CODEC_SPEC_H
#define SHIENKIN_CODEC_SPEC_H

#include "json.h"
#include "shienkin/value.h"

enum spec_kind {
  SPEC_OBJECT, SPEC_ARRAY, SPEC_STRING, SPEC_ENUM, SPEC_DATE, SPEC_BOOL, SPEC_INTEGER,
  SPEC_ANY,                                     /* any JSON value, null too; not looked into */
  SPEC_MAP,                                     /* an object with members of any name, each by `items` */
  SPEC_CHOICE,                                  /* one of `choices`: the first whose type the value has decides */
};

struct spec_member;
struct spec {
  enum spec_kind kind;
  bool nullable;
  bool distinct;                                /* ARRAY: `duplicate` at the later element, beside any other fault of it */
  uint32_t max_items;                           /* ARRAY; 0: none. Elements beyond it are not looked at */
  uint32_t max_length;                          /* STRING, in code points; 0: none */
  bool has_minimum, has_maximum;
  int64_t minimum, maximum;                     /* INTEGER */
  const char *const *words;                     /* ENUM, NULL-terminated */
  bool (*pattern)(str s);                       /* STRING; NULL: none */
  const char *pattern_text;                     /* the ECMA-262 regular expression that `pattern` implements */
  const struct spec *items;                     /* ARRAY, MAP */
  const struct spec *const *choices;            /* CHOICE, NULL-terminated */
  const char *format;                           /* STRING: for the schema alone; `pattern` is what refuses */
  const char *component;                        /* what documentation calls it; NULL: written out where it stands */
  const struct spec_member *members;            /* OBJECT, ended by name NULL */
  const char *title, *description;              /* English, for the schema */
};
struct spec_member { const char *name; bool required; const struct spec *spec; };

/* Checks the document against the spec. RESULT_REFUSED when findings were added, in document order. */
MUST_USE result spec_check(struct arena *a, const struct spec *s, const struct json *document, struct findings *f);
/* The spec as a JSON Schema document. */
struct json spec_schema(struct arena *a, const struct spec *s, str id);
/* The spec as a schema within a larger document: specs that have a component are {"$ref": prefix + component} there.
 * `whole`: this one itself is written out, though it has a component. */
struct json spec_schema_within(struct arena *a, const struct spec *s, const char *prefix, bool whole);

#endif
