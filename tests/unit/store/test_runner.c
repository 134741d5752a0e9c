/* Does the runner keep its contract (run.h): commit or nothing, run again what may pass, the first failure stays, a
 * failure at the Nth query for every N. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "store/fixture.h"

/* ---- the fixture: one cluster for all, two owners in it */

static struct uuid owner_person, owner_account;

/* What the hook does at the Nth query, as often as `times` says. */
static struct plan {
  uint64_t nth;
  enum store_injury what;
  int times, done;
} plan;

static enum store_injury follow_plan(void *context, uint64_t nth, const char *statement) {
  struct plan *p = context;
  (void)statement;
  if (p->nth != nth || p->done == p->times) return STORE_UNHURT;
  p->done++;
  return p->what;
}

static struct fixture x = { .hook = { follow_plan, &plan } };

static int set_up(void **state) {
  (void)state;
  fixture_up(&x);
  struct clock c = clock_fixed(&x.now_us);
  struct randomness r = randomness_seeded(&x.seed);
  struct bootstrap_owner owners[2];
  for (int i = 0; i < 2; i++)
    owners[i] = (struct bootstrap_owner){ uuid_v7(&c, &r), uuid_v7(&c, &r), i ? STR("二人目") : STR("一人目"),
                                          i ? STR("owner-2") : STR("owner-1"), { { 0 } } };
  owner_person = owners[0].person;
  owner_account = owners[0].account;
  struct findings f = findings_in(x.arena);
  return store_bootstrap_owners(x.arena, cluster_owner_conninfo(x.cluster), &c, owners, &f) == RESULT_OK ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  fixture_down(&x);
  return 0;
}

static int no_plan(void **state) {
  (void)state;
  plan = (struct plan){ 0 };
  return 0;
}

static struct actor owner(void) { return (struct actor){ owner_account, STR("req-1") }; }

static result run(tx_body *body, void *context, struct tx_fault *fault) {
  return store_run(x.store, STORE_STAFF, owner(), x.arena, body, context, fault);
}

/* ---- bodies */

struct person_job {
  struct uuid id;
  int runs;
  result answer;     /* what the body returns after its writes */
  bool look_between; /* a read between the two writes */
};

static result write_person(struct tx *tx, void *context) {
  struct person_job *job = context;
  job->runs++;
  struct person_row row = { .id = job->id, .kind = STR("human"), .name = STR("試験 花子") };
  store_person_insert(tx, &row);
  if (job->look_between) {
    struct person_row back;
    TRY(store_person_by_id(tx, job->id, &back));
    assert_true(str_eq(back.name, row.name));
  }
  row.id = tx_new_id(tx);
  store_person_insert(tx, &row);
  return job->answer;
}

struct look_job {
  struct uuid id;
  struct person_row row;
};

static result read_person(struct tx *tx, void *context) {
  struct look_job *job = context;
  return store_person_by_id(tx, job->id, &job->row);
}

static bool person_exists(struct uuid id) {
  struct plan kept = plan;
  plan = (struct plan){ 0 };
  struct look_job look = { .id = id };
  result r = run(read_person, &look, NULL);
  plan = kept;
  assert_true(r == RESULT_OK || r == RESULT_NOT_FOUND);
  return r == RESULT_OK;
}

static struct person_job new_job(void) {
  struct clock c = clock_fixed(&x.now_us);
  struct randomness r = randomness_seeded(&x.seed);
  return (struct person_job){ .id = uuid_v7(&c, &r), .answer = RESULT_OK };
}

/* ---- commit and roll back */

static void commits_and_fills_the_actor(void **state) {
  (void)state;
  struct person_job job = new_job();
  assert_int_equal(run(write_person, &job, NULL), RESULT_OK);
  struct look_job look = { .id = job.id };
  assert_int_equal(run(read_person, &look, NULL), RESULT_OK);
  assert_true(uuid_eq(look.row.by.account, owner_account));
  assert_true(uuid_eq(look.row.by.person, owner_person));
  assert_int_equal(look.row.by.at, x.now_us);
  assert_null(look.row.name_kana.p);
}

static void rolls_back_what_the_body_refuses(void **state) {
  (void)state;
  struct person_job job = new_job();
  job.answer = RESULT_REFUSED;
  assert_int_equal(run(write_person, &job, NULL), RESULT_REFUSED);
  assert_int_equal(job.runs, 1);
  assert_false(person_exists(job.id));
}

static void tells_the_rule_that_refused(void **state) {
  (void)state;
  struct person_job job = new_job();
  assert_int_equal(run(write_person, &job, NULL), RESULT_OK);
  struct tx_fault fault;
  assert_int_equal(run(write_person, &job, &fault), RESULT_CONFLICT);
  assert_int_equal(job.runs, 2);
  assert_true(tx_fault_is(&fault, "person_pkey"));
  assert_string_equal(fault.table, "person");
  assert_string_equal(fault.statement, "person_insert");
}

static result open_without_event(struct tx *tx, void *context) {
  struct facility_row facility = { .id = tx_new_id(tx), .key = STR("F-none") };
  struct claim_row claim = { .id = tx_new_id(tx), .facility_id = facility.id, .channel = STR("telephone") };
  (void)context;
  store_facility_insert(tx, &facility);
  store_claim_insert(tx, &claim);
  return RESULT_OK;
}

static void tells_what_is_refused_first(void **state) {
  (void)state;
  struct tx_fault fault;
  assert_int_equal(run(open_without_event, NULL, &fault), RESULT_CONFLICT);
  assert_true(tx_fault_is(&fault, "claim_channel")); /* an owner types no claim */
}

static result salt_without_event(struct tx *tx, void *context) {
  (void)context;
  store_event_salt(tx, tx_new_id(tx), (struct sha256){ { 1 } });
  return RESULT_OK;
}

static void tells_what_is_refused_at_commit(void **state) {
  (void)state;
  struct tx_fault fault;
  assert_int_equal(run(salt_without_event, NULL, &fault), RESULT_CONFLICT);
  assert_true(tx_fault_is(&fault, "event_salt_event_id_fkey"));
  assert_string_equal(fault.statement, "commit");
}

static result assign_nothing(struct tx *tx, void *context) {
  (void)context;
  store_claim_assign(tx, tx_new_id(tx), 1, owner_person);
  return RESULT_OK;
}

static void sees_a_stale_version(void **state) {
  (void)state;
  struct tx_fault fault;
  assert_int_equal(run(assign_nothing, NULL, &fault), RESULT_CONFLICT);
  assert_int_equal(fault.kind, TX_FAULT_STALE);
  assert_string_equal(fault.statement, "claim_assign");
}

static result read_salts(struct tx *tx, void *context) {
  (void)context;
  struct event_read_row *rows;
  size_t count;
  return store_event_after(tx, 0, 10, &rows, &count);
}

static void tells_a_missing_right(void **state) {
  (void)state;
  struct tx_fault fault;
  assert_int_equal(store_run(x.store, STORE_CLINIC, owner(), x.arena, read_salts, NULL, &fault), RESULT_REFUSED);
  assert_int_equal(fault.kind, TX_FAULT_RIGHT);
}

/* ---- again and again */

static void runs_again_what_may_pass(void **state) {
  (void)state;
  for (uint64_t nth = 1; nth <= 5; nth++) {
    struct person_job job = new_job();
    plan = (struct plan){ nth, STORE_RETRY, 2, 0 };
    assert_int_equal(run(write_person, &job, NULL), RESULT_OK);
    assert_true(job.runs >= 2 || nth == 1);
    assert_int_equal(plan.done, 2);
    assert_true(person_exists(job.id));
  }
}

static void gives_up_after_five(void **state) {
  (void)state;
  struct person_job job = new_job();
  struct tx_fault fault;
  plan = (struct plan){ 3, STORE_RETRY, 1000, 0 };
  assert_int_equal(run(write_person, &job, &fault), RESULT_LIMIT);
  assert_int_equal(fault.kind, TX_FAULT_BUSY);
  assert_int_equal(plan.done, 5);
  assert_false(person_exists(job.id));
}

/* BEGIN, settings, insert, read, insert, COMMIT: six queries, each failing in each way. */
static void survives_the_nth_failure(void **state) {
  (void)state;
  for (uint64_t nth = 1; nth <= 6; nth++) {
    struct person_job job = new_job();
    job.look_between = true;
    struct tx_fault fault;
    plan = (struct plan){ nth, STORE_FAIL, 1, 0 };
    assert_int_equal(run(write_person, &job, &fault), RESULT_OUTSIDE);
    assert_int_equal(plan.done, 1);
    assert_int_equal(fault.kind, TX_FAULT_OTHER);
    assert_string_equal(fault.sqlstate, "58000");
    assert_false(person_exists(job.id));
  }
  plan = (struct plan){ 7, STORE_FAIL, 1, 0 };
  struct person_job job = new_job();
  job.look_between = true;
  assert_int_equal(run(write_person, &job, NULL), RESULT_OK);
  assert_int_equal(plan.done, 0); /* there is no seventh: the loop above met all */
}

static void survives_a_lost_connection(void **state) {
  (void)state;
  for (uint64_t nth = 1; nth <= 6; nth++) {
    struct person_job job = new_job();
    job.look_between = true;
    plan = (struct plan){ nth, STORE_CUT_BEFORE, 1, 0 };
    assert_int_equal(run(write_person, &job, NULL), RESULT_OK);
    assert_int_equal(plan.done, 1);
    assert_true(person_exists(job.id));
  }
  for (uint64_t nth = 1; nth <= 5; nth++) {
    struct person_job job = new_job();
    job.look_between = true;
    plan = (struct plan){ nth, STORE_CUT_AFTER, 1, 0 };
    assert_int_equal(run(write_person, &job, NULL), RESULT_OK);
    assert_true(person_exists(job.id));
  }
}

/* The server says so itself (SQLSTATE 53100), as where its disk is full: nobody's mistake, nothing by half, not tried again. */
static const struct statement FULL = {
  .name = "full",
  .sql = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$",
  .touches = -1,
};

static result write_where_no_room_is(struct tx *tx, void *context) {
  TRY(write_person(tx, context));
  tx_send(tx, &FULL, NULL);
  return RESULT_OK;
}

static void a_full_disk_is_the_outside_world(void **state) {
  (void)state;
  struct person_job job = new_job();
  struct tx_fault fault;
  assert_int_equal(run(write_where_no_room_is, &job, &fault), RESULT_OUTSIDE);
  assert_int_equal(fault.kind, TX_FAULT_CONNECTION);
  assert_string_equal(fault.sqlstate, "53100");
  assert_int_equal(job.runs, 1);
  assert_false(person_exists(job.id));
  assert_int_equal(run(write_person, &job, &fault), RESULT_OK); /* and where there is room again it goes on */
  assert_true(person_exists(job.id));
}

static void does_not_repeat_an_unknown_commit(void **state) {
  (void)state;
  struct person_job job = new_job();
  struct tx_fault fault;
  plan = (struct plan){ 5, STORE_CUT_AFTER, 1, 0 }; /* begin, settings, insert, insert, commit */
  assert_int_equal(run(write_person, &job, &fault), RESULT_OUTSIDE);
  assert_int_equal(fault.kind, TX_FAULT_UNKNOWN);
  assert_int_equal(job.runs, 1);
  bool there = false; /* the server meets our goodbye behind the COMMIT */
  for (int i = 0; i < 200 && !(there = person_exists(job.id)); i++) usleep(10000);
  assert_true(there);
}

/* ---- memory */

static result eat(struct tx *tx, void *context) {
  struct person_job *job = context;
  TRY(write_person(tx, job));
  arena_alloc(tx_arena(tx), 1 << 20);
  return RESULT_OK;
}

static void an_exhausted_arena_rolls_back(void **state) {
  (void)state;
  struct arena *small = arena_new(1 << 16);
  struct person_job job = new_job();
  assert_int_equal(store_run(x.store, STORE_STAFF, owner(), small, eat, &job, NULL), RESULT_LIMIT);
  arena_free(small);
  assert_false(person_exists(job.id));
  assert_int_equal(store_ping(x.store, STORE_STAFF), RESULT_OK);
}

static void a_retry_gives_its_memory_back(void **state) {
  (void)state;
  struct arena *own = arena_new(1 << 20);
  size_t before = arena_used(own);
  struct person_job job = new_job();
  plan = (struct plan){ 4, STORE_RETRY, 1000, 0 };
  job.look_between = true;
  assert_int_equal(store_run(x.store, STORE_STAFF, owner(), own, write_person, &job, NULL), RESULT_LIMIT);
  size_t after_five = arena_used(own) - before;
  plan = (struct plan){ 4, STORE_FAIL, 1, 0 };
  size_t mark = arena_used(own);
  assert_int_equal(store_run(x.store, STORE_STAFF, owner(), own, write_person, &job, NULL), RESULT_OUTSIDE);
  assert_true(after_five <= arena_used(own) - mark + 4096); /* five runs hold no more than one */
  arena_free(own);
}

/* ---- attempts */

struct attempt_job {
  struct uuid taken, fresh;
  struct tx_fault fault;
  result inner;
};

static result insert_taken(struct tx *tx, void *context) {
  const struct attempt_job *job = context;
  struct person_row row = { .id = job->taken, .kind = STR("human"), .name = STR("x") };
  store_person_insert(tx, &row);
  return RESULT_OK;
}

static result try_then_go_on(struct tx *tx, void *context) {
  struct attempt_job *job = context;
  struct person_row row = { .id = job->fresh, .kind = STR("human"), .name = STR("x") };
  store_person_insert(tx, &row);
  job->inner = tx_attempt(tx, insert_taken, job, &job->fault);
  TRY(store_person_by_id(tx, job->fresh, &row));
  return RESULT_OK;
}

static void an_attempt_undoes_itself_alone(void **state) {
  (void)state;
  struct attempt_job job = { .taken = owner_person, .fresh = new_job().id };
  assert_int_equal(run(try_then_go_on, &job, NULL), RESULT_OK);
  assert_int_equal(job.inner, RESULT_CONFLICT);
  assert_true(tx_fault_is(&job.fault, "person_pkey"));
  assert_true(person_exists(job.fresh));
  job = (struct attempt_job){ .taken = new_job().id, .fresh = new_job().id };
  assert_int_equal(run(try_then_go_on, &job, NULL), RESULT_OK);
  assert_int_equal(job.inner, RESULT_OK);
  assert_true(person_exists(job.taken));
}

static result refuse_after_writing(struct tx *tx, void *context) {
  TRY(insert_taken(tx, context));
  return RESULT_REFUSED;
}

static result try_a_refusal(struct tx *tx, void *context) {
  struct attempt_job *job = context;
  job->inner = tx_attempt(tx, refuse_after_writing, job, &job->fault);
  return insert_taken(tx, &(struct attempt_job){ .taken = job->fresh });
}

static void an_attempt_may_refuse_by_itself(void **state) {
  (void)state;
  struct attempt_job job = { .taken = new_job().id, .fresh = new_job().id };
  assert_int_equal(run(try_a_refusal, &job, NULL), RESULT_OK);
  assert_int_equal(job.inner, RESULT_REFUSED);
  assert_int_equal(job.fault.kind, TX_FAULT_NONE);
  assert_false(person_exists(job.taken));
  assert_true(person_exists(job.fresh));
}

/* What went wrong before the savepoint is not the attempt's to forgive: not a rule, not a stale version. */
struct before_job {
  tx_body *before;
  struct attempt_job attempt;
};

static result fail_then_try(struct tx *tx, void *context) {
  struct before_job *job = context;
  TRY(job->before(tx, &job->attempt));
  job->attempt.inner = tx_attempt(tx, insert_taken, &(struct attempt_job){ .taken = job->attempt.fresh }, &job->attempt.fault);
  return RESULT_OK;
}

static void an_attempt_forgives_nothing_before_it(void **state) {
  (void)state;
  struct tx_fault fault;
  struct before_job job = { insert_taken, { .taken = owner_person, .fresh = new_job().id } };
  assert_int_equal(run(fail_then_try, &job, &fault), RESULT_CONFLICT);
  assert_int_equal(job.attempt.inner, RESULT_CONFLICT);
  assert_true(tx_fault_is(&fault, "person_pkey"));
  assert_false(person_exists(job.attempt.fresh));
  job = (struct before_job){ assign_nothing, { .fresh = new_job().id } };
  assert_int_equal(run(fail_then_try, &job, &fault), RESULT_CONFLICT);
  assert_int_equal(fault.kind, TX_FAULT_STALE);
  assert_false(person_exists(job.attempt.fresh));
}

/* ---- reads that travel together */

struct asked_job {
  struct facility_row facility;
  struct declaration_text_row text;
  result facility_found, text_found, inner;
  struct role_held_row *roles, *others;
  size_t role_count, other_count;
  bool early; /* leaves before anything was answered */
  int runs;
};

static result ask_for_both(struct tx *tx, void *context) {
  struct asked_job *job = context;
  job->runs++;
  store_ask_facility_by_id(tx, tx_new_id(tx), &job->facility, &job->facility_found);
  store_ask_declaration_text_latest(tx, &job->text, &job->text_found);
  if (job->early) return RESULT_REFUSED;
  return tx_flush(tx);
}

static result gather_roles(struct tx *tx, void *context) {
  struct asked_job *job = context;
  tx_gather(tx);
  TRY(store_role_held_now(tx, owner_person, &job->roles, &job->role_count));
  TRY(store_role_held_now(tx, tx_new_id(tx), &job->others, &job->other_count));
  assert_int_equal(job->role_count, 0); /* on its way */
  return tx_flush(tx);
}

static void reads_travel_together(void **state) {
  (void)state;
  struct asked_job job = { .runs = 0 };
  assert_int_equal(run(ask_for_both, &job, NULL), RESULT_OK);
  assert_int_equal(job.facility_found, RESULT_NOT_FOUND);
  assert_int_equal(job.text_found, RESULT_NOT_FOUND);
  assert_int_equal(run(gather_roles, &job, NULL), RESULT_OK);
  assert_int_equal(job.role_count, 1);
  assert_true(uuid_eq(job.roles[0].person_id, owner_person));
  assert_int_equal(job.other_count, 0);
}

static result leave_and_go_on(struct tx *tx, void *context) {
  struct asked_job *job = context;
  struct asked_job *gone = mem_alloc(sizeof *gone); /* what a frame that was left is to the answers that come later */
  *gone = (struct asked_job){ .early = true };
  job->inner = tx_attempt(tx, ask_for_both, gone, NULL);
  mem_free(gone);
  struct person_row back;
  return store_person_by_id(tx, owner_person, &back);
}

static void who_left_gets_no_answer(void **state) {
  (void)state;
  struct asked_job job = { .runs = 0 };
  assert_int_equal(run(leave_and_go_on, &job, NULL), RESULT_OK);
  assert_int_equal(job.inner, RESULT_REFUSED);
}

static result ask_and_try_a_refusal(struct tx *tx, void *context) {
  struct asked_job *job = context;
  struct attempt_job refused = { .taken = new_job().id };
  tx_gather(tx);
  TRY(store_role_held_now(tx, owner_person, &job->roles, &job->role_count));
  job->inner = tx_attempt(tx, refuse_after_writing, &refused, NULL);
  return tx_flush(tx);
}

/* What was asked before an attempt is not the attempt's to forget. */
static void who_asked_before_an_attempt_is_answered(void **state) {
  (void)state;
  struct asked_job job = { .runs = 0 };
  assert_int_equal(run(ask_and_try_a_refusal, &job, NULL), RESULT_OK);
  assert_int_equal(job.inner, RESULT_REFUSED);
  assert_int_equal(job.role_count, 1);
  assert_true(uuid_eq(job.roles[0].person_id, owner_person));
}

static result look_at_owner(struct tx *tx, void *context) {
  struct asked_job *job = context;
  job->runs++;
  store_ask_declaration_text_latest(tx, &job->text, &job->text_found);
  tx_gather(tx);
  return store_role_held_now(tx, owner_person, &job->roles, &job->role_count);
}

/* BEGIN, settings, two reads, COMMIT: cut off anywhere, even behind the COMMIT, a look is taken again. */
static void a_look_is_answered_with_the_commit(void **state) {
  (void)state;
  for (uint64_t nth = 0; nth <= 5; nth++) {
    struct asked_job job = { .runs = 0 };
    struct tx_fault fault;
    plan = (struct plan){ nth, STORE_CUT_AFTER, 1, 0 };
    assert_int_equal(store_read(x.store, STORE_STAFF, owner(), x.arena, look_at_owner, &job, &fault), RESULT_OK);
    assert_int_equal(job.runs, nth == 0 ? 1 : 2);
    assert_int_equal(job.text_found, RESULT_NOT_FOUND);
    assert_int_equal(job.role_count, 1);
  }
}

static void a_look_that_has_no_room_is_told(void **state) {
  (void)state;
  struct arena *small = arena_new(1 << 12);
  struct asked_job job = { .runs = 0 };
  result r = RESULT_OK;
  for (int i = 0; i < 100 && r == RESULT_OK; i++)
    r = store_read(x.store, STORE_STAFF, owner(), small, look_at_owner, &job, NULL);
  assert_int_equal(r, RESULT_LIMIT);
  arena_free(small);
  assert_int_equal(store_ping(x.store, STORE_STAFF), RESULT_OK);
}

/* ---- the pool */

static result nest(struct tx *tx, void *context) {
  int *depth = context;
  (void)tx;
  if (++*depth == 5) return RESULT_OK;
  return run(nest, depth, NULL);
}

static void the_pool_is_bounded(void **state) {
  (void)state;
  int depth = 0; /* four connections: the fifth waits in vain */
  assert_int_equal(run(nest, &depth, NULL), RESULT_LIMIT);
  assert_int_equal(depth, 4);
  struct store_figures f = store_figures(x.store, STORE_STAFF);
  assert_int_equal(f.busy, 0);
  assert_int_equal(f.open, 4);
}

/* ---- two who lock crosswise */

struct lock_in {
  int64_t key;
};
#define F(kind, member) SQL_FIELD(kind, struct lock_in, member)
static const struct sql_field LOCK_IN[] = { F(INT, key) };
#undef F
struct lock_out {
  bool done;
};
#define F(kind, member) SQL_FIELD(kind, struct lock_out, member)
static const struct sql_field LOCK_OUT[] = { F(BOOL, done) };
#undef F
static const struct statement LOCK =
    STATEMENT_READS("test_lock", LOCK_IN, LOCK_OUT, struct lock_out, "SELECT pg_advisory_xact_lock($1) IS NOT NULL");

struct crosswise {
  int64_t first, second;
  int runs;
  pthread_barrier_t *meet;
  result answer;
};

static result lock_both(struct tx *tx, void *context) {
  struct crosswise *job = context;
  struct lock_out out;
  TRY(tx_one(tx, &LOCK, &(struct lock_in){ job->first }, &out));
  if (job->runs++ == 0) pthread_barrier_wait(job->meet);
  return tx_one(tx, &LOCK, &(struct lock_in){ job->second }, &out);
}

static void *lock_in_thread(void *context) {
  struct crosswise *job = context;
  struct arena *a = arena_new(0);
  job->answer = store_run(x.store, STORE_STAFF, owner(), a, lock_both, job, NULL);
  arena_free(a);
  return NULL;
}

static void a_deadlock_passes(void **state) {
  (void)state;
  pthread_barrier_t meet;
  pthread_barrier_init(&meet, NULL, 2);
  struct crosswise one = { 1, 2, 0, &meet, RESULT_OUTSIDE }, two = { 2, 1, 0, &meet, RESULT_OUTSIDE };
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, lock_in_thread, &one), 0);
  lock_in_thread(&two);
  pthread_join(thread, NULL);
  pthread_barrier_destroy(&meet);
  assert_int_equal(one.answer, RESULT_OK);
  assert_int_equal(two.answer, RESULT_OK);
  assert_int_equal(one.runs + two.runs, 3);
}

/* ---- every kind of field, there and back */

struct kinds {
  struct uuid id, id_none;
  str text, text_empty, text_none, bytes;
  struct sha256 digest, digest_none;
  int64_t integer, integer_none;
  yen money;
  bool yes, no;
  day first, last, day_none;
  moment at, moment_none;
  struct strs texts, texts_none;
  struct uuids ids;
  struct days list;
};
#define F(kind, member) SQL_FIELD(kind, struct kinds, member)
static const struct sql_field KINDS[] = {
  F(UUID, id),        F(UUID, id_none),       F(TEXT, text),     F(TEXT, text_empty),
  F(TEXT, text_none), F(BYTES, bytes),        F(SHA256, digest), F(SHA256, digest_none),
  F(INT, integer),    F(INT, integer_none),   F(YEN, money),     F(BOOL, yes),
  F(BOOL, no),        F(DAY, first),          F(DAY, last),      F(DAY, day_none),
  F(MOMENT, at),      F(MOMENT, moment_none), F(TEXTS, texts),   F(TEXTS, texts_none),
  F(UUIDS, ids),      F(DAYS, list),
};
#undef F
static const struct statement ECHO_KINDS = STATEMENT_READS(
    "test_kinds", KINDS, KINDS, struct kinds,
    "SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22");

static result echo(struct tx *tx, void *context) {
  struct kinds *k = context;
  return tx_one(tx, &ECHO_KINDS, &k[0], &k[1]);
}

static void every_kind_travels(void **state) {
  (void)state;
  const str words[] = { STR_INIT("一"), STR_INIT(""), STR_INIT("a,\"b\"") };
  const struct uuid ids[] = { { { 1 } }, { { 0, 2 } } };
  const day list[] = { 0, -719162, 2932896 }; /* 1970-01-01, 0001-01-01, 9999-12-31 */
  struct kinds k[2] = { {
      .id = { { 9, 8, 7 } },
      .text = STR("山田 \xF0\xA0\xAE\xB7"),
      .text_empty = STR(""),
      .bytes = { "\0\1\xFF\0", 4 },
      .digest = { { 7 } },
      .integer = INT64_MIN + 1,
      .integer_none = SQL_NONE,
      .money = { 1000000000000000 },
      .yes = true,
      .first = -719162,
      .last = 2932896,
      .day_none = DAY_NONE,
      .at = FIXTURE_NOW_US + 123000,
      .moment_none = SQL_NONE,
      .texts = { words, 3 },
      .texts_none = { NULL, 0 },
      .ids = { ids, 2 },
      .list = { list, 3 },
  } };
  assert_int_equal(run(echo, k, NULL), RESULT_OK);
  assert_true(uuid_eq(k[1].id, k[0].id) && uuid_none(k[1].id_none));
  assert_true(str_eq(k[1].text, k[0].text) && str_eq(k[1].bytes, k[0].bytes));
  assert_non_null(k[1].text_empty.p);
  assert_int_equal(k[1].text_empty.n, 0);
  assert_null(k[1].text_none.p);
  assert_memory_equal(&k[1].digest, &k[0].digest, sizeof k[0].digest);
  assert_true(sha256_none(k[1].digest_none));
  assert_true(k[1].integer == k[0].integer && k[1].integer_none == SQL_NONE && k[1].money.amount == 1000000000000000);
  assert_true(k[1].yes && !k[1].no);
  assert_true(k[1].first == k[0].first && k[1].last == k[0].last && k[1].day_none == DAY_NONE);
  assert_true(k[1].at == k[0].at && k[1].moment_none == SQL_NONE);
  assert_int_equal(k[1].texts.count, 3);
  for (int i = 0; i < 3; i++) assert_true(str_eq(k[1].texts.items[i], words[i]));
  assert_int_equal(k[1].texts_none.count, 0);
  assert_int_equal(k[1].ids.count, 2);
  assert_true(uuid_eq(k[1].ids.items[1], ids[1]));
  assert_int_equal(k[1].list.count, 3);
  for (int i = 0; i < 3; i++) assert_int_equal(k[1].list.items[i], list[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(commits_and_fills_the_actor, no_plan),
    cmocka_unit_test_setup(rolls_back_what_the_body_refuses, no_plan),
    cmocka_unit_test_setup(tells_the_rule_that_refused, no_plan),
    cmocka_unit_test_setup(tells_what_is_refused_first, no_plan),
    cmocka_unit_test_setup(tells_what_is_refused_at_commit, no_plan),
    cmocka_unit_test_setup(sees_a_stale_version, no_plan),
    cmocka_unit_test_setup(tells_a_missing_right, no_plan),
    cmocka_unit_test_setup(runs_again_what_may_pass, no_plan),
    cmocka_unit_test_setup(gives_up_after_five, no_plan),
    cmocka_unit_test_setup(survives_the_nth_failure, no_plan),
    cmocka_unit_test_setup(survives_a_lost_connection, no_plan),
    cmocka_unit_test_setup(a_full_disk_is_the_outside_world, no_plan),
    cmocka_unit_test_setup(does_not_repeat_an_unknown_commit, no_plan),
    cmocka_unit_test_setup(an_exhausted_arena_rolls_back, no_plan),
    cmocka_unit_test_setup(a_retry_gives_its_memory_back, no_plan),
    cmocka_unit_test_setup(an_attempt_undoes_itself_alone, no_plan),
    cmocka_unit_test_setup(an_attempt_may_refuse_by_itself, no_plan),
    cmocka_unit_test_setup(an_attempt_forgives_nothing_before_it, no_plan),
    cmocka_unit_test_setup(reads_travel_together, no_plan),
    cmocka_unit_test_setup(who_left_gets_no_answer, no_plan),
    cmocka_unit_test_setup(who_asked_before_an_attempt_is_answered, no_plan),
    cmocka_unit_test_setup(a_look_is_answered_with_the_commit, no_plan),
    cmocka_unit_test_setup(a_look_that_has_no_room_is_told, no_plan),
    cmocka_unit_test_setup(the_pool_is_bounded, no_plan),
    cmocka_unit_test_setup(a_deadlock_passes, no_plan),
    cmocka_unit_test_setup(every_kind_travels, no_plan),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
