/* clamd_read: what clamd says, and where it stands, as values. Bytes from outside: none of it is believed to be well formed. */
#ifndef NET_CLAMD_READ_H
#define NET_CLAMD_READ_H

#include <sys/socket.h>

#include "shienkin/net/clamd.h"

enum { CLAMD__ANSWER_MOST = 1024 };             /* bytes of an answer; a name with its frame is far shorter */

struct clamd_address { struct sockaddr_storage socket; socklen_t length; };
bool clamd__address(str place, struct clamd_address *out);      /* false: neither a socket's path nor loopback with a port */

/* An answer without its end. false: clamd says no such thing. */
bool clamd__said(struct arena *a, str answer, struct clamd_said *out);
bool clamd__engine(struct arena *a, str answer, struct clamd_engine *out);

#endif
