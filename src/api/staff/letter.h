/* letter: what the mail room posts, as a sheet for a window envelope. */
#ifndef SHIENKIN_API_STAFF_LETTER_H
#define SHIENKIN_API_STAFF_LETTER_H

#include "staff.h"

/* `letter`: what letter_print() answered. RESULT_OUTSIDE: no font; RESULT_REFUSED: an address that fits no window. */
MUST_USE result staff__letter_pdf(struct http_request *r, const struct json *letter, struct findings *f, str *pdf);

#endif
