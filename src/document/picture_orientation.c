/* picture_orientation: which way up a photograph is: the tag Orientation (CIPA DC-008, Exif 2.32, 4.6.4 A) in the first directory
 * of TIFF 6.0 (section 2) within the segment APP1 of JPEG (ITU-T T.81, B.1). Whatever does not read as such says nothing. */
#include "picture.h"

enum { MARKER = 0xFF, START_OF_SCAN = 0xDA, APP1 = 0xE1, ORIENTATION = 0x0112, ENTRY_BYTES = 12, ENTRIES_MOST = 100 };

struct tiff { str bytes; bool little; };

static unsigned number(str s, size_t at, size_t bytes, bool little) {
  unsigned n = 0;
  if (at > s.n || bytes > s.n - at) return 0;
  for (size_t i = 0; i < bytes; i++) n = n << 8 | (unsigned char)s.p[at + (little ? bytes - 1 - i : i)];
  return n;
}

static unsigned in_directory(struct tiff t) {
  size_t at = number(t.bytes, 4, 4, t.little);
  unsigned entries = number(t.bytes, at, 2, t.little);
  for (unsigned i = 0; i < entries && i < ENTRIES_MOST; i++) {
    size_t entry = at + 2 + (size_t)i * ENTRY_BYTES;
    if (number(t.bytes, entry, 2, t.little) == ORIENTATION) return number(t.bytes, entry + 8, 2, t.little);
  }
  return 1;
}

static unsigned in_segment(str segment) {
  static const str name = STR_INIT("Exif\0\0");
  if (!str_starts(segment, name)) return 1;
  str bytes = str_slice(segment, name.n, segment.n);
  unsigned found = in_directory((struct tiff){ bytes, str_starts(bytes, STR("II")) });
  return found >= 1 && found <= 8 ? found : 1;
}

unsigned picture__orientation(str jpeg) {
  size_t at = 2;
  while (at + 4 <= jpeg.n && number(jpeg, at, 1, false) == MARKER && number(jpeg, at + 1, 1, false) != START_OF_SCAN) {
    size_t length = number(jpeg, at + 2, 2, false);
    if (length < 2 || length > jpeg.n - at - 2) return 1;
    if (number(jpeg, at + 1, 1, false) == APP1) return in_segment(str_slice(jpeg, at + 4, at + 2 + length));
    at += 2 + length;
  }
  return 1;
}
