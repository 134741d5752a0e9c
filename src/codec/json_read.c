/* Reading goes in three steps: a scan that bounds and counts, jansson, and one pass that copies its tree into ours.
 * Jansson works in the arena (json_load). What our tree needs is taken before it, by the scan's counts, so that all that
 * jansson took goes at once when the copying is done. */
#include "shienkin/codec/json.h"

#include "json_fault.h"
#include "json_load.h"
#include "json_mark.h"
#include "json_scan.h"

/* What is left of the memory taken: the copying moves these forward. */
struct pools {
  struct json_member *members, *members_end;
  struct json *items, *items_end;
  char *text, *text_end;
  bool marked; /* the document went through json_mark */
};

static struct pools take_pools(struct arena *a, const struct json_scan *scan, str document) {
  size_t members = scan->colons;
  size_t values = scan->commas + scan->opens;
  size_t items = values > members ? values - members : 0;
  struct pools p = { .marked = scan->marks };
  p.members = ARENA_ARRAY(a, struct json_member, members);
  p.members_end = p.members + members;
  p.items = ARENA_ARRAY(a, struct json, items);
  p.items_end = p.items + items;
  p.text = arena_alloc(a, document.n); /* no text is longer decoded than written */
  p.text_end = p.text + document.n;
  return p;
}

static str copy_text(struct pools *p, const char *text, size_t n) {
  assert(n <= (size_t)(p->text_end - p->text));
  char *out = p->text;
  memcpy(out, text, n);
  p->text += n;
  return (str){ out, n };
}

/* A string of jansson's as it was in the document. */
static str copy_string(struct pools *p, str text) {
  if (!p->marked || json__mark_of(text) == JSON_MARK_NONE) return copy_text(p, text.p, text.n);
  char *out = p->text;
  assert(text.n - 2 <= (size_t)(p->text_end - p->text));
  size_t n = json__unmark(text, out);
  p->text += n;
  return (str){ out, n };
}

/* The only way to write this integer in JSON, so it is the way it was written. */
static str integer_text(struct pools *p, int64_t integer) {
  char digits[20];
  size_t at = sizeof digits;
  uint64_t rest = integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;
  do digits[--at] = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (integer < 0) digits[--at] = '-';
  return copy_text(p, digits + at, sizeof digits - at);
}

static void set_text(struct json *to, str text) {
  to->as.text.p = text.p;
  to->as.text.n = text.n;
}

static void copy_marked_number(struct json *to) {
  str text = json_text(to);
  to->kind = json__number_whole(text) ? JSON_KIND_INTEGER : JSON_KIND_DECIMAL;
  if (to->kind == JSON_KIND_INTEGER) to->fits = str_to_int64(text, &to->integer);
}

static void copy_value(struct pools *p, json_t *from, struct json *to);

static void copy_array(struct pools *p, json_t *from, struct json *to) {
  size_t count = json_array_size(from);
  assert(count <= (size_t)(p->items_end - p->items));
  struct json *items = p->items;
  p->items += count;
  for (size_t i = 0; i < count; i++) copy_value(p, json_array_get(from, i), &items[i]);
  to->count = (uint32_t)count;
  to->as.items = items;
}

static void copy_object(struct pools *p, json_t *from, struct json *to) {
  size_t count = json_object_size(from);
  assert(count <= (size_t)(p->members_end - p->members));
  struct json_member *members = p->members, *member = members;
  p->members += count;
  for (void *at = json_object_iter(from); at; at = json_object_iter_next(from, at), member++) {
    member->name = copy_string(p, (str){ json_object_iter_key(at), json_object_iter_key_len(at) });
    copy_value(p, json_object_iter_value(at), &member->value);
  }
  to->count = (uint32_t)count;
  to->as.members = members;
}

/* Recursion is bounded by the depth that the scan has checked. */
static void copy_value(struct pools *p, json_t *from, struct json *to) {
  *to = (struct json){ 0 };
  switch (json_typeof(from)) {
    case JSON_NULL: to->kind = JSON_KIND_NULL; break;
    case JSON_FALSE: to->kind = JSON_KIND_FALSE; break;
    case JSON_TRUE: to->kind = JSON_KIND_TRUE; break;
    case JSON_INTEGER:
      to->kind = JSON_KIND_INTEGER;
      to->fits = true;
      to->integer = json_integer_value(from);
      set_text(to, integer_text(p, to->integer));
      break;
    case JSON_STRING: {
      str text = { json_string_value(from), json_string_length(from) };
      to->kind = JSON_KIND_STRING;
      set_text(to, copy_string(p, text));
      if (p->marked && json__mark_of(text) == JSON_MARK_NUMBER) copy_marked_number(to);
      break;
    }
    case JSON_ARRAY:
      to->kind = JSON_KIND_ARRAY;
      copy_array(p, from, to);
      break;
    case JSON_OBJECT:
      to->kind = JSON_KIND_OBJECT;
      copy_object(p, from, to);
      break;
    case JSON_REAL: assert(false); break; /* marked before jansson sees it */
  }
}

result json_read(struct arena *a, str document, struct json_limits limits, struct findings *f, struct json *out) {
  const size_t bytes = limits.bytes ? limits.bytes : (size_t)1 << 20;
  const unsigned depth = limits.depth ? limits.depth : 32;
  assert(depth <= 512);
  if (document.n > bytes) return json__refuse_large(f, bytes, document.n);
  struct json_scan scan;
  if (!json__scan(document, depth, &scan)) return json__refuse_deep(f, document, scan.deep_at, depth);

  struct pools pools = take_pools(a, &scan, document);
  struct arena_mark scratch = arena_mark(a);
  str text = document;
  if (scan.marks) {
    struct buf marked = buf_in(a);
    json__mark(document, &marked, SIZE_MAX);
    text = buf_str(&marked);
  }
  json_error_t error;
  json_t *tree = NULL;
  TRY(json__load(a, text, &tree, &error));
  if (tree) copy_value(&pools, tree, out);
  arena_release(a, scratch);
  return tree ? RESULT_OK : json__refuse_parse(f, document, scan.marks, &error);
}
