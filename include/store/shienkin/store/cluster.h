/* cluster: a private PostgreSQL as our child. Nothing → ready in about a second; stopped when we are, even by kill -9:
 * the child asks the kernel for SIGINT at its parent's death (PR_SET_PDEATHSIG), a fast and clean shutdown.
 *
 * Call from the main thread: the death signal follows the forking thread, not the process.
 * State folder: data/ (0700, the server's user), run/ (socket; its path must stay within 107 bytes), secrets/ (0700,
 * ours: one file per role, 0600), cluster.log. As root the server drops to the user `postgres`. */
#ifndef SHIENKIN_STORE_CLUSTER_H
#define SHIENKIN_STORE_CLUSTER_H

#include "run.h"

struct cluster;
struct cluster_options {
  const char *state;            /* folder; made when missing; the server's user must be able to pass the ones above */
  const char *bin;              /* PostgreSQL's programs; NULL: /usr/lib/postgresql/<newest>/bin, then PATH */
  const char *migrations;       /* folder with bootstrap/ and the numbered files */
  const char *settings;         /* more lines for postgresql.conf, or NULL (tests: "fsync = off\n") */
  bool keep_superuser;          /* tests only: the superuser's password stays, under secrets/admin */
  int64_t wait_ms;              /* for readiness; 0: 30,000 */
  struct clock clock;
  struct randomness randomness;
  struct log log;
};
/* initdb, bootstrap and migrations where they are due (an embedded cluster migrates by itself), then ready.
 * RESULT_REFUSED with findings (cluster_…) for what a person can mend: no programs, path too long, folder of another
 * kind, a server there already. RESULT_OUTSIDE: the server did not come up; its log is named in the finding. */
MUST_USE result cluster_start(struct arena *a, const struct cluster_options *o, struct findings *f,
                              struct cluster **out);
/* One that another process keeps, seen by a process that never knew the passwords which making it takes: where it is,
 * and its logins. cluster_stop() frees it and stops nothing. */
MUST_USE result cluster_at(const struct cluster_options *o, struct findings *f, struct cluster **out);
/* SIGINT (fast shutdown), waits up to 30 s, then SIGQUIT. NULL is fine. */
void cluster_stop(struct cluster *c);
/* Removes the data of a state folder where no server runs; for a demo whose making was interrupted. */
void cluster_discard(const char *state);
int cluster_pid(const struct cluster *c);                       /* the postmaster, for tests that kill it */
const char *cluster_where(const struct cluster *c);             /* for store_options.where */
struct store_login cluster_login(const struct cluster *c, enum store_realm realm);
/* For the bootstrap of owners: read from secrets/owner at each call; NULL when this process may not. */
const char *cluster_owner_conninfo(const struct cluster *c);

#endif
