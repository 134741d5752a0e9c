/* what a scanner said of a file, and which files wait for it */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct evidence_scan_row, member)
static const struct sql_field EVIDENCE_SCAN_INSERT_IN[] = {
  F(UUID, id), F(UUID, evidence_id), F(TEXT, verdict), F(TEXT, engine), F(TEXT, signature),
};
#undef F
static const struct statement EVIDENCE_SCAN_INSERT = STATEMENT_WRITES(
    "evidence_scan_insert", EVIDENCE_SCAN_INSERT_IN, -1,
    "INSERT INTO shienkin.evidence_scan (id, evidence_id, verdict, engine, signature) VALUES ($1, $2, $3, $4, $5)");

void store_evidence_scan_insert(struct tx *tx, const struct evidence_scan_row *row) {
  tx_send(tx, &EVIDENCE_SCAN_INSERT, row);
}

#define F(kind, member) SQL_FIELD(kind, struct evidence_scan_row, member)
static const struct sql_field EVIDENCE_SCAN_ROW_OUT[] = {
  F(UUID, id),        F(UUID, evidence_id), F(TEXT, verdict),   F(TEXT, engine),
  F(TEXT, signature), F(UUID, by.account),  F(UUID, by.person), F(MOMENT, by.at),
};
#undef F
struct evidence_scan_latest_in {
  struct uuid evidence_id;
};
#define F(kind, member) SQL_FIELD(kind, struct evidence_scan_latest_in, member)
static const struct sql_field EVIDENCE_SCAN_LATEST_IN[] = {
  F(UUID, evidence_id),
};
#undef F
static const struct statement EVIDENCE_SCAN_LATEST = STATEMENT_READS(
    "evidence_scan_latest", EVIDENCE_SCAN_LATEST_IN, EVIDENCE_SCAN_ROW_OUT, struct evidence_scan_row,
    "SELECT id, evidence_id, verdict, engine, signature, by_account, by_person, at FROM shienkin.evidence_scan WHERE "
    "evidence_id = $1 ORDER BY at DESC, id DESC LIMIT 1");

result store_evidence_scan_latest(struct tx *tx, struct uuid evidence_id, struct evidence_scan_row *out) {
  struct evidence_scan_latest_in in = { evidence_id };
  return tx_one(tx, &EVIDENCE_SCAN_LATEST, &in, out);
}

struct evidence_scan_of_claim_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct evidence_scan_of_claim_in, member)
static const struct sql_field EVIDENCE_SCAN_OF_CLAIM_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement EVIDENCE_SCAN_OF_CLAIM = STATEMENT_READS(
    "evidence_scan_of_claim", EVIDENCE_SCAN_OF_CLAIM_IN, EVIDENCE_SCAN_ROW_OUT, struct evidence_scan_row,
    "SELECT DISTINCT ON (s.evidence_id) s.id, s.evidence_id, s.verdict, s.engine, s.signature, s.by_account, s.by_person, "
    "s.at FROM shienkin.evidence_finish f JOIN shienkin.evidence_scan s ON s.evidence_id = f.evidence_id WHERE "
    "f.claim_id = $1 ORDER BY s.evidence_id, s.at DESC, s.id DESC");

result store_evidence_scan_of_claim(struct tx *tx, struct uuid claim_id, struct evidence_scan_row **rows,
                                    size_t *count) {
  struct evidence_scan_of_claim_in in = { claim_id };
  return tx_many(tx, &EVIDENCE_SCAN_OF_CLAIM, &in, rows, count);
}

/* ---- turns */

#define F(kind, member) SQL_FIELD(kind, struct evidence_scan_turn_row, member)
static const struct sql_field EVIDENCE_SCAN_TAKE_OUT[] = {
  F(UUID, evidence_id), F(UUID, claim_id), F(INT, length), F(INT, tries), F(MOMENT, due_at),
};
static const struct sql_field EVIDENCE_SCAN_TURN_IN[] = {
  F(UUID, evidence_id),
  F(INT, tries),
  F(MOMENT, due_at),
};
#undef F
static const struct statement EVIDENCE_SCAN_TAKE = STATEMENT_READS_ALL(
    "evidence_scan_take", EVIDENCE_SCAN_TAKE_OUT, struct evidence_scan_turn_row,
    "SELECT f.evidence_id, f.claim_id, f.length, t.tries, t.due_at FROM shienkin.evidence_scan_turn t JOIN "
    "shienkin.evidence_finish f ON f.evidence_id = t.evidence_id WHERE t.due_at <= shienkin.at() "
    "ORDER BY t.due_at, t.evidence_id LIMIT 1 FOR UPDATE OF t SKIP LOCKED");

result store_evidence_scan_take(struct tx *tx, struct evidence_scan_turn_row *out) {
  return tx_one(tx, &EVIDENCE_SCAN_TAKE, NULL, out);
}

static const struct statement EVIDENCE_SCAN_TURN = STATEMENT_WRITES(
    "evidence_scan_turn", EVIDENCE_SCAN_TURN_IN, -1,
    "UPDATE shienkin.evidence_scan_turn SET tries = $2, due_at = $3 WHERE evidence_id = $1 AND due_at IS NOT NULL AND "
    "tries IN ($2 - 1, $2)");

void store_evidence_scan_turn(struct tx *tx, const struct evidence_scan_turn_row *row) {
  tx_send(tx, &EVIDENCE_SCAN_TURN, row);
}
