/* tree: see tree.h. */
#include "tree.h"

struct tree tree__in(struct arena *a) { return (struct tree){ .arena = a }; }

void tree__add(struct tree *t, const char *name, struct json value) {
  if (t->count == t->capacity) {
    size_t capacity = t->capacity ? t->capacity * 2 : 8;
    t->items = arena_grow(t->arena, t->items, t->capacity * sizeof *t->items, capacity * sizeof *t->items);
    t->capacity = capacity;
  }
  t->items[t->count++] = (struct json_member){ str_of(name), value };
}

void tree__str(struct tree *t, const char *name, str value) { tree__add(t, name, json_of_str(value)); }
void tree__text(struct tree *t, const char *name, const char *value) { tree__str(t, name, str_of(value)); }
void tree__int(struct tree *t, const char *name, int64_t value) { tree__add(t, name, json_of_int(t->arena, value)); }
void tree__flag(struct tree *t, const char *name, bool value) { tree__add(t, name, json_of_bool(value)); }

void tree__ref(struct tree *t, const char *name, const char *target) {
  struct tree ref = tree__in(t->arena);
  tree__text(&ref, "$ref", target);
  tree__add(t, name, tree__object(&ref));
}

bool tree__has(const struct tree *t, str name) {
  for (size_t i = 0; i < t->count; i++)
    if (str_eq(t->items[i].name, name)) return true;
  return false;
}

struct json tree__object(const struct tree *t) { return json_of_object(t->items, t->count); }

struct json tree__list(const struct tree *t) {
  struct json *items = ARENA_ARRAY(t->arena, struct json, t->count);
  for (size_t i = 0; i < t->count; i++) items[i] = t->items[i].value;
  return json_of_array(items, t->count);
}
