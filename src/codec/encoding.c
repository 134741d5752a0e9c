/* Each encoding has byte patterns that the others lack: a byte-order mark, NULs beside ASCII, escape sequences, or pairs
 * whose first and second byte lie in its own ranges. The one that fits the whole text wins; a text that is valid UTF-8
 * is never called anything else but ISO-2022-JP, whose escapes are ASCII, or UTF-16 and UTF-32, whose NULs are. */
#include "encoding.h"

static bool within(unsigned char c, unsigned char least, unsigned char most) { return c >= least && c <= most; }

/* JSON and XML begin with an ASCII character: where the NULs stand tells the width (RFC 4627 §3). */
static const char *guess_wide(str s) {
  const unsigned char *p = (const unsigned char *)s.p;
  if (s.n >= 4 && ((p[0] == 0xFF && p[1] == 0xFE && p[2] == 0 && p[3] == 0) || (p[0] == 0 && p[1] == 0 && p[2] != 0x00) ||
                   (p[0] == 0 && p[1] == 0 && p[2] == 0 && p[3] != 0) || (p[0] != 0 && p[1] == 0 && p[2] == 0 && p[3] == 0)))
    return "UTF-32";
  if (s.n >= 2 && ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF) || (p[0] == 0) != (p[1] == 0)))
    return "UTF-16";
  return NULL;
}

static bool fits_euc_jp(str s) {
  const unsigned char *p = (const unsigned char *)s.p;
  for (size_t i = 0; i < s.n; i++) {
    if (p[i] < 0x80) continue;
    size_t width = p[i] == 0x8F ? 3 : 2;
    unsigned char least = p[i] == 0x8E ? 0xA1 : 0xA1, most = p[i] == 0x8E ? 0xDF : 0xFE;
    if (!within(p[i], 0xA1, 0xFE) && p[i] != 0x8E && p[i] != 0x8F) return false;
    if (i + width > s.n) return false;
    for (size_t k = 1; k < width; k++)
      if (!within(p[i + k], least, most)) return false;
    i += width - 1;
  }
  return true;
}

static bool fits_shift_jis(str s) {
  const unsigned char *p = (const unsigned char *)s.p;
  for (size_t i = 0; i < s.n; i++) {
    if (p[i] < 0x80 || within(p[i], 0xA1, 0xDF)) continue;
    if (!within(p[i], 0x81, 0x9F) && !within(p[i], 0xE0, 0xFC)) return false;
    if (++i == s.n || !within(p[i], 0x40, 0xFC) || p[i] == 0x7F) return false;
  }
  return true;
}

const char *encoding__guess(str bytes) {
  const char *wide = guess_wide(bytes);
  if (wide) return wide;
  if (str_find(bytes, STR("\x1B$B")) >= 0 || str_find(bytes, STR("\x1B$@")) >= 0) return "ISO-2022-JP";
  if (utf8_valid(bytes, NULL)) return NULL;
  if (fits_euc_jp(bytes)) return "EUC-JP";
  if (fits_shift_jis(bytes)) return "Shift_JIS";
  return NULL;
}
