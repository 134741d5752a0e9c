/* page_document: objects and lists that grow in the arena until they are a document. */
#include "page.h"

struct page_object page_object(struct arena *a) { return (struct page_object){ .arena = a }; }

void page_set(struct page_object *o, const char *name, struct json value) {
  for (size_t i = 0; i < o->count; i++) {
    if (!str_eq(o->members[i].name, str_of(name))) continue;
    o->members[i].value = value;
    return;
  }
  if (o->count == o->capacity) {
    size_t more = o->capacity ? o->capacity * 2 : 8;
    o->members = arena_grow(o->arena, o->members, o->capacity * sizeof *o->members, more * sizeof *o->members);
    o->capacity = more;
  }
  o->members[o->count++] = (struct json_member){ str_of(name), value };
}

void page_set_str(struct page_object *o, const char *name, str value) {
  page_set(o, name, value.n ? json_of_str(value) : json_of_bool(false));
}

void page_set_int(struct page_object *o, const char *name, int64_t value) { page_set(o, name, json_of_int(o->arena, value)); }
void page_set_bool(struct page_object *o, const char *name, bool value) { page_set(o, name, json_of_bool(value)); }
struct json page_json(const struct page_object *o) { return json_of_object(o->members, o->count); }

struct page_list page_list(struct arena *a) { return (struct page_list){ .arena = a }; }

void page_push(struct page_list *l, struct json value) {
  if (l->count == l->capacity) {
    size_t more = l->capacity ? l->capacity * 2 : 8;
    l->items = arena_grow(l->arena, l->items, l->capacity * sizeof *l->items, more * sizeof *l->items);
    l->capacity = more;
  }
  l->items[l->count++] = value;
}

struct json page_items(const struct page_list *l) { return json_of_array(l->items, l->count); }
