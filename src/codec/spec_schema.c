/* The spec as JSON Schema 2020-12. The order of keywords is the one people read in: what it is called, what type, then
 * the bounds. What `spec_check` refuses with a code of ours is what the schema refuses, with two limits: a schema cannot
 * tell 1.0 from 1, and `format` is only checked by validators that are asked to. */
#include "shienkin/codec/spec.h"

#define KEYWORDS_MOST 16

struct schema {
  struct json_member members[KEYWORDS_MOST];
  size_t count;
};

static void keyword(struct schema *out, const char *name, struct json value) {
  assert(out->count < KEYWORDS_MOST);
  out->members[out->count++] = (struct json_member){ str_of(name), value };
}

static struct json text(const char *s) { return json_of_str(str_of(s)); }

static struct json finish(struct arena *a, const struct schema *schema) {
  struct json_member *members = ARENA_ARRAY(a, struct json_member, schema->count);
  memcpy(members, schema->members, schema->count * sizeof *members);
  return json_of_object(members, schema->count);
}

static void add_type(struct arena *a, struct schema *out, const char *type, bool nullable) {
  if (!nullable) {
    keyword(out, "type", text(type));
    return;
  }
  struct json *types = ARENA_ARRAY(a, struct json, 2);
  types[0] = text(type);
  types[1] = text("null");
  keyword(out, "type", json_of_array(types, 2));
}

static struct json words_schema(struct arena *a, const char *const *words, bool nullable) {
  size_t count = 0;
  while (words[count]) count++;
  struct json *items = ARENA_ARRAY(a, struct json, count + 1);
  for (size_t i = 0; i < count; i++) items[i] = text(words[i]);
  items[count] = json_of_null();
  return json_of_array(items, count + nullable);
}

static struct json schema_of(struct arena *a, const struct spec *s, struct schema out);

static void add_members(struct arena *a, struct schema *out, const struct spec_member *members) {
  size_t count = 0, required = 0;
  while (members[count].name) count++;
  struct json *names = ARENA_ARRAY(a, struct json, count);
  struct json_member *properties = ARENA_ARRAY(a, struct json_member, count);
  for (size_t i = 0; i < count; i++) {
    if (members[i].required) names[required++] = text(members[i].name);
    properties[i].name = str_of(members[i].name);
    properties[i].value = schema_of(a, members[i].spec, (struct schema){ .count = 0 });
  }
  keyword(out, "additionalProperties", json_of_bool(false));
  if (required > 0) keyword(out, "required", json_of_array(names, required));
  keyword(out, "properties", json_of_object(properties, count));
}

static void add_items(struct arena *a, struct schema *out, const struct spec *s) {
  if (s->max_items > 0) keyword(out, "maxItems", json_of_int(a, s->max_items));
  if (s->distinct) keyword(out, "uniqueItems", json_of_bool(true));
  keyword(out, "items", schema_of(a, s->items, (struct schema){ .count = 0 }));
}

static const char *const type_names[] = {
  [SPEC_OBJECT] = "object", [SPEC_ARRAY] = "array",  [SPEC_STRING] = "string",   [SPEC_ENUM] = "string",
  [SPEC_DATE] = "string",   [SPEC_BOOL] = "boolean", [SPEC_INTEGER] = "integer",
};

/* `out` holds what stands before: $schema and $id at the root. */
static struct json schema_of(struct arena *a, const struct spec *s, struct schema out) {
  if (s->title) keyword(&out, "title", text(s->title));
  if (s->description) keyword(&out, "description", text(s->description));
  if (s->kind == SPEC_ENUM)
    keyword(&out, "enum", words_schema(a, s->words, s->nullable));
  else
    add_type(a, &out, type_names[s->kind], s->nullable);
  if (s->kind == SPEC_DATE) keyword(&out, "format", text("date"));
  if (s->max_length > 0) keyword(&out, "maxLength", json_of_int(a, s->max_length));
  if (s->pattern) keyword(&out, "pattern", text(s->pattern_text));
  if (s->has_minimum) keyword(&out, "minimum", json_of_int(a, s->minimum));
  if (s->has_maximum) keyword(&out, "maximum", json_of_int(a, s->maximum));
  if (s->kind == SPEC_ARRAY) add_items(a, &out, s);
  if (s->kind == SPEC_OBJECT) add_members(a, &out, s->members);
  return finish(a, &out);
}

struct json spec_schema(struct arena *a, const struct spec *s, str id) {
  struct schema root = { .count = 0 };
  keyword(&root, "$schema", text("https://json-schema.org/draft/2020-12/schema"));
  keyword(&root, "$id", json_of_str(id));
  return schema_of(a, s, root);
}
