/* picture_encode: points of colour as a JPEG. They came out of a program that may have been turned against us, so they are taken
 * for what they are: two numbers that must fit their bytes, and bytes of which each is as good as any other. */
#include <turbojpeg.h>

#include "picture.h"

enum { QUALITY = 84 };

static uint32_t number_at(str s, size_t at) {
  uint32_t n = 0;
  for (size_t i = at; i < at + 4; i++) n = n << 8 | (unsigned char)s.p[i];
  return n;
}

static bool is_side(uint32_t n) { return n > 0 && n <= DOCUMENT_PREVIEW_SIDE; }

result picture_encode(struct arena *a, str points, struct document_preview *out) {
  if (points.n < PICTURE_HEAD) return RESULT_REFUSED;
  uint32_t width = number_at(points, 0), height = number_at(points, 4);
  if (!is_side(width) || !is_side(height) || points.n != PICTURE_HEAD + (size_t)width * height * PICTURE_POINT) return RESULT_REFUSED;
  unsigned long length = tjBufSize((int)width, (int)height, TJSAMP_420);
  unsigned char *jpeg = arena_alloc(a, length);          /* before the encoder is held */
  tjhandle encoder = tjInitCompress();
  if (!encoder) return RESULT_NO_MEMORY;
  int done = tjCompress2(encoder, (const unsigned char *)points.p + PICTURE_HEAD, (int)width, 0, (int)height, TJPF_BGRX, &jpeg, &length,
                         TJSAMP_420, QUALITY, TJFLAG_NOREALLOC);
  tjDestroy(encoder);
  if (done != 0) return RESULT_OUTSIDE;
  out->jpeg = (str){ (const char *)jpeg, length };
  out->width = width;
  out->height = height;
  return RESULT_OK;
}
