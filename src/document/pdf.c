/* pdf: a document as pages. The parts are walked twice, first only counting pages, so that each can say of how many it is one. */
#include <cairo.h>

#include "messages.h"
#include "paper.h"

static size_t text_bytes(const struct document *d) {
  size_t sum = d->title.n + d->footer.n;
  for (size_t i = 0; i < d->part_count; i++) {
    const struct document_part *part = &d->parts[i];
    sum += part->text.n + part->caption.n;
    for (size_t r = 0; r < part->row_count; r++)
      for (size_t c = 0; c < part->rows[r].count; c++) sum += part->rows[r].cells[c].n;
  }
  return sum;
}

static void assert_utf8(const struct document *d) {
  assert(utf8_valid(d->title, NULL) && utf8_valid(d->footer, NULL));
  for (size_t i = 0; i < d->part_count; i++) {
    const struct document_part *part = &d->parts[i];
    assert(utf8_valid(part->text, NULL) && utf8_valid(part->caption, NULL));
    for (size_t r = 0; r < part->row_count; r++)
      for (size_t c = 0; c < part->rows[r].count; c++) assert(utf8_valid(part->rows[r].cells[c], NULL));
  }
}

static result bounded(struct arena *a, const struct document *d, struct findings *f) {
  str bound = d->part_count > DOCUMENT_PARTS_MOST ? str_format(a, "%d parts", DOCUMENT_PARTS_MOST)
            : text_bytes(d) > DOCUMENT_TEXT_BYTES_MOST ? str_format(a, "%u MiB of text", DOCUMENT_TEXT_BYTES_MOST >> 20)
            : STR("");
  if (!bound.n) return RESULT_OK;
  FINDING(f, STR(""), &document__too_long, bound);
  return RESULT_LIMIT;
}

static void walk(struct paper *p) {
  paper__first_page(p);
  for (size_t i = 0; i < p->document->part_count; i++) document__part(p, i);
  paper__page_end(p);
}

static void draw(void *context) {
  struct paper *p = context;
  paper__open(p);
  walk(p);
  p->page_count = p->page;
  p->drawing = true;
  walk(p);
  cairo_status_t drawn = cairo_status(p->cairo);
  paper__finish(p);
  cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : cairo_surface_status(p->surface);
  if (p->sink.no_memory || status == CAIRO_STATUS_NO_MEMORY) arena_leave(p->arena, RESULT_NO_MEMORY);
  if (p->sink.full)
    paper__leave(p, RESULT_LIMIT, &document__too_long, STR(""),
                 str_format(p->arena, "%u MiB", DOCUMENT_PDF_BYTES_MOST >> 20));
  if (status != CAIRO_STATUS_SUCCESS)
    paper__leave(p, RESULT_OUTSIDE, &document__drawing_failed, STR(""), str_of(cairo_status_to_string(status)));
  p->pdf = str_copy(p->arena, (str){ p->sink.bytes, p->sink.n });
}

/* The arena may give up amid all this. It then leaves to here, and the handles go as they do otherwise. */
result document_pdf(struct arena *a, const struct document *d, struct findings *f, str *pdf) {
  assert_utf8(d);
  TRY(bounded(a, d, f));
  struct paper p = { .arena = a, .document = d };
  result r = arena_run(a, draw, &p);
  paper__close(&p);
  if (r == RESULT_OK) *pdf = p.pdf;
  else if (p.trouble.message) FINDING(f, p.trouble.pointer, p.trouble.message, p.trouble.argument);
  return r;
}
