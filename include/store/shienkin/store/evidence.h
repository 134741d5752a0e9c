/* evidence: files in sealed chunks of 256 KiB, each written in a short transaction of its own. A file that is not
 * finished is no evidence. Rules: evidence_chunk_once, evidence_chunk_follows, evidence_too_long, evidence_finished,
 * evidence_incomplete, evidence_full. */
#ifndef SHIENKIN_STORE_EVIDENCE_H
#define SHIENKIN_STORE_EVIDENCE_H

#include "people.h"

enum { EVIDENCE_CHUNK_BYTES = 262144, EVIDENCE_MOST_BYTES = 20971520 };

/* ---- files */

/* Its sealing key comes with it: sealing_create(SEALING_EVIDENCE). */
struct evidence_row {
  struct uuid id;
  struct uuid claim_id;
  str sealed_name;
  int64_t declared_length;
  struct sha256 declared_sha256;        /* may be null */
  str purpose;                          /* may be null */
  struct acting by;
};
void store_evidence_insert(struct tx *tx, const struct evidence_row *row);
MUST_USE result store_evidence_by_id(struct tx *tx, struct uuid id, struct evidence_row *out);
MUST_USE result store_evidence_of_claim(struct tx *tx, struct uuid claim_id, struct evidence_row **rows, size_t *count);
/* Not finished, not yet erased: for the job that erases them after 24 hours. */
MUST_USE result store_evidence_unfinished(struct tx *tx, moment begun_before, int64_t limit, struct evidence_row **rows,
                                          size_t *count);

/* ---- chunks */

/* `length`: bytes of the file in it; all but the last are whole. */
struct evidence_chunk_row {
  struct uuid evidence_id;
  struct uuid claim_id;
  int64_t ordinal;
  int64_t length;
  str sealed_bytes;
  struct acting by;
};
void store_evidence_chunk_insert(struct tx *tx, const struct evidence_chunk_row *row);
MUST_USE result store_evidence_chunk_at(struct tx *tx, struct uuid evidence_id, int64_t ordinal,
                                        struct evidence_chunk_row *out);
/* Bytes received: where an upload goes on. */
MUST_USE result store_evidence_offset(struct tx *tx, struct uuid evidence_id, int64_t *out);

/* ---- the end of an upload */

struct evidence_finish_row {
  struct uuid evidence_id;
  struct uuid claim_id;
  int64_t length;
  struct sha256 sha256;
  str media_type;                       /* "pdf" … */
  struct acting by;
};
void store_evidence_finish_insert(struct tx *tx, const struct evidence_finish_row *row);
MUST_USE result store_evidence_finish_of(struct tx *tx, struct uuid evidence_id, struct evidence_finish_row *out);
MUST_USE result store_evidence_finish_of_claim(struct tx *tx, struct uuid claim_id, struct evidence_finish_row **rows,
                                               size_t *count);

/* ---- what a scanner said; the latest counts */

struct evidence_scan_row {
  struct uuid id;
  struct uuid evidence_id;
  str verdict;                          /* "clean", "infected", "unscannable" */
  str engine;
  str signature;                        /* null unless infected */
  struct acting by;
};
void store_evidence_scan_insert(struct tx *tx, const struct evidence_scan_row *row);
MUST_USE result store_evidence_scan_latest(struct tx *tx, struct uuid evidence_id, struct evidence_scan_row *out);
/* The latest of each file of a claim that has one. */
MUST_USE result store_evidence_scan_of_claim(struct tx *tx, struct uuid claim_id, struct evidence_scan_row **rows,
                                             size_t *count);

/* Finished files wait for a scanner from their finish to their first verdict, which ends the waiting by itself. Rules:
 * scan_turn_moves, scan_turn_verdict. */
struct evidence_scan_turn_row {
  struct uuid evidence_id;
  struct uuid claim_id;
  int64_t length;                       /* bytes of the file */
  int64_t tries;                        /* scans that were begun */
  moment due_at;                        /* not before then; SQL_NONE: it waits no more */
};
/* Locks the one that is due longest and that nobody else has locked. RESULT_NOT_FOUND: none is due. */
MUST_USE result store_evidence_scan_take(struct tx *tx, struct evidence_scan_turn_row *out);
/* Sets tries and due_at: to lease what was taken, with one try more; to put it back, with as many. Nothing happens where somebody
 * leased it since, or it waits no more. */
void store_evidence_scan_turn(struct tx *tx, const struct evidence_scan_turn_row *row);

#endif
