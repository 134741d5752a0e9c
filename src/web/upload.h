/* upload: one small file of a form, whole in memory while it is taken; in bounds that the route says. */
#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H

#include "desk.h"

/* For http_stream_in; the bytes go with the request. */
bool upload__begin(struct http_request *r, struct http_answer *answer);
bool upload__chunk(struct http_request *r, str bytes, struct http_answer *answer);
void upload__abandon(struct http_request *r);
/* In finish(): what came; n = 0: no file. Freed with the request's arena. */
str upload__bytes(struct http_request *r);
/* The fingerprint of a form says nothing of its file: the file's own hash goes into it, so that another file under the same
 * key is another request. */
struct caller upload__caller(struct http_request *r, str bytes);

#endif
