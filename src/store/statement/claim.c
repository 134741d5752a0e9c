/* claims */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct claim_row, member)
static const struct sql_field CLAIM_INSERT_IN[] = {
  F(UUID, id),
  F(UUID, facility_id),
  F(TEXT, channel),
};
#undef F
static const struct statement CLAIM_INSERT = STATEMENT_WRITES(
    "claim_insert", CLAIM_INSERT_IN, -1, "INSERT INTO shienkin.claim (id, facility_id, channel) VALUES ($1, $2, $3)");

void store_claim_insert(struct tx *tx, const struct claim_row *row) { tx_send(tx, &CLAIM_INSERT, row); }

#define F(kind, member) SQL_FIELD(kind, struct claim_row, member)
static const struct sql_field CLAIM_ROW_OUT[] = {
  F(UUID, id),         F(UUID, facility_id), F(TEXT, channel),       F(TEXT, state),
  F(INT, version),     F(UUID, incident_id), F(TEXT, number),        F(MOMENT, submitted_at),
  F(MOMENT, moved_at), F(UUID, assigned_to), F(MOMENT, assigned_at), F(UUID, by.account),
  F(UUID, by.person),  F(MOMENT, by.at),
};
#undef F
struct claim_lock_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_lock_in, member)
static const struct sql_field CLAIM_LOCK_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement CLAIM_LOCK = STATEMENT_READS(
    "claim_lock", CLAIM_LOCK_IN, CLAIM_ROW_OUT, struct claim_row,
    "SELECT id, facility_id, channel, state, version, incident_id, number, submitted_at, moved_at, assigned_to, "
    "assigned_at, by_account, by_person, at FROM shienkin.claim WHERE id = $1 FOR UPDATE");

result store_claim_lock(struct tx *tx, struct uuid id, struct claim_row *out) {
  struct claim_lock_in in = { id };
  return tx_one(tx, &CLAIM_LOCK, &in, out);
}

struct claim_by_id_in {
  struct uuid id;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_by_id_in, member)
static const struct sql_field CLAIM_BY_ID_IN[] = {
  F(UUID, id),
};
#undef F
static const struct statement CLAIM_BY_ID = STATEMENT_READS(
    "claim_by_id", CLAIM_BY_ID_IN, CLAIM_ROW_OUT, struct claim_row,
    "SELECT id, facility_id, channel, state, version, incident_id, number, submitted_at, moved_at, assigned_to, "
    "assigned_at, by_account, by_person, at FROM shienkin.claim WHERE id = $1");

void store_ask_claim_by_id(struct tx *tx, struct uuid id, struct claim_row *out, result *found) {
  struct claim_by_id_in in = { id };
  tx_ask_one(tx, &CLAIM_BY_ID, &in, out, found);
}

result store_claim_by_id(struct tx *tx, struct uuid id, struct claim_row *out) {
  result found;
  store_ask_claim_by_id(tx, id, out, &found);
  TRY(tx_flush(tx));
  return found;
}

struct claim_by_number_in {
  str number;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_by_number_in, member)
static const struct sql_field CLAIM_BY_NUMBER_IN[] = {
  F(TEXT, number),
};
#undef F
static const struct statement CLAIM_BY_NUMBER = STATEMENT_READS(
    "claim_by_number", CLAIM_BY_NUMBER_IN, CLAIM_ROW_OUT, struct claim_row,
    "SELECT id, facility_id, channel, state, version, incident_id, number, submitted_at, moved_at, assigned_to, "
    "assigned_at, by_account, by_person, at FROM shienkin.claim WHERE number = $1");

result store_claim_by_number(struct tx *tx, str number, struct claim_row *out) {
  struct claim_by_number_in in = { number };
  return tx_one(tx, &CLAIM_BY_NUMBER, &in, out);
}

struct claim_of_incident_in {
  struct uuid incident_id;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_of_incident_in, member)
static const struct sql_field CLAIM_OF_INCIDENT_IN[] = {
  F(UUID, incident_id),
};
#undef F
static const struct statement CLAIM_OF_INCIDENT = STATEMENT_READS(
    "claim_of_incident", CLAIM_OF_INCIDENT_IN, CLAIM_ROW_OUT, struct claim_row,
    "SELECT id, facility_id, channel, state, version, incident_id, number, submitted_at, moved_at, assigned_to, "
    "assigned_at, by_account, by_person, at FROM shienkin.claim WHERE incident_id = $1 ORDER BY id");

result store_claim_of_incident(struct tx *tx, struct uuid incident_id, struct claim_row **rows, size_t *count) {
  struct claim_of_incident_in in = { incident_id };
  return tx_many(tx, &CLAIM_OF_INCIDENT, &in, rows, count);
}

struct claim_of_facility_in {
  struct uuid facility_id;
  struct uuid before;
  int64_t limit;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_of_facility_in, member)
static const struct sql_field CLAIM_OF_FACILITY_IN[] = {
  F(UUID, facility_id),
  F(UUID, before),
  F(INT, limit),
};
#undef F
static const struct statement CLAIM_OF_FACILITY = STATEMENT_READS(
    "claim_of_facility", CLAIM_OF_FACILITY_IN, CLAIM_ROW_OUT, struct claim_row,
    "SELECT id, facility_id, channel, state, version, incident_id, number, submitted_at, moved_at, assigned_to, "
    "assigned_at, by_account, by_person, at FROM shienkin.claim WHERE facility_id = $1 AND state <> 'erased' AND ($2 "
    "IS NULL OR id < $2) ORDER BY id DESC LIMIT $3");

result store_claim_of_facility(struct tx *tx, struct uuid facility_id, struct uuid before, int64_t limit,
                               struct claim_row **rows, size_t *count) {
  struct claim_of_facility_in in = { facility_id, before, limit };
  return tx_many(tx, &CLAIM_OF_FACILITY, &in, rows, count);
}

struct claim_mine_in {
  struct uuid before;
  int64_t limit;
  str states;
  struct uuid facility_id;
  str number;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_mine_in, member)
static const struct sql_field CLAIM_MINE_IN[] = {
  F(UUID, before),
  F(INT, limit),
  F(TEXT, states),
  F(UUID, facility_id),
  F(TEXT, number),
};
#undef F
static const struct statement CLAIM_MINE = STATEMENT_READS(
    "claim_mine", CLAIM_MINE_IN, CLAIM_ROW_OUT, struct claim_row,
    "SELECT id, facility_id, channel, state, version, incident_id, number, submitted_at, moved_at, assigned_to, "
    "assigned_at, by_account, by_person, at FROM shienkin.claim WHERE facility_id = ANY ((SELECT "
    "shienkin.mandated())::uuid[]) AND state <> 'erased' AND ($1 IS NULL OR id < $1) AND ($3::text IS NULL OR state = ANY "
    "(string_to_array($3::text, ' '))) AND ($4::uuid IS NULL OR facility_id = $4) AND ($5::text IS NULL OR position(upper($5) "
    "IN number) > 0) ORDER BY id DESC LIMIT $2");

result store_claim_mine(struct tx *tx, struct uuid before, int64_t limit, str states, struct uuid facility_id, str number,
                        struct claim_row **rows, size_t *count) {
  struct claim_mine_in in = { before, limit, states, facility_id, number };
  return tx_many(tx, &CLAIM_MINE, &in, rows, count);
}

struct claim_queue_in {
  str state;
  struct uuid assigned_to;
  moment after_at;
  struct uuid after_id;
  int64_t limit;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_queue_in, member)
static const struct sql_field CLAIM_QUEUE_IN[] = {
  F(TEXT, state), F(UUID, assigned_to), F(MOMENT, after_at), F(UUID, after_id), F(INT, limit),
};
#undef F
static const struct statement CLAIM_QUEUE = STATEMENT_READS(
    "claim_queue", CLAIM_QUEUE_IN, CLAIM_ROW_OUT, struct claim_row,
    "SELECT id, facility_id, channel, state, version, incident_id, number, submitted_at, moved_at, assigned_to, "
    "assigned_at, by_account, by_person, at FROM shienkin.claim WHERE state = $1 AND ($2 IS NULL OR assigned_to = $2) "
    "AND ($3 IS NULL OR (submitted_at, id) > ($3, $4)) ORDER BY submitted_at, id LIMIT $5");

result store_claim_queue(struct tx *tx, str state, struct uuid assigned_to, moment after_at, struct uuid after_id,
                         int64_t limit, struct claim_row **rows, size_t *count) {
  struct claim_queue_in in = { state, assigned_to, after_at, after_id, limit };
  return tx_many(tx, &CLAIM_QUEUE, &in, rows, count);
}

struct claim_take_next_in {
  str state;
  struct uuid person_id;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_take_next_in, member)
static const struct sql_field CLAIM_TAKE_NEXT_IN[] = {
  F(TEXT, state),
  F(UUID, person_id),
};
#undef F
static const struct statement CLAIM_TAKE_NEXT = STATEMENT_READS(
    "claim_take_next", CLAIM_TAKE_NEXT_IN, CLAIM_ROW_OUT, struct claim_row,
    "SELECT c.id, c.facility_id, c.channel, c.state, c.version, c.incident_id, c.number, c.submitted_at, c.moved_at, "
    "c.assigned_to, c.assigned_at, c.by_account, c.by_person, c.at FROM shienkin.claim c WHERE c.state = $1 AND "
    "c.assigned_to IS NULL AND NOT EXISTS (SELECT FROM shienkin.recusal r WHERE r.claim_id = c.id AND r.by_person = "
    "$2) ORDER BY c.submitted_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED");

result store_claim_take_next(struct tx *tx, str state, struct uuid person_id, struct claim_row *out) {
  struct claim_take_next_in in = { state, person_id };
  return tx_one(tx, &CLAIM_TAKE_NEXT, &in, out);
}

struct claim_move_in {
  struct uuid id;
  int64_t version;
  str state;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_move_in, member)
static const struct sql_field CLAIM_MOVE_IN[] = {
  F(UUID, id),
  F(INT, version),
  F(TEXT, state),
};
#undef F
static const struct statement CLAIM_MOVE =
    STATEMENT_WRITES("claim_move", CLAIM_MOVE_IN, 1,
                     "UPDATE shienkin.claim SET version = $2 + 1, state = $3 WHERE id = $1 AND version = $2");

void store_claim_move(struct tx *tx, struct uuid id, int64_t version, str state) {
  struct claim_move_in in = { id, version, state };
  tx_send(tx, &CLAIM_MOVE, &in);
}

struct claim_submit_in {
  struct uuid id;
  int64_t version;
  struct uuid incident_id;
  str number;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_submit_in, member)
static const struct sql_field CLAIM_SUBMIT_IN[] = {
  F(UUID, id),
  F(INT, version),
  F(UUID, incident_id),
  F(TEXT, number),
};
#undef F
static const struct statement CLAIM_SUBMIT = STATEMENT_WRITES(
    "claim_submit", CLAIM_SUBMIT_IN, 1,
    "UPDATE shienkin.claim SET version = $2 + 1, state = 'submitted', incident_id = $3, number = $4, submitted_at = "
    "shienkin.at() WHERE id = $1 AND version = $2");

void store_claim_submit(struct tx *tx, struct uuid id, int64_t version, struct uuid incident_id, str number) {
  struct claim_submit_in in = { id, version, incident_id, number };
  tx_send(tx, &CLAIM_SUBMIT, &in);
}

struct claim_assign_in {
  struct uuid id;
  int64_t version;
  struct uuid person_id;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_assign_in, member)
static const struct sql_field CLAIM_ASSIGN_IN[] = {
  F(UUID, id),
  F(INT, version),
  F(UUID, person_id),
};
#undef F
static const struct statement CLAIM_ASSIGN = STATEMENT_WRITES(
    "claim_assign", CLAIM_ASSIGN_IN, 1,
    "UPDATE shienkin.claim SET version = $2 + 1, assigned_to = $3, assigned_at = CASE WHEN $3 IS NOT NULL THEN "
    "shienkin.at() END WHERE id = $1 AND version = $2");

void store_claim_assign(struct tx *tx, struct uuid id, int64_t version, struct uuid person_id) {
  struct claim_assign_in in = { id, version, person_id };
  tx_send(tx, &CLAIM_ASSIGN, &in);
}

struct claim_take_in {
  struct uuid id;
  int64_t version;
  struct uuid person_id;
  str state;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_take_in, member)
static const struct sql_field CLAIM_TAKE_IN[] = {
  F(UUID, id),
  F(INT, version),
  F(UUID, person_id),
  F(TEXT, state),
};
#undef F
static const struct statement CLAIM_TAKE = STATEMENT_WRITES(
    "claim_take", CLAIM_TAKE_IN, 1,
    "UPDATE shienkin.claim SET version = $2 + 1, assigned_to = $3, assigned_at = shienkin.at(), state = $4 WHERE id = "
    "$1 AND version = $2");

void store_claim_take(struct tx *tx, struct uuid id, int64_t version, struct uuid person_id, str state) {
  struct claim_take_in in = { id, version, person_id, state };
  tx_send(tx, &CLAIM_TAKE, &in);
}

struct claim_next_number_in {
  int64_t fiscal_year;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_next_number_in, member)
static const struct sql_field CLAIM_NEXT_NUMBER_IN[] = {
  F(INT, fiscal_year),
};
#undef F
struct claim_next_number_out {
  str value;
};
#define F(kind, member) SQL_FIELD(kind, struct claim_next_number_out, member)
static const struct sql_field CLAIM_NEXT_NUMBER_OUT[] = { F(TEXT, value) };
#undef F
static const struct statement CLAIM_NEXT_NUMBER =
    STATEMENT_READS("claim_next_number", CLAIM_NEXT_NUMBER_IN, CLAIM_NEXT_NUMBER_OUT, struct claim_next_number_out,
                    "SELECT shienkin.next_claim_number($1::integer)");

result store_claim_next_number(struct tx *tx, int64_t fiscal_year, str *out) {
  struct claim_next_number_in in = { fiscal_year };
  struct claim_next_number_out row;
  TRY(tx_one(tx, &CLAIM_NEXT_NUMBER, &in, &row));
  *out = row.value;
  return RESULT_OK;
}

#define F(kind, member) SQL_FIELD(kind, struct claim_count_row, member)
static const struct sql_field CLAIM_COUNT_ROW_OUT[] = {
  F(TEXT, state),
  F(INT, count),
};
#undef F
/* State by state, each along its part of the index: quicker than to group them all. */
static const struct statement CLAIM_COUNTS = STATEMENT_READS_ALL(
    "claim_counts", CLAIM_COUNT_ROW_OUT, struct claim_count_row,
    "SELECT s.code, n.claims FROM shienkin.claim_state s CROSS JOIN LATERAL (SELECT count(*) AS claims FROM shienkin.claim c "
    "WHERE c.state = s.code) n WHERE n.claims > 0 ORDER BY s.code");

result store_claim_counts(struct tx *tx, struct claim_count_row **rows, size_t *count) {
  return tx_many(tx, &CLAIM_COUNTS, NULL, rows, count);
}
