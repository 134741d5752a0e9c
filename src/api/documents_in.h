/* documents_in: the documents of a claim as they are sent. */
#ifndef SHIENKIN_API_DOCUMENTS_IN_H
#define SHIENKIN_API_DOCUMENTS_IN_H

#include "answers/answers.h"

enum { API_DOCUMENTS_MOST_BYTES = DRAFT_MOST_BYTES + (16 << 10) };

extern const struct spec api__declared;                 /* {version, accepted} */
extern const struct spec api__document_facts, api__document_facts_null; /* looked at by the use case, place by place */
extern const struct spec api__document_payee, api__document_payee_null;
extern const struct spec api__document_report, api__document_report_null;

struct declaration api__declaration(const struct json *body);
struct claim_documents api__documents_of(const struct json *body);
/* The channel that was said; else the one of who asks: clinics "online", proxies "proxy"; n = 0 for others. */
str api__channel_of(const struct http_request *r);

#endif
