/* serve: everything that one running service consists of. Filled step by step by the files of this folder, each of which
 * says which members it fills; freed by the end of the process. One thread starts and stops it, the main one. */
#ifndef CLI_SERVE_SERVE_H
#define CLI_SERVE_SERVE_H

#include <signal.h>
#include <sys/types.h>

#include "command.h"
#include "shienkin/gate.h"

/* Where its files are and whom it serves as (place.c). */
struct place {
  const char *state;            /* absolute */
  const char *secrets, *tls;    /* folders in it, 0700: what only the starter reads; what the service reads again */
  bool fresh;                   /* no cluster was ever made here */
  bool drops;                   /* started as root: becomes `user` before it listens */
  const char *user;
  uid_t uid;
  gid_t gid;
  int lock;                     /* held as long as the starter lives */
};

struct jobs;
struct watch;                   /* of readiness (database.c) */

struct serving {
  struct arena *arena;
  const struct config *config;
  struct findings findings;
  struct clock clock;
  struct randomness randomness;
  struct log log;
  sigset_t signals;             /* blocked in every thread; the main one waits for them */
  bool demo, embedded;
  pid_t keeper;                 /* the parent that keeps the cluster; 0: none */
  struct place place;
  struct cluster *cluster;      /* NULL: the database is another's */
  struct service service;
  struct gate gate;
  uint8_t cursor_key[32];
  str certificate_pem, key_pem;
  int listener;                 /* bound while we may; the server's from its start on */
  struct watch *watch;
  struct metrics *metrics;
  int certificate_series;
  struct jobs *jobs;
  struct http_server *server;
};

/* From the settings to the end of the service. Messages went to standard error. */
enum exit_code serve_run(struct serving *s);
/* The service itself, in its own process where there is a keeper. */
enum exit_code serve__service(struct serving *s);
/* What went wrong goes to standard error: EXIT_FINDING for what a person can mend, else EXIT_OUTSIDE. */
enum exit_code serve__failed(struct serving *s, result why);

/* ---- place.c */
MUST_USE result serve__place_settle(struct serving *s);
/* The log's file, opened anew under the descriptor that it has. */
void serve__log_reopen(struct serving *s);
/* No way back: from root to the service's user. Does nothing where the starter was not root. */
MUST_USE result serve__place_drop(struct serving *s);
const char *serve__state_path(struct serving *s, const char *name);      /* "<state>/<name>" */

/* ---- keeper.c: starts the cluster, forks the service, and waits for both. */
enum exit_code serve__keep(struct serving *s);

/* ---- database.c: service.store, watch */
MUST_USE result serve__database_open(struct serving *s);
void serve__database_close(struct serving *s);
struct http_readiness serve__readiness(struct serving *s);

/* ---- demo: made on its first start, while we still are who started us */
MUST_USE result serve__demo_settle(struct serving *s);
bool serve__demo_is_half(struct serving *s);     /* a first start that did not come to its end */
struct store_options serve__store_options(struct serving *s);

/* ---- keys.c: service.keys, cursor_key, certificate_pem, key_pem */
MUST_USE result serve__keys_make(struct serving *s);             /* those of a first start, before anything else is there */
MUST_USE result serve__keys_open(struct serving *s);
/* Reads certificate and key as they are set, or our own; makes ours where it is missing or about to end. */
MUST_USE result serve__certificate_read(struct serving *s, struct findings *f, str *certificate, str *key);

/* ---- rooms.c: listener, server */
MUST_USE result serve__bind(struct serving *s);
MUST_USE result serve__listen(struct serving *s);
str serve__address(struct serving *s);           /* "https://127.0.0.1:8443" */

/* ---- jobs.c */
MUST_USE result serve__jobs_make(struct serving *s);             /* before anybody counts: their metrics */
MUST_USE result serve__jobs_start(struct serving *s);
void serve__jobs_stop(struct serving *s);

/* ---- figures.c: metrics */
MUST_USE result serve__figures_make(struct serving *s);
void serve__figures_certificate(struct serving *s, int64_t ends_unix_s);

#endif
