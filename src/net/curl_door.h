/* curl_door: what HTTPS and mail share in using libcurl. */
#ifndef NET_CURL_DOOR_H
#define NET_CURL_DOOR_H

#include <curl/curl.h>

#include "shienkin/base.h"

/* Bytes that grow while libcurl works; outside arenas, freed by door_close(). */
struct heap { char *p; size_t n, capacity, most; bool full, no_memory; };
bool heap_add(struct heap *h, const char *bytes, size_t n);      /* false: full or no memory, and the flag says which */

/* One exchange. Zeroed before door_open(); door_close() always. */
struct door {
  CURL *curl;
  struct curl_slist *list;                      /* headers, or recipients */
  char error[CURL_ERROR_SIZE];
  struct trouble { const struct message *message; str about, said; } trouble;
};
/* Certificates, times, no signals, no redirects. False: no memory, or libcurl is not what was built against. */
MUST_USE result door_open(struct door *d, const char *url, const char *protocols, const char *ca_file, int64_t wait_ms);
MUST_USE result door_list_add(struct door *d, const char *line);
void door_close(struct door *d);

/* What libcurl's code means: RESULT_OK, or a result with d->trouble set. Codes that only HTTP or mail can read are broken. */
MUST_USE result door_ended(struct door *d, struct arena *a, CURLcode code, const char *url, const char *ca_file);
/* "host:port" of an address, for people. */
str door_host(struct arena *a, const char *url);
/* Printable ASCII without spaces, `scheme` first, nothing before an '@'. */
bool door_url_ok(const char *url, str scheme);
void door_tell(const struct door *d, struct findings *f);        /* the trouble as a finding, when all handles are gone */

#endif
