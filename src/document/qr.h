/* qr: a QR code as a square of modules. */
#ifndef DOCUMENT_QR_H
#define DOCUMENT_QR_H

#include "shienkin/base.h"

#define QR_WIDTH_MOST 177                       /* modules of version 40 */
#define QR_QUIET 4                              /* the white border that ISO/IEC 18004 asks for */

struct qr_modules { size_t width; const unsigned char *dark; };  /* row by row; 0 or 1 */
MUST_USE result document__qr(struct arena *a, str text, struct qr_modules *out);

#endif
