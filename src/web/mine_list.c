/* mine_list: one's claims, newest first, in plain words, with what is asked now; by state, a page at a time. */
#include "mine.h"

enum { CLAIMS_A_PAGE = 20 };

/* Groups that people look for; the names of states are the house's own. */
enum { ASKED = 2 };
static const struct { const char *name, *states, *text; } groups[] = {
  { "all", "", "mine.filter_all" },
  { "draft", "draft", "mine.filter_draft" },
  [ASKED] = { "asked", "info_requested dormant", "mine.filter_asked" },
  { "open", "submitted in_review proposed reconsideration", "mine.filter_open" },
  { "decided", "decided", "mine.filter_decided" },
  { "withdrawn", "withdrawn", "mine.filter_withdrawn" },
};
static const char *const group_names[] = { "all", "draft", "asked", "open", "decided", "withdrawn", NULL };
const struct http_parameter mine__list_query[] = {
  { .name = "show", .kind = HTTP_PARAMETER_WORD, .words = group_names, .description_en = "Which claims" },
  { .name = "before", .kind = HTTP_PARAMETER_ID, .prefix = "clm_", .description_en = "Claims older than this one" },
  { 0 },
};

static size_t chosen_group(const struct http_request *r) {
  str chosen = http_value(&r->query, "show")->text;
  for (size_t i = 1; i < COUNT_OF(groups); i++)
    if (str_eq(chosen, str_of(groups[i].name))) return i;
  return 0;
}

/* The roster's names of the facilities that one files for. */
static struct json facility_names(struct page *p) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  if (PAGE_CALL(p, facilities_mine, NULL, &f, &out) != RESULT_OK) return json_of_null();
  return page_body(p, &out);
}

static struct json facility_of(const struct json *names, str facility) {
  const struct json *list = json_get(names, STR("facilities"));
  for (uint32_t i = 0; list && i < list->count; i++)
    if (str_eq(page_member(&list->as.items[i], "facility"), facility)) return list->as.items[i];
  return json_of_null();
}

static str name_of(const struct json *names, str facility) {
  struct json found = facility_of(names, facility);
  return page_member(&found, "name");
}

struct json mine__facility(struct page *p, str facility) {
  struct json names = facility_names(p);
  return facility_of(&names, facility);
}

static str asked_words(struct page *p, const struct json *claim, str state) {
  if (str_eq(state, STR("draft"))) return page_say(p, "home.asked_draft");
  return page_int(claim, "asked") > 0 ? page_say(p, "home.asked") : STR("");
}

static struct json row_of(struct page *p, const struct json *claim, const struct json *names) {
  struct page_object o = page_object(p->arena);
  str number = page_member(claim, "number"), id = page_member(claim, "claim"), state = page_member(claim, "state");
  bool draft = str_eq(state, STR("draft"));
  page_set_str(&o, "number", number.n ? number : page_say(p, "home.no_number"));
  page_set_str(&o, "path", str_format(p->arena, "%s%.*s", draft ? "/filing/" : "/claims/", STR_ARG(id)));
  page_set_str(&o, "facility_name", name_of(names, page_member(claim, "facility")));
  page_set_str(&o, "state_words", page_state(p, state));
  page_set_str(&o, "asked_words", asked_words(p, claim, state));
  page_set_str(&o, "submitted", page_moment(p, page_member(claim, "submitted_at")));
  page_set_str(&o, "moved", page_moment(p, page_member(claim, "moved_at")));
  return page_json(&o);
}

static void add_filters(struct page *p, size_t chosen) {
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < COUNT_OF(groups); i++) {
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "path", i ? str_format(p->arena, "/?show=%s", groups[i].name) : STR("/"));
    page_set_str(&o, "words", page_say_with(p, groups[i].text, 0, NULL));
    page_set_bool(&o, "current", i == chosen);
    page_push(&list, page_json(&o));
  }
  page_set(&p->document, "filters", page_items(&list));
  page_set_bool(&p->document, "filtered", chosen > 0);
}

/* What waits for an answer stands above the list, wherever its claim stands in it. */
static bool add_waiting(struct page *p, const struct json *names, struct http_answer *failure) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  struct claims_request request = { .limit = CLAIMS_A_PAGE, .states = str_of(groups[ASKED].states) };
  result why = PAGE_CALL(p, claim_list, &request, &f, &out);
  if (why != RESULT_OK) {
    *failure = page_failed(p, why, &f, &out);
    return false;
  }
  struct json body = page_body(p, &out);
  const struct json *claims = json_get(&body, STR("claims"));
  struct page_list rows = page_list(p->arena);
  for (uint32_t i = 0; claims && i < claims->count; i++)
    if (page_int(&claims->as.items[i], "asked") > 0) page_push(&rows, row_of(p, &claims->as.items[i], names));
  page_set(&p->document, "asked_claims", page_items(&rows));
  page_set_bool(&p->document, "any_asked", rows.count > 0);
  return true;
}

bool mine__list(struct page *p, struct http_answer *failure) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  size_t chosen = chosen_group(p->r);
  struct claims_request request = { .before = http_value(&p->r->query, "before")->id, .limit = CLAIMS_A_PAGE,
                                    .states = str_of(groups[chosen].states) };
  result why = PAGE_CALL(p, claim_list, &request, &f, &out);
  if (why != RESULT_OK) {
    *failure = page_failed(p, why, &f, &out);
    return false;
  }
  struct json body = page_body(p, &out), names = facility_names(p);
  const struct json *claims = json_get(&body, STR("claims"));
  struct page_list rows = page_list(p->arena);
  for (uint32_t i = 0; claims && i < claims->count; i++) page_push(&rows, row_of(p, &claims->as.items[i], &names));
  str next = page_member(&body, "next");
  page_set(&p->document, "claims", page_items(&rows));
  page_set_str(&p->document, "older", next.n ? str_format(p->arena, "/?show=%s&before=%.*s", groups[chosen].name, STR_ARG(next))
                                             : STR(""));
  page_set_bool(&p->document, "newest", uuid_none(request.before));
  add_filters(p, chosen);
  return add_waiting(p, &names, failure);
}
