/* net: the program as a client of others: HTTPS and mail. The only door to libcurl. */
#ifndef SHIENKIN_NET_H
#define SHIENKIN_NET_H

#include "shienkin/base.h"

struct net_header { str name, value; };
struct net_request {
  const char *method;                   /* "GET", … */
  const char *url;                      /* https only */
  const struct net_header *headers; size_t header_count;
  str body;                             /* n = 0: none */
  const char *ca_file;                  /* NULL: the system's; else the certificates that are trusted */
  int64_t wait_ms;                      /* in all; 0: 30,000 */
  size_t most_bytes;                    /* of the answer; 0: 32 MiB */
  /* A file's bytes instead of `body`, or the answer's into a file as they come; -1 and 0: none. */
  bool has_body_file; int body_file; int64_t body_length;
  bool has_out_file; int out_file;
};
struct net_answer { int status; const struct net_header *headers; size_t header_count; str body; };
/* One exchange over TLS 1.2 or later with the certificate checked; no redirection is followed. RESULT_OUTSIDE with a finding
 * (net_unreachable, net_certificate, net_timeout, net_too_large) that says what to do. */
MUST_USE result net_https(struct arena *a, const struct net_request *r, struct findings *f, struct net_answer *out);
str net_answer_header(const struct net_answer *a, const char *name);            /* n = 0: absent */

/* One message by SMTP with TLS (RFC 5321, RFC 3207). Headers and body are made here (RFC 5322, UTF-8, quoted-printable or
 * base64); addresses are checked, nothing in them can start another header or command. */
struct net_mail_server {
  const char *url;                      /* "smtps://host:465", "smtp://host:587" with STARTTLS required */
  const char *user, *password_file;     /* NULL: none */
  const char *ca_file;                  /* NULL: the system's */
  int64_t wait_ms;                      /* 0: 30,000 */
};
struct net_mail {
  str from_address, from_name, to_address, subject, text;       /* UTF-8 */
  str message_id;                       /* "…@host", the same for every try */
  int64_t at_us;
};
/* RESULT_REFUSED: the server refused for good (5xx) or the address is none, with a finding; RESULT_OUTSIDE: try again later. */
MUST_USE result net_mail_send(struct arena *a, const struct net_mail_server *s, const struct net_mail *m, struct findings *f);

#endif
