/* queue: the list of claims for those who work on them. Filters are a form that is read back from the address, so that a list can
 * be kept, sent and gone back to; pages go on by cursor, oldest first. */
#include "casework.h"
#include "routes.h"

enum { ROWS = 25 };

/* ---- what is asked */

static const char *const filters[] = { "open", "submitted", "in_review", "info_requested", "dormant", "proposed", "reconsideration",
                                       "decided", "withdrawn", "all", NULL };
static const char *const whose[] = { "anybody", "me", "nobody", NULL };
static const char *const waits[] = { "whatever", "answered", "late", "soon", NULL };
static const char *const orders[] = { "oldest", "newest", NULL };
static const str every_state[] = { STR_INIT("submitted"), STR_INIT("in_review"), STR_INIT("info_requested"), STR_INIT("dormant"),
                                   STR_INIT("proposed"), STR_INIT("reconsideration"), STR_INIT("decided"), STR_INIT("withdrawn") };

static str asked(const struct http_request *r, const char *name, const char *otherwise) {
  const struct http_value *value = http_value(&r->query, name);
  return value->present && value->text.n ? value->text : str_of(otherwise);
}

static struct strs states_of(struct http_request *r) {
  str state = asked(r, "state", "open");
  if (str_eq(state, STR("open"))) return (struct strs){ NULL, 0 };
  if (str_eq(state, STR("all"))) return (struct strs){ every_state, COUNT_OF(every_state) };
  str *one = ARENA_NEW(r->arena, str);
  *one = state;
  return (struct strs){ one, 1 };
}

static struct uuid id_of(const struct http_request *r, const char *name) {
  const struct http_value *value = http_value(&r->query, name);
  return value->present ? value->id : (struct uuid){ { 0 } };
}

static bool read_place(struct http_request *r, struct queue_request *request) {
  const struct http_value *cursor = http_value(&r->query, "cursor");
  struct json position;
  if (!cursor->present) return true;
  if (http_cursor_read(r, cursor->text, &position) != RESULT_OK) return false;
  request->after_at = page_int(&position, "at_us");
  return uuid_from_outside(page_member(&position, "claim"), "clm_", &request->after);
}

static bool read_request(struct http_request *r, struct queue_request *request) {
  str assigned = asked(r, "assigned", "anybody");
  *request = (struct queue_request){ .states = states_of(r), .words = str_trim(asked(r, "words", "")),
                                     .facility = id_of(r, "facility"), .member = id_of(r, "member"),
                                     .newest_first = str_eq(asked(r, "order", "oldest"), STR("newest")), .limit = ROWS };
  str wait = asked(r, "waits", "whatever");
  request->answered = str_eq(wait, STR("answered"));
  request->due = str_eq(wait, STR("late")) ? QUEUE_DUE_LATE : str_eq(wait, STR("soon")) ? QUEUE_DUE_WITHIN : QUEUE_DUE_WHENEVER;
  request->within = QUEUE_SOON_WORKING_DAYS;
  request->assigned = str_eq(assigned, STR("me")) ? QUEUE_PERSON : str_eq(assigned, STR("nobody")) ? QUEUE_NOBODY : QUEUE_ANYBODY;
  return read_place(r, request);
}

/* ---- the filter's form */

static struct json choices(struct page *p, const char *const *words, const char *family, str chosen) {
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; words[i]; i++) {
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "choice_value", str_of(words[i]));
    page_set_str(&o, "choice_label", casework__word(p, family, str_of(words[i])));
    page_set_bool(&o, "chosen", str_eq(chosen, str_of(words[i])));
    page_push(&list, page_json(&o));
  }
  return page_items(&list);
}

static void add_filter(struct page *p) {
  struct http_request *r = p->r;
  const struct http_value *facility = http_value(&r->query, "facility"), *member = http_value(&r->query, "member");
  struct page_object o = page_object(p->arena);
  page_set(&o, "states", choices(p, filters, "filter", asked(r, "state", "open")));
  page_set(&o, "whose", choices(p, whose, "whose", asked(r, "assigned", "anybody")));
  page_set(&o, "waits", choices(p, waits, "waits", asked(r, "waits", "whatever")));
  page_set(&o, "orders", choices(p, orders, "order", asked(r, "order", "oldest")));
  page_set_str(&o, "words", asked(r, "words", ""));
  page_set_str(&o, "facility", facility->present ? facility->text : STR(""));
  page_set_str(&o, "member", member->present ? member->text : STR(""));
  page_set(&p->document, "filter", page_json(&o));
}

/* ---- counts by state, each a way into the list */

static void add_counts(struct page *p, const struct json *body) {
  struct json states = casework__list(body, "states");
  struct page_list list = page_list(p->arena);
  for (size_t i = 1; filters[i]; i++)
    for (uint32_t k = 0; k < states.count; k++) {
      const struct json *one = &states.as.items[k];
      if (!str_eq(page_member(one, "state"), str_of(filters[i]))) continue;
      struct page_object o = page_object(p->arena);
      page_set_str(&o, "state", str_of(filters[i]));
      page_set_str(&o, "state_words", casework__word(p, "filter", str_of(filters[i])));
      page_set_int(&o, "count", page_int(one, "claims"));
      page_push(&list, page_json(&o));
    }
  static const char *const shares[] = { "mine", "answered", "due", "unassigned" };
  struct page_object counted = page_object(p->arena);
  page_set(&counted, "counts", page_items(&list));
  for (size_t i = 0; i < COUNT_OF(shares); i++) page_set_int(&counted, shares[i], page_int(body, shares[i]));
  page_set(&p->document, "counted", page_json(&counted));
}

/* ---- rows */

static void add_age(struct page *p, struct page_object *o, const struct json *row) {
  const struct json *days = json_get(row, STR("working_days"));
  bool known = days && days->kind == JSON_KIND_INTEGER;
  page_set_str(o, "age", known ? page_say(p, "queue.age", str_format(p->arena, "%lld", (long long)days->integer)) : STR(""));
  page_set_str(o, "due", casework__day(p, row, "due_on"));
  page_set_bool(o, "late", page_flag(row, "late"));
}

static struct json row_json(struct page *p, const struct json *row) {
  struct page_object o = page_object(p->arena);
  str facility = page_member(row, "facility_name");
  page_set_str(&o, "path", str_format(p->arena, "/cases/%.*s", STR_ARG(page_member(row, "claim"))));
  page_set_str(&o, "number", page_member(row, "number"));
  page_set_str(&o, "facility_name", facility.n ? facility : page_say(p, "queue.unknown_facility"));
  page_set_str(&o, "facility_key", page_member(row, "facility_key"));
  page_set_str(&o, "member_number", page_member(row, "member_number"));
  page_set_str(&o, "state_words", casework__word(p, "filter", page_member(row, "state")));
  page_set_str(&o, "assigned", page_member(row, "assigned_name"));
  page_set_str(&o, "submitted", casework__moment(p, row, "submitted_at"));
  page_set_str(&o, "occurred", casework__day(p, row, "occurred_on"));
  page_set_bool(&o, "held", page_int(row, "holds") > 0);
  add_age(p, &o, row);
  return page_json(&o);
}

/* The address of the next page: this one's questions, with the cursor. */
static str next_path(struct page *p, const struct json *next) {
  static const char *const kept[] = { "state", "assigned", "waits", "words", "facility", "member", "order" };
  struct http_pair pairs[COUNT_OF(kept) + 1];
  size_t count = 0;
  for (size_t i = 0; i < COUNT_OF(kept); i++) {
    const struct http_value *value = http_value(&p->r->query, kept[i]);
    if (value->present && value->text.n) pairs[count++] = (struct http_pair){ str_of(kept[i]), value->text };
  }
  pairs[count++] = (struct http_pair){ STR("cursor"), http_cursor_write(p->r, next) };
  return str_format(p->arena, "/queue?%.*s", STR_ARG(http_values_write(p->arena, pairs, count)));
}

static void add_rows(struct page *p, const struct json *body) {
  struct json claims = casework__list(body, "claims");
  const struct json *next = json_get(body, STR("next"));
  struct page_list rows = page_list(p->arena);
  for (uint32_t i = 0; i < claims.count; i++) page_push(&rows, row_json(p, &claims.as.items[i]));
  page_set(&p->document, "claims", page_items(&rows));
  page_set_str(&p->document, "next", next && next->kind == JSON_KIND_OBJECT ? next_path(p, next) : STR(""));
  page_set_bool(&p->document, "further", http_value(&p->r->query, "cursor")->present);
}

static void add_taking(struct page *p) {
  static const struct page_field none[1];
  bool may = http_request_may(p->r, HTTP_ROLE_ADJUSTER);
  page_set_bool(&p->document, "take", false);
  if (!may) return;
  page_form(p, &(struct page_form){ .name = "take", .action = STR("/queue/take-next"), .submit = "queue.take_next", .fields = none,
                                    .count = 0, .once = true });
}

/* ---- handlers */

struct shown { struct queue_request request; bool counts; struct json list, counted; };

/* Whoever looks for one claim asks for no numbers over all of them. */
static bool is_search(const struct queue_request *q) { return q->words.n > 0 || !uuid_none(q->facility) || !uuid_none(q->member); }

static bool read_queue(struct page *p, void *context, struct http_answer *failure) {
  struct shown *shown = context;
  struct findings f = findings_in(p->arena);
  struct service_answer list = { 0 }, counts = { 0 };
  result why = PAGE_CALL(p, queue_list, &shown->request, &f, &list);
  if (why == RESULT_OK && shown->counts) why = PAGE_CALL(p, queue_counts, NULL, &f, &counts);
  if (why != RESULT_OK) {
    *failure = page_failed(p, why, &f, list.status >= 400 ? &list : &counts);
    return false;
  }
  shown->list = page_body(p, &list);
  if (shown->counts) shown->counted = page_body(p, &counts);
  return true;
}

static struct http_answer get_queue(struct http_request *r) {
  struct page p = page_begin(r);
  struct shown shown;
  struct http_answer failure;
  if (!read_request(r, &shown.request)) return page_go(r, STR("/queue"), "queue_from_top");
  shown.counts = !is_search(&shown.request);
  if (!page_together(&p, read_queue, &shown, &failure)) return failure;
  add_filter(&p);
  add_rows(&p, &shown.list);
  add_taking(&p);
  page_set_bool(&p.document, "counted", false);
  if (shown.counts) add_counts(&p, &shown.counted);
  return page_answer(&p, HTTP_OK, "queue", page_say(&p, "queue.title"));
}

static struct http_answer post_take_next(struct http_request *r) {
  struct page p = page_begin(r);
  struct take_next_request request = { STR("submitted") };
  struct findings f = findings_in(r->arena);
  struct service_answer out = { 0 };
  result why = PAGE_CALL(&p, claim_take_next, &request, &f, &out);
  if (why == RESULT_NOT_FOUND) return page_go(r, STR("/queue"), "nothing_to_take");
  if (why != RESULT_OK) return page_failed(&p, why, &f, &out);
  struct json body = page_body(&p, &out);
  return page_go(r, str_format(r->arena, "/cases/%.*s", STR_ARG(page_member(&body, "claim"))), "case_taken");
}

/* ---- the table */

static const struct http_parameter list_query[] = {
  { .name = "state", .kind = HTTP_PARAMETER_WORD, .words = filters, .description_en = "One state, the open ones, or all" },
  { .name = "assigned", .kind = HTTP_PARAMETER_WORD, .words = whose, .description_en = "Whose they are" },
  { .name = "waits", .kind = HTTP_PARAMETER_WORD, .words = waits, .description_en = "What they wait for" },
  { .name = "words", .kind = HTTP_PARAMETER_TEXT, .may_be_empty = true, .most = QUEUE_WORDS_MOST,
    .description_en = "A number, facility or member, or a part" },
  { .name = "facility", .kind = HTTP_PARAMETER_ID, .prefix = "fac_", .description_en = "The facility" },
  { .name = "member", .kind = HTTP_PARAMETER_ID, .prefix = "mem_", .description_en = "The member" },
  { .name = "order", .kind = HTTP_PARAMETER_WORD, .words = orders, .description_en = "Oldest or newest first" },
  { .name = "cursor", .kind = HTTP_PARAMETER_CURSOR, .description_en = "Where the page before ended" },
  { 0 },
};
static const struct http_parameter no_fields[] = { { 0 } };

static const struct http_route rows[] = {
  { .name = "queuePage", .method = HTTP_GET, .path = "/queue", .query = list_query, .realms = HTTP_STAFF | HTTP_AUDITOR,
    .roles = CASE_LOOKS, .face = HTTP_PAGE, .handler = get_queue, .tag = "pages", .summary_ja = "申請の一覧",
    .summary_en = "The list of claims" },
  { .name = "takeNextPagePost", .method = HTTP_POST, .path = "/queue/take-next", .realms = HTTP_STAFF, .roles = HTTP_ROLE_ADJUSTER,
    .face = HTTP_PAGE, .body = HTTP_BODY_FORM, .form_parameters = no_fields, .idempotent = true, .handler = post_take_next,
    .tag = "pages", .summary_ja = "次の申請を担当する", .summary_en = "Take the next claim" },
};
const struct http_route_table web__queue_routes = { rows, COUNT_OF(rows) };
