/* paper: pages of A4 with a pen that goes down them. Lines of text are set one by one at fixed distances, so that anything may
 * break at a page's end. */
#include "paper.h"

#include <cairo-pdf.h>
#include <stdio.h>
#include <time.h>

#include "messages.h"

#define JAPAN_SECONDS (9 * 3600)
#define FOOT_Y MM(283)

static const struct style foot_style = { 7.5, 11, false, false };

/* ---- opening and closing */

/* Called by cairo amid its own work, so it never leaves; what went wrong is told afterwards. */
static cairo_status_t keep(void *context, const unsigned char *bytes, unsigned n) {
  struct sink *s = context;
  if (n > DOCUMENT_PDF_BYTES_MOST - s->n) {
    s->full = true;
    return CAIRO_STATUS_WRITE_ERROR;
  }
  if (s->n + n > s->capacity) {
    size_t capacity = s->capacity ? s->capacity * 2 : 64u << 10;
    while (capacity < s->n + n) capacity *= 2;
    char *more = mem_realloc(s->bytes, capacity);
    if (!more) {
      s->no_memory = true;
      return CAIRO_STATUS_WRITE_ERROR;
    }
    s->bytes = more;
    s->capacity = capacity;
  }
  if (n) memcpy(s->bytes + s->n, bytes, n);
  s->n += n;
  return CAIRO_STATUS_SUCCESS;
}

static void metadata(struct paper *p) {
  const struct document *d = p->document;
  time_t at = (time_t)(d->made_at_unix_s + JAPAN_SECONDS);
  struct tm t;
  char made[48] = "1970-01-01T00:00:00+09:00";
  if (gmtime_r(&at, &t) && t.tm_year >= 70 && t.tm_year < 8100)
    (void)strftime(made, sizeof made, "%Y-%m-%dT%H:%M:%S+09:00", &t);
  cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_TITLE, str_z(p->arena, d->title));
  cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATOR, "shienkin");
  cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
  cairo_pdf_surface_set_metadata(p->surface, CAIRO_PDF_METADATA_MOD_DATE, made);
}

/* A font map of its own: pango's shared one belongs to a thread, and what it has cached is not ours to know. */
void paper__open(struct paper *p) {
  p->fonts = pango_cairo_font_map_new();
  if (!pango_font_map_get_family(p->fonts, PAPER_FONT))
    paper__leave(p, RESULT_OUTSIDE, &document__no_font, STR(""), STR(PAPER_FONT));
  p->surface = cairo_pdf_surface_create_for_stream(keep, &p->sink, PAPER_WIDTH, PAPER_HEIGHT);
  cairo_pdf_surface_restrict_to_version(p->surface, CAIRO_PDF_VERSION_1_5);
  p->cairo = cairo_create(p->surface);
  p->context = pango_font_map_create_context(p->fonts);
  pango_context_set_language(p->context, pango_language_from_string(str_eq(p->document->language, STR("en")) ? "en" : "ja"));
  pango_cairo_update_context(p->cairo, p->context);
  pango_context_set_round_glyph_positions(p->context, false);    /* paper has no pixels */
  metadata(p);
}

/* cairo 1.16 forgets 768 bytes for each font that it embeds as CFF, and fontconfig 256 once, when it reads its
 * configuration. The leak sanitizer is told of just these two, so that it goes on watching what is ours. */
#ifdef ARENA_WATCHED
#include <sanitizer/lsan_interface.h>
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libfontconfig.so\n"; }
#else
#define __lsan_disable() ((void)0)
#define __lsan_enable() ((void)0)
#endif

void paper__finish(struct paper *p) {
  __lsan_disable();
  cairo_surface_finish(p->surface);
  __lsan_enable();
}

static void let_go(PangoLayout **layout) {
  if (*layout) g_object_unref(*layout);
  *layout = NULL;
}

void paper__close(struct paper *p) {
  let_go(&p->text);
  let_go(&p->foot);
  for (size_t i = 0; i < DOCUMENT_COLUMNS_MOST; i++) {
    let_go(&p->cells[i]);
    let_go(&p->heads[i]);
  }
  if (p->cairo) cairo_destroy(p->cairo);
  if (p->surface) {
    paper__finish(p);
    cairo_surface_destroy(p->surface);
  }
  if (p->context) g_object_unref(p->context);
  if (p->fonts) g_object_unref(p->fonts);
  mem_free(p->sink.bytes);
}

/* ---- pages */

void paper__leave(struct paper *p, result why, const struct message *m, str pointer, str argument) {
  p->trouble = (struct trouble){ m, pointer, argument };
  arena_leave(p->arena, why);
}

void paper__first_page(struct paper *p) {
  p->page = 1;
  p->y = PAPER_TOP;
  p->beside_y = 0;
}

void paper__page_end(struct paper *p) {
  if (!p->drawing) return;
  double width = PAPER_RIGHT - PAPER_LEFT;
  str number = str_format(p->arena, "%d / %d", p->page, p->page_count);
  PangoLayout *l = paper__layout(p, &p->foot, number, foot_style, 0);
  paper__line(p, pango_layout_get_line_readonly(l, 0), foot_style, PAPER_LEFT, FOOT_Y, width, ALIGN_RIGHT);
  if (p->document->footer.n) {
    l = paper__layout(p, &p->foot, p->document->footer, foot_style, width - MM(20));
    paper__line(p, pango_layout_get_line_readonly(l, 0), foot_style, PAPER_LEFT, FOOT_Y, width, ALIGN_LEFT);
  }
  cairo_show_page(p->cairo);
}

void paper__page_break(struct paper *p) {
  paper__page_end(p);
  if (p->page == DOCUMENT_PAGES_MOST)
    paper__leave(p, RESULT_LIMIT, &document__too_long, STR(""), str_format(p->arena, "%d pages", DOCUMENT_PAGES_MOST));
  p->page++;
  p->y = PAPER_TOP;
  p->beside_y = 0;
}

bool paper__need(struct paper *p, double height) {
  /* Nothing is taller than a page; what would be starts one and goes on from there. */
  if (p->y + height <= PAPER_BOTTOM || p->y <= PAPER_TOP) return false;
  paper__page_break(p);
  return true;
}

/* ---- words and lines */

PangoLayout *paper__layout(struct paper *p, PangoLayout **layout, str text, struct style s, double width) {
  if (!*layout) *layout = pango_layout_new(p->context);
  PangoFontDescription *font = pango_font_description_new();
  pango_font_description_set_family_static(font, s.mono ? PAPER_MONO "," PAPER_FONT : PAPER_FONT);
  pango_font_description_set_absolute_size(font, s.size * PANGO_SCALE);
  pango_font_description_set_weight(font, s.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(*layout, font);
  pango_font_description_free(font);
  pango_layout_set_attributes(*layout, NULL);
  pango_layout_set_wrap(*layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(*layout, width > 0 ? (int)(width * PANGO_SCALE) : -1);
  pango_layout_set_text(*layout, text.n ? text.p : "", (int)text.n);
  return *layout;
}

void paper__line(struct paper *p, PangoLayoutLine *line, struct style s, double x, double y, double width, enum align align) {
  if (!p->drawing) return;
  PangoRectangle extent;
  pango_layout_line_get_extents(line, NULL, &extent);
  double spare = width - (double)extent.width / PANGO_SCALE;
  double shift = align == ALIGN_RIGHT ? spare : align == ALIGN_CENTRE ? spare / 2 : 0;
  /* The ideographs of the font stand 0.88 of their size above the base line. */
  cairo_set_source_rgb(p->cairo, 0, 0, 0);
  cairo_move_to(p->cairo, x + (shift > 0 ? shift : 0), y + (s.line - s.size) / 2 + 0.88 * s.size);
  pango_cairo_show_layout_line(p->cairo, line);
}

void paper__text(struct paper *p, str text, struct style s, double x, double width, enum align align) {
  PangoLayout *l = paper__layout(p, &p->text, text, s, width);
  for (GSList *lines = pango_layout_get_lines_readonly(l); lines; lines = lines->next) {
    paper__need(p, s.line);
    paper__line(p, lines->data, s, x, p->y, width, align);
    p->y += s.line;
  }
}

void paper__rule(struct paper *p, double x, double y, double width, double thickness, double grey) {
  paper__box(p, x, y - thickness / 2, width, thickness, grey);
}

void paper__box(struct paper *p, double x, double y, double width, double height, double grey) {
  if (!p->drawing) return;
  cairo_set_source_rgb(p->cairo, grey, grey, grey);
  cairo_rectangle(p->cairo, x, y, width, height);
  cairo_fill(p->cairo);
}
