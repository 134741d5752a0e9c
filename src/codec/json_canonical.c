/* RFC 8785 with whole numbers alone: no white space, names sorted by UTF-16 code units, strings with the
 * fewest escapes (json_write's are those), and refusal of every number whose canonical form needs a double. */
#include <stdlib.h>

#include "messages.h"
#include "place.h"
#include "shienkin/codec/json.h"

#define INTEGER_MOST INT64_C(9007199254740991) /* 2^53 - 1, RFC 7493 §2.2 */

struct canonical {
  struct arena *arena;
  struct findings *findings;
  struct json_writer writer;
  bool refused;
};

static void refuse(struct canonical *c, const struct place *at, enum codec_message message, str argument) {
  FINDING(c->findings, place__pointer(c->arena, at), &codec__messages[message], argument);
  c->refused = true;
}

/* UTF-8 sorts by code point. UTF-16 puts the surrogates of astral characters (lead bytes F0–F4) before U+E000–U+FFFF
 * (lead bytes EE, EF): lifting those two lead bytes above F4 gives its order. */
static int unit_weight(unsigned char c) { return c == 0xEE || c == 0xEF ? c + 0x10 : c; }

static int compare_names(const void *left, const void *right) {
  str a = (*(const struct json_member *const *)left)->name, b = (*(const struct json_member *const *)right)->name;
  size_t n = a.n < b.n ? a.n : b.n;
  for (size_t i = 0; i < n; i++) {
    if (a.p[i] == b.p[i]) continue;
    return unit_weight((unsigned char)a.p[i]) < unit_weight((unsigned char)b.p[i]) ? -1 : 1;
  }
  return (a.n > b.n) - (a.n < b.n);
}

static const struct json_member **sorted_members(struct arena *a, const struct json *object) {
  const struct json_member **sorted = ARENA_ARRAY(a, const struct json_member *, object->count);
  bool in_order = true;
  for (uint32_t i = 0; i < object->count; i++) {
    sorted[i] = &object->as.members[i];
    if (i > 0 && compare_names(&sorted[i - 1], &sorted[i]) >= 0) in_order = false;
  }
  if (!in_order) qsort(sorted, object->count, sizeof *sorted, compare_names);
  return sorted;
}

static void write_number(struct canonical *c, const struct json *j, const struct place *at) {
  if (j->kind == JSON_KIND_DECIMAL)
    refuse(c, at, CANONICAL_FRACTION, json_text(j));
  else if (!j->fits || j->integer > INTEGER_MOST || j->integer < -INTEGER_MOST)
    refuse(c, at, CANONICAL_RANGE, json_text(j));
  else
    json_write_int(&c->writer, j->integer);
}

static void write_value(struct canonical *c, const struct json *j, const struct place *at);

static void write_object(struct canonical *c, const struct json *j, const struct place *at) {
  const struct json_member **sorted = sorted_members(c->arena, j);
  json_write_begin_object(&c->writer);
  for (uint32_t i = 0; i < j->count; i++) {
    struct place member = place_member(at, sorted[i]->name);
    if (i > 0 && str_eq(sorted[i - 1]->name, sorted[i]->name)) refuse(c, &member, CANONICAL_TWICE, member.name);
    json_write_name(&c->writer, member.name);
    write_value(c, &sorted[i]->value, &member);
    c->writer.after_name = false; /* where a number was refused, nothing stands behind the name */
  }
  json_write_end_object(&c->writer);
}

static void write_array(struct canonical *c, const struct json *j, const struct place *at) {
  json_write_begin_array(&c->writer);
  for (uint32_t i = 0; i < j->count; i++) {
    struct place item = place_index(at, i);
    write_value(c, &j->as.items[i], &item);
  }
  json_write_end_array(&c->writer);
}

static void write_value(struct canonical *c, const struct json *j, const struct place *at) {
  switch (j->kind) {
    case JSON_KIND_INTEGER:
    case JSON_KIND_DECIMAL: write_number(c, j, at); break;
    case JSON_KIND_ARRAY: write_array(c, j, at); break;
    case JSON_KIND_OBJECT: write_object(c, j, at); break;
    default: json_write(&c->writer, j); break;
  }
}

result json_canonical(struct arena *a, const struct json *j, struct findings *f, str *out) {
  struct buf bytes = buf_in(a);
  struct canonical c = { a, f, json_writer_to(&bytes), false };
  write_value(&c, j, NULL);
  if (c.refused) return RESULT_REFUSED;
  *out = buf_str(&bytes);
  return RESULT_OK;
}
