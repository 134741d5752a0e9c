/* messages: what document says when something cannot be printed. */
#ifndef DOCUMENT_MESSAGES_H
#define DOCUMENT_MESSAGES_H

#include "shienkin/base.h"

extern const struct message document__no_font;
extern const struct message document__address_too_long;
extern const struct message document__qr_too_long;
extern const struct message document__too_long;
extern const struct message document__too_many_columns;
extern const struct message document__drawing_failed;

#endif
