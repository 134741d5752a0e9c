/* cluster_process: fork, drop, tie, exec. The order matters: setresuid() clears the death signal, so prctl() comes
 * after it, and the parent may have died in between, so getppid() is asked last. */
#include "cluster_process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_CANNOT_BEGIN = 97 };

static bool drop_to(const struct server_user *u) {
  if (!u->drop) return true;
  return setresgid(u->gid, u->gid, u->gid) == 0 && initgroups(u->name, u->gid) == 0 &&
         setresuid(u->uid, u->uid, u->uid) == 0;
}

static bool quiet_descriptors(const char *log) {
  int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
  int out = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  return in >= 0 && out >= 0 && dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(out, 2) == 2;
}

/* In the child: never returns. Its own process group, so that a terminal's Ctrl-C reaches us alone and we end it in
 * order. */
_Noreturn static void become(const struct cluster_paths *p, const struct server_user *u, char *const *words, bool tied,
                             pid_t parent) {
  char *environment[] = { "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "TZ=UTC", NULL };
  process_default_signals();
  bool ready = setpgid(0, 0) == 0 && quiet_descriptors(p->log) && close_range(3, ~0U, 0) == 0 && drop_to(u);
  if (ready && tied) ready = prctl(PR_SET_PDEATHSIG, SIGINT) == 0 && getppid() == parent;
  if (ready && chdir(p->state) == 0) execve(words[0], words, environment);
  _exit(EXIT_CANNOT_BEGIN);
}

result cluster__spawn(const struct cluster_paths *p, const struct server_user *u, char *const *words, bool tied,
                      pid_t *pid) {
  pid_t parent = getpid();
  pid_t child = fork();
  if (child < 0) return RESULT_OUTSIDE;
  if (child == 0) become(p, u, words, tied, parent);
  *pid = child;
  return RESULT_OK;
}

bool cluster__wait(pid_t pid) {
  int status;
  while (waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) return false;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
