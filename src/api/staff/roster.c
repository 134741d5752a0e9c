/* roster: members and facilities as the association knows them: looking up, searching, taking files in. */
#include "staff.h"

/* ---- looking */

static struct http_answer look_up(struct http_request *r) {
  const struct http_value *on = http_value(&r->query, "on");
  struct roster_lookup_request request = { api__id(r, "facility"), on->present ? on->day : day_in_japan(r->at_us) };
  return GATE_CALL(r, roster_look_up, &request, STR_NONE);
}

static struct http_answer search(struct http_request *r) {
  struct roster_search_request request = { http_value(&r->query, "words")->text };
  return GATE_CALL(r, roster_search, &request, STR_NONE);
}

static struct http_answer open_facility(struct http_request *r) {
  struct facility_open_request request = { api__str(&r->json, "reason") };
  return GATE_CALL(r, facility_open, &request, STR_NONE);
}

/* ---- taking files in */

static bool flag(const struct http_request *r, const char *name) {
  const struct http_value *value = http_value(&r->query, name);
  return value->present && value->flag;
}

static struct http_answer finish(struct http_request *r) {
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  struct roster_import_request request = {
    .kind = str_eq(http_value(&r->query, "kind")->text, STR("members")) ? ROSTER_MEMBERS : ROSTER_FACILITIES,
    .file_name = http_value(&r->query, "file_name")->text,
    .bytes = gate_upload_bytes(r),
    .shift_jis = flag(r, "shift_jis"),
    .whole = flag(r, "whole"),
    .preview = flag(r, "preview"),
  };
  result why = gate_roster_import(r, &request, &f, &out);
  return gate_answer(r, why, &f, &out, STR_NONE);
}

static const struct http_stream_in import_stream = { gate_upload_begin, gate_upload_chunk, finish, gate_upload_abandon };

static struct http_answer list_imports(struct http_request *r) { return GATE_CALL(r, roster_imports, NULL, STR_NONE); }

/* ---- specs */

static const struct spec days_closed = API_ARRAY(staff__code);
static const struct spec known_facility = API_OBJECT(
    { "facility", true, &api__id_facility }, { "name", true, &api__short }, { "kind", true, &staff__code },
    { "code", true, &staff__code_null }, { "closed_weekdays", true, &days_closed },
    { "closed_on_holidays", true, &api__bool_spec }, { "from", true, &api__date }, { "until", true, &api__date_null });
static const struct spec *const maybe_facility[] = { &known_facility, NULL };
static const struct spec facility_or_null = { .kind = SPEC_CHOICE, .choices = maybe_facility, .nullable = true };
static const struct spec member_or_null = { .kind = SPEC_OBJECT,
                                            .nullable = true,
                                            .members = API_MEMBERS(
                                                { "member", true, &api__id_member }, { "number", true, &api__short },
                                                { "class", true, &staff__code }, { "name", true, &api__short },
                                                { "relation", true, &staff__code }) };
static const struct spec look_up_answer =
    API_OBJECT({ "facility", true, &api__id_facility }, { "key", true, &api__short }, { "on", true, &api__date },
               { "known", true, &facility_or_null }, { "member", true, &member_or_null });
static const struct spec facilities = API_ARRAY(known_facility);
static const struct spec search_answer = API_OBJECT({ "facilities", true, &facilities });
static const struct spec opened_answer =
    API_OBJECT({ "facility", true, &api__id_facility }, { "key", true, &api__short });
static const struct spec change =
    API_OBJECT({ "table", true, &staff__code }, { "key", true, &api__short }, { "what", true, &staff__code },
               { "line", true, &api__integer_null }, { "before", true, &api__any }, { "after", true, &api__any });
static const struct spec changes = API_ARRAY(change);
static const struct spec import_answer = API_OBJECT(
    { "import", true, &api__id_import_null }, { "kind", true, &staff__code }, { "encoding", true, &staff__code },
    { "lines", true, &api__integer }, { "added", true, &api__integer }, { "changed", true, &api__integer },
    { "ended", true, &api__integer }, { "decisions_touched", true, &api__integer }, { "changes", true, &changes });

static const struct spec import_told = API_OBJECT(
    { "import", true, &api__id_import_null }, { "kind", true, &staff__code }, { "file_name", true, &api__short },
    { "file_sha256", true, &api__sha256 }, { "encoding", true, &staff__code }, { "lines", true, &api__integer },
    { "added", true, &api__integer }, { "changed", true, &api__integer }, { "ended", true, &api__integer }, { "at", true, &api__moment },
    { "by", true, &api__id_person }, { "name", true, &api__short }, { "findings", true, &api__integer }, { "open", true, &api__integer });
static const struct spec imports_told = API_ARRAY(import_told);
static const struct spec imports_answer = API_OBJECT({ "imports", true, &imports_told });

/* ---- the table */

static const char *const kinds[] = { "members", "facilities", NULL };
static const char *const csv_types[] = { "text/csv", "application/octet-stream", NULL };
static const struct http_parameter look_up_query[] = {
  { .name = "on",
    .kind = HTTP_PARAMETER_DAY,
    .description_ja = "基準日（既定は今日）",
    .description_en = "on which day; today where nothing is said" },
  { .name = NULL },
};
static const struct http_parameter search_query[] = {
  { .name = "words",
    .kind = HTTP_PARAMETER_TEXT,
    .required = true,
    .most = 100,
    .description_ja = "施設名か番号の一部",
    .description_en = "a part of a facility's name or code" },
  { .name = NULL },
};
static const struct http_parameter import_query[] = {
  { .name = "kind",
    .kind = HTTP_PARAMETER_WORD,
    .required = true,
    .words = kinds,
    .description_ja = "会員か施設か",
    .description_en = "of what" },
  { .name = "file_name",
    .kind = HTTP_PARAMETER_TEXT,
    .required = true,
    .most = 200,
    .description_ja = "ファイル名",
    .description_en = "the file's name, without folders" },
  { .name = "shift_jis",
    .kind = HTTP_PARAMETER_FLAG,
    .description_ja = "Shift_JISのファイル",
    .description_en = "the file is Shift_JIS" },
  { .name = "whole",
    .kind = HTTP_PARAMETER_FLAG,
    .description_ja = "名簿の全体（ないものは終わりとする）",
    .description_en = "the whole roster: what it does not name is known no more" },
  { .name = "preview",
    .kind = HTTP_PARAMETER_FLAG,
    .description_ja = "見比べるだけで取り込まない",
    .description_en = "compare, and take nothing" },
  { .name = NULL },
};

static const struct http_route rows[] = {
  { API_ROW("lookUpFacility", HTTP_GET, "/v1/roster/facilities/{facility}", "roster", "名簿で施設と会員を調べる",
            "A facility and its member on a day"),
    .realms = HTTP_STAFF, .roles = STAFF_ANY, .path_parameters = api__facility_path, .query = look_up_query,
    .handler = look_up, .answers = API_ANSWERS(API_OK(look_up_answer, "what the roster says of that day")) },
  { API_ROW("searchFacilities", HTTP_GET, "/v1/roster/facilities", "roster", "名簿で施設を探す", "Search facilities"),
    .realms = HTTP_STAFF, .roles = STAFF_ANY, .query = search_query, .handler = search,
    .answers = API_ANSWERS(API_OK(search_answer, "at most 50")), .problems = API_PROBLEMS("search_empty") },
  { STAFF_POST("openFacility", "/v1/roster/facilities", "roster", "名簿にない施設を登録する",
               "Open a facility that the roster does not know", HTTP_ROLE_PROXY | STAFF_HOLDS, open_facility),
    STAFF_BODY(staff__reason),
    .description_en = "So that its claim can be taken; the claim is held until the roster knows it.",
    .answers = API_ANSWERS(API_CREATED(opened_answer, "opened under a key of its own")) },
  { API_ROW("listRosterImports", HTTP_GET, "/v1/roster/imports", "roster", "取り込んだ名簿の一覧を見る", "Roster files that were taken"),
    .realms = HTTP_STAFF, .roles = HTTP_ROLE_OWNER, .handler = list_imports,
    .answers = API_ANSWERS(API_OK(imports_answer, "the newest 50, each with what it did to decisions")) },
  { API_ROW("importRoster", HTTP_POST, "/v1/roster/imports", "roster", "名簿を取り込む", "Take a roster file"),
    .realms = HTTP_STAFF, .roles = HTTP_ROLE_OWNER, .persons_only = true, .idempotent = true, .query = import_query,
    .lane = HTTP_LANE_SLOW, .body = HTTP_BODY_STREAM, .body_types = csv_types, .body_limit_bytes = ROSTER_MOST_BYTES,
    .stream = &import_stream,
    .description_en =
        "CSV as include/service/shienkin/service/roster.h tells; taken whole or not at all. Every bad line is an error of its own.",
    .answers = API_ANSWERS(API_OK(import_answer, "a preview"), API_CREATED(import_answer, "taken")),
    .problems = API_PROBLEMS("roster_header", "roster_encoding", "roster_shift_jis") },
};
const struct http_route_table api__staff_roster = { rows, COUNT_OF(rows) };
