/* remote: one command's conversation with a running service. A sign-in is kept in $XDG_CONFIG_HOME/shienkin (else
 * ~/.config/shienkin), a folder of mode 0700:
 *
 *   sign-in        JSON, 0600: {url, token, login, name, expires_at, ca}; ca: whether ca.pem is to be trusted, and it alone
 *   ca.pem         the certificates that --ca named when signing in
 *   request-<hash> the Idempotency-Key of a request whose end is not known, so that the same words are the same request
 */
#ifndef CLI_REMOTE_H
#define CLI_REMOTE_H

#include "command.h"
#include "shienkin/codec.h"
#include "shienkin/net.h"

struct remote {
  struct arena *arena;
  struct clock clock;
  struct randomness randomness;
  const char *home;             /* the folder; NULL where neither XDG_CONFIG_HOME nor HOME says one */
  str url;                      /* "https://host:port", no slash behind */
  str token, login, name;       /* token n = 0: not signed in */
  const char *ca_file;          /* NULL: the system's */
  bool json;                    /* --json: answers and refusals as they came */
};

/* ---- home.c */
/* Fills url, token and ca_file from what is kept. EXIT_FINDING, and advice on standard error, where nobody signed in. */
enum exit_code remote_home(struct remote *r);                    /* home alone, made where it is missing */
enum exit_code remote_signed_in(struct remote *r);
enum exit_code remote_keep(struct remote *r, str expires_at, str ca_pem);
void remote_forget(struct remote *r);
/* A key for this request: the one kept for its fingerprint by an earlier try of at most a day ago, else a new one, kept. */
str remote_key(struct remote *r, str fingerprint);
void remote_key_done(struct remote *r, str fingerprint);

/* ---- ask.c: from the terminal, else a line of standard input. n = 0: nothing was given. */
str remote_ask(struct remote *r, const char *ja, const char *en);
str remote_ask_secret(struct remote *r, const char *ja, const char *en);

/* ---- call.c */
struct remote_call {
  const char *method;
  str path;                     /* "/v1/…", with its query */
  str body;                     /* n = 0: none */
  const char *type;             /* of the body; NULL: application/json */
  str if_match;                 /* n = 0: none */
  bool idempotent;              /* needs an Idempotency-Key */
  str key;                      /* given by --key; n = 0: made */
  bool has_file; int file; int64_t file_length;  /* the body is a file, from where it stands */
  bool has_out; int out;        /* the answer goes there */
  bool anonymous;               /* without a token */
  bool quiet;                   /* a refusal is the caller's to tell */
  int64_t wait_ms;              /* 0: net's */
};
/* EXIT_DONE: a 2xx, in *out. Otherwise what went wrong was told (unless quiet). */
enum exit_code remote_call(struct remote *r, struct remote_call *c, struct net_answer *out);
/* The body of an answer as JSON; an object without members where it is none. */
struct json remote_json(struct remote *r, str body);

/* ---- show.c */
void remote_show(struct remote *r, const struct net_answer *answer, const char *columns);        /* an answer, by --json or not */
void remote_show_problem(struct remote *r, const struct net_answer *answer);
void remote_tell(const char *ja, const char *en);               /* a line on standard error */
str remote_member(const struct json *object, const char *name); /* a text member; n = 0: none */
str remote_plain(struct arena *a, str s);                       /* without characters that steer a terminal */

/* ---- upload.c: one file to a claim */
enum exit_code remote_upload(struct remote *r, str claim, const char *path, str purpose);

#endif
