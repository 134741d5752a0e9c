/* duplicates: searched after commit, by the service, under the staff realm */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct duplicate_candidate_row, member)
static const struct sql_field DUPLICATE_CANDIDATE_ROW_OUT[] = {
  F(UUID, claim_id),       F(UUID, incident_id),   F(DAY, occurred_on),
  F(BOOL, within_31_days), F(BOOL, same_facility), F(BOOL, same_account),
};
#undef F
struct duplicate_candidates_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct duplicate_candidates_in, member)
static const struct sql_field DUPLICATE_CANDIDATES_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement DUPLICATE_CANDIDATES = STATEMENT_READS(
    "duplicate_candidates", DUPLICATE_CANDIDATES_IN, DUPLICATE_CANDIDATE_ROW_OUT, struct duplicate_candidate_row,
    "SELECT c.id, c.incident_id, i.occurred_on, (i.facility_id = mi.facility_id AND abs(i.occurred_on - "
    "mi.occurred_on) <= 31), (i.facility_id = mi.facility_id), coalesce(p.account_blind = mp.account_blind, false) "
    "FROM shienkin.claim me JOIN shienkin.incident mi ON mi.id = me.incident_id LEFT JOIN LATERAL (SELECT "
    "v.account_blind FROM shienkin.payee_version v WHERE v.claim_id = me.id ORDER BY v.version DESC LIMIT 1) mp ON "
    "true JOIN shienkin.claim c ON c.id <> me.id AND c.state NOT IN ('draft', 'erased', 'withdrawn') JOIN "
    "shienkin.incident i ON i.id = c.incident_id LEFT JOIN LATERAL (SELECT v.account_blind FROM "
    "shienkin.payee_version v WHERE v.claim_id = c.id ORDER BY v.version DESC LIMIT 1) p ON true WHERE me.id = $1 AND "
    "(i.facility_id = mi.facility_id OR (c.id IN (SELECT x.claim_id FROM shienkin.payee_version x WHERE "
    "x.account_blind = mp.account_blind) AND p.account_blind = mp.account_blind)) ORDER BY c.id");

result store_duplicate_candidates(struct tx *tx, struct uuid claim_id, struct duplicate_candidate_row **rows,
                                  size_t *count) {
  struct duplicate_candidates_in in = { claim_id };
  return tx_many(tx, &DUPLICATE_CANDIDATES, &in, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct duplicate_search_row, member)
static const struct sql_field DUPLICATE_SEARCH_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(UUID, facts_version_id),
  F(INT, found),
};
#undef F
static const struct statement DUPLICATE_SEARCH_INSERT = STATEMENT_WRITES(
    "duplicate_search_insert", DUPLICATE_SEARCH_INSERT_IN, -1,
    "INSERT INTO shienkin.duplicate_search (id, claim_id, facts_version_id, found) VALUES ($1, $2, $3, $4)");

void store_duplicate_search_insert(struct tx *tx, const struct duplicate_search_row *row) {
  tx_send(tx, &DUPLICATE_SEARCH_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct duplicate_unsearched_row, member)
static const struct sql_field DUPLICATE_UNSEARCHED_ROW_OUT[] = {
  F(UUID, claim_id),
  F(UUID, facts_version_id),
};
#undef F
struct duplicate_unsearched_in {
  int64_t limit;
};
#define F(kind, member) SQL_FIELD(kind, struct duplicate_unsearched_in, member)
static const struct sql_field DUPLICATE_UNSEARCHED_IN[] = {
  F(INT, limit),
};
#undef F
static const struct statement DUPLICATE_UNSEARCHED = STATEMENT_READS(
    "duplicate_unsearched", DUPLICATE_UNSEARCHED_IN, DUPLICATE_UNSEARCHED_ROW_OUT, struct duplicate_unsearched_row,
    "SELECT f.claim_id, f.id FROM shienkin.facts_version f WHERE NOT EXISTS (SELECT FROM shienkin.duplicate_search s "
    "WHERE s.facts_version_id = f.id) AND NOT EXISTS (SELECT FROM shienkin.facts_version l WHERE l.claim_id = "
    "f.claim_id AND l.version > f.version) ORDER BY f.id LIMIT $1");

result store_duplicate_unsearched(struct tx *tx, int64_t limit, struct duplicate_unsearched_row **rows, size_t *count) {
  struct duplicate_unsearched_in in = { limit };
  return tx_many(tx, &DUPLICATE_UNSEARCHED, &in, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct duplicate_suspicion_row, member)
static const struct sql_field DUPLICATE_SUSPICION_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, claim_id),
  F(UUID, other_claim_id),
  F(TEXTS, grounds),
};
#undef F
static const struct statement DUPLICATE_SUSPICION_INSERT = STATEMENT_WRITES(
    "duplicate_suspicion_insert", DUPLICATE_SUSPICION_INSERT_IN, -1,
    "INSERT INTO shienkin.duplicate_suspicion (id, claim_id, other_claim_id, grounds) VALUES ($1, $2, $3, $4)");

void store_duplicate_suspicion_insert(struct tx *tx, const struct duplicate_suspicion_row *row) {
  tx_send(tx, &DUPLICATE_SUSPICION_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct duplicate_suspicion_row, member)
static const struct sql_field DUPLICATE_SUSPICION_ROW_OUT[] = {
  F(UUID, id),      F(UUID, claim_id),   F(UUID, other_claim_id), F(TEXTS, grounds),
  F(TEXT, verdict), F(UUID, by.account), F(UUID, by.person),      F(MOMENT, by.at),
};
#undef F
struct duplicate_suspicion_list_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct duplicate_suspicion_list_in, member)
static const struct sql_field DUPLICATE_SUSPICION_LIST_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement DUPLICATE_SUSPICION_LIST = STATEMENT_READS(
    "duplicate_suspicion_list", DUPLICATE_SUSPICION_LIST_IN, DUPLICATE_SUSPICION_ROW_OUT,
    struct duplicate_suspicion_row,
    "SELECT s.id, s.claim_id, s.other_claim_id, s.grounds, shienkin.suspicion_verdict(s.id), s.by_account, "
    "s.by_person, s.at FROM shienkin.duplicate_suspicion s WHERE s.claim_id = $1 OR s.other_claim_id = $1 ORDER BY "
    "s.id");

result store_duplicate_suspicion_list(struct tx *tx, struct uuid claim_id, struct duplicate_suspicion_row **rows,
                                      size_t *count) {
  struct duplicate_suspicion_list_in in = { claim_id };
  return tx_many(tx, &DUPLICATE_SUSPICION_LIST, &in, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct duplicate_resolution_row, member)
static const struct sql_field DUPLICATE_RESOLUTION_INSERT_IN[] = {
  F(UUID, id),   F(UUID, suspicion_id), F(UUID, claim_id),       F(INT, round),
  F(TEXT, part), F(TEXT, verdict),      F(BYTES, sealed_reason),
};
#undef F
static const struct statement DUPLICATE_RESOLUTION_INSERT = STATEMENT_WRITES(
    "duplicate_resolution_insert", DUPLICATE_RESOLUTION_INSERT_IN, -1,
    "INSERT INTO shienkin.duplicate_resolution (id, suspicion_id, claim_id, round, part, verdict, sealed_reason) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)");

void store_duplicate_resolution_insert(struct tx *tx, const struct duplicate_resolution_row *row) {
  tx_send(tx, &DUPLICATE_RESOLUTION_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct duplicate_resolution_row, member)
static const struct sql_field DUPLICATE_RESOLUTION_ROW_OUT[] = {
  F(UUID, id),      F(UUID, suspicion_id),   F(UUID, claim_id),   F(INT, round),      F(TEXT, part),
  F(TEXT, verdict), F(BYTES, sealed_reason), F(UUID, by.account), F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct duplicate_resolution_list_in {
  struct uuid suspicion_id;
};
#define F(kind, member) SQL_FIELD(kind, struct duplicate_resolution_list_in, member)
static const struct sql_field DUPLICATE_RESOLUTION_LIST_IN[] = {
  F(UUID, suspicion_id),
};
#undef F
static const struct statement DUPLICATE_RESOLUTION_LIST = STATEMENT_READS(
    "duplicate_resolution_list", DUPLICATE_RESOLUTION_LIST_IN, DUPLICATE_RESOLUTION_ROW_OUT,
    struct duplicate_resolution_row,
    "SELECT id, suspicion_id, claim_id, round, part, verdict, sealed_reason, by_account, by_person, at FROM "
    "shienkin.duplicate_resolution WHERE suspicion_id = $1 ORDER BY round, part");

result store_duplicate_resolution_list(struct tx *tx, struct uuid suspicion_id, struct duplicate_resolution_row **rows,
                                       size_t *count) {
  struct duplicate_resolution_list_in in = { suspicion_id };
  return tx_many(tx, &DUPLICATE_RESOLUTION_LIST, &in, rows, count);
}
