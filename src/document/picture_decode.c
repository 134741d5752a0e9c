/* picture_decode: what a confined program does with a picture. cairo reads PNG, libturbojpeg JPEG; both draw on the same sheet. */
#include <cairo.h>
#include <turbojpeg.h>

#include "picture.h"

static bool bounded(unsigned long width, unsigned long height) {
  return width > 0 && height > 0 && width <= DOCUMENT_PREVIEW_POINTS_MOST && height <= DOCUMENT_PREVIEW_POINTS_MOST &&
         width * height <= DOCUMENT_PREVIEW_POINTS_MOST;
}

/* Handles go with the arena. */
static void destroy_surface(void *s) { cairo_surface_destroy(s); }
static void destroy_decoder(void *d) { tjDestroy(d); }
static cairo_surface_t *held(struct arena *a, cairo_surface_t *s) {
  arena_defer(a, destroy_surface, s);
  return s;
}

/* ---- PNG (ISO/IEC 15948): the size stands in the first chunk, so that it is known before anything is decoded */

enum { PNG_WIDTH_AT = 16, PNG_HEIGHT_AT = 20, PNG_HEAD = 24 };

static unsigned long number_at(str s, size_t at) {
  unsigned long n = 0;
  for (size_t i = at; i < at + 4; i++) n = n << 8 | (unsigned char)s.p[i];
  return n;
}

static cairo_status_t read_on(void *rest_, unsigned char *out, unsigned n) {
  str *rest = rest_;
  if (n > rest->n) return CAIRO_STATUS_READ_ERROR;
  memcpy(out, rest->p, n);
  *rest = str_slice(*rest, n, rest->n);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *decode_png(struct arena *a, str file) {
  if (file.n < PNG_HEAD || !bounded(number_at(file, PNG_WIDTH_AT), number_at(file, PNG_HEIGHT_AT))) return NULL;
  return held(a, cairo_image_surface_create_from_png_stream(read_on, &file));
}

/* ---- JPEG (ITU-T T.81) */

/* The smallest size that the decoder gives by itself and that is not below what will be shown. */
static tjscalingfactor scaling(int width, int height) {
  int count, longer = width > height ? width : height;
  tjscalingfactor *offered = tjGetScalingFactors(&count), best = { 1, 1 };
  for (int i = 0; i < count; i++) {
    bool enough = TJSCALED(longer, offered[i]) >= DOCUMENT_PREVIEW_SIDE, smaller = offered[i].num * best.denom < best.num * offered[i].denom;
    if (enough && smaller) best = offered[i];
  }
  return best;
}

/* A file that breaks off (a warning) shows what is there of it. */
static bool fill(tjhandle decoder, str file, cairo_surface_t *sheet) {
  const unsigned char *bytes = (const unsigned char *)file.p;
  cairo_surface_flush(sheet);
  int done = tjDecompress2(decoder, bytes, file.n, cairo_image_surface_get_data(sheet), cairo_image_surface_get_width(sheet),
                           cairo_image_surface_get_stride(sheet), cairo_image_surface_get_height(sheet), TJPF_BGRX, TJFLAG_LIMITSCANS);
  cairo_surface_mark_dirty(sheet);
  return done == 0 || tjGetErrorCode(decoder) == TJERR_WARNING;
}

static cairo_surface_t *decode_jpeg(struct arena *a, str file) {
  int width, height, subsampling, colours;
  tjhandle decoder = tjInitDecompress();
  if (decoder) arena_defer(a, destroy_decoder, decoder);
  if (!decoder || tjDecompressHeader3(decoder, (const unsigned char *)file.p, file.n, &width, &height, &subsampling, &colours) != 0 ||
      !bounded((unsigned long)width, (unsigned long)height))
    return NULL;
  tjscalingfactor by = scaling(width, height);
  cairo_surface_t *sheet = held(a, cairo_image_surface_create(CAIRO_FORMAT_RGB24, TJSCALED(width, by), TJSCALED(height, by)));
  bool drawn = cairo_surface_status(sheet) == CAIRO_STATUS_SUCCESS && fill(decoder, file, sheet);
  return drawn ? sheet : NULL;
}

/* ---- the right way up, and no larger than it is shown */

/* Where a point (x, y) of a picture of the size (w, h) goes, by its orientation: x' = x·xx + y·xy + w·xw + h·xh, so too y'. */
static const struct { int8_t xx, xy, xw, xh, yx, yy, yw, yh; } turns[] = {
  { 1, 0, 0, 0, 0, 1, 0, 0 },   { -1, 0, 1, 0, 0, 1, 0, 0 },  { -1, 0, 1, 0, 0, -1, 0, 1 }, { 1, 0, 0, 0, 0, -1, 0, 1 },
  { 0, 1, 0, 0, 1, 0, 0, 0 },   { 0, -1, 0, 1, 1, 0, 0, 0 },  { 0, -1, 0, 1, -1, 0, 1, 0 }, { 0, 1, 0, 0, -1, 0, 1, 0 },
};

static cairo_surface_t *set_upright(struct arena *a, cairo_surface_t *picture, unsigned orientation) {
  double w = cairo_image_surface_get_width(picture), h = cairo_image_surface_get_height(picture), longer = w > h ? w : h;
  double scale = longer > DOCUMENT_PREVIEW_SIDE ? DOCUMENT_PREVIEW_SIDE / longer : 1;
  bool lying = orientation >= 5;
  int width = (int)((lying ? h : w) * scale), height = (int)((lying ? w : h) * scale);
  cairo_matrix_t m;
  const int8_t *t = &turns[orientation - 1].xx;
  cairo_matrix_init(&m, t[0], t[4], t[1], t[5], t[2] * w + t[3] * h, t[6] * w + t[7] * h);
  cairo_surface_t *sheet = held(a, cairo_image_surface_create(CAIRO_FORMAT_RGB24, width > 0 ? width : 1, height > 0 ? height : 1));
  cairo_t *c = cairo_create(sheet);
  cairo_set_source_rgb(c, 1, 1, 1);
  cairo_paint(c);
  cairo_scale(c, scale, scale);
  cairo_transform(c, &m);
  cairo_set_source_surface(c, picture, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(c), CAIRO_FILTER_GOOD);
  cairo_paint(c);
  bool drawn = cairo_status(c) == CAIRO_STATUS_SUCCESS && cairo_surface_status(sheet) == CAIRO_STATUS_SUCCESS;
  cairo_destroy(c);
  return drawn ? sheet : NULL;
}

static void add_number(struct buf *b, unsigned n) {
  for (int shift = 24; shift >= 0; shift -= 8) buf_byte(b, (char)(n >> shift & 0xFF));
}

static str points_of(struct arena *a, cairo_surface_t *sheet) {
  int width = cairo_image_surface_get_width(sheet), height = cairo_image_surface_get_height(sheet);
  const unsigned char *rows = cairo_image_surface_get_data(sheet);
  struct buf b = buf_in(a);
  buf_reserve(&b, PICTURE_HEAD + (size_t)width * (size_t)height * PICTURE_POINT);
  add_number(&b, (unsigned)width);
  add_number(&b, (unsigned)height);
  for (int y = 0; y < height; y++)
    buf_add(&b, (str){ (const char *)rows + (ptrdiff_t)y * cairo_image_surface_get_stride(sheet), (size_t)width * PICTURE_POINT });
  return buf_str(&b);
}

bool picture_decode(struct arena *a, str file, str *points) {
  bool png = str_starts(file, STR("\x89PNG\r\n\x1a\n")), jpeg = str_starts(file, STR("\xFF\xD8\xFF"));
  cairo_surface_t *picture = png ? decode_png(a, file) : jpeg ? decode_jpeg(a, file) : NULL;
  if (!picture || cairo_surface_status(picture) != CAIRO_STATUS_SUCCESS) return false;
  cairo_surface_t *sheet = set_upright(a, picture, jpeg ? picture__orientation(file) : 1);
  if (!sheet) return false;
  *points = points_of(a, sheet);
  return true;
}
