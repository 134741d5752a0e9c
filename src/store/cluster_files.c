/* cluster_files: what lies where in the state folder.
 *
 *   shienkin-state   the mark that this folder is ours
 *   data/            the cluster, 0700, the server's user; made as data.new/ and renamed when initdb is through
 *   run/             the socket
 *   secrets/         0700, ours: owner clinic staff log auditor, and admin until bootstrap is through
 *   cluster.log      what initdb and the server said */
#include "cluster_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "messages.h"

/* The socket's own name in run/, with its slash. */
#define SOCKET_NAME "/.s.PGSQL.5432"

result cluster__user(struct findings *f, struct server_user *out) {
  *out = (struct server_user){ .drop = geteuid() == 0, .uid = geteuid(), .gid = getegid(), .name = NULL };
  if (!out->drop) return RESULT_OK;
  struct passwd entry, *found = NULL;
  char text[4096];
  if (getpwnam_r("postgres", &entry, text, sizeof text, &found) != 0 || !found) {
    FINDING(f, STR(""), &store__cluster_user);
    return RESULT_REFUSED;
  }
  out->uid = entry.pw_uid;
  out->gid = entry.pw_gid;
  out->name = "postgres";
  return RESULT_OK;
}

bool cluster__exists(const char *path) { return access(path, F_OK) == 0; }

/* ---- programs */

static bool has_programs(struct arena *a, str folder, struct cluster_paths *p) {
  const char *initdb = str_z(a, str_format(a, "%.*s/initdb", STR_ARG(folder)));
  const char *postgres = str_z(a, str_format(a, "%.*s/postgres", STR_ARG(folder)));
  if (access(initdb, X_OK) != 0 || access(postgres, X_OK) != 0) return false;
  p->initdb = initdb;
  p->postgres = postgres;
  return true;
}

/* Debian keeps versions side by side: the newest that is whole. */
static bool find_in_debian(struct arena *a, struct cluster_paths *p) {
  str *names;
  size_t count;
  int64_t best = 0;
  if (file_list(a, "/usr/lib/postgresql", &names, &count) != RESULT_OK) return false;
  for (size_t i = 0; i < count; i++) {
    int64_t version;
    if (!str_to_int64(names[i], &version) || version <= best) continue;
    if (has_programs(a, str_format(a, "/usr/lib/postgresql/%.*s/bin", STR_ARG(names[i])), p)) best = version;
  }
  return best > 0;
}

static bool find_in_path(struct arena *a, struct cluster_paths *p) {
  const char *path = getenv("PATH");
  for (str rest = str_of(path ? path : ""), folder; rest.n > 0;) {
    folder = str_cut(rest, ':', &rest);
    if (folder.n > 0 && has_programs(a, folder, p)) return true;
  }
  return false;
}

result cluster__paths(struct arena *a, const struct cluster_options *o, struct findings *f, struct cluster_paths *out) {
  *out = (struct cluster_paths){
    .state = str_z(a, str_of(o->state)),
    .data = str_z(a, str_format(a, "%s/data", o->state)),
    .fresh = str_z(a, str_format(a, "%s/data.new", o->state)),
    .run = str_z(a, str_format(a, "%s/run", o->state)),
    .secrets = str_z(a, str_format(a, "%s/secrets", o->state)),
    .log = str_z(a, str_format(a, "%s/cluster.log", o->state)),
    .mark = str_z(a, str_format(a, "%s/shienkin-state", o->state)),
  };
  if (strlen(out->run) + sizeof SOCKET_NAME > sizeof((struct sockaddr_un *)NULL)->sun_path) {
    FINDING(f, STR(""), &store__cluster_path_long, str_of(o->state));
    return RESULT_REFUSED;
  }
  bool found = o->bin ? has_programs(a, str_of(o->bin), out) : find_in_debian(a, out) || find_in_path(a, out);
  if (found) return RESULT_OK;
  FINDING(f, STR(""), &store__cluster_programs);
  return RESULT_REFUSED;
}

/* ---- folders */

static result folder_failed(struct findings *f, const char *path) {
  FINDING(f, STR(""), &store__cluster_folder, str_of(path), str_of(strerror(errno)));
  return RESULT_REFUSED;
}

static result make_folder(const char *path, mode_t mode, const struct server_user *owner, struct findings *f) {
  if (mkdir(path, mode) != 0 && errno != EEXIST) return folder_failed(f, path);
  if (owner && owner->drop && chown(path, owner->uid, owner->gid) != 0) return folder_failed(f, path);
  if (chmod(path, mode) != 0) return folder_failed(f, path);
  return RESULT_OK;
}

static bool only_dots(const char *path) {
  DIR *d = opendir(path);
  if (!d) return false;
  bool empty = true;
  for (const struct dirent *e = readdir(d); e && empty; e = readdir(d))
    empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
  closedir(d);
  return empty;
}

static result make_parents(struct arena *a, const char *path, struct findings *f) {
  char *copy = (char *)(uintptr_t)str_z(a, str_of(path));
  for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    bool made = mkdir(copy, 0755) == 0 || errno == EEXIST;
    *slash = '/';
    if (!made) return folder_failed(f, copy);
  }
  return RESULT_OK;
}

result cluster__folders(struct arena *a, const struct cluster_paths *p, const struct server_user *u,
                        struct findings *f) {
  TRY(make_parents(a, p->state, f));
  if (mkdir(p->state, 0755) != 0 && errno != EEXIST) return folder_failed(f, p->state);
  if (!cluster__exists(p->mark)) {
    if (!only_dots(p->state)) {
      FINDING(f, STR(""), &store__cluster_foreign, str_of(p->state));
      return RESULT_REFUSED;
    }
    if (file_replace(p->mark, STR("1\n"), 0644) != RESULT_OK) return folder_failed(f, p->mark);
  }
  TRY(make_folder(p->secrets, 0700, NULL, f));
  return make_folder(p->run, 0755, u, f);
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *place) {
  (void)st;
  (void)kind;
  (void)place;
  return remove(path);
}

void cluster__remove(const char *path) { (void)nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS); }

/* ---- secrets */

const char *cluster__secret_path(struct arena *a, const struct cluster_paths *p, const char *name) {
  return str_z(a, str_format(a, "%s/%s", p->secrets, name));
}

result cluster__secret(struct arena *a, const struct cluster_paths *p, const char *name, const struct randomness *r,
                       str *out) {
  const char *path = cluster__secret_path(a, p, name);
  str rest;
  if (file_read(a, path, 4096, out) == RESULT_OK) {
    *out = str_cut(*out, '\n', &rest);
    if (out->n > 0) return RESULT_OK;
  }
  struct sha256 random; /* 32 bytes with a writer of hex digits */
  char hex[65];
  randomness_fill(r, random.bytes, sizeof random.bytes);
  sha256_write(random, hex);
  *out = str_copy(a, str_of(hex));
  return file_replace(path, str_format(a, "%s\n", hex), 0600);
}
