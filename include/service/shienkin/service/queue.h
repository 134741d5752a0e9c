/* queue: what the staff and auditors look through: the list of claims, a claim's story and its versions of facts, numbers over
 * all of them, the trail of events, and how a decision came about.
 *
 * Lists go by what never changes: going on after a place neither skips nor repeats a claim that still fits the question,
 * whatever moves meanwhile. Each look at personal data leaves its event. */
#ifndef SHIENKIN_SERVICE_QUEUE_H
#define SHIENKIN_SERVICE_QUEUE_H

#include "core.h"

enum {
  QUEUE_MOST = 100,                     /* claims a page */
  QUEUE_DUE_WORKING_DAYS = 20,          /* a service's aim, no rule of the scheme: nothing follows from it by itself */
  QUEUE_SOON_WORKING_DAYS = 3,
  QUEUE_WORDS_MOST = 100,               /* characters */
  AUDIT_EVENTS_MOST = 200,
  TIMELINE_MOST = 1000,
};

enum queue_assigned { QUEUE_ANYBODY, QUEUE_NOBODY, QUEUE_PERSON };
/* By the day that a decision is aimed for; of claims that are open. */
enum queue_due { QUEUE_DUE_WHENEVER, QUEUE_DUE_LATE, QUEUE_DUE_WITHIN };
struct queue_request {
  struct strs states;                   /* none: all but decided and withdrawn */
  enum queue_assigned assigned;
  struct uuid person;                   /* QUEUE_PERSON: whose; zero: the caller's own */
  str words;                            /* a claim's number, or a part; a facility's or member's name, number, code; n = 0: none */
  struct uuid facility, member;         /* zero: any */
  bool answered;                        /* those in review in which nothing was done since the clinic's answer */
  enum queue_due due;
  int64_t within;                       /* QUEUE_DUE_WITHIN: passed, or at most so many working days away: 0–QUEUE_DUE_WORKING_DAYS */
  bool newest_first;
  moment after_at; struct uuid after;   /* the place of `next`; zeros: from the top */
  int64_t limit;                        /* 1–100 */
};
/* Adjusters, approvers, owners, auditors: {claims: [{claim, number, state, version, channel, facility, facility_key,
 * facility_name, member, member_number, occurred_on, submitted_at, moved_at, assigned_to, assigned_name, holds, due_on,
 * working_days, late}], next: {at_us, claim}|null}. Oldest first unless said otherwise. Days are those on which the
 * administration works: due_on is the 20th after the day of submission; working_days, since then, and late are null where the
 * claim is decided or withdrawn, or the calendar ends before. 422 queue_state for a state that is none. */
MUST_USE result queue_list(struct service *s, const struct caller *c, struct arena *a, const struct queue_request *r,
                           struct findings *f, struct service_answer *out);
/* The same roles: {states: [{state, claims}], mine, unassigned, due, answered}: the last four of claims that are open; of those that
 * are mine, due: their day has passed or is QUEUE_SOON_WORKING_DAYS away or less; answered: nothing was done since the clinic's
 * answer. */
MUST_USE result queue_counts(struct service *s, const struct caller *c, struct arena *a, const void *nothing,
                             struct findings *f, struct service_answer *out);

/* ---- one claim */

struct timeline_request { struct uuid claim; bool reads; };     /* reads: also who looked */
/* The same roles: {claim, events: [{event, type, at, role, person, name, version, via, ja, en}], more}: in order, at most 1,000;
 * `more`: there are later ones. name: null for the service's own work. */
MUST_USE result claim_timeline(struct service *s, const struct caller *c, struct arena *a, const struct timeline_request *r,
                               struct findings *f, struct service_answer *out);
struct facts_versions_request { struct uuid claim; };
/* The same roles: {claim, versions: [{facts_version, version, source, at, by, occurred_on, sha256, facts, changed}]}: as asserted,
 * each whole, private words put in; changed: the facts that differ from the version before. */
MUST_USE result facts_versions(struct service *s, const struct caller *c, struct arena *a, const struct facts_versions_request *r,
                               struct findings *f, struct service_answer *out);

/* ---- all of them */

struct statistics_request { day from; };        /* months and times to decision since; DAY_NONE: a year before today's month */
/* Staff but proxies, and auditors: {as_of, from, states: [{state, claims, decided_yen}], items: [{item, outcomes: [{outcome,
 * decisions, amount_yen, potential_yen}], amount_yen}], months: [{month, submitted, decided, decided_yen}], prefectures:
 * [{prefecture, claims, decided_yen}], time_to_decision: {decisions, median_s, p90_s}, awaiting_filing: {decisions, of}}.
 * prefecture: JIS X 0401, "01"–"47", by the code of the facility; null where the roster has none. No personal data: no event. */
MUST_USE result statistics_view(struct service *s, const struct caller *c, struct arena *a, const struct statistics_request *r,
                                struct findings *f, struct service_answer *out);

/* ---- the trail: auditors */

struct audit_events_request {
  struct uuid claim, person;            /* zero: any */
  str type;                             /* n = 0: any */
  int64_t after;                        /* seq */
  int64_t limit;                        /* 1–200 */
};
/* {events: [{seq, event, type, at, role, via, account, person, request, claim, version, subject: {type, id}, body}],
 * people: [{person, name}], next: seq|null}.
 * body: the very text that its leaf commits to, as a string. 422 event_type for a type that is none. */
MUST_USE result audit_events(struct service *s, const struct caller *c, struct arena *a, const struct audit_events_request *r,
                             struct findings *f, struct service_answer *out);

struct audit_find_request { str id; };
/* Where an id leads, of a decision, an entitlement's line, a recovery, a proposal, a snapshot, a version of facts, a check, a file,
 * an event, an incident, a claim: {claim, decision|null}. 404 for any other. No personal data: no event. */
MUST_USE result audit_find(struct service *s, const struct caller *c, struct arena *a, const struct audit_find_request *r,
                           struct findings *f, struct service_answer *out);

struct audit_trace_request { struct uuid decision; };
/* From a decision back to everything that it rests on: {decision: {…, claim_number, document, trace}, proposal: {…, by, at},
 * approval: {by, at}, rules: {rule_set, first_day, revision, id, version, sha256, by, at}, calendar: {calendar, version, sha256,
 * holidays}, snapshot: {snapshot, sha256, facts, roster_known_at}, facts: [{key, value, source, asserted, check: {…,
 * evidence}|null}], evidence: [{evidence, sha256, length, media_type, by, at}], lines, recoveries, recomputed: {identical, refused,
 * checks: [{what, stored, found, same}]}, events: [...], people: [{person, name}]}.
 * Recomputed: the stored bytes hashed and the stored rules asked again. what: facts, rules, calendar, decision_stored, decision,
 * trace, event (what the event that recorded the decision says of it); refused: why the rules gave no answer, else null. */
MUST_USE result audit_trace(struct service *s, const struct caller *c, struct arena *a, const struct audit_trace_request *r,
                            struct findings *f, struct service_answer *out);

#endif
