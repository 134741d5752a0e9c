/* rules: rule sets and calendars in the database. One owner publishes, another confirms; from then on a rule set decides
 * what P21 gives to it. A claim that was decided keeps the file it was decided by; publication only lists what would differ.
 *
 * Compiled rule sets live in a cache by the hash of their bytes, shared by all threads; each use case borrows a decider
 * from it for as long as it decides, so that a thread never waits for another's decision. */
#ifndef SHIENKIN_SERVICE_RULES_H
#define SHIENKIN_SERVICE_RULES_H

#include "core.h"

/* The scheme whose rule sets decide claims. */
#define RULES_SCHEME "cyber-support"

/* NULL: no memory. Owned by whoever starts the program; rules_cache_free() when no use case runs any more. */
struct rules_cache *rules_cache_new(void);
void rules_cache_free(struct rules_cache *c);

/* Owners. The file is loaded and run over the whole grid of yes, no and unknown first: one fault, and it is refused
 * (rules_fault, rules_…). It names its scheme, first day and day of publication itself; `revision` counts files of one
 * first day. Answer 201: {rule_set, scheme, first_day, revision, id, version, sha256}. */
struct rules_publish_request { str bytes; };
MUST_USE result rules_publish(struct service *s, const struct caller *c, struct arena *a, const struct rules_publish_request *r,
                              struct findings *f, struct service_answer *out);

/* Another owner. Answer: {rule_set, published_at}. Rules: second_owner. */
struct rules_confirm_request { struct uuid rule_set; };
MUST_USE result rules_confirm(struct service *s, const struct caller *c, struct arena *a, const struct rules_confirm_request *r,
                              struct findings *f, struct service_answer *out);

/* Owners and auditors. Standing decisions of incidents that P21 would give to this rule set, decided again by it over the
 * snapshots they were decided over: {compared, differ: [{claim, number, decision, was: {outcome, total_yen}, now: {outcome,
 * total_yen}, items}], unreadable: [{claim, number, code}], done, all, next}. In batches: `after` zero begins, then `next` until it
 * is null. done: how many standing decisions were looked at so far, of all of them; compared: those of this batch that P21 gives. */
struct rules_differences_request { struct uuid rule_set, after; int64_t limit; };
enum { RULES_DIFFERENCES_MOST = 500 };
MUST_USE result rules_differences(struct service *s, const struct caller *c, struct arena *a,
                                  const struct rules_differences_request *r, struct findings *f, struct service_answer *out);

/* Staff and auditors: {rule_sets: [{rule_set, first_day, revision, id, version, sha256, published_at}], waiting: [...],
 * calendars_waiting: [...]}. */
MUST_USE result rules_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing,
                           struct findings *f, struct service_answer *out);

/* Staff and auditors: a rule set in words and tables, confirmed or not: {rule_set, name, id, first_day, revision, version, sha256,
 * nodes: [{name, label, description, needs: [label], input, blocks: [{title, text|null, hit_policy|null, inputs: [text], outputs:
 * [text], annotations: [text], rows: [{id|null, inputs, outputs, annotations}]}]}]}. A block is a text or a table; a table with a
 * hit policy decides, and its node's name and rows' ids are those that a trace names. */
struct rules_show_request { struct uuid rule_set; };
MUST_USE result rules_show(struct service *s, const struct caller *c, struct arena *a, const struct rules_show_request *r,
                           struct findings *f, struct service_answer *out);

/* Scenario tables (rules/README.md) beside a rule set. Owners add them, at most 4 MiB each, whenever they like; cases that fail are
 * taken too, since they are what is to be seen. Answer 201: {scenario, rule_set, sha256, cases, failed}. 422 case_file; 422
 * rule_scenario_cases where all tables of the rule set would have more than RULES_SCENARIO_CASES_MOST. */
enum { RULES_SCENARIO_CASES_MOST = 2000 };
struct rules_scenario_add_request { struct uuid rule_set; str bytes; };
MUST_USE result rules_scenario_add(struct service *s, const struct caller *c, struct arena *a,
                                   const struct rules_scenario_add_request *r, struct findings *f, struct service_answer *out);
/* Staff and auditors: every case run now: {rule_set, cases, failed, tables: [{scenario, about, sha256, at, failed, cases: [{name,
 * name_en, clauses, held, differences: [{where, expected, got}], fault_ja, fault_en}]}]}. fault: null unless the case is none, or
 * the rules failed over it. */
struct rules_scenarios_request { struct uuid rule_set; };
MUST_USE result rules_scenarios(struct service *s, const struct caller *c, struct arena *a, const struct rules_scenarios_request *r,
                                struct findings *f, struct service_answer *out);

/* Staff and auditors: {rule_set, version, sha256, base64}: the file as it was published. */
struct rules_file_request { struct uuid rule_set; };
MUST_USE result rules_file(struct service *s, const struct caller *c, struct arena *a, const struct rules_file_request *r,
                           struct findings *f, struct service_answer *out);

/* Calendars go the same way. The file names its kind, version and horizon. Answer 201: {calendar, kind, version, sha256}. */
struct calendar_publish_request { str bytes; };
MUST_USE result calendar_publish(struct service *s, const struct caller *c, struct arena *a,
                                 const struct calendar_publish_request *r, struct findings *f, struct service_answer *out);
struct calendar_confirm_request { struct uuid calendar; };
MUST_USE result calendar_confirm(struct service *s, const struct caller *c, struct arena *a,
                                 const struct calendar_confirm_request *r, struct findings *f, struct service_answer *out);

/* What claimants declare goes the same way; the last text confirmed stands, and earlier claims keep theirs. `version` is what
 * people read beside the text, at most 40 characters, each once. Answer 201: {declaration, version}. */
enum { DECLARATION_VERSION_MOST = 40, DECLARATION_TEXT_MOST = 4000 };           /* characters */
struct declaration_publish_request { str version, ja, en; };
MUST_USE result declaration_publish(struct service *s, const struct caller *c, struct arena *a,
                                    const struct declaration_publish_request *r, struct findings *f, struct service_answer *out);
/* Another owner. Answer: {declaration, published_at}. Rules: second_owner. */
struct declaration_confirm_request { struct uuid declaration; };
MUST_USE result declaration_confirm(struct service *s, const struct caller *c, struct arena *a,
                                    const struct declaration_confirm_request *r, struct findings *f, struct service_answer *out);
/* Staff and auditors: {declarations: [{declaration, version, ja, en, published_at}], waiting: [...]}: the newest first. */
MUST_USE result declaration_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing,
                                 struct findings *f, struct service_answer *out);

#endif
