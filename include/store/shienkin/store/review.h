/* review: fact checks, requests, words, holds, recusals, duplicates. Rules of persons: role_needed, recused,
 * represents_claimant, hold_release_by_other_person, resolution_by_other_person. */
#ifndef SHIENKIN_STORE_REVIEW_H
#define SHIENKIN_STORE_REVIEW_H

#include "people.h"

/* ---- fact checks */

/* Bound to (claim, key, hash of the value checked). new_value: canonical JSON, for corrected and refuted. */
struct fact_check_row {
  struct uuid id;
  struct uuid claim_id;
  str key;                              /* JSON Pointer; an array is one fact */
  struct sha256 value_sha256;           /* of the canonical JSON; of "null" where unknown */
  str verdict;                          /* "proved", "corrected", "refuted", "reopened" */
  str new_value;                        /* may be null */
  struct sha256 new_value_sha256;       /* may be null */
  str sealed_reason;                    /* null only for a proof with evidence */
  struct uuid supersedes;               /* the standing check of the same value, if any */
  struct acting by;
};
/* Rules: fact_check_first, fact_check_superseded_once, fact_check_evidence (at commit). */
void store_fact_check_insert(struct tx *tx, const struct fact_check_row *row);
/* The last of each chain, reopened ones too: of all values ever checked; the caller keeps those whose hash still
 * fits. */
MUST_USE result store_fact_check_standing(struct tx *tx, struct uuid claim_id, struct fact_check_row **rows,
                                          size_t *count);
MUST_USE result store_fact_check_list(struct tx *tx, struct uuid claim_id, struct fact_check_row **rows, size_t *count);

struct fact_check_evidence_row {
  struct uuid check_id;
  struct uuid evidence_id;
  struct uuid claim_id;
  struct acting by;
};
void store_fact_check_evidence_insert(struct tx *tx, const struct fact_check_evidence_row *row);
MUST_USE result store_fact_check_evidence_list(struct tx *tx, struct uuid claim_id,
                                               struct fact_check_evidence_row **rows, size_t *count);

/* ---- asking and answering */

struct information_request_row {
  struct uuid id;
  struct uuid claim_id;
  struct strs keys;
  day due_on;
  str sealed_text;
  struct acting by;
};
void store_information_request_insert(struct tx *tx, const struct information_request_row *row);
MUST_USE result store_information_request_list(struct tx *tx, struct uuid claim_id,
                                               struct information_request_row **rows, size_t *count);
MUST_USE result store_information_request_open(struct tx *tx, struct uuid claim_id,
                                               struct information_request_row **rows, size_t *count);

struct information_reply_row {
  struct uuid id;
  struct uuid request_id;
  struct uuid claim_id;
  str kind;                             /* "answer", "taken_back" */
  str sealed_text;                      /* may be null */
  struct acting by;
};
void store_information_reply_insert(struct tx *tx, const struct information_reply_row *row);
MUST_USE result store_information_reply_list(struct tx *tx, struct uuid claim_id, struct information_reply_row **rows,
                                             size_t *count);

/* ---- messages and notes */

struct message_row {
  struct uuid id;
  struct uuid claim_id;
  str direction;                        /* "to_claimant", "from_claimant" */
  str sealed_text;
  struct acting by;
};
void store_message_insert(struct tx *tx, const struct message_row *row);
MUST_USE result store_message_list(struct tx *tx, struct uuid claim_id, struct message_row **rows, size_t *count);
/* Staff only. */
struct note_row {
  struct uuid id;
  struct uuid claim_id;
  str sealed_text;
  struct acting by;
};
void store_note_insert(struct tx *tx, const struct note_row *row);
MUST_USE result store_note_list(struct tx *tx, struct uuid claim_id, struct note_row **rows, size_t *count);

/* ---- holds and recusals */

/* Kinds: migrations/0006, table hold_kind. A clinic's own request may set member_unresolved and payee_mismatch. */
struct hold_row {
  struct uuid id;
  struct uuid claim_id;
  str kind;
  str sealed_reason;                    /* may be null */
  struct acting by;
};
void store_hold_insert(struct tx *tx, const struct hold_row *row);
/* Holds that too few persons have released. */
MUST_USE result store_hold_lasting(struct tx *tx, struct uuid claim_id, struct hold_row **rows, size_t *count);
MUST_USE result store_hold_by_id(struct tx *tx, struct uuid id, struct hold_row *out);
/* Rule hold_release_by_other_person: one release a person. Sealed as hold_release|sealed_reason|hold id. */
void store_hold_release(struct tx *tx, struct uuid hold_id, struct uuid claim_id, str sealed_reason);
/* Of the acting person. sealed_reason may be null. */
void store_recusal_insert(struct tx *tx, struct uuid claim_id, str sealed_reason);
MUST_USE result store_recusal_holds(struct tx *tx, struct uuid claim_id, struct uuid person_id, bool *out);

/* ---- duplicates: searched after commit, by the service, under the staff realm */

/* Another claim that might speak of the same incident. */
struct duplicate_candidate_row {
  struct uuid claim_id;
  struct uuid incident_id;
  day occurred_on;
  bool within_31_days;
  bool same_facility;
  bool same_account;
};
/* Claims of the same facility, or with the same payee account now. Whether closures overlap is in their facts: the
 * caller looks. */
MUST_USE result store_duplicate_candidates(struct tx *tx, struct uuid claim_id, struct duplicate_candidate_row **rows,
                                           size_t *count);

struct duplicate_search_row {
  struct uuid id;
  struct uuid claim_id;
  struct uuid facts_version_id;
  int64_t found;
  struct acting by;
};
/* Without one over the latest facts nothing is approved (rule duplicates_searched). */
void store_duplicate_search_insert(struct tx *tx, const struct duplicate_search_row *row);

struct duplicate_unsearched_row {
  struct uuid claim_id;
  struct uuid facts_version_id;
};
/* Latest facts that the search has not seen: after a crash the job finds its work here. */
MUST_USE result store_duplicate_unsearched(struct tx *tx, int64_t limit, struct duplicate_unsearched_row **rows,
                                           size_t *count);

struct duplicate_suspicion_row {
  struct uuid id;
  struct uuid claim_id;
  struct uuid other_claim_id;
  struct strs grounds;                  /* "within_31_days", "overlapping_closures", "same_account", "noticed" */
  str verdict;                          /* [read] "distinct", "same", null: open */
  struct acting by;
};
/* Rule duplicate_suspicion_once. */
void store_duplicate_suspicion_insert(struct tx *tx, const struct duplicate_suspicion_row *row);
/* Both of this claim and against it. */
MUST_USE result store_duplicate_suspicion_list(struct tx *tx, struct uuid claim_id,
                                               struct duplicate_suspicion_row **rows, size_t *count);
/* The adjuster's part comes first; two persons; a new round where they disagreed. */
struct duplicate_resolution_row {
  struct uuid id;
  struct uuid suspicion_id;
  struct uuid claim_id;
  int64_t round;
  str part;                             /* "adjuster", "approver" */
  str verdict;                          /* "distinct", "same" */
  str sealed_reason;
  struct acting by;
};
/* Rules: duplicate_resolution_once, duplicate_resolution_order, resolution_by_other_person. */
void store_duplicate_resolution_insert(struct tx *tx, const struct duplicate_resolution_row *row);
MUST_USE result store_duplicate_resolution_list(struct tx *tx, struct uuid suspicion_id,
                                                struct duplicate_resolution_row **rows, size_t *count);

#endif
