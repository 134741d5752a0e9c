/* seal: what is sealed where. The associated data names the column and the row, so that a sealed value that somebody
 * moved to another place does not open; the wrapped key names its subject likewise. */
#include "shienkin/store/seal.h"

#include <inttypes.h>

#include "master_keys.h"
#include "tx.h"

/* ---- statements over sealing_key */

struct key_row {
  struct uuid subject_id, claim_id, account_id;
  str subject_type, kek_id, wrapped;
};
#define F(kind, member) SQL_FIELD(kind, struct key_row, member)
static const struct sql_field KEY_INSERT_IN[] = {
  F(UUID, subject_id), F(TEXT, subject_type), F(UUID, claim_id),
  F(UUID, account_id), F(TEXT, kek_id),       F(BYTES, wrapped),
};
static const struct sql_field KEY_OUT[] = { F(UUID, subject_id), F(TEXT, kek_id), F(BYTES, wrapped) };
#undef F
#define F(kind, member) SQL_FIELD(kind, struct sealing_asked, member)
static const struct sql_field KEY_ASKED_OUT[] = { F(UUID, subject), F(TEXT, kek_id), F(BYTES, wrapped) };
#undef F
static const struct statement KEY_INSERT = STATEMENT_WRITES(
    "sealing_key_insert", KEY_INSERT_IN, -1,
    "INSERT INTO shienkin.sealing_key (subject_id, subject_type, claim_id, account_id, kek_id, wrapped) "
    "VALUES ($1, $2, $3, $4, $5, $6)");

struct key_of_in {
  struct uuid subject_id;
};
#define F(kind, member) SQL_FIELD(kind, struct key_of_in, member)
static const struct sql_field KEY_OF_IN[] = { F(UUID, subject_id) };
#undef F
static const struct statement KEY_OF =
    STATEMENT_READS("sealing_key_of", KEY_OF_IN, KEY_ASKED_OUT, struct sealing_asked,
                    "SELECT subject_id, kek_id, wrapped FROM shienkin.sealing_key WHERE subject_id = $1");

struct old_keys_in {
  str kek_id;
  int64_t limit;
  struct uuid after;
};
#define F(kind, member) SQL_FIELD(kind, struct old_keys_in, member)
static const struct sql_field OLD_KEYS_IN[] = { F(TEXT, kek_id), F(INT, limit), F(UUID, after) };
static const struct sql_field OLD_COUNT_IN[] = { F(TEXT, kek_id) };
#undef F
static const struct statement OLD_KEYS = STATEMENT_READS(
    "sealing_key_old", OLD_KEYS_IN, KEY_OUT, struct key_row,
    "SELECT subject_id, kek_id, wrapped FROM shienkin.sealing_key WHERE kek_id <> $1 "
    "AND ($3::uuid IS NULL OR subject_id > $3) ORDER BY subject_id LIMIT $2");

struct count_row {
  int64_t count;
};
#define F(kind, member) SQL_FIELD(kind, struct count_row, member)
static const struct sql_field COUNT_OUT[] = { F(INT, count) };
#undef F
static const struct statement OLD_COUNT =
    STATEMENT_READS("sealing_key_old_count", OLD_COUNT_IN, COUNT_OUT, struct count_row,
                    "SELECT count(*) FROM shienkin.sealing_key WHERE kek_id <> $1");

#define F(kind, member) SQL_FIELD(kind, struct key_row, member)
static const struct sql_field REWRAP_IN[] = { F(UUID, subject_id), F(TEXT, kek_id), F(BYTES, wrapped) };
#undef F
static const struct statement REWRAP =
    STATEMENT_WRITES("sealing_key_rewrap", REWRAP_IN, -1, "SELECT shienkin.rewrap($1, $2, $3)");

/* ---- places */

static str place(struct arena *a, const char *table, const char *column, struct uuid row) {
  char id[37];
  uuid_write(row, id);
  return str_format(a, "%s|%s|%s", table, column, id);
}

static str chunk_place(struct arena *a, struct uuid evidence, int64_t ordinal) {
  char id[37];
  uuid_write(evidence, id);
  return str_format(a, "evidence_chunk|sealed_bytes|%s.%" PRId64, id, ordinal);
}

/* ---- keys of subjects */

static result wrap(struct tx *tx, const struct master_key *master, struct uuid subject, const struct seal_key *key,
                   str *out) {
  str plain = { (const char *)key->bytes, sizeof key->bytes };
  return seal(tx_arena(tx), &master->key, tx_randomness(tx), plain,
              place(tx_arena(tx), "sealing_key", "wrapped", subject), out);
}

static result unwrap(struct tx *tx, const struct master_keys *m, struct uuid subject, str kek_id, str wrapped,
                     struct seal_key *out) {
  const struct master_key *master = master_keys__find(m, kek_id);
  if (!master) return RESULT_REFUSED;
  str plain;
  TRY(unseal(tx_arena(tx), &master->key, wrapped, place(tx_arena(tx), "sealing_key", "wrapped", subject), &plain));
  if (plain.n != sizeof out->bytes) return RESULT_REFUSED;
  memcpy(out->bytes, plain.p, plain.n);
  bytes_wipe((void *)(uintptr_t)plain.p, plain.n);
  return RESULT_OK;
}

result sealing_create(struct tx *tx, const struct master_keys *m, enum sealing_subject type, struct uuid subject,
                      struct uuid claim, struct sealing *out) {
  static const char *const types[] = { "claim", "account", "evidence" };
  out->subject = subject;
  randomness_fill(tx_randomness(tx), out->key.bytes, sizeof out->key.bytes);
  struct key_row row = { .subject_id = subject,
                         .subject_type = str_of(types[type]),
                         .kek_id = str_of(m->keys[0].name) };
  if (type == SEALING_CLAIM) row.claim_id = subject;
  if (type == SEALING_EVIDENCE) row.claim_id = claim;
  if (type == SEALING_ACCOUNT) row.account_id = subject;
  TRY(wrap(tx, &m->keys[0], subject, &out->key, &row.wrapped));
  tx_send(tx, &KEY_INSERT, &row);
  return RESULT_OK;
}

void sealing_ask(struct tx *tx, struct uuid subject, struct sealing_asked *out) {
  struct key_of_in in = { subject };
  tx_ask_one(tx, &KEY_OF, &in, out, &out->found);
}

result sealing_open_asked(struct tx *tx, const struct master_keys *m, const struct sealing_asked *asked,
                          struct sealing *out) {
  TRY(asked->found);
  out->subject = asked->subject;
  return unwrap(tx, m, asked->subject, asked->kek_id, asked->wrapped, &out->key);
}

result sealing_open(struct tx *tx, const struct master_keys *m, struct uuid subject, struct sealing *out) {
  struct sealing_asked asked;
  sealing_ask(tx, subject, &asked);
  TRY(tx_flush(tx));
  return sealing_open_asked(tx, m, &asked, out);
}

void sealing_close(struct sealing *s) { bytes_wipe(&s->key, sizeof s->key); }

/* ---- columns */

static result seal_at(struct tx *tx, const struct sealing *s, str bound, str plain, str *sealed) {
  assert(plain.n > 0); /* an empty text is null, not a sealed nothing */
  return seal(tx_arena(tx), &s->key, tx_randomness(tx), plain, bound, sealed);
}

result sealing_seal(struct tx *tx, const struct sealing *s, const char *table, const char *column, struct uuid row,
                    str plain, str *sealed) {
  return seal_at(tx, s, place(tx_arena(tx), table, column, row), plain, sealed);
}

result sealing_unseal(struct tx *tx, const struct sealing *s, const char *table, const char *column, struct uuid row,
                      str sealed, str *plain) {
  return unseal(tx_arena(tx), &s->key, sealed, place(tx_arena(tx), table, column, row), plain);
}

result sealing_seal_chunk(struct tx *tx, const struct sealing *s, struct uuid evidence, int64_t ordinal, str plain,
                          str *sealed) {
  return seal_at(tx, s, chunk_place(tx_arena(tx), evidence, ordinal), plain, sealed);
}

result sealing_unseal_chunk(struct tx *tx, const struct sealing *s, struct uuid evidence, int64_t ordinal, str sealed,
                            str *plain) {
  return unseal(tx_arena(tx), &s->key, sealed, chunk_place(tx_arena(tx), evidence, ordinal), plain);
}

struct sha256 blind_index(const struct master_keys *m, const char *index, str value) {
  /* Two keyed hashes: the first makes a key of the index, so that no name can run into a value. */
  struct sha256 key = hmac_sha256((str){ (const char *)m->blind.bytes, sizeof m->blind.bytes }, str_of(index));
  return hmac_sha256((str){ (const char *)key.bytes, sizeof key.bytes }, value);
}

/* ---- rotation */

str master_keys_name(const struct master_keys *m) { return str_of(m->keys[0].name); }

/* A key that no master key opens stays as it is: it is told of, and does not stop the others. */
static result wrap_anew(struct tx *tx, const struct master_keys *m, struct key_row *row, struct rotation *out) {
  struct seal_key key;
  result opened = unwrap(tx, m, row->subject_id, row->kek_id, row->wrapped, &key);
  if (opened == RESULT_REFUSED) {
    out->unopened++;
    return RESULT_OK;
  }
  TRY(opened);
  row->kek_id = master_keys_name(m);
  result wrapped = wrap(tx, &m->keys[0], row->subject_id, &key, &row->wrapped);
  bytes_wipe(&key, sizeof key);
  TRY(wrapped);
  tx_send(tx, &REWRAP, row);
  out->subjects[out->count++] = row->subject_id;
  return RESULT_OK;
}

result sealing_rotate(struct tx *tx, const struct master_keys *m, struct uuid after, int64_t batch, struct rotation *out) {
  struct old_keys_in in = { master_keys_name(m), batch, after };
  struct key_row *rows;
  size_t count;
  TRY(tx_many(tx, &OLD_KEYS, &in, &rows, &count));
  *out = (struct rotation){ .subjects = ARENA_ARRAY(tx_arena(tx), struct uuid, count), .last = after };
  for (size_t i = 0; i < count; i++) {
    TRY(wrap_anew(tx, m, &rows[i], out));
    out->last = rows[i].subject_id;
  }
  out->is_over = count < (size_t)batch;
  struct count_row remaining;
  TRY(tx_one(tx, &OLD_COUNT, &in, &remaining));
  out->left = remaining.count;
  return RESULT_OK;
}
