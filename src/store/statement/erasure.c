/* erasure */
#include "shienkin/store.h"

struct erase_in {
  struct uuid subject;
  struct uuid event_id;
  str event_body;
  struct sha256 salt;
  str via;
};
#define F(kind, member) SQL_FIELD(kind, struct erase_in, member)
static const struct sql_field ERASE_IN[] = {
  F(UUID, subject), F(UUID, event_id), F(BYTES, event_body), F(SHA256, salt), F(TEXT, via),
};
#undef F
struct erase_out {
  bool value;
};
#define F(kind, member) SQL_FIELD(kind, struct erase_out, member)
static const struct sql_field ERASE_OUT[] = { F(BOOL, value) };
#undef F
static const struct statement ERASE =
    STATEMENT_READS("erase", ERASE_IN, ERASE_OUT, struct erase_out, "SELECT shienkin.erase($1, $2, $3, $4, $5)");

result store_erase(struct tx *tx, struct uuid subject, struct uuid event_id, str event_body, struct sha256 salt,
                   str via, bool *out) {
  struct erase_in in = { subject, event_id, event_body, salt, via };
  struct erase_out row;
  TRY(tx_one(tx, &ERASE, &in, &row));
  *out = row.value;
  return RESULT_OK;
}
