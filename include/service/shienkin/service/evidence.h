/* evidence: files, in sealed chunks of 256 KiB, each in a short transaction of its own, so that an upload goes on where it
 * broke off. Claimants and those who type for them send; the same, and auditors, read back.
 *
 * begin → append … append → finish. A file that is not finished is no evidence and is erased after 24 hours
 * (job_erase_uploads). What it is gets decided by its bytes: pdf jpeg png heic txt csv eml docx xlsx, and its name must
 * not say otherwise; programs, whatever they are called, are refused. 20 MiB a file, 30 files and 200 MiB a claim.
 * Appends leave no event: the bytes count from the event of the finish on, which carries their hash.
 *
 * Where a scanner for malware is configured, a job has it look at each finished file. Documents of a file say how that stands:
 * scan: {state, at, engine, signature}, the last three null until there is a verdict (signature: unless infected). State:
 * "none", no scanner is configured and none has looked; "waiting"; "clean", it found nothing; "infected", the file is kept and opened
 * to nobody; "unscannable", it could not look at it. */
#ifndef SHIENKIN_SERVICE_EVIDENCE_H
#define SHIENKIN_SERVICE_EVIDENCE_H

#include "jobs.h"
#include "shienkin/net/clamd.h"

enum { EVIDENCE_NAME_MOST = 200, EVIDENCE_FILES_MOST = 30, EVIDENCE_CLAIM_MOST_BYTES = 209715200 };

struct evidence_begin_request {
  struct uuid claim;
  str name;                             /* without folders, controls and marks of direction; not "." or ".." */
  int64_t length;
  struct sha256 sha256;                 /* zero: not announced */
  str declared_type;                    /* media type, "image/png"; n = 0: not announced */
  str purpose;                          /* fact pointer or document kind; n = 0: none */
};
/* 201 {evidence, offset: 0, chunk_bytes, length}. */
MUST_USE result evidence_begin(struct service *s, const struct caller *c, struct arena *a, const struct evidence_begin_request *r,
                               struct findings *f, struct service_answer *out);

/* Bytes at an offset: a whole chunk, or what is left to the announced length. 200 {evidence, offset}. Another offset than
 * the one to go on from: 409 evidence_offset, which names it. */
struct evidence_append_request { struct uuid evidence; int64_t offset; str bytes; };
MUST_USE result evidence_append(struct service *s, const struct caller *c, struct arena *a, const struct evidence_append_request *r,
                                struct findings *f, struct service_answer *out);

struct evidence_request { struct uuid evidence; };
/* Where to go on: 200 {evidence, offset, length, finished, scan}; scan is null until it is finished. */
MUST_USE result evidence_offset(struct service *s, const struct caller *c, struct arena *a, const struct evidence_request *r,
                                struct findings *f, struct service_answer *out);
/* 201 {evidence, name, length, sha256, media_type, scan}. */
MUST_USE result evidence_finish(struct service *s, const struct caller *c, struct arena *a, const struct evidence_request *r,
                                struct findings *f, struct service_answer *out);

/* Finished files of a claim: 200 {files: [{evidence, name, length, sha256, media_type, purpose, at, scan}], count,
 * bytes}. */
struct evidence_list_request { struct uuid claim; };
MUST_USE result evidence_list(struct service *s, const struct caller *c, struct arena *a, const struct evidence_list_request *r,
                              struct findings *f, struct service_answer *out);
/* Before the first byte is read back: writes the event of the reading. 200 {evidence, name, length, sha256, media_type,
 * chunks, scan}. 409 evidence_infected. */
MUST_USE result evidence_open(struct service *s, const struct caller *c, struct arena *a, const struct evidence_request *r,
                              struct findings *f, struct service_answer *out);
/* The chunk's bytes, as they are, in the answer's body. Only after evidence_open(). */
struct evidence_bytes_request { struct uuid evidence; int64_t ordinal; };
MUST_USE result evidence_bytes(struct service *s, const struct caller *c, struct arena *a, const struct evidence_bytes_request *r,
                               struct findings *f, struct service_answer *out);

enum { SCAN_MOST_TRIES = 12 };          /* after 1 min, 2, 4, … at most 6 hours apart: about a day */

/* Has the scanner look at no more than `limit` finished files without a verdict, the longest waiting first, piece by piece: never is a
 * whole file in memory, nor a database connection held while the scanner is talked to. Each verdict leaves its event. Several
 * instances take different files; a scan that a crash cut off is begun again after ten minutes. A file that the scanner fails at
 * is tried later, at last "unscannable". RESULT_OUTSIDE: the scanner does not answer; nothing was taken, every file waits on. */
MUST_USE result job_scan_evidence(struct service *s, const struct clamd *scanner, int64_t limit, struct job_report *out);

#endif
