/* confine: fork, put the walls up, exec, wait no longer than was said. */
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_CANNOT_BEGIN = 97, FILES_MOST = 64 };

/* ---- in the child */

static bool take_descriptors(int in, int out) {
  int nothing = open("/dev/null", O_WRONLY);
  return nothing >= 0 && lseek(in, 0, SEEK_SET) == 0 && dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(nothing, 2) == 2 &&
         close_range(3, ~0U, 0) == 0;
}

static bool take_limits(const struct confined *c) {
  const struct { __rlimit_resource_t what; rlim_t most; } limits[] = {
    { RLIMIT_AS, c->memory_bytes ? c->memory_bytes : RLIM_INFINITY },
    { RLIMIT_CPU, c->cpu_s },
    { RLIMIT_FSIZE, c->out_bytes },
    { RLIMIT_NOFILE, FILES_MOST },
    { RLIMIT_NPROC, 0 },
    { RLIMIT_CORE, 0 },
  };
  for (size_t i = 0; i < COUNT_OF(limits); i++)
    if (setrlimit(limits[i].what, &(struct rlimit){ limits[i].most, limits[i].most }) != 0) return false;
  return true;
}

/* getppid() is asked last: the parent may have gone before the death signal was set. */
static bool tie_to(pid_t parent) { return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent; }

_Noreturn static void become(const struct confined *c, int in, int out, pid_t parent) {
  char *nothing[] = { NULL };
  process_default_signals();
  bool ready = take_descriptors(in, out) && chdir("/") == 0 && take_limits(c) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
               tie_to(parent) && confine__files() && confine__calls();
  if (ready) execve(c->words[0], (char *const *)c->words, nothing);
  _exit(EXIT_CANNOT_BEGIN);
}

/* ---- in the parent */

/* Until the child has ended or its time is over; then it is ended. A signal to this thread begins the wait anew. false: the
 * child could not be waited for, which is no fault of what it was given. */
static bool wait_for(pid_t child, int wall_ms) {
  CLEANUP(fd_close) int fd = pidfd_open(child, 0);
  struct pollfd end = { .fd = fd, .events = POLLIN };
  int ended = -1;
  while (fd >= 0 && (ended = poll(&end, 1, wall_ms)) < 0 && errno == EINTR) continue;
  if (ended <= 0) kill(child, SIGKILL);
  return ended >= 0;
}

result confine_run(const struct confined *c, int in, int out) {
  assert(in > 2 && out > 2);
  pid_t parent = getpid(), child = fork();
  int status;
  if (child < 0) return RESULT_OUTSIDE;
  if (child == 0) become(c, in, out, parent);
  bool waited = wait_for(child, c->wall_ms);
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return RESULT_OUTSIDE;
  if (!waited || (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_CANNOT_BEGIN)) return RESULT_OUTSIDE;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? RESULT_OK : RESULT_REFUSED;
}

static void close_file(void *fd) { fd_close(fd); }

result confine_file(struct arena *a, int *fd) {
  int *kept = ARENA_NEW(a, int);
  *kept = memfd_create("paper", MFD_CLOEXEC);
  if (*kept < 0) return RESULT_OUTSIDE;
  arena_defer(a, close_file, kept);
  *fd = *kept;
  return RESULT_OK;
}
