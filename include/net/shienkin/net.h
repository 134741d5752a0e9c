/* net: the program as a client of others: HTTPS and mail. The only door to libcurl. Any number of threads may ask at once.
 * The scanner for malware on this machine has a header of its own, net/clamd.h.
 *
 * Each call is one exchange over a connection of its own and blocks the calling thread for at most `wait_ms`. Nothing of it is
 * logged. Findings tell what to do; their texts may name the host and what the other side said, never what was sent. */
#ifndef SHIENKIN_NET_H
#define SHIENKIN_NET_H

#include "shienkin/base.h"

#define NET_WAIT_MS 30000
#define NET_CONNECT_MS_MOST 10000
#define NET_BYTES_MOST ((size_t)32 << 20)
#define NET_HEADER_BYTES_MOST ((size_t)64 << 10)

struct net_header { str name, value; };
struct net_request {
  const char *method;                   /* "GET", … */
  const char *url;                      /* https only, no user or password in it */
  const struct net_header *headers; size_t header_count;
  str body;                             /* n = 0: none */
  const char *ca_file;                  /* NULL: the system's; else the only certificates that are trusted, PEM: authorities,
                                         * or the server's own */
  int64_t wait_ms;                      /* in all; 0: NET_WAIT_MS */
  size_t most_bytes;                    /* of the answer; 0: NET_BYTES_MOST */
  /* A file's bytes from where it stands instead of `body`, or the answer's into a file as they come. The caller owns the
   * descriptors. A refusal's body (status 400 and above) never goes into the file but into `body` of the answer. */
  bool has_body_file; int body_file; int64_t body_length;
  bool has_out_file; int out_file;
};
struct net_answer { int status; const struct net_header *headers; size_t header_count; str body; };
/* One exchange over TLS 1.2 or later with the certificate checked; no redirection is followed. Any status is RESULT_OK.
 * A proxy of the environment (HTTPS_PROXY, NO_PROXY) is used, but never for this machine itself.
 * RESULT_REFUSED: the request is malformed (net_malformed: an address that is not https, a line break in a header); nothing
 * was sent. RESULT_OUTSIDE with a finding: net_unreachable, net_certificate, net_ca_file, net_timeout, net_too_large,
 * net_broken (the exchange broke off; whether the other side acted is unknown), net_file. */
MUST_USE result net_https(struct arena *a, const struct net_request *r, struct findings *f, struct net_answer *out);
str net_answer_header(const struct net_answer *a, const char *name);            /* n = 0: absent */

/* One message by SMTP with TLS (RFC 5321, RFC 3207). Headers and body are made here (RFC 5322, UTF-8, quoted-printable or
 * base64); addresses are checked, nothing in them can start another header or command. */
struct net_mail_server {
  const char *url;                      /* "smtps://host:465", "smtp://host:587" with STARTTLS required */
  const char *user, *password_file;     /* NULL: none */
  const char *ca_file;                  /* NULL: the system's */
  int64_t wait_ms;                      /* 0: NET_WAIT_MS */
};
struct net_mail {
  str from_address, from_name, to_address, subject, text;       /* UTF-8; the text at most NET_MAIL_TEXT_MOST */
  str message_id;                       /* "…@host", the same for every try */
  int64_t at_us;
};
#define NET_MAIL_TEXT_MOST ((size_t)256 << 10)
/* RESULT_REFUSED: the server refused for good (5xx on the message or its addresses: net_mail_refused), or the message cannot
 * be sent (net_address, net_malformed). RESULT_OUTSIDE: try again later (net_unreachable, net_certificate, net_ca_file,
 * net_timeout, net_file, net_mail_login, net_mail_tls, net_mail_later, net_broken). */
MUST_USE result net_mail_send(struct arena *a, const struct net_mail_server *s, const struct net_mail *m, struct findings *f);

/* Is this an address that net_mail_send() takes: an addr-spec of RFC 5322 in ASCII, without quotes, comments or literals. */
bool net_address_ok(str address);

#endif
