/* claims: what was filed, as its claimant sees it and changes it. A claim's ETag is the version of the claim; payee and
 * report have versions of their own, named where they are changed ("0-clinic": there is none yet). */
#include "documents_in.h"

/* ---- what is sent */

enum { NUMBER_MOST = 40 }; /* characters; C-2026-000123 has 13 */

static const struct spec file_spec =
    API_OBJECT({ "facility", true, &api__id_facility }, { "channel", false, &api__channel },
               { "declaration", true, &api__declared }, { "facts", true, &api__document_facts },
               { "payee", false, &api__document_payee_null }, { "report", false, &api__document_report_null });
static const struct spec amend_spec = API_OBJECT({ "channel", false, &api__channel }, { "declaration", true, &api__declared },
                                                 { "facts", true, &api__document_facts });
static const struct spec reason_spec = API_OBJECT({ "reason", false, &api__text_null });
static const struct spec text_spec = API_OBJECT({ "text", true, &api__text });
static const struct spec grounds_spec = API_OBJECT({ "grounds", true, &api__text });

static const struct http_parameter request_path[] = { API_CLAIM_ID, API_ID("request", "req_", "照会", "what was asked"),
                                                      { .name = NULL } };

/* ---- reading */

static const char *const listed_states[] = { "draft",    "submitted", "in_review",       "info_requested", "dormant",
                                             "proposed", "decided",   "reconsideration", "withdrawn",      NULL };
static const struct http_parameter list_query[] = {
  { .name = "state", .kind = HTTP_PARAMETER_WORD, .repeated = true, .words = listed_states, .description_ja = "状態。指定がなければすべて",
    .description_en = "states; all where none is named" },
  { .name = "facility", .kind = HTTP_PARAMETER_ID, .prefix = "fac_", .description_ja = "施設", .description_en = "the facility" },
  { .name = "number", .kind = HTTP_PARAMETER_TEXT, .most = NUMBER_MOST, .description_ja = "申請番号（一部でもよい）",
    .description_en = "the claim's number, or a part of it" },
  API_CURSOR,
  API_LIMIT,
  { .name = NULL },
};

static str states_of(struct http_request *r) {
  struct http_value_list list = http_value_list(&r->query, "state");
  str *states = ARENA_ARRAY(r->arena, str, list.count);
  for (size_t i = 0; i < list.count; i++) states[i] = list.items[i].text;
  return str_join(r->arena, states, list.count, STR(" "));
}

static struct http_answer list(struct http_request *r) {
  const struct http_value *facility = http_value(&r->query, "facility"), *number = http_value(&r->query, "number");
  struct claims_request request = { .limit = api__limit(r), .states = states_of(r) };
  if (facility->present) request.facility = facility->id;
  if (number->present) request.number = number->text;
  struct http_answer refusal;
  if (!api__cursor(r, &request.before, &refusal)) return refusal;
  return api__paged(r, GATE_CALL(r, claim_list, &request, STR_NONE), "clm_");
}

static struct http_answer view(struct http_request *r) {
  struct claim_request request = { api__id(r, "claim") };
  return GATE_CALL(r, claim_view, &request, STR_NONE);
}

static struct http_answer assess(struct http_request *r) {
  struct assess_request request = { api__id(r, "claim") };
  return GATE_CALL(r, claim_assess, &request, STR_NONE);
}

static struct http_answer certify(struct http_request *r) {
  struct claim_request request = { api__id(r, "claim") };
  return GATE_CALL(r, claim_certificate, &request, STR_NONE);
}

/* ---- filing and changing */

static struct http_answer file(struct http_request *r) {
  struct file_request request = { .facility = api__id_in(&r->json, "facility", "fac_"),
                                  .channel = api__channel_of(r),
                                  .declaration = api__declaration(&r->json),
                                  .documents = api__documents_of(&r->json) };
  return api__created_at(r, GATE_CALL(r, claim_file, &request, STR_NONE), "/v1/claims/", "claim");
}

static struct http_answer amend(struct http_request *r) {
  struct amend_request request = { .claim = api__id(r, "claim"),
                                   .channel = api__channel_of(r),
                                   .declaration = api__declaration(&r->json),
                                   .facts = api__json(&r->json, "facts") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, claim_amend, &request, STR_NONE);
}

static struct http_answer change_payee(struct http_request *r) {
  struct payee_request request = { .claim = api__id(r, "claim"), .payee = &r->json };
  API_VERSION(r, request.version);
  return GATE_CALL(r, payee_change, &request, STR_NONE);
}

static struct http_answer save_report(struct http_request *r) {
  struct report_request request = { .claim = api__id(r, "claim"), .report = &r->json };
  API_VERSION(r, request.version);
  return GATE_CALL(r, report_save, &request, STR_NONE);
}

static struct http_answer withdraw(struct http_request *r) {
  struct withdraw_request request = { .claim = api__id(r, "claim"), .reason = api__str(&r->json, "reason") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, claim_withdraw, &request, STR_NONE);
}

static struct http_answer wake(struct http_request *r) {
  struct wake_request request = { .claim = api__id(r, "claim") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, claim_wake, &request, STR_NONE);
}

/* ---- words */

static struct http_answer reply(struct http_request *r) {
  struct reply_request request = { api__id(r, "claim"), api__id(r, "request"), api__str(&r->json, "text") };
  return GATE_CALL(r, information_reply, &request, STR_NONE);
}

static struct http_answer message(struct http_request *r) {
  struct message_request request = { api__id(r, "claim"), api__str(&r->json, "text") };
  return GATE_CALL(r, message_write, &request, STR_NONE);
}

/* ---- reconsideration */

static struct http_answer reconsider(struct http_request *r) {
  struct reconsider_request request = { .claim = api__id(r, "claim"), .grounds = api__str(&r->json, "grounds") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, reconsideration_ask, &request, STR_NONE);
}

static struct http_answer let_stand(struct http_request *r) {
  struct reconsider_withdraw_request request = { .claim = api__id(r, "claim") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, reconsideration_withdraw, &request, STR_NONE);
}

/* ---- the table */

#define ROW(n, m, p, ja, en, handler_)                                                                        \
  API_ROW(n, m, p, "claims", ja, en), .realms = API_CLAIMANTS, .roles = API_TYPES, .handler = (handler_)
#define ONE(n, m, suffix, ja, en, handler_) \
  ROW(n, m, "/v1/claims/{claim}" suffix, ja, en, handler_), .path_parameters = api__claim_path
#define CHANGE(n, suffix, ja, en, handler_, spec_)                                                            \
  ONE(n, HTTP_POST, suffix, ja, en, handler_), .body = HTTP_BODY_JSON, .body_spec = &(spec_), .idempotent = true
#define STALE_OR_MOVED "version_stale", "claim_state"

static const struct http_route rows[] = {
  { API_ROW("listClaims", HTTP_GET, "/v1/claims", "claims", "自分の申請の一覧", "One's claims, newest first"),
    .realms = API_CLAIMANTS, .roles = API_SPEAKS, .query = list_query, .handler = list,
    .answers = API_ANSWERS(API_OK(answer__claims, "claims, and the cursor that goes on")) },
  { ROW("fileClaim", HTTP_POST, "/v1/claims", "下書きなしで申請する", "File a claim in one step", file),
    .body = HTTP_BODY_JSON, .body_spec = &file_spec, .body_limit_bytes = API_DOCUMENTS_MOST_BYTES, .idempotent = true,
    .answers = API_ANSWERS(API_CREATED(answer__receipt, "the receipt")),
    .problems = API_PROBLEMS("facility_not_yours", "channel", "declaration_required", "declaration_outdated",
                             "claim_one_per_incident") },
  { API_ROW("readClaim", HTTP_GET, "/v1/claims/{claim}", "claims", "申請を見る", "A claim as its claimant sees it"),
    .realms = API_CLAIMANTS, .roles = API_SPEAKS, .path_parameters = api__claim_path, .handler = view,
    .etag = HTTP_ETAG_GIVEN, .answers = API_ANSWERS(API_OK(answer__claim, "the claim")),
    .problems = API_PROBLEMS("claim_state", "facility_not_yours") },
  { API_ROW("assessClaim", HTTP_GET, "/v1/claims/{claim}/assessment", "claims", "規則による見込みを見る",
            "What the rules say of the claim, and what is still to come"),
    .realms = API_CLAIMANTS, .roles = API_SPEAKS, .path_parameters = api__claim_path, .handler = assess,
    .answers = API_ANSWERS(API_OK(answer__assessment, "the decision as it would be, and what would make items payable")),
    .problems = API_PROBLEMS("member_unresolved", "rules_missing", "claim_state") },
  { API_ROW("certifyClaim", HTTP_GET, "/v1/claims/{claim}/certificate", "claims", "申請の記録の証明",
            "The claim's state and the events behind it"),
    .realms = API_CLAIMANTS | HTTP_AUDITOR, .roles = API_TYPES | HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR,
    .path_parameters = api__claim_path, .handler = certify, .etag = HTTP_ETAG_GIVEN,
    .answers = API_ANSWERS(API_OK(answer__certificate, "state, hashes, and every step by its event")),
    .problems = API_PROBLEMS("claim_state", "facility_not_yours") },
  { CHANGE("amendClaim", "/amendments", "申請の内容を変える", "Amend a claim", amend, amend_spec),
    .body_limit_bytes = API_DOCUMENTS_MOST_BYTES, .etag = HTTP_ETAG_REQUIRED,
    .description_en = "The facts are sent whole. A proposal is void by it, and a decided claim goes back to review.",
    .answers = API_ANSWERS(API_OK(answer__amended, "the claim's new version")),
    .problems = API_PROBLEMS("nothing_changed", "declaration_required", "declaration_outdated", STALE_OR_MOVED) },
  { ONE("changePayee", HTTP_PUT, "/payee", "振込先を変える", "Change where the money goes", change_payee),
    .persons_only = true, .step_up = true, .body = HTTP_BODY_JSON, .body_spec = &api__document_payee, .idempotent = true,
    .etag = HTTP_ETAG_REQUIRED,
    .description_en = "If-Match names the payee's version, \"0-<realm>\" where there is none. A person's alone: money goes elsewhere by it.",
    .answers = API_ANSWERS(API_OK(answer__payee_changed, "the payee's new version")),
    .problems = API_PROBLEMS("payee_version_once", STALE_OR_MOVED) },
  { ONE("saveReport", HTTP_PUT, "/report", "被害の報告を保存する", "Save the incident report", save_report),
    .body = HTTP_BODY_JSON, .body_spec = &api__document_report, .idempotent = true, .etag = HTTP_ETAG_REQUIRED,
    .description_en = "If-Match names the report's version, \"0-<realm>\" where there is none.",
    .answers = API_ANSWERS(API_OK(answer__report_saved, "the report's new version")),
    .problems = API_PROBLEMS("incident_report_once", STALE_OR_MOVED) },
  { CHANGE("withdrawClaim", "/withdraw", "申請を取り下げる", "Withdraw a claim", withdraw, reason_spec),
    .etag = HTTP_ETAG_REQUIRED, .answers = API_ANSWERS(API_OK(answer__claim_state, "withdrawn")),
    .problems = API_PROBLEMS("withdrawn_unpaid", "claim_transition", STALE_OR_MOVED) },
  { ONE("wakeClaim", HTTP_POST, "/wake", "休止した申請を再開する", "Wake a dormant claim", wake), .idempotent = true,
    .etag = HTTP_ETAG_REQUIRED, .answers = API_ANSWERS(API_OK(answer__claim_state, "it waits for its answer again")),
    .problems = API_PROBLEMS(STALE_OR_MOVED) },
  { ROW("replyToRequest", HTTP_POST, "/v1/claims/{claim}/requests/{request}/reply", "照会に答える", "Answer what was asked",
        reply),
    .path_parameters = request_path, .body = HTTP_BODY_JSON, .body_spec = &text_spec, .idempotent = true,
    .answers = API_ANSWERS(API_OK(answer__reply, "answered")),
    .problems = API_PROBLEMS("request_unknown", "information_reply_once", "claim_state") },
  { CHANGE("writeMessage", "/messages", "メッセージを送る", "Write a message", message, text_spec),
    .answers = API_ANSWERS(API_CREATED(answer__message, "sent")), .problems = API_PROBLEMS("claim_state") },
  { CHANGE("askReconsideration", "/reconsideration", "再審査を求める", "Ask for reconsideration", reconsider, grounds_spec),
    .etag = HTTP_ETAG_REQUIRED, .answers = API_ANSWERS(API_CREATED(answer__reconsideration, "people other than before look again")),
    .problems = API_PROBLEMS("reconsideration_once", STALE_OR_MOVED) },
  { ONE("withdrawReconsideration", HTTP_POST, "/reconsideration/withdraw", "再審査の求めを取り下げる",
        "Take back the wish for reconsideration", let_stand),
    .idempotent = true, .etag = HTTP_ETAG_REQUIRED,
    .answers = API_ANSWERS(API_OK(answer__reconsideration, "the old decision stands")),
    .problems = API_PROBLEMS(STALE_OR_MOVED) },
};
const struct http_route_table api__claims = { rows, COUNT_OF(rows) };
