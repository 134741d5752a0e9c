/* A database that is there and says nothing: its process stopped by a signal, as a stuck disk or a machine that is frozen would
 * stop it. Waiting has an end, a commit under way is no failure, others are turned away at once, and it all passes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <time.h>

#include "store/fixture.h"

enum { ANSWER_MS = 700, PAUSE_MS = 1000, AT_ONCE_MS = 100, PATIENCE_MS = 10000 };

static struct fixture x = { .answer_ms = ANSWER_MS, .quiet = true };

static int set_up(void **state) {
  (void)state;
  fixture_up(&x);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  fixture_down(&x);
  return 0;
}

static int64_t now_ms(void) {
  struct clock real = clock_system();
  return clock_monotonic_us(&real) / 1000;
}

static result run(tx_body *body, void *context, struct tx_fault *fault) {
  struct actor service = { STORE_SERVICE_ACCOUNT, STR("req-1") };
  return store_run(x.store, STORE_STAFF, service, x.arena, body, context, fault);
}

/* ---- bodies */

struct backend_row {
  int64_t pid;
};
#define F(kind, member) SQL_FIELD(kind, struct backend_row, member)
static const struct sql_field BACKEND_OUT[] = { F(INT, pid) };
#undef F
static const struct statement BACKEND =
    STATEMENT_READS_ALL("backend", BACKEND_OUT, struct backend_row, "SELECT pg_backend_pid()::bigint");

struct job {
  struct uuid id; /* a person that is written */
  struct backend_row backend;
  int runs;
};

static struct job new_job(void) {
  struct clock c = clock_fixed(&x.now_us);
  struct randomness r = randomness_seeded(&x.seed);
  return (struct job){ .id = uuid_v7(&c, &r) };
}

static result ask(struct tx *tx, void *context) {
  struct job *job = context;
  job->runs++;
  return tx_one(tx, &BACKEND, NULL, &job->backend);
}

static result ask_who_is_stopped(struct tx *tx, void *context) {
  struct job *job = context;
  TRY(ask(tx, job));
  assert_int_equal(kill((pid_t)job->backend.pid, SIGSTOP), 0);
  struct backend_row again;
  return tx_one(tx, &BACKEND, NULL, &again);
}

static result stop_before_commit(struct tx *tx, void *context) {
  struct job *job = context;
  TRY(ask(tx, job));
  struct person_row row = { .id = job->id, .kind = STR("human"), .name = STR("試験 花子") };
  store_person_insert(tx, &row);
  assert_int_equal(kill((pid_t)job->backend.pid, SIGSTOP), 0);
  return RESULT_OK;
}

static result read_person(struct tx *tx, void *context) {
  struct job *job = context;
  struct person_row row;
  return store_person_by_id(tx, job->id, &row);
}

static void let_go_on(const struct job *job) { assert_int_equal(kill((pid_t)job->backend.pid, SIGCONT), 0); }

static void comes_back(void) {
  struct job job = new_job();
  int64_t until = now_ms() + PATIENCE_MS;
  while (run(ask, &job, NULL) != RESULT_OK) {
    assert_true(now_ms() < until);
    usleep(20000);
  }
}

/* ---- tests */

static void waiting_has_an_end(void **state) {
  (void)state;
  struct job job = new_job();
  struct tx_fault fault;
  int64_t began = now_ms();
  assert_int_equal(run(ask_who_is_stopped, &job, &fault), RESULT_OUTSIDE);
  int64_t waited = now_ms() - began;
  assert_int_equal(fault.kind, TX_FAULT_CONNECTION);
  assert_int_equal(job.runs, 1); /* whoever waited in vain does not wait again */
  assert_in_range(waited, ANSWER_MS, ANSWER_MS * 5);
  let_go_on(&job);
  comes_back();
}

static void others_are_turned_away_at_once(void **state) {
  (void)state;
  struct job stopped = new_job(), job = new_job();
  struct tx_fault fault;
  assert_int_equal(run(ask_who_is_stopped, &stopped, NULL), RESULT_OUTSIDE);
  int64_t began = now_ms();
  for (int i = 0; i < 20; i++) {
    assert_int_equal(run(ask, &job, &fault), RESULT_OUTSIDE);
    assert_int_equal(fault.kind, TX_FAULT_CONNECTION);
  }
  assert_true(now_ms() - began < AT_ONCE_MS);
  assert_int_equal(job.runs, 0);
  usleep(PAUSE_MS * 1100);
  assert_int_equal(run(ask, &job, NULL), RESULT_OK); /* who looks finds that the others are well */
  assert_int_equal(run(ask, &job, NULL), RESULT_OK);
  let_go_on(&stopped);
}

static void a_commit_under_way_is_unknown(void **state) {
  (void)state;
  struct job job = new_job();
  struct tx_fault fault;
  assert_int_equal(run(stop_before_commit, &job, &fault), RESULT_OUTSIDE);
  assert_int_equal(fault.kind, TX_FAULT_UNKNOWN);
  assert_int_equal(job.runs, 1);
  let_go_on(&job);
  comes_back();
  result there = RESULT_NOT_FOUND; /* what was sent is done when it wakes */
  for (int64_t until = now_ms() + PATIENCE_MS; there != RESULT_OK && now_ms() < until; usleep(10000))
    there = run(read_person, &job, NULL);
  assert_int_equal(there, RESULT_OK);
}

/* All of it: connections stand, nobody answers, nobody lets new ones in. */
static void the_whole_server_is_stopped(void **state) {
  (void)state;
  struct job job = new_job();
  struct tx_fault fault;
  assert_int_equal(run(ask, &job, NULL), RESULT_OK);
  assert_int_equal(kill(cluster_pid(x.cluster), SIGSTOP), 0);
  assert_int_equal(run(ask_who_is_stopped, &job, &fault), RESULT_OUTSIDE);
  usleep(PAUSE_MS * 1100);
  int64_t began = now_ms();
  assert_int_equal(run(ask, &job, NULL), RESULT_OUTSIDE); /* the connection went, and no other is let in */
  int64_t waited = now_ms() - began;
  assert_in_range(waited, 3000, PATIENCE_MS);
  assert_int_equal(run(ask, &job, NULL), RESULT_OUTSIDE);
  assert_true(now_ms() - began - waited < AT_ONCE_MS);
  let_go_on(&job);
  assert_int_equal(kill(cluster_pid(x.cluster), SIGCONT), 0);
  comes_back();
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(waiting_has_an_end),
    cmocka_unit_test(others_are_turned_away_at_once),
    cmocka_unit_test(a_commit_under_way_is_unknown),
    cmocka_unit_test(the_whole_server_is_stopped),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
