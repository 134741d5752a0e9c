/* The catalogue of what forms say beside their fields when it is the page that looks, and not a use case. */
#ifndef WEB_MESSAGES_H
#define WEB_MESSAGES_H

#include "shienkin/base.h"

enum web_message {
  WEB_REQUIRED,         /* {0} {1} the field's label: Japanese, English */
  WEB_NOT_SAME,         /* a password typed twice */
  WEB_NOT_A_DAY,        /* of no calendar */
  WEB_CHOOSE,           /* of several answers */
  WEB_UNREADABLE,       /* a value that has not the form which the hint shows */
  WEB_PERSONAL,         /* a note that looks like it holds personal data: may be sent all the same */
  WEB_NO_SUCH_CLAIM,    /* {0} {1} the number that was typed */
  WEB_ADDRESS_MISFIT,   /* {0} {1} to whom a letter goes whose address fits no window */
  WEB_ROSTER_FILE, WEB_ROSTER_UNSEEN,
  WEB_ROSTER_FAULTS,    /* {0} how many */
  WEB_MESSAGE_COUNT
};
extern const struct message web__messages[WEB_MESSAGE_COUNT];

#endif
