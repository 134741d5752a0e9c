/* document: what is printed: PDF pages with embedded fonts (cairo, pango) and QR codes (libqrencode); and pictures of papers that
 * others printed (document/preview.h; libturbojpeg). The only door to them. What prints is pure: no clock, no files but the fonts
 * of the system. Any number of threads may make documents at once.
 *
 * All texts are valid UTF-8 (asserted). Everything made lives in the arena. */
#ifndef SHIENKIN_DOCUMENT_H
#define SHIENKIN_DOCUMENT_H

#include "document/preview.h"
#include "shienkin/base.h"

/* A QR code (ISO/IEC 18004, level M) as an SVG image of its own, 4 modules of quiet zone, black on white, with a title for
 * screen readers. `text` is not empty. RESULT_LIMIT: too long for one code (2,331 bytes). */
#define DOCUMENT_QR_BYTES_MOST 2331
MUST_USE result document_qr_svg(struct arena *a, str text, str title, str *svg);

/* A document as a list of parts, top to bottom, broken over pages with their numbers: "1 / 2". Sizes in points. */
enum document_part_kind {
  DOCUMENT_TITLE, DOCUMENT_HEADING, DOCUMENT_PARAGRAPH, DOCUMENT_SMALL,
  /* The window of a letter: lines of text that show in the window of a Japanese envelope (長形3号, folded in three; the
   * field is 63 × 22 mm, 22 mm from the left and 14 mm from the top of the page, clear of the window's edges however the
   * sheet slips). Long addresses are written smaller; what does not fit even so is refused (address_too_long). The page
   * gets marks where it is folded. Nothing else shows in the window: what follows stands below it, and DOCUMENT_RIGHT
   * parts that follow at once stand beside it. Starts a page of its own unless it is first. */
  DOCUMENT_ADDRESS,
  DOCUMENT_RIGHT,               /* lines to the right: number, day, who writes */
  DOCUMENT_CODE,                /* a code to be typed: large, monospaced; without groups of its own, in fours */
  DOCUMENT_TABLE,               /* rows of cells; the first row is the head, repeated on each page; rows may break too */
  DOCUMENT_QR,                  /* text as a QR code, with `caption` beside it; not empty */
  DOCUMENT_GAP, DOCUMENT_PAGE_BREAK,
};
struct document_row { const str *cells; size_t count; };         /* missing cells at the end are empty */
struct document_part {
  enum document_part_kind kind;
  str text, caption;            /* "\n" starts a new line */
  const struct document_row *rows; size_t row_count;
  size_t right_from;            /* TABLE: columns from there are right-aligned, the first being 0; 0: none */
};
struct document {
  str title, language;          /* of the PDF's metadata; "ja" or "en": by whose habits lines are broken */
  str footer;                   /* small, one line on each page */
  int64_t made_at_unix_s;       /* metadata; the same document gives the same bytes */
  const struct document_part *parts; size_t part_count;
};
/* A4. Text is selectable and searchable, fonts are embedded subsets. RESULT_OUTSIDE: no font for Japanese is installed
 * (package fonts-noto-cjk), with the finding no_font. RESULT_REFUSED: an address that fits no window, or a QR text that fits
 * no code; the finding points at the part ("/parts/3"). RESULT_LIMIT with a finding: a table wider than
 * DOCUMENT_COLUMNS_MOST, a longer document than the bounds below allow. */
#define DOCUMENT_PARTS_MOST 10000
#define DOCUMENT_PAGES_MOST 200
#define DOCUMENT_COLUMNS_MOST 12
#define DOCUMENT_TEXT_BYTES_MOST (4u << 20)
#define DOCUMENT_PDF_BYTES_MOST (32u << 20)
MUST_USE result document_pdf(struct arena *a, const struct document *d, struct findings *f, str *pdf);

#endif
