/* messages: what net says when an exchange did not come about. */
#ifndef NET_MESSAGES_H
#define NET_MESSAGES_H

#include "shienkin/base.h"

extern const struct message net__malformed;
extern const struct message net__unreachable;
extern const struct message net__certificate;
extern const struct message net__ca_file;
extern const struct message net__timeout;
extern const struct message net__too_large;
extern const struct message net__broken;
extern const struct message net__file;
extern const struct message net__address;
extern const struct message net__mail_refused;
extern const struct message net__mail_later;
extern const struct message net__mail_login;
extern const struct message net__mail_tls;
extern const struct message net__clamd_place;
extern const struct message net__clamd_answer;

#endif
