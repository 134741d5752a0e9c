/* the trail: events as an auditor walks them. One statement for each way in, so that each has its index. */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct event_read_row, member)
static const struct sql_field TRAIL_OUT[] = {
  F(INT, seq),         F(UUID, id),         F(TEXT, type),         F(TEXT, role),         F(TEXT, via),
  F(TEXT, request_id), F(UUID, claim_id),   F(INT, claim_version), F(TEXT, subject_type), F(UUID, subject_id),
  F(BYTES, body),      F(UUID, by.account), F(UUID, by.person),    F(MOMENT, by.at),
};
#undef F
struct trail_in {
  int64_t after, limit;
  str type;
  struct uuid claim_id, person_id;
};
#define F(kind, member) SQL_FIELD(kind, struct trail_in, member)
static const struct sql_field TRAIL_IN[] = { F(INT, after), F(INT, limit), F(TEXT, type) };
static const struct sql_field TRAIL_PERSON_IN[] = { F(INT, after), F(INT, limit), F(TEXT, type), F(UUID, person_id) };
static const struct sql_field TRAIL_CLAIM_IN[] = { F(INT, after), F(INT, limit), F(TEXT, type), F(UUID, claim_id),
                                                   F(UUID, person_id) };
#undef F
#define TRAIL(more)                                                                                                    \
  "SELECT seq, id, type, role, via, request_id, claim_id, claim_version, subject_type, subject_id, body, by_account, " \
  "by_person, at FROM shienkin.event WHERE seq > $1 AND ($3::text IS NULL OR type = $3)" more " ORDER BY seq LIMIT $2"
static const struct statement OF_ALL = STATEMENT_READS("trail", TRAIL_IN, TRAIL_OUT, struct event_read_row, TRAIL(""));
static const struct statement OF_PERSON =
    STATEMENT_READS("trail_of_person", TRAIL_PERSON_IN, TRAIL_OUT, struct event_read_row, TRAIL(" AND by_person = $4"));
static const struct statement OF_CLAIM =
    STATEMENT_READS("trail_of_claim", TRAIL_CLAIM_IN, TRAIL_OUT, struct event_read_row,
                    TRAIL(" AND claim_id = $4 AND ($5::uuid IS NULL OR by_person = $5)"));

result store_trail(struct tx *tx, const struct trail_filter *filter, int64_t after, int64_t limit,
                   struct event_read_row **rows, size_t *count) {
  struct trail_in in = { after, limit, filter->type, filter->claim_id, filter->person_id };
  const struct statement *s = !uuid_none(in.claim_id) ? &OF_CLAIM : !uuid_none(in.person_id) ? &OF_PERSON : &OF_ALL;
  return tx_many(tx, s, &in, rows, count);
}
