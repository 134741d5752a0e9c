/* rules: rule sets and calendars, published by one owner and confirmed by another. Which one decides is P21's
 * selection, in C, over store_rule_set_published(). */
#ifndef SHIENKIN_STORE_RULES_H
#define SHIENKIN_STORE_RULES_H

#include "people.h"

/* ---- rule sets */

struct rule_set_row {
  struct uuid id;
  str scheme;
  day first_day;
  int64_t revision;                     /* of this first day, from 1 */
  str model_id;
  str model_version;
  struct sha256 sha256;
  str bytes;
  struct acting by;
};
/* Rules: rule_set_once, rule_set_follows, rule_set_sha256. */
void store_rule_set_insert(struct tx *tx, const struct rule_set_row *row);
/* Rule second_owner. tx_at() is the moment of publication. */
void store_rule_set_confirm(struct tx *tx, struct uuid rule_set_id);
MUST_USE result store_rule_set_by_id(struct tx *tx, struct uuid id, struct rule_set_row *out);
/* A published rule set without its bytes, to select by (P21) and to cache by hash. */
struct rule_set_head_row {
  struct uuid id;
  day first_day;
  int64_t revision;
  str model_id;
  str model_version;
  struct sha256 sha256;
  moment published_at;
};
/* Confirmed ones, by first day, then moment of publication. */
MUST_USE result store_rule_set_published(struct tx *tx, str scheme, struct rule_set_head_row **rows, size_t *count);
/* Published by one owner, waiting for the second. */
MUST_USE result store_rule_set_waiting(struct tx *tx, struct rule_set_row **rows, size_t *count);
/* FOR SHARE until the deciding transaction ends; false: there is none. Staff only. */
MUST_USE result store_rule_set_share(struct tx *tx, struct uuid id, bool *out);

/* A scenario table beside a rule set. */
struct rule_scenario_row {
  struct uuid id;
  struct uuid rule_set_id;
  struct sha256 sha256;
  str bytes;
  struct acting by;
};
/* Rules: rule_scenario_once, rule_scenario_sha256. */
void store_rule_scenario_insert(struct tx *tx, const struct rule_scenario_row *row);
/* In the order in which they came. */
MUST_USE result store_rule_scenario_list(struct tx *tx, struct uuid rule_set_id, struct rule_scenario_row **rows, size_t *count);

/* ---- calendars */

struct calendar_row {
  struct uuid id;
  str kind;                             /* "national", "bank", "administration" */
  str version;
  day first_day;
  day last_day;
  struct sha256 sha256;
  str bytes;
  struct acting by;
};
void store_calendar_insert(struct tx *tx, const struct calendar_row *row);
/* Rule second_owner. */
void store_calendar_confirm(struct tx *tx, struct uuid calendar_id);
MUST_USE result store_calendar_by_id(struct tx *tx, struct uuid id, struct calendar_row *out);
/* The last one confirmed. */
MUST_USE result store_calendar_latest(struct tx *tx, str kind, struct calendar_row *out);
MUST_USE result store_calendar_waiting(struct tx *tx, struct calendar_row **rows, size_t *count);

#endif
