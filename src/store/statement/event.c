/* events */
#include "shienkin/store.h"

#define F(kind, member) SQL_FIELD(kind, struct event_row, member)
static const struct sql_field EVENT_INSERT_IN[] = {
  F(UUID, id),       F(TEXT, type),         F(TEXT, role),         F(TEXT, via),        F(TEXT, request_id),
  F(UUID, claim_id), F(INT, claim_version), F(TEXT, subject_type), F(UUID, subject_id), F(BYTES, body),
};
#undef F
static const struct statement EVENT_INSERT = STATEMENT_WRITES(
    "event_insert", EVENT_INSERT_IN, -1,
    "INSERT INTO shienkin.event (id, type, role, via, request_id, claim_id, claim_version, subject_type, subject_id, "
    "body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");

void store_event_insert(struct tx *tx, const struct event_row *row) { tx_send(tx, &EVENT_INSERT, row); }

struct event_salt_in {
  struct uuid event_id;
  struct sha256 salt;
};
#define F(kind, member) SQL_FIELD(kind, struct event_salt_in, member)
static const struct sql_field EVENT_SALT_IN[] = {
  F(UUID, event_id),
  F(SHA256, salt),
};
#undef F
static const struct statement EVENT_SALT = STATEMENT_WRITES(
    "event_salt", EVENT_SALT_IN, -1, "INSERT INTO shienkin.event_salt (event_id, salt) VALUES ($1, $2)");

void store_event_salt(struct tx *tx, struct uuid event_id, struct sha256 salt) {
  struct event_salt_in in = { event_id, salt };
  tx_send(tx, &EVENT_SALT, &in);
}

#define F(kind, member) SQL_FIELD(kind, struct event_read_row, member)
static const struct sql_field EVENT_READ_ROW_OUT[] = {
  F(INT, seq),         F(UUID, id),         F(TEXT, type),         F(TEXT, role),         F(TEXT, via),
  F(TEXT, request_id), F(UUID, claim_id),   F(INT, claim_version), F(TEXT, subject_type), F(UUID, subject_id),
  F(BYTES, body),      F(UUID, by.account), F(UUID, by.person),    F(MOMENT, by.at),
};
#undef F
struct event_of_claim_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct event_of_claim_in, member)
static const struct sql_field EVENT_OF_CLAIM_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement EVENT_OF_CLAIM = STATEMENT_READS(
    "event_of_claim", EVENT_OF_CLAIM_IN, EVENT_READ_ROW_OUT, struct event_read_row,
    "SELECT seq, id, type, role, via, request_id, claim_id, claim_version, subject_type, subject_id, body, "
    "by_account, by_person, at FROM shienkin.event WHERE claim_id = $1 ORDER BY seq");

result store_event_of_claim(struct tx *tx, struct uuid claim_id, struct event_read_row **rows, size_t *count) {
  struct event_of_claim_in in = { claim_id };
  return tx_many(tx, &EVENT_OF_CLAIM, &in, rows, count);
}

struct event_after_in {
  int64_t seq;
  int64_t limit;
};
#define F(kind, member) SQL_FIELD(kind, struct event_after_in, member)
static const struct sql_field EVENT_AFTER_IN[] = {
  F(INT, seq),
  F(INT, limit),
};
#undef F
static const struct statement EVENT_AFTER = STATEMENT_READS(
    "event_after", EVENT_AFTER_IN, EVENT_READ_ROW_OUT, struct event_read_row,
    "SELECT seq, id, type, role, via, request_id, claim_id, claim_version, subject_type, subject_id, body, "
    "by_account, by_person, at FROM shienkin.event WHERE seq > $1 ORDER BY seq LIMIT $2");

result store_event_after(struct tx *tx, int64_t seq, int64_t limit, struct event_read_row **rows, size_t *count) {
  struct event_after_in in = { seq, limit };
  return tx_many(tx, &EVENT_AFTER, &in, rows, count);
}

#define F(kind, member) SQL_FIELD(kind, struct event_step_row, member)
static const struct sql_field EVENT_STEP_ROW_OUT[] = {
  F(INT, seq), F(UUID, id), F(TEXT, type), F(MOMENT, at), F(INT, claim_version),
};
#undef F
struct event_steps_in {
  struct uuid claim_id;
};
#define F(kind, member) SQL_FIELD(kind, struct event_steps_in, member)
static const struct sql_field EVENT_STEPS_IN[] = {
  F(UUID, claim_id),
};
#undef F
static const struct statement EVENT_STEPS =
    STATEMENT_READS("event_steps", EVENT_STEPS_IN, EVENT_STEP_ROW_OUT, struct event_step_row,
                    "SELECT seq, id, type, at, claim_version FROM shienkin.event WHERE claim_id = $1 ORDER BY seq");

result store_event_steps(struct tx *tx, struct uuid claim_id, struct event_step_row **rows, size_t *count) {
  struct event_steps_in in = { claim_id };
  return tx_many(tx, &EVENT_STEPS, &in, rows, count);
}

struct event_pending_count_out {
  int64_t value;
};
#define F(kind, member) SQL_FIELD(kind, struct event_pending_count_out, member)
static const struct sql_field EVENT_PENDING_COUNT_OUT[] = { F(INT, value) };
#undef F
static const struct statement EVENT_PENDING_COUNT =
    STATEMENT_READS_ALL("event_pending_count", EVENT_PENDING_COUNT_OUT, struct event_pending_count_out,
                        "SELECT count(*) FROM shienkin.event_pending");

result store_event_pending_count(struct tx *tx, int64_t *out) {
  struct event_pending_count_out row;
  TRY(tx_one(tx, &EVENT_PENDING_COUNT, NULL, &row));
  *out = row.value;
  return RESULT_OK;
}

void store_event_write(struct tx *tx, const struct event_row *row) {
  struct sha256 salt;
  randomness_fill(tx_randomness(tx), salt.bytes, sizeof salt.bytes);
  store_event_insert(tx, row);
  store_event_salt(tx, row->id, salt);
}
