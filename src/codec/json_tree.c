/* Finding values in a tree, and building one. */
#include "shienkin/codec/json.h"

const struct json *json_get(const struct json *object, str name) {
  if (!object || object->kind != JSON_KIND_OBJECT) return NULL;
  for (uint32_t i = 0; i < object->count; i++) {
    const struct json_member *member = &object->as.members[i];
    if (str_eq(member->name, name)) return &member->value;
  }
  return NULL;
}

/* RFC 6901 §4: "~1" is "/", "~0" is "~"; a token equals a name code point by code point. */
static bool token_is_name(str token, str name) {
  size_t at = 0;
  for (size_t i = 0; i < token.n; i++, at++) {
    char c = token.p[i];
    if (c == '~') {
      if (++i == token.n || (token.p[i] != '0' && token.p[i] != '1')) return false;
      c = token.p[i] == '0' ? '~' : '/';
    }
    if (at == name.n || name.p[at] != c) return false;
  }
  return at == name.n;
}

/* "0", or digits without a leading zero. */
static const struct json *item_at(const struct json *array, str token) {
  if (token.n == 0 || token.n > 10 || (token.n > 1 && token.p[0] == '0')) return NULL;
  uint64_t index = 0;
  for (size_t i = 0; i < token.n; i++) {
    if (token.p[i] < '0' || token.p[i] > '9') return NULL;
    index = index * 10 + (uint64_t)(token.p[i] - '0');
  }
  return index < array->count ? &array->as.items[index] : NULL;
}

static const struct json *member_at(const struct json *object, str token) {
  for (uint32_t i = 0; i < object->count; i++)
    if (token_is_name(token, object->as.members[i].name)) return &object->as.members[i].value;
  return NULL;
}

const struct json *json_at(const struct json *document, str pointer) {
  const struct json *at = document;
  while (at && pointer.n > 0) {
    if (pointer.p[0] != '/') return NULL;
    size_t end = 1;
    while (end < pointer.n && pointer.p[end] != '/') end++;
    str token = str_slice(pointer, 1, end);
    pointer = str_slice(pointer, end, pointer.n);
    if (at->kind == JSON_KIND_OBJECT)
      at = member_at(at, token);
    else if (at->kind == JSON_KIND_ARRAY)
      at = item_at(at, token);
    else
      return NULL;
  }
  return at;
}

struct json json_of_null(void) {
  return (struct json){ .kind = JSON_KIND_NULL };
}

struct json json_of_bool(bool b) {
  return (struct json){ .kind = b ? JSON_KIND_TRUE : JSON_KIND_FALSE };
}

struct json json_of_int(struct arena *a, int64_t i) {
  str text = str_format(a, "%lld", (long long)i);
  return (struct json){ .kind = JSON_KIND_INTEGER, .fits = true, .as.text = { text.p, text.n }, .integer = i };
}

struct json json_of_str(str s) {
  assert(utf8_valid(s, NULL));
  return (struct json){ .kind = JSON_KIND_STRING, .as.text = { s.p, s.n } };
}

struct json json_of_array(const struct json *items, size_t count) {
  assert(count <= UINT32_MAX);
  return (struct json){ .kind = JSON_KIND_ARRAY, .count = (uint32_t)count, .as.items = items };
}

struct json json_of_object(const struct json_member *members, size_t count) {
  assert(count <= UINT32_MAX);
  return (struct json){ .kind = JSON_KIND_OBJECT, .count = (uint32_t)count, .as.members = members };
}
