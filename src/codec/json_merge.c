/* json_merge: JSON Merge Patch (RFC 7396). */
#include "shienkin/codec/json.h"

static struct json merged(struct arena *a, const struct json *target, const struct json *patch);

/* Members of the target that the patch does not name, then those the patch gives. */
static struct json merged_objects(struct arena *a, const struct json *target, const struct json *patch) {
  uint32_t kept = target && target->kind == JSON_KIND_OBJECT ? target->count : 0, count = 0;
  struct json_member *members = ARENA_ARRAY(a, struct json_member, (size_t)kept + patch->count);
  for (uint32_t i = 0; i < kept; i++) {
    const struct json_member *member = &target->as.members[i];
    const struct json *change = json_get(patch, member->name);
    if (!change)
      members[count++] = *member;
    else if (change->kind != JSON_KIND_NULL)
      members[count++] = (struct json_member){ member->name, merged(a, &member->value, change) };
  }
  for (uint32_t i = 0; i < patch->count; i++) {
    const struct json_member *member = &patch->as.members[i];
    bool known = kept && json_get(target, member->name);
    if (!known && member->value.kind != JSON_KIND_NULL)
      members[count++] = (struct json_member){ member->name, merged(a, NULL, &member->value) };
  }
  return json_of_object(members, count);
}

static struct json merged(struct arena *a, const struct json *target, const struct json *patch) {
  return patch->kind == JSON_KIND_OBJECT ? merged_objects(a, target, patch) : *patch;
}

struct json json_merge_patch(struct arena *a, const struct json *target, const struct json *patch) {
  return merged(a, target, patch);
}
