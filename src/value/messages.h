/* messages: what value itself finds wrong, for people. Private to the room. */
#ifndef SHIENKIN_VALUE_MESSAGES_H
#define SHIENKIN_VALUE_MESSAGES_H

#include "shienkin/base.h"

extern const struct message value__calendar_encoding; /* the bytes are not UTF-8, or too many */
extern const struct message value__calendar_header;   /* {0} the key that is missing, unknown, doubled or unreadable */
extern const struct message value__calendar_line;     /* the line is not "YYYY-MM-DD name" */
extern const struct message value__calendar_order;    /* {0} the day that is not later than the one before */
extern const struct message value__calendar_horizon;  /* {0} the day outside first … last */

#endif
