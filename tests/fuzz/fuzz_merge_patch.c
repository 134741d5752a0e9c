/* JSON Merge Patch from outside: the input is [target, patch]. Whatever they are: the result is what RFC 7396 §2 says of
 * every member, merging the same patch once more changes nothing, and both stay as they were. */
#include <stdint.h>

#include "shienkin/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct input {
  struct arena *arena;
  str bytes;
};

/* §2, read the other way round: from the result back to what each of its members must be. */
static void check_merged(const struct json *target, const struct json *patch, const struct json *got) {
  if (patch->kind != JSON_KIND_OBJECT) {
    assert(json_same(got, patch));
    return;
  }
  assert(got->kind == JSON_KIND_OBJECT);
  bool merges = target && target->kind == JSON_KIND_OBJECT;
  for (uint32_t i = 0; merges && i < target->count; i++) {
    const struct json_member *member = &target->as.members[i];
    if (json_get(patch, member->name)) continue;
    const struct json *kept = json_get(got, member->name);
    assert(kept && json_same(kept, &member->value));
  }
  for (uint32_t i = 0; i < patch->count; i++) {
    const struct json_member *member = &patch->as.members[i];
    const struct json *made = json_get(got, member->name);
    assert((made != NULL) == (member->value.kind != JSON_KIND_NULL));
    if (made) check_merged(merges ? json_get(target, member->name) : NULL, &member->value, made);
  }
  for (uint32_t i = 0; i < got->count; i++) {
    str name = got->as.members[i].name;
    assert(json_get(patch, name) || (merges && json_get(target, name)));
  }
}

static void try_input(void *context) {
  struct input *input = context;
  struct arena *a = input->arena;
  struct findings f = findings_in(a);
  struct json pair;
  if (json_read(a, input->bytes, (struct json_limits){ 0 }, &f, &pair) != RESULT_OK) return;
  if (pair.kind != JSON_KIND_ARRAY || pair.count != 2) return;
  const struct json *target = &pair.as.items[0], *patch = &pair.as.items[1];
  str before = json_dump(a, &pair);
  struct json once = json_merge_patch(a, target, patch);
  check_merged(target, patch, &once);
  struct json twice = json_merge_patch(a, &once, patch);
  assert(json_same(&once, &twice));
  assert(str_eq(before, json_dump(a, &pair)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  struct arena *a = arena_new((size_t)64 << 20);
  if (!a) return 0;
  struct input input = { a, { (const char *)bytes, n } };
  result r = arena_run(a, try_input, &input);
  assert(r == RESULT_OK || r == RESULT_LIMIT || r == RESULT_NO_MEMORY);
  arena_free(a);
  return 0;
}
