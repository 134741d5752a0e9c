/* finish: the file is read once more as it was stored, hashed and looked at; only then is it evidence. */
#include "evidence/evidence.h"
#include "evidence/sniff.h"

struct whole {
  int64_t length;
  struct sha256 sha256;
  struct sniff sniff;
};

/* Chunk by chunk, so that a file takes the memory of one. */
static result read_whole(struct work *w, const struct evidence_row *file, struct whole *out) {
  struct sha256_state hash = sha256_begin();
  *out = (struct whole){ .length = 0 };
  for (int64_t ordinal = 0; out->length < file->declared_length; ordinal++) {
    struct arena_mark mark = arena_mark(w->arena);
    str bytes;
    result r = evidence__chunk(w, file->id, ordinal, &bytes);
    if (r == RESULT_NOT_FOUND) break;
    TRY(r);
    sha256_add(&hash, bytes);
    sniff_add(&out->sniff, bytes);
    out->length += (int64_t)bytes.n;
    arena_release(w->arena, mark);
  }
  out->sha256 = sha256_end(&hash);
  return RESULT_OK;
}

static result check_whole(struct work *w, const struct evidence_row *file, const struct whole *got) {
  bool announced = !sha256_none(file->declared_sha256);
  bool same = !announced || memcmp(&file->declared_sha256, &got->sha256, sizeof got->sha256) == 0;
  if (got->length == file->declared_length && same) return RESULT_OK;
  return REFUSE(w, STR(""), "evidence_incomplete", str_format(w->arena, "%lld", (long long)got->length));
}

static result check_type(struct work *w, str name, const struct whole *got, const char **type) {
  static const char *const codes[] = { [SNIFF_UNKNOWN] = "evidence_type",
                                       [SNIFF_PROGRAM] = "evidence_program",
                                       [SNIFF_MACRO] = "evidence_macro",
                                       [SNIFF_NAME] = "evidence_name_differs" };
  *type = "";
  enum sniff_verdict verdict = sniff_type(&got->sniff, name, type);
  return verdict == SNIFF_OK ? RESULT_OK : REFUSE(w, STR(""), codes[verdict], str_of(*type ? *type : ""));
}

static result finish_body(struct work *w, const void *request) {
  const struct evidence_request *r = request;
  struct evidence_row file;
  struct claim_row claim;
  struct incident_row incident;
  struct evidence_finish_row done;
  struct whole got;
  const char *type;
  str name;
  TRY(evidence__find(w, r->evidence, &file, &claim));
  result before = store_evidence_finish_of(w->tx, file.id, &done);
  if (before == RESULT_OK) return REFUSE(w, STR(""), "evidence_finished");
  if (before != RESULT_NOT_FOUND) return before;
  TRY(evidence__name(w, &file, &name));
  TRY(read_whole(w, &file, &got));
  TRY(check_whole(w, &file, &got));
  TRY(check_type(w, name, &got, &type));
  TRY(intake__lock(w, file.claim_id, &claim, &incident)); /* late: reading a large file keeps nobody waiting */
  TRY(service__expect_state(w, &claim,
                            "draft submitted in_review info_requested dormant proposed decided reconsideration"));

  store_evidence_finish_insert(w->tx, &(struct evidence_finish_row){ .evidence_id = file.id,
                                                                     .claim_id = file.claim_id,
                                                                     .length = got.length,
                                                                     .sha256 = got.sha256,
                                                                     .media_type = str_of(type) });
  service__wrote_sha256(w, "evidence_finish", file.id, got.sha256);
  struct members data = members_in(w->arena), m = members_in(w->arena);
  members_add_int(&data, "length", got.length);
  members_add_sha256(&data, "sha256", got.sha256);
  members_add_str(&data, "media_type", str_of(type));
  TRY(service__event(
      w, &(struct event){
             .type = "evidence.finished", .subject = file.id, .claim = file.claim_id, .data = members_object(&data) }));
  members_add_id(&m, "evidence", "evidence", file.id);
  members_add_str(&m, "name", name);
  members_add_int(&m, "length", got.length);
  members_add_sha256(&m, "sha256", got.sha256);
  members_add_str(&m, "media_type", str_of(type));
  members_add(&m, "scan", evidence__scan_json(w, &(struct evidence_scan_row){ .evidence_id = file.id }));
  return service__answer(w, 201, &m, 0);
}

static const struct use_case finish_case = { "evidence_finish", INTAKE_ROLES, finish_body, false };

result evidence_finish(struct service *s, const struct caller *c, struct arena *a, const struct evidence_request *r,
                       struct findings *f, struct service_answer *out) {
  return service__run(s, c, a, &finish_case, r, f, out);
}
