/* multipart: multipart/form-data (RFC 7578, RFC 2046 §5.1), pushed in as it comes: fields are gathered, the bytes of the one
 * file are handed on in place. Everything is bounded: 8 KiB of part headers, 64 KiB of fields, 64 fields. */
#ifndef SHIENKIN_HTTP_MULTIPART_H
#define SHIENKIN_HTTP_MULTIPART_H

#include "shienkin/http/parameter.h"

enum multipart_event {
  MULTIPART_MORE, /* all bytes were taken, more are needed */
  MULTIPART_FILE, /* the file's headers were read: its bytes follow */
  MULTIPART_DATA, /* *data is a piece of the file */
  MULTIPART_END,  /* the closing delimiter; what follows it is passed over */
  MULTIPART_BAD,
};

struct multipart;
/* NULL: the boundary is none (RFC 2046: 1–70 characters). Lives in the arena, as do names and values. */
struct multipart *multipart__new(struct arena *a, str content_type);
/* Takes some of `bytes`, *used of them, and says what came of it. */
enum multipart_event multipart__feed(struct multipart *m, str bytes, size_t *used, str *data);
const struct http_pair *multipart__fields(const struct multipart *m, size_t *count);
bool multipart__whole(const struct multipart *m); /* the closing delimiter came */
str multipart__file_name(const struct multipart *m);
str multipart__file_type(const struct multipart *m);
/* What the length of the whole body leaves for a file that is its last part; -1: there is none, or the length is not known. */
int64_t multipart__file_length(const struct multipart *m, int64_t body_length);

#endif
