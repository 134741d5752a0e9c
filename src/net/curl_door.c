/* curl_door: what HTTPS and mail share in using libcurl. */
#include "curl_door.h"

#include "messages.h"
#include "shienkin/net.h"

bool heap_add(struct heap *h, const char *bytes, size_t n) {
  if (n > h->most - h->n) {
    h->full = true;
    return false;
  }
  if (h->n + n > h->capacity) {
    size_t capacity = h->capacity ? h->capacity : 4096;
    while (capacity < h->n + n) capacity *= 2;
    char *more = mem_realloc(h->p, capacity);
    if (!more) {
      h->no_memory = true;
      return false;
    }
    h->p = more;
    h->capacity = capacity;
  }
  if (n) memcpy(h->p + h->n, bytes, n);
  h->n += n;
  return true;
}

#define SET(option, value) (code = code == CURLE_OK ? curl_easy_setopt(d->curl, (option), (value)) : code)

result door_open(struct door *d, const char *url, const char *protocols, const char *ca_file, int64_t wait_ms) {
  long wait = (long)(wait_ms > 0 ? wait_ms : NET_WAIT_MS);
  d->curl = curl_easy_init();
  if (!d->curl) return RESULT_NO_MEMORY;
  CURLcode code = CURLE_OK;
  SET(CURLOPT_URL, url);
  SET(CURLOPT_PROTOCOLS_STR, protocols);
  SET(CURLOPT_ERRORBUFFER, d->error);
  SET(CURLOPT_NOSIGNAL, 1L);
  SET(CURLOPT_FOLLOWLOCATION, 0L);
  SET(CURLOPT_FORBID_REUSE, 1L);
  SET(CURLOPT_TIMEOUT_MS, wait);
  SET(CURLOPT_CONNECTTIMEOUT_MS, wait < NET_CONNECT_MS_MOST ? wait : (long)NET_CONNECT_MS_MOST);
  SET(CURLOPT_SSL_VERIFYPEER, 1L);
  SET(CURLOPT_SSL_VERIFYHOST, 2L);
  SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (ca_file) {
    SET(CURLOPT_CAINFO, ca_file);
    SET(CURLOPT_CAPATH, NULL);                  /* or the system's would be trusted beside it */
  }
  return code == CURLE_OK ? RESULT_OK : code == CURLE_OUT_OF_MEMORY ? RESULT_NO_MEMORY : RESULT_OUTSIDE;
}

result door_list_add(struct door *d, const char *line) {
  struct curl_slist *longer = curl_slist_append(d->list, line);
  if (!longer) return RESULT_NO_MEMORY;
  d->list = longer;
  return RESULT_OK;
}

void door_close(struct door *d) {
  if (d->curl) curl_easy_cleanup(d->curl);
  curl_slist_free_all(d->list);
}

static const struct { CURLcode code; const struct message *message; } meanings[] = {
  { CURLE_COULDNT_RESOLVE_HOST, &net__unreachable }, { CURLE_COULDNT_RESOLVE_PROXY, &net__unreachable },
  { CURLE_COULDNT_CONNECT, &net__unreachable },      { CURLE_SSL_CONNECT_ERROR, &net__unreachable },
  { CURLE_PEER_FAILED_VERIFICATION, &net__certificate }, { CURLE_SSL_CERTPROBLEM, &net__certificate },
  { CURLE_SSL_CACERT_BADFILE, &net__ca_file },       { CURLE_OPERATION_TIMEDOUT, &net__timeout },
  { CURLE_URL_MALFORMAT, &net__malformed },          { CURLE_UNSUPPORTED_PROTOCOL, &net__malformed },
};

result door_ended(struct door *d, struct arena *a, CURLcode code, const char *url, const char *ca_file) {
  if (code == CURLE_OK) return RESULT_OK;
  if (code == CURLE_OUT_OF_MEMORY) return RESULT_NO_MEMORY;
  d->trouble = (struct trouble){ &net__broken, door_host(a, url),
                                 str_copy(a, str_of(d->error[0] ? d->error : curl_easy_strerror(code))) };
  for (size_t i = 0; i < COUNT_OF(meanings); i++)
    if (meanings[i].code == code) d->trouble.message = meanings[i].message;
  if (d->trouble.message == &net__ca_file) d->trouble.about = str_copy(a, str_of(ca_file ? ca_file : "?"));
  return d->trouble.message == &net__malformed ? RESULT_REFUSED : RESULT_OUTSIDE;
}

str door_host(struct arena *a, const char *url) {
  str s = str_of(url), rest;
  ptrdiff_t at = str_find(s, STR("://"));
  if (at >= 0) s = str_slice(s, (size_t)at + 3, s.n);
  s = str_cut(s, '/', &rest);
  return str_copy(a, str_cut(s, '?', &rest));
}

bool door_url_ok(const char *url, str scheme) {
  str s = str_of(url), rest;
  if (s.n > 8192 || !str_starts(s, scheme)) return false;
  for (size_t i = 0; i < s.n; i++)
    if (s.p[i] <= ' ' || s.p[i] > '~') return false;
  str host = str_cut(str_slice(s, scheme.n, s.n), '/', &rest);
  return host.n > 0 && str_find(host, STR("@")) < 0;
}

void door_tell(const struct door *d, struct findings *f) {
  if (d->trouble.message) FINDING(f, STR(""), d->trouble.message, d->trouble.about, d->trouble.said);
}
