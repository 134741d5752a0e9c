/* audit_trail: who did and who read what, event by event, of everything, of one claim, by one person, of one kind. */
#include "audit.h"

enum { EVENTS_SHOWN = 100 };

static const char *const columns[] = { "audit.seq", "desk.at", "audit.what", "desk.role", "desk.person", "audit.subject", "desk.claim" };

static struct desk_table trail_table(struct desk *d, const struct json *body) {
  uint32_t count;
  struct arena *a = d->page.arena;
  const struct json *events = desk_list(body, "events", &count), *people = json_get(body, STR("people"));
  struct desk_table t = desk_table(d, "audit.trail", "events", columns, COUNT_OF(columns));
  for (uint32_t i = 0; i < count; i++) {
    str claim = page_member(&events[i], "claim"), person = page_member(&events[i], "person"), type = page_member(&events[i], "type");
    const struct json *subject = json_get(&events[i], STR("subject"));
    desk_row(&t, (struct desk_cell[]){
        desk_number(d, page_int(&events[i], "seq")), DESK_TEXT(page_moment(&d->page, page_member(&events[i], "at"))),
        DESK_LINK(audit__event_words(&d->page, type), desk_path(a, "/audit/events?type=%s", type)),
        DESK_TEXT(desk_code(&d->page, "common.role_", page_member(&events[i], "role"))),
        DESK_LINK(audit__name(&d->page, people, person), desk_path(a, "/audit/events?person=%s", person)),
        DESK_TEXT(subject ? desk_code(&d->page, "audit.subject_", page_member(subject, "type")) : STR("")),
        DESK_LINK(claim.n ? page_say(&d->page, "audit.open_claim") : STR(""), desk_path(a, "/audit/claims/%s", claim)) });
  }
  return t;
}

/* The same question, from the next event on. */
static str next_path(struct http_request *r, int64_t next) {
  static const char *const kept[] = { "claim", "person", "type" };
  struct http_pair pairs[COUNT_OF(kept) + 1];
  size_t n = 0;
  for (size_t i = 0; i < COUNT_OF(kept); i++) {
    const struct http_value *value = http_value(&r->query, kept[i]);
    if (value->present) pairs[n++] = (struct http_pair){ str_of(kept[i]), value->text };
  }
  pairs[n++] = (struct http_pair){ STR("after"), str_format(r->arena, "%lld", (long long)next) };
  return str_format(r->arena, "/audit/events?%.*s", STR_ARG(http_values_write(r->arena, pairs, n)));
}

static const struct { const char *asked, *intro; } intros[] = {
  { "claim", "audit.trail_claim_intro" }, { "person", "audit.trail_person_intro" }, { "type", "audit.trail_type_intro" },
};

static const char *intro_of(const struct http_request *r) {
  for (size_t i = 0; i < COUNT_OF(intros); i++)
    if (http_value(&r->query, intros[i].asked)->present) return intros[i].intro;
  return "audit.trail_intro";
}

static struct uuid id_asked(const struct http_request *r, const char *name) {
  const struct http_value *value = http_value(&r->query, name);
  return value->present ? value->id : (struct uuid){ { 0 } };
}

static struct http_answer get_events(struct http_request *r) {
  struct desk d = desk_begin(r);
  struct http_answer failure;
  struct json body;
  const struct http_value *type = http_value(&r->query, "type"), *after = http_value(&r->query, "after");
  struct audit_events_request request = { .claim = id_asked(r, "claim"), .person = id_asked(r, "person"),
                                          .type = type->present ? type->text : STR(""),
                                          .after = after->present ? after->number : 0, .limit = EVENTS_SHOWN };
  if (!DESK_CALL(&d, audit_events, &request, &body, &failure)) return failure;
  struct desk_table t = trail_table(&d, &body);
  desk_way(&d, "audit.title", STR("/audit"));
  desk_way(&d, "audit.whole_trail", STR("/audit/events"));
  struct desk_section s = desk_section(&d, NULL);
  desk_words(&s, page_say_with(&d.page, intro_of(r), 0, NULL));
  desk_put_table(&s, &t);
  int64_t next = page_int(&body, "next");
  if (next) desk_link(&s, page_say(&d.page, "desk.next"), next_path(r, next));
  desk_close(&s);
  return desk_answer(&d, HTTP_OK, "audit.trail", STR(""));
}

/* ---- the table */

static const struct http_parameter events_query[] = {
  { .name = "claim", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "Of this claim" },
  { .name = "person", .kind = HTTP_PARAMETER_ID, .prefix = "per_", .description_en = "By this person" },
  { .name = "type", .kind = HTTP_PARAMETER_TEXT, .most = 100, .description_en = "Of this kind" },
  { .name = "after", .kind = HTTP_PARAMETER_INTEGER, .least = 0, .most = INT64_MAX, .description_en = "After this number" },
  DESK_CSV, { 0 },
};
static const struct http_route rows[] = {
  { .name = "auditEventsPage", .method = HTTP_GET, .path = "/audit/events", .realms = HTTP_AUDITOR, .roles = HTTP_ROLE_AUDITOR,
    .face = HTTP_PAGE, .produces = "*", .query = events_query, .handler = get_events, .tag = "pages", .summary_ja = "記録の一覧",
    .summary_en = "The trail" },
};
const struct http_route_table web__audit_trail_routes = { rows, COUNT_OF(rows) };
