/* read: lists, and files back chunk by chunk behind one event. */
#include "evidence/evidence.h"

enum { READERS = INTAKE_ROLES | SERVICE_AUDITOR };

result evidence__find(struct work *w, struct uuid id, struct evidence_row *file, struct claim_row *claim) {
  FOUND(w, store_evidence_by_id(w->tx, id, file), STR(""), "not_found");
  return intake__claim_read(w, file->claim_id, claim);
}

result evidence__name(struct work *w, const struct evidence_row *file, str *name) {
  return service__unseal(w, file->id, "evidence", "sealed_name", file->id, file->sealed_name, name);
}

result evidence__chunk(struct work *w, struct uuid id, int64_t ordinal, str *bytes) {
  struct evidence_chunk_row row;
  TRY(store_evidence_chunk_at(w->tx, id, ordinal, &row));
  TRY(service__key_of(w, id));
  return sealing_unseal_chunk(w->tx, service__key(w, id), id, ordinal, row.sealed_bytes, bytes);
}

/* ---- what a scanner said */

result evidence__scan_of(struct work *w, struct uuid file, struct evidence_scan_row *out) {
  result r = store_evidence_scan_latest(w->tx, file, out);
  if (r == RESULT_NOT_FOUND) *out = (struct evidence_scan_row){ .evidence_id = file };
  return r == RESULT_NOT_FOUND ? RESULT_OK : r;
}

const struct evidence_scan_row *evidence__scan_among(const struct evidence_scan_row *scans, size_t count, struct uuid file) {
  static const struct evidence_scan_row none = { .verdict = { NULL, 0 } };
  for (size_t i = 0; i < count; i++)
    if (uuid_eq(scans[i].evidence_id, file)) return &scans[i];
  return &none;
}

bool evidence__infected(const struct evidence_scan_row *scan) { return str_eq(scan->verdict, STR("infected")); }

struct json evidence__scan_json(struct work *w, const struct evidence_scan_row *scan) {
  bool looked = scan->verdict.n > 0;
  struct members m = members_in(w->arena);
  members_add_str(&m, "state", looked ? scan->verdict : w->service->scans ? STR("waiting") : STR("none"));
  members_add_moment(&m, "at", looked ? scan->by.at : SQL_NONE);
  members_add_str(&m, "engine", looked ? scan->engine : STR_NONE);
  members_add_str(&m, "signature", looked ? scan->signature : STR_NONE);
  return members_object(&m);
}

/* ---- lists */

static result file_json(struct work *w, const struct evidence_row *file, const struct evidence_finish_row *finish,
                        const struct evidence_scan_row *scan, const struct sealing_asked *key, struct json *out) {
  str name;
  result opened = service__key_open_asked(w, key);
  if (opened != RESULT_OK && opened != RESULT_NOT_FOUND) return opened; /* without a key it was erased, and its name says so */
  TRY(evidence__name(w, file, &name));
  struct members m = members_in(w->arena);
  members_add_id(&m, "evidence", "evidence", file->id);
  members_add_str(&m, "name", name);
  members_add_int(&m, "length", finish->length);
  members_add_sha256(&m, "sha256", finish->sha256);
  members_add_str(&m, "media_type", finish->media_type);
  members_add_str(&m, "purpose", file->purpose);
  members_add_moment(&m, "at", finish->by.at);
  members_add(&m, "scan", evidence__scan_json(w, scan));
  *out = members_object(&m);
  return RESULT_OK;
}

static const struct evidence_row *file_of(const struct evidence_files *of, struct uuid id) {
  for (size_t i = 0; i < of->count; i++)
    if (uuid_eq(of->files[i].id, id)) return &of->files[i];
  assert(!"a finish without its file");
  return NULL;
}

result evidence__ask_files(struct work *w, struct uuid claim, struct evidence_files *out) {
  TRY(store_evidence_of_claim(w->tx, claim, &out->files, &out->count));
  TRY(store_evidence_finish_of_claim(w->tx, claim, &out->finished, &out->finished_count));
  return store_evidence_scan_of_claim(w->tx, claim, &out->scans, &out->scan_count);
}

result evidence__files_json(struct work *w, const struct evidence_files *of, struct json *out, int64_t *bytes) {
  struct json *items = ARENA_ARRAY(w->arena, struct json, of->finished_count);
  struct sealing_asked *keys = ARENA_ARRAY(w->arena, struct sealing_asked, of->finished_count);
  for (size_t i = 0; i < of->finished_count; i++) sealing_ask(w->tx, of->finished[i].evidence_id, &keys[i]);
  TRY(tx_flush(w->tx));
  *bytes = 0;
  for (size_t i = 0; i < of->finished_count; i++) {
    struct uuid id = of->finished[i].evidence_id;
    const struct evidence_scan_row *scan = evidence__scan_among(of->scans, of->scan_count, id);
    TRY(file_json(w, file_of(of, id), &of->finished[i], scan, &keys[i], &items[i]));
    *bytes += of->finished[i].length;
  }
  *out = json_of_array(items, of->finished_count);
  return RESULT_OK;
}

static result list_body(struct work *w, const void *request) {
  const struct evidence_list_request *r = request;
  struct claim_row claim;
  struct evidence_files found;
  struct json files, documents = json_of_str(STR("evidence"));
  int64_t bytes;
  TRY(intake__claim_read(w, r->claim, &claim));
  tx_gather(w->tx);
  TRY(evidence__ask_files(w, r->claim, &found));
  TRY(tx_flush(w->tx));
  TRY(evidence__files_json(w, &found, &files, &bytes));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add(&data, "documents", json_of_array(&documents, 1));
  TRY(service__event(
      w,
      &(struct event){ .type = "claim.read", .subject = r->claim, .claim = r->claim, .data = members_object(&data) }));
  members_add_int(&m, "count", files.count);
  members_add_int(&m, "bytes", bytes);
  members_add(&m, "files", files);
  return service__answer(w, 200, &m, 0);
}

static const struct use_case list_case = { "evidence_list", READERS, list_body, true };

result evidence_list(struct service *s, const struct caller *c, struct arena *a, const struct evidence_list_request *r,
                     struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &list_case, r, f, out);
}

/* ---- one file */

/* Only what is finished, and in which no scanner found anything. */
static result find_finished(struct work *w, struct uuid id, struct evidence_row *file,
                            struct evidence_finish_row *finish, struct evidence_scan_row *scan) {
  struct claim_row claim;
  TRY(evidence__find(w, id, file, &claim));
  FOUND(w, store_evidence_finish_of(w->tx, id, finish), STR(""), "not_found");
  TRY(evidence__scan_of(w, id, scan));
  return evidence__infected(scan) ? REFUSE(w, STR(""), "evidence_infected") : RESULT_OK;
}

static result open_body(struct work *w, const void *request) {
  const struct evidence_request *r = request;
  struct evidence_row file;
  struct evidence_finish_row finish;
  struct evidence_scan_row scan;
  str name;
  TRY(find_finished(w, r->evidence, &file, &finish, &scan));
  TRY(evidence__name(w, &file, &name));
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_sha256(&data, "sha256", finish.sha256);
  TRY(service__event(
      w, &(struct event){
             .type = "evidence.read", .subject = file.id, .claim = file.claim_id, .data = members_object(&data) }));
  members_add_id(&m, "evidence", "evidence", file.id);
  members_add_str(&m, "name", name);
  members_add_int(&m, "length", finish.length);
  members_add_sha256(&m, "sha256", finish.sha256);
  members_add_str(&m, "media_type", finish.media_type);
  members_add_int(&m, "chunks", (finish.length + EVIDENCE_CHUNK_BYTES - 1) / EVIDENCE_CHUNK_BYTES);
  members_add(&m, "scan", evidence__scan_json(w, &scan));
  return service__answer(w, 200, &m, 0);
}

static const struct use_case open_case = { "evidence_open", READERS, open_body, true };

result evidence_open(struct service *s, const struct caller *c, struct arena *a, const struct evidence_request *r,
                     struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &open_case, r, f, out);
}

static result bytes_body(struct work *w, const void *request) {
  const struct evidence_bytes_request *r = request;
  struct evidence_row file;
  struct evidence_finish_row finish;
  struct evidence_scan_row scan;
  TRY(find_finished(w, r->evidence, &file, &finish, &scan));
  FOUND(w, evidence__chunk(w, file.id, r->ordinal, &w->answer->body), STR("/ordinal"), "not_found");
  w->answer->status = 200;
  return RESULT_OK;
}

static const struct use_case bytes_case = { "evidence_bytes", READERS, bytes_body, true };

result evidence_bytes(struct service *s, const struct caller *c, struct arena *a,
                      const struct evidence_bytes_request *r, struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &bytes_case, r, f, out);
}
