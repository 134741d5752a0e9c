/* drafts: a claim before it is filed. A draft's version is its own: its ETag is that of what was last saved. */
#include "documents_in.h"

/* ---- what is sent */

static const struct spec document = { .kind = SPEC_MAP, .items = &api__any, .component = "Draft",
                                      .description = "{facts, payee, report, unknown: [pointers into facts], step}, all "
                                                     "optional, unchecked until it is filed" };
static const struct spec begin_spec = API_OBJECT({ "facility", true, &api__id_facility }, { "channel", false, &api__channel },
                                                 { "document", false, &document });
static const struct spec submit_spec =
    API_OBJECT({ "declaration", true, &api__declared }, { "facts", false, &api__document_facts_null },
               { "payee", false, &api__document_payee_null }, { "report", false, &api__document_report_null });

/* ---- handlers */

static struct http_answer begin(struct http_request *r) {
  struct draft_begin_request request = { .facility = api__id_in(&r->json, "facility", "fac_"),
                                         .channel = api__channel_of(r),
                                         .document = api__json(&r->json, "document") };
  return api__created_at(r, GATE_CALL(r, draft_begin, &request, STR_NONE), "/v1/drafts/", "claim");
}

static struct http_answer read(struct http_request *r) {
  struct claim_request request = { api__id(r, "claim") };
  return GATE_CALL(r, draft_read, &request, STR_NONE);
}

static struct http_answer save_document(struct http_request *r, int64_t version, const struct json *saved) {
  struct draft_save_request request = { .claim = api__id(r, "claim"), .version = version, .document = saved };
  return GATE_CALL(r, draft_save, &request, STR_NONE);
}

static struct http_answer save(struct http_request *r) {
  int64_t version;
  API_VERSION(r, version);
  return save_document(r, version, &r->json);
}

/* RFC 7396 over what stands. What is saved is saved over the version that was read here, so that a change in between is
 * a refusal and never lost. */
static struct http_answer patch(struct http_request *r) {
  int64_t version;
  API_VERSION(r, version);
  struct claim_request request = { api__id(r, "claim") };
  struct findings f = findings_in(r->arena);
  struct service_answer stands = { 0 };
  struct caller caller = gate_caller(r);
  result why = draft_read(gate_of(r)->service, &caller, r->arena, &request, &f, &stands);
  if (why != RESULT_OK) return gate_answer(r, why, &f, &stands, STR_NONE);
  if (version != SERVICE_ANY_VERSION && version != stands.version) return gate_stale(r);
  struct json read_back;
  why = json_read(r->arena, stands.body, (struct json_limits){ .bytes = stands.body.n + 1, .depth = 64 }, &f, &read_back);
  if (why != RESULT_OK) return HTTP_PROBLEM(r, &http_problem_internal);
  struct json merged = json_merge_patch(r->arena, json_get(&read_back, STR("document")), &r->json);
  return save_document(r, stands.version, &merged);
}

static struct http_answer discard(struct http_request *r) {
  struct claim_request request = { api__id(r, "claim") };
  return GATE_CALL(r, draft_discard, &request, STR_NONE);
}

static struct http_answer assess(struct http_request *r) {
  struct assess_request request = { api__id(r, "claim") };
  return GATE_CALL(r, draft_assess, &request, STR_NONE);
}

static struct http_answer submit(struct http_request *r) {
  struct submit_request request = { .claim = api__id(r, "claim"),
                                    .declaration = api__declaration(&r->json),
                                    .documents = api__documents_of(&r->json) };
  API_VERSION(r, request.version);
  return api__created_at(r, GATE_CALL(r, claim_submit, &request, STR_NONE), "/v1/claims/", "claim");
}

/* ---- the table */

#define ROW(n, m, p, ja, en, handler_)                                                                        \
  API_ROW(n, m, p, "drafts", ja, en), .realms = API_CLAIMANTS, .roles = API_TYPES, .handler = (handler_)
#define ONE(n, m, suffix, ja, en, handler_) \
  ROW(n, m, "/v1/drafts/{claim}" suffix, ja, en, handler_), .path_parameters = api__claim_path

static const struct http_route rows[] = {
  { ROW("beginDraft", HTTP_POST, "/v1/drafts", "下書きを始める", "Begin a draft", begin),
    .body = HTTP_BODY_JSON, .body_spec = &begin_spec, .body_limit_bytes = API_DOCUMENTS_MOST_BYTES, .idempotent = true,
    .answers = API_ANSWERS(API_CREATED(answer__draft_begun, "the draft")),
    .problems = API_PROBLEMS("facility_not_yours", "channel", "draft_document") },
  { ONE("readDraft", HTTP_GET, "", "下書きを読む", "Read a draft", read), .etag = HTTP_ETAG_GIVEN,
    .answers = API_ANSWERS(API_OK(answer__draft, "the draft as it was last saved")),
    .problems = API_PROBLEMS("erased", "draft_submitted") },
  { ONE("saveDraft", HTTP_PUT, "", "下書きを保存する", "Save a draft whole", save),
    .body = HTTP_BODY_JSON, .body_spec = &document, .body_limit_bytes = API_DOCUMENTS_MOST_BYTES,
    .etag = HTTP_ETAG_REQUIRED, .answers = API_ANSWERS(API_OK(answer__draft_saved, "saved")),
    .problems = API_PROBLEMS("version_stale", "draft_document", "draft_submitted") },
  { ONE("patchDraft", HTTP_PATCH, "", "下書きの一部を変える", "Change parts of a draft", patch),
    .body = HTTP_BODY_MERGE_PATCH, .body_spec = &document, .body_limit_bytes = API_DOCUMENTS_MOST_BYTES,
    .etag = HTTP_ETAG_REQUIRED, .answers = API_ANSWERS(API_OK(answer__draft_saved, "saved")),
    .problems = API_PROBLEMS("version_stale", "draft_document", "draft_submitted") },
  { ONE("discardDraft", HTTP_DELETE, "", "下書きを捨てる", "Throw a draft away", discard),
    .answers = API_ANSWERS(API_OK(answer__claim_state, "nobody sees it again")),
    .problems = API_PROBLEMS("draft_submitted") },
  { ONE("assessDraft", HTTP_GET, "/assessment", "提出する前に、見込みを確かめる", "What the rules say before filing", assess),
    .answers = API_ANSWERS(API_OK(answer__draft_assessment, "the decision as it would be, and what is still open")),
    .problems = API_PROBLEMS("draft_submitted", "rules_missing") },
  { ONE("submitDraft", HTTP_POST, "/submit", "申請を提出する", "File the claim", submit), .body = HTTP_BODY_JSON,
    .body_spec = &submit_spec, .body_limit_bytes = API_DOCUMENTS_MOST_BYTES, .idempotent = true, .etag = HTTP_ETAG_REQUIRED,
    .description_en = "Documents that are not sent are the draft's.",
    .answers = API_ANSWERS(API_CREATED(answer__receipt, "the receipt")),
    .problems = API_PROBLEMS("version_stale", "draft_submitted", "declaration_required", "declaration_outdated",
                             "facts_required", "claim_one_per_incident") },
};
const struct http_route_table api__drafts = { rows, COUNT_OF(rows) };
