/* texts: an arena per test, and texts compared readably. */
#ifndef SHIENKIN_TESTS_TEXT_TEXTS_H
#define SHIENKIN_TESTS_TEXT_TEXTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "shienkin/text.h"

static inline int texts_set_up(void **state) {
  *state = arena_new(0);
  return *state ? 0 : -1;
}

static inline int texts_tear_down(void **state) {
  arena_free(*state);
  return 0;
}

#define IN_ARENA(f) cmocka_unit_test_setup_teardown(f, texts_set_up, texts_tear_down)

#define ASSERT_TEXT(actual, expected)                                                    \
  do {                                                                                   \
    str actual_ = (actual), expected_ = str_of(expected);                                \
    if (!str_eq(actual_, expected_))                                                     \
      fail_msg("got \"%.*s\", expected \"%.*s\"", STR_ARG(actual_), STR_ARG(expected_)); \
  } while (0)

#endif
