/* https: one exchange: what is asked, what came back, bounded. */
#include <ctype.h>
#include <errno.h>
#include <strings.h>
#include <unistd.h>

#include "curl_door.h"
#include "messages.h"
#include "shienkin/net.h"

#define METHOD_MOST 16
#define ANSWER_HEADERS_MOST 200

/* ---- what is asked */

static bool is_token(str s) {
  for (size_t i = 0; i < s.n; i++)
    if (!isalnum((unsigned char)s.p[i]) && !memchr("!#$%&'*+-.^_`|~", s.p[i], 15)) return false;
  return s.n > 0;
}

/* RFC 9110 section 5.5: visible characters, spaces and tabs; nothing that ends a line. */
static bool is_field_value(str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    if ((c < 0x20 && c != '\t') || c == 0x7F) return false;
  }
  return true;
}

/* What is wrong with the request, or NULL. The bytes at fault are not repeated: they may be anything. */
static const char *fault(const struct net_request *r) {
  if (strlen(r->method) > METHOD_MOST || !is_token(str_of(r->method))) return "method";
  if (!door_url_ok(r->url, STR("https://"))) return "URL";
  for (size_t i = 0; i < r->header_count; i++)
    if (!is_token(r->headers[i].name) || !is_field_value(r->headers[i].value)) return "header";
  return NULL;
}

/* ---- the exchange */

struct exchange {
  struct arena *arena;
  const struct net_request *request;
  struct net_answer *out;
  struct door door;
  struct heap head, body;
  size_t filed;                                 /* bytes of the answer that went into the file */
  int64_t sent;
  bool file_failed, too_large;
};

static size_t most_bytes(const struct net_request *r) { return r->most_bytes ? r->most_bytes : NET_BYTES_MOST; }

static size_t take_header(char *bytes, size_t size, size_t n, void *context) {
  struct exchange *x = context;
  size_t length = size * n;
  if (length >= 5 && memcmp(bytes, "HTTP/", 5) == 0) x->head.n = 0;     /* an interim answer came before */
  return heap_add(&x->head, bytes, length) ? length : 0;
}

static size_t take_body(char *bytes, size_t size, size_t n, void *context) {
  struct exchange *x = context;
  size_t length = size * n;
  long status = 0;
  (void)curl_easy_getinfo(x->door.curl, CURLINFO_RESPONSE_CODE, &status);
  if (!x->request->has_out_file || status >= 400) return heap_add(&x->body, bytes, length) ? length : 0;
  if (length > most_bytes(x->request) - x->filed) x->too_large = true;
  else if (file_write_fd(x->request->out_file, (str){ bytes, length }) != RESULT_OK) x->file_failed = true;
  x->filed += length;
  return x->too_large || x->file_failed ? 0 : length;
}

static size_t give_body(char *room, size_t size, size_t n, void *context) {
  struct exchange *x = context;
  int64_t left = x->request->body_length - x->sent;
  size_t most = size * n;
  if (left < (int64_t)most) most = (size_t)(left > 0 ? left : 0);
  ssize_t got;
  do got = most ? read(x->request->body_file, room, most) : 0;
  while (got < 0 && errno == EINTR);
  if (got < 0 || (got == 0 && left > 0)) {                      /* shorter than it was said to be */
    x->file_failed = true;
    return CURL_READFUNC_ABORT;
  }
  x->sent += got;
  return (size_t)got;
}

#define SET(option, value) do { if (curl_easy_setopt(x->door.curl, (option), (value)) != CURLE_OK) \
                                  arena_leave(x->arena, RESULT_NO_MEMORY); } while (0)

static void need(struct exchange *x, result r) {
  if (r != RESULT_OK) arena_leave(x->arena, r);
}

static void set_headers(struct exchange *x) {
  const struct net_request *r = x->request;
  bool typed = false;
  for (size_t i = 0; i < r->header_count; i++) {
    str name = r->headers[i].name, value = r->headers[i].value;
    typed = typed || (name.n == 12 && strncasecmp(name.p, "Content-Type", 12) == 0);
    /* An empty value is written with ';', or libcurl would take the header out. */
    need(x, door_list_add(&x->door, str_format(x->arena, "%.*s%s%.*s", STR_ARG(name), value.n ? ": " : ";", STR_ARG(value)).p));
  }
  if (!typed) need(x, door_list_add(&x->door, "Content-Type:"));
  need(x, door_list_add(&x->door, "Expect:"));
  SET(CURLOPT_HTTPHEADER, x->door.list);
  SET(CURLOPT_USERAGENT, "shienkin");
}

static bool is_this_machine(struct arena *a, const char *url) {
  str host = door_host(a, url);
  return str_starts(host, STR("localhost")) || str_starts(host, STR("127.")) || str_starts(host, STR("[::1]"));
}

static void set_up(struct exchange *x) {
  const struct net_request *r = x->request;
  need(x, door_open(&x->door, r->url, "https", r->ca_file, r->wait_ms));
  SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  if (is_this_machine(x->arena, r->url)) SET(CURLOPT_PROXY, "");
  if (strcmp(r->method, "HEAD") == 0) SET(CURLOPT_NOBODY, 1L);
  if (r->has_body_file) {
    SET(CURLOPT_UPLOAD, 1L);
    SET(CURLOPT_READFUNCTION, give_body);
    SET(CURLOPT_READDATA, x);
    SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)r->body_length);
  } else if (r->body.n || strcmp(r->method, "POST") == 0) {
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.n);
    SET(CURLOPT_POSTFIELDS, r->body.n ? r->body.p : "");
  }
  SET(CURLOPT_CUSTOMREQUEST, r->method);
  SET(CURLOPT_HEADERFUNCTION, take_header);
  SET(CURLOPT_HEADERDATA, x);
  SET(CURLOPT_WRITEFUNCTION, take_body);
  SET(CURLOPT_WRITEDATA, x);
  set_headers(x);
}

/* ---- what came back */

static void read_headers(struct exchange *x) {
  str head = str_copy(x->arena, (str){ x->head.p, x->head.n });
  struct net_header *headers = ARENA_ARRAY(x->arena, struct net_header, ANSWER_HEADERS_MOST);
  size_t count = 0;
  (void)str_cut(head, '\n', &head);                            /* the status line */
  while (head.n && count < ANSWER_HEADERS_MOST) {
    str line = str_trim(str_cut(head, '\n', &head)), value;
    str name = str_cut(line, ':', &value);
    if (name.n && name.n < line.n) headers[count++] = (struct net_header){ name, str_trim(value) };
  }
  x->out->headers = headers;
  x->out->header_count = count;
}

static void trouble(struct exchange *x, const struct message *m, str said) {
  x->door.trouble = (struct trouble){ m, door_host(x->arena, x->request->url), said };
  arena_leave(x->arena, RESULT_OUTSIDE);
}

static void exchange(void *context) {
  struct exchange *x = context;
  set_up(x);
  CURLcode code = curl_easy_perform(x->door.curl);
  if (x->head.no_memory || x->body.no_memory) arena_leave(x->arena, RESULT_NO_MEMORY);
  if (x->too_large || x->head.full || x->body.full)
    trouble(x, &net__too_large, str_format(x->arena, "%zu", x->head.full ? x->head.most : most_bytes(x->request)));
  if (x->file_failed) trouble(x, &net__file, STR(""));
  need(x, door_ended(&x->door, x->arena, code, x->request->url, x->request->ca_file));
  long status = 0;
  (void)curl_easy_getinfo(x->door.curl, CURLINFO_RESPONSE_CODE, &status);
  x->out->status = (int)status;
  x->out->body = str_copy(x->arena, (str){ x->body.p, x->body.n });
  read_headers(x);
}

/* The arena may give up amid all this. It then leaves to here, and the handles go as they do otherwise. */
result net_https(struct arena *a, const struct net_request *r, struct findings *f, struct net_answer *out) {
  const char *wrong = fault(r);
  if (wrong) {
    FINDING(f, STR(""), &net__malformed, str_of(wrong));
    return RESULT_REFUSED;
  }
  *out = (struct net_answer){ 0 };
  struct exchange x = { .arena = a, .request = r, .out = out, .head.most = NET_HEADER_BYTES_MOST, .body.most = most_bytes(r) };
  result ended = arena_run(a, exchange, &x);
  door_close(&x.door);
  mem_free(x.head.p);
  mem_free(x.body.p);
  if (ended != RESULT_OK) door_tell(&x.door, f);
  return ended;
}

str net_answer_header(const struct net_answer *a, const char *name) {
  size_t n = strlen(name);
  for (size_t i = 0; i < a->header_count; i++)
    if (a->headers[i].name.n == n && strncasecmp(a->headers[i].name.p, name, n) == 0) return a->headers[i].value;
  return STR_NONE;
}
