/* document: what is printed: PDF pages with embedded fonts (cairo, pango) and QR codes (libqrencode). The only door to them.
 * Pure: no clock, no files but the fonts of the system. */
#ifndef SHIENKIN_DOCUMENT_H
#define SHIENKIN_DOCUMENT_H

#include "shienkin/base.h"

/* A QR code (ISO/IEC 18004, level M) as an SVG image of its own, 4 modules of quiet zone, black on white, with a title for
 * screen readers. RESULT_LIMIT: too long for one code (about 2,300 bytes). */
MUST_USE result document_qr_svg(struct arena *a, str text, str title, str *svg);

/* A document as a list of parts, top to bottom, broken over pages with their numbers: "1 / 2". Sizes in points. */
enum document_part_kind {
  DOCUMENT_TITLE, DOCUMENT_HEADING, DOCUMENT_PARAGRAPH, DOCUMENT_SMALL,
  DOCUMENT_ADDRESS,             /* the window of a letter: lines of text at the place that Japanese window envelopes show */
  DOCUMENT_RIGHT,               /* lines to the right: number, day, who writes */
  DOCUMENT_CODE,                /* a code to be typed: large, monospaced, spaced in groups */
  DOCUMENT_TABLE,               /* rows of cells; the first row is the head; right_from: columns from there are right-aligned */
  DOCUMENT_QR,                  /* text as a QR code, with `caption` beside it */
  DOCUMENT_GAP, DOCUMENT_PAGE_BREAK,
};
struct document_row { const str *cells; size_t count; };
struct document_part {
  enum document_part_kind kind;
  str text, caption;
  const struct document_row *rows; size_t row_count;
  size_t right_from;            /* TABLE */
};
struct document {
  str title, language;          /* metadata of the PDF; "ja", "en" */
  str footer;                   /* small, on each page */
  int64_t made_at_unix_s;       /* metadata; the same document gives the same bytes */
  const struct document_part *parts; size_t part_count;
};
/* A4. Text is selectable and searchable, fonts are embedded subsets. RESULT_OUTSIDE: no font for Japanese is installed
 * (package fonts-noto-cjk), with a finding. */
MUST_USE result document_pdf(struct arena *a, const struct document *d, struct findings *f, str *pdf);

#endif
