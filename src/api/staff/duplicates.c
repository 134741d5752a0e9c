/* duplicates: suspicions that two claims speak of one incident, judged by two persons, shown to the staff alone. */
#include "staff.h"

static struct http_answer view(struct http_request *r) {
  struct duplicates_view_request request = { api__id(r, "claim") };
  return GATE_CALL(r, duplicates_view, &request, STR_NONE);
}

static struct http_answer search(struct http_request *r) {
  struct duplicates_search_request request = { api__id(r, "claim") };
  return GATE_CALL(r, duplicates_search, &request, STR_NONE);
}

static struct http_answer suspect(struct http_request *r) {
  struct duplicate_suspect_request request = { api__id(r, "claim"), api__id_in(&r->json, "other", "clm_") };
  return GATE_CALL(r, duplicate_suspect, &request, STR_NONE);
}

static struct http_answer resolve(struct http_request *r) {
  struct duplicate_resolve_request request = { .claim = api__id(r, "claim"),
                                               .suspicion = api__id(r, "suspicion"),
                                               .same = str_eq(api__str(&r->json, "verdict"), STR("same")),
                                               .reason = api__str(&r->json, "reason") };
  return GATE_CALL(r, duplicate_resolve, &request, STR_NONE);
}

static struct http_answer take_offer(struct http_request *r) {
  struct offer_take_request request = { .claim = api__id(r, "claim"), .from = api__id_in(&r->json, "from", "clm_") };
  API_VERSION(r, request.version);
  return GATE_CALL(r, offer_take, &request, STR_NONE);
}

/* ---- specs */

static const char *const verdicts[] = { "distinct", "same", NULL };
static const struct spec verdict = { .kind = SPEC_ENUM, .words = verdicts };
static const struct spec verdict_null = { .kind = SPEC_ENUM, .words = verdicts, .nullable = true };
static const struct spec suspect_body = API_OBJECT({ "other", true, &api__id_claim });
static const struct spec resolve_body = API_OBJECT({ "verdict", true, &verdict }, { "reason", true, &api__text });
static const struct spec offer_body = API_OBJECT({ "from", true, &api__id_claim });

static const struct spec resolution =
    API_OBJECT({ "round", true, &api__integer }, { "part", true, &staff__code }, { "verdict", true, &verdict },
               { "reason", true, &api__text_null }, { "by", true, &api__id_person }, { "at", true, &api__moment });
static const struct spec resolutions = API_ARRAY(resolution);
static const struct spec suspicion = API_OBJECT(
    { "suspicion", true, &api__id_duplicate }, { "claim", true, &api__id_claim }, { "other", true, &api__id_claim },
    { "grounds", true, &api__texts }, { "verdict", true, &verdict_null }, { "resolutions", true, &resolutions });
static const struct spec suspicions = API_ARRAY(suspicion);
static const struct spec facts_version_id = { .kind = SPEC_STRING, .max_length = 40 };
static const struct spec offer =
    API_OBJECT({ "claim", true, &api__id_claim }, { "facts_version", true, &facts_version_id },
               { "facts", true, &api__facts_asserted });
static const struct spec offers = API_ARRAY(offer);
static const struct spec view_answer =
    API_OBJECT({ "claim", true, &api__id_claim }, { "suspicions", true, &suspicions }, { "offered", true, &offers });
static const struct spec suspicion_ids = API_ARRAY(api__id_duplicate);
static const struct spec search_answer = API_OBJECT({ "claim", true, &api__id_claim }, { "found", true, &api__integer },
                                                    { "suspicions", true, &suspicion_ids });
static const struct spec suspect_answer = API_OBJECT(
    { "suspicion", true, &api__id_duplicate }, { "claim", true, &api__id_claim }, { "other", true, &api__id_claim });
static const struct spec resolve_answer = API_OBJECT(
    { "suspicion", true, &api__id_duplicate }, { "round", true, &api__integer }, { "part", true, &staff__code },
    { "verdict", true, &verdict }, { "settled", true, &api__bool_spec }, { "claim", true, &api__id_claim },
    { "state", true, &api__claim_state }, { "other", true, &api__id_claim }, { "offered", true, &api__any });
static const struct spec offer_answer = API_OBJECT(
    { "claim", true, &api__id_claim }, { "state", true, &api__claim_state }, { "version", true, &api__integer },
    { "facts_version", true, &api__integer }, { "changed", true, &staff__pointers });

/* ---- the table */

static const struct http_parameter suspicion_path[] = { API_CLAIM_ID,
                                                        API_ID("suspicion", "dup_", "重複の疑い", "the suspicion"),
                                                        { .name = NULL } };
static const struct http_route rows[] = {
  { STAFF_READ("readDuplicates", "/v1/cases/{claim}/duplicates", "duplicates", "重複の疑いを見る",
               "Suspicions of one incident claimed twice", view),
    .path_parameters = staff__claim_path,
    .answers = API_ANSWERS(API_OK(view_answer, "suspicions, what was said of them, facts on offer")) },
  { STAFF_POST("searchDuplicates", "/v1/cases/{claim}/duplicates/search", "duplicates", "重複を探す",
               "Search for duplicates", HTTP_ROLE_ADJUSTER, search),
    .path_parameters = staff__claim_path, .answers = API_ANSWERS(API_OK(search_answer, "what was found")) },
  { STAFF_POST("suspectDuplicate", "/v1/cases/{claim}/duplicates", "duplicates", "重複の疑いを記録する",
               "Record a suspicion", STAFF_JUDGES, suspect),
    .path_parameters = staff__claim_path, STAFF_BODY(suspect_body),
    .answers = API_ANSWERS(API_CREATED(suspect_answer, "recorded")), .problems = API_PROBLEMS("claim_state") },
  { STAFF_POST("resolveDuplicate", "/v1/cases/{claim}/duplicates/{suspicion}", "duplicates", "重複の疑いを判断する",
               "Judge a suspicion", STAFF_JUDGES, resolve),
    .path_parameters = suspicion_path, STAFF_BODY(resolve_body),
    .description_en =
        "First an adjuster, then an approver; where they differ, a new round begins. When both say same, the claim is withdrawn as "
        "the same incident and its facts are offered to the other.",
    .answers = API_ANSWERS(API_CREATED(resolve_answer, "one of two voices")),
    .problems = API_PROBLEMS("duplicate_resolved", "resolution_by_other_person") },
  { STAFF_POST("takeOffer", "/v1/cases/{claim}/offers", "duplicates", "統合した申請の内容を引き継ぐ",
               "Take over merged facts", HTTP_ROLE_ADJUSTER, take_offer),
    .path_parameters = staff__claim_path, STAFF_MOVES, STAFF_BODY(offer_body),
    .answers = API_ANSWERS(API_OK(offer_answer, "taken over, word for word")),
    .problems = API_PROBLEMS("nothing_changed", "version_stale") },
};
const struct http_route_table api__staff_duplicates = { rows, COUNT_OF(rows) };
