/* What a text is written in, text tells; what is added here is known of documents alone: they begin with an ASCII
 * character, so NULs beside it tell UTF-16 and UTF-32 without a byte-order mark, and they hold no escape characters,
 * so those of ISO-2022-JP tell it. */
#include "encoding.h"

#include "shienkin/text.h"

/* JSON and XML begin with an ASCII character: where the NULs stand tells the width (RFC 4627 §3). */
static const char *guess_wide(str s) {
  const unsigned char *p = (const unsigned char *)s.p;
  if (s.n >= 4 &&
      ((p[0] == 0xFF && p[1] == 0xFE && p[2] == 0 && p[3] == 0) || (p[0] == 0 && p[1] == 0 && p[2] != 0x00) ||
       (p[0] == 0 && p[1] == 0 && p[2] == 0 && p[3] != 0) || (p[0] != 0 && p[1] == 0 && p[2] == 0 && p[3] == 0)))
    return "UTF-32";
  if (s.n >= 2 && ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF) || (p[0] == 0) != (p[1] == 0)))
    return "UTF-16";
  return NULL;
}

const char *encoding__guess(str bytes) {
  const char *wide = guess_wide(bytes);
  if (wide) return wide;
  if (str_find(bytes, STR("\x1B$B")) >= 0 || str_find(bytes, STR("\x1B$@")) >= 0) return "ISO-2022-JP";
  switch (text_guess(bytes)) {
    case TEXT_CP932: return "Shift_JIS"; /* the name that people know it by */
    case TEXT_EUC_JP: return "EUC-JP";
    default: return NULL;
  }
}
