/* oracle: a second reading of policy.md in plain C, for tests alone. It shares no code with the rules, the rule engine or
 * the scheme room (only the struct of facts and the calendar as data), so that the two must agree on every claim for a
 * test to pass. Written from the clauses, not from the rule file; simple before fast. */
#ifndef ORACLE_H
#define ORACLE_H

#include "shienkin/scheme.h"

#define ORACLE_POINTERS_MOST 8
struct oracle_item {
  enum outcome outcome;
  int64_t amount_yen, potential_yen;
  const char *reasons[4]; int reason_count;
  const char *missing[ORACLE_POINTERS_MOST]; int missing_count;
  const char *any_of[2]; int any_of_count;
};
struct oracle_decision {
  enum outcome outcome;
  int64_t total_yen, potential_total_yen, claimed_days, closed_days;
  const char *reasons[4]; int reason_count;
  struct oracle_item items[ITEM_COUNT];
};
struct oracle_decision oracle_decide(const struct facts *facts, const struct calendar *national);

#endif
