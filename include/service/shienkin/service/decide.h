/* decide: what the rules say of a claim, and how that becomes a decision. People decide facts, rules decide money: a
 * proposal carries a whole decision, an approval computes it again in its own transaction and must come to the same bytes.
 *
 * Money follows by arithmetic alone (P20): delta = decided − (lines − recoveries), item by item. Above 0 recoveries that fit
 * whole into the rise and were not acted on are cancelled, the rest is a new line; below 0 lines still payable are
 * cancelled first, the rest opens a recovery that people decide on. */
#ifndef SHIENKIN_SERVICE_DECIDE_H
#define SHIENKIN_SERVICE_DECIDE_H

#include "core.h"
#include "shienkin/codec.h"

/* What the rules say of the claim as it stands now; stores nothing but the event that it was read.
 * Clinics and proxies, of asserted facts and the roster: {claim, version, decision, arrivals: [{item, sets: [[{pointer,
 * name_ja, name_en}]]}]}: facts that are unknown and filings that are absent, nothing else.
 * Staff and auditors, with the checks applied: {claim, version, decision, decision_sha256, facts: [{key, value, source,
 * stands, check, must_prove, open}], to_prove, open, proposable, why_not: [{item, sets: [[{pointer, kind, with}]]}],
 * explanation_ja, explanation_en, trace, rule_set, calendar}. 422 member_unresolved, and P29's codes where facts and
 * checks together contradict each other. */
struct assess_request { struct uuid claim; };
MUST_USE result claim_assess(struct service *s, const struct caller *c, struct arena *a, const struct assess_request *r,
                             struct findings *f, struct service_answer *out);

/* Before filing. Clinics, proxies and those who type for them: the draft as it stands, made a claim as submission would make
 * it. 200 {claim, version, decision|null, arrivals, days, desks, open, warnings, unresolved}; days and desks as
 * scheme_days() and scheme_desks() tell them, empty without a decision. `version` is the draft's. `open`: [{pointer,
 * code, message_ja, message_en}], all that submission would refuse; pointers begin with the document, "/facts/…". `warnings`:
 * the payee's, odd and not wrong. A fact that is
 * open counts as unknown; decision is null while the day is open or the roster does not know the facility and its member on
 * it (`unresolved`: no ground for a refusal). Stores nothing but the event that it was read. 409 draft_submitted. */
MUST_USE result draft_assess(struct service *s, const struct caller *c, struct arena *a, const struct assess_request *r,
                             struct findings *f, struct service_answer *out);

/* Anybody: facts as claim.schema.json has them, the roster's among them, against the rules in force. Of the caller only
 * `via` and `request_id` are used; no person, no roster and no claim is read, nothing is stored, no event is written.
 * 200 {decision|null, arrivals, days, desks, open}; pointers of `open` point into the facts. At most ESTIMATE_MOST_BYTES of facts: the
 * reader's limit. 409 rules_missing. */
enum { ESTIMATE_MOST_BYTES = 65536 };
struct estimate_request { const struct json *facts; };
MUST_USE result estimate(struct service *s, const struct caller *c, struct arena *a, const struct estimate_request *r,
                         struct findings *f, struct service_answer *out);

/* Adjusters. The claim is in review or in reconsideration. 422 facts_open (a finding per fact), items_undetermined.
 * Answer 201: {claim, proposal, state, version, outcome, total_yen, decision, decision_sha256, trace_sha256}. */
struct propose_request { struct uuid claim; int64_t version; };
MUST_USE result claim_propose(struct service *s, const struct caller *c, struct arena *a, const struct propose_request *r,
                              struct findings *f, struct service_answer *out);

/* Approvers. `version`: the claim's, from If-Match; `proposal`: the one that was looked at. 412 version_stale,
 * proposal_stale, decision_differs (with a finding decision_difference per place that differs); 409 by the rules of
 * approval_refusal (migrations/0008). Answer 201: {claim, decision, number, state, version, outcome, total_yen, lines: [{line,
 * item, amount_yen}], cancelled_lines, recoveries: [{recovery, item, amount_yen}], cancelled_recoveries}. */
struct approve_request { struct uuid claim; int64_t version; struct uuid proposal; };
MUST_USE result proposal_approve(struct service *s, const struct caller *c, struct arena *a, const struct approve_request *r,
                                 struct findings *f, struct service_answer *out);

/* Approvers: those that wait, oldest claim first, at most 100: {proposals: [{proposal, claim, number, version, facility_name,
 * facility_key, holds, by, name, at, reconsideration, decision, refusal: {code, ja, en}|null}]}. refusal: the first rule that keeps
 * the asking person from approving it now. */
enum { PROPOSALS_WAITING_MOST = 100 };
MUST_USE result proposals_waiting(struct service *s, const struct caller *c, struct arena *a, const void *nothing,
                                  struct findings *f, struct service_answer *out);

/* Approvers, with a reason: back to review. 200 {claim, proposal, state, version}. */
struct return_request { struct uuid claim; int64_t version; struct uuid proposal; str reason; };
MUST_USE result proposal_return(struct service *s, const struct caller *c, struct arena *a, const struct return_request *r,
                                struct findings *f, struct service_answer *out);
/* Who proposed takes it back. 200 {claim, proposal, state, version}. */
struct take_back_request { struct uuid claim; int64_t version; struct uuid proposal; };
MUST_USE result proposal_withdraw(struct service *s, const struct caller *c, struct arena *a, const struct take_back_request *r,
                                  struct findings *f, struct service_answer *out);

/* The claimant, or the staff for one who asked on paper: people other than before look again; each decision once.
 * 201 {claim, reconsideration, decision, state, version}. */
struct reconsider_request { struct uuid claim; int64_t version; str grounds; };
MUST_USE result reconsideration_ask(struct service *s, const struct caller *c, struct arena *a, const struct reconsider_request *r,
                                    struct findings *f, struct service_answer *out);
/* Taken back: the old decision stands. 200 {claim, reconsideration, state, version}. */
struct reconsider_withdraw_request { struct uuid claim; int64_t version; };
MUST_USE result reconsideration_withdraw(struct service *s, const struct caller *c, struct arena *a,
                                         const struct reconsider_withdraw_request *r, struct findings *f,
                                         struct service_answer *out);

#endif
