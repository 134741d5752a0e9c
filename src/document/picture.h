/* picture: a file of points of colour. Decoding is done in a confined program alone; coding anew is done by us. */
#ifndef DOCUMENT_PICTURE_H
#define DOCUMENT_PICTURE_H

#include "shienkin/document/preview.h"

/* What the confined program writes: width and height, each 4 bytes, highest first, then rows from the top without gaps, a point
 * being the bytes blue, green, red, and one that says nothing. */
enum { PICTURE_HEAD = 8, PICTURE_POINT = 4,
       PICTURE_BYTES_MOST = PICTURE_HEAD + DOCUMENT_PREVIEW_SIDE * DOCUMENT_PREVIEW_SIDE * PICTURE_POINT };

/* PNG or JPEG, the right way up (Exif), made smaller where it is larger than DOCUMENT_PREVIEW_SIDE, on white: as points. false:
 * neither, broken, or more than DOCUMENT_PREVIEW_POINTS_MOST. */
MUST_USE bool picture_decode(struct arena *a, str file, str *points);
/* Points as a JPEG. RESULT_REFUSED: they are not what the format says. */
MUST_USE result picture_encode(struct arena *a, str points, struct document_preview *out);

/* Exif's orientation of a JPEG, 1–8; 1 where it says none (picture_orientation.c). */
unsigned picture__orientation(str jpeg);

#endif
