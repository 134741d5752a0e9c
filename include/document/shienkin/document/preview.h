/* preview: pictures of papers that somebody sent, so that nobody has to open the papers themselves. No byte of a paper reaches a
 * reader this way: it is decoded in a program of its own that can do nothing else, and what comes out of there are plain points
 * of colour, which are coded anew here.
 *
 * That program has the paper as its input and memory to write to; no network, no other file but fonts and libraries, no
 * environment, no other program, so much memory and time and no more (src/document/confine.h). PDF pages are drawn by pdftocairo
 * (package poppler-utils), pictures are decoded by this program started again as `shienkin preview`.
 *
 * What is known to be shown: pdf, jpeg, png. Everything else (heic, office files, mail, text) is refused: its original only. */
#ifndef SHIENKIN_DOCUMENT_PREVIEW_H
#define SHIENKIN_DOCUMENT_PREVIEW_H

#include "shienkin/base.h"

#define DOCUMENT_PREVIEW_BYTES_MOST (20u << 20)         /* of a paper */
enum {
  DOCUMENT_PREVIEW_SIDE = 1600,                 /* points of the longer side at most; smaller pictures stay as they are */
  DOCUMENT_PREVIEW_POINTS_MOST = 50000000,      /* of a picture that is decoded */
  DOCUMENT_PREVIEW_PAGES_MOST = 500,            /* later pages are not shown */
};

struct document_preview {
  str jpeg;                                     /* in the arena; made here, whatever the paper was; no metadata */
  uint32_t width, height;
  uint32_t pages;                               /* of the paper, 1 for a picture; at most DOCUMENT_PREVIEW_PAGES_MOST */
};

/* Whether papers of this type ("pdf", "jpeg" …, as evidence_finish() found them) can be shown at all. */
bool document_preview_shows(str media_type);
/* A page, from 1. RESULT_REFUSED: it cannot be shown: another type, broken, locked by a password, too large, or it would have
 * taken too long. RESULT_NOT_FOUND: the paper has no such page. RESULT_OUTSIDE: the programs cannot be started.
 * Starts children and waits for them, some seconds at most: for slow lanes. Any thread. */
MUST_USE result document_preview(struct arena *a, str media_type, str paper, uint32_t page, struct document_preview *out);

/* What `shienkin preview` does, and nothing else calls: a picture on standard input, its points on standard output, exit 0. */
_Noreturn void document_preview_child(void);

/* Pictures that were made before, and refusals, the least used going first where there are more than so many bytes. In memory
 * alone: they are as personal as the papers, which lie sealed. Who may see them is asked before, each time. Any thread.
 * `key`: what names the paper's bytes, 32 of them (asserted). NULL for the whole is fine: nothing is kept. */
struct document_previews;
struct document_previews *document_previews_new(size_t bytes_most);     /* NULL: no memory */
void document_previews_free(struct document_previews *p);
/* false: not there. true: *why and *out as document_preview() gave them. */
bool document_previews_find(struct document_previews *p, struct arena *a, str key, uint32_t page, result *why,
                            struct document_preview *out);
void document_previews_keep(struct document_previews *p, str key, uint32_t page, result why, const struct document_preview *made);

#endif
