/* What the tests of values and builtins share: an evaluation with a host whose clock stands still and whose zones come
 * from the system's zoneinfo, and short ways to make values and to call builtins by name.
 *
 * Values are compared by their printed form: for the tests of printing itself expected texts are written out as
 * well. */
#ifndef DMN_FIXTURE_H
#define DMN_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "builtin/builtin.h"
#include "shienkin/dmn.h"
#include "value/value.h"

struct fixture { struct arena *arena; struct dmn_host host; struct dmn_eval eval; };

/* One for the test that runs; tests run one after the other. */
static struct fixture fixture;
#define E (&fixture.eval)

static inline str fixture_zone(void *context, str name) {
  (void)context;
  str bytes;
  const char *path = str_z(fixture.arena, str_format(fixture.arena, "/usr/share/zoneinfo/%.*s", STR_ARG(name)));
  return file_read(fixture.arena, path, 1 << 20, &bytes) == RESULT_OK ? bytes : STR_NONE;
}

static inline int set_up(void **state) {
  (void)state;
  struct arena *a = arena_new(0);
  assert_non_null(a);
  fixture.arena = a;
  /* 2026-11-22T00:30:00Z, in Japan */
  fixture.host = (struct dmn_host){ .now_us = 1795307400000000, .utc_offset_s = 9 * 3600, .zone = fixture_zone };
  fixture.eval = dmn_eval_start(a, dmn_symbols_new(a, NULL), &fixture.host, NULL);
  return 0;
}

static inline int tear_down(void **state) {
  (void)state;
  arena_free(fixture.arena);
  return 0;
}

/* ---- making values */
static inline dmn_value num(const char *s) {
  dmn_value v = dmn_number_parse(E, str_of(s));
  assert_false(dmn_is_null(v));
  return v;
}
static inline dmn_value text(const char *s) { return dmn_string(str_of(s)); }
static inline dmn_value at(const char *s) {
  dmn_value v = dmn_temporal_literal(E, str_of(s));
  if (dmn_is_null(v)) fail_msg("no temporal literal: %s", s);
  return v;
}
static inline dmn_value yes(void) { return dmn_boolean(true); }
static inline dmn_value no(void) { return dmn_boolean(false); }
#define LIST(...) \
  dmn_list_of(E, (dmn_value[]){ __VA_ARGS__ }, (uint32_t)(sizeof((dmn_value[]){ __VA_ARGS__ }) / sizeof(dmn_value)))
static inline dmn_value none(void) { return dmn_list(NULL, 0); }
static inline dmn_value one_entry(const char *name, dmn_value v) {
  dmn_symbol s = dmn_intern(E, str_of(name));
  return dmn_context_new(E, &s, &v, 1);
}
static inline dmn_value two_entries(const char *name1, dmn_value v1, const char *name2, dmn_value v2) {
  dmn_symbol s[] = { dmn_intern(E, str_of(name1)), dmn_intern(E, str_of(name2)) };
  return dmn_context_new(E, s, (dmn_value[]){ v1, v2 }, 2);
}

/* ---- calling */
static inline dmn_value call(const char *name, const dmn_value *arguments, uint32_t count) {
  const struct dmn_builtin *b = dmn_builtin_find(str_of(name));
  if (b == NULL) fail_msg("no builtin %s", name);
  const struct dmn_signature *s = dmn_builtin_positional(b, count);
  return s == NULL ? dmn_raise(E, DMN_DIAG_ARITY, str_of(name)) : dmn_builtin_call(E, b, s, arguments, count);
}
#define CALL(name, ...) \
  call(name, (dmn_value[]){ __VA_ARGS__ }, (uint32_t)(sizeof((dmn_value[]){ __VA_ARGS__ }) / sizeof(dmn_value)))

/* ---- looking */
static inline const char *printed(dmn_value v) { return str_z(fixture.arena, dmn_print(fixture.arena, v)); }
#define IS(value, expected) assert_string_equal(printed(value), expected)

/* The value is null and exactly one diagnostic more was raised, of this class. */
static inline void check_raised(dmn_value v, uint32_t faults, uint32_t unknowns, enum dmn_class class,
                                const char *what) {
  if (!dmn_is_null(v)) fail_msg("%s: not null but %s", what, printed(v));
  uint32_t new_faults = E->fault_count - faults, new_unknowns = E->unknown_count - unknowns;
  if (class == DMN_FAULT ? new_faults == 0 : new_faults != 0 || new_unknowns == 0)
    fail_msg("%s: %u faults and %u unknowns raised", what, new_faults, new_unknowns);
}
#define RAISES(class, expression)                                                      \
  do {                                                                                 \
    uint32_t faults_ = E->fault_count, unknowns_ = E->unknown_count;                   \
    dmn_value raised_ = (expression);                                                  \
    check_raised(raised_, faults_, unknowns_, class, #expression);                     \
  } while (0)
#define FAULTS(expression) RAISES(DMN_FAULT, expression)
#define UNKNOWN(expression) RAISES(DMN_UNKNOWN, expression)

/* Runs body and tells whether the evaluation left by its budget. */
static inline bool exceeds_budget(void (*body)(void *context), void *context) {
  return arena_run(fixture.arena, body, context) == RESULT_LIMIT;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
