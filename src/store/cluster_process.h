/* cluster_process: PostgreSQL's programs as our children. */
#ifndef SHIENKIN_STORE_CLUSTER_PROCESS_H
#define SHIENKIN_STORE_CLUSTER_PROCESS_H

#include "cluster_files.h"

/* Start a program as the server's user, its words going to the log. With `tied`, our death is its SIGINT. */
MUST_USE result cluster__spawn(const struct cluster_paths *p, const struct server_user *u, char *const *words,
                               bool tied, pid_t *pid);
/* Its end: true for exit code 0. */
bool cluster__wait(pid_t pid);

#endif
