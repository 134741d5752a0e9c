/* cluster_files: the state folder of an embedded cluster, its programs and secrets. */
#ifndef SHIENKIN_STORE_CLUSTER_FILES_H
#define SHIENKIN_STORE_CLUSTER_FILES_H

#include <sys/types.h>

#include "shienkin/store/cluster.h"

/* The user that the server runs as: ourselves, or `postgres` when we are root. */
struct server_user {
  bool drop;
  uid_t uid;
  gid_t gid;
  const char *name;
};

struct cluster_paths {
  const char *state, *data, *fresh, *run, *secrets, *log, *mark;
  const char *initdb, *postgres; /* programs */
};

MUST_USE result cluster__user(struct findings *f, struct server_user *out);
MUST_USE result cluster__paths(struct arena *a, const struct cluster_options *o, struct findings *f,
                               struct cluster_paths *out);
/* The folders, with their owners and modes; refuses a folder with other things in it. */
MUST_USE result cluster__folders(struct arena *a, const struct cluster_paths *p, const struct server_user *u,
                                 struct findings *f);
bool cluster__exists(const char *path);
void cluster__remove(const char *path); /* a folder with all that is in it; nothing there is fine */

/* secrets/<name>, made when missing; one line. */
MUST_USE result cluster__secret(struct arena *a, const struct cluster_paths *p, const char *name,
                                const struct randomness *r, str *out);
const char *cluster__secret_path(struct arena *a, const struct cluster_paths *p, const char *name);

#endif
