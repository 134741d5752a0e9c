/* drafts */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct draft_row, member)
static const struct sql_field DRAFT_INSERT_IN[] = {
  F(UUID, claim_id),
  F(MOMENT, saved_at),
  F(BYTES, sealed_body),
};
#undef F
static const struct statement DRAFT_INSERT =
    STATEMENT_WRITES("draft_insert", DRAFT_INSERT_IN, -1,
                     "INSERT INTO shienkin.draft (claim_id, saved_at, sealed_body) VALUES ($1, $2, $3)");

void store_draft_insert(struct tx *tx, const struct draft_row *row) { tx_send(tx, &DRAFT_INSERT, row); }

struct draft_save_in {
  struct uuid claim_id;
  int64_t version;
  str sealed_body;
};
#define F(kind, member) SQL_FIELD(kind, struct draft_save_in, member)
static const struct sql_field DRAFT_SAVE_IN[] = {
  F(UUID, claim_id),
  F(INT, version),
  F(BYTES, sealed_body),
};
#undef F
static const struct statement DRAFT_SAVE = STATEMENT_WRITES(
    "draft_save", DRAFT_SAVE_IN, 1,
    "UPDATE shienkin.draft SET version = $2 + 1, saved_at = shienkin.at(), notice_at = NULL, sealed_body = $3 WHERE "
    "claim_id = $1 AND version = $2");

void store_draft_save(struct tx *tx, struct uuid claim_id, int64_t version, str sealed_body) {
  struct draft_save_in in = { claim_id, version, sealed_body };
  tx_send(tx, &DRAFT_SAVE, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct draft_row, member)
static const struct sql_field DRAFT_ROW_OUT[] = {
  F(UUID, claim_id),     F(INT, version),     F(MOMENT, saved_at), F(MOMENT, notice_at),
  F(BYTES, sealed_body), F(UUID, by.account), F(UUID, by.person),  F(MOMENT, by.at),
};
#undef F
struct draft_of_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct draft_of_in, member)
static const struct sql_field DRAFT_OF_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement DRAFT_OF = STATEMENT_READS(
    "draft_of", DRAFT_OF_IN, DRAFT_ROW_OUT, struct draft_row,
    "SELECT claim_id, version, saved_at, notice_at, sealed_body, by_account, by_person, at FROM shienkin.draft WHERE "
    "claim_id = $1");

result store_draft_of(struct tx *tx, struct uuid claim_id, struct draft_row *out) {
  struct draft_of_in in = { claim_id };
  return tx_one(tx, &DRAFT_OF, &in, out);
}

struct draft_unused_in {
  moment saved_before;
  int64_t limit;
};
#define F(kind, member) SQL_FIELD(kind, struct draft_unused_in, member)
static const struct sql_field DRAFT_UNUSED_IN[] = {
  F(MOMENT, saved_before),
  F(INT, limit),
};
#undef F
static const struct statement DRAFT_UNUSED = STATEMENT_READS(
    "draft_unused", DRAFT_UNUSED_IN, DRAFT_ROW_OUT, struct draft_row,
    "SELECT d.claim_id, d.version, d.saved_at, d.notice_at, d.sealed_body, d.by_account, d.by_person, d.at FROM "
    "shienkin.draft d JOIN shienkin.claim c ON c.id = d.claim_id AND c.state = 'draft' WHERE d.saved_at < $1 ORDER BY "
    "d.saved_at, d.claim_id LIMIT $2");

result store_draft_unused(struct tx *tx, moment saved_before, int64_t limit, struct draft_row **rows, size_t *count) {
  struct draft_unused_in in = { saved_before, limit };
  return tx_many(tx, &DRAFT_UNUSED, &in, rows, count);
}

struct draft_notice_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct draft_notice_in, member)
static const struct sql_field DRAFT_NOTICE_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement DRAFT_NOTICE =
    STATEMENT_WRITES("draft_notice", DRAFT_NOTICE_IN, 1,
                     "UPDATE shienkin.draft SET notice_at = shienkin.at() WHERE claim_id = $1 AND notice_at IS NULL");

void store_draft_notice(struct tx *tx, struct uuid claim_id) {
  struct draft_notice_in in = { claim_id };
  tx_send(tx, &DRAFT_NOTICE, &in);
}
