/* rules: rule sets and calendars: one owner publishes, another confirms, both with their second factor. */
#include "staff.h"

enum { RULES_MOST_BYTES = 4 << 20, CALENDAR_MOST_BYTES = 1 << 20 };

static struct http_answer list(struct http_request *r) { return GATE_CALL(r, rules_list, NULL, STR_NONE); }

static struct http_answer publish(struct http_request *r) {
  struct rules_publish_request request = { r->body };
  return GATE_CALL(r, rules_publish, &request, STR_NONE);
}

static struct http_answer confirm(struct http_request *r) {
  struct rules_confirm_request request = { api__id(r, "rule_set") };
  return GATE_CALL(r, rules_confirm, &request, STR_NONE);
}

static struct http_answer differences(struct http_request *r) {
  struct rules_differences_request request = { .rule_set = api__id(r, "rule_set"), .limit = api__limit(r) };
  struct http_answer answer;
  struct json after;
  if (!api__after(r, &after, &answer)) return answer;
  if (after.kind == JSON_KIND_STRING && !uuid_from_outside(json_text(&after), "dec_", &request.after))
    return HTTP_PROBLEM(r, &http_problem_invalid_parameter);
  return api__next(r, GATE_CALL(r, rules_differences, &request, STR_NONE));
}

static struct http_answer publish_calendar(struct http_request *r) {
  struct calendar_publish_request request = { r->body };
  return GATE_CALL(r, calendar_publish, &request, STR_NONE);
}

static struct http_answer confirm_calendar(struct http_request *r) {
  struct calendar_confirm_request request = { api__id(r, "calendar") };
  return GATE_CALL(r, calendar_confirm, &request, STR_NONE);
}

static struct http_answer list_declarations(struct http_request *r) { return GATE_CALL(r, declaration_list, NULL, STR_NONE); }

static struct http_answer publish_declaration(struct http_request *r) {
  struct declaration_publish_request request = { api__str(&r->json, "version"), api__str(&r->json, "ja"),
                                                 api__str(&r->json, "en") };
  return GATE_CALL(r, declaration_publish, &request, STR_NONE);
}

static struct http_answer confirm_declaration(struct http_request *r) {
  struct declaration_confirm_request request = { api__id(r, "declaration") };
  return GATE_CALL(r, declaration_confirm, &request, STR_NONE);
}

static struct http_answer read_scenarios(struct http_request *r) {
  struct rules_scenarios_request request = { api__id(r, "rule_set") };
  return GATE_CALL(r, rules_scenarios, &request, STR_NONE);
}

static struct http_answer add_scenario(struct http_request *r) {
  struct rules_scenario_add_request request = { api__id(r, "rule_set"), r->body };
  return GATE_CALL(r, rules_scenario_add, &request, STR_NONE);
}

/* ---- specs */

static const struct spec rule_set =
    API_OBJECT({ "rule_set", true, &api__id_rule_set }, { "first_day", true, &api__date },
               { "revision", true, &api__integer }, { "id", true, &api__short }, { "version", true, &api__short },
               { "sha256", true, &api__sha256 }, { "published_at", true, &api__moment_null });
static const struct spec calendar = API_OBJECT({ "calendar", true, &api__id_calendar }, { "kind", true, &staff__code },
                                               { "version", true, &api__short }, { "sha256", true, &api__sha256 });
static const struct spec rule_sets = API_ARRAY(rule_set), calendars = API_ARRAY(calendar);
static const struct spec list_answer = API_OBJECT({ "rule_sets", true, &rule_sets }, { "waiting", true, &rule_sets },
                                                  { "calendars_waiting", true, &calendars });
static const struct spec published =
    API_OBJECT({ "rule_set", true, &api__id_rule_set }, { "scheme", true, &staff__code },
               { "first_day", true, &api__date }, { "revision", true, &api__integer }, { "id", true, &api__short },
               { "version", true, &api__short }, { "sha256", true, &api__sha256 });
static const struct spec confirmed =
    API_OBJECT({ "rule_set", true, &api__id_rule_set }, { "published_at", true, &api__moment });
static const struct spec calendar_confirmed =
    API_OBJECT({ "calendar", true, &api__id_calendar }, { "published_at", true, &api__moment });
static const struct spec sum = API_OBJECT({ "outcome", true, &api__outcome }, { "total_yen", true, &api__yen });
static const struct spec difference =
    API_OBJECT({ "claim", true, &api__id_claim }, { "number", true, &api__short }, { "decision", true, &api__id_decision },
               { "was", true, &sum }, { "now", true, &sum }, { "items", true, &api__any });
static const struct spec unreadable =
    API_OBJECT({ "claim", true, &api__id_claim }, { "number", true, &api__short }, { "code", true, &staff__code });
static const struct spec difference_list = API_ARRAY(difference), unreadable_list = API_ARRAY(unreadable);
static const struct spec cursor = { .kind = SPEC_STRING,
                                    .nullable = true,
                                    .description = "for ?cursor=; null: this is the end" };
static const struct spec differences_answer =
    API_OBJECT({ "compared", true, &api__integer }, { "differ", true, &difference_list },
               { "unreadable", true, &unreadable_list }, { "done", true, &api__integer },
               { "all", true, &api__integer }, { "next", true, &cursor });

static const struct spec scenario_id = { .kind = SPEC_STRING, .max_length = 40 };
static const struct spec scenario_added =
    API_OBJECT({ "scenario", true, &scenario_id }, { "rule_set", true, &api__id_rule_set }, { "sha256", true, &api__sha256 },
               { "cases", true, &api__integer }, { "failed", true, &api__integer });
static const struct spec clause_list = API_ARRAY(staff__code);
static const struct spec case_difference =
    API_OBJECT({ "where", true, &api__any }, { "expected", true, &api__any }, { "got", true, &api__any });
static const struct spec case_differences = API_ARRAY(case_difference);
static const struct spec case_one =
    API_OBJECT({ "name", true, &api__any }, { "name_en", true, &api__any }, { "clauses", true, &clause_list },
               { "held", true, &api__bool_spec }, { "differences", true, &case_differences },
               { "fault_ja", true, &api__text_null }, { "fault_en", true, &api__text_null });
static const struct spec case_list = API_ARRAY(case_one);
static const struct spec case_table = API_OBJECT({ "scenario", true, &scenario_id }, { "about", true, &api__any },
                                                 { "sha256", true, &api__sha256 }, { "at", true, &api__moment },
                                                 { "failed", true, &api__integer }, { "cases", true, &case_list });
static const struct spec case_tables = API_ARRAY(case_table);
static const struct spec scenarios_answer =
    API_OBJECT({ "rule_set", true, &api__id_rule_set }, { "cases", true, &api__integer }, { "failed", true, &api__integer },
               { "tables", true, &case_tables });

static const struct spec declaration_id = { .kind = SPEC_STRING, .max_length = 40 };
static const struct spec version = { .kind = SPEC_STRING, .max_length = DECLARATION_VERSION_MOST };
static const struct spec words = { .kind = SPEC_STRING, .max_length = DECLARATION_TEXT_MOST };
static const struct spec declaration_body =
    API_OBJECT({ "version", true, &version }, { "ja", true, &words }, { "en", true, &words });
static const struct spec declaration_published =
    API_OBJECT({ "declaration", true, &declaration_id }, { "version", true, &version });
static const struct spec declaration_confirmed =
    API_OBJECT({ "declaration", true, &declaration_id }, { "published_at", true, &api__moment });
static const struct spec declaration =
    API_OBJECT({ "declaration", true, &declaration_id }, { "version", true, &version }, { "ja", true, &words },
               { "en", true, &words }, { "published_at", true, &api__moment_null });
static const struct spec declarations = API_ARRAY(declaration);
static const struct spec declarations_answer =
    API_OBJECT({ "declarations", true, &declarations }, { "waiting", true, &declarations });

/* ---- the table */

static const char *const model_types[] = { "application/dmn+xml", "application/xml", "text/xml", NULL };
static const char *const scenario_types[] = { "application/json", NULL };
static const char *const calendar_types[] = { "text/plain", NULL };
static const struct http_parameter rule_set_path[] = { API_ID("rule_set", "rul_", "規則", "the rule set"),
                                                       { .name = NULL } };
static const struct http_parameter calendar_path[] = { API_ID("calendar", "cal_", "暦", "the calendar"),
                                                       { .name = NULL } };

static const struct http_parameter declaration_path[] = { API_ID("declaration", "dcl_", "誓約の文面", "the text"),
                                                          { .name = NULL } };

#define OWNER(n, p, ja, en, h) \
  STAFF_POST(n, p, "rules", ja, en, HTTP_ROLE_OWNER, h), STAFF_STEP_UP, .lane = HTTP_LANE_SLOW
static const struct http_route rows[] = {
  { API_ROW("listRules", HTTP_GET, "/v1/rule-sets", "rules", "規則の一覧を見る",
            "List rule sets and what waits for a second owner"),
    .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = STAFF_ANY | HTTP_ROLE_AUDITOR, .handler = list,
    .answers = API_ANSWERS(API_OK(list_answer, "published ones, and those that wait")) },
  { OWNER("publishRules", "/v1/rule-sets", "規則を登録する", "Put a rule set forward", publish),
    .body = HTTP_BODY_BYTES, .body_types = model_types, .body_limit_bytes = RULES_MOST_BYTES,
    .description_en =
        "One self-contained DMN file, run over every combination of yes, no and unknown first. Without effect until another owner confirms.",
    .answers = API_ANSWERS(API_CREATED(published, "waits for a second owner")),
    .problems = API_PROBLEMS("rules_broken", "rules_not_later") },
  { OWNER("confirmRules", "/v1/rule-sets/{rule_set}/confirm", "規則を公布する", "Confirm a rule set", confirm),
    .path_parameters = rule_set_path,
    .answers = API_ANSWERS(API_OK(confirmed, "published; it decides what falls to it from now on")),
    .problems = API_PROBLEMS("second_owner") },
  { API_ROW("readRuleScenarios", HTTP_GET, "/v1/rule-sets/{rule_set}/scenarios", "rules", "規則の事例を試す",
            "Run the cases beside a rule set"),
    .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = STAFF_ANY | HTTP_ROLE_AUDITOR, .path_parameters = rule_set_path,
    .lane = HTTP_LANE_SLOW, .handler = read_scenarios,
    .answers = API_ANSWERS(API_OK(scenarios_answer, "every case, run now")) },
  { OWNER("addRuleScenarios", "/v1/rule-sets/{rule_set}/scenarios", "規則に事例表を添える", "Put a table of cases beside a rule set",
          add_scenario),
    .path_parameters = rule_set_path, .body = HTTP_BODY_BYTES, .body_types = scenario_types,
    .body_limit_bytes = CASE_TABLE_BYTES_MOST,
    .description_en = "A base claim, cases that change it, and what is expected of each, as rules/README.md describes. It decides nothing.",
    .answers = API_ANSWERS(API_CREATED(scenario_added, "how many cases there are, and how many fail")),
    .problems = API_PROBLEMS("rule_scenario_cases") },
  { API_ROW("readRulesDifferences", HTTP_GET, "/v1/rule-sets/{rule_set}/differences", "rules",
            "規則による決定の違いを見る", "What a rule set would decide differently"),
    .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR, .path_parameters = rule_set_path,
    .query = api__list_query, .lane = HTTP_LANE_SLOW, .handler = differences,
    .description_en =
        "Standing decisions that fall to it, decided again over the facts they were decided over. No decision changes by it.",
    .answers = API_ANSWERS(API_OK(differences_answer, "a batch of differences")) },
  { OWNER("publishCalendar", "/v1/calendars", "暦を登録する", "Put a calendar forward", publish_calendar),
    .body = HTTP_BODY_BYTES, .body_types = calendar_types, .body_limit_bytes = CALENDAR_MOST_BYTES,
    .answers = API_ANSWERS(API_CREATED(calendar, "waits for a second owner")) },
  { OWNER("confirmCalendar", "/v1/calendars/{calendar}/confirm", "暦を公布する", "Confirm a calendar",
          confirm_calendar),
    .path_parameters = calendar_path, .answers = API_ANSWERS(API_OK(calendar_confirmed, "published")),
    .problems = API_PROBLEMS("second_owner") },
  { API_ROW("listDeclarations", HTTP_GET, "/v1/declarations", "rules", "誓約の文面の一覧を見る",
            "List texts of the declaration and what waits for a second owner"),
    .realms = HTTP_STAFF | HTTP_AUDITOR, .roles = STAFF_ANY | HTTP_ROLE_AUDITOR, .handler = list_declarations,
    .answers = API_ANSWERS(API_OK(declarations_answer, "published ones, the newest first, and those that wait")) },
  { STAFF_POST("publishDeclaration", "/v1/declarations", "rules", "誓約の文面を登録する", "Put a text of the declaration forward",
               HTTP_ROLE_OWNER, publish_declaration),
    STAFF_STEP_UP, STAFF_BODY(declaration_body), .description_en = "Without effect until another owner confirms.",
    .answers = API_ANSWERS(API_CREATED(declaration_published, "waits for a second owner")) },
  { STAFF_POST("confirmDeclaration", "/v1/declarations/{declaration}/confirm", "rules", "誓約の文面を公布する",
               "Confirm a text of the declaration", HTTP_ROLE_OWNER, confirm_declaration),
    .path_parameters = declaration_path, STAFF_STEP_UP,
    .answers = API_ANSWERS(API_OK(declaration_confirmed, "published; it is what claimants declare from now on")),
    .problems = API_PROBLEMS("second_owner") },
};
const struct http_route_table api__staff_rules = { rows, COUNT_OF(rows) };
