/* keeper: two children and their order. PostgreSQL comes first and goes last. The keeper's death by any signal ends both:
 * each has asked the kernel to be told (PR_SET_PDEATHSIG), which follows the thread that forked, so the keeper has one.
 *
 * The service is forked before the cluster is made and waits until it is up: so it never knew the passwords of the
 * superuser and of the schema's owner, and there is nothing in its memory to forget.
 *
 *   the service ends        PostgreSQL is stopped, and the service's exit code is ours
 *   PostgreSQL ends         it is started again; the service answers 503 meanwhile and finds it by itself
 *   SIGTERM, SIGINT, SIGHUP are handed to the service; the first two twice mean: hurry */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "configuration.h"
#include "serve/serve.h"

enum { PAUSE_MS = 100, WAIT_FOR_OLD_MS = 30000, WAIT_FOR_ORPHANS_MS = 3000, RESTART_PAUSE_S = 2 };

static void pause_ms(int64_t ms) {
  struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
  nanosleep(&t, NULL);
}

/* We hold the lock, so a server that still runs here has lost its keeper and is shutting down; and one whose children have
 * lost it lets nobody in until they have noticed. Both are a matter of moments. */
static bool may_pass(const struct findings *f, int64_t waited_ms) {
  if (findings_has(f, STR(""), "cluster_running")) return waited_ms < WAIT_FOR_OLD_MS;
  return findings_has(f, STR(""), "cluster_down") && waited_ms < WAIT_FOR_ORPHANS_MS;
}

static struct cluster_options options_of(struct serving *s) {
  return (struct cluster_options){ .state = s->place.state, .migrations = cli_configured_folder(s->arena, s->config, "migrations"),
                                   .settings = s->demo ? "shared_buffers = 32MB\nmax_connections = 60\n" : NULL,
                                   .clock = s->clock, .randomness = s->randomness, .log = s->log };
}

static result start_cluster(struct serving *s) {
  struct cluster_options o = options_of(s);
  struct findings f = findings_in(s->arena);
  int64_t began_us = clock_monotonic_us(&s->clock);
  result r = cluster_start(s->arena, &o, &f, &s->cluster);
  while (r != RESULT_OK && may_pass(&f, (clock_monotonic_us(&s->clock) - began_us) / 1000)) {
    pause_ms(PAUSE_MS);
    f = findings_in(s->arena);
    r = cluster_start(s->arena, &o, &f, &s->cluster);
  }
  if (r != RESULT_OK) s->findings = f;
  return r;
}

/* ---- the service as a child */

/* False: the keeper gave up, and has said why. */
static bool wait_for_cluster(int told) {
  char up;
  ssize_t n;
  do n = read(told, &up, 1);
  while (n < 0 && errno == EINTR);
  return n == 1;
}

static _Noreturn void become_service(struct serving *s, pid_t keeper, int told) {
  fd_close(&s->place.lock);
  s->keeper = keeper;
  /* Its own process group, so that a terminal's Ctrl-C reaches the keeper alone and counts once. */
  (void)setpgid(0, 0);
  if (!wait_for_cluster(told)) _exit((int)cli_ended(EXIT_OUTSIDE));
  fd_close(&told);
  struct cluster_options o = options_of(s);
  result r = cluster_at(&o, &s->findings, &s->cluster);
  enum exit_code code = r != RESULT_OK ? serve__failed(s, r) : getppid() == keeper ? serve__service(s) : EXIT_OUTSIDE;
  cluster_stop(s->cluster);
  _exit((int)cli_ended(code));
}

/* `tell`: where the service is told that the cluster is up; closed without a word, it ends. */
static pid_t fork_service(struct serving *s, int *tell) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  fflush(NULL);
  pid_t keeper = getpid(), child = fork();
  if (child == 0) {
    fd_close(&ends[1]);
    become_service(s, keeper, ends[0]);
  }
  fd_close(&ends[0]);
  *tell = ends[1];
  return child;
}

static bool has_ended(pid_t pid) {
  siginfo_t info = { .si_pid = 0 };
  return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

static enum exit_code reap(struct serving *s, pid_t service) {
  int status = 0;
  while (waitpid(service, &status, 0) < 0 && errno == EINTR) continue;
  if (WIFEXITED(status)) return (enum exit_code)WEXITSTATUS(status);
  LOG(&s->log, LOG_ERROR, "service_killed", LOG_I("signal", WTERMSIG(status)));
  return EXIT_OUTSIDE;
}

/* ---- waiting */

static void restart_cluster(struct serving *s) {
  LOG(&s->log, LOG_ERROR, "cluster_ended", LOG_S("state", str_of(s->place.state)));
  cluster_stop(s->cluster);
  s->cluster = NULL;
  result r = start_cluster(s);
  LOG(&s->log, r == RESULT_OK ? LOG_WARNING : LOG_ERROR, "cluster_restarted", LOG_S("result", str_of(result_name(r))));
}

static enum exit_code wait_for_end(struct serving *s, pid_t service) {
  for (bool ends = false;;) {
    struct timespec pause = { .tv_sec = RESTART_PAUSE_S };
    int signal = sigtimedwait(&s->signals, NULL, &pause);
    if (signal == SIGHUP || signal == SIGTERM || signal == SIGINT) kill(service, signal == SIGHUP ? SIGHUP : SIGTERM);
    ends = ends || signal == SIGTERM || signal == SIGINT;
    if (has_ended(service)) return reap(s, service);
    if (!ends && (!s->cluster || has_ended(cluster_pid(s->cluster)))) restart_cluster(s);
  }
}

enum exit_code serve__keep(struct serving *s) {
  CLEANUP(fd_close) int tell = -1;
  if (serve__demo_is_half(s)) cluster_discard(s->place.state);
  pid_t service = fork_service(s, &tell);
  result r = service > 0 ? start_cluster(s) : RESULT_OUTSIDE;
  if (r == RESULT_OK && write(tell, "1", 1) != 1) r = RESULT_OUTSIDE;
  fd_close(&tell);
  if (r == RESULT_OK) {
    enum exit_code code = wait_for_end(s, service);
    cluster_stop(s->cluster);
    return code;
  }
  if (service > 0) (void)reap(s, service);
  cluster_stop(s->cluster);
  return serve__failed(s, r);
}
