/* home: where everybody starts: clinics with their claims and what is asked of them, the staff with the ways to their work. */
#include "casework.h"
#include "mine.h"
#include "office.h"

/* What each role works with: a row for each page that begins something. */
static const struct { uint32_t roles; const char *path, *text; } links[] = {
  { HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER | HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR, "/queue", "home.link_queue" },
  { HTTP_ROLE_ADJUSTER, "/queue?assigned=me", "home.link_mine" },
  { HTTP_ROLE_APPROVER, "/approvals", "home.link_approvals" },
  { HTTP_ROLE_AUDITOR, "/audit", "audit.title" },
  { HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER | HTTP_ROLE_CASHIER | HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR, "/figures", "figures.title" },
  { HTTP_ROLE_ADJUSTER | HTTP_ROLE_APPROVER | HTTP_ROLE_CASHIER | HTTP_ROLE_OWNER | HTTP_ROLE_AUDITOR, "/rules", "rules_pages.title" },
  { OFFICE_MANAGERS, "/facilities", "facilities.title" },
  { OFFICE_MANAGERS, "/people", "people.title" },
  { OFFICE_MAIL_ROOM, "/letters", "letters.title" },
  { HTTP_ROLE_OWNER, "/roster", "roster.title" },
  { HTTP_ROLE_OWNER, "/declarations", "rules_pages.declarations" },
};

static const struct { uint32_t role; const char *text; } duties[] = {
  { HTTP_ROLE_PROXY, "home.does_proxy" },       { HTTP_ROLE_ADJUSTER, "home.does_adjuster" },
  { HTTP_ROLE_APPROVER, "home.does_approver" }, { HTTP_ROLE_CASHIER, "home.does_cashier" },
  { HTTP_ROLE_OWNER, "home.does_owner" },       { HTTP_ROLE_AUDITOR, "home.does_auditor" },
};

/* ---- the staff: what waits for them, each number a way to it */

/* `member`: of queue_counts(); `state`: of its list of states, where that is NULL. */
static const struct { uint32_t roles; const char *member, *state, *path, *text; } waits[] = {
  { HTTP_ROLE_ADJUSTER, "mine", NULL, "/queue?assigned=me", "home.waits_mine" },
  { HTTP_ROLE_ADJUSTER, "answered", NULL, "/queue?assigned=me&waits=answered", "home.waits_answered" },
  { HTTP_ROLE_ADJUSTER, "due", NULL, "/queue?assigned=me&waits=soon", "home.waits_due" },
  { HTTP_ROLE_ADJUSTER, "unassigned", NULL, "/queue?assigned=nobody", "home.waits_nobody" },
  { HTTP_ROLE_APPROVER, NULL, "proposed", "/approvals", "home.waits_approval" },
};

static int64_t count_of(const struct json *counts, const char *member, const char *state) {
  struct json states = casework__list(counts, "states");
  if (member) return page_int(counts, member);
  for (uint32_t i = 0; i < states.count; i++)
    if (str_eq(page_member(&states.as.items[i], "state"), str_of(state))) return page_int(&states.as.items[i], "claims");
  return 0;
}

static struct json waiting_rows(struct page *p, const struct json *counts) {
  struct page_list list = page_list(p->arena);
  for (size_t i = 0; i < COUNT_OF(waits); i++) {
    int64_t count = count_of(counts, waits[i].member, waits[i].state);
    if (count == 0 || !http_request_may(p->r, waits[i].roles)) continue;
    struct page_object o = page_object(p->arena);
    page_set_str(&o, "path", str_of(waits[i].path));
    page_set_str(&o, "words", page_say_with(p, waits[i].text, 0, NULL));
    page_set_str(&o, "count", page_say(p, "home.waits_count", str_format(p->arena, "%lld", (long long)count)));
    page_push(&list, page_json(&o));
  }
  return page_items(&list);
}

static bool add_waiting(struct page *p, struct http_answer *failure) {
  struct findings f = findings_in(p->arena);
  struct service_answer out = { 0 };
  bool works = http_request_may(p->r, CASE_JUDGES);
  page_set_bool(&p->document, "works", works);
  if (!works) return true;
  result why = PAGE_CALL(p, queue_counts, NULL, &f, &out);
  if (why != RESULT_OK) {
    *failure = page_failed(p, why, &f, &out);
    return false;
  }
  struct json counts = page_body(p, &out);
  page_set(&p->document, "waiting", waiting_rows(p, &counts));
  return true;
}

static void add_work(struct page *p) {
  struct page_list ways = page_list(p->arena), does = page_list(p->arena);
  for (size_t i = 0; i < COUNT_OF(links); i++) {
    if (!http_request_may(p->r, links[i].roles)) continue;
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
  bool clinic = r->realm == HTTP_CLINIC || http_request_may(r, HTTP_ROLE_PROXY);
  page_set_bool(&p.document, "clinic", clinic);
  page_set_bool(&p.document, "staff", r->realm != HTTP_CLINIC);
  if (clinic && !mine__list(&p, &failure)) return failure;
  if (!add_waiting(&p, &failure)) return failure;
  add_work(&p);
  return page_answer(&p, HTTP_OK, "home", page_say(&p, clinic ? "home.title_clinic" : "home.title_staff"));
}

static const struct http_route rows[] = {
  { .name = "homePage", .method = HTTP_GET, .path = "/", .realms = HTTP_CLINIC | HTTP_STAFF | HTTP_AUDITOR, .face = HTTP_PAGE,
    .query = mine__list_query, .handler = get_home, .tag = "pages", .summary_ja = "はじめの画面", .summary_en = "Where everybody starts" },
};
const struct http_route_table web__home_routes = { rows, COUNT_OF(rows) };
