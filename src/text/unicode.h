/* unicode: the bridge between our UTF-8 and ICU's UTF-16. Private to the room. */
#ifndef SHIENKIN_TEXT_UNICODE_H
#define SHIENKIN_TEXT_UNICODE_H

#include <unicode/utypes.h>

#include "shienkin/text.h"

struct utf16 {
  UChar *p;
  int32_t n;
};

/* Texts beyond this leave the arena's guard with RESULT_LIMIT, so that ICU's 32-bit lengths always suffice. */
enum { TEXT_MOST_BYTES = 256 << 20 };

struct utf16 text__to_utf16(struct arena *a, str s);   /* s is valid UTF-8, asserted */
str text__from_utf16(struct arena *a, struct utf16 s); /* s has no unpaired surrogate, asserted */
bool text__is_ascii(str s);

/* Rewrites s one code point at a time. `rule` gives what stands for c: any number of code points up to 2, in out. */
typedef size_t text__rule(uint32_t c, uint32_t out[2]);
str text__map(struct arena *a, str s, text__rule *rule);
void text__put(struct buf *b, uint32_t code_point);

#endif
