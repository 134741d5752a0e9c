/* proposals and what becomes of them */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct proposal_row, member)
static const struct sql_field PROPOSAL_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(UUID, incident_id),
  F(UUID, snapshot_id),
  F(UUID, rule_set_id),
  F(SHA256, rule_set_sha256),
  F(SHA256, calendar_sha256),
  F(BYTES, decision),
  F(SHA256, decision_sha256),
  F(SHA256, trace_sha256),
  F(UUID, reconsideration_id),
};
#undef F
static const struct statement PROPOSAL_INSERT = STATEMENT_WRITES(
    "proposal_insert", PROPOSAL_INSERT_IN, -1,
    "INSERT INTO shienkin.proposal (id, claim_id, incident_id, snapshot_id, rule_set_id, rule_set_sha256, "
    "calendar_sha256, decision, decision_sha256, trace_sha256, reconsideration_id) VALUES ($1, $2, $3, $4, $5, $6, "
    "$7, $8, $9, $10, $11)");

void store_proposal_insert(struct tx *tx, const struct proposal_row *row) { tx_send(tx, &PROPOSAL_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct proposal_row, member)
static const struct sql_field PROPOSAL_ROW_OUT[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(UUID, incident_id),
  F(UUID, snapshot_id),
  F(UUID, rule_set_id),
  F(SHA256, rule_set_sha256),
  F(SHA256, calendar_sha256),
  F(BYTES, decision),
  F(SHA256, decision_sha256),
  F(SHA256, trace_sha256),
  F(UUID, reconsideration_id),
  F(UUID, by.account),
  F(UUID, by.person),
  F(MOMENT, by.at),
};
#undef F
struct proposal_open_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct proposal_open_in, member)
static const struct sql_field PROPOSAL_OPEN_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement PROPOSAL_OPEN = STATEMENT_READS(
    "proposal_open", PROPOSAL_OPEN_IN, PROPOSAL_ROW_OUT, struct proposal_row,
    "SELECT p.id, p.claim_id, p.incident_id, p.snapshot_id, p.rule_set_id, p.rule_set_sha256, p.calendar_sha256, "
    "p.decision, p.decision_sha256, p.trace_sha256, p.reconsideration_id, p.by_account, p.by_person, p.at FROM "
    "shienkin.proposal p WHERE p.claim_id = $1 AND NOT EXISTS (SELECT FROM shienkin.proposal_outcome o WHERE "
    "o.proposal_id = p.id)");

result store_proposal_open(struct tx *tx, struct uuid claim_id, struct proposal_row *out) {
  struct proposal_open_in in = { claim_id };
  return tx_one(tx, &PROPOSAL_OPEN, &in, out);
}

struct proposal_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct proposal_by_id_in, member)
static const struct sql_field PROPOSAL_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement PROPOSAL_BY_ID = STATEMENT_READS(
    "proposal_by_id", PROPOSAL_BY_ID_IN, PROPOSAL_ROW_OUT, struct proposal_row,
    "SELECT id, claim_id, incident_id, snapshot_id, rule_set_id, rule_set_sha256, calendar_sha256, decision, "
    "decision_sha256, trace_sha256, reconsideration_id, by_account, by_person, at FROM shienkin.proposal WHERE id = "
    "$1");

result store_proposal_by_id(struct tx *tx, struct uuid id, struct proposal_row *out) {
  struct proposal_by_id_in in = { id };
  return tx_one(tx, &PROPOSAL_BY_ID, &in, out);
}

struct proposal_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct proposal_list_in, member)
static const struct sql_field PROPOSAL_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement PROPOSAL_LIST = STATEMENT_READS(
    "proposal_list", PROPOSAL_LIST_IN, PROPOSAL_ROW_OUT, struct proposal_row,
    "SELECT id, claim_id, incident_id, snapshot_id, rule_set_id, rule_set_sha256, calendar_sha256, decision, "
    "decision_sha256, trace_sha256, reconsideration_id, by_account, by_person, at FROM shienkin.proposal WHERE "
    "claim_id = $1 ORDER BY id");

result store_proposal_list(struct tx *tx, struct uuid claim_id, struct proposal_row **rows, size_t *count) {
  struct proposal_list_in in = { claim_id };
  return tx_many(tx, &PROPOSAL_LIST, &in, rows, count);
}

struct proposal_refusal_in {
  struct uuid proposal_id;
  struct uuid person_id;
};
#define F(kind, member) SQL_FIELD(kind, struct proposal_refusal_in, member)
static const struct sql_field PROPOSAL_REFUSAL_IN[] = {
  F(UUID, proposal_id),
  F(UUID, person_id),
};
#undef F
struct proposal_refusal_out {
  str value;
};
#define F(kind, member) SQL_FIELD(kind, struct proposal_refusal_out, member)
static const struct sql_field PROPOSAL_REFUSAL_OUT[] = { F(TEXT, value) };
#undef F
static const struct statement PROPOSAL_REFUSAL =
    STATEMENT_READS("proposal_refusal", PROPOSAL_REFUSAL_IN, PROPOSAL_REFUSAL_OUT, struct proposal_refusal_out,
                    "SELECT shienkin.approval_refusal($1, $2)");

result store_proposal_refusal(struct tx *tx, struct uuid proposal_id, struct uuid person_id, str *out) {
  struct proposal_refusal_in in = { proposal_id, person_id };
  struct proposal_refusal_out row;
  TRY(tx_one(tx, &PROPOSAL_REFUSAL, &in, &row));
  *out = row.value;
  return RESULT_OK;
}

struct proposal_waiting_in {
  struct uuids claims;
  struct uuid person_id;
};
#define F(kind, member) SQL_FIELD(kind, struct proposal_waiting_in, member)
static const struct sql_field PROPOSAL_WAITING_IN[] = { F(UUIDS, claims), F(UUID, person_id) };
#undef F
#define F(kind, member) SQL_FIELD(kind, struct proposal_waiting_row, member)
static const struct sql_field PROPOSAL_WAITING_OUT[] = {
  F(UUID, id),         F(UUID, claim_id),  F(UUID, reconsideration_id), F(BYTES, decision), F(TEXT, refusal),
  F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
static const struct statement PROPOSAL_WAITING = STATEMENT_READS(
    "proposal_waiting", PROPOSAL_WAITING_IN, PROPOSAL_WAITING_OUT, struct proposal_waiting_row,
    "SELECT p.id, p.claim_id, p.reconsideration_id, p.decision, shienkin.approval_refusal(p.id, $2), p.by_account, "
    "p.by_person, p.at FROM shienkin.proposal p WHERE p.claim_id = ANY ($1) AND NOT EXISTS (SELECT FROM "
    "shienkin.proposal_outcome o WHERE o.proposal_id = p.id)");

result store_proposal_waiting(struct tx *tx, struct uuids claims, struct uuid person_id,
                              struct proposal_waiting_row **rows, size_t *count) {
  struct proposal_waiting_in in = { claims, person_id };
  return tx_many(tx, &PROPOSAL_WAITING, &in, rows, count);
}

struct proposal_approve_in {
  struct uuid proposal_id;
  struct uuid claim_id;
  struct sha256 decision_sha256;
};
#define F(kind, member) SQL_FIELD(kind, struct proposal_approve_in, member)
static const struct sql_field PROPOSAL_APPROVE_IN[] = {
  F(UUID, proposal_id),
  F(UUID, claim_id),
  F(SHA256, decision_sha256),
};
#undef F
static const struct statement PROPOSAL_APPROVE = STATEMENT_WRITES(
    "proposal_approve", PROPOSAL_APPROVE_IN, -1,
    "INSERT INTO shienkin.proposal_outcome (proposal_id, claim_id, outcome, decision_sha256) VALUES ($1, $2, "
    "'approved', $3)");

void store_proposal_approve(struct tx *tx, struct uuid proposal_id, struct uuid claim_id,
                            struct sha256 decision_sha256) {
  struct proposal_approve_in in = { proposal_id, claim_id, decision_sha256 };
  tx_send(tx, &PROPOSAL_APPROVE, &in);
}

struct proposal_return_in {
  struct uuid proposal_id;
  struct uuid claim_id;
  str sealed_reason;
};
#define F(kind, member) SQL_FIELD(kind, struct proposal_return_in, member)
static const struct sql_field PROPOSAL_RETURN_IN[] = {
  F(UUID, proposal_id),
  F(UUID, claim_id),
  F(BYTES, sealed_reason),
};
#undef F
static const struct statement PROPOSAL_RETURN = STATEMENT_WRITES(
    "proposal_return", PROPOSAL_RETURN_IN, -1,
    "INSERT INTO shienkin.proposal_outcome (proposal_id, claim_id, outcome, sealed_reason) VALUES ($1, $2, "
    "'returned', $3)");

void store_proposal_return(struct tx *tx, struct uuid proposal_id, struct uuid claim_id, str sealed_reason) {
  struct proposal_return_in in = { proposal_id, claim_id, sealed_reason };
  tx_send(tx, &PROPOSAL_RETURN, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct proposal_outcome_row, member)
static const struct sql_field PROPOSAL_OUTCOME_ROW_OUT[] = {
  F(UUID, proposal_id),    F(UUID, claim_id),   F(TEXT, outcome),   F(SHA256, decision_sha256),
  F(BYTES, sealed_reason), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct proposal_outcome_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct proposal_outcome_list_in, member)
static const struct sql_field PROPOSAL_OUTCOME_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement PROPOSAL_OUTCOME_LIST = STATEMENT_READS(
    "proposal_outcome_list", PROPOSAL_OUTCOME_LIST_IN, PROPOSAL_OUTCOME_ROW_OUT, struct proposal_outcome_row,
    "SELECT proposal_id, claim_id, outcome, decision_sha256, sealed_reason, by_account, by_person, at FROM "
    "shienkin.proposal_outcome WHERE claim_id = $1 ORDER BY at, proposal_id");

result store_proposal_outcome_list(struct tx *tx, struct uuid claim_id, struct proposal_outcome_row **rows,
                                   size_t *count) {
  struct proposal_outcome_list_in in = { claim_id };
  return tx_many(tx, &PROPOSAL_OUTCOME_LIST, &in, rows, count);
}
