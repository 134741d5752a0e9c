/* statistics: numbers over all claims. A decision stands while its incident has no later one and its claim was not withdrawn. */
#include "shienkin/store.h"

struct from_in {
  moment from;
};
static const struct sql_field FROM_IN[] = { SQL_FIELD(MOMENT, struct from_in, from) };

#define STANDING                                                                                                            \
  "standing AS (SELECT DISTINCT ON (d.incident_id) d.id, d.claim_id, d.outcome, d.total_yen FROM shienkin.decision d JOIN " \
  "shienkin.claim c ON c.id = d.claim_id WHERE c.state <> 'withdrawn' ORDER BY d.incident_id, d.number DESC)"
#define MONTH(of) "date_trunc('month', " of " AT TIME ZONE 'Asia/Tokyo')::date"

#define F(kind, member) SQL_FIELD(kind, struct month_row, member)
static const struct sql_field MONTHS_OUT[] = { F(DAY, month), F(INT, submitted), F(INT, decided), F(INT, decided_yen) };
#undef F
static const struct statement MONTHS = STATEMENT_READS(
    "statistics_months", FROM_IN, MONTHS_OUT, struct month_row,
    "WITH came AS (SELECT " MONTH(
        "submitted_at") " AS month, count(*) AS n FROM shienkin.claim WHERE submitted_at >= $1 GROUP "
                        "BY 1), made AS (SELECT " MONTH(
                            "at") " AS month, count(*) AS n, sum(total_yen)::bigint AS yen FROM shienkin.decision WHERE "
                                  "at >= $1 GROUP BY 1) SELECT month, coalesce(came.n, 0), coalesce(made.n, 0), coalesce(made.yen, 0) FROM came FULL JOIN made "
                                  "USING (month) ORDER BY month");

result store_statistics_months(struct tx *tx, moment from, struct month_row **rows, size_t *count) {
  struct from_in in = { from };
  return tx_many(tx, &MONTHS, &in, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct item_statistics_row, member)
static const struct sql_field ITEMS_OUT[] = { F(TEXT, item), F(TEXT, outcome), F(INT, decisions), F(INT, amount_yen),
                                              F(INT, potential_yen) };
#undef F
static const struct statement ITEMS = STATEMENT_READS_ALL(
    "statistics_items", ITEMS_OUT, struct item_statistics_row,
    "WITH " STANDING
    " SELECT x.item, x.outcome, count(*), sum(x.amount_yen)::bigint, sum(x.potential_yen)::bigint FROM standing "
    "s JOIN shienkin.decision_item x ON x.decision_id = s.id JOIN shienkin.item i ON i.code = x.item GROUP BY x.item, x.outcome, "
    "i.ordinal ORDER BY i.ordinal, x.outcome");

result store_statistics_items(struct tx *tx, struct item_statistics_row **rows, size_t *count) {
  return tx_many(tx, &ITEMS, NULL, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct state_statistics_row, member)
static const struct sql_field STATES_OUT[] = { F(TEXT, state), F(INT, claims), F(INT, decided_yen) };
#undef F
static const struct statement STATES = STATEMENT_READS_ALL(
    "statistics_states", STATES_OUT, struct state_statistics_row,
    "WITH " STANDING
    " SELECT c.state, count(*), coalesce(sum(s.total_yen), 0)::bigint FROM shienkin.claim c LEFT JOIN standing s "
    "ON s.claim_id = c.id WHERE c.submitted_at IS NOT NULL GROUP BY c.state ORDER BY c.state");

result store_statistics_states(struct tx *tx, struct state_statistics_row **rows, size_t *count) {
  return tx_many(tx, &STATES, NULL, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct prefecture_row, member)
static const struct sql_field PREFECTURES_OUT[] = { F(TEXT, prefecture), F(INT, claims), F(INT, decided_yen) };
#undef F
/* A facility's code begins with its prefecture's; the code is the one that the roster knows now, the latest span's. */
static const struct statement PREFECTURES = STATEMENT_READS_ALL(
    "statistics_prefectures", PREFECTURES_OUT, struct prefecture_row,
    "WITH " STANDING
    ", place AS (SELECT DISTINCT ON (v.facility_id) v.facility_id, left(v.code, 2) AS prefecture FROM shienkin.facility_version v "
    "WHERE v.known_to IS NULL ORDER BY v.facility_id, v.during DESC) SELECT p.prefecture, count(*), coalesce(sum(s.total_yen), "
    "0)::bigint FROM shienkin.claim c LEFT JOIN place p ON p.facility_id = c.facility_id LEFT JOIN standing s ON s.claim_id = c.id "
    "WHERE c.submitted_at IS NOT NULL GROUP BY p.prefecture ORDER BY p.prefecture NULLS LAST");

result store_statistics_prefectures(struct tx *tx, struct prefecture_row **rows, size_t *count) {
  return tx_many(tx, &PREFECTURES, NULL, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct pace_row, member)
static const struct sql_field PACE_OUT[] = { F(INT, decisions), F(INT, median_s), F(INT, p90_s),
                                             F(INT, awaiting_filing), F(INT, standing) };
#undef F
/* percentile_disc: a duration that some claim had, so no halves. */
static const struct statement PACE = STATEMENT_READS(
    "statistics_pace", FROM_IN, PACE_OUT, struct pace_row,
    "WITH first AS (SELECT d.claim_id, min(d.at) AS at FROM shienkin.decision d GROUP BY d.claim_id), took AS (SELECT "
    "floor(extract(epoch FROM f.at - c.submitted_at))::bigint AS s FROM first f JOIN shienkin.claim c ON c.id = f.claim_id WHERE "
    "f.at >= $1), " STANDING
    " SELECT (SELECT count(*) FROM took), (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY s) FROM "
    "took), (SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY s) FROM took), (SELECT count(*) FROM standing WHERE outcome = "
    "'awaiting_filing'), (SELECT count(*) FROM standing)");

result store_statistics_pace(struct tx *tx, moment from, struct pace_row *out) {
  struct from_in in = { from };
  return tx_one(tx, &PACE, &in, out);
}
