/* the trail: events as an auditor walks them, and where an id leads. One statement for each way in, so that each has its index. */
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

struct place_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct trail_place_row, member)
static const struct sql_field PLACE_OUT[] = { F(UUID, claim_id), F(UUID, decision_id) };
#undef F
static const struct sql_field PLACE_IN[] = { SQL_FIELD(UUID, struct place_in, id) };
/* A row that belongs to no decision yet has the claim alone; an id is of one table, since ids are made once. */
#define OF(table) " UNION ALL SELECT claim_id, NULL FROM shienkin." table " WHERE id = $1 AND claim_id IS NOT NULL"
static const struct statement PLACE = STATEMENT_READS(
    "trail_place", PLACE_IN, PLACE_OUT, struct trail_place_row,
    "SELECT claim_id, id FROM shienkin.decision WHERE id = $1"
    " UNION ALL SELECT claim_id, decision_id FROM shienkin.entitlement_line WHERE id = $1"
    " UNION ALL SELECT claim_id, decision_id FROM shienkin.recovery WHERE id = $1"
    " UNION ALL SELECT p.claim_id, d.id FROM shienkin.proposal p LEFT JOIN shienkin.decision d ON d.claim_id = p.claim_id AND "
    "d.proposal_id = p.id WHERE p.id = $1"
    " UNION ALL SELECT s.claim_id, d.id FROM shienkin.fact_snapshot s LEFT JOIN shienkin.decision d ON d.claim_id = s.claim_id AND "
    "d.snapshot_id = s.id WHERE s.id = $1"
    " UNION ALL SELECT id, NULL FROM shienkin.claim WHERE id = $1"
    " UNION ALL SELECT id, NULL FROM shienkin.claim WHERE incident_id = $1"
    OF("evidence") OF("fact_check") OF("facts_version") OF("event") " LIMIT 1");
#undef OF

result store_trail_place(struct tx *tx, struct uuid id, struct trail_place_row *out) {
  struct place_in in = { id };
  return tx_one(tx, &PLACE, &in, out);
}
