/* evidence: files up and down. A file is announced, sent from where it broke off, and finished; until then it is no
 * evidence. HEAD of the file tells where to go on. Nobody holds more than one piece of 256 KiB. */
#include "answers/answers.h"

enum { FILE_MOST_BYTES = 20 << 20 };

/* ---- announcing */

static const struct spec name = { .kind = SPEC_STRING, .max_length = EVIDENCE_NAME_MOST, .description = "without folders" };
static const struct spec length = { .kind = SPEC_INTEGER, .has_minimum = true, .minimum = 1, .has_maximum = true,
                                    .maximum = FILE_MOST_BYTES };
static const struct spec begin_spec =
    API_OBJECT({ "name", true, &name }, { "length", true, &length }, { "sha256", false, &api__sha256_null },
               { "media_type", false, &api__short_null }, { "purpose", false, &api__short_null });

/* The spec has looked at the digits. */
static struct sha256 digest_of(str hex) {
  struct sha256 digest = { { 0 } };
  for (size_t i = 0; i < hex.n / 2 && i < sizeof digest.bytes; i++) {
    unsigned value = 0;
    for (size_t k = 0; k < 2; k++) {
      char c = hex.p[2 * i + k];
      value = value << 4 | (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    digest.bytes[i] = (uint8_t)value;
  }
  return digest;
}

static struct http_answer begin(struct http_request *r) {
  struct evidence_begin_request request = { .claim = api__id(r, "claim"),
                                            .name = api__str(&r->json, "name"),
                                            .length = api__int(&r->json, "length", 0),
                                            .sha256 = digest_of(api__str(&r->json, "sha256")),
                                            .declared_type = api__str(&r->json, "media_type"),
                                            .purpose = api__str(&r->json, "purpose") };
  return api__created_at(r, GATE_CALL(r, evidence_begin, &request, STR_NONE), "/v1/evidence/", "evidence");
}

/* ---- where to go on */

static struct http_answer progress(struct http_request *r) {
  struct evidence_request request = { api__id(r, "evidence") };
  struct http_answer answer = GATE_CALL(r, evidence_offset, &request, STR_NONE);
  struct findings ignored = findings_in(r->arena);
  struct json body;
  if (answer.problem || json_read(r->arena, answer.body, (struct json_limits){ 0 }, &ignored, &body) != RESULT_OK)
    return answer;
  http_answer_header(r, &answer, "Upload-Offset", str_format(r->arena, "%lld", (long long)api__int(&body, "offset", 0)));
  http_answer_header(r, &answer, "Upload-Length", str_format(r->arena, "%lld", (long long)api__int(&body, "length", 0)));
  http_answer_header(r, &answer, "Upload-Complete", api__bool(&body, "finished") ? STR("?1") : STR("?0"));
  return answer;
}

/* ---- sending */

static bool begin_pieces(struct http_request *r, struct http_answer *answer) {
  (void)answer;
  struct evidence_append_request *next = ARENA_NEW(r->keep, struct evidence_append_request);
  next->evidence = api__id(r, "evidence");
  next->offset = http_value(&r->query, "offset")->number;
  r->state = next;
  return true;
}

static bool piece(struct http_request *r, str bytes, struct http_answer *answer) {
  struct evidence_append_request *next = r->state;
  next->bytes = bytes;
  struct http_answer said = GATE_CALL(r, evidence_append, next, STR_NONE);
  if (said.problem) {
    *answer = said;
    return false;
  }
  next->offset += (int64_t)bytes.n;
  return true;
}

static const struct http_stream_in pieces = { begin_pieces, piece, progress, NULL };

static struct http_answer finish(struct http_request *r) {
  struct evidence_request request = { api__id(r, "evidence") };
  return GATE_CALL(r, evidence_finish, &request, STR_NONE);
}

/* ---- reading back */

static struct http_answer list(struct http_request *r) {
  struct evidence_list_request request = { api__id(r, "claim") };
  return GATE_CALL(r, evidence_list, &request, STR_NONE);
}

/* What is still to be sent of one file: bytes [at, end). */
struct download {
  struct uuid evidence;
  int64_t at, end;
};

static result next_piece(struct http_request *r, void *state, char *out, size_t most, size_t *n) {
  struct download *d = state;
  *n = 0;
  if (d->at >= d->end) return RESULT_OK;
  struct evidence_bytes_request request = { d->evidence, d->at / EVIDENCE_CHUNK_BYTES };
  struct findings f = findings_in(r->arena);
  struct service_answer chunk = { 0 };
  struct caller caller = gate_caller(r);
  TRY(evidence_bytes(gate_of(r)->service, &caller, r->arena, &request, &f, &chunk));
  size_t from = (size_t)(d->at % EVIDENCE_CHUNK_BYTES);
  if (from >= chunk.body.n) return RESULT_OUTSIDE;
  size_t left = (size_t)(d->end - d->at), have = chunk.body.n - from;
  *n = have < left ? have : left;
  if (*n > most) *n = most;
  memcpy(out, chunk.body.p + from, *n);
  d->at += (int64_t)*n;
  return RESULT_OK;
}

static struct http_answer stream(struct http_request *r, const struct json *file, int64_t from, int64_t to, int status) {
  struct download *d = ARENA_NEW(r->keep, struct download);
  *d = (struct download){ api__id(r, "evidence"), from, to + 1 };
  struct http_source *source = ARENA_NEW(r->keep, struct http_source);
  *source = (struct http_source){ next_piece, NULL, d };
  struct http_answer answer =
      http_stream_out(status, "application/octet-stream", source, to - from + 1);
  http_answer_attachment(r, &answer, api__str(file, "name"));
  http_answer_header(r, &answer, "ETag", str_format(r->arena, "\"%.*s\"", STR_ARG(api__str(file, "sha256"))));
  http_answer_header(r, &answer, "Accept-Ranges", STR("bytes"));
  return answer;
}

/* The event of the reading is committed before the first byte goes out. */
static struct http_answer download(struct http_request *r) {
  struct evidence_request request = { api__id(r, "evidence") };
  struct findings f = findings_in(r->arena);
  struct service_answer opened = { 0 };
  struct caller caller = gate_caller(r);
  result why = evidence_open(gate_of(r)->service, &caller, r->arena, &request, &f, &opened);
  if (why != RESULT_OK) return gate_answer(r, why, &f, &opened, STR_NONE);
  struct json file;
  if (json_read(r->arena, opened.body, (struct json_limits){ 0 }, &f, &file) != RESULT_OK)
    return HTTP_PROBLEM(r, &http_problem_internal);
  int64_t whole = api__int(&file, "length", 0), from = 0, to = whole - 1;
  result range = http_request_range(r, whole, api__str(&file, "sha256"), &from, &to);
  if (range == RESULT_REFUSED) return http_range_refused(r, whole);
  struct http_answer answer = stream(r, &file, from, to, range == RESULT_OK ? HTTP_PARTIAL : HTTP_OK);
  if (range == RESULT_OK) http_answer_content_range(r, &answer, from, to, whole);
  return answer;
}

/* ---- the table */

static const struct http_parameter offset_query[] = {
  { .name = "offset", .kind = HTTP_PARAMETER_INTEGER, .required = true, .least = 0, .most = FILE_MOST_BYTES,
    .description_ja = "この本文が始まる位置（256 KiBの倍数）", .description_en = "where this body begins, a multiple of 262144" },
  { .name = NULL },
};
static const char *const byte_types[] = { "application/octet-stream", NULL };

#define READ_ROLES (API_TYPES | HTTP_ROLE_AUDITOR)
#define ROW(n, m, p, ja, en) API_ROW(n, m, p, "evidence", ja, en), .realms = API_CLAIMANTS, .roles = API_TYPES

static const struct http_route rows[] = {
  { API_ROW("listEvidence", HTTP_GET, "/v1/claims/{claim}/evidence", "evidence", "証拠書類の一覧", "A claim's files"),
    .realms = API_CLAIMANTS | HTTP_AUDITOR, .roles = READ_ROLES, .path_parameters = api__claim_path, .handler = list,
    .answers = API_ANSWERS(API_OK(answer__files, "finished files")) },
  { ROW("beginEvidence", HTTP_POST, "/v1/claims/{claim}/evidence", "証拠書類を送り始める", "Announce a file"),
    .path_parameters = api__claim_path, .body = HTTP_BODY_JSON, .body_spec = &begin_spec, .idempotent = true, .handler = begin,
    .description_en = "pdf, jpeg, png, heic, txt, csv, eml, docx, xlsx; 20 MiB a file, 30 files and 200 MiB a claim. A file "
                      "that is not finished within 24 hours is erased.",
    .answers = API_ANSWERS(API_CREATED(answer__upload_begun, "the file, of which nothing has come yet")),
    .problems = API_PROBLEMS("evidence_name", "evidence_type", "evidence_large", "evidence_full", "claim_state") },
  { ROW("readUpload", HTTP_GET, "/v1/evidence/{evidence}", "どこまで送られたかを見る", "How much of a file has come"),
    .description_en = "HEAD gives the same as headers: Upload-Offset, Upload-Length, Upload-Complete.",
    .path_parameters = api__evidence_path, .handler = progress,
    .answers = API_ANSWERS(API_OK(answer__upload, "where to go on")) },
  { ROW("sendEvidence", HTTP_PATCH, "/v1/evidence/{evidence}", "ファイルの続きを送る", "Send bytes of a file"),
    .description_en = "Any number of whole pieces of 262144 bytes from `offset` on, or all that is left.",
    .path_parameters = api__evidence_path, .query = offset_query, .body = HTTP_BODY_STREAM, .body_types = byte_types,
    .body_limit_bytes = FILE_MOST_BYTES, .stream = &pieces,
    .answers = API_ANSWERS(API_OK(answer__upload, "where to go on")),
    .problems = API_PROBLEMS("evidence_offset", "evidence_piece", "evidence_too_long", "evidence_finished", "claim_state") },
  { ROW("finishEvidence", HTTP_POST, "/v1/evidence/{evidence}/finish", "ファイルを確定する", "Finish a file"),
    .path_parameters = api__evidence_path, .idempotent = true, .handler = finish,
    .description_en = "Length, SHA-256 and what the bytes are must fit what was announced.",
    .answers = API_ANSWERS(API_CREATED(answer__file, "the file, which is evidence now")),
    .problems = API_PROBLEMS("evidence_incomplete", "evidence_type", "evidence_program", "evidence_macro",
                             "evidence_name_differs", "evidence_finish_pkey") },
  { API_ROW("downloadEvidence", HTTP_GET, "/v1/evidence/{evidence}/content", "evidence", "証拠書類を受け取る", "A file's bytes"),
    .realms = API_CLAIMANTS | HTTP_AUDITOR, .roles = READ_ROLES, .path_parameters = api__evidence_path, .handler = download,
    .produces = "*", .description_en = "Always as an attachment, whether it was scanned or not (`scan` in the list of files says so); never where "
                                           "something harmful was found. One range of bytes may be asked for.",
    .answers = API_ANSWERS({ 200, "application/octet-stream", NULL, "the bytes, as an attachment; the list of files says what they are" },
                           { 206, "application/octet-stream", NULL, "the bytes of the range" }),
    .problems = API_PROBLEMS("evidence_infected") },
};
const struct http_route_table api__evidence = { rows, COUNT_OF(rows) };
