/* home: where everybody starts: clinics with their claims and what is asked of them, the staff with the ways to their work. */
#include "routes.h"

enum { CLAIMS_SHOWN = 50 };

/* What each role works with: a row for each page that begins something. */
static const struct { uint32_t roles; const char *path, *text; } links[] = {
  { HTTP_ROLE_PROXY, "/filing", "home.begin_claim" },
};

static const struct { uint32_t role; const char *text; } duties[] = {
  { HTTP_ROLE_PROXY, "home.does_proxy" },       { HTTP_ROLE_ADJUSTER, "home.does_adjuster" },
  { HTTP_ROLE_APPROVER, "home.does_approver" }, { HTTP_ROLE_CASHIER, "home.does_cashier" },
  { HTTP_ROLE_OWNER, "home.does_owner" },       { HTTP_ROLE_AUDITOR, "home.does_auditor" },
};

/* ---- claims of a clinic */

/* {request, keys, due_on, …}: the next thing to do, with its day where one was set. */
static str asked_words(struct page *p, const struct json *claim) {
  const struct json *asked = json_get(claim, STR("asked"));
  if (str_eq(page_member(claim, "state"), STR("draft"))) return page_say(p, "home.asked_draft");
  bool open = asked && ((asked->kind == JSON_KIND_ARRAY && asked->count) || asked->kind == JSON_KIND_TRUE ||
                        (asked->kind == JSON_KIND_INTEGER && asked->integer > 0));
  if (!open) return STR("");
  day due = DAY_NONE;
  bool dated = asked->kind == JSON_KIND_ARRAY && day_parse(page_member(&asked->as.items[0], "due_on"), &due);
  return dated ? page_say(p, "home.asked_by", page_day(p, due)) : page_say(p, "home.asked");
}

static struct json claim_row(struct page *p, const struct json *claim) {
  struct page_object o = page_object(p->arena);
  str number = page_member(claim, "number");
  const struct json *facility = json_get(claim, STR("facility"));
  page_set_str(&o, "number", number.n ? number : page_say(p, "home.no_number"));
  page_set_str(&o, "facility_name", facility && facility->kind == JSON_KIND_OBJECT ? page_member(facility, "name") : STR(""));
  page_set_str(&o, "state_words", page_state(p, page_member(claim, "state")));
  page_set_str(&o, "asked_words", asked_words(p, claim));
  page_set_str(&o, "submitted", page_moment(p, page_member(claim, "submitted_at")));
  return page_json(&o);
}

static bool add_claims(struct page *p, struct http_answer *failure) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  struct claims_request request = { .limit = CLAIMS_SHOWN };
  result why = PAGE_CALL(p, claim_list, &request, &f, &out);
  if (why != RESULT_OK) {
    *failure = page_failed(p, why, &f, &out);
    return false;
  }
  struct json body = page_body(p, &out);
  const struct json *claims = json_get(&body, STR("claims"));
  struct page_list rows = page_list(p->arena);
  for (uint32_t i = 0; claims && i < claims->count; i++) page_push(&rows, claim_row(p, &claims->as.items[i]));
  page_set(&p->document, "claims", page_items(&rows));
  return true;
}

/* ---- the staff */

static void add_work(struct page *p) {
  struct page_list ways = page_list(p->arena), does = page_list(p->arena);
  for (size_t i = 0; i < COUNT_OF(links); i++) {
    if (!links[i].path || !http_request_may(p->r, links[i].roles)) continue;
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "path", str_of(links[i].path));
    page_set_str(&o, "words", page_say(p, links[i].text));
    page_push(&ways, page_json(&o));
  }
  for (size_t i = 0; i < COUNT_OF(duties); i++)
    if (http_request_may(p->r, duties[i].role)) page_push(&does, json_of_str(page_say(p, duties[i].text)));
  page_set(&p->document, "links", page_items(&ways));
  page_set(&p->document, "duties", page_items(&does));
}

static struct http_answer get_home(struct http_request *r) {
  struct page p = page_begin(r);
  struct http_answer failure;
  bool clinic = r->realm == HTTP_CLINIC;
  page_set_bool(&p.document, "clinic", clinic);
  if (clinic && !add_claims(&p, &failure)) return failure;
  if (!clinic) add_work(&p);
  return page_answer(&p, HTTP_OK, "home", page_say(&p, clinic ? "home.title_clinic" : "home.title_staff"));
}

static const struct http_route rows[] = {
  { .name = "homePage", .method = HTTP_GET, .path = "/", .realms = HTTP_CLINIC | HTTP_STAFF | HTTP_AUDITOR, .face = HTTP_PAGE,
    .handler = get_home, .tag = "pages", .summary_ja = "はじめの画面", .summary_en = "Where everybody starts" },
};
const struct http_route_table web__home_routes = { rows, COUNT_OF(rows) };
