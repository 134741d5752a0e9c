/* the queue: claims in the order they came. Each state is walked by itself along an index until the page is full, and the
 * walks are merged; so a rare state costs what it holds, not what the table holds. */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct queue_row, member)
static const struct sql_field QUEUE_ROW_OUT[] = {
  F(UUID, id),          F(TEXT, number),        F(TEXT, state),
  F(INT, version),      F(TEXT, channel),       F(MOMENT, submitted_at),
  F(MOMENT, moved_at),  F(UUID, assigned_to),   F(TEXT, assigned_name),
  F(UUID, facility_id), F(TEXT, facility_key),  F(TEXT, facility_name),
  F(UUID, member_id),   F(TEXT, member_number), F(DAY, occurred_on),
  F(INT, holds),
};
#undef F

static const moment never = INT64_C(253370764800000000); /* the year 9999 */

/* From the top means before, or after, everything there can be. */
static struct queue_place from_top(struct queue_place after, bool newest) {
  if (after.at != 0 || !uuid_none(after.id)) return after;
  struct queue_place top = { newest ? never : 0, { { 0 } } };
  memset(top.id.bytes, newest ? 0xff : 0x01, sizeof top.id.bytes);
  return top;
}

/* What a list shows of the claims of one page. Each is looked up by its key for each claim: a join might read whole tables for
 * a page whose size the planner cannot know. */
#define SHOWN(direction)                                                                                                       \
  "SELECT c.id, c.number, c.state, c.version, c.channel, c.submitted_at, c.moved_at, c.assigned_to, (SELECT p.name FROM "      \
  "shienkin.person p WHERE p.id = c.assigned_to), c.facility_id, (SELECT f.key FROM shienkin.facility f WHERE f.id = "         \
  "c.facility_id), (SELECT v.name FROM shienkin.facility_version v WHERE v.facility_id = c.facility_id AND v.known_to IS "     \
  "NULL AND v.during @> i.occurred_on LIMIT 1), i.member_id, (SELECT m.number FROM shienkin.member m WHERE m.id = "            \
  "i.member_id), i.occurred_on, (SELECT count(*) FROM shienkin.hold h WHERE h.claim_id = c.id AND "                            \
  "shienkin.hold_lasts(h.id)) FROM page c JOIN shienkin.incident i ON i.id = c.incident_id ORDER BY c.submitted_at " direction \
  ", c.id " direction
/* In review, and nobody acted on the claimant's answer yet. OFFSET 0 keeps it a look into an index for each claim: as a join it
 * might read all answers that there ever were. */
#define STANDS_ANSWERED                                                                                                         \
  "c.state = 'in_review' AND EXISTS (SELECT FROM shienkin.information_reply r WHERE r.claim_id = c.id AND r.kind = 'answer' AND " \
  "r.at >= c.moved_at AND NOT EXISTS (SELECT FROM shienkin.fact_check k WHERE k.claim_id = c.id AND k.at > r.at) OFFSET 0)"
#define WALK(than, direction, more)                                                                                 \
  "WITH page AS MATERIALIZED (SELECT w.* FROM unnest($1::text[]) AS s (state) CROSS JOIN LATERAL (SELECT c.* FROM " \
  "shienkin.claim c WHERE c.state = s.state AND (c.submitted_at, c.id) " than " ($2, $3) AND c.submitted_at < $5 "  \
  "AND (NOT $6::boolean OR " STANDS_ANSWERED ")" more                                                               \
  " ORDER BY c.submitted_at " direction ", c.id " direction " LIMIT $4) w ORDER BY w.submitted_at " direction       \
  ", w.id " direction " LIMIT $4) " SHOWN(direction)

struct queue_in {
  struct queue_wants wants;
  moment at;
  struct uuid id;
  int64_t limit;
  struct uuid person_id;
};
#define F(kind, member) SQL_FIELD(kind, struct queue_in, member)
#define WALK_IN \
  F(TEXTS, wants.states), F(MOMENT, at), F(UUID, id), F(INT, limit), F(MOMENT, wants.came_before), F(BOOL, wants.answered)
static const struct sql_field QUEUE_IN[] = { WALK_IN };
static const struct sql_field QUEUE_ASSIGNED_IN[] = { WALK_IN, F(UUID, person_id) };
#undef F
static const struct statement QUEUE_ALL[] = {
  STATEMENT_READS("queue_all", QUEUE_IN, QUEUE_ROW_OUT, struct queue_row, WALK(">", "ASC", "")),
  STATEMENT_READS("queue_all_newest", QUEUE_IN, QUEUE_ROW_OUT, struct queue_row, WALK("<", "DESC", "")),
};
#define NOBODY " AND c.assigned_to IS NULL"
static const struct statement QUEUE_UNASSIGNED[] = {
  STATEMENT_READS("queue_unassigned", QUEUE_IN, QUEUE_ROW_OUT, struct queue_row, WALK(">", "ASC", NOBODY)),
  STATEMENT_READS("queue_unassigned_newest", QUEUE_IN, QUEUE_ROW_OUT, struct queue_row, WALK("<", "DESC", NOBODY)),
};
#define SOMEBODY " AND c.assigned_to = $7"
static const struct statement QUEUE_ASSIGNED[] = {
  STATEMENT_READS("queue_assigned", QUEUE_ASSIGNED_IN, QUEUE_ROW_OUT, struct queue_row, WALK(">", "ASC", SOMEBODY)),
  STATEMENT_READS("queue_assigned_newest", QUEUE_ASSIGNED_IN, QUEUE_ROW_OUT, struct queue_row,
                  WALK("<", "DESC", SOMEBODY)),
};

static struct queue_wants bounded(struct queue_wants wants) {
  if (wants.came_before == 0) wants.came_before = never;
  return wants;
}

static struct queue_in queue_in(const struct queue_wants *wants, struct queue_place after, bool newest, int64_t limit) {
  struct queue_place from = from_top(after, newest);
  return (struct queue_in){ .wants = bounded(*wants), .at = from.at, .id = from.id, .limit = limit };
}

result store_queue_all(struct tx *tx, const struct queue_wants *wants, struct queue_place after, bool newest, int64_t limit,
                       struct queue_row **rows, size_t *count) {
  struct queue_in in = queue_in(wants, after, newest, limit);
  return tx_many(tx, &QUEUE_ALL[newest], &in, rows, count);
}

result store_queue_unassigned(struct tx *tx, const struct queue_wants *wants, struct queue_place after, bool newest,
                              int64_t limit, struct queue_row **rows, size_t *count) {
  struct queue_in in = queue_in(wants, after, newest, limit);
  return tx_many(tx, &QUEUE_UNASSIGNED[newest], &in, rows, count);
}

result store_queue_assigned(struct tx *tx, const struct queue_wants *wants, struct uuid person_id, struct queue_place after,
                            bool newest, int64_t limit, struct queue_row **rows, size_t *count) {
  struct queue_in in = queue_in(wants, after, newest, limit);
  in.person_id = person_id;
  return tx_many(tx, &QUEUE_ASSIGNED[newest], &in, rows, count);
}

/* ---- search: the few claims that words, a facility or a member lead to */

struct queue_search_in {
  struct queue_search s;
  moment at;
  struct uuid id;
  int64_t limit, most;
};
#define F(kind, member) SQL_FIELD(kind, struct queue_search_in, member)
/* What a facility or a member leads to, and what words do: those beside the same. */
#define PLACE_IN                                                                                                \
  F(TEXTS, s.wants.states), F(MOMENT, at), F(UUID, id), F(INT, limit), F(MOMENT, s.wants.came_before),          \
      F(BOOL, s.wants.answered), F(UUID, s.facility_id), F(UUID, s.member_id), F(UUID, s.person_id), F(BOOL, s.unassigned)
static const struct sql_field QUEUE_PLACE_IN[] = { PLACE_IN };
static const struct sql_field QUEUE_SEARCH_IN[] = { PLACE_IN,          F(TEXT, s.like),      F(TEXT, s.key),
                                                    F(INT, most),      F(TEXT, s.kana_like), F(TEXT, s.number_like) };
#undef F
/* Each way in finds at most so many, and what it finds goes on as a list, so that every step is a look into an index. */
#define FACILITIES                                                                                                                                       \
  "ARRAY((SELECT v.facility_id FROM shienkin.facility_version v WHERE v.known_to IS NULL AND v.name LIKE $11 LIMIT $13) "                                 \
  "UNION (SELECT v.facility_id FROM shienkin.facility_version v WHERE v.known_to IS NULL AND $14::text IS NOT NULL AND v.name_kana LIKE $14 LIMIT $13) " \
  "UNION (SELECT v.facility_id FROM shienkin.facility_version v WHERE v.known_to IS NULL AND v.code = $12 LIMIT $13) UNION "                              \
  "(SELECT f.id FROM shienkin.facility f WHERE f.key = $12))"
#define MEMBERS                                                                                                                                      \
  "ARRAY((SELECT v.member_id FROM shienkin.member_version v WHERE v.known_to IS NULL AND v.name LIKE $11 LIMIT $13) UNION "                           \
  "(SELECT v.member_id FROM shienkin.member_version v WHERE v.known_to IS NULL AND $14::text IS NOT NULL AND v.name_kana LIKE $14 LIMIT $13) UNION " \
  "(SELECT m.id FROM shienkin.member m WHERE m.number = $12))"
#define OF_INCIDENTS "shienkin.incident i JOIN shienkin.claim c ON c.incident_id = i.id"
#define BY_WORDS                                                                                                            \
  "SELECT c.id FROM shienkin.claim c WHERE c.facility_id = ANY (" FACILITIES ") UNION SELECT c.id FROM " OF_INCIDENTS       \
  " WHERE i.member_id = ANY (" MEMBERS ") UNION (SELECT n.id FROM shienkin.claim n WHERE $15::text IS NOT NULL AND "        \
  "n.number LIKE $15 LIMIT $13)"
#define BY_PLACE                                                                                                            \
  "SELECT c.id FROM shienkin.claim c WHERE c.facility_id = $7 UNION SELECT c.id FROM " OF_INCIDENTS                         \
  " WHERE $7::uuid IS NULL AND i.member_id = $8"
#define SEARCH(found, than, direction)                                                                                      \
  "WITH found AS MATERIALIZED (" found "), page AS MATERIALIZED (SELECT c.* FROM found x JOIN shienkin.claim c ON c.id = "  \
  "x.id JOIN shienkin.incident i ON i.id = c.incident_id WHERE c.state = ANY ($1) AND (c.submitted_at, c.id) " than         \
  " ($2, $3) AND c.submitted_at < $5 AND (NOT $6::boolean OR " STANDS_ANSWERED ") AND ($7::uuid IS NULL OR c.facility_id = $7) " \
  "AND ($8::uuid IS NULL OR i.member_id = $8) AND ($9::uuid IS NULL OR c.assigned_to = $9) AND (NOT $10::boolean OR "       \
  "c.assigned_to IS NULL) ORDER BY c.submitted_at " direction                  \
  ", c.id " direction " LIMIT $4) " SHOWN(direction)
static const struct statement QUEUE_SEARCH[] = {
  STATEMENT_READS("queue_search", QUEUE_SEARCH_IN, QUEUE_ROW_OUT, struct queue_row, SEARCH(BY_WORDS, ">", "ASC")),
  STATEMENT_READS("queue_search_newest", QUEUE_SEARCH_IN, QUEUE_ROW_OUT, struct queue_row, SEARCH(BY_WORDS, "<", "DESC")),
};
static const struct statement QUEUE_OF_PLACE[] = {
  STATEMENT_READS("queue_of_place", QUEUE_PLACE_IN, QUEUE_ROW_OUT, struct queue_row, SEARCH(BY_PLACE, ">", "ASC")),
  STATEMENT_READS("queue_of_place_newest", QUEUE_PLACE_IN, QUEUE_ROW_OUT, struct queue_row, SEARCH(BY_PLACE, "<", "DESC")),
};

/* Words of one or two characters have no trigram: by the index that would be a walk over all of it. Only a plan that sees the
 * words knows, so from here on this transaction gets plans of its own; making one takes a millisecond or two. A facility's or a
 * member's claims need none. */
static const struct statement OWN_PLANS = { "own_plans", "SELECT set_config('plan_cache_mode', 'force_custom_plan', true)", NULL, 0,
                                            NULL, 0, 0, -1 };

result store_queue_search(struct tx *tx, const struct queue_search *s, struct queue_place after, bool newest,
                          int64_t limit, struct queue_row **rows, size_t *count) {
  struct queue_place from = from_top(after, newest);
  struct queue_search_in in = { *s, from.at, from.id, limit, STORE_FOUND_MOST };
  in.s.wants = bounded(s->wants);
  if (!s->key.p) return tx_many(tx, &QUEUE_OF_PLACE[newest], &in, rows, count);
  tx_send(tx, &OWN_PLANS, NULL);
  return tx_many(tx, &QUEUE_SEARCH[newest], &in, rows, count);
}

/* ---- shares */

struct queue_shares_in {
  struct uuid person_id;
};
#define F(kind, member) SQL_FIELD(kind, struct queue_shares_in, member)
static const struct sql_field QUEUE_SHARES_IN[] = { F(UUID, person_id) };
#undef F
#define F(kind, member) SQL_FIELD(kind, struct queue_share_row, member)
static const struct sql_field QUEUE_SHARES_OUT[] = { F(INT, mine), F(INT, unassigned) };
#undef F
#define OPEN "state IN ('submitted', 'in_review', 'info_requested', 'dormant', 'proposed', 'reconsideration')"
static const struct statement QUEUE_SHARES = STATEMENT_READS(
    "queue_shares", QUEUE_SHARES_IN, QUEUE_SHARES_OUT, struct queue_share_row,
    "SELECT (SELECT count(*) FROM shienkin.claim WHERE assigned_to = $1 AND " OPEN "), (SELECT count(*) FROM "
    "shienkin.claim WHERE assigned_to IS NULL AND " OPEN ")");

void store_ask_queue_shares(struct tx *tx, struct uuid person_id, struct queue_share_row *out, result *found) {
  struct queue_shares_in in = { person_id };
  tx_ask_one(tx, &QUEUE_SHARES, &in, out, found);
}

/* ---- what waits for somebody */

struct queue_waiting_in {
  struct uuid person_id;
  moment came_before;
};
#define F(kind, member) SQL_FIELD(kind, struct queue_waiting_in, member)
static const struct sql_field QUEUE_WAITING_IN[] = { F(UUID, person_id), F(MOMENT, came_before) };
#undef F
#define F(kind, member) SQL_FIELD(kind, struct queue_waiting_row, member)
static const struct sql_field QUEUE_WAITING_OUT[] = { F(INT, due), F(INT, answered) };
#undef F
static const struct statement QUEUE_WAITING = STATEMENT_READS(
    "queue_waiting", QUEUE_WAITING_IN, QUEUE_WAITING_OUT, struct queue_waiting_row,
    "SELECT count(*) FILTER (WHERE submitted_at < $2), count(*) FILTER (WHERE " STANDS_ANSWERED ") "
    "FROM shienkin.claim c WHERE assigned_to = $1 AND " OPEN);

result store_queue_waiting(struct tx *tx, struct uuid person_id, moment came_before, struct queue_waiting_row *out) {
  struct queue_waiting_in in = { person_id, came_before };
  return tx_one(tx, &QUEUE_WAITING, &in, out);
}

/* ---- names */

struct person_names_in {
  struct uuids ids;
};
#define F(kind, member) SQL_FIELD(kind, struct person_names_in, member)
static const struct sql_field PERSON_NAMES_IN[] = { F(UUIDS, ids) };
#undef F
#define F(kind, member) SQL_FIELD(kind, struct person_name_row, member)
static const struct sql_field PERSON_NAMES_OUT[] = { F(UUID, id), F(TEXT, name) };
#undef F
static const struct statement PERSON_NAMES =
    STATEMENT_READS("person_names", PERSON_NAMES_IN, PERSON_NAMES_OUT, struct person_name_row,
                    "SELECT id, name FROM shienkin.person WHERE id = ANY ($1)");

result store_person_names(struct tx *tx, struct uuids ids, struct person_name_row **rows, size_t *count) {
  struct person_names_in in = { ids };
  return tx_many(tx, &PERSON_NAMES, &in, rows, count);
}
