/* paper: pages of A4 with a pen that goes down them. Points from the top left corner. */
#ifndef DOCUMENT_PAPER_H
#define DOCUMENT_PAPER_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "shienkin/document.h"

#define MM(millimetres) ((millimetres) * 72.0 / 25.4)
#define PAPER_WIDTH MM(210)
#define PAPER_HEIGHT MM(297)
#define PAPER_LEFT MM(22)
#define PAPER_RIGHT MM(188)
#define PAPER_TOP MM(20)
#define PAPER_BOTTOM MM(275)                    /* text ends here; the footer stands below */

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };
struct style { double size, line; bool bold, mono; };            /* line: from one base line to the next */

#define PAPER_FONT "Noto Sans CJK JP"
#define PAPER_MONO "Noto Sans Mono CJK JP"

/* The handles stand first and are let go by paper__close(), however the walk over the parts ended. */
struct paper {
  PangoFontMap *fonts;
  PangoContext *context;
  cairo_surface_t *surface;
  cairo_t *cairo;
  PangoLayout *text, *foot;
  PangoLayout *cells[DOCUMENT_COLUMNS_MOST], *heads[DOCUMENT_COLUMNS_MOST];
  struct sink { char *bytes; size_t n, capacity; bool full, no_memory; } sink;

  struct arena *arena;
  const struct document *document;
  str pdf;                                      /* what came of it */
  struct trouble { const struct message *message; str pointer, argument; } trouble;      /* why a walk was left */
  bool drawing;                                 /* the first walk only counts pages */
  int page, page_count;                         /* page: from 1 */
  double y;                                     /* the pen: top of what comes next */
  double beside_y;                              /* behind an address: where DOCUMENT_RIGHT goes on beside it; else 0 */
};

void paper__open(struct paper *p);              /* leaves with no_font */
void paper__finish(struct paper *p);            /* fonts and directory are written: the PDF is whole */
void paper__close(struct paper *p);

void paper__first_page(struct paper *p);
void paper__page_end(struct paper *p);          /* footer, number, and the sheet is done */
void paper__page_break(struct paper *p);        /* leaves with RESULT_LIMIT beyond the last page allowed */
/* Leaves the walk with `why`. The finding is made later, when no handle is held any more. */
_Noreturn void paper__leave(struct paper *p, result why, const struct message *m, str pointer, str argument);

/* A new page unless so much is left of this one. True: it was made. */
bool paper__need(struct paper *p, double height);

/* Sets the words of a layout; width 0: no wrapping. */
PangoLayout *paper__layout(struct paper *p, PangoLayout **layout, str text, struct style s, double width);
/* One line of a layout with its top at (x, y), in a column of `width`. */
void paper__line(struct paper *p, PangoLayoutLine *line, struct style s, double x, double y, double width, enum align align);
/* A whole text from the pen down, broken over pages. */
void paper__text(struct paper *p, str text, struct style s, double x, double width, enum align align);
void paper__rule(struct paper *p, double x, double y, double width, double thickness, double grey);
void paper__box(struct paper *p, double x, double y, double width, double height, double grey);

/* parts.c, table.c */
void document__part(struct paper *p, size_t index);
void document__table(struct paper *p, const struct document_part *part, size_t index);

#endif
