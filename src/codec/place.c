/* Chains are as long as a document is deep, so recursion is bounded by what the reader let in. */
#include "place.h"

str place__pointer(struct arena *a, const struct place *at) {
  if (!at) return STR("");
  str up = place__pointer(a, at->up);
  return at->is_index ? pointer_index(a, up, at->index) : pointer_member(a, up, at->name);
}
