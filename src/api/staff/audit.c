/* audit: numbers for the staff and auditors; the trail, its kinds, and a decision traced, for auditors. */
#include "staff.h"

static struct http_answer numbers(struct http_request *r) {
  const struct http_value *from = http_value(&r->query, "from");
  struct statistics_request request = { from->present ? from->day : DAY_NONE };
  return GATE_CALL(r, statistics_view, &request, STR_NONE);
}

static struct uuid id_of(const struct http_request *r, const char *name) {
  const struct http_value *value = http_value(&r->query, name);
  return value->present ? value->id : (struct uuid){ { 0 } };
}

static struct http_answer events(struct http_request *r) {
  const struct http_value *type = http_value(&r->query, "type");
  struct audit_events_request request = { .claim = id_of(r, "claim"),
                                          .person = id_of(r, "person"),
                                          .limit = api__limit(r) };
  struct http_answer answer;
  struct json after;
  if (!api__after(r, &after, &answer)) return answer;
  if (after.kind == JSON_KIND_INTEGER && after.fits) request.after = after.integer;
  if (type->present) request.type = type->text;
  return api__next(r, GATE_CALL(r, audit_events, &request, STR_NONE));
}

static struct http_answer types(struct http_request *r) { return http_json(HTTP_OK, event_types_json(r->arena)); }

static struct http_answer trace(struct http_request *r) {
  struct audit_trace_request request = { api__id(r, "decision") };
  return GATE_CALL(r, audit_trace, &request, STR_NONE);
}

static struct http_answer find(struct http_request *r) {
  struct audit_find_request request = { http_value(&r->query, "id")->text };
  return GATE_CALL(r, audit_find, &request, STR_NONE);
}

/* ---- specs */

static const struct spec state = API_OBJECT({ "state", true, &api__claim_state }, { "claims", true, &api__integer },
                                            { "decided_yen", true, &api__yen });
static const struct spec outcome = API_OBJECT({ "outcome", true, &staff__code }, { "decisions", true, &api__integer },
                                              { "amount_yen", true, &api__yen }, { "potential_yen", true, &api__yen });
static const struct spec outcomes = API_ARRAY(outcome);
static const struct spec item =
    API_OBJECT({ "item", true, &api__item }, { "amount_yen", true, &api__yen }, { "outcomes", true, &outcomes });
static const struct spec month_name = { .kind = SPEC_STRING, .max_length = 7, .description = "2026-05" };
static const struct spec month = API_OBJECT({ "month", true, &month_name }, { "submitted", true, &api__integer },
                                            { "decided", true, &api__integer }, { "decided_yen", true, &api__yen });
static const struct spec prefecture_code = { .kind = SPEC_STRING, .nullable = true, .max_length = 2,
                                             .description = "JIS X 0401, 01 to 47; null where the roster has no code of the facility" };
static const struct spec prefecture = API_OBJECT({ "prefecture", true, &prefecture_code }, { "claims", true, &api__integer },
                                                 { "decided_yen", true, &api__yen });
static const struct spec prefecture_list = API_ARRAY(prefecture);
static const struct spec pace =
    API_OBJECT({ "decisions", true, &api__integer }, { "median_s", true, &api__integer_null },
               { "p90_s", true, &api__integer_null });
static const struct spec awaiting = API_OBJECT({ "decisions", true, &api__integer }, { "of", true, &api__integer });
static const struct spec state_list = API_ARRAY(state), item_list = API_ARRAY(item), month_list = API_ARRAY(month);
static const struct spec numbers_answer =
    API_OBJECT({ "as_of", true, &api__moment }, { "from", true, &api__date }, { "states", true, &state_list },
               { "items", true, &item_list }, { "months", true, &month_list }, { "prefectures", true, &prefecture_list },
               { "time_to_decision", true, &pace }, { "awaiting_filing", true, &awaiting });

static const struct spec plain_id = { .kind = SPEC_STRING, .format = "uuid", .max_length = 36 };
static const struct spec subject = API_OBJECT({ "type", true, &staff__code }, { "id", true, &plain_id });
static const struct spec body_text = { .kind = SPEC_STRING,
                                       .description = "canonical JSON, byte for byte what the log's leaf commits to" };
static const struct spec event =
    API_OBJECT({ "seq", true, &api__integer }, { "event", true, &api__id_event }, { "type", true, &staff__code },
               { "at", true, &api__moment }, { "role", true, &staff__code_null }, { "via", true, &staff__code },
               { "account", true, &api__id_account }, { "person", true, &api__id_person },
               { "request", true, &staff__code_null }, { "claim", true, &api__id_claim_null },
               { "version", true, &api__integer_null }, { "subject", true, &subject }, { "body", true, &body_text });
static const struct spec event_list = API_ARRAY(event);
static const struct spec cursor = { .kind = SPEC_STRING,
                                    .nullable = true,
                                    .description = "for ?cursor=; null: this is the end" };
static const struct spec person = API_OBJECT({ "person", true, &api__id_person }, { "name", true, &api__short });
static const struct spec people = API_ARRAY(person);
static const struct spec events_answer =
    API_OBJECT({ "events", true, &event_list }, { "people", true, &people }, { "next", true, &cursor });
static const struct spec event_kind = API_OBJECT(
    { "name", true, &staff__code }, { "subject", true, &staff__code_null }, { "reads", true, &api__bool_spec },
    { "moves_claim", true, &api__bool_spec }, { "schema", true, &api__object });
static const struct spec event_kinds = API_ARRAY(event_kind);

#define BY \
  { "by", true, &api__id_person }, { "at", true, &api__moment }
static const struct spec other_id = { .kind = SPEC_STRING, .max_length = 40 };
static const struct spec decision = API_OBJECT(
    { "decision", true, &api__id_decision }, { "claim", true, &api__id_claim }, { "claim_number", true, &api__short },
    { "incident", true, &api__id_incident }, { "number", true, &api__integer }, { "outcome", true, &api__outcome }, { "total_yen", true, &api__yen },
    { "sha256", true, &api__sha256 }, { "trace_sha256", true, &api__sha256 }, BY, { "document", true, &api__decision },
    { "trace", true, &api__any });
static const struct spec proposal =
    API_OBJECT({ "proposal", true, &api__id_proposal }, { "decision_sha256", true, &api__sha256 },
               { "reconsideration", true, &api__id_reconsideration_null }, BY);
static const struct spec approval = API_OBJECT(BY);
static const struct spec rules = API_OBJECT({ "rule_set", true, &api__id_rule_set }, { "first_day", true, &api__date },
                                            { "revision", true, &api__integer }, { "id", true, &api__short },
                                            { "version", true, &api__short }, { "sha256", true, &api__sha256 }, BY);
static const struct spec day_list = API_ARRAY(api__date);
static const struct spec calendar =
    API_OBJECT({ "calendar", true, &api__id_calendar }, { "version", true, &api__short },
               { "sha256", true, &api__sha256 }, { "holidays", true, &day_list });
static const struct spec snapshot = API_OBJECT(
    { "snapshot", true, &other_id }, { "facts_version", true, &other_id }, { "version", true, &api__integer },
    { "sha256", true, &api__sha256 }, { "roster_known_at", true, &api__moment }, BY, { "facts", true, &api__object });
static const struct spec files = API_ARRAY(api__id_evidence);
static const struct spec check = { .kind = SPEC_OBJECT,
                                   .nullable = true,
                                   .members = API_MEMBERS(
                                       { "check", true, &api__id_check }, { "verdict", true, &staff__code },
                                       { "reason", true, &api__text_null }, { "evidence", true, &files }, BY) };
static const struct spec fact =
    API_OBJECT({ "key", true, &staff__code }, { "source", true, &staff__code }, { "asserted", true, &api__any },
               { "value", true, &api__any }, { "check", true, &check });
static const struct spec file = API_OBJECT({ "evidence", true, &api__id_evidence }, { "length", true, &api__integer },
                                           { "sha256", true, &api__sha256 }, { "media_type", true, &staff__code }, BY);
static const struct spec line = API_OBJECT({ "line", true, &api__id_line }, { "item", true, &api__item },
                                           { "amount_yen", true, &api__yen }, { "state", true, &staff__code });
static const struct spec recovery =
    API_OBJECT({ "recovery", true, &api__id_recovery }, { "item", true, &api__item }, { "amount_yen", true, &api__yen },
               { "cancelled", true, &api__bool_spec });
static const struct spec step =
    API_OBJECT({ "seq", true, &api__integer }, { "event", true, &api__id_event }, { "type", true, &staff__code },
               { "role", true, &staff__code_null }, { "version", true, &api__integer_null }, BY);
static const struct spec proof =
    API_OBJECT({ "what", true, &staff__code }, { "stored", true, &api__sha256_null }, { "found", true, &api__sha256_null },
               { "same", true, &api__bool_spec });
static const struct spec proofs = API_ARRAY(proof);
static const struct spec recomputed =
    API_OBJECT({ "identical", true, &api__bool_spec }, { "refused", true, &staff__code_null }, { "checks", true, &proofs });
static const struct spec facts = API_ARRAY(fact), evidence = API_ARRAY(file), lines = API_ARRAY(line),
                         recoveries = API_ARRAY(recovery), steps = API_ARRAY(step);
static const struct spec trace_answer =
    API_OBJECT({ "decision", true, &decision }, { "proposal", true, &proposal }, { "approval", true, &approval },
               { "rules", true, &rules }, { "calendar", true, &calendar }, { "snapshot", true, &snapshot },
               { "facts", true, &facts }, { "evidence", true, &evidence }, { "lines", true, &lines },
               { "recoveries", true, &recoveries }, { "recomputed", true, &recomputed }, { "events", true, &steps }, { "people", true, &people });
static const struct spec decision_or_none = { .kind = SPEC_STRING, .nullable = true, .max_length = 40 };
static const struct spec find_answer =
    API_OBJECT({ "claim", true, &api__id_claim }, { "decision", true, &decision_or_none });

/* ---- the table */

static const struct http_parameter numbers_query[] = {
  { .name = "from",
    .kind = HTTP_PARAMETER_DAY,
    .description_ja = "この日から（既定は1年前の月初）",
    .description_en = "months and times to decision since; a year where nothing is said" },
  { .name = NULL },
};
static const struct http_parameter events_query[] = {
  { .name = "claim",
    .kind = HTTP_PARAMETER_ID,
    .prefix = "clm_",
    .description_ja = "申請",
    .description_en = "of this claim" },
  { .name = "person",
    .kind = HTTP_PARAMETER_ID,
    .prefix = "per_",
    .description_ja = "人",
    .description_en = "by this person" },
  { .name = "type",
    .kind = HTTP_PARAMETER_TEXT,
    .most = 100,
    .description_ja = "記録の種類",
    .description_en = "of this kind" },
  API_CURSOR,
  API_LIMIT,
  { .name = NULL },
};
static const struct http_parameter find_query[] = {
  { .name = "id",
    .kind = HTTP_PARAMETER_TEXT,
    .required = true,
    .most = 40,
    .description_ja = "決定、支払う額、返していただく額、書類などの識別子",
    .description_en = "of a decision, an entitlement's line, a recovery, a file and so on" },
  { .name = NULL },
};
static const struct http_parameter decision_path[] = { API_ID("decision", "dec_", "決定", "the decision"),
                                                       { .name = NULL } };

#define AUDITOR_READ(n, p, ja, en, h) \
  API_ROW(n, HTTP_GET, p, "audit", ja, en), .realms = HTTP_AUDITOR, .roles = HTTP_ROLE_AUDITOR, .handler = (h)
static const struct http_route rows[] = {
  { API_ROW("readStatistics", HTTP_GET, "/v1/statistics", "statistics", "統計を見る", "Numbers over all claims"),
    .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = STAFF_HOLDS | HTTP_ROLE_CASHIER | HTTP_ROLE_AUDITOR,
    .query = numbers_query, .handler = numbers,
    .answers = API_ANSWERS(API_OK(numbers_answer, "claims, yen and times; of nobody in particular")) },
  { AUDITOR_READ("readTrail", "/v1/audit/events", "記録を見る", "Walk the trail", events), .query = events_query,
    .description_en = "Events in order, each with the very text that its leaf in the log commits to.",
    .answers = API_ANSWERS(API_OK(events_answer, "a page of events")), .problems = API_PROBLEMS("event_type") },
  { API_ROW("readEventTypes", HTTP_GET, "/v1/audit/event-types", "audit", "記録の種類を見る",
            "Kinds of events and what their bodies hold"),
    .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = STAFF_ANY | HTTP_ROLE_AUDITOR, .handler = types,
    .answers = API_ANSWERS(API_OK(event_kinds, "the one table that events are written by")) },
  { AUDITOR_READ("findRecord", "/v1/audit/find", "識別子から申請と決定を探す", "The claim and the decision that an id belongs to",
                 find),
    .query = find_query, .answers = API_ANSWERS(API_OK(find_answer, "where the id leads")), .problems = API_PROBLEMS("not_found") },
  { AUDITOR_READ("traceDecision", "/v1/audit/decisions/{decision}", "決定の根拠をたどる",
                 "Follow a decision back to what it rests on", trace),
    .path_parameters = decision_path, .lane = HTTP_LANE_SLOW,
    .answers = API_ANSWERS(API_OK(trace_answer, "rules, facts, checks, files, people, events")) },
};
const struct http_route_table api__staff_audit = { rows, COUNT_OF(rows) };
