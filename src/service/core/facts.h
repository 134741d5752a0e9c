/* facts: claim.schema's leaves as a table, and documents made of them. One fact per leaf; an array is one fact. Used by
 * intake (what a claimant asserts) and by assessment (what the rules are given). */
#ifndef SHIENKIN_SERVICE_CORE_FACTS_H
#define SHIENKIN_SERVICE_CORE_FACTS_H

#include "core/work.h"
#include "roster/on_day.h"

enum fact_source { FACT_CLAIMANT, FACT_ROSTER, FACT_PRIVATE };
struct fact {
  const char *key;         /* JSON Pointer, "/incident/occurred_on" */
  enum fact_source source; /* ROSTER: nobody sends it. PRIVATE: free text or a name; sealed, never seen by rules */
};
const struct fact *service__facts(size_t *count);
const struct fact *service__fact(str key); /* NULL: there is none */

/* A copy with the value at a fact's key put in place; sections are made as needed. value NULL: taken out. */
struct json service__facts_with(struct arena *a, const struct json *document, str key, const struct json *value);
/* The claimant's facts, without private ones: what facts_version.rule_facts holds (before json_canonical). */
struct json service__facts_asserted(struct arena *a, const struct json *document);
/* The private ones alone; an object without members where there are none. */
struct json service__facts_private(struct arena *a, const struct json *document);
/* Asserted facts with the roster's put in. What the roster does not know is left out, but where `placeholders` is set (for
 * validation alone, never stored): then required members stand with a value that decides nothing there. Days off that
 * are not asserted are the roster's. */
struct json service__facts_composed(struct arena *a, const struct json *asserted, const struct roster_on_day *roster,
                                    bool placeholders);
/* Keys whose values differ, as JSON strings; absent and null are one. */
struct json service__facts_changed(struct arena *a, const struct json *before, const struct json *after);
/* Reads facts_version.rule_facts, which we wrote. */
result service__facts_read(struct work *w, str rule_facts, struct json *out);

/* Refuses what is the roster's (read_only_fact), then P29 over the whole document, the roster's facts of the incident's day
 * put in. Findings get `prefix` before their pointers. Without a readable day nothing of the roster is known.
 * RESULT_REFUSED: findings were added. */
result service__facts_validate(struct work *w, const struct json *document, struct uuid facility, str prefix,
                               day *occurred_on, struct roster_on_day *roster);

#endif
