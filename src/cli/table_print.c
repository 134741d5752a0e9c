#include "table_print.h"

/* Columns of a terminal that a code point takes. East Asian wide and full-width forms (Unicode annex 11) take two; the
 * half-width kana block does not. */
static size_t width_of(uint32_t c) {
  if (c < 0x1100) return 1;
  if (c >= 0xFF61 && c <= 0xFFDC) return 1;
  return (c <= 0x115F) || (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD) ? 2 : 1;
}

static size_t text_width(str s) {
  size_t width = 0;
  for (size_t at = 0; at < s.n;) width += width_of(utf8_next(s, &at));
  return width;
}

static void pad(struct buf *out, char c, size_t n) {
  while (n--) buf_byte(out, c);
}

static void print_row(struct buf *out, unsigned indent, const str *cells, const size_t *widths, size_t columns) {
  pad(out, ' ', indent);
  for (size_t k = 0; k < columns; k++) {
    buf_add(out, STR("| "));
    buf_add(out, cells[k]);
    pad(out, ' ', widths[k] - text_width(cells[k]) + 1);
  }
  buf_add(out, STR("|\n"));
}

static void print_rule(struct buf *out, unsigned indent, const size_t *widths, size_t columns) {
  pad(out, ' ', indent);
  for (size_t k = 0; k < columns; k++) {
    buf_byte(out, '|');
    pad(out, '-', widths[k] + 2);
  }
  buf_add(out, STR("|\n"));
}

void table_print(struct buf *out, unsigned indent, const str *cells, size_t rows, size_t columns) {
  size_t *widths = ARENA_ARRAY(out->arena, size_t, columns);
  for (size_t k = 0; k < columns; k++) {
    widths[k] = 1;
    for (size_t i = 0; i < rows; i++) {
      size_t width = text_width(cells[i * columns + k]);
      if (width > widths[k]) widths[k] = width;
    }
  }
  for (size_t i = 0; i < rows; i++) {
    print_row(out, indent, cells + i * columns, widths, columns);
    if (i == 0) print_rule(out, indent, widths, columns);
  }
}
