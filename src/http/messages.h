/* messages: what http says about a single parameter or about the request's form. */
#ifndef SHIENKIN_HTTP_MESSAGES_H
#define SHIENKIN_HTTP_MESSAGES_H

#include "shienkin/http/answer.h"

extern const struct message http__invalid_encoding, http__unknown_parameter, http__duplicate_parameter, http__required,
    http__pattern, http__minimum, http__maximum, http__date, http__enum, http__max_length, http__too_many_fields,
    http__certificate, http__certificate_key, http__address, http__port;

/* The message for a code that http_value_read() gave. */
const struct message *http__message_of(const char *code);

/* Why a request's framing is refused: fills {0} of the problem. */
struct http__reason {
  const char *ja, *en;
};
extern const struct http__reason http__reason_version, http__reason_line, http__reason_host, http__reason_length,
    http__reason_coding, http__reason_field, http__reason_target, http__reason_body, http__reason_method,
    http__reason_cookie, http__reason_multipart, http__reason_idempotency_key, http__reason_condition, http__reason_zero;

/* The problem (bad_request or not_implemented) with its reason in both languages. */
struct http_answer http__because(struct http_request *r, const struct http_problem *p, const struct http__reason *why);

#endif
