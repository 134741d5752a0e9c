/* fault_kill: the process dies by SIGKILL at a query, or PostgreSQL does. What was committed is there, what was not is not,
 * and the same request under the same key ends it, once. */
#include <signal.h>
#include <time.h>

#include "casework.h"

static struct house house;
static struct casework_places places;
static size_t place;

/* ---- the hook: at the Nth query of the next use case somebody dies */

static struct { uint64_t at, seen; pid_t whom; } death;

static enum store_injury die(void *context, uint64_t nth, const char *statement) {
  (void)context;
  (void)nth;
  (void)statement;
  if (++death.seen == death.at) kill(death.whom, SIGKILL);
  return STORE_UNHURT;
}

static int up(void **state) {
  casework_up(&house);
  places = casework_places(&house, 40);
  casework_restore(&house, 4, (struct store_hook){ die, NULL });
  *state = &house;
  return 0;
}

static int down(void **state) {
  casework_down(*state);
  return 0;
}

static struct kase waiting(struct house *h) {
  house_next(h);
  struct kase k = filed_with(h, "clinic-1", places.ids[place++], SCENE_FACTS, NULL);
  taken(h, &k, "adjuster-1");
  proved(h, &k, "adjuster-1");
  proposed(h, &k, "adjuster-1");
  return k;
}

static result approve_as(struct house *h, const struct kase *k, const struct caller *c) {
  return HOUSE(h, proposal_approve, c, (&(struct approve_request){ k->claim, k->version, k->proposal }));
}

/* How many queries an approval makes. */
static uint64_t queries_of_approval(struct house *h) {
  struct kase k = waiting(h);
  struct caller c = house_keyed(h, "approver-1", "approve");
  death.seen = 0;
  assert_ok(h, approve_as(h, &k, &c));
  return death.seen;
}

/* The server may not have noticed yet that the first asker is dead, and says so: a client waits a moment and sends the
 * same request again, as it is told. */
static result approve_when_free(struct house *h, const struct kase *k, const struct caller *c) {
  const struct timespec wait_for = { 0, 50 * 1000 * 1000 };
  result r = approve_as(h, k, c);
  for (int i = 0; i < 200 && r == RESULT_CONFLICT && findings_has(&h->findings, STR(""), "request_in_progress"); i++) {
    nanosleep(&wait_for, NULL);
    r = approve_as(h, k, c);
  }
  return r;
}

static void end_it(struct house *h, const struct kase *k, const struct caller *c) {
  death.at = 0;
  assert_ok(h, approve_when_free(h, k, c));
  assert_int_equal(casework_count(h, k, "decision"), 1);
  assert_int_equal(casework_owed(h, k), 300000);
  casework_invariants(h);
}

/* ---- the process: a child with a store of its own */

static void live_and_die(struct house *h, const struct kase *k, const struct caller *c, uint64_t at) {
  death.at = at;
  death.seen = 0;
  death.whom = getpid();
  h->service.store = casework_store(h, h->arena, 2, (struct store_hook){ die, NULL });
  if (h->service.store) (void)approve_as(h, k, c);
  _exit(0);                             /* it outlived its last query */
}

static void test_the_process_is_killed(void **state) {
  struct house *h = *state;
  uint64_t most = queries_of_approval(h);
  const uint64_t points[] = { 1, 3, most / 3, most / 2, most - 3, most - 1, most, most + 1 };
  for (size_t i = 0; i < COUNT_OF(points); i++) {
    struct kase k = waiting(h);
    struct caller c = house_keyed(h, "approver-1", "approve");
    int status;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) live_and_die(h, &k, &c, points[i]);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (points[i] <= most - 1) assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    casework_invariants(h);
    end_it(h, &k, &c);
  }
}

/* ---- PostgreSQL */

/* The old server's children need a moment to notice; until they are gone the folder is still in use. */
static void raise_again(struct house *h) {
  struct fixture *x = &h->fixture;
  cluster_stop(x->cluster);
  x->cluster = fixture_cluster(x, x->state);
}

static void test_postgresql_is_killed(void **state) {
  struct house *h = *state;
  uint64_t most = queries_of_approval(h);
  const uint64_t points[] = { 2, most / 2, most };
  for (size_t i = 0; i < COUNT_OF(points); i++) {
    struct kase k = waiting(h);
    struct caller c = house_keyed(h, "approver-1", "approve");
    death.at = points[i];
    death.seen = 0;
    death.whom = cluster_pid(h->fixture.cluster);
    (void)approve_as(h, &k, &c);        /* its backend may live long enough to answer */
    death.at = 0;
    raise_again(h);
    casework_invariants(h);
    end_it(h, &k, &c);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_the_process_is_killed),
    cmocka_unit_test(test_postgresql_is_killed),
  };
  return cmocka_run_group_tests(tests, up, down);
}
