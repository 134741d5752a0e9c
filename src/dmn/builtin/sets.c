/* sets: a hash set of values, so that removing duplicates from a long list takes time in proportion to its length. Also
 * the merge sort, which asks a function for the order and therefore must not trust it to be one. */
#include "builtin/functions.h"
#include "value/compare.h"

/* ---- sets: open addressing, at most half full */
struct value_set value_set_new(struct dmn_eval *e, uint32_t expected) {
  struct value_set s = { .e = e, .slot_count = 16 };
  while (s.slot_count / 2 < expected) s.slot_count *= 2;
  s.slots = ARENA_ARRAY(e->arena, dmn_value, s.slot_count);
  s.used = arena_zalloc(e->arena, s.slot_count * sizeof *s.used);
  return s;
}

static bool place(struct value_set *s, dmn_value v) {
  uint32_t mask = s->slot_count - 1, at = (uint32_t)dmn_hash(v) & mask;
  for (; s->used[at]; at = (at + 1) & mask) {
    dmn_step(s->e);
    if (dmn__alike(s->e, s->slots[at], v)) return false;
  }
  s->slots[at] = v;
  s->used[at] = true;
  s->count++;
  return true;
}

bool value_set_add(struct value_set *s, dmn_value v) {
  if (s->count >= s->slot_count / 2) {
    struct value_set larger = value_set_new(s->e, s->slot_count);
    for (uint32_t i = 0; i < s->slot_count; i++)
      if (s->used[i]) place(&larger, s->slots[i]);
    *s = larger;
  }
  dmn_step(s->e);
  return place(s, v);
}

/* ---- sorting: bottom up, runs of 1, 2, 4, … merged from one array into another. */
static bool merge(struct dmn_eval *e, const dmn_value *from, dmn_value *to, uint32_t low, uint32_t middle,
                  uint32_t high, builtin_precedes precedes, void *context) {
  uint32_t left = low, right = middle;
  for (uint32_t i = low; i < high; i++) {
    bool go_on = true, take_right = right < high;
    dmn_step(e);
    if (take_right && left < middle) take_right = precedes(e, context, from[right], from[left], &go_on);
    if (!go_on) return false;
    to[i] = take_right ? from[right++] : from[left++];
  }
  return true;
}

bool builtin__sort_items(struct dmn_eval *e, dmn_value *items, uint32_t count, builtin_precedes precedes,
                         void *context) {
  dmn_value *from = items, *to = ARENA_ARRAY(e->arena, dmn_value, count);
  for (uint64_t run = 1; run < count; run *= 2) {
    for (uint64_t low = 0; low < count; low += 2 * run) {
      uint32_t middle = (uint32_t)(low + run < count ? low + run : count);
      uint32_t high = (uint32_t)(low + 2 * run < count ? low + 2 * run : count);
      if (!merge(e, from, to, (uint32_t)low, middle, high, precedes, context)) return false;
    }
    dmn_value *swap = from;
    from = to;
    to = swap;
  }
  if (from != items && count > 0) memcpy(items, from, count * sizeof *items);
  return true;
}
