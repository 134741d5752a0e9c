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

/* A number in mixed radix: each call takes the next digit. */
struct combination { uint64_t rest; };
static int take(struct combination *c, int radix) {
  int digit = (int)(c->rest % (uint64_t)radix);
  c->rest /= (uint64_t)radix;
  return digit;
}
static day filed(struct combination *c, day on) { return take(c, 2) ? on : DAY_NONE; }

static const struct closure no_scope[] = { { 20590, 20592, SCOPE_PARTIAL } };
static const struct closure one_day[] = { { 20585, 20585, SCOPE_NEW_PATIENTS } };
static const struct closure many_days[] = { { 20580, 20590, SCOPE_ALL }, { 20588, 20595, SCOPE_NEW_PATIENTS } };
static const struct { const struct closure *closures; uint32_t count; } closed[] = {
  { NULL, 0 }, { no_scope, 1 }, { one_day, 1 }, { many_days, 2 } };

static struct facts facts_of(struct combination c) {
  struct facts f = desk_sound_facts();
  day on = f.incident.occurred_on;
  f.incident.cyber_attack = (enum tri)take(&c, 3);
  f.incident.insider_crime = (enum tri)take(&c, 3);
  f.leak.occurred = (enum tri)take(&c, 3);
  f.leak.caused_by_attack = (enum tri)take(&c, 3);
  f.filings.mhlw_on = filed(&c, on);
  f.filings.jma_on = filed(&c, on);
  f.filings.ppc_on = filed(&c, on);
  f.filings.persons_notified_on = filed(&c, on);
  f.filings.ppc_prevention_measures = (enum tri)take(&c, 3);
  f.member.class = take(&c, 2) ? CLASS_A1 : CLASS_B;
  f.member.relation = take(&c, 2) ? RELATION_MANAGES : RELATION_NONE;
  f.facility.kind = take(&c, 2) ? FACILITY_HOSPITAL : FACILITY_CARE_SERVICE;
  f.incident.occurred_on = take(&c, 2) ? on : day_from_civil(2022, 5, 31);
  int how = take(&c, (int)COUNT_OF(closed));
  f.closures = closed[how].closures;
  f.closure_count = closed[how].count;
  return f;
}
#define COMBINATIONS (81u * 16u * 3u * 16u * 4u)

static void every_combination_is_decided_as_the_clauses_say(void **state) {
  (void)state;
  for (uint64_t i = 0; i < COMBINATIONS; i++) {
    struct facts f = facts_of((struct combination){ i });
    desk_agree(&desk, &f);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(every_combination_is_decided_as_the_clauses_say) };
  return cmocka_run_group_tests(tests, open_desk, close_desk);
}
