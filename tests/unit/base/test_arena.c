/* Do arenas keep their contract: aligned bytes, bounds met by leaving, handles let go in order, nothing leaked whichever
 * allocation fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shienkin/base.h"

/* ---- allocating */

static void bytes_are_aligned_and_apart(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  unsigned char *all[200];
  for (size_t i = 0; i < COUNT_OF(all); i++) {
    all[i] = arena_alloc(a, i * 7);
    assert_non_null(all[i]);
    assert_int_equal((uintptr_t)all[i] % 16, 0);
    memset(all[i], (int)i, i * 7);
  }
  for (size_t i = 0; i < COUNT_OF(all); i++)
    for (size_t k = 0; k < i * 7; k++) assert_int_equal(all[i][k], i);
  arena_free(a);
}

static void empty_allocations_are_valid_and_distinct(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  void *one = arena_alloc(a, 0), *two = arena_alloc(a, 0);
  assert_non_null(one);
  assert_ptr_not_equal(one, two);
  arena_free(a);
}

static void zalloc_zeroes_memory_that_was_used_before(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  memset(arena_alloc(a, 4096), 0xAA, 4096);
  arena_reset(a);
  const unsigned char *p = arena_zalloc(a, 4096);
  for (size_t i = 0; i < 4096; i++) assert_int_equal(p[i], 0);
  arena_free(a);
}

static void grow_keeps_contents_in_place_or_moved(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  char *p = arena_grow(a, NULL, 0, 3);
  memcpy(p, "abc", 3);
  p = arena_grow(a, p, 3, 100);
  assert_memory_equal(p, "abc", 3);
  memset(p, 'x', 100);
  char *between = arena_alloc(a, 8);
  memset(between, 'b', 8);
  char *moved = arena_grow(a, p, 100, 100000);
  assert_ptr_not_equal(moved, p);
  for (int i = 0; i < 100; i++) assert_int_equal(moved[i], 'x');
  memset(moved, 'y', 100000);
  assert_memory_equal(between, "bbbbbbbb", 8);
  assert_ptr_equal(arena_grow(a, moved, 100000, 10), moved);
  arena_free(a);
}

static void used_counts_what_was_handed_out(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  assert_int_equal(arena_used(a), 0);
  arena_alloc(a, 160);
  size_t first = arena_used(a);
  assert_true(first >= 160 && first <= 192);
  for (int i = 0; i < 100; i++) arena_alloc(a, 1600);
  assert_true(arena_used(a) >= first + 160000);
  arena_reset(a);
  assert_int_equal(arena_used(a), 0);
  arena_free(a);
}

/* ---- the guard */

struct greedy {
  struct arena *a;
  size_t size;
  int rounds;
  bool came_back;
};

static void take_rounds(void *context) {
  struct greedy *g = context;
  for (int i = 0; i < g->rounds; i++) memset(arena_alloc(g->a, g->size), 1, g->size);
  g->came_back = true;
}

static void a_limit_leaves_through_the_guard(void **state) {
  (void)state;
  struct arena *a = arena_new(100000);
  struct greedy fits = { a, 1000, 50, false }, too_much = { a, 1000, 200, false }, huge = { a, SIZE_MAX - 8, 1, false };
  assert_int_equal(arena_run(a, take_rounds, &fits), RESULT_OK);
  assert_true(fits.came_back);
  assert_int_equal(arena_run(a, take_rounds, &too_much), RESULT_LIMIT);
  assert_false(too_much.came_back);
  assert_true(arena_used(a) <= 100000);
  assert_int_equal(arena_run(a, take_rounds, &huge), RESULT_LIMIT);
  arena_reset(a);
  fits.came_back = false;
  assert_int_equal(arena_run(a, take_rounds, &fits), RESULT_OK);
  assert_true(fits.came_back);
  arena_free(a);
}

static void a_small_limit_is_usable_nearly_whole(void **state) {
  (void)state;
  struct arena *a = arena_new(256);
  struct greedy fits = { a, 100, 1, false };
  assert_int_equal(arena_run(a, take_rounds, &fits), RESULT_OK);
  struct greedy not = { a, 200, 1, false };
  assert_int_equal(arena_run(a, take_rounds, &not ), RESULT_LIMIT);
  arena_free(a);
}

static void overflowing_arrays_meet_the_limit(void *context) { arena_array(context, SIZE_MAX / 2, 3); }

static void leave_with_conflict(void *context) { arena_leave(context, RESULT_CONFLICT); }

static void run_inner_and_go_on(void *context) {
  assert_int_equal(arena_run(context, leave_with_conflict, context), RESULT_CONFLICT);
  arena_leave(context, RESULT_NOT_FOUND);
}

static void guards_nest(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  assert_int_equal(arena_run(a, overflowing_arrays_meet_the_limit, a), RESULT_LIMIT);
  assert_int_equal(arena_run(a, run_inner_and_go_on, a), RESULT_NOT_FOUND);
  arena_free(a);
}

/* ---- deferred handles */

struct note {
  char *log;
  char name;
};

static void note_down(void *handle) {
  const struct note *n = handle;
  size_t at = strlen(n->log);
  n->log[at] = n->name;
  n->log[at + 1] = '\0';
}

static void deferred_calls_run_newest_first_and_once(void **state) {
  (void)state;
  char log[16] = "";
  struct note notes[] = { { log, 'a' }, { log, 'b' }, { log, 'c' } };
  struct arena *a = arena_new(0);
  arena_defer(a, note_down, &notes[0]);
  struct arena_mark mark = arena_mark(a);
  arena_defer(a, note_down, &notes[1]);
  arena_alloc(a, 100000);
  arena_defer(a, note_down, &notes[2]);
  arena_release(a, mark);
  assert_string_equal(log, "cb");
  arena_reset(a);
  assert_string_equal(log, "cba");
  arena_defer(a, note_down, &notes[1]);
  arena_free(a);
  assert_string_equal(log, "cbab");
}

static void defer_into_a_full_arena(void *context) {
  struct note **pair = context;
  struct arena *a = (struct arena *)(void *)pair[0];
  for (;;) arena_defer(a, note_down, pair[1]);
}

/* The last one could not be noted: it must have been called at once, so that calls = notes + 1. */
static void a_handle_that_cannot_be_noted_is_let_go_at_once(void **state) {
  (void)state;
  char log[4096] = "";
  struct note n = { log, 'x' };
  struct arena *a = arena_new(1024);
  struct note *pair[2] = { (struct note *)(void *)a, &n };
  assert_int_equal(arena_run(a, defer_into_a_full_arena, pair), RESULT_LIMIT);
  assert_int_equal(strlen(log), 1);
  arena_free(a);
  assert_true(strlen(log) > 2);
}

/* ---- marks */

static void release_gives_the_same_bytes_again(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  char *kept = arena_alloc(a, 10);
  memcpy(kept, "kept-bytes", 10);
  struct arena_mark mark = arena_mark(a);
  size_t used = arena_used(a);
  void *first = arena_alloc(a, 64);
  for (int i = 0; i < 50; i++) arena_alloc(a, 5000);
  arena_release(a, mark);
  assert_int_equal(arena_used(a), used);
  assert_ptr_equal(arena_alloc(a, 64), first);
  assert_memory_equal(kept, "kept-bytes", 10);
  arena_free(a);
}

/* Released blocks stay with the arena, and a reset arena holds one block of what it needed: like work asks the system
 * for nothing the second time. */
static void like_work_asks_the_system_once(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  struct arena_mark empty = arena_mark(a);
  for (int round = 0; round < 3; round++) {
    mem_fail_at(0);
    for (int i = 0; i < 60; i++) arena_alloc(a, 5000);
    uint64_t asked = mem_fail_at(0);
    if (round == 0)
      assert_true(asked > 1);
    else
      assert_int_equal(asked, 0);
    if (round == 1)
      arena_reset(a);
    else
      arena_release(a, empty);
    mem_fail_at(0);
  }
  arena_free(a);
}

/* ---- misuse ends the process */

static int signal_of(void (*misuse)(void)) {
  pid_t child = fork();
  if (child == 0) {
    if (!freopen("/dev/null", "w", stderr)) _exit(1);
    misuse();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void exhaust_without_guard(void) { arena_alloc(arena_new(1024), 100000); }

static void use_what_is_no_arena(void) {
  static struct { char bytes[256]; } zeros;
  arena_used((struct arena *)(void *)&zeros);
}

static void leave_saying_ok(void *context) { arena_leave(context, RESULT_OK); }

static void leave_for_no_reason(void) {
  struct arena *a = arena_new(0);
  if (arena_run(a, leave_saying_ok, a) != RESULT_OK) _exit(0);
}

static void misuse_aborts(void **state) {
  (void)state;
  assert_int_equal(signal_of(exhaust_without_guard), 6);
  assert_int_equal(signal_of(use_what_is_no_arena), 6);
  assert_int_equal(signal_of(leave_for_no_reason), 6);
}

/* ---- what the sanitizer sees */

#ifdef ARENA_WATCHED
static void step_over_the_edge(void) {
  volatile char *p = arena_alloc(arena_new(0), 20);
  p[20] = 1;
}

static void use_after_release(void) {
  struct arena *a = arena_new(0);
  struct arena_mark mark = arena_mark(a);
  volatile char *p = arena_alloc(a, 20);
  arena_release(a, mark);
  p[0] = 1;
}

static void use_after_reset(void) {
  struct arena *a = arena_new(0);
  volatile char *p = arena_alloc(a, 20);
  arena_reset(a);
  p[19] = 1;
}

/* Under AddressSanitizer each of these must end the process, and does not reach its end. */
static void memory_errors_are_caught(void **state) {
  (void)state;
  void (*const errors[])(void) = { step_over_the_edge, use_after_release, use_after_reset };
  for (size_t i = 0; i < COUNT_OF(errors); i++) {
    pid_t child = fork();
    if (child == 0) {
      if (!freopen("/dev/null", "w", stderr)) _exit(0);
      errors[i]();
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_int_not_equal(status, 0);
  }
}
#endif

/* ---- every allocation may fail */

struct scene {
  struct arena *a;
  int opened, closed;
};

static void close_one(void *handle) { ((struct scene *)handle)->closed++; }

static void play(void *context) {
  struct scene *s = context;
  for (int i = 0; i < 8; i++) {
    s->opened++;
    arena_defer(s->a, close_one, s);
    struct buf b = buf_in(s->a);
    for (int k = 0; k < 2000; k++) buf_format(&b, "%d,", k);
    findings_in(s->a);
    str_copy(s->a, buf_str(&b));
  }
}

/* Fails the 1st, 2nd, 3rd … allocation until a run meets no fault; every handle is closed each time. */
static void every_allocation_may_fail(void **state) {
  (void)state;
  int failures = 0;
  for (uint64_t n = 1;; n++) {
    struct scene s = { NULL, 0, 0 };
    mem_fail_at(n);
    s.a = arena_new(0);
    result r = s.a ? arena_run(s.a, play, &s) : RESULT_NO_MEMORY;
    bool faulted = mem_fail_at(0) >= n;
    arena_free(s.a);
    assert_int_equal(s.opened, s.closed);
    assert_int_equal(r, faulted ? RESULT_NO_MEMORY : RESULT_OK);
    failures += faulted;
    if (!faulted) break;
  }
  assert_true(failures >= 4);
}

static void the_nth_allocation_fails_once(void **state) {
  (void)state;
  mem_fail_at(2);
  void *one = mem_alloc(1), *two = mem_alloc(1), *three = mem_realloc(one, 100);
  assert_non_null(one);
  assert_null(two);
  assert_non_null(three);
  assert_int_equal(mem_fail_at(0), 3);
  mem_free(three);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(bytes_are_aligned_and_apart),
    cmocka_unit_test(empty_allocations_are_valid_and_distinct),
    cmocka_unit_test(zalloc_zeroes_memory_that_was_used_before),
    cmocka_unit_test(grow_keeps_contents_in_place_or_moved),
    cmocka_unit_test(used_counts_what_was_handed_out),
    cmocka_unit_test(a_limit_leaves_through_the_guard),
    cmocka_unit_test(a_small_limit_is_usable_nearly_whole),
    cmocka_unit_test(guards_nest),
    cmocka_unit_test(deferred_calls_run_newest_first_and_once),
    cmocka_unit_test(a_handle_that_cannot_be_noted_is_let_go_at_once),
    cmocka_unit_test(release_gives_the_same_bytes_again),
    cmocka_unit_test(like_work_asks_the_system_once),
    cmocka_unit_test(misuse_aborts),
#ifdef ARENA_WATCHED
    cmocka_unit_test(memory_errors_are_caught),
#endif
    cmocka_unit_test(every_allocation_may_fail),
    cmocka_unit_test(the_nth_allocation_fails_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
