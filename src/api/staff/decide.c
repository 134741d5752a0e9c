/* decide: a proposal and what becomes of it. Nobody sends an amount: what is approved is what the rules say, computed again. */
#include "staff.h"

static struct http_answer propose(struct http_request *r) {
  struct propose_request request = { .claim = api__id(r, "claim") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, claim_propose, &request, STR_NONE);
}

static struct http_answer approve(struct http_request *r) {
  struct approve_request request = { .claim = api__id(r, "claim"), .proposal = api__id(r, "proposal") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, proposal_approve, &request, STR_NONE);
}

static struct http_answer give_back(struct http_request *r) {
  struct return_request request = { .claim = api__id(r, "claim"),
                                    .proposal = api__id(r, "proposal"),
                                    .reason = api__str(&r->json, "reason") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, proposal_return, &request, STR_NONE);
}

static struct http_answer take_back(struct http_request *r) {
  struct take_back_request request = { .claim = api__id(r, "claim"), .proposal = api__id(r, "proposal") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, proposal_withdraw, &request, STR_NONE);
}

static struct http_answer reconsider(struct http_request *r) {
  struct reconsider_request request = { .claim = api__id(r, "claim"), .grounds = api__str(&r->json, "grounds") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, reconsideration_ask, &request, STR_NONE);
}

static struct http_answer reconsider_no_more(struct http_request *r) {
  struct reconsider_withdraw_request request = { .claim = api__id(r, "claim") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, reconsideration_withdraw, &request, STR_NONE);
}

/* ---- specs */

static const struct spec grounds_body = API_OBJECT({ "grounds", true, &api__text });
static const struct spec propose_answer = API_OBJECT(
    { "claim", true, &api__id_claim }, { "proposal", true, &api__id_proposal }, { "state", true, &api__claim_state },
    { "version", true, &api__integer }, { "outcome", true, &api__outcome }, { "total_yen", true, &api__yen },
    { "decision", true, &api__decision }, { "decision_sha256", true, &api__sha256 },
    { "trace_sha256", true, &api__sha256 });
static const struct spec line =
    API_OBJECT({ "line", true, &api__id_line }, { "item", true, &api__item }, { "amount_yen", true, &api__yen });
static const struct spec recovery = API_OBJECT({ "recovery", true, &api__id_recovery }, { "item", true, &api__item },
                                               { "amount_yen", true, &api__yen });
static const struct spec lines = API_ARRAY(line), recoveries = API_ARRAY(recovery);
static const struct spec line_ids = API_ARRAY(api__id_line), recovery_ids = API_ARRAY(api__id_recovery);
static const struct spec approve_answer = API_OBJECT(
    { "claim", true, &api__id_claim }, { "decision", true, &api__id_decision }, { "number", true, &api__integer },
    { "state", true, &api__claim_state }, { "version", true, &api__integer }, { "outcome", true, &api__outcome },
    { "total_yen", true, &api__yen }, { "lines", true, &lines }, { "cancelled_lines", true, &line_ids },
    { "recoveries", true, &recoveries }, { "cancelled_recoveries", true, &recovery_ids });
static const struct spec ended_answer =
    API_OBJECT({ "claim", true, &api__id_claim }, { "proposal", true, &api__id_proposal },
               { "state", true, &api__claim_state }, { "version", true, &api__integer });
static const struct spec reconsider_answer = API_OBJECT(
    { "claim", true, &api__id_claim }, { "reconsideration", true, &api__id_reconsideration },
    { "decision", true, &api__id_decision }, { "state", true, &api__claim_state }, { "version", true, &api__integer });

/* ---- the table */

static const struct http_parameter proposal_path[] = { API_CLAIM_ID,
                                                       API_ID("proposal", "prp_", "決定案", "the proposal"),
                                                       { .name = NULL } };
static const struct http_route rows[] = {
  { STAFF_POST("propose", "/v1/cases/{claim}/proposals", "decisions", "決定案を作る", "Propose a decision",
               HTTP_ROLE_ADJUSTER, propose),
    .path_parameters = staff__claim_path, STAFF_MOVES, .persons_only = true,
    .description_en =
        "What the rules say of the facts as they stand, whole. Refused while a fact that must be proved is open.",
    .answers = API_ANSWERS(API_CREATED(propose_answer, "the proposal, which waits for an approver")),
    .problems =
        API_PROBLEMS("claim_state", "version_stale", "facts_open", "items_undetermined", "proposal_by_other_person",
                     "reconsideration_by_others", "recused", "represents_claimant") },
  { STAFF_POST("approve", "/v1/cases/{claim}/proposals/{proposal}/approve", "decisions", "決定する",
               "Approve a proposal", HTTP_ROLE_APPROVER, approve),
    .path_parameters = proposal_path, STAFF_MOVES, STAFF_STEP_UP,
    .description_en =
        "Computed again in the same transaction; where a byte differs, nothing is decided (412) and the difference is told. "
        "Never by who proposed, filed, represents the claimant or corrected a fact.",
    .answers = API_ANSWERS(API_CREATED(approve_answer, "the decision and what it entitles to")),
    .problems = API_PROBLEMS("version_stale", "proposal_stale", "decision_differs", "approval_by_other_person",
                             "approval_not_by_filer", "approval_not_by_corrector", "reconsideration_by_others",
                             "recused", "represents_claimant", "facts_moved", "duplicates_searched", "duplicate_open",
                             "hold_open", "payee_call_back") },
  { STAFF_POST("returnProposal", "/v1/cases/{claim}/proposals/{proposal}/return", "decisions", "決定案を差し戻す",
               "Return a proposal", HTTP_ROLE_APPROVER, give_back),
    .path_parameters = proposal_path, STAFF_MOVES, STAFF_BODY(staff__reason), .persons_only = true,
    .answers = API_ANSWERS(API_OK(ended_answer, "back to review")),
    .problems = API_PROBLEMS("version_stale", "proposal_stale") },
  { STAFF_POST("takeBackProposal", "/v1/cases/{claim}/proposals/{proposal}/take-back", "decisions",
               "決定案を取り下げる", "Take one's own proposal back", HTTP_ROLE_ADJUSTER, take_back),
    .path_parameters = proposal_path, STAFF_MOVES, .answers = API_ANSWERS(API_OK(ended_answer, "back to review")),
    .problems = API_PROBLEMS("version_stale", "proposal_stale", "proposal_not_yours") },
  { STAFF_POST("askReconsiderationForClaimant", "/v1/cases/{claim}/reconsideration", "decisions",
               "再審査の請求を受け付ける", "Take a request to look again", STAFF_JUDGES, reconsider),
    .path_parameters = staff__claim_path, STAFF_MOVES, STAFF_BODY(grounds_body),
    .description_en = "For a claimant who asked on paper. People other than before look again; each decision once.",
    .answers = API_ANSWERS(API_CREATED(reconsider_answer, "in reconsideration")),
    .problems = API_PROBLEMS("claim_state", "version_stale") },
  { STAFF_POST("withdrawReconsiderationForClaimant", "/v1/cases/{claim}/reconsideration/withdraw", "decisions",
               "再審査の請求の取下げを受け付ける", "Take back a request to look again", STAFF_JUDGES,
               reconsider_no_more),
    .path_parameters = staff__claim_path, STAFF_MOVES,
    .answers = API_ANSWERS(API_OK(reconsider_answer, "the old decision stands")),
    .problems = API_PROBLEMS("claim_state", "version_stale") },
};
const struct http_route_table api__staff_decide = { rows, COUNT_OF(rows) };
