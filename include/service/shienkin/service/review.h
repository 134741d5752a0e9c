/* review: what the staff does with a claim between submission and proposal. People decide facts: they prove, correct and
 * refute them one by one, ask for what is missing, hold back and step away. No request here carries an amount.
 *
 * `version` is the claim's (If-Match), SERVICE_ANY_VERSION where the caller has not looked. Texts: at most 4,000 characters. */
#ifndef SHIENKIN_SERVICE_REVIEW_H
#define SHIENKIN_SERVICE_REVIEW_H

#include "core.h"
#include "shienkin/codec.h"

/* ---- fact checks
 *
 * A check binds to (claim, key, hash of the value that it was made of), so it survives amendments that leave the value
 * alone. proved: the value stands, with evidence or a reason. corrected: another value, with evidence and a reason.
 * refuted: true becomes false, a day or a list none; anything else must be corrected (must_be_corrected). reopened: the
 * check that stands is taken back. All checks of one request are applied and validated as one set (P29's codes). Where another
 * check came after the one that was seen: 412 check_stale, and none is made. */
enum check_verdict { CHECK_PROVED, CHECK_CORRECTED, CHECK_REFUTED, CHECK_REOPENED };
struct fact_check_item {
  str key;                              /* JSON Pointer of claim.schema; a list is one fact */
  enum check_verdict verdict;
  const struct json *value;             /* CORRECTED: the value that holds; NULL otherwise */
  str reason;                           /* may be empty for a proof with evidence */
  const struct uuid *evidence;          /* finished files of this claim */
  size_t evidence_count;
  const struct uuid *seen;              /* the last check of this value when it was looked at, zero: there was none; NULL: not looked */
};
struct fact_check_request {
  struct uuid claim;
  int64_t version;
  const struct fact_check_item *items;
  size_t count;                         /* at most 50 */
};
enum { FACT_CHECKS_MOST = 50, FACT_CHECK_EVIDENCE_MOST = 30 };
/* Adjusters; submitted and decided claims take none: take the claim first. Answer 201: {claim, version, checks: [{check, key,
 * verdict}]}. Findings point into the request: "/checks/0/reason". */
MUST_USE result facts_check(struct service *s, const struct caller *c, struct arena *a, const struct fact_check_request *r,
                            struct findings *f, struct service_answer *out);

/* ---- asking */

struct information_request_request {
  struct uuid claim;
  int64_t version;
  const str *keys;                      /* facts asked for; may be none */
  size_t key_count;
  day due_on;                           /* silence is never a refusal */
  str text;
};
/* Adjusters; in review, or asked already. 201 {claim, request, state, version, due_on}. */
MUST_USE result information_ask(struct service *s, const struct caller *c, struct arena *a,
                                const struct information_request_request *r, struct findings *f, struct service_answer *out);
struct information_take_back_request { struct uuid claim; int64_t version; struct uuid request; };
/* Adjusters. Back to review when no other request is open. 200 {claim, request, state, version}. */
MUST_USE result information_take_back(struct service *s, const struct caller *c, struct arena *a,
                                      const struct information_take_back_request *r, struct findings *f,
                                      struct service_answer *out);
struct note_request { struct uuid claim; str text; };
/* Adjusters and approvers; clinics never see notes. 201 {claim, note, at}. */
MUST_USE result note_write(struct service *s, const struct caller *c, struct arena *a, const struct note_request *r,
                           struct findings *f, struct service_answer *out);

/* ---- who works on it */

struct take_next_request { str state; };        /* "submitted", "in_review", "reconsideration"; n = 0: "submitted" */
/* Adjusters: the oldest that nobody has; a submitted one is in review from then on. Two who ask at once get two.
 * 404 nothing_to_take. 200 {claim, number, state, version, assigned_to}. */
MUST_USE result claim_take_next(struct service *s, const struct caller *c, struct arena *a, const struct take_next_request *r,
                                struct findings *f, struct service_answer *out);
struct assign_request { struct uuid claim; int64_t version; struct uuid person; };      /* person zero: given back */
/* Adjusters and approvers: to any adjuster who may judge it. 200 {claim, state, version, assigned_to}. */
MUST_USE result claim_assign(struct service *s, const struct caller *c, struct arena *a, const struct assign_request *r,
                             struct findings *f, struct service_answer *out);
/* Adjusters and approvers: who may be given a claim: {adjusters: [{person, name}]}. No personal data of claimants: no event. */
MUST_USE result adjusters_list(struct service *s, const struct caller *c, struct arena *a, const void *nothing,
                               struct findings *f, struct service_answer *out);
struct recuse_request { struct uuid claim; str reason; };       /* the reason may stay unsaid */
/* A conflict of interest: the person neither checks, proposes nor approves here any more. 201 {claim, version}. */
MUST_USE result claim_recuse(struct service *s, const struct caller *c, struct arena *a, const struct recuse_request *r,
                             struct findings *f, struct service_answer *out);

/* ---- holding back */

struct hold_request { struct uuid claim; str kind, reason; };   /* kinds: migrations/0006, table hold_kind */
/* Adjusters, approvers, owners. 201 {claim, hold, kind}. */
MUST_USE result hold_set(struct service *s, const struct caller *c, struct arena *a, const struct hold_request *r,
                         struct findings *f, struct service_answer *out);
struct hold_release_request { struct uuid hold; str reason; };
/* The same roles. 200 {claim, hold, lasts}: true while another person must release it too. */
MUST_USE result hold_release(struct service *s, const struct caller *c, struct arena *a, const struct hold_release_request *r,
                             struct findings *f, struct service_answer *out);
struct payee_confirm_request { struct uuid claim, payee_version; str how, note; };
/* Adjusters and approvers: "call_back", "posted_code", "bank_inquiry". 201 {claim, payee_version, how}. */
MUST_USE result payee_confirm(struct service *s, const struct caller *c, struct arena *a, const struct payee_confirm_request *r,
                              struct findings *f, struct service_answer *out);

/* ---- coming back */

struct wake_request { struct uuid claim; int64_t version; };
/* A dormant claim waits for its answer again. Clinics, proxies, adjusters. 200 {claim, state, version}. */
MUST_USE result claim_wake(struct service *s, const struct caller *c, struct arena *a, const struct wake_request *r,
                           struct findings *f, struct service_answer *out);
struct finding_settle_request { struct uuid claim; int64_t version; struct uuid finding; bool accepted; str reason; };
/* Adjusters. Accepted: a decided claim goes back to review. Dismissed: with a reason. When no finding is left, the holds for
 * them are released. 200 {claim, finding, verdict, state, version}. */
MUST_USE result roster_finding_settle(struct service *s, const struct caller *c, struct arena *a,
                                      const struct finding_settle_request *r, struct findings *f, struct service_answer *out);

/* ---- duplicates: shown to the staff only */

struct duplicates_search_request { struct uuid claim; };
/* Jobs and adjusters, after the commit that brought facts or a payee. 200 {claim, found, suspicions: [...]}. */
MUST_USE result duplicates_search(struct service *s, const struct caller *c, struct arena *a,
                                  const struct duplicates_search_request *r, struct findings *f, struct service_answer *out);
struct duplicate_suspect_request { struct uuid claim, other; };
/* Noticed by a person. 201 {suspicion, claim, other}. */
MUST_USE result duplicate_suspect(struct service *s, const struct caller *c, struct arena *a,
                                  const struct duplicate_suspect_request *r, struct findings *f, struct service_answer *out);
struct duplicate_resolve_request { struct uuid claim, suspicion; bool same; str reason; };
/* First an adjuster, then an approver; where they differ, a new round begins. When both say same, the claim is withdrawn
 * as the same incident, and its facts are offered to the other. 201 {suspicion, round, part, verdict, settled, claim, state,
 * other, offered}. */
MUST_USE result duplicate_resolve(struct service *s, const struct caller *c, struct arena *a,
                                  const struct duplicate_resolve_request *r, struct findings *f, struct service_answer *out);
/* Adjusters: the facts of a claim that was merged into this one become its next version, word for word; an amendment in all
 * else. 200 {claim, state, version, facts_version, changed}. 422 nothing_changed. */
struct offer_take_request { struct uuid claim; int64_t version; struct uuid from; };
MUST_USE result offer_take(struct service *s, const struct caller *c, struct arena *a, const struct offer_take_request *r,
                           struct findings *f, struct service_answer *out);
/* Staff and auditors: {claim, suspicions: [{suspicion, claim, other, grounds, verdict, resolutions}], offered: [{claim,
 * facts_version, facts}]}. */
struct duplicates_view_request { struct uuid claim; };
MUST_USE result duplicates_view(struct service *s, const struct caller *c, struct arena *a,
                                const struct duplicates_view_request *r, struct findings *f, struct service_answer *out);

/* ---- the whole file, for who works on it: {claim, number, state, version, channel, facility, assigned_to, submitted_at,
 * incident, occurred_on, payee, holds, requests, replies, messages, notes, checks, evidence, proposals, outcomes, decisions,
 * lines, recoveries, roster_findings, steps}: texts unsealed, the account not; one event. Staff and auditors; no drafts. */
struct case_request { struct uuid claim; };
MUST_USE result case_view(struct service *s, const struct caller *c, struct arena *a, const struct case_request *r,
                          struct findings *f, struct service_answer *out);

#endif
