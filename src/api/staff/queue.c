/* queue: the list of claims for those who work on them. */
#include "staff.h"

/* ---- what is asked */

static const char *const listed_states[] = { "submitted", "in_review",       "info_requested", "dormant", "proposed",
                                             "decided",   "reconsideration", "withdrawn",      NULL };
static const char *const whose[] = { "anybody", "nobody", "me", NULL };
static const char *const orders[] = { "oldest", "newest", NULL };
static const struct http_parameter list_query[] = {
  { .name = "state",
    .kind = HTTP_PARAMETER_WORD,
    .repeated = true,
    .words = listed_states,
    .description_ja = "状態。指定がなければ、決定済みと取下げのほかすべて",
    .description_en = "states; all but decided and withdrawn where none is named" },
  { .name = "assigned",
    .kind = HTTP_PARAMETER_WORD,
    .words = whose,
    .description_ja = "だれの担当か",
    .description_en = "whose they are" },
  { .name = "person",
    .kind = HTTP_PARAMETER_ID,
    .prefix = "per_",
    .description_ja = "この人の担当",
    .description_en = "assigned to this person" },
  { .name = "words",
    .kind = HTTP_PARAMETER_TEXT,
    .most = QUEUE_WORDS_MOST,
    .description_ja = "申請番号、施設名、会員名、会員番号など（一部でもよい）",
    .description_en = "a claim's number, a facility's or member's name or number, or a part" },
  { .name = "facility",
    .kind = HTTP_PARAMETER_ID,
    .prefix = "fac_",
    .description_ja = "施設",
    .description_en = "the facility" },
  { .name = "member",
    .kind = HTTP_PARAMETER_ID,
    .prefix = "mem_",
    .description_ja = "会員",
    .description_en = "the member" },
  { .name = "answered",
    .kind = HTTP_PARAMETER_FLAG,
    .description_ja = "審査中で、医療機関の返事のあとにまだ何もしていないもの",
    .description_en = "true: those in review in which nothing was done since the clinic's answer" },
  { .name = "late",
    .kind = HTTP_PARAMETER_FLAG,
    .description_ja = "処理の目安の日を過ぎたもの。決定済みと取下げは含まない",
    .description_en = "true: those whose due_on has passed, and that are open" },
  { .name = "due_within",
    .kind = HTTP_PARAMETER_INTEGER,
    .least = 0,
    .most = QUEUE_DUE_WORKING_DAYS,
    .description_ja = "処理の目安の日を過ぎたか、その日までがこの営業日数以内のもの。決定済みと取下げは含まない",
    .description_en = "those whose due_on has passed or is at most so many working days away, and that are open" },
  { .name = "order",
    .kind = HTTP_PARAMETER_WORD,
    .words = orders,
    .description_ja = "並べ方（既定は古い順）",
    .description_en = "oldest first where nothing is said" },
  API_CURSOR,
  API_LIMIT,
  { .name = NULL },
};

static struct strs states_of(struct http_request *r) {
  struct http_value_list list = http_value_list(&r->query, "state");
  str *states = ARENA_ARRAY(r->arena, str, list.count);
  for (size_t i = 0; i < list.count; i++) states[i] = list.items[i].text;
  return (struct strs){ states, list.count };
}

static struct uuid id_of(struct http_request *r, const char *name) {
  const struct http_value *value = http_value(&r->query, name);
  return value->present ? value->id : (struct uuid){ { 0 } };
}

static enum queue_assigned assigned_of(struct http_request *r) {
  const struct http_value *value = http_value(&r->query, "assigned");
  if (http_value(&r->query, "person")->present) return QUEUE_PERSON;
  if (!value->present) return QUEUE_ANYBODY;
  return str_eq(value->text, STR("me"))       ? QUEUE_PERSON
         : str_eq(value->text, STR("nobody")) ? QUEUE_NOBODY
                                              : QUEUE_ANYBODY;
}

static void read_due(const struct http_request *r, struct queue_request *request) {
  const struct http_value *within = http_value(&r->query, "due_within");
  if (http_value(&r->query, "late")->flag) request->due = QUEUE_DUE_LATE;
  else if (within->present) request->due = QUEUE_DUE_WITHIN;
  request->within = within->number;
}

static struct http_answer list(struct http_request *r) {
  const struct http_value *words = http_value(&r->query, "words"), *order = http_value(&r->query, "order");
  struct queue_request request = { .states = states_of(r),
                                   .assigned = assigned_of(r),
                                   .person = id_of(r, "person"),
                                   .facility = id_of(r, "facility"),
                                   .member = id_of(r, "member"),
                                   .answered = http_value(&r->query, "answered")->flag,
                                   .newest_first = order->present && str_eq(order->text, STR("newest")),
                                   .limit = api__limit(r) };
  struct http_answer answer;
  struct json after;
  if (words->present) request.words = words->text;
  read_due(r, &request);
  if (!api__after(r, &after, &answer)) return answer;
  if (after.kind == JSON_KIND_OBJECT) {
    request.after_at = api__int(&after, "at_us", 0);
    request.after = api__id_in(&after, "claim", "clm_");
  }
  return api__next(r, GATE_CALL(r, queue_list, &request, STR_NONE));
}

static struct http_answer count(struct http_request *r) { return GATE_CALL(r, queue_counts, NULL, STR_NONE); }

/* ---- what comes back */

static const struct spec listed = API_OBJECT(
    { "claim", true, &api__id_claim }, { "number", true, &api__short }, { "state", true, &api__claim_state },
    { "version", true, &api__integer }, { "channel", true, &api__channel }, { "facility", true, &api__id_facility },
    { "facility_key", true, &api__short }, { "facility_name", true, &api__short_null },
    { "member", true, &api__id_member_null }, { "member_number", true, &api__short_null },
    { "occurred_on", true, &api__date }, { "submitted_at", true, &api__moment },
    { "moved_at", true, &api__moment_null }, { "assigned_to", true, &api__id_person_null },
    { "assigned_name", true, &api__short_null }, { "holds", true, &api__integer }, { "due_on", true, &api__date_null },
    { "working_days", true, &api__integer_null }, { "late", true, &api__bool_null });
static const struct spec listed_all = API_ARRAY(listed);
static const struct spec cursor = { .kind = SPEC_STRING,
                                    .nullable = true,
                                    .description = "for ?cursor=; null: this is the end" };
static const struct spec queue_answer = API_OBJECT({ "claims", true, &listed_all }, { "next", true, &cursor });
static const struct spec state_count =
    API_OBJECT({ "state", true, &api__claim_state }, { "claims", true, &api__integer });
static const struct spec state_counts = API_ARRAY(state_count);
static const struct spec counts_answer = API_OBJECT({ "states", true, &state_counts }, { "mine", true, &api__integer },
                                                    { "unassigned", true, &api__integer }, { "due", true, &api__integer },
                                                    { "answered", true, &api__integer });

static const struct http_route rows[] = {
  { STAFF_READ("listCases", "/v1/cases", "cases", "申請の一覧を見る", "List claims", list), .query = list_query,
    .description_en =
        "In the order they came, each with its age in working days and the day by which a decision is aimed for. "
        "Pages neither skip nor repeat a claim that still fits, whatever moves meanwhile.",
    .answers = API_ANSWERS(API_OK(queue_answer, "a page of claims")) },
  { STAFF_READ("countCases", "/v1/cases/counts", "cases", "申請の件数を見る", "Count claims by state", count),
    .answers = API_ANSWERS(API_OK(counts_answer, "how many of each state, mine, and nobody's")) },
};
const struct http_route_table api__staff_queue = { rows, COUNT_OF(rows) };
