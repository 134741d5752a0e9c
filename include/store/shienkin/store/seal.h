/* seal: personal columns are sealed under a random key per claim, account or evidence file; that key is stored wrapped
 * by a master key, which stands in a file and never in the database. AES-256-GCM throughout, with the column's place
 * "table|column|row id" as associated data, so that a sealed value moved elsewhere does not open.
 *
 * Master key file, one key a line, the first is the one that wraps: `<name> <64 hex digits>`; and one line
 * `blind-index <64 hex digits>`: the key of the blind index. Mode 0600, checked. */
#ifndef SHIENKIN_STORE_SEAL_H
#define SHIENKIN_STORE_SEAL_H

#include "run.h"

struct master_keys;
/* RESULT_REFUSED with findings (key_file) for a malformed file or one that others can read. Lives in the arena, wiped
 * when that goes. */
MUST_USE result master_keys_read(struct arena *a, const char *path, struct findings *f, struct master_keys **out);
/* A fresh file for a new installation; RESULT_CONFLICT when there is one. */
MUST_USE result master_keys_create(const char *path, const struct randomness *r);

enum sealing_subject { SEALING_CLAIM, SEALING_ACCOUNT, SEALING_EVIDENCE };
struct sealing { struct uuid subject; struct seal_key key; };   /* an opened key; wipe with sealing_close() */

/* A new key for a subject; queues its row. `claim` names the claim of an evidence file (else the subject itself). */
MUST_USE result sealing_create(struct tx *tx, const struct master_keys *m, enum sealing_subject type,
                               struct uuid subject, struct uuid claim, struct sealing *out);
/* The subject's key. RESULT_NOT_FOUND: erased, or never made. RESULT_REFUSED: no master key opens it. */
MUST_USE result sealing_open(struct tx *tx, const struct master_keys *m, struct uuid subject, struct sealing *out);
/* The same in two steps: asked with other reads (tx_ask_one), opened when they were answered. */
struct sealing_asked { struct uuid subject; str kek_id, wrapped; result found; };
void sealing_ask(struct tx *tx, struct uuid subject, struct sealing_asked *out);
MUST_USE result sealing_open_asked(struct tx *tx, const struct master_keys *m, const struct sealing_asked *asked,
                                   struct sealing *out);
void sealing_close(struct sealing *s);

/* `plain` must not be empty. Everything in tx_arena(). */
MUST_USE result sealing_seal(struct tx *tx, const struct sealing *s, const char *table, const char *column,
                             struct uuid row, str plain, str *sealed);
MUST_USE result sealing_unseal(struct tx *tx, const struct sealing *s, const char *table, const char *column,
                               struct uuid row, str sealed, str *plain);
/* Chunks of a file: the place ends in "<evidence id>.<ordinal>". */
MUST_USE result sealing_seal_chunk(struct tx *tx, const struct sealing *s, struct uuid evidence, int64_t ordinal,
                                   str plain, str *sealed);
MUST_USE result sealing_unseal_chunk(struct tx *tx, const struct sealing *s, struct uuid evidence, int64_t ordinal,
                                     str sealed, str *plain);

/* HMAC-SHA-256 under the blind-index key, with the index's name first: equal values are found, none is read. */
struct sha256 blind_index(const struct master_keys *m, const char *index, str value);

/* The name of the master key that wraps; no secret. */
str master_keys_name(const struct master_keys *m);

/* Rotation: every key that is not wrapped by the first master key is wrapped anew, `batch` at a time in the order of their
 * subjects, behind `after` (zero: from the first), under the staff realm as the service. */
struct rotation {
  struct uuid *subjects;        /* whose keys were wrapped anew; in tx_arena() */
  size_t count;
  size_t unopened;              /* passed over: no master key opens them, the old one went too early */
  struct uuid last;             /* where the next batch goes on behind */
  bool is_over;                 /* there is none behind it */
  int64_t left;                 /* not wrapped by the first master key, the unopened among them */
};
MUST_USE result sealing_rotate(struct tx *tx, const struct master_keys *m, struct uuid after, int64_t batch,
                               struct rotation *out);

#endif
