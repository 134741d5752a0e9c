/* mime: a mail as bytes (RFC 5322, 2045, 2047). */
#ifndef NET_MIME_H
#define NET_MIME_H

#include "shienkin/net.h"

/* The whole message with CRLF at each line's end, dots not yet doubled. All members of m were checked. */
str mime__message(struct arena *a, const struct net_mail *m);
/* What is wrong with the words of a mail: the member's name, or NULL. Addresses are looked at elsewhere. */
const char *mime__fault(const struct net_mail *m);
bool mime__is_message_id(str s);
bool mime__can_be_shown(str s);                 /* one line of valid UTF-8 without control characters */

#endif
