/* decision: snapshots, proposals, decisions, entitlements. Order within the approving transaction: lock incident, then
 * claim; store_proposal_approve; store_decision_insert; lines, cancellations, recoveries; store_claim_move to decided;
 * events. At commit the database proves: lines less recoveries are what the incident's latest decision says, item by
 * item (rule entitlement_proved), and that the claim's state agrees with its records. */
#ifndef SHIENKIN_STORE_DECISION_H
#define SHIENKIN_STORE_DECISION_H

#include "people.h"

/* ---- snapshots: all that the rules see */

/* body: canonical JSON of the facts given to the rules. The roster ids are null where the roster knows none. */
struct fact_snapshot_row {
  struct uuid id;
  struct uuid claim_id;
  struct uuid facts_version_id;
  str body;
  struct sha256 sha256;
  struct uuid calendar_id;
  struct sha256 calendar_sha256;
  struct days holidays;                 /* national, inside the span of the closures */
  moment roster_known_at;
  struct uuid member_version_id;        /* may be null */
  struct uuid facility_version_id;      /* may be null */
  struct uuid facility_relation_id;     /* may be null */
  struct acting by;
};
void store_fact_snapshot_insert(struct tx *tx, const struct fact_snapshot_row *row);
MUST_USE result store_fact_snapshot_by_id(struct tx *tx, struct uuid id, struct fact_snapshot_row *out);
/* A check that stood when the snapshot was taken. */
void store_fact_snapshot_check(struct tx *tx, struct uuid snapshot_id, struct uuid check_id, struct uuid claim_id);

struct snapshot_check_row {
  struct uuid check_id;
};
MUST_USE result store_fact_snapshot_checks(struct tx *tx, struct uuid snapshot_id, struct snapshot_check_row **rows,
                                           size_t *count);

/* ---- reconsideration */

struct reconsideration_row {
  struct uuid id;
  struct uuid claim_id;
  struct uuid decision_id;
  str sealed_grounds;
  struct acting by;
};
/* Rule reconsideration_once: each decision at most once. */
void store_reconsideration_insert(struct tx *tx, const struct reconsideration_row *row);
void store_reconsideration_withdraw(struct tx *tx, struct uuid reconsideration_id, struct uuid claim_id);
/* Neither answered nor taken back. Staff and auditor. */
MUST_USE result store_reconsideration_open(struct tx *tx, struct uuid claim_id, struct reconsideration_row *out);
/* The one asked for last, whatever became of it. */
MUST_USE result store_reconsideration_latest(struct tx *tx, struct uuid claim_id, struct reconsideration_row *out);

/* ---- proposals and what becomes of them */

/* decision: canonical JSON, whole. Inserted while the claim is in_review or reconsideration, before it moves. */
struct proposal_row {
  struct uuid id;
  struct uuid claim_id;
  struct uuid incident_id;
  struct uuid snapshot_id;
  struct uuid rule_set_id;
  struct sha256 rule_set_sha256;
  struct sha256 calendar_sha256;
  str decision;
  struct sha256 decision_sha256;
  struct sha256 trace_sha256;
  struct uuid reconsideration_id;       /* the open one; null where none is */
  struct acting by;
};
/* Rules: proposal_state, proposal_by_other_person, proposal_open, proposal_reconsideration, reconsideration_by_others,
 * rules_confirmed, recused, represents_claimant. */
void store_proposal_insert(struct tx *tx, const struct proposal_row *row);
/* The one that waits. */
MUST_USE result store_proposal_open(struct tx *tx, struct uuid claim_id, struct proposal_row *out);
MUST_USE result store_proposal_by_id(struct tx *tx, struct uuid id, struct proposal_row *out);
MUST_USE result store_proposal_list(struct tx *tx, struct uuid claim_id, struct proposal_row **rows, size_t *count);
/* The name of the first rule that keeps this person from approving it now; null: none. For showing; approving
 * enforces it. */
MUST_USE result store_proposal_refusal(struct tx *tx, struct uuid proposal_id, struct uuid person_id, str *out);
/* Those that wait among these claims, each with that name. */
struct proposal_waiting_row { struct uuid id, claim_id, reconsideration_id; str decision, refusal; struct acting by; };
MUST_USE result store_proposal_waiting(struct tx *tx, struct uuids claims, struct uuid person_id,
                                       struct proposal_waiting_row **rows, size_t *count);
/* decision_sha256: of the decision as computed again. Rules: those of approval_refusal (approval_by_other_person,
 * approval_not_by_filer, approval_not_by_corrector, represents_claimant, recused, reconsideration_by_others,
 * facts_moved, duplicates_searched, duplicate_open, hold_open, payee_call_back, approval_state), proposal_outcome_once,
 * decision_differs. */
void store_proposal_approve(struct tx *tx, struct uuid proposal_id, struct uuid claim_id,
                            struct sha256 decision_sha256);
/* Before the claim moves to in_review; a move without an outcome voids the proposal by itself. Sealed as
 * proposal_outcome|sealed_reason|proposal id. */
void store_proposal_return(struct tx *tx, struct uuid proposal_id, struct uuid claim_id, str sealed_reason);

struct proposal_outcome_row {
  struct uuid proposal_id;
  struct uuid claim_id;
  str outcome;                          /* "approved", "returned", "void" */
  struct sha256 decision_sha256;        /* null unless approved */
  str sealed_reason;                    /* may be null */
  struct acting by;
};
MUST_USE result store_proposal_outcome_list(struct tx *tx, struct uuid claim_id, struct proposal_outcome_row **rows,
                                            size_t *count);

/* ---- decisions */

/* body and trace: canonical JSON; bytes equal to the proposal's (foreign key). Items spread by the database. */
struct decision_row {
  struct uuid id;
  struct uuid claim_id;
  struct uuid incident_id;
  int64_t number;                       /* of the incident's decisions, from 1 */
  struct uuid proposal_id;
  struct uuid snapshot_id;
  struct uuid rule_set_id;
  str body;
  struct sha256 sha256;
  str trace;
  struct sha256 trace_sha256;
  str outcome;
  yen total_yen;
  struct acting by;
};
/* Rules: decision_number_once, decision_follows, decision_of_proposal, decision_approved, decision_items. */
void store_decision_insert(struct tx *tx, const struct decision_row *row);
MUST_USE result store_decision_by_id(struct tx *tx, struct uuid id, struct decision_row *out);
/* RESULT_NOT_FOUND: nothing was decided yet. */
MUST_USE result store_decision_latest(struct tx *tx, struct uuid incident_id, struct decision_row *out);
void store_ask_decision_latest(struct tx *tx, struct uuid incident_id, struct decision_row *out, result *found);
MUST_USE result store_decision_list(struct tx *tx, struct uuid claim_id, struct decision_row **rows, size_t *count);
/* For publication: decided claims and what they were decided by. */
struct decided_row {
  struct uuid decision_id;
  struct uuid claim_id;
  struct uuid incident_id;
  struct uuid snapshot_id;
  struct uuid rule_set_id;
  struct sha256 sha256;
  str number;                           /* of the claim */
};
/* Latest decisions of incidents from that day on, by id; `after` zero: from the first. */
MUST_USE result store_decision_standing(struct tx *tx, day occurred_from, struct uuid after, int64_t limit,
                                        struct decided_row **rows, size_t *count);
/* How many of them there are up to `until`, and altogether. */
struct standing_progress_row { int64_t done, all; };
MUST_USE result store_decision_standing_progress(struct tx *tx, day occurred_from, struct uuid until, struct standing_progress_row *out);

struct decision_item_row {
  struct uuid decision_id;
  str item;
  str outcome;
  yen amount_yen;
  yen potential_yen;
};
MUST_USE result store_decision_items(struct tx *tx, struct uuid decision_id, struct decision_item_row **rows,
                                     size_t *count);

/* ---- entitlement lines and recoveries */

struct entitlement_line_row {
  struct uuid id;
  struct uuid claim_id;
  struct uuid incident_id;
  str item;
  struct uuid decision_id;
  yen amount_yen;
  str state;                            /* [read] "payable", "held", "in_transfer", "settled", "cancelled" */
  struct acting by;
};
/* Rule entitlement_line_once: one line per decision and item. */
void store_entitlement_line_insert(struct tx *tx, const struct entitlement_line_row *row);
/* All lines of the incident with their state. Staff and auditor. */
MUST_USE result store_entitlement_lines(struct tx *tx, struct uuid incident_id, struct entitlement_line_row **rows,
                                        size_t *count);
/* Rule line_not_payable. decision_id zero: the claim is being withdrawn. */
void store_entitlement_cancel(struct tx *tx, struct uuid line_id, struct uuid incident_id, str item,
                              struct uuid decision_id);

struct recovery_row {
  struct uuid id;
  struct uuid claim_id;
  struct uuid incident_id;
  str item;
  struct uuid decision_id;
  yen amount_yen;
  bool cancelled;                       /* [read] */
  struct acting by;
};
void store_recovery_insert(struct tx *tx, const struct recovery_row *row);
MUST_USE result store_recoveries(struct tx *tx, struct uuid incident_id, struct recovery_row **rows, size_t *count);
void store_recovery_cancel(struct tx *tx, struct uuid recovery_id, struct uuid incident_id, str item,
                           struct uuid decision_id);
/* Per item: lines that are not cancelled, less recoveries that are not. */
struct entitlement_sum_row {
  str item;
  int64_t lines_yen;
  int64_t recoveries_yen;
};
/* Every item, in the order people read them. The delta is decided − (lines − recoveries). */
MUST_USE result store_entitlement_sums(struct tx *tx, struct uuid incident_id, struct entitlement_sum_row **rows,
                                       size_t *count);

#endif
