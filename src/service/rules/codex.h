/* codex: the rules and the calendar that decide one claim, and a decider over them, borrowed for one use case. */
#ifndef SHIENKIN_SERVICE_RULES_CODEX_H
#define SHIENKIN_SERVICE_RULES_CODEX_H

#include "core/work.h"
#include "shienkin/service/rules.h"

struct codex {
  struct rule_set_head_row rules;
  struct uuid calendar_id;
  struct sha256 calendar_sha256;
  const struct rule_set *set;
  const struct calendar *national;
  struct scheme_decider *decider;
  struct rules__seat *seat;             /* NULL once it was given back */
};

/* P21 over published heads: of those whose first day is not after the incident, the latest first day, then the later
 * publication; before all first days, the earliest file. NULL: there are none. */
const struct rule_set_head_row *rules__select(const struct rule_set_head_row *heads, size_t count, day occurred_on);

/* The confirmed national calendar that was published last; 409 rules_missing where there is none. */
MUST_USE result rules__calendar(struct work *w, struct calendar_row *row, const struct calendar **out);
/* Rules by P21 and the calendar, with a decider; `share` holds the rule set until the transaction ends (staff only). */
MUST_USE result rules__codex(struct work *w, day occurred_on, bool share, struct codex **out);
/* The same by a named rule set, confirmed or not, and a named calendar; zero: the one that was published last. */
MUST_USE result rules__codex_of(struct work *w, struct uuid rule_set, struct uuid calendar, struct codex **out);
/* Gives the decider back. Called by the arena's end too, so that a body which leaves early loses none. */
void rules__codex_close(struct codex *c);

/* The set alone, shared and immutable. */
MUST_USE result rules__set(struct work *w, const struct rule_set_head_row *head, const struct rule_set **out);

/* One file's bytes; refused without a day of publication, by which those outside of this database choose (P21). */
MUST_USE result rules__load(struct arena *a, str bytes, struct findings *f, struct rule_set *out);

#endif
