/* qr: text as a QR code (ISO/IEC 18004), bytes in 8-bit mode, which readers take as UTF-8, error correction level M. */
#include "qr.h"

#include <errno.h>
#include <qrencode.h>

#include "shienkin/document.h"

result document__qr(struct arena *a, str text, struct qr_modules *out) {
  assert(text.n > 0);
  if (text.n > DOCUMENT_QR_BYTES_MOST) return RESULT_LIMIT;
  /* Allocated first, so that nothing of the library's is held when an arena gives up. */
  unsigned char *dark = arena_alloc(a, (size_t)QR_WIDTH_MOST * QR_WIDTH_MOST);
  QRcode *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
  if (!code) return errno == ENOMEM ? RESULT_NO_MEMORY : errno == ERANGE ? RESULT_LIMIT : RESULT_OUTSIDE;
  assert(code->width > 0 && code->width <= QR_WIDTH_MOST);
  size_t width = (size_t)code->width;
  for (size_t i = 0; i < width * width; i++) dark[i] = code->data[i] & 1;
  QRcode_free(code);
  *out = (struct qr_modules){ width, dark };
  return RESULT_OK;
}

/* Text in XML: what XML 1.0 cannot hold becomes a space. */
static void xml_text(struct buf *b, str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if (c == '&') buf_add(b, STR("&amp;"));
    else if (c == '<') buf_add(b, STR("&lt;"));
    else if (c == '>') buf_add(b, STR("&gt;"));
    else buf_byte(b, c < 0x20 || c == 0x7F ? ' ' : (char)c);
  }
}

/* One path; each run of dark modules of a row is a rectangle of height 1. */
static void path(struct buf *b, const struct qr_modules *q) {
  for (size_t y = 0; y < q->width; y++) {
    const unsigned char *row = q->dark + y * q->width;
    for (size_t x = 0, end; x < q->width; x = end) {
      end = x + 1;
      if (!row[x]) continue;
      while (end < q->width && row[end]) end++;
      buf_format(b, "M%zu %zuh%zuv1h-%zuz", x + QR_QUIET, y + QR_QUIET, end - x, end - x);
    }
  }
}

result document_qr_svg(struct arena *a, str text, str title, str *svg) {
  assert(utf8_valid(title, NULL));
  struct qr_modules q;
  TRY(document__qr(a, text, &q));
  size_t side = q.width + (size_t)2 * QR_QUIET;
  struct buf b = buf_in(a);
  buf_format(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %zu %zu\" "
             "shape-rendering=\"crispEdges\"><title>", side, side);
  xml_text(&b, title);
  buf_format(&b, "</title><path fill=\"#fff\" d=\"M0 0h%zuv%zuH0z\"/><path fill=\"#000\" d=\"", side, side);
  path(&b, &q);
  buf_add(&b, STR("\"/></svg>\n"));
  *svg = buf_str(&b);
  return RESULT_OK;
}
