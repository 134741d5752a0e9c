/* The spec as JSON Schema 2020-12. The order of keywords is the one people read in: what it is called, what type, then
 * the bounds. What `spec_check` refuses with a code of ours is what the schema refuses, with two limits: a schema cannot
 * tell 1.0 from 1, and `format` is only checked by validators that are asked to. */
#include "shienkin/codec/spec.h"

#define KEYWORDS_MOST 16

/* How specs that have a component are written. */
struct writing {
  struct arena *arena;
  const char *prefix; /* NULL: written out, all of them */
};

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

static struct json schema_of(const struct writing *w, const struct spec *s, struct schema out);

static struct json child(const struct writing *w, const struct spec *s) {
  struct schema out = { .count = 0 };
  if (!w->prefix || !s->component) return schema_of(w, s, out);
  keyword(&out, "$ref", json_of_str(str_format(w->arena, "%s%s", w->prefix, s->component)));
  return finish(w->arena, &out);
}

static void add_members(const struct writing *w, struct schema *out, const struct spec_member *members) {
  struct arena *a = w->arena;
  size_t count = 0, required = 0;
  while (members[count].name) count++;
  struct json *names = ARENA_ARRAY(a, struct json, count);
  struct json_member *properties = ARENA_ARRAY(a, struct json_member, count);
  for (size_t i = 0; i < count; i++) {
    if (members[i].required) names[required++] = text(members[i].name);
    properties[i].name = str_of(members[i].name);
    properties[i].value = child(w, members[i].spec);
  }
  keyword(out, "additionalProperties", json_of_bool(false));
  if (required > 0) keyword(out, "required", json_of_array(names, required));
  keyword(out, "properties", json_of_object(properties, count));
}

static void add_items(const struct writing *w, struct schema *out, const struct spec *s) {
  struct arena *a = w->arena;
  if (s->max_items > 0) keyword(out, "maxItems", json_of_int(a, s->max_items));
  if (s->distinct) keyword(out, "uniqueItems", json_of_bool(true));
  keyword(out, "items", child(w, s->items));
}

static struct json null_schema(struct arena *a) {
  struct schema out = { .count = 0 };
  add_type(a, &out, "null", false);
  return finish(a, &out);
}

static void add_choices(const struct writing *w, struct schema *out, const struct spec *s) {
  size_t count = 0;
  while (s->choices[count]) count++;
  struct json *choices = ARENA_ARRAY(w->arena, struct json, count + 1);
  for (size_t i = 0; i < count; i++) choices[i] = child(w, s->choices[i]);
  if (s->nullable) choices[count++] = null_schema(w->arena);
  keyword(out, "anyOf", json_of_array(choices, count));
}

static const char *const type_names[] = {
  [SPEC_OBJECT] = "object", [SPEC_ARRAY] = "array",  [SPEC_STRING] = "string",   [SPEC_ENUM] = "string",
  [SPEC_DATE] = "string",   [SPEC_BOOL] = "boolean", [SPEC_INTEGER] = "integer",
  [SPEC_MAP] = "object",
};

static void add_kind(const struct writing *w, struct schema *out, const struct spec *s) {
  switch (s->kind) {
    case SPEC_ANY: break;
    case SPEC_CHOICE: add_choices(w, out, s); break;
    case SPEC_ENUM: keyword(out, "enum", words_schema(w->arena, s->words, s->nullable)); break;
    default: add_type(w->arena, out, type_names[s->kind], s->nullable);
  }
}

/* `out` holds what stands before: $schema and $id at the root. */
static struct json schema_of(const struct writing *w, const struct spec *s, struct schema out) {
  struct arena *a = w->arena;
  if (s->title) keyword(&out, "title", text(s->title));
  if (s->description) keyword(&out, "description", text(s->description));
  add_kind(w, &out, s);
  if (s->kind == SPEC_DATE || s->format) keyword(&out, "format", text(s->format ? s->format : "date"));
  if (s->max_length > 0) keyword(&out, "maxLength", json_of_int(a, s->max_length));
  if (s->pattern) keyword(&out, "pattern", text(s->pattern_text));
  if (s->has_minimum) keyword(&out, "minimum", json_of_int(a, s->minimum));
  if (s->has_maximum) keyword(&out, "maximum", json_of_int(a, s->maximum));
  if (s->kind == SPEC_ARRAY) add_items(w, &out, s);
  if (s->kind == SPEC_OBJECT) add_members(w, &out, s->members);
  if (s->kind == SPEC_MAP) keyword(&out, "additionalProperties", child(w, s->items));
  return finish(a, &out);
}

struct json spec_schema(struct arena *a, const struct spec *s, str id) {
  struct writing w = { a, NULL };
  struct schema root = { .count = 0 };
  keyword(&root, "$schema", text("https://json-schema.org/draft/2020-12/schema"));
  keyword(&root, "$id", json_of_str(id));
  return schema_of(&w, s, root);
}

struct json spec_schema_within(struct arena *a, const struct spec *s, const char *prefix, bool whole) {
  struct writing w = { a, prefix };
  return whole ? schema_of(&w, s, (struct schema){ .count = 0 }) : child(&w, s);
}
