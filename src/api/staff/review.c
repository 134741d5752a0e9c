/* review: what people do with a claim between submission and proposal: one handler for each step, one use case behind it. */
#include "staff.h"

/* ---- fact checks */

static const char *const verdicts[] = { "proved", "corrected", "refuted", "reopened", NULL };
static const struct spec verdict = { .kind = SPEC_ENUM, .words = verdicts };
static const struct spec files = {
  .kind = SPEC_ARRAY, .items = &api__id_evidence, .max_items = FACT_CHECK_EVIDENCE_MOST, .distinct = true
};
static const struct spec check_sent =
    API_OBJECT({ "key", true, &staff__code }, { "verdict", true, &verdict }, { "value", false, &api__any },
               { "reason", false, &api__text_null }, { "evidence", false, &files });
static const struct spec checks_sent = { .kind = SPEC_ARRAY, .items = &check_sent, .max_items = FACT_CHECKS_MOST };
static const struct spec check_body = API_OBJECT({ "checks", true, &checks_sent });
static const struct spec check_made =
    API_OBJECT({ "check", true, &api__id_check }, { "key", true, &staff__code }, { "verdict", true, &verdict });
static const struct spec checks_made = API_ARRAY(check_made);
static const struct spec check_answer =
    API_OBJECT({ "claim", true, &api__id_claim }, { "state", false, &api__claim_state },
               { "version", true, &api__integer }, { "checks", true, &checks_made });

static enum check_verdict verdict_of(str word) {
  for (size_t i = 0; verdicts[i]; i++)
    if (str_eq(word, str_of(verdicts[i]))) return (enum check_verdict)i;
  assert(!"the spec names every verdict");
  return CHECK_PROVED;
}
static_assert(CHECK_PROVED == 0 && CHECK_CORRECTED == 1 && CHECK_REFUTED == 2 && CHECK_REOPENED == 3,
              "words in the order of verdicts");

/* A correction to null says that nobody knows; elsewhere a value says nothing. */
static struct http_answer check(struct http_request *r) {
  const struct json *checks = api__json(&r->json, "checks");
  struct fact_check_item *items = ARENA_ARRAY(r->arena, struct fact_check_item, checks->count);
  struct fact_check_request request = { .claim = api__id(r, "claim"), .items = items, .count = checks->count };
  for (uint32_t i = 0; i < checks->count; i++) {
    const struct json *one = &checks->as.items[i];
    items[i] = (struct fact_check_item){ .key = api__str(one, "key"),
                                         .verdict = verdict_of(api__str(one, "verdict")),
                                         .reason = api__str(one, "reason") };
    if (items[i].verdict == CHECK_CORRECTED) items[i].value = json_get(one, STR("value"));
    items[i].evidence = api__ids(r->arena, one, "evidence", "evd_", &items[i].evidence_count);
  }
  API_VERSION(r, request.version);
  return GATE_CALL(r, facts_check, &request, STR_NONE);
}

/* ---- asking */

static const struct spec ask_body =
    API_OBJECT({ "keys", false, &staff__pointers }, { "due_on", true, &api__date }, { "text", true, &api__text });
static const struct spec asked_answer = API_OBJECT(
    { "claim", true, &api__id_claim }, { "request", true, &api__id_request }, { "state", true, &api__claim_state },
    { "version", true, &api__integer }, { "due_on", false, &api__date });

static struct http_answer ask(struct http_request *r) {
  struct information_request_request request = { .claim = api__id(r, "claim"),
                                                 .due_on = api__day(&r->json, "due_on"),
                                                 .text = api__str(&r->json, "text") };
  request.keys = api__strs(r->arena, &r->json, "keys", &request.key_count);
  API_VERSION(r, request.version);
  return GATE_CALL(r, information_ask, &request, STR_NONE);
}

static struct http_answer ask_no_more(struct http_request *r) {
  struct information_take_back_request request = { .claim = api__id(r, "claim"), .request = api__id(r, "request") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, information_take_back, &request, STR_NONE);
}

static const struct spec text_body = API_OBJECT({ "text", true, &api__text });
static const struct spec message_answer =
    API_OBJECT({ "claim", false, &api__id_claim }, { "message", true, &api__id_message }, { "at", true, &api__moment },
               { "direction", true, &staff__code });
static const struct spec note_answer =
    API_OBJECT({ "claim", true, &api__id_claim }, { "note", true, &api__id_note }, { "at", true, &api__moment });

static struct http_answer write_message(struct http_request *r) {
  struct message_request request = { api__id(r, "claim"), api__str(&r->json, "text") };
  return GATE_CALL(r, message_write, &request, STR_NONE);
}

static struct http_answer write_note(struct http_request *r) {
  struct note_request request = { api__id(r, "claim"), api__str(&r->json, "text") };
  return GATE_CALL(r, note_write, &request, STR_NONE);
}

/* ---- who works on it */

static const char *const takeable[] = { "submitted", "in_review", "reconsideration", NULL };
static const struct spec takeable_state = { .kind = SPEC_ENUM, .words = takeable };
static const struct spec take_body = API_OBJECT({ "state", false, &takeable_state });
static const struct spec assign_body = API_OBJECT({ "person", true, &api__id_person_null });
static const struct spec recuse_body = API_OBJECT({ "reason", false, &api__text_null });
static const struct spec assigned_answer =
    API_OBJECT({ "claim", true, &api__id_claim }, { "number", true, &api__short }, { "state", true, &api__claim_state },
               { "version", true, &api__integer }, { "assigned_to", true, &api__id_person_null });

static struct http_answer take(struct http_request *r) {
  struct take_next_request request = { api__str(&r->json, "state") };
  return GATE_CALL(r, claim_take_next, &request, STR_NONE);
}

static struct http_answer assign(struct http_request *r) {
  struct assign_request request = { .claim = api__id(r, "claim"), .person = api__id_in(&r->json, "person", "per_") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, claim_assign, &request, STR_NONE);
}

static struct http_answer recuse(struct http_request *r) {
  struct recuse_request request = { api__id(r, "claim"), api__str(&r->json, "reason") };
  return GATE_CALL(r, claim_recuse, &request, STR_NONE);
}

/* ---- holding back */

static const struct spec hold_body = API_OBJECT({ "kind", true, &staff__code }, { "reason", true, &api__text });
static const struct spec hold_answer = API_OBJECT(
    { "claim", true, &api__id_claim }, { "hold", true, &api__id_hold }, { "kind", false, &staff__code },
    { "lasts", false, &api__bool_spec }, { "state", false, &api__claim_state }, { "version", false, &api__integer });
static const char *const hows[] = { "call_back", "posted_code", "bank_inquiry", NULL };
static const struct spec how = { .kind = SPEC_ENUM, .words = hows };
static const struct spec confirm_body =
    API_OBJECT({ "payee_version", true, &api__id_payee }, { "how", true, &how }, { "note", false, &api__text_null });
static const struct spec confirm_answer =
    API_OBJECT({ "claim", true, &api__id_claim }, { "payee_version", true, &api__id_payee }, { "how", true, &how },
               { "state", false, &api__claim_state }, { "version", false, &api__integer });

static struct http_answer hold(struct http_request *r) {
  struct hold_request request = { api__id(r, "claim"), api__str(&r->json, "kind"), api__str(&r->json, "reason") };
  return GATE_CALL(r, hold_set, &request, STR_NONE);
}

static struct http_answer let_go(struct http_request *r) {
  struct hold_release_request request = { api__id(r, "hold"), api__str(&r->json, "reason") };
  return GATE_CALL(r, hold_release, &request, STR_NONE);
}

static struct http_answer confirm(struct http_request *r) {
  struct payee_confirm_request request = { .claim = api__id(r, "claim"),
                                           .payee_version = api__id_in(&r->json, "payee_version", "pye_"),
                                           .how = api__str(&r->json, "how"),
                                           .note = api__str(&r->json, "note") };
  return GATE_CALL(r, payee_confirm, &request, STR_NONE);
}

/* ---- coming back */

static const struct spec settle_body =
    API_OBJECT({ "accepted", true, &api__bool_spec }, { "reason", true, &api__text });
static const struct spec settle_answer = API_OBJECT(
    { "claim", true, &api__id_claim }, { "finding", true, &api__id_finding }, { "verdict", true, &staff__code },
    { "state", true, &api__claim_state }, { "version", true, &api__integer });

static struct http_answer wake(struct http_request *r) {
  struct wake_request request = { .claim = api__id(r, "claim") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, claim_wake, &request, STR_NONE);
}

static struct http_answer settle(struct http_request *r) {
  struct finding_settle_request request = { .claim = api__id(r, "claim"),
                                            .finding = api__id(r, "finding"),
                                            .accepted = api__bool(&r->json, "accepted"),
                                            .reason = api__str(&r->json, "reason") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, roster_finding_settle, &request, STR_NONE);
}

/* ---- the table */

static const struct http_parameter request_path[] = { API_CLAIM_ID,
                                                      API_ID("request", "req_", "照会", "the request"),
                                                      { .name = NULL } };
static const struct http_parameter finding_path[] = { API_CLAIM_ID,
                                                      API_ID("finding", "rfd_", "名簿の変更", "the finding"),
                                                      { .name = NULL } };
static const struct http_parameter hold_path[] = { API_ID("hold", "hld_", "保留", "the hold"), { .name = NULL } };

#define ON_CLAIM .path_parameters = staff__claim_path
#define ADJUSTER HTTP_ROLE_ADJUSTER
static const struct http_route rows[] = {
  { STAFF_POST("checkFacts", "/v1/cases/{claim}/checks", "review", "事実を確認する", "Check facts", ADJUSTER, check),
    ON_CLAIM, STAFF_MOVES, STAFF_BODY(check_body),
    .description_en =
        "Proved, corrected, refuted or reopened, as one set. A check binds to the value it was made of and survives "
        "amendments that leave that value alone.",
    .answers = API_ANSWERS(API_CREATED(check_answer, "the checks that stand now")),
    .problems = API_PROBLEMS("claim_state", "version_stale", "recused", "represents_claimant") },
  { STAFF_POST("askInformation", "/v1/cases/{claim}/requests", "review", "照会する", "Ask for information", ADJUSTER,
               ask),
    ON_CLAIM, STAFF_MOVES, STAFF_BODY(ask_body),
    .answers = API_ANSWERS(API_CREATED(asked_answer, "asked; silence is never a refusal")),
    .problems = API_PROBLEMS("claim_state", "version_stale") },
  { STAFF_POST("takeBackRequest", "/v1/cases/{claim}/requests/{request}/take-back", "review", "照会を取りやめる",
               "Take a request back", ADJUSTER, ask_no_more),
    .path_parameters = request_path, STAFF_MOVES, .answers = API_ANSWERS(API_OK(asked_answer, "taken back")),
    .problems = API_PROBLEMS("request_closed", "version_stale") },
  { STAFF_POST("writeToClaimant", "/v1/cases/{claim}/messages", "review", "申請者に連絡する", "Write to the claimant",
               STAFF_JUDGES, write_message),
    ON_CLAIM, STAFF_BODY(text_body), .answers = API_ANSWERS(API_CREATED(message_answer, "written")) },
  { STAFF_POST("writeNote", "/v1/cases/{claim}/notes", "review", "職員のメモを書く", "Write a note for the staff",
               STAFF_JUDGES, write_note),
    ON_CLAIM, STAFF_BODY(text_body),
    .answers = API_ANSWERS(API_CREATED(note_answer, "written; clinics never see it")) },
  { STAFF_POST("takeNextCase", "/v1/cases/take-next", "review", "次の申請を担当する", "Take the next claim", ADJUSTER,
               take),
    STAFF_BODY(take_body), .description_en = "The oldest that nobody has. Two who ask at once get two.",
    .answers = API_ANSWERS(API_OK(assigned_answer, "the claim is yours")),
    .problems = API_PROBLEMS("nothing_to_take") },
  { STAFF_POST("assignCase", "/v1/cases/{claim}/assignment", "review", "担当を決める", "Assign a claim", STAFF_JUDGES,
               assign),
    ON_CLAIM, STAFF_MOVES, STAFF_BODY(assign_body),
    .description_en = "To an adjuster who may judge it; null gives it back.",
    .answers = API_ANSWERS(API_OK(assigned_answer, "assigned")),
    .problems = API_PROBLEMS("claim_state", "version_stale", "recused", "represents_claimant") },
  { STAFF_POST("recuse", "/v1/cases/{claim}/recusal", "review", "審査から身を引く", "Step away from a claim",
               STAFF_JUDGES, recuse),
    ON_CLAIM, STAFF_BODY(recuse_body),
    .answers = API_ANSWERS(API_CREATED(staff__claim_moved, "you neither check, propose nor approve here any more")) },
  { STAFF_POST("setHold", "/v1/cases/{claim}/holds", "review", "保留にする", "Hold a claim back", STAFF_HOLDS, hold),
    ON_CLAIM, STAFF_BODY(hold_body), .answers = API_ANSWERS(API_CREATED(hold_answer, "held")) },
  { STAFF_POST("releaseHold", "/v1/holds/{hold}/release", "review", "保留の解除に同意する", "Release a hold",
               STAFF_HOLDS, let_go),
    .path_parameters = hold_path, STAFF_BODY(staff__reason),
    .answers = API_ANSWERS(API_OK(hold_answer, "`lasts`: another person must release it too")),
    .problems = API_PROBLEMS("hold_released", "hold_release_by_other_person") },
  { STAFF_POST("confirmPayee", "/v1/cases/{claim}/payee-confirmations", "review", "振込先を確かめる", "Confirm a payee",
               STAFF_JUDGES, confirm),
    ON_CLAIM, STAFF_BODY(confirm_body), .persons_only = true,
    .answers = API_ANSWERS(API_CREATED(confirm_answer, "confirmed")), .problems = API_PROBLEMS("payee_moved") },
  { STAFF_POST("wakeCase", "/v1/cases/{claim}/wake", "review", "休止中の申請を戻す", "Wake a dormant claim", ADJUSTER,
               wake),
    ON_CLAIM, STAFF_MOVES, .answers = API_ANSWERS(API_OK(staff__claim_moved, "it waits for its answer again")),
    .problems = API_PROBLEMS("claim_state", "version_stale") },
  { STAFF_POST("settleRosterFinding", "/v1/cases/{claim}/roster-findings/{finding}", "review",
               "名簿の変更の扱いを決める", "Settle a finding of the roster", ADJUSTER, settle),
    .path_parameters = finding_path, STAFF_MOVES, STAFF_BODY(settle_body),
    .description_en = "Accepted: a decided claim goes back to review. Dismissed: with a reason.",
    .answers = API_ANSWERS(API_OK(settle_answer, "settled")),
    .problems = API_PROBLEMS("finding_settled", "version_stale") },
};
const struct http_route_table api__staff_review = { rows, COUNT_OF(rows) };
