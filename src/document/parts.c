/* parts: how each kind of part stands on the page. */
#include "messages.h"
#include "paper.h"
#include "qr.h"

#define BODY_WIDTH (PAPER_RIGHT - PAPER_LEFT)

/* Kinds that are words alone: style, space before and behind, lines that must follow on the same page. */
static const struct words { struct style style; double before, behind; int kept_with; enum align align; } words[] = {
  [DOCUMENT_TITLE] = { { 17, 25, true, false }, 4, 12, 2, ALIGN_CENTRE },
  [DOCUMENT_HEADING] = { { 12, 18, true, false }, 10, 3, 3, ALIGN_LEFT },
  [DOCUMENT_PARAGRAPH] = { { 10.5, 17, false, false }, 0, 6, 0, ALIGN_LEFT },
  [DOCUMENT_SMALL] = { { 8.5, 13, false, false }, 0, 4, 0, ALIGN_LEFT },
  [DOCUMENT_RIGHT] = { { 10, 15, false, false }, 0, 6, 0, ALIGN_RIGHT },
};
#define BODY_LINE 17

static bool fresh(const struct paper *p) { return p->y <= PAPER_TOP; }

static void put_words(struct paper *p, const struct document_part *part) {
  const struct words *w = &words[part->kind];
  if (!fresh(p)) p->y += w->before;
  paper__need(p, w->style.line + w->kept_with * BODY_LINE);
  paper__text(p, part->text, w->style, PAPER_LEFT, BODY_WIDTH, w->align);
  p->y += w->behind;
}

/* ---- letters. The envelope's window is 90 × 45 mm, 20 mm from its left and 12 mm from its top; the folded sheet, 210 × 99
 * mm, slips by 25 and 21 mm in its 235 × 120. Whatever it does, this field shows, and nothing outside 110 × 57 mm does. */
#define FIELD_X MM(22)
#define FIELD_Y MM(14)
#define FIELD_WIDTH MM(63)
#define FIELD_HEIGHT MM(22)
#define WINDOW_RIGHT MM(112)
#define WINDOW_BOTTOM MM(60)

static const struct style address_styles[] = { { 10, 12.4, false, false }, { 9, 11.2, false, false }, { 8, 10, false, false },
                                               { 7, 8.8, false, false } };

static void put_address(struct paper *p, const struct document_part *part, size_t index) {
  if (!fresh(p) || p->beside_y > 0) paper__page_break(p);
  for (size_t i = 0; i < COUNT_OF(address_styles); i++) {
    struct style s = address_styles[i];
    PangoLayout *l = paper__layout(p, &p->text, part->text, s, FIELD_WIDTH);
    if (pango_layout_get_line_count(l) * s.line > FIELD_HEIGHT + 0.5) continue;
    double y = FIELD_Y;
    for (GSList *lines = pango_layout_get_lines_readonly(l); lines; lines = lines->next, y += s.line)
      paper__line(p, lines->data, s, FIELD_X, y, FIELD_WIDTH, ALIGN_LEFT);
    paper__rule(p, MM(4), MM(99), MM(4), 0.4, 0.5);
    paper__rule(p, MM(4), MM(198), MM(4), 0.4, 0.5);
    p->y = WINDOW_BOTTOM;
    p->beside_y = PAPER_TOP;
    return;
  }
  paper__leave(p, RESULT_REFUSED, &document__address_too_long, str_format(p->arena, "/parts/%zu", index), STR(""));
}

/* Beside an address, as long as there is room; else where the pen is. */
static void put_right(struct paper *p, const struct document_part *part) {
  const struct words *w = &words[DOCUMENT_RIGHT];
  double width = PAPER_RIGHT - WINDOW_RIGHT;
  PangoLayout *l = p->beside_y > 0 ? paper__layout(p, &p->text, part->text, w->style, width) : NULL;
  if (!l || p->beside_y + pango_layout_get_line_count(l) * w->style.line > WINDOW_BOTTOM) {
    p->beside_y = 0;
    put_words(p, part);
    return;
  }
  for (GSList *lines = pango_layout_get_lines_readonly(l); lines; lines = lines->next, p->beside_y += w->style.line)
    paper__line(p, lines->data, w->style, WINDOW_RIGHT, p->beside_y, width, ALIGN_RIGHT);
  p->beside_y += w->behind;
}

/* ---- codes */

/* A code that brings no groups is shown in fours, so that nobody loses the place while typing. */
static str grouped(struct arena *a, str code) {
  for (size_t i = 0; i < code.n; i++)
    if (code.p[i] == ' ' || code.p[i] == '-' || code.p[i] == '\n' || (code.p[i] & 0x80)) return code;
  struct buf b = buf_in(a);
  for (size_t i = 0; i < code.n; i++) {
    if (i && i % 4 == 0) buf_byte(&b, ' ');
    buf_byte(&b, code.p[i]);
  }
  return buf_str(&b);
}

static void put_code(struct paper *p, const struct document_part *part) {
  static const struct style style = { 18, 26, true, true };
  str code = grouped(p->arena, part->text);
  PangoLayout *l = paper__layout(p, &p->text, code, style, BODY_WIDTH - MM(8));
  double height = pango_layout_get_line_count(l) * style.line + 12;
  paper__need(p, height);
  if (p->y + height <= PAPER_BOTTOM) paper__box(p, PAPER_LEFT, p->y, BODY_WIDTH, height, 0.94);
  p->y += 6;
  paper__text(p, code, style, PAPER_LEFT + MM(4), BODY_WIDTH - MM(8), ALIGN_CENTRE);
  p->y += 14;
}

#define QR_SIDE MM(34)
#define QR_CAPTION_X (PAPER_LEFT + QR_SIDE + MM(4))

static void draw_modules(struct paper *p, const struct qr_modules *q) {
  double module = QR_SIDE / (double)(q->width + 2 * QR_QUIET);
  if (!p->drawing) return;
  cairo_set_source_rgb(p->cairo, 0, 0, 0);
  for (size_t y = 0; y < q->width; y++)
    for (size_t x = 0, end; x < q->width; x = end) {
      end = x + 1;
      if (!q->dark[y * q->width + x]) continue;
      while (end < q->width && q->dark[y * q->width + end]) end++;
      cairo_rectangle(p->cairo, PAPER_LEFT + (double)(x + QR_QUIET) * module, p->y + (double)(y + QR_QUIET) * module,
                      (double)(end - x) * module, module);
    }
  cairo_fill(p->cairo);
}

static void put_qr(struct paper *p, const struct document_part *part, size_t index) {
  struct qr_modules q;
  result r = document__qr(p->arena, part->text, &q);
  if (r != RESULT_OK)
    paper__leave(p, r == RESULT_LIMIT ? RESULT_REFUSED : r, r == RESULT_LIMIT ? &document__qr_too_long : NULL,
                 str_format(p->arena, "/parts/%zu", index), str_format(p->arena, "%d", DOCUMENT_QR_BYTES_MOST));
  paper__need(p, QR_SIDE);
  int page = p->page;
  double top = p->y;
  draw_modules(p, &q);
  p->y += MM(4);
  paper__text(p, part->caption, words[DOCUMENT_PARAGRAPH].style, QR_CAPTION_X, PAPER_RIGHT - QR_CAPTION_X, ALIGN_LEFT);
  if (p->page == page && p->y < top + QR_SIDE) p->y = top + QR_SIDE;
  p->y += 6;
}

/* ---- */

void document__part(struct paper *p, size_t index) {
  const struct document_part *part = &p->document->parts[index];
  if (part->kind != DOCUMENT_RIGHT && part->kind != DOCUMENT_ADDRESS) p->beside_y = 0;
  switch (part->kind) {
    case DOCUMENT_TITLE: case DOCUMENT_HEADING: case DOCUMENT_PARAGRAPH: case DOCUMENT_SMALL: put_words(p, part); return;
    case DOCUMENT_ADDRESS: put_address(p, part, index); return;
    case DOCUMENT_RIGHT: put_right(p, part); return;
    case DOCUMENT_CODE: put_code(p, part); return;
    case DOCUMENT_TABLE: document__table(p, part, index); return;
    case DOCUMENT_QR: put_qr(p, part, index); return;
    case DOCUMENT_GAP: if (!fresh(p)) p->y += BODY_LINE; return;
    case DOCUMENT_PAGE_BREAK: paper__page_break(p); return;
  }
  assert(!"a kind of part that document.h does not name");
}
