/* scan: finished files, one after the other, before the eyes of a scanner for malware: leased in one transaction, given to the
 * scanner piece by piece with each piece read in a transaction of its own, the verdict written in another. A crash between leaves
 * the lease to run out. What the scanner fails at, and what it dies of, is tried again later. */
#include "evidence/evidence.h"
#include "jobs/jobs.h"

enum { LEASE_MINUTES = 10, LONGEST_PAUSE_MINUTES = 6 * 60 };

/* ---- turns */

static result take_body(struct tx *tx, void *context) {
  struct evidence_scan_turn_row *turn = context;
  TRY(store_evidence_scan_take(tx, turn));
  turn->tries++;
  turn->due_at = tx_at(tx) + LEASE_MINUTES * JOBS_A_MINUTE_US;
  store_evidence_scan_turn(tx, turn);
  return RESULT_OK;
}

static result put_back_body(struct tx *tx, void *context) {
  struct evidence_scan_turn_row *turn = context;
  turn->due_at = jobs__next_try(tx_at(tx), turn->tries, LONGEST_PAUSE_MINUTES);
  store_evidence_scan_turn(tx, turn);
  return RESULT_OK;
}

static result drop_body(struct tx *tx, void *context) {
  struct evidence_scan_turn_row *turn = context;
  turn->due_at = SQL_NONE;
  store_evidence_scan_turn(tx, turn);
  return RESULT_OK;
}

static result move(struct service *s, struct arena *a, tx_body *body, struct evidence_scan_turn_row *turn) {
  return store_run(s->store, STORE_STAFF, (struct actor){ STORE_SERVICE_ACCOUNT, STR_NONE }, a, body, turn, NULL);
}

/* ---- the bytes */

struct reading {
  struct service *service;
  struct arena *arena;                  /* of one piece */
  struct uuid file;
  int64_t ordinal, left;
  result why;                           /* it could not be read */
};

static result piece_body(struct work *w, const void *request) {
  const struct evidence_bytes_request *r = request;
  TRY(evidence__chunk(w, r->evidence, r->ordinal, &w->answer->body));
  w->answer->status = 200;
  return RESULT_OK;
}

static result next_piece(void *context, str *piece) {
  static const struct use_case use_case = { "job_scan_evidence", SERVICE_JOB, piece_body, true };
  struct reading *reading = context;
  *piece = STR("");
  if (reading->left == 0) return RESULT_OK;
  arena_reset(reading->arena);
  struct caller c = service_job_caller();
  struct findings f = findings_in(reading->arena);
  struct service_answer answer;
  struct evidence_bytes_request request = { reading->file, reading->ordinal++ };
  reading->why = service__run(reading->service, &c, reading->arena, &use_case, &request, &f, &answer);
  if (reading->why != RESULT_OK) return reading->why;
  assert(answer.body.n > 0 && (int64_t)answer.body.n <= reading->left);
  reading->left -= (int64_t)answer.body.n;
  *piece = answer.body;
  return RESULT_OK;
}

/* ---- the verdict */

struct verdict { struct uuid file, claim; str verdict, engine, signature; };

static result verdict_body(struct work *w, const void *request) {
  const struct verdict *v = request;
  struct evidence_scan_row row = { .id = tx_new_id(w->tx), .evidence_id = v->file, .verdict = v->verdict, .engine = v->engine,
                                   .signature = v->signature };
  store_evidence_scan_insert(w->tx, &row);
  service__wrote(w, "evidence_scan", row.id, STR_NONE);
  struct members data = members_in(w->arena);
  members_add_str(&data, "verdict", v->verdict);
  members_add_str(&data, "engine", v->engine);
  members_add_str(&data, "signature", v->signature);
  w->answer->status = 200;
  return service__event(
      w, &(struct event){ .type = "evidence.scanned", .subject = v->file, .claim = v->claim, .data = members_object(&data) });
}

static result write_verdict(struct service *s, struct arena *a, const struct verdict *v) {
  static const struct use_case use_case = { "job_scan_evidence", SERVICE_JOB, verdict_body, false };
  struct caller c = service_job_caller();
  struct findings f = findings_in(a);
  struct service_answer answer;
  return service__run(s, &c, a, &use_case, v, &f, &answer);
}

/* ---- one file */

static void tell(struct service *s, struct arena *a, struct uuid file, str outcome, str why) {
  LOG(&s->log, LOG_WARNING, "service.scan", LOG_S("evidence", service__uuid_text(a, file)), LOG_S("outcome", outcome),
      LOG_S("why", why));
}

/* Erased while it waited or was read: nobody wants to know any more. Anything else is no fault of the scanner's. */
static result unread(struct service *s, struct arena *a, struct evidence_scan_turn_row *turn, result why) {
  bool erased = why == RESULT_CONFLICT || why == RESULT_NOT_FOUND;
  result r = move(s, a, erased ? drop_body : put_back_body, turn);
  return erased ? r : why;
}

static result conclude(struct service *s, struct arena *a, const struct evidence_scan_turn_row *turn, str engine,
                       const struct clamd_said *said) {
  static const str verdicts[] = { [CLAMD_CLEAN] = STR_INIT("clean"), [CLAMD_FOUND] = STR_INIT("infected"),
                                  [CLAMD_TOO_LARGE] = STR_INIT("unscannable"), [CLAMD_FAILED] = STR_INIT("unscannable") };
  struct verdict v = { turn->evidence_id, turn->claim_id, verdicts[said->verdict], engine,
                       said->verdict == CLAMD_FOUND ? said->words : STR_NONE };
  if (said->verdict != CLAMD_CLEAN) tell(s, a, turn->evidence_id, v.verdict, said->words);
  return write_verdict(s, a, &v);
}

/* RESULT_NOT_FOUND: none is due. The scanner is asked who it is before anything is taken: while it is away, nothing counts as
 * tried. */
static result scan_one(struct service *s, const struct clamd *scanner, struct arena *a, struct arena *piece, struct job_report *out) {
  struct findings f = findings_in(a);
  struct evidence_scan_turn_row turn;
  struct clamd_engine engine;
  struct clamd_said said = { CLAMD_FAILED, STR("?") };
  TRY(clamd_engine_ask(scanner, a, &f, &engine));
  TRY(move(s, a, take_body, &turn));
  struct reading reading = { .service = s, .arena = piece, .file = turn.evidence_id, .left = turn.length };
  result r = clamd_scan(scanner, a, next_piece, &reading, &f, &said);
  if (reading.why != RESULT_OK) return unread(s, a, &turn, reading.why);
  if (r != RESULT_OK) said.words = f.count ? str_of(f.items[0].code) : str_of(result_name(r));
  bool failed = said.verdict == CLAMD_FAILED;
  out->failed += failed;
  out->done += !failed;
  if (!failed || turn.tries >= SCAN_MOST_TRIES) return conclude(s, a, &turn, engine.name, &said);
  tell(s, a, turn.evidence_id, STR("later"), said.words);
  TRY(move(s, a, put_back_body, &turn));
  return r;
}

result job_scan_evidence(struct service *s, const struct clamd *scanner, int64_t limit, struct job_report *out) {
  *out = (struct job_report){ 0, 0 };
  for (int64_t i = 0; i < limit; i++) {
    struct arena *a = arena_new(0), *piece = arena_new(0);
    result r = a && piece ? scan_one(s, scanner, a, piece, out) : RESULT_NO_MEMORY;
    arena_free(piece);
    arena_free(a);
    if (r == RESULT_NOT_FOUND) return RESULT_OK;
    TRY(r);
  }
  return RESULT_OK;
}
