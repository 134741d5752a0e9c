/* The catalogue of what forms say beside their fields when it is the page that looks, and not a use case. */
#ifndef WEB_MESSAGES_H
#define WEB_MESSAGES_H

#include "shienkin/base.h"

enum web_message {
  WEB_REQUIRED,         /* {0} {1} the field's label: Japanese, English */
  WEB_NOT_SAME,         /* a password typed twice */
  WEB_MESSAGE_COUNT
};
extern const struct message web__messages[WEB_MESSAGE_COUNT];

#endif
