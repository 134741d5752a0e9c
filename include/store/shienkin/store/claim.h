/* claim: incidents, claims and the four documents. A claim's row moves by one version at a time and only beside an
 * event that names the new version (rule claim_evented). Sealed columns are bytes here: seal.h. */
#ifndef SHIENKIN_STORE_CLAIM_H
#define SHIENKIN_STORE_CLAIM_H

#include "people.h"

/* ---- incidents */

struct incident_row {
  struct uuid id;
  struct uuid facility_id;
  struct uuid member_id;                /* null: the roster knows none */
  day occurred_on;
  int64_t version;                      /* [read] */
  struct acting by;
};
void store_incident_insert(struct tx *tx, const struct incident_row *row);
/* Locked first of all rows. */
MUST_USE result store_incident_lock(struct tx *tx, struct uuid id, struct incident_row *out);
MUST_USE result store_incident_by_id(struct tx *tx, struct uuid id, struct incident_row *out);
void store_ask_incident_by_id(struct tx *tx, struct uuid id, struct incident_row *out, result *found);
MUST_USE result store_incident_of_facility(struct tx *tx, struct uuid facility_id, struct incident_row **rows,
                                           size_t *count);
/* Member and day follow the facts; `version`: the one that was read. */
void store_incident_move(struct tx *tx, struct uuid id, int64_t version, struct uuid member_id, day occurred_on);

/* ---- claims */

/* States: migrations/0004, table claim_state. */
struct claim_row {
  struct uuid id;
  struct uuid facility_id;
  str channel;                          /* "online", "proxy", "paper", "telephone" */
  str state;                            /* [read] */
  int64_t version;                      /* [read] */
  struct uuid incident_id;              /* [read] null in a draft */
  str number;                           /* [read] null in a draft */
  moment submitted_at;                  /* [read] null in a draft */
  moment moved_at;                      /* [read] */
  struct uuid assigned_to;              /* [read] person; null: nobody */
  moment assigned_at;                   /* [read] */
  struct acting by;
};
/* Begins as a draft of version 1. Rules: claim_channel. */
void store_claim_insert(struct tx *tx, const struct claim_row *row);
/* RESULT_NOT_FOUND also for another clinic's claim: row security hides it. */
MUST_USE result store_claim_lock(struct tx *tx, struct uuid id, struct claim_row *out);
MUST_USE result store_claim_by_id(struct tx *tx, struct uuid id, struct claim_row *out);
void store_ask_claim_by_id(struct tx *tx, struct uuid id, struct claim_row *out, result *found);
MUST_USE result store_claim_by_number(struct tx *tx, str number, struct claim_row *out);
/* The live one and withdrawn ones. */
MUST_USE result store_claim_of_incident(struct tx *tx, struct uuid incident_id, struct claim_row **rows, size_t *count);
/* Newest first; `before` zero: from the top. */
MUST_USE result store_claim_of_facility(struct tx *tx, struct uuid facility_id, struct uuid before, int64_t limit,
                                        struct claim_row **rows, size_t *count);
/* Of all facilities of the acting account's mandates, newest first; `states`: names with spaces between, STR_NONE: all;
 * `facility_id` zero: any of them; `number`: the claim's, or a part of it, STR_NONE: any. */
MUST_USE result store_claim_mine(struct tx *tx, struct uuid before, int64_t limit, str states, struct uuid facility_id,
                                 str number, struct claim_row **rows, size_t *count);
/* Of one state, oldest first; `assigned_to` zero: anybody's; `after_at` null: from the top. */
MUST_USE result store_claim_queue(struct tx *tx, str state, struct uuid assigned_to, moment after_at,
                                  struct uuid after_id, int64_t limit, struct claim_row **rows, size_t *count);
/* The oldest that nobody has, locked; two who ask at once get two. RESULT_NOT_FOUND: none is left. */
MUST_USE result store_claim_take_next(struct tx *tx, str state, struct uuid person_id, struct claim_row *out);
/* `version`: the one that was read; it becomes one more. Rules: claim_transition, claim_ended and those at commit.
 * Records that a state rests on come first: a proposal before `proposed`, an outcome before leaving it. */
void store_claim_move(struct tx *tx, struct uuid id, int64_t version, str state);
/* draft → submitted. Rule claim_one_per_incident. */
void store_claim_submit(struct tx *tx, struct uuid id, int64_t version, struct uuid incident_id, str number);
/* `person_id` zero: nobody. Rules: recused, represents_claimant. */
void store_claim_assign(struct tx *tx, struct uuid id, int64_t version, struct uuid person_id);
/* Assignment and move in one version (submitted → in_review). */
void store_claim_take(struct tx *tx, struct uuid id, int64_t version, struct uuid person_id, str state);
/* "C-2026-000123"; the fiscal year of Japan's day of submission, April to March. */
MUST_USE result store_claim_next_number(struct tx *tx, int64_t fiscal_year, str *out);

struct claim_count_row {
  str state;
  int64_t count;
};
MUST_USE result store_claim_counts(struct tx *tx, struct claim_count_row **rows, size_t *count);

/* ---- withdrawal */

/* Written before the claim moves to withdrawn. */
struct claim_withdrawal_row {
  struct uuid claim_id;
  str cause;                            /* "by_claimant", "same_incident" */
  struct uuid merged_into;              /* null unless same_incident */
  str sealed_reason;                    /* may be null */
  struct acting by;
};
void store_claim_withdrawal_insert(struct tx *tx, const struct claim_withdrawal_row *row);
MUST_USE result store_claim_withdrawal_of(struct tx *tx, struct uuid claim_id, struct claim_withdrawal_row *out);
/* Claims that were withdrawn as the same incident as this one. */
MUST_USE result store_claim_withdrawal_merged(struct tx *tx, struct uuid claim_id, struct claim_withdrawal_row **rows,
                                              size_t *count);

/* ---- drafts */

struct draft_row {
  struct uuid claim_id;
  int64_t version;                      /* [read] */
  moment saved_at;
  moment notice_at;                     /* [read] null: none given */
  str sealed_body;
  struct acting by;
};
void store_draft_insert(struct tx *tx, const struct draft_row *row);
/* Rules: draft_submitted, draft_version. */
void store_draft_save(struct tx *tx, struct uuid claim_id, int64_t version, str sealed_body);
MUST_USE result store_draft_of(struct tx *tx, struct uuid claim_id, struct draft_row *out);
MUST_USE result store_draft_unused(struct tx *tx, moment saved_before, int64_t limit, struct draft_row **rows,
                                   size_t *count);
void store_draft_notice(struct tx *tx, struct uuid claim_id);

/* ---- declarations */

struct declaration_text_row {
  struct uuid id;
  str version;
  str ja;
  str en;
  struct acting by;
};
void store_declaration_text_insert(struct tx *tx, const struct declaration_text_row *row);
/* Rule second_owner. */
void store_declaration_text_confirm(struct tx *tx, struct uuid declaration_text_id);
/* The last one confirmed. */
MUST_USE result store_declaration_text_latest(struct tx *tx, struct declaration_text_row *out);
void store_ask_declaration_text_latest(struct tx *tx, struct declaration_text_row *out, result *found);
/* Confirmed ones, the newest first; and those that wait for the second owner. */
struct declaration_text_published_row {
  struct uuid id;
  str version;
  str ja;
  str en;
  moment published_at;
};
MUST_USE result store_declaration_text_published(struct tx *tx, struct declaration_text_published_row **rows, size_t *count);
MUST_USE result store_declaration_text_waiting(struct tx *tx, struct declaration_text_row **rows, size_t *count);
MUST_USE result store_declaration_text_by_id(struct tx *tx, struct uuid id, struct declaration_text_row *out);

/* ---- facts as asserted */

/* rule_facts: canonical JSON without free text; sha256 of it; occurred_on compared with it. */
struct facts_version_row {
  struct uuid id;
  struct uuid claim_id;
  int64_t version;                      /* 1, then one more */
  str source;                           /* "clinic", "proxy", "paper", "telephone", "merged" */
  struct uuid declaration_id;
  day occurred_on;
  str rule_facts;
  struct sha256 sha256;
  str sealed_private;                   /* may be null */
  struct acting by;
};
/* Rules: facts_version_once, facts_version_follows, facts_source, claim_ended. */
void store_facts_version_insert(struct tx *tx, const struct facts_version_row *row);
MUST_USE result store_facts_version_latest(struct tx *tx, struct uuid claim_id, struct facts_version_row *out);
void store_ask_facts_version_latest(struct tx *tx, struct uuid claim_id, struct facts_version_row *out, result *found);
MUST_USE result store_facts_version_by_id(struct tx *tx, struct uuid id, struct facts_version_row *out);
MUST_USE result store_facts_version_list(struct tx *tx, struct uuid claim_id, struct facts_version_row **rows,
                                         size_t *count);

/* ---- payees */

struct payee_version_row {
  struct uuid id;
  struct uuid claim_id;
  int64_t version;
  str sealed_body;
  struct sha256 account_blind;          /* blind_index("payee_account", …) */
  str roster_match;                     /* "matches", "differs", "unknown" */
  struct acting by;
};
void store_payee_version_insert(struct tx *tx, const struct payee_version_row *row);
MUST_USE result store_payee_version_latest(struct tx *tx, struct uuid claim_id, struct payee_version_row *out);
void store_ask_payee_version_latest(struct tx *tx, struct uuid claim_id, struct payee_version_row *out, result *found);
MUST_USE result store_payee_version_list(struct tx *tx, struct uuid claim_id, struct payee_version_row **rows,
                                         size_t *count);

struct payee_confirmation_row {
  struct uuid id;
  struct uuid claim_id;
  struct uuid payee_version_id;
  str how;                              /* "call_back", "posted_code", "bank_inquiry" */
  str sealed_note;                      /* may be null */
  struct acting by;
};
void store_payee_confirmation_insert(struct tx *tx, const struct payee_confirmation_row *row);
MUST_USE result store_payee_confirmation_list(struct tx *tx, struct uuid claim_id, struct payee_confirmation_row **rows,
                                              size_t *count);

/* ---- incident reports */

struct incident_report_row {
  struct uuid id;
  struct uuid claim_id;
  int64_t version;
  str sealed_body;
  struct acting by;
};
void store_incident_report_insert(struct tx *tx, const struct incident_report_row *row);
MUST_USE result store_incident_report_latest(struct tx *tx, struct uuid claim_id, struct incident_report_row *out);
void store_ask_incident_report_latest(struct tx *tx, struct uuid claim_id, struct incident_report_row *out, result *found);

#endif
