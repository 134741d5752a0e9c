/* place: the state folder and the user. A folder is claimed once, by its mark shienkin-state: for a demo or for real work,
 * and never changes sides, because a demo's doors stand open. One process at a time: the lock goes with its holder. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "configuration.h"
#include "messages.h"
#include "serve/serve.h"

static const str MARK = STR_INIT("1\n"), MARK_DEMO = STR_INIT("1 demo\n");
enum { MARK_BYTES_MOST = 64, PATH_BYTES_MOST = 4096 };

const char *serve__state_path(struct serving *s, const char *name) {
  return str_z(s->arena, str_format(s->arena, "%s/%s", s->place.state, name));
}

static bool exists(const char *path) { return access(path, F_OK) == 0; }

static result folder_failed(struct serving *s, const char *path) {
  FINDING(&s->findings, STR(""), &cli__serve_folder, str_of(path), str_of(strerror(errno)));
  return RESULT_REFUSED;
}

/* ---- where */

/* Absolute, since the database's library takes a relative one for a host's name. */
static result choose_state(struct serving *s) {
  char here[PATH_BYTES_MOST];
  str given = config_text(s->config, "state");
  if (!given.n) given = cli_default_state(s->arena, s->demo);
  if (!given.n) {
    FINDING(&s->findings, STR(""), &cli__serve_no_state);
    return RESULT_REFUSED;
  }
  if (given.p[0] != '/') {
    if (!getcwd(here, sizeof here)) return folder_failed(s, ".");
    given = str_format(s->arena, "%s/%.*s", here, STR_ARG(given));
  }
  while (given.n > 1 && given.p[given.n - 1] == '/') given.n--;
  s->place.state = str_z(s->arena, given);
  s->place.secrets = serve__state_path(s, "secrets");
  s->place.tls = serve__state_path(s, "tls");
  return RESULT_OK;
}

/* A demo may become nobody; real work has a user of its own, so that no other service of the machine reads its files. */
static result choose_user(struct serving *s) {
  struct place *p = &s->place;
  p->drops = geteuid() == 0;
  p->uid = geteuid();
  p->gid = getegid();
  if (!p->drops) return RESULT_OK;
  p->user = str_z(s->arena, config_text(s->config, "user"));
  const struct passwd *entry = getpwnam(p->user);
  if (!entry && s->demo) entry = getpwnam(p->user = "nobody");
  if (!entry || entry->pw_uid == 0) {
    FINDING(&s->findings, STR(""), &cli__serve_user, str_of(p->user));
    return RESULT_REFUSED;
  }
  p->uid = entry->pw_uid;
  p->gid = entry->pw_gid;
  return RESULT_OK;
}

/* ---- whose */

static bool is_empty(const char *path) {
  DIR *d = opendir(path);
  bool empty = d != NULL;
  for (const struct dirent *e = d ? readdir(d) : NULL; e && empty; e = readdir(d))
    empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
  if (d) closedir(d);
  return empty;
}

static result make_folders_to(struct serving *s, const char *path) {
  char *copy = (char *)(uintptr_t)str_z(s->arena, str_of(path));
  for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    bool made = mkdir(copy, 0755) == 0 || errno == EEXIST;
    *slash = '/';
    if (!made) return folder_failed(s, copy);
  }
  return mkdir(path, 0755) == 0 || errno == EEXIST ? RESULT_OK : folder_failed(s, path);
}

static result claim(struct serving *s) {
  const char *path = serve__state_path(s, "shienkin-state");
  str mark, own = s->demo ? MARK_DEMO : MARK;
  TRY(make_folders_to(s, s->place.state));
  result read = file_read(s->arena, path, MARK_BYTES_MOST, &mark);
  if (read == RESULT_NOT_FOUND && is_empty(s->place.state))
    return file_replace(path, own, 0644) == RESULT_OK ? RESULT_OK : folder_failed(s, path);
  if (read == RESULT_OK && str_eq(mark, own)) return RESULT_OK;
  bool known = read == RESULT_OK && (str_eq(mark, MARK) || str_eq(mark, MARK_DEMO));
  FINDING(&s->findings, STR(""), !known ? &cli__serve_foreign : s->demo ? &cli__serve_not_demo : &cli__serve_is_demo,
          str_of(s->place.state));
  return RESULT_REFUSED;
}

static result lock(struct serving *s) {
  const char *path = serve__state_path(s, "lock");
  str holder = STR("?"), rest;
  s->place.lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (s->place.lock < 0) return folder_failed(s, path);
  if (flock(s->place.lock, LOCK_EX | LOCK_NB) != 0) {
    if (file_read(s->arena, path, MARK_BYTES_MOST, &holder) == RESULT_OK) holder = str_cut(holder, '\n', &rest);
    FINDING(&s->findings, STR(""), &cli__serve_running, str_of(s->place.state), holder);
    return RESULT_REFUSED;
  }
  str number = str_format(s->arena, "%d\n", (int)getpid());
  bool written = ftruncate(s->place.lock, 0) == 0 && file_write_fd(s->place.lock, number) == RESULT_OK;
  return written ? RESULT_OK : folder_failed(s, path);
}

static result make_folder(struct serving *s, const char *path, bool the_services) {
  if (mkdir(path, 0700) != 0 && errno != EEXIST) return folder_failed(s, path);
  if (the_services && s->place.drops && chown(path, s->place.uid, s->place.gid) != 0) return folder_failed(s, path);
  return chmod(path, 0700) == 0 ? RESULT_OK : folder_failed(s, path);
}

/* ---- the log's file */

static int open_log(struct serving *s) {
  const char *path = str_z(s->arena, config_text(s->config, "log.file"));
  return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static result begin_log(struct serving *s) {
  if (!config_text(s->config, "log.file").n) return RESULT_OK;
  int fd = open_log(s);
  bool given = fd >= 0 && (!s->place.drops || fchown(fd, s->place.uid, s->place.gid) == 0);
  if (!given) return folder_failed(s, str_z(s->arena, config_text(s->config, "log.file")));
  s->log.fd = fd;
  return RESULT_OK;
}

void serve__log_reopen(struct serving *s) {
  if (!config_text(s->config, "log.file").n) return;
  CLEANUP(fd_close) int fd = open_log(s);
  if (fd < 0 || dup3(fd, s->log.fd, O_CLOEXEC) < 0) LOG(&s->log, LOG_WARNING, "log_not_reopened", LOG_I("errno", errno));
}

result serve__place_settle(struct serving *s) {
  TRY(choose_state(s));
  TRY(choose_user(s));
  TRY(claim(s));
  TRY(lock(s));
  TRY(make_folder(s, s->place.secrets, false));
  TRY(make_folder(s, s->place.tls, true));
  s->place.fresh = !exists(serve__state_path(s, "data"));
  return begin_log(s);
}

result serve__place_drop(struct serving *s) {
  const struct place *p = &s->place;
  if (p->drops && (setgroups(1, &p->gid) != 0 || setresgid(p->gid, p->gid, p->gid) != 0 ||
                   setresuid(p->uid, p->uid, p->uid) != 0 || setuid(0) == 0)) {
    FINDING(&s->findings, STR(""), &cli__serve_user, str_of(p->user));
    return RESULT_OUTSIDE;
  }
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? RESULT_OK : RESULT_OUTSIDE;
}
