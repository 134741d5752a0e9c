/* requests: what handlers ask of a request. */
#include "fields.h"
#include "server_inside.h"

str http_request_header(const struct http_request *r, const char *name) {
  str found = STR_NONE;
  for (size_t i = 0; i < r->header_count; i++) {
    if (!http__name_same(r->headers[i].name, str_of(name))) continue;
    found = found.p ? str_join(r->arena, (str[]){ found, r->headers[i].value }, 2, STR(", ")) : r->headers[i].value;
  }
  return found;
}

str http_request_cookie(const struct http_request *r, const char *name) {
  for (size_t i = 0; i < r->cookie_count; i++) {
    if (str_eq(r->cookies[i].name, str_of(name))) return r->cookies[i].value;
  }
  return STR_NONE;
}

str http_request_origin(const struct http_request *r) {
  return r->origin.n ? r->origin : str_format(r->arena, "https://%.*s", STR_ARG(http_request_header(r, "Host")));
}

static const struct multipart *multipart_of(const struct http_request *r) {
  return ((const struct job *)(const void *)r)->multipart; /* a request is the first member of its job */
}

str http_request_file_name(const struct http_request *r) {
  return multipart_of(r) ? multipart__file_name(multipart_of(r)) : STR_NONE;
}

int64_t http_request_file_length(const struct http_request *r) {
  return multipart_of(r) ? multipart__file_length(multipart_of(r), r->content_length) : -1;
}

str http_request_file_type(const struct http_request *r) {
  return multipart_of(r) ? multipart__file_type(multipart_of(r)) : STR_NONE;
}
