/* place: where a walk through a document stands, as a chain on the stack. The pointer is written only when there is
 * something to say about the place, which for most documents is never. */
#ifndef CODEC_PLACE_H
#define CODEC_PLACE_H

#include "shienkin/base.h"

struct place {
  const struct place *up;
  bool is_index;
  str name;
  size_t index;
}; /* NULL: the whole document */

static inline struct place place_member(const struct place *up, str name) {
  return (struct place){ up, false, name, 0 };
}
static inline struct place place_index(const struct place *up, size_t index) {
  return (struct place){ up, true, STR_NONE, index };
}

/* RFC 6901, in the arena. */
str place__pointer(struct arena *a, const struct place *at);

#endif
