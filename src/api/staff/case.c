/* case: one claim as those who work on it see it: its whole file, what the rules say, its versions of facts, its story. */
#include "staff.h"

/* ---- handlers */

static struct http_answer whole(struct http_request *r) {
  struct case_request request = { api__id(r, "claim") };
  return GATE_CALL(r, case_view, &request, STR_NONE);
}

static struct http_answer assess(struct http_request *r) {
  struct assess_request request = { api__id(r, "claim") };
  return GATE_CALL(r, claim_assess, &request, STR_NONE);
}

static struct http_answer versions(struct http_request *r) {
  struct facts_versions_request request = { api__id(r, "claim") };
  return GATE_CALL(r, facts_versions, &request, STR_NONE);
}

static struct http_answer timeline(struct http_request *r) {
  const struct http_value *reads = http_value(&r->query, "reads");
  struct timeline_request request = { api__id(r, "claim"), reads->present && reads->flag };
  return GATE_CALL(r, claim_timeline, &request, STR_NONE);
}

/* ---- the whole file */

#define ROW(id, spec_) \
  { id, true, &spec_ }, { "by", true, &api__id_person }, { "at", true, &api__moment }
static const struct spec payee = { .kind = SPEC_OBJECT,
                                   .nullable = true,
                                   .members = API_MEMBERS(ROW("payee_version", api__id_payee),
                                                          { "version", true, &api__integer },
                                                          { "roster_match", true, &staff__code }) };
static const struct spec hold =
    API_OBJECT(ROW("hold", api__id_hold), { "kind", true, &staff__code }, { "reason", true, &api__text_null });
static const struct spec asked = API_OBJECT(ROW("request", api__id_request), { "keys", true, &staff__pointers },
                                            { "due_on", true, &api__date }, { "text", true, &api__text_null });
static const struct spec reply_id = { .kind = SPEC_STRING, .max_length = 40 };
static const struct spec reply = API_OBJECT(ROW("reply", reply_id), { "request", true, &api__id_request },
                                            { "kind", true, &staff__code }, { "text", true, &api__text_null });
static const struct spec message =
    API_OBJECT(ROW("message", api__id_message), { "direction", true, &staff__code }, { "text", true, &api__text_null });
static const struct spec note = API_OBJECT(ROW("note", api__id_note), { "text", true, &api__text_null });
static const struct spec check =
    API_OBJECT(ROW("check", api__id_check), { "key", true, &staff__code }, { "verdict", true, &staff__code },
               { "value_sha256", true, &api__sha256 }, { "new_value", true, &api__any },
               { "supersedes", true, &api__id_check_null }, { "reason", true, &api__text_null });
static const struct spec sent = API_OBJECT(ROW("evidence", api__id_evidence), { "length", true, &api__integer },
                                           { "sha256", true, &api__sha256 }, { "media_type", true, &staff__code });
static const struct spec proposal =
    API_OBJECT(ROW("proposal", api__id_proposal), { "decision", true, &api__decision },
               { "decision_sha256", true, &api__sha256 }, { "reconsideration", true, &api__id_reconsideration_null });
static const struct spec outcome = API_OBJECT(ROW("proposal", api__id_proposal), { "outcome", true, &staff__code },
                                              { "reason", true, &api__text_null });
static const struct spec decision =
    API_OBJECT(ROW("decision", api__id_decision), { "number", true, &api__integer }, { "outcome", true, &api__outcome },
               { "total_yen", true, &api__yen }, { "proposal", true, &api__id_proposal },
               { "decision_document", true, &api__decision });
static const struct spec line = API_OBJECT(ROW("line", api__id_line), { "item", true, &api__item },
                                           { "amount_yen", true, &api__yen }, { "state", true, &staff__code });
static const struct spec recovery =
    API_OBJECT(ROW("recovery", api__id_recovery), { "item", true, &api__item }, { "amount_yen", true, &api__yen },
               { "cancelled", true, &api__bool_spec });
static const struct spec finding = API_OBJECT(ROW("finding", api__id_finding), { "key", true, &staff__code },
                                              { "old_value", true, &api__any }, { "new_value", true, &api__any });
static const struct spec step =
    API_OBJECT(ROW("event", api__id_event), { "type", true, &staff__code }, { "role", true, &staff__code_null },
               { "version", true, &api__integer_null });
#define LIST_OF(one) static const struct spec one##_list = API_ARRAY(one)
LIST_OF(hold);
LIST_OF(asked);
LIST_OF(reply);
LIST_OF(message);
LIST_OF(note);
LIST_OF(check);
LIST_OF(sent);
LIST_OF(proposal);
LIST_OF(outcome);
LIST_OF(decision);
LIST_OF(line);
LIST_OF(recovery);
LIST_OF(finding);
LIST_OF(step);

static const struct spec case_answer = API_OBJECT(
    { "claim", true, &api__id_claim }, { "number", true, &api__short }, { "state", true, &api__claim_state },
    { "version", true, &api__integer }, { "channel", true, &api__channel }, { "facility", true, &api__id_facility },
    { "assigned_to", true, &api__id_person_null }, { "submitted_at", true, &api__moment },
    { "incident", true, &api__id_incident }, { "occurred_on", true, &api__date }, { "payee", true, &payee },
    { "holds", true, &hold_list }, { "requests", true, &asked_list }, { "replies", true, &reply_list },
    { "messages", true, &message_list }, { "notes", true, &note_list }, { "checks", true, &check_list },
    { "evidence", true, &sent_list }, { "proposals", true, &proposal_list }, { "outcomes", true, &outcome_list },
    { "decisions", true, &decision_list }, { "lines", true, &line_list }, { "recoveries", true, &recovery_list },
    { "roster_findings", true, &finding_list }, { "steps", true, &step_list });

/* ---- what the rules say */

static const struct spec fact_check = { .kind = SPEC_OBJECT,
                                        .nullable = true,
                                        .members = API_MEMBERS(
                                            { "check", true, &api__id_check }, { "verdict", true, &staff__code },
                                            { "by", true, &api__id_person }, { "at", true, &api__moment }) };
static const struct spec fact =
    API_OBJECT({ "key", true, &staff__code }, { "value", true, &api__any }, { "value_sha256", true, &api__sha256 },
               { "source", true, &staff__code_null }, { "stands", true, &api__any }, { "check", true, &fact_check },
               { "must_prove", true, &api__bool_spec }, { "open", true, &api__bool_spec });
static const struct spec fact_list = API_ARRAY(fact);
static const struct spec way =
    API_OBJECT({ "pointer", true, &staff__code }, { "name_ja", false, &api__short }, { "name_en", false, &api__short },
               { "kind", false, &staff__code }, { "with", false, &api__any });
static const struct spec way_list = API_ARRAY(way);
static const struct spec way_sets = API_ARRAY(way_list);
static const struct spec why_not = API_OBJECT({ "item", true, &api__item }, { "sets", true, &way_sets });
static const struct spec why_nots = API_ARRAY(why_not);
static const struct spec assessment = API_OBJECT(
    { "claim", true, &api__id_claim }, { "version", true, &api__integer }, { "decision", true, &api__decision },
    { "decision_sha256", true, &api__sha256 }, { "facts", true, &fact_list }, { "to_prove", true, &staff__pointers },
    { "open", true, &staff__pointers }, { "proposable", true, &api__bool_spec }, { "why_not", true, &why_nots },
    { "explanation_ja", true, &api__any }, { "explanation_en", true, &api__any }, { "trace", true, &api__any },
    { "rule_set", true, &api__id_rule_set }, { "calendar", true, &api__id_calendar });

/* ---- versions and story */

static const struct spec facts_version_id = { .kind = SPEC_STRING, .max_length = 40 };
static const struct spec version = API_OBJECT(
    { "facts_version", true, &facts_version_id }, { "version", true, &api__integer }, { "source", true, &staff__code },
    { "at", true, &api__moment }, { "by", true, &api__id_person }, { "occurred_on", true, &api__date },
    { "sha256", true, &api__sha256 }, { "facts", true, &api__facts_asserted }, { "changed", true, &staff__pointers });
static const struct spec version_list = API_ARRAY(version);
static const struct spec versions_answer =
    API_OBJECT({ "claim", true, &api__id_claim }, { "versions", true, &version_list });

static const struct spec told =
    API_OBJECT({ "event", true, &api__id_event }, { "type", true, &staff__code }, { "at", true, &api__moment },
               { "role", true, &staff__code_null }, { "person", true, &api__id_person },
               { "name", true, &api__short_null }, { "version", true, &api__integer_null },
               { "via", true, &staff__code }, { "ja", true, &api__short }, { "en", true, &api__short });
static const struct spec told_list = API_ARRAY(told);
static const struct spec timeline_answer =
    API_OBJECT({ "claim", true, &api__id_claim }, { "events", true, &told_list }, { "more", true, &api__bool_spec });
static const struct http_parameter timeline_query[] = {
  { .name = "reads",
    .kind = HTTP_PARAMETER_FLAG,
    .description_ja = "だれが見たかも含める",
    .description_en = "who looked, too" },
  { .name = NULL },
};

#define CASE_READ(n, p, ja, en, h) \
  STAFF_READ(n, p, "cases", ja, en, h), .path_parameters = staff__claim_path, .etag = HTTP_ETAG_GIVEN
static const struct http_route rows[] = {
  { CASE_READ("readCase", "/v1/cases/{claim}", "申請の記録全体を見る", "Read the whole file of a claim", whole),
    .description_en = "The payee's account stays closed here. The look is an event of its own.",
    .answers = API_ANSWERS(API_OK(case_answer, "everything written about the claim, oldest first in each list")) },
  { CASE_READ("assessCase", "/v1/cases/{claim}/assessment", "規則による見立てを見る", "What the rules say of a claim",
              assess),
    .description_en = "Over the facts as they stand, checks applied; stores nothing but the event of the look.",
    .answers =
        API_ANSWERS(API_OK(assessment, "decision, facts, what must still be proved, and why an item is not payable")),
    .problems = API_PROBLEMS("member_unresolved", "rules_missing", "claim_state") },
  { CASE_READ("listFactsVersions", "/v1/cases/{claim}/facts", "申請内容の版を見る", "Versions of the asserted facts",
              versions),
    .answers = API_ANSWERS(API_OK(versions_answer, "each version whole, with what it changed")) },
  { CASE_READ("readTimeline", "/v1/cases/{claim}/timeline", "申請の経過を見る", "The story of a claim", timeline),
    .query = timeline_query, .answers = API_ANSWERS(API_OK(timeline_answer, "events in order, in words")) },
};
const struct http_route_table api__staff_case = { rows, COUNT_OF(rows) };
