/* Rows of expression, context and expected value for the tests of FEEL. The context is a FEEL context literal whose
 * entries are the names in scope ("" for none); the value is as dmn_print() writes it. What is expected comes from the
 * specification's text or from working it out by hand. */
#ifndef FEEL_TABLE_H
#define FEEL_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "feel/feel.h"

struct row {
  const char *expression, *context, *expected;
};

struct feel_run {
  struct arena *arena;
  struct dmn_symbols *symbols;
  struct dmn_eval eval;
  struct findings findings;
  const char *expression, *context;
  str printed;
  dmn_value value;
};

static inline void feel_run_body(void *context) {
  struct feel_run *r = context;
  r->symbols = dmn_symbols_new(r->arena, NULL);
  r->eval = dmn_eval_start(r->arena, r->symbols, NULL, NULL);
  r->findings = findings_in(r->arena);
  dmn_value names = dmn_null();
  if (r->context[0] != '\0')
    names = feel_evaluate(&r->eval, r->arena, r->symbols, str_of(r->context), dmn_null(), &r->findings);
  r->value = feel_evaluate(&r->eval, r->arena, r->symbols, str_of(r->expression), names, &r->findings);
  r->printed = dmn_print(r->arena, r->value);
}

/* Evaluates one row; the caller frees r->arena. */
static inline result feel_run_row(struct feel_run *r, const char *expression, const char *context) {
  *r = (struct feel_run){ .arena = arena_new(64u << 20), .expression = expression, .context = context };
  assert_non_null(r->arena);
  return arena_run(r->arena, feel_run_body, r);
}

static inline void feel_check(const struct row *rows, size_t count) {
  size_t wrong = 0;
  for (size_t i = 0; i < count; i++) {
    struct feel_run r;
    result ended = feel_run_row(&r, rows[i].expression, rows[i].context);
    bool right = ended == RESULT_OK && str_eq(r.printed, str_of(rows[i].expected));
    if (!right)
      print_error("%s  over  %s\n  expected %s\n  got      %.*s\n", rows[i].expression, rows[i].context,
                  rows[i].expected, STR_ARG(r.printed));
    wrong += !right;
    arena_free(r.arena);
  }
  assert_int_equal(wrong, 0);
}
#define FEEL_CHECK(rows) feel_check((rows), COUNT_OF(rows))

#endif
