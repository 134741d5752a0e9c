/* upload: begin, append, where to go on. */
#include "evidence/evidence.h"
#include "evidence/sniff.h"

#define LIVING "draft submitted in_review info_requested dormant proposed decided reconsideration"

/* ---- begin */

/* Controls of both blocks, and what turns the direction of the text behind it (UAX #9), so that "exe.txt" reads "txt.exe". */
static bool is_hidden(uint32_t c) {
  bool control = c < 0x20 || (c >= 0x7f && c <= 0x9f);
  return control || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static bool is_plain_name(str name) {
  if (str_eq(name, STR(".")) || str_eq(name, STR(".."))) return false;
  for (size_t at = 0; at < name.n;) {
    uint32_t c = utf8_next(name, &at);
    if (c == '/' || c == '\\' || is_hidden(c)) return false;
  }
  return name.n > 0 && utf8_count(name) <= EVIDENCE_NAME_MOST;
}

static result check_announced(struct work *w, const struct evidence_begin_request *r) {
  size_t before = w->findings->count;
  if (!is_plain_name(r->name)) FIND(w, STR("/name"), "evidence_name");
  if (r->length < 1) FIND(w, STR("/length"), "evidence_empty");
  if (r->length > EVIDENCE_MOST_BYTES) FIND(w, STR("/length"), "evidence_large");
  if (r->declared_type.n > 0 && !sniff_takes(r->declared_type)) FIND(w, STR("/type"), "evidence_type");
  if (utf8_count(r->purpose) > 200) FIND(w, STR("/purpose"), "text_long", STR("200"));
  return w->findings->count > before ? service__refused(w) : RESULT_OK;
}

static bool is_finished(const struct evidence_finish_row *finished, size_t count, struct uuid id) {
  for (size_t i = 0; i < count; i++)
    if (uuid_eq(finished[i].evidence_id, id)) return true;
  return false;
}

/* Finished ones fill a claim, and are counted by the database once more at each finish. Those under way count by themselves,
 * with what was announced, as long as they live, so that nobody piles up halves; there is room for as much again, since a
 * line that breaks makes halves of good files. */
static result check_room(struct work *w, const struct evidence_begin_request *r) {
  struct evidence_row *files;
  struct evidence_finish_row *finished;
  size_t count, finished_count, recent = 0;
  int64_t bytes = r->length, halves_bytes = r->length;
  TRY(store_evidence_of_claim(w->tx, r->claim, &files, &count));
  TRY(store_evidence_finish_of_claim(w->tx, r->claim, &finished, &finished_count));
  for (size_t i = 0; i < finished_count; i++) bytes += finished[i].length;
  bool full = finished_count >= EVIDENCE_FILES_MOST || bytes > EVIDENCE_CLAIM_MOST_BYTES;
  if (full) return REFUSE(w, STR(""), "evidence_full");
  for (size_t i = 0; i < count; i++) {
    if (tx_at(w->tx) - files[i].by.at >= INT64_C(86400) * 1000000) continue;
    recent++;
    if (!is_finished(finished, finished_count, files[i].id)) halves_bytes += files[i].declared_length;
  }
  bool too_many = recent >= 2 * EVIDENCE_FILES_MOST || halves_bytes > 2 * (int64_t)EVIDENCE_CLAIM_MOST_BYTES;
  return too_many ? REFUSE(w, STR(""), "evidence_under_way") : RESULT_OK;
}

static result begin_body(struct work *w, const void *request) {
  const struct evidence_begin_request *r = request;
  struct claim_row claim;
  struct incident_row incident;
  TRY(intake__lock(w, r->claim, &claim, &incident));
  TRY(service__expect_state(w, &claim, LIVING));
  TRY(check_announced(w, r));
  TRY(check_room(w, r));
  struct evidence_row row = { .id = tx_new_id(w->tx),
                              .claim_id = r->claim,
                              .declared_length = r->length,
                              .declared_sha256 = r->sha256,
                              .purpose = r->purpose.n > 0 ? r->purpose : STR_NONE };
  TRY(service__key_new(w, SEALING_EVIDENCE, row.id, r->claim));
  TRY(service__seal(w, row.id, "evidence", "sealed_name", row.id, r->name, &row.sealed_name));
  store_evidence_insert(w->tx, &row);
  service__wrote(w, "evidence", row.id, row.sealed_name);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_int(&data, "length", r->length);
  members_add_sha256(&data, "declared_sha256", r->sha256);
  members_add_bool(&data, "purpose", row.purpose.p != NULL);
  TRY(service__event(
      w, &(struct event){
             .type = "evidence.begun", .subject = row.id, .claim = r->claim, .data = members_object(&data) }));
  members_add_id(&m, "evidence", "evidence", row.id);
  members_add_int(&m, "offset", 0);
  members_add_int(&m, "chunk_bytes", EVIDENCE_CHUNK_BYTES);
  members_add_int(&m, "length", r->length);
  return service__answer(w, 201, &m, 0);
}

static const struct use_case begin_case = { "evidence_begin", INTAKE_ROLES, begin_body, false };

result evidence_begin(struct service *s, const struct caller *c, struct arena *a,
                      const struct evidence_begin_request *r, struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &begin_case, r, f, out);
}

/* ---- append */

static struct members offset_members(struct work *w, const struct evidence_row *file, int64_t offset) {
  struct members m = members_in(w->arena);
  members_add_id(&m, "evidence", "evidence", file->id);
  members_add_int(&m, "offset", offset);
  members_add_int(&m, "length", file->declared_length);
  return m;
}

static result check_piece(struct work *w, const struct evidence_append_request *r, const struct evidence_row *file,
                          int64_t received) {
  int64_t end = r->offset + (int64_t)r->bytes.n;
  if (r->offset != received || r->offset % EVIDENCE_CHUNK_BYTES != 0)
    return REFUSE(w, STR("/offset"), "evidence_offset", str_format(w->arena, "%lld", (long long)received));
  if (end > file->declared_length) return REFUSE(w, STR(""), "evidence_too_long");
  bool whole = r->bytes.n == EVIDENCE_CHUNK_BYTES, last = end == file->declared_length;
  if (r->bytes.n == 0 || r->bytes.n > EVIDENCE_CHUNK_BYTES || (!whole && !last))
    return REFUSE(w, STR(""), "evidence_piece");
  return RESULT_OK;
}

static result append_body(struct work *w, const void *request) {
  const struct evidence_append_request *r = request;
  struct evidence_row file;
  struct claim_row claim;
  int64_t received;
  TRY(evidence__find(w, r->evidence, &file, &claim));
  TRY(service__expect_state(w, &claim, LIVING));
  TRY(service__key_of(w, file.id)); /* an erased file has nowhere to go on from */
  TRY(store_evidence_offset(w->tx, file.id, &received));
  TRY(check_piece(w, r, &file, received));
  struct evidence_chunk_row row = { .evidence_id = file.id,
                                    .claim_id = file.claim_id,
                                    .ordinal = r->offset / EVIDENCE_CHUNK_BYTES,
                                    .length = (int64_t)r->bytes.n };
  TRY(sealing_seal_chunk(w->tx, service__key(w, file.id), file.id, row.ordinal, r->bytes, &row.sealed_bytes));
  store_evidence_chunk_insert(w->tx, &row);
  struct members m = offset_members(w, &file, r->offset + row.length);
  return service__answer(w, 200, &m, 0);
}

static const struct use_case append_case = { "evidence_append", INTAKE_ROLES, append_body, true };

result evidence_append(struct service *s, const struct caller *c, struct arena *a,
                       const struct evidence_append_request *r, struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &append_case, r, f, out);
}

/* ---- where to go on */

static result offset_body(struct work *w, const void *request) {
  const struct evidence_request *r = request;
  struct evidence_row file;
  struct claim_row claim;
  struct evidence_finish_row finish;
  struct evidence_scan_row scan;
  int64_t received;
  TRY(evidence__find(w, r->evidence, &file, &claim));
  TRY(service__key_of(w, file.id));
  result done = store_evidence_finish_of(w->tx, file.id, &finish);
  if (done != RESULT_OK && done != RESULT_NOT_FOUND) return done;
  TRY(store_evidence_offset(w->tx, file.id, &received));
  TRY(evidence__scan_of(w, file.id, &scan));
  struct members m = offset_members(w, &file, received);
  members_add_bool(&m, "finished", done == RESULT_OK);
  members_add(&m, "scan", done == RESULT_OK ? evidence__scan_json(w, &scan) : json_of_null());
  return service__answer(w, 200, &m, 0);
}

static const struct use_case offset_case = { "evidence_offset", INTAKE_ROLES, offset_body, true };

result evidence_offset(struct service *s, const struct caller *c, struct arena *a, const struct evidence_request *r,
                       struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &offset_case, r, f, out);
}
