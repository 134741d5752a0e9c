/* fixture: a fresh database for a test, in a copy of a template that is made once per set of migrations (initdb,
 * bootstrap, migrations: about two seconds; a copy and a start: a third of one). Works as root, by dropping to the user
 * postgres, and as an ordinary user.
 *
 * The clock is the test's own, and randomness comes from a seed that a failure prints. */
#ifndef SHIENKIN_TESTS_STORE_FIXTURE_H
#define SHIENKIN_TESTS_STORE_FIXTURE_H

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shienkin/store.h"

#define FIXTURE_MIGRATIONS SOURCE_DIR "/migrations"
/* 2026-05-20T03:00:00Z, noon in Japan. */
#define FIXTURE_NOW_US INT64_C(1779246000000000)

struct fixture {
  struct arena *arena;
  char folder[96], state[128];
  struct cluster *cluster;
  struct store *store;
  int64_t now_us;
  uint64_t seed;
  struct store_hook hook; /* set before fixture_up() */
  int64_t answer_ms;      /* the same; 0: as the service */
  bool quiet;                           /* the test makes the faults itself and wants no log of them */
};

static inline void fixture_print(const struct findings *f) {
  for (size_t i = 0; i < f->count; i++) fprintf(stderr, "%s: %.*s\n", f->items[i].code, STR_ARG(f->items[i].en));
}

/* Run a program and insist that it worked. */
static inline void fixture_program(const char *const *words) {
  pid_t pid;
  int status = -1;
  if (posix_spawnp(&pid, words[0], NULL, NULL, (char *const *)(uintptr_t)words, environ) == 0) waitpid(pid, &status, 0);
  if (status == 0) return;
  fprintf(stderr, "failed: %s %s\n", words[0], words[1]);
  abort();
}

static inline void fixture_remove(const char *folder) {
  fixture_program((const char *const[]){ "rm", "-rf", folder, NULL });
}

/* The names and bytes of all migrations, as one digest: another set gets another template. */
static inline void fixture_digest(struct arena *a, char out[65]) {
  struct sha256_state s = sha256_begin();
  static const char *const folders[] = { FIXTURE_MIGRATIONS "/bootstrap", FIXTURE_MIGRATIONS };
  for (size_t k = 0; k < COUNT_OF(folders); k++) {
    str *names, text;
    size_t count;
    if (file_list(a, folders[k], &names, &count) != RESULT_OK) abort();
    for (size_t i = 0; i < count; i++) {
      if (!str_ends(names[i], STR(".sql"))) continue;
      if (file_read(a, str_z(a, str_format(a, "%s/%.*s", folders[k], STR_ARG(names[i]))), 4 << 20, &text) != RESULT_OK)
        abort();
      sha256_add(&s, names[i]);
      sha256_add(&s, text);
    }
  }
  sha256_write(sha256_end(&s), out);
}

static inline struct cluster *fixture_cluster(struct fixture *x, const char *state) {
  struct findings f = findings_in(x->arena);
  struct cluster_options o = { .state = state,
                               .migrations = FIXTURE_MIGRATIONS,
                               .keep_superuser = true,
                               .settings = "fsync = off\nmax_connections = 64\nshared_buffers = 32MB\n",
                               .clock = clock_system(),
                               .randomness = randomness_system(),
                               .log = { 2, LOG_ERROR, clock_system() } };
  struct cluster *c = NULL;
  if (cluster_start(x->arena, &o, &f, &c) == RESULT_OK) return c;
  fixture_print(&f);
  abort();
}

/* The template's folder, made by whoever comes first. */
static inline void fixture_template(struct fixture *x, char out[128]) {
  char digest[65], lock[160], made[160];
  fixture_digest(x->arena, digest);
  digest[16] = '\0';
  snprintf(out, 128, "/tmp/shienkin-template-%u-%s", (unsigned)geteuid(), digest);
  snprintf(lock, sizeof lock, "%s.lock", out);
  snprintf(made, sizeof made, "%s/made", out);
  int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || flock(fd, LOCK_EX) != 0) abort();
  if (access(made, F_OK) != 0) {
    char fresh[144];
    snprintf(fresh, sizeof fresh, "%s/state", out);
    fixture_remove(out);
    cluster_stop(fixture_cluster(x, fresh));
    if (file_replace(made, STR("1\n"), 0644) != RESULT_OK) abort();
  }
  close(fd);
}

/* A cluster of its own for this test, without a store. */
static inline void fixture_up_cluster(struct fixture *x) {
  if (x->now_us == 0) x->now_us = FIXTURE_NOW_US;
  if (x->seed == 0) x->seed = 20260520;
  x->arena = arena_new(0);
  char template[128], made[144];
  fixture_template(x, template);
  snprintf(made, sizeof made, "%s/state", template);
  snprintf(x->folder, sizeof x->folder, "/tmp/shienkin-test-XXXXXX");
  if (!mkdtemp(x->folder) || chmod(x->folder, 0755) != 0) abort();
  snprintf(x->state, sizeof x->state, "%s/s", x->folder);
  fixture_program((const char *const[]){ "cp", "-a", made, x->state, NULL });
  x->cluster = fixture_cluster(x, x->state);
}

static inline void fixture_open_store(struct fixture *x) {
  struct findings f = findings_in(x->arena);
  struct store_options o = { .where = cluster_where(x->cluster),
                             .clock = clock_fixed(&x->now_us),
                             .randomness = randomness_seeded(&x->seed),
                             .log = { x->quiet ? -1 : 2, LOG_ERROR, clock_system() },
                             .hook = x->hook,
                             .answer_ms = x->answer_ms };
  for (int realm = 0; realm < STORE_REALMS; realm++) {
    o.logins[realm] = cluster_login(x->cluster, (enum store_realm)realm);
    o.logins[realm].connections = 4;
  }
  if (store_open(x->arena, &o, &f, &x->store) == RESULT_OK) return;
  fixture_print(&f);
  abort();
}

static inline void fixture_up(struct fixture *x) {
  fixture_up_cluster(x);
  fixture_open_store(x);
}

static inline void fixture_down(struct fixture *x) {
  store_close(x->store);
  cluster_stop(x->cluster);
  fixture_remove(x->folder);
  arena_free(x->arena);
}

#endif
