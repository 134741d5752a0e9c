/* json: RFC 8259 read strictly (P29 `malformed`): UTF-8 without a byte-order mark, no duplicate keys, no unpaired
 * surrogates, no NaN or infinity, at most 32 deep and 1 MiB unless told otherwise; nothing behind the value.
 * Values are immutable, live in the arena they were read into, keep the order of members and the text of numbers:
 * jansson reads the document; numbers it cannot hold exactly (a point, an exponent, beyond int64) reach the tree as they
 * were written. */
#ifndef SHIENKIN_CODEC_JSON_H
#define SHIENKIN_CODEC_JSON_H

#include "shienkin/base.h"

enum json_kind { JSON_KIND_NULL, JSON_KIND_FALSE, JSON_KIND_TRUE, JSON_KIND_INTEGER, JSON_KIND_DECIMAL, JSON_KIND_STRING,
                 JSON_KIND_ARRAY, JSON_KIND_OBJECT };

struct json_member;
/* INTEGER is a number written without point or exponent and without leading minus zero ("-0" is DECIMAL);
 * `integer` holds it where it fits int64 (fits = true). `text` is the number as written, or the string's bytes. */
struct json {
  enum json_kind kind;
  bool fits;
  uint32_t count;                               /* of ARRAY items or OBJECT members */
  union {
    struct { const char *p; size_t n; } text;   /* STRING, INTEGER, DECIMAL */
    const struct json *items;                   /* ARRAY */
    const struct json_member *members;          /* OBJECT, in the order of the document */
  } as;
  int64_t integer;
};
struct json_member { str name; struct json value; };

struct json_limits { size_t bytes; unsigned depth; };           /* zeros: 1 MiB, 32; depth at most 512, asserted */

/* RESULT_REFUSED with one finding, pointer "", code `malformed`, that says what is wrong and at which line and column,
 * and tells Shift_JIS, EUC-JP, ISO-2022-JP and UTF-16 by name. RESULT_LIMIT and RESULT_NO_MEMORY when the arena was
 * exhausted while the document was parsed. Everything in *out is a copy in the arena; `bytes` may go. */
MUST_USE result json_read(struct arena *a, str bytes, struct json_limits limits, struct findings *f, struct json *out);

static inline str json_text(const struct json *j) { return (str){ j->as.text.p, j->as.text.n }; }
const struct json *json_get(const struct json *object, str name);         /* NULL: absent, or not an object */
const struct json *json_at(const struct json *document, str pointer);     /* RFC 6901; NULL: nothing there */

/* JSON Schema's equality: numbers by value (1, 1.0 and 1e0 are one), objects whatever the order of their members. */
bool json_same(const struct json *a, const struct json *b);

/* Building, in an arena. (json_object, json_array and their like are jansson's names.) */
struct json json_of_null(void);
struct json json_of_bool(bool b);
struct json json_of_int(struct arena *a, int64_t i);
struct json json_of_str(str s);                                    /* valid UTF-8, asserted; borrowed */
struct json json_of_array(const struct json *items, size_t count);
struct json json_of_object(const struct json_member *members, size_t count);

/* RFC 7396: the target with the patch merged in, in the arena; both stay as they are. */
struct json json_merge_patch(struct arena *a, const struct json *target, const struct json *patch);

/* Writing without a tree, straight into a buffer: compact, UTF-8 as it is, the escapes of RFC 8785 §3.2.2.2. Commas are
 * its own business; misuse and more than 63 levels are asserted. */
struct json_writer { struct buf *out; uint32_t depth; uint8_t need_comma[64]; bool after_name; };
struct json_writer json_writer_to(struct buf *out);
void json_write_begin_object(struct json_writer *w);
void json_write_end_object(struct json_writer *w);
void json_write_begin_array(struct json_writer *w);
void json_write_end_array(struct json_writer *w);
void json_write_name(struct json_writer *w, str name);
void json_write_str(struct json_writer *w, str s);
void json_write_int(struct json_writer *w, int64_t i);
void json_write_bool(struct json_writer *w, bool b);
void json_write_null(struct json_writer *w);
void json_write_raw(struct json_writer *w, str json);           /* one finished value */
void json_write(struct json_writer *w, const struct json *j);   /* members in their order, numbers as written */
str json_dump(struct arena *a, const struct json *j);           /* compact */
str json_dump_indented(struct arena *a, const struct json *j);

/* Bare parse and dump by the library behind this door, nothing of ours between: the floor that benches stand on.
 * Gives the bytes dumped; 0 when the library refuses the text. */
size_t json_library_round_trip(str bytes);

/* RFC 8785 for integers only: |n| <= 2^53 - 1, no point, no exponent, no -0; keys by UTF-16 code units.
 * RESULT_REFUSED with findings (pointer, code `canonical`) for what it may not hold. */
MUST_USE result json_canonical(struct arena *a, const struct json *j, struct findings *f, str *out);

#endif
