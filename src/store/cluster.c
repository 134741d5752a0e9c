/* cluster: from nothing to a migrated database, and back to rest. Every step may be repeated: a crash between two of
 * them is mended by the next start. */
#include "shienkin/store/cluster.h"

#include <errno.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cluster_files.h"
#include "cluster_process.h"
#include "messages.h"
#include "shienkin/store/migrate.h"

enum { WAIT_MS_DEFAULT = 30000, STOP_MS = 30000, POLL_MS = 10, SETTINGS_MOST = 32, PASSWORDS = 5, SECRET_BYTES_MOST = 4096 };
static const char ADMIN[] = "shienkin_admin", DATABASE[] = "shienkin";
static const char *const secret_names[PASSWORDS] = { "owner", "clinic", "staff", "log", "auditor" };

struct cluster {
  struct arena *arena;
  pid_t pid;
  const char *where;
  struct cluster_paths paths;
};

static void pause_ms(int64_t ms) {
  struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
  nanosleep(&t, NULL);
}

/* A value of a libpq connection string: quotes and backslashes escaped. */
static str quoted(struct arena *a, const char *value) {
  struct buf b = buf_in(a);
  buf_byte(&b, '\'');
  for (; *value; value++) {
    if (*value == '\'' || *value == '\\') buf_byte(&b, '\\');
    buf_byte(&b, *value);
  }
  buf_byte(&b, '\'');
  return buf_str(&b);
}

/* ---- initdb */

/* The password file that initdb reads as the server's user; gone as soon as it is through. */
static result write_password(struct arena *a, const struct cluster_paths *p, const struct server_user *u, str password,
                             const char **path) {
  *path = str_z(a, str_format(a, "%s/pw", p->state));
  TRY(file_replace(*path, str_format(a, "%.*s\n", STR_ARG(password)), 0600));
  if (u->drop && chown(*path, u->uid, u->gid) != 0) return RESULT_OUTSIDE;
  return RESULT_OK;
}

static result init_cluster(struct arena *a, const struct cluster_options *o, const struct cluster_paths *p,
                           const struct server_user *u, struct findings *f) {
  str password;
  const char *pwfile;
  TRY(cluster__secret(a, p, "admin", &o->randomness, &password));
  TRY(write_password(a, p, u, password, &pwfile));
  cluster__remove(p->fresh);
  bool made = mkdir(p->fresh, 0700) == 0 && (!u->drop || chown(p->fresh, u->uid, u->gid) == 0);
  const char *words[] = { p->initdb,
                          "-D",
                          p->fresh,
                          "-U",
                          ADMIN,
                          "-E",
                          "UTF8",
                          "--locale=C.UTF-8",
                          "--auth-local=scram-sha-256",
                          "--auth-host=reject",
                          str_z(a, str_format(a, "--pwfile=%s", pwfile)),
                          "-k",
                          "--no-instructions",
                          o->keep_superuser ? "--no-sync" : NULL,
                          NULL };
  pid_t pid;
  made = made && cluster__spawn(p, u, (char *const *)(uintptr_t)words, false, &pid) == RESULT_OK && cluster__wait(pid);
  unlink(pwfile);
  if (made && rename(p->fresh, p->data) == 0) return RESULT_OK;
  FINDING(f, STR(""), &store__cluster_initdb, str_of(p->log));
  return RESULT_OUTSIDE;
}

/* ---- the server */

/* "fsync = off\nwork_mem = 8MB\n" as words -c fsync=off -c work_mem=8MB. */
static size_t add_settings(struct arena *a, const char *settings, const char **words, size_t n) {
  for (str rest = str_of(settings ? settings : ""), line; rest.n > 0;) {
    line = str_trim(str_cut(rest, '\n', &rest));
    str value, name = str_cut(line, '=', &value);
    if (line.n == 0) continue;
    assert(n + 3 < SETTINGS_MOST);
    words[n++] = "-c";
    words[n++] = str_z(a, str_format(a, "%.*s=%.*s", STR_ARG(str_trim(name)), STR_ARG(str_trim(value))));
  }
  return n;
}

static result start_server(struct arena *a, const struct cluster_options *o, const struct cluster_paths *p,
                           const struct server_user *u, pid_t *pid) {
  const char *words[SETTINGS_MOST] = {
    p->postgres,
    "-D",
    p->data,
    "-c",
    "listen_addresses=",
    "-c",
    str_z(a, str_format(a, "unix_socket_directories=%s", p->run)),
    "-c",
    "timezone=UTC",
    "-c",
    "log_timezone=UTC",
    "-c",
    "log_min_error_statement=panic",
    "-c",
    "log_min_messages=fatal",
    "-c",
    "password_encryption=scram-sha-256",
  };
  size_t n = 0;
  while (words[n]) n++;
  add_settings(a, o->settings, words, n);
  return cluster__spawn(p, u, (char *const *)(uintptr_t)words, true, pid);
}

/* The process that data/postmaster.pid names; 0: none, or it is no more. */
static int64_t postmaster(struct arena *a, const struct cluster_paths *p) {
  str text, rest;
  int64_t pid;
  struct arena_mark mark = arena_mark(a);
  const char *path = str_z(a, str_format(a, "%s/postmaster.pid", p->data));
  bool named =
      file_read(a, path, 4096, &text) == RESULT_OK && str_to_int64(str_cut(text, '\n', &rest), &pid) && pid > 0;
  arena_release(a, mark);
  return named && (kill((pid_t)pid, 0) == 0 || errno == EPERM) ? pid : 0;
}

static const char *ping_place(struct arena *a, const struct cluster *c) {
  return str_z(a, str_format(a, "%s user=%s", c->where, ADMIN));
}

/* Asked before ours starts: a number in a stale file may be anybody's, so the socket must answer too. */
static result refuse_running(struct arena *a, const struct cluster *c, struct findings *f) {
  int64_t other = postmaster(a, &c->paths);
  if (other == 0 || PQping(ping_place(a, c)) == PQPING_NO_RESPONSE) return RESULT_OK;
  FINDING(f, STR(""), &store__cluster_running, str_of(c->paths.state), str_format(a, "%d", (int)other));
  return RESULT_REFUSED;
}

/* Ready is when our own child has the folder and answers: another's answer does not count. */
static result wait_ready(struct arena *a, const struct cluster_options *o, struct cluster *c, struct findings *f) {
  int64_t most_ms = o->wait_ms ? o->wait_ms : WAIT_MS_DEFAULT;
  const char *place = ping_place(a, c);
  for (int64_t waited_ms = 0; waited_ms < most_ms; waited_ms += POLL_MS) {
    int status;
    if (waitpid(c->pid, &status, WNOHANG) == c->pid) {
      c->pid = 0;
      break;
    }
    if (postmaster(a, &c->paths) == c->pid && PQping(place) == PQPING_OK) return RESULT_OK;
    pause_ms(POLL_MS);
  }
  FINDING(f, STR(""), &store__cluster_down, str_of(c->paths.log));
  return RESULT_OUTSIDE;
}

/* ---- bootstrap and migrations */

static result forget_superuser(struct arena *a, const struct cluster_paths *p, const char *admin) {
  PGconn *c = PQconnectdb(admin);
  PGresult *r = PQstatus(c) == CONNECTION_OK ? PQexec(c, "ALTER ROLE shienkin_admin PASSWORD NULL") : NULL;
  bool done = r && PQresultStatus(r) == PGRES_COMMAND_OK;
  PQclear(r);
  PQfinish(c);
  if (!done || unlink(cluster__secret_path(a, p, "admin")) != 0) return RESULT_OUTSIDE;
  return RESULT_OK;
}

/* While secrets/admin is there, bootstrap is not through. */
static result bootstrap(struct arena *a, const struct cluster_options *o, const struct cluster *c, struct findings *f) {
  const struct cluster_paths *p = &c->paths;
  if (!cluster__exists(cluster__secret_path(a, p, "admin"))) return RESULT_OK;
  str admin_password, passwords[PASSWORDS];
  TRY(cluster__secret(a, p, "admin", &o->randomness, &admin_password));
  for (int i = 0; i < PASSWORDS; i++) TRY(cluster__secret(a, p, secret_names[i], &o->randomness, &passwords[i]));
  const char *admin = str_z(a, str_format(a, "host=%.*s dbname=postgres user=%s password=%.*s",
                                          STR_ARG(quoted(a, p->run)), ADMIN, STR_ARG(admin_password)));
  TRY(store_bootstrap(a, admin, DATABASE, o->migrations, passwords, f));
  return o->keep_superuser ? RESULT_OK : forget_superuser(a, p, admin);
}

static const char *owner_conninfo(struct arena *a, const struct cluster *c, str password) {
  return str_z(a, str_format(a, "%s user=shienkin_owner password=%.*s", c->where, STR_ARG(password)));
}

static result find_place(const struct cluster_options *o, struct cluster *c, struct findings *f) {
  TRY(cluster__paths(c->arena, o, f, &c->paths));
  c->where = str_z(c->arena, str_format(c->arena, "host=%.*s dbname=%s", STR_ARG(quoted(c->arena, c->paths.run)), DATABASE));
  return RESULT_OK;
}

static result bring_up(struct arena *a, const struct cluster_options *o, struct cluster *c, struct findings *f) {
  struct server_user u;
  TRY(cluster__user(f, &u));
  TRY(find_place(o, c, f));
  TRY(cluster__folders(a, &c->paths, &u, f));
  if (!cluster__exists(c->paths.data)) TRY(init_cluster(a, o, &c->paths, &u, f));
  TRY(refuse_running(a, c, f));
  TRY(start_server(a, o, &c->paths, &u, &c->pid));
  TRY(wait_ready(a, o, c, f));
  TRY(bootstrap(a, o, c, f));
  str password;
  TRY(cluster__secret(a, &c->paths, "owner", &o->randomness, &password));
  struct migration_report report;
  return store_migrate(a, owner_conninfo(a, c, password), o->migrations, &o->clock, f, &report);
}

static struct cluster *cluster_new(void) {
  struct arena *own = arena_new(1 << 20);
  if (!own) return NULL;
  struct cluster *c = ARENA_NEW(own, struct cluster);
  c->arena = own;
  return c;
}

static result handed_over(struct cluster *c, result r, struct cluster **out) {
  if (r == RESULT_OK) *out = c;
  else cluster_stop(c);
  return r;
}

result cluster_start(struct arena *a, const struct cluster_options *o, struct findings *f, struct cluster **out) {
  struct cluster *c = cluster_new();
  return c ? handed_over(c, bring_up(a, o, c, f), out) : RESULT_NO_MEMORY;
}

result cluster_at(const struct cluster_options *o, struct findings *f, struct cluster **out) {
  struct cluster *c = cluster_new();
  return c ? handed_over(c, find_place(o, c, f), out) : RESULT_NO_MEMORY;
}

/* ---- the end */

static bool gone_within(pid_t pid, int64_t most_ms) {
  for (int64_t waited_ms = 0; waited_ms < most_ms; waited_ms += POLL_MS) {
    int status;
    pid_t ended = waitpid(pid, &status, WNOHANG);
    if (ended == pid || (ended < 0 && errno == ECHILD)) return true;
    pause_ms(POLL_MS);
  }
  return false;
}

void cluster_stop(struct cluster *c) {
  if (!c) return;
  if (c->pid > 0) {
    kill(c->pid, SIGINT);
    if (!gone_within(c->pid, STOP_MS)) {
      kill(c->pid, SIGQUIT);
      (void)gone_within(c->pid, STOP_MS);
    }
  }
  arena_free(c->arena);
}

void cluster_discard(const char *state) {
  static const char *const folders[] = { "data", "data.new" };
  struct arena *a = arena_new(1 << 16);
  for (size_t i = 0; a && i < COUNT_OF(folders); i++) cluster__remove(str_z(a, str_format(a, "%s/%s", state, folders[i])));
  arena_free(a);
}

int cluster_pid(const struct cluster *c) { return c->pid; }
const char *cluster_where(const struct cluster *c) { return c->where; }

const char *cluster_owner_conninfo(const struct cluster *c) {
  str text, rest;
  const char *path = cluster__secret_path(c->arena, &c->paths, "owner");
  if (file_read(c->arena, path, SECRET_BYTES_MOST, &text) != RESULT_OK) return NULL;
  return owner_conninfo(c->arena, c, str_cut(text, '\n', &rest));
}

struct store_login cluster_login(const struct cluster *c, enum store_realm realm) {
  static const char *const users[STORE_REALMS] = { "shienkin_clinic", "shienkin_staff", "shienkin_log",
                                                   "shienkin_auditor" };
  return (struct store_login){ .user = users[realm],
                               .password_file = cluster__secret_path(c->arena, &c->paths, store_realm_name(realm)) };
}
