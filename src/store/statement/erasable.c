/* drafts in state erased whose key is still there */
#include "shienkin/store.h"

struct claim_erasable_in {
  int64_t limit;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_erasable_in, member)
static const struct sql_field CLAIM_ERASABLE_IN[] = { F(INT, limit) };
#undef F
#define F(kind, member) SQL_FIELD(kind, struct erasable_row, member)
static const struct sql_field ERASABLE_ROW_OUT[] = { F(UUID, claim_id) };
#undef F
static const struct statement CLAIM_ERASABLE = STATEMENT_READS(
    "claim_erasable", CLAIM_ERASABLE_IN, ERASABLE_ROW_OUT, struct erasable_row,
    "SELECT c.id FROM shienkin.claim c JOIN shienkin.sealing_key k ON k.subject_id = c.id WHERE c.state = 'erased' ORDER BY "
    "c.id LIMIT $1");

result store_claim_erasable(struct tx *tx, int64_t limit, struct erasable_row **rows, size_t *count) {
  struct claim_erasable_in in = { limit };
  return tx_many(tx, &CLAIM_ERASABLE, &in, rows, count);
}
