/* table: columns that share the width by what stands in them, rows that may break at a page's end, the head on every page. */
#include "messages.h"
#include "paper.h"

#define TABLE_WIDTH (PAPER_RIGHT - PAPER_LEFT)
#define CELL_PAD 4.0
#define ROW_PAD 3.0
#define COLUMN_LEAST MM(12)
#define ROWS_MEASURED 200                       /* of a long table, so many rows tell how wide its columns want to be */

static const struct style cell_style = { 9, 13.5, false, false };
static const struct style head_style = { 9, 13.5, true, false };

struct table {
  struct paper *p;
  const struct document_part *part;
  size_t columns;
  double x[DOCUMENT_COLUMNS_MOST], width[DOCUMENT_COLUMNS_MOST];
  bool in_head, head_again;                     /* a head that takes much of a page stands once */
};

static str cell(const struct document_row *row, size_t column) { return column < row->count ? row->cells[column] : STR(""); }

/* What each column would like, the widest of its cells on one line. */
static void wishes(struct table *t, double wish[DOCUMENT_COLUMNS_MOST]) {
  size_t rows = t->part->row_count < ROWS_MEASURED ? t->part->row_count : ROWS_MEASURED;
  for (size_t c = 0; c < t->columns; c++) {
    wish[c] = COLUMN_LEAST;
    for (size_t r = 0; r < rows; r++) {
      int width;
      PangoLayout *l = paper__layout(t->p, &t->p->text, cell(&t->part->rows[r], c), r ? cell_style : head_style, 0);
      pango_layout_get_size(l, &width, NULL);
      double wanted = (double)width / PANGO_SCALE + 2 * CELL_PAD + 1;
      if (wanted > wish[c]) wish[c] = wanted;
    }
  }
}

/* Narrow columns get what they like; those that want more than an even share of what is left get that share. Where all
 * are content, the rest goes to all by their width. */
static void share(struct table *t) {
  double wish[DOCUMENT_COLUMNS_MOST], left = TABLE_WIDTH;
  bool given[DOCUMENT_COLUMNS_MOST] = { false };
  size_t open = t->columns;
  wishes(t, wish);
  for (bool again = true; again && open;) {
    again = false;
    double even = left / (double)open;
    for (size_t c = 0; c < t->columns; c++) {
      if (given[c] || wish[c] > even) continue;
      t->width[c] = wish[c];
      left -= wish[c];
      given[c] = again = true;
      open--;
    }
  }
  for (size_t c = 0; c < t->columns; c++) {
    if (!given[c]) t->width[c] = left / (double)open;
    else if (!open) t->width[c] *= TABLE_WIDTH / (TABLE_WIDTH - left);
  }
  for (size_t c = 1; c < t->columns; c++) t->x[c] = t->x[c - 1] + t->width[c - 1];
}

static enum align align_of(const struct table *t, size_t column) {
  return t->part->right_from && column >= t->part->right_from ? ALIGN_RIGHT : ALIGN_LEFT;
}

static void put_row(struct table *t, size_t index);

static void new_page(struct table *t) {
  paper__page_break(t->p);
  if (t->in_head || !t->head_again) return;
  t->in_head = true;
  put_row(t, 0);
  t->in_head = false;
}

/* Lines stand in all cells at the same heights, so a row breaks between any two of them. */
static void put_row(struct table *t, size_t index) {
  struct paper *p = t->p;
  bool head = index == 0;
  struct style s = head ? head_style : cell_style;
  PangoLayout **layouts = head ? p->heads : p->cells;
  GSList *lines[DOCUMENT_COLUMNS_MOST];
  int count = 1;
  for (size_t c = 0; c < t->columns; c++) {
    PangoLayout *l = paper__layout(p, &layouts[c], cell(&t->part->rows[index], c), s, t->width[c] - 2 * CELL_PAD);
    lines[c] = pango_layout_get_lines_readonly(l);
    if (pango_layout_get_line_count(l) > count) count = pango_layout_get_line_count(l);
  }
  double height = 2 * ROW_PAD + count * s.line;
  bool fits_a_page = height < (PAPER_BOTTOM - PAPER_TOP) / 2;
  if (p->y + (fits_a_page ? height : 2 * ROW_PAD + s.line) > PAPER_BOTTOM && p->y > PAPER_TOP) new_page(t);
  if (head) t->head_again = height < (PAPER_BOTTOM - PAPER_TOP) / 3;
  if (head && p->y + height <= PAPER_BOTTOM) paper__box(p, PAPER_LEFT, p->y, TABLE_WIDTH, height, 0.92);
  p->y += ROW_PAD;
  for (int i = 0; i < count; i++) {
    if (p->y + s.line > PAPER_BOTTOM) new_page(t);
    for (size_t c = 0; c < t->columns; c++) {
      if (!lines[c]) continue;
      paper__line(p, lines[c]->data, s, t->x[c] + CELL_PAD, p->y, t->width[c] - 2 * CELL_PAD, align_of(t, c));
      lines[c] = lines[c]->next;
    }
    p->y += s.line;
  }
  p->y += ROW_PAD;
  paper__rule(p, PAPER_LEFT, p->y, TABLE_WIDTH, head ? 0.8 : 0.4, head ? 0.3 : 0.7);
}

void document__table(struct paper *p, const struct document_part *part, size_t index) {
  struct table t = { .p = p, .part = part, .in_head = true, .x = { PAPER_LEFT } };
  if (!part->row_count) return;
  for (size_t r = 0; r < part->row_count; r++)
    if (part->rows[r].count > t.columns) t.columns = part->rows[r].count;
  if (t.columns > DOCUMENT_COLUMNS_MOST)
    paper__leave(p, RESULT_LIMIT, &document__too_many_columns, str_format(p->arena, "/parts/%zu", index),
                 str_format(p->arena, "%d", DOCUMENT_COLUMNS_MOST));
  if (!t.columns) return;
  share(&t);
  paper__need(p, 2 * (2 * ROW_PAD + cell_style.line));           /* a head never stands alone at the foot of a page */
  for (size_t r = 0; r < part->row_count; r++) {
    put_row(&t, r);
    t.in_head = false;
  }
  p->y += 8;
}
