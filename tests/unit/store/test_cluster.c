/* Does a private cluster come up from nothing and again, keep its secrets, end with us even when we are killed, and
 * refuse what it cannot or must not do. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/fixture.h"

static struct arena *arena;
static char home[64];

static int set_up(void **state) {
  (void)state;
  arena = arena_new(0);
  snprintf(home, sizeof home, "/tmp/shienkin-test-XXXXXX");
  return mkdtemp(home) && chmod(home, 0755) == 0 ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  fixture_remove(home);
  arena_free(arena);
  return 0;
}

static const char *at(const char *name) { return str_z(arena, str_format(arena, "%s/%s", home, name)); }

static struct cluster_options options(const char *state) {
  return (struct cluster_options){ .state = state,
                                   .migrations = FIXTURE_MIGRATIONS,
                                   .settings = "fsync = off\nshared_buffers = 16MB\n",
                                   .clock = clock_system(),
                                   .randomness = randomness_system(),
                                   .log = { 2, LOG_ERROR, clock_system() } };
}

static struct cluster *start(const char *state) {
  struct cluster_options o = options(state);
  struct findings f = findings_in(arena);
  struct cluster *c = NULL;
  result r = cluster_start(arena, &o, &f, &c);
  fixture_print(&f);
  assert_int_equal(r, RESULT_OK);
  return c;
}

static void refused(const struct cluster_options *o, const char *code) {
  struct findings f = findings_in(arena);
  struct cluster *c = NULL;
  assert_int_equal(cluster_start(arena, o, &f, &c), RESULT_REFUSED);
  assert_true(findings_has(&f, STR(""), code));
}

static struct store *open_store(struct cluster *c) {
  struct store_options o = { .where = cluster_where(c),
                             .clock = clock_system(),
                             .randomness = randomness_system(),
                             .log = { 2, LOG_ERROR, clock_system() } };
  for (int realm = 0; realm < STORE_REALMS; realm++) {
    o.logins[realm] = cluster_login(c, (enum store_realm)realm);
    o.logins[realm].connections = 2;
  }
  struct findings f = findings_in(arena);
  struct store *s = NULL;
  assert_int_equal(store_open(arena, &o, &f, &s), RESULT_OK);
  return s;
}

static mode_t mode_of(const char *path) {
  struct stat st;
  assert_int_equal(stat(path, &st), 0);
  return st.st_mode & 0777;
}

static bool ends_within(int pid, int seconds) {
  for (int i = 0; i < seconds * 100; i++) {
    if (kill(pid, 0) != 0) return true;
    usleep(10000);
  }
  return false;
}

static void comes_up_from_nothing_and_again(void **state) {
  (void)state;
  const char *folder = at("deep/er/state");
  struct cluster *c = start(folder);
  assert_int_equal(access(at("deep/er/state/secrets/admin"), F_OK), -1); /* no superuser's password is left */
  assert_int_equal(mode_of(at("deep/er/state/secrets")), 0700);
  assert_int_equal(mode_of(at("deep/er/state/secrets/staff")), 0600);
  assert_int_equal(mode_of(at("deep/er/state/data")), 0700);
  assert_int_equal(access(at("deep/er/state/pw"), F_OK), -1);
  struct store *s = open_store(c);
  assert_int_equal(store_ping(s, STORE_AUDITOR), RESULT_OK);
  store_close(s);

  struct cluster_options o = options(folder);
  refused(&o, "cluster_running"); /* one at a time; the first goes on */
  s = open_store(c);
  store_close(s);
  int pid = cluster_pid(c);
  cluster_stop(c);
  assert_true(ends_within(pid, 5));

  c = start(folder);
  s = open_store(c);
  store_close(s);
  cluster_stop(c);
}

/* A process that starts a cluster and is killed: prints the postmaster's pid through the pipe and waits. */
static void child_with_cluster(const char *folder, int out) {
  struct cluster_options o = options(folder);
  struct findings f = findings_in(arena);
  struct cluster *c = NULL;
  if (cluster_start(arena, &o, &f, &c) != RESULT_OK) _exit(1);
  int pid = cluster_pid(c);
  if (write(out, &pid, sizeof pid) != sizeof pid) _exit(1);
  for (;;) pause();
}

static void ends_when_its_parent_is_killed(void **state) {
  (void)state;
  const char *folder = at("killed");
  int ends[2], postmaster = 0, status;
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) child_with_cluster(folder, ends[1]);
  assert_int_equal(read(ends[0], &postmaster, sizeof postmaster), sizeof postmaster);
  assert_int_equal(kill(child, SIGKILL), 0);
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(ends_within(postmaster, 10));
  assert_int_equal(access(at("killed/data/postmaster.pid"), F_OK), -1); /* a clean end, not a crash */
  close(ends[0]);
  close(ends[1]);
  cluster_stop(start(folder));
}

static void a_killed_server_recovers(void **state) {
  (void)state;
  const char *folder = at("crashed");
  struct cluster *c = start(folder);
  assert_int_equal(kill(cluster_pid(c), SIGKILL), 0);
  cluster_stop(c);
  usleep(200000); /* its own children notice that it is gone */
  c = start(folder);
  struct store *s = open_store(c);
  assert_int_equal(store_ping(s, STORE_STAFF), RESULT_OK);
  store_close(s);
  cluster_stop(c);
}

/* A start that died after initdb finds its admin's password and goes on. */
static void goes_on_after_a_half_start(void **state) {
  (void)state;
  const char *folder = at("half");
  struct cluster_options o = options(folder);
  o.migrations = at("nowhere");
  refused(&o, "migrations_missing");
  assert_int_equal(access(at("half/secrets/admin"), F_OK), 0);
  struct cluster *c = start(folder);
  assert_int_equal(access(at("half/secrets/admin"), F_OK), -1);
  cluster_stop(c);
}

static void refuses_what_it_cannot_do(void **state) {
  (void)state;
  struct cluster_options o = options(at("foreign"));
  assert_int_equal(mkdir(o.state, 0755), 0);
  assert_int_equal(file_replace(at("foreign/letter.txt"), STR("x"), 0644), RESULT_OK);
  refused(&o, "cluster_foreign");
  o = options(
      at("a-folder-whose-name-is-so-long-that-a-socket-below-it-would-not-fit-into-the-hundred-and-seven-bytes"));
  refused(&o, "cluster_path_long");
  o = options(at("without-programs"));
  o.bin = "/nonexistent";
  refused(&o, "cluster_programs");
  o = options(at("foreign/letter.txt/state"));
  refused(&o, "cluster_folder");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(comes_up_from_nothing_and_again), cmocka_unit_test(ends_when_its_parent_is_killed),
    cmocka_unit_test(a_killed_server_recovers),        cmocka_unit_test(goes_on_after_a_half_start),
    cmocka_unit_test(refuses_what_it_cannot_do),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
