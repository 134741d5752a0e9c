/* arena_fixture: an arena and findings for each test, as its state. */
#ifndef TEST_ARENA_FIXTURE_H
#define TEST_ARENA_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "shienkin/base.h"

struct fixture {
  struct arena *arena;
  struct findings findings;
};

static inline int fixture_open(void **state) {
  static struct fixture f;
  f.arena = arena_new(0);
  f.findings = findings_in(f.arena);
  *state = &f;
  return f.arena ? 0 : -1;
}

static inline int fixture_close(void **state) {
  arena_free(((struct fixture *)*state)->arena);
  return 0;
}

#define TEST_WITH_FIXTURE(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

#endif
