/* tree: a JSON document built member by member, for the documentation. */
#ifndef SHIENKIN_API_TREE_H
#define SHIENKIN_API_TREE_H

#include "shienkin/codec.h"

/* An object or a list that is still growing; finished by tree_object() or tree_list(). */
struct tree {
  struct arena *arena;
  struct json_member *items;
  size_t count, capacity;
};
struct tree tree__in(struct arena *a);
void tree__add(struct tree *t, const char *name, struct json value); /* name NULL: an element of a list */
void tree__text(struct tree *t, const char *name, const char *value);
void tree__str(struct tree *t, const char *name, str value);
void tree__int(struct tree *t, const char *name, int64_t value);
void tree__flag(struct tree *t, const char *name, bool value);
void tree__ref(struct tree *t, const char *name, const char *target); /* {"$ref": target} */
bool tree__has(const struct tree *t, str name);
struct json tree__object(const struct tree *t);
struct json tree__list(const struct tree *t);

#endif
