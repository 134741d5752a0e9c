/* Every combination of yes, no and unknown facts, with and without each filing, bar and kind of closed days, through the
 * rules and through the oracle (P2–P28). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "desk.h"

static struct desk desk;
static int open_desk(void **state) { (void)state; desk_open(&desk); return 0; }
static int close_desk(void **state) { (void)state; desk_close(&desk); return 0; }

static void every_combination_is_decided_as_the_clauses_say(void **state) {
  (void)state;
  for (uint64_t i = 0; i < scheme_grid_size(); i++) {
    struct facts f = scheme_grid_facts(i);
    desk_agree(&desk, &f);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(every_combination_is_decided_as_the_clauses_say) };
  return cmocka_run_group_tests(tests, open_desk, close_desk);
}
