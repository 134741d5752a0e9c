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
 * snapshots they were decided over: {compared, differ: [{claim, decision, was: {outcome, total_yen}, now: {outcome,
 * total_yen}, items}], unreadable: [{claim, code}], next}. In batches: `after` zero begins, then `next` until it is null. */
struct rules_differences_request { struct uuid rule_set, after; int64_t limit; };
enum { RULES_DIFFERENCES_MOST = 500 };
MUST_USE result rules_differences(struct service *s, const struct caller *c, struct arena *a,
                                  const struct rules_differences_request *r, struct findings *f, struct service_answer *out);

/* Staff and auditors: {rule_sets: [{rule_set, first_day, revision, id, version, sha256, published_at}], waiting: [...],
 * calendars_waiting: [...]}. */
MUST_USE result rules_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing,
                           struct findings *f, struct service_answer *out);

/* Staff and auditors: the decision tables as people read them: {rule_set, id, version, first_day, tables: [{node, description,
 * hit_policy, inputs: [label], outputs: [label], annotations: [label], rows: [{id, inputs, outputs, annotations}]}]}. A row's id is
 * the one that a trace names. */
struct rules_tables_request { struct uuid rule_set; };
MUST_USE result rules_tables(struct service *s, const struct caller *c, struct arena *a, const struct rules_tables_request *r,
                             struct findings *f, struct service_answer *out);
/* Staff and auditors: a rule set in words and tables, confirmed or not: {rule_set, name, first_day, revision, version, sha256,
 * nodes: [{name, description, needs: [name], input, blocks: [{title, text|null, hit_policy, head: [text], rows: [[text]]}]}]}. */
struct rules_show_request { struct uuid rule_set; };
MUST_USE result rules_show(struct service *s, const struct caller *c, struct arena *a, const struct rules_show_request *r,
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
