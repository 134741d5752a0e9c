/* sql: a statement is SQL text and two lists of fields: where its parameters lie in one struct, and where its columns
 * go in another. Everything travels in PostgreSQL's binary format, prepared by name on each connection at first use.
 *
 * Nullable fields have a value of their own kind that says "null", so that a row is a plain struct:
 *   uuid and sha256 all zero · str with p == NULL · int64, moment: SQL_NONE · day: DAY_NONE. A bool is never null.
 * Texts and bytes read from the database live in the transaction's arena. */
#ifndef SHIENKIN_STORE_SQL_H
#define SHIENKIN_STORE_SQL_H

#include "shienkin/base.h"
#include "shienkin/crypto.h"
#include "shienkin/value.h"

#define SQL_NONE INT64_MIN

/* Microseconds since 1970-01-01T00:00:00Z. The database keeps milliseconds. */
typedef int64_t moment;

struct strs { const str *items; size_t count; };
struct uuids { const struct uuid *items; size_t count; };
struct days { const day *items; size_t count; };

static inline bool uuid_none(struct uuid u) {
  static const struct uuid none;
  return memcmp(&u, &none, sizeof u) == 0;
}
static inline bool sha256_none(struct sha256 d) {
  static const struct sha256 none;
  return memcmp(&d, &none, sizeof d) == 0;
}

/* kind        PostgreSQL           in the struct */
enum sql_kind {
  SQL_UUID,    /* uuid              struct uuid */
  SQL_TEXT,    /* text              str */
  SQL_BYTES,   /* bytea             str */
  SQL_SHA256,  /* bytea of 32       struct sha256 */
  SQL_INT,     /* integer, bigint   int64_t */
  SQL_YEN,     /* bigint            yen */
  SQL_BOOL,    /* boolean           bool */
  SQL_DAY,     /* date              day */
  SQL_MOMENT,  /* timestamptz       moment */
  SQL_TEXTS,   /* text[]            struct strs; never null, elements never null */
  SQL_UUIDS,   /* uuid[]            struct uuids */
  SQL_DAYS,    /* date[]            struct days */
};

struct sql_field { enum sql_kind kind; uint32_t offset; };

#define SQL_C_UUID struct uuid
#define SQL_C_TEXT str
#define SQL_C_BYTES str
#define SQL_C_SHA256 struct sha256
#define SQL_C_INT int64_t
#define SQL_C_YEN yen
#define SQL_C_BOOL bool
#define SQL_C_DAY day
#define SQL_C_MOMENT moment
#define SQL_C_TEXTS struct strs
#define SQL_C_UUIDS struct uuids
#define SQL_C_DAYS struct days

/* One field of a struct; does not compile where the member's type is another. */
#define SQL_FIELD(kind_, row_, member_)                                                                    \
  { SQL_##kind_, (uint32_t)(offsetof(row_, member_) +                                                      \
                            0 * sizeof(struct {                                                            \
                              _Static_assert(__builtin_types_compatible_p(                                 \
                                               __typeof__(((row_ *)0)->member_), SQL_C_##kind_),           \
                                             "the member is not of the field's kind");                     \
                              int unused;                                                                  \
                            })) }

struct statement {
  const char *name;                   /* unique: "claim_insert" */
  const char *sql;
  const struct sql_field *in;         /* $1, $2, … */
  uint16_t in_count;
  const struct sql_field *out;        /* columns in their order; none for a statement that only writes */
  uint16_t out_count;
  uint32_t row_bytes;                 /* sizeof the out struct */
  int32_t touches;                    /* rows that must be written: 1 for a guarded update; -1: any number */
};

#define STATEMENT_WRITES(name_, in_, touches_, sql_) \
  { (name_), (sql_), (in_), (uint16_t)COUNT_OF(in_), NULL, 0, 0, (touches_) }
#define STATEMENT_READS(name_, in_, out_, row_, sql_) \
  { (name_), (sql_), (in_), (uint16_t)COUNT_OF(in_), (out_), (uint16_t)COUNT_OF(out_), (uint32_t)sizeof(row_), -1 }
#define STATEMENT_READS_ALL(name_, out_, row_, sql_) \
  { (name_), (sql_), NULL, 0, (out_), (uint16_t)COUNT_OF(out_), (uint32_t)sizeof(row_), -1 }

struct tx;
/* Queue a write; it is on its way, and what it says surfaces at the next read, tx_flush() or the commit. Copies the
 * parameters before it returns. Does nothing once the transaction has failed. */
void tx_send(struct tx *tx, const struct statement *s, const void *in);
/* Run a read (and all that was queued before it). RESULT_NOT_FOUND without a row; more than one row is a bug,
 * asserted. */
MUST_USE result tx_one(struct tx *tx, const struct statement *s, const void *in, void *out);
/* All rows, in the transaction's arena, as an array of the out struct. */
MUST_USE result tx_many(struct tx *tx, const struct statement *s, const void *in, void *rows, size_t *count);
/* Everything queued so far is done, or has failed. */
MUST_USE result tx_flush(struct tx *tx);
/* Reads that travel together: each is queued, and is answered by the next read, tx_flush() or, under store_read(), the
 * commit; once that has said RESULT_OK, the row or rows are there. `out`, `rows`, `count` and `*found` live until then.
 * *found is RESULT_OK or RESULT_NOT_FOUND. What fails is told by the one that answers. */
void tx_ask_one(struct tx *tx, const struct statement *s, const void *in, void *out, result *found);
void tx_ask_many(struct tx *tx, const struct statement *s, const void *in, void *rows, size_t *count);
/* Lists that travel together: from here to tx_flush(), tx_many() asks, and returns at once. Only what hands its rows on as they
 * come may be called in between; tx_one() may not, asserted. */
void tx_gather(struct tx *tx);
/* Nobody waits any more for what was asked: whoever did has left. */
void tx_forget(struct tx *tx);

#endif
